//! `trainboard export`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Subcommand};

use crate::cli::export::schemas;

/// Write one output without building the portal
///
/// Exit codes: 0 written, 2 it could not be written.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trainboard export schema --of diagnostics --output diagnostics.schema.json"
)]
pub(in crate::cli) struct Export {
    #[command(subcommand)]
    pub what: Exported,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Exported {
    Schema(Schema),
}

/// The JSON Schema of what trainboard writes, or of what people write
///
/// Editors use those of a kind, of `config` and of `frontmatter` to complete and to check what is typed. They are of draft
/// 7, and never refuse what `check` accepts.
///
/// Exit codes: 0 written, 2 it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard export schema --of config --output .schemas/config.json
  trainboard export schema --of frontmatter --output .schemas/frontmatter.json
  trainboard export schema --of diagnostics")]
pub(in crate::cli) struct Schema {
    /// What the schema describes
    #[arg(long, value_name = "WHAT", value_parser = described())]
    pub of: String,
    /// The file to write; standard output unless given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

fn described() -> PossibleValuesParser {
    let value =
        |known: crate::cli::export::KnownSchema| PossibleValue::new(known.name).help(known.about);
    PossibleValuesParser::new(schemas().map(value))
}
