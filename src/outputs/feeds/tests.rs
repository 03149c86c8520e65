//! Feeds of small plans: what they tell, whom, and that nothing breaks out of an entry.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use crate::outputs::made;
use crate::plan::Drafts;

const PLAN: &str = "\
-- trainboard.yaml --
title: Plan
base_url: https://plan.example/x/
timezone: UTC
audiences: {public: {title: Everyone}, internal: {title: Us}}
-- applications/pay.md --
---
title: Pay
---
-- trains/q4/index.md --
---
title: Q4
history: [{stage: construction, date: 2026-10-01}]
---
-- trains/q4/releases/pay-1.md --
---
application: pay
version: \"1\"
---
";

fn feeds(files: &str) -> BTreeMap<String, String> {
    made(&format!("{PLAN}{files}"), Drafts::Hidden, super::write)
}

/// Returns the titles of the entries of a feed, and the days on which each last changed.
fn told(json: &str) -> Vec<String> {
    let feed: serde_json::Value = serde_json::from_str(json).unwrap();
    let items = feed["items"].as_array().unwrap().iter();
    let told = items.map(|item| {
        let day = item["date_modified"]
            .as_str()
            .unwrap()
            .split('T')
            .next()
            .unwrap();
        format!("{day} {}", item["title"].as_str().unwrap())
    });
    told.collect()
}

#[test]
fn notes_are_told_from_their_day_on_to_those_who_may_read_them() {
    let feeds = feeds(
        "-- trains/q4/notes/a.md --\n---\ntitle: A\nrelease: pay-1\ndate: 2026-11-01\nerrata: [{date: 2026-11-10, text: Not *so*}]\n---\nSee [the train](../index.md).\n\
         -- trains/q4/notes/b.md --\n---\ntitle: B\nrelease: pay-1\ndate: 2026-11-05\naudience: [internal]\n---\n\
         -- trains/q4/notes/c.md --\n---\ntitle: C\nrelease: pay-1\ndate: 2026-12-24\n---\n\
         -- trains/q4/notes/d.md --\n---\ntitle: D\nrelease: pay-1\ndate: 2026-11-01\ndraft: true\n---\n\
         -- trains/q4/notes/e.md --\n---\ntitle: E\nrelease: pay-1\ndate: 2026-11-01\npublish_after: 2027-01-01\n---\n\
         -- trains/q4/notes/f.md --\n---\ntitle: F\nrelease: pay-1\nfragment: security\naudience: [internal]\n---\nKeys\n",
    );
    let check = |path: &str, expected: &[&str]| assert_eq!(told(&feeds[path]), expected, "{path}");
    check("notes/feed.json", &["2026-11-10 A", "2026-11-05 B"]);
    check(
        "applications/pay/feed.json",
        &["2026-11-10 A", "2026-11-05 B"],
    );
    check(
        "trains/q4/feed.json",
        &[
            "2026-11-10 A",
            "2026-11-05 B",
            "2026-10-01 Q4: Construction",
        ],
    );
    check("notes/feed-public.json", &["2026-11-10 A"]);
    check(
        "notes/feed-internal.json",
        &["2026-11-10 A", "2026-11-05 B"],
    );
    check("trains/feed.json", &["2026-10-01 Q4: Construction"]);
    let (public, internal) = (
        &feeds["notes/feed-public.atom"],
        &feeds["notes/feed-internal.atom"],
    );
    assert!(internal.contains("<category term=\"security\"/>") && internal.contains("Keys"));
    assert!(!public.contains("security") && !public.contains("Keys"));
    assert!(public.contains("href=&quot;https://plan.example/x/trains/q4/&quot;"));
    assert!(public.contains("Not &lt;em&gt;so&lt;/em&gt;"));
    assert!(public.contains("<published>2026-11-01T00:00:00Z</published>"));
}

#[test]
fn an_entry_keeps_its_name_when_its_file_moves() {
    let id = |path: &str| {
        let feeds = feeds(&format!(
            "-- {path} --\n---\nid: a\ntitle: A\nrelease: pay-1\ndate: 2026-11-01\n---\n"
        ));
        let feed: serde_json::Value = serde_json::from_str(&feeds["notes/feed.json"]).unwrap();
        feed["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let name = id("trains/q4/notes/a.md");
    assert_eq!(name, id("trains/q4/notes/moved.md"));
    assert_eq!(name.len(), "urn:uuid:".len() + 36);
}

#[test]
fn nothing_breaks_out_of_an_entry() {
    let attack = r#"]]></title><script>x</script> & \u0000\u0007\u000b =cmd| \"q\" 🚆"#;
    let files = format!(
        "-- trains/q4/notes/a.md --\n---\ntitle: \"a{attack}\"\nrelease: pay-1\ndate: 2026-11-01\ntags: [\"{attack}\"]\n---\nx ]]> <script>alert(1)</script>\n"
    );
    for (path, feed) in feeds(&files) {
        let has_control = |letter: char| letter.is_control() && letter != '\n';
        assert!(!feed.contains(has_control), "{path}: {feed}");
        if path.ends_with(".atom") {
            assert!(
                !feed.contains("<script") && !feed.contains("]]>"),
                "{path}: {feed}"
            );
            continue;
        }
        // The title of an entry is plain text, and only its content is HTML.
        let feed: serde_json::Value = serde_json::from_str(&feed).unwrap();
        for item in feed["items"].as_array().unwrap() {
            assert!(
                !item["content_html"].as_str().unwrap().contains("<script"),
                "{path}"
            );
        }
    }
}
