//! The burn-up of a train: its criteria met over time, as a chart in steps and as the table of the same steps.

use crate::lifecycle::{BurnUp, Tallied};
use crate::pages::axis;
use crate::pages::blocks;
use crate::pages::parts::{
    Block, Chart, Column, Empty, Fact, Mark, Milepost, Section, Steps, Table, Tally, Tick, Value,
};
use crate::pages::sections::title;
use crate::pages::view::View;
use crate::plan::kinds::train::Train;
use crate::plan::value::When;
use crate::plan::{Course, Doc};
use crate::time::{Day, DayRange};

/// How many steps are told before those of a week, and then those of a month, are told as one.
const MOST_STEPS: usize = 24;

/// Returns the section about how the criteria of `train` and its releases were met over time.
pub(super) fn section<'p>(view: &View<'p>, train: Doc<'p, Train>) -> Section<'p> {
    let portal = view.portal;
    let counts = |id| portal.path(id).is_some();
    let burn_up = portal.progress.burn_up(train.id, counts);
    let section = Section::new("burn-up", "Criteria met over time");
    if burn_up.today.of == 0 {
        return section;
    }
    let steps = thinned(&burn_up.days);
    let facts = blocks::facts(facts(view, train, &burn_up));
    let section = facts.into_iter().fold(section, Section::block);
    if steps.is_empty() {
        let how = view.prose("Add `evidence` with its `date` to the criteria.");
        let empty = Empty::new("No criterion that is met has a day", Some(how));
        return section.block(Block::Empty(empty));
    }
    section
        .block(Block::Chart(chart(view, train, &steps)))
        .block(Block::Table(table(view, &steps)))
}

/// Returns where the criteria stand today, what has no day, and what comes next.
fn facts<'p>(view: &View<'p>, train: Doc<'p, Train>, burn_up: &BurnUp) -> Vec<Fact<'p>> {
    let Tallied { met, of } = burn_up.today;
    let undated = (burn_up.undated > 0).then(|| {
        let locale = view.portal.locale;
        locale.phrase(
            "{n} are met without a day and stand on no day of the chart",
            &[("n", &burn_up.undated)],
        )
    });
    let next = next_gate(view, train).map(|(name, due)| Value::list([name.into(), view.day(due)]));
    vec![
        Fact::new("Before the deployment", Tally { count: met, of }),
        Fact::new("Without a day", undated),
        Fact::new("Next gate", next),
        Fact::new("Deployment", planned(view, train).map(|day| view.day(day))),
    ]
}

/// Returns the next gate of the train that is not passed and has a day to come.
fn next_gate<'p>(view: &View<'p>, train: Doc<'p, Train>) -> Option<(String, Day)> {
    let gates = view.portal.progress.gates_to_deployment(train.id);
    let open = gates.filter(|gate| !gate.is_passed());
    let dated = open.filter_map(|gate| {
        let due = gate.gate.due().and_then(When::days)?.last;
        (due >= view.as_of()).then(|| (title(gate).into_owned(), due))
    });
    let next = dated.min_by_key(|(_, due)| *due);
    next.map(|(name, due)| (view.portal.locale.word(&name).to_owned(), due))
}

/// Returns the day on which the train is planned to be deployed.
fn planned(view: &View<'_>, train: Doc<'_, Train>) -> Option<Day> {
    let (period, _) = view.portal.plan.deployment_of(&Course::from(train))?;
    Some(period.days()?.first)
}

/// Returns the last of `days` in each week where there are too many, and in each month where there still are.
fn thinned(days: &[(Day, Tallied)]) -> Vec<(Day, Tallied)> {
    let last_of = |key: &dyn Fn(Day) -> (i16, i8)| {
        let is_last = |at: usize| {
            let next = days.get(at + 1);
            next.is_none_or(|(next, _)| key(*next) != key(days[at].0))
        };
        let kept = days.iter().enumerate().filter(|(at, _)| is_last(*at));
        kept.map(|(_, day)| *day).collect::<Vec<_>>()
    };
    if days.len() <= MOST_STEPS {
        return days.to_vec();
    }
    let weekly = last_of(&|day| {
        let week = day.0.iso_week_date();
        (week.year(), week.week())
    });
    match weekly.len() > MOST_STEPS {
        true => last_of(&|day| (day.0.year(), day.0.month())),
        false => weekly,
    }
}

