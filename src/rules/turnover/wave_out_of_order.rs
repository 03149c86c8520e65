//! `turnover/wave-out-of-order`: a phased rollout reaches its audiences in the order in which they are written.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::{Wave, WaveStatus};
use crate::plan::value::{Item, Period};
use crate::rules::book::{Context, Rule};
use crate::schedule::Bounds;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Warning,
    include_str!("wave-out-of-order.md"),
    check,
);

const NAME: &str = "turnover/wave-out-of-order";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for turnover in context.coming() {
        let waves = turnover.fields.waves.iter();
        let dated: Vec<_> = waves
            .filter(|wave| !is_cancelled(wave))
            .filter_map(|wave| Some((wave, wave.planned.as_ref()?)))
            .collect();
        let pairs = dated.iter().zip(dated.iter().skip(1));
        findings
            .extend(pairs.filter_map(|(before, this)| reversed(context, turnover, before, this)));
    }
}

/// A wave, and when it is planned.
type Dated<'p> = (&'p Item<Wave>, &'p Period);

/// Returns a finding when `this` certainly begins before the wave that is written before it.
fn reversed(
    context: &Context<'_>,
    turnover: Doc<'_, Turnover>,
    (before, begins): &Dated<'_>,
    (this, planned): &Dated<'_>,
) -> Option<Finding> {
    let zone = context.schedule.zone(turnover.id);
    let start = |period: &Period| Bounds::of_event(period.resolved.from(), zone);
    if start(planned)?.latest >= start(begins)?.earliest {
        return None;
    }
    let (name, earlier) = (&this.id.value, &before.id.value);
    let when = |period: &Period| period.resolved.from().words();
    let message = format!(
        "wave {name} of {} begins {}, before wave {earlier}, {}",
        context.name(turnover.id),
        when(planned),
        when(begins)
    );
    let finding = Finding::new(
        NAME,
        context.plan.locate(turnover.id, planned.span),
        message,
    );
    let there = context.plan.locate(turnover.id, begins.span);
    Some(
        finding
            .also(there, format!("wave {earlier} comes first"))
            .hint("correct the date, or write the waves in the order in which they begin"),
    )
}

fn is_cancelled(wave: &Wave) -> bool {
    let status = wave.status.as_ref();
    status.is_some_and(|status| status.value == WaveStatus::Cancelled)
}
