//! The answer of `trainboard can-deploy`: yes, or no with every reason, and when it would fit.
//!
//! A plan with errors can prove nothing about what they hide. So an error that touches the question is a reason to say no,
//! and every other one is not: `faults` tells which.

mod faults;
mod phrases;
mod signatures;

use std::io::{self, Write};

use serde::Serialize;

use super::super::place::Place;
use super::sheet::{Line, Section, Sheet, Tone, spot};
use super::{Layout, listed, name};
use crate::diagnostic::Diagnostic;
use crate::lifecycle::Progress;
use crate::plan::Plan;
use crate::plan::kinds::environment::EnvironmentStatus;
use crate::plan::parts::person::Who;
use crate::plan::value::Ref;
use crate::schedule::{Fit, Request, Schedule, WindowVerdict};
use crate::text::Location;
use crate::time::{Instant, InstantRange, Zone};

const VERSION: u32 = 1;

/// Whether something may be deployed.
#[derive(Clone, Debug)]
pub struct Verdict<'p> {
    schedule: &'p Schedule<'p>,
    as_of: crate::time::Day,
    request: Request<'p>,
    /// Why not. None means that it may.
    reasons: Vec<Reason>,
    /// What was not asked, and why.
    notes: Vec<String>,
    /// When its windows are open around it.
    open: Option<InstantRange>,
    /// The first time from then on at which only work is left, or else the first one before; only for a no.
    next: Option<Fit>,
}

/// Why something may not be deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reason {
    /// What sort of reason it is, for programs: a stable word.
    kind: &'static str,
    /// The fact.
    message: String,
    /// What it stands on.
    at: Location,
    /// What to do about it.
    hint: Option<String>,
    /// Whether a later time answers it.
    passes: Passes,
}

/// Whether a reason goes away by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Passes {
    /// It does, with time.
    WithTime,
    /// Somebody has to do something.
    WithWork,
}

impl<'p> Verdict<'p> {
    /// Returns the answer to `request` as of the day of `progress`, in a plan of which `check` says `diagnostics`.
    pub fn of(
        schedule: &'p Schedule<'p>,
        progress: &Progress<'p>,
        request: Request<'p>,
        diagnostics: &[Diagnostic],
    ) -> Self {
        let plan = schedule.plan();
        let objections = schedule.objections(&request, progress.day());
        let mut reasons = faults::of(plan, &request, diagnostics);
        reasons.extend(
            objections
                .iter()
                .map(|objection| phrases::reason(schedule, &request, objection)),
        );
        reasons.extend(signatures::missing(plan, progress, &request));
        let next = match reasons.is_empty() {
            true => None,
            false => next_fit(schedule, progress, &request),
        };
        let open = match schedule.windows_for(&request.target, request.whole).verdict {
            WindowVerdict::Inside(range) => Some(range),
            _ => None,
        };
        Self {
            schedule,
            as_of: progress.day(),
            notes: notes(plan, &request),
            request,
            reasons,
            open,
            next,
        }
    }

    /// Returns whether it may be deployed.
    pub fn is_yes(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Writes the answer; fails only when the writer does.
    ///
    /// The JSON object has `version`, `as_of`, `answer` (`yes` or `no`), `environment`, `applications`, `type`, `train`,
    /// `turnover`, `from` and `until` (the occupied time; `until` is null for a moment), `zone`, `reasons`, `notes` and
    /// `next_fit` (`from` and `until`, or null). A reason has a `reason`, a `message`, a `hint` and the place
    /// that it stands on, as in the machine format of `check`. The words of `reason` are `plan`,
    /// `environment-offline`, `environment-restricted`, `freeze`, `window-missing`, `window`, `window-cutoff`,
    /// `reservation`, `reservation-missing`, `reservation-outside`, `turnover-clash`, `dependency`, `dependency-late`,
    /// `dependency-version`, `promotion`, `turnover-status`, `acceptance`, `ended`, `on-hold`, `gate` and `change`.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        super::write(layout, || self.sheet(), &self.object(), out)
    }

