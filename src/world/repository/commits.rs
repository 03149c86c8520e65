//! The commits that changed the plan, newest first, and the contents that its files had then.
//!
//! Two processes tell it all, however long the history is: `git log --raw` names the blobs, `git cat-file --batch` reads
//! those that are asked for. Of a merge only what it brought to its first parent counts, so that every change is told
//! once, where it reached the branch. Renames are followed.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ChildStdout, Stdio};
use std::thread;

use rustc_hash::FxHashMap;

use super::{Commit, Repository, commit};
use crate::world::git::GitError;

/// The commits that changed the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commits {
    /// The commits, newest first.
    pub all: Vec<Changeset>,
    /// Why there is none before the last one.
    pub end: End,
}

/// Why a history ends where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The last commit told is the first one that there was.
    Beginning,
    /// What came before was not fetched.
    Shallow,
    /// More were not asked for.
    Limit,
}

/// A commit and the files of the plan that it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changeset {
    /// The commit. The subject of a merge is what it merges, where its message says so.
    pub commit: Commit,
    /// Its author's address for mail.
    pub email: String,
    /// The files, in the order of their paths.
    pub files: Vec<FileChange>,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The file before; none for a new one.
    pub old: Option<Version>,
    /// The file after; none for one that was removed.
    pub new: Option<Version>,
}

/// A file as some commit has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its path, relative to the plan.
    pub path: String,
    /// The name of the blob with its content.
    pub blob: String,
}

/// The contents of blobs, by their names.
pub type Blobs = FxHashMap<String, Vec<u8>>;

/// What begins each commit, and the fields before its files. The body of the message comes last: it can hold any
/// character.
const FORMAT: &str = "--format=%x1e%H%x1f%an%x1f%ct%x1f%s%x1f%ae%x1f%P%x1f%b";

impl Repository {
    /// Returns the newest commits, no more than `most`, that changed the plan up to `revision`.
    ///
    /// In a shallow repository the oldest commit seems to have written every file; it is left out.
    ///
    /// # Errors
    /// When git fails, as it does for a revision that is not there.
    pub fn commits(&self, revision: &str, most: usize) -> Result<Commits, GitError> {
        let head = self.git.commit(revision)?;
        let count = format!("--max-count={}", most + 1);
        let log = self.git.text(&[
            "log",
            "-z",
            "--raw",
            "--no-abbrev",
            "--relative",
            "--find-renames",
            "--first-parent",
            "-m",
            "--no-ext-diff",
            "--no-show-signature",
            "--ignore-submodules",
            "--encoding=UTF-8",
            &count,
            FORMAT,
            &head,
            "--",
            ".",
        ])?;
        let records = log.split('\u{1e}').skip(1);
        let mut all: Vec<_> = records.filter_map(changeset).collect();
        let mut end = End::Beginning;
        let boundaries = self.boundaries()?;
        if !boundaries.is_empty() {
            all.retain(|set| !boundaries.contains(&set.commit.id));
            end = End::Shallow;
        }
        if all.len() > most {
            all.truncate(most);
            end = End::Limit;
        }
        Ok(Commits { all, end })
    }

