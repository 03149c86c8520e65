//! Which of a plan's files are documents.

use std::collections::BTreeSet;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::diagnostic::{Finding, Findings};
use crate::plan::config::Config;
use crate::text::{FileId, Location};
use crate::world::{Entry, World};

/// The files of a plan, by what they are.
#[derive(Debug, Default)]
pub(super) struct Files<'w> {
    /// The documents, Markdown and calendars, by path.
    pub documents: Vec<&'w Entry>,
    /// Whatever else lies beside them, by path.
    pub assets: BTreeSet<String>,
}

impl<'w> Files<'w> {
    /// Returns the files of `world` without those that `config` sets apart: its theme, its output and what it excludes.
    pub(super) fn of(
        world: &'w dyn World,
        config: &Config,
        file: Option<FileId>,
        findings: &mut Findings,
    ) -> Self {
        let excluded = excluded(config, file, findings);
        let folders: Vec<_> = [&config.theme, &config.output]
            .into_iter()
            .flatten()
            .map(|folder| folder_of(folder))
            .collect();
        let apart = |path: &str| {
            excluded.is_match(path) || folders.iter().any(|folder| path.starts_with(folder))
        };
        let mut files = Self::default();
        for entry in world
            .entries()
            .iter()
            .filter(|entry| entry.path != super::CONFIG && !apart(&entry.path))
        {
            if is_document(&entry.path) || entry.fault.is_some() {
                files.documents.push(entry);
            } else {
                files.assets.insert(entry.path.clone());
            }
        }
        files
    }
}

/// Returns whether the file at `path` is a document.
pub(super) fn is_document(path: &str) -> bool {
    path.ends_with(".md") || is_calendar(path)
}

/// Returns whether the file at `path` is an iCalendar file.
pub(super) fn is_calendar(path: &str) -> bool {
    path.ends_with(".ics")
}

/// Returns `folder` as a path's beginning: `./theme` is `theme/`.
fn folder_of(folder: &str) -> String {
    format!("{}/", folder.trim_start_matches("./").trim_end_matches('/'))
}

/// Returns the globs of `exclude`; a wrong one is reported and left out.
fn excluded(config: &Config, file: Option<FileId>, findings: &mut Findings) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in &config.exclude {
        match Glob::new(pattern) {
            Ok(glob) => {
                set.add(glob);
            }
            Err(error) => {
                let at = Location::new(file.unwrap_or_default(), pattern.span);
                let message = format!("`{}` is no glob: {}", &**pattern, error.kind());
                findings.push(
                    Finding::new("document/wrong-type", at, message)
                        .hint("write a pattern such as `docs/**`"),
                );
            }
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}
