//! Any text as a body and as a field: a browser's own tokenizer finds no script, no event attribute, no foreign scheme
//! and no tag that would begin or end a part of the page around.

#![no_main]

use libfuzzer_sys::fuzz_target;
use trainboard::markdown::{Body, Place, Renderer};
use trainboard::syntax::body::{Destination, outline};
use trainboard::text::Span;

#[path = "../../../src/markdown/attacks/threats.rs"]
mod threats;

fuzz_target!(init: RENDERER.get_or_init(Renderer::default), |text: &str| {
    let renderer = RENDERER.get_or_init(Renderer::default);
    let span = Span::new(0..text.len());
    let outline = outline(text, span);
    let body = Body { text, span, outline: &outline };
    let html = renderer.body(body, &found, &Place::page("Title"));
    assert_eq!(threats::threats(html.as_str()), [""; 0], "{text:?}\n{html}");
    let html = renderer.inline(text, &found);
    assert_eq!(threats::threats(html.as_str()), [""; 0], "{text:?}\n{html}");
});

static RENDERER: std::sync::OnceLock<Renderer> = std::sync::OnceLock::new();

/// A plan in which everything exists that anything links to.
fn found(destination: &Destination<'_>) -> Option<String> {
    match destination {
        Destination::Document { anchor, .. } => {
            let anchor = anchor.as_ref().map(|id| format!("#{id}"));
            Some(format!("../note/index.html{}", anchor.unwrap_or_default()))
        }
        Destination::Asset(_) => Some("../map.svg".to_owned()),
        _ => None,
    }
}
