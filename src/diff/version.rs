//! One version of one document, taken apart as far as a comparison needs it.

use rustc_hash::FxHashMap;

use super::edit::Content;
use crate::diagnostic::Findings;
use crate::load::{CONFIG, id_of_path, kind_of_path};
use crate::plan::Kind;
use crate::plan::common::Common;
use crate::plan::config::Config;
use crate::plan::description::Description;
use crate::plan::value::Record;
use crate::syntax::tree::{Mapping, Value};
use crate::syntax::{self, body};
use crate::text::{FileId, Span};
use crate::time::Date;

/// One version of one document.
#[derive(Debug)]
pub struct Version<'t> {
    /// Its kind; none for the plan's settings, and for what cannot be told.
    pub kind: Option<Kind>,
    /// Its title, else its first heading, else its id.
    pub title: String,
    /// Whether it was marked as a draft.
    pub is_draft: bool,
    /// The day from which it was to be published.
    pub publish_after: Option<Date>,
    /// Whether a part of it could not be read: what seems to be missing may be there.
    pub is_broken: bool,
    /// Its fields.
    pub(super) fields: Mapping<'t>,
    /// What its fields can be.
    pub(super) descriptions: Vec<&'static Description>,
    /// Its body.
    pub(super) body: &'t str,
    /// What its relative dates come to, where that is known.
    pub(super) dates: Dates,
}

/// What relative dates, and stretches of time with one, come to, by the place at which they are written.
pub(super) type Dates = FxHashMap<Span, Content>;

impl<'t> Version<'t> {
    /// Returns the document at `path` that says `text`.
    pub fn read(path: &str, text: &'t str) -> Self {
        let mut findings = Findings::new();
        let file = FileId::default();
        if path == CONFIG {
            let fields = syntax::parse_yaml(file, text, &mut findings);
            let fields = fields.map(|fields| fields.value);
            return Self::of(path, None, fields, "");
        }
        if !path.ends_with(".md") {
            // A calendar of another program has no fields: what it holds counts as its body.
            let kind = Some(Kind::Calendar);
            return Self::of(path, kind, Some(Mapping::default()), text);
        }
        let parsed = syntax::parse(file, text, &mut findings);
        let fields = parsed.frontmatter.map(|fields| fields.value);
        let written = fields.as_ref().and_then(|fields| scalar(fields, "kind"));
        let kind = match written {
            Some(word) => Kind::named(word),
            None => kind_of_path(path),
        };
        let body = text.get(parsed.body.range()).unwrap_or_default();
        Self::of(path, kind, fields, body)
    }

    fn of(path: &str, kind: Option<Kind>, fields: Option<Mapping<'t>>, body: &'t str) -> Self {
        let is_broken = fields.as_ref().is_none_or(|fields| fields.incomplete);
        let fields = fields.unwrap_or_default();
        let written = scalar(&fields, "title").or_else(|| scalar(&fields, "name"));
        let title = match written {
            Some(title) => title.to_owned(),
            None => heading(body).unwrap_or_else(|| id_of_path(path).to_owned()),
        };
        Self {
            kind,
            title,
            is_draft: scalar(&fields, "draft") == Some("true"),
            // What is no date holds it back, too.
            publish_after: scalar(&fields, "publish_after")
                .map(|text| Date::parse(text).unwrap_or(Date::Tbd)),
            is_broken,
            fields,
            descriptions: match (kind, path == CONFIG) {
                (Some(kind), _) => kind.descriptions().to_vec(),
                (None, true) => vec![Config::DESCRIPTION],
                (None, false) => vec![Common::DESCRIPTION],
            },
            body,
            dates: Dates::default(),
        }
    }

    /// Returns it with what its relative dates come to.
    pub(super) fn resolved(mut self, dates: Dates) -> Self {
        self.dates = dates;
        self
    }
}

/// Returns the first heading of `body`.
fn heading(body: &str) -> Option<String> {
    let outline = body::outline(body, Span::new(0..body.len()));
    outline.headings.into_iter().next().map(|first| first.text)
}

/// Returns the text under `key`.
pub(super) fn scalar<'m>(mapping: &'m Mapping<'_>, key: &str) -> Option<&'m str> {
    match &mapping.get(key)?.value.value {
        Value::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}
