//! A drawing for a terminal, in the manner of rustc: the fact, the lines that show it, the action and the change.
//!
//! Each diagnostic is drawn by itself, from excerpts of a few lines, so that the cost of one does not depend on the
//! size of its file. The renderer panics on a span past the end or inside a character, and passes some of the author's
//! text to the terminal as it is: the excerpts and [`one_line`] see to both.

mod excerpt;
mod fix;
mod scene;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Level, Renderer};

use self::scene::Scene;
use super::plain::one_line;
use super::{Drawing, Format, Ink, Report, Strokes};
use crate::diagnostic::{Diagnostic, RuleName, Severity};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "human",
    about: "excerpts with the fault underlined, for people",
    write,
};

/// From how many diagnostics on the summary says which rules they are of.
const MANY: usize = 20;

/// How many rules it names.
const FREQUENT: usize = 5;

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = renderer(report.drawing);
    for diagnostic in report.diagnostics {
        writeln!(out, "{}\n", draw(diagnostic, report, &renderer))?;
    }
    writeln!(out, "{}", summary(report))?;
    write_frequent(report, out)?;
    let mendable = report
        .diagnostics
        .iter()
        .filter(|it| it.finding.fix.is_some());
    match mendable.count() {
        0 => {}
        1 => writeln!(out, "1 can be mended safely: trainboard check --fix")?,
        count => writeln!(out, "{count} can be mended safely: trainboard check --fix")?,
    }
    // The worst is what the reader has to understand first.
    if let Some(worst) = report.diagnostics.iter().min_by_key(|it| it.severity) {
        let rule = worst.finding.rule;
        writeln!(
            out,
            "for what a rule means and how to meet it: trainboard explain {rule}"
        )?;
    }
    Ok(())
}

/// Writes how often each of the most frequent rules was broken, where there is more to see than fits on a screen.
fn write_frequent(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.diagnostics.len() < MANY {
        return Ok(());
    }
    let mut counts: BTreeMap<RuleName, usize> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        *counts.entry(diagnostic.finding.rule).or_default() += 1;
    }
    let mut counts: Vec<(RuleName, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    let rest: usize = counts.iter().skip(FREQUENT).map(|&(_, count)| count).sum();
    for (rule, count) in counts.iter().take(FREQUENT) {
        writeln!(out, "{count:>6} {rule}")?;
    }
    if rest > 0 {
        writeln!(out, "{rest:>6} of other rules")?;
    }
    Ok(())
}

fn renderer(drawing: Drawing) -> Renderer {
    let renderer = match drawing.ink {
        Ink::Plain => Renderer::plain(),
        Ink::Colour => Renderer::styled(),
    };
    renderer
        .decor_style(match drawing.strokes {
            Strokes::Ascii => DecorStyle::Ascii,
            Strokes::Unicode => DecorStyle::Unicode,
        })
        .term_width(drawing.width)
}

fn draw(diagnostic: &Diagnostic, report: &Report<'_>, renderer: &Renderer) -> String {
    let finding = &diagnostic.finding;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let scenes = Scene::of(finding, report.sources);
    let mut fault = level
        .primary_title(one_line(&finding.message))
        .id(finding.rule.0)
        .elements(scenes.iter().map(Scene::snippet));
    if let Some(hint) = &finding.hint {
        fault = fault.element(Level::HELP.message(one_line(hint)));
    }
    let mut groups = vec![fault];
    groups.extend(
        finding
            .fix
            .as_ref()
            .map(|fix| fix::draw(fix, report.sources)),
    );
    scene::with_true_columns(renderer.render(&groups), &scenes)
}

/// Returns the line that sums the report up: `checked 61 documents as of 2026-11-21: 1 error, 2 warnings`.
fn summary(report: &Report<'_>) -> String {
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|severity| (report.count(severity), severity.word()))
        .filter(|&(count, _)| count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let outcome = if counts.is_empty() {
        "all well".to_owned()
    } else {
        counts.join(", ")
    };
    let documents = counted(report.documents, "document");
    format!("checked {documents} as of {}: {outcome}", report.as_of)
}

fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests;
