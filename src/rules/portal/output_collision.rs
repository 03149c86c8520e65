//! `portal/output-collision`: every page has an address of its own.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::address::{HOME, OWN_FOLDERS, alias_address, index_address};
use crate::plan::{DocId, Kind, Plan};
use crate::rules::book::{Context, Rule};
use crate::text::Location;

pub(super) const RULE: Rule = Rule::checked(
    NAME,
    Severity::Error,
    include_str!("output-collision.md"),
    check,
);

const NAME: &str = "portal/output-collision";

/// What answers for an address.
enum Source {
    /// A document, and where it is named.
    Document(DocId, Location),
    /// A page that the portal always has.
    Portal(String),
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let plan = context.plan;
    let mut taken: FxHashMap<String, Source> = FxHashMap::default();
    taken.insert(HOME.to_owned(), Source::Portal("the home page".to_owned()));
    for &kind in Kind::ALL {
        let index = format!("the index of {}", kind.many());
        taken.insert(index_address(kind, 1), Source::Portal(index));
    }
    for (id, train) in plan.of_kind(Kind::Train) {
        let below = [
            (plan.readiness_address(id), "readiness page"),
            (plan.releases_address(id, 1), "list of releases"),
        ];
        for (path, what) in below {
            let page = Source::Portal(format!("the {what} of train {}", train.id));
            taken.insert(path.to_lowercase(), page);
        }
    }
    let pages = plan
        .documents()
        .filter(|(_, document)| document.host.is_none());
    let pages: Vec<_> = pages
        .map(|(id, _)| (id, plan.address(id), place(plan, id)))
        .collect();
    let aliases = plan.documents().flat_map(|(id, document)| {
        let aliases = document.common.aliases.iter();
        aliases.map(move |alias| (id, alias_address(alias), plan.locate(id, alias.span)))
    });
    // Pages come before aliases, so that what is at fault is the alias.
    for (id, path, at) in pages.into_iter().chain(aliases) {
        // Many file systems, and so many servers, take `Payments` and `payments` for the same.
        let folded = path.to_lowercase();
        match taken.get(&folded) {
            Some(first) => findings.push(collision(plan, (id, &path, at), first)),
            None if let Some(what) = owned(&folded) => {
                let own = Source::Portal(what.to_owned());
                findings.push(collision(plan, (id, &path, at), &own));
            }
            None if is_index_page(&folded) => {
                let later = Source::Portal("the later pages of that index".to_owned());
                findings.push(collision(plan, (id, &path, at), &later));
            }
            None => {
                taken.insert(folded, Source::Document(id, at));
            }
        }
    }
}

/// Returns where the document `id` gets its address from: its id where it is written, else where it begins.
fn place(plan: &Plan, id: DocId) -> Location {
    let document = plan.document(id);
    plan.locate(
        id,
        document
            .common
            .id
            .as_ref()
            .map_or(document.head, |written| written.span),
    )
}

/// Returns what the portal keeps at or below the folder of `path`, when that is one of its own.
fn owned(path: &str) -> Option<&'static str> {
    let own = OWN_FOLDERS.iter().find(|(own, _)| {
        let below = path.strip_prefix(own);
        below.is_some_and(|below| below.starts_with('/'))
    });
    own.map(|(_, what)| *what)
}

/// Returns whether `path` is that of a later page of an index: it is one as soon as the index is long enough.
fn is_index_page(path: &str) -> bool {
    let number = path
        .strip_suffix(HOME)
        .and_then(|folder| folder.trim_end_matches('/').rsplit_once("/page/"));
    let Some((folder, number)) = number else {
        return false;
    };
    let number = number.parse().unwrap_or(0);
    number > 1 && Kind::in_folder(folder).is_some_and(|kind| index_address(kind, number) == path)
}

fn collision(plan: &Plan, (id, path, at): (DocId, &str, Location), first: &Source) -> Finding {
    let one = format!("{} {}", plan.document(id).kind, plan.document(id).id);
    match first {
        Source::Portal(page) => {
            let finding = Finding::new(
                NAME,
                at,
                format!("the address {path} of {one} is that of {page}"),
            );
            finding.hint("give it another address")
        }
        Source::Document(other, other_at) => {
            let other_name = format!(
                "{} {}",
                plan.document(*other).kind,
                plan.document(*other).id
            );
            let message = format!("{one} and {other_name} have the same address, {path}");
            let finding = Finding::new(NAME, at, message)
                .also(*other_at, format!("{other_name} has it here"));
            finding.hint("give one of them another id; addresses that differ only in case are one address to many servers")
        }
    }
}
