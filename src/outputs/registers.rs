//! Registers and slips as tables for programs: `registers/<register>.csv` and `reports/slips.csv` (RFC 4180). The columns are called as in the documents.

use super::csv::Csv;
use super::{Build, OutputError, Sink};
use crate::pages::Portal;
use crate::plan::DocId;
use crate::plan::address::report_table;
use crate::plan::value::{Choices, Reference, Text, When};
use crate::registers::{self, Register};
use crate::text::Spanned;

/// Writes every register.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    for &register in Register::ALL {
        let table = table(register, build.portal);
        sink.put(&register.table(), table.into_string().as_bytes())?;
    }
    Ok(sink.put(
        &report_table("slips"),
        slips(build.portal).into_string().as_bytes(),
    )?)
}

fn table(register: Register, portal: &Portal<'_>) -> Csv {
    match register {
        Register::Exceptions => exceptions(portal),
        Register::Waivers => waivers(portal),
        Register::Risks => risks(portal),
        Register::Actions => actions(portal),
        Register::Backlog => backlog(portal),
        Register::Library => library(portal),
    }
}

fn exceptions(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&[
        "id",
        "title",
        "freeze",
        "for",
        "reason",
        "requested.by",
        "requested.date",
        "decision.result",
        "decision.by",
        "decision.role",
        "decision.date",
        "expires",
    ]);
    for exception in registers::exceptions(portal.plan).filter(|of| is_published(portal, of.id)) {
        let fields = exception.fields;
        let (requested, decision) = (fields.requested.as_ref(), fields.decision.as_ref());
        csv.row(&[
            &exception.document.id,
            &exception.document.title,
            &id(portal, fields.freeze.as_deref()),
            &id(portal, fields.r#for.as_deref()),
            text(fields.reason.as_ref()),
            &id(portal, requested.and_then(|of| of.by.as_deref())),
            &date(requested.and_then(|of| of.date.as_ref())),
            word(decision.and_then(|of| of.result.as_ref())),
            &id(portal, decision.and_then(|of| of.by.as_deref())),
            text(decision.and_then(|of| of.role.as_ref())),
            &date(decision.and_then(|of| of.date.as_ref())),
            &date(fields.expires.as_ref()),
        ]);
    }
    csv
}

fn waivers(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&[
        "document",
        "gate",
        "criterion",
        "title",
        "status",
        "by",
        "date",
        "reason",
        "expires",
    ]);
    let waivers = registers::waivers(portal.plan, &portal.progress);
    for waived in waivers.filter(|of| is_published(portal, of.document)) {
        let (criterion, waiver) = (waived.result.criterion, waived.waiver);
        csv.row(&[
            &name(portal, waived.document),
            waived.gate,
            criterion.id,
            text(criterion.title()),
            waived.result.standing.word(),
            &id(portal, waiver.by.as_deref()),
            &date(waiver.date.as_ref()),
            text(waiver.reason.as_ref()),
            &date(waiver.expires.as_ref()),
        ]);
    }
    csv
}

fn risks(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&["document", "id", "title", "response", "owner", "due"]);
    for risk in registers::risks(portal.plan).filter(|of| is_published(portal, of.document)) {
        csv.row(&[
            &name(portal, risk.document),
            &risk.of.id.value,
            text(risk.of.title.as_ref()),
            word(risk.of.response.as_ref()),
            &id(portal, risk.of.owner.as_deref()),
            &date(risk.of.due.as_ref()),
        ]);
    }
    csv
}

fn actions(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&["review", "id", "title", "owner", "due", "done"]);
    for action in registers::actions(portal.plan).filter(|of| is_published(portal, of.document)) {
        csv.row(&[
            &portal.plan.document(action.document).id,
            &action.of.id.value,
            text(action.of.title.as_ref()),
            &id(portal, action.of.owner.as_deref()),
            &date(action.of.due.as_ref()),
            &date(action.of.done.as_ref()),
        ]);
    }
    csv
}

fn backlog(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&[
        "release", "id", "title", "category", "status", "change", "url",
    ]);
    for item in registers::backlog(portal.plan).filter(|of| is_published(portal, of.document)) {
        csv.row(&[
            &portal.plan.document(item.document).id,
            &item.of.id.value,
            text(item.of.title.as_ref()),
            word(item.of.category.as_ref()),
            word(item.of.status.as_ref()),
            &id(portal, item.of.change.as_deref()),
            item.of.url.as_ref().map_or("", |url| &url.value.0),
        ]);
    }
    csv
}

fn library(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&["release", "name", "version", "uri", "sha256", "stored"]);
    for entry in registers::library(portal.plan).filter(|of| is_published(portal, of.document)) {
        let artifact = entry.of;
        csv.row(&[
            &portal.plan.document(entry.document).id,
            text(artifact.name.as_ref()),
            artifact
                .version
                .as_ref()
                .map_or("", |version| &version.value.0),
            text(artifact.uri.as_ref()),
            artifact
                .sha256
                .as_ref()
                .map_or("", |digest| &digest.value.0),
            &date(artifact.stored.as_ref()),
        ]);
    }
    csv
}

fn slips(portal: &Portal<'_>) -> Csv {
    let mut csv = Csv::new(&[
        "document",
        "stage",
        "baseline",
        "planned",
        "actual",
        "slip_days",
        "moves",
        "commit",
        "by",
        "date",
        "reason",
    ]);
    let number = |days: i64| days.to_string();
    for slip in portal.slips() {
        let last = slip.last;
        let zone = portal.schedule.zone_of_plan();
        let actual = slip.actual.as_ref();
        csv.row(&[
            &name(portal, slip.document),
            slip.stage.unwrap_or_default(),
            &slip.baseline.to_string(),
            &slip.planned.to_string(),
            &actual.map_or_else(String::new, ToString::to_string),
            &slip.days.map_or_else(String::new, number),
            &slip.moves.to_string(),
            last.map_or("", |commit| &commit.id),
            last.map_or("", |commit| &commit.author),
            &last.map_or_else(String::new, |commit| zone.day(commit.time).to_string()),
            last.map_or("", |commit| &commit.subject),
        ]);
    }
    csv
}

fn is_published(portal: &Portal<'_>, id: DocId) -> bool {
    portal.path(id).is_some()
}

/// Returns the kind and id of the document `id`, as a reference names it.
fn name(portal: &Portal<'_>, id: DocId) -> String {
    let document = portal.plan.document(id);
    format!("{}:{}", document.kind, document.id)
}

/// Returns the full id of what `reference` means, or what is written while it means nothing.
fn id(portal: &Portal<'_>, reference: Option<&Reference>) -> String {
    let Some(reference) = reference else {
        return String::new();
    };
    match reference.target {
        Some(target) => portal.plan.document(target).id.to_string(),
        None => reference.written.to_string(),
    }
}

fn text(text: Option<&Text>) -> &str {
    text.map_or("", |text| &text.value)
}

fn word<T: Choices>(word: Option<&Spanned<T>>) -> &'static str {
    word.map_or("", |word| word.value.word())
}

fn date(date: Option<&When>) -> String {
    date.map_or_else(String::new, |date| date.resolved.to_string())
}
