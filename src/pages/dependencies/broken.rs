//! What is wrong with the needs of the plan: the answers at the top, and the lists behind them.

use super::sheet;
use crate::pages::blocks;
use crate::pages::parts::{Answer, Block, Section, State, Table, Value};
use crate::pages::sections::{LOOP, is_broken, lead, need_state, needed};
use crate::pages::view::View;
use crate::schedule::{Cycle, Dependency};

/// How many broken needs are told; all of them stand on the maps of their trains.
const MOST: usize = 20;

/// How many loops are told.
const MOST_LOOPS: usize = 10;

/// Returns what is broken among `needs`, the gravest first: what is latest, then the rest as written.
fn broken<'p>(view: &View<'p>, needs: &[Dependency<'p>]) -> Vec<(Dependency<'p>, State<'p>)> {
    let states = needs.iter().map(|need| (*need, need_state(view, need)));
    let mut broken: Vec<_> = states.filter(|(_, state)| is_broken(state)).collect();
    let rank = |state: &State<'p>| match &*state.slug {
        "late" => 0,
        "broken" => 1,
        "missing" => 2,
        _ => 3,
    };
    broken.sort_by_key(|(need, state)| {
        let lead = view.portal.schedule.lead(need).unwrap_or(0);
        (rank(state), lead, need.release.id)
    });
    broken
}

/// Returns the loops of published releases.
fn loops<'p>(view: &View<'p>) -> Vec<Cycle<'p>> {
    let mut loops = view.portal.schedule.cycles();
    loops.retain(|cycle| {
        let shown = |need: &Dependency<'p>| {
            view.portal.path(need.release.id).is_some()
                && view.portal.schedule.is_open(need.release.id)
        };
        cycle.needs.iter().all(shown)
    });
    loops
}

/// Returns the answers: what is planned too late, what leads in a circle, and what did not come or is missing.
pub(super) fn answers<'p>(view: &View<'p>, needs: &[Dependency<'p>]) -> Vec<Answer<'p>> {
    let broken = broken(view, needs);
    let of = |slugs: &[&str]| -> Vec<&(Dependency<'p>, State<'p>)> {
        let fits = |of: &&(Dependency<'p>, State<'p>)| slugs.contains(&&*of.1.slug);
        broken.iter().filter(fits).collect()
    };
    let late = of(&["late"]);
    let worst = late.first().map(|(need, _)| {
        let lead = lead(view, view.portal.schedule.lead(need));
        (*need, lead)
    });
    let loops = loops(view);
    let first_loop = loops.first().and_then(|cycle| cycle.needs.first());
    let mut missing = of(&["missing", "overdue", "failed", "broken"]);
    missing.retain(|(_, state)| state.word != LOOP);
    let first_missing = missing
        .first()
        .map(|(need, state)| (*need, Value::Word(state.word.clone())));
    let all_missing = missing.len() + unresolved(view).len();
    vec![
        answer(
            view,
            ("late", "Order"),
            (late.len(), "{n} too late"),
            "Each comes in order",
            worst,
        ),
        answer(
            view,
            ("broken", "Loops"),
            (loops.len(), "Loops: {n}"),
            "No loop",
            first_loop.map(|need| (*need, Value::Empty)),
        ),
        answer(
            view,
            ("missing", "Missing"),
            (all_missing, "{n} missing"),
            "Nothing is missing",
            first_missing,
        ),
    ]
}

/// Returns an answer: how many there are and the first of them, or that there is none.
fn answer<'p>(
    view: &View<'p>,
    (slug, label): (&'static str, &'static str),
    (count, pattern): (usize, &str),
    none: &'static str,
    first: Option<(Dependency<'p>, Value<'p>)>,
) -> Answer<'p> {
    let state = match count {
        0 => State::new("on-track").worded(none),
        _ => State::new(slug).worded(view.counted(pattern, count)),
    };
    let details = first.map_or_else(Vec::new, |(need, more)| {
        let release = view.document(need.release.id);
        let needs = blocks::several([Value::word("needs"), needed(view, &need)]);
        [release, needs, more]
            .into_iter()
            .filter(|of| *of != Value::Empty)
            .collect()
    });
    Answer::new((slug, label), state, details)
}

/// Returns the lists of what is broken; those that have nothing to say are left out.
pub(super) fn sections<'p>(view: &View<'p>, needs: &[Dependency<'p>]) -> Vec<Section<'p>> {
    let all = broken(view, needs);
    let rest = all.len().saturating_sub(MOST);
    let (shown, states): (Vec<_>, Vec<_>) = all.into_iter().take(MOST).unzip();
    let more = (rest > 0).then(|| {
        let words = view.counted("and {n} more, on the maps of the trains", rest);
        Block::List(vec![words.into()])
    });
    let mut sections = vec![
        blocks::section(
            "broken",
            "Broken",
            [sheet::table(view, &shown, &states), more],
        ),
        blocks::section("loops", "Loops", [loop_table(view)]),
        blocks::section("missing", "Missing", [unresolved_table(view)]),
    ];
    sections.retain(|section| !section.blocks.is_empty());
    sections
}

fn loop_table<'p>(view: &View<'p>) -> Option<Block<'p>> {
    let columns = ["From", "Needs, one after the other"];
    let mut table = Table::new("Needs that lead back to where they started", columns);
    for cycle in loops(view).into_iter().take(MOST_LOOPS) {
        let Some(first) = cycle.needs.first() else {
            continue;
        };
        let steps = cycle.needs.iter().map(|need| needed(view, need));
        table.row([view.document(first.release.id), Value::list(steps)]);
    }
    blocks::told(table)
}

/// Returns the published releases that need what is not there, and what they wrote.
fn unresolved<'p>(view: &View<'p>) -> Vec<[Value<'p>; 3]> {
    let missing = view.portal.schedule.missing_needs();
    let shown = missing.filter(|(release, _)| view.portal.path(release.id).is_some());
    shown
        .map(|(release, reference)| {
            [
                view.document(release.id),
                Value::code(&*reference.written),
                State::new("missing").worded("Not in the plan").into(),
            ]
        })
        .collect()
}

fn unresolved_table<'p>(view: &View<'p>) -> Option<Block<'p>> {
    let mut table = Table::new(
        "Needs that name what is not in the plan",
        ["Release", "Needs", "State"],
    );
    for row in unresolved(view).into_iter().take(MOST) {
        table.row(row);
    }
    blocks::told(table)
}
