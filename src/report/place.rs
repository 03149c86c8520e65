//! Places as formats name them: a file and the lines and columns in it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use crate::text::{Location, Sources};

/// A range in a file, as a person counts: 1-based, columns in Unicode scalar values, the end exclusive.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(super) struct Place<'a> {
    /// Path relative to the plan, with forward slashes.
    pub(super) file: &'a str,
    /// Line of the first character.
    #[schemars(range(min = 1))]
    pub(super) line: u32,
    /// Column of the first character.
    #[schemars(range(min = 1))]
    pub(super) column: u32,
    /// Line of the end.
    #[schemars(range(min = 1))]
    pub(super) end_line: u32,
    /// Column after the last character.
    #[schemars(range(min = 1))]
    pub(super) end_column: u32,
}

impl<'a> Place<'a> {
    /// Returns the place of `location` in the report's files.
    pub(super) fn of(location: Location, report: &Report<'a>) -> Self {
        Self::within(report.sources, location)
    }

    /// Returns the place of `location` in `sources`.
    pub(super) fn within(sources: &'a Sources, location: Location) -> Self {
        let (start, end) = sources.positions(location);
        Self {
            file: &sources.get(location.file).path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
