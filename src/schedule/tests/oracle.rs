//! Overlap, windows and the next fit, against a model that looks at every minute of some days around a change of the
//! clocks.
//!
//! The model knows nothing of ranges: it paints each occurrence, minute by minute, and reads answers off the picture.
//! It shares only the clocks with what it tests, by what they show at each minute.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use rustc_hash::FxHashMap;

use super::super::{ReservationStanding, Schedule, WindowVerdict};
use super::{plan, turnover};
use crate::time::{Instant, Zone};

/// How many days the model looks at, and in how many of them something begins.
const DAYS: (i64, i64) = (18, 12);
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

/// What the clocks show at each minute.
struct Clocks {
    zone: &'static str,
    first: Date,
    start: Instant,
    walls: Vec<DateTime>,
    /// The first minute at which they show a time.
    shown: FxHashMap<DateTime, usize>,
}

impl Clocks {
    fn around(zone: &'static str, change: &str) -> Self {
        let rules = Zone::parse(zone).unwrap();
        let first = change.parse::<Date>().unwrap() - 6.days();
        let start = rules.start_of(crate::time::Day(first));
        let walls: Vec<_> = (0..DAYS.0 * 1440)
            .map(|minute| rules.wall(start + minute.minutes()))
            .collect();
        let mut shown = FxHashMap::default();
        for (minute, wall) in walls.iter().enumerate() {
            shown.entry(*wall).or_insert(minute);
        }
        Self {
            zone,
            first,
            start,
            walls,
            shown,
        }
    }

    /// Returns the minute at which the clocks first show `wall`; one that they skip moves by as much as they skip.
    fn minute(&self, wall: DateTime) -> usize {
        if let Some(minute) = self.shown.get(&wall) {
            return *minute;
        }
        let pairs = self.walls.windows(2);
        let skip = pairs
            .into_iter()
            .find(|pair| pair[0] < wall && wall < pair[1])
            .unwrap();
        self.shown[&(wall + (skip[1] - skip[0]) - 1.minute())]
    }

    fn wall(&self, when: When) -> DateTime {
        self.first.to_datetime(jiff::civil::Time::midnight())
            + when.day.days()
            + when.minute.minutes()
    }

    fn instant(&self, minute: usize) -> Instant {
        self.start + i64::try_from(minute).unwrap().minutes()
    }
}

/// A wall time: days after the first one, and minutes after midnight.
#[derive(Clone, Copy, Debug)]
struct When {
    day: i64,
    minute: i64,
}

/// Something that takes time, once or again and again.
#[derive(Clone, Debug)]
struct Event {
    from: When,
    /// Minutes.
    length: usize,
    /// Every how many days it takes place again.
    every: Option<i64>,
    /// Whether its end is a time on the clock rather than so many minutes later.
    until_wall: bool,
    /// Whether what the clocks skip does not take place.
    skip: bool,
}

impl Event {
    /// Returns the first minute of each occurrence, and the first one after it.
    fn occurrences(&self, clocks: &Clocks) -> Vec<(usize, usize)> {
        let days = (self.from.day..DAYS.0 - 1).filter(|day| match self.every {
            None => *day == self.from.day,
            Some(every) => (day - self.from.day) % every == 0,
        });
        let walls = days.map(|day| clocks.wall(When { day, ..self.from }));
        let walls = walls.filter(|wall| !self.skip || clocks.shown.contains_key(wall));
        let ends = |wall: DateTime| {
            let start = clocks.minute(wall);
            let end = if self.until_wall {
                self.wall_end(wall, clocks)
            } else {
                start + self.length
            };
            (start, end.clamp(start, clocks.walls.len()))
        };
        walls.map(ends).collect()
    }

    fn wall_end(&self, wall: DateTime, clocks: &Clocks) -> usize {
        let end = wall + i64::try_from(self.length).unwrap().minutes();
        if end > *clocks.walls.last().unwrap() {
            clocks.walls.len()
        } else {
            clocks.minute(end)
        }
    }

    /// Returns which minutes it takes.
    fn paint(&self, clocks: &Clocks, picture: &mut [bool]) {
        for (start, end) in self.occurrences(clocks) {
            picture[start..end].fill(true);
        }
    }

    /// Returns it as an interval: `A/95m`, or `A/B`.
    fn interval(&self, clocks: &Clocks) -> String {
        let from = clocks.wall(self.from);
        if self.until_wall {
            let end = from + i64::try_from(self.length).unwrap().minutes();
            format!("{}/{}", written(from), written(end))
        } else {
            format!("{}/{}m", written(from), self.length)
        }
    }

    fn repeats(&self) -> String {
        self.every.map_or(String::new(), |every| {
            format!("repeats: FREQ=DAILY;INTERVAL={every}\n")
        })
    }
}

fn written(wall: DateTime) -> String {
    wall.strftime("%Y-%m-%d %H:%M").to_string()
}

