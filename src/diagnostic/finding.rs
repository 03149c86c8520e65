//! Findings and diagnostics, before and after the rule book has judged them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::Severity;
use crate::text::{FileId, Location, Span};

/// The stable name of a rule, `group/fault`. A diagnostic's identity is its rule's name, never its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RuleName(pub &'static str);

impl RuleName {
    /// Returns the part before the slash: `freeze` of `freeze/overlap`.
    pub fn group(self) -> &'static str {
        self.0.split_once('/').map_or(self.0, |(group, _)| group)
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// A place that helps to explain a finding: the freeze that is hit, the other end of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub at: Location,
    /// What is there, in a few words.
    pub text: String,
}

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub at: Location,
    /// The text that stands there instead.
    pub replacement: String,
}

/// A change that mends a finding and is safe to apply unseen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, as an imperative: "quote the version".
    pub title: String,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Returns the replacements of each file, in the order of the files.
    pub fn by_file(&self) -> BTreeMap<FileId, Vec<&Edit>> {
        let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in &self.edits {
            files.entry(edit.at.file).or_default().push(edit);
        }
        files
    }
}

/// A fault that reading or checking found, not yet judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: RuleName,
    /// The fact: lower case, no full stop.
    pub message: String,
    /// The place that is at fault.
    pub at: Location,
    /// What is at that place, in a few words; empty when the message says it all.
    pub label: String,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// The action that mends it.
    pub hint: Option<String>,
    /// The change that mends it, where one is safe.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Returns a finding of the rule `rule` at `at` that states the fact `message`.
    pub fn new(rule: &'static str, at: Location, message: impl Into<String>) -> Self {
        Self {
            rule: RuleName(rule),
            message: message.into(),
            at,
            label: String::new(),
            labels: Vec::new(),
            hint: None,
            fix: None,
        }
    }

    /// Adds the words that stand beside the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds another place and what is there.
    #[must_use]
    pub fn also(mut self, at: Location, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            at,
            text: text.into(),
        });
        self
    }

    /// Adds the action that mends it.
    #[must_use]
    pub fn hint(mut self, action: impl Into<String>) -> Self {
        self.hint = Some(action.into());
        self
    }

    /// Returns the finding of a file that is `file` now; every place that it names lies in that file.
    #[must_use]
    pub fn moved_to(mut self, file: FileId) -> Self {
        self.at.file = file;
        for label in &mut self.labels {
            label.at.file = file;
        }
        for edit in self.fix.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.at.file = file;
        }
        self
    }

    /// Adds a safe change: in the finding's own file, `span` becomes `replacement`.
    #[must_use]
    pub fn fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        let edit = Edit {
            at: Location::new(self.at.file, span),
            replacement: replacement.into(),
        };
        self.fix = Some(Fix {
            title: title.into(),
            edits: vec![edit],
        });
        self
    }
}

/// What a phase found, in the order in which it met it.
pub type Findings = Vec<Finding>;

/// A finding that the rule book has judged: what `check` reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters in this plan.
    pub severity: Severity,
    /// What was found.
    pub finding: Finding,
}
