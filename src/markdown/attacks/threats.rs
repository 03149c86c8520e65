//! What a browser finds in HTML that must not be there. The fuzz targets hold their input to it, too, so it knows nothing
//! of this crate.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// The elements that a rendered body or field may have.
const ELEMENTS: &str = " a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption \
    figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup \
    table tbody td tfoot th thead time tr u ul ";

/// The attributes that they may have.
const ATTRIBUTES: &str = " alt aria-label class colspan data-verbatim datetime dir height href id lang loading open \
    rel role rowspan scope src start tabindex title width ";

/// Returns what a browser would find in `html` that must not be there, tags without their counterparts included: they
/// would begin or end parts of the page around.
pub(crate) fn threats(html: &str) -> Vec<String> {
    let tokenizer = Tokenizer::new(Threats::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut found = tokenizer.sink.found.into_inner();
    found.extend(
        tokenizer
            .sink
            .open
            .into_inner()
            .into_iter()
            .map(|name| format!("<{name}> stays open")),
    );
    found
}

#[derive(Default)]
struct Threats {
    found: RefCell<Vec<String>>,
    open: RefCell<Vec<String>>,
}

impl TokenSink for Threats {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                self.found.borrow_mut().extend(threats_in(&tag));
                self.balance(&tag);
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => {
                self.found.borrow_mut().push(format!("{token:?}"));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Threats {
    fn balance(&self, tag: &Tag) {
        let name = tag.name.to_string();
        if matches!(name.as_str(), "br" | "hr" | "img") {
            return;
        }
        if tag.kind == TagKind::StartTag {
            self.open.borrow_mut().push(name);
        } else if self.open.borrow_mut().pop().as_ref() != Some(&name) {
            self.found.borrow_mut().push(format!("</{name}>"));
        }
    }
}

fn threats_in(tag: &Tag) -> Vec<String> {
    let mut threats = Vec::new();
    let name = tag.name.to_string();
    if !ELEMENTS.contains(&format!(" {name} ")) {
        threats.push(format!("<{name}>"));
    }
    if tag.kind == TagKind::EndTag {
        return threats;
    }
    for attribute in &tag.attrs {
        let (key, value) = (
            attribute.name.local.to_string(),
            attribute.value.to_string(),
        );
        let threat = match key.as_str() {
            "href" => !is_harmless(&value, &["http:", "https:", "mailto:", "tel:"]),
            "src" => !is_harmless(&value, &[]),
            _ => !ATTRIBUTES.contains(&format!(" {key} ")),
        };
        if threat {
            threats.push(format!("<{name} {key}={value:?}>"));
        }
    }
    threats
}

/// Returns whether a browser takes `address` for a relative one, or for one with an allowed scheme.
fn is_harmless(address: &str, schemes: &[&str]) -> bool {
    let seen: String = address
        .chars()
        .filter(|it| !matches!(it, '\t' | '\n' | '\r'))
        .collect();
    let seen = seen.trim_start_matches(|it: char| it <= ' ').to_lowercase();
    let relative = !seen.starts_with("//")
        && seen
            .find(':')
            .is_none_or(|colon| seen.find(['/', '?', '#']).is_some_and(|at| at < colon));
    relative || schemes.iter().any(|scheme| seen.starts_with(scheme))
}
