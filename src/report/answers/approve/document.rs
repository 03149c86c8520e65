//! The approval as a file: where it belongs, and its text.

use super::super::name;
use super::{Motion, reference};
use crate::plan::kinds::approval::Decision;
use crate::plan::value::Choices as _;
use crate::plan::{DocId, INDEXES, Kind, Plan};
use crate::syntax::quoted;

/// What stands in the body until somebody writes the comment. A comment of Markdown is shown nowhere.
const COMMENT: &str =
    "<!-- On what does this decision rest? What stands here is shown in the portal. -->";

/// A decision that is to be written down.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a, 'p> {
    /// What it decides on.
    pub motion: Motion<'a, 'p>,
    /// The level of the decision.
    pub level: Option<&'a str>,
    /// The role in which it is decided.
    pub role: Option<&'a str>,
    /// Who decides, as a reference is written; `tbd` while nobody is named.
    pub by: &'a str,
    /// What is decided.
    pub decision: Decision,
    /// Why.
    pub reason: Option<&'a str>,
    /// The stage to return to.
    pub return_to: Option<&'a str>,
}

impl Draft<'_, '_> {
    /// Returns the text of the file.
    pub fn text(&self) -> String {
        let Motion {
            plan,
            subject,
            gate,
            day,
        } = self.motion;
        let mut text = String::from("---\n");
        let mut field = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                text.push_str(&format!("{key}: {}\n", quoted(value)));
            }
        };
        field("title", Some(&self.title()));
        field("for", Some(&reference(plan, subject)));
        field("gate", gate.map(|result| result.gate.id));
        field("level", self.level);
        field("role", self.role);
        field("by", Some(self.by));
        field("decision", Some(self.decision.word()));
        field("reason", self.reason);
        field("return_to", self.return_to);
        text.push_str(&format!("date: {day}\n"));
        if let Some(fingerprint) = self.motion.fingerprint() {
            text.push_str(&format!("covers: {fingerprint}\n"));
        }
        text.push_str(&format!("---\n{COMMENT}\n"));
        text
    }

    fn title(&self) -> String {
        let verb = match self.decision {
            Decision::Approved => "Approval",
            Decision::Rejected => "Rejection",
            Decision::Abstained => "Abstention",
        };
        let subject = name(self.motion.plan, self.motion.subject);
        let level = self
            .level
            .map_or_else(String::new, |level| format!(", {level}"));
        match self.motion.gate {
            Some(result) => format!("{verb} of {}, {subject}{level}", result.gate.id),
            None => format!("{verb} of {subject}{level}"),
        }
    }
}

/// Returns where the plan keeps such a decision: the folder `approvals` of the train, or of the whole plan; under a name
/// that nothing there `is_taken` by.
pub fn path(draft: &Draft<'_, '_>, is_taken: impl Fn(&str) -> bool) -> String {
    let Motion {
        plan,
        subject,
        gate,
        ..
    } = draft.motion;
    let document = plan.document(subject);
    let train = match document.kind {
        Kind::Train => Some(subject),
        _ => document.belongs.train,
    };
    // In the folder of its train, the train needs no mention.
    let of = (train != Some(subject)).then(|| document.short_id());
    let by = draft.by.rsplit(':').next();
    let parts = [of, gate.map(|result| result.gate.id), draft.level, by];
    let stem: Vec<_> = parts.into_iter().flatten().map(in_path).collect();
    let (folder, stem) = (folder(plan, train), stem.join("-"));
    let numbered = |number: usize| match number {
        1 => format!("{folder}{stem}.md"),
        number => format!("{folder}{stem}-{number}.md"),
    };
    let mut names = (1..).map(numbered);
    names.find(|path| !is_taken(path)).unwrap_or_default()
}

fn folder(plan: &Plan, train: Option<DocId>) -> String {
    let of_train = train.and_then(|train| {
        let path = plan.path(train);
        let (folder, file) = path.rsplit_once('/')?;
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        Some(match INDEXES.contains(&file) {
            true => format!("{folder}/"),
            false => format!("{folder}/{stem}/"),
        })
    });
    format!(
        "{}{}/",
        of_train.unwrap_or_default(),
        Kind::Approval.folder()
    )
}

/// Returns `text` as part of a file's name, which is an id as well.
fn in_path(text: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    text.chars()
        .map(|c| if safe(c) { c } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::in_path;

    #[test]
    fn names_of_files_hold_no_path() {
        assert_eq!(in_path("../a b:c"), "..-a-b-c");
    }
}
