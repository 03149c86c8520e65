//! Reports as tables for programs: `reports/<report>.csv` (RFC 4180).

use super::csv::Csv;
use super::{Build, OutputError, Sink};
use crate::pages::report_lines;

/// Writes every report.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    report_lines(build.portal)
        .into_iter()
        .try_for_each(|(path, lines)| {
            let mut csv = Csv::new(lines.columns);
            for row in &lines.rows {
                csv.row(&row.iter().map(String::as_str).collect::<Vec<_>>());
            }
            Ok(sink.put(&path, csv.into_string().as_bytes())?)
        })
}
