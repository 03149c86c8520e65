//! Whether a plan that was read from changed files has the dates that were meant, and all others as before.

use std::collections::{BTreeMap, BTreeSet};

use super::Change;
use crate::plan::Plan;
use crate::plan::value::{Period, Record as _, Visitor, When};
use crate::text::{FileId, Span};
use crate::time::{Date, Until};

/// The dates of some files as written, by path and place.
type Written = BTreeMap<(String, Span), Date>;

/// Returns whether `after`, which is read from the files of `before` with `changes`, has the dates that those mean, and
/// every other date of these files where and as it was.
pub fn is_as_meant(before: &Plan, after: &Plan, changes: &[Change]) -> bool {
    let files: BTreeSet<FileId> = changes.iter().map(|change| change.at.file).collect();
    let paths: BTreeSet<&str> = files
        .iter()
        .map(|file| before.sources.get(*file).path.as_str())
        .collect();
    let mut expected = dates(before, &paths);
    for change in changes {
        let path = &before.sources.get(change.place.file).path;
        let date = expected.get_mut(&(path.clone(), change.place.span));
        match date.filter(|date| **date == change.before) {
            Some(date) => *date = change.after.clone(),
            None => return false,
        }
    }
    expected == dates(after, &paths)
}

/// Returns the dates that the files `paths` of `plan` hold.
fn dates(plan: &Plan, paths: &BTreeSet<&str>) -> Written {
    let mut found = Written::new();
    for (id, document) in plan.documents() {
        let path = plan.path(id);
        if !paths.contains(path) {
            continue;
        }
        let mut collector = Collector {
            path,
            found: &mut found,
        };
        // A visitor may change what it visits, so it is given its own.
        let (mut common, mut detail) = (document.common.clone(), document.detail.clone());
        common.visit_fields(&mut collector);
        detail.visit(&mut collector);
    }
    found
}

struct Collector<'a> {
    path: &'a str,
    found: &'a mut Written,
}

impl Collector<'_> {
    fn add(&mut self, date: &Date, span: Span) {
        self.found
            .insert((self.path.to_owned(), span), date.clone());
    }
}

impl Visitor for Collector<'_> {
    fn when(&mut self, when: &mut When) {
        self.add(&when.written, when.span);
    }

    fn period(&mut self, period: &mut Period) {
        self.add(period.written.from(), period.from);
        if let Until::Date(date) = period.written.until() {
            self.add(date, period.to);
        }
    }
}
