//! Many small files in one string, for tests and for the examples in the rule book.
//!
//! The shape is Go's txtar: each file follows a line `-- path --`; what stands before the first such line is a comment.

/// The files of an archive, borrowed from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive<'a> {
    /// The text before the first file.
    pub comment: &'a str,
    /// Each file's path and content, in the order in which they stand.
    pub files: Vec<(&'a str, &'a str)>,
}

/// Returns the files of `text`. Every text is an archive; one without a `-- path --` line is all comment.
pub fn parse(text: &str) -> Archive<'_> {
    let mut markers = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some(path) = marker(line) {
            markers.push((path, offset, offset + line.len()));
        }
        offset += line.len();
    }
    let ends = markers.iter().skip(1).map(|(_, start, _)| *start);
    Archive {
        comment: &text[..markers.first().map_or(text.len(), |(_, start, _)| *start)],
        files: markers
            .iter()
            .zip(ends.chain([text.len()]))
            .map(|((path, _, content), end)| (*path, &text[*content..end]))
            .collect(),
    }
}

/// Returns the path that the marker line `line` names.
fn marker(line: &str) -> Option<&str> {
    let path = line
        .trim_end()
        .strip_prefix("-- ")?
        .strip_suffix(" --")?
        .trim();
    (!path.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_follow_their_markers() {
        let archive =
            parse("why\n-- a.md --\n---\nid: a\n---\n--  --\n-- b/c d.md --\r\n-- e --\nlast");
        assert_eq!(archive.comment, "why\n");
        assert_eq!(
            archive.files,
            [
                ("a.md", "---\nid: a\n---\n--  --\n"),
                ("b/c d.md", ""),
                ("e", "last")
            ]
        );
        assert_eq!(parse("only words").comment, "only words");
    }
}
