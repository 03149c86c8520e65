//! What the page of every document has, whatever its kind: the frame, the common fields, prose, notices, neighbours.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::links::Links;
use super::parts::{
    Backlinks, Document, Fact, Link, Notice, Pager, Prose, Section, Shell, Source, State, Value,
    contents,
};
use super::portal::HOME;
use super::show::{Place, Show};
use super::story::anchor;
use super::theme::{TemplateError, Theme};
use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::markdown::{self, Body};
use crate::plan::address::{HISTORY, alias_address, page_address, rule_address};
use crate::plan::value::{Extra, Own};
use crate::plan::{Doc, DocId, Kind};

/// What a page says: the frame and the body.
#[derive(Clone, Debug, Serialize)]
pub struct Page<'p> {
    /// What surrounds the content.
    pub shell: Shell<'p>,
    /// The content.
    pub document: Document<'p>,
}

impl<'p> Page<'p> {
    /// Returns the page to be laid out with the template `template`.
    pub(super) fn with(self, template: &'static str) -> Layout<'p> {
        Layout {
            page: self,
            words: BTreeMap::new(),
            template,
        }
    }
}

/// A page and what lays it out.
#[derive(Clone, Debug, Serialize)]
pub struct Layout<'p> {
    /// What the page says.
    #[serde(flatten)]
    pub page: Page<'p>,
    /// What its template needs besides, as lists of words.
    #[serde(flatten)]
    words: BTreeMap<&'static str, Vec<String>>,
    /// The template.
    #[serde(skip)]
    template: &'static str,
}

impl Layout<'_> {
    /// Returns the page with `words` for its template, which knows them as `name`.
    #[must_use]
    pub(super) fn and<W: Into<String>>(
        mut self,
        name: &'static str,
        words: impl IntoIterator<Item = W>,
    ) -> Self {
        let words = words.into_iter().map(Into::into).collect();
        self.words.insert(name, words);
        self
    }

    /// Lays the page out at the end of `html`.
    ///
    /// # Errors
    /// A mistake in the theme that shows only with this page.
    pub fn render(mut self, theme: &Theme, html: &mut Vec<u8>) -> Result<(), TemplateError> {
        self.page.document.lay(theme.locale());
        theme.render(self.template, &self, html)
    }
}

/// Returns the page of `doc` as seen at `view`, its own path.
pub(super) fn page<'p, T: Show>(view: &View<'p>, doc: Doc<'p, T>) -> Page<'p> {
    let view = &view.of(doc.id);
    let (id, document) = (doc.id, doc.document);
    let mut sections = T::sections(view, doc);
    sections.retain(|section| !(section.blocks.is_empty() && section.sections.is_empty()));
    let about = about(view, id);
    let prose = prose(view, id);
    let (_, body) = view.body(id);
    let headings: Vec<_> = body
        .outline
        .headings
        .iter()
        .filter(|heading| heading.level == 2)
        .collect();
    let headings: Vec<_> = headings
        .iter()
        .map(|heading| Link::new(format!("#{}", heading.id), &*heading.text))
        .collect();
    let shell = shell(view, doc.id);
    let told = sections.iter().map(Section::link);
    let (opening, prose, mut all): (_, _, Vec<_>) = match T::PROSE {
        Place::First => (prose, None, headings.into_iter().chain(told).collect()),
        Place::Last => (None, prose, told.chain(headings).collect()),
    };
    all.extend(about.iter().map(Section::link));
    let document = Document {
        kind: Some(capitalised(T::KIND.one()).into()),
        state: T::state(view, doc),
        summary: document
            .common
            .description
            .as_ref()
            .map(|text| view.prose(&text.value)),
        facts: T::facts(view, doc)
            .into_iter()
            .filter(|fact| fact.value != Value::Empty)
            .collect(),
        notices: notices(view, id),
        contents: contents(all),
        opening,
        sections,
        prose,
        about,
        backlinks: backlinks(view, id),
        pager: pager(view, id),
        ..Document::default()
    };
    Page { shell, document }
}

/// Returns the body of the document `id`, or none when it has none.
fn prose<'p>(view: &View<'p>, id: DocId) -> Option<Prose<'p>> {
    let document = view.portal.plan.document(id);
    let (text, of) = view.body(id);
    let body = Body {
        text,
        span: of.span,
        outline: &of.outline,
    };
    let links = Links {
        view: *view,
        from: Some(id),
    };
    let place = markdown::Place::page(&document.title);
    let html = view
        .portal
        .renderer
        .body(body, &|destination| links.address(destination), &place);
    (!html.as_str().trim().is_empty()).then(|| Prose::new(String::from(html)))
}

/// Returns the frame of the page of the document `id`.
fn shell<'p>(view: &View<'p>, id: DocId) -> Shell<'p> {
    let plan = view.portal.plan;
    let document = plan.document(id);
    let mut shell = Shell::new(document.kind.word(), view.path, &*document.title);
    let names = &view.portal.names;
    shell.window_title = names.window_title(document).into();
    shell.description = names.description(document, view.body(id).1);
    shell.place = super::menu::place(document.kind);
    shell.crumbs = vec![
        Link::new(view.href(HOME), "Home"),
        view.index(document.kind),
    ];
    shell
        .crumbs
        .extend(document.belongs.train.and_then(|train| view.link(train)));
    shell.source = Some(source(view, plan.path(id)));
    shell
}

