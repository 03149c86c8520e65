//! Every label of the portal has its word in every language of the default theme.
//!
//! The labels are found in the code, so that a new one cannot be forgotten: what begins with a capital or holds a
//! `{name}`, and what is handed to `word`, `worded` or `phrase`; and what templates send through the filter `word`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::source::{File, house};

/// The functions whose first argument is a label, however it begins.
const SPEAKING: [&str; 3] = ["word", "worded", "phrase"];

/// Returns the labels in `code`.
fn labels(code: TokenStream, is_spoken: bool, found: &mut BTreeSet<String>) {
    let mut before: [Option<String>; 2] = [None, None];
    let mut is_first = true;
    for token in code {
        match &token {
            TokenTree::Group(group) => {
                let [second, first] = &before;
                let is_attribute = first.as_deref() == Some("#");
                let is_macro = first.as_deref() == Some("!") && second.is_some();
                let speaks = group.delimiter() == Delimiter::Parenthesis
                    && first
                        .as_deref()
                        .is_some_and(|name| SPEAKING.contains(&name));
                if !is_attribute && !is_macro {
                    labels(group.stream(), speaks, found);
                } else if second.as_deref() == Some("vec") {
                    labels(group.stream(), false, found);
                }
            }
            TokenTree::Literal(literal) => {
                if let Some(label) = label(&literal.to_string(), is_spoken && is_first) {
                    found.insert(label);
                }
            }
            _ => {}
        }
        is_first = false;
        before = [before[1].take(), Some(token.to_string())];
    }
}

/// Returns the text of a literal when it is a label: not Markdown, nor a name in capitals.
fn label(literal: &str, is_spoken: bool) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let is_worded = text.contains(char::is_lowercase) && !text.contains(['`', '<', '\\']);
    let begins = text.starts_with(|first: char| first.is_ascii_uppercase() || first == '{');
    (is_worded && (begins || is_spoken)).then(|| text.to_owned())
}

/// Returns what the templates of the default theme send through the filter `word`.
fn of_templates(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            of_templates(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let said = text
            .split("\" | word")
            .filter_map(|before| before.rsplit_once('"'));
        let ends = text.matches("\" | word").count();
        found.extend(said.take(ends).map(|(_, label)| label.to_owned()));
    }
}

#[test]
fn every_label_has_a_word_in_every_language() {
    let example = File::new(
        "src/pages/a.rs",
        "fn a() { Fact::new(\"Due\", word(\"none\")); format!(\"Not {x}\"); b(\"plain\", \"See `x`\"); }",
    );
    let mut found = BTreeSet::new();
    labels(example.code, false, &mut found);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["Due", "none"]);

    let mut used = BTreeSet::new();
    for file in house(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        if file.path.starts_with("src/pages") && !file.path.starts_with("src/pages/theme") {
            labels(file.code, false, &mut used);
        }
    }
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    of_templates(&theme.join("templates"), &mut used);
    assert!(used.contains("Exit criteria") && used.contains("Main menu"));
    for language in fs::read_dir(theme.join("words")).unwrap() {
        let path = language.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let known: BTreeSet<_> = text
            .lines()
            .filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()))
            .collect();
        let missing: Vec<_> = used.difference(&known).collect();
        assert!(missing.is_empty(), "{} lacks {missing:#?}", path.display());
    }
}
