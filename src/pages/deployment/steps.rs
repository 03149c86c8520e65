//! Run sheets: steps in their order, those that run at the same time together.

use crate::pages::blocks;
use crate::pages::parts::{Block, Fact, Section, State, Table, Value};
use crate::pages::view::View;
use crate::plan::parts::deployment::{Backout, SmokeTest, Step};
use crate::plan::value::Item;
use crate::schedule::Barrier;

/// The columns that stay while they are empty: whoever works from paper fills them in.
const BY_HAND: [&str; 2] = ["Started", "Finished"];

/// Returns the run sheet of `steps`, which run as `barriers` say; each is found at `#<anchor>-<id>`. None when there is no
/// step.
pub(in crate::pages) fn run_sheet<'p>(
    view: &View<'p>,
    caption: &'static str,
    anchor: &str,
    steps: &'p [Item<Step>],
    barriers: &[Barrier<'p>],
) -> Option<Block<'p>> {
    let columns = [
        "Step", "How", "Who", "Takes", "Run", "Status", "Started", "Finished", "Reason",
    ];
    let mut table = Table::new(caption, columns);
    let mut ordered: Vec<_> = steps.iter().collect();
    ordered.sort_by_key(|step| place(step));
    for together in ordered.chunk_by(|one, other| place(one) == place(other)) {
        table.group(heading(view, together, barriers));
        for step in together {
            table.anchored_row(blocks::anchored(anchor, &step.id.value), row(view, step));
        }
    }
    blocks::told_with(table, &BY_HAND)
}

/// Returns the place of a step in the order; one without a place comes last.
fn place(step: &Item<Step>) -> (bool, u32) {
    let seq = step.seq.as_ref().map(|seq| seq.value);
    (seq.is_none(), seq.unwrap_or_default())
}

/// Returns the heading of the steps that run at the same time, all of which wait for those before.
///
/// Where the planned times are known from `barriers`, they follow.
fn heading<'p>(view: &View<'p>, together: &[&Item<Step>], barriers: &[Barrier<'p>]) -> Value<'p> {
    let Some(seq) = together.first().and_then(|step| step.seq.as_ref()) else {
        return Value::word("Without a place in the order");
    };
    let locale = view.portal.locale;
    let (seq, count) = (seq.value, together.len());
    let words = Value::from(match count {
        1 => locale.phrase("Step {seq}", &[("seq", &seq)]),
        _ => locale.phrase(
            "Step {seq}: {n} at the same time",
            &[("seq", &seq), ("n", &count)],
        ),
    });
    let planned = barriers.iter().find(|barrier| barrier.seq == Some(seq));
    let planned = planned.filter(|barrier| barrier.longest.is_some());
    match planned {
        Some(barrier) => Value::list([words, view.range(barrier.range)]).bare(),
        None => words,
    }
}

fn row<'p>(view: &View<'p>, step: &'p Item<Step>) -> [Value<'p>; 9] {
    let status = view.state(step.status.as_ref());
    [
        blocks::name(view, step.title.as_ref(), &step.id.value),
        view.choice(step.mode.as_ref()),
        view.who(step.owner.as_ref()),
        view.duration(step.duration.as_ref()),
        view.code(step.run.as_ref()),
        status.unwrap_or_else(|| State::new("pending")).into(),
        view.clock(step.started.as_ref()),
        view.clock(step.finished.as_ref()),
        view.text(step.reason.as_ref()),
    ]
}

/// Returns the smoke tests of a deployment; each is found at `#<anchor>-<id>`. None when there is none.
pub(in crate::pages) fn smoke_tests<'p>(
    view: &View<'p>,
    anchor: &str,
    tests: &'p [Item<SmokeTest>],
) -> Option<Block<'p>> {
    let columns = ["Smoke test", "Who", "Result"];
    blocks::told(blocks::keyed(
        "Smoke tests",
        columns,
        anchor,
        tests,
        |test| {
            let result = view.state(test.result.as_ref());
            [
                blocks::name(view, test.title.as_ref(), &test.id.value),
                view.who(test.owner.as_ref()),
                result.unwrap_or_else(|| State::new("pending")).into(),
            ]
        },
    ))
}

/// Returns the section on how something deployed is taken back.
pub(in crate::pages) fn backout<'p>(view: &View<'p>, backout: Option<&'p Backout>) -> Section<'p> {
    blocks::section(
        "back-out",
        "Back-out",
        way_back(view, "back-out-task", backout),
    )
}

/// Returns how something deployed is taken back; each of its steps is found at `#<anchor>-<id>`.
pub(in crate::pages) fn way_back<'p>(
    view: &View<'p>,
    anchor: &str,
    backout: Option<&'p Backout>,
) -> [Option<Block<'p>>; 2] {
    let Some(backout) = backout else {
        return [None, None];
    };
    let facts = [
        Fact::new("How", view.text(backout.plan.as_ref())),
        Fact::new("Takes", view.duration(backout.duration.as_ref())),
    ];
    let steps = run_sheet(view, "Steps of the back-out", anchor, &backout.tasks, &[]);
    [blocks::facts(facts), steps]
}
