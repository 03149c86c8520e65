//! What open pages and the terminal are told of a plan's diagnostics.

use crate::cli::plan::Judged;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::{Drawing, FORMATS, Ink, Report, Strokes};
use crate::serve::Notice;

/// So many diagnostics are drawn for a browser; the terminal has room for all.
const MOST: usize = 20;

/// How a report is drawn that a browser shows.
pub(super) const PLAIN: Drawing = Drawing {
    ink: Ink::Plain,
    strokes: Strokes::Unicode,
    width: 100,
};

/// Returns what open pages are told of the errors and warnings among `diagnostics`, those of `judged`; none when there
/// are none.
pub(super) fn of(judged: &Judged, diagnostics: &[Diagnostic]) -> Option<Notice> {
    let of = |severity: Severity| {
        let all = diagnostics.iter();
        all.filter(move |diagnostic| diagnostic.severity == severity)
    };
    let worst: Vec<Diagnostic> = of(Severity::Error)
        .chain(of(Severity::Warning))
        .take(MOST)
        .cloned()
        .collect();
    if worst.is_empty() {
        return None;
    }
    let (errors, warnings) = (of(Severity::Error).count(), of(Severity::Warning).count());
    let counted = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let title: Vec<String> = [counted(errors, "error"), counted(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    let mut text = text(judged, PLAIN, &worst);
    let rest = (errors + warnings).saturating_sub(worst.len());
    if rest > 0 {
        text = format!(
            "the first {MOST} of {} are shown here\n\n{text}",
            rest + MOST
        );
    }
    Some(Notice {
        title: title.join(", "),
        is_grave: errors > 0,
        text,
    })
}

/// Returns `diagnostics` of `judged` as the human report has them.
pub(super) fn text(judged: &Judged, drawing: Drawing, diagnostics: &[Diagnostic]) -> String {
    let report = Report {
        diagnostics,
        sources: &judged.plan.sources,
        documents: judged.plan.file_count(),
        as_of: judged.publication.as_of.0,
        folder: &judged.folder,
        drawing,
    };
    let mut text = Vec::new();
    // Writing to memory does not fail.
    _ = (FORMATS[0].write)(&report, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
