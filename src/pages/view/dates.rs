//! Dates, intervals and durations of the plan as the portal's parts.

use jiff::Zoned;

use super::View;
use crate::pages::parts::{self, Dates, Value};
use crate::plan::value;
use crate::text::Spanned;
use crate::time::{
    Calendar, Coarse, Date, Day, Duration, Instant, InstantRange, Interval, Moment, Until, Zone,
    weekday_name,
};

impl<'p> View<'p> {
    /// Returns a date of the plan; one that is still relative is shown as written.
    pub fn when(&self, when: Option<&'p value::When>) -> Value<'p> {
        when.map_or(Value::Empty, |when| self.date(&when.resolved))
    }

    /// Returns a date; one that is still relative is shown as written.
    pub fn date(&self, date: &Date) -> Value<'p> {
        match self.point(date) {
            Some(when) => when.into(),
            None => Value::code(date.to_string()),
        }
    }

    /// Returns a whole day.
    pub fn day(&self, day: Day) -> Value<'p> {
        self.portal.dates().day(day.0).into()
    }

    /// Returns the weekday and the time of day of a moment, for lists whose days are plain: `Sat 22:13`.
    pub fn clock(&self, when: Option<&'p value::When>) -> Value<'p> {
        let Some(Date::Moment(moment)) = when.map(|when| &when.resolved) else {
            return self.when(when);
        };
        let zoned = self.zoned(*moment);
        let weekday = self.portal.locale.word(&weekday_name(zoned.weekday())[..3]);
        let text = format!("{weekday} {}", zoned.strftime("%H:%M"));
        parts::When {
            text,
            relative: None,
            ..self.portal.dates().moment(&zoned)
        }
        .into()
    }

    /// Returns an instant in the zone of what is shown.
    pub fn instant(&self, instant: Instant) -> Value<'p> {
        let zoned = self.zone_or_utc().zoned(instant);
        self.portal.dates().moment(&zoned).into()
    }

    /// Returns the stretch between two instants, in the zone of what is shown.
    pub fn range(&self, range: InstantRange) -> Value<'p> {
        let zoned = |instant| self.zone_or_utc().zoned(instant);
        let dates = self.portal.dates();
        dates.moments(&zoned(range.start), &zoned(range.end)).into()
    }

    /// Returns a length of time in seconds; whole minutes are told.
    pub fn seconds(&self, seconds: i64) -> Value<'p> {
        let minutes = u32::try_from(seconds / 60).unwrap_or(u32::MAX);
        self.portal.dates().lapse(minutes).into()
    }

    /// Returns an interval of the plan; one with an end that is still relative is shown as written.
    pub fn period(&self, period: Option<&'p value::Period>) -> Value<'p> {
        period.map_or(Value::Empty, |period| self.interval(&period.resolved))
    }

    /// Returns an interval; one with an end that is still relative is shown as written.
    pub fn interval(&self, interval: &Interval) -> Value<'p> {
        let dates = self.portal.dates();
        let (from, until) = (interval.from(), interval.until());
        let moments = matches!(from, Date::Moment(_))
            && !matches!(until, Until::Date(Date::Coarse(_) | Date::Tbd));
        let period = match until {
            Until::Date(Date::Day(last)) if let Date::Day(first) = from => {
                Some(dates.days(first.0, last.0))
            }
            Until::Date(to) if !moments => match (self.point(from), self.point(to)) {
                (Some(from), Some(to)) => Some(parts::Period {
                    to: (from != to).then_some(to),
                    from,
                }),
                _ => None,
            },
            _ => interval
                .instants(self.zone_or_utc(), &Calendar::default())
                .map(|range| {
                    let zoned = |instant| self.zone_or_utc().zoned(instant);
                    dates.moments(&zoned(range.start), &zoned(range.end))
                }),
        };
        period.map_or_else(|| Value::code(interval.to_string()), Value::from)
    }

    /// Returns a length of time; business days and the like are shown as written.
    pub fn duration(&self, duration: Option<&'p Spanned<Duration>>) -> Value<'p> {
        duration.map_or(Value::Empty, |duration| self.lapse(duration.value))
    }

    /// Returns how long after something else; negative for before.
    pub fn lag(&self, lag: Option<&'p Spanned<value::Lag>>) -> Value<'p> {
        lag.map_or(Value::Empty, |lag| self.lapse(lag.value.0))
    }

    fn lapse(&self, duration: Duration) -> Value<'p> {
        let minutes = duration
            .exact_seconds()
            .and_then(|seconds| u32::try_from(seconds / 60).ok());
        match minutes {
            Some(minutes) => self.portal.dates().lapse(minutes).into(),
            None => Value::Text(words(duration).into()),
        }
    }

    /// Returns a date as a point in time, or none while it is relative.
    fn point(&self, date: &Date) -> Option<parts::When> {
        let dates = self.portal.dates();
        Some(match date {
            Date::Day(day) => dates.day(day.0),
            Date::Moment(moment) => dates.moment(&self.zoned(*moment)),
            Date::Coarse(coarse) => coarse_when(&dates, coarse),
            Date::Tbd => dates.undecided(),
            Date::Relative(_) => return None,
        })
    }

    fn zoned(&self, moment: Moment) -> Zoned {
        let zone = self.zone_or_utc();
        zone.zoned(moment.at(zone))
    }

    fn zone_or_utc(&self) -> &Zone {
        self.zone.unwrap_or(&self.portal.utc)
    }
}

fn coarse_when(dates: &Dates<'_>, coarse: &Coarse) -> parts::When {
    match *coarse {
        Coarse::Week { year, week } => dates.week(year, week),
        Coarse::Month { year, month } => dates.month(year, month),
        Coarse::Quarter { year, quarter } => dates.quarter(year, quarter),
        Coarse::Year(year) => dates.year(year),
        Coarse::Between(days) => dates.between(days.first.0, days.last.0),
    }
}

/// Returns a duration of whole days in words.
fn words(duration: Duration) -> String {
    let counted = |count: i64, one: &str| {
        if count == 1 {
            format!("1 {one}")
        } else {
            format!("{count} {one}s")
        }
    };
    match (duration, duration.nominal_days()) {
        (Duration::Business(count), _) => counted(count.into(), "business day"),
        (_, Some(days)) if days % 7 == 0 && days != 0 => counted(days / 7, "week"),
        (_, Some(days)) => counted(days, "day"),
        (other, None) => other.to_string(),
    }
}
