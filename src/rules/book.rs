//! What a rule is, and how its page is read.

mod setting;

use crate::diagnostic::{Finding, Findings, RuleName, Severity};
use crate::lifecycle::Progress;
use crate::plan::Plan;
use crate::schedule::Schedule;
use crate::time::Day;

pub use setting::Setting;

/// A group of rules: the part of their names before the slash.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// What its rules are about, in a few words.
    pub about: &'static str,
    /// Its rules.
    pub rules: &'static [Rule],
    /// The fields, of whatever kind, that its rules judge by, beside those that tell where a train or a release stands.
    /// Where one of them could not be read, they stay silent.
    pub rests_on: &'static [&'static str],
}

/// One rule of the book.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its stable name.
    pub name: RuleName,
    /// How much it matters unless the plan says otherwise.
    pub severity: Severity,
    /// Its page: what it asks for, why, examples, how to mend it and when to allow it, as Markdown.
    pub page: &'static str,
    /// How it is found out where the rule is broken.
    pub found: Found,
    /// The fields that it judges by, where it does so by fewer than its group.
    pub rests_on: Option<&'static [&'static str]>,
    /// How far from what it reports the documents may be that it judges by.
    pub reach: Reach,
    /// What of a policy it enforces: its page tells who follows it.
    pub enforces: &'static [Setting],
}

/// How far from what a rule reports the documents may be that it judges by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// They belong to each other, or one speaks about the other.
    Near,
    /// They may be anywhere: the rule asks whether any document of the plan says something.
    Plan,
}

/// How it is found out where a rule is broken.
#[derive(Clone, Copy, Debug)]
pub enum Found {
    /// By looking for it in the whole plan.
    Checking(Check),
    /// While the plan is read.
    Reading,
    /// While the portal is built; a plan alone does not show it.
    Building,
}

/// Looks for the places where a rule is broken.
pub type Check = fn(&Context<'_>, &mut Findings);

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its dates, indexed once for all rules.
    pub schedule: &'p Schedule<'p>,
    /// What its histories and gates come to today, computed once for all rules.
    pub progress: &'p Progress<'p>,
    /// The day that counts as today.
    pub as_of: Day,
}

impl Rule {
    /// Returns a rule that `check` looks for.
    pub(super) const fn checked(
        name: &'static str,
        severity: Severity,
        page: &'static str,
        check: Check,
    ) -> Self {
        Self {
            name: RuleName(name),
            severity,
            page,
            found: Found::Checking(check),
            rests_on: None,
            reach: Reach::Near,
            enforces: &[],
        }
    }

    /// Returns the rule as one that judges by `fields`, and by where a train or a release stands, alone.
    pub(super) const fn resting_on(mut self, fields: &'static [&'static str]) -> Self {
        self.rests_on = Some(fields);
        self
    }

    /// Returns the rule as one that judges by what any document of the plan says.
    pub(super) const fn resting_on_plan(mut self) -> Self {
        self.reach = Reach::Plan;
        self
    }

    /// Returns the rule as one that enforces `settings` of policies.
    pub(super) const fn enforcing(mut self, settings: &'static [Setting]) -> Self {
        self.enforces = settings;
        self
    }

    /// Returns a rule whose faults are found while the plan is read.
    pub(super) const fn read(name: &'static str, severity: Severity, page: &'static str) -> Self {
        Self {
            name: RuleName(name),
            severity,
            page,
            found: Found::Reading,
            rests_on: None,
            reach: Reach::Near,
            enforces: &[],
        }
    }

    /// Returns a rule whose faults are found while the portal is built.
    pub(super) const fn built(name: &'static str, severity: Severity, page: &'static str) -> Self {
        Self {
            name: RuleName(name),
            severity,
            page,
            found: Found::Building,
            rests_on: None,
            reach: Reach::Near,
            enforces: &[],
        }
    }

    /// Returns the first sentence of its page: what it asks for.
    pub fn summary(&self) -> &'static str {
        let first = self
            .page
            .trim_start()
            .split("\n\n")
            .next()
            .unwrap_or_default();
        first.trim()
    }

    /// Returns the first sentence of its page, on one line.
    pub fn first_sentence(&self) -> String {
        let words: Vec<&str> = self.summary().split_whitespace().collect();
        let words = words.join(" ");
        words
            .split_once(". ")
            .map_or(words.clone(), |(first, _)| format!("{first}."))
    }

    /// Returns the examples on its page.
    pub fn examples(&self) -> Vec<Example<'static>> {
        let mut examples = Vec::new();
        let mut rest = self.page;
        while let Some((_, fenced)) = rest.split_once("```plan ") {
            let Some((info, fenced)) = fenced.split_once('\n') else {
                break;
            };
            let Some((files, after)) = fenced.split_once("\n```") else {
                break;
            };
            examples.push(Example::new(info, files));
            rest = after;
        }
        examples
    }
}

/// A plan on a rule's page, several files in one string, and what `check` says to it.
#[derive(Clone, Debug)]
pub struct Example<'a> {
    /// What is expected of it.
    pub expectation: Expectation,
    /// The day that counts as today, when it matters.
    pub as_of: Option<&'a str>,
    /// Its files: `-- path --` before each. A line of carets under a place marks a diagnostic; it is no part of the file.
    pub files: &'a str,
}

/// What is expected of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The rule has nothing to say.
    Passes,
    /// The rule reports what is marked.
    Fails,
}

impl<'a> Example<'a> {
    fn new(info: &'a str, files: &'a str) -> Self {
        let expectation = match info.split_whitespace().next() {
            Some("passes") => Expectation::Passes,
            _ => Expectation::Fails,
        };
        let as_of = info
            .split_whitespace()
            .find_map(|word| word.strip_prefix("as-of="));
        Self {
            expectation,
            as_of,
            files,
        }
    }
}

impl Context<'_> {
    /// Returns a finding of `rule` at the place of what the document `id` lacks.
    pub(super) fn lacking(
        &self,
        rule: &'static str,
        id: crate::plan::DocId,
        message: String,
    ) -> Finding {
        Finding::new(rule, self.plan.head(id), message)
    }
}
