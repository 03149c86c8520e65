//! `environment/double-booked`: an environment belongs to one train at a time.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::DocId;
use crate::rules::book::{Context, Rule};
use crate::rules::coming::span_of;
use crate::schedule::{Booking, Clash, ReservationStanding};
use crate::text::Location;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("double-booked.md"),
    check,
);

const NAME: &str = "environment/double-booked";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for clash in context.schedule.clashes() {
        if holds(context, &clash.first) && holds(context, &clash.second) {
            findings.push(reserved_twice(context, &clash));
        }
    }
    for turnover in context.coming() {
        // With a reservation of its own, the clash of both is told above; outside of it, that is the fault.
        let standing = context.schedule.reservation_standing(turnover);
        if !matches!(
            standing,
            ReservationStanding::Missing | ReservationStanding::NotNeeded
        ) {
            continue;
        }
        let trespasses = context.schedule.trespasses(turnover);
        let Some((booking, occupied)) = trespasses.first() else {
            continue;
        };
        let name = context.name_of(turnover, Some(occupied));
        let holder = context.name(booking.holder);
        let when = span_of(occupied.whole, context.schedule.zone(turnover.id));
        let message = format!("{name} needs its environment {when}, which {holder} has reserved");
        let finding = Finding::new(NAME, context.place_of(turnover, occupied), message)
            .also(place(context, booking), holder);
        findings.push(context.hint_next_fit(
            finding,
            turnover,
            Some(occupied),
            "agree on a time with whoever has reserved it",
        ));
    }
}

/// Returns whether a reservation is not over yet, and its holder has not ended.
fn holds(context: &Context<'_>, booking: &Booking<'_>) -> bool {
    let to_come = booking
        .reach
        .is_some_and(|reach| reach.end.latest > context.now());
    let train = context.plan.document(booking.holder).belongs.train;
    let is_open = |owner: DocId| context.plan.is_open(owner);
    to_come && is_open(booking.holder) && train.is_none_or(is_open)
}

fn reserved_twice(context: &Context<'_>, clash: &Clash<'_>) -> Finding {
    let environment = context.name(clash.environment.id);
    let (first, second) = (
        context.name(clash.first.holder),
        context.name(clash.second.holder),
    );
    let zone = context.schedule.zone(clash.environment.id);
    let when = clash
        .overlap
        .map(|overlap| format!(" {}", span_of(overlap, zone)));
    let message = format!(
        "{first} and {second} have both reserved {environment}{}",
        when.unwrap_or_default()
    );
    Finding::new(NAME, place(context, &clash.second), message)
        .also(place(context, &clash.first), first)
        .hint("move one of the reservations, or write `shared: true` on both")
}

fn place(context: &Context<'_>, booking: &Booking<'_>) -> Location {
    let planned = booking.reservation.value.planned.as_ref();
    let span = planned.map_or(booking.reservation.span, |planned| planned.span);
    context.plan.locate(booking.holder, span)
}
