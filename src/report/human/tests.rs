//! Drawings, as a reader sees them.

use proptest::prelude::*;

use super::FORMAT;
use crate::report::fixture::Fixture;
use crate::report::{Drawing, Ink, Strokes};
use crate::text::Span;

fn unicode() -> Drawing {
    Drawing {
        strokes: Strokes::Unicode,
        ..Drawing::default()
    }
}

/// Checks what is drawn of one error `test/rule` at the place that `text` marks, without the lines that sum up.
#[track_caller]
fn check(text: &str, expected: &str) {
    let mut fixture = Fixture::default();
    fixture.file("a.md", text);
    fixture.error("test/rule", "fact");
    fixture.finding().label = "here".into();
    let drawn = fixture.write(&FORMAT);
    let (drawn, _) = drawn.split_once("\n\nchecked").unwrap_or((&drawn, ""));
    assert!(
        drawn == expected.trim_end(),
        "drawn:\n{drawn}\nexpected:\n{expected}"
    );
}

#[test]
fn a_diagnostic_shows_the_fault_its_other_places_and_the_action() {
    let mut fixture = Fixture::frozen();
    fixture.check(
        &FORMAT,
        "\
error[freeze/overlap]: turnover 2026-q4/production is in hard freeze year-end-2026
 --> trains/2026-q4/turnovers/production.md:4:5
  |
4 | at: 2026-12-19 22:00
  |     ^^^^^^^^^^^^^^^^
  |
 ::: freezes/year-end-2026.md:3:9
  |
3 | period: 2026-12-18/2027-01-04
  |         --------------------- the freeze
  |
  = help: next fit: Sat 9 January 2027 22:00 Europe/London

checked 61 documents as of 2026-11-21: 1 error
for what a rule means and how to meet it: trainboard explain freeze/overlap
",
    );
    fixture.drawing = unicode();
    fixture.check(
        &FORMAT,
        "\
error[freeze/overlap]: turnover 2026-q4/production is in hard freeze year-end-2026
  ╭▸ trains/2026-q4/turnovers/production.md:4:5
  │
4 │ at: 2026-12-19 22:00
  │     ━━━━━━━━━━━━━━━━
  │
  ⸬  freezes/year-end-2026.md:3:9
  │
3 │ period: 2026-12-18/2027-01-04
  │         ───────────────────── the freeze
  │
  ╰ help: next fit: Sat 9 January 2027 22:00 Europe/London

checked 61 documents as of 2026-11-21: 1 error
for what a rule means and how to meet it: trainboard explain freeze/overlap
",
    );
}

#[test]
fn a_fix_is_a_patch_and_neighbours_share_an_excerpt() {
    let mut fixture = Fixture::default();
    fixture.drawing = unicode();
    let first = fixture.file("releases/pay.md", "---\r\nversion: «1.10»\r\n---\r\n");
    fixture.warning("value/unquoted-version", "version 1.10 is a number");
    let finding = fixture.finding();
    finding.label = "read as 1.1".into();
    *finding = finding.clone().also(
        crate::text::Location::new(first.file, Span::new(0..3)),
        "in this frontmatter",
    );
    fixture.fix("quote the version", "\"1.10\"");
    fixture.check(
        &FORMAT,
        "\
warning[value/unquoted-version]: version 1.10 is a number
  ╭▸ releases/pay.md:2:10
  │
1 │ ---
  │ ─── in this frontmatter
2 │ version: 1.10
  │          ━━━━ read as 1.1
  ╰╴
help: quote the version
  ╭╴
2 - version: 1.10
2 + version: \"1.10\"
  ╰╴

checked 61 documents as of 2026-11-21: 1 warning
1 can be mended safely: trainboard check --fix
for what a rule means and how to meet it: trainboard explain value/unquoted-version
",
    );
}

