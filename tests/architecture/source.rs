//! The source as the invariants see it: files, the modules that they are, and what their code names.
//!
//! A file is read as Rust's tokens, so that comments and strings cannot be mistaken for code. Items under
//! `#[cfg(test)]` are left out, and so are files that only such an item declares: tests may do what the house may not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file of `src/`.
pub(super) struct File {
    /// Path from the package's root.
    pub(super) path: String,
    /// Its whole text.
    pub(super) text: String,
    /// The module that it is, below the crate: `["rules", "freeze", "overlap"]`; empty for the crate's own roots.
    pub(super) module: Vec<String>,
    /// Its tokens without what only tests compile.
    pub(super) code: TokenStream,
}

/// A function with a body.
pub(super) struct Function {
    /// Its name.
    pub(super) name: String,
    /// How many lines it has, from `fn` to the closing brace.
    pub(super) lines: usize,
}

impl File {
    /// Returns the file at `path` with this text.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let stem = path.trim_start_matches("src/").trim_end_matches(".rs");
        let is_root = matches!(stem, "lib" | "main");
        let module = stem.split('/').filter(|_| !is_root).map(str::to_owned);
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            module: module.collect(),
            code: split_tests(tokens).0,
        }
    }

    /// Returns every path that the code names, in full where it starts at `crate`, `self` or `super`: `use` trees are
    /// unfolded, and `crate` is left out.
    ///
    /// A path within an inline module is taken as if it stood in the file's own.
    pub(super) fn paths(&self) -> Vec<Named> {
        let mut paths = Vec::new();
        collect_paths(self.code.clone(), &mut paths);
        paths
            .into_iter()
            .map(|segments| self.resolve(segments))
            .collect()
    }

    fn resolve(&self, segments: Vec<String>) -> Named {
        let mut base = match segments.first().map(String::as_str) {
            Some("crate" | "trainboard") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => {
                return Named {
                    in_crate: false,
                    segments,
                };
            }
        };
        for segment in segments {
            match segment.as_str() {
                "super" => drop(base.pop()),
                "crate" | "trainboard" | "self" => {}
                _ => base.push(segment),
            }
        }
        Named {
            in_crate: true,
            segments: base,
        }
    }

    /// Returns the names of the macros that the code calls.
    pub(super) fn macros(&self) -> Vec<String> {
        self.sequences(|window| match window {
            [
                TokenTree::Ident(name),
                TokenTree::Punct(bang),
                TokenTree::Group(_),
            ] if bang.as_char() == '!' => Some(name.to_string()),
            _ => None,
        })
    }

    /// Returns the names of the methods that the code calls.
    pub(super) fn methods(&self) -> Vec<String> {
        self.sequences(|window| match window {
            [
                TokenTree::Punct(dot),
                TokenTree::Ident(name),
                TokenTree::Group(arguments),
            ] if dot.as_char() == '.' && arguments.delimiter() == Delimiter::Parenthesis => {
                Some(name.to_string())
            }
            _ => None,
        })
    }

    /// Returns every word of the code: keywords and names.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        each_level(self.code.clone(), &mut |tokens| {
            words.extend(tokens.iter().filter_map(|token| match token {
                TokenTree::Ident(word) => Some(word.to_string()),
                _ => None,
            }));
        });
        words
    }

    /// Returns the statics of the code, each as the words of its declaration up to its value.
    pub(super) fn statics(&self) -> Vec<Vec<String>> {
        let mut statics = Vec::new();
        each_level(self.code.clone(), &mut |tokens| {
            for (at, token) in tokens.iter().enumerate() {
                // The lifetime `'static` is also a word, behind an apostrophe.
                let is_lifetime = at > 0 && is_punct(&tokens[at - 1], '\'');
                if is_word(token, "static") && !is_lifetime {
                    let end = tokens[at..]
                        .iter()
                        .position(|token| is_punct(token, '=') || is_punct(token, ';'));
                    let end = end.map_or(tokens.len(), |length| at + length);
                    statics.push(words_of(&tokens[at..end]));
                }
            }
        });
        statics
    }

    /// Returns every function of the whole file, tests included.
    pub(super) fn functions(&self) -> Vec<Function> {
        let mut functions = Vec::new();
        let tokens: TokenStream = self.text.parse().unwrap_or_default();
        each_level(tokens, &mut |tokens| {
            for (at, token) in tokens.iter().enumerate() {
                let (true, Some(TokenTree::Ident(name))) =
                    (is_word(token, "fn"), tokens.get(at + 1))
                else {
                    continue;
                };
                let after = &tokens[at..];
                let end = after
                    .iter()
                    .position(|token| is_punct(token, ';') || is_braces(token));
                if let Some(body) = end.map(|end| &after[end]).filter(|body| is_braces(body)) {
                    let lines = body.span().end().line - token.span().start().line + 1;
                    functions.push(Function {
                        name: name.to_string(),
                        lines,
                    });
                }
            }
        });
        functions
    }

    fn sequences(&self, read: impl Fn(&[TokenTree]) -> Option<String>) -> Vec<String> {
        let mut found = Vec::new();
        each_level(self.code.clone(), &mut |tokens| {
            found.extend(tokens.windows(3).filter_map(&read));
        });
        found
    }

    /// Returns the modules that only tests compile, as this file declares them.
    fn test_modules(&self) -> Vec<String> {
        let (_, tests) = split_tests(self.text.parse().unwrap_or_default());
        let tokens: Vec<TokenTree> = tests.into_iter().collect();
        let declared = tokens.windows(2).filter(|pair| is_word(&pair[0], "mod"));
        declared.map(|pair| pair[1].to_string()).collect()
    }
}

