//! The trains of a timeline: a lane of the drawing and a group of the table each.

use std::borrow::Cow;

use super::{axis, bands, bar};
use crate::lifecycle::Step;
use crate::pages::parts::{Bar, Lane, State, Table, Timeline, Value};
use crate::pages::sections::milestone_state;
use crate::pages::view::View;
use crate::plan::{Course, DocId, Kind};
use crate::time::{Day, DayRange};

/// Returns what the timeline of the days `days` shows, as a table and as a drawing.
pub(super) fn lanes<'p>(
    view: &View<'p>,
    days: DayRange,
    title: String,
) -> (Table<'p>, Timeline<'p>) {
    let mut table = Table::new(
        "Trains, stage by stage",
        ["What", "Planned", "Actual", "State"],
    );
    let mut timeline = axis(view, days, title);
    timeline.bands = bands(view, days);
    for &train in view.portal.index_of(Kind::Train) {
        let told = view.portal.plan.course(train).zip(view.link(train));
        let Some((course, link)) = told else { continue };
        let mut rows = Vec::new();
        let mut lane = Lane {
            link,
            planned: Vec::new(),
            actual: Vec::new(),
            marks: Vec::new(),
        };
        stages(&view.of(train), days, course, &mut lane, &mut rows);
        milestones(view, days, train, &mut lane, &mut rows);
        if !rows.is_empty() {
            table.group(view.document(train));
            rows.into_iter().for_each(|row| table.row(row));
            timeline.lanes.push(lane);
        }
    }
    freezes(view, days, &mut table);
    (table, timeline)
}

/// Adds the stages of `course` that touch `days`: as planned, and as they were entered and left.
fn stages<'p>(
    view: &View<'p>,
    days: DayRange,
    course: Course<'p>,
    lane: &mut Lane<'p>,
    rows: &mut Vec<[Value<'p>; 4]>,
) {
    let portal = view.portal;
    let steps = portal.progress.history(course.id);
    let planned = portal.plan.planned_stages(&course);
    let mut names: Vec<&'p str> = planned.iter().map(|(name, _)| &*name.value).collect();
    for step in steps {
        if !names.contains(&&*step.to.value) {
            names.push(&step.to.value);
        }
    }
    let locale = portal.locale;
    for name in names {
        let title = stage_title(view, course.id, name);
        let word = locale.word(&title);
        let period = planned
            .iter()
            .find(|(of, _)| *of.value == *name)
            .map(|(_, period)| *period);
        let plan = period.and_then(|period| period.days());
        let label = locale.phrase("{stage}, planned", &[("stage", &word)]);
        let plan = plan.and_then(|shown| bar(days, shown, "planned", label));
        let came: Vec<Bar<'p>> = visits(view, course.id, steps, name)
            .filter_map(|shown| {
                let label = locale.phrase("{stage}, actual", &[("stage", &word)]);
                bar(days, shown, "actual", label)
            })
            .collect();
        if plan.is_none() && came.is_empty() {
            continue;
        }
        let named = plan.clone().map(|bar| Bar {
            name: word.to_owned(),
            ..bar
        });
        lane.planned.extend(named);
        lane.actual.extend(came);
        let entered = steps.iter().rev().find(|step| *step.to.value == *name);
        rows.push([
            Value::word(title.clone()),
            view.period(period),
            view.when(entered.and_then(|step| step.entry.value.date.as_ref())),
            state(view, course.id, name, entered.is_some()).into(),
        ]);
    }
}

/// Returns the days that a course spent in the stage `name`: each from the day on which it was entered to that on which
/// the next one was, or to today.
fn visits<'v, 'p: 'v>(
    view: &View<'p>,
    id: DocId,
    steps: &'v [Step<'p>],
    name: &'v str,
) -> impl Iterator<Item = DayRange> + use<'v, 'p> {
    let day = |step: &Step<'_>| Some(step.entry.value.date.as_ref()?.days()?.first);
    let today = view.as_of();
    let is_open = view.portal.plan.is_open(id);
    let visit = move |(at, step): (usize, &'v Step<'p>)| -> Option<DayRange> {
        let first: Day = day(step)?;
        let last = match steps.get(at + 1) {
            Some(next) => day(next)?,
            None if is_open => today,
            None => first,
        };
        Some(DayRange::new(first, last.max(first)))
    };
    let entered = steps.iter().enumerate();
    entered
        .filter(move |(_, step)| *step.to.value == *name)
        .filter_map(visit)
}

fn state<'p>(view: &View<'p>, id: DocId, stage: &str, is_entered: bool) -> State<'p> {
    let plan = view.portal.plan;
    State::new(match plan.stage_of(id) == Some(stage) {
        true if plan.is_open(id) => "running",
        _ if is_entered => "done",
        _ => "planned",
    })
}

/// Returns what a stage is called: as its model has it.
fn stage_title<'p>(view: &View<'p>, id: DocId, stage: &'p str) -> Cow<'p, str> {
    let model = view.portal.plan.model_of(id);
    let own = model.and_then(|model| {
        let stages = model.fields.stages.iter();
        let found = stages.into_iter().find(|of| *of.id.value == *stage)?;
        found.title.as_ref()
    });
    own.map_or_else(
        || State::new(stage).word,
        |title| Cow::Borrowed(&*title.value),
    )
}

fn milestones<'p>(
    view: &View<'p>,
    days: DayRange,
    train: DocId,
    lane: &mut Lane<'p>,
    rows: &mut Vec<[Value<'p>; 4]>,
) {
    for milestone in view.portal.plan.own_milestones(train) {
        let due = milestone.fields.due.as_ref();
        let shown = due
            .and_then(|due| due.days())
            .filter(|shown| shown.overlaps(days));
        let Some(shown) = shown.filter(|_| view.portal.path(milestone.id).is_some()) else {
            continue;
        };
        let own = view.of(milestone.id);
        let exact = shown.exact().map(DayRange::day);
        let label = milestone.document.title.to_string();
        lane.marks
            .extend(exact.and_then(|day| bar(days, day, "milestone", label)));
        rows.push([
            view.document(milestone.id),
            own.when(due),
            own.when(milestone.fields.done.as_ref()),
            milestone_state(&own, milestone).into(),
        ]);
    }
}

fn freezes<'p>(view: &View<'p>, days: DayRange, table: &mut Table<'p>) {
    let all = view
        .portal
        .agenda()
        .within(days)
        .filter(|of| of.sort.is_freeze());
    let mut is_first = true;
    for of in all {
        if std::mem::take(&mut is_first) {
            table.group(Value::word("Freezes"));
        }
        let severity = State::new(of.sort.slug()).worded(of.sort.word());
        let when = view.portal.dates().days(of.days.first.0, of.days.last.0);
        table.row([
            view.document(of.id),
            when.into(),
            Value::Empty,
            severity.into(),
        ]);
    }
}
