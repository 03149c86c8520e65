//! A small portal that shows every part, in any language.

use std::collections::BTreeMap;

use jiff::Zoned;
use jiff::civil::date;
use serde::Serialize;

use super::super::{Overlay, Theme};
use crate::pages::parts::*;

mod drawings;
mod release;

/// What `document.html` needs.
#[derive(Serialize)]
struct Page<'a> {
    shell: Shell<'a>,
    document: Document<'a>,
}

/// The portal's paths and bytes, assets included.
pub(super) fn pages(tag: &str) -> BTreeMap<String, Vec<u8>> {
    let plain = Theme::new(tag, &Overlay::new()).unwrap();
    let locale = plain.locale().clone();
    let dates = Dates::new(&locale, date(2026, 11, 21));
    let theme = plain.with_site(&site(dates));
    let mut pages: BTreeMap<String, Vec<u8>> = theme
        .assets()
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect();
    for (path, mut page) in [
        ("index.html", home(dates)),
        ("releases/payments-4.2/index.html", release::release(dates)),
        ("releases/index.html", releases(dates)),
        ("changes/index.html", changes()),
        ("environments/index.html", environments()),
        ("dependencies/index.html", drawings::drawings()),
    ] {
        let mut bytes = Vec::new();
        page.document.lay(&locale);
        let template = match path {
            "dependencies/index.html" => "graph.html",
            _ => "document.html",
        };
        theme.render(template, &page, &mut bytes).unwrap();
        pages.insert(path.to_owned(), bytes);
    }
    pages
}

fn site(dates: Dates<'_>) -> Site<'static> {
    let menu = [
        ("releases/index.html", "Releases"),
        ("changes/index.html", "Changes"),
        ("environments/index.html", "Environments"),
    ];
    Site {
        title: "Northwind releases".into(),
        menu: menu
            .map(|(href, text)| Entry::inside(Link::new(href, text)))
            .into(),
        index: menu
            .map(|(href, text)| Entry::inside(Link::new(href, text)))
            .into(),
        generator: "trainboard 0.1.0".into(),
        commit: Some(Link::new(
            "https://git.example/plan/commit/4f2c1ab",
            "4f2c1ab",
        )),
        as_of: dates.day(date(2026, 11, 21)),
    }
}

fn shell<'a>(page_type: &'a str, path: &'a str, title: &'a str) -> Shell<'a> {
    let mut shell = Shell::new(page_type, path, title);
    shell.window_title = if path == "index.html" {
        title.into()
    } else {
        format!("{title} – Northwind releases").into()
    };
    shell.description =
        format!("{title}: dates, gates and state in the release plan of Northwind.").into();
    shell.place = path.to_owned();
    if path != "index.html" {
        shell.crumbs = vec![Link::between(path, "index.html", "Home")];
    }
    shell
}

fn release_link(from: &str, text: &'static str) -> Link<'static> {
    Link::between(from, "releases/payments-4.2/index.html", text)
}

fn person(name: &'static str, role: Option<&'static str>) -> Person<'static> {
    Person {
        name: name.into(),
        href: None,
        role: role.map(Into::into),
    }
}

