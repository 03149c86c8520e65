//! Turnovers: the run sheet of one deployment, made to be worked from on the night.

use crate::pages::blocks;
use crate::pages::deployment::{backout, days_of, differences, run_sheet, smoke_tests};
use crate::pages::listing::{by_train, document, train_heading};
use crate::pages::parts::{Block, Empty, Fact, Link, Section, State, Value};
use crate::pages::show::{Order, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::deployment::{Acceptance, Outage};
use crate::plan::value::Text;

/// What the run sheet says above its steps: how to read the numbers (content model, `turnover`).
const CAPTION: &str = "Steps in order; each number waits for the one before";

impl Show for Turnover {
    const COLUMNS: &'static [&'static str] = &[
        "Turnover",
        "Train",
        "Environment",
        "Planned",
        "Took place",
        "Status",
    ];

    const GROUPED_BY: &'static str = "Train";

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        view.state(doc.status.as_ref())
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let turnover = doc.fields;
        let backout = turnover.backout.as_ref();
        vec![
            Fact::new("Planned", view.period(turnover.planned.as_ref())),
            Fact::new("Took place", view.period(turnover.actual.as_ref())),
            Fact::new("Environment", view.maybe(turnover.environment.as_ref())),
            Fact::new("Operations", acceptance(view, turnover.acceptance.as_ref())),
            Fact::new(
                "Back-out takes",
                view.duration(backout.and_then(|backout| backout.duration.as_ref())),
            ),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let turnover = doc.fields;
        let smoke = smoke_tests(view, "smoke", &turnover.smoke);
        vec![
            blocks::section(
                "run-sheet",
                "Run sheet",
                [timing(view, doc), Some(steps(view, doc))],
            ),
            blocks::section("smoke-tests", "Smoke tests", [smoke]),
            backout(view, turnover.backout.as_ref()),
            blocks::section(
                "outage",
                "What does not work meanwhile",
                [outage(view, turnover.outage.as_ref())],
            ),
            blocks::section(
                "deployed",
                "What is deployed",
                [contents(view, doc), items(view, turnover)],
            ),
            blocks::section("attempts", "Attempts", [attempts(view, turnover)]),
            blocks::section("waves", "Waves", [waves(view, turnover)]),
            blocks::section(
                "differences",
                "What differs from the turnover before",
                [copied(view, turnover)],
            ),
        ]
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        train_heading(view, doc.document.belongs.train)
    }

    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        let days = days_of(doc.fields).map(|days| days.first.until(view.as_of()));
        (
            by_train(view, doc.document.belongs.train),
            (days.is_some(), days.unwrap_or_default()),
        )
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let turnover = doc.fields;
        vec![
            view.document(doc.id),
            document(view, doc.document.belongs.train),
            view.maybe(turnover.environment.as_ref()),
            view.period(turnover.planned.as_ref()),
            view.period(turnover.actual.as_ref()),
            view.state(turnover.status.as_ref()).into(),
        ]
    }
}

/// Returns what operations said, who said it and when.
fn acceptance<'p>(view: &View<'p>, acceptance: Option<&'p Acceptance>) -> Value<'p> {
    let Some(acceptance) = acceptance else {
        return Value::word("Not asked yet");
    };
    blocks::several([
        view.state(acceptance.decision.as_ref()).into(),
        view.who(acceptance.by.as_ref()),
        view.when(acceptance.date.as_ref()),
    ])
}

/// Returns how the steps fit: when they end, what decides that, and the last moment to turn back.
fn timing<'p>(view: &View<'p>, doc: Doc<'p, Turnover>) -> Option<Block<'p>> {
    let sheet = view.portal.schedule.run_sheet(doc)?;
    if doc.fields.tasks.is_empty() {
        return None;
    }
    // Where one step runs alone, it is plain that the next ones wait for it.
    let parallel = sheet.barriers.iter().filter(|of| of.steps.len() > 1);
    let longest = parallel.filter_map(|barrier| barrier.longest);
    let critical = longest.map(|step| {
        let title = step
            .title
            .as_ref()
            .map_or(&*step.id.value, |title| &title.value);
        Link::new(
            format!("#{}", blocks::anchored("task", &step.id.value)),
            title,
        )
    });
    let fit = match sheet.fits() {
        true => State::new("on-track").worded("In time"),
        false => State::new("late").worded("Does not fit"),
    };
    let unmeasured = sheet.unmeasured.len();
    let unmeasured = (unmeasured > 0).then(|| {
        let locale = view.portal.locale;
        locale.phrase("{n} do not say how long they take", &[("n", &unmeasured)])
    });
    blocks::facts([
        Fact::new(
            "Back-out begins at the latest",
            sheet
                .last_return
                .map_or(Value::Empty, |last| view.instant(last)),
        ),
        Fact::new("All steps", view.range(sheet.steps)),
        Fact::new("Everything over by", view.instant(sheet.limit)),
        Fact::new(
            "Fit",
            Value::list(
                [Value::from(fit)]
                    .into_iter()
                    .chain(unmeasured.map(Value::from)),
            ),
        ),
        Fact::new("The others wait for", Value::list(critical)),
    ])
}

