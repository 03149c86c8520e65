//! What of the files a diagnostic's drawing shows: its places, gathered into excerpts.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use super::excerpt::Excerpt;
use crate::diagnostic::Finding;
use crate::report::plain::one_line;
use crate::text::{FileId, Source, Sources, Span};

/// Places that are at most this many lines apart share an excerpt.
const REACH: u32 = 30;

/// Neighbouring places of a diagnostic in one file, ready to draw.
pub(super) struct Scene<'a> {
    path: Cow<'a, str>,
    excerpt: Excerpt<'a>,
    marks: Vec<Mark<'a>>,
    /// The line and column of the first mark, as the file counts them.
    position: (u32, u32),
}

/// An underlined part of an excerpt.
struct Mark<'a> {
    kind: AnnotationKind,
    range: Range<usize>,
    label: Cow<'a, str>,
}

/// Neighbouring places of a diagnostic in one file, being gathered.
struct Cluster<'a> {
    file: FileId,
    source: &'a Source,
    first: u32,
    last: u32,
    places: Vec<(AnnotationKind, Span, &'a str)>,
}

impl<'a> Scene<'a> {
    /// Returns the scenes of `finding`, that of the place at fault first.
    pub(super) fn of(finding: &'a Finding, sources: &'a Sources) -> Vec<Self> {
        let mut clusters: Vec<Cluster<'a>> = Vec::new();
        let fault = (AnnotationKind::Primary, finding.at, finding.label.as_str());
        let others = finding.labels.iter();
        let others = others.map(|label| (AnnotationKind::Context, label.at, label.text.as_str()));
        for (kind, at, label) in std::iter::once(fault).chain(others) {
            let source = sources.get(at.file);
            let line = source.position(at.span.start).line;
            let place = (kind, at.span, label);
            match clusters
                .iter_mut()
                .find(|cluster| cluster.reaches(at.file, line))
            {
                Some(cluster) => cluster.add(line, place),
                None => clusters.push(Cluster {
                    file: at.file,
                    source,
                    first: line,
                    last: line,
                    places: vec![place],
                }),
            }
        }
        clusters.into_iter().map(Cluster::scene).collect()
    }

    /// Returns the scene as the renderer takes it.
    pub(super) fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let annotations = self.marks.iter().map(|mark| {
            let label = (!mark.label.is_empty()).then_some(mark.label.as_ref());
            mark.kind.span(mark.range.clone()).label(label)
        });
        Snippet::source(self.excerpt.text.as_str())
            .path(self.path.as_ref())
            .line_start(self.excerpt.first as usize)
            .annotations(annotations)
    }
}

impl<'a> Cluster<'a> {
    fn reaches(&self, file: FileId, line: u32) -> bool {
        let lines = self.first.saturating_sub(REACH)..=self.last.saturating_add(REACH);
        self.file == file && lines.contains(&line)
    }

    fn add(&mut self, line: u32, place: (AnnotationKind, Span, &'a str)) {
        self.first = self.first.min(line);
        self.last = self.last.max(line);
        self.places.push(place);
    }

    fn scene(mut self) -> Scene<'a> {
        // The renderer names the first mark of the first marked line, unless one is primary: sorted, that is the first.
        self.places
            .sort_by_key(|&(kind, span, _)| (kind != AnnotationKind::Primary, span.start));
        let spans: Vec<Span> = self.places.iter().map(|&(_, span, _)| span).collect();
        let excerpt = Excerpt::new(self.source, self.first..=self.last, &spans);
        let mark = |&(kind, span, label): &(AnnotationKind, Span, &'a str)| Mark {
            kind,
            range: excerpt.mark(span),
            label: one_line(label),
        };
        let marks = self.places.iter().map(mark).collect();
        let start = spans.first().map_or(0, |span| span.start);
        let position = self.source.position(start);
        Scene {
            path: one_line(&self.source.path),
            marks,
            position: (position.line, position.column),
            excerpt,
        }
    }
}

/// Returns `drawing` with the columns that the files count.
///
/// The renderer counts columns in the excerpt, which is wrong in a line whose start was cut off, and it takes no column
/// from outside.
pub(super) fn with_true_columns(drawing: String, scenes: &[Scene<'_>]) -> String {
    let mut corrected = String::new();
    let mut rest = drawing.as_str();
    for scene in scenes {
        let Some(mark) = scene.marks.first() else {
            continue;
        };
        let (line, column) = scene.excerpt.drawn_at(mark.range.start);
        let drawn = format!(" {}:{line}:{column}\n", scene.path);
        if let Some((before, after)) = rest.split_once(&drawn) {
            let (line, column) = scene.position;
            corrected.push_str(before);
            corrected.push_str(&format!(" {}:{line}:{column}\n", scene.path));
            rest = after;
        }
    }
    corrected.push_str(rest);
    corrected
}
