//! Which changes on the disk concern a plan.
//!
//! The system tells of changes below the plan's folder; where it cannot, the files are looked at again and again. What
//! is no part of a plan is passed over: hidden names, a site that was built, what editors leave beside a file for a
//! moment. A folder that goes away and comes back is watched anew.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use same_file::Handle;

use super::changes::{Changes, Gathered, Wait};
use super::marks::Marks;
use super::press::{News, Press, Watched};
use crate::world::site::MARKER;

/// So often it is looked whether the folder is still the one that is watched.
const PULSE: Duration = Duration::from_millis(400);

/// After a new folder it is looked once more: what was put into it before it was watched has been told by nobody.
const SECOND_LOOK: Duration = Duration::from_millis(100);

/// Waits for changes of one plan.
pub(super) struct Watch<'w> {
    press: &'w dyn Press,
    gathered: Arc<Gathered>,
    marks: Arc<Marks>,
    watched: Watched,
    eye: Eye,
    /// When to look once more, whatever was told.
    second_look: Option<Instant>,
}

/// How changes are known.
enum Eye {
    /// The system tells. The handle keeps the folder's identity, which no other gets while it is held.
    Told {
        _watcher: RecommendedWatcher,
        folder: Handle,
    },
    /// There is no folder.
    Missing,
    /// Nobody tells: the fingerprint of the last look.
    Looking(u64),
}

impl<'w> Watch<'w> {
    /// Begins to watch; from now on no change is lost.
    pub(super) fn new(press: &'w dyn Press, gathered: Arc<Gathered>, marks: Arc<Marks>) -> Self {
        let watched = press.watched();
        let mut watch = Self {
            press,
            gathered,
            marks,
            watched,
            eye: Eye::Missing,
            second_look: None,
        };
        if watch.watched.only_look {
            watch.eye = Eye::Looking(press.fingerprint());
        } else {
            watch.open();
        }
        watch
    }

    /// Waits for changes and returns them, with when the first of them was known; none when the server stops.
    pub(super) fn next(&mut self) -> Option<(Changes, Instant)> {
        loop {
            match self.within(PULSE) {
                Wait::Over(changes, since) => return Some((changes, since)),
                Wait::Closed => return None,
                Wait::Quiet => self.pulse(),
            }
        }
    }

    /// Returns what changes within `longest`.
    pub(super) fn within(&mut self, longest: Duration) -> Wait {
        let rest = |at: Instant| at.saturating_duration_since(Instant::now());
        let longest = self.second_look.map_or(longest, |at| longest.min(rest(at)));
        let wait = self.gathered.wait(longest);
        if let Wait::Over(changes, _) = &wait {
            if changes.folders {
                self.second_look = Some(Instant::now() + SECOND_LOOK);
            }
            if changes.untold && matches!(self.eye, Eye::Told { .. }) {
                self.look("the system watches no more folders");
            }
        }
        wait
    }

    /// Looks whether there is something that nobody told.
    fn pulse(&mut self) {
        if self.second_look.is_some_and(|at| at <= Instant::now()) {
            self.second_look = None;
            self.gathered.add(Changes {
                anything: true,
                ..Changes::default()
            });
        }
        if !self.press.holds() {
            self.gathered.add(Changes::anything());
        }
        match &mut self.eye {
            Eye::Looking(before) => {
                let now = self.press.fingerprint();
                if *before != now {
                    *before = now;
                    self.gathered.add(Changes::anything());
                }
            }
            Eye::Told { folder, .. } => {
                let is_same = Handle::from_path(&self.watched.root);
                if !is_same.is_ok_and(|now| now == *folder) {
                    self.eye = Eye::Missing;
                    self.gathered.add(Changes::anything());
                    self.open();
                }
            }
            Eye::Missing => {
                if self.watched.root.is_dir() {
                    self.open();
                    self.gathered.add(Changes::anything());
                }
            }
        }
    }

    /// Begins to watch the folder, when it is there.
    fn open(&mut self) {
        let Ok(handle) = Handle::from_path(&self.watched.root) else {
            return;
        };
        self.watched.files = self.press.watched().files;
        match self.told() {
            Ok(watcher) => {
                self.eye = Eye::Told {
                    _watcher: watcher,
                    folder: handle,
                };
            }
            Err(_) if !self.watched.root.is_dir() => self.eye = Eye::Missing,
            Err(error) => self.look(&error.to_string()),
        }
    }

