//! Somebody writes attacks into every corner of a plan, and publishes it. Each kind of file is then read by a parser of its
//! own kind, which must find words where words were written, and nothing else.

use std::collections::BTreeMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::stage::{Plan, files_of};

#[path = "attacks/plan.rs"]
mod plan;

#[path = "attacks/page.rs"]
mod page;

#[path = "attacks/tables.rs"]
mod tables;

/// Returns the text files of the portal of the plan full of attacks.
fn portal() -> BTreeMap<String, String> {
    let plan = Plan::of("");
    for (path, text) in plan::files() {
        plan.write(&path, text);
    }
    plan.run("build --as-of 2026-11-21 --output ../site")
        .exits(0);
    let site = plan.path("../site");
    let files = files_of(&site)
        .into_iter()
        .filter(|path| !path.starts_with("files/"));
    let text = |path: String| {
        let text = std::fs::read_to_string(site.join(&path)).unwrap();
        (path, text)
    };
    files.map(text).collect()
}

#[test]
fn a_plan_of_attacks_becomes_a_portal_of_words() {
    let portal = portal();
    let (mut read, mut found) = (BTreeMap::new(), Vec::new());
    for (path, text) in &portal {
        let kind = path.rsplit('.').next().unwrap();
        *read.entry(kind).or_insert(0) += 1;
        let faults = match kind {
            "html" => page::faults(text),
            "ics" => tables::calendar(text),
            "csv" => tables::csv(text),
            "json" => tables::json(text),
            "atom" | "xml" => tables::xml(text),
            "js" => tables::script(text),
            _ => Vec::new(),
        };
        // The theme's own style sheet stands inside the page that is shown at any address; search has a form.
        let is_own = |fault: &String| {
            [("404.html", "<style>"), ("search/index.html", "<form>")].contains(&(path, fault))
        };
        let faults = faults.into_iter().filter(|fault| !is_own(fault));
        found.extend(faults.map(|fault| format!("{path}: {fault}")));
    }
    assert_eq!(found, [""; 0]);
    // Every kind of file that a portal is made of was there to be read.
    for (kind, least) in [
        ("html", 60),
        ("ics", 5),
        ("csv", 20),
        ("json", 40),
        ("atom", 5),
        ("xml", 1),
        ("js", 3),
    ] {
        assert!(
            read.get(kind).is_some_and(|count| *count >= least),
            "{kind}: {read:?}"
        );
    }
    // The attacks are there, as words.
    let train = &portal["trains/q4/index.html"];
    assert!(train.contains("&lt;script&gt;") && train.contains("onerror"));
}

#[test]
fn the_readers_see_what_they_look_for() {
    let html = |page: &str| assert_ne!(page::faults(page), [""; 0], "{page}");
    html("<p onclick=x></p>");
    html("<script>x</script>");
    html("<a href='javascript:x'></a>");
    html("<a href='&#1;java\nscript:x'></a>");
    html("<img src='//x.example/y.gif'>");
    html("<base href=/x><p>");
    html("<form></form>");
    html("<iframe></iframe>");
    html("<p style=x></p>");
    html("<p>\u{202e}txt</p>");
    assert_eq!(page::faults("<p>a</p><a href=x/y>b</a>"), [""; 0]);
    for csv in [
        "a\r\n=1\r\n",
        "a,b\r\n1,\"\t=1\"\r\n",
        "a\r\n1,2\r\n",
        "a\r\n\"x\r\n",
    ] {
        assert_ne!(tables::csv(csv), [""; 0], "{csv}");
    }
    let ics = |line: &str| format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{line}\r\nEND:VCALENDAR\r\n");
    assert_ne!(tables::calendar(&ics("EVIL:1")), [""; 0]);
    assert_ne!(
        tables::calendar(&ics("BEGIN:VALARM\r\nEND:VALARM")),
        [""; 0]
    );
    assert_ne!(tables::calendar(&ics("NAME:a\nb")), [""; 0]);
    assert_ne!(tables::xml("<feed><script/></feed>"), [""; 0]);
    assert_ne!(tables::json("{\"a\": 1"), [""; 0]);
    assert_ne!(tables::json(r#"{"url": "javascript:x"}"#), [""; 0]);
    for href in ["javascript:x", "//x.example", "/x", "../x", "a\\\\b"] {
        let said = format!(r#"{{"href": "{href}"}}"#);
        assert_ne!(tables::json(&said), [""; 0], "{href}");
    }
    assert_eq!(
        tables::json(r#"{"href": "trains/q4/index.html#a:b"}"#),
        [""; 0]
    );
}
