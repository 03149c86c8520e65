//! Every question about time, asked of small plans, and tried against a model that looks at each minute.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod admission;
mod dependencies;
mod fit;
mod freezes;
mod oracle;
mod promotion;
mod reservations;
mod run_sheets;
mod standing;
mod versions;
mod windows;

use super::Schedule;
use crate::load::load;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, Kind, Plan};
use crate::time::{Instant, InstantRange, Zone};
use crate::world::Memory;

/// What every plan of these tests has.
const COMMON: &str = "\
-- trainboard.yaml --
title: Plan
timezone: Europe/London
-- environments/production.md --
category: production
-- environments/uat.md --
category: test
-- applications/payments.md --
title: Payments
-- applications/ledger.md --
title: Ledger
-- applications/suite.md --
contains: [payments]
-- trains/q4/index.md --
type: major
-- trains/q4/releases/payments-4.md --
application: payments
version: \"4.0\"
-- trains/q4/releases/ledger-7.md --
application: ledger
version: \"7.1\"
type: minor
";

/// Returns the plan of [`COMMON`] and the files of the archive `files`, whose documents are frontmatter only. A file of
/// `files` replaces the common one at its path.
fn plan(files: &str) -> Plan {
    let loaded = load(&Memory::of_frontmatter(&[COMMON, files]));
    let findings: Vec<_> = loaded
        .findings
        .iter()
        .map(|finding| &finding.message)
        .collect();
    assert!(findings.is_empty(), "{findings:?} in\n{files}");
    loaded.plan
}

/// Returns the turnover `id` of the train `q4`.
fn turnover<'p>(plan: &'p Plan, id: &str) -> Doc<'p, Turnover> {
    plan.get(plan.find(Kind::Turnover, &format!("q4/{id}")).unwrap())
        .unwrap()
}

fn london() -> Zone {
    Zone::parse("Europe/London").unwrap()
}

/// Returns the instant of the wall time `text` in London.
fn at(text: &str) -> Instant {
    match crate::time::Date::parse(text).unwrap() {
        crate::time::Date::Moment(moment) => moment.at(&london()),
        date => london().start_of(date.days().unwrap().first),
    }
}

/// Returns `instant` by the clocks of London: `12-12 22:00`.
fn clock(instant: Instant) -> String {
    london().wall(instant).strftime("%m-%d %H:%M").to_string()
}

/// Returns `range` by the clocks of London, the end without its day where that is the same.
fn clocks(range: InstantRange) -> String {
    let (start, end) = (clock(range.start), clock(range.end));
    let short = if start[..5] == end[..5] {
        &end[6..]
    } else {
        &end
    };
    format!("{start}..{short}")
}

/// Checks the lines that `answer` gives for the plan of `files`.
fn check(files: &str, answer: impl Fn(&Schedule<'_>) -> Vec<String>, expected: &[&str]) {
    let plan = plan(files);
    assert_eq!(answer(&Schedule::new(&plan)), expected, "{files}");
}
