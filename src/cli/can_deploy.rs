//! `trainboard can-deploy`: whether something may be deployed, for pipelines.

use std::io::Write as _;

use thiserror::Error;

use super::Outcome;
use super::arguments::{CanDeploy, Common, When};
use super::failure::Failure;
use super::lookup::{LookupError, find, typed};
use super::plan::{Judged, judged};
use super::screen::Screen;
use crate::lifecycle::Progress;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::{Doc, Kind, OfKind, Plan};
use crate::report::answers::can_deploy::Verdict;
use crate::schedule::{Asked, Schedule};
use crate::time::{Date, Instant};
use crate::world::clock;

/// The types that need no policy to be known.
const TYPES: &[&str] = &["major", "minor", "emergency"];

/// Why a question cannot be asked.
#[derive(Debug, Error)]
pub(super) enum QuestionError {
    /// Neither an environment nor a turnover is named.
    #[error("where is it deployed to?")]
    NoEnvironment,
    /// The turnover goes elsewhere.
    #[error("{turnover} goes to {goes}, not to {asked}")]
    Elsewhere {
        turnover: String,
        goes: String,
        asked: String,
    },
    /// The turnover is of another train.
    #[error("{turnover} is not of train {train}")]
    OtherTrain { turnover: String, train: String },
    /// The train or the turnover does not bring the application.
    #[error("{whole} does not bring {application}")]
    NotBrought {
        whole: String,
        application: String,
        brought: Vec<String>,
    },
    /// A time without a zone, in a plan that has none.
    #[error("{0} is no moment without a time zone")]
    NoZone(String),
}

impl QuestionError {
    /// Returns the action that mends it.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::NoEnvironment => Some("name the environment with `--environment`".to_owned()),
            Self::Elsewhere { .. } => {
                Some("leave `--environment` out, or name another turnover".to_owned())
            }
            Self::OtherTrain { .. } => {
                Some("leave `--train` out, or name another turnover".to_owned())
            }
            Self::NotBrought { brought, .. } if brought.is_empty() => None,
            Self::NotBrought { brought, .. } => Some(format!("it brings {}", brought.join(", "))),
            Self::NoZone(at) => Some(format!(
                "write `{at}Z` or `{at}+01:00`, or name a `timezone` in trainboard.yaml"
            )),
        }
    }
}

/// Runs the command.
pub(super) fn run(
    command: &CanDeploy,
    common: &Common,
    screen: &Screen,
) -> Result<Outcome, Failure> {
    let judged = judged(&command.plan, common, screen)?;
    let schedule = Schedule::new(&judged.plan);
    let asked = asked(command, common, &judged, &schedule)?;
    let progress = Progress::new(&judged.plan, judged.publication.as_of);
    let request = schedule.request(asked);
    let verdict = Verdict::of(&schedule, &progress, request, &judged.diagnostics);
    if !common.quiet {
        let mut out = screen.out();
        verdict.write(command.format.layout(screen), &mut out)?;
        out.flush()?;
    }
    Ok(match verdict.is_yes() {
        true => Outcome::Fine,
        false => Outcome::Faulty,
    })
}

/// Returns what `command` asks, in terms of the plan.
fn asked<'p>(
    command: &'p CanDeploy,
    common: &Common,
    judged: &'p Judged,
    schedule: &Schedule<'p>,
) -> Result<Asked<'p>, Failure> {
    let plan = &judged.plan;
    let train: Option<Doc<'p, Train>> = named(plan, command.train.as_deref())?;
    let turnover = turnover(plan, command.turnover.as_deref(), train)?;
    let environment = environment(plan, command.environment.as_deref(), turnover)?;
    let mut applications = Vec::new();
    for written in &command.application {
        applications.push(find(plan, &[Kind::Application], written)?);
    }
    applications.sort_unstable();
    applications.dedup();
    let r#type = command.r#type.as_deref().map(|name| known_type(plan, name));
    let by = command
        .by
        .as_deref()
        .map(|by| find(plan, &[Kind::Person, Kind::Team], by));
    let asked = Asked {
        environment,
        applications,
        r#type: r#type.transpose()?,
        train,
        turnover,
        by: by.transpose()?,
        start: start(command.at.as_ref(), common, schedule, environment)?,
        length: command.length,
    };
    all_brought(plan, schedule, &asked)?;
    Ok(asked)
}

fn named<'p, T: OfKind>(
    plan: &'p Plan,
    written: Option<&str>,
) -> Result<Option<Doc<'p, T>>, LookupError> {
    let id = written
        .map(|written| find(plan, &[T::KIND], written))
        .transpose()?;
    Ok(id.and_then(|id| plan.get(id)))
}

