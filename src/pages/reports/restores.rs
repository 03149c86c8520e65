//! How long it takes until service is restored after a deployment that failed.

use super::measured::{Measure, lines, sections};
use super::{Report, Told, WORST, checked};
use crate::measures::{Figures, Gap, Restored, Scope, Try};
use crate::pages::blocks;
use crate::pages::parts::{Empty, State, Value};
use crate::pages::view::View;
use crate::time::DayRange;

pub(super) const REPORT: Report = Report {
    name: "time-to-restore",
    title: "Time to restore",
    about: "How long does it take until service is restored after a deployment that failed?",
    told,
    lines,
};

const MEASURE: Measure = Measure {
    caption: "Failed deployments, and the time until service was restored",
    columns: ["Failed", "Median time", "Not restored yet"],
    cells,
    post: |view, figures| {
        let minutes = figures.time_to_restore().map(|seconds| seconds / 60);
        let height = minutes.and_then(|minutes| usize::try_from(minutes).ok());
        let lapse = figures.time_to_restore().map(|seconds| {
            let minutes = u32::try_from(seconds / 60).unwrap_or(u32::MAX);
            view.portal.dates().lapse(minutes).text
        });
        (height.unwrap_or(0), 0, lapse.unwrap_or_default())
    },
    legend: &[],
    definition: "The median of the times from the start of a deployment that failed to the end of its roll-back, or, where \
                 it was not taken back, to the end of the next one that succeeded with one of its applications in the \
                 same environment",
    gaps: &[
        Gap::Undated,
        Gap::WithoutTime,
        Gap::FailedWave,
        Gap::FailedOutcome,
    ],
};

fn cells<'p>(view: &View<'p>, figures: &Figures, _: DayRange) -> [Value<'p>; 3] {
    [
        blocks::count(figures.failed),
        figures
            .time_to_restore()
            .map(|seconds| view.seconds(seconds))
            .into(),
        blocks::count(figures.unrestored),
    ]
}

/// Returns how bad a failure is: what is not restored first, then the longest.
fn badness(of: &Try<'_>) -> (bool, i64) {
    match of.restored {
        Some(Restored::NotYet) => (true, 0),
        Some(Restored::After(seconds)) => (false, seconds),
        Some(Restored::Unknown) | None => (false, 0),
    }
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let measures = super::measures(view);
    let locale = view.portal.locale;
    let figures = measures.figures(Scope::All, measures.window);
    let (number, detail) = match (figures.failed, figures.time_to_restore()) {
        (0, _) => (Value::word("No deployment failed"), checked(view)),
        (_, None) => (Value::word("Not known"), Value::Empty),
        (_, Some(seconds)) => {
            let counts: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &figures.restores.len()), ("all", &figures.failed)];
            let words = locale.phrase("median; failures counted: {n} of {all}", &counts);
            (view.seconds(seconds), Value::Word(words.into()))
        }
    };
    let mut details = vec![detail];
    details.retain(|detail| *detail != Value::Empty);
    if figures.unrestored > 0 {
        let words = locale.phrase("{n} not restored yet", &[("n", &figures.unrestored)]);
        details.push(State::new("blocked").worded(words).into());
    }
    let mut failed: Vec<_> = measures.tries.iter().filter(|of| of.is_failure()).collect();
    failed.sort_by_key(|of| std::cmp::Reverse(badness(of)));
    let columns = ["Turnover", "Day", "How it ended", "Restored after", "Train"];
    let first = failed.into_iter().take(WORST);
    let worst = blocks::table("Restored last", columns, first, |of| {
        let train = of.turnover.document.belongs.train;
        [
            view.document(of.turnover.id),
            view.day(of.day),
            State::new(of.result.word()).into(),
            restored(view, of),
            train.map(|train| view.document(train)).into(),
        ]
    });
    Told {
        number,
        details,
        worst,
        nothing: Empty::new("No deployment failed", None),
        sections: sections(view, &measures, &MEASURE),
    }
}

fn restored<'p>(view: &View<'p>, of: &Try<'_>) -> Value<'p> {
    match of.restored {
        Some(Restored::After(seconds)) => view.seconds(seconds),
        Some(Restored::NotYet) => State::new("blocked").worded("Not restored yet").into(),
        Some(Restored::Unknown) => Value::word("Not known"),
        None => Value::Empty,
    }
}
