//! The deployments that rules about the future look at, and how messages speak of them and of their times.

use super::book::Context;
use crate::diagnostic::Finding;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, DocId};
use crate::schedule::{Occupied, is_to_come};
use crate::text::Location;
use crate::time::{Date, Day, Duration, Instant, InstantRange, Zone};

impl<'p> Context<'p> {
    /// Returns the instant at which today begins, in the plan's zone.
    pub(super) fn now(&self) -> Instant {
        self.schedule.zone_of_plan().start_of(self.as_of)
    }

    /// Returns a year from today on.
    pub(super) fn year_ahead(&self) -> InstantRange {
        let zone = self.schedule.zone_of_plan();
        let end = self.as_of.plus(366).unwrap_or(self.as_of);
        InstantRange::new(self.now(), zone.start_of(end))
    }

    /// Returns the turnovers whose plan can still be mended, by id: they are to be deployed, their dates are not over,
    /// and neither their release nor their train has ended.
    pub(super) fn coming(&self) -> impl Iterator<Item = Doc<'p, Turnover>> {
        let context = *self;
        self.on_the_way().filter(move |turnover| {
            is_to_come(turnover.fields) && !context.schedule.is_over(*turnover, context.now())
        })
    }

    /// Returns the turnovers of releases and trains that have not ended, by id, whatever became of them.
    pub(super) fn on_the_way(&self) -> impl Iterator<Item = Doc<'p, Turnover>> {
        let plan = self.plan;
        plan.all::<Turnover>().filter(move |turnover| {
            let belongs = turnover.document.belongs;
            let mut owners = [belongs.release, belongs.train].into_iter().flatten();
            owners.all(|owner| plan.is_open(owner))
        })
    }

    /// Returns whether `turnover` is about to happen: the notice that its policy asks for has begun. Where no policy
    /// asks for any, that is on its first day.
    pub(super) fn is_due(&self, turnover: Doc<'p, Turnover>) -> bool {
        let Some(occupied) = self.schedule.occupied(turnover) else {
            return false;
        };
        let notice = self.notice(turnover).unwrap_or(Duration::ZERO);
        let (zone, calendar) = (
            self.schedule.zone(turnover.id),
            self.schedule.calendar(turnover.id),
        );
        let start = occupied.deployment.start;
        let first = calendar
            .instant_after(start, notice.negated(), zone)
            .unwrap_or(start);
        zone.day(first) <= self.as_of
    }

    /// Returns the longest notice that the policy asks for the types of what `turnover` brings.
    fn notice(&self, turnover: Doc<'p, Turnover>) -> Option<Duration> {
        let target = self.schedule.target(turnover);
        let policy = self.plan.binding_policy(target.owner?)?;
        let types = target.parts.iter().filter_map(|part| part.r#type);
        let notices = types.filter_map(|name| {
            let known = policy.fields.types.get(name)?;
            known.notice.as_ref().map(|notice| notice.value)
        });
        let calendar = self.schedule.calendar(turnover.id);
        let zone = self.schedule.zone(turnover.id);
        notices.max_by_key(|notice| calendar.instant_after(self.now(), *notice, zone))
    }

    /// Returns where it is written when `turnover` takes place; where it is not, the head of its document.
    pub(super) fn planned_at(&self, turnover: Doc<'p, Turnover>) -> Location {
        match &turnover.fields.planned {
            Some(planned) => self.plan.locate(turnover.id, planned.span),
            None => self.plan.head(turnover.id),
        }
    }

    /// Returns what a message calls the document `id`: `turnover 2026-q4/production`.
    pub(super) fn name(&self, id: DocId) -> String {
        let document = self.plan.document(id);
        format!("{} {}", document.kind, document.id)
    }

    /// Returns what a message calls what `turnover` occupies: `turnover 2026-q4/production`, or `wave staff of turnover
    /// 2026-q4/production`.
    pub(super) fn name_of(
        &self,
        turnover: Doc<'p, Turnover>,
        occupied: Option<&Occupied<'p>>,
    ) -> String {
        let name = self.name(turnover.id);
        match occupied.and_then(|occupied| occupied.wave) {
            Some(wave) => format!("wave {} of {name}", wave.id.value),
            None => name,
        }
    }

    /// Returns where it is written when `occupied` takes place.
    pub(super) fn place_of(
        &self,
        turnover: Doc<'p, Turnover>,
        occupied: &Occupied<'p>,
    ) -> Location {
        self.plan.locate(turnover.id, occupied.period.span)
    }

    /// Adds to `finding` when what `turnover` occupies would fit: later, else earlier, or `otherwise` where it never
    /// does or its days are not known.
    pub(super) fn hint_next_fit(
        &self,
        finding: Finding,
        turnover: Doc<'p, Turnover>,
        occupied: Option<&Occupied<'p>>,
        otherwise: &str,
    ) -> Finding {
        let Some(occupied) = occupied else {
            return finding.hint(otherwise);
        };
        let later = occupied.deployment.start.max(self.now());
        let fit = |from| self.schedule.next_fit_of(turnover, occupied, from);
        let Some(fit) = fit(later).or_else(|| fit(self.now())) else {
            return finding.hint(otherwise);
        };
        let (start, zone) = (fit.deployment.start, self.schedule.zone(turnover.id));
        let start = match occupied.period.resolved.from() {
            Date::Day(_) => weekday(zone.day(start)),
            _ => clock(start, zone),
        };
        let when = if fit.deployment.start < later {
            "it fits earlier"
        } else {
            "next fit"
        };
        finding.hint(format!("{when}: {start}"))
    }
}

/// Returns `day` with its weekday: `Sat 9 January 2027`.
fn weekday(day: Day) -> String {
    format!("{} {}", day.0.strftime("%a"), day.words())
}

/// Returns `instant` by the clocks of `zone`: `Sat 9 January 2027 22:00 Europe/London`. Where they show that time twice and
/// it is the second, its offset tells, as in `01:30+00:00`: a time without one is the first.
pub(super) fn clock(instant: Instant, zone: &Zone) -> String {
    zone.clock_words(instant)
}

/// Returns `range` by the clocks of `zone`: by days where it begins and ends at midnight, else by minutes.
pub(super) fn span_of(range: InstantRange, zone: &Zone) -> String {
    zone.range_words(range)
}