/// Returns the turnover that `written` means; of `train`, a short id will do.
fn turnover<'p>(
    plan: &'p Plan,
    written: Option<&str>,
    train: Option<Doc<'p, Train>>,
) -> Result<Option<Doc<'p, Turnover>>, Failure> {
    let of_train = written.zip(train).and_then(|(written, train)| {
        plan.find(Kind::Turnover, &format!("{}/{written}", train.document.id))
    });
    if let Some(id) = of_train {
        return Ok(plan.get(id));
    }
    let found = named::<Turnover>(plan, written)?;
    match (found, train) {
        (Some(turnover), Some(train)) if turnover.document.belongs.train != Some(train.id) => {
            Err(Failure::Question(QuestionError::OtherTrain {
                turnover: typed(plan, turnover.id),
                train: train.document.id.to_string(),
            }))
        }
        (found, _) => Ok(found),
    }
}

fn environment<'p>(
    plan: &'p Plan,
    written: Option<&str>,
    turnover: Option<Doc<'p, Turnover>>,
) -> Result<Doc<'p, Environment>, Failure> {
    let named = named::<Environment>(plan, written)?;
    let goes = turnover.and_then(|turnover| plan.follow(turnover.fields.environment.as_ref()));
    match (named, goes, turnover) {
        (Some(named), Some(goes), Some(turnover)) if named.id != goes.id => {
            Err(Failure::Question(QuestionError::Elsewhere {
                turnover: typed(plan, turnover.id),
                goes: goes.document.id.to_string(),
                asked: named.document.id.to_string(),
            }))
        }
        (named, goes, _) => named
            .or(goes)
            .ok_or(Failure::Question(QuestionError::NoEnvironment)),
    }
}

/// Returns the type `name` if the plan speaks of it: a policy describes it, something is of it, or a scope names it.
fn known_type<'p>(plan: &'p Plan, name: &'p str) -> Result<&'p str, LookupError> {
    use crate::plan::kinds::{freeze::Freeze, policy::Policy, window::Window};
    let described = plan.all::<Policy>().flat_map(|policy| {
        let applies = policy.fields.applies_to.iter().flat_map(|to| &to.types);
        let types = policy.fields.types.iter().map(|of| &*of.id.value);
        types.chain(applies.map(|name| &*name.value))
    });
    let given = plan
        .courses()
        .filter_map(|course| Some(&*course.r#type?.value));
    let freezes = plan
        .all::<Freeze>()
        .filter_map(|of| of.fields.scope.as_ref());
    let windows = plan
        .all::<Window>()
        .filter_map(|of| of.fields.scope.as_ref());
    let scoped = freezes.chain(windows).flat_map(|scope| {
        let left_out = scope.except.iter().flat_map(|except| &except.types);
        scope.types.iter().chain(left_out).map(|name| &*name.value)
    });
    let known = TYPES
        .iter()
        .copied()
        .chain(described)
        .chain(given)
        .chain(scoped);
    let known: Vec<_> = known.collect();
    match known.contains(&name) {
        true => Ok(name),
        false => Err(LookupError::unknown("type", name, known.into_iter())),
    }
}

/// Returns when the deployment begins: a day at its start and a time by the clocks of the environment; without either,
/// now, or the start of the day that counts as today where one is named.
fn start(
    at: Option<&When>,
    common: &Common,
    schedule: &Schedule<'_>,
    environment: Doc<'_, Environment>,
) -> Result<Instant, Failure> {
    let zone = schedule.zone(environment.id);
    match at {
        Some(When::Now) => Ok(clock::now()),
        Some(When::At(Date::Moment(moment))) => {
            let has_zone = schedule.plan().zone_of(environment.id).is_some();
            match moment.needs_zone() && !has_zone {
                true => Err(Failure::Question(QuestionError::NoZone(moment.to_string()))),
                false => Ok(moment.at(zone)),
            }
        }
        Some(When::At(date)) => Ok(date
            .days()
            .map_or_else(clock::now, |days| zone.start_of(days.first))),
        None => Ok(common
            .as_of
            .map_or_else(clock::now, |day| schedule.zone_of_plan().start_of(day))),
    }
}

/// Makes sure that the train or the turnover that is asked about brings each application that is.
fn all_brought(plan: &Plan, schedule: &Schedule<'_>, asked: &Asked<'_>) -> Result<(), Failure> {
    let (whole, releases) = match (asked.turnover, asked.train) {
        (Some(turnover), _) => (turnover.id, schedule.contents(turnover)),
        (None, Some(train)) => (train.id, schedule.releases_of(train.id).to_vec()),
        (None, None) => return Ok(()),
    };
    let brought = || {
        releases
            .iter()
            .filter_map(|release| release.document.belongs.application)
    };
    let missing = asked
        .applications
        .iter()
        .find(|asked| !brought().any(|it| it == **asked));
    let Some(&missing) = missing else {
        return Ok(());
    };
    Err(Failure::Question(QuestionError::NotBrought {
        whole: typed(plan, whole),
        application: plan.document(missing).id.to_string(),
        brought: brought()
            .map(|id| plan.document(id).id.to_string())
            .collect(),
    }))
}