fn steps<'p>(view: &View<'p>, doc: Doc<'p, Turnover>) -> Block<'p> {
    let sheet = view.portal.schedule.run_sheet(doc);
    let barriers = sheet.map_or_else(Vec::new, |sheet| sheet.barriers);
    run_sheet(view, CAPTION, "task", &doc.fields.tasks, &barriers).unwrap_or_else(|| {
        let how = view.prose("Add `tasks:`, each with an `id`, a `seq` and a `title`.");
        Block::Empty(Empty::new("There is no step yet", Some(how)))
    })
}

fn outage<'p>(view: &View<'p>, outage: Option<&'p Outage>) -> Option<Block<'p>> {
    let outage = outage?;
    blocks::facts([
        Fact::new("Services", view.references(&outage.services)),
        Fact::new("When", view.period(outage.planned.as_ref())),
    ])
}

/// Returns what a turnover brings; without a list, that is all of its release or train.
fn contents<'p>(view: &View<'p>, doc: Doc<'p, Turnover>) -> Option<Block<'p>> {
    let turnover = doc.fields;
    let belongs = doc.document.belongs;
    let releases = match (turnover.contents.is_empty(), belongs.release) {
        (false, _) => view.references(&turnover.contents),
        (true, Some(_)) => Value::Empty,
        (true, None) => Value::word("all of the train"),
    };
    let whole = turnover
        .items
        .is_empty()
        .then(|| Value::word("all of the releases"));
    blocks::facts([
        Fact::new("Train", document(view, belongs.train)),
        Fact::new("Release", document(view, belongs.release)),
        Fact::new("Releases", releases),
        Fact::new("Scope items", whole),
        Fact::new("Promoted from", view.maybe(turnover.from.as_ref())),
    ])
}

/// Returns the scope items that a turnover names, each with what its release says of it.
fn items<'p>(view: &View<'p>, turnover: &'p Turnover) -> Option<Block<'p>> {
    let plan = view.portal.plan;
    let listed = turnover.contents.iter().chain(&turnover.release);
    let releases: Vec<_> = listed
        .filter_map(|release| plan.follow::<Release>(Some(release)))
        .collect();
    let columns = ["Item", "What it brings", "Status", "Release"];
    let row = |id: &'p Text| {
        let found = releases
            .iter()
            .find_map(|release| Some((release, release.fields.items.get(&id.value)?)));
        let (title, status, release) = found.map_or(
            (Value::Empty, Value::Empty, Value::Empty),
            |(release, item)| {
                let status = view.state(item.status.as_ref()).into();
                (
                    view.text(item.title.as_ref()),
                    status,
                    view.document(release.id),
                )
            },
        );
        [Value::code(&*id.value), title, status, release]
    };
    blocks::told(blocks::table("Scope items", columns, &turnover.items, row))
}

fn attempts<'p>(view: &View<'p>, turnover: &'p Turnover) -> Option<Block<'p>> {
    let columns = ["Took place", "Ended", "Led by", "Reason"];
    blocks::told(blocks::table(
        "Attempts, oldest first",
        columns,
        &turnover.attempts,
        |attempt| {
            [
                view.period(attempt.value.actual.as_ref()),
                view.state(attempt.value.status.as_ref()).into(),
                view.who(attempt.value.by.as_ref()),
                view.text(attempt.value.reason.as_ref()),
            ]
        },
    ))
}

fn waves<'p>(view: &View<'p>, turnover: &'p Turnover) -> Option<Block<'p>> {
    let columns = ["Wave", "Who gets it", "Planned", "Status"];
    blocks::told(blocks::keyed(
        "Waves, in order",
        columns,
        "wave",
        &turnover.waves,
        |wave| {
            [
                Value::code(&*wave.id.value),
                view.text(wave.audience.as_ref()),
                view.period(wave.planned.as_ref()),
                view.state(wave.status.as_ref()).into(),
            ]
        },
    ))
}

/// Returns how the run sheet differs from the one that it was copied from.
fn copied<'p>(view: &View<'p>, turnover: &'p Turnover) -> Option<Block<'p>> {
    let before = view
        .portal
        .plan
        .follow::<Turnover>(turnover.from.as_ref())?;
    view.portal.path(before.id)?;
    differences(view, &before.fields.tasks, &turnover.tasks)
}
