//! A look at the portal from one page: turns values of the plan into the portal's parts, with links that lead from
//! here.

mod dates;

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;

use super::frame::capitalised;
use super::links::Links;
use super::parts::{self, Link, Person, Prose, State, Value};
use super::portal::Portal;
use crate::plan::parts::person::Who;
use crate::plan::value::{self, Choices, Digest, Ref, Reference, Text, VersionText};
use crate::plan::{Body, DocId, Kind};
use crate::text::Spanned;
use crate::time::{Day, Zone};

/// A look at a portal from the page at one path.
#[derive(Clone, Copy, Debug)]
pub struct View<'p> {
    /// The portal.
    pub portal: &'p Portal<'p>,
    /// The page from which it is looked at: its path from the portal's root.
    pub path: &'p str,
    /// The document whose fields are shown; links in them are relative to its file.
    from: Option<DocId>,
    /// The zone of the wall times that are shown.
    zone: Option<&'p Zone>,
    /// The audience for whom the page is; none for a page that shows the whole plan.
    reader: Option<&'p str>,
    /// The body that one document will have.
    revised: Option<&'p Revised>,
}

/// The body that a document has now, while the plan still holds the one that it had.
#[derive(Debug)]
pub struct Revised {
    /// The document.
    pub document: DocId,
    /// The text of its file as it is now.
    pub text: Arc<str>,
    /// The body in that text.
    pub body: Body,
}

impl<'p> View<'p> {
    /// Returns a look at `portal` from the page at `path`.
    pub fn new(portal: &'p Portal<'p>, path: &'p str) -> Self {
        let zone = portal.plan.config.timezone.as_ref().map(|zone| &zone.value);
        Self {
            portal,
            path,
            from: None,
            zone,
            reader: None,
            revised: None,
        }
    }

    /// Returns the same look through the eyes of `audience`: what is not for it is neither named nor linked.
    #[must_use]
    pub fn read_by(self, audience: Option<&'p str>) -> Self {
        Self {
            reader: audience,
            ..self
        }
    }

    /// Returns the same look, in which one document has another body.
    #[must_use]
    pub(super) fn revised(self, revised: &'p Revised) -> Self {
        Self {
            revised: Some(revised),
            ..self
        }
    }

    /// Returns the text of the file of the document `id`, and its body in it.
    pub(super) fn body(&self, id: DocId) -> (&'p str, &'p Body) {
        if let Some(revised) = self.revised
            && revised.document == id
        {
            return (&revised.text, &revised.body);
        }
        let plan = self.portal.plan;
        let document = plan.document(id);
        (&plan.sources.get(document.file).text, &document.body)
    }

