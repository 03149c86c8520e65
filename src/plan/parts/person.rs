//! Who: a person, or a team as a whole.

use crate::plan::kinds::Kind;
use crate::plan::value::Refers;

/// A person's id, `team:<id>`, or `tbd`.
#[derive(Debug)]
pub enum Who {}

impl Refers for Who {
    const KINDS: &'static [Kind] = &[Kind::Person, Kind::Team];
}
