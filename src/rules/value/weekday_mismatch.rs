//! `value/weekday-mismatch`: a weekday that prose names is the weekday of the date beside it.

use std::ops::Range;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::rules::book::{Context, Rule};
use crate::syntax::body::{Passage, dates, prose};
use crate::text::{FileId, Location};
use crate::time::civil::Date;
use crate::time::{Weekday, weekday_name, weekday_named};

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("weekday-mismatch.md"),
    check,
);

const NAME: &str = "value/weekday-mismatch";

/// How the names of weekdays begin. A body without any of them is not looked at twice.
const BEGINNINGS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (_, document) in context.plan.documents() {
        let text = &context.plan.sources.get(document.file).text;
        let body = text.get(document.body.span.range()).unwrap_or_default();
        if BEGINNINGS.iter().any(|name| body.contains(name)) {
            for passage in prose(text, document.body.span) {
                findings.extend(mismatches(document.file, &passage));
            }
        }
    }
}

fn mismatches(file: FileId, passage: &Passage) -> impl Iterator<Item = Finding> {
    dates::dates(&passage.words).filter_map(move |written| {
        let date = written.date?;
        let (range, named) = weekday_beside(&passage.words, written.range.clone())?;
        if named == date.weekday() {
            return None;
        }
        let (is, said) = (weekday_name(date.weekday()), weekday_name(named));
        let message = format!("{} is a {is}, not a {said}", &passage.words[written.range]);
        let finding = Finding::new(NAME, Location::new(file, passage.span(range)), message);
        Some(finding.hint(hint(date, named)))
    })
}

/// Returns the weekday that is named with the date at `date` in `words`, and the range of both.
fn weekday_beside(words: &str, date: Range<usize>) -> Option<(Range<usize>, Weekday)> {
    let before = before(&words[..date.start]).map(|(at, named)| (at..date.end, named));
    before.or_else(|| {
        let (length, named) = after(&words[date.end..])?;
        Some((date.start..date.end + length, named))
    })
}

/// Returns the weekday that ends `words`, as in `Friday, the ` or `Fri. `, and where it begins.
///
/// `Thursday or Friday, ` and `Sat/Sun ` name no one weekday.
fn before(words: &str) -> Option<(usize, Weekday)> {
    let lead = words.trim_end_matches([' ', ',', '(']);
    let lead = lead
        .strip_suffix(" the")
        .unwrap_or(lead)
        .trim_end_matches([' ', ',']);
    let short = lead
        .strip_suffix('.')
        .filter(|lead| last_word(lead).len() < "Monday".len());
    let end = short.unwrap_or(lead);
    let name = last_word(end);
    let at = end.len() - name.len();
    let earlier = &words[..at];
    let mut others = earlier
        .rsplit(|char: char| !char.is_alphabetic())
        .filter(|it| !it.is_empty());
    let is_alone = !earlier.ends_with(['/', '-', '–', '&'])
        && !others.by_ref().take(2).any(|it| named(it).is_some());
    named(name)
        .filter(|_| is_alone && lead.len() < words.len())
        .map(|weekday| (at, weekday))
}

/// Returns the weekday that begins `words` in parentheses, as in ` (Friday)`, and where it ends.
fn after(words: &str) -> Option<(usize, Weekday)> {
    let rest = words.strip_prefix(" (")?;
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = words.len() - rest.len() + length + usize::from(rest[length..].starts_with(')'));
    named(&rest[..length]).map(|weekday| (end, weekday))
}

/// Returns the weekday that `word` names, in full or as its first letters: `Friday`, `Fri`.
fn named(word: &str) -> Option<Weekday> {
    let is_name = word.len() >= 3 && word.starts_with(|first: char| first.is_ascii_uppercase());
    weekday_named(word).filter(|_| is_name)
}

fn last_word(text: &str) -> &str {
    let length = text
        .bytes()
        .rev()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    &text[text.len() - length..]
}

/// Returns what was probably meant: that weekday of the same week, or the same day of another year.
fn hint(date: Date, named: Weekday) -> String {
    let said = weekday_name(named);
    let away = date.weekday().until(named);
    let days = jiff::Span::new().days(if away > 3 { away - 7 } else { away });
    let nearest = date
        .checked_add(days)
        .map(|day| format!("the nearest {said} is {day}"));
    let in_year = |year: &i16| {
        let day = Date::new(*year, date.month(), date.day());
        day.is_ok_and(|day| day.weekday() == named)
    };
    let year = [date.year() + 1, date.year() - 1].into_iter().find(in_year);
    let year = year.map(|year| format!("in {year} this day is a {said}"));
    let meant: Vec<_> = nearest.into_iter().chain(year).collect();
    format!("mend the date or the weekday: {}", meant.join("; "))
}

#[cfg(test)]
mod tests {
    use super::{FileId, mismatches, prose};
    use crate::text::Span;

    /// Compares the places of the mismatches in `body` with `expected`.
    fn check(body: &str, expected: &[&str]) {
        let passages = prose(body, Span::new(0..body.len()));
        let found = passages
            .iter()
            .flat_map(|passage| mismatches(FileId(0), passage));
        let found: Vec<_> = found
            .map(|finding| &body[finding.at.span.range()])
            .collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn a_weekday_is_compared_with_the_date_beside_it() {
        // 22 December 2026 is a Tuesday.
        check("Friday 22 December 2026", &["Friday 22 December 2026"]);
        check(
            "on Friday, the 22nd December, 2026.",
            &["Friday, the 22nd December, 2026"],
        );
        check("on Fri. 2026-12-22 22:00", &["Fri. 2026-12-22"]);
        check("on Friday (22/12/2026)", &["Friday (22/12/2026"]);
        check(
            "on December 22, 2026 (Friday, 22:00)",
            &["December 22, 2026 (Friday"],
        );
        check(
            "on **Friday**\n22 December 2026",
            &["Friday**\n22 December 2026"],
        );
        check("on Tuesday 22 December 2026 (Tue)", &[]);
    }

    #[test]
    fn what_names_no_one_day_is_left_alone() {
        for body in [
            "Friday 22 December",
            "Friday 3/4/2026",
            "the Friday before 22 December 2026",
            "Monday to Friday, 22 December 2026",
            "Monday or Friday, 22 December 2026",
            "Sat/Sun 22 December 2026",
            "we met on Friday. 22 December 2026 is the day",
            "Monday 21 - 22 December 2026",
            "22 December 2026, Friday 25 December 2026",
            "we sat 22 December 2026",
            "FR 2026-12-22",
            "`Friday 22 December 2026`",
            "    Friday 22 December 2026",
            "[Friday](2026-12-22.md)",
        ] {
            check(body, &[]);
        }
    }
}
