//! `trainboard serve`: shows the portal on this machine, as the plan is now.

mod live;
mod memory;
mod notice;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use self::live::Live;
use self::memory::{Memory, Wardrobe};
use super::Outcome;
use super::arguments::{Common, Serve};
use super::failure::Failure;
use super::past::Past;
use super::plan::{Judged, find};
use super::publish::report_template;
use super::screen::{Screen, milliseconds};
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::{CONFIG, Library, Loaded};
use crate::pages::theme::TemplateError;
use crate::pages::{Portal, Theme};
use crate::plan::{Drafts, Publication};
use crate::rules::judge_standing;
use crate::serve::{Changes, News, Press, Server, Stand, Watched};
use crate::time::{Day, Zone};
use crate::world::repository::Repository;
use crate::world::{Disk, World as _, clock};

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
        library: Mutex::default(),
        theme: Mutex::default(),
        memory: Mutex::default(),
        judging: Mutex::default(),
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
    /// The documents as they were read last.
    library: Mutex<Library>,
    theme: Mutex<Wardrobe>,
    memory: Mutex<Memory>,
    /// Held by who judges.
    judging: Mutex<()>,
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

    fn holds(&self) -> bool {
        let held = held(&self.memory);
        held.as_of
            .is_none_or(|as_of| as_of == self.day(held.zone.as_ref()))
    }

    fn print(&self, changes: &Changes, stand: &Stand<'_>) -> Result<(), String> {
        let text = |error: &dyn std::error::Error| error.to_string();
        let world = held(&self.memory).disk(&self.root, changes);
        let world = world.map_err(|error| text(&error))?;
        if !world.entries().iter().any(|entry| entry.path == CONFIG) {
            return Err(format!("there is no {CONFIG} in {}", self.root.display()));
        }
        let Loaded { plan, findings } = held(&self.library).load(&world);
        let zone = plan.config.timezone.as_ref().map(|zone| zone.value.clone());
        let as_of = self.day(zone.as_ref());
        let (past, chronicle, carried) = {
            let mut memory = held(&self.memory);
            (memory.as_of, memory.zone) = (Some(as_of), zone);
            memory.look(&self.root, changes);
            (
                memory.past.clone(),
                memory.chronicle(memory.past.as_deref()),
                memory.carried(&plan),
            )
        };
        let drafts = match self.common.drafts {
            true => Drafts::Shown,
            false => Drafts::Hidden,
        };
        let mut judged = Judged {
            world: Box::new(world),
            root: self.root.clone(),
            folder: past.as_ref().map(|past| past.folder()).unwrap_or_default(),
            plan,
            diagnostics: Vec::new(),
            publication: Publication { as_of, drafts },
        };
        let theme = held(&self.theme)
            .of(&judged)
            .map_err(|error| template_error(&mut judged, &error))?;
        let commit = past.as_ref().map(|past| &past.commit);
        let known = (commit, chronicle.as_deref());
        let locale = theme.locale().clone();
        let portal = Portal::new(&judged.plan, judged.publication, &locale, &carried);
        Live::with(&judged, portal, (&theme, known), |live, portal| {
            stand.offer(live, || {
                self.complete(stand, (&judged, portal), (&theme, &past), findings);
            });
        });
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

impl OnDisk<'_> {
    /// Returns the day that counts as today in `zone`.
    fn day(&self, zone: Option<&Zone>) -> Day {
        let zone = zone.cloned().unwrap_or_else(Zone::utc);
        self.common.as_of.unwrap_or_else(|| zone.day(clock::now()))
    }

    /// Judges a plan that is offered already, and offers it again with what came of that.
    fn complete(
        &self,
        stand: &Stand<'_>,
        (judged, portal): (&Judged, &Portal<'_>),
        (theme, past): (&Theme, &Option<Arc<Past>>),
        findings: Findings,
    ) {
        stand.let_readers_first();
        // One at a time, and not one that nobody waits for any more.
        let judging = held(&self.judging);
        if stand.is_past() {
            return;
        }
        let diagnostics = judge_standing((&portal.schedule, &portal.progress), findings);
        let chronicle = held(&self.memory).chronicle(past.as_deref());
        let chronicle = chronicle.or_else(|| past.as_ref()?.chronicle(judged).map(Arc::new));
        {
            let mut memory = held(&self.memory);
            let told = past.as_ref().zip(chronicle.clone());
            let told = told.map(|(past, chronicle)| (past.commit.clone(), chronicle));
            memory.keep(&judged.plan, &diagnostics, told);
        }
        self.report(judged, &diagnostics, stand);
        let known = (past.as_ref().map(|past| &past.commit), chronicle.as_deref());
        let portal = portal.again(&diagnostics);
        drop(judging);
        Live::with(judged, portal, (theme, known), |live, _| stand.keep(live));
    }

    /// Prints `diagnostics` when they are others than before, and tells open pages.
    fn report(&self, judged: &Judged, diagnostics: &[Diagnostic], stand: &Stand<'_>) {
        if stand.is_past() {
            return;
        }
        stand.tell(notice::of(judged, diagnostics));
        let report = match diagnostics.is_empty() {
            true => String::new(),
            false => notice::text(judged, self.screen.drawing(), diagnostics),
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

/// Returns the report of a mistake in the theme of `judged`.
fn template_error(judged: &mut Judged, error: &TemplateError) -> String {
    report_template(judged, error);
    let drawing = notice::PLAIN;
    notice::text(judged, drawing, &judged.diagnostics)
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
