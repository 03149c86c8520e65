//! Text as YAML: the other direction of reading.

/// Returns `text` as a scalar of YAML that means this text: plain where nobody can take it for anything else.
pub fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " -_./:,".contains(c);
    let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_plain)
        && !text.contains(": ")
        && !text.ends_with([':', ' ']);
    let is_trap = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .contains(&text.to_ascii_lowercase().as_str());
    match is_word && !is_trap {
        true => text.to_owned(),
        false => in_quotes(text),
    }
}

fn in_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if c.is_control() => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns `text` as an item of a list in brackets, or as a reference: as [`quoted`], but for commas; an id that begins with
/// a digit stays plain where it is no number.
pub fn quoted_inside(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:".contains(c);
    let is_id = text.starts_with(char::is_alphanumeric)
        && text.chars().all(is_plain)
        && text.chars().any(char::is_alphabetic)
        && text.contains(['-', '/'])
        && text.parse::<f64>().is_err()
        && !text.ends_with(':');
    match is_id || !text.contains(',') && quoted(text) == text {
        true => text.to_owned(),
        false => in_quotes(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{quoted, quoted_inside};

    #[test]
    fn values_are_quoted_where_they_could_be_taken_for_something_else() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), expected);
        check("ana", "ana");
        check("train:2026-q4", "train:2026-q4");
        check(
            "Approval of verification, train 2026-q4",
            "Approval of verification, train 2026-q4",
        );
        check("2026-q4", "\"2026-q4\"");
        check("No", "\"No\"");
        check("a: b", "\"a: b\"");
        check("say \"x\"\nto\u{1b}", "\"say \\\"x\\\"\\nto\\x1b\"");
        check("", "\"\"");
    }

    #[test]
    fn ids_stand_plain_and_commas_never() {
        let check = |text: &str, expected: &str| assert_eq!(quoted_inside(text), expected);
        check("2026-q4", "2026-q4");
        check("team:ops", "team:ops");
        check("1e-5", "\"1e-5\"");
        check("7", "\"7\"");
        check("a, b", "\"a, b\"");
        check("no", "\"no\"");
    }
}
