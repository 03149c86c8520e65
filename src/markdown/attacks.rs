//! What people try in order to get a script into a page. Each piece goes through the renderer as a body and as a field,
//! and what comes out is read by a browser's tokenizer.

mod threats;

pub(super) use threats::threats;

use super::{Place, Renderer, tests::render};

const ATTACKS: &[&str] = &[
    // Schemes in Markdown.
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "[a](<  javascript:alert(1)>)",
    "[a](java&#115;cript:alert(1))",
    "[a](java&#x73;cript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](&#1;javascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&NewLine;script:alert(1))",
    "[a](javascript%3Aalert(1))",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](data&colon;text/html,x)",
    "[a](file:///etc/passwd)",
    "[a](C:\\x)",
    "[a]: javascript:alert(1)\n\n[a] [b][a]",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![a](https://x.example/tracker.gif)",
    "[![a](javascript:x)](javascript:y)",
    "[a](javascript\u{200b}:alert(1))",
    "[a](\u{a0}javascript:alert(1))",
    // Attributes in Markdown.
    "# Hi {onclick=alert(1)}",
    "# Hi {#a\"onclick=alert(1) .b\" onmouseover=\"x\"}",
    "# Hi {#x style=color:red}",
    "[a](https://x 't\" onmouseover=\"alert(1)')",
    "[a](<https://x\" onmouseover=\"alert(1)>)",
    "![a\" onerror=\"alert(1)](map.svg)",
    "![*a\" onerror=\"x*](map.svg '\" onerror=\"y')",
    "```x\"onclick=\"alert(1)\ncode\n```",
    "`<script>alert(1)</script>`",
    "[^\"><script>x</script>]\n\n[^\"><script>x</script>]: y",
    "| <script>x</script> |\n|-|\n| [a](javascript:x) |",
    // Raw HTML.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "a <script\n>alert(1)</script\n> b",
    "<img src=x onerror=alert(1)>",
    "<img/src/onerror=alert(1)>",
    "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
    "<img src=map.svg srcset=\"https://x.example 2x\" style=\"background:url(//x)\">",
    "<svg onload=alert(1)></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=\"java\0script:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=java&#115;cript:alert(1)>x</a>",
    "<a href=\" &#14;  javascript:alert(1)\">x</a>",
    "<a href=\"javascript&colon;alert(1)\">x</a>",
    "<a href='vbscript:x' ONCLICK='y' target=_blank ping=//x>x</a>",
    "<a href=\"#\" style=\"position:fixed;inset:0\" class=\"anchor\">x</a>",
    "<iframe src=https://x.example></iframe>",
    "<iframe srcdoc=\"<script>x</script>\">",
    "<object data=x.swf></object><embed src=x>",
    "<meta http-equiv=refresh content=\"0;url=javascript:x\">",
    "<base href=\"https://x.example/\">",
    "<link rel=stylesheet href=//x.example/x.css>",
    "<style>@import '//x.example';</style>",
    "<form action=https://x.example><input name=p><button formaction=javascript:x>Go</button></form>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=y>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div style=\"background:url(javascript:x)\">x</div>",
    "<p style=\"behavior:url(#x)\" id=\"x\" onclick=y>z</p>",
    "<td background=javascript:x><table background=javascript:y>",
    "<blockquote cite=javascript:x>a</blockquote>",
    "<!-- unclosed\n<script>x</script>",
    "<!--><script>x</script>-->",
    "<!--!><img src=x onerror=y>-->",
    "<![CDATA[<script>x</script>]]>",
    "<![CDATA[ ]]><img src=x onerror=y>",
    "<?php <script>x</script> ?>",
    "<!DOCTYPE html><script>x</script>",
    "</p><script>x</script>",
    "<p title='\"><script>x</script>'>a</p>",
    "<textarea></textarea><script>x</script></textarea>",
    "<xmp><script>x</script></xmp><plaintext>",
    "<template><script>x</script></template>",
    "<div id=\"a\" id='b\"onclick=x'>y</div>",
    "<a name='x\" onclick=\"y'>z</a>",
    "<h1 onclick=x>a</h1><h2><script>b</script></h2>",
    "<table><caption><img src=x onerror=y></caption><tr><th onclick=z>a</table>",
    "<time datetime='x\" onclick=\"y'>2026-12-22</time>",
    "<code class='language-\" onclick=\"x'>y</code>",
    "<span class=\"task\" role=\"button\" tabindex=\"1\">x</span>",
    "<custom-element onclick=x is=y>z</custom-element>",
    "<img src=`x`onerror=alert(1)>",
    "</div></main><div>",
    "<h2><div><h2></h2>a</div></h2></div>",
    "<h2><a href=x><h3></h3></a></h2><table><caption><table><tr><th></th></table></caption></table>",
    "<<script>alert(1);//<</script>",
    "\u{feff}<script>x</script>",
];

#[test]
fn no_attack_leaves_more_than_words() {
    let renderer = Renderer::default();
    for attack in ATTACKS {
        let around = [
            attack.to_string(),
            format!("x {attack}"),
            format!("- <b>y</b>\n  > {attack}"),
            format!("{attack}\n\n<i>"),
        ];
        for source in around {
            let html = render(&source, &Place::page("T"));
            assert_eq!(threats(&html), [""; 0], "{source}\n{html}");
        }
        let html = renderer.inline(attack, &|_| None);
        assert_eq!(threats(html.as_str()), [""; 0], "{attack}\n{html}");
    }
}

#[test]
fn the_reader_of_attacks_sees_them() {
    let check = |html: &str| assert_ne!(threats(html), [""; 0], "{html}");
    check("<script>");
    check("<p onclick=x></p>");
    check("<p style=x></p>");
    check("<p>");
    check("</p>");
    check("<a href=' java\nscript:x'></a>");
    check("<img src=//x.example>");
    check("<img src='https://x.example'>");
    check("<!-- x -->");
}
