//! The format: every kind and every field, from the descriptions by which documents are read.

use super::{Topic, link, shell};
use crate::pages::blocks;
use crate::pages::frame::{Page, capitalised};
use crate::pages::parts::{
    Block, Document, Empty, Fact, Link, Prose, Section, Table, Value, contents,
};
use crate::pages::view::View;
use crate::plan::Kind;
use crate::plan::common::Common;
use crate::plan::config::Config;
use crate::plan::description::{Choice, Description, Field, Scalar, Shape};
use crate::plan::value::Record;

/// Returns the kinds of documents, each with what it is.
pub(super) fn kinds<'p>(view: &View<'p>) -> Section<'p> {
    let columns = ["Kind", "Folder", "What it is", "Fields"];
    let mut table = Table::new("Kinds of documents", columns);
    for &kind in Kind::ALL {
        let description = kind.description();
        table.row([
            link(view, Topic::Kind(kind), kind.word()).into(),
            Value::code(format!("{}/", kind.folder())),
            view.prose(description.doc).into(),
            blocks::count(description.fields.len()),
        ]);
    }
    let rest = [
        link(view, Topic::Common, "Fields of every kind").into(),
        link(view, Topic::Config, "trainboard.yaml").into(),
    ];
    Section::new("format", "Format")
        .block(Block::Table(table))
        .block(Block::List(rest.to_vec()))
}

/// The fields of the documents of `kind`.
pub(super) fn kind<'p>(view: &View<'p>, kind: Kind) -> Page<'p> {
    let title = format!("kind: {}", kind.word());
    let facts = vec![
        Fact::new("Folder", Value::code(format!("{}/", kind.folder()))),
        Fact::new("Documents", view.index(kind)),
        Fact::new("Also", link(view, Topic::Common, "Fields of every kind")),
    ];
    page(view, title, kind.description(), facts)
}

/// The fields that documents of every kind have.
pub(super) fn common<'p>(view: &View<'p>) -> Page<'p> {
    page(
        view,
        "Fields of every kind".to_owned(),
        Common::DESCRIPTION,
        Vec::new(),
    )
}

/// The fields of `trainboard.yaml`.
pub(super) fn config<'p>(view: &View<'p>) -> Page<'p> {
    page(
        view,
        "trainboard.yaml".to_owned(),
        Config::DESCRIPTION,
        Vec::new(),
    )
}

fn page<'p>(
    view: &View<'p>,
    title: String,
    description: &'static Description,
    facts: Vec<Fact<'p>>,
) -> Page<'p> {
    let records = records(description);
    let of = |description: &&'static Description| {
        let id = anchor(description);
        let heading = capitalised(&description.words());
        let prose = Prose::new(format!("<p>{}</p>", view.prose(description.doc).0));
        Section::new(id, heading)
            .block(Block::Prose(prose))
            .block(table(view, description))
    };
    let own = Section::new("fields", "Fields").block(table(view, description));
    let sections: Vec<_> = std::iter::once(own).chain(records.iter().map(of)).collect();
    let about = format!("{title}: {}", description.doc.trim());
    Page {
        shell: shell(view, "format", title, &about),
        document: Document {
            kind: Some("Format".into()),
            summary: Some(view.prose(description.doc)),
            facts,
            contents: contents(sections.iter().map(Section::link).collect()),
            sections,
            ..Document::default()
        },
    }
}

fn anchor(description: &Description) -> String {
    blocks::anchored("fields", &description.words())
}

/// Returns every smaller mapping inside of `description`, each once, in reading order; kinds have pages of their own.
fn records(description: &'static Description) -> Vec<&'static Description> {
    let mut found = Vec::new();
    let mut seen = vec![description.name];
    collect(description, &mut seen, &mut found);
    found
}

fn collect(
    description: &'static Description,
    seen: &mut Vec<&'static str>,
    found: &mut Vec<&'static Description>,
) {
    for field in description.fields {
        for inner in inside(&(field.shape)()) {
            if !seen.contains(&inner.name) && kind_of(inner).is_none() {
                seen.push(inner.name);
                found.push(inner);
                collect(inner, seen, found);
            }
        }
    }
}

/// Returns the mappings that `shape` is made of.
fn inside(shape: &Shape) -> Vec<&'static Description> {
    match shape {
        Shape::Record(of) => vec![of],
        Shape::Both(_, own) => vec![own],
        Shape::List(of) | Shape::Map(of) | Shape::Keyed(of) => inside(of),
        Shape::OneOf(shapes) => shapes.iter().flat_map(inside).collect(),
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Reference(_) | Shape::Any => Vec::new(),
    }
}

