//! The stage: a plan in a temporary folder, the command, and what it says and writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

use tempfile::TempDir;
use trainboard::world::txtar;
use walkdir::WalkDir;

/// The day on which every story plays unless it says otherwise.
pub(crate) const TODAY: &str = "2026-11-21";

/// A plan small enough to be read at a glance, and sound.
pub(crate) const SMALL: &str = "\
-- trainboard.yaml --
title: Small plan
timezone: Europe/London
-- people/ana.md --
---
name: Ana Ferreira
---
-- applications/pay.md --
---
title: Payments
owner: ana
---
Moves [money](../pages/money.md).
-- pages/money.md --
---
title: Money
---
Coins and notes.
";

/// A plan in a folder of its own; the folder goes when the story ends.
pub(crate) struct Plan {
    folder: TempDir,
}

impl Plan {
    /// Returns a copy of the sample plan.
    pub(crate) fn sample() -> Self {
        let plan = Self::of("");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-site");
        for file in files_of(&sample) {
            plan.write(&file, fs::read(sample.join(&file)).unwrap());
        }
        plan
    }

    /// Returns a plan with the files of the archive `files`.
    pub(crate) fn of(files: &str) -> Self {
        let plan = Self {
            folder: TempDir::new().unwrap(),
        };
        fs::create_dir(plan.path("")).unwrap();
        for (path, text) in txtar::parse(files).files {
            plan.write(path, text);
        }
        plan
    }

    /// Returns where the plan's file `path` is. `../site` is beside the plan.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("plan").join(path)
    }

    /// Writes a file of the plan.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Returns the text of the file `path`.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces `from`, which the file `path` holds, by `to`.
    #[track_caller]
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.write(path, text.replacen(from, to, 1));
    }

    /// Gives the file `from` the path `to`.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Runs `trainboard ARGUMENTS` in the plan's folder on [`TODAY`]; arguments are what stands between blanks.
    pub(crate) fn run(&self, arguments: &str) -> Said {
        Said::of(trainboard(&self.path("")).args(arguments.split_whitespace()))
    }

    /// Runs git in the plan's folder, as a user whom no configuration of this machine concerns.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &str) {
        Said::of(self.git_command().args(arguments.split_whitespace())).exits(0);
    }

    /// Commits the plan as it is, at noon of `day`.
    #[track_caller]
    pub(crate) fn commit(&self, day: &str, message: &str) {
        self.git("add --all");
        let mut git = self.git_command();
        let noon = format!("{day}T12:00:00+00:00");
        git.env("GIT_AUTHOR_DATE", &noon)
            .env("GIT_COMMITTER_DATE", &noon);
        Said::of(git.args(["commit", "--quiet", "--message", message])).exits(0);
    }

    fn git_command(&self) -> Command {
        let mut git = Command::new("git");
        git.current_dir(self.path("")).args([
            "-c",
            "user.name=Ana",
            "-c",
            "user.email=ana@example.org",
        ]);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        git
    }
}

/// Returns the command, to be run in `folder`.
pub(crate) fn trainboard(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trainboard"));
    command.current_dir(folder).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

/// What a command that ended has said.
#[derive(Debug)]
pub(crate) struct Said {
    code: Option<i32>,
    /// What it wrote to standard output.
    pub(crate) out: String,
    /// What it wrote to standard error.
    pub(crate) err: String,
}

impl Said {
    fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: status.code(),
            out: text(stdout),
            err: text(stderr),
        }
    }

    /// Holds the command to the exit code `code`.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n{}{}", self.out, self.err);
        self
    }

    /// Holds the command to have said each line of `lines`, among others, on either stream.
    #[track_caller]
    pub(crate) fn says(self, lines: &str) -> Self {
        for line in lines.lines() {
            assert!(
                self.out.contains(line) || self.err.contains(line),
                "no {line:?} in\n{}{}",
                self.out,
                self.err
            );
        }
        self
    }
}

/// A folder at one moment: every file's bytes and when they were written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snapshot(BTreeMap<String, (Vec<u8>, SystemTime)>);

impl Snapshot {
    /// Returns the folder as it is now.
    pub(crate) fn of(folder: &Path) -> Self {
        let file = |path: String| {
            let full = folder.join(&path);
            (
                path,
                (
                    fs::read(&full).unwrap(),
                    fs::metadata(&full).unwrap().modified().unwrap(),
                ),
            )
        };
        Self(files_of(folder).into_iter().map(file).collect())
    }

    /// Returns the text of the file `path`.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let (bytes, _) = self
            .0
            .get(path)
            .unwrap_or_else(|| panic!("no {path} in {:?}", self.0.keys()));
        std::str::from_utf8(bytes).unwrap()
    }

    /// Returns whether there is a file `path`.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Returns the files whose bytes are other than in `other`, or that only one of the two has.
    pub(crate) fn differs_from<'s>(&'s self, other: &'s Self) -> Vec<&'s str> {
        let bytes = |snapshot: &'s Self, path: &str| snapshot.0.get(path).map(|(bytes, _)| bytes);
        let mut paths: Vec<_> = self
            .0
            .keys()
            .chain(other.0.keys())
            .map(String::as_str)
            .collect();
        paths.sort_unstable();
        paths.dedup();
        paths.retain(|path| bytes(self, path) != bytes(other, path));
        paths
    }

    /// Returns the files that hold the same bytes as in `before` and were written again all the same.
    pub(crate) fn rewritten_since<'s>(&'s self, before: &Self) -> Vec<&'s str> {
        let is_rewritten = |(path, (bytes, time)): &(&String, &(Vec<u8>, SystemTime))| {
            before
                .0
                .get(*path)
                .is_some_and(|(old, earlier)| old == bytes && earlier != time)
        };
        self.0
            .iter()
            .filter(is_rewritten)
            .map(|(path, _)| path.as_str())
            .collect()
    }
}

/// Returns the files below `folder`, sorted, with forward slashes.
pub(crate) fn files_of(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let relative = |path: &Path| {
        path.strip_prefix(folder)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/")
    };
    files.map(|entry| relative(entry.path())).collect()
}