fn chart<'p>(view: &View<'p>, train: Doc<'p, Train>, steps: &[(Day, Tallied)]) -> Chart<'p> {
    let today = view.as_of();
    let (first, last) = (steps[0].0, steps[steps.len() - 1].0);
    let next = next_gate(view, train);
    let planned = planned(view, train);
    let ahead = next
        .as_ref()
        .map(|(_, due)| *due)
        .into_iter()
        .chain(planned);
    // What ended long ago is shown until its last step and its deployment, and not until today.
    let is_open = view.portal.plan.is_open(train.id);
    let end = ahead.chain(is_open.then_some(today)).fold(last, Day::max);
    let days = DayRange::new(Day(first.0.first_of_month()), Day(end.0.last_of_month()));
    let at = |day: Day| days.first.until(day);
    let until = at(if is_open { today } else { end });
    let line = |slug: &'static str, count: fn(&Tallied) -> usize, end| Steps {
        slug,
        points: steps
            .iter()
            .map(|(day, tallied)| (at(*day), count(tallied)))
            .collect(),
        end,
        is_filled: slug == "met",
    };
    let milepost = |slug, day: Day, label: &str| Milepost {
        slug,
        tick: Tick {
            at: at(day),
            label: label.to_owned(),
        },
    };
    let locale = view.portal.locale;
    let next = next.map(|(name, due)| milepost("due", due, &name));
    let deployment = planned.map(|day| milepost("due", day, locale.word("Deployment")));
    let now = days
        .contains(today)
        .then(|| milepost("today", today, locale.word("Today")));
    let dates = view.portal.dates();
    let (from, to) = (dates.day(days.first.0).text, dates.day(days.last.0).text);
    let ends: [(&str, &dyn std::fmt::Display); 2] = [("from", &from), ("to", &to)];
    let legend = [("met", "Met"), ("of", "All criteria"), ("today", "Today")];
    Chart {
        title: locale.phrase("Criteria met from {from} to {to}", &ends),
        legend: legend
            .map(|(slug, word)| Mark {
                slug,
                word: word.into(),
                link: None,
            })
            .into(),
        days: days.count(),
        most: steps
            .iter()
            .map(|(_, tallied)| tallied.of)
            .max()
            .unwrap_or(0),
        ticks: axis::ticks(view, days),
        lines: vec![
            line("of", |tallied| tallied.of, at(end) + 1),
            line("met", |tallied| tallied.met, until),
        ],
        marks: [now, next, deployment].into_iter().flatten().collect(),
        svg: String::new(),
    }
}

fn table<'p>(view: &View<'p>, steps: &[(Day, Tallied)]) -> Table<'p> {
    let columns = [
        Column::from("Day"),
        Column::number("Met by then"),
        Column::number("Of"),
        Column::number("Newly met"),
        Column::number("Added or dropped"),
    ];
    let mut table = Table::new("Criteria by the day on which a count changed", columns);
    let mut before = Tallied::default();
    for &(day, tallied) in steps {
        table.row([
            view.day(day),
            blocks::count(tallied.met),
            blocks::count(tallied.of),
            change(before.met, tallied.met),
            change(before.of, tallied.of),
        ]);
        before = tallied;
    }
    table
}

/// Returns by how much a count changed; nothing where it did not.
fn change<'p>(before: usize, after: usize) -> Value<'p> {
    let count = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
    match count(after) - count(before) {
        0 => Value::Empty,
        change => Value::Number(change),
    }
}
