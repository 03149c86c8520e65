//! Documents in, faults and trees out.
//!
//! `tests/frontmatter.txt` holds frontmatter, `tests/documents.txt` whole documents: after `####`, what goes in; after
//! `→`, each fault as `line:column rule message`, then the tree in one line. In the tree, `?` is a value that cannot be
//! read, `~` nothing and `…` a line that was left out. What cannot be seen is written `␉ ␍ ␀ ␡ ⍽` and `⟨BOM⟩`; `␄` is
//! an end without a newline.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at what it does not expect"
)]

mod claims;

use proptest::prelude::*;

use claims::everything_is_sound;

use super::tree::{Mapping, Node, Style, Value};
use super::{FILE_LIMIT, Parsed, YAML_LIMIT, parse, parse_yaml};
use crate::diagnostic::{Finding, Findings};
use crate::text::{FileId, Source, Span};

/// Checks every case of a fixture; `around` makes a document of a case.
fn check_all(fixture: &str, around: fn(&str) -> String) {
    for case in fixture.split("####").skip(1) {
        let (_, case) = case.split_once('\n').unwrap();
        let (input, expected) = case.split_once("→\n").unwrap();
        let text = around(&visible_to_real(input));
        assert_eq!(check(&text), visible_to_real(expected), "\n{text}");
    }
}

fn visible_to_real(text: &str) -> String {
    let signs = [
        ("␉", "\t"),
        ("␍", "\r"),
        ("␀", "\0"),
        ("␡", "\x7f"),
        ("⍽", "\u{a0}"),
        ("⟨BOM⟩", "\u{feff}"),
        ("␄\n", ""),
    ];
    signs.iter().fold(text.to_owned(), |text, (sign, real)| {
        text.replace(sign, real)
    })
}

/// Returns the faults and the tree of a document, and checks that its fixes leave only the faults without one.
fn check(text: &str) -> String {
    let mut findings = Findings::new();
    let parsed = parse(FileId(0), text, &mut findings);
    let mut lines = faults(text, &findings);
    lines.extend(parsed.frontmatter.map(|root| mapping(&root.value)));
    check_fixes(text, &findings);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn check_fixes(text: &str, findings: &[Finding]) {
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.span));
    let mut mended = text.to_owned();
    for edit in edits {
        mended.replace_range(edit.at.span.range(), &edit.replacement);
    }
    let mut left = Findings::new();
    parse(FileId(0), &mended, &mut left);
    let unmended: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.fix.is_none())
        .map(|finding| finding.message.as_str())
        .collect();
    let left: Vec<&str> = left
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(left, unmended, "after the fixes\n{mended}");
}

fn faults(text: &str, findings: &[Finding]) -> Vec<String> {
    let source = Source::new("document.md", text);
    let fault = |finding: &Finding| {
        let at = source.position(finding.at.span.start);
        let rule = finding.rule.0.trim_start_matches("document/");
        format!("{}:{} {rule} {}", at.line, at.column, finding.message)
    };
    findings.iter().map(fault).collect()
}

fn mapping(mapping: &Mapping<'_>) -> String {
    let mut entries: Vec<String> = mapping
        .entries
        .iter()
        .map(|entry| format!("{}: {}", entry.key.value, node(&entry.value)))
        .collect();
    entries.extend(mapping.incomplete.then(|| "…".into()));
    format!("{{{}}}", entries.join(", "))
}

fn node(node: &Node<'_>) -> String {
    match &node.value {
        Value::Null => "~".into(),
        Value::Unreadable => "?".into(),
        Value::Scalar(scalar) => match scalar.style {
            Style::Plain => scalar.text.to_string(),
            Style::Quoted => format!("{:?}", scalar.text),
            Style::Block => format!("|{:?}", scalar.text),
        },
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(self::node).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(inner) => mapping(inner),
    }
}

#[test]
fn frontmatter_is_read_with_all_its_faults() {
    check_all(include_str!("tests/frontmatter.txt"), |yaml| {
        format!("---\n{yaml}---\n")
    });
}

#[test]
fn documents_are_divided_where_their_authors_meant() {
    check_all(include_str!("tests/documents.txt"), str::to_owned);
}

#[test]
fn spans_are_those_of_the_file() {
    let text =
        "\u{feff}---\né: \"ü\" # ö\nlist:\n  - a\n  - {b: c}\nempty:\nblock: |\n  ß\n\n---\nBody";
    let mut findings = Findings::new();
    let Parsed { frontmatter, body } = parse(FileId(0), text, &mut findings);
    let frontmatter = frontmatter.unwrap();
    let slice = |span: Span| &text[span.range()];
    assert_eq!(slice(body), "Body");
    assert!(
        slice(frontmatter.span).starts_with("---") && slice(frontmatter.span).ends_with("\n---")
    );
    let written: Vec<_> = frontmatter
        .value
        .entries
        .iter()
        .map(|entry| (slice(entry.key.span), slice(entry.value.span)))
        .collect();
    let expected = [
        ("é", "\"ü\""),
        ("list", "- a\n  - {b: c}"),
        ("empty", ""),
        ("block", "ß"),
    ];
    assert_eq!(written, expected);
    let empty = frontmatter.value.get("empty").unwrap().value.span;
    assert!(text[..empty.start as usize].ends_with("empty:"));
}

