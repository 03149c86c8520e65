//! What the pages of release notes say, and to whom.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use crate::load::load;
use crate::pages::{Portal, Theme, routes};
use crate::plan::{Drafts, Publication};
use crate::time::Day;
use crate::world::Memory;

/// A release whose notes are for three audiences; what is not for the public says `QUOKKA`.
const PLAN: &str = "\
-- trainboard.yaml --
title: Plan
timezone: UTC
audiences: {public: {title: Customers}, internal: {title: Staff}, partners: {}}
-- applications/pay.md --
---
title: Pay
---
-- applications/vault.md --
---
title: QUOKKA vault
audience: [internal]
---
-- pages/secret.md --
---
title: QUOKKA plans
audience: [internal]
---
-- trains/q4/index.md --
---
title: Q4
history: [{stage: construction, date: 2026-10-01}]
---
-- trains/q4/releases/pay-2.md --
---
application: pay
version: \"2\"
---
-- trains/q4/releases/vault-1.md --
---
title: QUOKKA vault 1
application: vault
audience: [internal]
---
-- trains/q4/notes/pay-2.md --
---
title: Pay 2
release: pay-2
date: 2026-11-01
audience: [public]
applies_to: [\"1.9\"]
errata: [{date: 2026-11-10, text: \"Not [so](../../../pages/secret.md)\"}]
---
## Words

See [the plans](../../../pages/secret.md) and [the train](../index.md).
-- trains/q4/notes/gone.md --
---
title: Old pages
release: pay-2
fragment: removed
audience: [public]
---
They are gone.
-- trains/q4/notes/keys.md --
---
title: Signed answers
release: pay-2
fragment: security
audience: [public]
---
Mends CVE-2026-1234.
-- trains/q4/notes/inside.md --
---
title: QUOKKA keys
release: pay-2
fragment: security
audience: [internal]
tags: [breaking]
---
QUOKKA
-- trains/q4/notes/staff.md --
---
title: QUOKKA news
release: pay-2
date: 2026-11-12
audience: [internal]
---
QUOKKA
-- trains/q4/notes/stronger.md --
---
title: Stronger
release: vault-1
date: 2026-11-11
---
For everyone.
";

/// Returns the pages below `notes/` and the like, by path.
fn pages(archive: &str) -> BTreeMap<String, String> {
    let world = Memory::of_txtar(archive);
    let plan = load(&world).plan;
    // Everything that a page says of its own, without the menus that all pages share.
    let base = "{{ shell.window_title }}{{ shell.description }}{% for crumb in shell.crumbs %}{{ crumb.text }}{% endfor %}\
        {% block head %}{% endblock head %}{% block main %}{% endblock main %}";
    let overlay = BTreeMap::from([("templates/base.html".to_owned(), base.into())]);
    let theme = Theme::new("en", &overlay).unwrap();
    let publication = Publication {
        as_of: Day::parse("2026-11-21").unwrap(),
        drafts: Drafts::Hidden,
    };
    let portal = Portal::new(&plan, publication, theme.locale(), &[]);
    let page = |route: crate::pages::Route| {
        let mut page = Vec::new();
        let layout = route.layout(&portal).unwrap();
        layout.render(&theme, &mut page).unwrap();
        (route.path, String::from_utf8(page).unwrap())
    };
    let notes = routes(&portal).into_iter();
    notes
        .filter(|route| route.path.starts_with("notes/"))
        .map(page)
        .collect()
}

/// Returns the headings of `html` between `open` and the tag after it.
fn headings(html: &str) -> Vec<&str> {
    let parts = html
        .split("</a></h")
        .filter_map(|part| part.rsplit_once('>'));
    let mut told: Vec<_> = parts.map(|(_, heading)| heading.trim()).collect();
    told.retain(|heading| !heading.is_empty());
    told
}

#[test]
fn an_audience_finds_its_own_notes_and_no_word_of_others() {
    let pages = pages(PLAN);
    let of = |audience: &str| &*pages[&format!("notes/audiences/{audience}/index.html")];
    for audience in ["public", "partners"] {
        assert!(!of(audience).contains("QUOKKA"), "{audience}");
        assert!(!of(audience).contains("vault"), "{audience}");
        assert!(!of(audience).contains("secret"), "{audience}");
    }
    assert!(of("internal").matches("QUOKKA").count() > 5);
    let check = |audience: &str, expected: &[&str]| {
        assert_eq!(headings(of(audience)), expected, "{audience}");
    };
    check(
        "public",
        &[
            "Security and breaking changes",
            "Corrections",
            "Stronger",
            "Pay 2",
            "Removed",
            "Old pages",
            "Security",
            "Signed answers",
        ],
    );
    check("partners", &["Stronger"]);
    let public = of("public");
    assert!(public.contains("Not so") && public.contains("See the plans and <a"));
}

#[test]
fn what_needs_care_is_told_first_with_who_is_affected() {
    let pages = pages(PLAN);
    let html = &pages["notes/applications/pay/index.html"];
    let at = |text: &str| html.find(text).unwrap();
    assert!(at("data-state=\"security\"") < at("Words"));
    assert!(html.contains("https://www.cve.org/CVERecord?id=CVE-2026-1234"));
    assert!(html.contains("data-state=\"breaking\"") && html.contains("before 2"));
    let list = &pages["notes/index.html"];
    let newest = list.find("QUOKKA news").unwrap();
    assert!(newest < list.find("Stronger").unwrap());
    assert!(list.contains("trains/q4/index.html") && list.contains("audiences/public/index.html"));
}

#[test]
fn a_plan_without_notes_says_how_to_publish_one() {
    let archive = "-- trainboard.yaml --\ntitle: P\naudiences: [public, \"a/b\", \"..\"]\n-- trains/q4/index.md --\n---\ntitle: Q4\n---\n";
    let pages = pages(archive);
    let paths: Vec<_> = pages.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "notes/audiences/public/index.html",
            "notes/index.html",
            "notes/trains/q4/index.html"
        ]
    );
    for (path, html) in &pages {
        assert!(html.contains("No release note yet"), "{path}");
    }
}
