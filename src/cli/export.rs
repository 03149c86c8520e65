//! `trainboard export`: one output without a build.

mod schema;

use std::io::Write as _;
use std::path::Path;

use super::Outcome;
use super::arguments::{Export, Exported};
use super::failure::Failure;
use super::screen::Screen;

pub(super) use schema::{KnownSchema, schemas};

/// Runs the command.
pub(super) fn run(command: &Export, screen: &Screen) -> Result<Outcome, Failure> {
    match &command.what {
        Exported::Schema(schema) => schema::run(schema, screen)?,
    }
    Ok(Outcome::Fine)
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
