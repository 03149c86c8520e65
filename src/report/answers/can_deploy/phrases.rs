//! Objections in words, each with the place that it stands on and what to do.

use super::super::{listed, name};
use super::{Passes, Reason};
use crate::plan::kinds::environment::EnvironmentStatus;
use crate::plan::kinds::turnover::TurnoverStatus;
use crate::plan::value::{Choices as _, Period};
use crate::plan::{DocId, Plan};
use crate::schedule::{
    AcceptanceFault, Booking, Broken, Dependency, ExceptionFault, ExceptionState, FreezeOccurrence,
    Needed, Objection, Passage, PassageState, Request, Schedule, VersionAnswer,
};
use crate::text::{Location, Span};
use crate::time::InstantRange;

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
            Objection::Offline | Objection::Restricted(_) => self.place_refuses(objection),
            Objection::Frozen {
                occurrence,
                exception,
            } => self.frozen(occurrence, exception),
            Objection::NoWindow(_)
            | Objection::OutsideWindows { .. }
            | Objection::AfterCutoff { .. } => self.shut(objection),
            Objection::Reserved(booking) => self.reserved(booking),
            Objection::Unreserved(holder) => Told::new(
                "reservation-missing",
                self.plan.head(*holder),
                format!(
                    "{} has not reserved {}",
                    self.name(*holder),
                    self.environment()
                ),
            )
            .hint("add it under `reservations`, with its time"),
            Objection::OutsideReservation(own) => self.outside_reservation(own),
            Objection::Occupied(turnover, occupied) => Told::new(
                "turnover-clash",
                self.plan.locate(turnover.id, occupied.period.span),
                format!(
                    "{} takes place there {}",
                    self.name(turnover.id),
                    self.range(occupied.whole)
                ),
            ),
            Objection::Broken(need, broken) => self.broken(need, broken),
            Objection::Early { need, allowed_from } => Told::new(
                "dependency-late",
                self.plan.locate(need.release.id, need.span),
                format!(
                    "{} needs {}, which allows it from {} on",
                    self.name(need.release.id),
                    self.needed(need),
                    self.zone().clock_words(*allowed_from)
                ),
            ),
            Objection::Version(need, answer) => self.version(need, answer),
            Objection::NotPromoted(passage) => self.not_promoted(passage),
            Objection::NotToCome(_) | Objection::NotAccepted(..) => self.not_ready(objection),
            Objection::Ended(_) | Objection::OnHold(_) => self.stopped(objection),
        }
    }

    fn place_refuses(&self, objection: &Objection<'p>) -> Told {
        let environment = self.request.environment;
        let status = environment.fields.status.as_ref();
        let at = self.at(environment.id, status.map(|status| status.span));
        match objection {
            Objection::Restricted(who) => {
                let message = match who {
                    Some(who) => format!(
                        "{} is restricted, and {} is none of its promoters",
                        self.environment(),
                        self.plan.document(*who).id
                    ),
                    None => format!(
                        "{} is restricted, and names no promoters",
                        self.environment()
                    ),
                };
                let promoters: Vec<_> = environment
                    .fields
                    .promoters
                    .iter()
                    .map(|by| &*by.written)
                    .collect();
                let told = Told::new("environment-restricted", at, message);
                match promoters.is_empty() {
                    true => told.hint("name them under `promoters`"),
                    false => told.hint(format!("its promoters are {}", listed(&promoters, "and"))),
                }
            }
            _ => Told::new(
                "environment-offline",
                at,
                format!(
                    "{} is {}",
                    self.environment(),
                    EnvironmentStatus::Offline.word()
                ),
            )
            .hint("write `status: available` once it is back"),
        }
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

    fn shut(&self, objection: &Objection<'p>) -> Told {
        match objection {
            Objection::NoWindow(policy) => {
                let windows = policy.fields.windows.as_ref().map(|windows| windows.span);
                let message = format!(
                    "no window governs it, and {} closes what has none",
                    self.name(policy.id)
                );
                Told::new("window-missing", self.at(policy.id, windows), message)
                    .hint("add a window that covers it")
            }
            Objection::AfterCutoff { opening, cutoff } => {
                let window = opening.window;
                let at = window.fields.cutoff.as_ref().map(|cutoff| cutoff.span);
                let message = format!(
                    "{} takes nothing new from {} on",
                    self.name(window.id),
                    self.zone().clock_words(*cutoff)
                );
                Told::new("window-cutoff", self.at(window.id, at), message)
            }
            Objection::OutsideWindows { windows, nearest } => {
                let names: Vec<_> = windows.iter().map(|window| &*window.document.id).collect();
                let which = match names.len() {
                    1 => format!("window {}", names[0]),
                    _ => format!("windows {}", listed(&names, "and")),
                };
                let nearest = nearest.map_or_else(
                    || "they do not open near to it".to_owned(),
                    |nearest| format!("the nearest opening is {}", self.range(nearest)),
                );
                let first = windows.first().map(|window| {
                    self.at(
                        window.id,
                        window.fields.starts.as_ref().map(|starts| starts.span),
                    )
                });
                let at = first.unwrap_or_else(|| self.plan.head(self.request.environment.id));
                Told::new("window", at, format!("it is outside of {which}: {nearest}"))
            }
            _ => Told::new(
                "window",
                self.plan.head(self.request.environment.id),
                String::new(),
            ),
        }
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
            (None, Some(course)) if course.document.kind == crate::plan::Kind::Train => {
                let id = &course.document.id;
                told.hint(format!("if this is its deployment, say `--train {id}`"))
            }
            _ => told.hint("agree on a time with them"),
        }
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

    fn not_ready(&self, objection: &Objection<'p>) -> Told {
        let environment = self.request.environment.id;
        match objection {
            Objection::NotToCome(turnover) => {
                let status = turnover.fields.status.as_ref();
                let at = self.at(turnover.id, status.map(|status| status.span));
                let word = status.map_or(TurnoverStatus::Cancelled.word(), |status| {
                    status.value.word()
                });
                let message = format!("{} is {word} already", self.name(turnover.id));
                let message = match status.map(|status| status.value) {
                    Some(TurnoverStatus::Deployed | TurnoverStatus::RolledBack) => message,
                    _ => message.trim_end_matches(" already").to_owned(),
                };
                Told::new("turnover-status", at, message).hint("plan another turnover")
            }
            Objection::NotAccepted(turnover, fault) => {
                let acceptance = turnover.fields.acceptance.as_ref();
                let decision = acceptance
                    .and_then(|it| it.decision.as_ref())
                    .map(|it| it.span);
                let status = turnover.fields.status.as_ref().map(|status| status.span);
                let at = self.at(turnover.id, decision.or(status));
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
            _ => Told::new(
                "turnover-status",
                self.plan.head(environment),
                String::new(),
            ),
        }
    }

    fn stopped(&self, objection: &Objection<'p>) -> Told {
        match objection {
            Objection::OnHold(id) => {
                let hold = self.plan.course(*id).and_then(|course| course.on_hold);
                let reason = hold.and_then(|hold| hold.reason.as_ref());
                let why = reason.map_or_else(String::new, |reason| format!(": {}", reason.value));
                let at = self.at(*id, reason.map(|reason| reason.span));
                Told::new("on-hold", at, format!("{} is on hold{why}", self.name(*id)))
            }
            Objection::Ended(id) => {
                let stage = self.plan.course(*id).and_then(|course| course.stage());
                let word = stage.map_or("ended", |stage| &*stage.value);
                let at = self.at(*id, stage.map(|stage| stage.span));
                Told::new("ended", at, format!("{} is {word}", self.name(*id)))
            }
            _ => Told::new(
                "ended",
                self.plan.head(self.request.environment.id),
                String::new(),
            ),
        }
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

    fn zone(&self) -> &crate::time::Zone {
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
