//! Approvals that are needed by now and not given by enough people.

use super::ballot;
use crate::diagnostic::Finding;
use crate::lifecycle::{GateResult, JudgedVote, Signoff, SignoffResult, VoteFault};
use crate::plan::kinds::approval::Decision;
use crate::plan::parts::lifecycle::{Stage, Transition};
use crate::plan::{Course, DocId, Plan};
use crate::rules::book::Context;
use crate::rules::standing::{Asked, Rollout, Rollouts};
use crate::text::{Location, Spanned};

/// An approval that is needed by now and not given by enough people.
pub(super) struct Shortfall<'p> {
    course: Course<'p>,
    /// The gate at which it is needed.
    gate: GateResult<'p>,
    /// What is needed.
    pub(super) signoff: SignoffResult<'p>,
    need: Need<'p>,
}

/// Why an approval is needed by now.
#[derive(Clone, Copy)]
enum Need<'p> {
    /// This entry of the history went on through the gate.
    Entered(&'p Spanned<Transition>),
    /// Production starts within the notice that the type asks for.
    Production(Rollout),
}

/// Returns the approvals of open trains and releases, bound by a policy, that are needed by now and lack somebody. One
/// that was given and is at fault is not lacking, and neither is one that was refused.
pub(super) fn shortfalls<'p>(context: &Context<'p>) -> Vec<Shortfall<'p>> {
    let plan = context.plan;
    let rollouts = Rollouts::of_plan(context);
    let mut found = Vec::new();
    for course in plan.courses().filter(|course| is_bound(plan, course)) {
        for gate in context.progress.gates(course.id) {
            let Some(need) = need(context, &rollouts, &course, gate) else {
                continue;
            };
            let lacking = gate.signoffs.iter().filter(|signoff| is_lacking(signoff));
            found.extend(lacking.map(|signoff| Shortfall {
                course,
                gate: gate.clone(),
                signoff: signoff.clone(),
                need,
            }));
        }
    }
    found
}

/// Returns how many have approved, whether or not another rule finds fault with their approval.
pub(super) fn approved(signoff: &SignoffResult<'_>) -> usize {
    let mut people: Vec<&JudgedVote<'_>> = signoff.granted.iter().collect();
    for vote in signoff.others.iter().filter(|vote| vote.is_given()) {
        if !people.iter().any(|known| known.is_by_same(vote)) {
            people.push(vote);
        }
    }
    people.len()
}

fn is_bound(plan: &Plan, course: &Course<'_>) -> bool {
    let train_is_open = course
        .document
        .belongs
        .train
        .is_none_or(|train| plan.is_open(train));
    train_is_open && plan.is_open(course.id) && plan.binding_policy(course.id).is_some()
}

fn need<'p>(
    context: &Context<'p>,
    rollouts: &Rollouts<'p>,
    course: &Course<'p>,
    gate: &GateResult<'p>,
) -> Option<Need<'p>> {
    if let Some(entry) = gate.crossed {
        return Some(Need::Entered(entry));
    }
    let plan = context.plan;
    let stages = plan.stages_of(course.id);
    let deployment = stages.position(stages.named(Stage::Deployment)?)?;
    let rollout = rollouts.of(course.id)?;
    let announced =
        Asked::of(plan, course.id)?.announced_by(plan, course.id, rollout.starts.first)?;
    let is_before = gate.gate.position? < deployment;
    (is_before && announced <= context.as_of).then_some(Need::Production(rollout))
}

fn is_lacking(signoff: &SignoffResult<'_>) -> bool {
    let stands = |vote: &JudgedVote<'_>| {
        vote.vote.decision() == Some(Decision::Rejected)
            && !vote.faults.iter().any(VoteFault::disqualifies)
    };
    approved(signoff) < signoff.signoff.quorum && !signoff.others.iter().any(stands)
}

impl Shortfall<'_> {
    /// Returns the finding of `rule` that the approval `is_short`, such as `is not given`.
    pub(super) fn finding(
        &self,
        context: &Context<'_>,
        rule: &'static str,
        is_short: &str,
    ) -> Finding {
        let Signoff { level, .. } = self.signoff.signoff;
        let what = ballot::on(context, Some(self.gate.gate.id), self.course.id);
        let (at, but) = self.need();
        let message = format!("the {level} approval of {what} {is_short}, {but}");
        let mut finding = Finding::new(rule, at, message);
        for vote in &self.signoff.granted {
            let label = format!("{} approved{}", ballot::who(&vote.vote), ballot::when(vote));
            finding = finding.also(vote.vote.at, label);
        }
        for vote in &self.signoff.others {
            let fault = vote.faults.iter().find(|fault| fault.disqualifies());
            let once_more = || vote.grants().then(|| "one person counts once".to_owned());
            if let Some(why) = fault.map(ToString::to_string).or_else(once_more) {
                finding = finding.also(vote.vote.at, format!("this does not count: {why}"));
            }
        }
        let finding = match self.asked(context.plan) {
            Some((at, policy)) => finding.also(at, format!("policy {policy} asks for it")),
            None => finding,
        };
        finding.hint(self.hint(context))
    }

    /// Returns the place that makes the approval needed, and how.
    fn need(&self) -> (Location, String) {
        match self.need {
            Need::Entered(entry) => {
                let stage = entry.value.stage.as_ref();
                let at = stage.map_or(entry.span, |stage| stage.span);
                let name = stage.map_or("the next stage", |stage| &*stage.value);
                (self.course.locate(at), format!("and {name} has begun"))
            }
            Need::Production(rollout) => {
                let own = self.gate.gate.own;
                let at = own.map_or(rollout.at, |own| self.course.locate(own.id.span));
                let verb = if rollout.done { "started" } else { "starts" };
                let starts = rollout.starts.words();
                (at, format!("and production {verb} {starts}"))
            }
        }
    }

    /// Returns where a policy asks for the approval, and which.
    fn asked<'a>(&self, plan: &'a Plan) -> Option<(Location, &'a str)> {
        let policy = plan.binding_policy(self.course.id)?;
        let mut asked = self.gate.gate.asked?.value.approvals.iter();
        let is_it = |name: &str| name == self.signoff.signoff.level;
        let level = asked.find_map(|asked| {
            let level = asked.value.level.as_ref()?;
            is_it(&level.value).then_some(level)
        })?;
        Some((plan.locate(policy.id, level.span), &policy.document.id))
    }

    fn hint(&self, context: &Context<'_>) -> String {
        let gate = self.gate.gate.id;
        let action = format!("have it decided, and write the decision under `{gate}` in `gates:`");
        match self.signoff.signoff.role {
            Some(role) => {
                let others = self.out_of_question(context.plan);
                let held = ballot::held_by(context.plan, role, context.as_of, &others);
                format!("{action}; {held}")
            }
            None => action,
        }
    }

    /// Returns the people who hold the role and cannot help: they have approved already, or may not approve what they
    /// answer for.
    fn out_of_question(&self, plan: &Plan) -> Vec<DocId> {
        let approved = self.signoff.granted.iter().flat_map(|vote| &vote.speakers);
        let separates = plan
            .binding_policy(self.course.id)
            .is_some_and(|policy| policy.fields.separation_of_duties);
        let owner = self.course.document.common.owner.as_ref();
        let own = [owner, self.course.manager].into_iter().flatten();
        let own = own.filter(|_| separates).filter_map(|who| who.target);
        approved.copied().chain(own).collect()
    }
}