    /// Looks at the files again and again from now on.
    fn look(&mut self, reason: &str) {
        self.press.note(&News::Looking { reason });
        self.marks.end();
        self.eye = Eye::Looking(self.press.fingerprint());
    }

    fn told(&self) -> notify::Result<RecommendedWatcher> {
        let real = self.watched.root.canonicalize()?;
        let sieve = Sieve {
            root: real.clone(),
            files: self.watched.files.clone(),
        };
        let (gathered, marks) = (Arc::clone(&self.gathered), Arc::clone(&self.marks));
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let mut paths = event.iter().flat_map(|event| &event.paths);
            if !paths.any(|path| marks.hear(path)) {
                gathered.add(sieve.changes(event));
            }
        })?;
        watcher.watch(&real, RecursiveMode::Recursive)?;
        for file in &self.watched.files {
            // Without it, a commit that changes no file shows with the next change.
            if let Some(folder) = file.parent() {
                _ = watcher.watch(folder, RecursiveMode::NonRecursive);
            }
        }
        self.marks
            .begin(|folder| watcher.watch(folder, RecursiveMode::NonRecursive).is_ok());
        Ok(watcher)
    }
}

/// Tells what concerns the plan from what does not.
#[derive(Clone, Debug)]
struct Sieve {
    root: PathBuf,
    files: Vec<PathBuf>,
}

impl Sieve {
    fn changes(&self, event: notify::Result<Event>) -> Changes {
        let event = match event {
            Ok(event) if event.need_rescan() => return Changes::anything(),
            Ok(event) => event,
            Err(error) => {
                return Changes {
                    untold: matches!(error.kind, ErrorKind::MaxFilesWatch),
                    ..Changes::anything()
                };
            }
        };
        let mut changes = Changes::default();
        if matches!(event.kind, EventKind::Access(_)) {
            return changes;
        }
        let is_new = matches!(
            event.kind,
            EventKind::Create(CreateKind::Folder)
                | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
        );
        for path in &event.paths {
            changes.commit |= self.files.contains(path);
            if let Some(path) = self.of_plan(path) {
                changes.folders |= is_new;
                changes.paths.insert(path);
            }
        }
        changes
    }

    /// Returns `path` relative to the plan and with forward slashes; none when it is no part of the plan.
    fn of_plan(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(&self.root).ok()?;
        let names: Vec<&str> = inside
            .iter()
            .map(|name| name.to_str())
            .collect::<Option<_>>()?;
        let last = names.last()?;
        if names.iter().any(|name| name.starts_with(['.', '_'])) || is_passing(last) {
            return None;
        }
        let mut folder = self.root.clone();
        for name in &names {
            folder.push(name);
            if folder.join(MARKER).exists() {
                return None;
            }
        }
        Some(names.join("/"))
    }
}

/// Returns whether editors leave a file of this name beside another one only for a moment.
fn is_passing(name: &str) -> bool {
    let ends = [
        "~",
        ".swp",
        ".swx",
        ".tmp",
        ".bak",
        "___jb_tmp___",
        "___jb_old___",
    ];
    // Vim creates 4913 to see whether it may.
    name == "4913" || name.starts_with('#') || ends.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed test may panic")]

    use std::fs;

    use super::*;

    #[test]
    fn only_what_is_part_of_the_plan_counts() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("plan");
        fs::create_dir_all(root.join("public/trains")).unwrap();
        fs::write(root.join("public").join(MARKER), "").unwrap();
        let head = folder.path().join(".git/HEAD");
        let sieve = Sieve {
            root: root.clone(),
            files: vec![head.clone()],
        };
        for (path, expected) in [
            ("trains/2026-q4.md", Some("trains/2026-q4.md")),
            ("themes/own/style.css", Some("themes/own/style.css")),
            ("public/index.html", None),
            ("public/trains/x/index.html", None),
            ("public", None),
            (".git/index", None),
            ("_drafts/a.md", None),
            ("notes/.a.md.swp", None),
            ("notes/a.md~", None),
            ("notes/#a.md#", None),
            ("notes/4913", None),
            ("notes/a.md___jb_tmp___", None),
            ("../elsewhere.md", None),
        ] {
            assert_eq!(
                sieve.of_plan(&root.join(path)).as_deref(),
                expected,
                "{path}"
            );
        }
        let event = |kind, path: &Path| Ok(Event::new(kind).add_path(path.to_owned()));
        assert!(sieve.changes(event(EventKind::Any, &head)).commit);
        let read = EventKind::Access(notify::event::AccessKind::Any);
        assert!(sieve.changes(event(read, &root.join("a.md"))).is_empty());
    }
}
