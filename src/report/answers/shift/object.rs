//! The answer for programs.

use serde::Serialize;

use super::super::super::place::Place;
use super::{Fate, Move, NextFit, content, field};
use crate::diagnostic::Diagnostic;
use crate::edit::Why;
use crate::plan::{DocId, Plan};
use crate::text::Sources;

const VERSION: u32 = 1;

/// See [`Move::write`].
#[derive(Serialize)]
pub(super) struct Object<'a> {
    version: u32,
    as_of: String,
    of: Thing<'a>,
    days: i64,
    edits: Vec<Edit<'a>>,
    follows: Vec<Follow<'a>>,
    breaks: Vec<Fault<'a>>,
    mends: Vec<Fault<'a>>,
    notes: Vec<Fault<'a>>,
    stays: Vec<Stay<'a>>,
    next_fit: Option<Fit>,
    written: bool,
}

#[derive(Serialize)]
struct Thing<'a> {
    kind: &'static str,
    id: &'a str,
}

#[derive(Serialize)]
struct Edit<'a> {
    document: Thing<'a>,
    what: &'a str,
    before: String,
    after: String,
    #[serde(flatten)]
    at: Place<'a>,
}

#[derive(Serialize)]
struct Follow<'a> {
    document: Option<Thing<'a>>,
    file: &'a str,
    field: String,
    before: String,
    after: String,
    counted_from: Option<&'a str>,
    inherited_by: usize,
}

#[derive(Serialize)]
struct Fault<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(flatten)]
    at: Place<'a>,
}

#[derive(Serialize)]
struct Stay<'a> {
    document: Thing<'a>,
    what: &'a str,
    date: String,
    why: &'static str,
    #[serde(flatten)]
    at: Place<'a>,
}

#[derive(Serialize)]
struct Fit {
    days: i64,
    start: Option<String>,
}

impl<'a> Object<'a> {
    pub(super) fn of(told: &'a Move<'a>) -> Self {
        let (plan, sources) = (told.plan, &told.plan.sources);
        let faults = |of: &[&'a Diagnostic], sources: &'a Sources| {
            of.iter().map(|of| Fault::of(of, sources)).collect()
        };
        let fit = match told.fit {
            NextFit::Asked => Some(told.days),
            NextFit::By(days) => Some(days),
            NextFit::NoneUntil(_) => None,
        };
        let edits = told.shift.changes.iter().map(|change| Edit {
            document: thing(plan, change.document),
            what: &change.what,
            before: change.before.to_string(),
            after: change.after.to_string(),
            at: Place::within(sources, change.at),
        });
        let follows = told.follows().map(|(entry, date)| Follow {
            document: entry.of.kind.map(|kind| Thing {
                kind: kind.word(),
                id: &entry.of.id,
            }),
            file: &entry.of.path,
            field: field(&date.field),
            before: content(&date.before),
            after: content(&date.after),
            counted_from: date.follows.as_ref().map(|from| &*from.anchor),
            inherited_by: date.inherited,
        });
        let stays = told.shift.kept.iter().map(|kept| Stay {
            document: thing(plan, kept.document),
            what: &kept.what,
            date: kept.date.to_string(),
            why: match kept.why {
                Why::Open => "open",
                Why::Coarse => "coarse",
                Why::Begun => "begun",
                Why::Fixed => "fixed",
                Why::Unwritable => "unwritable",
            },
            at: Place::within(sources, kept.place),
        });
        Self {
            version: VERSION,
            as_of: told.as_of.to_string(),
            of: thing(plan, told.of),
            days: told.days,
            edits: edits.collect(),
            follows: follows.collect(),
            breaks: faults(&told.consequences.breaks, &told.after.sources),
            mends: faults(&told.consequences.mends, sources),
            notes: faults(&told.consequences.notes, &told.after.sources),
            stays: stays.collect(),
            next_fit: fit.map(|days| Fit {
                days,
                start: told.start_after(days).map(|day| day.to_string()),
            }),
            written: told.fate == Fate::Written,
        }
    }
}

impl<'a> Fault<'a> {
    fn of(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Self {
        let finding = &diagnostic.finding;
        Self {
            rule: finding.rule.0,
            severity: diagnostic.severity.word(),
            message: &finding.message,
            hint: finding.hint.as_deref(),
            at: Place::within(sources, finding.at),
        }
    }
}

fn thing(plan: &Plan, id: DocId) -> Thing<'_> {
    let document = plan.document(id);
    Thing {
        kind: document.kind.word(),
        id: &document.id,
    }
}
