//! `window/starved`: something can be deployed in a window.

use crate::diagnostic::{Finding, Findings, Severity};
use crate::plan::kinds::window::Window;
use crate::rules::book::{Context, Rule};
use crate::schedule::Starved;

pub(super) const RULE: Rule =
    Rule::checked(NAME, Severity::Warning, include_str!("starved.md"), check);

const NAME: &str = "window/starved";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let (plan, now) = (context.plan, context.now());
    for window in plan.all::<Window>() {
        let Some(starved) = context.schedule.starved(window, now) else {
            continue;
        };
        let (name, fields) = (context.name(window.id), window.fields);
        let repeats = fields.repeats.as_ref().map(|repeats| repeats.span);
        let starts = fields.starts.as_ref().map(|starts| starts.span);
        let (span, message, hint) = match &starved {
            Starved::Never => (
                repeats.or(starts),
                format!("{name} never opens"),
                "correct how it repeats, or the day after which it opens no more",
            ),
            Starved::CutOff => (
                fields.cutoff.as_ref().map(|cutoff| cutoff.span),
                format!("{name} takes nothing new from its very beginning"),
                "shorten the cutoff: it is as long as the window",
            ),
            Starved::Frozen(_) => (
                repeats.or(starts),
                format!("{name} opens only in hard freezes for a year"),
                "move the window, or remove it",
            ),
        };
        let at = span.map_or(plan.head(window.id), |span| plan.locate(window.id, span));
        let mut finding = Finding::new(NAME, at, message);
        if let Starved::Frozen(freezes) = &starved {
            for freeze in freezes {
                finding = finding.also(plan.head(freeze.id), context.name(freeze.id));
            }
        }
        findings.push(finding.hint(hint));
    }
}
