#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::script::{DIGITS, file};
use super::{Index, Place};
use crate::load::load;
use crate::plan::{Drafts, Publication};
use crate::time::Day;
use crate::world::Memory;

/// A plan with something of each sort that is found, and something that is not published.
const PLAN: &str = "
-- trainboard.yaml --
timezone: UTC
-- people/ana.md --
---
name: Ána Ruiz
email: ana@bank.example
---
-- applications/pay.md --
---
title: Payments
tags: [money]
---
-- trains/q4/index.md --
---
title: Fourth
schedule: {deployment: 2026-12-12}
gates:
  construction:
    criteria:
      - {id: load, title: Twice the peak}
milestones: [{id: frozen, title: Code is frozen, due: 2026-12-01}]
---
-- trains/q4/releases/pay-4.2.md --
---
title: Payments 4.2
application: pay
version: 4.2.0
aliases: [/old/payments/]
audience: [public]
items: [{id: PAY-812, title: Split a payment}]
---
Shops asked for it.

## What changes

Refunds are instant.
-- releases/pay-1.md --
---
title: Payments 1
history: [{stage: closed, date: 2024-11-21}]
---
-- releases/secret.md --
---
title: Payments hidden
draft: true
---
-- releases/later.md --
---
title: Payments embargoed
publish_after: 2026-12-01
---
";

/// A part of the index, as its script hands it over.
fn read(bytes: &[u8]) -> Value {
    let script = str::from_utf8(bytes).unwrap();
    let call = script.strip_prefix("trainboardSearch(").unwrap();
    let call = call.strip_suffix(");\n").unwrap();
    serde_json::from_str::<Value>(&format!("[{call}]")).unwrap()[1].take()
}

fn numbers(text: &str) -> Vec<u32> {
    let (mut numbers, mut value, mut shift) = (Vec::new(), 0, 0);
    for letter in text.bytes() {
        let digit = DIGITS.iter().position(|it| *it == letter).unwrap() as u32;
        value |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            numbers.push(value);
            (value, shift) = (0, 0);
        }
    }
    numbers
}

/// Reads an index back: each word with the titles of what is found by it and how much it tells.
fn found(index: &Index) -> BTreeMap<String, BTreeSet<(String, u32)>> {
    let titles = column(index, "titles");
    let dictionary = read(&index.words.bytes);
    let parts = index.parts.iter().flat_map(|part| {
        let text = read(&part.bytes).as_str().unwrap().to_owned();
        text.split(' ').map(numbers).collect::<Vec<_>>()
    });
    let mut before: Vec<u16> = Vec::new();
    let mut words = Vec::new();
    for word in dictionary["words"].as_str().unwrap().split(' ') {
        before.truncate(numbers(&word[..1])[0] as usize);
        before.extend(word[1..].encode_utf16());
        words.push(String::from_utf16(&before).unwrap());
    }
    let entries = |facts: Vec<u32>| {
        let mut entry = 0;
        let mut title = |fact: u32| {
            entry += fact / 4;
            (titles[entry as usize].clone(), fact % 4)
        };
        facts.into_iter().map(&mut title).collect()
    };
    assert_eq!(words.len(), parts.clone().count());
    words.into_iter().zip(parts.map(entries)).collect()
}

fn column(index: &Index, name: &str) -> Vec<String> {
    let table = read(&index.entries.bytes);
    let cells = table[name].as_str().unwrap().split('\n');
    cells.map(str::to_owned).collect()
}

fn index(archive: &str) -> Index {
    let plan = load(&Memory::of_txtar(archive)).plan;
    let publication = Publication {
        as_of: Day::parse("2026-11-21").unwrap(),
        drafts: Drafts::Hidden,
    };
    let place = Place {
        title: "Registers".to_owned(),
        summary: String::new(),
        path: "registers/index.html".to_owned(),
    };
    Index::new(&plan, publication, &[place])
}

