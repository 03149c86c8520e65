//! What is known from one edition to the next.

use std::path::Path;
use std::sync::Arc;

use crate::cli::past::Past;
use crate::cli::plan::Judged;
use crate::cli::publish::overlay;
use crate::diagnostic::Diagnostic;
use crate::diff::Chronicle;
use crate::pages::Theme;
use crate::pages::theme::{Overlay, TemplateError};
use crate::plan::Plan;
use crate::serve::Changes;
use crate::time::{Day, Zone};
use crate::world::repository::Commit;
use crate::world::{Disk, OpenError};

/// What is known of the plan from the edition before.
#[derive(Default)]
pub(super) struct Memory {
    /// The day for which the last edition was made, and the zone in which it is told.
    pub(super) as_of: Option<Day>,
    pub(super) zone: Option<Zone>,
    /// The commit that is checked out.
    pub(super) past: Option<Arc<Past>>,
    /// What moved up to a commit. It does not change while files are edited.
    chronicle: Option<(Commit, Arc<Chronicle>)>,
    /// The folder as it was listed last.
    listed: Option<Disk>,
    /// What was last found, in which files.
    diagnostics: Vec<Diagnostic>,
    files: Vec<Box<str>>,
}

impl Memory {
    /// Returns the folder `root`, which is listed again unless `changes` are those of listed files alone.
    ///
    /// # Errors
    /// It is no folder that can be read.
    pub(super) fn disk(&mut self, root: &Path, changes: &Changes) -> Result<Disk, OpenError> {
        if let Some(listed) = &self.listed
            && !changes.anything
            && listed.still_lists(changes.paths.iter().map(String::as_str))
        {
            return Ok(listed.clone());
        }
        self.listed = None;
        Ok(self.listed.insert(Disk::open(root)?).clone())
    }

    /// Asks git again when `changes` tell of another commit.
    pub(super) fn look(&mut self, root: &Path, changes: &Changes) {
        if !changes.commit {
            return;
        }
        self.past = Past::of(root, None).map(Arc::new);
    }

    /// Returns what moved up to the commit of `past`; none when it was not asked yet.
    pub(super) fn chronicle(&self, past: Option<&Past>) -> Option<Arc<Chronicle>> {
        let (commit, chronicle) = self.chronicle.as_ref()?;
        (past?.commit == *commit).then(|| Arc::clone(chronicle))
    }

    /// Returns what was last found in `plan`: until it is judged, its pages go on telling it. None when its files are
    /// others, since a finding knows its file by number.
    pub(super) fn carried(&self, plan: &Plan) -> Vec<Diagnostic> {
        match self.files == files(plan) {
            true => self.diagnostics.clone(),
            false => Vec::new(),
        }
    }

    /// Keeps what was found.
    pub(super) fn keep(
        &mut self,
        plan: &Plan,
        diagnostics: &[Diagnostic],
        chronicle: Option<(Commit, Arc<Chronicle>)>,
    ) {
        self.diagnostics = diagnostics.to_vec();
        self.files = files(plan);
        self.chronicle = chronicle;
    }
}

fn files(plan: &Plan) -> Vec<Box<str>> {
    let sources = plan.sources.iter();
    sources.map(|(_, source)| (*source.path).into()).collect()
}

/// The compiled theme, which is compiled again only when its files change.
#[derive(Default)]
pub(super) struct Wardrobe(Option<(String, Overlay, Theme)>);

impl Wardrobe {
    /// Returns the theme of `judged`.
    ///
    /// # Errors
    /// The first mistake in it.
    pub(super) fn of(&mut self, judged: &Judged) -> Result<Theme, TemplateError> {
        let config = &judged.plan.config;
        let language = config.locale.as_ref().map_or("en", |locale| &*locale.value);
        let overlay = overlay(judged)?;
        if let Some((of, files, theme)) = &self.0
            && of == language
            && *files == overlay
        {
            return Ok(theme.clone());
        }
        let theme = Theme::new(language, &overlay)?;
        self.0 = Some((language.to_owned(), overlay, theme.clone()));
        Ok(theme)
    }
}
