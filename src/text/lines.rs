//! Lines and columns: how people, forges and editors name a place.

/// A place as a person reads it. Lines and columns are 1-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
    /// Column in UTF-16 code units, from 1: what editors count by default.
    pub utf16: u32,
}

/// The offset at which each line of one text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Returns the index of `text`. A line ends with `\n`; a `\r` before it is the line's last column.
    pub fn new(text: &str) -> Self {
        let after_newline = text
            .bytes()
            .enumerate()
            .filter(|&(_, byte)| byte == b'\n')
            .map(|(at, _)| clamp(at + 1));
        Self {
            starts: std::iter::once(0).chain(after_newline).collect(),
        }
    }

    /// Returns how many lines the text has; the empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the position of the byte at `offset` in `text`, the text that the index was made of.
    ///
    /// An offset past the end is taken as the end, one inside a character as the start of that character.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = text.floor_char_boundary(offset as usize);
        let line = self
            .starts
            .partition_point(|&start| start as usize <= offset)
            .max(1);
        let before = &text[self.starts[line - 1] as usize..offset];
        Position {
            line: clamp(line),
            column: clamp(before.chars().count() + 1),
            utf16: clamp(before.encode_utf16().count() + 1),
        }
    }

    /// Returns the offset in `text` at which the 1-based `line` starts, in bytes; past the last line, the text's end.
    pub fn start_of(&self, text: &str, line: u32) -> usize {
        let at = (line as usize).saturating_sub(1);
        self.starts
            .get(at)
            .map_or(text.len(), |&start| start as usize)
    }
}

fn clamp(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    fn check(text: &str, offset: u32, expected: (u32, u32, u32)) {
        let position = LineIndex::new(text).position(text, offset);
        assert_eq!(
            (position.line, position.column, position.utf16),
            expected,
            "{text:?} at {offset}"
        );
    }

    #[test]
    fn positions_count_lines_characters_and_utf16_units() {
        check("", 0, (1, 1, 1));
        check("ab\ncd", 0, (1, 1, 1));
        check("ab\ncd", 2, (1, 3, 3));
        check("ab\ncd", 3, (2, 1, 1));
        check("ab\ncd", 99, (2, 3, 3));
        check("é😀x", 2, (1, 2, 2));
        check("é😀x", 6, (1, 3, 4));
        check("é😀x", 4, (1, 2, 2));
        check("a\r\nb", 3, (2, 1, 1));
    }
}
