//! Applying safe changes: comments, order and layout stay as they are everywhere else.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit};
use crate::text::{FileId, Sources};

/// Returns the new text of every file that the fixes of `diagnostics` change.
///
/// A fix is applied whole or not at all. Where two overlap, the first one counts: once it is applied, the next run may
/// offer the other again.
pub fn fixed(diagnostics: &[Diagnostic], sources: &Sources) -> BTreeMap<FileId, String> {
    let mut chosen: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for fix in diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.finding.fix.as_ref())
    {
        let is_free = |edit: &Edit| {
            chosen
                .get(&edit.at.file)
                .is_none_or(|taken| taken.iter().all(|other| !meet(edit, other)))
        };
        if fix.edits.iter().all(is_free) {
            fix.edits
                .iter()
                .for_each(|edit| chosen.entry(edit.at.file).or_default().push(edit));
        }
    }
    let texts = chosen
        .into_iter()
        .map(|(file, edits)| (file, apply(&sources.get(file).text, edits)));
    texts.collect()
}

/// Returns whether two edits of one file touch the same bytes, or the same place between two bytes.
fn meet(one: &Edit, other: &Edit) -> bool {
    let (a, b) = (one.at.span, other.at.span);
    a == b || (a.start < b.end && b.start < a.end)
}

fn apply(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.at.span);
    let (mut changed, mut done) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        let range = edit.at.span.range();
        changed.push_str(text.get(done..range.start).unwrap_or_default());
        changed.push_str(&edit.replacement);
        done = range.end;
    }
    changed.push_str(text.get(done..).unwrap_or_default());
    changed
}

#[cfg(test)]
mod tests {
    use super::fixed;
    use crate::diagnostic::{Diagnostic, Finding, Severity};
    use crate::text::{FileId, Location, Source, Sources, Span};

    /// Checks what `text` becomes when each range is replaced.
    fn check(text: &str, fixes: &[(std::ops::Range<usize>, &str)], expected: &str) {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("a.md", text));
        let diagnostic = |(range, replacement): &(std::ops::Range<usize>, &str)| {
            let span = Span::new(range.clone());
            let finding = Finding::new("document/wrong-type", Location::new(file, span), "wrong");
            Diagnostic {
                severity: Severity::Error,
                finding: finding.fix("mend it", span, *replacement),
            }
        };
        let diagnostics: Vec<_> = fixes.iter().map(diagnostic).collect();
        let found = fixed(&diagnostics, &sources)
            .remove(&FileId(0))
            .unwrap_or_else(|| text.to_owned());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn only_the_bytes_of_a_fix_change() {
        check(
            "a: 1.10 # keep\r\nb: yes\r\n",
            &[(3..7, "\"1.10\""), (19..22, "true")],
            "a: \"1.10\" # keep\r\nb: true\r\n",
        );
        check("a: yes", &[], "a: yes");
        check("a: yes", &[(3..6, "true"), (3..6, "false")], "a: true");
        check("a: yes", &[(6..6, " # x"), (3..6, "true")], "a: true # x");
    }
}
