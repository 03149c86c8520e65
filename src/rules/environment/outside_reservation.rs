//! `environment/outside-reservation`: a deployment lies inside its own train's reservation.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::Doc;
use crate::plan::kinds::turnover::Turnover;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::span_of;
use crate::schedule::ReservationStanding;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("outside-reservation.md"),
    check,
);

const NAME: &str = "environment/outside-reservation";

fn check(context: &Context<'_>, findings: &mut Findings) {
    findings.extend(
        context
            .coming()
            .filter_map(|turnover| outside(context, turnover)),
    );
}

fn outside<'p>(context: &Context<'p>, turnover: Doc<'p, Turnover>) -> Option<Finding> {
    let schedule = context.schedule;
    let standing = schedule.reservation_standing(turnover);
    let ReservationStanding::Outside { own, occupied } = standing else {
        return None;
    };
    let (name, when) = (
        context.name_of(turnover, Some(&occupied)),
        span_of(occupied.whole, schedule.zone(turnover.id)),
    );
    let environment = turnover.fields.environment.as_ref()?.parts().1;
    let message = format!("{name} needs {environment} {when}, which is not all reserved for it");
    let mut finding = Finding::new(NAME, context.place_of(turnover, &occupied), message);
    for booking in own {
        let planned = booking.reservation.value.planned.as_ref();
        let span = planned.map_or(booking.reservation.span, |planned| planned.span);
        let label = format!("reserved by {}", context.name(booking.holder));
        finding = finding.also(context.plan.locate(booking.holder, span), label);
    }
    Some(context.hint_next_fit(
        finding,
        turnover,
        Some(&occupied),
        "have the reservation extended",
    ))
}
