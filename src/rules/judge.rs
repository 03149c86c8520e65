//! Findings → diagnostics: every rule is run, excused findings are dropped, and the rest get their severity.

mod excuses;

use rayon::prelude::*;

use super::book::{Check, Context, Found, Rule};
use crate::diagnostic::{Diagnostic, Finding, Findings, Level, RuleName, Severity};
use crate::lifecycle::Progress;
use crate::plan::Plan;
use crate::schedule::Schedule;
use crate::text::{Location, nearest};
use crate::time::Day;

/// Returns every diagnostic of `plan` as of the day `as_of`, sorted by file, place and rule.
///
/// `met` is what was found while the plan was read. The order does not depend on the number of threads.
pub fn judge(plan: &Plan, met: Findings, as_of: Day) -> Vec<Diagnostic> {
    let schedule = Schedule::new(plan);
    let progress = Progress::new(plan, as_of);
    judge_standing((&schedule, &progress), met)
}

/// Returns what [`judge`] does, of a plan whose times and gates were worked out already.
pub fn judge_standing(
    (schedule, progress): (&Schedule<'_>, &Progress<'_>),
    met: Findings,
) -> Vec<Diagnostic> {
    let (plan, as_of) = (schedule.plan(), progress.day());
    let context = Context {
        plan,
        schedule,
        progress,
        as_of,
    };
    let checks: Vec<_> = super::all().filter_map(check_of).collect();
    let run = |check: &Check| {
        let mut findings = Findings::new();
        check(&context, &mut findings);
        findings
    };
    let found: Vec<Findings> = checks.par_iter().map(run).collect();
    let mut findings = met;
    let read = findings.len();
    findings.extend(found.into_iter().flatten());
    super::doubt::drop_resting(plan, &mut findings, read);
    let levels = Levels::of(plan, &mut findings);
    let kept = excuses::apply(plan, findings);
    let mut diagnostics: Vec<_> = kept
        .into_iter()
        .filter_map(|finding| levels.diagnose(finding))
        .collect();
    sort(&mut diagnostics, plan);
    diagnostics
}

fn check_of(rule: &Rule) -> Option<Check> {
    match rule.found {
        Found::Checking(check) => Some(check),
        Found::Reading | Found::Building => None,
    }
}

/// Sorts diagnostics by file, line, column and rule, and then by message, so that equal places keep one order.
fn sort(diagnostics: &mut [Diagnostic], plan: &Plan) {
    let path = |at: Location| plan.sources.get(at.file).path.as_str();
    diagnostics.sort_by(|a, b| {
        let key =
            |diagnostic: &'_ Diagnostic| (diagnostic.finding.at.span, diagnostic.finding.rule);
        let (first, second) = (&a.finding, &b.finding);
        path(first.at)
            .cmp(path(second.at))
            .then(key(a).cmp(&key(b)))
            .then_with(|| first.message.cmp(&second.message))
    });
}

/// What `rules:` in `trainboard.yaml` sets.
struct Levels(Vec<(RuleName, Level)>);

impl Levels {
    /// Returns the levels that `plan` sets; names and words that do not exist are reported.
    fn of(plan: &Plan, findings: &mut Findings) -> Self {
        let file = plan.config_file.unwrap_or_default();
        let mut levels = Vec::new();
        for (name, word) in plan.config.rules.iter() {
            let Some(rule) = super::find(name) else {
                findings.push(unknown_rule(name, Location::new(file, name.span)));
                continue;
            };
            match level(word) {
                Some(level) => levels.push((rule.name, level)),
                None => {
                    let message = format!(
                        "`{}` is none of `error`, `warning`, `info`, `ignore`",
                        &**word
                    );
                    findings.push(Finding::new(
                        "document/wrong-type",
                        Location::new(file, word.span),
                        message,
                    ));
                }
            }
        }
        Self(levels)
    }

    /// Returns the diagnostic that `finding` becomes, or none when its rule is ignored.
    fn diagnose(&self, finding: Finding) -> Option<Diagnostic> {
        let set = self
            .0
            .iter()
            .find(|(name, _)| *name == finding.rule)
            .map(|(_, level)| *level);
        let default = || {
            Level::Report(super::find(finding.rule.0).map_or(Severity::Error, |rule| rule.severity))
        };
        match set.unwrap_or_else(default) {
            Level::Report(severity) => Some(Diagnostic { severity, finding }),
            Level::Ignore => None,
        }
    }
}

fn level(word: &str) -> Option<Level> {
    Some(match word {
        "error" => Level::Report(Severity::Error),
        "warning" => Level::Report(Severity::Warning),
        "info" => Level::Report(Severity::Info),
        "ignore" => Level::Ignore,
        _ => return None,
    })
}

fn unknown_rule(name: &str, at: Location) -> Finding {
    let finding = Finding::new(
        "document/unknown-rule",
        at,
        format!("there is no rule `{name}`"),
    );
    match nearest(name, super::all().map(|rule| rule.name.0)).as_slice() {
        [] => finding.hint("`trainboard explain` lists the rules"),
        [best, ..] => finding.hint(format!("did you mean `{best}`?")),
    }
}
