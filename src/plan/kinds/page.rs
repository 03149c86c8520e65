//! Plain pages.

use crate::plan::record::record;

record! {
    /// A page of prose: a glossary, a how-to. It has only the fields that every kind has.
    Page {}
}
