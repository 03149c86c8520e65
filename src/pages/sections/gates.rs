//! The gates of a train or a release: whether each is passed, why, and what happens next.

use std::borrow::Cow;

use super::members::of_train;
use super::{approvals, criteria};
use crate::lifecycle::{GateResult, GateState, NextStep, SignoffResult, Standing};
use crate::pages::blocks;
use crate::pages::parts::{Block, Empty, Fact, Link, Section, State, Tally, Tone, Value};
use crate::pages::view::View;
use crate::plan::address::criterion_anchor;
use crate::plan::kinds::release::Release;
use crate::plan::value::{Text, When};
use crate::plan::{Course, DocId, Kind};

/// How many of those who could sign are named.
const MOST_SIGNERS: usize = 4;

/// Returns how many criteria of all gates are met or waived. None when there are none.
pub(in crate::pages) fn readiness(view: &View<'_>, course: Course<'_>) -> Option<Tally> {
    let gates = view.portal.progress.gates(course.id).iter();
    let criteria = gates.flat_map(|result| &result.criteria);
    let (mut count, mut of) = (0, 0);
    for result in criteria {
        count += usize::from(result.standing.passes());
        of += 1;
    }
    (of > 0).then_some(Tally { count, of })
}

/// Returns whether the train `train` with all of its published releases may go; that it is over once it is.
pub(in crate::pages) fn verdict<'p>(view: &View<'_>, train: DocId) -> State<'p> {
    let portal = view.portal;
    let releases = of_train::<Release>(view, train);
    let mut courses = std::iter::once(train).chain(releases.iter().map(|release| release.id));
    if !portal.plan.is_open(train) {
        State::new("closed").worded("Over")
    } else if courses.all(|id| portal.progress.is_go(id)) {
        State::new("go").worded("Go")
    } else {
        State::new("no-go").worded("No-go")
    }
}

/// Returns whether a gate is passed, as a state. One that is not is bad news only once something is known to fail, or
/// its day has passed.
pub(in crate::pages) fn gate_state<'p>(view: &View<'_>, result: &GateResult<'_>) -> State<'p> {
    let state = State::new(result.state.word());
    match result.state {
        GateState::Passed => state,
        GateState::Waived => state.worded("Passed by waiver"),
        GateState::Empty => state.worded("Nothing asked for"),
        GateState::NotPassed => {
            let is_failing = result
                .criteria
                .iter()
                .any(|of| of.standing == Standing::NotMet);
            let due = result.gate.due().and_then(When::days);
            let is_late = due.is_some_and(|due| due.last < view.as_of());
            match (is_failing || is_late, result.reopened) {
                (true, _) => state.toned(Tone::Bad),
                (false, Some(_)) => state.toned(Tone::Warn),
                (false, None) => state,
            }
        }
    }
}

/// Returns the section about the gates, with one part for each.
pub(in crate::pages) fn gates<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let results = view.portal.progress.gates(course.id);
    let section = blocks::section("gates", "Gates", [summary(view, results)]);
    let parts = results.iter().map(|result| part(view, result));
    parts.fold(section, Section::section)
}

/// Returns how many gates stand how, and what happens next at the first that is not passed.
fn summary<'p>(view: &View<'p>, results: &'p [GateResult<'p>]) -> Option<Block<'p>> {
    if results.len() < 2 {
        return None;
    }
    let locale = view.portal.locale;
    let counted = |state: GateState, words: &'static str| {
        let count = results.iter().filter(|of| of.state == state).count();
        let words = locale.phrase(words, &[("n", &count)]);
        (count > 0).then(|| State::new(state.word()).worded(words))
    };
    let states = [
        counted(GateState::NotPassed, "{n} not passed"),
        counted(GateState::Waived, "{n} passed by waiver"),
        counted(GateState::Passed, "{n} passed"),
        counted(GateState::Empty, "{n} without a demand"),
    ];
    let next = results.iter().find(|result| !result.is_passed());
    let standing = match next {
        None => State::new("passed").worded("All gates passed").into(),
        Some(_) => Value::list(states.into_iter().flatten()),
    };
    let mut facts = vec![Fact::new("Standing", standing)];
    if let Some(next) = next {
        facts.push(Fact::new("Next gate", own_link(next.gate.id, title(next))));
        facts.extend(next_facts(view, next));
    }
    blocks::facts(facts)
}

