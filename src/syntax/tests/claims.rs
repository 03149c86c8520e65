//! What holds for every text that is read as a document. The fuzz targets hold their input to it, too.

use super::{FileId, Findings, Mapping, Node, Span, Value, parse, parse_yaml};

fn spans_are_sound(text: &str, base: Span, node: &Node<'_>) {
    let inside = base.start <= node.span.start && node.span.end <= base.end;
    assert!(
        inside && text.get(node.span.range()).is_some(),
        "{:?} in {base:?}",
        node.span
    );
    match &node.value {
        Value::List(items) => items
            .iter()
            .for_each(|item| spans_are_sound(text, base, item)),
        Value::Mapping(inner) => mapping_is_sound(text, base, inner),
        Value::Null | Value::Scalar(_) | Value::Unreadable => {}
    }
}

fn mapping_is_sound(text: &str, base: Span, mapping: &Mapping<'_>) {
    for entry in &mapping.entries {
        assert!(
            text.get(entry.key.span.range()).is_some(),
            "{:?}",
            entry.key.span
        );
        spans_are_sound(text, base, &entry.value);
    }
}

/// Checks that every span of what is read, and of every fault, lies inside `text`.
pub(crate) fn everything_is_sound(text: &str) {
    let mut findings = Findings::new();
    let parsed = parse(FileId(0), text, &mut findings);
    if let Some(root) = &parsed.frontmatter {
        mapping_is_sound(text, root.span, &root.value);
        assert!(root.span.end <= parsed.body.start);
    } else {
        assert!(!findings.is_empty());
    }
    assert!(text.get(parsed.body.range()).is_some());
    let whole = Span::new(0..text.len());
    if let Some(root) = parse_yaml(FileId(0), text, &mut findings) {
        mapping_is_sound(text, whole, &root.value);
    }
    for finding in &findings {
        let fixes = finding
            .fix
            .iter()
            .flat_map(|fix| &fix.edits)
            .map(|edit| edit.at);
        let labels = finding.labels.iter().map(|label| label.at);
        for at in fixes.chain(labels).chain([finding.at]) {
            assert!(
                text.get(at.span.range()).is_some(),
                "{at:?} of {}",
                finding.message
            );
        }
        assert!(!finding.message.is_empty() && finding.hint.is_some());
    }
}