#[test]
fn a_long_report_ends_with_its_most_frequent_rules_and_explains_the_worst() {
    let mut fixture = Fixture::default();
    fixture.file("a.md", "«x»");
    for (count, rule) in [
        (3, "a/a"),
        (9, "b/b"),
        (2, "c/c"),
        (2, "d/d"),
        (2, "e/e"),
        (2, "f/f"),
    ] {
        (0..count).for_each(|_| fixture.warning(rule, "fact"));
    }
    fixture.error("g/g", "fact");
    let drawn = fixture.write(&FORMAT);
    let (_, summary) = drawn.split_once("checked ").unwrap_or_default();
    let expected = "\
61 documents as of 2026-11-21: 1 error, 20 warnings
     9 b/b
     3 a/a
     2 c/c
     2 d/d
     2 e/e
     3 of other rules
for what a rule means and how to meet it: trainboard explain g/g
";
    assert_eq!(summary, expected);
}

#[test]
fn a_clean_report_is_one_calm_line() {
    Fixture::default().check(&FORMAT, "checked 61 documents as of 2026-11-21: all well\n");
}

#[test]
fn awkward_places_are_drawn_where_they_stand() {
    check(
        "---\nkind: note\n«»",
        "\
error[test/rule]: fact
 --> a.md:3:1
  |
3 |
  | ^ here
",
    );
    check(
        "«---\nkind: note\n---\nBody\n»",
        "\
error[test/rule]: fact
 --> a.md:1:1
  |
1 | ---
  | ^^^ here
",
    );
    check(
        "\ttitle: 日本語 «テスト» x\u{1b}[31m\n",
        "\
error[test/rule]: fact
 --> a.md:1:13
  |
1 |     title: 日本語 テスト x␛[31m
  |                   ^^^^^^ here
",
    );
    check(
        &format!("---\n{}«wrong»{}\n---\n", "é ".repeat(5_000), " ü".repeat(500_000)),
        "\
error[test/rule]: fact
 --> a.md:2:10001
  |
2 | ...é é é é é é é é é é é é é é é é é é é é wrong ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ü ...
  |                                            ^^^^^ here
",
    );
}

#[test]
fn colour_adds_escapes_and_nothing_else() {
    let mut fixture = Fixture::frozen();
    fixture.fix("move the turnover", "2027-01-09 22:00");
    let plain = fixture.write(&FORMAT);
    fixture.drawing.ink = Ink::Colour;
    let coloured = fixture.write(&FORMAT);
    assert_ne!(coloured, plain);
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

/// Characters that break renderers: wide, combining, zero-width, control, and the ends of lines.
const AWKWARD: [&str; 16] = [
    "a",
    "b: ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "日",
    "e\u{301}",
    "\u{200d}",
    "👩‍👩‍👧",
    "\u{1b}",
    "\u{9b}",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn no_text_and_no_span_panics(
        parts in prop::collection::vec(0..AWKWARD.len(), 0..60),
        repeated in 1..12_usize,
        spans in prop::collection::vec((0..1500_u32, 0..200_u32), 4),
        replaced in prop::collection::vec(0..AWKWARD.len(), 0..6),
    ) {
        let text: String = parts.iter().map(|&part| AWKWARD[part]).collect();
        let mut fixture = Fixture::default();
        let at = |(start, length): (u32, u32)| Span { start, end: start + length };
        let mut place = fixture.file("a.md", &text.repeat(repeated));
        place.span = at(spans[0]);
        fixture.error("test/rule", "fact");
        let finding = fixture.finding();
        *finding = finding.clone().label("here");
        finding.at = place;
        for &span in &spans[1..3] {
            place.span = at(span);
            *finding = finding.clone().also(place, "there");
        }
        let replacement: String = replaced.iter().map(|&part| AWKWARD[part]).collect();
        *finding = finding.clone().fix("mend it", at(spans[3]), replacement);
        for strokes in [Strokes::Ascii, Strokes::Unicode] {
            fixture.drawing.strokes = strokes;
            let drawn = fixture.write(&FORMAT);
            prop_assert!(!drawn.contains(|c: char| c.is_control() && c != '\n'), "{:?}", drawn);
        }
    }
}
