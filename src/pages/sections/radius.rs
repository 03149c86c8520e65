//! The blast radius: what is affected when something is late or breaks, directly and through what it affects.

use crate::pages::blocks;
use crate::pages::listing::{MOST_ROWS, capped, document};
use crate::pages::parts::{Block, Section, State, Table, Value};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::plan::kinds::release::Release;
use crate::schedule::Hit;

use super::need::{lead, map_link, needed};
use super::stages::{course_state, deployment};

/// Returns the section of the releases that need the release `of`, or a release that does.
pub(in crate::pages) fn needed_by<'p>(view: &View<'p>, of: DocId) -> Section<'p> {
    section(view, &[of])
}

/// Returns the section of the releases that need the application `of`, one of its `releases`, or a release that does.
pub(in crate::pages) fn depending_on<'p>(
    view: &View<'p>,
    of: DocId,
    releases: &[DocId],
) -> Section<'p> {
    let all: Vec<_> = releases.iter().copied().chain([of]).collect();
    section(view, &all)
}

/// Returns the section of the releases that are hit when one of `of` slips, step by step.
fn section<'p>(view: &View<'p>, of: &[DocId]) -> Section<'p> {
    let mut found = view.portal.schedule.radius(of);
    found.retain(|hit| view.portal.path(hit.need.release.id).is_some());
    let columns = [
        "Release",
        "Reached",
        "Because it needs",
        "Train",
        "Stage",
        "Deployment",
        "Slack",
    ];
    let mut table = Table::new("Releases that are late or break with it", columns);
    for hit in found.iter().take(MOST_ROWS) {
        table.row(row(view, hit));
    }
    let blocks = capped(view, table, found.len());
    let map = (!found.is_empty()).then(|| Block::More(map_link(view, of)));
    let blocks = blocks.into_iter().chain([map]);
    blocks::section("blast-radius", "What depends on it", blocks)
}

fn row<'p>(view: &View<'p>, hit: &Hit<'p>) -> [Value<'p>; 7] {
    let release = hit.need.release;
    let of = view.of(release.id);
    let reached = match hit.steps {
        1 => Value::word("directly"),
        steps => view.counted("in {n} steps", steps).into(),
    };
    let course = view.portal.plan.get::<Release>(release.id);
    let state: Option<State<'p>> = course.and_then(|course| course_state(&of, course.into()));
    [
        view.document(release.id),
        reached,
        needed(view, &hit.need),
        document(view, release.document.belongs.train),
        state.into(),
        course.map_or(Value::Empty, |course| deployment(&of, course.into()).bare()),
        lead(view, hit.lead),
    ]
}
