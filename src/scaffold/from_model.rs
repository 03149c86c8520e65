//! What a model says, as the lines of a train or a release and as files beside it, with days for its relative dates.

use std::collections::BTreeMap;

use super::fields::whole;
use super::place::Place;
use super::yaml::Yaml;
use super::{NewFile, Wish};
use crate::plan::description::Scalar;
use crate::plan::kinds::model::Model;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::{Choices as _, Inline, Item, Named, Record as _, When};
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::syntax::quoted_inside;
use crate::time::{Anchor, Calendar, Date, Day, Interval, Relative, Until};

/// How many milestones a date is counted through at most: a longer way is a loop.
const DEEPEST: usize = 32;

/// A model, and the days that its dates come to.
pub(super) struct Source<'p> {
    model: Doc<'p, Model>,
    deploy: Date,
    today: Day,
    calendar: Calendar,
}

impl<'p> Source<'p> {
    /// Returns the model `id` as of the deployment that `wish` names; none when it is no model.
    pub(super) fn new(plan: &'p Plan, id: DocId, wish: &Wish<'_>) -> Option<Self> {
        let of_plan = plan.config.calendar.as_ref().and_then(|of| of.target);
        let calendar = of_plan.and_then(|id| plan.calendar(id)).cloned();
        Some(Self {
            model: plan.get(id)?,
            deploy: wish.deploy.clone().unwrap_or(Date::Tbd),
            today: wish.today,
            calendar: calendar.unwrap_or_default(),
        })
    }

    /// Returns the lines of the fields that come from the model, by the field.
    pub(super) fn lines(&self) -> BTreeMap<&'static str, String> {
        let resolve = |scalar: Scalar, text: &str| self.resolved(scalar, text);
        let fields = self.model.fields;
        let of_model = serde_json::to_value(fields).unwrap_or_default();
        let mut lines = BTreeMap::new();
        for name in ["gates", "milestones", "tasks", "communications"] {
            let field = Train::DESCRIPTION.field(name);
            if let (Some(field), Some(value)) = (field, of_model.get(name)) {
                let mut yaml = Yaml::new(&resolve);
                yaml.field(0, field.name, value, &(field.shape)());
                lines.insert(field.name, yaml.into_text());
            }
        }
        let id = quoted_inside(&self.model.document.id);
        lines.insert("model", format!("model: {id}\n"));
        lines.insert("schedule", self.schedule());
        let first = self.stages().first().copied().unwrap_or("draft");
        let today = self.today;
        lines.insert(
            "history",
            format!("history:\n  - {{stage: {first}, date: {today}}}\n"),
        );
        lines
    }

    /// Returns a file for each turnover of the model, beside the train at `place`.
    pub(super) fn turnovers(&self, place: &Place) -> Vec<NewFile> {
        let resolve = |scalar: Scalar, text: &str| self.resolved(scalar, text);
        let shape = <Inline<Turnover> as Named>::shape();
        let folder = place.below(Kind::Turnover);
        let file = |turnover: &Item<Inline<Turnover>>| {
            let value = serde_json::to_value(&turnover.value).unwrap_or_default();
            let mut yaml = Yaml::new(&resolve);
            yaml.fields(0, &value, &shape);
            NewFile {
                path: format!("{folder}{}.md", turnover.id.value),
                text: format!("---\n{}---\n", yaml.into_text()),
            }
        };
        self.model.turnovers.iter().map(file).collect()
    }

    fn stages(&self) -> Vec<&str> {
        let own = self
            .model
            .fields
            .stages
            .iter()
            .map(|stage| &*stage.id.value);
        let own: Vec<&str> = own.collect();
        match own.is_empty() {
            true => Stage::CHOICES.iter().map(|stage| stage.word).collect(),
            false => own,
        }
    }

    /// Returns what the stage `name` stands for among the canonical ones.
    fn canonical(&self, name: &str) -> Option<Stage> {
        let stage = self.model.fields.stages.get(name);
        let canonical = stage.and_then(|stage| stage.canonical.as_ref());
        canonical.map_or_else(|| Stage::of(name), |canonical| Some(canonical.value))
    }

    /// Returns the schedule: each stage ends with the gate of its name, the last before the deployment with the day before.
    fn schedule(&self) -> String {
        let stages = self.stages();
        let deployment = stages
            .iter()
            .position(|stage| self.canonical(stage) == Some(Stage::Deployment));
        let (before, name) = match deployment {
            Some(at) => (&stages[..at], stages[at]),
            None => (&stages[..0], Stage::Deployment.word()),
        };
        let mut text = String::from("schedule:\n");
        let mut start = self.today;
        let eve = self.day(&self.deploy).map(Day::previous);
        let gated: Vec<_> = before
            .iter()
            .filter_map(|stage| Some((stage, self.gate_due(stage)?)))
            .collect();
        for (at, (stage, due)) in gated.iter().enumerate() {
            let end = match at + 1 == gated.len() {
                true => eve.unwrap_or(*due),
                false => *due,
            };
            if end >= start {
                text.push_str(&format!("  {}: {start}/{end}\n", quoted_inside(stage)));
                start = end.next();
            }
        }
        text.push_str(&format!(
            "  {}: {}\n",
            quoted_inside(name),
            whole(&self.deploy)
        ));
        text
    }

    fn gate_due(&self, gate: &str) -> Option<Day> {
        let due = self.model.fields.gates.get(gate)?.due.as_ref()?;
        self.day(&self.settled(&due.written, DEEPEST)?)
    }

    fn day(&self, date: &Date) -> Option<Day> {
        date.days()?.exact()
    }

    /// Returns what `text`, relative to something else, comes to; none when it is not relative, or stays open.
    fn resolved(&self, scalar: Scalar, text: &str) -> Option<String> {
        match scalar {
            Scalar::Date => {
                let date = Date::parse(text).ok()?;
                matches!(date, Date::Relative(_)).then_some(())?;
                Some(self.settled(&date, DEEPEST)?.to_string())
            }
            Scalar::Interval => {
                let interval = Interval::parse(text).ok()?;
                let from = self.settled(interval.from(), DEEPEST)?;
                let until = match interval.until() {
                    Until::Date(date) => {
                        let until = self.settled(date, DEEPEST)?;
                        // A calendar may roll the end to before a start that no calendar rolls.
                        let rolled = until.certainly_before(&from);
                        if rolled { &from } else { &until }.to_string()
                    }
                    Until::After(duration) => duration.to_string(),
                };
                let settled = format!("{from}/{until}");
                (settled != text).then_some(settled)
            }
            _ => None,
        }
    }

    /// Returns the day that `date` comes to; none while the deployment is open, or when it counts from nothing.
    fn settled(&self, date: &Date, depth: usize) -> Option<Date> {
        let Date::Relative(relative) = date else {
            return Some(date.clone());
        };
        let anchor = self.anchor(relative, depth.checked_sub(1)?)?;
        let settled = relative.from(&anchor, &self.calendar)?;
        (settled != Date::Tbd).then_some(settled)
    }

    fn anchor(&self, relative: &Relative, depth: usize) -> Option<Date> {
        match &relative.anchor {
            Anchor::Start => Some(self.deploy.clone()),
            Anchor::Milestone(id) => {
                let milestone = self.model.fields.milestones.get(id)?;
                let due: &When = milestone.detail.due.as_ref()?;
                self.settled(&due.written, depth)
            }
        }
    }
}
