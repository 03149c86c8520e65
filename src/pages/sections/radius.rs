//! The blast radius: what is affected when something is late or breaks, directly and through what it affects.

use crate::pages::blocks;
use crate::pages::listing::{MOST_ROWS, capped, document};
use crate::pages::parts::{Section, State, Table, Value};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::kinds::release::Release;
use crate::schedule::{Dependency, Needed};

use super::stages::{course_state, deployment};

/// Returns the section of the releases that need the release `of`, or a release that does.
pub(in crate::pages) fn needed_by<'p>(view: &View<'p>, of: DocId) -> Section<'p> {
    section(view, vec![of])
}

/// Returns the section of the releases that need the application `of`, one of its `releases`, or a release that does.
pub(in crate::pages) fn depending_on<'p>(
    view: &View<'p>,
    of: DocId,
    releases: &[DocId],
) -> Section<'p> {
    section(view, releases.iter().copied().chain([of]).collect())
}

/// Returns the section of the releases that need anything in `reached`, step by step.
fn section<'p>(view: &View<'p>, mut reached: Vec<DocId>) -> Section<'p> {
    let needs = view.portal.schedule.dependencies();
    let mut found: Vec<(&Dependency<'p>, usize)> = Vec::new();
    for step in 1.. {
        let new: Vec<_> = needs
            .iter()
            .filter(|need| {
                let needed = need.needed.document();
                let is_hit = needed.is_some_and(|needed| reached.contains(&needed));
                is_hit && !reached.contains(&need.release.id)
            })
            .filter(|need| view.portal.path(need.release.id).is_some())
            .collect();
        if new.is_empty() {
            break;
        }
        for need in new {
            if !reached.contains(&need.release.id) {
                reached.push(need.release.id);
                found.push((need, step));
            }
        }
    }
    let columns = [
        "Release",
        "Reached",
        "Because it needs",
        "Train",
        "Stage",
        "Deployment",
    ];
    let mut table = Table::new("Releases that are late or break with it", columns);
    for (need, step) in found.iter().take(MOST_ROWS) {
        table.row(row(view, need, *step));
    }
    let blocks = capped(view, table, found.len().min(MOST_ROWS));
    blocks::section("blast-radius", "What depends on it", blocks)
}

fn row<'p>(view: &View<'p>, need: &Dependency<'p>, step: usize) -> [Value<'p>; 6] {
    let release = need.release;
    let of = view.of(release.id);
    let reached = match step {
        1 => Value::word("directly"),
        _ => view
            .portal
            .locale
            .phrase("in {n} steps", &[("n", &step)])
            .into(),
    };
    let needed = match need.needed {
        Needed::External(name) => name.into(),
        _ => document(view, need.needed.document()),
    };
    let course = view.portal.plan.get::<Release>(release.id);
    let state: Option<State<'p>> = course.and_then(|course| course_state(&of, course.into()));
    [
        view.document(release.id),
        reached,
        needed,
        document(view, release.document.belongs.train),
        state.into(),
        course.map_or(Value::Empty, |course| deployment(&of, course.into()).bare()),
    ]
}
