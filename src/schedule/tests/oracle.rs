//! Overlap, windows and the next fit, against a model that looks at every minute of some days around a change of the
//! clocks.
//!
//! The model knows nothing of ranges: it paints each occurrence, minute by minute, and reads answers off the picture.
//! It shares only the clocks with what it tests, by what they show at each minute.

mod model;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use model::{Clocks, Covered, Event, World, world};

use super::super::{ReservationStanding, Schedule, WindowVerdict};
use super::{plan, turnover};
use crate::time::Instant;

/// How many plans are tried around each change of the clocks.
const CASES: u32 = 64;
/// How many in the run that takes minutes.
const MANY: u32 = 512;

/// Zones and the days on which their clocks change: by an hour at 01:00 UTC, at 02:00, and by half an hour.
const CHANGES: [(&str, &str); 6] = [
    ("Europe/London", "2026-03-29"),
    ("Europe/London", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
];

/// What has to hold of a plan.
type Claim = fn(&Clocks, &World, &Schedule<'_>) -> Result<(), TestCaseError>;

/// Tries `holds` on so many plans around each change of the clocks.
fn try_all(cases: u32, holds: Claim) {
    for (zone, change) in CHANGES {
        let clocks = Clocks::around(zone, change);
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        });
        let tried = runner.run(&world(), |world| {
            let plan = plan(&world.files(&clocks));
            holds(&clocks, &world, &Schedule::new(&plan))
        });
        assert!(tried.is_ok(), "{zone} {change}: {}", tried.unwrap_err());
    }
}

#[test]
fn freezes_are_met_where_a_minute_is_in_both() {
    try_all(CASES, freezes_are_met);
}

fn freezes_are_met(
    clocks: &Clocks,
    world: &World,
    schedule: &Schedule<'_>,
) -> Result<(), TestCaseError> {
    let occupied = world.occupied(clocks.minute(clocks.wall(world.turnover.from)));
    let met = |(event, scope): &(Event, Covered)| {
        let mut frozen = vec![false; clocks.walls.len()];
        event.paint(clocks, &mut frozen);
        world.covers(*scope) && frozen[occupied.clone()].contains(&true)
    };
    let expected: Vec<_> = (0..world.freezes.len())
        .filter(|at| met(&world.freezes[*at]))
        .map(|at| format!("f{at}"))
        .collect();
    let conflicts = schedule.freeze_conflicts(turnover(schedule.plan(), "live"));
    let mut found: Vec<_> = conflicts
        .iter()
        .map(|conflict| conflict.freeze.document.id.to_string())
        .collect();
    found.sort();
    found.dedup();
    prop_assert_eq!(found, expected);
    Ok(())
}

#[test]
fn windows_hold_what_they_hold_minute_by_minute() {
    try_all(CASES, windows_hold);
}

fn windows_hold(
    clocks: &Clocks,
    world: &World,
    schedule: &Schedule<'_>,
) -> Result<(), TestCaseError> {
    let start = clocks.minute(clocks.wall(world.turnover.from));
    let governed = world
        .windows
        .iter()
        .any(|(_, scope, _)| world.covers(*scope));
    let inside = !world.open(clocks)[world.occupied(start)].contains(&false);
    let expected = match (governed, inside, world.cut(clocks)[start]) {
        (false, ..) => "unrestricted",
        (true, false, _) => "outside",
        (true, true, true) => "after its cutoff",
        (true, true, false) => "inside",
    };
    let turnover = turnover(schedule.plan(), "live");
    let answer = schedule.windows_for(
        &schedule.target(turnover),
        schedule.occupied(turnover).unwrap().whole,
    );
    let found = match answer.verdict {
        WindowVerdict::Unrestricted => "unrestricted",
        WindowVerdict::Closed(_) => "closed",
        WindowVerdict::Inside(_) => "inside",
        WindowVerdict::Outside { .. } => "outside",
        WindowVerdict::AfterCutoff { .. } => "after its cutoff",
    };
    prop_assert_eq!(found, expected);
    Ok(())
}

#[test]
fn the_next_fit_is_the_first_minute_that_fits() {
    try_all(CASES, fit_is_first);
}

fn fit_is_first(
    clocks: &Clocks,
    world: &World,
    schedule: &Schedule<'_>,
) -> Result<(), TestCaseError> {
    let (open, cut, forbidden) = (
        world.open(clocks),
        world.cut(clocks),
        world.forbidden(clocks),
    );
    let from = clocks.minute(clocks.wall(world.turnover.from)).max(1);
    let last = clocks.walls.len() - world.turnover.length - world.backout - 1440;
    let fits = |start: &usize| {
        let free = |minute: usize| open[minute] && !forbidden[minute];
        *start >= world.earliest(clocks) && !cut[*start] && world.occupied(*start).all(free)
    };
    let expected = (from..last).find(fits);
    let found = schedule.next_fit(turnover(schedule.plan(), "live"), clocks.instant(from));
    let found = found
        .map(|fit| fit.whole.start)
        .filter(|start| *start < clocks.instant(last));
    prop_assert_eq!(found, expected.map(|minute| clocks.instant(minute)));
    // Once it is moved there, nothing is said against it, and there it stays.
    if let Some(start) = found {
        let planned = start.strftime("%Y-%m-%dT%H:%MZ");
        let planned = format!("{planned}/{}m", world.turnover.length);
        let moved = plan(&world.files_for(&planned, clocks));
        let faults = faults(&Schedule::new(&moved), start);
        prop_assert_eq!(faults, Vec::<String>::new());
    }
    Ok(())
}

/// Returns what is said against the turnover, which is planned to start at `start`.
fn faults(schedule: &Schedule<'_>, start: Instant) -> Vec<String> {
    let live = turnover(schedule.plan(), "live");
    let whole = schedule.occupied(live).unwrap().whole;
    let mut faults = Vec::new();
    faults.extend(
        schedule
            .freeze_conflicts(live)
            .iter()
            .map(|of| format!("{of:?}")),
    );
    let verdict = schedule.windows_for(&schedule.target(live), whole).verdict;
    if !matches!(
        verdict,
        WindowVerdict::Unrestricted | WindowVerdict::Inside(_)
    ) {
        faults.push(format!("{verdict:?}"));
    }
    let standing = schedule.reservation_standing(live);
    if matches!(standing, ReservationStanding::Outside { .. }) {
        faults.push(format!("{standing:?}"));
    }
    faults.extend(schedule.trespasses(live).iter().map(|of| format!("{of:?}")));
    let contents = schedule.contents(live);
    let needs = contents.iter().flat_map(|of| schedule.needs_of(of.id));
    faults.extend(needs.filter_map(|need| Some(format!("{:?}", schedule.lateness(need)?))));
    if schedule.next_fit(live, start).map(|fit| fit.whole) != Some(whole) {
        faults.push("it fits elsewhere".to_owned());
    }
    faults
}

#[test]
#[ignore = "takes minutes"]
fn the_model_agrees_on_many_plans() {
    for claim in [freezes_are_met, windows_hold, fit_is_first] {
        try_all(MANY, claim);
    }
}
