//! Business calendars: what calendar documents, Markdown or `.ics`, say about days on which nobody works.

use rustc_hash::FxHashMap;

use jiff::civil::Time;

use crate::diagnostic::{Finding, Findings};
use crate::plan::common::Common;
use crate::plan::kinds::calendar::{Calendar, Holiday, RollRule, Weekday};
use crate::plan::reader::Reader;
use crate::plan::value::When;
use crate::plan::{Body, Doubts, Kind, OfKind as _, Plan};
use crate::syntax;
use crate::text::{FileId, Source, Span, Spanned};
use crate::time::{Calendar as BusinessDays, Date, Day, DayRange, Recurrence, Roll, Zone};

use super::document::Content;
use super::identity::id_of_path;

/// Returns the calendar document that the `.ics` file `source` holds (RFC 5545). Its name is its id, its title the one
/// that calendars carry by custom (`X-WR-CALNAME`).
pub(super) fn read(file: FileId, source: &Source, findings: &mut Findings) -> Option<Content> {
    let faults = findings.len();
    let events = syntax::parse_ics(file, &source.text, findings);
    if events.is_empty() && findings.len() > faults {
        return None;
    }
    let mut reader = Reader::new(file, findings);
    let holidays = events
        .into_iter()
        .flat_map(|event| holidays(event, &mut reader))
        .collect();
    let calendar = Calendar {
        holidays,
        ..Calendar::default()
    };
    let id = id_of_path(&source.path);
    Some(Content {
        kind: Kind::Calendar,
        id: id.into(),
        id_span: None,
        head: Span::at(0),
        common: Common::default(),
        detail: calendar.into_detail(),
        body: Body {
            span: Span::at(source.text.len()),
            ..Body::default()
        },
        doubts: Doubts::default(),
    })
}

/// Returns each day of an event as a holiday that comes again as the event does.
fn holidays(event: syntax::Holiday, reader: &mut Reader<'_>) -> Vec<Spanned<Holiday>> {
    let span = event.first.span;
    let day = |date| {
        let date = Date::Day(Day(date));
        When {
            written: date.clone(),
            resolved: date,
            span,
        }
    };
    let repeats = event
        .recurrence
        .as_ref()
        .and_then(|rule| match Recurrence::parse(&rule.value) {
            Ok(parsed) => Some(Spanned::new(parsed, rule.span)),
            Err(error) => {
                reader.report(Finding::new(
                    error.rule,
                    reader.at(rule.span),
                    error.message,
                ));
                None
            }
        });
    let holiday = |date| Holiday {
        date: Some(day(date)),
        title: Some(Spanned::new(event.summary.as_str().into(), span)),
        repeats: repeats.clone(),
        except: event.except.iter().copied().map(day).collect(),
        ..Holiday::default()
    };
    event
        .days()
        .map(|date| Spanned::new(holiday(date), span))
        .collect()
}

/// Computes the business days of every calendar of `plan`.
pub(super) fn resolve(plan: &mut Plan) {
    let calendars: FxHashMap<_, _> = plan
        .all::<Calendar>()
        .map(|calendar| (calendar.id, business_days(&calendar)))
        .collect();
    plan.set_calendars(calendars);
}

fn business_days(calendar: &Calendar) -> BusinessDays {
    let mut days = BusinessDays::default();
    if !calendar.weekend.is_empty() {
        days.weekend = calendar
            .weekend
            .iter()
            .map(|day| weekday(day.value))
            .collect();
    }
    for holiday in &calendar.holidays {
        let title = holiday
            .title
            .as_ref()
            .map(|title| title.to_string())
            .unwrap_or_default();
        days.holidays
            .extend(days_of(holiday).into_iter().map(|day| (day, title.clone())));
    }
    if let Some(rule) = &calendar.roll {
        days.roll = Some(match rule.value {
            RollRule::Previous => Roll::Previous,
            RollRule::Next => Roll::Next,
        });
    }
    days
}

/// How far a holiday that comes again is followed, in years: longer than any plan.
const YEARS: i64 = 100;

/// Returns every day on which a holiday falls.
fn days_of(holiday: &Holiday) -> Vec<Day> {
    let Some(first) = holiday
        .date
        .as_ref()
        .and_then(When::days)
        .map(|days| days.first)
    else {
        return Vec::new();
    };
    let Some(rule) = &holiday.repeats else {
        return vec![first];
    };
    let within = DayRange::new(first, first.plus(YEARS * 366).unwrap_or(first));
    let start = first.0.to_datetime(Time::midnight());
    let excepted = |day: Day| {
        holiday
            .except
            .iter()
            .any(|when| when.days().is_some_and(|days| days.contains(day)))
    };
    let utc = Zone::utc();
    let found = rule
        .starts(start, within, &utc)
        .map(|wall| Day(wall.date()));
    let mut days: Vec<_> = found.filter(|&day| !excepted(day)).collect();
    days.push(first);
    days
}

fn weekday(day: Weekday) -> jiff::civil::Weekday {
    match day {
        Weekday::Monday => jiff::civil::Weekday::Monday,
        Weekday::Tuesday => jiff::civil::Weekday::Tuesday,
        Weekday::Wednesday => jiff::civil::Weekday::Wednesday,
        Weekday::Thursday => jiff::civil::Weekday::Thursday,
        Weekday::Friday => jiff::civil::Weekday::Friday,
        Weekday::Saturday => jiff::civil::Weekday::Saturday,
        Weekday::Sunday => jiff::civil::Weekday::Sunday,
    }
}
