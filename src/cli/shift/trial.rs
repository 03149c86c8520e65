//! The plan as it would be after a move, which no file holds yet.

use std::collections::BTreeMap;

use super::ShiftError;
use crate::cli::plan::Judged;
use crate::diagnostic::Diagnostic;
use crate::edit::{Shift, is_as_meant, rewritten, shift};
use crate::load::{Loaded, load};
use crate::plan::{DocId, Plan};
use crate::report::answers::shift::Consequences;
use crate::rules::judge;
use crate::text::FileId;
use crate::world::Overlay;

/// A move that was tried.
pub(super) struct Trial {
    /// What is written anew.
    pub(super) shift: Shift,
    /// The new text of each file that changes.
    pub(super) texts: BTreeMap<FileId, String>,
    /// The plan that is read from them.
    pub(super) plan: Plan,
    /// What is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Trial {
    /// Tries to move `of` by so many `days`.
    pub(super) fn of(judged: &Judged, of: DocId, days: i64) -> Result<Self, ShiftError> {
        let as_of = judged.publication.as_of;
        let shift = shift(&judged.plan, of, days, as_of);
        let texts = rewritten(&judged.plan, &shift.changes);
        let path = |file: FileId| judged.plan.sources.get(file).path.clone();
        let files = texts
            .iter()
            .map(|(file, text)| (path(*file), Some(text.clone().into_bytes())));
        let world = Overlay::with(&*judged.world, files.collect());
        let Loaded { plan, findings } = load(&world);
        if !is_as_meant(&judged.plan, &plan, &shift.changes) {
            return Err(ShiftError::NotAsMeant);
        }
        let diagnostics = judge(&plan, findings, as_of);
        Ok(Self {
            shift,
            texts,
            plan,
            diagnostics,
        })
    }

    /// Returns what the move breaks and mends.
    pub(super) fn consequences<'a>(&'a self, judged: &'a Judged) -> Consequences<'a> {
        Consequences::of(
            (&judged.diagnostics, &judged.plan.sources),
            (&self.diagnostics, &self.plan.sources),
        )
    }
}
