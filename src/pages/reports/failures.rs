//! How many deployments fail.

use super::measured::{Measure, lines, sections};
use super::{Report, Told, WORST, checked};
use crate::measures::{Figures, Gap, Scope};
use crate::pages::blocks;
use crate::pages::parts::{Empty, Value};
use crate::pages::view::View;
use crate::time::DayRange;

pub(super) const REPORT: Report = Report {
    name: "change-failure-rate",
    title: "Change failure rate",
    about: "How many deployments fail or are taken back?",
    told,
    lines,
};

const MEASURE: Measure = Measure {
    caption: "Deployments to production, and those that failed",
    columns: ["Deployments", "Failed", "Share that failed"],
    cells,
    post: |_, figures| {
        let number = match figures.failed {
            0 => figures.deployments.to_string(),
            failed => format!("{failed}/{}", figures.deployments),
        };
        (figures.deployments, figures.failed, number)
    },
    legend: &[("whole", "Succeeded"), ("part", "Failed or taken back")],
    definition: "Tries to deploy to production that failed or were taken back, out of all tries",
    gaps: &[
        Gap::Undated,
        Gap::WithoutStatus,
        Gap::DatedByPlan,
        Gap::WithoutApplication,
        Gap::FailedWave,
        Gap::FailedOutcome,
    ],
};

fn cells<'p>(view: &View<'p>, figures: &Figures, _: DayRange) -> [Value<'p>; 3] {
    [
        blocks::count(figures.deployments),
        blocks::count(figures.failed),
        share(view, figures),
    ]
}

fn share<'p>(view: &View<'p>, figures: &Figures) -> Value<'p> {
    let rate = figures.failure_rate();
    let words = rate.map(|rate| view.counted("{n} %", rate));
    words.map(|words| Value::Word(words.into())).into()
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let measures = super::measures(view);
    let (window, locale) = (measures.window, view.portal.locale);
    let figures = measures.figures(Scope::All, window);
    let (number, detail) = match figures.deployments {
        0 => (Value::word("No deployment"), checked(view)),
        count => {
            let counts: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &figures.failed), ("all", &count)];
            let words = locale.phrase("{n} of {all} deployments failed", &counts);
            (share(view, &figures), Value::Word(words.into()))
        }
    };
    let ids = measures.applications().into_iter();
    let shown = ids.filter(|id| view.portal.path(*id).is_some());
    let mut failing: Vec<_> = shown
        .map(|id| (measures.figures(Scope::Application(id), window), id))
        .filter(|(figures, _)| figures.failed > 0)
        .collect();
    failing.sort_by_key(|(figures, id)| {
        (
            std::cmp::Reverse((figures.failure_rate(), figures.failed)),
            *id,
        )
    });
    let columns = ["Application", "Share that failed", "Failed", "Deployments"];
    let first = failing.into_iter().take(WORST);
    let worst = blocks::table("Failed most often", columns, first, |(figures, id)| {
        [
            view.document(id),
            share(view, &figures),
            blocks::count(figures.failed),
            blocks::count(figures.deployments),
        ]
    });
    Told {
        number,
        details: vec![detail],
        worst,
        nothing: Empty::new("No deployment failed", None),
        sections: sections(view, &measures, &MEASURE),
    }
}
