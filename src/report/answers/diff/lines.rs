//! The lines in which a group of changes is told: what moves together is one line, what is alike is counted.

use std::collections::{BTreeMap, BTreeSet};

use super::super::counted;
use super::words;
use crate::diagnostic::{RuleName, Severity};
use crate::diff::{
    Aspect, DateMove, DiagnosticMove, Entry, Existence, Fact, Group, Meaning, Subject, Turn,
};
use crate::plan::Kind;

/// How many moves of dates stand above what the change breaks.
const HEADLINES: usize = 3;

/// How many entries of one sort are told one by one; more are counted, with each of them among the details.
const ONE_BY_ONE: usize = 3;

/// One line of what is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// What it comes to.
    pub(super) sign: Sign,
    /// The change, in one sentence.
    pub(super) text: String,
    /// What it stands for, one by one.
    pub(super) details: Vec<String>,
}

/// What a change comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sign {
    /// The plan is worse for it.
    Worse,
    /// The plan is better for it.
    Better,
    /// Neither, or who knows.
    #[default]
    Other,
}

/// Returns what `group` calls itself: `train 2026-q4: Winter release`.
pub(super) fn title(group: &Group) -> String {
    match &group.of {
        Some(of) if of.title == of.id || of.title.is_empty() => words::full_name(of),
        Some(of) => format!("{}: {}", words::full_name(of), of.title),
        None => "the plan as a whole".to_owned(),
    }
}

/// Returns the lines of `group`, the most important first.
pub(super) fn lines(group: &Group) -> Vec<Line> {
    let moved = dates(group);
    let mut lines = Vec::new();
    let of_aspect = |aspect: Aspect| {
        let entries = group.entries.iter();
        entries.filter(move |entry| entry.aspect() == aspect)
    };
    for aspect in [
        Aspect::Stages,
        Aspect::Conflicts,
        Aspect::Needs,
        Aspect::Clashes,
    ] {
        lines.extend(of_aspect(aspect).map(|entry| line(group, entry)));
    }
    lines.extend(gates(group));
    lines.extend(documents(group, Aspect::Scope));
    lines.extend(of_aspect(Aspect::Path).map(|entry| line(group, entry)));
    lines.extend(of_aspect(Aspect::Policies).map(|entry| policy(group, entry)));
    lines.extend(diagnostics(group));
    lines.extend(documents(group, Aspect::Documents));
    lines.extend(fields(group));
    // What makes the plan worse stands above the rest, and below the dates that moved first, which often are why.
    lines.sort_by_key(|line| line.sign != Sign::Worse);
    let worse = lines.partition_point(|line| line.sign == Sign::Worse);
    let others = lines.split_off(worse);
    let mut moved = moved.into_iter();
    let why: Vec<_> = moved.by_ref().take(HEADLINES).collect();
    why.into_iter()
        .chain(lines)
        .chain(moved)
        .chain(others)
        .collect()
}

/// Returns the line of one entry, with the rule that says the same.
fn line(group: &Group, entry: &Entry) -> Line {
    let name = words::name(&entry.of, group);
    let mut text = words::fact(&name, &entry.fact);
    let told = told_by(group, entry);
    if let Some(told) = told.filter(|told| told.turn == Turn::Came) {
        text.push_str(&format!(" ({} {})", told.severity.word(), told.rule));
    }
    Line {
        sign: sign(entry),
        text,
        details: Vec::new(),
    }
}

/// Returns what changed at gates: where one opened or closed, the decisions and criteria of it stand below.
fn gates(group: &Group) -> Vec<Line> {
    let gate_of = |entry: &'_ Entry| match &entry.fact {
        Fact::Gate { gate, .. } | Fact::Criterion { gate, .. } => Some(gate.clone()),
        Fact::Vote(vote) => vote.gate.clone(),
        _ => None,
    };
    let all = |aspect: Aspect| {
        let entries = group.entries.iter();
        entries.filter(move |entry| entry.aspect() == aspect)
    };
    let parts = || all(Aspect::Approvals).chain(all(Aspect::Criteria));
    let is_same = |one: &Entry, other: &Entry| one.of == other.of && gate_of(one) == gate_of(other);
    let moved = all(Aspect::Gates).map(|entry| {
        let below = parts().filter(|part| is_same(part, entry));
        Line {
            details: below.map(|part| line(group, part).text).collect(),
            ..line(group, entry)
        }
    });
    let stayed = parts().filter(|part| !all(Aspect::Gates).any(|gate| is_same(part, gate)));
    moved
        .chain(stayed.map(|entry| line(group, entry)))
        .collect()
}

