//! Two whole plans, compared by what they mean.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{
    Aspect, Comparison, DiagnosticMove, Entry, Existence, Fact, Group, Subject, Turn, VoteTurn,
};
use super::edit::Step;
use super::news::{News, path};
use super::pairs::{Pairs, settings};
use super::{documents, obstacles, policies, standing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lifecycle::Progress;
use crate::plan::{DocId, Kind, Plan};
use crate::schedule::Schedule;
use crate::time::{month_named, weekday_named};

/// One of two plans that are compared, with what it comes to on the day.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Where its trains and releases stand; both sides as of one day.
    pub progress: &'a Progress<'a>,
    /// When what takes place.
    pub schedule: &'a Schedule<'a>,
    /// What `check` says of it. Empty on both sides when nobody asked: then none is new or fixed.
    pub diagnostics: &'a [Diagnostic],
}

/// Returns what the change from the plan `old` to the plan `new` means. `renames` holds the old path of each file that
/// has another one, by the new path, as [`Repository::renames`](crate::world::repository::Repository::renames) tells
/// them; a file that was moved with its text as it is needs no word there.
pub fn plans(old: &Side<'_>, new: &Side<'_>, renames: &BTreeMap<String, String>) -> Comparison {
    let pairs = Pairs::of(old.plan, new.plan, renames);
    let mut entries = documents::entries(old, new, &pairs);
    let changed: BTreeSet<Subject> = entries.iter().map(|entry| entry.of.clone()).collect();
    entries.extend(standing::entries(old, new, &pairs));
    entries.extend(obstacles::entries(old, new, &pairs, &changed));
    entries.extend(policies::entries(old, new, &pairs, &changed));
    let renames = pairs.renames();
    entries.extend(diagnostics(old, new, &pairs, &renames));
    let errors = |side: &Side<'_>| {
        let errors = side.diagnostics.iter();
        errors.filter(|of| of.severity == Severity::Error).count()
    };
    Comparison {
        groups: grouped(entries, old.plan, new.plan, &pairs),
        errors_before: errors(old),
        errors_after: errors(new),
    }
}

/// Returns the diagnostics that are new, and those that were fixed.
fn diagnostics(
    old: &Side<'_>,
    new: &Side<'_>,
    pairs: &Pairs<'_>,
    renames: &BTreeMap<String, String>,
) -> Vec<Entry> {
    let news = News::of(
        (old.diagnostics, &old.plan.sources),
        (new.diagnostics, &new.plan.sources),
        renames,
    );
    let entry = |plan: &Plan, diagnostic: &Diagnostic, turn| {
        let finding = &diagnostic.finding;
        let file = path(&plan.sources, diagnostic);
        let of = match (plan.at_path(file), turn) {
            (Some(id), Turn::Came) => pairs.subject(id),
            (Some(id), Turn::Went) => pairs.old_subject(id),
            (None, _) => Subject {
                path: file.to_owned(),
                ..settings()
            },
        };
        let (start, _) = plan.sources.positions(finding.at);
        Entry {
            of,
            fact: Fact::Diagnostic(DiagnosticMove {
                rule: finding.rule,
                severity: diagnostic.severity,
                message: finding.message.clone(),
                line: start.line,
                turn,
                is_told: false,
            }),
        }
    };
    let (came, went) = apart(
        news.new
            .iter()
            .map(|of| entry(new.plan, of, Turn::Came))
            .collect(),
        news.fixed
            .iter()
            .map(|of| entry(old.plan, of, Turn::Went))
            .collect(),
    );
    came.into_iter().chain(went).collect()
}

/// Returns the diagnostics that came and that went without those that only tell other dates now: a milestone that is as
/// overdue as before, a deployment that is still in the same freeze.
fn apart(came: Vec<Entry>, mut went: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let timeless = |entry: &Entry| match &entry.fact {
        Fact::Diagnostic(of) => Some((of.rule, entry.of.clone(), undated(&of.message))),
        _ => None,
    };
    let mut known: Vec<_> = went.iter().map(timeless).collect();
    let mut stays = |entry: &Entry| {
        let at = known.iter().position(|known| *known == timeless(entry));
        if let Some(at) = at {
            known.remove(at);
            went.remove(at);
        }
        at.is_some()
    };
    let came = came.into_iter().filter(|entry| !stays(entry)).collect();
    (came, went)
}

/// Returns `message` without its numbers and its names of months and days.
fn undated(message: &str) -> String {
    let is_date = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || month_named(word).is_some()
            || weekday_named(word).is_some()
    };
    let words = message.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty() && !is_date(word))
        .collect();
    words.join(" ")
}

