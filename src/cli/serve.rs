//! `trainboard serve`: shows the portal on this machine, as the plan is now.

mod notice;

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Outcome;
use super::arguments::{Common, Serve};
use super::failure::Failure;
use super::past::Past;
use super::plan::{Judged, find, judge_world};
use super::publish::publish;
use super::screen::{Screen, milliseconds};
use crate::diff::Chronicle;
use crate::outputs::Memory;
use crate::serve::{Changes, Edition, News, Press, Server, Stand, Watched};
use crate::world::Disk;
use crate::world::repository::{Commit, Repository};

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
        only_look: command.poll,
        common,
        screen,
        said: Mutex::default(),
        known: Mutex::default(),
    });
    Ok(Outcome::Fine)
}

/// The plan in a folder, which may be edited while it is served.
struct OnDisk<'c> {
    root: PathBuf,
    only_look: bool,
    common: &'c Common,
    screen: &'c Screen,
    /// The report that was printed last.
    said: Mutex<String>,
    /// What moved up to a commit. It does not change while files are edited.
    known: Mutex<(Option<Commit>, Option<Chronicle>)>,
}

impl Press for OnDisk<'_> {
    fn watched(&self) -> Watched {
        let repository = Repository::around(&self.root).ok().flatten();
        let files = repository.and_then(|repository| repository.marks().ok());
        Watched {
            root: self.root.clone(),
            files: files.unwrap_or_default(),
            only_look: self.only_look,
        }
    }

    fn fingerprint(&self) -> u64 {
        Disk::open(&self.root).map_or(0, |disk| disk.fingerprint())
    }

    fn print(&self, _: &Changes, stand: &Stand<'_>) -> Result<(), String> {
        let world = Disk::open(&self.root).map_err(|error| error.to_string())?;
        let judged = judge_world(Box::new(world), self.root.clone(), self.common, self.screen)
            .map_err(|error| error.to_string())?;
        let files = Memory::default();
        let past = Past::of(&self.root, None);
        let commit = past.as_ref().map(|past| &past.commit);
        {
            let mut known = held(&self.known);
            if known.0.as_ref() != commit {
                let chronicle = past.as_ref().and_then(|past| past.chronicle(&judged));
                *known = (commit.cloned(), chronicle);
            }
            publish(&judged, (commit, known.1.as_ref()), &files)
                .map_err(|error| error.to_string())?;
        }
        self.report(&judged, stand);
        stand.keep(&Whole(files.into_files()));
        Ok(())
    }

    fn note(&self, news: &News<'_>) {
        match news {
            News::Offered { changes, took } => {
                self.screen.say(&offered(changes, *took));
            }
            News::Spoilt { report } => self.screen.say(report),
            News::Looking { reason } => self.screen.warn(&format!(
                "the folder cannot be watched ({reason}): looking at its files twice a second instead"
            )),
        }
    }
}

/// A site that was made as a whole.
struct Whole(std::collections::BTreeMap<String, Vec<u8>>);

impl Edition for Whole {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.0.get(path).cloned())
    }
}

impl OnDisk<'_> {
    /// Prints the diagnostics of `judged` when they are others than before, and tells open pages.
    fn report(&self, judged: &Judged, stand: &Stand<'_>) {
        stand.tell(notice::of(judged));
        let report = match judged.diagnostics.is_empty() {
            true => String::new(),
            false => notice::text(judged, self.screen.drawing(), &judged.diagnostics),
        };
        let mut said = held(&self.said);
        if *said == report {
            return;
        }
        match report.is_empty() {
            true => self.screen.say("all clear"),
            false => self.screen.print(&report),
        }
        *said = report;
    }
}

/// Returns the line that says that `changes` are shown.
fn offered(changes: &Changes, took: Duration) -> String {
    let took = milliseconds(took);
    let mut paths = changes.paths.iter();
    match (paths.next(), paths.len()) {
        _ if changes.anything => format!("the plan was read: shown in {took}"),
        (None, _) => format!("another commit: shown in {took}"),
        (Some(path), 0) => format!("{path} changed: shown in {took}"),
        (Some(path), 1) => format!("{path} and 1 other changed: shown in {took}"),
        (Some(path), rest) => format!("{path} and {rest} others changed: shown in {took}"),
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
