//! The model: clocks, what happens by them, and the picture of it, minute by minute.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;
use rustc_hash::FxHashMap;

use crate::time::{Instant, Zone};

/// How many days the model looks at, and in how many of them something begins.
const DAYS: (i64, i64) = (18, 12);

/// What the clocks show at each minute.
pub(super) struct Clocks {
    pub(super) zone: &'static str,
    pub(super) first: Date,
    pub(super) start: Instant,
    pub(super) walls: Vec<DateTime>,
    /// The first minute at which they show a time.
    pub(super) shown: FxHashMap<DateTime, usize>,
}

impl Clocks {
    pub(super) fn around(zone: &'static str, change: &str) -> Self {
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
    pub(super) fn minute(&self, wall: DateTime) -> usize {
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

    pub(super) fn wall(&self, when: When) -> DateTime {
        self.first.to_datetime(jiff::civil::Time::midnight())
            + when.day.days()
            + when.minute.minutes()
    }

    pub(super) fn instant(&self, minute: usize) -> Instant {
        self.start + i64::try_from(minute).unwrap().minutes()
    }
}

/// A wall time: days after the first one, and minutes after midnight.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    pub(super) day: i64,
    pub(super) minute: i64,
}

/// Something that takes time, once or again and again.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) from: When,
    /// Minutes.
    pub(super) length: usize,
    /// Every how many days it takes place again.
    pub(super) every: Option<i64>,
    /// Whether its end is a time on the clock rather than so many minutes later.
    pub(super) until_wall: bool,
    /// Whether what the clocks skip does not take place.
    pub(super) skip: bool,
}

impl Event {
    /// Returns the first minute of each occurrence, and the first one after it.
    pub(super) fn occurrences(&self, clocks: &Clocks) -> Vec<(usize, usize)> {
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

    pub(super) fn wall_end(&self, wall: DateTime, clocks: &Clocks) -> usize {
        let end = wall + i64::try_from(self.length).unwrap().minutes();
        if end > *clocks.walls.last().unwrap() {
            clocks.walls.len()
        } else {
            clocks.minute(end)
        }
    }

    /// Returns which minutes it takes.
    pub(super) fn paint(&self, clocks: &Clocks, picture: &mut [bool]) {
        for (start, end) in self.occurrences(clocks) {
            picture[start..end].fill(true);
        }
    }

    /// Returns it as an interval: `A/95m`, or `A/B`.
    pub(super) fn interval(&self, clocks: &Clocks) -> String {
        let from = clocks.wall(self.from);
        if self.until_wall {
            let end = from + i64::try_from(self.length).unwrap().minutes();
            format!("{}/{}", written(from), written(end))
        } else {
            format!("{}/{}m", written(from), self.length)
        }
    }

    pub(super) fn repeats(&self) -> String {
        self.every.map_or(String::new(), |every| {
            format!("repeats: FREQ=DAILY;INTERVAL={every}\n")
        })
    }
}

fn written(wall: DateTime) -> String {
    wall.strftime("%Y-%m-%d %H:%M").to_string()
}

/// A scope: which of payments and the ledger it covers, and how it is written.
pub(super) type Covered = ([bool; 2], &'static str);

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
pub(super) struct World {
    pub(super) turnover: Event,
    pub(super) backout: usize,
    /// Which of payments and the ledger it brings.
    pub(super) contents: [bool; 2],
    pub(super) freezes: Vec<(Event, Covered)>,
    /// Each with its cutoff.
    pub(super) windows: Vec<(Event, Covered, Option<usize>)>,
    pub(super) own_reservations: Vec<Event>,
    /// Each with whether it is shared.
    pub(super) reservations: Vec<(Event, bool)>,
    /// What payments needs, and so many minutes after it.
    pub(super) need: Option<(Event, usize)>,
}

pub(super) fn when() -> impl Strategy<Value = When> {
    // The clocks change in the small hours of the seventh day.
    let day = prop_oneof![2 => 0..DAYS.1, 1 => 5..8i64];
    let minute = prop_oneof![1 => minutes(0..240), 1 => minutes(0..1440)];
    (day, minute).prop_map(|(day, minute)| When {
        day,
        minute: i64::try_from(minute).unwrap(),
    })
}

/// Returns a number of minutes, mostly of quarters of an hour, so that ends meet starts.
pub(super) fn minutes(range: std::ops::Range<usize>) -> impl Strategy<Value = usize> {
    let quarters = range.start.div_ceil(15)..range.end / 15;
    prop_oneof![4 => quarters.prop_map(|quarters| quarters * 15), 1 => range]
}

pub(super) fn event(
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

pub(super) fn scope() -> impl Strategy<Value = Covered> {
    prop::sample::select(&SCOPES[..])
}

pub(super) fn every() -> impl Strategy<Value = Option<i64>> {
    prop::option::of(1..8i64)
}

pub(super) fn window() -> impl Strategy<Value = (Event, Covered, Option<usize>)> {
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

pub(super) fn world() -> impl Strategy<Value = World> {
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
    pub(super) fn files(&self, clocks: &Clocks) -> String {
        self.files_for(&self.turnover.interval(clocks), clocks)
    }

    /// Returns the plan as an archive, in which the turnover is `planned`.
    pub(super) fn files_for(&self, planned: &str, clocks: &Clocks) -> String {
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
    pub(super) fn covers(&self, (covered, _): Covered) -> bool {
        covered
            .iter()
            .zip(self.contents)
            .any(|(covered, brought)| *covered && brought)
    }

    /// Returns the minutes that something forbids: freezes, the reservations of others, and all but the own ones.
    pub(super) fn forbidden(&self, clocks: &Clocks) -> Vec<bool> {
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
    pub(super) fn open(&self, clocks: &Clocks) -> Vec<bool> {
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
    pub(super) fn cut(&self, clocks: &Clocks) -> Vec<bool> {
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
    pub(super) fn earliest(&self, clocks: &Clocks) -> usize {
        let need = self.need.as_ref().filter(|_| self.contents[0]);
        need.map_or(0, |(event, lag)| event.occurrences(clocks)[0].1 + lag)
    }

    pub(super) fn occupied(&self, start: usize) -> std::ops::Range<usize> {
        start..start + self.turnover.length + self.backout
    }
}
