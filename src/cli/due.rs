//! `trainboard due`: what is late and what falls due, per owner.

use std::io::Write as _;

use super::Outcome;
use super::arguments::{Common, Due};
use super::failure::Failure;
use super::lookup::{LookupError, find};
use super::plan::{Judged, Strictness, judged};
use super::screen::Screen;
use crate::lifecycle::Owner;
use crate::lifecycle::Progress;
use crate::plan::{Kind, Plan};
use crate::report::answers::due::{Agenda, Question};
use crate::time::{Calendar, Day, Duration, civil};

/// Runs the command.
pub(super) fn run(command: &Due, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let judged = judged(&command.plan, common, screen)?;
    let (plan, today) = (&judged.plan, judged.publication.as_of);
    let owner = command.owner.as_deref().map(|owner| named(plan, owner));
    let of = command.train.as_deref();
    let of = of.map(|of| find(plan, &[Kind::Train, Kind::Release], of));
    let question = Question {
        until: until(plan, today, command.within),
        within: command.within.to_string(),
        owner: owner.transpose()?,
        of: of.transpose()?,
    };
    let progress = Progress::new(plan, today);
    let agenda = Agenda::of(plan, &progress, question);
    let mut out = screen.out();
    agenda.write(command.format.layout(screen), &mut out)?;
    out.flush()?;
    warn_of_errors(&judged, screen);
    Ok(match command.fail_late && agenda.late() > 0 {
        true => Outcome::Faulty,
        false => Outcome::Fine,
    })
}

/// Says that the plan has errors, which may hide something.
pub(super) fn warn_of_errors(judged: &Judged, screen: &Screen) {
    if judged.outcome(Strictness::Errors) == Outcome::Faulty {
        screen.warn(
            "the plan has errors, and what they hide is not told here: see `trainboard check`",
        );
    }
}

/// Returns the last day that is `within` of `today`, by the plan's own business days.
fn until(plan: &Plan, today: Day, within: Duration) -> Day {
    let calendar = plan
        .config
        .calendar
        .as_ref()
        .and_then(|calendar| calendar.target);
    let calendar = calendar.and_then(|calendar| plan.calendar(calendar));
    let midnight = today.0.to_datetime(civil::Time::midnight());
    let plain = Calendar::default();
    let last = calendar.unwrap_or(&plain).wall_after(midnight, within);
    last.map_or(today, |last| Day(last.date()))
}

/// Returns whom `written` names: a person, or a team; any name in a plan that lists neither.
fn named<'p>(plan: &Plan, written: &'p str) -> Result<Owner<'p>, LookupError> {
    let nobody = [Kind::Person, Kind::Team]
        .iter()
        .all(|kind| plan.of_kind(*kind).len() == 0);
    match nobody {
        true => Ok(Owner::Named(written)),
        false => find(plan, &[Kind::Person, Kind::Team], written).map(Owner::Known),
    }
}
