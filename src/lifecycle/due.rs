//! What is late, and what falls due next: criteria, approvals, milestones, tasks, communications and actions, each with
//! its owner (semantics, Late).

use super::gates::StageGate;
use super::progress::Progress;
use super::results::GateResult;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::review::Review;
use crate::plan::parts::person::Who;
use crate::plan::value::{Item, Ref, Reference, Text, When};
use crate::plan::{Course, Detail, DocId, Plan};
use crate::text::Span;
use crate::time::Day;

/// Something that is still to be done by a day.
#[derive(Clone, Copy, Debug)]
pub struct Due<'p> {
    /// The document in which it is written.
    pub document: DocId,
    /// What sort of thing it is.
    pub kind: DueKind,
    /// Its id, or the level of an approval.
    pub id: &'p str,
    /// The gate that it belongs to.
    pub gate: Option<&'p str>,
    /// What it is called.
    pub title: &'p str,
    /// Who does it.
    pub owner: Option<&'p Reference>,
    /// The role that does it, where no person is named: that of an approval.
    pub role: Option<&'p str>,
    /// The last day on which it is in time.
    pub due: Day,
    /// Where the day is written.
    pub span: Span,
}

/// A sort of thing that can be late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueKind {
    /// A criterion of a gate.
    Criterion,
    /// An approval of a gate, due with the gate.
    Approval,
    /// A milestone.
    Milestone,
    /// A task.
    Task,
    /// A communication.
    Communication,
    /// An action of a post mortem.
    Action,
}

impl DueKind {
    /// Returns the word for it: `criterion`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Criterion => "criterion",
            Self::Approval => "approval",
            Self::Milestone => "milestone",
            Self::Task => "task",
            Self::Communication => "communication",
            Self::Action => "action",
        }
    }
}

impl Due<'_> {
    /// Returns whether its day has passed on `day`.
    pub fn is_late(&self, day: Day) -> bool {
        self.due < day
    }
}

impl<'p> Progress<'p> {
    /// Returns everything that is late, and what falls due in the `within` days from its day on; the earliest first.
    pub fn due(&self, within: u32) -> Vec<Due<'p>> {
        let until = self.day.plus(within.into()).unwrap_or(self.day);
        self.left_to_do(|due| due.due <= until)
    }

    /// Returns everything that is late, the latest first.
    pub fn late(&self) -> Vec<Due<'p>> {
        self.left_to_do(|due| due.is_late(self.day))
    }

    /// Returns what is late in the document `id` alone, the latest first.
    pub fn late_in(&self, id: DocId) -> Vec<Due<'p>> {
        let open = open_in(self, id).into_iter();
        sorted(open.filter(|due| due.is_late(self.day)))
    }

    fn left_to_do(&self, counts: impl Fn(&Due<'p>) -> bool) -> Vec<Due<'p>> {
        let open = self.plan.documents().flat_map(|(id, _)| open_in(self, id));
        sorted(open.filter(|due| counts(due)))
    }
}

fn sorted<'p>(found: impl Iterator<Item = Due<'p>>) -> Vec<Due<'p>> {
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|due| (due.due, due.document, due.kind, due.span));
    found
}

/// Returns everything in the document `id` that has a day and is still to be done. Nothing is left to do once
/// the train or release that it belongs to is past its schedule, except what a post mortem asks for.
fn open_in<'p>(progress: &Progress<'p>, id: DocId) -> Vec<Due<'p>> {
    let plan = progress.plan;
    let document = plan.document(id);
    if let Detail::Review(review) = &document.detail {
        return actions(id, review).collect();
    }
    let mut owners = [document.belongs.release, document.belongs.train, Some(id)]
        .into_iter()
        .flatten();
    if owners.any(|owner| !plan.is_under_way(owner)) {
        return Vec::new();
    }
    match &document.detail {
        Detail::Milestone(milestone) => open_milestone(plan, id, milestone).into_iter().collect(),
        Detail::Train(_) | Detail::Release(_) => plan
            .course(id)
            .map_or_else(Vec::new, |course| of_course(progress, course)),
        _ => Vec::new(),
    }
}

