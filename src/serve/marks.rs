//! How a request knows that every save before it was heard of.
//!
//! The system tells of changes in the order in which they were made. So a request puts a mark, an empty file in a folder
//! beside the plan that is watched with it: once the mark is heard of, so is all that was saved before. That takes a
//! fraction of a millisecond, where a look at ten thousand files would take ten.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Nobody waits longer for a mark: where the system tells of changes late, a page may be as old as that.
const LATEST: Duration = Duration::from_millis(50);

/// The marks of one server.
#[derive(Debug)]
pub(super) struct Marks {
    folder: PathBuf,
    state: Mutex<State>,
    grown: Condvar,
}

#[derive(Debug, Default)]
struct State {
    is_watched: bool,
    /// The mark that was put last, and the one that was heard of last.
    put: u64,
    heard: u64,
}

impl Marks {
    /// Returns the marks of the server at the port `port`: of two servers on one machine each has its own.
    pub(super) fn new(port: u16) -> Self {
        Self {
            folder: std::env::temp_dir().join(format!("trainboard-{port}")),
            state: Mutex::default(),
            grown: Condvar::new(),
        }
    }

    /// Calls `watch` with the folder that is to be watched with the plan. Without it, nobody waits for marks.
    pub(super) fn begin(&self, watch: impl FnOnce(&Path) -> bool) {
        // One that an earlier server left is as good.
        _ = fs::create_dir(&self.folder);
        let folder = self.folder.canonicalize();
        let is_watched = folder.is_ok_and(|folder| watch(&folder));
        self.state().is_watched = is_watched;
    }

    /// Nobody watches any more.
    pub(super) fn end(&self) {
        self.state().is_watched = false;
        self.grown.notify_all();
    }

    /// Waits until everything is heard of that was saved before.
    pub(super) fn catch_up(&self) {
        let number = {
            let mut state = self.state();
            if !state.is_watched {
                return;
            }
            state.put += 1;
            state.put
        };
        let mark = self.folder.join(number.to_string());
        if File::create_new(&mark).is_ok() {
            let is_behind = |state: &mut State| state.is_watched && state.heard < number;
            let state = self.state();
            drop(self.grown.wait_timeout_while(state, LATEST, is_behind));
        }
        _ = fs::remove_file(mark);
    }

    /// Takes note of a change of the file `path`, and returns whether it is a mark.
    pub(super) fn hear(&self, path: &Path) -> bool {
        let is_here = path.parent().and_then(Path::file_name) == self.folder.file_name();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(number) = name.filter(|_| is_here).and_then(|name| name.parse().ok()) else {
            return false;
        };
        let mut state = self.state();
        // A mark that an earlier server left may have any number.
        if number <= state.put {
            state.heard = state.heard.max(number);
        }
        self.grown.notify_all();
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Marks {
    fn drop(&mut self) {
        _ = fs::remove_dir(&self.folder);
    }
}
