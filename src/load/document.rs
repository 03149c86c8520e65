//! One file → one document, on its own: nothing here looks at another file.

use std::borrow::Cow;

use crate::diagnostic::{Finding, Findings};
use crate::plan::common::Common;
use crate::plan::config::Config;
use crate::plan::description::Description;
use crate::plan::reader::{Reader, Unread};
use crate::plan::value::{Record, Value as _};
use crate::plan::{Body, Detail, Doubts, Kind};
use crate::syntax::tree::{self, Mapping, Node, Value};
use crate::syntax::{self, body};
use crate::text::{FileId, Location, Source, Sources, Span, Spanned};
use crate::world::{Entry, World};

use super::{files, holidays, identity};

/// A document before it is part of a plan: it has a name of its own, but belongs nowhere yet.
#[derive(Debug)]
pub(super) struct RawDocument {
    /// The file.
    pub file: FileId,
    /// The file's path and text, until the plan's sources take it.
    pub(super) source: Option<Source>,
    /// What the file holds; none when it cannot be read as a document, which is reported.
    pub content: Option<Content>,
    /// The faults of this file alone.
    pub findings: Findings,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub kind: Kind,
    /// The id without the train that it may be scoped to.
    pub id: Box<str>,
    /// Where the id is written, when it is.
    pub id_span: Option<Span>,
    /// Where to point when something is missing.
    pub head: Span,
    pub common: Common,
    pub detail: Detail,
    pub body: Body,
    /// What could not be read of it, as far as its own frontmatter tells.
    pub doubts: Doubts,
}

impl RawDocument {
    /// Returns the file's path and text, which the plan keeps.
    pub(super) fn take_source(&mut self) -> Source {
        self.source.take().unwrap_or_else(|| Source::new("", ""))
    }
}

/// Returns what `trainboard.yaml` says, and its file when there is one.
pub(super) fn read_config(
    world: &dyn World,
    sources: &mut Sources,
    findings: &mut Findings,
) -> (Config, Option<FileId>) {
    let Ok(bytes) = world.read(super::CONFIG) else {
        return (Config::default(), None);
    };
    let decoded = syntax::decode(&bytes);
    let file = sources.add(Source::new(super::CONFIG, decoded.text));
    findings.extend(decoded.fault.map(|fault| fault.finding(file)));
    let text = sources.get(file).text.clone();
    let mapping = syntax::parse_yaml(file, &text, findings).unwrap_or_default();
    let config = Config::read(&root(mapping), &mut Reader::new(file, findings));
    (config.unwrap_or_default(), Some(file))
}

fn root(mapping: Spanned<Mapping<'_>>) -> Node<'_> {
    Node {
        span: mapping.span,
        value: Value::Mapping(mapping.value),
    }
}

/// Returns the document that the file of `entry` holds.
pub(super) fn read(world: &dyn World, entry: &Entry, file: FileId) -> RawDocument {
    let mut findings = Findings::new();
    let bytes = match bytes(world, entry, Location::new(file, Span::at(0))) {
        Ok(bytes) => bytes,
        Err(finding) => {
            let source = Source::new(&*entry.path, "");
            return RawDocument {
                file,
                content: by_path(file, &source, Body::default()),
                source: Some(source),
                findings: vec![*finding],
            };
        }
    };
    let decoded = syntax::decode(&bytes);
    findings.extend(decoded.fault.map(|fault| fault.finding(file)));
    let source = Source::new(&*entry.path, decoded.text);
    let content = match files::is_calendar(&entry.path) {
        true => holidays::read(file, &source, &mut findings)
            .or_else(|| by_path(file, &source, Body::default())),
        false => read_markdown(file, &source, &mut findings),
    };
    RawDocument {
        file,
        source: Some(source),
        content,
        findings,
    }
}

/// Returns what is in the file of `entry`, or the finding `at` its beginning that says why it is not read.
fn bytes<'w>(
    world: &'w dyn World,
    entry: &Entry,
    at: Location,
) -> Result<Cow<'w, [u8]>, Box<Finding>> {
    let unreadable = |why: String, hint: Option<&str>| {
        let finding = Finding::new("document/unreadable", at, why);
        Box::new(Finding {
            hint: hint.map(str::to_owned),
            ..finding
        })
    };
    if let Some(fault) = &entry.fault {
        return Err(unreadable(
            format!("`{}` {fault}", entry.path),
            Some(fault.hint()),
        ));
    }
    world
        .read(&entry.path)
        .map_err(|error| unreadable(error.to_string(), error.hint()))
}

