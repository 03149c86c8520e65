//! What people did and what they still have to do: every place of a plan that names somebody for an act or a duty.
//!
//! [`Plan::acts`] is about the past, [`Plan::duties`] about what is open. Both only collect; who was allowed to act and
//! what is late is for others to say.

use super::kinds::approval::Approval;
use super::kinds::change::{Change, ChangeStatus};
use super::kinds::exception::Exception;
use super::kinds::review::Review;
use super::kinds::turnover::Turnover;
use super::parts::deployment::{SmokeResult, StepStatus};
use super::parts::gate::{CriterionStatus, Gate};
use super::parts::person::Who;
use super::parts::task::RiskResponse;
use super::value::{Item, Keyed, Period, Ref, Reference, Text, When};
use super::{Course, Detail, DocId, Kind, Plan};
use crate::time::DayRange;

/// Something that somebody did on a day.
#[derive(Clone, Copy, Debug)]
pub struct Act<'p> {
    /// Who.
    pub by: &'p Reference,
    /// In which role, where it is written.
    pub role: Option<&'p Text>,
    /// The days on which it can have been.
    pub days: Option<DayRange>,
    /// What it was.
    pub deed: Deed,
}

/// A kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A decision on a gate or a change.
    Decision,
    /// A waiver of a criterion.
    Waiver,
    /// A ruling on a freeze exception.
    Ruling,
    /// A request for a freeze exception.
    Request,
    /// A move from one stage to another.
    Move,
    /// The acceptance of a turnover.
    Acceptance,
    /// An attempt to deploy.
    Attempt,
}

impl Deed {
    /// Returns what somebody did, after their name: `gives this waiver`.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Decision => "decides here",
            Self::Waiver => "gives this waiver",
            Self::Ruling => "rules on this exception",
            Self::Request => "asks for this exception",
            Self::Move => "makes this move",
            Self::Acceptance => "accepts or rejects this turnover",
            Self::Attempt => "leads this attempt",
        }
    }

    /// Returns whether it takes a role to do it.
    pub fn takes_role(self) -> bool {
        matches!(self, Self::Decision | Self::Waiver | Self::Ruling)
    }
}

/// Something that somebody still has to do, or answers for.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'p> {
    /// Who.
    pub owner: &'p Reference,
    /// What sort of thing it is: `task`, `criterion`.
    pub what: &'static str,
    /// What it is called: the id of the thing or of the document.
    pub name: &'p str,
}

impl Plan {
    /// Returns what people did in the document `id`, in the order in which it is written.
    pub fn acts(&self, id: DocId) -> Vec<Act<'_>> {
        let mut acts = Vec::new();
        match &self.document(id).detail {
            Detail::Approval(approval) => acts.extend(decision(approval)),
            Detail::Change(change) => acts.extend(
                change
                    .approvals
                    .iter()
                    .filter_map(|approval| decision(approval)),
            ),
            Detail::Exception(exception) => acts.extend(exception_acts(exception)),
            Detail::Turnover(turnover) => acts.extend(turnover_acts(turnover)),
            Detail::Train(_) | Detail::Release(_) => {
                acts.extend(self.course(id).iter().flat_map(course_acts));
            }
            _ => {}
        }
        acts
    }

    /// Returns what people still have to do in the document `id`, in the order in which it is written. Nothing is left
    /// to do once the train or release that it belongs to has ended.
    pub fn duties(&self, id: DocId) -> Vec<Duty<'_>> {
        let document = self.document(id);
        let of = [document.belongs.release, document.belongs.train, Some(id)];
        let mut duties = Duties { found: Vec::new() };
        // What a post mortem asks for is done after the end.
        if document.kind == Kind::Review {
            self.get::<Review>(id)
                .iter()
                .for_each(|review| duties.add_review(review.fields));
            return duties.found;
        }
        if of.into_iter().flatten().any(|owner| !self.is_open(owner)) {
            return duties.found;
        }
        let is_open = match &document.detail {
            Detail::Milestone(milestone) => milestone.is_promised(),
            Detail::Turnover(turnover) => turnover.is_to_come(),
            Detail::Change(change) => is_pending(change),
            Detail::Train(_)
            | Detail::Release(_)
            | Detail::Application(_)
            | Detail::Environment(_) => true,
            Detail::Policy(_) | Detail::Model(_) | Detail::Window(_) => true,
            _ => false,
        };
        if is_open {
            duties.add(
                document.common.owner.as_ref(),
                document.kind.word(),
                &document.id,
            );
            self.course(id)
                .iter()
                .for_each(|course| duties.add_course(course));
            self.get::<Turnover>(id)
                .iter()
                .for_each(|turnover| duties.add_turnover(turnover.fields));
        }
        duties.found
    }
}

fn decision(approval: &Approval) -> Option<Act<'_>> {
    act(
        approval.by.as_ref(),
        approval.role.as_ref(),
        approval.date.as_ref(),
        Deed::Decision,
    )
}

fn act<'p>(
    by: Option<&'p Ref<Who>>,
    role: Option<&'p Text>,
    date: Option<&When>,
    deed: Deed,
) -> Option<Act<'p>> {
    Some(Act {
        by: &by?.reference,
        role,
        days: date.and_then(When::days),
        deed,
    })
}

