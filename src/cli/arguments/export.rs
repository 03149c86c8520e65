//! `trainboard export`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Subcommand};

use super::PlanArguments;
use crate::cli::export::{schemas, tables};

/// Write one output without building the portal
///
/// What is written is the same, byte for byte, as what `build` writes for the same plan and day.
///
/// Exit codes: 0 written, 1 written from a plan with errors, 2 it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard export ics --of train:2026-q4 --output q4.ics
  trainboard export csv risks
  trainboard export json plan --as-of 2026-11-21
  trainboard export schema --of config")]
pub(in crate::cli) struct Export {
    #[command(subcommand)]
    pub what: Exported,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Exported {
    Ics(Ics),
    Json(Json),
    Csv(Csv),
    Schema(Schema),
}

/// A calendar (RFC 5545) of the whole plan, or of one train, application, environment, freeze or person
///
/// Exit codes: 0 written, 1 written from a plan with errors, 2 there is no such calendar, or it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard export ics --output releases.ics
  trainboard export ics --of train:2026-q4
  trainboard export ics --of environment:production plan")]
pub(in crate::cli) struct Ics {
    /// Whose calendar: `all`, or an id such as train:2026-q4, freeze:year-end or person:ana
    #[arg(long, value_name = "ID", default_value = ALL)]
    pub of: String,
    #[command(flatten)]
    pub place: Place,
}

/// What `--of` calls the calendar of everything.
pub(in crate::cli) const ALL: &str = "all";

/// The whole plan as `plan.json`: what programs read, and what other plans import
///
/// Exit codes: 0 written, 1 written from a plan with errors, 2 it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard export json --revision v2026.11 --output plan.json")]
pub(in crate::cli) struct Json {
    #[command(flatten)]
    pub place: Place,
}

/// A table (RFC 4180): of all documents of a kind, of a register, or of a report
///
/// The last part of a name will do where only one table has it: `risks` is registers/risks.
///
/// Exit codes: 0 written, 1 written from a plan with errors, 2 it could not be written.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard export csv releases --output releases.csv
  trainboard export csv registers/waivers
  trainboard export csv reports/overdue plan")]
pub(in crate::cli) struct Csv {
    /// Which table
    #[arg(value_name = "TABLE", value_parser = known_tables())]
    pub table: String,
    #[command(flatten)]
    pub place: Place,
}

/// What is exported from, and where to.
#[derive(Debug, Args)]
pub(in crate::cli) struct Place {
    #[command(flatten)]
    pub plan: PlanArguments,
    /// The file to write; standard output unless given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
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

fn known_tables() -> PossibleValuesParser {
    let tables: Vec<_> = tables().collect();
    let is_one = |name: &str| tables.iter().filter(|table| table.answers(name)).count() == 1;
    let value = |name: &String| {
        let short = name.rsplit('/').next().filter(|short| is_one(short));
        PossibleValue::new(name.clone()).aliases(short.map(str::to_owned))
    };
    PossibleValuesParser::new(tables.iter().map(|table| value(&table.name)))
}
