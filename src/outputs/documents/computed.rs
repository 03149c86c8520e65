//! What is computed of a document for the day, each answer by the one function that gives it.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use crate::lifecycle::{Due, GateResult, SOON};
use crate::pages::Portal;
use crate::pages::notes::Marks;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::Period;
use crate::plan::{DocId, Kind};
use crate::schedule::{Freezing, Target, slip};
use crate::text::Spanned;
use crate::time::DayRange;

/// For how many days ahead the next freeze is looked for.
const AHEAD: i64 = 2 * 366;

/// What is computed of one document.
#[derive(Default, Serialize, JsonSchema)]
pub(super) struct Computed<'p> {
    /// The stage that a train or a release is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'p str>,
    /// The days from which and to which it is deployed, as far as they are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    deployment: Option<Days>,
    /// Its stages: when each was planned and when it was entered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stages: Vec<Stage<'p>>,
    /// Whether its gates are passed, in their order, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    gates: Vec<Gate<'p>>,
    /// What is late in it and what falls due soon.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    due: Vec<Task<'p>>,
    /// The freeze that holds for it now or next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_freeze: Option<Freeze<'p>>,
    /// What a note has to be read for: `security`, `breaking`, `upgrade`, `corrected`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<String>,
    /// The public identifiers of weaknesses that a note names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    identifiers: Vec<String>,
}

/// Days from a first to a last one.
#[derive(Serialize, JsonSchema)]
struct Days {
    /// The first.
    #[schemars(extend("format" = "date"))]
    first: String,
    /// The last.
    #[schemars(extend("format" = "date"))]
    last: String,
}

/// A stage of a train or a release.
#[derive(Serialize, JsonSchema)]
struct Stage<'p> {
    /// Its id.
    id: &'p str,
    /// When it is planned, as in `fields.schedule`.
    planned: String,
    /// When it was entered last.
    #[serde(skip_serializing_if = "Option::is_none")]
    entered: Option<String>,
    /// By how many days it was entered late; early when negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    slip: Option<i64>,
}

/// A gate.
#[derive(Serialize, JsonSchema)]
struct Gate<'p> {
    /// Its id.
    id: &'p str,
    /// `empty`, `not-passed`, `waived` or `passed`.
    state: &'static str,
    /// Its criteria and where each stands: `not-met`, `not-run`, `waived` or `met`.
    criteria: Vec<Criterion<'p>>,
    /// Why it is passed or not.
    reasons: Vec<Reason>,
}

/// A criterion of a gate.
#[derive(Serialize, JsonSchema)]
struct Criterion<'p> {
    /// Its id.
    id: &'p str,
    /// Where it stands.
    standing: &'static str,
}

/// A reason for the result of a gate.
#[derive(Serialize, JsonSchema)]
struct Reason {
    /// The reason, as a clause.
    text: String,
    /// Whether it speaks for the gate.
    holds: bool,
}

/// Something to be done by a day.
#[derive(Serialize, JsonSchema)]
struct Task<'p> {
    /// What sort of thing it is: `criterion`, `task`.
    kind: &'static str,
    /// Its id.
    id: &'p str,
    /// The last day on which it is in time.
    #[schemars(extend("format" = "date"))]
    due: String,
    /// Whether that day is past.
    late: bool,
}

/// A freeze.
#[derive(Serialize, JsonSchema)]
struct Freeze<'p> {
    /// Its id.
    id: &'p str,
    /// The days on which it holds.
    days: Days,
}

/// What is computed once for all documents.
pub(super) struct Facts<'p> {
    portal: &'p Portal<'p>,
    due: FxHashMap<DocId, Vec<Due<'p>>>,
    /// The published freezes of today and the time to come, by their first day.
    freezes: Vec<Freezing<'p>>,
    environments: Vec<DocId>,
}

impl<'p> Facts<'p> {
    pub(super) fn of(portal: &'p Portal<'p>) -> Self {
        let today = portal.publication.as_of;
        let mut due: FxHashMap<DocId, Vec<Due<'p>>> = FxHashMap::default();
        for of in portal.progress.due(SOON) {
            due.entry(of.document).or_default().push(of);
        }
        let last = today.plus(AHEAD).unwrap_or(today);
        let mut freezes = portal.schedule.freezings(DayRange::new(today, last));
        freezes.retain(|of| portal.path(of.freeze.id).is_some());
        freezes.sort_by_key(|of| (of.days.first, of.freeze.id));
        let environments = portal.plan.of_kind(Kind::Environment);
        Self {
            portal,
            due,
            freezes,
            environments: environments.map(|(id, _)| id).collect(),
        }
    }

