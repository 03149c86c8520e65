//! Documents on their own → documents of one plan: what each belongs to, its full id, and which ids are taken twice.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Findings};
use crate::plan::config::Config;
use crate::plan::kinds::milestone::Milestone;
use crate::plan::value::{Inline, Item};
use crate::plan::{Belonging, Body, Detail, DocId, Document, Doubts, Kind, OfKind, Plan};
use crate::text::{FileId, Location, Sources, Span};

use super::document::{Content, RawDocument};
use super::identity::is_index;

/// A document that has its full id, on its way into the plan.
struct Named {
    kind: Kind,
    id: Box<str>,
    id_span: Option<Span>,
    file: FileId,
    head: Span,
    extent: Span,
    /// The train, release and application that it belongs to, by id.
    belongs: Owners,
    content: Content,
    /// The id and kind of the document that it is written inside of.
    host: Option<(Kind, Box<str>)>,
}

/// What a document belongs to, by id.
#[derive(Clone, Debug, Default)]
struct Owners {
    train: Option<Box<str>>,
    release: Option<Box<str>>,
    application: Option<Box<str>>,
}

/// Returns the plan of `documents`; ids that are taken twice are reported, and the later document is left out.
pub(super) fn assemble(
    (config, config_file): (Config, Option<FileId>),
    sources: Sources,
    documents: Vec<RawDocument>,
    findings: &mut Findings,
) -> Plan {
    let folders = Folders::of(&documents, &sources);
    let releases = release_trains(&documents, &sources, &folders);
    let mut named = Vec::with_capacity(documents.len());
    for document in documents {
        let Some(content) = document.content else {
            continue;
        };
        let owners = folders.owners(&sources.get(document.file).path, &content, &releases);
        name(document.file, content, owners, &mut named);
    }
    named.sort_by(|a, b| (a.kind, &a.id, a.file, a.head).cmp(&(b.kind, &b.id, b.file, b.head)));
    let kept = reject_duplicates(named, &sources, findings);
    let belongings: Vec<_> = kept
        .iter()
        .map(|document| belonging(document, &kept))
        .collect();
    let documents = kept
        .into_iter()
        .zip(belongings)
        .map(|(named, (belongs, host))| named.finish(belongs, host))
        .collect();
    Plan::new(config, config_file, sources, documents)
}

/// The folders that speak for a train or an application: `trains/2026-q4` → `2026-q4`.
struct Folders<'s>(FxHashMap<(Kind, &'s str), Box<str>>);

impl<'s> Folders<'s> {
    fn of(documents: &[RawDocument], sources: &'s Sources) -> Self {
        let mut folders = FxHashMap::default();
        for document in documents {
            let path = sources.get(document.file).path.as_str();
            let Some(content) = &document.content else {
                continue;
            };
            let Some((folder, name)) = path.rsplit_once('/') else {
                continue;
            };
            if matches!(
                content.kind,
                Kind::Train | Kind::Application | Kind::Release
            ) && is_index(name)
            {
                folders.insert((content.kind, folder), content.id.clone());
            }
        }
        Self(folders)
    }

    /// Returns the id of the document of `kind` below whose folder `path` lies.
    fn above(&self, kind: Kind, path: &str) -> Option<Box<str>> {
        let mut folder = path.rsplit_once('/')?.0;
        loop {
            if let Some(id) = self.0.get(&(kind, folder)) {
                return Some(id.clone());
            }
            let (parent, name) = folder.rsplit_once('/')?;
            if parent.rsplit('/').next() == Some(kind.folder()) {
                return Some(name.into());
            }
            folder = parent;
        }
    }

    /// Returns what a document belongs to: what its fields say, else the folders above it.
    fn owners(
        &self,
        path: &str,
        content: &Content,
        releases: &FxHashMap<Box<str>, Option<Box<str>>>,
    ) -> Owners {
        if content.kind == Kind::Train {
            return Owners::default();
        }
        let written = written_owners(&content.detail);
        let release = written
            .release
            .or_else(|| self.above(Kind::Release, path))
            .filter(|_| content.kind != Kind::Release);
        let of_release = || {
            release
                .as_ref()
                .and_then(|release| releases.get(release).cloned().flatten())
        };
        let train = written
            .train
            .or_else(of_release)
            .or_else(|| self.above(Kind::Train, path));
        let above = || {
            self.above(Kind::Application, path)
                .filter(|_| content.kind != Kind::Application)
        };
        let application = written.application.or_else(above);
        Owners {
            train,
            release,
            application,
        }
    }
}

/// Returns what the fields of a document say that it belongs to.
fn written_owners(detail: &Detail) -> Owners {
    macro_rules! id {
        ($reference:expr) => {
            $reference
                .as_ref()
                .map(|reference| reference.parts().1.into())
        };
    }
    match detail {
        Detail::Release(release) => Owners {
            train: id!(release.train),
            release: None,
            application: id!(release.application),
        },
        Detail::Milestone(milestone) => Owners {
            train: id!(milestone.train),
            release: id!(milestone.release),
            application: None,
        },
        Detail::Turnover(turnover) => Owners {
            train: id!(turnover.train),
            release: id!(turnover.release),
            application: None,
        },
        Detail::Note(note) => Owners {
            train: id!(note.train),
            release: id!(note.release),
            application: None,
        },
        Detail::Review(review) => Owners {
            train: id!(review.train),
            ..Owners::default()
        },
        _ => Owners::default(),
    }
}

