//! What a frontmatter looks like before and after.

#![expect(clippy::panic, reason = "a test stops at the first surprise")]

use super::{Refusal, format};
use crate::text::FileId;

const TRAIN: &str = "trains/2026-q4/index.md";

/// Checks what the keys `before` of the file at `path` become, and that they then stay.
#[track_caller]
fn check_at(path: &str, before: &str, after: &str) {
    let whole = |keys: &str| match path {
        "trainboard.yaml" => keys.to_owned(),
        _ => format!("---\n{keys}---\n\n# Body  \n\ttext"),
    };
    let once = format(FileId(0), path, &whole(before));
    let Ok(once) = once else {
        panic!("{once:?}\n{before}");
    };
    assert_eq!(once.text, whole(after), "\n{}", once.text);
    let twice = format(FileId(0), path, &once.text);
    assert_eq!(twice.as_ref(), Ok(&once), "a second time");
}

#[track_caller]
fn check(before: &str, after: &str) {
    check_at(TRAIN, before, after);
}

#[test]
fn keys_stand_in_the_order_of_their_description() {
    check("", "");
    check("type: major\ntitle: A\n", "title: A\ntype: major\n");
    check("zzz: 1\nx-a: 2\ntitle: A\n", "title: A\nzzz: 1\nx-a: 2\n");
    check(
        "history:\n- date: 2026-01-01\n  stage: draft\nmodel: m\n",
        "model: m\nhistory:\n  - stage: draft\n    date: 2026-01-01\n",
    );
    check(
        "gates:\n    scoping:\n        criteria:\n        -   owner: ana\n            id: a\n        due: T-1d\n",
        "gates:\n  scoping:\n    due: T-1d\n    criteria:\n      - id: a\n        owner: ana\n",
    );
    // Names keep their order: it is the author's.
    check(
        "schedule: {}\nmilestones:\n  z: {due: T}\n  a: {due: T}\n",
        "schedule: {}\nmilestones:\n  z: {due: T}\n  a: {due: T}\n",
    );
    check_at(
        "trainboard.yaml",
        "timezone: UTC\ntitle: P\nrules: {b/c: info, a/b: ignore}\n",
        "title: P\ntimezone: UTC\nrules: {b/c: info, a/b: ignore}\n",
    );
    check_at(
        "x.md",
        "kind: freeze\nseverity: hard\nplanned: tbd\n",
        "kind: freeze\nplanned: tbd\nseverity: hard\n",
    );
}

#[test]
fn comments_stay_with_what_they_are_about() {
    check(
        "# The file.\n\n# The type.\n# It is big.\ntype: major # really\n\n# The name.\ntitle: A   # yes\n  # Deeper.\n# The end.\n",
        "# The file.\n\n# The name.\ntitle: A   # yes\n  # Deeper.\n# The type.\n# It is big.\ntype: major # really\n# The end.\n",
    );
    check(
        "type: major\n# Behind the type.\n\ntitle: A\n",
        "title: A\ntype: major\n# Behind the type.\n",
    );
    check(
        "type: major\n# Behind the type.\n\nmodel: m\ntitle: A\n",
        "title: A\ntype: major\n# Behind the type.\n\nmodel: m\n",
    );
    check(
        "model: m\n# Behind the model.\n\ntype: major\n# Behind all.\n",
        "type: major\nmodel: m\n# Behind the model.\n\n# Behind all.\n",
    );
    check(
        "gates: # all\n    # first\n    a: # one\n        # why\n        due: T\n        # after due\n    # after a\n# after gates\ntitle: A\n",
        "# after gates\ntitle: A\ngates: # all\n  # first\n  a: # one\n    # why\n    due: T\n    # after due\n  # after a\n",
    );
    check("# Only this.\n\n\n", "# Only this.\n");
}

#[test]
fn comments_in_lists_stay_with_their_item() {
    check(
        "history:\n# first\n- stage: a # x\n  # day\n  date: 2026-01-01\n\n\n# second\n- # two\n  stage: b\n-\n  # third\n  stage: c\n# title\ntitle: A\n",
        "# title\ntitle: A\nhistory:\n  # first\n  - stage: a # x\n    # day\n    date: 2026-01-01\n\n  # second\n  - # two\n    stage: b\n  # third\n  - stage: c\n",
    );
    // A key that comes to stand behind the dash takes its comment above the dash.
    check(
        "history:\n  - date: 2026-01-01\n    # why\n    stage: a\n",
        "history:\n  # why\n  - stage: a\n    date: 2026-01-01\n",
    );
    check(
        "tags:\n- a # x\n- 'b'\n# c\n- c\n",
        "tags:\n  - a # x\n  - 'b'\n  # c\n  - c\n",
    );
    check(
        "x-a:\n- - a\n  - b\n-   -   c\n",
        "x-a:\n  - - a\n    - b\n  - - c\n",
    );
}

