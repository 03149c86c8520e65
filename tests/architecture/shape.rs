//! What the code looks like: typed contexts, sizes that fit in a head, a purpose at the top of each module, and a small
//! top level.

use std::fs;

use crate::source::File;
use crate::{check, each, room, root};

/// What may stand at the top of the repository, beside what `.gitignore` names.
const TOP: &[&str] = &[
    ".ci",
    ".git",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "sample-site",
    "src",
    "tests",
    "themes",
];

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 100;

fn untyped_contexts(files: &[File]) -> Vec<String> {
    const UNTYPED: &[&str] = &[
        "serde_json::Map",
        "serde_json::Value",
        "tera::Map",
        "tera::Value",
    ];
    each(files, |file| {
        if room(file) != Some("pages") {
            return Vec::new();
        }
        let paths = file.paths().into_iter().map(|path| path.text());
        let paths = paths.filter(|path| UNTYPED.iter().any(|untyped| path.starts_with(untyped)));
        let macros = file
            .macros()
            .into_iter()
            .filter(|name| matches!(name.as_str(), "context" | "json"));
        paths
            .chain(macros)
            .map(|name| format!("{name} is not typed"))
            .collect()
    })
}

#[test]
fn no_page_context_is_an_untyped_map() {
    check(
        untyped_contexts,
        &[
            ("src/pages/train.rs", "use serde_json::{Value, to_vec};"),
            ("src/pages/train.rs", "fn f() { render(json!({})) }"),
            ("src/pages/parts.rs", "type Bag = tera::Map;"),
        ],
        &[
            ("src/outputs/plan.rs", "use serde_json::Value;"),
            ("src/pages/parts.rs", "use super::value::Value;"),
        ],
    );
}

fn too_long(files: &[File]) -> Vec<String> {
    each(files, |file| {
        let lines = file.text.lines().count();
        let file_is_long = (lines > LONGEST_FILE).then(|| format!("{lines} lines"));
        let functions = file
            .functions()
            .into_iter()
            .filter(|function| function.lines > LONGEST_FUNCTION);
        let functions =
            functions.map(|function| format!("fn {} has {} lines", function.name, function.lines));
        file_is_long.into_iter().chain(functions).collect()
    })
}

#[test]
fn files_and_functions_fit_in_a_head() {
    let file = "//! Room.\n".repeat(LONGEST_FILE);
    let body = "\n".repeat(LONGEST_FUNCTION - 1);
    let longer = [
        format!("{file}//! Room.\n"),
        format!("impl X {{ fn f(\n) -> [u8; 2] {{{body}}} }}"),
    ];
    check(
        too_long,
        &[("src/load.rs", &longer[0]), ("src/load.rs", &longer[1])],
        &[
            ("src/load.rs", &file),
            (
                "src/load.rs",
                &format!("trait X {{ fn g(); fn f() {{{body}}} }}"),
            ),
        ],
    );
}

fn opens_without_purpose(files: &[File]) -> Vec<String> {
    each(files, |file| {
        let opens = file.text.starts_with("//! ");
        (!opens)
            .then(|| "does not open with what it is for".to_owned())
            .into_iter()
            .collect()
    })
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    check(
        opens_without_purpose,
        &[
            ("src/load.rs", "use std::fmt;\n//! Late."),
            ("src/load.rs", "// Aside.\n"),
            ("src/load.rs", "//!\n"),
        ],
        &[("src/load.rs", "//! Reads files.\n")],
    );
}

/// Returns the names in `top` that have no place there; `ignored` is the text of `.gitignore`.
fn strangers<'a>(top: &[&'a str], ignored: &str) -> Vec<&'a str> {
    let is_ignored = |name: &str| ignored.lines().any(|line| line.trim_matches('/') == name);
    let belongs =
        |name: &str| TOP.contains(&name) || name.starts_with("LICENSE") || is_ignored(name);
    top.iter().copied().filter(|name| !belongs(name)).collect()
}

#[test]
fn the_top_level_stays_small() {
    assert_eq!(
        strangers(
            &["src", "docs", "LICENSE-MIT", "target", "TODO.md"],
            "target/\n"
        ),
        ["docs", "TODO.md"]
    );
    let entries = fs::read_dir(root()).unwrap();
    let names: Vec<String> = entries
        .map(|entry| {
            entry
                .unwrap()
                .file_name()
                .into_string()
                .expect("a readable name")
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ignored = fs::read_to_string(root().join(".gitignore")).unwrap();
    assert_eq!(strangers(&names, &ignored), [""; 0]);
}