/// Returns whom a policy asks for something else, with what it says now.
fn policy(group: &Group, entry: &Entry) -> Line {
    let fields = group.entries.iter();
    let fields = fields.filter(|of| of.aspect() == Aspect::Fields && of.of == entry.of);
    Line {
        details: fields.map(|field| line(group, field).text).collect(),
        ..line(group, entry)
    }
}

/// Returns the diagnostic that says the same as `entry`.
fn told_by<'g>(group: &'g Group, entry: &Entry) -> Option<&'g DiagnosticMove> {
    group.entries.iter().find_map(|other| match &other.fact {
        Fact::Diagnostic(of) if entry.tells(&other.of, of) => Some(of),
        _ => None,
    })
}

fn sign(entry: &Entry) -> Sign {
    match &entry.fact {
        _ if entry.is_worse() => Sign::Worse,
        Fact::Conflict { .. } | Fact::Need { .. } | Fact::Clash { .. } | Fact::Gate { .. } => {
            Sign::Better
        }
        Fact::Diagnostic(of) if of.turn == Turn::Went => Sign::Better,
        _ => Sign::Other,
    }
}

/// Returns the dates that moved: each that was moved itself, with those that moved with it.
fn dates(group: &Group) -> Vec<Line> {
    let moved = group.entries.iter().filter_map(|entry| match &entry.fact {
        Fact::Date(moved) => Some((entry, moved)),
        _ => None,
    });
    let (followers, moved): (Vec<_>, Vec<_>) = moved.partition(|(_, of)| of.follows.is_some());
    let mut following = follow(&followers);
    let mut lines = Vec::new();
    let mut rest = moved;
    while !rest.is_empty() {
        let (first, others) = take(&mut rest);
        let leaders = others.iter().chain([&first]).map(|(entry, _)| &entry.of);
        let own: Vec<_> = leaders
            .filter_map(|leader| following.remove(leader))
            .flatten()
            .collect();
        lines.push(date_line(group, first, &others, &own));
    }
    let alone: Vec<_> = following.into_values().flatten().collect();
    lines.extend(lone(group, &alone));
    lines
}

/// A date that moved, and where.
type Moved<'g> = (&'g Entry, &'g DateMove);

/// Takes the first of `dates` with those that moved alike and are not worth a line of their own: the others of its
/// document, and all where there are many.
fn take<'g>(dates: &mut Vec<Moved<'g>>) -> (Moved<'g>, Vec<Moved<'g>>) {
    let first = dates.remove(0);
    let keeps_start = |date: &DateMove| date.before.day() == date.after.day();
    let is_alike = |(_, date): &Moved<'g>| {
        let is_counted = matches!(
            date.meaning,
            Meaning::Moved(_) | Meaning::Widened(_) | Meaning::Narrowed(_)
        );
        is_counted && date.meaning == first.1.meaning && keeps_start(date) == keeps_start(first.1)
    };
    let are_many = dates.iter().filter(|date| is_alike(date)).count() >= ONE_BY_ONE;
    let others = dates.extract_if(.., |other| {
        is_alike(other) && (are_many || other.0.of == first.0.of)
    });
    let others = others.collect();
    (first, others)
}

/// Returns the dates that moved with others by the document in which what they follow at last is written.
fn follow<'g>(followers: &[Moved<'g>]) -> BTreeMap<Subject, Vec<Moved<'g>>> {
    let leader_of: BTreeMap<&Subject, &Subject> = followers
        .iter()
        .filter_map(|(entry, date)| Some((&entry.of, date.follows.as_ref()?.of.as_ref()?)))
        .collect();
    let mut found: BTreeMap<Subject, Vec<_>> = BTreeMap::new();
    for (entry, date) in followers {
        let follows = date
            .follows
            .as_ref()
            .and_then(|follows| follows.of.as_ref());
        let mut leader = follows.unwrap_or(&entry.of);
        // A chain is no longer than there are dates in it; a loop ends as well.
        for _ in 0..followers.len() {
            match leader_of.get(leader) {
                Some(next) if *next != leader => leader = next,
                _ => break,
            }
        }
        found
            .entry(leader.clone())
            .or_default()
            .push((*entry, *date));
    }
    found
}

