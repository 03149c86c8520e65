//! A need as pages tell it: what is needed, when it is there, how both are tied, and whether that holds; as cells of a
//! table, and as a line of a drawing.

use std::fmt::Display;

use super::milestones::milestone_state;
use super::release::tie;
use super::stages::course_state;
use crate::pages::blocks;
use crate::pages::parts::{Edge, Link, Mark, Node, State, Tone, Value};
use crate::pages::view::View;
use crate::plan::address::{DEPENDENCIES, page_address};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::parts::need::NeedType;
use crate::plan::value::Choices as _;
use crate::plan::{DocId, Kind};
use crate::schedule::{Bounds, Broken, Dependency, Fault, Needed, ReleaseDates};
use crate::time::DayRange;

/// Returns what is needed: the document, and for a version which and where.
pub(in crate::pages) fn needed<'p>(view: &View<'p>, need: &Dependency<'p>) -> Value<'p> {
    match need.needed {
        Needed::External(text) => view.of(need.release.id).prose(text).into(),
        Needed::Version {
            application,
            constraint,
            environment,
        } => blocks::several([
            view.document(application.id),
            constraint.map_or(Value::Empty, |of| Value::code(of.to_string())),
            environment.map_or(Value::Empty, |of| view.document(of.id)),
        ]),
        _ => need
            .needed
            .document()
            .map_or(Value::Empty, |id| view.document(id)),
    }
}

/// Returns how a need stands: what is wrong with it, or that it is there, in time, or nobody knows.
pub(in crate::pages) fn need_state<'p>(view: &View<'p>, need: &Dependency<'p>) -> State<'p> {
    let schedule = &view.portal.schedule;
    if let Some(fault) = schedule.fault(need, view.as_of()) {
        return fault_state(&fault);
    }
    if !schedule.is_awaited(need) {
        return State::new("over");
    }
    if schedule.is_met(need) {
        return State::new("done");
    }
    match (need.needed, schedule.lead(need)) {
        (Needed::External(_), _) => State::new("outside").worded("Outside of the plan"),
        (_, Some(_)) => State::new("on-track").worded("In time"),
        (_, None) => State::new("no-date").worded("No date known"),
    }
}

/// What a need in a loop is called.
pub(in crate::pages) const LOOP: &str = "In a loop";

fn fault_state<'p>(fault: &Fault<'_>) -> State<'p> {
    let (slug, word) = match fault {
        Fault::Late(_) => ("late", "Planned too late"),
        Fault::Loop => ("broken", LOOP),
        Fault::Unmet(Broken::Itself) => ("broken", "Needs itself"),
        Fault::Unmet(Broken::Abandoned) => ("broken", "Abandoned"),
        Fault::Unmet(Broken::Failed(_)) => ("failed", "Its deployment failed"),
        Fault::Unmet(Broken::Overdue(_)) => ("overdue", "Due, and not done"),
        Fault::Version(_) => ("missing", "Another version is there"),
        Fault::Unsaid => ("missing", "Not said what"),
        Fault::UnknownPlan(_) => ("missing", "Its plan is not imported"),
    };
    State::new(slug).worded(word)
}

/// Returns whether a need in this state is broken.
pub(in crate::pages) fn is_broken(state: &State<'_>) -> bool {
    state.tone == Tone::Bad
}

/// Returns the cells of a need: what is needed, the tie, when it is there, when the release needs it, the lead and the
/// state.
pub(in crate::pages) fn need_cells<'p>(
    view: &View<'p>,
    need: &Dependency<'p>,
    state: State<'p>,
) -> [Value<'p>; 6] {
    let schedule = &view.portal.schedule;
    let own = view.of(need.release.id);
    let ends = |dates: ReleaseDates<'p>| need.bound(dates.reach);
    let by = schedule.release_dates(need.release.id).map(ends);
    [
        needed(view, need),
        tied(&own, need),
        there(view, need),
        by.map_or(Value::Empty, |by| bounds(view, need.release.id, by)),
        lead(view, schedule.lead(need).filter(|_| state.slug != "over")),
        state.into(),
    ]
}

/// Returns how both are tied, with the lag.
fn tied<'p>(own: &View<'p>, need: &Dependency<'p>) -> Value<'p> {
    let together = need.need.value.together;
    blocks::several([
        match need.needed {
            Needed::Version { .. } => Value::Empty,
            _ => Value::word(tie(&need.need.value)),
        },
        own.lag(
            need.need
                .value
                .lag
                .as_ref()
                .filter(|_| !need.lag().is_zero()),
        ),
        match together {
            true => Value::word("in the same turnover"),
            false => Value::Empty,
        },
    ])
}

