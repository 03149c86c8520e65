//! A plan in a folder on disk.
//!
//! The folder is walked once, by [`Disk::open`]; links inside the plan are followed, those that leave it are refused.

use std::borrow::Cow;
use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustc_hash::FxHasher;
use thiserror::Error;
use walkdir::{DirEntry, WalkDir};

use super::entry::{self, Entry, Fault, ReadError};
use super::{Stamp, World, site};

/// A plan in a folder, listed when it was opened.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    entries: Arc<[Entry]>,
}

/// Why a folder could not be opened as a plan.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is nothing at this path.
    #[error("there is no folder {}", path.display())]
    NoSuchFolder {
        /// The path that was asked for.
        path: PathBuf,
    },
    /// The path is that of a file.
    #[error("{} is not a folder", path.display())]
    NotAFolder {
        /// The path that was asked for.
        path: PathBuf,
    },
    /// The folder itself cannot be read.
    #[error("cannot read the folder {}", path.display())]
    Unreadable {
        /// The path that was asked for.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl OpenError {
    /// Returns the action that mends it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoSuchFolder { .. } => "give the folder that holds trainboard.yaml",
            Self::NotAFolder { .. } => "give the folder that holds the file",
            Self::Unreadable { .. } => "give this user permission to read the folder",
        })
    }

    fn new(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::NoSuchFolder { path },
            io::ErrorKind::NotADirectory => Self::NotAFolder { path },
            _ => Self::Unreadable { path, source },
        }
    }
}

impl Disk {
    /// Lists the plan in the folder `root`.
    ///
    /// # Errors
    /// When `root` is not a folder that can be read. What is wrong below it is a fault of its entry.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        let real = root
            .canonicalize()
            .map_err(|error| OpenError::new(root, error))?;
        fs::read_dir(&real).map_err(|error| OpenError::new(root, error))?;
        let mut entries = Walk::new(&real).entries();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            root: real,
            entries: entries.into(),
        })
    }

    /// Returns whether the list still holds after changes of the files `paths`: all of them are listed as plain files,
    /// and still are.
    pub fn still_lists<'a>(&self, mut paths: impl Iterator<Item = &'a str>) -> bool {
        paths.all(|path| {
            let is_file = || {
                self.root
                    .join(path)
                    .symlink_metadata()
                    .is_ok_and(|of| of.is_file())
            };
            entry::find(&self.entries, path).is_ok_and(|entry| entry.fault.is_none()) && is_file()
        })
    }

    /// Returns the plan's folder, with every symbolic link in its path resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns a number that changes when a file of the plan is added, removed or edited, without reading any.
    ///
    /// It looks at the listed files as they are now, at their sizes and times of change; list the plan anew to see
    /// added files.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for entry in &*self.entries {
            hasher.write(entry.path.as_bytes());
            hasher.write_u8(u8::from(entry.fault.is_some()));
            if let Ok(metadata) = fs::metadata(self.root.join(&entry.path)) {
                hasher.write_u64(metadata.len());
                let age = metadata
                    .modified()
                    .ok()
                    .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
                hasher.write_u128(age.unwrap_or_default().as_nanos());
            }
        }
        hasher.finish()
    }
}

/// A file that was changed so shortly ago may be changed again without a later time: clocks of disks are coarse.
const FRESH: Duration = Duration::from_secs(2);

impl World for Disk {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let metadata = fs::metadata(self.root.join(path)).ok()?;
        let changed = metadata.modified().ok()?;
        let is_settled = changed.elapsed().is_ok_and(|age| age > FRESH);
        is_settled.then_some(Stamp {
            changed,
            len: metadata.len(),
        })
    }

    fn read(&self, path: &str) -> Result<Cow<'_, [u8]>, ReadError> {
        let entry = entry::find(&self.entries, path)?;
        fs::read(self.root.join(&entry.path))
            .map(Cow::Owned)
            .map_err(|source| ReadError::Io {
                path: path.to_owned(),
                source,
            })
    }
}

