//! Ids → documents: every reference of the plan is resolved here, once.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Findings};
use crate::plan::parts::person::Who;
use crate::plan::value::{Record as _, Reference, Refers, Visitor};
use crate::plan::{Belonging, DocId, Document, Field, Kind, Link, Plan};
use crate::text::{Location, Span, nearest};

/// Resolves every reference of `plan` and remembers it as a [`Link`]; those that mean nothing are reported.
pub(super) fn resolve(plan: &mut Plan, findings: &mut Findings) {
    let mut documents = std::mem::take(plan.documents_mut());
    let named: Vec<_> = documents.iter().map(Named::of).collect();
    let mut config = std::mem::take(&mut plan.config);
    let ids = Ids {
        plan,
        named: &named,
    };
    let resolve = |(index, document)| ids.of_document(index, document);
    let mut found: Vec<_> = documents.par_iter_mut().enumerate().map(resolve).collect();
    let mut of_config = Resolver::new(&ids, Context::default());
    config.visit_fields(&mut of_config);
    let mut report = Report {
        ids: &ids,
        hints: FxHashMap::default(),
        findings,
    };
    for (document, resolved) in documents.iter().zip(&found) {
        resolved
            .unresolved
            .iter()
            .for_each(|fault| report.add(Location::new(document.file, fault.span), fault));
    }
    for fault in &of_config.found.unresolved {
        report.add(
            Location::new(plan.config_file.unwrap_or_default(), fault.span),
            fault,
        );
    }
    let links = found
        .iter_mut()
        .flat_map(|resolved| std::mem::take(&mut resolved.links))
        .collect();
    plan.config = config;
    *plan.documents_mut() = documents;
    plan.set_links(links);
}

/// What resolution needs of a document while the document itself is being changed.
struct Named {
    kind: Kind,
    id: Box<str>,
    belongs: Belonging,
    /// Whether it may hold milestones that could not be read.
    hides_milestones: bool,
}

impl Named {
    fn of(document: &Document) -> Self {
        Self {
            kind: document.kind,
            id: document.id.clone(),
            belongs: document.belongs,
            hides_milestones: matches!(document.kind, Kind::Train | Kind::Release)
                && document.doubts.has("milestones"),
        }
    }
}

/// The ids of the plan, and who belongs to whom.
struct Ids<'p> {
    plan: &'p Plan,
    named: &'p [Named],
}

/// What a reference stands in: scoped ids are looked up there first.
#[derive(Clone, Copy, Default)]
struct Context<'p> {
    from: Option<DocId>,
    train: Option<&'p str>,
    release: Option<&'p str>,
    /// Whether it is a template, whose trains do not exist yet.
    is_model: bool,
}

/// The references of one document.
#[derive(Default)]
struct Resolved {
    links: Vec<Link>,
    unresolved: Vec<Unresolved>,
}

/// A reference that means no document.
struct Unresolved {
    span: Span,
    kinds: &'static [Kind],
    written: Box<str>,
    why: Why,
}

/// Why a reference means no document.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Why {
    /// There is no such id.
    Unknown,
    /// The id is that of another kind.
    WrongKind(Kind),
    /// The id is that of several kinds that the field accepts.
    Ambiguous(Vec<Kind>),
}

impl<'p> Ids<'p> {
    fn of_document(&'p self, index: usize, document: &mut Document) -> Resolved {
        let mut resolver = Resolver::new(self, self.context(index));
        document.common.visit_fields(&mut resolver);
        document.detail.visit(&mut resolver);
        resolver.found
    }

