//! From dates of a plan to times of a calendar.

use crate::outputs::calendars::event::{Repeated, Time};
use crate::pages::Portal;
use crate::plan::DocId;
use crate::plan::value::{Period, When};
use crate::schedule::{Series, SeriesEnd};
use crate::time::{Date, Day, DayRange, Duration, Instant, InstantRange, Interval, Until, Zone};

/// How many years of a series that does not end anybody asks for.
const YEARS: i64 = 5;

/// The time of an event, and how far it is known.
#[derive(Clone, Debug)]
pub(super) struct Dated<'p> {
    /// The time.
    pub time: Time<'p>,
    /// The date as written, where it is known only so far.
    pub so_far: Option<String>,
}

impl<'p> Dated<'p> {
    /// Returns the time of one whole day.
    pub(super) fn day(day: Day) -> Self {
        Self::exact(Time::Days(DayRange::day(day)))
    }

    fn exact(time: Time<'p>) -> Self {
        Self { time, so_far: None }
    }

    /// Returns the time of `date`, written in the document `id`; none while nothing at all is known of it.
    pub(super) fn date(portal: &'p Portal<'p>, id: DocId, date: Option<&When>) -> Option<Self> {
        let date = &date?.resolved;
        let days = Time::Days(date.days()?);
        Some(match date {
            Date::Day(_) => Self::exact(days),
            Date::Moment(moment) => {
                let zone = portal.schedule.zone(id);
                let at = moment.at(zone);
                Self::exact(Time::Span(InstantRange::new(at, at), zone))
            }
            date => Self {
                time: days,
                so_far: Some(date.to_string()),
            },
        })
    }

    /// Returns the time of `period`, written in the document `id`; none while nothing at all is known of one of its ends.
    pub(super) fn period(
        portal: &'p Portal<'p>,
        id: DocId,
        period: Option<&Period>,
    ) -> Option<Self> {
        Self::interval(portal, id, &period?.resolved)
    }

    /// Returns the time of `interval`, written in the document `id`.
    pub(super) fn interval(portal: &'p Portal<'p>, id: DocId, interval: &Interval) -> Option<Self> {
        let (zone, calendar) = (portal.schedule.zone(id), portal.schedule.calendar(id));
        let days = interval.days(&calendar)?;
        Some(match interval.instants(zone, &calendar) {
            Some(_) if is_of_days(interval) => Self::exact(Time::Days(days)),
            Some(range) => Self::exact(Time::Span(range, zone)),
            None => Self {
                time: Time::Days(days),
                so_far: Some(interval.to_string()),
            },
        })
    }

    /// Returns the time of `series`, whose first occurrence is that of `interval`.
    pub(super) fn series(
        portal: &'p Portal<'p>,
        zone: &'p Zone,
        interval: &Interval,
        series: Series<'p>,
    ) -> Self {
        let (first, end) = (series.first.wall, series.end);
        let start = series.first.instants.start;
        let until = match end {
            SeriesEnd::By(wall) => zone.place(wall).instant(),
            _ => horizon(portal, zone).max(start),
        };
        let lasting = match interval.until() {
            Until::After(Duration::Elapsed {
                weeks,
                days,
                seconds,
            }) => (i64::from(*weeks) * 7 + i64::from(*days), *seconds),
            _ => lasting(zone, &series),
        };
        // Where the rule ends is written by the calendar, in the form that its start asks for.
        let rule = series.rule.to_string();
        let parts: Vec<_> = rule
            .split(';')
            .filter(|part| !part.starts_with("UNTIL=") && !part.starts_with("COUNT="))
            .collect();
        Self::exact(Time::Series(Repeated {
            zone,
            first,
            all_day: is_of_days(interval),
            length: lasting,
            rule: parts.join(";"),
            end,
            left_out: series.left_out,
            reach: InstantRange::new(start, until),
        }))
    }
}

/// Returns until when series are looked at that do not end.
pub(super) fn horizon(portal: &Portal<'_>, zone: &Zone) -> Instant {
    let today = portal.publication.as_of;
    zone.start_of(today.plus(YEARS * 366).unwrap_or(today))
}

/// Returns whether `interval` is one of whole days.
fn is_of_days(interval: &Interval) -> bool {
    let is_day = |date: &Date| matches!(date, Date::Day(_));
    let ends = match interval.until() {
        Until::Date(date) => is_day(date),
        Until::After(Duration::Business(_)) => true,
        Until::After(duration) => duration.nominal_days().is_some(),
    };
    is_day(interval.from()) && ends
}

/// Returns how long the first occurrence of `series` lasts by the clocks of `zone`: whole days, and the seconds after.
fn lasting(zone: &Zone, series: &Series<'_>) -> (i64, i64) {
    const DAY: i64 = 86_400;
    let (start, end) = (series.first.wall, zone.wall(series.first.instants.end));
    let seconds = end.duration_since(start).as_secs().max(0);
    (seconds / DAY, seconds % DAY)
}