/// Returns the part about one gate.
fn part<'p>(view: &View<'p>, result: &'p GateResult<'p>) -> Section<'p> {
    let reopened = result.reopened.map(|back| {
        let entry = &back.value;
        blocks::several([
            view.when(entry.date.as_ref()),
            view.who(entry.by.as_ref()),
            view.text(entry.reason.as_ref()),
        ])
    });
    let decided = result.decided.filter(|_| result.state != GateState::Empty);
    let mut facts = next_facts(view, result);
    facts.extend([
        Fact::new("Due", view.when(result.gate.due())),
        Fact::new(
            "Decided",
            decided.map(|days| view.portal.dates().days(days.first.0, days.last.0)),
        ),
        Fact::new("Re-opened", reopened),
        Fact::new("Passed over", passed_over(view, result)),
    ]);
    let (of_gate, approvals) = (
        criteria::table(view, result),
        approvals::table(view, result),
    );
    let nothing = (result.state == GateState::Empty).then(|| Block::Empty(nothing_asked(view)));
    let section = blocks::section(
        blocks::anchored("gate", result.gate.id),
        title(result),
        [
            why(view, result),
            blocks::facts(facts),
            blocks::told(of_gate),
            blocks::told(approvals),
            nothing,
        ],
    );
    section.state(gate_state(view, result))
}

/// Returns when work went on through a gate that is not passed.
fn passed_over<'p>(view: &View<'p>, result: &'p GateResult<'p>) -> Value<'p> {
    let crossed = result.crossed.filter(|_| !result.is_passed());
    crossed.map_or(Value::Empty, |entry| {
        blocks::several([
            State::new("broken").worded("Work went on").into(),
            view.when(entry.value.date.as_ref()),
            view.who(entry.value.by.as_ref()),
        ])
    })
}

/// Returns what happens next at a gate, and who does it.
pub(in crate::pages) fn next_facts<'p>(
    view: &View<'p>,
    result: &'p GateResult<'p>,
) -> Vec<Fact<'p>> {
    let remaining = result.remaining();
    let Some(first) = remaining.first() else {
        return Vec::new();
    };
    let more = (remaining.len() > 1).then(|| {
        let rest = remaining.len() - 1;
        view.counted("then {n} more", rest)
    });
    let action = Value::list(
        [action(view, result, first)]
            .into_iter()
            .chain(more.map(Value::from)),
    );
    vec![
        Fact::new("Next action", action),
        Fact::new("Who", actors(view, result, first)),
    ]
}

/// Returns what has to be done, as a link to where it is told on the page of the gate.
pub(in crate::pages) fn action<'p>(
    view: &View<'p>,
    result: &GateResult<'p>,
    step: &NextStep<'_, 'p>,
) -> Value<'p> {
    let locale = view.portal.locale;
    let (pattern, what, anchor) = match step {
        NextStep::Criterion(of) => {
            let pattern = match of.standing {
                Standing::NotMet => "Put right: {what}",
                _ => "Show: {what}",
            };
            let name = of
                .criterion
                .title()
                .map_or(of.criterion.id, |title| &title.value);
            (
                pattern,
                Cow::Borrowed(name),
                criterion_anchor(result.gate.id, of.criterion.id),
            )
        }
        NextStep::Signoff(of) => {
            let level = State::new(of.signoff.level).word;
            (
                "Approve: {what}",
                Cow::Owned(locale.word(&level).to_owned()),
                blocks::anchored("gate", result.gate.id),
            )
        }
        NextStep::Gate(id) => {
            let before = view.portal.progress.gate(result.gate.of, id);
            let name = before.map_or_else(|| State::new(*id).word, title);
            ("Pass first: {what}", name, blocks::anchored("gate", id))
        }
    };
    let text = locale.phrase(pattern, &[("what", &what)]);
    let path = view.portal.path(result.gate.of);
    path.map_or(text.clone().into(), |path| {
        Link::new(view.href(&format!("{path}#{anchor}")), text).into()
    })
}