/// Returns the kind whose own fields `description` holds.
fn kind_of(description: &Description) -> Option<Kind> {
    let is = |kind: &&Kind| kind.description().name == description.name;
    Kind::ALL.iter().find(is).copied()
}

/// Returns the table of the fields of `description`.
fn table<'p>(view: &View<'p>, description: &'static Description) -> Block<'p> {
    let name = description.words();
    let caption = view
        .portal
        .locale
        .phrase("Fields of {name}", &[("name", &name)]);
    let mut table = Table::new(caption, ["Field", "Required", "Value", "What it means"]);
    for field in description.fields {
        let required = field.required.then(|| Value::word("required"));
        table.row([
            Value::code(field.name),
            required.into(),
            blocks::several(words(view, &(field.shape)())),
            meaning(view, field),
        ]);
    }
    let empty = Empty::new("It has no field of its own", None);
    blocks::told(table).unwrap_or(Block::Empty(empty))
}

/// Returns what a field means, and each of the words that it takes.
fn meaning<'p>(view: &View<'p>, field: &Field) -> Value<'p> {
    let doc = Value::from(view.prose(field.doc));
    let choices = choices(&(field.shape)()).into_iter();
    let choices = choices.map(|choice| {
        let text = format!("`{}`: {}", choice.word, choice.doc.trim());
        Value::from(view.prose(&text))
    });
    Value::list(std::iter::once(doc).chain(choices))
}

fn choices(shape: &Shape) -> Vec<&'static Choice> {
    match shape {
        Shape::Choice(of) => of.iter().collect(),
        Shape::List(of) | Shape::Map(of) | Shape::Keyed(of) => choices(of),
        Shape::OneOf(shapes) => shapes.iter().flat_map(choices).collect(),
        _ => Vec::new(),
    }
}

/// Returns what a value of `shape` looks like, in words and links.
fn words<'p>(view: &View<'p>, shape: &Shape) -> Vec<Value<'p>> {
    let before = |word: &'static str, of: &Shape| {
        let mut told = vec![Value::word(word)];
        told.extend(words(view, of));
        told
    };
    match shape {
        Shape::Scalar(scalar) => vec![Value::word(scalar_word(*scalar))],
        Shape::Choice(_) => vec![Value::word("one of these words")],
        Shape::Reference(kinds) => {
            let links = kinds
                .iter()
                .map(|&kind| link(view, Topic::Kind(kind), kind.word()).into());
            std::iter::once(Value::word("the id of"))
                .chain(links)
                .collect()
        }
        Shape::List(of) => before("a list of", of),
        Shape::Map(of) => before("names, each with", of),
        Shape::Keyed(of) => before("things with an id, each", of),
        Shape::Record(of) => vec![mapping(view, of)],
        Shape::Both(_, own) => vec![mapping(view, own)],
        Shape::OneOf(shapes) => {
            let mut told = Vec::new();
            for shape in shapes {
                if !told.is_empty() {
                    told.push(Value::word("or"));
                }
                told.extend(words(view, shape));
            }
            told
        }
        Shape::Any => vec![Value::word("anything")],
    }
}

fn mapping<'p>(view: &View<'p>, of: &'static Description) -> Value<'p> {
    match kind_of(of) {
        Some(kind) => link(view, Topic::Kind(kind), kind.word()).into(),
        None => Link::new(format!("#{}", anchor(of)), of.words()).into(),
    }
}

fn scalar_word(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Text => "text",
        Scalar::Url => "an address",
        Scalar::Boolean => "true or false",
        Scalar::Count => "a number",
        Scalar::Date => "a date",
        Scalar::Interval => "an interval",
        Scalar::Duration => "a duration",
        Scalar::Recurrence => "a recurrence",
        Scalar::Version => "a version",
        Scalar::VersionScheme => "a version scheme",
        Scalar::VersionConstraint => "a version constraint",
        Scalar::Zone => "a time zone",
        Scalar::Digest => "a digest",
        Scalar::Cadence => "a cadence",
        Scalar::Lag => "a lag",
    }
}