fn date_line(
    group: &Group,
    (entry, date): Moved<'_>,
    others: &[Moved<'_>],
    followers: &[Moved<'_>],
) -> Line {
    let mut text = words::date(&words::name(&entry.of, group), date);
    let mut notes = Vec::new();
    if !others.is_empty() {
        let many = counted(others.len(), "more date moves", "more dates move");
        notes.push(format!("{many} alike"));
    }
    if !followers.is_empty() {
        let many = counted(followers.len(), "date follows", "dates follow");
        notes.push(many);
    }
    if date.inherited > 0 {
        let many = counted(date.inherited, "release has", "releases have");
        notes.push(format!("{many} it from the train"));
    }
    for note in &notes {
        text.push_str("; ");
        text.push_str(note);
    }
    let detail = |(entry, date): &Moved<'_>| {
        let mut text = words::date(&words::name(&entry.of, group), date);
        if let Some(follows) = &date.follows {
            text.push_str(&format!(" (follows {})", follows.anchor));
        }
        text
    };
    Line {
        sign: sign(entry),
        text,
        details: others.iter().chain(followers).map(detail).collect(),
    }
}

/// Returns the dates that moved although nothing that was moved tells why: another day is a business day, say.
fn lone(group: &Group, dates: &[Moved<'_>]) -> Vec<Line> {
    let told = |(entry, date): &Moved<'_>| {
        let follows = date.follows.as_ref();
        let anchor = follows.map_or_else(String::new, |follows| {
            format!(" ({} as before)", follows.anchor)
        });
        words::date(&words::name(&entry.of, group), date) + &anchor
    };
    let details: Vec<String> = dates.iter().map(told).collect();
    match details.len() {
        0 => Vec::new(),
        1..=ONE_BY_ONE => details
            .into_iter()
            .map(|text| Line {
                text,
                ..Line::default()
            })
            .collect(),
        many => vec![Line {
            text: format!("{many} relative dates are counted anew"),
            details,
            ..Line::default()
        }],
    }
}

/// What became of documents of a kind: its place in their order.
type Sort = (usize, Option<Kind>);

/// Returns what came and went under `aspect`, and what else changed in that; many of one sort are counted.
fn documents(group: &Group, aspect: Aspect) -> Vec<Line> {
    let mut sorts: Vec<(Option<Sort>, Vec<&Entry>)> = Vec::new();
    let told = group.entries.iter();
    let told = told.filter(|entry| entry.aspect() == aspect && !is_carried(entry, group));
    for entry in told {
        let sort = match &entry.fact {
            Fact::Document(existence) if group.of.as_ref() != Some(&entry.of) => {
                Some((order(existence), entry.of.kind))
            }
            _ => None,
        };
        match sorts
            .iter_mut()
            .find(|(known, _)| sort.is_some() && *known == sort)
        {
            Some((_, entries)) => entries.push(entry),
            None => sorts.push((sort, vec![entry])),
        }
    }
    let mut lines = Vec::new();
    for (sort, entries) in sorts {
        match (sort, entries.first().map(|entry| &entry.fact)) {
            (Some((_, kind)), Some(Fact::Document(existence))) if entries.len() > ONE_BY_ONE => {
                let many = words::documents(entries.len(), kind);
                let verb = match existence {
                    Existence::Added => "are added",
                    Existence::Removed => "are removed",
                    Existence::Renamed { .. } => "are renamed",
                    Existence::Published => "are published",
                    Existence::Unpublished => "are not published any more",
                    Existence::Unreadable => "cannot be read, before or after",
                };
                lines.push(Line {
                    sign: entries.first().map_or(Sign::Other, |entry| sign(entry)),
                    text: format!("{many} {verb}"),
                    details: entries
                        .iter()
                        .map(|entry| line(group, entry).text)
                        .collect(),
                });
            }
            _ => lines.extend(entries.iter().map(|entry| whole(group, entry))),
        }
    }
    lines
}

/// Returns the line of an entry that may stand for others, too: what has the name of its folder.
fn whole(group: &Group, entry: &Entry) -> Line {
    let mut line = line(group, entry);
    let is_renamed = matches!(entry.fact, Fact::Document(Existence::Renamed { .. }));
    if is_renamed && group.of.as_ref() == Some(&entry.of) {
        let carried = group.entries.iter().filter(|of| is_carried(of, group));
        let count = carried.count();
        if count > 0 {
            let many = counted(count, "document", "documents");
            line.text.push_str(&format!("; {many} with it"));
        }
    }
    line
}

/// Returns whether `entry` has another name only because the folder of its train or release has.
fn is_carried(entry: &Entry, group: &Group) -> bool {
    let renamed = |entry: &'_ Entry| match &entry.fact {
        Fact::Document(Existence::Renamed { from }) => Some((from.clone(), entry.of.path.clone())),
        _ => None,
    };
    let whole = group
        .entries
        .iter()
        .find(|of| group.of.as_ref() == Some(&of.of) && renamed(of).is_some());
    let Some(((old, new), (from, to))) = whole.and_then(renamed).zip(renamed(entry)) else {
        return false;
    };
    let below = |path: &str, index: &str| {
        let folder = index.rsplit_once('/').map_or("", |(folder, _)| folder);
        path.strip_prefix(folder).map(str::to_owned)
    };
    (&old, &new) != (&from, &to) && below(&from, &old) == below(&to, &new)
}

