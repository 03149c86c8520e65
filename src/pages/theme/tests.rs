#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::Serialize;

use super::*;

mod gallery;

/// A context that no page has.
#[derive(Serialize)]
struct Note {
    text: &'static str,
}

/// Returns an overlay of one file.
fn overlay(path: &str, text: &str) -> Overlay {
    Overlay::from([(path.to_owned(), text.as_bytes().to_vec())])
}

#[test]
fn an_overlay_replaces_files_one_by_one() {
    let mut own = overlay(
        "templates/note.html",
        "{{ <link of={ {\"href\": \"a\", \"text\": text} } /> }}",
    );
    own.insert("assets/style.css".to_owned(), b"own".to_vec());
    let theme = Theme::new("en", &own).unwrap();
    let mut page = b"kept ".to_vec();
    theme
        .render(
            "note.html",
            &Note {
                text: "<b> & \u{1}",
            },
            &mut page,
        )
        .unwrap();
    assert_eq!(
        String::from_utf8(page).unwrap(),
        "kept <a href=\"a\">&lt;b&gt; &amp; </a>"
    );
    let paths: Vec<_> = theme.assets().map(|(path, _)| path).collect();
    assert!(paths.contains(&"assets/favicon.svg"), "{paths:?}");
    let (path, _) = theme.assets().find(|(_, bytes)| *bytes == b"own").unwrap();
    assert!(
        path.starts_with("assets/style.") && path.ends_with(".css"),
        "{path}"
    );
}

/// Checks that the template `text` fails, either when it is compiled or when it is laid out, at `place`.
fn check_error(path: &str, text: &str, place: &str) {
    let mut page = Vec::new();
    let error = Theme::new("de", &overlay(path, text))
        .and_then(|theme| theme.render("note.html", &Note { text: "" }, &mut page))
        .unwrap_err();
    let shown = error.to_string();
    assert!(shown.starts_with(&format!("{path}:{place}: ")), "{shown}");
}

#[test]
fn a_mistake_in_a_theme_has_a_place() {
    check_error("templates/note.html", "one\n{% if text %}", "2:14");
    check_error("templates/note.html", "one\n  {{ tetx }}", "2:6");
    check_error("templates/note.html", "one\n{{ text | shout }}", "2:11");
    check_error("templates/note.html", "{{ <lnk of={text} /> }}", "1:4");
    check_error("templates/note.html", "{% extends \"bse.html\" %}", "1:1");
    check_error("words/de.txt", "Gates = Tore\n\nRisks", "3:1");
}

#[test]
fn every_part_is_laid_out() {
    for tag in ["en", "de", "he"] {
        let pages = gallery::pages(tag);
        let home = String::from_utf8(pages["index.html"].clone()).unwrap();
        assert!(home.contains("data-answer=\"next-release\""), "{home}");
        assert!(
            home.contains("<time datetime=\"2026-12-12T22:00+00:00\">"),
            "{home}"
        );
        let release = String::from_utf8(pages["releases/payments-4.2/index.html"].clone()).unwrap();
        for part in [
            "<dl class=\"facts\">",
            "<ol class=\"track\">",
            "data-state=\"not-met\"",
            "<nav class=\"pager\"",
        ] {
            assert!(release.contains(part), "{tag}: {part}");
        }
        let drawn = String::from_utf8(pages["dependencies/index.html"].clone()).unwrap();
        // The ledger stands before the payments: on the left, or on the right where lines begin there.
        let place = |name: &str| {
            let node = drawn.split("<title>").find(|part| part.starts_with(name));
            let x = node.and_then(|node| node.split("<text x=\"").nth(1)?.split('"').next());
            x.and_then(|x| x.parse::<i64>().ok()).unwrap()
        };
        let is_before = place("ledger 7.1") < place("payments 4.2");
        assert_eq!(is_before, tag != "he", "{tag}");
        // No line runs through the name of another.
        for drawing in drawn
            .split("</svg>")
            .filter(|svg| svg.contains("class=\"tie "))
        {
            let (_, after) = drawing.split_once("class=\"tie ").unwrap();
            assert!(!after.contains("<path class=\"edge "), "{tag}: {after}");
        }
        for part in [
            "<a href=\"../index.html\" class=\"node milestone warn\"><title>&lt;Go&gt; &amp; no-go, 12 Dec</title>",
            "<g class=\"node outside\">",
            "<path class=\"edge broken\"",
            "✕ +10bd</text>",
        ] {
            assert_eq!(
                drawn.matches(part).count().min(2),
                2,
                "on both: {tag}: {part}"
            );
        }
    }
}

#[test]
fn the_page_about_themes_tells_of_every_file_block_and_component() {
    let about = include_str!("../../../themes/README.md");
    let none = Overlay::new();
    let files = Files::new(&none);
    let told = |name: &str| assert!(about.contains(&format!("`{name}`")), "{name}");
    files.assets().iter().for_each(|asset| told(&asset.name));
    for (name, text) in files.templates().unwrap() {
        told(name);
        let line = about
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}`")));
        for kind in ["{% block ", "{% component "] {
            for named in text.split(kind).skip(1) {
                let end = named.find([' ', '(']).unwrap();
                let named = format!("`{}`", &named[..end]);
                assert!(line.unwrap().contains(&named), "{name}: {named}");
            }
        }
    }
}

/// Writes the gallery where `GALLERY` says, to be looked at: `GALLERY=/tmp/gallery cargo test gallery -- --ignored`.
#[test]
#[ignore = "for the eyes"]
fn write_gallery() {
    let folder = std::path::PathBuf::from(std::env::var_os("GALLERY").unwrap());
    for tag in ["en", "de", "he"] {
        for (path, bytes) in gallery::pages(tag) {
            let file = folder.join(tag).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }
}