/// Returns who does what is next: who shows the criterion, or who could sign.
pub(in crate::pages) fn actors<'p>(
    view: &View<'p>,
    result: &GateResult<'p>,
    step: &NextStep<'_, 'p>,
) -> Value<'p> {
    match step {
        NextStep::Criterion(of) => view.who(of.criterion.owner()),
        NextStep::Signoff(of) => signers(view, result, of),
        NextStep::Gate(_) => Value::Empty,
    }
}

/// Returns who could give an approval today; the role alone where the plan knows nobody.
pub(super) fn signers<'p>(
    view: &View<'p>,
    result: &GateResult<'p>,
    signoff: &SignoffResult<'p>,
) -> Value<'p> {
    let able = view.portal.progress.signers(result, signoff);
    let role = signoff.signoff.role;
    if able.is_empty() && role.is_none() {
        return Value::Empty;
    }
    if able.is_empty() {
        let role = role.map_or(Value::Empty, |role| Value::Word(State::new(role).word));
        // In a plan without people everybody is taken at their word.
        let has_people = view.portal.plan.of_kind(Kind::Person).len() > 0;
        let nobody = has_people.then(|| Value::word("nobody could sign today"));
        return blocks::several([role, nobody.unwrap_or(Value::Empty)]);
    }
    let rest = able.len().saturating_sub(MOST_SIGNERS);
    let more = (rest > 0).then(|| view.counted("and {n} more", rest));
    let named = able
        .iter()
        .take(MOST_SIGNERS)
        .map(|person| view.document(person.id));
    Value::list(named.chain(more.map(Value::from)))
}

/// Returns why a gate stands as it does, as a sentence; that nothing is asked for is said below.
fn why<'p>(view: &View<'p>, result: &GateResult<'_>) -> Option<Block<'p>> {
    let why = || Block::Prose(view.prose(&super::sentence(&result.to_string())));
    (result.state != GateState::Empty).then(why)
}

/// Returns what a gate is called.
pub(in crate::pages) fn title<'p>(result: &GateResult<'p>) -> Cow<'p, str> {
    let title = result.gate.title();
    title.map_or_else(
        || State::new(result.gate.id).word,
        |title| (&*title.value).into(),
    )
}

/// Returns a link to the gate `id` on the same page.
fn own_link<'p>(id: &str, title: Cow<'p, str>) -> Link<'p> {
    Link::new(format!("#{}", blocks::anchored("gate", id)), title)
}

fn nothing_asked<'p>(view: &View<'p>) -> Empty<'p> {
    let how = view.prose("Add `criteria` or `approvals` to the gate, or to the policy.");
    Empty::new("Nothing is asked for at this gate", Some(how))
}

/// Returns whether the page of `course` shows the gate `id`.
pub(super) fn has_gate(view: &View<'_>, course: Course<'_>, id: &str) -> bool {
    view.portal.progress.gate(course.id, id).is_some()
}

/// Returns a link to the gate `gate` of the train or release `owner`, or of the train that the release travels with;
/// its name alone when neither shows it.
pub(in crate::pages) fn gate_link<'p>(
    view: &View<'p>,
    owner: Option<DocId>,
    gate: Option<&'p Text>,
) -> Value<'p> {
    let Some(gate) = gate else {
        return Value::Empty;
    };
    let plan = view.portal.plan;
    let own = owner.and_then(|owner| plan.course(owner));
    let of_train = own.and_then(|course| plan.course(course.document.belongs.train?));
    let shown = [own, of_train]
        .into_iter()
        .flatten()
        .find(|&course| has_gate(view, course, &gate.value));
    let path = shown.and_then(|course| view.portal.path(course.id));
    path.map_or_else(
        || view.own_word(Some(gate)),
        |path| {
            let at = format!("{path}#{}", blocks::anchored("gate", &gate.value));
            Link::new(view.href(&at), State::new(&*gate.value).word).into()
        },
    )
}
