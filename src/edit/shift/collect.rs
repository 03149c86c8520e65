//! The dates that move with a train: what is still to come of it.

use super::Why;
use crate::plan::kinds::change::Change;
use crate::plan::kinds::milestone::{Milestone, MilestoneCategory};
use crate::plan::kinds::note::Note;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::review::Review;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::WaveStatus;
use crate::plan::parts::gate::{CriterionStatus, Gate};
use crate::plan::value::{Period, When};
use crate::plan::{Course, Detail, DocId, Document, Kind, Plan};
use crate::text::Span;
use crate::time::{Date, Day, Until};

/// A date that belongs to what moves and is still to come.
pub(super) struct Told<'p> {
    pub(super) document: DocId,
    /// What is on that date.
    pub(super) what: String,
    /// The date as written.
    pub(super) date: &'p Date,
    pub(super) span: Span,
    /// Why it stays, where that is known already.
    pub(super) stays: Option<Why>,
}

/// Returns the dates that are to come of the document `id` and of all that belongs to it, relative ones left out.
pub(super) fn collect(plan: &Plan, id: DocId, today: Day) -> Vec<Told<'_>> {
    let is_alone = !matches!(plan.document(id).kind, Kind::Train | Kind::Release);
    let belongs = |document: &Document| {
        let belongs = document.belongs;
        belongs.train == Some(id) || belongs.release == Some(id)
    };
    let mut collector = Collector {
        document: id,
        today,
        found: Vec::new(),
    };
    for (other, document) in plan.documents() {
        if other == id || !is_alone && belongs(document) {
            collector.document = other;
            collector.whole(plan, document);
        }
    }
    collector.found
}

struct Collector<'p> {
    document: DocId,
    today: Day,
    found: Vec<Told<'p>>,
}

impl<'p> Collector<'p> {
    fn whole(&mut self, plan: &'p Plan, document: &'p Document) {
        self.when(document.common.publish_after.as_ref(), || {
            "day of publication".to_owned()
        });
        if let Some(course) = plan.course(self.document) {
            self.course(plan, &course);
        }
        match &document.detail {
            Detail::Release(release) => self.release(release),
            Detail::Turnover(turnover) => self.turnover(turnover),
            Detail::Milestone(milestone) => self.milestone(milestone),
            Detail::Change(change) => self.change(change),
            Detail::Note(note) => self.note(note),
            Detail::Review(review) => self.review(review),
            _ => {}
        }
    }

    fn course(&mut self, plan: &'p Plan, course: &Course<'p>) {
        let stages = plan.stages_of(course.id);
        let now = plan
            .stage_of(course.id)
            .and_then(|name| stages.position(name));
        for (stage, period) in course.schedule.iter() {
            // A stage that was left early is over, whatever was planned.
            let is_left = stages.position(stage) < now && stages.position(stage).is_some();
            if !is_left {
                self.period(Some(period), || format!("stage {}", stage.value));
            }
        }
        for gate in course.gates {
            self.gate(&gate.id.value, gate);
        }
        for reservation in course.reservations {
            let environment = reservation.value.environment.as_ref();
            let environment = environment.map_or("an environment", |of| &of.reference.written);
            self.period(reservation.value.planned.as_ref(), || {
                format!("reservation of {environment}")
            });
        }
        for task in course.tasks.iter().filter(|task| task.done.is_none()) {
            self.when(task.due.as_ref(), || format!("task {}", task.id.value));
        }
        for message in course.communications.iter() {
            if message.sent.is_none() {
                self.when(message.due.as_ref(), || {
                    format!("communication {}", message.id.value)
                });
            }
        }
        for risk in course.risks.iter().filter(|risk| risk.response.is_none()) {
            self.when(risk.due.as_ref(), || format!("risk {}", risk.id.value));
        }
        if let Some(support) = course.support.filter(|support| support.ended.is_none()) {
            self.when(support.until.as_ref(), || "end of support".to_owned());
        }
    }