    /// Returns the path of the page that shows the document `id`; none when it is not published, or not for the reader.
    pub fn path_of(&self, id: DocId) -> Option<&'p str> {
        let path = self.portal.path(id)?;
        self.may_read(id).then_some(path)
    }

    fn may_read(&self, id: DocId) -> bool {
        self.portal.plan.may_read(id, self.reader)
    }

    /// Returns the same look at the fields of the document `id`: with its zone, and links that start at its file.
    #[must_use]
    pub fn of(&self, id: DocId) -> Self {
        Self {
            from: Some(id),
            zone: self.portal.plan.zone_of(id),
            ..*self
        }
    }

    /// Returns the day that counts as today.
    pub fn as_of(&self) -> Day {
        self.portal.publication.as_of
    }

    /// Returns `pattern` in the reader's language, with `count` for its `{n}`.
    pub fn counted(&self, pattern: &str, count: impl Display) -> String {
        self.portal.locale.phrase(pattern, &[("n", &count)])
    }

    /// Returns how many there are in the reader's language: `one`, or `many` with `count` for its `{n}`.
    pub fn plural<N: Display + PartialEq + From<u8>>(
        &self,
        one: &str,
        many: &str,
        count: N,
    ) -> String {
        let pattern = if count == N::from(1) { one } else { many };
        self.counted(pattern, count)
    }

    /// Returns the address of `path` as seen from here.
    pub fn href(&self, path: &str) -> String {
        parts::relative(self.path, path)
    }

    /// Returns a link to the index of `kind`.
    pub fn index(&self, kind: Kind) -> Link<'p> {
        Link::new(
            self.href(&super::portal::index_path(kind)),
            capitalised(kind.many()),
        )
    }

    /// Returns a link to the document `id` under its title; plain text of its id when it is not published.
    pub fn document(&self, id: DocId) -> Value<'p> {
        self.named(id, &self.portal.plan.document(id).title)
    }

    /// Returns a link to the document `id` that says `text`; plain text of its id when it is not published.
    pub fn named(&self, id: DocId, text: &'p str) -> Value<'p> {
        match self.path_of(id) {
            Some(path) => Link::new(self.href(path), text).into(),
            None if !self.may_read(id) => Value::Empty,
            None => Value::code(self.portal.plan.document(id).short_id()),
        }
    }

    /// Returns a link to the document `id`, or none when it is not published.
    pub fn link(&self, id: DocId) -> Option<Link<'p>> {
        let path = self.path_of(id)?;
        Some(Link::new(
            self.href(path),
            &*self.portal.plan.document(id).title,
        ))
    }

    /// Returns what `reference` means, as a link; what was written when it means nothing.
    pub fn reference(&self, reference: &'p Reference) -> Value<'p> {
        match reference.target {
            Some(target) => self.document(target),
            None if reference.is_open() => Value::word("to be decided"),
            None => Value::code(&*reference.written),
        }
    }

    /// Returns what an optional reference means, as a link.
    pub fn maybe<K>(&self, reference: Option<&'p Ref<K>>) -> Value<'p> {
        reference.map_or(Value::Empty, |reference| self.reference(reference))
    }

    /// Returns what several references mean, as links.
    pub fn references<K>(&self, references: &'p [Ref<K>]) -> Value<'p> {
        Value::list(references.iter().map(|reference| self.reference(reference)))
    }

    /// Returns the person or team that `who` means.
    pub fn who(&self, who: Option<&'p Ref<Who>>) -> Value<'p> {
        self.who_as(who, None)
    }

    /// Returns the person or team that `who` means, with the role in which they act.
    pub fn who_as(&self, who: Option<&'p Ref<Who>>, role: Option<&'p Text>) -> Value<'p> {
        let Some(who) = who else { return Value::Empty };
        let role = role.map(|role| Cow::Borrowed(&*role.value));
        let Some(target) = who.target else {
            return match who.is_open() {
                true => Value::word("to be decided"),
                false => Person {
                    name: Cow::Borrowed(&*who.written),
                    href: None,
                    role,
                }
                .into(),
            };
        };
        if !self.may_read(target) {
            return Value::Empty;
        }
        let Some(path) = self.portal.path(target) else {
            return Value::code(&*who.written);
        };
        let name = Cow::Borrowed(&*self.portal.plan.document(target).title);
        Person {
            name,
            href: Some(self.href(path).into()),
            role,
        }
        .into()
    }

    /// Returns text of the plan as inline prose.
    pub fn text(&self, text: Option<&'p Text>) -> Value<'p> {
        text.map_or(Value::Empty, |text| self.prose(&text.value).into())
    }

    /// Returns inline Markdown as prose.
    pub fn prose(&self, text: &str) -> Prose<'p> {
        let links = Links {
            view: *self,
            from: self.from,
        };
        let html = self
            .portal
            .renderer
            .inline(text, &|destination| links.address(destination));
        Prose::new(String::from(html))
    }

    /// Returns a digest, short enough to be read, as a literal.
    pub fn digest(&self, digest: Option<&'p Spanned<Digest>>) -> Value<'p> {
        digest.map_or(Value::Empty, |digest| Value::code(&*digest.value.0))
    }

    /// Returns several texts of the plan as a list of inline prose.
    pub fn texts(&self, texts: &'p [Text]) -> Value<'p> {
        Value::list(texts.iter().map(|text| self.prose(&text.value)))
    }

    /// Returns a literal.
    pub fn code(&self, text: Option<&'p Text>) -> Value<'p> {
        text.map_or(Value::Empty, |text| Value::code(&*text.value))
    }

    /// Returns a version as a literal.
    pub fn version(&self, version: Option<&'p Spanned<VersionText>>) -> Value<'p> {
        version.map_or(Value::Empty, |version| Value::code(&*version.value.0))
    }

    /// Returns an address elsewhere as a link that says it.
    pub fn url(&self, url: Option<&'p Spanned<value::Url>>) -> Value<'p> {
        url.map_or(Value::Empty, |url| {
            Link::new(&*url.value.0, bare_address(&url.value.0)).into()
        })
    }

    /// Returns a word of the format as a state.
    pub fn state<T: Choices>(&self, word: Option<&Spanned<T>>) -> Option<State<'p>> {
        word.map(|word| State::new(word.value.word()))
    }

    /// Returns a word of the format as a word for people: `Business request`.
    pub fn choice<T: Choices>(&self, word: Option<&Spanned<T>>) -> Value<'p> {
        self.state(word)
            .map_or(Value::Empty, |state| Value::Word(state.word))
    }

    /// Returns a word of the team's own format, such as a stage or a type, as a word for people.
    pub fn own_word(&self, word: Option<&'p Text>) -> Value<'p> {
        word.map_or(Value::Empty, |word| {
            Value::Word(State::new(&*word.value).word)
        })
    }
}

/// Returns an address as people write it: without its scheme.
fn bare_address(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    bare.strip_prefix("mailto:")
        .unwrap_or(bare)
        .trim_end_matches('/')
}
