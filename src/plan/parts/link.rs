//! Pages elsewhere.

use crate::plan::record::record;
use crate::plan::value::{Text, Url};
use crate::text::Spanned;

record! {
    /// A page elsewhere and what it is called.
    WebLink {
        /// What the link says.
        title: Option<Text>,
        /// Where it leads.
        @required url: Option<Spanned<Url>>,
    }
}