    /// Returns the contents of the blobs called `names`; what is not there is left out.
    ///
    /// # Errors
    /// When git cannot be run, or stops.
    pub fn blobs(&self, names: &[&str]) -> Result<Blobs, GitError> {
        const COMMAND: &str = "cat-file";
        if names.is_empty() {
            return Ok(Blobs::default());
        }
        let broken = |error| GitError::broken_pipe(COMMAND, error);
        let mut command = self.git.command(&[COMMAND, "--batch", "--buffer"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().map_err(broken)?;
        let (questions, answers) = (child.stdin.take(), child.stdout.take());
        let read = thread::scope(|scope| {
            // Whoever asks has to be read meanwhile: both pipes are short.
            scope.spawn(move || -> io::Result<()> {
                let asked = names.join("\n") + "\n";
                questions.map_or(Ok(()), |mut pipe| pipe.write_all(asked.as_bytes()))
            });
            answers.map_or(Ok(Blobs::default()), |pipe| contents(pipe, names))
        });
        // It has said everything, or nothing more that counts.
        let _ = child.kill();
        let _ = child.wait();
        read.map_err(broken)
    }
}

/// Reads the answers to `names`: for each its name, its type and its size, the bytes, and a line feed.
fn contents(pipe: ChildStdout, names: &[&str]) -> io::Result<Blobs> {
    let mut answers = BufReader::with_capacity(1 << 16, pipe);
    let mut blobs = Blobs::default();
    for name in names {
        let mut header = String::new();
        answers.read_line(&mut header)?;
        let size = header.split_whitespace().nth(2);
        let Some(size) = size.and_then(|size| size.parse::<usize>().ok()) else {
            match header.ends_with("missing\n") {
                true => continue,
                false => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        };
        let mut bytes = vec![0; size + 1];
        answers.read_exact(&mut bytes)?;
        bytes.pop();
        blobs.insert((*name).to_owned(), bytes);
    }
    Ok(blobs)
}

/// Returns the commit that a record of the log tells.
fn changeset(record: &str) -> Option<Changeset> {
    let (message, files) = record.split_once('\0').unwrap_or((record, ""));
    let mut fields = message.splitn(7, '\u{1f}');
    let head: Vec<&str> = fields.by_ref().take(4).collect();
    let mut commit = commit(&head.join("\u{1f}"))?;
    let email = fields.next()?.to_owned();
    let is_merge = fields.next()?.contains(' ');
    let body = fields.next()?;
    let merged = body.lines().map(str::trim).find(|line| !line.is_empty());
    if let Some(merged) = merged.filter(|_| is_merge && commit.subject.starts_with("Merge ")) {
        // A forge writes where it came from in the subject, and what it is about below.
        commit.subject = merged.to_owned();
    }
    Some(Changeset {
        commit,
        email,
        files: files_of(files),
    })
}

/// Returns the files of a record: `:<mode> <mode> <blob> <blob> <status>`, then one path, or two for a rename.
fn files_of(raw: &str) -> Vec<FileChange> {
    let mut words = raw.split('\0').map(|word| word.trim_start_matches('\n'));
    let mut files = Vec::new();
    while let Some(word) = words.next() {
        let Some(told) = word.strip_prefix(':') else {
            continue;
        };
        let facts: Vec<&str> = told.split(' ').collect();
        let [old_mode, new_mode, old, new, status] = facts[..] else {
            continue;
        };
        let Some(from) = words.next() else { break };
        let to = match status.starts_with(['R', 'C']) {
            true => words.next().unwrap_or(from),
            false => from,
        };
        // Links and submodules have modes of their own.
        let version = |mode: &str, path: &str, blob: &str| {
            mode.starts_with("100").then(|| Version {
                path: path.to_owned(),
                blob: blob.to_owned(),
            })
        };
        let old = version(old_mode, from, old).filter(|_| !status.starts_with('C'));
        let new = version(new_mode, to, new);
        if old.is_some() || new.is_some() {
            files.push(FileChange { old, new });
        }
    }
    files
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed test may panic")]

    use super::*;
    use crate::world::revision::tests::{git, write};

    fn told(commits: &Commits) -> Vec<String> {
        let path = |version: &Option<Version>| {
            version
                .as_ref()
                .map_or("-".to_owned(), |version| version.path.clone())
        };
        let files = |set: &Changeset| {
            let files = set.files.iter();
            let files: Vec<_> = files
                .map(|file| format!("{} {}", path(&file.old), path(&file.new)))
                .collect();
            format!("{}: {}", set.commit.subject, files.join(", "))
        };
        commits.all.iter().map(files).collect()
    }

    #[test]
    fn the_commits_that_changed_the_plan_are_told_once_each() {
        let folder = tempfile::tempdir().unwrap();
        let work = folder.path().join("work");
        std::fs::create_dir(&work).unwrap();
        git(&work, &["init", "--quiet", "--initial-branch", "main"]);
        let commit = |message: &str| {
            git(&work, &["add", "."]);
            git(&work, &["commit", "--quiet", "--message", message]);
        };
        write(
            &work,
            "-- plan/a.md --\none\ntwo\nthree\n-- README.md --\nx\n",
        );
        commit("start");
        write(&work, "-- README.md --\ny\n");
        commit("not the plan");
        git(&work, &["checkout", "--quiet", "-b", "side"]);
        git(&work, &["mv", "plan/a.md", "plan/b.md"]);
        commit("rename");
        git(&work, &["checkout", "--quiet", "main"]);
        write(&work, "-- plan/c.md --\nc\n");
        commit("another");
        let message = "--message=Merge branch 'side'\n\nB is the better name";
        git(&work, &["merge", "--quiet", "--no-ff", message, "side"]);

        let plan = Repository::around(&work.join("plan")).unwrap().unwrap();
        let commits = plan.commits("HEAD", 10).unwrap();
        let all = [
            "B is the better name: a.md b.md",
            "another: - c.md",
            "start: - a.md",
        ];
        assert_eq!(
            (told(&commits), commits.end),
            (all.map(str::to_owned).to_vec(), End::Beginning)
        );
        let file = commits.all[2].files[0].new.as_ref().unwrap();
        let missing = "0123456789012345678901234567890123456789";
        let blobs = plan.blobs(&[missing, &file.blob]).unwrap();
        assert_eq!(blobs.len(), 1);
        assert_eq!(blobs[&file.blob], b"one\ntwo\nthree\n");

        let two = plan.commits("HEAD", 2).unwrap();
        assert_eq!((told(&two).len(), two.end), (2, End::Limit));
        let origin = format!("file://{}", work.display());
        let clone = ["clone", "--quiet", "--depth=2", &origin, "shallow"];
        git(folder.path(), &clone);
        let plan = Repository::around(&folder.path().join("shallow/plan"));
        let commits = plan.unwrap().unwrap().commits("HEAD", 10).unwrap();
        assert_eq!(
            (told(&commits), commits.end),
            (vec![all[0].to_owned()], End::Shallow)
        );
    }
}