/// Returns `entries` by the train or the lone release that they concern.
fn grouped(entries: Vec<Entry>, old: &Plan, new: &Plan, pairs: &Pairs<'_>) -> Vec<Group> {
    let mut groups: BTreeMap<Option<Subject>, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let group = owner(&entry.of, old, new, pairs);
        groups.entry(group).or_default().push(entry);
    }
    let mut groups: Vec<_> = groups
        .into_iter()
        .map(|(of, entries)| Group {
            of,
            entries: sifted(entries),
        })
        .filter(|group| !group.entries.is_empty())
        .collect();
    groups.sort_by_key(|group| {
        let kind = group.of.as_ref().map(|of| of.kind);
        let floor = match kind {
            Some(Some(Kind::Train)) => 0,
            Some(_) => 1,
            None => 2,
        };
        let worse = group.entries.iter().filter(|entry| entry.is_worse());
        let (said, worse): (Vec<_>, Vec<_>) =
            worse.partition(|entry| entry.aspect() == Aspect::Diagnostics);
        let aspect = group.entries.first().map(Entry::aspect);
        (
            floor,
            Reverse(worse.len()),
            aspect,
            Reverse(said.len()),
            group.of.clone(),
        )
    });
    groups
}

/// Returns the train or the lone release that `subject` belongs to.
fn owner(subject: &Subject, old: &Plan, new: &Plan, pairs: &Pairs<'_>) -> Option<Subject> {
    let kind = subject.kind?;
    let of = |plan: &Plan, id: DocId| {
        let document = plan.document(id);
        let own = matches!(kind, Kind::Train | Kind::Release).then_some(id);
        document.belongs.train.or(document.belongs.release).or(own)
    };
    match new.find(kind, &subject.id) {
        Some(id) => of(new, id).map(|owner| pairs.subject(owner)),
        None => of(old, old.find(kind, &subject.id)?).map(|owner| pairs.old_subject(owner)),
    }
}

/// Returns the entries of one group without what others of them say as well, the most important first.
fn sifted(mut entries: Vec<Entry>) -> Vec<Entry> {
    let kept: Vec<bool> = entries
        .iter()
        .map(|entry| !is_repeated(entry, &entries))
        .collect();
    let mut kept = kept.into_iter();
    entries.retain(|_| kept.next().unwrap_or(true));
    let told: Vec<bool> = entries
        .iter()
        .map(|entry| is_told(entry, &entries))
        .collect();
    for (entry, told) in entries.iter_mut().zip(told) {
        if let Fact::Diagnostic(diagnostic) = &mut entry.fact {
            diagnostic.is_told = told;
        }
    }
    entries.sort_by_key(weight);
    entries
}

/// Returns where an entry stands in its group: by aspect, what makes the plan worse first, then by what it is about.
fn weight(entry: &Entry) -> impl Ord + use<> {
    let follows = matches!(&entry.fact, Fact::Date(of) if of.follows.is_some());
    let detail = match &entry.fact {
        Fact::Date(of) => of.rank as usize,
        Fact::Diagnostic(of) => of.severity as usize,
        _ => 0,
    };
    let line = match &entry.fact {
        Fact::Diagnostic(of) => of.line,
        _ => 0,
    };
    (
        entry.aspect(),
        follows,
        !entry.is_worse(),
        detail,
        entry.of.clone(),
        line,
    )
}

/// Returns whether a field only says what another fact of `entries` tells with its meaning.
fn is_repeated(entry: &Entry, entries: &[Entry]) -> bool {
    let same = || entries.iter().filter(|other| other.of == entry.of);
    match &entry.fact {
        Fact::Field(edit) => match edit.field.as_slice() {
            [
                Step::Field("gates"),
                Step::Item(name),
                Step::Field("criteria"),
                Step::Item(id),
                ..,
            ] => same().any(|other| {
                matches!(&other.fact, Fact::Criterion { gate, criterion, .. }
                        if gate == name && criterion == id)
            }),
            [
                Step::Field("gates"),
                Step::Item(name),
                Step::Field("approvals"),
                ..,
            ] => same().any(
                |other| matches!(&other.fact, Fact::Vote(vote) if vote.gate.as_ref() == Some(name)),
            ),
            [Step::Field("approvals"), ..] => {
                same().any(|other| matches!(other.fact, Fact::Vote(_)))
            }
            _ => false,
        },
        Fact::Document(Existence::Added | Existence::Removed) => {
            entry.of.kind == Some(Kind::Approval)
                && entries.iter().any(|other| {
                    matches!(&other.fact, Fact::Vote(vote)
                    if matches!(vote.turn, VoteTurn::Given | VoteTurn::Withdrawn))
                })
        }
        _ => false,
    }
}

/// Returns whether `entry` is a diagnostic that another fact of `entries` tells.
fn is_told(entry: &Entry, entries: &[Entry]) -> bool {
    match &entry.fact {
        Fact::Diagnostic(diagnostic) => entries
            .iter()
            .any(|other| other.tells(&entry.of, diagnostic)),
        _ => false,
    }
}
