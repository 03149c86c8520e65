//! The gates of a train or a release: what its model, its policy and it itself ask for, put together.

use crate::plan::kinds::policy::{
    EvidenceRule, PolicyCriterion, PolicyGate, RequiredApproval, TypePolicy,
};
use crate::plan::parts::gate::{Criterion, Gate};
use crate::plan::parts::lifecycle::Stage;
use crate::plan::parts::person::Who;
use crate::plan::value::{Choices, Item, Ref, Text, When};
use crate::plan::{Course, DocId, Plan, Stages};
use crate::text::Spanned;
use crate::time::Duration;

/// A gate as it holds for one train or release.
#[derive(Clone, Debug)]
pub struct StageGate<'p> {
    /// The train or release.
    pub of: DocId,
    /// Its id: `construction`.
    pub id: &'p str,
    /// Where in the order of stages the one is that it closes; none for a gate that is named after no stage.
    pub position: Option<usize>,
    /// What the train or release says of it.
    pub own: Option<&'p Item<Gate>>,
    /// What the policy asks for at it.
    pub asked: Option<&'p Item<PolicyGate>>,
    /// What the model says of it.
    pub model: Option<&'p Item<Gate>>,
    /// What has to be true: what the policy asks for in its order, then the model, then the train or release.
    pub criteria: Vec<ExitCriterion<'p>>,
    /// Who has to sign, in order.
    pub signoffs: Vec<Signoff<'p>>,
}

/// A criterion of a gate as it holds for one train or release.
#[derive(Clone, Copy, Debug)]
pub struct ExitCriterion<'p> {
    /// Its id: `regression`.
    pub id: &'p str,
    /// What the train or release says of it.
    pub own: Option<&'p Item<Criterion>>,
    /// What the policy asks for.
    pub asked: Option<&'p Item<PolicyCriterion>>,
    /// What the model says of it.
    pub model: Option<&'p Item<Criterion>>,
}

/// An approval that a gate needs.
#[derive(Clone, Copy, Debug)]
pub struct Signoff<'p> {
    /// The level of the decision: `executive`.
    pub level: &'p str,
    /// The role that decides.
    pub role: Option<&'p str>,
    /// How many have to agree, at least one.
    pub quorum: usize,
}

impl<'p> StageGate<'p> {
    /// Returns what it is called: by the train or release, else by its policy, else by its model.
    pub fn title(&self) -> Option<&'p Text> {
        let own = self.own.and_then(|own| own.value.title.as_ref());
        let asked = || self.asked?.value.title.as_ref();
        own.or_else(asked)
            .or_else(|| self.model?.value.title.as_ref())
    }

    /// Returns the day by which it is to be passed. A model's is only a template for it.
    pub fn due(&self) -> Option<&'p When> {
        self.own?.value.due.as_ref()
    }

    /// Returns whether nothing is asked for at it.
    pub fn is_empty(&self) -> bool {
        self.criteria.is_empty() && self.signoffs.is_empty()
    }

    /// Returns the roles that may waive a criterion here: those that decide on the gate. None means any.
    pub fn waiving_roles(&self) -> Vec<&'p str> {
        self.signoffs
            .iter()
            .filter_map(|signoff| signoff.role)
            .collect()
    }
}

impl<'p> ExitCriterion<'p> {
    /// Returns what has to be true: as the train or release words it, else its policy, else its model.
    pub fn title(&self) -> Option<&'p Text> {
        let own = self.own.and_then(|own| own.value.title.as_ref());
        let asked = || self.asked?.value.title.as_ref();
        own.or_else(asked)
            .or_else(|| self.model?.value.title.as_ref())
    }

    /// Returns who shows it.
    pub fn owner(&self) -> Option<&'p Ref<Who>> {
        let own = self.own.and_then(|own| own.value.owner.as_ref());
        own.or_else(|| self.model?.value.owner.as_ref())
    }

    /// Returns whether the policy asks for evidence.
    pub fn needs_evidence(&self) -> bool {
        let rule = self.asked.and_then(|asked| asked.value.evidence.as_ref());
        rule.is_some_and(|rule| rule.value == EvidenceRule::Required)
    }

    /// Returns how long its evidence counts: as the evidence says, and as the policy says; both have to hold.
    pub fn validities(&self) -> impl Iterator<Item = Duration> + use<'p> {
        let own = self
            .own
            .and_then(|own| own.value.evidence.as_ref()?.valid_for.as_ref());
        let asked = self.asked.and_then(|asked| asked.value.valid_for.as_ref());
        own.into_iter()
            .chain(asked)
            .map(|validity: &Spanned<Duration>| validity.value)
    }
}

