//! The default theme's style sheets and scripts as they are published: without what is there for those who read the
//! source. A theme's own files are published as they are.

/// Returns the text of the asset at `path` without lines that hold nothing but a comment, and without indentation.
///
/// Nothing else is touched, so that no parser is needed: a comment of a style sheet begins and ends a line, and one of
/// a script stands on lines of its own. A test holds the theme to it.
pub(super) fn lean(path: &str, text: &str) -> String {
    let comment = match path.rsplit_once('.') {
        Some((_, "css")) => ("/*", Some("*/")),
        Some((_, "js")) => ("//", None),
        _ => return text.to_owned(),
    };
    let mut lean = String::with_capacity(text.len());
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        let begins = !is_inside && line.starts_with(comment.0);
        let is_comment = is_inside || begins;
        is_inside = is_comment && comment.1.is_some_and(|end| !line.ends_with(end));
        if !is_comment && !line.is_empty() {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn what_is_for_readers_of_the_source_is_left_out() {
        for (path, text, expected) in [
            (
                "a.css",
                "/* One */\na {\n  b: c\n}\n\n/* Two\n   lines */\nd { e: f }\n",
                "a {\nb: c\n}\nd { e: f }\n",
            ),
            (
                "a.js",
                "// One\nfunction a() {\n  // Two\n  return \"//\"; /* three */\n}\n",
                "function a() {\nreturn \"//\"; /* three */\n}\n",
            ),
            ("a.svg", " <svg>\n", " <svg>\n"),
        ] {
            assert_eq!(lean(path, text), expected, "{path}");
        }
    }
}
