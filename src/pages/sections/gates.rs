//! The gates of a train or a release: what the policy asks for, beside what was written.

use super::approvals::{self, Given};
use super::criteria;
use crate::pages::blocks;
use crate::pages::parts::{Block, Empty, Fact, Link, Section, State, Tally, Value};
use crate::pages::view::View;
use crate::plan::Course;
use crate::plan::kinds::approval::Approval;
use crate::plan::kinds::policy::{Policy, PolicyGate};
use crate::plan::parts::gate::Gate;
use crate::plan::value::Text;
use crate::plan::{Doc, DocId};

/// A gate of a course: as the course has it, as its policy asks for it, or both.
#[derive(Clone, Copy, Debug)]
pub(super) struct AskedGate<'p> {
    /// Its id: `construction`.
    pub(super) id: &'p str,
    /// What the course says.
    pub(super) own: Option<&'p Gate>,
    /// What the policy asks for.
    pub(super) asked: Option<&'p PolicyGate>,
}

/// Returns the gates of `course`: those of its policy in order, then its own.
///
/// The gates of a policy are those of the train. A release that travels with one has only the gates that it sets
/// itself, and a type that skips a stage needs no gate at its end.
fn asked<'p>(view: &View<'p>, course: Course<'p>) -> Vec<AskedGate<'p>> {
    let policy = view
        .portal
        .plan
        .policy_of(course.id)
        .map(|policy| policy.fields);
    let own = |id: &str| course.gates.get(id).map(|gate| &gate.value);
    let is_asked = |id: &str| {
        course.document.belongs.train.is_none()
            && policy.is_some_and(|policy| !skips(policy, course, id))
    };
    let of_policy = policy.into_iter().flat_map(|policy| &policy.gates);
    let mut gates: Vec<_> = of_policy
        .map(|gate| (&*gate.id.value, &gate.value))
        .filter(|(id, _)| own(id).is_some() || is_asked(id))
        .map(|(id, asked)| AskedGate {
            id,
            own: own(id),
            asked: Some(asked),
        })
        .collect();
    for gate in course.gates {
        if !gates.iter().any(|known| known.id == &*gate.id.value) {
            gates.push(AskedGate {
                id: &gate.id.value,
                own: Some(&gate.value),
                asked: None,
            });
        }
    }
    gates
}

/// Returns whether `policy` lets the type of `course` skip the stage `id`.
fn skips(policy: &Policy, course: Course<'_>, id: &str) -> bool {
    let of_type = course.r#type.and_then(|name| policy.types.get(&name.value));
    of_type.is_some_and(|of_type| of_type.skips.iter().any(|skipped| *skipped.value == *id))
}

/// Returns how many criteria of all gates are met or waived. None when there are none.
pub(in crate::pages) fn readiness(view: &View<'_>, course: Course<'_>) -> Option<Tally> {
    let gates = asked(view, course);
    let states: Vec<_> = gates
        .iter()
        .flat_map(criteria::of)
        .map(|criterion| criterion.state(view))
        .collect();
    let count = states
        .iter()
        .filter(|state| matches!(&*state.slug, "met" | "waived"))
        .count();
    (!states.is_empty()).then_some(Tally {
        count,
        of: states.len(),
    })
}

/// Returns the section about the gates, with one part for each.
pub(in crate::pages) fn gates<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let files = approvals::files(view, course);
    let gates = asked(view, course);
    let parts = gates.iter().map(|gate| part(view, course, gate, &files));
    parts.fold(Section::new("gates", "Gates"), Section::section)
}

/// Returns the part about one gate.
fn part<'p>(
    view: &View<'p>,
    course: Course<'p>,
    gate: &AskedGate<'p>,
    files: &[Doc<'p, Approval>],
) -> Section<'p> {
    let title = title(view, course, gate)
        .map_or_else(|| State::new(gate.id).word, |title| (&*title.value).into());
    let due = blocks::facts([Fact::new(
        "Due",
        view.when(gate.own.and_then(|own| own.due.as_ref())),
    )]);
    let criteria = blocks::told(criteria::table(view, gate));
    let approvals = blocks::told(approvals::table(view, gate, &given(gate, files)));
    let nothing =
        (criteria.is_none() && approvals.is_none()).then(|| Block::Empty(nothing_asked(view)));
    let section = blocks::section(
        blocks::anchored("gate", gate.id),
        title,
        [due, criteria, approvals, nothing],
    );
    match gate.own {
        Some(_) => section,
        None => section.state(approvals::not_requested()),
    }
}

/// Returns what a gate is called: by the course, else its policy, else its model.
fn title<'p>(view: &View<'p>, course: Course<'p>, gate: &AskedGate<'p>) -> Option<&'p Text> {
    let own = gate.own.and_then(|own| own.title.as_ref());
    let of_policy = || gate.asked?.title.as_ref();
    let of_model = || {
        view.portal
            .plan
            .model_of(course.id)?
            .fields
            .gates
            .get(gate.id)?
            .value
            .title
            .as_ref()
    };
    own.or_else(of_policy).or_else(of_model)
}

/// Returns the decisions on `gate`: those written in it, then those that are files.
fn given<'p>(gate: &AskedGate<'p>, files: &[Doc<'p, Approval>]) -> Vec<Given<'p>> {
    let inline = gate
        .own
        .into_iter()
        .flat_map(|own| &own.approvals)
        .map(|approval| Given::inline(&approval.value));
    let of_gate = files.iter().filter(|file| approvals::is_on(file, gate.id));
    inline
        .chain(of_gate.map(|&file| Given::file(file)))
        .collect()
}

fn nothing_asked<'p>(view: &View<'p>) -> Empty<'p> {
    let how = view.prose("Add `criteria` or `approvals` to the gate, or to the policy.");
    Empty::new("Nothing is asked for at this gate", Some(how))
}

/// Returns whether the page of `course` shows the gate `id`.
pub(super) fn has_gate(view: &View<'_>, course: Course<'_>, id: &str) -> bool {
    asked(view, course).iter().any(|gate| gate.id == id)
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