impl<'p> Signoff<'p> {
    /// Returns the approval that `asked` asks for; none when it names no level.
    pub(super) fn of(asked: &'p RequiredApproval) -> Option<Self> {
        let quorum = asked
            .quorum
            .as_ref()
            .map_or(1, |quorum| quorum.value.max(1) as usize);
        let role = asked.role.as_ref().map(|role| &*role.value);
        Some(Self {
            level: &asked.level.as_ref()?.value,
            role,
            quorum,
        })
    }
}

/// Returns the gates of the train or release `id` in the order of their stages; those named after none come last.
///
/// A policy's and a model's gates are those of a train, or of a release that travels alone; of the policy's, those that
/// the type skips are left out, and all of them when the train is older than the policy. A release that travels with a
/// train has only the gates that it sets itself. Whoever has a gate has all that is asked for at it.
pub fn gates(plan: &Plan, id: DocId) -> Vec<StageGate<'_>> {
    let Some(course) = plan.course(id) else {
        return Vec::new();
    };
    let policy = plan.binding_policy(id).map(|policy| policy.fields);
    let model = plan.model_of(id).map(|model| model.fields);
    let travels = course.document.belongs.train.is_some();
    let stages = plan.stages_of(id);
    let of_type = type_policy(plan, &course);
    let mut names: Vec<&str> = Vec::new();
    if !travels {
        let asked = policy
            .into_iter()
            .flat_map(|policy| &policy.gates)
            .map(|gate| &*gate.id.value);
        names.extend(asked.filter(|name| skip_of(of_type, &stages, name).is_none()));
        names.extend(
            model
                .into_iter()
                .flat_map(|model| &model.gates)
                .map(|gate| &*gate.id.value),
        );
    }
    names.extend(course.gates.iter().map(|gate| &*gate.id.value));
    let mut gates: Vec<StageGate<'_>> = Vec::new();
    for name in names {
        if gates.iter().any(|gate| gate.id == name) {
            continue;
        }
        let sources = Sources {
            own: course.gates.get(name),
            asked: policy.and_then(|policy| policy.gates.get(name)),
            model: model.and_then(|model| model.gates.get(name)),
        };
        gates.push(sources.gate(id, name, stages.gate_position(name)));
    }
    gates.sort_by_key(|gate| (gate.position.is_none(), gate.position));
    gates
}

/// Returns whose gate `name` holds for the train or release `id`: its own, else that of the train that it travels with.
pub(super) fn holder(plan: &Plan, id: DocId, name: &str) -> Option<DocId> {
    let train = plan.document(id).belongs.train;
    let has = |of: &DocId| gates(plan, *of).iter().any(|gate| gate.id == name);
    Some(id).into_iter().chain(train).find(has)
}

/// Returns what the policy of `course` asks of its type.
pub(super) fn type_policy<'p>(plan: &'p Plan, course: &Course<'p>) -> Option<&'p TypePolicy> {
    let of_train = || plan.course_of_train(course.id)?.r#type;
    let name = course.r#type.or_else(of_train)?;
    let policy = plan.binding_policy(course.id)?;
    policy
        .fields
        .types
        .get(&name.value)
        .map(|of_type| &of_type.value)
}

