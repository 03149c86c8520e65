//! The stages that a train or a release goes through, in order: those of its model, or the canonical ones.

use super::kinds::model::{Model, ModelStage, ModelTransition};
use super::parts::lifecycle::Stage;
use super::value::{Choices, Item, Period, Text};
use super::{Course, Doc, DocId, Plan};

/// The stages of one train or release, in order.
///
/// A model that lists stages keeps `draft`, `closed` and `abandoned` unless one of its own stands for them: every course
/// can be begun and ended.
#[derive(Clone, Debug)]
pub struct Stages<'p> {
    steps: Vec<Step<'p>>,
    model: Option<Doc<'p, Model>>,
}

/// One stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step<'p> {
    /// Its id: `hotfix`.
    id: &'p str,
    /// The canonical stage that it stands for.
    canonical: Option<Stage>,
}

impl<'p> Step<'p> {
    fn canonical(stage: Stage) -> Self {
        Self {
            id: stage.word(),
            canonical: Some(stage),
        }
    }

    fn of_model(stage: &'p Item<ModelStage>) -> Self {
        let written = stage.canonical.as_ref().map(|canonical| canonical.value);
        Self {
            id: &stage.id.value,
            canonical: written.or_else(|| Stage::of(&stage.id.value)),
        }
    }
}

impl Plan {
    /// Returns the stages of the train or release `id`: those that its model lists, else the canonical ones.
    pub fn stages_of(&self, id: DocId) -> Stages<'_> {
        let model = self
            .model_of(id)
            .filter(|model| !model.fields.stages.is_empty());
        let mut steps: Vec<_> = match model {
            Some(model) => model.fields.stages.iter().map(Step::of_model).collect(),
            None => Stage::CHOICES
                .iter()
                .filter_map(|choice| Stage::of(choice.word))
                .map(Step::canonical)
                .collect(),
        };
        let lacks =
            |steps: &[Step<'_>], stage| !steps.iter().any(|step| step.canonical == Some(stage));
        if lacks(&steps, Stage::Draft) {
            steps.insert(0, Step::canonical(Stage::Draft));
        }
        for end in [Stage::Closed, Stage::Abandoned] {
            if lacks(&steps, end) {
                steps.push(Step::canonical(end));
            }
        }
        Stages { steps, model }
    }

    /// Returns the canonical stage that the stage `name` of the train or release `id` stands for, as its model says.
    pub fn stands_for(&self, id: DocId, name: &str) -> Option<Stage> {
        // Asked of every course by many rules, so the stages are not laid out for it.
        let listed = self.model_of(id).map(|model| &model.fields.stages);
        let Some(listed) = listed.filter(|stages| !stages.is_empty()) else {
            return Stage::of(name);
        };
        match listed.get(name) {
            Some(stage) => Step::of_model(stage).canonical,
            None => self.stages_of(id).canonical(name),
        }
    }

    /// Returns the canonical stage that the train or release `id` is in; none before its first, and in one that stands
    /// for none.
    pub fn canonical_stage(&self, id: DocId) -> Option<Stage> {
        self.stands_for(id, self.stage_of(id)?)
    }

    /// Returns whether the train or release `id` was given up.
    pub fn is_abandoned(&self, id: DocId) -> bool {
        self.canonical_stage(id) == Some(Stage::Abandoned)
    }

    /// Returns whether the train or release `id` is still on its way: it has not come to a stage that ends it. What is
    /// neither a train nor a release is no way at all, and counts as open.
    pub fn is_open(&self, id: DocId) -> bool {
        let Some(stage) = self.course(id).and_then(|course| course.stage()) else {
            return true;
        };
        match self.stands_for(id, stage) {
            Some(canonical) => !matches!(canonical, Stage::Closed | Stage::Abandoned),
            None => !self.stages_of(id).is_final(stage),
        }
    }

