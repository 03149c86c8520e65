use proptest::prelude::*;

use super::{Body, ENGLISH, Place, Renderer, plain};
use crate::syntax::body::{Destination, outline};
use crate::text::Span;

/// A plan in which `note.md`, `map.svg` and `javascript:x.png` exist.
fn links(destination: &Destination<'_>) -> Option<String> {
    match destination {
        Destination::Document { path, anchor } if path == "note.md" => {
            let anchor = anchor
                .as_ref()
                .map(|id| format!("#{id}"))
                .unwrap_or_default();
            Some(format!("../note/index.html{anchor}"))
        }
        Destination::Asset(path) if path == "map.svg" => Some("../map.svg".to_owned()),
        Destination::Asset(path) if path == "javascript:x.png" => Some(path.to_string()),
        _ => None,
    }
}

pub(super) fn render(source: &str, place: &Place<'_>) -> String {
    let outline = outline(source, Span::new(0..source.len()));
    let body = Body {
        text: source,
        span: Span::new(0..source.len()),
        outline: &outline,
    };
    Renderer::default().body(body, &links, place).into()
}

fn check(source: &str, expected: &str) {
    let html = render(source, &Place::page("Payments 4.2"));
    assert_eq!(html.trim(), expected.trim(), "{source}");
}

#[test]
fn headings_have_anchors_and_leave_no_gap() {
    check(
        "# A \"b\" `c`\n##\n### D\n## E\n",
        "<div class=\"heading\"><h2 id=\"a-b-c\">A \"b\" <code>c</code></h2>\
         <a class=\"anchor\" href=\"#a-b-c\" aria-label=\"Link to this section: A &quot;b&quot; c\">#</a></div>\n\n\
         <div class=\"heading\"><h3 id=\"d\">D</h3>\
         <a class=\"anchor\" href=\"#d\" aria-label=\"Link to this section: D\">#</a></div>\n\
         <div class=\"heading\"><h3 id=\"e\">E</h3>\
         <a class=\"anchor\" href=\"#e\" aria-label=\"Link to this section: E\">#</a></div>",
    );
    check(
        "# Payments 4.2\n\nText.",
        "<span id=\"payments-42\"></span>\n<p>Text.</p>",
    );
}

#[test]
fn links_go_where_the_plan_says() {
    check(
        "[n](note.md#risks)",
        "<p><a href=\"../note/index.html#risks\">n</a></p>",
    );
    check("[*gone*](gone.md)", "<p><em>gone</em></p>");
    check(
        "[](note.md)",
        "<p><a href=\"../note/index.html\">note.md</a></p>",
    );
    check(
        "[![](https://a.b/c.svg)](note.md)",
        "<p><a href=\"../note/index.html\">note.md</a></p>",
    );
    check("[a](#b) [c](# ) [d]()", "<p><a href=\"#b\">a</a> c d</p>");
    check(
        "[x](https://a.b/?c&d \"t\\\"u\") <ana@a.b>",
        "<p><a href=\"https://a.b/?c&amp;d\" rel=\"noopener noreferrer\" title=\"t&quot;u\">x</a> \
         <a href=\"mailto:ana@a.b\">ana@a.b</a></p>",
    );
}

#[test]
fn images_come_from_the_plan_alone() {
    check(
        "![a \"b\"](map.svg 't')",
        "<p><img src=\"../map.svg\" alt=\"a &quot;b&quot;\" title=\"t\" loading=\"lazy\"></p>",
    );
    check("![gone](gone.png) ![top](#top)", "<p>gone top</p>");
    check(
        "![badge](https://a.b/c.svg)",
        "<p><a href=\"https://a.b/c.svg\" rel=\"noopener noreferrer\">badge</a></p>",
    );
    check(
        "[![badge](https://a.b/c.svg)](https://d.e)",
        "<p><a href=\"https://d.e\" rel=\"noopener noreferrer\">badge</a></p>",
    );
    check("![x](javascript%3Ax.png)", "<p>x</p>");
}

#[test]
fn tables_have_names_scopes_and_room_to_scroll() {
    let rows = "|a||\n|:-|-:|\n|b|c|\n";
    let table = |name: &str| {
        format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: {name}\"><table>\
             <caption>{name}</caption><thead><tr><th class=\"left\" scope=\"col\">a</th><td></td></tr></thead><tbody>\n\
             <tr><td class=\"left\">b</td><td class=\"right\">c</td></tr>\n</tbody></table></div>\n"
        )
    };
    check(
        &format!("{rows}\n{rows}"),
        &format!("{}{}", table("Payments 4.2"), table("Payments 4.2 (2)")),
    );
    check(
        "<table><tr><td>x</td></tr></table>",
        "<div class=\"table\" role=\"region\" tabindex=\"0\" \
         aria-label=\"Table: Payments 4.2\"><table role=\"presentation\"><tbody><tr><td>x</td></tr></tbody></table></div>",
    );
}

