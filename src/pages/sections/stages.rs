//! Where a train or a release stands: its stages as a track, and the schedule with what became of it.

use std::borrow::Cow;

use super::gates::{gate_state, title};
use crate::lifecycle::{Direction, GateState, Step as Judged};
use crate::pages::blocks;
use crate::pages::parts::{
    Align, Block, Column, Fact, Link, Section, Stage as TrackStage, State, Table, Tone, Value, When,
};
use crate::pages::view::View;
use crate::plan::address::schedule_address;
use crate::plan::kinds::model::ModelStage;
use crate::plan::parts::lifecycle::{Stage, Transition};
use crate::plan::value::{self, Choices, Item, Map, Period};
use crate::plan::{Course, Kind};

/// A stage that a course can be in.
#[derive(Clone, Debug)]
struct Step<'p> {
    /// Its id: `construction`.
    id: &'p str,
    /// Its name for people, where a model gives it one; see [`Step::title`].
    named: Option<&'p str>,
    /// The canonical stage that it stands for, when it stands for one.
    canonical: Option<Stage>,
}

impl<'p> Step<'p> {
    fn named(id: &'p str) -> Self {
        Self {
            id,
            named: None,
            canonical: Stage::of(id),
        }
    }

    fn of_model(stage: &'p Item<ModelStage>) -> Self {
        let step = Self::named(&stage.id.value);
        let canonical = stage.canonical.as_ref().map(|canonical| canonical.value);
        Self {
            named: stage.title.as_ref().map(|title| &*title.value),
            canonical: canonical.or(step.canonical),
            ..step
        }
    }

    /// Returns its name for people.
    fn title(&self) -> Cow<'p, str> {
        self.named
            .map_or_else(|| State::new(self.id).word, Cow::Borrowed)
    }

    /// Returns whether nothing comes after it.
    fn is_final(&self) -> bool {
        matches!(self.canonical, Some(Stage::Closed | Stage::Abandoned))
    }
}

/// The way of a course: its stages in order and how far it has come.
struct Way<'p> {
    steps: Vec<Step<'p>>,
    /// Where it stands among them; none before its first entry.
    at: Option<usize>,
}

impl<'p> Way<'p> {
    /// Returns the way of `course`: the stages of its model, else the canonical ones, then those that only it names.
    /// Nobody plans to abandon it, so that stage is on the way only once it has been entered.
    fn of(view: &View<'p>, course: Course<'p>) -> Self {
        let plan = view.portal.plan;
        let of_model = plan
            .model_of(course.id)
            .map(|model| &model.fields.stages)
            .filter(|stages| !stages.is_empty());
        let mut steps: Vec<_> = match of_model {
            Some(stages) => stages.iter().map(Step::of_model).collect(),
            None => Stage::CHOICES
                .iter()
                .map(|choice| Step::named(choice.word))
                .collect(),
        };
        let planned = course.schedule.iter().map(|(stage, _)| &*stage.value);
        let entered = course
            .history
            .iter()
            .filter_map(|entry| entry.value.stage.as_ref())
            .map(|stage| &*stage.value);
        for id in planned.chain(entered) {
            if !steps.iter().any(|step| step.id == id) {
                steps.push(Step::named(id));
            }
        }
        let current = plan.stage_of(course.id);
        steps.retain(|step| step.canonical != Some(Stage::Abandoned) || current == Some(step.id));
        let at = current.and_then(|current| steps.iter().position(|step| step.id == current));
        Self { steps, at }
    }

    /// Returns the stage `id`.
    fn step(&self, id: &str) -> Option<&Step<'p>> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Returns the stage that the course is in.
    fn current(&self) -> Option<&Step<'p>> {
        self.steps.get(self.at?)
    }

    /// Returns the stages that are still to come; none are once the course has ended.
    fn ahead(&self) -> &[Step<'p>] {
        match self.current() {
            Some(step) if step.is_final() => &[],
            _ => &self.steps[self.at.map_or(0, |at| at + 1)..],
        }
    }
}

/// Returns the entries of the history that entered the stage `id`, oldest first.
fn entries<'p>(course: Course<'p>, id: &str) -> Vec<&'p Transition> {
    let entries = course.history.iter().map(|entry| &entry.value);
    entries
        .filter(|entry| {
            entry
                .stage
                .as_ref()
                .is_some_and(|stage| *stage.value == *id)
        })
        .collect()
}

