//! A calendar file (RFC 5545) → the all-day holidays in it.
//!
//! [`parse_ics`] reads each event on its own, so that a broken one costs itself only. Events with a time of day are no
//! holidays and are passed over, cancelled ones as well. Recurrences are handed on as text: expanding is not reading.

use std::ops::Range;

use icalendar::parser::{Component, Property, read_calendar_simple, unfold};
use jiff::civil::Date;
use jiff::{Span as Duration, ToSpan};

use super::line::{Line, lines};
use super::start_of;
use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Location, Span, Spanned};

/// An all-day event.
#[derive(Clone, Debug, PartialEq)]
pub struct Holiday {
    /// The first day; its span is the line that gives it.
    pub first: Spanned<Date>,
    /// The last day, which belongs to it.
    pub last: Date,
    /// What it is called; empty when the event does not say.
    pub summary: String,
    /// Its recurrence as an `RRULE` value (RFC 5545, 3.3.10).
    pub recurrence: Option<Spanned<String>>,
    /// First days on which it does not recur.
    pub except: Vec<Date>,
}

impl Holiday {
    /// Returns each of its days, without recurrence.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        let last = self.last;
        self.first
            .value
            .series(1.day())
            .take_while(move |&day| day <= last)
    }
}

/// The longest event that is taken for a holiday, in days.
const DAYS_LIMIT: i32 = 366;

/// Returns the all-day events of the calendar in `text`, in the order of the file. Faults are added to `findings`.
pub fn parse_ics(file: FileId, text: &str, findings: &mut Findings) -> Vec<Holiday> {
    let whole = start_of(text)..text.len();
    let mut content = lines(text, whole.clone()).filter(|line| !line.is_blank());
    let first = content.next();
    if !first.is_some_and(|line| is(line, "BEGIN:VCALENDAR")) {
        let at = first.map_or(Span::at(0), |line| Span::new(line.span()));
        let message = "the file is not a calendar: it does not start with BEGIN:VCALENDAR";
        findings.push(
            Finding::new("document/unreadable", Location::new(file, at), message)
                .hint("export the calendar again, as iCalendar (.ics)"),
        );
        return Vec::new();
    }
    if let Some(last) = content.last().filter(|&line| !is(line, "END:VCALENDAR")) {
        let at = Location::new(file, Span::new(last.span()));
        findings.push(
            Finding::new(
                "document/unreadable",
                at,
                "the calendar ends without END:VCALENDAR",
            )
            .hint("the file is probably cut off: export the calendar again"),
        );
    }
    let mut holidays = Vec::new();
    for range in events(text, whole) {
        let event = Event { file, text, range };
        match event.holiday() {
            Ok(holiday) => holidays.extend(holiday),
            Err(finding) => findings.push(*finding),
        }
    }
    holidays
}

/// Returns where the events stand, from `BEGIN:VEVENT` to `END:VEVENT` or, where that is missing, the next event.
fn events(text: &str, whole: Range<usize>) -> Vec<Range<usize>> {
    let mut events = Vec::new();
    let mut open: Option<usize> = None;
    for line in lines(text, whole) {
        let begins = is(line, "BEGIN:VEVENT");
        if begins || is(line, "END:VCALENDAR") {
            events.extend(open.take().map(|start| start..line.start));
        }
        if begins {
            open = Some(line.start);
        } else if is(line, "END:VEVENT") {
            events.extend(open.take().map(|start| start..line.end()));
        }
    }
    events.extend(open.map(|start| start..text.len()));
    events
}

fn is(line: Line<'_>, words: &str) -> bool {
    line.text.eq_ignore_ascii_case(words)
}

/// One event's place in the file.
struct Event<'t> {
    file: FileId,
    text: &'t str,
    range: Range<usize>,
}