/// A scope: which of payments and the ledger it covers, and how it is written.
type Covered = ([bool; 2], &'static str);

const SCOPES: [Covered; 6] = [
    ([true, true], ""),
    ([true, false], "scope: {applications: [suite]}\n"),
    (
        [false, true],
        "scope: {environments: [production], applications: [ledger]}\n",
    ),
    ([true, false], "scope: {except: {types: [minor]}}\n"),
    ([false, false], "scope: {environments: [uat]}\n"),
    (
        [false, true],
        "scope: {except: {applications: [payments]}}\n",
    ),
];

/// A plan of one turnover and everything that can be in its way.
#[derive(Clone, Debug)]
struct World {
    turnover: Event,
    backout: usize,
    /// Which of payments and the ledger it brings.
    contents: [bool; 2],
    freezes: Vec<(Event, Covered)>,
    /// Each with its cutoff.
    windows: Vec<(Event, Covered, Option<usize>)>,
    own_reservations: Vec<Event>,
    /// Each with whether it is shared.
    reservations: Vec<(Event, bool)>,
    /// What payments needs, and so many minutes after it.
    need: Option<(Event, usize)>,
}

fn when() -> impl Strategy<Value = When> {
    // The clocks change in the small hours of the seventh day.
    let day = prop_oneof![2 => 0..DAYS.1, 1 => 5..8i64];
    let minute = prop_oneof![1 => minutes(0..240), 1 => minutes(0..1440)];
    (day, minute).prop_map(|(day, minute)| When {
        day,
        minute: i64::try_from(minute).unwrap(),
    })
}

/// Returns a number of minutes, mostly of quarters of an hour, so that ends meet starts.
fn minutes(range: std::ops::Range<usize>) -> impl Strategy<Value = usize> {
    let quarters = range.start.div_ceil(15)..range.end / 15;
    prop_oneof![4 => quarters.prop_map(|quarters| quarters * 15), 1 => range]
}

fn event(
    length: std::ops::Range<usize>,
    every: impl Strategy<Value = Option<i64>>,
) -> impl Strategy<Value = Event> {
    (when(), minutes(length), every, any::<bool>()).prop_map(|(from, length, every, until_wall)| {
        Event {
            from,
            length,
            every,
            until_wall,
            skip: false,
        }
    })
}

fn scope() -> impl Strategy<Value = Covered> {
    prop::sample::select(&SCOPES[..])
}

fn every() -> impl Strategy<Value = Option<i64>> {
    prop::option::of(1..8i64)
}

fn window() -> impl Strategy<Value = (Event, Covered, Option<usize>)> {
    let cutoff = prop::option::of(minutes(1..400));
    (event(60..1500, every()), scope(), cutoff, any::<bool>()).prop_map(
        |(event, scope, cutoff, skip)| {
            (
                Event {
                    until_wall: false,
                    skip,
                    ..event
                },
                scope,
                cutoff,
            )
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    let turnover = event(10..400, Just(None)).prop_map(|event| Event {
        until_wall: false,
        ..event
    });
    let contents = prop::sample::select(vec![[true, false], [false, true], [true, true]]);
    let freezes = prop::collection::vec((event(30..2000, every()), scope()), 0..3);
    let windows = prop::collection::vec(window(), 0..4);
    let own = prop::collection::vec(event(600..6000, Just(None)), 0..2);
    let others = prop::collection::vec((event(30..2000, Just(None)), any::<bool>()), 0..2);
    let need = prop::option::of((event(10..400, Just(None)), minutes(0..600)));
    (
        turnover,
        minutes(0..200),
        contents,
        freezes,
        windows,
        own,
        others,
        need,
    )
        .prop_map(
            |(
                turnover,
                backout,
                contents,
                freezes,
                windows,
                own_reservations,
                reservations,
                need,
            )| World {
                turnover,
                backout,
                contents,
                freezes,
                windows,
                own_reservations,
                reservations,
                need,
            },
        )
}

impl World {
    /// Returns the plan as an archive.
    fn files(&self, clocks: &Clocks) -> String {
        self.files_for(&self.turnover.interval(clocks), clocks)
    }

    /// Returns the plan as an archive, in which the turnover is `planned`.
    fn files_for(&self, planned: &str, clocks: &Clocks) -> String {
        let mut text = format!(
            "-- trainboard.yaml --\ntitle: Plan\ntimezone: {}\n",
            clocks.zone
        );
        let releases = ["payments-4", "ledger-7"].into_iter().zip(self.contents);
        let contents: Vec<_> = releases
            .filter(|(_, brought)| *brought)
            .map(|(id, _)| id)
            .collect();
        let backout = self.backout;
        let _ = write!(
            text,
            "-- trains/q4/turnovers/live.md --\nenvironment: production\ncontents: [{}]\nplanned: {planned}\n\
             backout: {{duration: {backout}m}}\n",
            contents.join(", ")
        );
        for (at, (event, (_, scope))) in self.freezes.iter().enumerate() {
            let (planned, repeats) = (event.interval(clocks), event.repeats());
            let _ = write!(
                text,
                "-- freezes/f{at}.md --\nplanned: {planned}\n{repeats}{scope}"
            );
        }
        for (at, (event, (_, scope), cutoff)) in self.windows.iter().enumerate() {
            let (starts, length, repeats) = (
                written(clocks.wall(event.from)),
                event.length,
                event.repeats(),
            );
            let cutoff = cutoff.map_or(String::new(), |cutoff| format!("cutoff: {cutoff}m\n"));
            let on_gap = if event.skip { "on_gap: skip\n" } else { "" };
            let fields =
                format!("starts: {starts}\nduration: {length}m\n{repeats}{scope}{cutoff}{on_gap}");
            let _ = write!(text, "-- windows/w{at}.md --\n{fields}");
        }
        let reservation = |(event, shared): (&Event, bool)| {
            format!(
                "- {{environment: production, planned: {}, shared: {shared}}}\n",
                event.interval(clocks)
            )
        };
        let own: String = self
            .own_reservations
            .iter()
            .map(|event| reservation((event, false)))
            .collect();
        let others: String = self
            .reservations
            .iter()
            .map(|(event, shared)| reservation((event, *shared)))
            .collect();
        let _ = write!(
            text,
            "-- trains/q4/index.md --\ntype: major\nreservations:\n{own}\
             -- trains/other/index.md --\nreservations:\n{others}"
        );
        if let Some((event, lag)) = &self.need {
            let planned = event.interval(clocks);
            let _ = write!(
                text,
                "-- trains/q5/index.md --\ntype: major\n-- trains/q5/releases/base.md --\napplication: ledger\n\
                 -- trains/q5/turnovers/base.md --\nenvironment: production\nplanned: {planned}\n\
                 -- trains/q4/releases/payments-4.md --\napplication: payments\n\
                 needs: [{{release: base, lag: {lag}m}}]\n"
            );
        }
        text
    }

    /// Returns whether a scope covers a part of what the turnover brings.
    fn covers(&self, (covered, _): Covered) -> bool {
        covered
            .iter()
            .zip(self.contents)
            .any(|(covered, brought)| *covered && brought)
    }

    /// Returns the minutes that something forbids: freezes, the reservations of others, and all but the own ones.
    fn forbidden(&self, clocks: &Clocks) -> Vec<bool> {
        let mut picture = vec![false; clocks.walls.len()];
        let freezes = self
            .freezes
            .iter()
            .filter(|(_, scope)| self.covers(*scope))
            .map(|(event, _)| event);
        let exclusive = |shared: bool| !shared || !self.own_reservations.is_empty();
        let others = self
            .reservations
            .iter()
            .filter(|(_, shared)| exclusive(*shared))
            .map(|(event, _)| event);
        freezes
            .chain(others)
            .for_each(|event| event.paint(clocks, &mut picture));
        let mut own = vec![self.own_reservations.is_empty(); clocks.walls.len()];
        self.own_reservations
            .iter()
            .for_each(|event| event.paint(clocks, &mut own));
        picture
            .iter()
            .zip(own)
            .map(|(forbidden, own)| *forbidden || !own)
            .collect()
    }

    /// Returns the minutes that the windows leave open: to each application its own, if it has any.
    fn open(&self, clocks: &Clocks) -> Vec<bool> {
        let mut open = vec![true; clocks.walls.len()];
        for application in (0..2).filter(|application| self.contents[*application]) {
            let mut own = self
                .windows
                .iter()
                .filter(|(_, (covered, _), _)| covered[application])
                .peekable();
            if own.peek().is_none() {
                continue;
            }
            let mut picture = vec![false; clocks.walls.len()];
            own.for_each(|(event, ..)| event.paint(clocks, &mut picture));
            open.iter_mut()
                .zip(picture)
                .for_each(|(open, own)| *open &= own);
        }
        open
    }

    /// Returns the minutes at which nothing may start: the last ones of each window.
    fn cut(&self, clocks: &Clocks) -> Vec<bool> {
        let mut picture = vec![false; clocks.walls.len()];
        for (event, _, cutoff) in self
            .windows
            .iter()
            .filter(|(_, scope, _)| self.covers(*scope))
        {
            for (start, end) in event.occurrences(clocks) {
                picture[end.saturating_sub(cutoff.unwrap_or(0)).max(start)..end].fill(true);
            }
        }
        picture
    }

    /// Returns the minute before which the turnover does not start.
    fn earliest(&self, clocks: &Clocks) -> usize {
        let need = self.need.as_ref().filter(|_| self.contents[0]);
        need.map_or(0, |(event, lag)| event.occurrences(clocks)[0].1 + lag)
    }

    fn occupied(&self, start: usize) -> std::ops::Range<usize> {
        start..start + self.turnover.length + self.backout
    }
}

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
