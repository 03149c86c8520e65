//! A whole plan, from its files to its portal: nothing stumbles, every diagnostic can be told in every format, and what is
//! made holds no script but our own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use trainboard::load::load;
use trainboard::outputs::{self, Build, Memory as Files};
use trainboard::pages::parts::Site;
use trainboard::pages::{Portal, Theme, routes};
use trainboard::plan::{Drafts, Publication};
use trainboard::report::{Drawing, FORMATS, Report};
use trainboard::rules::judge;
use trainboard::time::Day;
use trainboard::world::Memory;

/// Checks the plan of these files, as of one day, with drafts.
pub(crate) fn check(files: &[(&str, &str)]) {
    let world: Memory = files.iter().copied().collect();
    let loaded = load(&world);
    let as_of = Day::parse("2026-11-21").expect("a day");
    let plan = loaded.plan;
    let diagnostics = judge(&plan, loaded.findings, as_of);
    let report = Report { diagnostics: &diagnostics, sources: &plan.sources, documents: plan.file_count(), as_of: as_of.0, folder: "", drawing: Drawing::default() };
    for format in FORMATS {
        (format.write)(&report, &mut Vec::new()).expect("memory takes everything");
    }
    let publication = Publication { as_of, drafts: Drafts::Shown };
    let theme = theme();
    let locale = theme.locale().clone();
    let portal = Portal::new(&plan, publication, &locale, &diagnostics);
    let routes = routes(&portal);
    let sink = Files::default();
    let build = Build { portal: &portal, routes: &routes, theme, world: &world };
    outputs::write(&build, &sink).expect("a portal is made of every plan");
    for (path, bytes) in sink.into_files() {
        let text = String::from_utf8_lossy(&bytes);
        match path.rsplit_once('.') {
            Some((_, "html")) => assert_eq!(threats(&text), [""; 0], "{path}: {files:?}"),
            Some((_, "json")) => drop(serde_json::from_str::<serde_json::Value>(&text).expect(&path)),
            _ => {}
        }
    }
}

fn theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| {
        let site = Site {
            title: "Plan".into(),
            menu: Vec::new(),
            index: Vec::new(),
            generator: "trainboard".into(),
            commit: None,
            as_of: trainboard::pages::parts::When { datetime: None, text: "today".to_owned(), relative: None },
        };
        Theme::new("en", &BTreeMap::new()).expect("our own theme").with_site(&site)
    })
}

/// Returns what a page holds that runs, or that a strict policy for content refuses.
fn threats(html: &str) -> Vec<String> {
    let tokenizer = Tokenizer::new(Threats::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Threats(RefCell<Vec<String>>);

impl TokenSink for Threats {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            self.0.borrow_mut().extend(threat(&tag));
        }
        TokenSinkResult::Continue
    }
}

fn threat(tag: &Tag) -> Option<String> {
    let is_of = |scheme: &str, value: &str| {
        let seen: String = value.chars().filter(|it| *it > ' ').collect();
        seen.to_lowercase().starts_with(scheme)
    };
    let bad = tag.attrs.iter().find(|attribute| {
        let (name, value) = (&*attribute.name.local, &*attribute.value);
        name.starts_with("on")
            || name == "style"
            || matches!(name, "href" | "src" | "action")
                && ["javascript:", "vbscript:", "data:"].iter().any(|scheme| is_of(scheme, value))
            || &*tag.name == "script" && name == "src" && value.contains("//")
    });
    bad.map(|attribute| format!("<{} {}={:?}>", tag.name, attribute.name.local, attribute.value))
}
