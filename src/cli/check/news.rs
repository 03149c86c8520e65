//! `--new-since`: what a git revision did not have.
//!
//! Lines move with every edit, so a diagnostic is known by its rule, its file, its message and the text that it points
//! at. A renamed file is the same file; since its name is often a document's id, which messages repeat, messages do not
//! count there.

use std::collections::{BTreeMap, HashMap};

use crate::cli::arguments::{Common, PlanArguments};
use crate::cli::failure::Failure;
use crate::cli::plan::{Judged, find_in, judge_world};
use crate::cli::screen::Screen;
use crate::diagnostic::{Diagnostic, RuleName};
use crate::world::git::GitError;
use crate::world::repository::Repository;

/// What makes two diagnostics the same one: rule, path, message (none in a renamed file), text at fault.
type Identity = (RuleName, String, Option<String>, String);

/// Drops from `judged` the diagnostics that `revision` has, too. A revision without the plan has none.
pub(super) fn keep(
    judged: &mut Judged,
    revision: &str,
    arguments: &PlanArguments,
    common: &Common,
    screen: &Screen,
) -> Result<(), Failure> {
    let (world, root) = match find_in(revision, &arguments.dir) {
        Ok(found) => found,
        Err(Failure::NoPlan(_) | Failure::Git(GitError::NoSuchFolder { .. })) => {
            screen.say(&format!("{revision} has no plan here, so all is new"));
            return Ok(());
        }
        Err(failure) => return Err(failure),
    };
    let renamed = match Repository::around(&judged.root) {
        Ok(Some(repository)) => {
            repository.renames(world.commit(), arguments.revision.as_deref())?
        }
        // The folder is not on disk, as in a bare repository: names count as they are.
        _ => BTreeMap::new(),
    };
    let before = judge_world(Box::new(world), root, common, screen)?;
    judged.diagnostics = new_since(&before, judged, &renamed);
    Ok(())
}

/// Returns the diagnostics of `after` that `before` does not have; `renamed` holds old paths by new ones.
fn new_since(
    before: &Judged,
    after: &Judged,
    renamed: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    let mut known: HashMap<Identity, usize> = HashMap::new();
    let old_names: Vec<&String> = renamed.values().collect();
    for diagnostic in &before.diagnostics {
        let path = path(before, diagnostic);
        let is_renamed = old_names.iter().any(|name| **name == path);
        let identity = identity(before, diagnostic, path, is_renamed);
        *known.entry(identity).or_default() += 1;
    }
    let is_new = |diagnostic: &&Diagnostic| {
        let path = path(after, diagnostic);
        let old = renamed.get(&path);
        let is_renamed = old.is_some();
        let path = old.cloned().unwrap_or(path);
        match known.get_mut(&identity(after, diagnostic, path, is_renamed)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    };
    after.diagnostics.iter().filter(is_new).cloned().collect()
}

fn path(judged: &Judged, diagnostic: &Diagnostic) -> String {
    let file = diagnostic.finding.at.file;
    judged.plan.sources.get(file).path.clone()
}

fn identity(judged: &Judged, diagnostic: &Diagnostic, path: String, is_renamed: bool) -> Identity {
    let finding = &diagnostic.finding;
    let message = (!is_renamed).then(|| finding.message.clone());
    let text = judged.plan.sources.slice(finding.at).to_owned();
    (finding.rule, path, message, text)
}
