//! The plan: every kind of document, with an attack in each place that takes words.

/// Attacks, each written for another reader of the portal's files.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></textarea></script><script>x</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>x</script>)",
    "[x](vbscript:msgbox)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/t.gif)",
    "]]><script>x</script><![CDATA[",
    "&lt;script&gt; &#60;script&#62; &amp;lt; &quot;",
    "\u{202e}gpj.exe\u{2066}x\u{2069}",
    "\u{2028}alert(1)\u{2029}",
    "</script><!-- <script> -->",
    "{{ site.title }} {% include \"base.html\" %} ${x} #{y}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\\t=1+1",
    "a\\r\\nBEGIN:VEVENT\\r\\nSUMMARY:x",
    "a\\nEND:VCALENDAR\\nX-EVIL:1",
    "a;b,c:d\\\\n",
    "\\u0000\\u0007\\u001b[31m",
    "<svg/onload=alert(1)><iframe src=//x><base href=//x><form action=//x>",
];

/// Returns `attack` as a YAML string in double quotes. An escape that the attack itself writes stays one.
fn quoted(attack: &str) -> String {
    format!("\"{}\"", attack.replace('"', "\\\""))
}

/// Returns the documents of the plan, by path: those of one train for each attack.
pub(super) fn files() -> Vec<(String, String)> {
    let mut files = vec![
        ("trainboard.yaml".to_owned(), config()),
        ("trains/q4/index.md".to_owned(), train(0)),
    ];
    let mut add = |path: String, front: String, body: &str| {
        files.push((path, format!("---\n{front}---\n{body}\n")));
    };
    for (at, attack) in ATTACKS.iter().enumerate() {
        let body = body(attack);
        for (path, front) in attacked(at, &quoted(attack)) {
            add(path, front, &body);
        }
    }
    // A file's name is an id and an address.
    for (at, name) in ["a'b&c;d", "=1+1", "@x", "-x", "{x}", "a(b)c"]
        .iter()
        .enumerate()
    {
        add(
            format!("pages/{name}.md"),
            format!("title: Named {at}\n"),
            "Words",
        );
        add(
            format!("freezes/{name}.md"),
            format!("title: Shut {at}\nplanned: 2027-03-01/2027-03-02\n"),
            "Words",
        );
    }
    files
}

/// Returns a body that says `attack` in every way.
fn body(attack: &str) -> String {
    let body = attack
        .replace("\\r", "")
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\u", "u");
    format!("# {attack}\n\n{body}\n\n```{attack}\n{body}\n```\n\n| {attack} |\n|-|\n| {attack} |\n")
}

/// Returns the frontmatter of a document of each kind that says `text`, by path.
fn attacked(at: usize, text: &str) -> Vec<(String, String)> {
    let common = format!("title: {text}\ndescription: {text}\ntags: [{text}]\nx-own: {text}\n");
    let links = format!("links: [{{title: {text}, url: \"https://x.example/?{at}\"}}]\n");
    vec![
        (
            format!("people/p{at}.md"),
            format!("name: {text}\nhandle: {text}\nroles: [{{role: {text}, from: 2026-01-01}}]\n"),
        ),
        (
            format!("teams/t{at}.md"),
            format!("{common}{links}lead: p{at}\nmembers: [p{at}]\n"),
        ),
        (
            format!("applications/a{at}.md"),
            format!("{common}team: t{at}\nconfiguration_item: {text}\n"),
        ),
        (
            format!("environments/e{at}.md"),
            format!("{common}category: staging\n"),
        ),
        (
            format!("freezes/f{at}.md"),
            format!(
                "{common}planned: 2027-02-01/2027-02-03\nreason: {text}\nscope: {{environments: [e{at}]}}\n"
            ),
        ),
        (
            format!("trains/q4/releases/r{at}.md"),
            format!(
                "{common}{links}application: a{at}\nversion: \"1.0.{at}\"\npurpose: {text}\n\
                 items: [{{id: I-{at}, title: {text}, category: task, status: reopened}}]\n\
                 artifacts: [{{name: {text}, version: \"1.0.{at}\", uri: {text}, stored: 2026-11-01}}]\n\
                 risks: [{{id: r, title: {text}, response: accepted, owner: p{at}, due: 2027-03-01}}]\n"
            ),
        ),
        (
            format!("trains/q4/notes/n{at}.md"),
            format!(
                "{common}{links}release: r{at}\nversion: \"1.0.{at}\"\ndate: 2026-11-05\nitems: [I-{at}]\nerrata: [{{date: 2026-11-06, text: {text}}}]\n"
            ),
        ),
        (
            format!("trains/q4/notes/s{at}.md"),
            format!("{common}release: r{at}\nfragment: security\n"),
        ),
        (
            format!("trains/q4/milestones/m{at}.md"),
            format!("{common}due: 2026-12-0{}\n", 1 + at % 9),
        ),
        (
            format!("reviews/v{at}.md"),
            format!(
                "{common}date: 2026-11-01\nfindings: [{text}]\nactions: [{{id: a, title: {text}, owner: p{at}, due: 2026-12-24}}]\n"
            ),
        ),
        (
            format!("changes/c{at}.md"),
            format!(
                "{common}category: normal\nrisk: low\nservices: [a{at}]\nplanned: 2026-12-01 10:00/1h\n"
            ),
        ),
        (format!("pages/g{at}.md"), common.clone()),
    ]
}

fn config() -> String {
    let menu: Vec<_> = ATTACKS
        .iter()
        .map(|attack| {
            format!(
                "  - {{title: {}, url: \"https://x.example/\"}}\n",
                quoted(attack)
            )
        })
        .collect();
    format!(
        "title: {}\nbase_url: https://plan.example/\ntimezone: UTC\nrules: {{reference/unsafe-link: ignore, note/before-release: ignore}}\naudiences: {{public: {{title: {}, description: {}}}}}\nmenu:\n{}",
        quoted(ATTACKS[3]),
        quoted(ATTACKS[1]),
        quoted(ATTACKS[0]),
        menu.concat()
    )
}

fn train(at: usize) -> String {
    let text = quoted(ATTACKS[at]);
    let tasks: Vec<_> = ATTACKS
        .iter()
        .enumerate()
        .map(|(at, attack)| {
            let text = quoted(attack);
            format!(
                "  - {{id: t{at}, title: {text}, owner: p{at}, due: 2026-12-01, category: other}}\n"
            )
        })
        .collect();
    let criteria: Vec<_> = ATTACKS
        .iter()
        .enumerate()
        .map(|(at, attack)| {
            let text = quoted(attack);
            format!("      - {{id: c{at}, title: {text}, owner: p{at}}}\n")
        })
        .collect();
    format!(
        "---\ntitle: {text}\ntype: major\nmanager: p0\npurpose: {text}\n\
         schedule: {{scoping: 2026-10-01/2026-10-31, construction: 2026-11-01/2026-11-30}}\n\
         history: [{{stage: scoping, date: 2026-10-01, by: p0}}, {{stage: construction, date: 2026-11-01, by: p0, reason: {text}}}]\n\
         tasks:\n{}gates:\n  construction:\n    due: 2026-11-30\n    criteria:\n{}\
         communications: [{{id: x, title: {text}, audience: {text}, channel: {text}, owner: p1, due: 2026-12-02}}]\n---\nWords\n",
        tasks.concat(),
        criteria.concat()
    )
}
