//! A drawing for a terminal, in the manner of rustc: the fact, the lines that show it, the action and the change.
//!
//! Each diagnostic is drawn by itself, from excerpts of a few lines, so that the cost of one does not depend on the
//! size of its file. The renderer panics on a span past the end or inside a character, and passes some of the author's
//! text to the terminal as it is: the excerpts and [`one_line`] see to both.

mod excerpt;
mod fix;
mod scene;

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Level, Renderer};

use self::scene::Scene;
use super::plain::one_line;
use super::{Drawing, Format, Ink, Report, Strokes};
use crate::diagnostic::{Diagnostic, Severity};

/// The format's entry in the registry.
pub(super) const FORMAT: Format = Format {
    name: "human",
    about: "excerpts with the fault underlined, for people",
    write,
};

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let renderer = renderer(report.drawing);
    for diagnostic in report.diagnostics {
        writeln!(out, "{}\n", draw(diagnostic, report, &renderer))?;
    }
    writeln!(out, "{}", summary(report))?;
    if let Some(first) = report.diagnostics.first() {
        let rule = first.finding.rule;
        writeln!(
            out,
            "for what a rule means and how to meet it: trainboard explain {rule}"
        )?;
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
