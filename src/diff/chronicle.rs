//! What moved, commit by commit.
//!
//! Each blob is parsed once, in parallel, and only if some commit needs it: a file that was added and never touched again
//! is not read at all.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::edit::Edit;
use super::fields;
use super::gates::GateMove;
use super::version::Version;
use crate::load::{CONFIG, kind_of_path};
use crate::plan::Kind;
use crate::syntax;
use crate::time::Date;
use crate::world::repository::{Blobs, Commit, Commits, End, FileChange};

/// How many commits are read: enough for years of a plan, and read in a second.
pub const MOST_COMMITS: usize = 2000;

/// What moved in a plan since its beginning, or as far back as is known.
#[derive(Clone, Debug)]
pub struct Chronicle {
    /// The commits that changed a document, newest first.
    pub commits: Vec<Moved>,
    /// The gates that opened or closed in the last week; empty until somebody has compared the plans.
    pub gates: Vec<GateMove>,
    /// How far back it reaches.
    pub reach: Reach,
}

/// How far back a chronicle reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the first commit.
    Beginning,
    /// To the first commit that was fetched.
    Shallow,
    /// As far as it is told.
    Limit,
}

/// What one commit moved.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The commit.
    pub commit: Commit,
    /// Its author's address for mail.
    pub email: String,
    /// The documents that it changed, by path.
    pub changes: Vec<Change>,
}

/// What a commit did to one document.
#[derive(Clone, Debug)]
pub struct Change {
    /// The document's file after the commit, or before it when it was removed.
    pub path: String,
    /// The document's file in the plan that is shown; none when it was removed since.
    pub current: Option<String>,
    /// Its kind then; none for the plan's settings.
    pub kind: Option<Kind>,
    /// Its title then; its path where nobody had to read it.
    pub title: String,
    /// Whether it was a draft then.
    pub is_draft: bool,
    /// The day from which it was to be published then.
    pub publish_after: Option<Date>,
    /// What became of it.
    pub fate: Fate,
    /// What changed in it.
    pub edits: Vec<Edit>,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its file has another name.
    Renamed {
        /// The path that it had.
        from: String,
    },
    /// It says something else.
    Changed,
    /// It was changed, and could not be read, before or after.
    Unreadable,
}

impl Chronicle {
    /// Returns what `commits` moved. `read` returns the contents of blobs; it is asked once.
    ///
    /// # Errors
    /// What `read` comes to.
    pub fn of<E>(
        commits: &Commits,
        read: impl FnOnce(&[&str]) -> Result<Blobs, E>,
    ) -> Result<Self, E> {
        let told = Told::of(commits);
        let names = told.blobs();
        let contents = read(&names)?;
        let texts: FxHashMap<&str, Cow<'_, str>> = names
            .par_iter()
            .filter_map(|&name| Some((name, syntax::decode(contents.get(name)?).text)))
            .collect();
        // The path tells the kind, so a blob that moved between kinds is parsed for each.
        let versions: Versions<'_, '_> = told
            .versions()
            .into_par_iter()
            .filter_map(|(path, blob)| Some(((path, blob), Version::read(path, texts.get(blob)?))))
            .collect();
        let moved = |set: &ToldSet<'_>| Moved {
            commit: set.commit.clone(),
            email: set.email.to_owned(),
            changes: set
                .files
                .iter()
                .filter_map(|file| file.change(&versions))
                .collect(),
        };
        let mut commits: Vec<_> = told.sets.par_iter().map(moved).collect();
        commits.retain(|commit| !commit.changes.is_empty());
        Ok(Self {
            commits,
            gates: Vec::new(),
            reach: told.reach,
        })
    }
}

/// The commits with only what counts of them.
struct Told<'c> {
    sets: Vec<ToldSet<'c>>,
    reach: Reach,
}

struct ToldSet<'c> {
    commit: &'c Commit,
    email: &'c str,
    files: Vec<ToldFile<'c>>,
}

struct ToldFile<'c> {
    change: &'c FileChange,
    /// The path that the document has in the plan that is shown.
    current: Option<String>,
    /// Whether its content has to be read.
    is_read: bool,
}