#[test]
fn a_file_of_yaml_is_one_document() {
    fn check(text: &str, expected: &[&str]) {
        let mut findings = Findings::new();
        let root = parse_yaml(FileId(0), text, &mut findings);
        let mut found = faults(text, &findings);
        found.extend(root.map(|root| mapping(&root.value)));
        assert_eq!(found, expected, "{text}");
    }
    check("a: b\n", &["{a: b}"]);
    check("\u{feff}# why\n---\na: b\n", &["{a: b}"]);
    check("---\na: b\n---\n# end\n", &["{a: b}"]);
    check("", &["{}"]);
    check(
        "a: b: c\n---\nd: e\n",
        &[
            "1:5 invalid-yaml the value of `a` has a colon and no quotes",
            "2:1 invalid-yaml a second YAML document starts here, and only the first is read",
            "{a: b: c}",
        ],
    );
}

#[test]
fn limits_are_named_and_large_files_are_read_below_them() {
    fn check(text: &str, expected: &[&str]) {
        let mut findings = Findings::new();
        let parsed = parse(FileId(0), text, &mut findings);
        assert_eq!(faults(text, &findings), expected);
        assert_eq!(parsed.body.end as usize, text.len());
    }
    let deep = |open: &str| format!("---\na: {}\nb: c: d\n---\n", open.repeat(10_000));
    let too_deep = "lists and mappings are nested more than 64 levels deep";
    let colon = "3:5 invalid-yaml the value of `b` has a colon and no quotes";
    check(
        &deep("["),
        &[&format!("2:68 invalid-yaml {too_deep}"), colon],
    );
    check(
        &deep("{a: "),
        &[&format!("2:256 invalid-yaml {too_deep}"), colon],
    );
    let large = |yaml: usize, body: usize| {
        let entry = "a-key-of-its-own: value\n";
        let entries = (0..yaml / entry.len()).map(|at| format!("{at:06}{}", &entry[6..]));
        format!(
            "---\n{}---\n{}",
            entries.collect::<String>(),
            "x ".repeat(body / 2)
        )
    };
    check(&large(YAML_LIMIT / 2, 2 << 20), &[]);
    check(
        &large(YAML_LIMIT + 100, 0),
        &["1:1 too-large the frontmatter is larger than 1 MiB and is not read"],
    );
    check(
        &large(100, FILE_LIMIT),
        &["1:1 too-large the file is larger than 8 MiB and is not read"],
    );
}

/// Fragments whose every sequence is a document that somebody might type.
fn fragments() -> impl Strategy<Value = String> {
    let fragment = prop::sample::select(vec![
        "---\n",
        "\n",
        "  ",
        "- ",
        "a",
        "title",
        ":",
        ": ",
        "é",
        "😀",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "#",
        " #",
        "|",
        ">",
        "&",
        "*",
        "!",
        "?",
        "%",
        "@",
        "`",
        "\t",
        "\r\n",
        "\\",
        "<<",
        "~",
        "...",
        "---",
        "\u{a0}",
        "\0",
        "\u{feff}",
        "\u{85}",
        "on: ",
        "text here\n",
        "key: value\n",
    ]);
    prop::collection::vec(fragment, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_it_stumble(text in fragments()) {
        everything_is_sound(&text);
        everything_is_sound(&format!("---\n{text}\n---\n"));
    }

    #[test]
    fn one_slip_makes_hardly_more_than_one_fault(
        at in 4..RELEASE.len() - 10,
        cut in 0usize..2,
        slip in prop::sample::select(vec![
            "", " ", "  ", "\t", ":", ": ", "\"", "'", "[", "]", "{", "\n", "- ", "#", "*", "é", "%",
        ]),
    ) {
        let text = format!("{}{slip}{}", &RELEASE[..at], &RELEASE[at + cut..]);
        everything_is_sound(&text);
        let mut findings = Findings::new();
        parse(FileId(0), &text, &mut findings);
        prop_assert!(findings.len() <= 2, "{text}\n{:#?}", faults(&text, &findings));
    }
}

const RELEASE: &str = r#"---
title: Payments 4.2
owner: ana
version: "4.2"
schedule:
  build: 2026-01-01/2026-02-01
  test: T-14bd
history:
  - stage: build
    date: 2026-01-01
  - stage: test
    reason: 'late'
tags: [a, b, {c: d}]
description: |
  Some text: here
  and - there
url: https://example.com/x?y=z#a
---
Body
"#;