#[test]
fn the_rest_of_a_body_says_what_it_is() {
    check(
        "```rust,x\n<a> 2026-12-22\n```",
        "<pre tabindex=\"0\"><code class=\"language-rust,x\">&lt;a&gt; 2026-12-22\n</code></pre>",
    );
    check(
        "- [x] a\n- [ ] b",
        "<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"done\">☑</span> a</li>\n\
         <li><span class=\"task\" role=\"img\" aria-label=\"open\">☐</span> b</li>\n</ul>",
    );
    check(
        "> [!WARNING]\n> Hot.",
        "<blockquote class=\"alert warning\">\n<p><strong>Warning</strong></p>\n<p>Hot.</p>\n</blockquote>",
    );
    check(
        "A[^x] b[^x].\n\n[^x]: C.",
        "<p>A<sup class=\"noteref\"><a id=\"fnref:1\" href=\"#fn:1\" aria-label=\"Note 1\">1</a></sup> \
         b<sup class=\"noteref\"><a href=\"#fn:1\" aria-label=\"Note 1\">1</a></sup>.</p>\n\
         <div class=\"footnote\" id=\"fn:1\"><sup>1</sup>\n<p>C.</p>\n\
         <a href=\"#fnref:1\" aria-label=\"Back to the text of note 1\">↩</a></div>",
    );
    check(
        "Friday 22 December 2026, 3/4/2026, a\\\nb",
        "<p>Friday <time datetime=\"2026-12-22\">22 December 2026</time>, \
         <span data-verbatim>3/4/2026</span>, a<br>\nb</p>",
    );
}

#[test]
fn raw_html_keeps_its_prose_and_follows_the_same_rules() {
    check(
        "<details class=\"x\" open>\n<summary>More</summary>\n\n**b** <kbd style=\"x\">K</kbd> [n](note.md)\n\n</details>",
        "<details open=\"\">\n<summary>More</summary>\n<p><strong>b</strong> <kbd>K</kbd> \
         <a href=\"../note/index.html\">n</a></p>\n</details>",
    );
    check(
        "<a name=\"k\"></a><a href=\"note.md\">n</a><a href=\"gone.md\">g</a><img src=map.svg width=9>\n\n## K",
        "<p><a id=\"k\"></a><a href=\"../note/index.html\">n</a>g\
         <img src=\"../map.svg\" alt=\"\" width=\"9\" loading=\"lazy\"></p>\n\
         <div class=\"heading\"><h2 id=\"k-1\">K</h2>\
         <a class=\"anchor\" href=\"#k-1\" aria-label=\"Link to this section: K\">#</a></div>",
    );
    check(
        "<h1>Big</h1>\n\n<p id=a></p><p id=a></p>",
        "<h2>Big</h2>\n<p id=\"a\"></p><p></p>",
    );
}

#[test]
fn several_bodies_can_stand_on_one_page() {
    let place = Place {
        top: 4,
        prefix: "b1-",
        ..Place::page("Note 1")
    };
    assert_eq!(
        render("## A\n[a](#a)[^x]\n\n|c|\n|-|\n\n[^x]: D", &place),
        "<div class=\"heading\"><h4 id=\"b1-a\">A</h4>\
         <a class=\"anchor\" href=\"#b1-a\" aria-label=\"Link to this section: A\">#</a></div>\n\
         <p><a href=\"#b1-a\">a</a><sup class=\"noteref\">\
         <a id=\"b1-fnref:1\" href=\"#b1-fn:1\" aria-label=\"Note 1\">1</a></sup></p>\n\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: Note 1, A\"><table>\
         <caption>Note 1, A</caption><thead><tr><th scope=\"col\">c</th></tr></thead><tbody>\n</tbody></table></div>\n\
         <div class=\"footnote\" id=\"b1-fn:1\"><sup>1</sup>\n<p>D</p>\n\
         <a href=\"#b1-fnref:1\" aria-label=\"Back to the text of note 1\">↩</a></div>\n",
    );
}

#[test]
fn a_field_is_one_line_of_inline_markdown() {
    let renderer = Renderer::default();
    let check = |source: &str, html: &str, words: &str| {
        assert_eq!(renderer.inline(source, &links).as_str(), html, "{source}");
        assert_eq!(plain(source), words, "{source}");
    };
    check(
        "**bold** `c` & <b>",
        "<strong>bold</strong> <code>c</code> &amp; &lt;b&gt;",
        "bold c & <b>",
    );
    check("# 1\n- two", "# 1 - two", "# 1 - two");
    check("1. Freeze", "1. Freeze", "1. Freeze");
    check(
        "_by_ 2026-12-22",
        "<em>by</em> <time datetime=\"2026-12-22\">2026-12-22</time>",
        "by 2026-12-22",
    );
    check(
        "[n](note.md) [x](javascript:y)",
        "<a href=\"../note/index.html\">n</a> x",
        "n x",
    );
    check(
        "<script>x</script>",
        "&lt;script&gt;x&lt;/script&gt;",
        "<script>x</script>",
    );
    check("", "", "");
}

proptest! {
    #[test]
    fn any_text_renders(source in "([\\[\\]()<>!#:^*`\\\\ \n{}=\"'é&|/-]|a|td|th|h1|table|https://|2026-12-1|\n\\[\\^a\\]: |\\[\\^a\\])*") {
        let html = render(&source, &Place { words: &ENGLISH, ..Place::page("a") });
        prop_assert!(super::attacks::threats(&html).is_empty(), "{}", html);
    }
}
