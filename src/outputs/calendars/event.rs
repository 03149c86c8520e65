//! One event, as RFC 5545 writes it (section 3.6.1).
//!
//! A build knows no history, so that what a calendar says of its own changes comes from the day as of which it is made:
//! `DTSTAMP` and `LAST-MODIFIED` are the start of that day, and `SEQUENCE` counts the days since 2000. The same plan as
//! of the same day gives the same bytes, and of two copies of an event readers keep the one of the later day.

use super::lines::Lines;
use crate::outputs::identity::Identity;
use crate::schedule::SeriesEnd;
use crate::time::{
    Day, DayRange, Instant, InstantRange, Zone,
    civil::{DateTime, date},
};

/// Something with a day, on its way into calendars.
#[derive(Clone, Debug)]
pub(super) struct Event<'p> {
    /// Its name within the portal: `turnover:2026-q4/production`.
    pub uid: String,
    /// What readers see in a month grid.
    pub summary: String,
    /// When it is.
    pub time: Time<'p>,
    /// How sure it is.
    pub status: Status,
    /// What sort of thing it is, in a word.
    pub category: &'p str,
    /// Where it takes place.
    pub place: Option<String>,
    /// What is to be known of it, line by line.
    pub details: Vec<String>,
    /// Its page, from the portal's root.
    pub page: &'p str,
}

/// How sure an event is, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// It is planned, or took place.
    Confirmed,
    /// It is a draft, is on hold, or its day is known only so far.
    Tentative,
    /// It does not take place.
    Cancelled,
}

/// When an event is.
#[derive(Clone, Debug)]
pub(super) enum Time<'p> {
    /// On whole days.
    Days(DayRange),
    /// From one instant to another, or at one; readers see it by the clocks of the zone.
    Span(InstantRange, &'p Zone),
    /// Again and again.
    Series(Repeated<'p>),
}

/// A time that repeats, in the wall time of a zone.
#[derive(Clone, Debug)]
pub(super) struct Repeated<'p> {
    /// The zone.
    pub zone: &'p Zone,
    /// When it begins for the first time.
    pub first: DateTime,
    /// Whether it begins with a day and lasts for whole days.
    pub all_day: bool,
    /// How long it lasts each time: so many days by the clocks, and then so many seconds.
    pub length: (i64, i64),
    /// The rule, without its end.
    pub rule: String,
    /// Where the rule ends.
    pub end: SeriesEnd,
    /// The starts that do not take place.
    pub left_out: Vec<DateTime>,
    /// The instants from the first start to the last that anybody will ask for.
    pub reach: InstantRange,
}

/// An event that is written.
#[derive(Clone, Debug)]
pub(super) struct Written<'p> {
    /// Its lines.
    pub lines: String,
    /// What it is sorted by: its first day and its name.
    pub order: (Day, String),
    /// The zone that its lines name, and for what time.
    pub zone: Option<(&'p Zone, InstantRange)>,
}

impl<'p> Event<'p> {
    /// Writes the event as of `as_of`.
    pub(super) fn written(self, identity: &Identity, as_of: Day) -> Written<'p> {
        let (order, zone) = ((self.time.first(), self.uid.clone()), self.time.zone());
        let mut lines = Lines::default();
        lines.put("BEGIN", "VEVENT");
        lines.text("UID", &identity.scoped(&self.uid));
        stamp(&mut lines, as_of);
        lines.put("SEQUENCE", &sequence(as_of).to_string());
        self.time.write(&mut lines);
        lines.text("SUMMARY", &self.summary);
        if !self.details.is_empty() {
            lines.text("DESCRIPTION", &self.details.join("\n"));
        }
        if let Some(place) = &self.place {
            lines.text("LOCATION", place);
        }
        lines.text("CATEGORIES", self.category);
        lines.put("STATUS", self.status.word());
        // A plan is for looking things up: it makes nobody busy.
        lines.put("TRANSP", "TRANSPARENT");
        if let Some(address) = identity.address(self.page) {
            lines.put("URL", &address);
        }
        lines.put("END", "VEVENT");
        Written {
            lines: lines.into_string(),
            order,
            zone,
        }
    }
}

/// Adds when what follows was last changed, as far as anybody can tell.
pub(super) fn stamp(lines: &mut Lines, as_of: Day) {
    let day = format!("{}T000000Z", basic(as_of));
    lines.put("DTSTAMP", &day);
    lines.put("LAST-MODIFIED", &day);
}

fn sequence(as_of: Day) -> i64 {
    Day(date(2000, 1, 1)).until(as_of).max(0)
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Tentative => "TENTATIVE",
            Self::Cancelled => "CANCELLED",
        }
    }
}

