//! `trainboard export`: one output without a build.

mod part;
mod schema;

use std::io::Write as _;
use std::path::Path;

use super::Outcome;
use super::arguments::{Common, Export, Exported};
use super::failure::Failure;
use super::screen::Screen;

pub(super) use part::tables;
pub(super) use schema::{KnownSchema, schemas};

/// Runs the command.
pub(super) fn run(command: &Export, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    match &command.what {
        Exported::Ics(calendar) => part::calendar(calendar, common, screen),
        Exported::Json(data) => part::data(&data.place, common, screen),
        Exported::Csv(table) => part::table(table, common, screen),
        Exported::Schema(schema) => schema::run(schema, screen),
    }
}

/// Writes `bytes` to the file `output`, or to standard output.
fn write(bytes: &[u8], output: Option<&Path>, screen: &Screen) -> Result<(), Failure> {
    match output {
        Some(path) => std::fs::write(path, bytes).map_err(|source| Failure::Save {
            path: path.to_owned(),
            source,
        }),
        None => {
            let mut out = screen.out();
            out.write_all(bytes)?;
            Ok(out.flush()?)
        }
    }
}
