//! What can be found: each published document, each part of one that has an anchor, and the portal's own pages.

use rustc_hash::FxHashMap;

use super::{Place, fields, words};
use crate::plan::address::{anchored, criterion_anchor};
use crate::plan::kinds::{release::Release, turnover::Turnover};
use crate::plan::value::Text;
use crate::plan::{DocId, Document, Kind, Plan, Publication};
use crate::syntax::body::prose;

/// How much a word tells about what it is found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// It is said in the body.
    Body,
    /// A field says it.
    Field,
    /// It is a heading, a tag, the summary, or the name of a part.
    Mention,
    /// It is a name of the thing: its title, id, version, address.
    Name,
}

/// The words of one entry, each with the most that it tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Words(FxHashMap<Box<str>, Level>);

impl Words {
    /// Adds the words of `text`.
    pub(super) fn add(&mut self, text: &str, level: Level) {
        words::each(&words::folded(text), |word| match self.0.get_mut(word) {
            Some(known) => *known = level.max(*known),
            None => {
                self.0.insert(word.into(), level);
            }
        });
    }

    fn add_text(&mut self, text: Option<&Text>, level: Level) {
        if let Some(text) = text {
            self.add(&text.value, level);
        }
    }

    /// Returns the words, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Level)> {
        self.0.iter().map(|(word, level)| (&**word, *level))
    }
}

/// Something that can be found.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What it is called.
    pub title: String,
    /// Where it is: an id of its kind, `#` and the anchor for a part of the entry before it, `/` and the path otherwise.
    pub at: String,
    /// Its kind; none for the portal's own pages.
    pub kind: Option<Kind>,
    /// What it says of itself in a sentence; empty for nothing.
    pub summary: String,
    /// For how many quarters of a year it has been a thing of the past.
    pub age: u32,
    /// The train to which it belongs, or which it is.
    pub train: Option<DocId>,
    /// The application to which it belongs, or which it is.
    pub application: Option<DocId>,
    /// Whom it is for; empty for everyone.
    pub audience: Vec<Box<str>>,
    /// By which words it is found.
    pub words: Words,
}

/// The longest summary, in characters.
const SUMMARY: usize = 110;

/// Returns the entries of the document `id`: itself, and then its parts.
pub(super) fn of_document(plan: &Plan, id: DocId, publication: Publication) -> Vec<Entry> {
    let document = plan.document(id);
    let fields = fields::of(plan, id);
    let is_it = |kind| (document.kind == kind).then_some(id);
    let published = |id: &DocId| plan.is_published(*id, publication);
    let (train, application) = (document.belongs.train, document.belongs.application);
    let told = document.common.description.as_ref();
    let summary = told.map_or(&*document.body.outline.summary, |text| &*text.value);
    let audience = document.common.audience.iter();
    let whole = Entry {
        title: document.title.to_string(),
        at: place(plan, id),
        kind: Some(document.kind),
        summary: shortened(summary),
        age: fields::age(plan, id, &fields, publication.as_of),
        train: is_it(Kind::Train).or(train).filter(published),
        application: is_it(Kind::Application).or(application).filter(published),
        audience: audience.map(|name| name.value.clone()).collect(),
        words: Words::default(),
    };
    let mut entries = vec![whole];
    add_parts(plan, id, &mut entries);
    let mut words = Words::default();
    say(plan, document, &mut words);
    let above = [train, application].into_iter().flatten();
    for above in above.filter(published) {
        words.add(&plan.document(above).title, Level::Field);
    }
    fields::say(&fields, &mut words);
    if let Some(whole) = entries.first_mut() {
        whole.words = words;
    }
    entries
}

/// Returns the entry of a page of the portal's own.
pub(super) fn of_place(place: &Place) -> Entry {
    let mut words = Words::default();
    words.add(&place.title, Level::Name);
    words.add(&place.summary, Level::Mention);
    Entry {
        title: place.title.clone(),
        at: format!("/{}", place.path),
        kind: None,
        summary: shortened(&place.summary),
        age: 0,
        train: None,
        application: None,
        audience: Vec::new(),
        words,
    }
}