/// Returns the plan of a course by stages: its own, or that of its train.
fn schedule<'p>(view: &View<'p>, course: Course<'p>) -> &'p Map<Period> {
    let train = course.document.belongs.train;
    match train.and_then(|train| view.portal.plan.course(train)) {
        Some(train) if course.schedule.entries.is_empty() => train.schedule,
        _ => course.schedule,
    }
}

/// Returns the stage that a course is in, or that it is on hold in it. None before its first entry.
pub(in crate::pages) fn course_state<'p>(view: &View<'p>, course: Course<'p>) -> Option<State<'p>> {
    let way = Way::of(view, course);
    let step = way.current()?;
    if course.on_hold.is_some() && !step.is_final() {
        let locale = view.portal.locale;
        let words = locale.phrase(
            "On hold in {stage}",
            &[("stage", &locale.word(&step.title()))],
        );
        return Some(State::new("on-hold").worded(words));
    }
    let known = step.canonical.map_or(step.id, |canonical| canonical.word());
    let tone = State::new(known).tone;
    Some(State::new(step.id).worded(step.title()).toned(tone))
}

/// Returns the day on which a course was deployed, else when that is planned. Nothing once it ended without being
/// deployed.
pub(in crate::pages) fn deployment<'p>(view: &View<'p>, course: Course<'p>) -> Value<'p> {
    let way = Way::of(view, course);
    let is_deployment = |step: &&Step<'p>| step.canonical == Some(Stage::Deployment);
    if let Some(step) = way.ahead().iter().find(is_deployment) {
        return view.period(schedule(view, course).get(step.id));
    }
    let passed = way
        .steps
        .iter()
        .find(is_deployment)
        .and_then(|step| entries(course, step.id).pop());
    view.when(passed.and_then(|entry| entry.date.as_ref()))
}

/// Returns the first stage to come that has a date.
fn upcoming<'p>(view: &View<'p>, course: Course<'p>) -> Option<(Step<'p>, &'p Period)> {
    let schedule = schedule(view, course);
    Way::of(view, course)
        .ahead()
        .iter()
        .find_map(|step| Some((step.clone(), schedule.get(step.id)?)))
}

/// Returns when a course is planned to enter its next stage, and which one that is.
pub(in crate::pages) fn next_date<'p>(view: &View<'p>, course: Course<'p>) -> Value<'p> {
    upcoming(view, course).map_or(Value::Empty, |(step, period)| {
        Value::list([view.date(period.resolved.from()), Value::word(step.title())])
    })
}

/// Returns what [`next_date`] does, but nothing when [`deployment`] says it already.
pub(in crate::pages) fn next_stage<'p>(view: &View<'p>, course: Course<'p>) -> Value<'p> {
    match upcoming(view, course) {
        Some((step, _)) if step.canonical == Some(Stage::Deployment) => Value::Empty,
        _ => next_date(view, course),
    }
}

/// Returns the section about the stages: a pause, how it ended, the track, and the schedule as planned and as it came.
pub(in crate::pages) fn stages<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let on_hold = course.on_hold;
    let facts = [
        Fact::new(
            "On hold since",
            view.when(on_hold.and_then(|hold| hold.since.as_ref())),
        ),
        Fact::new(
            "Reason",
            view.text(on_hold.and_then(|hold| hold.reason.as_ref())),
        ),
        Fact::new("Outcome", view.state(course.outcome)),
    ];
    let way = Way::of(view, course);
    let track = track(view, course, &way);
    let track = (!track.is_empty()).then_some(Block::Track(track));
    blocks::section(
        "stages",
        "Stages",
        [
            blocks::facts(facts),
            track,
            blocks::told(timetable(view, course, &way)),
            timeline(view, course),
        ],
    )
}

/// Returns the way to the timeline on which a train stands beside the others; none for what has no stages with dates.
fn timeline<'p>(view: &View<'p>, course: Course<'p>) -> Option<Block<'p>> {
    let is_dated = !(course.schedule.entries.is_empty() && course.history.is_empty());
    (course.document.kind == Kind::Train && is_dated).then(|| {
        let words = view.portal.locale.word("Timeline of all trains");
        Block::More(Link::new(view.href(&schedule_address(None, None)), words))
    })
}

