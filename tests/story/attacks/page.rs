//! What a browser's tokenizer finds in a page that no plan may put there.

use std::cell::RefCell;

use super::*;

/// Elements that no page has. Scripts and icons of the theme's own are told by their address.
const FOREIGN: &[&str] = &[
    "iframe", "object", "embed", "base", "form", "style", "frame", "applet", "video", "audio",
];

/// Characters that turn the direction of the words after them.
const TURNING: [char; 5] = ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}'];

pub(super) fn faults(html: &str) -> Vec<String> {
    let reader = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = reader.feed(&input);
    reader.end();
    let mut found = reader.sink.0.into_inner();
    if html.contains(TURNING) {
        found.push("turns the direction of what follows".to_owned());
    }
    if html.contains(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\t' | '\r')) {
        found.push("holds a control character".to_owned());
    }
    found
}

#[derive(Default)]
struct Reader(RefCell<Vec<String>>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.0.borrow_mut().extend(of_tag(&tag));
            }
            Token::CommentToken(text) => self.0.borrow_mut().push(format!("<!--{text}-->")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn of_tag(tag: &Tag) -> Vec<String> {
    let name = tag.name.to_string();
    let attribute = |key: &str| {
        let found = tag.attrs.iter().find(|of| *of.name.local == *key);
        found.map(|of| of.value.to_string())
    };
    let is_own = |address: Option<String>| {
        address.is_some_and(|to| to.contains("assets/") && is_relative(&to))
    };
    let mut found = Vec::new();
    let is_foreign = match name.as_str() {
        "script" => !is_own(attribute("src")),
        "link" => attribute("rel").as_deref() == Some("stylesheet") && !is_own(attribute("href")),
        "meta" => attribute("http-equiv").is_some_and(|to| {
            let is_policy = to == "Content-Security-Policy";
            let is_redirect =
                to == "refresh" && attribute("content").is_some_and(|to| !to.contains("script:"));
            !is_policy && !is_redirect
        }),
        other => FOREIGN.contains(&other),
    };
    if is_foreign {
        found.push(format!("<{name}>"));
    }
    for of in &tag.attrs {
        let (key, value) = (of.name.local.to_string(), of.value.to_string());
        let is_bad = match key.as_str() {
            "href" | "xlink:href" | "action" | "formaction" | "cite" => !is_harmless(&value),
            "src" | "srcset" | "poster" | "background" => !is_relative(&value),
            "style" | "srcdoc" | "ping" => true,
            other => other.starts_with("on"),
        };
        if is_bad {
            found.push(format!("<{name} {key}={value:?}>"));
        }
    }
    found
}

/// Returns `address` as a browser reads it: without what it leaves out.
fn seen(address: &str) -> String {
    let kept = address
        .chars()
        .filter(|it| !matches!(it, '\t' | '\n' | '\r'));
    kept.collect::<String>()
        .trim_start_matches(|it: char| it <= ' ')
        .to_lowercase()
}

fn is_relative(address: &str) -> bool {
    let seen = seen(address);
    let colon = seen.find(':').unwrap_or(usize::MAX);
    let path = seen.find(['/', '?', '#']).unwrap_or(usize::MAX);
    !seen.starts_with("//") && (colon == usize::MAX || path < colon)
}

fn is_harmless(address: &str) -> bool {
    let allowed = ["http://", "https://", "mailto:", "tel:"];
    is_relative(address)
        || allowed
            .iter()
            .any(|scheme| seen(address).starts_with(scheme))
}