/// Returns where the document `id` is, as short as an entry tells it.
fn place(plan: &Plan, id: DocId) -> String {
    let document = plan.document(id);
    match document.host {
        Some(_) => format!("/{}", plan.address(id)),
        None => document.id.to_string(),
    }
}

/// Adds what `document` says outside the fields of its own kind.
fn say(plan: &Plan, document: &Document, words: &mut Words) {
    let common = &document.common;
    words.add(&document.title, Level::Name);
    words.add(&document.id, Level::Name);
    for alias in &common.aliases {
        words.add(&alias.value, Level::Name);
    }
    for tag in &common.tags {
        words.add(&tag.value, Level::Mention);
    }
    words.add_text(common.description.as_ref(), Level::Mention);
    words.add(document.kind.one(), Level::Field);
    if let Some(owner) = &common.owner {
        words.add(&owner.written, Level::Field);
    }
    for link in &common.links {
        words.add_text(link.value.title.as_ref(), Level::Field);
    }
    for heading in &document.body.outline.headings {
        words.add(&heading.text, Level::Mention);
    }
    let text = &plan.sources.get(document.file).text;
    for passage in prose(text, document.body.span) {
        words.add(&passage.words, Level::Body);
    }
}

/// Adds the parts of the document `id` that have an anchor: headings, and what its kind lists by id.
fn add_parts(plan: &Plan, id: DocId, entries: &mut Vec<Entry>) {
    const DEEPEST: u8 = 3;
    let document = plan.document(id);
    let headings = document.body.outline.headings.iter();
    // The first of them all is most often the title once more.
    let headings = headings.filter(|of| of.level <= DEEPEST && *of.text != *document.title);
    let headings: Vec<_> = headings
        .filter_map(|of| Some(part(entries.first()?, of.text.clone(), &of.id)))
        .collect();
    entries.extend(headings);
    if let Some(release) = plan.get::<Release>(id) {
        for item in release.fields.items.iter() {
            let anchor = anchored("item", &item.id.value);
            add_part(item.title.as_ref(), &item.id.value, &anchor, entries);
        }
    }
    if let Some(turnover) = plan.get::<Turnover>(id) {
        for step in turnover.fields.tasks.iter() {
            let anchor = anchored("task", &step.id.value);
            add_part(step.title.as_ref(), &step.id.value, &anchor, entries);
        }
    }
    for gate in plan
        .course(id)
        .iter()
        .flat_map(|course| course.gates.iter())
    {
        // A criterion without a title is a policy's or a model's; the document only says how far it is.
        for criterion in gate.criteria.iter().filter(|of| of.title.is_some()) {
            let anchor = criterion_anchor(&gate.id.value, &criterion.id.value);
            add_part(
                criterion.title.as_ref(),
                &criterion.id.value,
                &anchor,
                entries,
            );
        }
    }
}

/// Adds the part `id`, called `title`, of the first of `entries`.
fn add_part(title: Option<&Text>, id: &str, anchor: &str, entries: &mut Vec<Entry>) {
    let called = match title {
        // A key of a tracker is what people look for; an id that repeats the title is not.
        Some(title) if id.contains(|letter: char| letter.is_ascii_digit()) => {
            format!("{id} {}", title.value)
        }
        Some(title) => title.value.to_string(),
        None => id.to_owned(),
    };
    let part = entries.first().map(|whole| part(whole, called, anchor));
    entries.extend(part);
}

/// Returns the part of `whole` that is called `title` and stands at `anchor`.
fn part(whole: &Entry, title: String, anchor: &str) -> Entry {
    let mut words = Words::default();
    words.add(&title, Level::Name);
    words.add(&whole.title, Level::Field);
    Entry {
        title,
        at: format!("#{anchor}"),
        summary: String::new(),
        audience: whole.audience.clone(),
        words,
        ..*whole
    }
}

/// Returns `text` cut at a word.
fn shortened(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((most, _)) = text.char_indices().nth(SUMMARY) else {
        return text;
    };
    let end = text[..most].rfind(' ').unwrap_or(most);
    format!("{}…", &text[..end])
}