    fn plan(&self) -> &'p Plan {
        self.schedule.plan()
    }

    fn zone(&self) -> &Zone {
        self.schedule.zone(self.request.environment.id)
    }

    fn sheet(&self) -> Sheet {
        let sources = &self.plan().sources;
        let line = |reason: &Reason| Line {
            text: reason.message.clone(),
            place: Some(spot(sources, reason.at)),
            hint: reason.hint.clone(),
        };
        let lines: Vec<_> = self.reasons.iter().map(line).collect();
        let (tone, answer, verb) = match self.is_yes() {
            true => (Tone::Good, "yes", "may go"),
            false => (Tone::Bad, "no", "may not go"),
        };
        let sections = match lines.is_empty() {
            true => Vec::new(),
            false => vec![Section {
                title: String::new(),
                lines,
            }],
        };
        let mut closing: Vec<_> = self.open_words().into_iter().collect();
        closing.extend(self.next_words());
        closing.extend(self.notes.iter().map(|note| format!("note: {note}")));
        Sheet {
            tone,
            headline: format!(
                "{answer}: {} {verb} to {} {}",
                self.subject(),
                self.request.environment.document.id,
                self.when()
            ),
            sections,
            closing,
        }
    }

    /// Returns what is deployed, for a sentence: `payments and web of train 2026-q4`, `turnover 2026-q4/production`.
    fn subject(&self) -> String {
        let (plan, request) = (self.plan(), &self.request);
        let of = match (request.turnover, request.train) {
            (Some(turnover), _) => Some(name(plan, turnover.id)),
            (None, Some(train)) => Some(name(plan, train)),
            (None, None) => None,
        };
        let r#type = match (
            request.target.parts.first().and_then(|part| part.r#type),
            &of,
        ) {
            (Some(r#type), None) => format!(" as {}", with_article(r#type)),
            _ => String::new(),
        };
        let applications = match self.request.asked.is_empty() {
            true => Vec::new(),
            false => self.applications(),
        };
        match (applications.as_slice(), of) {
            ([], Some(of)) => of,
            ([], None) => format!("a deployment{type}"),
            (applications, Some(of)) => format!("{} of {of}", listed(applications, "and")),
            (applications, None) => format!("{}{type}", listed(applications, "and")),
        }
    }

    /// Returns the applications that are deployed themselves, apart from those that they contain.
    fn applications(&self) -> Vec<&'p str> {
        let plan = self.plan();
        let of_releases = self.request.releases.iter();
        let of_releases = of_releases.filter_map(|release| release.document.belongs.application);
        let mut found: Vec<_> = match self.request.releases.is_empty() {
            true => self.request.asked.clone(),
            false => of_releases.collect(),
        };
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|id| &*plan.document(id).id).collect()
    }

    fn when(&self) -> String {
        let (zone, whole) = (self.zone(), self.request.whole);
        match self.request.is_moment() {
            true => zone.clock_words(whole.start),
            false => format!("{} {}", zone.range_words(whole), zone.name()),
        }
    }

    fn open_words(&self) -> Option<String> {
        let open = self.open.filter(|_| self.is_yes())?;
        Some(format!(
            "its windows are open until {}",
            self.zone().clock_words(open.end)
        ))
    }

    fn next_words(&self) -> Option<String> {
        if self.is_yes() {
            return None;
        }
        let Some(fit) = self.next else {
            return Some("next fit: none within two years".to_owned());
        };
        let start = self.zone().clock_words(fit.deployment.start);
        if fit.deployment.start < self.request.deployment.start {
            return Some(format!("it fits earlier: {start}"));
        }
        let work = |reason: &&Reason| reason.passes == Passes::WithWork;
        let work = self.reasons.iter().filter(work).count();
        Some(match work {
            0 => format!("next fit: {start}"),
            all if all == self.reasons.len() => {
                format!("the time fits: {start}, once all of this is answered")
            }
            _ => format!("next fit: {start}, once what time does not answer is answered"),
        })
    }

    fn object(&self) -> Object<'_> {
        let (plan, request, zone) = (self.plan(), &self.request, self.zone());
        let until = |range: InstantRange| (!request.is_moment()).then(|| written(zone, range.end));
        let reason = |reason: &Reason| ReasonObject {
            reason: reason.kind,
            message: reason.message.clone(),
            hint: reason.hint.clone(),
            at: Place::within(&plan.sources, reason.at),
        };
        let id = |id| &*plan.document(id).id;
        Object {
            version: VERSION,
            as_of: self.as_of.to_string(),
            answer: if self.is_yes() { "yes" } else { "no" },
            environment: &request.environment.document.id,
            applications: self.applications(),
            r#type: request.target.parts.first().and_then(|part| part.r#type),
            train: request.train.map(id),
            turnover: request.turnover.map(|turnover| id(turnover.id)),
            from: written(zone, request.whole.start),
            until: until(request.whole),
            zone: zone.name(),
            reasons: self.reasons.iter().map(reason).collect(),
            notes: &self.notes,
            next_fit: self.next.map(|fit| FitObject {
                from: written(zone, fit.whole.start),
                until: until(fit.whole),
            }),
        }
    }
}

