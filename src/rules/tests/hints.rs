//! Every `next fit` that the rule book's examples get is one that `check` has nothing against.

use super::written::Written;
use super::{Example, TODAY, judge};
use crate::diagnostic::Diagnostic;
use crate::load::load;
use crate::plan::Plan;
use crate::time::{Day, civil};
use crate::world::Memory;

/// The groups of rules that tell where a deployment does not fit.
const GROUPS: [&str; 3] = ["freeze", "window", "environment"];

/// What such rules say wherever a deployment is.
const ANYWHERE: [&str; 4] = [
    "environment/unreserved",
    "environment/restricted",
    "environment/offline",
    "freeze/exception-unused",
];

#[test]
fn a_next_fit_is_not_rejected() {
    let rules = super::all().filter(|rule| GROUPS.contains(&rule.name.group()));
    let mut tried = 0;
    for example in rules.flat_map(|rule| rule.examples()) {
        tried += check(&example);
    }
    assert!(tried > 5, "only {tried} hints were tried");
}

/// Moves each deployment of `example` that gets a next fit there, and checks that nothing is said against it any more.
/// Returns how many there were.
fn check(example: &Example<'_>) -> usize {
    let written = Written::of(example.files);
    let loaded = load(&written);
    let as_of = Day::parse(example.as_of.unwrap_or(TODAY)).expect("a day");
    let diagnostics = judge(&loaded.plan, loaded.findings, as_of);
    let mut tried = 0;
    for diagnostic in &diagnostics {
        let Some(start) = diagnostic.finding.hint.as_deref().and_then(hinted) else {
            continue;
        };
        let moved = moved(&loaded.plan, diagnostic, &start);
        let (path, _) = planned(&loaded.plan, diagnostic);
        let again = load(&moved);
        let diagnostics = judge(&again.plan, again.findings, as_of);
        let against = diagnostics.iter().filter(|it| {
            let name = it.finding.rule;
            GROUPS.contains(&name.group())
                && !ANYWHERE.contains(&name.0)
                && concerns(&again.plan, it, &path)
        });
        let against: Vec<_> = against.map(|it| &it.finding.message).collect();
        assert!(
            against.is_empty(),
            "{start}: {against:?} in\n{}",
            example.files
        );
        tried += 1;
    }
    tried
}

/// Returns the start in `next fit: Sat 9 January 2027 22:00 Europe/London` as a plan writes it: `2027-01-09 22:00`.
fn hinted(hint: &str) -> Option<String> {
    let (when, rest) = hint.split_once(": ")?;
    let words: Vec<_> = rest.split(' ').collect();
    let [_, day, month, year, time @ ..] = words.as_slice() else {
        return None;
    };
    if !["next fit", "it fits earlier"].contains(&when) {
        return None;
    }
    let date = civil::Date::strptime("%d %B %Y", format!("{day} {month} {year}")).ok()?;
    Some(
        time.first()
            .map_or(date.to_string(), |time| format!("{date} {time}")),
    )
}

/// Returns the file and the text that say when the deployment of `diagnostic` is planned.
fn planned(plan: &Plan, diagnostic: &Diagnostic) -> (String, String) {
    let finding = &diagnostic.finding;
    let places = std::iter::once(finding.at).chain(finding.labels.iter().map(|label| label.at));
    let mut found = places.map(|at| {
        let path = plan.sources.get(at.file).path.clone();
        (path, plan.sources.slice(at).to_owned())
    });
    let is_it = |(path, text): &(String, String)| path.contains("turnovers/") && text.contains('/');
    found.find(is_it).expect("when a turnover is planned")
}

fn concerns(plan: &Plan, diagnostic: &Diagnostic, path: &str) -> bool {
    let finding = &diagnostic.finding;
    let mut places = std::iter::once(finding.at).chain(finding.labels.iter().map(|label| label.at));
    places.any(|at| plan.sources.get(at.file).path == path)
}

/// Returns the files of `plan`, in which what `diagnostic` is about starts at `start` and takes as long as before.
fn moved(plan: &Plan, diagnostic: &Diagnostic, start: &str) -> Memory {
    let (path, text) = planned(plan, diagnostic);
    let (from, until) = text.split_once('/').expect("an interval");
    let end = match (wall(from), wall(until), wall(start)) {
        (Some(from), Some(until), Some(start)) => {
            let end = start + (until - from);
            end.strftime("%Y-%m-%d %H:%M").to_string()
        }
        _ => until.to_owned(),
    };
    let end = if start.contains(' ') {
        end
    } else {
        end.split(' ').next().unwrap_or_default().to_owned()
    };
    let files = plan.sources.iter().map(|(_, source)| {
        let text_of = if source.path == path {
            source.text.replacen(&text, &format!("{start}/{end}"), 1)
        } else {
            source.text.to_string()
        };
        (source.path.clone(), text_of)
    });
    files.collect()
}

/// Returns the wall time that `text` writes, a day's first minute for a day.
fn wall(text: &str) -> Option<civil::DateTime> {
    let text = text.trim();
    let moment = civil::DateTime::strptime("%Y-%m-%d %H:%M", text).ok();
    moment.or_else(|| {
        Some(
            civil::Date::strptime("%Y-%m-%d", text)
                .ok()?
                .to_datetime(civil::Time::midnight()),
        )
    })
}
