//! A fix as a patch: the lines as they would read.

use annotate_snippets::{Group, Level, Patch, Snippet};

use super::excerpt::Excerpt;
use crate::diagnostic::{Edit, Fix};
use crate::report::plain::{one_line, pictured};
use crate::text::{Source, Sources, Span};

/// A patch that shows or writes more lines than this in one file says more as a title.
const LINES: usize = 20;

/// Returns the group that shows `fix`: its title, and its patches where they are small enough to read.
pub(super) fn draw<'a>(fix: &'a Fix, sources: &'a Sources) -> Group<'a> {
    let title = Level::HELP.secondary_title(one_line(&fix.title));
    let patches: Option<Vec<_>> = fix
        .by_file()
        .into_iter()
        .map(|(file, edits)| patch(sources.get(file), edits))
        .collect();
    Group::with_title(title).elements(patches.unwrap_or_default())
}

/// Returns how `edits` change `source`, or none where the renderer could not show it well.
fn patch<'a>(source: &'a Source, mut edits: Vec<&'a Edit>) -> Option<Snippet<'a, Patch<'a>>> {
    edits.sort_by_key(|edit| edit.at.span);
    let disjoint = edits
        .windows(2)
        .all(|pair| pair[0].at.span.end <= pair[1].at.span.start);
    let spans: Vec<Span> = edits.iter().map(|edit| edit.at.span).collect();
    let first = source.position(spans.first()?.start).line;
    let last = source.position(spans.last()?.end).line;
    let written: usize = edits
        .iter()
        .map(|edit| edit.replacement.lines().count())
        .sum();
    if !disjoint || (last - first) as usize + written > LINES {
        return None;
    }
    let excerpt = Excerpt::new(source, first..=last, &spans);
    if !excerpt.is_whole() {
        return None;
    }
    let patches = edits.iter().map(|edit| {
        let span = edit.at.span;
        let replacement: String = edit.replacement.chars().map(pictured).collect();
        Patch::new(
            excerpt.offset(span.start)..excerpt.offset(span.end),
            replacement,
        )
    });
    let patches: Vec<Patch<'_>> = patches.collect();
    let snippet = Snippet::source(excerpt.text)
        .path(one_line(&source.path))
        .line_start(first as usize)
        .patches(patches);
    Some(snippet)
}