fn order(existence: &Existence) -> usize {
    match existence {
        Existence::Added => 0,
        Existence::Removed => 1,
        Existence::Renamed { .. } => 2,
        Existence::Published => 3,
        Existence::Unpublished => 4,
        Existence::Unreadable => 5,
    }
}

/// A diagnostic, and where it is.
type Said<'g> = (&'g Entry, &'g DiagnosticMove);

/// Returns what `check` says anew and no longer, without what is told as a fact already: what one rule says often is one
/// line.
fn diagnostics(group: &Group) -> Vec<Line> {
    let mut rules: Vec<((Turn, Severity, RuleName), Vec<Said<'_>>)> = Vec::new();
    for entry in &group.entries {
        let Fact::Diagnostic(of) = &entry.fact else {
            continue;
        };
        let key = (of.turn, of.severity, of.rule);
        match rules.iter_mut().find(|(known, _)| *known == key) {
            _ if of.is_told => {}
            Some((_, found)) => found.push((entry, of)),
            None => rules.push((key, vec![(entry, of)])),
        }
    }
    rules.sort_by_key(|((turn, severity, _), _)| (*turn, *severity));
    let mut lines = Vec::new();
    for ((turn, severity, rule), found) in rules {
        let text = |(entry, of): &Said<'_>| {
            let place = match of.turn {
                Turn::Came => format!(" ({}:{})", entry.of.path, of.line),
                Turn::Went => format!(" ({})", entry.of.path),
            };
            words::fact("", &entry.fact) + &place
        };
        let sign = found.first().map_or(Sign::Other, |(entry, _)| sign(entry));
        let most = match (turn, severity) {
            (Turn::Came, Severity::Error | Severity::Warning) => ONE_BY_ONE,
            _ => 1,
        };
        if found.len() <= most {
            lines.extend(found.iter().map(|of| Line {
                sign,
                text: text(of),
                details: Vec::new(),
            }));
            continue;
        }
        let word = severity.word();
        let many = match turn {
            Turn::Came => format!("{} new {word}s", found.len()),
            Turn::Went => format!("{} fixed {word}s", found.len()),
        };
        let (_, first) = found[0];
        let is_one = found.iter().all(|(_, of)| of.message == first.message);
        let said = if is_one {
            format!(": {}", first.message)
        } else {
            String::new()
        };
        lines.push(Line {
            sign,
            text: format!("{many} {rule}{said}"),
            details: found
                .iter()
                .map(|of| match is_one {
                    true => format!("{}:{}", of.0.of.path, of.1.line),
                    false => text(of),
                })
                .collect(),
        });
    }
    lines
}

/// Returns what fields say now: one line for each document.
fn fields(group: &Group) -> Vec<Line> {
    // What is about one document stands together.
    let mut documents: Vec<(&Subject, Vec<&Entry>)> = Vec::new();
    let policies = group.entries.iter();
    let policies = policies.filter(|entry| entry.aspect() == Aspect::Policies);
    let policies: BTreeSet<&Subject> = policies.map(|entry| &entry.of).collect();
    let all = group.entries.iter();
    let all = all.filter(|entry| entry.aspect() == Aspect::Fields && !policies.contains(&entry.of));
    for entry in all {
        match documents.last_mut().filter(|(of, _)| *of == &entry.of) {
            Some((_, entries)) => entries.push(entry),
            None => documents.push((&entry.of, vec![entry])),
        }
    }
    let mut lines = Vec::new();
    for (of, entries) in documents {
        let told = |entry: &&Entry| line(group, entry);
        if entries.len() <= ONE_BY_ONE {
            lines.extend(entries.iter().map(told));
            continue;
        }
        let name = words::name(of, group);
        let many = counted(
            entries.len(),
            "field says something else",
            "fields say something else",
        );
        lines.push(Line {
            sign: Sign::Other,
            text: match name.is_empty() {
                true => many,
                false => format!("{name}: {many}"),
            },
            details: entries.iter().map(|entry| told(entry).text).collect(),
        });
    }
    lines
}