fn home(dates: Dates<'_>) -> Page<'static> {
    let from = "index.html";
    let start: Zoned = "2026-12-12T22:00[Europe/London]".parse().unwrap();
    let answer = |slug, label: &'static str, value: Value<'static>, state, details| Answer {
        slug,
        label: label.into(),
        value,
        state,
        details,
    };
    let answers = vec![
        answer(
            "next-release",
            "Next release",
            release_link(from, "payments 4.2").into(),
            Some(State::new("at-risk")),
            vec![
                dates.moment(&start).into(),
                "in train 2026-Q4, with ledger 7.1 and fraud 3.0".into(),
            ],
        ),
        answer(
            "frozen-now",
            "Frozen now",
            "Nothing is frozen".into(),
            None,
            vec!["Changes may be deployed in their windows".into()],
        ),
        answer(
            "next-freeze",
            "Next freeze",
            release_link(from, "Year-end 2026").into(),
            Some(State::new("hard")),
            vec![dates.days(date(2026, 12, 18), date(2027, 1, 4)).into()],
        ),
        answer(
            "blocked",
            "Blocked",
            release_link(from, "ledger 7.1").into(),
            Some(State::new("blocked")),
            vec!["Gate construction: load test not met, waiver expired".into()],
        ),
        answer(
            "overdue",
            "Overdue",
            release_link(from, "3 actions").into(),
            Some(State::new("overdue")),
            vec!["Worst: contract for SMS gateway, 6 days late, Ana Ruiz".into()],
        ),
        answer(
            "latest-note",
            "Latest note",
            release_link(from, "fraud 2.9 released").into(),
            None,
            vec![dates.day(date(2026, 11, 19)).into()],
        ),
    ];
    let mut table = Table::new(
        "Open trains by date of deployment",
        ["Train", "Stage", "Deployment", "Readiness", "Manager"],
    );
    for (train, stage, day, met) in [
        ("2026-Q4", "verification", date(2026, 12, 12), 7),
        ("2027-Q1", "scoping", date(2027, 3, 13), 1),
        ("Emergency 14", "deployment", date(2026, 11, 21), 4),
    ] {
        table.row([
            release_link(from, train).into(),
            State::new(stage).into(),
            dates.day(day).into(),
            Tally { count: met, of: 9 }.into(),
            person("Ana Ruiz", None).into(),
        ]);
    }
    let trains = Section::new("trains", "Trains").block(Block::Table(table));
    let late = Section::new("attention", "Due in the next 14 days").block(Block::List(vec![
        release_link(from, "Sign the operations approval of payments 4.2").into(),
        release_link(from, "Repeat the load test of ledger 7.1").into(),
    ]));
    let document = Document {
        answers,
        sections: vec![trains, late],
        summary: Some(Prose::new(
            "<p>Everything that ships at Northwind, when, and whether it is safe.</p>",
        )),
        ..Document::default()
    };
    Page {
        shell: shell("home", from, "Northwind releases"),
        document,
    }
}

fn releases(dates: Dates<'_>) -> Page<'static> {
    let from = "releases/index.html";
    let mut table = Table::new(
        "Releases 1 to 100 of 6,000, newest first",
        ["Release", "Train", "State", "Deployment"],
    );
    let states = ["deployed", "failed", "draft", "verification", "rolled-back"];
    for index in 0..Pages::ROWS {
        let day = date(2026, 12, 31)
            .saturating_sub(jiff::Span::new().days(i64::try_from(index).unwrap() * 3));
        table.row([
            Link::between(
                from,
                "releases/payments-4.2/index.html",
                format!("payments {}.{}", 90 - index / 10, index % 10),
            )
            .into(),
            release_link(from, "2026-Q4").into(),
            State::new(states[index % states.len()]).into(),
            dates.day(day).bare().into(),
        ]);
    }
    let links = (1..=60)
        .map(|page| Link::new("index.html", page.to_string()))
        .collect();
    let document = Document {
        sections: vec![Section::new("all", "All releases").block(Block::Table(table))],
        pages: Some(Pages { current: 1, links }),
        ..Document::default()
    };
    Page {
        shell: shell("releases", from, "Releases"),
        document,
    }
}

fn changes() -> Page<'static> {
    let mut shell = shell("changes", "changes/index.html", "Changes");
    shell.alternates = vec![Alternate {
        href: "../index.html".into(),
        media: "text/csv".into(),
        title: "Table (CSV)".into(),
    }];
    let empty = Empty::new(
        "No change is recorded yet",
        Some(Prose::new(
            "<p>Add a file below <code>changes/</code>, or run <code>trainboard new change</code>.</p>",
        )),
    );
    let document = Document {
        sections: vec![Section::new("all", "All changes").block(Block::Empty(empty))],
        ..Document::default()
    };
    Page { shell, document }
}

fn environments() -> Page<'static> {
    let from = "environments/index.html";
    let columns = [
        "Application",
        "Development",
        "Integration",
        "User acceptance",
        "Performance",
        "Staging",
        "Production",
        "Recovery site",
    ];
    let mut matrix = Table::new("Versions in each environment", columns).shaped(Shape::Grid);
    for application in ["payments", "ledger", "fraud detection", "mobile"] {
        matrix.row([
            release_link(from, application).into(),
            "4.3-rc1".into(),
            "4.2.3".into(),
            "4.2.2".into(),
            "4.2.2".into(),
            "4.2.1".into(),
            "4.1.9".into(),
            "4.1.9".into(),
        ]);
    }
    let document = Document {
        sections: vec![Section::new("versions", "What is where").block(Block::Table(matrix))],
        ..Document::default()
    };
    Page {
        shell: shell("environments", from, "Environments"),
        document,
    }
}
