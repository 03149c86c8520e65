//! What authors wrote, in a comment on a forge: it means only itself.
//!
//! It comes from whoever opened a pull request, so it is no markup, no link, no mention of anybody and no reference to
//! anything. A forge looks for names and numbers in what Markdown has become: an entity alone does not hide them from it.

use super::super::plain::one_line;

/// Nothing that is seen: it parts what a forge would otherwise take for a mention, a reference or an address.
const NOTHING: &str = "&#8203;";

/// The longest that one line may be, in characters: what is longer is cut.
const LONGEST: usize = 600;

/// Returns `text` on one line of Markdown that means only itself.
pub(super) fn literal(text: &str) -> String {
    escaped(&cut(text), |c| match c {
        '\\' | '*' | '_' | '[' | ']' | '|' | '`' | '(' | ')' => Some(format!("\\{c}")),
        _ => None,
    })
}

/// Returns a sentence of our own on one line of Markdown: what stands between backticks is code, the rest means only
/// itself.
pub(super) fn sentence(text: &str) -> String {
    let text = cut(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        // One that has no other is no code.
        return literal(&text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => literal(part),
        _ => format!("`{part}`"),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Returns `text` on one line of HTML that means only itself.
pub(super) fn html(text: &str) -> String {
    escaped(&cut(text), |c| (c == '"').then(|| "&quot;".to_owned()))
}

/// Returns `text` on one line that is not too long.
fn cut(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}

/// Returns `line` with the characters that act in Markdown or HTML written as `escape` has them.
fn escaped(line: &str, escape: impl Fn(char) -> Option<String>) -> String {
    let mut escaped = String::with_capacity(line.len() + 16);
    for (at, c) in line.char_indices() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            '~' => escaped.push_str("&#126;"),
            _ => match escape(c) {
                Some(other) => escaped.push_str(&other),
                None => escaped.push(c),
            },
        }
        if links(&line[..at], c, &line[at + c.len_utf8()..]) {
            escaped.push_str(NOTHING);
        }
    }
    escaped
}

/// Returns whether a forge would make a link, a mention or a reference of `c` between `before` and `after`.
fn links(before: &str, c: char, after: &str) -> bool {
    let is_followed = after
        .chars()
        .next()
        .is_some_and(|next| !next.is_whitespace());
    let follows = |word: &str| {
        let start = before.len().checked_sub(word.len());
        let end = start.and_then(|start| before.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    match c {
        '@' | '#' | '!' | '$' | '%' | '~' | '&' => is_followed,
        ':' => after.starts_with("//") || follows("mailto"),
        '.' => is_followed && follows("www"),
        '-' => is_followed && follows("gh"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{html, literal, sentence};

    #[test]
    fn what_authors_wrote_means_only_itself() {
        let check = |text: &str, expected: &str| assert_eq!(literal(text), expected);
        check("@ana and #12", "&#64;&#8203;ana and &#35;&#8203;12");
        check(
            "[x](https://evil.example)|",
            "\\[x\\]\\(https:&#8203;//evil.example\\)\\|",
        );
        check("<b>`x`</b>", "&lt;b&gt;\\`x\\`&lt;/b&gt;");
        check("www.evil.example", "www.&#8203;evil.example");
        check("GH-12 !3", "GH-&#8203;12 !&#8203;3");
        check("a\nb \u{202e}", "a\\\\nb \\\\u{202e}");
        check("moves: Sat 12 → Sat 19", "moves: Sat 12 → Sat 19");
        assert_eq!(
            sentence("*write* `fp1:<a>` (now)"),
            "\\*write\\* `fp1:<a>` \\(now\\)"
        );
        assert_eq!(sentence("a ` b"), "a \\` b");
        assert_eq!(
            html("</summary>*x* \"@bob\""),
            "&lt;/summary&gt;*x* &quot;&#64;&#8203;bob&quot;"
        );
    }
}
