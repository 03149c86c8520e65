//! `trainboard export`: one output without a build.

use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

use super::Outcome;
use super::arguments::{Export, Exported, Schema};
use super::failure::Failure;
use super::screen::Screen;
use crate::{outputs, report};

/// A schema that can be exported: one more is one more line in [`SCHEMAS`].
pub(super) struct KnownSchema {
    /// What `--of` calls it.
    pub name: &'static str,
    /// What it describes, in a few words for help.
    pub about: &'static str,
    /// Makes it.
    schema: fn() -> Value,
}

/// Every schema, in the order in which help lists them.
pub(super) static SCHEMAS: &[KnownSchema] = &[
    KnownSchema {
        name: "diagnostics",
        about: "what `check --format json` prints",
        schema: report::schema,
    },
    KnownSchema {
        name: "diff",
        about: "what `diff --format json` prints",
        schema: report::answers::diff::schema,
    },
    KnownSchema {
        name: "document",
        about: "`index.json` beside the page of a document",
        schema: outputs::document_schema,
    },
    KnownSchema {
        name: "page",
        about: "`index.json` beside a page that is computed from many documents",
        schema: outputs::page_schema,
    },
];

/// Runs the command.
pub(super) fn run(command: &Export, screen: &Screen) -> Result<Outcome, Failure> {
    match &command.what {
        Exported::Schema(schema) => export_schema(schema, screen)?,
    }
    Ok(Outcome::Fine)
}

fn export_schema(command: &Schema, screen: &Screen) -> Result<(), Failure> {
    let known = SCHEMAS.iter().find(|schema| schema.name == command.of);
    // The parser of the arguments lets no other name through.
    let text = known.map_or_else(String::new, |known| format!("{:#}\n", (known.schema)()));
    write(&text, command.output.as_deref(), screen)
}

/// Writes `text` to the file `output`, or to standard output.
fn write(text: &str, output: Option<&Path>, screen: &Screen) -> Result<(), Failure> {
    match output {
        Some(path) => std::fs::write(path, text).map_err(|source| Failure::Save {
            path: path.to_owned(),
            source,
        }),
        None => {
            let mut out = screen.out();
            out.write_all(text.as_bytes())?;
            Ok(out.flush()?)
        }
    }
}
