//! Content lines: names and values as RFC 5545 writes them (sections 3.1 and 3.3.11).
//!
//! The lines are our own and not those of the `icalendar` crate, whose writer keeps no lines: here an event is written
//! once and put into each calendar that has it. Tests read the result back with that crate.

/// How many octets a line has at most, without its end.
const LONGEST: usize = 75;

/// Content lines, each ended and folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a line. `name` is a name with its parameters; `value` stands as it is, without control characters.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let mut line = String::with_capacity(name.len() + value.len() + 1);
        line.push_str(name);
        line.push(':');
        line.extend(value.chars().filter(|letter| !letter.is_control()));
        self.fold(&line);
    }

    /// Adds a line whose value is text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, &escaped(text));
    }

    /// Adds lines that are written already.
    pub(super) fn lines(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// Returns the lines.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Adds `line`, broken between characters where it is too long; each part after the first begins with a space.
    fn fold(&mut self, line: &str) {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Returns `text` with what separates values escaped, and every kind of line break as the one that a value can hold.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            '\t' => value.push(' '),
            letter => value.push(letter),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::Lines;

    fn check(name: &str, text: &str, expected: &str) {
        let mut lines = Lines::default();
        lines.text(name, text);
        assert_eq!(lines.into_string(), expected);
    }

    #[test]
    fn text_is_escaped_and_nothing_breaks_out_of_its_line() {
        check(
            "SUMMARY",
            "a;b,c\\d:\"e\"",
            "SUMMARY:a\\;b\\,c\\\\d:\"e\"\r\n",
        );
        check(
            "SUMMARY",
            "x\r\nBEGIN:VEVENT\rEND:VEVENT\u{2028}y\u{0}\u{7}\u{b}z",
            "SUMMARY:x\\nBEGIN:VEVENT\\nEND:VEVENT\\nyz\r\n",
        );
    }

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        let full = "x".repeat(75 - "SUMMARY:".len());
        check("SUMMARY", &full, &format!("SUMMARY:{full}\r\n"));
        check(
            "SUMMARY",
            &format!("{full}y"),
            &format!("SUMMARY:{full}\r\n y\r\n"),
        );
        // A train takes four octets, of which only three are left.
        let near = "x".repeat(75 - "SUMMARY:".len() - 3);
        check(
            "SUMMARY",
            &format!("{near}🚆🚆"),
            &format!("SUMMARY:{near}\r\n 🚆🚆\r\n"),
        );
        let long = "é".repeat(60);
        check(
            "SUMMARY",
            &long,
            &format!("SUMMARY:{}\r\n {}\r\n", "é".repeat(33), "é".repeat(27)),
        );
    }
}
