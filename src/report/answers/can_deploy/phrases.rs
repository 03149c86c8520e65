//! Objections in words, each with the place that it stands on and what to do.

use super::super::{listed, name};
use super::{Passes, Reason};
use crate::plan::kinds::policy::Policy;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::plan::value::{Choices as _, Period};
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::schedule::{
    AcceptanceFault, Booking, Broken, Dependency, ExceptionFault, ExceptionState, FreezeOccurrence,
    Needed, Objection, Occupied, Opening, Passage, PassageState, Request, Schedule, VersionAnswer,
};
use crate::text::{Location, Span};
use crate::time::{Instant, InstantRange, Zone};

/// Returns `objection` to `request` in words.
pub(super) fn reason(
    schedule: &Schedule<'_>,
    request: &Request<'_>,
    objection: &Objection<'_>,
) -> Reason {
    let phrase = Phrase {
        schedule,
        plan: schedule.plan(),
        request,
    };
    let told = phrase.told(objection);
    Reason {
        kind: told.kind,
        message: told.message,
        at: told.at,
        hint: told.hint,
        passes: match objection.passes_with_time() {
            true => Passes::WithTime,
            false => Passes::WithWork,
        },
    }
}

/// One objection, told.
struct Told {
    kind: &'static str,
    message: String,
    at: Location,
    hint: Option<String>,
}

