//! One edition of a plan: its files, made when they are asked for.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

use super::held;
use crate::cli::plan::Judged;
use crate::cli::publish::site;
use crate::diff::Chronicle;
use crate::load::revise;
use crate::outputs::{Build, OnDemand};
use crate::pages::{Portal, Revised, Theme};
use crate::serve::{Changes, Edition};
use crate::world::repository::Commit;

/// The files of a plan as it was read, and the bodies that were edited since.
pub(super) struct Live<'b> {
    judged: &'b Judged,
    portal: &'b Portal<'b>,
    files: OnDemand<'b>,
    /// By page.
    revised: Mutex<BTreeMap<String, Arc<Revised>>>,
}

impl Live<'_> {
    /// Calls `show` with the edition of `portal`, the plan of `judged`, laid out with `theme`. Git knows `commit` and
    /// `chronicle` of it.
    pub(super) fn with<'p, R>(
        judged: &'p Judged,
        portal: Portal<'p>,
        (theme, (commit, chronicle)): (&Theme, (Option<&'p Commit>, Option<&'p Chronicle>)),
        show: impl FnOnce(&Live<'_>, &Portal<'_>) -> R,
    ) -> R {
        let portal = match chronicle {
            Some(chronicle) => portal.with_history(chronicle),
            None => portal,
        };
        let routes = crate::pages::routes(&portal);
        let theme = theme.clone().with_site(&site(&portal, &routes, commit));
        let live = Live {
            judged,
            portal: &portal,
            files: OnDemand::new(Build {
                portal: &portal,
                routes: &routes,
                theme: &theme,
                world: &*judged.world,
            }),
            revised: Mutex::default(),
        };
        show(&live, &portal)
    }

    /// Returns the page of the document in the file `path`, and its body as the file has it now; none when more than the
    /// body is other than it was.
    fn revision(&self, path: &str) -> Option<(String, Arc<Revised>)> {
        let bytes = fs::read(self.judged.root.join(path)).ok()?;
        let (document, text, body) = revise(&self.judged.plan, path, &bytes)?;
        let page = self.portal.path(document)?.to_owned();
        let revised = Revised {
            document,
            text,
            body,
        };
        Some((page, Arc::new(revised)))
    }
}

impl Edition for Live<'_> {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let revised = held(&self.revised).get(path).cloned();
        let made = match revised {
            Some(revised) => self.files.revised(path, &revised),
            None => self.files.file(path),
        };
        made.map_err(|error| error.to_string())
    }

    fn revise(&self, changes: &Changes) -> bool {
        if changes.anything || changes.commit || changes.paths.is_empty() {
            return false;
        }
        let revisions = changes.paths.iter().map(|path| self.revision(path));
        let Some(revisions) = revisions.collect::<Option<Vec<_>>>() else {
            return false;
        };
        held(&self.revised).extend(revisions);
        true
    }
}