    fn context(&self, index: usize) -> Context<'_> {
        let of = &self.named[index];
        let named = |id: Option<DocId>| id.map(|id| &*self.named[id.index()].id);
        let own = |kind| (of.kind == kind).then_some(&*of.id);
        Context {
            from: u32::try_from(index).ok().map(DocId),
            train: own(Kind::Train).or_else(|| named(of.belongs.train)),
            release: own(Kind::Release).or_else(|| named(of.belongs.release)),
            is_model: of.kind == Kind::Model,
        }
    }

    /// Returns the document of `kind` that `id` means in `context`: a scoped id is first one of the same release, then
    /// one of the same train, then a full one.
    fn find(&self, kind: Kind, id: &str, context: &Context<'_>) -> Option<DocId> {
        let scoped = |scope: Option<&str>| self.plan.find(kind, &format!("{}/{id}", scope?));
        if kind.is_scoped() {
            scoped(context.release)
                .or_else(|| scoped(context.train))
                .or_else(|| self.plan.find(kind, id))
        } else {
            self.plan.find(kind, id)
        }
    }

    fn target(
        &self,
        reference: &Reference,
        kinds: &[Kind],
        context: &Context<'_>,
    ) -> Result<DocId, Why> {
        let (named, id) = reference.parts();
        // A bare id is a person's: a team is always written `team:<id>` (content model, section 2).
        let bare = if kinds == Who::KINDS {
            &kinds[..1]
        } else {
            kinds
        };
        let allowed = named.as_ref().map_or(bare, std::slice::from_ref);
        let found: Vec<_> = allowed
            .iter()
            .filter_map(|&kind| Some((kind, self.find(kind, id, context)?)))
            .collect();
        match found.as_slice() {
            [(kind, target)] if kinds.contains(kind) => Ok(*target),
            [(kind, _)] => Err(Why::WrongKind(*kind)),
            [] => {
                let elsewhere = Kind::ALL
                    .iter()
                    .find(|&&kind| self.find(kind, id, context).is_some());
                Err(elsewhere.map_or(Why::Unknown, |&kind| Why::WrongKind(kind)))
            }
            several => Err(Why::Ambiguous(
                several.iter().map(|(kind, _)| *kind).collect(),
            )),
        }
    }

    /// Returns the ids of `kinds`, in order, when they are so few that a hint can list them.
    fn few(&self, kinds: &[Kind]) -> Vec<String> {
        let ids = || kinds.iter().flat_map(|&kind| self.plan.ids(kind));
        let mut few: Vec<_> = ids().take(6).map(|id| format!("`{id}`")).collect();
        few.sort_unstable();
        if few.len() > 5 { Vec::new() } else { few }
    }

    /// Returns whether `written` may be a milestone that stands in a list which could not be read.
    fn may_be_hidden(&self, written: &str, kinds: &[Kind], context: &Context<'_>) -> bool {
        let hiding = self.named.iter().filter(|named| named.hides_milestones);
        let is_scope = |named: &Named| {
            let scopes = [
                context.train,
                context.release,
                written.rsplit_once('/').map(|(id, _)| id),
            ];
            scopes.contains(&Some(&*named.id))
        };
        kinds.contains(&Kind::Milestone) && hiding.into_iter().any(is_scope)
    }

    /// Returns whether `written` names a document of another plan, which is checked where that plan is imported.
    fn is_imported(&self, written: &str) -> bool {
        let plan = written
            .split_once('/')
            .filter(|(_, rest)| rest.contains(':'))
            .map(|(plan, _)| plan);
        plan.is_some_and(|plan| self.plan.config.imports.get(plan).is_some())
    }

    /// Returns whether unknown people are at fault: only once the plan has people (content model, section 2).
    fn knows_people(&self) -> bool {
        self.plan.ids(Kind::Person).next().is_some()
    }
}

/// Walks over one document and resolves its references.
struct Resolver<'p> {
    ids: &'p Ids<'p>,
    context: Context<'p>,
    path: Vec<&'static str>,
    found: Resolved,
}

impl<'p> Resolver<'p> {
    fn new(ids: &'p Ids<'p>, context: Context<'p>) -> Self {
        Self {
            ids,
            context,
            path: Vec::new(),
            found: Resolved::default(),
        }
    }
}

