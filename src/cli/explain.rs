//! `trainboard explain`: the rule book on the terminal.

use std::io::{self, Write};

use super::Outcome;
use super::arguments::Explain;
use super::failure::Failure;
use super::screen::Screen;
use crate::rules::{self, GROUPS, Rule};
use crate::text::nearest;

/// Runs the command.
pub(super) fn run(command: &Explain, screen: &Screen) -> Result<Outcome, Failure> {
    let mut out = screen.out();
    match &command.rule {
        None => list(&mut out)?,
        Some(name) => {
            let nearest = || {
                nearest(name, rules::all().map(|rule| rule.name.0))
                    .first()
                    .copied()
            };
            let rule = rules::find(name).ok_or_else(|| Failure::NoRule {
                name: name.clone(),
                nearest: nearest(),
            })?;
            page(rule, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Lists every rule with its severity and what it asks for.
fn list(out: &mut dyn Write) -> io::Result<()> {
    for group in GROUPS {
        writeln!(out, "{}: {}", group.name, group.about)?;
        for rule in group.rules {
            writeln!(
                out,
                "  {:<34} {:<8} {}",
                rule.name.0,
                rule.severity.word(),
                rule.first_sentence()
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Prints a rule's page: Markdown reads well as it is.
fn page(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({})\n", rule.name, rule.severity.word())?;
    writeln!(out, "{}", rule.page.trim_end())
}
