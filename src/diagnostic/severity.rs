//! How much a diagnostic matters.

use schemars::JsonSchema;
use serde::Serialize;

/// How much a diagnostic matters. The order is from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The plan does not hold together: `check` and `build` fail.
    Error,
    /// Probably a mistake: fails only with `--deny-warnings`.
    Warning,
    /// Worth knowing: never fails.
    Info,
}

impl Severity {
    /// Returns the word that the configuration, the reports and the JSON use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What `rules:` in `trainboard.yaml` can set a rule to: a severity, or silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Report the rule's findings at this severity.
    Report(Severity),
    /// Do not report the rule's findings.
    Ignore,
}