#[test]
fn everything_that_is_published_is_found_by_what_it_says() {
    let found = found(&index(PLAN));
    let cases: &[(&str, &[(&str, u32)])] = &[
        ("4.2.0", &[("Payments 4.2", 3)]),
        ("old", &[("Payments 4.2", 3)]),
        ("ana", &[("Ána Ruiz", 3)]),
        ("bank", &[("Ána Ruiz", 3)]),
        ("money", &[("Payments", 2)]),
        ("refunds", &[("Payments 4.2", 0)]),
        (
            "812",
            &[("PAY-812 Split a payment", 3), ("Payments 4.2", 2)],
        ),
        ("changes", &[("Payments 4.2", 2), ("What changes", 3)]),
        ("twice", &[("Fourth", 2), ("Twice the peak", 3)]),
        ("frozen", &[("Code is frozen", 3)]),
        ("registers", &[("Registers", 3)]),
    ];
    for (word, expected) in cases {
        let expected = expected
            .iter()
            .map(|(title, level)| ((*title).to_owned(), *level));
        assert_eq!(found[*word], expected.collect(), "{word}");
    }
    for hidden in ["hidden", "secret", "embargoed", "later", "2026.12"] {
        assert!(!found.contains_key(hidden), "{hidden}");
    }
}

#[test]
fn an_entry_leads_to_its_place_and_tells_what_it_belongs_to() {
    let index = index(PLAN);
    let (titles, places) = (column(&index, "titles"), column(&index, "places"));
    let table = read(&index.entries.bytes);
    let facts = numbers(table["facts"].as_str().unwrap());
    let told: Vec<String> = (titles.iter().zip(&places).zip(facts.chunks(5)))
        .map(|((title, place), facts)| format!("{title} | {place} | {facts:?}"))
        .collect();
    assert_eq!(
        told,
        [
            "Fourth | q4 | [0, 0, 1, 0, 0]",
            "Twice the peak | #criterion-construction-load | [0, 0, 1, 0, 0]",
            "Payments 1 | pay-1 | [1, 8, 0, 0, 0]",
            "Payments 4.2 | pay-4.2 | [1, 0, 1, 1, 1]",
            "What changes | #what-changes | [1, 0, 1, 1, 1]",
            "PAY-812 Split a payment | #item-PAY-812 | [1, 0, 1, 1, 1]",
            "Code is frozen | /trains/q4/index.html#milestone-frozen | [2, 0, 1, 0, 0]",
            "Payments | pay | [10, 0, 0, 1, 0]",
            "Ána Ruiz | ana | [15, 0, 0, 0, 0]",
            "Registers | /registers/index.html | [19, 0, 0, 0, 0]",
        ]
    );
    assert_eq!(table["trains"][0], "Fourth");
    assert_eq!(table["applications"][0], "Payments");
    assert_eq!(table["audiences"][0], "public");
    assert_eq!(table["groups"][0][0], 1);
    assert_eq!(column(&index, "summaries")[3], "Shops asked for it.");
}

#[test]
fn a_word_that_most_entries_have_is_kept_only_where_it_is_a_name() {
    let mut archive = PLAN.to_owned();
    for number in 0..300 {
        archive +=
            &format!("-- pages/p{number}.md --\n---\ntitle: P{number}\n---\nAgain and again.\n");
    }
    archive += "-- pages/again.md --\n---\ntitle: Again\n---\n";
    let index = index(&archive);
    let found = found(&index);
    assert_eq!(found["again"], [("Again".to_owned(), 3)].into());
    assert!(!found.contains_key("and"));
    let common = read(&index.words.bytes)["common"].clone();
    assert_eq!(common, serde_json::json!(["again", "and", "page"]));
    assert!(index.parts.iter().all(|part| part.bytes.len() < 30_000));
}

#[test]
fn no_text_ends_or_breaks_a_script() {
    let hostile = "</script><!-- \u{2028}\u{2029} \" \\ \n";
    let script = file("words", &hostile);
    let text = str::from_utf8(&script.bytes).unwrap();
    assert!(!text.contains(['<', '\u{2028}', '\u{2029}']));
    assert_eq!(text.matches('\n').count(), 1);
    assert_eq!(read(&script.bytes), hostile);
    assert_ne!(script.path, file("words", &"other").path);
}