impl Told {
    fn new(kind: &'static str, at: Location, message: String) -> Self {
        Self {
            kind,
            message,
            at,
            hint: None,
        }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

struct Phrase<'s, 'p> {
    schedule: &'s Schedule<'p>,
    plan: &'p Plan,
    request: &'s Request<'p>,
}

impl<'p> Phrase<'_, 'p> {
    fn told(&self, objection: &Objection<'p>) -> Told {
        match objection {
            Objection::Offline => self.offline(),
            Objection::Restricted(who) => self.restricted(*who),
            Objection::Frozen {
                occurrence,
                exception,
            } => self.frozen(occurrence, exception),
            Objection::NoWindow(policy) => self.no_window(*policy),
            Objection::OutsideWindows { windows, nearest } => self.outside(windows, *nearest),
            Objection::AfterCutoff { opening, cutoff } => self.after_cutoff(*opening, *cutoff),
            Objection::Reserved(booking) => self.reserved(booking),
            Objection::Unreserved(holder) => self.unreserved(*holder),
            Objection::OutsideReservation(own) => self.outside_reservation(own),
            Objection::Occupied(turnover, occupied) => self.occupied(*turnover, occupied),
            Objection::Broken(need, broken) => self.broken(need, broken),
            Objection::Early { need, allowed_from } => self.early(need, *allowed_from),
            Objection::Version(need, answer) => self.version(need, answer),
            Objection::NotPromoted(passage) => self.not_promoted(passage),
            Objection::NotToCome(turnover) => self.not_to_come(*turnover),
            Objection::NotAccepted(turnover, fault) => self.not_accepted(*turnover, *fault),
            Objection::Ended(id) => self.ended(*id),
            Objection::OnHold(id) => self.on_hold(*id),
        }
    }

    fn offline(&self) -> Told {
        let message = format!("{} is offline", self.environment());
        Told::new("environment-offline", self.status(), message)
            .hint("write `status: available` once it is back")
    }

    fn restricted(&self, who: Option<DocId>) -> Told {
        let promoters = self.request.environment.fields.promoters.iter();
        let promoters: Vec<_> = promoters.map(|by| &*by.written).collect();
        let (why, hint) = match who {
            Some(who) => (
                format!("{} is none of its promoters", self.plan.document(who).id),
                format!("its promoters are {}", listed(&promoters, "and")),
            ),
            None => (
                "names no promoters".to_owned(),
                "name them under `promoters`".to_owned(),
            ),
        };
        let message = format!("{} is restricted, and {why}", self.environment());
        Told::new("environment-restricted", self.status(), message).hint(hint)
    }

    fn frozen(&self, occurrence: &FreezeOccurrence<'p>, exception: &ExceptionState<'p>) -> Told {
        let freeze = occurrence.freeze;
        let (severity, id) = (freeze.fields.strictness().word(), &freeze.document.id);
        let held = self
            .schedule
            .zone(freeze.id)
            .range_words(occurrence.reach.outer());
        let frozen = format!("{severity} freeze {id} holds {held}");
        let at = self.period(freeze.id, freeze.fields.planned.as_ref());
        let told = |why: String| Told::new("freeze", at, format!("{frozen}, and {why}"));
        let ExceptionState::Faulty(exception, fault) = exception else {
            let hint = match self.request.train.or(self.request.turnover.map(|it| it.id)) {
                Some(of) => format!("add an exception document for {}, or wait", self.name(of)),
                None => "an exception is for a train, a release or a turnover: name it with `--train` or `--turnover`".to_owned(),
            };
            return told("no exception permits it".to_owned()).hint(hint);
        };
        let name = self.name(exception.id);
        let (why, hint) = match fault {
            ExceptionFault::Rejected => (
                format!("{name} was refused"),
                "wait, or ask again with new reasons",
            ),
            ExceptionFault::Reverted => (
                format!("{name} was taken back"),
                "wait, or ask again with new reasons",
            ),
            ExceptionFault::Undecided => (
                format!("{name} is not decided"),
                "have it decided, and write it under `decision`",
            ),
            ExceptionFault::Expired { ends } => {
                let ends = self.schedule.zone(exception.id).clock_words(*ends);
                (
                    format!("{name} ends {ends}"),
                    "have it extended, back-out reserve included",
                )
            }
            ExceptionFault::Late => (
                format!("{name} is decided only after it begins"),
                "begin after the decision",
            ),
            ExceptionFault::Partial { release } => (
                format!("{name} is not for {}", self.name(*release)),
                "add an exception for the other releases too, or deploy without them",
            ),
        };
        told(why).hint(hint)
    }

    fn no_window(&self, policy: Doc<'p, Policy>) -> Told {
        let windows = policy.fields.windows.as_ref().map(|windows| windows.span);
        let name = self.name(policy.id);
        let message = format!("no window governs it, and {name} closes what has none");
        Told::new("window-missing", self.at(policy.id, windows), message)
            .hint("add a window that covers it")
    }

    fn outside(&self, windows: &[Doc<'p, Window>], nearest: Option<InstantRange>) -> Told {
        let names: Vec<_> = windows.iter().map(|window| &*window.document.id).collect();
        let which = if names.len() == 1 {
            "window"
        } else {
            "windows"
        };
        let nearest = nearest.map_or_else(
            || "none opens near to it".to_owned(),
            |nearest| format!("the nearest opening is {}", self.range(nearest)),
        );
        let starts = |window: &Doc<'p, Window>| {
            self.at(
                window.id,
                window.fields.starts.as_ref().map(|starts| starts.span),
            )
        };
        let at = windows.first().map_or_else(|| self.status(), starts);
        let names = listed(&names, "and");
        Told::new(
            "window",
            at,
            format!("it is outside of {which} {names}: {nearest}"),
        )
    }

    fn after_cutoff(&self, opening: Opening<'p>, cutoff: Instant) -> Told {
        let window = opening.window;
        let at = window.fields.cutoff.as_ref().map(|cutoff| cutoff.span);
        let message = format!(
            "{} takes nothing new from {} on",
            self.name(window.id),
            self.zone().clock_words(cutoff)
        );
        Told::new("window-cutoff", self.at(window.id, at), message)
    }

    fn reserved(&self, booking: &Booking<'p>) -> Told {
        let holder = booking.holder;
        let reach = booking.reach.map(|reach| self.range(reach.outer()));
        let message = format!(
            "{} has reserved {} {}",
            self.name(holder),
            self.environment(),
            reach.unwrap_or_default()
        );
        let told = Told::new("reservation", self.booked(booking), message);
        let train = self.plan.document(holder).belongs.train.unwrap_or(holder);
        match (self.request.train, self.plan.course(train)) {
            (None, Some(course)) if course.document.kind == Kind::Train => {
                let id = &course.document.id;
                told.hint(format!("if this is its deployment, say `--train {id}`"))
            }
            _ => told.hint("agree on a time with them"),
        }
    }

    fn unreserved(&self, holder: DocId) -> Told {
        let message = format!(
            "{} has not reserved {}",
            self.name(holder),
            self.environment()
        );
        Told::new("reservation-missing", self.plan.head(holder), message)
            .hint("add it under `reservations`, with its time")
    }

    fn occupied(&self, turnover: Doc<'p, Turnover>, occupied: &Occupied<'p>) -> Told {
        let at = self.plan.locate(turnover.id, occupied.period.span);
        let (name, when) = (self.name(turnover.id), self.range(occupied.whole));
        Told::new(
            "turnover-clash",
            at,
            format!("{name} takes place there {when}"),
        )
    }

    fn early(&self, need: &Dependency<'p>, allowed_from: Instant) -> Told {
        let message = format!(
            "{} needs {}, which allows it from {} on",
            self.name(need.release.id),
            self.needed(need),
            self.zone().clock_words(allowed_from)
        );
        let at = self.plan.locate(need.release.id, need.span);
        Told::new("dependency-late", at, message)
    }

    fn outside_reservation(&self, own: &[Booking<'p>]) -> Told {
        let reserved: Vec<_> = own
            .iter()
            .filter_map(|booking| Some(self.range(booking.reach?.outer())))
            .collect();
        let holder = own
            .first()
            .map(|booking| self.name(booking.holder))
            .unwrap_or_default();
        let message = format!(
            "it is not all inside of what {holder} has reserved of {}: {}",
            self.environment(),
            listed(&reserved, "and")
        );
        let at = own.first().map(|booking| self.booked(booking));
        let at = at.unwrap_or_else(|| self.plan.head(self.request.environment.id));
        Told::new("reservation-outside", at, message)
            .hint("have the reservation extended, or keep to it")
    }

    fn broken(&self, need: &Dependency<'p>, broken: &Broken<'p>) -> Told {
        let (own, needed) = (self.name(need.release.id), self.needed(need));
        let why = match broken {
            Broken::Itself => "which is itself".to_owned(),
            Broken::Abandoned => "which was abandoned".to_owned(),
            Broken::Failed(turnover) => format!(
                "whose deployment did not succeed: {}",
                self.name(turnover.id)
            ),
            Broken::Overdue(dates) => {
                let due = self.zone().clock_words(dates.reach.end.latest);
                format!("which was due by {due} and is not done")
            }
        };
        let at = self.plan.locate(need.release.id, need.span);
        Told::new("dependency", at, format!("{own} needs {needed}, {why}"))
    }

    fn version(&self, need: &Dependency<'p>, answer: &VersionAnswer<'p>) -> Told {
        let (application, asked) = match need.needed {
            Needed::Version {
                application,
                constraint,
                ..
            } => (
                &*application.document.id,
                constraint.map(ToString::to_string).unwrap_or_default(),
            ),
            _ => ("something", String::new()),
        };
        let there = match &answer.found {
            Some(installed) => format!("will have {application} {}", installed.version),
            None => format!("is not known to have {application}"),
        };
        let message = format!(
            "{} needs {application} {asked}, and {} {there}",
            self.name(need.release.id),
            answer.environment.document.id
        );
        Told::new(
            "dependency-version",
            self.plan.locate(need.release.id, need.span),
            message,
        )
        .hint(format!("bring {application} {asked} there first"))
    }

    fn not_promoted(&self, passage: &Passage<'p>) -> Told {
        let before = &passage.environment.document.id;
        let names: Vec<_> = passage
            .releases
            .iter()
            .map(|(release, _)| &*release.document.id)
            .collect();
        let verb = if names.len() == 1 { "was" } else { "were" };
        let planned = passage.releases.iter().find_map(|(_, state)| match state {
            PassageState::Planned(turnover) => Some((*turnover, "has not been deployed")),
            PassageState::Differs { turnover, .. } => Some((*turnover, "deployed other artifacts")),
            PassageState::Passed(_) | PassageState::Skipped => None,
        });
        let because = planned.map_or_else(String::new, |(turnover, state)| {
            format!(": {} {state}", self.name(turnover.id))
        });
        let message = format!(
            "{} {verb} not promoted through {before}{because}",
            listed(&names, "and")
        );
        let own = self.request.turnover.map(|turnover| {
            self.at(
                turnover.id,
                turnover.fields.environment.as_ref().map(|of| of.span),
            )
        });
        let at = match planned {
            Some((turnover, _)) => self.at(
                turnover.id,
                turnover.fields.status.as_ref().map(|of| of.span),
            ),
            None => own.unwrap_or_else(|| self.plan.head(passage.environment.id)),
        };
        Told::new("promotion", at, message).hint(format!(
            "deploy to {before} first, and write `status: deployed` in that turnover"
        ))
    }

    fn not_to_come(&self, turnover: Doc<'p, Turnover>) -> Told {
        let status = turnover.fields.status.as_ref();
        let at = self.at(turnover.id, status.map(|status| status.span));
        let word = status.map_or("over", |status| status.value.word());
        let message = format!("{} is {word}", self.name(turnover.id));
        Told::new("turnover-status", at, message).hint("plan another turnover")
    }

    fn not_accepted(&self, turnover: Doc<'p, Turnover>, fault: AcceptanceFault) -> Told {
        let acceptance = turnover.fields.acceptance.as_ref();
        let decision = acceptance.and_then(|it| it.decision.as_ref());
        let status = turnover.fields.status.as_ref().map(|status| status.span);
        let at = self.at(turnover.id, decision.map(|it| it.span).or(status));
        let name = self.name(turnover.id);
        let (message, hint) = match fault {
            AcceptanceFault::Missing => (
                format!("nobody has accepted {name}"),
                "have operations accept it, and write it under `acceptance`",
            ),
            AcceptanceFault::Refused => (
                format!("the acceptance of {name} was refused"),
                "mend what was refused and ask again, or cancel it",
            ),
            AcceptanceFault::Unnamed => (
                format!("the acceptance of {name} does not say by whom"),
                "write under `by` who has accepted it",
            ),
            AcceptanceFault::Own => (
                format!("only its own author has accepted {name}"),
                "have another person accept it",
            ),
        };
        Told::new("acceptance", at, message).hint(hint)
    }

    fn on_hold(&self, id: DocId) -> Told {
        let hold = self.plan.course(id).and_then(|course| course.on_hold);
        let reason = hold.and_then(|hold| hold.reason.as_ref());
        let why = reason.map_or_else(String::new, |reason| format!(": {}", reason.value));
        let at = self.at(id, reason.map(|reason| reason.span));
        Told::new("on-hold", at, format!("{} is on hold{why}", self.name(id)))
    }

    fn ended(&self, id: DocId) -> Told {
        let stage = self.plan.course(id).and_then(|course| course.stage());
        let word = stage.map_or("over", |stage| &*stage.value);
        let at = self.at(id, stage.map(|stage| stage.span));
        Told::new("ended", at, format!("{} is {word}", self.name(id)))
    }

    fn status(&self) -> Location {
        let environment = self.request.environment;
        let status = environment.fields.status.as_ref();
        self.at(environment.id, status.map(|status| status.span))
    }

    fn name(&self, id: DocId) -> String {
        name(self.plan, id)
    }

    fn environment(&self) -> &'p str {
        &self.request.environment.document.id
    }

    fn needed(&self, need: &Dependency<'p>) -> String {
        match (need.needed.document(), &need.needed) {
            (Some(document), _) => self.name(document),
            (None, Needed::External(what)) => (*what).to_owned(),
            (None, _) => "something outside of the plan".to_owned(),
        }
    }

    fn zone(&self) -> &Zone {
        self.schedule.zone(self.request.environment.id)
    }

    fn range(&self, range: InstantRange) -> String {
        self.zone().range_words(range)
    }

    fn period(&self, id: DocId, period: Option<&Period>) -> Location {
        self.at(id, period.map(|period| period.span))
    }

    fn booked(&self, booking: &Booking<'p>) -> Location {
        let planned = booking.reservation.value.planned.as_ref();
        let span = planned.map_or(booking.reservation.span, |planned| planned.span);
        self.plan.locate(booking.holder, span)
    }

    fn at(&self, id: DocId, span: Option<Span>) -> Location {
        span.map_or_else(|| self.plan.head(id), |span| self.plan.locate(id, span))
    }
}
