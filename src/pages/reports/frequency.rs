//! How often something is deployed to production.

use super::measured::{Measure, lines, sections};
use super::{Report, Told, WORST, checked};
use crate::measures::{Figures, Gap, Scope};
use crate::pages::blocks;
use crate::pages::parts::{Empty, Value};
use crate::pages::view::View;
use crate::time::DayRange;

pub(super) const REPORT: Report = Report {
    name: "deployment-frequency",
    title: "Deployment frequency",
    about: "How often is something deployed to production?",
    told,
    lines,
};

const MEASURE: Measure = Measure {
    caption: "Deployments to production",
    columns: ["Deployments", "One every", "Emergencies"],
    cells,
    post: |_, figures| (figures.deployments, 0, figures.deployments.to_string()),
    legend: &[],
    definition: "Every try to deploy to production counts on the day on which it ended, whether it succeeded or not; one \
                 that was called off does not",
    gaps: &[
        Gap::Undated,
        Gap::WithoutStatus,
        Gap::DatedByPlan,
        Gap::WithoutApplication,
        Gap::WithoutTurnover,
    ],
};

fn cells<'p>(view: &View<'p>, figures: &Figures, days: DayRange) -> [Value<'p>; 3] {
    [
        blocks::count(figures.deployments),
        every(view, figures, days),
        blocks::count(figures.emergencies),
    ]
}

/// Returns how many days there are for one deployment.
fn every<'p>(view: &View<'p>, figures: &Figures, days: DayRange) -> Value<'p> {
    let count = i64::try_from(figures.deployments).unwrap_or(i64::MAX);
    let each = days.count().checked_div(count);
    each.map(|each| super::days(view, each.max(1))).into()
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let measures = super::measures(view);
    let (window, locale) = (measures.window, view.portal.locale);
    let figures = measures.figures(Scope::All, window);
    let days = view.portal.dates().days(window.first.0, window.last.0);
    let (number, first) = match figures.deployments {
        0 => (Value::word("No deployment"), checked(view)),
        _ => {
            let count = i64::try_from(figures.deployments).unwrap_or(i64::MAX);
            let number = view.plural("1 deployment", "{n} deployments", count).into();
            (number, Value::from(days).bare())
        }
    };
    let mut last: Vec<_> = measures
        .applications()
        .into_iter()
        .filter(|id| view.portal.path(*id).is_some())
        .filter_map(|id| {
            let tries = measures.tries.iter().rev();
            let mut own = tries.filter(|of| of.applications.contains(&id));
            Some((own.next()?.day, id))
        })
        .collect();
    last.sort_unstable();
    let columns = [
        "Application",
        "Last deployment",
        "Days since",
        "Deployments",
    ];
    let first_ones = last.into_iter().take(WORST);
    let worst = blocks::table(
        "Longest without a deployment",
        columns,
        first_ones,
        |(day, id)| {
            let own = measures.figures(Scope::Application(id), window);
            [
                view.document(id),
                view.day(day),
                Value::Number(day.until(view.as_of())),
                blocks::count(own.deployments),
            ]
        },
    );
    let how = view
        .prose(locale.word("Say what became of a turnover: add `status:` and `actual:` to it."));
    Told {
        number,
        details: vec![first],
        worst,
        nothing: Empty::new("Nothing was deployed in these days", Some(how)),
        sections: sections(view, &measures, &MEASURE),
    }
}