/// Returns the stages in a line; none when nothing is planned and nothing has been entered. A course that was abandoned
/// shows only how far it came.
fn track<'p>(view: &View<'p>, course: Course<'p>, way: &Way<'p>) -> Vec<TrackStage<'p>> {
    let schedule = schedule(view, course);
    if course.history.is_empty() && schedule.entries.is_empty() {
        return Vec::new();
    }
    let abandoned = way
        .current()
        .is_some_and(|step| step.canonical == Some(Stage::Abandoned));
    let stage = |(index, step): (usize, &Step<'p>)| {
        let entered = entries(course, step.id);
        let reached = entered
            .last()
            .filter(|_| way.at.is_some_and(|at| index <= at));
        let when = match reached {
            Some(entry) => view.when(entry.date.as_ref()),
            None => view.period(schedule.get(step.id)),
        };
        let state = State::new(progress(way, index, !entered.is_empty()));
        (!abandoned || reached.is_some()).then(|| TrackStage {
            title: step.title(),
            state,
            when: start(when),
        })
    };
    way.steps.iter().enumerate().filter_map(stage).collect()
}

/// Returns the stages of several courses beside each other: a row for each, a column for each stage.
pub(in crate::pages) fn stage_board<'p>(view: &View<'p>, courses: &[Course<'p>]) -> Table<'p> {
    let tracks = courses.iter().map(|&course| {
        let view = &view.of(course.id);
        (course.id, track(view, course, &Way::of(view, course)))
    });
    let tracks: Vec<_> = tracks.filter(|(_, track)| !track.is_empty()).collect();
    let mut titles: Vec<Cow<'p, str>> = Vec::new();
    for stage in tracks.iter().flat_map(|(_, track)| track) {
        if !titles.contains(&stage.title) {
            titles.push(stage.title.clone());
        }
    }
    let stages = titles.iter().map(|title| Column {
        label: title.clone(),
        align: Align::Start,
    });
    let columns = std::iter::once(Column::from("Train")).chain(stages);
    let mut table = Table::new("Stage board: the trains that are on their way", columns);
    for (id, track) in tracks {
        let cells = titles.iter().map(|title| {
            let stage = track.iter().find(|stage| stage.title == *title);
            stage.map_or(Value::Empty, |stage| {
                blocks::several([stage.state.clone().into(), stage.when.clone().into()])
            })
        });
        table.row(std::iter::once(view.document(id)).chain(cells));
    }
    table
}

/// Returns how the stage at `index` of `way` stands. The first one needs no entry: everything starts there.
fn progress(way: &Way<'_>, index: usize, entered: bool) -> &'static str {
    match way.at {
        Some(at) if index < at && (entered || index == 0) => "done",
        Some(at) if index < at => "skipped",
        Some(at) if index == at && way.steps[at].is_final() => "done",
        Some(at) if index == at => "running",
        _ => "planned",
    }
}

/// Returns the point in time at which `value` starts, when it is one or a stretch of time.
fn start(value: Value<'_>) -> Option<When> {
    match value {
        Value::When(when) => Some(when),
        Value::Period(period) => Some(period.from),
        _ => None,
    }
}

/// Returns the schedule with what became of it: a row for each entry of the history, oldest first, and one for each
/// stage that is planned and has not been entered.
fn timetable<'p>(view: &View<'p>, course: Course<'p>, way: &Way<'p>) -> Table<'p> {
    let columns = [
        "Stage",
        "Planned",
        "Entered",
        "Slip",
        "Left",
        "Move",
        "What is wrong",
        "Decided by",
        "Reason",
        "To act",
    ];
    let mut table = Table::new("Stages as planned and as entered", columns);
    let judged = view.portal.progress.history(course.id);
    let mut told: Vec<&str> = Vec::new();
    let last = course.history.len().checked_sub(1);
    for (index, entry) in course.history.iter().enumerate() {
        let named = entry.value.stage.as_ref();
        let Some(step) = named.and_then(|name| way.step(&name.value)) else {
            continue;
        };
        let is_first = !told.contains(&step.id);
        let visit = Visit {
            step,
            planned: course.schedule.get(step.id).filter(|_| is_first),
            entry: Some(&entry.value),
            judged: judged.iter().find(|judged| judged.index == index),
            left: (Some(index) == last)
                .then(|| left(view, course, step))
                .flatten(),
        };
        match is_first {
            true => table.anchored_row(blocks::anchored("stage", step.id), visit.row(view)),
            false => table.row(visit.row(view)),
        }
        told.push(step.id);
    }
    for step in way.steps.iter().filter(|step| !told.contains(&step.id)) {
        if let Some(planned) = course.schedule.get(step.id) {
            let visit = Visit {
                step,
                planned: Some(planned),
                entry: None,
                judged: None,
                left: None,
            };
            table.anchored_row(blocks::anchored("stage", step.id), visit.row(view));
        }
    }
    table
}

