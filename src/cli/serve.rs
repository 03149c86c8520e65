//! `trainboard serve`: builds the portal in memory and shows it on this machine.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::Outcome;
use super::arguments::{Common, Serve};
use super::check::print;
use super::failure::Failure;
use super::past::Past;
use super::plan::{find, judge_world};
use super::publish::publish;
use super::screen::{Screen, milliseconds};
use crate::diff::Chronicle;
use crate::outputs::Memory;
use crate::report::FORMATS;
use crate::serve::{Files, Rebuild, Server};
use crate::world::Disk;
use crate::world::repository::Commit;

/// Runs the command until it is interrupted.
pub(super) fn run(command: &Serve, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let root = find(&command.dir)?;
    // A plan that cannot be read is better said before the port is taken.
    Disk::open(&root)?;
    let server = Server::bind(command.port)?;
    screen.say(&format!(
        "serving {} at {} (stop with Ctrl+C)",
        root.display(),
        server.url()
    ));
    server.run(&OnDisk {
        root,
        common,
        screen,
        printing: Mutex::new(()),
        known: Mutex::default(),
    })?;
    Ok(Outcome::Fine)
}

/// The plan in a folder, which may be edited while it is served.
struct OnDisk<'c> {
    root: PathBuf,
    common: &'c Common,
    screen: &'c Screen,
    /// Keeps reports of two builds from being mixed.
    printing: Mutex<()>,
    /// What moved up to a commit. It does not change while files are edited.
    known: Mutex<(Option<Commit>, Option<Chronicle>)>,
}

impl Rebuild for OnDisk<'_> {
    fn fingerprint(&self) -> u64 {
        Disk::open(&self.root).map_or(0, |disk| disk.fingerprint())
    }

    fn build(&self) -> Result<Files, String> {
        let start = Instant::now();
        let world = Disk::open(&self.root).map_err(|error| error.to_string())?;
        let judged = judge_world(Box::new(world), self.root.clone(), self.common, self.screen)
            .map_err(|error| error.to_string())?;
        let files = Memory::default();
        let past = Past::of(&self.root, None);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let commit = past.as_ref().map(|past| &past.commit);
        if known.0.as_ref() != commit {
            let chronicle = past.as_ref().and_then(|past| past.chronicle(&judged));
            *known = (commit.cloned(), chronicle);
        }
        publish(&judged, (commit, known.1.as_ref()), &files).map_err(|error| error.to_string())?;
        let _printing = self.printing.lock().unwrap_or_else(PoisonError::into_inner);
        if !judged.diagnostics.is_empty() {
            print(&judged, &FORMATS[0], self.screen).map_err(|error| error.to_string())?;
        }
        let files = files.into_files();
        self.screen.say(&format!(
            "built {} files ({})",
            files.len(),
            milliseconds(start.elapsed())
        ));
        Ok(files)
    }
}
