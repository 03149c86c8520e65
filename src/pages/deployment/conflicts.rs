//! Which deployments a freeze meets, when a window opens next, and when an environment is free: as the schedule says.

use crate::pages::blocks;
use crate::pages::listing::{MOST_ROWS, document, nearness};
use crate::pages::parts::{Block, Empty, State, Table, Tone, Value};
use crate::pages::view::View;
use crate::plan::kinds::freeze::{Freeze, FreezeSeverity};
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::plan::{Doc, DocId};
use crate::schedule::{ExceptionFault, ExceptionState, FreezeConflict, is_cancelled};
use crate::time::{Duration, InstantRange, Landing};

use super::days_of;

/// How many openings of a window are told.
const MOST_OPENINGS: usize = 8;

/// How far ahead openings are looked for, in days.
const YEAR: i64 = 366;

/// How long a deployment takes for which a free slot is looked for.
const SLOT: Duration = Duration::seconds(4 * 3600);

/// Returns the turnovers that meet `freeze`, the next one first, each with whether it is permitted all the same.
pub(in crate::pages) fn met_by<'p>(view: &View<'p>, freeze: Doc<'p, Freeze>) -> Block<'p> {
    let (plan, schedule) = (view.portal.plan, &view.portal.schedule);
    let scope = freeze.fields.scope.as_ref();
    let shown = plan.all::<Turnover>().filter(|turnover| {
        let is_shown = view.portal.path(turnover.id).is_some() && !is_cancelled(turnover.fields);
        is_shown && schedule.covers(scope, &schedule.target(*turnover))
    });
    let mut met: Vec<(Doc<'p, Turnover>, FreezeConflict<'p>)> = Vec::new();
    for turnover in shown {
        let conflicts = schedule.freeze_conflicts(turnover).into_iter();
        let own = conflicts.filter(|conflict| conflict.freeze.id == freeze.id);
        met.extend(own.map(|conflict| (turnover, conflict)).take(1));
    }
    met.sort_by_key(|(turnover, _)| (nearness(view.as_of(), days_of(turnover)), turnover.id));
    let columns = ["Turnover", "Planned", "Train", "Permission", "Exception"];
    let mut table = Table::new("Turnovers that meet this freeze", columns);
    for (turnover, conflict) in met.iter().take(MOST_ROWS) {
        let (state, exception) = permission(view, conflict);
        table.row([
            view.document(turnover.id),
            view.of(turnover.id)
                .period(turnover.fields.planned.as_ref()),
            document(view, turnover.document.belongs.train),
            state,
            exception,
        ]);
    }
    let empty = Empty::new("No turnover meets this freeze", None);
    blocks::told(table).unwrap_or(Block::Empty(empty))
}

/// Returns whether a deployment in a freeze is permitted, why not, and by which exception.
fn permission<'p>(view: &View<'p>, conflict: &FreezeConflict<'p>) -> (Value<'p>, Value<'p>) {
    let tone = match conflict.severity {
        FreezeSeverity::Hard => Tone::Bad,
        _ => Tone::Warn,
    };
    match conflict.exception {
        ExceptionState::Valid(exception) => (
            State::new("approved").worded("Permitted").into(),
            view.document(exception.id),
        ),
        ExceptionState::Missing => (
            State::new("missing")
                .worded("No exception")
                .toned(tone)
                .into(),
            Value::Empty,
        ),
        ExceptionState::Faulty(exception, fault) => {
            let words = match fault {
                ExceptionFault::Rejected => "Refused",
                ExceptionFault::Reverted => "Taken back",
                ExceptionFault::Undecided => "Not decided yet",
                ExceptionFault::Expired { .. } => "Ends too early",
                ExceptionFault::Late => "Granted too late",
                ExceptionFault::Partial { .. } => "Not for all releases",
            };
            (
                State::new("conflict").worded(words).toned(tone).into(),
                view.document(exception.id),
            )
        }
    }
}

/// Returns when `window` opens next, and until when something may be started in it.
pub(in crate::pages) fn openings<'p>(view: &View<'p>, window: Doc<'p, Window>) -> Block<'p> {
    let schedule = &view.portal.schedule;
    let today = schedule.zone(window.id).start_of(view.as_of());
    let year = InstantRange::new(today, ahead(view, window.id));
    let columns = ["Open", "Start before", "Clocks"];
    let mut table = Table::new("The next openings", columns).with_distances();
    for opening in schedule.openings(window, year).iter().take(MOST_OPENINGS) {
        let clocks = match opening.occurrence.landing {
            Landing::Once(_) => Value::Empty,
            Landing::Skipped(_) => State::new("warning")
                .worded("Its start does not exist")
                .into(),
            Landing::Twice(_) => State::new("warning")
                .worded("Its start exists twice")
                .into(),
        };
        let cutoff = opening.cutoff.map(|cutoff| view.instant(cutoff).bare());
        table.row([
            view.range(opening.occurrence.instants),
            cutoff.unwrap_or(Value::Empty),
            clocks,
        ]);
    }
    let empty = Empty::new("It does not open in the next twelve months", None);
    blocks::told(table).unwrap_or(Block::Empty(empty))
}

/// Returns the end of the year that begins today, in the zone of the document `id`.
fn ahead(view: &View<'_>, id: DocId) -> crate::time::Instant {
    let day = view.as_of().plus(YEAR).unwrap_or(view.as_of());
    view.portal.schedule.zone(id).start_of(day)
}

/// Returns the first four hours from today on in which something could be deployed to `environment`; that there are none.
pub(in crate::pages) fn next_slot<'p>(view: &View<'p>, environment: DocId) -> Value<'p> {
    let schedule = &view.portal.schedule;
    let today = schedule.zone(environment).start_of(view.as_of());
    let target = schedule.target_of(environment, None, None);
    match schedule.next_fit_for(&target, SLOT, today) {
        Some(fit) => view.range(fit.deployment),
        None => Value::word("none within two years"),
    }
}