/// Returns whether the type of `course` may skip the stage `name`, which stands for `canonical`.
pub(super) fn may_skip(
    plan: &Plan,
    course: &Course<'_>,
    name: &str,
    canonical: Option<Stage>,
) -> bool {
    let skips = type_policy(plan, course).map_or(&[][..], |of_type| &of_type.skips);
    skips
        .iter()
        .any(|skipped| is_stage(&skipped.value, name, canonical))
}

/// Returns the stage, as `of_type` names it, that is skipped together with the gate `name`: the one after which the gate
/// is named, or the one that it closes. None when the gate stays.
pub(super) fn skip_of<'p>(
    of_type: Option<&'p TypePolicy>,
    stages: &Stages<'_>,
    name: &str,
) -> Option<&'p str> {
    let closed = stages
        .gate_position(name)
        .and_then(|position| stages.names().nth(position));
    let closes = |skipped: &str| {
        closed.is_some_and(|stage| is_stage(skipped, stage, stages.canonical(stage)))
    };
    let mut skips = of_type?.skips.iter().map(|skipped| &*skipped.value);
    skips.find(|skipped| *skipped == name || closes(skipped))
}

/// Returns whether `written` means the stage `name`, which stands for `canonical`.
fn is_stage(written: &str, name: &str, canonical: Option<Stage>) -> bool {
    written == name || canonical.is_some_and(|stage| written == stage.word())
}

/// Where one gate is spoken of.
#[derive(Clone, Copy)]
struct Sources<'p> {
    own: Option<&'p Item<Gate>>,
    asked: Option<&'p Item<PolicyGate>>,
    model: Option<&'p Item<Gate>>,
}

impl<'p> Sources<'p> {
    fn gate(self, of: DocId, id: &'p str, position: Option<usize>) -> StageGate<'p> {
        let Self { own, asked, model } = self;
        StageGate {
            of,
            id,
            position,
            own,
            asked,
            model,
            criteria: self.criteria(),
            signoffs: self.signoffs(),
        }
    }

    fn criteria(self) -> Vec<ExitCriterion<'p>> {
        let Self { own, asked, model } = self;
        let of_policy = asked
            .into_iter()
            .flat_map(|gate| &gate.value.criteria)
            .map(|criterion| &*criterion.id.value);
        let of_model = model
            .into_iter()
            .flat_map(|gate| &gate.value.criteria)
            .map(|criterion| &*criterion.id.value);
        let of_own = own
            .into_iter()
            .flat_map(|gate| &gate.value.criteria)
            .map(|criterion| &*criterion.id.value);
        let mut criteria: Vec<ExitCriterion<'p>> = Vec::new();
        for id in of_policy.chain(of_model).chain(of_own) {
            if !criteria.iter().any(|known| known.id == id) {
                criteria.push(ExitCriterion {
                    id,
                    own: own.and_then(|gate| gate.value.criteria.get(id)),
                    asked: asked.and_then(|gate| gate.value.criteria.get(id)),
                    model: model.and_then(|gate| gate.value.criteria.get(id)),
                });
            }
        }
        criteria
    }

    /// Returns who has to sign: as the policy asks, then the levels that only the model or the gate itself lists.
    fn signoffs(self) -> Vec<Signoff<'p>> {
        let asked = self
            .asked
            .into_iter()
            .flat_map(|gate| &gate.value.approvals);
        let mut signoffs: Vec<Signoff<'p>> = asked
            .filter_map(|asked| Signoff::of(&asked.value))
            .collect();
        let listed = [self.model, self.own]
            .into_iter()
            .flatten()
            .flat_map(|gate| &gate.value.approvals);
        for approval in listed {
            let Some(level) = approval.value.level.as_ref().map(|level| &*level.value) else {
                continue;
            };
            if !signoffs.iter().any(|known| known.level == level) {
                let role = approval.value.role.as_ref().map(|role| &*role.value);
                signoffs.push(Signoff {
                    level,
                    role,
                    quorum: 1,
                });
            }
        }
        signoffs
    }
}