/// Returns the frame of the numbered page, counted from 1, of a list that belongs to no document: below the home page.
pub(super) fn shell_of_list<'p>(
    view: &View<'p>,
    page_type: &'static str,
    title: impl Into<Cow<'p, str>>,
    about: &str,
    number: usize,
) -> Shell<'p> {
    let mut shell = Shell::new(page_type, view.path, title);
    let place = match number {
        0 | 1 => String::new(),
        _ => format!(" – page {number}"),
    };
    shell.window_title = format!("{}{place}", view.portal.locale.word(&shell.title)).into();
    shell.description = format!("{}{place}", view.portal.locale.word(about)).into();
    shell.crumbs = vec![Link::new(view.href(HOME), "Home")];
    shell
}

/// What a page is called that belongs to a document and is not the document's own.
pub(super) struct Below {
    /// The kind of page, for `data-page-type`.
    pub page_type: &'static str,
    /// Its heading, in the portal's language.
    pub title: String,
    /// One sentence for search results.
    pub description: String,
}

/// Returns the frame of the page `below` the document `id`.
pub(super) fn shell_below<'p>(view: &View<'p>, id: DocId, below: Below) -> Shell<'p> {
    let above = shell(view, id);
    let document = view.portal.plan.document(id);
    let mut shell = Shell::new(below.page_type, view.path, below.title);
    // The id sets it apart where two documents have one title.
    shell.window_title = format!("{} · {}", shell.title, document.id).into();
    shell.description = format!("{} ({})", below.description, document.id).into();
    shell.place = above.place;
    shell.crumbs = above.crumbs;
    shell.crumbs.extend(view.link(id));
    shell
}

/// Returns where the file at `path` is edited and where its history is, when the plan names its repository.
fn source<'p>(view: &View<'p>, path: &'p str) -> Source<'p> {
    let forge = |action: &str| {
        let repository = view.portal.plan.config.repository.as_ref()?;
        let url = repository
            .url
            .as_ref()?
            .value
            .0
            .trim_end_matches('/')
            .trim_end_matches(".git");
        let branch = repository
            .branch
            .as_ref()
            .map_or("main", |branch| &*branch.value);
        Some(format!("{url}/{action}/{branch}/{path}").into())
    };
    Source {
        path: Cow::Borrowed(path),
        edit: forge("edit"),
        history: forge("commits"),
    }
}

/// Returns the fields that every kind has, except those that stand in the heading.
fn about<'p>(view: &View<'p>, id: DocId) -> Option<Section<'p>> {
    let document = view.portal.plan.document(id);
    let common = &document.common;
    let link = |link: &'p crate::plan::parts::link::WebLink| {
        let url = link.url.as_ref().map(|url| &*url.value.0)?;
        Some(Link::new(
            url,
            link.title.as_ref().map_or(url, |title| &*title.value),
        ))
    };
    let mut facts = vec![
        Fact::new("Id", Value::code(&*document.id)),
        Fact::new("Owner", view.who(common.owner.as_ref())),
        Fact::new(
            "Application",
            document
                .belongs
                .application
                .map_or(Value::Empty, |of| view.document(of)),
        ),
        Fact::new("Tags", view.texts(&common.tags)),
        Fact::new(
            "Links",
            Value::list(common.links.iter().filter_map(|web| link(&web.value))),
        ),
        Fact::new(
            "Time zone",
            common.timezone.as_ref().map(|zone| zone.to_string()),
        ),
        Fact::new("Audience", view.texts(&common.audience)),
        Fact::new("Published after", view.when(common.publish_after.as_ref())),
        Fact::new(
            "Earlier addresses",
            Value::list(
                common
                    .aliases
                    .iter()
                    .map(|alias| earlier(view, &alias.value)),
            ),
        ),
    ];
    facts.extend(common.allow.iter().map(|allow| {
        let reason = allow
            .reason
            .as_ref()
            .map_or(Value::Empty, |reason| view.prose(&reason.value).into());
        Fact::new(
            "Allowed",
            Value::list([view.code(allow.rule.as_ref()), reason]),
        )
    }));
    if common.draft {
        facts.push(Fact::new("Publication", State::new("draft")));
    }
    facts.push(Fact::new("Last change", last_change(view, id)));
    facts.extend(own(document.extra()));
    facts.retain(|fact| fact.value != Value::Empty);
    // The id alone is in the address already.
    (facts.len() > 1)
        .then(|| Section::new("about", "About").block(super::parts::Block::Facts(facts)))
}

/// Returns when the document `id` was changed last, by whom and why, with a link to what that changed.
fn last_change<'p>(view: &View<'p>, id: DocId) -> Value<'p> {
    let Some((seen, page)) = view.portal.story().last_change(id) else {
        return Value::Empty;
    };
    let page = format!("{}#{}", page_address(HISTORY, page), anchor(seen.moved));
    let commit = &seen.moved.commit;
    Value::list([
        view.day(seen.day).bare(),
        Value::from(commit.author.as_str()),
        Link::new(view.href(&page), commit.subject.as_str()).into(),
    ])
}