/// Returns when what is needed is there; for a version, which one will be and since when.
fn there<'p>(view: &View<'p>, need: &Dependency<'p>) -> Value<'p> {
    let schedule = &view.portal.schedule;
    let Needed::Version { environment, .. } = need.needed else {
        let dates = schedule.needed_dates(&need.needed);
        let id = need.needed.document();
        return dates.zip(id).map_or(Value::Empty, |(dates, id)| {
            bounds(view, id, need.binding(dates.reach))
        });
    };
    let answers = schedule.version_answers(need);
    let told = answers.iter().map(|answer| {
        let place =
            environment.map_or_else(|| view.document(answer.environment.id), |_| Value::Empty);
        match answer.found {
            Some(found) => {
                let version = match found.release {
                    Some(release) => view.named(release.id, found.version),
                    None => Value::code(found.version),
                };
                blocks::several([version, place])
            }
            None => blocks::several([Value::word("nothing known"), place]),
        }
    });
    Value::list(told)
}

/// Returns by how much something can slip before what waits for it has to move; that it is too late already.
pub(in crate::pages) fn lead<'p>(view: &View<'p>, seconds: Option<i64>) -> Value<'p> {
    match seconds {
        None => Value::Empty,
        Some(0) => Value::word("none"),
        Some(seconds @ 1..) => view.seconds(in_days(seconds, 0)),
        Some(seconds) => Value::list([
            State::new("late").worded("Too late by").into(),
            view.seconds(in_days(-seconds, DAY - 120)),
        ]),
    }
}

const DAY: i64 = 24 * 60 * 60;

/// Returns `seconds` in whole days where they are many, after `more` of them: nobody counts the minutes of a week.
fn in_days(seconds: i64, more: i64) -> i64 {
    match seconds > 2 * DAY - 120 {
        true => (seconds + more) / DAY * DAY,
        false => seconds,
    }
}

/// Returns a moment of the document `id`, or the days on which it can be.
fn bounds<'p>(view: &View<'p>, id: DocId, of: Bounds) -> Value<'p> {
    let own = view.of(id);
    if of.earliest == of.latest {
        return own.instant(of.latest).bare();
    }
    let zone = view.portal.schedule.zone(id);
    let days = DayRange::new(zone.day(of.earliest), zone.day(of.latest));
    Value::from(view.portal.dates().days(days.first.0, days.last.0)).bare()
}

/// Returns the days on which the train, release or milestone `id` is planned or, without a plan, last moved.
pub(in crate::pages) fn when_of(view: &View<'_>, id: DocId) -> Option<DayRange> {
    let (plan, schedule) = (view.portal.plan, &view.portal.schedule);
    if let Some(milestone) = plan.get::<Milestone>(id) {
        let when = milestone
            .fields
            .done
            .as_ref()
            .or(milestone.fields.due.as_ref());
        return when?.days();
    }
    let dates = match plan.document(id).kind {
        Kind::Release => schedule.release_dates(id),
        Kind::Train => schedule.train_dates(id),
        _ => None,
    };
    let planned = dates.map(|dates| schedule.days(id, dates.reach.outer()));
    planned.or_else(|| {
        let last = plan.course(id)?.history.last()?;
        last.value.date.as_ref()?.days()
    })
}

/// Returns the days of [`when_of`] as a date.
pub(in crate::pages) fn planned<'p>(view: &View<'p>, id: DocId) -> Value<'p> {
    when_of(view, id).map_or(Value::Empty, |days| {
        Value::from(view.portal.dates().days(days.first.0, days.last.0)).bare()
    })
}

/// Returns a link from the page of one of `of` to the map on which it is.
pub(in crate::pages) fn map_link<'p>(view: &View<'p>, of: &[DocId]) -> Link<'p> {
    let plan = view.portal.plan;
    let release = of
        .iter()
        .find(|id| plan.document(**id).kind == Kind::Release);
    let train = release.and_then(|id| plan.document(*id).belongs.train);
    let has_map = |train: &DocId| {
        let mut releases = view.portal.schedule.releases_of(*train).iter();
        releases.any(|of| {
            view.portal.path(of.id).is_some() && !view.portal.schedule.needs_of(of.id).is_empty()
        })
    };
    let path = match train.filter(has_map) {
        Some(train) => plan.needs_address(Some(train), 1),
        None => page_address(DEPENDENCIES, 1),
    };
    Link::new(
        view.href(&path),
        view.portal.locale.word("Map of dependencies"),
    )
}

