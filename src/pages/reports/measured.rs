//! What the reports on deployments share: the same figures by quarter and month, by application and by train, how they
//! are computed, and what they leave out.

use super::{Lines, capped};
use crate::measures::{Figures, Gap, Measures, Scope, months, quarters};
use crate::pages::blocks;
use crate::pages::parts::{Bars, Block, Fact, Mark, Post, Section, Shape, Table, Value};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::time::{DayRange, month_name};

/// One measure: how its figures are told.
pub(super) struct Measure {
    /// What its tables and its bars show, in English.
    pub caption: &'static str,
    /// The columns of its figures.
    pub columns: [&'static str; 3],
    /// The figures of some days; the cells of `columns`.
    pub cells: for<'p> fn(&View<'p>, &Figures, DayRange) -> [Value<'p>; 3],
    /// How high the bar of some days is, how much of that has the other ground, and what stands above it.
    pub post: fn(&View<'_>, &Figures) -> (usize, usize, String),
    /// What the two grounds of its bars mean; nothing where there is one.
    pub legend: &'static [(&'static str, &'static str)],
    /// How it is computed, in English.
    pub definition: &'static str,
    /// What it leaves out where the plan does not say it.
    pub gaps: &'static [Gap],
}

/// Returns the sections of a measure: by month, by application, by train, and how it is computed.
pub(super) fn sections<'p>(
    view: &View<'p>,
    measures: &Measures<'p>,
    measure: &Measure,
) -> Vec<Section<'p>> {
    let by = |ids: Vec<DocId>, first, scope: fn(DocId) -> Scope| {
        let columns = std::iter::once(first).chain(measure.columns);
        let mut table = Table::new(measure.caption, columns);
        for id in ids.into_iter().filter(|id| view.portal.path(*id).is_some()) {
            let figures = measures.figures(scope(id), measures.window);
            let cells = (measure.cells)(view, &figures, measures.window);
            table.row(std::iter::once(view.document(id)).chain(cells));
        }
        capped(view, table)
    };
    let applications = by(measures.applications(), "Application", Scope::Application);
    let trains = by(measures.trains(), "Train", Scope::Train);
    vec![
        by_month(view, measures, measure),
        blocks::section("applications", "By application", applications),
        blocks::section("trains", "By train", trains),
        computed(view, measures, measure),
    ]
}

/// The figures of each month under its quarter, and the same as bars.
fn by_month<'p>(view: &View<'p>, measures: &Measures<'p>, measure: &Measure) -> Section<'p> {
    let (dates, locale) = (view.portal.dates(), view.portal.locale);
    let columns = std::iter::once("Month").chain(measure.columns);
    let mut table = Table::new(measure.caption, columns).shaped(Shape::Grid);
    let row = |table: &mut Table<'p>, name: Value<'p>, days: DayRange| {
        let figures = measures.figures(Scope::All, days);
        let cells = (measure.cells)(view, &figures, days);
        table.row(std::iter::once(name).chain(cells));
    };
    let mut posts = Vec::new();
    for quarter in quarters(measures.window).into_iter().rev() {
        let first = quarter.first.0;
        table.group(dates.quarter(first.year(), (first.month() + 2) / 3));
        for month in months(quarter).into_iter().rev() {
            let first = month.first.0;
            row(
                &mut table,
                dates.month(first.year(), first.month()).into(),
                month,
            );
            let figures = measures.figures(Scope::All, month);
            let (height, part, number) = (measure.post)(view, &figures);
            posts.push(Post {
                name: locale.word(&month_name(first.month())[..3]).to_owned(),
                height,
                part,
                number: if height == 0 { String::new() } else { number },
            });
        }
        row(&mut table, Value::word("Whole quarter"), quarter);
    }
    posts.reverse();
    let mark = |&(slug, word): &(&'static str, &'static str)| Mark {
        slug,
        word: word.into(),
        link: None,
    };
    let bars = Bars {
        title: locale.word(measure.caption).to_owned(),
        legend: measure.legend.iter().map(mark).collect(),
        posts,
        ..Bars::default()
    };
    let drawn = (!bars.is_flat()).then_some(Block::Bars(bars));
    let table = (!measures.tries.is_empty()).then_some(Block::Table(table));
    blocks::section("months", "By quarter and month", [drawn, table])
}