#[test]
fn values_keep_their_text() {
    check(
        "x-date: 2026-01-01\nx-v:   1.10\nx-q: \"a: \\\"b\\\"\"  \nx-s:\t'it''s'\nx-n: ~\nx-e:\nx-k : v\n\"x-y\": on\n",
        "x-date: 2026-01-01\nx-v: 1.10\nx-q: \"a: \\\"b\\\"\"\nx-s: 'it''s'\nx-n: ~\nx-e:\nx-k: v\n\"x-y\": on\n",
    );
    check(
        "purpose: |\n    one\n      two  \n\n    # three\n    \n\ntitle: >-\n  a\n  b\n",
        "title: >-\n  a\n  b\npurpose: |\n    one\n      two  \n\n    # three\n",
    );
    check(
        "gates:\n      a:\n            title: |+\n                  x\n\n\n            due: T\n",
        "gates:\n  a:\n    title: |+\n          x\n\n\n    due: T\n",
    );
    check(
        "x-a: |+\n  x\ntype: a\n\nx-b: 1\n",
        "type: a\nx-a: |+\n  x\nx-b: 1\n",
    );
    check(
        "gates:\n    a:\n        due: T\n        title: |2\n            x\n          y # z\n",
        "gates:\n  a:\n    title: |2\n        x\n      y # z\n    due: T\n",
    );
    check(
        "x-a:\n- - |+\n    x\n\n  - >\n\n    y\n- z: |\nx-b: |-\n\n\ntitle: A\n",
        "title: A\nx-a:\n  - - |+\n      x\n\n    - >\n\n      y\n  - z: |\nx-b: |-\n",
    );
    check(
        "purpose: a\n  b\n\n  c # d\ntitle:\n    # above\n\n    A\n",
        "title:\n  # above\n    A\npurpose: a\n  b\n\n  c # d\n",
    );
    check(
        "purpose: \"a\n  b\\\n  c\" # d\ntags: [\n  a,\n  # b\n  c\n]\ntitle: A\n",
        "title: A\ntags: [\n  a,\n  # b\n  c\n]\npurpose: \"a\n  b\\\n  c\" # d\n",
    );
}

#[test]
fn brackets_on_one_line_are_in_order_too() {
    check(
        "history:\n  - {date: 2026-01-01,  stage: draft} # x\n",
        "history:\n  - {stage: draft,  date: 2026-01-01} # x\n",
    );
    check(
        "gates: {a: {approvals: [{by: ana, level: \"x, y\"}], due: T}}\n",
        "gates: {a: {due: T, approvals: [{level: \"x, y\", by: ana}]}}\n",
    );
    check(
        "milestones: [{due: T, id: a}, b]\n",
        "milestones: [{id: a, due: T}, b]\n",
    );
    check(
        "support: {owner, until: T}\n",
        "support: {owner, until: T}\n",
    );
}

#[test]
fn line_ends_and_marks_are_the_same_everywhere() {
    let formatted = |text| format(FileId(0), TRAIN, text).map(|it| (it.text, it.had_crlf));
    let said = |text: &str, had_crlf| Ok((text.to_owned(), had_crlf));
    assert_eq!(
        formatted("\u{feff}---  \r\ntype: a\r\ntitle: b \r\n--- \r\nBody \r\n"),
        said("---\ntitle: b\ntype: a\n---\nBody \n", true)
    );
    assert_eq!(
        formatted("---\ntitle: b\n---"),
        said("---\ntitle: b\n---\n", false)
    );
    let config = format(
        FileId(0),
        "trainboard.yaml",
        "\u{feff}# a\n--- \n\n# b\n\ntitle: x",
    );
    assert_eq!(
        config.map(|it| it.text),
        Ok("# a\n---\n# b\n\ntitle: x\n".to_owned())
    );
}

#[test]
fn what_cannot_be_read_without_doubt_is_left_alone() {
    let rules = |text| match format(FileId(0), TRAIN, text) {
        Err(Refusal::Faulty(findings)) => findings.iter().map(|found| found.rule.0).collect(),
        Err(Refusal::Unusual(at)) => vec![text.get(at.span.range().start..).unwrap_or("")],
        other => panic!("{text:?}: {other:?}"),
    };
    let check = |text, expected: &[&str]| assert_eq!(rules(text), expected, "{text:?}");
    check("", &["document/empty"]);
    check("# Words\n", &["document/no-frontmatter"]);
    check("---\na: 1\na: 2\n---\n", &["document/duplicate-key"]);
    check("---\na: &b 1\n---\n", &["document/invalid-yaml"]);
    check("---\na: [1\n---\n", &["document/invalid-yaml"]);
    check("---\n\ta: 1\n---\n", &["document/invalid-yaml"]);
    check("---\n? a\n: b\n---\n", &["? a\n: b\n---\n"]);
    check("---\n{a: b}\n---\n", &["{a: b}\n---\n"]);
    check("---\na:\n  -\n  - b\n---\n", &["-\n  - b\n---\n"]);
}