impl<'p> Time<'p> {
    fn first(&self) -> Day {
        match self {
            Self::Days(days) => days.first,
            Self::Span(range, zone) => zone.day(range.start),
            Self::Series(series) => Day(series.first.date()),
        }
    }

    fn zone(&self) -> Option<(&'p Zone, InstantRange)> {
        match self {
            Self::Days(_) => None,
            Self::Span(range, zone) => has_name(zone).then_some((*zone, *range)),
            Self::Series(series) => {
                let is_named = !series.all_day && has_name(series.zone);
                is_named.then_some((series.zone, series.reach))
            }
        }
    }

    fn write(&self, lines: &mut Lines) {
        match self {
            Self::Days(days) => {
                lines.put("DTSTART;VALUE=DATE", &basic(days.first));
                lines.put("DTEND;VALUE=DATE", &basic(days.last.next()));
            }
            Self::Span(range, zone) => {
                put_instant(lines, "DTSTART", range.start, zone);
                if !range.is_empty() {
                    put_instant(lines, "DTEND", range.end, zone);
                }
            }
            Self::Series(series) => series.write(lines),
        }
    }
}

impl Repeated<'_> {
    fn write(&self, lines: &mut Lines) {
        self.put_walls(lines, "DTSTART", &[self.first]);
        lines.put("DURATION", &length(self.length));
        lines.put("RRULE", &format!("{}{}", self.rule, self.limit()));
        if !self.left_out.is_empty() {
            self.put_walls(lines, "EXDATE", &self.left_out);
        }
    }

    /// Adds wall times of the zone, in the form of the first start.
    fn put_walls(&self, lines: &mut Lines, name: &str, walls: &[DateTime]) {
        let written = |form: &str| {
            let all: Vec<_> = walls
                .iter()
                .map(|wall| wall.strftime(form).to_string())
                .collect();
            all.join(",")
        };
        match (self.all_day, has_name(self.zone)) {
            (true, _) => lines.put(&format!("{name};VALUE=DATE"), &written("%Y%m%d")),
            (false, false) => lines.put(name, &written("%Y%m%dT%H%M%SZ")),
            (false, true) => lines.put(
                &format!("{name};TZID={}", self.zone.name()),
                &written("%Y%m%dT%H%M%S"),
            ),
        }
    }

    /// Returns where the rule ends, in the form that its start asks for: a day with days, else an instant in UTC.
    fn limit(&self) -> String {
        match self.end {
            SeriesEnd::Open => String::new(),
            SeriesEnd::After(count) => format!(";COUNT={count}"),
            SeriesEnd::By(wall) if self.all_day => format!(";UNTIL={}", basic(Day(wall.date()))),
            SeriesEnd::By(wall) => {
                let instant = self.zone.place(wall).instant();
                format!(";UNTIL={}", in_utc(instant))
            }
        }
    }
}

/// Returns whether the clocks of `zone` are told by its name; those of UTC are told by a `Z`.
fn has_name(zone: &Zone) -> bool {
    zone.name() != "UTC"
}

/// Adds an instant as the clocks of `zone` show it. Where they show that time twice and this is the second one, only UTC
/// tells them apart.
fn put_instant(lines: &mut Lines, name: &str, instant: Instant, zone: &Zone) {
    let wall = zone.wall(instant);
    if has_name(zone) && zone.place(wall).instant() == instant {
        lines.put(
            &format!("{name};TZID={}", zone.name()),
            &wall.strftime("%Y%m%dT%H%M%S").to_string(),
        );
    } else {
        lines.put(name, &in_utc(instant));
    }
}

fn in_utc(instant: Instant) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn basic(day: Day) -> String {
    day.0.strftime("%Y%m%d").to_string()
}

/// Returns a length of time.
fn length((days, seconds): (i64, i64)) -> String {
    let mut written = String::from("P");
    if days > 0 || seconds == 0 {
        written.push_str(&format!("{days}D"));
    }
    if seconds > 0 {
        written.push('T');
    }
    let units = [
        (seconds / 3600, 'H'),
        (seconds / 60 % 60, 'M'),
        (seconds % 60, 'S'),
    ];
    // A length names its units without a gap (RFC 5545, section 3.3.6): what is zero is left out only at the ends.
    let first = units.iter().position(|(count, _)| *count > 0);
    let last = units.iter().rposition(|(count, _)| *count > 0);
    if let (Some(first), Some(last)) = (first, last) {
        for (count, unit) in &units[first..=last] {
            written.push_str(&format!("{count}{unit}"));
        }
    }
    written
}
