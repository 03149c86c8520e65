//! Who may touch the world, and what nobody may do to those around it: print, panic, share state.

use crate::source::File;
use crate::{check, each, room};

/// The rooms that may touch files, the environment, the clock and other processes.
const OUTSIDE: &[&str] = &["world", "serve", "cli"];

fn is_outside(file: &File) -> bool {
    // The binary's root is part of the command line.
    file.path == "src/main.rs" || room(file).is_some_and(|room| OUTSIDE.contains(&room))
}

/// What reaches outside: modules, and functions by the end of their path.
const REACHES: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::os",
    "walkdir",
    "tempfile",
    "notify",
];
const READS_THE_CLOCK: &[&str] = &[
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
    "TimeZone::system",
    "Utc::now",
    "Zoned::now",
];
const ASKS_THE_DISK: &[&str] = &["canonicalize", "read_dir", "read_link", "symlink_metadata"];

fn reaches_outside(files: &[File]) -> Vec<String> {
    each(files, |file| {
        if is_outside(file) {
            return Vec::new();
        }
        let paths = file
            .paths()
            .into_iter()
            .map(|path| path.text())
            .filter(|path| {
                let is_below = |module: &&str| {
                    path.strip_prefix(*module)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
                };
                REACHES.iter().any(is_below)
                    || READS_THE_CLOCK.iter().any(|clock| path.ends_with(clock))
            });
        let methods = file
            .methods()
            .into_iter()
            .filter(|method| ASKS_THE_DISK.contains(&method.as_str()));
        paths
            .chain(methods)
            .map(|name| format!("{name} reaches outside"))
            .collect()
    })
}

#[test]
fn only_the_edge_reaches_outside() {
    check(
        reaches_outside,
        &[
            ("src/load.rs", "use std::fs;"),
            ("src/load.rs", "use std::{collections::BTreeMap, fs::File};"),
            ("src/rules.rs", "fn f() { std::env::var(\"HOME\"); }"),
            (
                "src/rules.rs",
                "use std::time::Instant; fn f() { Instant::now(); }",
            ),
            ("src/plan.rs", "fn f() { jiff::Zoned::now() }"),
            ("src/plan.rs", "fn f(path: &Path) { path.canonicalize() }"),
            ("src/report.rs", "use std::process::Command;"),
        ],
        &[
            ("src/world/disk.rs", "use std::fs;"),
            ("src/cli/build.rs", "use std::env;"),
            (
                "src/report.rs",
                "const V: &str = env!(\"CARGO_PKG_VERSION\"); use std::fmt; use crate::world::fs;",
            ),
        ],
    );
}

fn prints(files: &[File]) -> Vec<String> {
    const MACROS: &[&str] = &["dbg", "eprint", "eprintln", "print", "println"];
    each(files, |file| {
        if room(file) == Some("cli") || file.path == "src/main.rs" {
            return Vec::new();
        }
        let macros = file
            .macros()
            .into_iter()
            .filter(|name| MACROS.contains(&name.as_str()));
        // A single name is a child process's stream, or a function whose import was found already.
        let streams = file.paths().into_iter().map(|path| path.text());
        let streams =
            streams.filter(|path| path.ends_with("::stderr") || path.ends_with("::stdout"));
        macros
            .chain(streams)
            .map(|name| format!("{name} prints"))
            .collect()
    })
}

#[test]
fn only_the_command_line_prints() {
    check(
        prints,
        &[
            ("src/load.rs", "fn f() { println!(\"x\"); }"),
            ("src/serve.rs", "fn f() { if true { eprintln!(\"x\") } }"),
            (
                "src/report.rs",
                "use std::io::{self, Write}; fn f() { io::stdout().lock(); }",
            ),
            ("src/report.rs", "use std::io::{Write, stderr};"),
        ],
        &[
            ("src/cli.rs", "fn f() { println!(\"x\"); }"),
            (
                "src/world/git.rs",
                "fn f() { git.stdout(Stdio::piped()); child.stdout.take() }",
            ),
            (
                "src/report.rs",
                "/// `println!`\nfn f() { writeln!(out, \"println!()\") }",
            ),
        ],
    );
}

fn panics(files: &[File]) -> Vec<String> {
    const METHODS: &[&str] = &[
        "expect",
        "expect_err",
        "unwrap",
        "unwrap_err",
        "unwrap_unchecked",
    ];
    const MACROS: &[&str] = &["panic", "todo", "unimplemented"];
    each(files, |file| {
        let methods = file
            .methods()
            .into_iter()
            .filter(|name| METHODS.contains(&name.as_str()));
        let macros = file
            .macros()
            .into_iter()
            .filter(|name| MACROS.contains(&name.as_str()));
        methods
            .chain(macros)
            .map(|name| format!("{name} panics"))
            .collect()
    })
}

#[test]
fn nothing_panics_on_purpose() {
    check(
        panics,
        &[
            ("src/load.rs", "fn f() { x.unwrap() }"),
            ("src/cli.rs", "fn f() { g(|| y.expect(\"why\")) }"),
            ("src/plan.rs", "fn f() { todo!() }"),
        ],
        &[
            (
                "src/load.rs",
                "#[expect(dead_code)] fn f() { x.unwrap_or_default() }",
            ),
            (
                "src/load.rs",
                "fn f() {} #[cfg(test)] mod tests { fn g() { x.unwrap() } }",
            ),
            (
                "src/world.rs",
                "#[cfg(all(test, unix))] fn g() { x.unwrap() }",
            ),
        ],
    );
}

fn unsafe_or_shared_state(files: &[File]) -> Vec<String> {
    const WORDS: &[&str] = &[
        "lazy_static",
        "set_current_dir",
        "set_var",
        "thread_local",
        "unsafe",
    ];
    const CELLS: &[&str] = &[
        "Cell", "LazyCell", "Mutex", "OnceCell", "OnceLock", "RefCell", "RwLock", "mut",
    ];
    each(files, |file| {
        let words = file
            .words()
            .into_iter()
            .filter(|word| WORDS.contains(&word.as_str()));
        let statics = file.statics().into_iter().map(|words| words.join(" "));
        let state = statics.filter(|words| {
            words
                .split(' ')
                .any(|word| CELLS.contains(&word) || word.starts_with("Atomic"))
        });
        words
            .chain(state)
            .map(|fault| format!("{fault} is unsafe or global state"))
            .collect()
    })
}

#[test]
fn there_is_no_unsafe_and_no_global_state() {
    check(
        unsafe_or_shared_state,
        &[
            ("src/load.rs", "fn f() { unsafe { g() } }"),
            ("src/load.rs", "static mut SEEN: usize = 0;"),
            (
                "src/load.rs",
                "static SEEN: AtomicUsize = AtomicUsize::new(0);",
            ),
            (
                "src/load.rs",
                "fn f() { static CACHE: OnceLock<Vec<u8>> = OnceLock::new(); }",
            ),
            (
                "src/load.rs",
                "pub(crate) static ALL: LazyLock<Mutex<u8>> = LazyLock::new(x);",
            ),
            ("src/world.rs", "thread_local! { static X: u8 = 0; }"),
            ("src/cli.rs", "fn f() { std::env::set_current_dir(\"/\") }"),
        ],
        &[
            (
                "src/report.rs",
                "pub static FORMATS: &[Format] = &[a::FORMAT]; static W: LazyLock<Words> = f();",
            ),
            (
                "src/text.rs",
                "struct Source { lines: OnceLock<LineIndex> } fn f(a: &'static Mutex<u8>) {}",
            ),
        ],
    );
}