impl<'c> Told<'c> {
    fn of(commits: &'c Commits) -> Self {
        let mut now: FxHashMap<&str, Option<String>> = FxHashMap::default();
        let mut sets = Vec::new();
        for set in &commits.all {
            let mut files = Vec::new();
            for change in set.files.iter().filter(|change| is_told(change)) {
                let path = change.path();
                let current = match &change.new {
                    Some(new) => now
                        .get(&*new.path)
                        .cloned()
                        .unwrap_or(Some(new.path.clone())),
                    None => None,
                };
                // Who is not in the plan any more is only known by what was written.
                let is_read = change.old.is_some()
                    || current.is_none()
                    || kind_of_path(path) == Some(Kind::Approval);
                files.push((
                    path,
                    ToldFile {
                        change,
                        current,
                        is_read,
                    },
                ));
            }
            for (_, file) in &files {
                let (old, new) = (&file.change.old, &file.change.new);
                if let Some(new) = new {
                    now.remove(&*new.path);
                }
                if let Some(old) = old {
                    now.insert(&old.path, file.current.clone());
                }
            }
            sets.push(ToldSet {
                commit: &set.commit,
                email: &set.email,
                files: files.into_iter().map(|(_, file)| file).collect(),
            });
        }
        let reach = match commits.end {
            End::Beginning => Reach::Beginning,
            End::Shallow => Reach::Shallow,
            End::Limit => Reach::Limit,
        };
        Self { sets, reach }
    }

    /// Returns the files that have to be read, each once: path and blob.
    fn versions(&self) -> Vec<(&'c str, &'c str)> {
        let read = self.sets.iter().flat_map(|set| &set.files);
        let sides = read.filter(|file| file.is_read).flat_map(|file| {
            let sides = [&file.change.old, &file.change.new];
            sides.into_iter().flatten()
        });
        let mut seen = FxHashSet::default();
        let sides = sides.map(|side| (&*side.path, &*side.blob));
        sides.filter(|side| seen.insert(*side)).collect()
    }

    /// Returns the blobs that have to be read, each once.
    fn blobs(&self) -> Vec<&'c str> {
        let mut seen = FxHashSet::default();
        let blobs = self.versions().into_iter().map(|(_, blob)| blob);
        blobs.filter(|blob| seen.insert(*blob)).collect()
    }
}

impl FileChange {
    /// Returns the path after the change, or before it when the file was removed.
    fn path(&self) -> &str {
        let side = self.new.as_ref().or(self.old.as_ref());
        side.map_or("", |side| &side.path)
    }
}

/// Returns the kind that the file at `path` has by its place; none for the plan's settings.
fn kind_of(path: &str) -> Option<Kind> {
    kind_of_path(path).filter(|_| path != CONFIG)
}

/// Returns whether the file is a document or the plan's settings.
fn is_told(change: &FileChange) -> bool {
    let path = change.path();
    let is_hidden = |name: &str| name.starts_with(['_', '.']);
    let is_document = path.ends_with(".md") || path.ends_with(".ics");
    (is_document || path == CONFIG) && !path.split('/').any(is_hidden)
}

/// The parsed versions, by path and blob.
type Versions<'b, 't> = FxHashMap<(&'b str, &'b str), Version<'t>>;

/// Returns the version `side`, if it was read.
fn find<'v, 't>(
    versions: &'v Versions<'v, 't>,
    side: &'v Option<crate::world::repository::Version>,
) -> Option<&'v Version<'t>> {
    let side = side.as_ref()?;
    versions.get(&(&*side.path, &*side.blob))
}

impl ToldFile<'_> {
    /// Returns what became of the document; none when nothing that counts did.
    fn change(&self, versions: &Versions<'_, '_>) -> Option<Change> {
        let (old, new) = (&self.change.old, &self.change.new);
        let (old, new) = (find(versions, old), find(versions, new));
        let known = new.or(old);
        let path = self.change.path();
        let (fate, edits) = match (&self.change.old, &self.change.new) {
            (None, _) => {
                let decided = new.filter(|new| new.kind == Some(Kind::Approval));
                let decided = decided.and_then(fields::decision);
                (Fate::Added, decided.into_iter().collect())
            }
            (Some(_), None) => (Fate::Removed, Vec::new()),
            (Some(from), Some(to)) => {
                let (fate, edits) = match (old, new) {
                    (Some(old), Some(new)) if !old.is_broken && !new.is_broken => {
                        (Fate::Changed, super::compare(old, new))
                    }
                    _ => (Fate::Unreadable, Vec::new()),
                };
                match from.path == to.path {
                    false => (
                        Fate::Renamed {
                            from: from.path.clone(),
                        },
                        edits,
                    ),
                    true if fate == Fate::Changed && edits.is_empty() => return None,
                    true => (fate, edits),
                }
            }
        };
        Some(Change {
            path: path.to_owned(),
            current: self.current.clone(),
            kind: known.map_or_else(|| kind_of(path), |known| known.kind),
            title: known.map_or_else(|| path.to_owned(), |known| known.title.clone()),
            is_draft: known.is_some_and(|known| known.is_draft),
            publish_after: known.and_then(|known| known.publish_after.clone()),
            fate,
            edits,
        })
    }
}
