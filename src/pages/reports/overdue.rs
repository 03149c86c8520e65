//! How much is late, for how long, and whose it is. The page of what needs attention lists it.

use std::collections::BTreeMap;

use super::{Lines, Report, Told, WORST, capped, checked};
use crate::lifecycle::{Due, Owner, duties};
use crate::pages::blocks;
use crate::pages::parts::{Bars, Block, Empty, Link, Post, Section, State, Table, Value};
use crate::pages::sections::{due_link, due_where, owner, shown};
use crate::pages::view::View;
use crate::plan::address::{ATTENTION, page_address};

pub(super) const REPORT: Report = Report {
    name: "overdue",
    title: "Overdue",
    about: "How much is late, for how long, and whose is it?",
    told,
    lines,
};

/// The ages that are told apart: what each is called, and the longest in days.
const AGES: [(&str, i64); 4] = [
    ("Up to 7 days", 7),
    ("8 to 30 days", 30),
    ("31 to 90 days", 90),
    ("More than 90 days", i64::MAX),
];

fn late<'p>(view: &View<'p>) -> Vec<Due<'p>> {
    shown(view, view.portal.progress.late())
}

fn told<'p>(view: &View<'p>) -> Told<'p> {
    let late = late(view);
    let locale = view.portal.locale;
    let attention = Link::new(
        view.href(&page_address(ATTENTION, 1)),
        locale.word("What needs attention"),
    );
    let (number, details) = match late.is_empty() {
        true => (
            State::new("on-track").worded("Nothing overdue"),
            vec![checked(view)],
        ),
        false => (
            State::new("overdue").worded(locale.phrase("{n} overdue", &[("n", &late.len())])),
            vec![attention.clone().into()],
        ),
    };
    let columns = ["What", "Where", "Who", "Due", "Days late"];
    let first = late.iter().take(WORST);
    let worst = blocks::table("Late for the longest time", columns, first, |due| {
        [
            due_link(view, due),
            due_where(view, due),
            owner(view, due.by()),
            view.day(due.due),
            Value::Number(due.due.until(view.as_of())),
        ]
    });
    let all = (!late.is_empty()).then_some(Block::More(attention));
    let owners = capped(view, owners(view, &late)).into_iter().chain([all]);
    Told {
        number: number.into(),
        details,
        worst,
        nothing: Empty::new("Nothing overdue", None),
        sections: vec![
            ages(view, &late),
            blocks::section("owners", "Per owner", owners),
        ],
    }
}

/// How long things are late.
fn ages<'p>(view: &View<'p>, late: &[Due<'p>]) -> Section<'p> {
    let mut counts = [0; AGES.len()];
    for due in late {
        let days = due.due.until(view.as_of());
        let at = AGES.iter().position(|(_, most)| days <= *most);
        counts[at.unwrap_or(AGES.len() - 1)] += 1;
    }
    let counted = || AGES.iter().map(|(name, _)| *name).zip(counts);
    let locale = view.portal.locale;
    let post = |(name, count): (&str, usize)| Post {
        name: locale
            .word(name)
            .split(' ')
            .collect::<Vec<_>>()
            .join("\u{a0}"),
        height: count,
        part: 0,
        number: count.to_string(),
    };
    let bars = Bars {
        title: locale.word("Late for how long").to_owned(),
        posts: counted().map(post).collect(),
        ..Bars::default()
    };
    let table = blocks::table(
        "Late for how long",
        ["Late for", "Overdue"],
        counted(),
        |(name, count)| [Value::word(name), blocks::count(count)],
    );
    let drawn = (!bars.is_flat()).then_some(Block::Bars(bars));
    let told = blocks::told(table).filter(|_| !late.is_empty());
    blocks::section("ages", "By age", [told, drawn])
}

/// How much is late per owner, the most first.
fn owners<'p>(view: &View<'p>, late: &[Due<'p>]) -> Table<'p> {
    let mut all = duties(late.iter().copied());
    all.sort_by_key(|duties| std::cmp::Reverse(duties.due.len()));
    let columns = ["Owner", "Overdue", "The oldest", "Due"];
    blocks::table("Overdue per owner", columns, &all, |duties| {
        let oldest = duties.due.first();
        [
            owner(view, duties.owner),
            blocks::count(duties.due.len()),
            oldest.map(|due| due_link(view, due)).into(),
            oldest.map(|due| view.day(due.due)).into(),
        ]
    })
}

fn lines(view: &View<'_>) -> Lines {
    let plan = view.portal.plan;
    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for due in late(view) {
        let owner = match due.by() {
            Owner::Known(id) if view.portal.path(id).is_some() => plan.document(id).id.to_string(),
            Owner::Known(_) | Owner::Nobody => String::new(),
            Owner::Named(name) => name.to_owned(),
            Owner::Role(role) => format!("role:{role}"),
        };
        let days = due.due.until(view.as_of());
        let age = AGES.iter().find(|(_, most)| days <= *most);
        let age = age.map_or("", |(name, _)| *name);
        *counts.entry((owner, age)).or_default() += 1;
    }
    let row = |((owner, age), count): ((String, &str), usize)| {
        vec![owner, age.to_lowercase(), count.to_string()]
    };
    Lines {
        columns: &["owner", "late", "count"],
        rows: counts.into_iter().map(row).collect(),
    }
}
