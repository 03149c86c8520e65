//! `trainboard new`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::explained;
use crate::plan::Kind;
use crate::time::Date;

/// Write a new document, by itself or from a model
///
/// Prints where it goes and what it says, and writes it with `--write`. What is required has to be said, what is optional
/// stands there as a comment. From a model a train gets its gates, milestones, tasks and turnovers, with days for dates such
/// as T-14bd. Nothing that exists is ever overwritten.
///
/// Exit codes: 0 printed or written, 1 it would bring errors into the plan and is not written, 2 something has to be said
/// first, or the name is taken.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trainboard new train --model quarterly --deploy 2027-03-13
  trainboard new release payments-4.3 --train 2026-q4 --set manager=ana --write
  trainboard new turnover 2026-q4/rehearsal --set environment=staging --set 'planned=2026-11-28 20:00/4h'
  trainboard new freeze audit-2027 --title 'Audit' --set planned=2027-02-01/2027-02-05 --set severity=soft")]
pub(in crate::cli) struct New {
    /// What it is
    #[arg(value_name = "KIND", value_parser = kinds())]
    pub kind: String,
    /// Its id, as payments-4.3 or 2026-q4/rehearsal, or its path; made from the title or the day unless given
    #[arg(value_name = "ID")]
    pub name: Option<String>,
    /// The folder that holds trainboard.yaml, or one below it
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Its title; the id in words unless given
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The train that it belongs to
    #[arg(long, value_name = "TRAIN")]
    pub train: Option<String>,
    /// The model that a train or a release is written from
    #[arg(long, value_name = "MODEL")]
    pub model: Option<String>,
    /// When its deployment starts: a day, or a moment such as '2027-03-13 22:00'
    #[arg(long, value_name = "DATE", value_parser = deployment)]
    pub deploy: Option<Date>,
    /// A field and its value; give it once for each
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// Write it into the plan
    #[arg(long)]
    pub write: bool,
    /// Write it even when it brings errors into the plan
    #[arg(long, requires = "write")]
    pub force: bool,
}

fn kinds() -> PossibleValuesParser {
    let kinds = Kind::ALL.iter();
    PossibleValuesParser::new(kinds.map(|kind| PossibleValue::new(kind.word()).help(kind.one())))
}

fn deployment(text: &str) -> Result<Date, String> {
    match Date::parse(text) {
        Ok(date @ (Date::Day(_) | Date::Moment(_))) => Ok(date),
        Ok(_) => Err(
            "this is no one day: write a day such as 2027-03-13, or a moment such as '2027-03-13 22:00'"
                .to_owned(),
        ),
        Err(error) => Err(explained(&error)),
    }
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.trim().is_empty() && !value.trim().is_empty() => {
            Ok((field.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write a field, `=` and its value, as in owner=ana".to_owned()),
    }
}
