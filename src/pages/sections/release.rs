//! What only a release has: needs, artifacts, training and records.

use super::milestones::milestone_state;
use super::need::map_link;
use super::stages::{course_state, deployment};
use super::standing::standing;
use crate::pages::blocks;
use crate::pages::parts::{Block, Fact, Link, Section, State, Value};
use crate::pages::view::View;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::release::Release;
use crate::plan::parts::artifact::{Artifact, Records, Training};
use crate::plan::parts::need::{Need, NeedType};
use crate::plan::value::{Listed, Text, Url};
use crate::plan::{Doc, DocId};

/// Returns the section of what has to happen elsewhere first.
pub(in crate::pages) fn needs<'p>(view: &View<'p>, release: Doc<'p, Release>) -> Section<'p> {
    let needs = &release.fields.needs;
    let columns = [
        "Needs",
        "State",
        "Date",
        "Version",
        "Environment",
        "Tie",
        "Lag",
        "Deployed",
    ];
    let table = blocks::table(
        "What has to happen elsewhere first",
        columns,
        needs,
        |need| row(view, &need.value),
    );
    let more = (!needs.is_empty()).then(|| {
        let board = release.document.belongs.train.map(|train| {
            let path = view.portal.plan.program_address(train, 1);
            Link::new(view.href(&path), view.portal.locale.word("Program board"))
        });
        let links = [Some(map_link(view, &[release.id])), board];
        Block::List(vec![Value::list(links.into_iter().flatten())])
    });
    blocks::section("needs", "Needs", [blocks::told(table), more])
}

fn row<'p>(view: &View<'p>, need: &'p Need) -> [Value<'p>; 8] {
    let named = [
        need.release.as_ref().map(|release| &release.reference),
        need.milestone
            .as_ref()
            .map(|milestone| &milestone.reference),
        need.train.as_ref().map(|train| &train.reference),
    ];
    let targets = || {
        named
            .into_iter()
            .flatten()
            .filter_map(|reference| reference.target)
    };
    [
        blocks::several([
            view.maybe(need.release.as_ref()),
            view.maybe(need.milestone.as_ref()),
            view.maybe(need.train.as_ref()),
            view.maybe(need.application.as_ref()),
            view.text(need.external.as_ref()),
        ]),
        blocks::several(targets().map(|id| state(view, id).into())),
        blocks::several(targets().map(|id| date(view, id))),
        need.version
            .as_ref()
            .map_or(Value::Empty, |version| Value::code(version.to_string())),
        view.maybe(need.environment.as_ref()),
        Value::word(tie(need)),
        view.lag(need.lag.as_ref()),
        if need.together {
            Value::word("in the same turnover")
        } else {
            Value::Empty
        },
    ]
}

/// Returns how a need is tied to what needs it, in words.
pub(super) fn tie(need: &Need) -> &'static str {
    match need
        .r#type
        .as_ref()
        .map_or(NeedType::FinishToStart, |tie| tie.value)
    {
        NeedType::FinishToStart => "finish to start",
        NeedType::StartToStart => "start to start",
        NeedType::FinishToFinish => "finish to finish",
        NeedType::StartToFinish => "start to finish",
    }
}

/// Returns where the train, release or milestone `id` stands; nothing of one that is not published.
fn state<'p>(view: &View<'p>, id: DocId) -> Option<State<'p>> {
    let plan = view.portal.plan;
    view.portal.path(id)?;
    match plan.get::<Milestone>(id) {
        Some(milestone) => Some(milestone_state(view, milestone)),
        None => course_state(view, plan.course(id)?),
    }
}

/// Returns when the train, release or milestone `id` is planned to be done; nothing of one that is not published.
fn date<'p>(view: &View<'p>, id: DocId) -> Value<'p> {
    let plan = view.portal.plan;
    if view.portal.path(id).is_none() {
        return Value::Empty;
    }
    match plan.get::<Milestone>(id) {
        Some(milestone) => view.of(id).when(milestone.fields.due.as_ref()),
        None => plan
            .course(id)
            .map_or(Value::Empty, |course| deployment(&view.of(id), course)),
    }
}

/// Returns the section of what exactly is deployed, and the configuration items that it touches.
pub(in crate::pages) fn artifacts<'p>(
    view: &View<'p>,
    artifacts: &'p Listed<Artifact>,
    components: &'p [Text],
) -> Section<'p> {
    let components = Value::list(
        components
            .iter()
            .map(|component| Value::code(&*component.value)),
    );
    let columns = ["Artifact", "Version", "Kept at", "SHA-256", "Stored"];
    let table = blocks::table(
        "Artifacts in the definitive library",
        columns,
        artifacts,
        |artifact| artifact_row(view, &artifact.value),
    );
    let components = blocks::facts([Fact::new("Configuration items", components)]);
    blocks::section("artifacts", "Artifacts", [blocks::told(table), components])
}

/// Returns an artifact as its name, version, address, digest and the day on which it was stored.
pub(in crate::pages) fn artifact_row<'p>(
    view: &View<'p>,
    artifact: &'p Artifact,
) -> [Value<'p>; 5] {
    [
        view.code(artifact.name.as_ref()),
        view.version(artifact.version.as_ref()),
        artifact.uri.as_ref().map_or(Value::Empty, address),
        view.digest(artifact.sha256.as_ref()),
        view.when(artifact.stored.as_ref()),
    ]
}

/// Returns an address of a library as a link, when it is one that browsers follow.
fn address(uri: &Text) -> Value<'_> {
    let text = &*uri.value;
    if Url::parse(text).is_ok() {
        Link::new(text, text).into()
    } else {
        Value::code(text)
    }
}

/// Returns the section about how people learn what changes.
pub(in crate::pages) fn training<'p>(
    view: &View<'p>,
    training: Option<&'p Training>,
) -> Section<'p> {
    let facts = training.and_then(|training| {
        blocks::facts([
            Fact::new(
                "State",
                standing(view, training.due.as_ref(), training.done.as_ref(), "done"),
            ),
            Fact::new("Plan", view.text(training.plan.as_ref())),
            Fact::new("Owner", view.who(training.owner.as_ref())),
            Fact::new("Due", view.when(training.due.as_ref())),
            Fact::new("Done", view.when(training.done.as_ref())),
        ])
    });
    blocks::section("training", "Training", [facts])
}

/// Returns the section of the records that closing requires.
pub(in crate::pages) fn records<'p>(view: &View<'p>, records: Option<&'p Records>) -> Section<'p> {
    let facts = records.and_then(|records| {
        blocks::facts([
            Fact::new("Configuration database", view.url(records.cmdb.as_ref())),
            Fact::new("Definitive library", view.url(records.library.as_ref())),
        ])
    });
    blocks::section("records", "Closing records", [facts])
}