/// One walk through a plan's folder.
struct Walk<'a> {
    root: &'a Path,
    /// The linked folder that the walk is in. One level of folder links is followed: with more, a few folders that link
    /// to each other would have more paths than anybody can list.
    inside_link: Option<PathBuf>,
    entries: Vec<Entry>,
}

/// Whether the walk goes on below a thing.
#[derive(PartialEq, Eq)]
enum Step {
    Into,
    Over,
}

impl<'a> Walk<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            inside_link: None,
            entries: Vec::new(),
        }
    }

    fn entries(mut self) -> Vec<Entry> {
        let mut things = WalkDir::new(self.root)
            .min_depth(1)
            .follow_links(true)
            .into_iter();
        while let Some(thing) = things.next() {
            match thing {
                Ok(thing) => {
                    let is_folder = thing.file_type().is_dir();
                    if self.visit(&thing) == Step::Over && is_folder {
                        things.skip_current_dir();
                    }
                }
                Err(error) => self.fail(&error),
            }
        }
        self.entries
    }

    fn visit(&mut self, thing: &DirEntry) -> Step {
        let Some(name) = thing.file_name().to_str() else {
            return self.refuse(thing.path(), Fault::NotUtf8);
        };
        if entry::is_hidden(name) {
            return Step::Over;
        }
        if thing.path_is_symlink()
            && let Some(fault) = self.fault_of_link(thing)
        {
            return self.refuse(thing.path(), fault);
        }
        let kind = thing.file_type();
        if kind.is_dir() {
            return self.enter(thing);
        }
        if !kind.is_file() {
            return self.refuse(thing.path(), Fault::Special);
        }
        self.entries.push(Entry::file(self.relative(thing.path())));
        Step::Over
    }

    fn enter(&mut self, folder: &DirEntry) -> Step {
        if folder.path().join(site::MARKER).exists() {
            return Step::Over;
        }
        if folder.path_is_symlink() {
            self.inside_link = Some(folder.path().to_owned());
        }
        Step::Into
    }

    fn fault_of_link(&self, link: &DirEntry) -> Option<Fault> {
        let target = match link.path().canonicalize() {
            Ok(target) => target,
            Err(error) => return Some(Fault::of_io(&error)),
        };
        let Ok(inside) = target.strip_prefix(self.root) else {
            return Some(Fault::LeavesPlan);
        };
        if inside
            .iter()
            .any(|name| entry::is_hidden(&name.to_string_lossy()))
        {
            return Some(Fault::PointsAtHidden);
        }
        let is_nested = |folder: &PathBuf| link.path().starts_with(folder);
        (link.file_type().is_dir() && self.inside_link.as_ref().is_some_and(is_nested))
            .then_some(Fault::NestedLink)
    }

    fn refuse(&mut self, path: &Path, fault: Fault) -> Step {
        self.entries.push(Entry::faulty(self.relative(path), fault));
        Step::Over
    }

    fn fail(&mut self, error: &walkdir::Error) {
        let Some(path) = error.path() else { return };
        let name = path.file_name().unwrap_or_default();
        if entry::is_hidden(&name.to_string_lossy()) {
            return;
        }
        let fault = match error.io_error() {
            None => Fault::Loop,
            // A link to itself: the system gives up before the walk sees a loop, with an error of no stable kind.
            Some(error)
                if path.is_symlink() && Fault::of_io(error) == Fault::Failed(error.to_string()) =>
            {
                Fault::Loop
            }
            Some(error) => Fault::of_io(error),
        };
        self.refuse(path, fault);
    }

    /// Returns `path`, which lies below the root, relative to it and with forward slashes.
    fn relative(&self, path: &Path) -> String {
        let names: Vec<_> = path
            .strip_prefix(self.root)
            .unwrap_or(path)
            .iter()
            .map(|name| name.to_string_lossy())
            .collect();
        names.join("/")
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed test may panic")]

    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    fn plan(archive: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in crate::world::txtar::parse(archive).files {
            let path = folder.path().join("plan").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    fn listing(root: &Path) -> Vec<String> {
        let disk = Disk::open(root).unwrap();
        disk.entries()
            .iter()
            .map(|entry| match &entry.fault {
                None => entry.path.clone(),
                Some(fault) => format!("{} {fault}", entry.path),
            })
            .collect()
    }

    #[test]
    fn lists_the_plan_and_what_is_wrong_with_it() {
        let folder = plan(
            "-- trainboard.yaml --\n-- a/b.md --\n-- a-b.md --\n-- c/d.md --\n-- _drafts/x.md --\n-- .git/config --\n\
             -- public/.trainboard --\n-- public/index.html --\n-- ../secret.md --\n",
        );
        let root = folder.path().join("plan");
        fs::write(root.join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
        fs::write(root.join("ü \"<\\>|\n*?.md"), "").unwrap();
        for (link, target) in [
            ("linked.md", "a/b.md"),
            ("twin", "a"),
            ("a/up", ".."),
            ("a/side", "../c"),
            ("self", "self"),
            ("nowhere.md", "missing.md"),
            ("secret.md", "../secret.md"),
            ("etc", "/etc"),
            ("hidden", ".git"),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
        assert_eq!(
            listing(&root),
            [
                "a-b.md",
                "a/b.md",
                "a/side/d.md",
                "a/up is a symbolic link that loops",
                "c/d.md",
                "caf\u{fffd}.md has a name that is not UTF-8",
                "etc is a symbolic link that leaves the plan",
                "hidden is a symbolic link to a hidden name",
                "linked.md",
                "nowhere.md is a symbolic link to nothing",
                "secret.md is a symbolic link that leaves the plan",
                "self is a symbolic link that loops",
                "socket is neither a file nor a folder",
                "trainboard.yaml",
                "twin/b.md",
                "twin/side is a symbolic link to a folder inside a linked folder",
                "twin/up is a symbolic link that loops",
                "ü \"<\\>|\n*?.md",
            ]
        );
    }

    #[test]
    fn folders_that_link_to_each_other_are_listed_in_finite_time() {
        let folder = plan("-- trainboard.yaml --\n");
        let root = folder.path().join("plan");
        for a in 0..12 {
            fs::create_dir(root.join(format!("d{a}"))).unwrap();
            for b in 0..12 {
                symlink(format!("../d{b}"), root.join(format!("d{a}/l{b}"))).unwrap();
            }
        }
        assert!(listing(&root).len() < 12 * 12 * 13);
    }

    #[test]
    fn reads_only_what_is_listed() {
        let folder = plan("-- a.md --\nA\n-- .secret --\n");
        let root = folder.path().join("plan");
        let disk = Disk::open(&root).unwrap();
        assert_eq!(&*disk.read("a.md").unwrap(), b"A\n");
        for path in [".secret", "./a.md", "../plan/a.md", "/etc/passwd"] {
            assert!(matches!(disk.read(path), Err(ReadError::NoSuchFile { .. })));
        }
        fs::remove_file(root.join("a.md")).unwrap();
        assert!(matches!(disk.read("a.md"), Err(ReadError::Io { .. })));
        assert!(matches!(
            Disk::open(&root.join("none")),
            Err(OpenError::NoSuchFolder { .. })
        ));
    }

    #[test]
    fn the_fingerprint_tells_an_edit() {
        let folder = plan("-- a.md --\nA\n");
        let root = folder.path().join("plan");
        let before = Disk::open(&root).unwrap().fingerprint();
        assert_eq!(before, Disk::open(&root).unwrap().fingerprint());
        fs::write(root.join("a.md"), "longer").unwrap();
        assert_ne!(before, Disk::open(&root).unwrap().fingerprint());
    }
}