fn course_acts<'p>(course: &Course<'p>) -> Vec<Act<'p>> {
    let moves = course
        .history
        .iter()
        .filter_map(|step| act(step.by.as_ref(), None, step.date.as_ref(), Deed::Move));
    moves
        .chain(course.gates.iter().flat_map(|gate| gate_acts(gate)))
        .collect()
}

fn gate_acts(gate: &Gate) -> impl Iterator<Item = Act<'_>> {
    let waivers = gate
        .criteria
        .iter()
        .filter_map(|criterion| criterion.waiver.as_ref());
    let waived = waivers
        .filter_map(|waiver| act(waiver.by.as_ref(), None, waiver.date.as_ref(), Deed::Waiver));
    waived.chain(
        gate.approvals
            .iter()
            .filter_map(|approval| decision(approval)),
    )
}

fn exception_acts(exception: &Exception) -> impl Iterator<Item = Act<'_>> {
    let request = exception.requested.as_ref();
    let request = request.and_then(|request| {
        act(
            request.by.as_ref(),
            None,
            request.date.as_ref(),
            Deed::Request,
        )
    });
    let ruling = exception.decision.as_ref();
    let ruling = ruling.and_then(|ruling| {
        act(
            ruling.by.as_ref(),
            ruling.role.as_ref(),
            ruling.date.as_ref(),
            Deed::Ruling,
        )
    });
    request.into_iter().chain(ruling)
}

fn turnover_acts(turnover: &Turnover) -> impl Iterator<Item = Act<'_>> {
    let acceptance = turnover.acceptance.as_ref();
    let acceptance = acceptance
        .and_then(|said| act(said.by.as_ref(), None, said.date.as_ref(), Deed::Acceptance));
    let attempts = turnover.attempts.iter().filter_map(|attempt| {
        let days = attempt.actual.as_ref().and_then(Period::days);
        Some(Act {
            by: &attempt.by.as_ref()?.reference,
            role: None,
            days,
            deed: Deed::Attempt,
        })
    });
    acceptance.into_iter().chain(attempts)
}

/// Returns whether a change is still to be carried out.
fn is_pending(change: &Change) -> bool {
    use ChangeStatus::{Approved, Draft, Scheduled, Submitted};
    change
        .status
        .as_ref()
        .is_none_or(|status| matches!(status.value, Draft | Submitted | Approved | Scheduled))
}

struct Duties<'p> {
    found: Vec<Duty<'p>>,
}

impl<'p> Duties<'p> {
    fn add(&mut self, owner: Option<&'p Ref<Who>>, what: &'static str, name: &'p str) {
        self.found.extend(owner.map(|owner| Duty {
            owner: &owner.reference,
            what,
            name,
        }));
    }

    /// Adds the owners of the items of a list that are open.
    fn add_open<T>(
        &mut self,
        items: &'p Keyed<T>,
        what: &'static str,
        is_open: fn(&T) -> bool,
        owner: fn(&T) -> Option<&Ref<Who>>,
    ) {
        let open = items.iter().filter(|item: &&Item<T>| is_open(&item.value));
        open.for_each(|item| self.add(owner(&item.value), what, &item.id.value));
    }

    fn add_course(&mut self, course: &Course<'p>) {
        self.add(
            course.manager,
            course.document.kind.word(),
            &course.document.id,
        );
        for gate in course.gates {
            self.add_open(
                &gate.value.criteria,
                "criterion",
                |criterion| {
                    criterion.waiver.is_none()
                        && criterion
                            .status
                            .as_ref()
                            .is_none_or(|status| status.value != CriterionStatus::Met)
                },
                |criterion| criterion.owner.as_ref(),
            );
        }
        self.add_open(
            course.tasks,
            "task",
            |task| task.done.is_none(),
            |task| task.owner.as_ref(),
        );
        self.add_open(
            course.communications,
            "communication",
            |communication| communication.sent.is_none(),
            |communication| communication.owner.as_ref(),
        );
        self.add_open(
            course.risks,
            "risk",
            |risk| {
                risk.response
                    .as_ref()
                    .is_none_or(|response| response.value != RiskResponse::Resolved)
            },
            |risk| risk.owner.as_ref(),
        );
        if let Some(support) = course.support.filter(|support| support.ended.is_none()) {
            self.add(support.owner.as_ref(), "support of", &course.document.id);
        }
    }

    fn add_turnover(&mut self, turnover: &'p Turnover) {
        self.add_open(
            &turnover.tasks,
            "step",
            |step| {
                step.status
                    .as_ref()
                    .is_none_or(|status| status.value == StepStatus::Pending)
            },
            |step| step.owner.as_ref(),
        );
        self.add_open(
            &turnover.smoke,
            "smoke test",
            |test| {
                test.result
                    .as_ref()
                    .is_none_or(|result| result.value == SmokeResult::Pending)
            },
            |test| test.owner.as_ref(),
        );
        let steps = turnover.backout.as_ref().map(|backout| &backout.tasks);
        steps.into_iter().for_each(|steps| {
            self.add_open(steps, "back-out step", |_| true, |step| step.owner.as_ref());
        });
    }

    fn add_review(&mut self, review: &'p Review) {
        self.add_open(
            &review.actions,
            "action",
            |action| action.done.is_none(),
            |action| action.owner.as_ref(),
        );
    }
}
