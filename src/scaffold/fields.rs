//! The frontmatter of a new document: what is known of it as lines, what it may have besides as comments.

use std::collections::BTreeMap;

use super::from_model::Source;
use super::place::{Place, train_above};
use super::yaml::written;
use super::{Refusal, Wish};
use crate::load::{id_of_path, kind_of_path};
use crate::plan::common::Common;
use crate::plan::description::{Field, Scalar, Shape};
use crate::plan::value::Record as _;
use crate::plan::{Kind, Plan};
use crate::syntax::{quoted, quoted_inside};
use crate::text::nearest;
use crate::time::Date;

/// What stands in the body until somebody writes it. A comment of Markdown is shown nowhere.
const BODY: &str = "<!-- What should readers know? What stands here is shown in the portal. -->";

/// The fields of every document that are offered as comments.
const OFFERED: [&str; 3] = ["description", "owner", "tags"];

/// The lines of fields, by the field.
type Lines = BTreeMap<&'static str, String>;

/// Returns the text of the document that `wish` asks for, at `place`.
pub(super) fn document(
    plan: &Plan,
    wish: &Wish<'_>,
    place: &Place,
    model: Option<&Source<'_>>,
) -> Result<String, Refusal> {
    let mut lines = Lines::new();
    identity(plan, wish, place, &mut lines);
    derived(plan, wish, place, &mut lines);
    match model {
        Some(model) => lines.extend(model.lines()),
        None => course(wish, &mut lines),
    }
    for (name, text) in wish.set {
        let field = field(wish.kind, name)?;
        let text = value(&(field.shape)(), text);
        lines.insert(field.name, format!("{}: {text}\n", field.name));
    }
    for field in wish.kind.description().fields {
        if field.required && !lines.contains_key(field.name) {
            lines.insert(field.name, required(plan, wish.kind, field)?);
        }
    }
    let common = Common::DESCRIPTION.fields;
    let first = ["title", "kind", "id"].map(|name| lines.remove(name).unwrap_or_default());
    let own = wish.kind.description().fields.iter();
    let offered = |field: &&Field| OFFERED.contains(&field.name) || lines.contains_key(field.name);
    let fields = own.chain(common.iter().filter(offered));
    let line = |field: &Field| {
        let line = lines.get(field.name).cloned();
        line.unwrap_or_else(|| format!("# {}:  # {}\n", field.name, first_sentence(field.doc)))
    };
    let rest: String = fields.map(line).collect();
    Ok(format!("---\n{}{rest}---\n{BODY}\n", first.concat()))
}

/// Adds what the document is called, where its place does not tell.
fn identity(plan: &Plan, wish: &Wish<'_>, place: &Place, lines: &mut Lines) {
    let title = wish
        .title
        .map_or_else(|| title(plan, wish, place), str::to_owned);
    let name = match wish.kind {
        Kind::Person => "name",
        _ => "title",
    };
    lines.insert(name, format!("{name}: {}\n", quoted(&title)));
    if kind_of_path(&place.path) != Some(wish.kind) {
        lines.insert("kind", format!("kind: {}\n", wish.kind));
    }
    if id_of_path(&place.path) != place.id {
        lines.insert("id", format!("id: {}\n", quoted_inside(&place.id)));
    }
}

/// Returns a title for what has none: its id in words.
fn title(plan: &Plan, wish: &Wish<'_>, place: &Place) -> String {
    if let (Kind::Release, Some((application, version))) = (wish.kind, application(plan, &place.id))
    {
        let document = plan.find(Kind::Application, application);
        let title = document.map_or(application, |id| &*plan.document(id).title);
        return format!("{title} {version}");
    }
    if place.id.contains(char::is_uppercase) {
        // What is spelt like CHG-1042 is known by that.
        return place.id.clone();
    }
    let words = place.id.replace(['-', '_'], " ");
    let words = match wish.kind {
        Kind::Train => words.replace(" q", " Q"),
        _ => words,
    };
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// Returns the application and the version that the id of a release tells: `payments-4.2`.
fn application<'i>(plan: &Plan, id: &'i str) -> Option<(&'i str, &'i str)> {
    let dashes = id.match_indices('-');
    dashes
        .map(|(at, _)| (&id[..at], &id[at + 1..]))
        .rfind(|(name, _)| plan.find(Kind::Application, name).is_some())
}

