//! Documents that were read before: a plan that is loaded again and again reads and parses only what changed.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::document::{self, Content, RawDocument};
use super::{Loaded, load_with};
use crate::diagnostic::Findings;
use crate::text::{FileId, Source};
use crate::world::{Entry, Stamp, World};
use std::sync::Arc;

/// The documents of a plan as they were read last, by path.
#[derive(Debug, Default)]
pub struct Library {
    volumes: FxHashMap<String, Volume>,
}

/// One document as it was read.
#[derive(Debug)]
struct Volume {
    stamp: Option<Stamp>,
    text: Arc<str>,
    content: Option<Content>,
    /// What was found in it, in whichever file it was then.
    findings: Findings,
}

impl Library {
    /// Returns the plan that `world` holds and every fault met on the way, as [`load`](super::load()) does. Documents
    /// whose files are as they were are taken from here.
    pub fn load(&mut self, world: &dyn World) -> Loaded {
        let volumes = &self.volumes;
        let new = Mutex::new(Vec::new());
        let loaded = load_with(world, &|world, entry, file| {
            let stamp = world.stamp(&entry.path);
            if entry.fault.is_some() {
                return document::read(world, entry, file);
            }
            if let Some(volume) = volumes.get(&entry.path)
                && (stamp.is_some() && stamp == volume.stamp || volume.is_same(world, entry))
            {
                return volume.lend(entry, file);
            }
            let read = document::read(world, entry, file);
            if let Some(volume) = Volume::of(&read, stamp) {
                let mut new = new.lock().unwrap_or_else(PoisonError::into_inner);
                new.push((entry.path.clone(), volume));
            }
            read
        });
        let new = new.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.volumes.retain(|path, _| {
            world
                .entries()
                .binary_search_by(|entry| (*entry.path).cmp(path))
                .is_ok()
        });
        self.volumes.extend(new);
        loaded
    }
}

impl Volume {
    fn of(read: &RawDocument, stamp: Option<Stamp>) -> Option<Self> {
        Some(Self {
            stamp,
            text: Arc::clone(&read.source.as_ref()?.text),
            content: read.content.clone(),
            findings: read.findings.clone(),
        })
    }

    /// Returns whether the file of `entry` holds what was read. Bytes that are no text never are the same.
    fn is_same(&self, world: &dyn World, entry: &Entry) -> bool {
        let bytes = world.read(&entry.path);
        bytes.is_ok_and(|bytes| *bytes == *self.text.as_bytes())
    }

    /// Returns the document as if it had been read from `file`.
    fn lend(&self, entry: &Entry, file: FileId) -> RawDocument {
        RawDocument {
            file,
            source: Some(Source::new(&*entry.path, Arc::clone(&self.text))),
            content: self.content.clone(),
            findings: self
                .findings
                .iter()
                .map(|finding| finding.clone().moved_to(file))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::world::Memory;

    /// Loads each archive after the one before with one library, and compares with a plan that is read anew.
    fn check(archives: &[&str]) {
        let mut library = Library::default();
        for archive in archives {
            let world = Memory::of_txtar(archive);
            let (again, anew) = (library.load(&world), load(&world));
            assert_eq!(
                format!("{:?}", again.findings),
                format!("{:?}", anew.findings)
            );
            let documents =
                |loaded: &Loaded| format!("{:?}", loaded.plan.documents().collect::<Vec<_>>());
            assert_eq!(documents(&again), documents(&anew));
        }
    }

    #[test]
    fn a_plan_is_the_same_whoever_read_it_before() {
        let one = "-- trainboard.yaml --\ntimezone: UTC\n-- b/releases/b.md --\n---\ntrain: q1\nwrong: x\nitems: [{id: a, id: b}]\n---\n\
                   -- trains/q1.md --\n---\nschedule: {build: T-3bd, deployment: 2026-01-05}\n---\n# One\n";
        let more = format!("-- a/notes/a.md --\n---\ndate: 2026-13-01\n---\n{one}");
        let moved = one.replace("2026-01-05", "2026-02-05");
        let renamed = one.replace("trains/q1.md", "trains/q2.md");
        check(&[one, &more, &moved, one, &renamed, "-- a.md --\n", &more]);
    }
}
