//! How long releases are on their way to production.

use super::measured::{Measure, lines, sections};
use super::{Report, Told, WORST, checked};
use crate::measures::{Figures, Gap, Scope};
use crate::pages::blocks;
use crate::pages::listing::document;
use crate::pages::parts::{Empty, Value};
use crate::pages::view::View;
use crate::time::DayRange;

pub(super) const REPORT: Report = Report {
    name: "lead-time",
    title: "Lead time for changes",
    about: "How long is a release on its way to production?",
    told,
    lines,
};

const MEASURE: Measure = Measure {
    caption: "Releases that reached production, and how long they were on their way",
    columns: ["Releases", "Median time", "Longest"],
    cells,
    post: |_, figures| {
        let days = figures
            .lead_time()
            .and_then(|days| usize::try_from(days).ok());
        let number = days.map_or_else(String::new, |days| days.to_string());
        (days.unwrap_or(0), 0, number)
    },
    legend: &[],
    definition: "The median of the days from the one on which a release, or else its train, entered construction to the \
                 one on which it first reached production. The plan does not know commits",
    gaps: &[
        Gap::Undated,
        Gap::DatedByPlan,
        Gap::NotBegun,
        Gap::WithoutTurnover,
    ],
};

fn cells<'p>(view: &View<'p>, figures: &Figures, _: DayRange) -> [Value<'p>; 3] {
    [
        blocks::count(figures.leads.len()),
        days(view, figures.lead_time()),
        days(view, figures.leads.last().copied()),
    ]
}

fn days<'p>(view: &View<'p>, days: Option<i64>) -> Value<'p> {
    days.map(|days| super::days(view, days)).into()
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let measures = super::measures(view);
    let figures = measures.figures(Scope::All, measures.window);
    let (number, detail) = match figures.lead_time() {
        None if measures.tries.is_empty() => (Value::word("No deployment"), checked(view)),
        None => (Value::word("Not known"), checked(view)),
        Some(_) => {
            let count = figures.leads.len();
            let words = view.counted("median; releases counted: {n}", count);
            (days(view, figures.lead_time()), Value::Word(words.into()))
        }
    };
    let mut leads = measures.leads.clone();
    leads.sort_by_key(|lead| (std::cmp::Reverse(lead.days()), lead.release));
    let columns = [
        "Release",
        "Days",
        "Construction began",
        "In production",
        "Train",
    ];
    let first = leads.into_iter().take(WORST);
    let worst = blocks::table("Longest on their way", columns, first, |lead| {
        [
            view.document(lead.release),
            Value::Number(lead.days()),
            view.day(lead.begun),
            view.day(lead.deployed),
            document(view, lead.train),
        ]
    });
    Told {
        number,
        details: vec![detail],
        worst,
        nothing: Empty::new("No release reached production in these days", None),
        sections: sections(view, &measures, &MEASURE),
    }
}
