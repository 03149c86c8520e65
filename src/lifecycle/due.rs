//! What is late, and what falls due next, each with its owner (semantics, Late): criteria, approvals, milestones, tasks,
//! communications, actions, and what else has a day and somebody to wait for: risks, training, support, deployments and
//! changes.

use super::gates::StageGate;
use super::progress::Progress;
use super::results::GateResult;
use super::retrospective::{RetrospectiveState, retrospective};
use crate::plan::kinds::change::Change;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::review::Review;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::person::Who;
use crate::plan::parts::task::RiskResponse;
use crate::plan::value::{Item, Period, Ref, Reference, Text, When};
use crate::plan::{Course, Detail, DocId, Plan};
use crate::text::Span;
use crate::time::Day;

/// How many days before it is due a thing falls due soon.
pub const SOON: u32 = 14;

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
    /// A risk without a response.
    Risk,
    /// The training for a release.
    Training,
    /// The end of early life support.
    Support,
    /// A turnover that is to be deployed.
    Deployment,
    /// A change that is to be carried out.
    Change,
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
            Self::Risk => "risk",
            Self::Training => "training",
            Self::Support => "support",
            Self::Deployment => "deployment",
            Self::Change => "change",
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
        self.due_by(until)
    }

    /// Returns everything that is late, and what falls due by `until`; the earliest first.
    pub fn due_by(&self, until: Day) -> Vec<Due<'p>> {
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
        return owed_afterwards(progress, id);
    }
    match &document.detail {
        Detail::Turnover(turnover) => deployment(plan, id, turnover).into_iter().collect(),
        Detail::Change(change) => open_change(plan, id, change).into_iter().collect(),
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
    found.extend(risks(course));
    found.extend(support(course));
    found.extend(training(progress.plan, course));
    found.extend(owed_afterwards(progress, id));
    if course.gates.iter().any(has_day) {
        let results = progress.gates(id).iter();
        results.for_each(|result| found.extend(of_gate(id, result)));
    }
    found
}

/// Returns the risks that nobody has answered: what is accepted, mitigated or resolved has its response.
fn risks(course: Course<'_>) -> impl Iterator<Item = Due<'_>> {
    let open = course.risks.iter().filter(|risk| {
        let response = risk.value.response.as_ref().map(|response| response.value);
        matches!(response, None | Some(RiskResponse::Owned))
    });
    open.filter_map(move |risk| {
        let fields = &risk.value;
        item(
            (course.id, DueKind::Risk),
            &risk.id.value,
            fields.title.as_ref(),
            fields.owner.as_ref(),
            fields.due.as_ref(),
        )
    })
}

/// Returns the end of early life support, which somebody has to declare.
fn support(course: Course<'_>) -> Option<Due<'_>> {
    let support = course.support.filter(|support| support.ended.is_none())?;
    let what = (course.id, DueKind::Support);
    let (owner, until) = (support.owner.as_ref(), support.until.as_ref());
    item(what, "support", None, owner, until)
}

fn training<'p>(plan: &'p Plan, course: Course<'p>) -> Option<Due<'p>> {
    let release = plan.get::<Release>(course.id)?;
    let training = release.fields.training.as_ref();
    let training = training.filter(|training| training.done.is_none())?;
    item(
        (course.id, DueKind::Training),
        "training",
        training.plan.as_ref(),
        training.owner.as_ref(),
        training.due.as_ref(),
    )
}

/// Returns the approvals that the train or release `id` owes after the fact, whether or not it has ended since.
fn owed_afterwards<'p>(progress: &Progress<'p>, id: DocId) -> Vec<Due<'p>> {
    if progress.plan.course(id).is_none() {
        return Vec::new();
    }
    let owed = retrospective(progress.plan, id, progress.day).into_iter();
    let open = owed.filter(|owed| {
        matches!(
            owed.state,
            RetrospectiveState::Open | RetrospectiveState::Missing
        )
    });
    open.map(|owed| Due {
        document: id,
        kind: DueKind::Approval,
        id: owed.signoff.level,
        gate: Some(&owed.gate.id.value),
        title: owed.signoff.level,
        owner: None,
        role: owed.signoff.role,
        due: owed.deadline,
        span: owed.skipped_by.span,
    })
    .collect()
}

/// Returns the deployment that `turnover` is to be: due on the last day for which it is planned.
fn deployment<'p>(plan: &'p Plan, id: DocId, turnover: &'p Turnover) -> Option<Due<'p>> {
    let planned = turnover.planned.as_ref().filter(|_| turnover.is_to_come());
    of_document(plan, (id, DueKind::Deployment), planned?)
}

/// Returns the change that is to be carried out: due on the last day for which it is planned.
fn open_change<'p>(plan: &'p Plan, id: DocId, change: &'p Change) -> Option<Due<'p>> {
    let planned = change.planned.as_ref().filter(|_| change.is_to_come());
    of_document(plan, (id, DueKind::Change), planned?)
}

/// Returns `kind` of thing that the whole document `id` is.
fn of_document<'p>(
    plan: &'p Plan,
    (id, kind): (DocId, DueKind),
    planned: &Period,
) -> Option<Due<'p>> {
    let document = plan.document(id);
    let days = planned.resolved.days(&plan.business_days(id))?;
    Some(Due {
        document: id,
        kind,
        id: document.short_id(),
        gate: None,
        title: &document.title,
        owner: document.common.owner.as_ref().map(|owner| &owner.reference),
        role: None,
        due: days.last,
        span: planned.span,
    })
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