/// Returns a link to the address `alias`, at which a page leads to this one.
fn earlier<'p>(view: &View<'_>, alias: &'p str) -> Link<'p> {
    Link::new(view.href(&alias_address(alias)), alias)
}

/// Returns the team's own keys as facts, labelled as written; those inside other fields with the way to them.
fn own(extra: &Extra) -> impl Iterator<Item = Fact<'_>> {
    extra
        .iter()
        .chain(extra.nested())
        .map(|(key, value)| Fact::new(key, own_value(value)))
}

fn own_value(own: &Own) -> Value<'_> {
    match own {
        Own::Null => Value::Empty,
        Own::Text(text) => Value::Text(Cow::Borrowed(text)),
        Own::List(items) => Value::list(items.iter().map(own_value)),
        Own::Mapping(entries) => Value::list(entries.iter().map(|(key, value)| match value {
            Own::Text(text) => Value::Text(format!("{key}: {text}").into()),
            other => Value::list([Value::code(&**key), own_value(other)]),
        })),
    }
}

/// Returns the diagnostics in the file of the document `id`.
fn notices<'p>(view: &View<'p>, id: DocId) -> Vec<Notice<'p>> {
    let plan = view.portal.plan;
    let file = plan.document(id).file;
    let notice = |diagnostic: &&'p Diagnostic| {
        let finding = &diagnostic.finding;
        let (start, _) = plan.sources.positions(finding.at);
        Notice {
            severity: State::new(diagnostic.severity.word()),
            rule: Link::new(view.href(&rule_address(finding.rule.0)), finding.rule.0),
            message: Cow::Borrowed(&finding.message),
            hint: finding.hint.as_deref().map(Cow::Borrowed),
            place: format!("{}:{}:{}", plan.path(id), start.line, start.column).into(),
        }
    };
    view.portal
        .diagnostics_in(file)
        .iter()
        .map(notice)
        .collect()
}

/// How many links stand under one heading of "who refers to this" before the rest is only counted.
const MOST_BACKLINKS: usize = 100;

/// Returns who refers to the document `id`, by the field in which they do.
fn backlinks<'p>(view: &View<'p>, id: DocId) -> Vec<Backlinks<'p>> {
    let plan = view.portal.plan;
    let mut groups: Vec<((Kind, &'static str), Vec<DocId>)> = Vec::new();
    for link in plan
        .links_to(id)
        .filter(|link| link.from != id && view.portal.path(link.from).is_some())
    {
        let relation = (plan.document(link.from).kind, link.field.top);
        match groups.iter_mut().find(|(of, _)| *of == relation) {
            Some((_, from)) if from.last() == Some(&link.from) => {}
            Some((_, from)) => from.push(link.from),
            None => groups.push((relation, vec![link.from])),
        }
    }
    groups.sort_by_key(|(relation, _)| *relation);
    let mut told: Vec<Backlinks<'p>> = Vec::new();
    for ((kind, field), from) in groups {
        let title = relation(kind, field);
        let links = from
            .iter()
            .take(MOST_BACKLINKS)
            .filter_map(|&from| view.link(from));
        // Several fields can come to the same relation.
        match told.iter_mut().find(|group| *group.title == *title) {
            Some(group) => {
                let more: Vec<_> = links.filter(|link| !group.links.contains(link)).collect();
                group.links.extend(more);
            }
            None => told.push(Backlinks {
                title: title.into(),
                links: links.collect(),
            }),
        }
    }
    told
}

/// Returns how documents of `kind` that name this one under `field` stand to it.
fn relation(kind: Kind, field: &str) -> String {
    let many = capitalised(kind.many());
    match (kind, field) {
        (_, "needs") => "Needed by".to_owned(),
        (_, "contains") => "Part of".to_owned(),
        (_, "runs_on") => "Hosts".to_owned(),
        (_, "supersedes") => "Superseded by".to_owned(),
        (Kind::Turnover, "from") => "Promoted to".to_owned(),
        (_, "owner" | "manager" | "lead") => {
            format!("{field} of {many}").replacen(&field[..1], &field[..1].to_uppercase(), 1)
        }
        (_, "members") => "Member of".to_owned(),
        (
            _,
            "application" | "train" | "release" | "environment" | "for" | "of" | "freeze"
            | "releases" | "contents",
        ) => many,
        (_, field) => format!("{many} ({})", field.replace('_', " ")),
    }
}

/// Returns the neighbours of the document `id` among the published ones of its kind.
fn pager<'p>(view: &View<'p>, id: DocId) -> Pager<'p> {
    let siblings = view.portal.published_of(view.portal.plan.document(id).kind);
    let Ok(at) = siblings.binary_search(&id) else {
        return Pager::default();
    };
    let link = |at: usize| siblings.get(at).and_then(|&sibling| view.link(sibling));
    Pager {
        previous: at.checked_sub(1).and_then(link),
        next: link(at + 1),
    }
}

/// Returns `words` with a capital first letter.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}