/// Returns how long the stage `step`, in which `course` is, is still planned to last.
fn left<'p>(view: &View<'p>, course: Course<'p>, step: &Step<'p>) -> Option<State<'p>> {
    let planned = schedule(view, course).get(step.id)?.days()?;
    if step.is_final() {
        return None;
    }
    let days = view.as_of().until(planned.last);
    let (slug, words) = match days {
        ..=-2 => ("overdue", "{n} days over"),
        -1 => ("overdue", "1 day over"),
        0 => ("due-soon", "last day"),
        1 => ("due-soon", "1 day left"),
        2..=7 => ("due-soon", "{n} days left"),
        _ => ("on-track", "{n} days left"),
    };
    let words = view.counted(words, days.unsigned_abs());
    Some(State::new(slug).worded(words))
}

/// One time that a stage was entered, or is to be.
struct Visit<'v, 'p> {
    step: &'v Step<'p>,
    planned: Option<&'p Period>,
    entry: Option<&'p Transition>,
    /// What became of the move.
    judged: Option<&'p Judged<'p>>,
    left: Option<State<'p>>,
}

impl<'p> Visit<'_, 'p> {
    fn row(self, view: &View<'p>) -> [Value<'p>; 10] {
        let entry = self.entry;
        let date = entry.and_then(|entry| entry.date.as_ref());
        let slip = self
            .planned
            .zip(date)
            .and_then(|(planned, date)| slip(view, planned, date));
        let judged = self.judged;
        [
            Value::word(self.step.title()),
            view.period(self.planned),
            view.when(date),
            slip.into(),
            self.left.into(),
            judged.map_or(Value::Empty, |judged| moved(view, judged)),
            judged.map_or(Value::Empty, faults),
            view.who(entry.and_then(|entry| entry.by.as_ref())),
            view.text(entry.and_then(|entry| entry.reason.as_ref())),
            view.who(entry.and_then(|entry| entry.addressee.as_ref())),
        ]
    }
}

/// Returns which way a move went, which stages it passed over, and whether it was in order.
fn moved<'p>(view: &View<'p>, judged: &'p Judged<'p>) -> Value<'p> {
    let locale = view.portal.locale;
    let way = match judged.direction {
        _ if !judged.faults.is_empty() => Some(State::new("broken").worded("Not in order")),
        Some(Direction::Return) => Some(State::new("returned").worded("Return")),
        Some(Direction::Abandon) => Some(State::new("abandoned").worded("Given up")),
        Some(Direction::Forward) => Some(State::new("done").worded("In order")),
        None => None,
    };
    let skipped = judged.skipped.iter().map(|(stage, allowed)| {
        let words = locale.phrase(
            "Skipped: {stage}",
            &[("stage", &locale.word(&State::new(*stage).word))],
        );
        let tone = if *allowed { Tone::Quiet } else { Tone::Bad };
        State::new("skipped").worded(words).toned(tone)
    });
    Value::list(
        way.into_iter()
            .chain(skipped)
            .chain(gates_then(view, judged)),
    )
}

fn faults<'p>(judged: &'p Judged<'p>) -> Value<'p> {
    Value::list(
        judged
            .faults
            .iter()
            .map(|fault| super::sentence(&fault.to_string())),
    )
}

/// Returns the gates through which a move went that were not simply passed when it was made.
fn gates_then<'p>(
    view: &View<'p>,
    judged: &'p Judged<'p>,
) -> impl Iterator<Item = State<'p>> + use<'p> {
    let view = *view;
    let unclear = judged
        .gates
        .iter()
        .filter(|result| result.state != GateState::Passed);
    unclear.map(move |result| {
        let (view, locale) = (&view, view.portal.locale);
        let state = gate_state(view, result);
        let (gate, word) = (title(result), locale.word(&state.word).to_owned());
        let words = locale.phrase("{gate}: {state}", &[("gate", &gate), ("state", &word)]);
        state.worded(words)
    })
}

/// Returns by how many days a stage was entered late or early; none when either day is not known.
fn slip<'p>(view: &View<'p>, planned: &Period, entered: &value::When) -> Option<State<'p>> {
    let days = crate::schedule::slip(planned, entered)?;
    let (slug, words) = match days {
        0 => ("on-track", "on time"),
        1 => ("slipped", "1 day late"),
        -1 => ("on-track", "1 day early"),
        2.. => ("slipped", "{n} days late"),
        _ => ("on-track", "{n} days early"),
    };
    Some(State::new(slug).worded(view.counted(words, days.unsigned_abs())))
}
