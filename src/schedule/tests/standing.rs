//! Where applications have drifted, and who has an environment on a day.

use super::super::{Claim, Schedule, Vacancy};
use super::{at, check};
use crate::plan::Kind;
use crate::plan::kinds::application::Application;
use crate::plan::kinds::environment::Environment;
use crate::time::Day;

/// Checks where the ledger has drifted on 1 December 2026.
fn drifts(files: &str, expected: &[&str]) {
    let drift = |schedule: &Schedule<'_>| {
        let plan = schedule.plan();
        let ledger = plan.find(Kind::Application, "ledger").unwrap();
        let there = plan.all::<Environment>().filter_map(|environment| {
            let found = schedule.version_in(environment.id, ledger, at("2026-12-01"), |_| true)?;
            Some((environment.id, found))
        });
        let there: Vec<_> = there.collect();
        let application = plan.get::<Application>(ledger).unwrap();
        let name = |id| &*plan.document(id).id;
        let found = schedule.drift(application, &there).into_iter();
        found
            .map(|of| {
                let since = of.since().map_or("unknown".to_owned(), super::clock);
                let (behind, ahead) = (name(of.behind), name(of.ahead));
                format!(
                    "{behind} {} < {ahead} {}, {since}",
                    of.old.version, of.new.version
                )
            })
            .collect()
    };
    check(files, drift, expected);
}

/// An emergency that went past the test environment.
const PAST: &str = "\
-- applications/ledger.md --
title: Ledger
path: [uat, production]
-- trains/q4/releases/ledger-8.md --
application: ledger
version: \"8.0\"
-- trains/q4/turnovers/tested.md --
environment: uat
contents: [ledger-7]
planned: 2026-11-01 20:00/2h
status: deployed
-- trains/q4/turnovers/past.md --
environment: production
contents: [ledger-8]
planned: 2026-11-10 20:00/2h
status: deployed
";

#[test]
fn an_earlier_environment_that_is_behind_has_drifted() {
    drifts(PAST, &["uat 7.1 < production 8.0, 11-10 22:00"]);
    // What is tested before it is deployed is the way of things.
    let other = PAST.replace("path: [uat, production]", "path: [production, uat]");
    drifts(&other, &[]);
    // What is only planned is not there yet, and what failed never was.
    let planned = PAST.replace(
        "2h\nstatus: deployed\n-- trains/q4/turnovers/past",
        "2h\n-- trains/q4/turnovers/past",
    );
    drifts(&planned, &[]);
    let stated =
        format!("{PAST}-- environments/uat.md --\ncategory: test\nversions: {{ledger: \"7.0\"}}\n");
    drifts(&stated, &["uat 7.0 < production 8.0, unknown"]);
}

/// Checks how the environment `id` stands on `day`, and what comes next.
fn stands(files: &str, id: &str, day: &str, expected: &str) {
    let stands = |schedule: &Schedule<'_>| {
        let plan = schedule.plan();
        let environment = plan.find(Kind::Environment, id).unwrap();
        let environment = plan.get::<Environment>(environment).unwrap();
        let found = schedule.occupancy(environment, Day::parse(day).unwrap(), |_| true);
        let name = |id| &*plan.document(id).id;
        let now = match found.now {
            Vacancy::Offline => "offline".to_owned(),
            Vacancy::Frozen(of) => format!("frozen to {}", of.days.last.0),
            Vacancy::Reserved(of, days) => format!("{} to {}", name(of.holder), days.last.0),
            Vacancy::Shared(of, days) => {
                format!("shared by {} to {}", name(of.holder), days.last.0)
            }
            Vacancy::Free => "free".to_owned(),
        };
        let next = found.next.map(|(day, claim)| {
            let by = match claim {
                Claim::Booking(of) => name(of.holder),
                Claim::Freeze(of) => name(of.freeze.id),
            };
            format!(", {by} from {}", day.0)
        });
        vec![now + &next.unwrap_or_default()]
    };
    check(files, stands, &[expected]);
}

const HELD: &str = "\
-- trains/q4/index.md --
type: major
reservations:
  - {environment: production, planned: 2026-12-05/2026-12-06}
  - {environment: uat, planned: 2026-11-01/2026-11-30, shared: true}
-- freezes/year-end.md --
planned: 2026-12-18/2027-01-04
scope: {environments: [production]}
-- freezes/quiet.md --
planned: 2026-12-01/2026-12-31
severity: soft
";

#[test]
fn an_environment_is_free_until_somebody_has_it() {
    stands(HELD, "production", "2026-11-21", "free, q4 from 2026-12-05");
    stands(
        HELD,
        "production",
        "2026-12-06",
        "q4 to 2026-12-06, year-end from 2026-12-18",
    );
    stands(HELD, "production", "2026-12-18", "frozen to 2027-01-04");
    stands(HELD, "uat", "2026-11-30", "shared by q4 to 2026-11-30");
    stands(HELD, "uat", "2026-12-01", "free");
    let offline = format!("{HELD}-- environments/uat.md --\nstatus: offline\n");
    stands(&offline, "uat", "2026-11-30", "offline");
}