impl Visitor for Resolver<'_> {
    fn enter(&mut self, name: &'static str) {
        self.path.push(name);
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn reference(&mut self, reference: &mut Reference, kinds: &'static [Kind]) {
        // What a model names by a scoped id is written with each train that follows it.
        let is_template = self.context.is_model && kinds.iter().all(|kind| kind.is_scoped());
        if reference.is_open() || is_template || self.ids.is_imported(&reference.written) {
            return;
        }
        let field = Field {
            top: self.path.first().copied().unwrap_or_default(),
            leaf: self.path.last().copied().unwrap_or_default(),
        };
        let target = self.ids.target(reference, kinds, &self.context);
        reference.target = target.as_ref().ok().copied();
        let span = reference.span;
        if let Some(from) = self.context.from {
            self.found.links.push(Link {
                from,
                field,
                span,
                kinds,
                to: reference.target,
            });
        }
        let hidden = || {
            self.ids
                .may_be_hidden(reference.parts().1, kinds, &self.context)
        };
        if let Err(why) = target
            && !hidden()
        {
            self.found.unresolved.push(Unresolved {
                span,
                kinds,
                written: reference.written.clone(),
                why,
            });
        }
    }
}

/// Reports references that mean nothing. The same unknown id is looked for among the known ones only once.
struct Report<'r> {
    ids: &'r Ids<'r>,
    hints: FxHashMap<(Box<str>, &'static [Kind]), String>,
    findings: &'r mut Findings,
}

impl Report<'_> {
    fn add(&mut self, at: Location, fault: &Unresolved) {
        let is_person = fault.kinds == Who::KINDS && !fault.written.contains(':');
        if is_person && fault.why == Why::Unknown && !self.ids.knows_people() {
            return;
        }
        let words: Vec<_> = fault.kinds.iter().map(|kind| kind.word()).collect();
        let wanted = words.join(" or ");
        let one = any(fault.kinds);
        let written = &*fault.written;
        let finding = match &fault.why {
            Why::Unknown => {
                let rule = if is_person {
                    "person/unknown"
                } else {
                    "reference/unknown"
                };
                let hint = self.hint(fault);
                Finding::new(rule, at, format!("there is no {wanted} `{written}`")).hint(hint)
            }
            Why::WrongKind(kind) => {
                let message = format!(
                    "`{written}` is {}, and this has to be {one}",
                    kind.with_article()
                );
                let finding = Finding::new("reference/wrong-kind", at, message);
                match fault.kinds.contains(kind) {
                    true => finding.hint(format!("write `{kind}:{written}`")),
                    false => finding.hint(self.hint(fault)),
                }
            }
            Why::Ambiguous(kinds) => {
                let message = format!("`{written}` can mean {}", any(kinds));
                let say = kinds
                    .iter()
                    .map(|kind| format!("`{kind}:{written}`"))
                    .collect::<Vec<_>>()
                    .join(" or ");
                Finding::new("reference/ambiguous", at, message).hint(format!("write {say}"))
            }
        };
        self.findings.push(finding);
    }

    /// Returns what an unknown id was probably meant to be.
    fn hint(&mut self, fault: &Unresolved) -> String {
        let ids = self.ids;
        let key = (fault.written.clone(), fault.kinds);
        let looked_for = || {
            let (prefix, id) = fault
                .written
                .split_once(':')
                .map_or(("", &*fault.written), |(kind, id)| (kind, id));
            let named = Kind::named(prefix);
            let kinds = named.as_ref().map_or(fault.kinds, std::slice::from_ref);
            let mut near: Vec<_> = kinds
                .iter()
                .flat_map(|&kind| nearest(id, ids.plan.ids(kind)))
                .collect();
            near.sort_unstable();
            let as_written = |id: &&str| {
                if prefix.is_empty() {
                    format!("`{id}`")
                } else {
                    format!("`{prefix}:{id}`")
                }
            };
            let near: Vec<_> = near.iter().take(3).map(as_written).collect();
            match (
                near.as_slice(),
                ids.few(fault.kinds).as_slice(),
                fault.kinds,
            ) {
                ([], [], [kind]) => {
                    format!("add it below `{}/`, or name one that exists", kind.folder())
                }
                ([], [], _) => "name one that exists".to_owned(),
                ([], few, _) => format!("name {}: {}", any(fault.kinds), few.join(", ")),
                (near, ..) => format!("did you mean {}?", near.join(" or ")),
            }
        };
        self.hints.entry(key).or_insert_with(looked_for).clone()
    }
}

/// Returns the kinds as a choice: "a train or a release".
fn any(kinds: &[Kind]) -> String {
    kinds
        .iter()
        .map(|kind| kind.with_article())
        .collect::<Vec<_>>()
        .join(" or ")
}