impl Event<'_> {
    /// Returns the holiday that the event is, none when it is not an all-day one.
    fn holiday(&self) -> Result<Option<Holiday>, Box<Finding>> {
        let unfolded = unfold(&self.text[self.range.clone()]);
        let head = Span::new(Line::at(self.text, self.range.start).span());
        let unreadable = |message, hint| self.fault("document/unreadable", head, message, hint);
        let event = read_calendar_simple(&unfolded)
            .ok()
            .and_then(|components| components.into_iter().next())
            .ok_or_else(|| {
                let hint = "export the calendar again, or remove the event";
                unreadable("the event is not valid iCalendar", hint)
            })?;
        let start = event.find_prop("DTSTART").ok_or_else(|| {
            let hint = "give its first day: `DTSTART;VALUE=DATE:20261225`";
            unreadable("the event has no DTSTART", hint)
        })?;
        let cancelled = event
            .find_prop("STATUS")
            .is_some_and(|status| status.val.as_str().eq_ignore_ascii_case("CANCELLED"));
        if cancelled || !is_day(start) {
            return Ok(None);
        }
        let first = self.day(start)?;
        let last = self.last_day(&event, first.value)?;
        let mut except = Vec::new();
        for property in event
            .properties
            .iter()
            .filter(|property| property.name == "EXDATE")
        {
            for day in property.val.as_str().split(',') {
                except.push(self.date(day, self.line_of("EXDATE"))?);
            }
        }
        let recurrence = event.find_prop("RRULE");
        Ok(Some(Holiday {
            first,
            last,
            summary: summary(&event),
            recurrence: recurrence
                .map(|rule| Spanned::new(rule.val.as_str().to_owned(), self.line_of("RRULE"))),
            except,
        }))
    }

    /// Returns the last day of the event that starts on `first`: the day before DTEND, or as DURATION says.
    fn last_day(&self, event: &Component<'_>, first: Date) -> Result<Date, Box<Finding>> {
        let (name, next) = if let Some(end) = event.find_prop("DTEND") {
            ("DTEND", self.day(end)?.value)
        } else if let Some(duration) = event.find_prop("DURATION") {
            let span = self.line_of("DURATION");
            let words = duration.val.as_str();
            let next = words
                .parse::<Duration>()
                .and_then(|length| first.checked_add(length));
            let next = next.map_err(|_| {
                let message = format!("`{words}` is not a duration");
                let hint = "write days or weeks, as in `P2D`";
                self.fault("value/invalid-duration", span, &message, hint)
            })?;
            ("DURATION", next)
        } else {
            return Ok(first);
        };
        // Some programs write the same day at both ends; others mean the day after, as RFC 5545, 3.6.1 says.
        let last = next.yesterday().map_or(first, |day| day.max(first));
        let days = first
            .until(last)
            .map_or(i32::MAX, |length| length.get_days());
        if next < first || days >= DAYS_LIMIT {
            let message = format!("the event runs from {first} to {next}");
            let hint = format!("an event is 1 to {DAYS_LIMIT} days long");
            return Err(self.fault(
                "value/invalid-interval",
                self.line_of(name),
                &message,
                &hint,
            ));
        }
        Ok(last)
    }

    fn day(&self, property: &Property<'_>) -> Result<Spanned<Date>, Box<Finding>> {
        let span = self.line_of(property.name.as_str());
        Ok(Spanned::new(self.date(property.val.as_str(), span)?, span))
    }

    fn date(&self, words: &str, span: Span) -> Result<Date, Box<Finding>> {
        let day = words.split('T').next().unwrap_or_default();
        Date::strptime("%Y%m%d", day).map_err(|_| {
            let message = format!("`{words}` is not a day");
            let hint = "write year, month and day, as in `20261225`";
            self.fault("value/invalid-date", span, &message, hint)
        })
    }

    /// Returns where the property `name` stands in the file; the event's first line if it cannot be found.
    fn line_of(&self, name: &str) -> Span {
        let named = |line: &Line<'_>| {
            let rest = line.text.get(name.len()..).unwrap_or_default();
            line.text
                .get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
                && rest.starts_with([':', ';'])
        };
        let line = lines(self.text, self.range.clone()).find(named);
        Span::new(
            line.unwrap_or_else(|| Line::at(self.text, self.range.start))
                .span(),
        )
    }

    fn fault(&self, rule: &'static str, span: Span, message: &str, hint: &str) -> Box<Finding> {
        let at = Location::new(self.file, span);
        Box::new(Finding::new(rule, at, message).hint(hint))
    }
}