/// A path that code names.
pub(super) struct Named {
    /// Whether it is in full, from the crate's root.
    pub(super) in_crate: bool,
    /// Its segments.
    pub(super) segments: Vec<String>,
}

impl Named {
    /// Returns the path as one text, `std::fs::File`.
    pub(super) fn text(&self) -> String {
        self.segments.join("::")
    }
}

/// Returns every file under `root/src` that not only tests compile.
pub(super) fn house(root: &Path) -> Vec<File> {
    let mut files = Vec::new();
    read_folder(root, "src", &mut files);
    let of_tests: BTreeSet<Vec<String>> = files
        .iter()
        .flat_map(|file| {
            file.test_modules()
                .into_iter()
                .map(|name| [file.module.clone(), vec![name]].concat())
        })
        .collect();
    files.retain(|file| {
        !of_tests
            .iter()
            .any(|module| file.module.starts_with(module))
    });
    files
}

fn read_folder(root: &Path, folder: &str, files: &mut Vec<File>) {
    let entries = fs::read_dir(root.join(folder)).expect("the source is there");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("it can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    for name in names {
        let path = format!("{folder}/{name}");
        if root.join(&path).is_dir() {
            read_folder(root, &path, files);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(root.join(&path)).expect("it can be read");
            files.push(File::new(&path, &text));
        }
    }
}

/// Returns the tokens without the items under `#[cfg(test)]`, and those items.
fn split_tests(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let (mut code, mut tests) = (Vec::new(), Vec::new());
    let mut tokens = tokens.into_iter().peekable();
    let mut in_test_item = false;
    while let Some(token) = tokens.next() {
        let is_attribute = is_punct(&token, '#') && tokens.peek().is_some_and(is_for_tests);
        in_test_item |= is_attribute;
        if !in_test_item {
            code.push(match token {
                TokenTree::Group(group) => {
                    let (inner, inner_tests) = split_tests(group.stream());
                    tests.extend(inner_tests);
                    let mut kept = proc_macro2::Group::new(group.delimiter(), inner);
                    kept.set_span(group.span());
                    TokenTree::Group(kept)
                }
                other => other,
            });
            continue;
        }
        // An item ends with its semicolon or its braces.
        in_test_item = !(is_punct(&token, ';') || is_braces(&token));
        tests.push(token);
    }
    (code.into_iter().collect(), tests.into_iter().collect())
}

/// Returns whether `attribute`, the brackets behind a `#`, keeps its item for tests: `cfg(test)`, or with more conditions
/// `cfg(all(test, unix))`.
fn is_for_tests(attribute: &TokenTree) -> bool {
    let text = attribute.to_string();
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    text.starts_with("[cfg")
        && words.clone().any(|word| word == "test")
        && !words.any(|word| matches!(word, "any" | "not"))
}

fn collect_paths(tokens: TokenStream, paths: &mut Vec<Vec<String>>) {
    let mut path = Vec::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(segment) => {
                path.push(segment.to_string());
                at += 1;
                if is_path_separator(&tokens[at..]) {
                    at += 2;
                    match tokens.get(at) {
                        Some(TokenTree::Ident(_)) => continue,
                        Some(TokenTree::Group(tree)) if is_braces(&tokens[at]) => {
                            at += 1;
                            unfold(&path, tree.stream(), paths);
                        }
                        // A glob or generic arguments: the path so far is what matters.
                        _ => paths.push(path.clone()),
                    }
                } else {
                    paths.push(path.clone());
                }
                path.clear();
            }
            TokenTree::Group(group) => {
                collect_paths(group.stream(), paths);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Adds the paths of the `use` tree `tree`, each behind `prefix`.
fn unfold(prefix: &[String], tree: TokenStream, paths: &mut Vec<Vec<String>>) {
    let mut inner = Vec::new();
    collect_paths(tree, &mut inner);
    for path in inner {
        let path = path.into_iter().filter(|segment| segment != "self");
        paths.push(prefix.iter().cloned().chain(path).collect());
    }
}

fn each_level(tokens: TokenStream, visit: &mut impl FnMut(&[TokenTree])) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    visit(&tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            each_level(group.stream(), visit);
        }
    }
}

fn words_of(tokens: &[TokenTree]) -> Vec<String> {
    let words = tokens.iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    words.collect()
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn is_path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [first, second, ..] if is_punct(first, ':') && is_punct(second, ':'))
}