    /// Returns the stage that a train or a release is in when it is on its way: a known one, neither the draft nor an end.
    pub fn running_stage<'p>(&self, course: &Course<'p>) -> Option<&'p Text> {
        let stage = course.stage()?;
        let stages = self.stages_of(course.id);
        let known = stages.position(stage).is_some();
        (known && !stages.is_initial(stage) && !stages.is_final(stage)).then_some(stage)
    }

    /// Returns the stages that a train or a release is planned to be in, in their order. Those that are not known are
    /// left out.
    pub fn planned_stages<'p>(&self, course: &Course<'p>) -> Vec<(&'p Text, &'p Period)> {
        if course.schedule.entries.is_empty() {
            return Vec::new();
        }
        let stages = self.stages_of(course.id);
        let positioned = course
            .schedule
            .iter()
            .filter_map(|(name, period)| Some((stages.position(name)?, name, period)));
        let mut planned: Vec<_> = positioned.collect();
        planned.sort_by_key(|(position, ..)| *position);
        planned
            .into_iter()
            .map(|(_, name, period)| (name, period))
            .collect()
    }

    /// Returns whether the train or release `id` has more to come than its schedule says: it is open, and not yet past
    /// the last stage that is planned.
    pub fn is_under_way(&self, id: DocId) -> bool {
        let Some(course) = self.course(id) else {
            return true;
        };
        let Some(stage) = course.stage() else {
            return true;
        };
        let stages = self.stages_of(id);
        let planned = course
            .schedule
            .iter()
            .filter_map(|(name, _)| stages.position(name))
            .max();
        let past = planned
            .zip(stages.position(stage))
            .is_some_and(|(planned, at)| at > planned);
        !past && !stages.is_final(stage)
    }
}

impl<'p> Stages<'p> {
    /// Returns the names of the stages, in order.
    pub fn names(&self) -> impl Iterator<Item = &'p str> {
        self.steps.iter().map(|step| step.id)
    }

    /// Returns where the stage `name` comes in the order; none for a stage that is not known.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == name)
    }

    /// Returns the canonical stage that `name` stands for.
    pub fn canonical(&self, name: &str) -> Option<Stage> {
        self.steps.iter().find(|step| step.id == name)?.canonical
    }

    /// Returns the name of the stage that stands for `canonical`.
    pub fn named(&self, canonical: Stage) -> Option<&'p str> {
        self.steps
            .iter()
            .find(|step| step.canonical == Some(canonical))
            .map(|step| step.id)
    }

    /// Returns the last canonical stage that whoever is in the stage `name` has come to.
    pub fn reached(&self, name: &str) -> Option<Stage> {
        let at = self.position(name)?;
        self.steps[..=at]
            .iter()
            .rev()
            .find_map(|step| step.canonical)
    }

    /// Returns whether everything is still open in the stage `name`: it is the draft, or the first that the model lists.
    pub fn is_initial(&self, name: &str) -> bool {
        let first = self.model.and_then(|model| model.fields.stages.first());
        self.canonical(name) == Some(Stage::Draft)
            || first.is_some_and(|first| *first.id.value == *name)
    }

    /// Returns whether the stage `name` is the end: it is closed or abandoned, or the model has no way out of it.
    pub fn is_final(&self, name: &str) -> bool {
        if let Some(canonical) = self.canonical(name) {
            return matches!(canonical, Stage::Closed | Stage::Abandoned);
        }
        let is_this = |end: &Option<Text>| end.as_ref().is_some_and(|end| *end.value == *name);
        let (mut entered, mut left) = (false, false);
        for step in self.moves() {
            entered |= is_this(&step.to);
            left |= is_this(&step.from);
        }
        entered && !left
    }

    /// Returns the position of the stage that the gate `name` closes: the one that its model leaves through it, else the
    /// one that it is named after.
    pub fn gate_position(&self, name: &str) -> Option<usize> {
        let requires =
            |step: &&ModelTransition| step.requires.iter().any(|gate| *gate.value == *name);
        let left = self
            .moves()
            .filter(requires)
            .filter_map(|step| self.position(step.from.as_ref()?))
            .min();
        left.or_else(|| self.position(name))
            .or_else(|| self.position(self.named(Stage::of(name)?)?))
    }

    /// Returns the moves that the model lists, as written; none when it leaves them to the default model.
    pub fn moves(&self) -> impl Iterator<Item = &'p ModelTransition> {
        self.model
            .into_iter()
            .flat_map(|model| &model.fields.transitions)
            .map(|step| &step.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages<'p>(steps: &[(&'p str, Option<Stage>)]) -> Stages<'p> {
        Stages {
            steps: steps
                .iter()
                .map(|&(id, canonical)| Step { id, canonical })
                .collect(),
            model: None,
        }
    }

    #[test]
    fn a_stage_of_its_own_stands_where_the_canonical_one_before_it_does() {
        let stages = stages(&[
            ("idea", Some(Stage::Draft)),
            ("hotfix", Some(Stage::Construction)),
            ("soak", None),
            ("closed", Some(Stage::Closed)),
        ]);
        assert_eq!(stages.reached("soak"), Some(Stage::Construction));
        assert_eq!(
            stages.gate_position("construction"),
            stages.position("hotfix")
        );
        assert!(stages.is_initial("idea") && stages.is_final("closed"));
        assert!(!stages.is_initial("hotfix") && !stages.is_final("soak"));
        assert_eq!(stages.position("verification"), None);
    }
}