/// Returns the train of every release, by id: what belongs to a release belongs to its train.
fn release_trains(
    documents: &[RawDocument],
    sources: &Sources,
    folders: &Folders<'_>,
) -> FxHashMap<Box<str>, Option<Box<str>>> {
    let none = FxHashMap::default();
    let releases = documents
        .iter()
        .filter_map(|document| Some((document, document.content.as_ref()?)));
    let releases = releases.filter(|(_, content)| content.kind == Kind::Release);
    releases
        .map(|(document, content)| {
            let path = &sources.get(document.file).path;
            (
                content.id.clone(),
                folders.owners(path, content, &none).train,
            )
        })
        .collect()
}

/// Adds the document and the milestones written inside it to `named`, each with its full id.
fn name(file: FileId, mut content: Content, owners: Owners, named: &mut Vec<Named>) {
    let kind = content.kind;
    let id = full_id(kind, &content.id, &owners);
    let inside = match &mut content.detail {
        Detail::Train(train) => std::mem::take(&mut train.milestones).items,
        Detail::Release(release) => std::mem::take(&mut release.milestones).items,
        _ => Vec::new(),
    };
    let inside_owners = match kind {
        Kind::Train => Owners {
            train: Some(id.clone()),
            ..Owners::default()
        },
        _ => Owners {
            release: Some(id.clone()),
            ..owners.clone()
        },
    };
    for item in inside {
        named.push(inline_milestone(
            file,
            item,
            inside_owners.clone(),
            (kind, id.clone()),
        ));
    }
    let (id_span, head) = (content.id_span, content.head);
    named.push(Named {
        kind,
        id,
        id_span,
        file,
        head,
        extent: Span::new(0..usize::MAX),
        belongs: owners,
        content,
        host: None,
    });
}

/// Returns the document that a milestone written inside a train or a release is.
fn inline_milestone(
    file: FileId,
    item: Item<Inline<Milestone>>,
    belongs: Owners,
    host: (Kind, Box<str>),
) -> Named {
    let Item { id, span, value } = item;
    let extent = value.extent;
    let content = Content {
        kind: Kind::Milestone,
        id: id.value,
        id_span: Some(id.span),
        head: span,
        common: value.common,
        detail: value.detail.into_detail(),
        body: Body::default(),
        doubts: Doubts::default(),
    };
    let full = full_id(Kind::Milestone, &content.id, &belongs);
    Named {
        kind: Kind::Milestone,
        id: full,
        id_span: Some(id.span),
        file,
        head: span,
        extent,
        belongs,
        content,
        host: Some(host),
    }
}

/// Returns the id that is unique in the plan: a milestone's is scoped to its release or train, that of the other scoped
/// kinds to its train.
fn full_id(kind: Kind, id: &str, owners: &Owners) -> Box<str> {
    let scope = match kind {
        Kind::Milestone => owners.release.as_ref().or(owners.train.as_ref()),
        kind if kind.is_scoped() => owners.train.as_ref(),
        _ => None,
    };
    match scope {
        Some(scope) => format!("{scope}/{id}").into(),
        None => id.into(),
    }
}

/// Returns `documents`, which are sorted, without those whose kind and id came before; these are reported.
fn reject_duplicates(
    documents: Vec<Named>,
    sources: &Sources,
    findings: &mut Findings,
) -> Vec<Named> {
    let mut kept: Vec<Named> = Vec::with_capacity(documents.len());
    for document in documents {
        let Some(first) = kept
            .last()
            .filter(|last| (last.kind, &last.id) == (document.kind, &document.id))
        else {
            kept.push(document);
            continue;
        };
        let place = |named: &Named| Location::new(named.file, named.id_span.unwrap_or(named.head));
        let path = &sources.get(first.file).path;
        let message = format!("{} `{}` exists twice", document.kind, document.id);
        let finding = Finding::new("document/duplicate-id", place(&document), message);
        findings.push(
            finding
                .also(place(first), format!("first in {path}"))
                .hint("give one of them another `id:` or file name"),
        );
    }
    kept
}

/// Returns what `document` belongs to among `documents`, which are sorted, and the document that it is inside of.
fn belonging(document: &Named, documents: &[Named]) -> (Belonging, Option<DocId>) {
    let find = |kind: Kind, id: &str| {
        let at = documents
            .binary_search_by(|other| (other.kind, &*other.id).cmp(&(kind, id)))
            .ok()?;
        u32::try_from(at).ok().map(DocId)
    };
    let owner = |kind, id: &Option<Box<str>>| id.as_ref().and_then(|id| find(kind, id));
    let belongs = Belonging {
        train: owner(Kind::Train, &document.belongs.train),
        release: owner(Kind::Release, &document.belongs.release),
        application: owner(Kind::Application, &document.belongs.application),
    };
    (
        belongs,
        document
            .host
            .as_ref()
            .and_then(|(kind, id)| find(*kind, id)),
    )
}

impl Named {
    fn finish(self, belongs: Belonging, host: Option<DocId>) -> Document {
        let Self {
            kind,
            id,
            file,
            head,
            extent,
            content,
            ..
        } = self;
        let Content {
            common,
            detail,
            body,
            doubts,
            id: short,
            ..
        } = content;
        let name = match &detail {
            Detail::Person(person) => person.name.as_ref(),
            _ => None,
        };
        let written = common
            .title
            .as_ref()
            .or(name)
            .map(|title| title.value.clone());
        let heading = || {
            body.outline
                .title()
                .map(|heading| heading.text.as_str().into())
        };
        let title = written.or_else(heading).unwrap_or(short);
        Document {
            kind,
            id,
            title,
            file,
            head,
            extent,
            common,
            detail,
            body,
            belongs,
            host,
            doubts,
        }
    }
}
