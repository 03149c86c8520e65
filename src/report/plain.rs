//! Text that is safe to show: what an author wrote must neither drive the reader's terminal nor break a line.

use std::borrow::Cow;

/// Returns whether `c` would move the cursor, reorder what stands around it or end the line instead of showing.
fn acts(c: char) -> bool {
    let reorders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || reorders || matches!(c, '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns `text` on one line, with every acting character written as its escape: `\n`, `\u{1b}`.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if acts(c) {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Returns the character that stands for `c` in an excerpt, so that excerpts keep one character for each of the file's.
///
/// Tabs and line feeds stay, and so does the rest of ASCII, which the renderer draws as control pictures.
pub(super) fn pictured(c: char) -> char {
    if acts(c) && !c.is_ascii() {
        char::REPLACEMENT_CHARACTER
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::one_line;

    fn check(text: &str, expected: &str) {
        assert_eq!(one_line(text), expected);
    }

    #[test]
    fn acting_characters_become_escapes() {
        check("it's a “day” – ça, 日", "it's a “day” – ça, 日");
        check("a\r\n\tb", r"a\r\n\tb");
        check("\u{1b}[31m\u{9b}1m\u{7f}", r"\u{1b}[31m\u{9b}1m\u{7f}");
        check("\u{202e}x\u{2028}", r"\u{202e}x\u{2028}");
    }
}
