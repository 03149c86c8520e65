//! What can be asked for: the commands and their flags, as help shows them.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::export::SCHEMAS;
use crate::report::FORMATS;
use crate::time::Day;

/// The compiler for release plans.
#[derive(Debug, Parser)]
#[command(
    name = "trainboard",
    version,
    about,
    max_term_width = 100,
    propagate_version = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// The flags that every command has.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The day that counts as today, such as 2026-11-21; today in the plan's zone unless given
    #[arg(long, global = true, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Day>,
    /// When to use colour; `NO_COLOR` and `CLICOLOR` are heeded too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// How many threads to use; one per core unless given
    #[arg(long, global = true, value_name = "COUNT")]
    pub jobs: Option<NonZeroUsize>,
    /// Say nothing but what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say how long each step took
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Publish drafts too
    #[arg(long, global = true)]
    pub drafts: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Build(Build),
    Check(Check),
    Serve(Serve),
    Explain(Explain),
    Export(Export),
}

/// Check the plan, then write the portal in one atomic swap
///
/// A plan with errors is not published: the portal that is there stays. Exit codes: 0 the portal is up to date, 1 the
/// plan has errors, 2 it could not be built.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard build plan --output public")]
pub(super) struct Build {
    #[command(flatten)]
    pub plan: PlanArguments,
    /// The folder to write; `output:` of trainboard.yaml or `public` in the plan unless given
    #[arg(short, long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Say what does not hold together, and how to mend it
///
/// Exit codes: 0 no error, 1 errors (with `--deny-warnings`, warnings too), 2 the plan could not be read.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard check plan --format json --as-of 2026-11-21")]
pub(super) struct Check {
    #[command(flatten)]
    pub plan: PlanArguments,
    /// Apply the fixes that are safe, then say what is left; comments and layout stay
    #[arg(long, conflicts_with = "revision")]
    pub fix: bool,
    /// Say only what this git revision did not have
    #[arg(long, value_name = "REVISION")]
    pub new_since: Option<String>,
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    pub format: String,
    /// Fail on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Build the portal in memory and show it on this machine
///
/// Edits show when the page is loaded again. Errors in the plan are shown on the pages that they concern and never stop
/// the server. Exit codes: 2 the plan could not be read or the port is taken.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard serve sample-site --port 8080")]
pub(super) struct Serve {
    /// The folder that holds trainboard.yaml, or one below it
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// The port to listen on
    #[arg(long, default_value_t = crate::serve::PORT)]
    pub port: u16,
}

/// Explain a rule: what it asks for, why, an example, how to mend it, when to allow it
///
/// Without a rule, lists them all. Exit codes: 0 explained, 2 there is no such rule.
#[derive(Debug, Args)]
#[command(after_help = "Example: trainboard explain document/unknown-key")]
pub(super) struct Explain {
    /// The rule, such as train/no-manager
    pub rule: Option<String>,
}

/// Write one output without building the portal
///
/// Exit codes: 0 written, 2 it could not be written.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: trainboard export schema --of diagnostics --output diagnostics.schema.json"
)]
pub(super) struct Export {
    #[command(subcommand)]
    pub what: Exported,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub(super) enum Exported {
    Schema(Schema),
}

/// The JSON Schema of something that trainboard writes
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// What the schema describes
    #[arg(long, value_name = "WHAT", value_parser = schemas())]
    pub of: String,
    /// The file to write; standard output unless given
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Which plan is read.
#[derive(Debug, Args)]
pub(super) struct PlanArguments {
    /// The folder that holds trainboard.yaml, or one below it
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Read the plan as of this git revision instead of the files on disk
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).map_err(|error| error.message)
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(
        FORMATS
            .iter()
            .map(|format| clap::builder::PossibleValue::new(format.name).help(format.about)),
    )
}

fn schemas() -> PossibleValuesParser {
    PossibleValuesParser::new(
        SCHEMAS
            .iter()
            .map(|schema| clap::builder::PossibleValue::new(schema.name).help(schema.about)),
    )
}