/// The answer for programs: see [`Verdict::write`].
#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    as_of: String,
    answer: &'static str,
    environment: &'a str,
    applications: Vec<&'a str>,
    r#type: Option<&'a str>,
    train: Option<&'a str>,
    turnover: Option<&'a str>,
    from: String,
    until: Option<String>,
    zone: &'a str,
    reasons: Vec<ReasonObject<'a>>,
    notes: &'a [String],
    next_fit: Option<FitObject>,
}

#[derive(Serialize)]
struct ReasonObject<'a> {
    reason: &'static str,
    message: String,
    hint: Option<String>,
    #[serde(flatten)]
    at: Place<'a>,
}

#[derive(Serialize)]
struct FitObject {
    from: String,
    until: Option<String>,
}

/// Returns `instant` as RFC 3339 has it, by the clocks of `zone`.
fn written(zone: &Zone, instant: Instant) -> String {
    zone.zoned(instant)
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// Returns when `request` fits: from its own time on, else from the day of `progress` on.
fn next_fit(
    schedule: &Schedule<'_>,
    progress: &Progress<'_>,
    request: &Request<'_>,
) -> Option<Fit> {
    let today = schedule.zone_of_plan().start_of(progress.day());
    let later = schedule.fit_of(request, request.deployment.start);
    later.or_else(|| schedule.fit_of(request, today))
}

/// Returns what was not asked for want of somebody to ask.
fn notes(plan: &Plan, request: &Request<'_>) -> Vec<String> {
    let environment = request.environment;
    let id = &environment.document.id;
    let mut notes = Vec::new();
    let status = environment
        .fields
        .status
        .as_ref()
        .map(|status| status.value);
    if status == Some(EnvironmentStatus::Restricted) && request.by.is_none() {
        let promoters: Vec<_> = environment
            .fields
            .promoters
            .iter()
            .map(|by: &Ref<Who>| &*by.written)
            .collect();
        if !promoters.is_empty() {
            notes.push(format!(
                "only {} may deploy to {id}; say who does with `--by`",
                listed(&promoters, "and")
            ));
        }
    }
    match (request.turnover, request.train) {
        (None, Some(train)) => notes.push(format!(
            "no single turnover of {} to {id} is to come: promotion and acceptance were not asked; name one with \
             `--turnover`",
            name(plan, train)
        )),
        (None, None) => notes.push(
            "gates, needs, promotion and exceptions belong to a train or a turnover: name it with `--train` or \
             `--turnover`"
                .to_owned(),
        ),
        (Some(_), _) => {}
    }
    notes
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {word} release")
}