/// Returns the document `id` on a drawing. One that is not published has its id alone.
pub(in crate::pages) fn node<'p>(view: &View<'p>, id: DocId) -> Node<'p> {
    let (plan, locale) = (view.portal.plan, view.portal.locale);
    let document = plan.document(id);
    let slug = match document.kind {
        Kind::Milestone => "milestone",
        Kind::Train => "train",
        Kind::Application => "application",
        _ => "release",
    };
    let link = view.link(id);
    let is_shown = link.is_some();
    let own = view.of(id);
    let state = match plan.get::<Milestone>(id) {
        Some(milestone) => Some(milestone_state(&own, milestone)),
        None => plan
            .course(id)
            .and_then(|course| course_state(&own, course)),
    };
    let state = state.filter(|_| is_shown).map(|state| State {
        word: locale.word(&state.word).to_owned().into(),
        ..state
    });
    let days = when_of(view, id).filter(|_| is_shown);
    let dates = view.portal.dates();
    let note = days.map_or_else(String::new, |days| dates.brief(days.last.0));
    let day = days.map_or_else(String::new, |days| dates.day(days.last.0).text);
    let name = match is_shown {
        true => document.title.to_string(),
        false => document.short_id().to_owned(),
    };
    let told = [&*name, &*day].into_iter();
    let word = state.iter().map(|state| &*state.word);
    let label: Vec<&str> = told.chain(word).filter(|of| !of.is_empty()).collect();
    let label = label.join(", ");
    Node {
        link,
        slug,
        name,
        note,
        state,
        label,
    }
}

/// What a line of a drawing begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pages) enum Provider<'p> {
    /// A document.
    Document(DocId),
    /// Something outside of the plan.
    Outside(&'p str),
}

impl<'p> Provider<'p> {
    /// Returns what `need` waits for: for a version, the release that brings it, where that is known.
    pub(in crate::pages) fn of(view: &View<'p>, need: &Dependency<'p>) -> Option<Self> {
        if let Needed::External(text) = need.needed {
            return Some(Self::Outside(text.trim()));
        }
        let providers = view.portal.schedule.providers(need);
        let is_release = |id: &&DocId| view.portal.plan.document(**id).kind == Kind::Release;
        let release = providers.iter().find(is_release).copied();
        release.or(need.needed.document()).map(Self::Document)
    }

    /// Returns it as a node of a drawing.
    pub(in crate::pages) fn node(self, view: &View<'p>) -> Node<'p> {
        match self {
            Self::Document(id) => node(view, id),
            Self::Outside(text) => outside(text),
        }
    }
}

/// Returns what the marks of a drawing mean.
pub(in crate::pages) fn legend<'p>(marks: &[(&'static str, &'static str)]) -> Vec<Mark<'p>> {
    let mark = |&(slug, word): &(&'static str, &'static str)| Mark {
        slug,
        word: word.into(),
        link: None,
    };
    marks.iter().map(mark).collect()
}

/// Returns something outside of the plan on a drawing.
fn outside<'p>(text: &str) -> Node<'p> {
    Node {
        link: None,
        slug: "outside",
        name: text.to_owned(),
        note: String::new(),
        state: None,
        label: text.to_owned(),
    }
}

/// Returns the line of a drawing between the nodes `from` and `to` that stands for `need`.
pub(in crate::pages) fn arc<'p>(
    view: &View<'p>,
    need: &Dependency<'p>,
    state: &State<'p>,
    (from, to): (usize, usize),
) -> Edge {
    let locale = view.portal.locale;
    let plan = view.portal.plan;
    let slug = match &*state.slug {
        _ if is_broken(state) => "broken",
        "over" => "over",
        _ => "kept",
    };
    let what = match need.needed {
        Needed::External(text) => text,
        _ => need
            .needed
            .document()
            .map_or("", |id| match view.portal.path(id) {
                Some(_) => &plan.document(id).title,
                None => plan.document(id).short_id(),
            }),
    };
    let word = locale.word(&state.word);
    let values: [(&str, &dyn Display); 3] = [
        ("release", &need.release.document.title),
        ("needed", &what),
        ("state", &word),
    ];
    let version = match need.needed {
        Needed::Version { constraint, .. } => constraint.map(ToString::to_string),
        _ => None,
    };
    let kind = (need.kind() != NeedType::FinishToStart).then(|| need.kind().word().to_owned());
    let together = need.need.value.together.then(|| "=".to_owned());
    let lag = (!need.lag().is_zero()).then(|| match need.lag().to_string() {
        lag if lag.starts_with('-') => lag,
        lag => format!("+{lag}"),
    });
    let name: Vec<String> = [version, kind, together, lag]
        .into_iter()
        .flatten()
        .collect();
    Edge {
        from,
        to,
        slug,
        name: name.join(" "),
        label: locale.phrase("{release} needs {needed}: {state}", &values),
    }
}