/// Returns whether a property is a day: a date, or midnight, as Outlook writes it.
fn is_day(property: &Property<'_>) -> bool {
    let value = property.val.as_str();
    !value.contains('T') || value.ends_with("T000000")
}

fn summary(event: &Component<'_>) -> String {
    let summary = event.find_prop("SUMMARY");
    summary.map_or_else(String::new, |summary| {
        summary
            .val
            .clone()
            .unescape_text()
            .as_str()
            .trim()
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::parse_ics;
    use crate::diagnostic::Findings;
    use crate::text::{FileId, Source};

    /// Checks the holidays and faults of a calendar with `events` in it.
    #[track_caller]
    fn check(events: &str, expected: &[&str]) {
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
        check_file(&text.replace("|", "\r\n"), expected);
    }

    #[track_caller]
    fn check_file(text: &str, expected: &[&str]) {
        let mut findings = Findings::new();
        let source = Source::new("holidays.ics", text);
        let mut found: Vec<String> = parse_ics(FileId(0), text, &mut findings)
            .iter()
            .map(|holiday| {
                let days: Vec<String> = holiday.days().map(|day| day.to_string()).collect();
                let rule = holiday
                    .recurrence
                    .iter()
                    .map(|rule| format!(" {}", rule.value));
                let except = holiday.except.iter().map(|day| format!(" not {day}"));
                let more: String = rule.chain(except).collect();
                let line = source.position(holiday.first.span.start).line;
                format!("{line}: {} {}{more}", days.join(" "), holiday.summary)
            })
            .collect();
        found.extend(findings.iter().map(|finding| {
            let at = source.position(finding.at.span.start);
            format!(
                "{}:{} {} {}",
                at.line, at.column, finding.rule, finding.message
            )
        }));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn all_day_events_are_holidays() {
        check(
            "BEGIN:VEVENT|DTSTART;VALUE=DATE:20261225|DTEND;VALUE=DATE:20261227|\
             SUMMARY:Christmas\\, and \r\n the day after|\
             END:VEVENT|\
             BEGIN:VEVENT|SUMMARY:New Year|DTSTART:20260101|RRULE:FREQ=YEARLY|\
             EXDATE:20270101,20280101|BEGIN:VALARM|ACTION:DISPLAY|END:VALARM|END:VEVENT|\
             BEGIN:VEVENT|DTSTART:20260501T000000|DURATION:P1D|END:VEVENT|\
             BEGIN:VEVENT|DTSTART:20260501T090000Z|SUMMARY:Meeting|END:VEVENT|\
             BEGIN:VEVENT|DTSTART:20260502|STATUS:CANCELLED|END:VEVENT|",
            &[
                "4: 2026-12-25 2026-12-26 Christmas, and the day after",
                "11: 2026-01-01 New Year FREQ=YEARLY not 2027-01-01 not 2028-01-01",
                "19: 2026-05-01 ",
            ],
        );
    }

    #[test]
    fn a_broken_event_costs_itself_only() {
        check(
            "BEGIN:VEVENT|DTSTART:20261332|END:VEVENT|\
             BEGIN:VEVENT|SUMMARY:When?|END:VEVENT|\
             BEGIN:VEVENT|DTSTART:20260101|\
             BEGIN:VEVENT|DTSTART:20260102|DTEND:20250101|END:VEVENT|\
             BEGIN:VEVENT|DTSTART:20260103|DTEND:20260103|END:VEVENT|",
            &[
                "16: 2026-01-03 ",
                "4:1 value/invalid-date `20261332` is not a day",
                "6:1 document/unreadable the event has no DTSTART",
                "9:1 document/unreadable the event is not valid iCalendar",
                "13:1 value/invalid-interval the event runs from 2026-01-02 to 2025-01-01",
            ],
        );
    }

    #[test]
    fn what_is_no_calendar_is_unreadable() {
        let not = "the file is not a calendar: it does not start with BEGIN:VCALENDAR";
        check_file("", &[&format!("1:1 document/unreadable {not}")]);
        check_file("<html>", &[&format!("1:1 document/unreadable {not}")]);
        check_file(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n",
            &[
                "3: 2026-01-01 ",
                "4:1 document/unreadable the calendar ends without END:VCALENDAR",
            ],
        );
    }
}