/// How the measure is computed, over which days, and what is left out.
fn computed<'p>(view: &View<'p>, measures: &Measures<'p>, measure: &Measure) -> Section<'p> {
    let locale = view.portal.locale;
    let window = measures.window;
    let days = view.portal.dates().days(window.first.0, window.last.0);
    let gaps = measures.gaps.iter();
    let gaps = gaps.filter(|(gap, _)| measure.gaps.contains(gap));
    let gaps =
        gaps.map(|(gap, count)| Value::Word(locale.phrase(words(*gap), &[("n", count)]).into()));
    let left_out = match Value::list(gaps) {
        Value::Empty => Value::word("Nothing: the plan says all that it takes"),
        told => told,
    };
    let facts = blocks::facts([
        Fact::new("Days", Value::from(days).bare()),
        Fact::new("How it is computed", Value::word(measure.definition)),
        Fact::new("What is left out", left_out),
    ]);
    blocks::section("computed", "How this is computed", [facts])
}

/// Returns what a gap means, in English.
fn words(gap: Gap) -> &'static str {
    match gap {
        Gap::Undated => "{n} tries are not counted: their month is not known",
        Gap::WithoutStatus => "{n} attempts are not counted: they do not say how they ended",
        Gap::DatedByPlan => {
            "{n} tries count on the day for which they were planned: no other is known"
        }
        Gap::WithoutApplication => "{n} tries count in the whole alone: they bring no release",
        Gap::FailedWave => "{n} waves failed or were taken back: only whole tries are counted",
        Gap::FailedOutcome => {
            "{n} trains or releases have a bad outcome and no try that failed: they are not counted"
        }
        Gap::WithoutTime => "{n} failures are left out: the times of day are not known",
        Gap::NotBegun => {
            "{n} releases are left out: the day on which construction began is not known"
        }
        Gap::WithoutTurnover => {
            "{n} releases are deployed or closed and have no turnover to production: they are not counted"
        }
    }
}

/// Returns the figures by month, application and train for programs.
pub(super) fn lines(view: &View<'_>) -> Lines {
    let measures = super::measures(view);
    let plan = view.portal.plan;
    let row = |scope: &str, id: &str, days: DayRange, of: Scope| {
        let figures = measures.figures(of, days);
        let maybe = |number: Option<i64>| number.map_or_else(String::new, |of| of.to_string());
        vec![
            scope.to_owned(),
            id.to_owned(),
            days.first.to_string(),
            days.last.to_string(),
            figures.deployments.to_string(),
            figures.failed.to_string(),
            figures.emergencies.to_string(),
            maybe(figures.time_to_restore().map(|seconds| seconds / 60)),
            figures.unrestored.to_string(),
            maybe(figures.lead_time()),
        ]
    };
    let months = months(measures.window).into_iter();
    let mut rows: Vec<_> = months
        .map(|days| row("month", "", days, Scope::All))
        .collect();
    let applications = measures.applications().into_iter();
    let applications = applications.map(|id| ("application", id, Scope::Application(id)));
    let trains = measures.trains().into_iter();
    let trains = trains.map(|id| ("train", id, Scope::Train(id)));
    for (word, id, scope) in applications.chain(trains) {
        if view.portal.path(id).is_some() {
            rows.push(row(word, &plan.document(id).id, measures.window, scope));
        }
    }
    Lines {
        columns: &[
            "scope",
            "id",
            "from",
            "to",
            "deployments",
            "failed",
            "emergencies",
            "restore.minutes",
            "unrestored",
            "lead.days",
        ],
        rows,
    }
}
