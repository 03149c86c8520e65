//! Whatever a frontmatter looks like: what is formatted says the same, and formatting it again changes nothing.

use proptest::prelude::*;

use super::{Refusal, format};
use crate::text::FileId;

/// One key with what stands around it.
#[derive(Clone, Debug)]
struct Key {
    /// Lines above it, without their indentation.
    above: Vec<&'static str>,
    name: &'static str,
    /// What follows its value on the same line.
    behind: &'static str,
    value: Written,
}

/// A value as somebody writes it.
#[derive(Clone, Debug)]
enum Written {
    /// On the line of its key.
    Line(&'static str),
    /// On lines of its own, indented by so much more than the key.
    Lines(&'static str, usize, Vec<&'static str>),
    /// Keys below it, indented by so much more.
    Keys(usize, Vec<Key>),
    /// Items below it, indented by so much more; each has so many blanks after its dash.
    Items(usize, usize, Vec<Vec<Key>>),
}

const NAMES: [&str; 8] = [
    "title", "type", "gates", "due", "id", "x-a", "history", "date",
];
const ABOVE: [&str; 4] = ["", "# above", "    # deep", "#"];
const BEHIND: [&str; 4] = ["", "", "   ", "  # behind"];
const LINES: [&str; 7] = [
    "",
    "1.10",
    "'it''s'",
    "{due: T, id: a}",
    "[a, {by: b}]",
    "\"# no\"",
    "~",
];

fn keys(depth: u32) -> BoxedStrategy<Vec<Key>> {
    let name = prop::sample::subsequence(&NAMES[..], 0..5).prop_shuffle();
    let rest = (
        prop::collection::vec(prop::sample::select(&ABOVE[..]), 0..3),
        prop::sample::select(&BEHIND[..]),
        value(depth),
    );
    (name, prop::collection::vec(rest, 5))
        .prop_map(|(names, rest)| {
            let keys = names.into_iter().zip(rest);
            let key = |(name, (above, behind, value))| Key {
                above,
                name,
                behind,
                value,
            };
            keys.map(key).collect()
        })
        .boxed()
}

fn value(depth: u32) -> BoxedStrategy<Written> {
    let line = prop::sample::select(&LINES[..]).prop_map(Written::Line);
    let head = prop::sample::select(&["|", ">", "|+", ">-", ""][..]);
    let lines = prop::collection::vec(prop::sample::select(&["a", "b c", "", "  ", "a"][..]), 0..4);
    let lines = (head, 1..5_usize, lines).prop_map(|(head, by, mut lines)| {
        lines.insert(0, "first");
        Written::Lines(head, by, lines)
    });
    if depth == 0 {
        return prop_oneof![3 => line, 1 => lines].boxed();
    }
    let below = (1..5_usize, keys(depth - 1)).prop_map(|(by, keys)| Written::Keys(by, keys));
    let items = (
        0..5_usize,
        1..4_usize,
        prop::collection::vec(keys(depth - 1), 0..3),
    );
    let items = items.prop_map(|(by, blanks, items)| Written::Items(by, blanks, items));
    prop_oneof![2 => line, 1 => lines, 2 => below, 2 => items].boxed()
}

/// Writes `keys`, the first of which stands where the text ends, in the column `column`.
fn write(keys: &[Key], column: usize, is_begun: bool, text: &mut String) {
    for (index, key) in keys.iter().enumerate() {
        let is_here = is_begun && index == 0;
        if !is_here {
            for line in &key.above {
                text.push_str(&format!("{}{line}\n", " ".repeat(column)));
            }
            text.push_str(&" ".repeat(column));
        }
        text.push_str(&format!("{}:", key.name));
        match &key.value {
            Written::Line(value) => text.push_str(&format!("  {value}{}\n", key.behind)),
            Written::Lines(head, by, lines) => {
                text.push_str(&format!(" {head}\n"));
                for line in lines {
                    text.push_str(&format!("{}{line}\n", " ".repeat(column + by)));
                }
            }
            Written::Keys(by, keys) => {
                text.push_str(&format!("{}\n", key.behind));
                write(keys, column + by, false, text);
            }
            Written::Items(by, blanks, items) => {
                text.push_str(&format!("{}\n", key.behind));
                for keys in items.iter().filter(|keys| !keys.is_empty()) {
                    let dash = column + by;
                    text.push_str(&format!("{}-{}", " ".repeat(dash), " ".repeat(*blanks)));
                    write(keys, dash + 1 + blanks, true, text);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_formatted_says_the_same_and_stays(keys in keys(2)) {
        let mut text = "---\n".to_owned();
        write(&keys, 0, false, &mut text);
        text.push_str("---\nBody\n");
        match format(FileId(0), "trains/q/index.md", &text) {
            Ok(once) => {
                let twice = format(FileId(0), "trains/q/index.md", &once.text);
                prop_assert_eq!(twice.as_ref(), Ok(&once), "{}\n{}", text, once.text);
            }
            Err(Refusal::Faulty(_)) => {}
            Err(refusal) => prop_assert!(false, "{:?}\n{}", refusal, text),
        }
    }
}