/// Adds what the place and the name of the document say of it.
fn derived(plan: &Plan, wish: &Wish<'_>, place: &Place, lines: &mut Lines) {
    let mut line = |name: &'static str, text: &str| {
        lines.insert(name, format!("{name}: {text}\n"));
    };
    let has_train = wish.kind.description().field("train").is_some();
    if let Some(train) = place.train.filter(|_| has_train)
        && train_above(plan, &place.path) != Some(train)
    {
        line("train", &quoted_inside(&plan.document(train).id));
    }
    let named = |kind: Kind| plan.find(kind, &place.id).is_some();
    match wish.kind {
        Kind::Release => {
            if let Some((application, version)) = application(plan, &place.id) {
                line("application", &quoted_inside(application));
                line("version", &format!("\"{version}\""));
            }
        }
        Kind::Turnover if named(Kind::Environment) => {
            line("environment", &quoted_inside(&place.id));
        }
        Kind::Note if named(Kind::Release) => {
            line("release", &quoted_inside(&place.id));
            // It may not come out before its release does.
            line("draft", "true");
        }
        _ => {}
    }
}

/// Adds how a train or a release without a model begins, and when it is deployed.
fn course(wish: &Wish<'_>, lines: &mut Lines) {
    if !matches!(wish.kind, Kind::Train | Kind::Release) {
        return;
    }
    if let Some(deploy) = &wish.deploy {
        let text = format!("schedule:\n  deployment: {}\n", whole(deploy));
        lines.insert("schedule", text);
    }
    let text = format!("history:\n  - {{stage: draft, date: {}}}\n", wish.today);
    lines.insert("history", text);
}

/// Returns the interval of a deployment of which only the start is said.
pub(super) fn whole(deploy: &Date) -> String {
    match deploy {
        Date::Moment(_) => format!("{deploy}/4h"),
        _ => format!("{deploy}/{deploy}"),
    }
}

fn field(kind: Kind, name: &str) -> Result<&'static Field, Refusal> {
    let fields = || kind.descriptions().into_iter().flat_map(|of| of.fields);
    fields()
        .find(|field| field.name == name)
        .ok_or_else(|| Refusal::NoField {
            kind,
            field: name.to_owned(),
            nearest: nearest(name, fields().map(|field| field.name))
                .into_iter()
                .map(str::to_owned)
                .collect(),
        })
}

/// Returns `text`, given for a field of the shape `shape`, as YAML. What has parts is taken as YAML already.
fn value(shape: &Shape, text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    match shape {
        Shape::Scalar(Scalar::Interval) if text.starts_with('{') => text,
        Shape::Scalar(scalar) => written(&text, *scalar),
        Shape::Choice(_) | Shape::Reference(_) => quoted_inside(&text),
        Shape::List(of) if is_scalar(of) && !text.starts_with('[') => {
            let items = text.split(',').map(str::trim).map(quoted_inside);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        _ => text,
    }
}

fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Reference(_)
    )
}

/// Returns the line of a required field that nobody has said: an open date, or the one document that it can mean.
fn required(plan: &Plan, kind: Kind, field: &'static Field) -> Result<String, Refusal> {
    let missing = |known| Refusal::Missing {
        kind,
        field: field.name,
        known,
    };
    let text = match (field.shape)() {
        Shape::Scalar(Scalar::Date) => "tbd".to_owned(),
        Shape::Scalar(Scalar::Interval) => "tbd/tbd".to_owned(),
        Shape::Reference(kinds) => {
            let mut known = Vec::new();
            for &kind in kinds {
                let ids = plan.of_kind(kind).map(|(_, document)| &*document.id);
                let prefix = match kinds.len() {
                    1 => String::new(),
                    _ => format!("{kind}:"),
                };
                known.extend(ids.map(|id| format!("{prefix}{id}")));
            }
            match known.as_slice() {
                [only] => quoted_inside(only),
                _ => return Err(missing(known)),
            }
        }
        _ => return Err(missing(Vec::new())),
    };
    Ok(format!("{}: {text}\n", field.name))
}

/// Returns the first sentence of `doc`, on one line.
fn first_sentence(doc: &str) -> String {
    let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    match doc.split_once(". ") {
        Some((first, _)) => first.to_owned(),
        None => doc.trim_end_matches('.').to_owned(),
    }
}
