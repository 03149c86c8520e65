//! Which trains may go, how far the others are, and who has to act.

use super::{Lines, Report, Told, WORST, capped, checked};
use crate::lifecycle::GateResult;
use crate::pages::blocks;
use crate::pages::parts::{Empty, Link, State, Table, Tally, Value};
use crate::pages::sections::{action, actors, course_state, deployment, of_train, verdict};
use crate::pages::view::View;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::train::Train;
use crate::plan::{Doc, DocId, Kind};
use crate::time::Day;

pub(super) const REPORT: Report = Report {
    name: "readiness",
    title: "Readiness",
    about: "Which trains may go, and who has to act?",
    told,
    lines,
};

/// A train that is on its way, with its releases.
struct Ready<'p> {
    train: Doc<'p, Train>,
    is_go: bool,
    gates: Tally,
    criteria: Tally,
    /// The first day on which it is planned to be deployed.
    day: Option<Day>,
    /// The first gate that is not passed, and whose it is.
    open: Option<(DocId, &'p GateResult<'p>)>,
}

/// Returns every train that is on its way: those that may not go first, then the soonest.
fn trains<'p>(view: &View<'p>) -> Vec<Ready<'p>> {
    let plan = view.portal.plan;
    let trains = view.portal.published_of(Kind::Train).iter();
    let trains = trains.filter_map(|&id| plan.get::<Train>(id));
    let mut found: Vec<_> = trains
        .filter(|train| plan.is_under_way(train.id))
        .map(|train| ready(view, train))
        .collect();
    found.sort_by_key(|of| (of.is_go, of.day.is_none(), of.day, of.train.id));
    found
}

fn ready<'p>(view: &View<'p>, train: Doc<'p, Train>) -> Ready<'p> {
    let progress = &view.portal.progress;
    let releases = of_train::<Release>(view, train.id);
    let courses: Vec<_> = std::iter::once(train.id)
        .chain(releases.iter().map(|release| release.id))
        .collect();
    let gates: Vec<_> = courses
        .iter()
        .flat_map(|&id| progress.gates_to_deployment(id).map(move |gate| (id, gate)))
        .collect();
    let criteria = || gates.iter().flat_map(|(_, gate)| &gate.criteria);
    let course = plan_day(view, train);
    Ready {
        train,
        is_go: courses.iter().all(|&id| progress.is_go(id)),
        gates: Tally {
            count: gates.iter().filter(|(_, gate)| gate.is_passed()).count(),
            of: gates.len(),
        },
        criteria: Tally {
            count: criteria().filter(|of| of.standing.passes()).count(),
            of: criteria().count(),
        },
        day: course,
        open: gates.into_iter().find(|(_, gate)| !gate.is_passed()),
    }
}

fn plan_day(view: &View<'_>, train: Doc<'_, Train>) -> Option<Day> {
    let (period, _) = view.portal.plan.deployment_of(&train.into())?;
    Some(period.days()?.first)
}

impl<'p> Ready<'p> {
    fn state(&self, view: &View<'p>) -> State<'p> {
        verdict(view, self.train.id)
    }

    /// Returns a link to the sheet on which it is decided.
    fn sheet(&self, view: &View<'p>) -> Value<'p> {
        let path = view.portal.plan.readiness_address(self.train.id);
        Link::new(view.href(&path), &*self.train.document.title).into()
    }

    /// Returns how long it is until its deployment; how long it should have begun.
    fn left(&self, view: &View<'p>) -> Value<'p> {
        let left = |day| match view.as_of().until(day) {
            left @ 0.. => Value::from(view.plural("1 day left", "{n} days left", left)),
            late => Value::from(view.plural("1 day late", "{n} days late", -late)),
        };
        self.day.map(left).into()
    }

    /// Returns what is done next, and who does it.
    fn next(&self, view: &View<'p>) -> [Value<'p>; 2] {
        let Some((id, gate)) = self.open else {
            return [Value::Empty, Value::Empty];
        };
        let of = view.of(id);
        let remaining = gate.remaining();
        let first = remaining.first();
        [
            first.map(|step| action(&of, gate, step)).into(),
            first.map(|step| actors(&of, gate, step)).into(),
        ]
    }
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let trains = trains(view);
    let ready = trains.iter().filter(|of| of.is_go).count();
    let count = Tally {
        count: ready,
        of: trains.len(),
    };
    let (number, details) = match trains.is_empty() {
        true => (Value::word("No train is on its way"), vec![checked(view)]),
        false => (count.into(), vec![Value::word("trains may go")]),
    };
    let columns = ["Train", "Ready", "Days", "Next action", "Who"];
    let late = trains.iter().filter(|of| !of.is_go).take(WORST);
    let worst = blocks::table("Not ready, the soonest first", columns, late, |of| {
        let [next, who] = of.next(view);
        [
            of.sheet(view),
            of.state(view).into(),
            of.left(view),
            next,
            who,
        ]
    });
    let nothing = Empty::new("Every train may go", None);
    Told {
        number,
        details,
        worst,
        nothing,
        sections: vec![blocks::section(
            "trains",
            "Every train on its way",
            capped(view, all(view, &trains)),
        )],
    }
}

fn all<'p>(view: &View<'p>, trains: &[Ready<'p>]) -> Table<'p> {
    let columns = [
        "Train",
        "Ready",
        "Stage",
        "Gates passed",
        "Criteria met",
        "Deployment",
        "Days",
        "Manager",
    ];
    let caption = "Trains with all of their releases: gates before the deployment, and criteria";
    blocks::table(caption, columns, trains, |of| {
        let course = of.train.into();
        [
            of.sheet(view),
            of.state(view).into(),
            course_state(view, course).into(),
            (of.gates.of > 0).then_some(of.gates).into(),
            (of.criteria.of > 0).then_some(of.criteria).into(),
            deployment(view, course),
            of.left(view),
            view.of(of.train.id).who(of.train.fields.manager.as_ref()),
        ]
    })
}

fn lines(view: &View<'_>) -> Lines {
    let row = |of: Ready<'_>| {
        let day = of.day.map_or_else(String::new, |day| day.to_string());
        vec![
            of.train.document.id.to_string(),
            of.is_go.to_string(),
            of.gates.count.to_string(),
            of.gates.of.to_string(),
            of.criteria.count.to_string(),
            of.criteria.of.to_string(),
            day,
        ]
    };
    Lines {
        columns: &[
            "train",
            "ready",
            "gates.passed",
            "gates",
            "criteria.met",
            "criteria",
            "deployment",
        ],
        rows: trains(view).into_iter().map(row).collect(),
    }
}