/// Returns `kind` of thing in the document `document`, when it has a day.
fn item<'p>(
    (document, kind): (DocId, DueKind),
    id: &'p str,
    title: Option<&'p Text>,
    owner: Option<&'p Ref<Who>>,
    due: Option<&When>,
) -> Option<Due<'p>> {
    let (owner, title) = (
        owner.map(|owner| &owner.reference),
        title.map_or(id, |title| &title.value),
    );
    let date = due?;
    let due = date.days()?.last;
    Some(Due {
        document,
        kind,
        id,
        gate: None,
        title,
        owner,
        role: None,
        due,
        span: date.span,
    })
}

fn actions(id: DocId, review: &Review) -> impl Iterator<Item = Due<'_>> {
    let open = review
        .actions
        .iter()
        .filter(|action| action.value.done.is_none());
    open.filter_map(move |action| {
        let fields = &action.value;
        item(
            (id, DueKind::Action),
            &action.id.value,
            fields.title.as_ref(),
            fields.owner.as_ref(),
            fields.due.as_ref(),
        )
    })
}

fn open_milestone<'p>(plan: &'p Plan, id: DocId, milestone: &'p Milestone) -> Option<Due<'p>> {
    let document = plan.document(id);
    if !milestone.is_promised() {
        return None;
    }
    let owner = document.common.owner.as_ref();
    let due = item(
        (id, DueKind::Milestone),
        document.short_id(),
        None,
        owner,
        milestone.due.as_ref(),
    )?;
    Some(Due {
        title: &document.title,
        ..due
    })
}

fn of_course<'p>(progress: &Progress<'p>, course: Course<'p>) -> Vec<Due<'p>> {
    let id = course.id;
    let tasks = course
        .tasks
        .iter()
        .filter(|task| task.value.done.is_none())
        .filter_map(|task| {
            let fields = &task.value;
            item(
                (id, DueKind::Task),
                &task.id.value,
                fields.title.as_ref(),
                fields.owner.as_ref(),
                fields.due.as_ref(),
            )
        });
    let unsent = course
        .communications
        .iter()
        .filter(|communication| communication.value.sent.is_none());
    let communications = unsent.filter_map(|communication| {
        let (name, fields) = (&communication.id.value, &communication.value);
        item(
            (id, DueKind::Communication),
            name,
            fields.title.as_ref(),
            fields.owner.as_ref(),
            fields.due.as_ref(),
        )
    });
    let mut found: Vec<_> = tasks.chain(communications).collect();
    if course.gates.iter().any(has_day) {
        let results = progress.gates(id).iter();
        results.for_each(|result| found.extend(of_gate(id, result)));
    }
    found
}

/// Returns whether something at a gate has a day: it is there that criteria and approvals can be late.
fn has_day(gate: &Item<crate::plan::parts::gate::Gate>) -> bool {
    gate.value.due.is_some()
        || gate
            .value
            .criteria
            .iter()
            .any(|criterion| criterion.value.due.is_some())
}

/// Returns the criteria and the approvals that a gate still needs. One that was passed needs none, and the day on which
/// it was to be passed is that of all of them that have none of their own.
fn of_gate<'p>(id: DocId, result: &GateResult<'p>) -> Vec<Due<'p>> {
    if result.is_passed() {
        return Vec::new();
    }
    let gate: &StageGate<'p> = &result.gate;
    let open = result
        .criteria
        .iter()
        .filter(|result| !result.standing.passes())
        .map(|result| result.criterion);
    let criteria = open.filter_map(|criterion| {
        let due = criterion
            .own
            .and_then(|own| own.value.due.as_ref())
            .or_else(|| gate.due());
        item(
            (id, DueKind::Criterion),
            criterion.id,
            criterion.title(),
            criterion.owner(),
            due,
        )
    });
    let missing = result
        .signoffs
        .iter()
        .filter(|signoff| !signoff.is_granted())
        .map(|result| result.signoff);
    let approvals = missing.filter_map(|signoff| {
        let due = item(
            (id, DueKind::Approval),
            signoff.level,
            None,
            None,
            gate.due(),
        )?;
        Some(Due {
            role: signoff.role,
            ..due
        })
    });
    criteria
        .chain(approvals)
        .map(|due| Due {
            gate: Some(gate.id),
            ..due
        })
        .collect()
}