fn read_markdown(file: FileId, source: &Source, findings: &mut Findings) -> Option<Content> {
    let parsed = syntax::parse(file, &source.text, findings);
    let body = Body {
        span: parsed.body,
        outline: body::outline(&source.text, parsed.body),
    };
    let Some(frontmatter) = parsed.frontmatter else {
        return by_path(file, source, body);
    };
    let head = frontmatter
        .entries
        .first()
        .map_or(frontmatter.span, |entry| entry.key.span);
    let mut reader = Reader::new(file, findings);
    let mut common = Common::read_fields(&frontmatter.value, &mut reader);
    common.extra = common.extra.with_nested(&frontmatter.value);
    let Some(kind) = identity::kind(&source.path, common.kind.as_ref(), head, &mut reader) else {
        let meant = common
            .kind
            .as_ref()
            .and_then(|word| identity::nearest_kind(word));
        let mut stub = by_path(file, source, body)?;
        if let Some(kind) = meant {
            stub.kind = kind;
            stub.detail = kind.read(&Mapping::default(), &mut reader);
        }
        return Some(stub);
    };
    let id = identity::id(&source.path, common.id.as_ref(), &mut reader);
    let known = kind.descriptions();
    reader.check_keys(&frontmatter.value, &known, head);
    let detail = kind.read(&frontmatter.value, &mut reader);
    let id_span = common.id.as_ref().map(|id| id.span);
    Some(Content {
        kind,
        id,
        id_span,
        head,
        common,
        detail,
        body,
        doubts: doubts(&frontmatter.value, &known),
    })
}

/// Returns what `mapping`, the frontmatter of a document with the fields `known`, leaves in doubt by its keys alone:
/// what a mistyped key was meant to be, and what it ought to have and has not, which is reported.
fn doubts(mapping: &Mapping<'_>, known: &[&Description]) -> Doubts {
    let whole = |entry: &tree::Entry<'_>| {
        let (start, end) = (entry.key.span.start, entry.value.span.end);
        Span {
            start,
            end: end.max(entry.key.span.end),
        }
    };
    let written = mapping.entries.iter();
    let mut doubts = Doubts::none(
        written
            .map(|entry| (entry.key.value.as_ref().into(), whole(entry)))
            .collect(),
    );
    let unread = Unread::of(mapping, known);
    unread.meant.iter().for_each(|name| doubts.add(name));
    if unread.any {
        doubts.add_absent();
    }
    let fields = known.iter().flat_map(|description| description.fields);
    let missing = fields.filter(|field| field.required && mapping.get(field.name).is_none());
    missing.for_each(|field| doubts.add(field.name));
    doubts
}

/// Returns the document that its path alone tells of, with every field in doubt: what refers to it is not at fault.
/// None when the path does not tell the kind.
fn by_path(file: FileId, source: &Source, body: Body) -> Option<Content> {
    let kind = match files::is_calendar(&source.path) {
        true => Kind::Calendar,
        false => identity::kind_of_path(&source.path)?,
    };
    let mut silent = Findings::new();
    let mut reader = Reader::new(file, &mut silent);
    Some(Content {
        kind,
        id: identity::id_of_path(&source.path).into(),
        id_span: None,
        head: Span::at(0),
        common: Common::default(),
        detail: kind.read(&Mapping::default(), &mut reader),
        body,
        doubts: Doubts::whole(),
    })
}