    fn gate(&mut self, name: &str, gate: &'p Gate) {
        self.when(gate.due.as_ref(), || format!("gate {name}"));
        for criterion in gate.criteria.iter() {
            let status = criterion.status.as_ref().map(|status| status.value);
            if status != Some(CriterionStatus::Met) {
                self.when(criterion.due.as_ref(), || {
                    format!("criterion {} of gate {name}", criterion.id.value)
                });
            }
        }
    }

    fn release(&mut self, release: &'p Release) {
        let training = release.training.as_ref();
        if let Some(training) = training.filter(|training| training.done.is_none()) {
            self.when(training.due.as_ref(), || "training".to_owned());
        }
    }

    fn turnover(&mut self, turnover: &'p Turnover) {
        if !turnover.is_to_come() {
            return;
        }
        self.period(turnover.planned.as_ref(), || "deployment".to_owned());
        for wave in turnover.waves.iter() {
            let status = wave.status.as_ref().map(|status| status.value);
            if matches!(status, None | Some(WaveStatus::Planned)) {
                self.period(wave.planned.as_ref(), || format!("wave {}", wave.id.value));
            }
        }
        let outage = turnover.outage.as_ref();
        self.period(outage.and_then(|outage| outage.planned.as_ref()), || {
            "outage".to_owned()
        });
    }

    fn milestone(&mut self, milestone: &'p Milestone) {
        let Some(due) = milestone.due.as_ref() else {
            return;
        };
        if milestone.done.is_some() || milestone.skip {
            return;
        }
        let what = || "due day".to_owned();
        let category = milestone.category.as_ref().map(|category| category.value);
        let is_written = !matches!(due.written, Date::Relative(_));
        match category {
            Some(MilestoneCategory::FreezeStart | MilestoneCategory::Thaw) => {
                if is_written && self.is_to_come(&due.resolved) {
                    self.add(&due.written, due.span, what(), Some(Why::Fixed));
                }
            }
            _ => self.when(Some(due), what),
        }
    }

    fn change(&mut self, change: &'p Change) {
        if change.is_to_come() {
            self.period(change.planned.as_ref(), || "implementation".to_owned());
        }
    }

    fn note(&mut self, note: &'p Note) {
        self.when(note.date.as_ref(), || "date".to_owned());
    }

    fn review(&mut self, review: &'p Review) {
        self.when(review.date.as_ref(), || "date".to_owned());
        for action in review.actions.iter().filter(|action| action.done.is_none()) {
            self.when(action.due.as_ref(), || {
                format!("action {}", action.id.value)
            });
        }
    }

    fn when(&mut self, when: Option<&'p When>, what: impl FnOnce() -> String) {
        if let Some(when) = when {
            self.date(&when.written, &when.resolved, when.span, what);
        }
    }

    /// Adds the ends of `period` that are to come.
    fn period(&mut self, period: Option<&'p Period>, what: impl FnOnce() -> String) {
        let Some(period) = period else {
            return;
        };
        let what = what();
        let (written, resolved) = (&period.written, &period.resolved);
        self.date(written.from(), resolved.from(), period.from, || {
            format!("start of {what}")
        });
        match (written.until(), resolved.until()) {
            (Until::Date(date), Until::Date(known)) => {
                self.date(date, known, period.to, || format!("end of {what}"));
            }
            _ => {
                let is_begun = !self.is_to_come(resolved.from());
                let is_open = period.days().is_some_and(|days| days.last >= self.today);
                if is_begun && is_open {
                    self.add(
                        written.from(),
                        period.from,
                        format!("end of {what}"),
                        Some(Why::Begun),
                    );
                }
            }
        }
    }

    fn date(&mut self, written: &'p Date, known: &Date, span: Span, what: impl FnOnce() -> String) {
        if !matches!(written, Date::Relative(_)) && self.is_to_come(known) {
            self.add(written, span, what(), None);
        }
    }

    fn add(&mut self, date: &'p Date, span: Span, what: String, stays: Option<Why>) {
        self.found.push(Told {
            document: self.document,
            what,
            date,
            span,
            stays,
        });
    }

    /// Returns whether `date` is today or later, as far as that is known.
    fn is_to_come(&self, date: &Date) -> bool {
        date.days().is_none_or(|days| days.last >= self.today)
    }
}
