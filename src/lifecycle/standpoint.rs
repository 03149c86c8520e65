//! A train or a release as it stood on a day: only what had happened by then counts.

use super::closing::{status, turnovers_of};
use crate::plan::kinds::turnover::{Turnover, TurnoverStatus};
use crate::plan::parts::lifecycle::{Stage, Transition};
use crate::plan::value::When;
use crate::plan::{Course, Doc, DocId, Plan, Stages};
use crate::text::Spanned;
use crate::time::{Calendar, Day, DayRange, Duration, civil};

/// A train or a release as it stood on a day.
#[derive(Clone, Debug)]
pub(super) struct Standpoint<'p> {
    pub(super) plan: &'p Plan,
    pub(super) course: Course<'p>,
    pub(super) stages: Stages<'p>,
    /// The day from which it is seen.
    pub(super) day: Day,
    pub(super) calendar: Calendar,
    /// Whether it is seen as it was before a move that has been made since.
    pub(super) is_past: bool,
    /// The entries of the history that had been made, each with the position of its stage. Unknown stages are left out.
    entered: Vec<(usize, &'p Spanned<Transition>)>,
}

impl<'p> Standpoint<'p> {
    /// Returns the train or release `id` as it stood at the end of `day`; none when it is neither.
    pub(super) fn on(plan: &'p Plan, id: DocId, day: Day) -> Option<Self> {
        let course = plan.course(id)?;
        let until = course
            .history
            .iter()
            .filter(|entry| days_of(entry).is_none_or(|days| days.first <= day));
        Some(Self::after(plan, course, until, day))
    }

    /// Returns `course` as it stood on `day`, just before the entry `index` of its history.
    pub(super) fn before(plan: &'p Plan, course: Course<'p>, index: usize, day: Day) -> Self {
        Self {
            is_past: true,
            ..Self::after(plan, course, course.history.iter().take(index), day)
        }
    }

    fn after(
        plan: &'p Plan,
        course: Course<'p>,
        entries: impl Iterator<Item = &'p Spanned<Transition>>,
        day: Day,
    ) -> Self {
        let stages = plan.stages_of(course.id);
        let entered = entries
            .filter_map(|entry| Some((stages.position(entry.value.stage.as_ref()?)?, entry)))
            .collect();
        Self {
            plan,
            course,
            day,
            calendar: plan.business_days(course.id),
            is_past: false,
            entered,
            stages,
        }
    }

    /// Returns each move that was made: where it started, where it ended, and its entry. Everything starts in the first
    /// stage.
    fn made(&self) -> impl DoubleEndedIterator<Item = (usize, usize, &'p Spanned<Transition>)> {
        let starts = std::iter::once(0).chain(self.entered.iter().map(|(position, _)| *position));
        let moves: Vec<_> = starts
            .zip(&self.entered)
            .map(|(start, (end, entry))| (start, *end, *entry))
            .collect();
        moves.into_iter()
    }

    fn is_abandoned(&self, position: usize) -> bool {
        let name = self.stages.names().nth(position);
        name.and_then(|name| self.stages.canonical(name)) == Some(Stage::Abandoned)
    }

    /// Returns the last move back across the gate that closes the stage at `position`.
    pub(super) fn reopened(&self, position: usize) -> Option<&'p Spanned<Transition>> {
        let back = |(start, end, _): &(usize, usize, _)| *end <= position && position < *start;
        self.made()
            .rev()
            .find(|step| back(step) && !self.is_abandoned(step.0))
            .map(|(.., entry)| entry)
    }

    /// Returns the move that went on through the gate that closes the stage at `position`, if it stands.
    pub(super) fn crossed(&self, position: usize) -> Option<&'p Spanned<Transition>> {
        let is_on = |(start, end, _): &(usize, usize, _)| {
            *start <= position && position < *end && !self.is_abandoned(*end)
        };
        let (.., entry) = self.made().rev().find(is_on)?;
        let back = self.reopened(position);
        // Entries stand in one file in the order in which they were made.
        back.is_none_or(|back| back.span < entry.span)
            .then_some(entry)
    }

    /// Returns the days on which it was deployed: those of its first turnover to production that has been, else those on
    /// which its history entered the deployment. None while that is to come, or after a return from it.
    pub(super) fn deployed(&self) -> Option<DayRange> {
        let stage = self.stages.named(Stage::Deployment);
        let before = stage
            .and_then(|stage| self.stages.position(stage))
            .and_then(|position| position.checked_sub(1));
        let returned = before
            .and_then(|before| self.reopened(before))
            .and_then(days_of);
        let took_place = self
            .productions()
            .filter(|turnover| status(turnover.fields) == TurnoverStatus::Deployed)
            .filter_map(|turnover| {
                let fields = turnover.fields;
                fields.actual.as_ref().or(fields.planned.as_ref())?.days()
            })
            .filter(|days| days.first <= self.day)
            .filter(|days| returned.is_none_or(|returned| !days.certainly_before(returned)));
        took_place
            .min_by_key(|days| days.first)
            .or_else(|| days_of(self.crossed(before?)?))
    }

    /// Returns the days on which it is planned to be deployed: those of its first turnover to production that is to come,
    /// else those of its stage of deployment.
    pub(super) fn planned(&self) -> Option<DayRange> {
        let to_come = self
            .productions()
            .filter(|turnover| turnover.is_to_come())
            .filter_map(|turnover| turnover.fields.planned.as_ref()?.days());
        to_come.min_by_key(|days| days.first).or_else(|| {
            let (period, _) = self.plan.deployment_of(&self.course)?;
            period.days()
        })
    }

    fn productions(&self) -> impl Iterator<Item = Doc<'p, Turnover>> {
        let plan = self.plan;
        turnovers_of(plan, self.course.id)
            .into_iter()
            .filter(move |turnover| plan.is_production(turnover.fields))
    }

    /// Returns the day that is `duration` after `day`.
    pub(super) fn after_day(&self, day: Day, duration: Duration) -> Option<Day> {
        let wall = day.0.to_datetime(civil::Time::midnight());
        self.calendar
            .wall_after(wall, duration)
            .map(|wall| Day(wall.date()))
    }
}

/// Returns the days on which the stage of `entry` can have been entered.
pub(super) fn days_of(entry: &Spanned<Transition>) -> Option<DayRange> {
    entry.value.date.as_ref().and_then(When::days)
}