    /// Returns what is computed of the document `id`.
    pub(super) fn computed(&self, id: DocId) -> Computed<'p> {
        let portal = self.portal;
        let kind = portal.plan.document(id).kind;
        let due = self.due.get(&id).into_iter().flatten();
        let mut computed = Computed {
            due: due.map(|due| self.task(due)).collect(),
            next_freeze: self.next_freeze(id, kind),
            ..Computed::default()
        };
        match kind {
            Kind::Train | Kind::Release => {
                let schedule = &portal.schedule;
                let dates = match kind {
                    Kind::Train => schedule.train_dates(id),
                    _ => schedule.release_dates(id),
                };
                let range = dates.map(|dates| schedule.days(id, dates.reach.outer()));
                computed.stage = portal.plan.stage_of(id);
                computed.deployment = range.map(days);
                computed.stages = self.stages(id);
                computed.gates = portal.progress.gates(id).iter().map(gate).collect();
            }
            Kind::Note => {
                let marks = Marks::of(portal.plan, [id]);
                let states = marks.states();
                computed.marks = states.iter().map(|state| state.slug.to_string()).collect();
                computed.identifiers = marks.identifiers.into_iter().collect();
            }
            _ => {}
        }
        computed
    }

    fn stages(&self, id: DocId) -> Vec<Stage<'p>> {
        let Some(course) = self.portal.plan.course(id) else {
            return Vec::new();
        };
        let entered = |stage: &str| {
            let history = course.history.iter().map(|entry| &entry.value);
            let mut entered = history.filter(|entry| {
                let name = entry.stage.as_ref();
                name.is_some_and(|name| *name.value == *stage)
            });
            entered.next_back()?.date.as_ref()
        };
        let stage = |(name, period): (&'p Spanned<Box<str>>, &'p Period)| {
            let name = &*name.value;
            let entered = entered(name);
            Stage {
                id: name,
                planned: period.resolved.to_string(),
                entered: entered.map(|date| date.resolved.to_string()),
                slip: entered.and_then(|date| slip(period, date)),
            }
        };
        course.schedule.iter().map(stage).collect()
    }

    fn task(&self, due: &Due<'p>) -> Task<'p> {
        Task {
            kind: due.kind.word(),
            id: due.id,
            due: due.due.to_string(),
            late: due.is_late(self.portal.publication.as_of),
        }
    }

    /// Returns the first freeze that holds for what `id` is about: a turnover itself, an environment as a whole, an
    /// application in any environment, and a train or a release by its turnovers.
    fn next_freeze(&self, id: DocId, kind: Kind) -> Option<Freeze<'p>> {
        let (plan, schedule) = (self.portal.plan, &self.portal.schedule);
        let targets: Vec<Target<'p>> = match kind {
            Kind::Turnover => plan
                .get::<Turnover>(id)
                .map(|turnover| schedule.target(turnover))
                .into_iter()
                .collect(),
            Kind::Environment => vec![schedule.target_of(id, None, None)],
            Kind::Application => {
                let environments = self.environments.iter();
                environments
                    .map(|&environment| schedule.target_of(environment, Some(id), None))
                    .collect()
            }
            Kind::Train => {
                let turnovers = plan.scoped_to::<Turnover>(id);
                turnovers
                    .map(|turnover| schedule.target(turnover))
                    .collect()
            }
            _ => Vec::new(),
        };
        let holds = |of: &&Freezing<'p>| {
            let scope = of.freeze.fields.scope.as_ref();
            targets.iter().any(|target| schedule.covers(scope, target))
        };
        let found = self.freezes.iter().find(holds)?;
        Some(Freeze {
            id: &found.freeze.document.id,
            days: days(found.days),
        })
    }
}

fn days(days: DayRange) -> Days {
    Days {
        first: days.first.to_string(),
        last: days.last.to_string(),
    }
}

fn gate<'p>(result: &GateResult<'p>) -> Gate<'p> {
    let criteria = result.criteria.iter().map(|of| Criterion {
        id: of.criterion.id,
        standing: of.standing.word(),
    });
    let reasons = result.reasons().into_iter().map(|reason| Reason {
        text: reason.to_string(),
        holds: reason.holds(),
    });
    Gate {
        id: result.gate.id,
        state: result.state.word(),
        criteria: criteria.collect(),
        reasons: reasons.collect(),
    }
}
