//! What changed in a plan's folder, gathered until it is asked for.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// So many names are kept; when more change, everything has.
const MOST_NAMED: usize = 256;

/// Changes that follow each other faster than this belong together: an editor empties a file before it fills it.
const QUIET: Duration = Duration::from_millis(4);

/// However fast they follow each other, nobody waits longer for the first of them.
const LONGEST: Duration = Duration::from_millis(80);

/// So long a reader waits for changes to be shown; then what there is has to do.
const PATIENCE: Duration = Duration::from_secs(10);

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The files and folders that changed, relative to the plan and with forward slashes.
    pub paths: BTreeSet<String>,
    /// Whether anything may have changed: the plan was not seen before, or too much of it changed to be named.
    pub anything: bool,
    /// Whether another commit was checked out.
    pub commit: bool,
    /// Whether a folder is new, in which there may be more than was told.
    pub(super) folders: bool,
    /// Whether the system does not tell of everything any more.
    pub(super) untold: bool,
}

impl Changes {
    /// Returns that anything may have changed.
    pub fn anything() -> Self {
        Self {
            anything: true,
            commit: true,
            ..Self::default()
        }
    }

    /// Returns whether nothing changed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds `other`.
    pub(super) fn add(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.anything |= other.anything;
        self.commit |= other.commit;
        self.folders |= other.folders;
        self.untold |= other.untold;
        if self.paths.len() > MOST_NAMED {
            self.paths.clear();
            self.anything = true;
        }
    }
}

/// Changes that nobody has taken yet. However many come, they need no more room than a few hundred names.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pile: Mutex<Pile>,
    grown: Condvar,
}

#[derive(Debug, Default)]
struct Pile {
    changes: Changes,
    first: Option<Instant>,
    last: Option<Instant>,
    /// How many times changes were added: in all, up to those that were taken, and up to those that are shown.
    added: u64,
    taken: u64,
    shown: u64,
    is_closed: bool,
}

/// What came of waiting for changes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// These changes, and when the first of them was known.
    Over(Changes, Instant),
    /// Nothing changed in the time.
    Quiet,
    /// Nobody will add changes any more.
    Closed,
}

impl Gathered {
    /// Adds `changes`.
    pub(super) fn add(&self, changes: Changes) {
        if changes.is_empty() {
            return;
        }
        let mut pile = self.pile();
        let now = Instant::now();
        pile.changes.add(changes);
        pile.added += 1;
        pile.first.get_or_insert(now);
        pile.last = Some(now);
        self.grown.notify_all();
    }

    /// Wakes who waits, for good.
    pub(super) fn close(&self) {
        self.pile().is_closed = true;
        self.grown.notify_all();
    }

    /// Waits for changes, at most for `longest`, and takes them once nothing more comes for a moment.
    pub(super) fn wait(&self, longest: Duration) -> Wait {
        let deadline = Instant::now() + longest;
        let mut pile = self.pile();
        loop {
            let now = Instant::now();
            let until = match (pile.is_closed, pile.first, pile.last) {
                (true, ..) => return Wait::Closed,
                (_, Some(first), Some(last)) => {
                    let until = (last + QUIET).min(first + LONGEST);
                    if until <= now {
                        (pile.first, pile.last) = (None, None);
                        pile.taken = pile.added;
                        return Wait::Over(std::mem::take(&mut pile.changes), first);
                    }
                    until
                }
                _ if deadline <= now => return Wait::Quiet,
                _ => deadline,
            };
            let waited = self.grown.wait_timeout(pile, until - now);
            (pile, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes note that what was taken is shown.
    pub(super) fn show(&self) {
        let mut pile = self.pile();
        pile.shown = pile.taken;
        self.grown.notify_all();
    }

    /// Waits until the changes that were added before are shown.
    pub(super) fn catch_up(&self) {
        let pile = self.pile();
        let added = pile.added;
        let is_behind = |pile: &mut Pile| pile.shown < added && !pile.is_closed;
        drop(self.grown.wait_timeout_while(pile, PATIENCE, is_behind));
    }

    fn pile(&self) -> MutexGuard<'_, Pile> {
        self.pile.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a failed test may panic")]

    use super::*;

    fn change(path: &str) -> Changes {
        Changes {
            paths: BTreeSet::from([path.to_owned()]),
            ..Changes::default()
        }
    }

    #[test]
    fn changes_that_come_together_are_taken_together() {
        let gathered = Gathered::default();
        gathered.add(Changes::default());
        assert_eq!(gathered.wait(Duration::ZERO), Wait::Quiet);
        gathered.add(change("a.md"));
        gathered.add(change("b.md"));
        gathered.add(change("a.md"));
        let Wait::Over(changes, _) = gathered.wait(Duration::ZERO) else {
            panic!("nothing was gathered");
        };
        assert_eq!(changes.paths, ["a.md", "b.md"].map(str::to_owned).into());
        assert_eq!(gathered.wait(Duration::ZERO), Wait::Quiet);
        gathered.close();
        assert_eq!(gathered.wait(Duration::from_secs(60)), Wait::Closed);
    }

    #[test]
    fn a_storm_needs_no_room() {
        let gathered = Gathered::default();
        (0..1000).for_each(|number| gathered.add(change(&format!("{number}.md"))));
        let Wait::Over(changes, _) = gathered.wait(Duration::ZERO) else {
            panic!("nothing was gathered");
        };
        assert!(changes.anything && changes.paths.len() <= MOST_NAMED);
    }
}
