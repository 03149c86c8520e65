//! Somebody edits a plan that is served: what is served is always what a build would write, and open pages hear of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use crate::serving::{PATIENCE, Server};
use crate::stage::{Plan, SMALL, files_of};

/// Two trains, of which one follows the other's dates, and what belongs to them.
const TRAINS: &str = "\
-- trainboard.yaml --
title: Two trains
timezone: Europe/London
base_url: https://plan.example.org/
-- people/ana.md --
---
name: Ana Ferreira
---
-- applications/pay.md --
---
title: Payments
owner: ana
---
Moves [money](../pages/money.md) as the ![path](../assets/path.svg) shows.
-- assets/path.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
-- environments/production.md --
---
title: Production
category: production
---
-- trains/q1/index.md --
---
title: First quarter
manager: ana
schedule: {construction: T-20d/T-10d, deployment: 2027-01-09/2027-01-10}
milestones:
  - {id: cut, title: Code cut, due: T-12d}
---
It goes in winter.
-- trains/q1/releases/pay-1.md --
---
title: Payments 1
application: pay
version: 1.0.0
---
-- trains/q2.md --
---
title: Second quarter
manager: ana
schedule: {construction: T-20d/T-10d, deployment: 2027-04-09/2027-04-10}
---
-- pages/money.md --
---
title: Money
---
Coins and notes.
";

/// Returns the page `answer` without headers and without what the server adds.
fn plain(answer: &[u8]) -> Vec<u8> {
    let find = |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).position(|at| at == words);
    let body = find(answer, b"\r\n\r\n").map_or(answer, |end| &answer[end + 4..]);
    let Some(start) = find(body, b"<script src=\"/_trainboard/") else {
        return body.to_vec();
    };
    let end = start + find(&body[start..], b"</script>").unwrap() + b"</script>".len();
    [&body[..start], &body[end..]].concat()
}

/// Returns every file that a build of the plan writes now, by path; without the pages about the format and the rules,
/// which are many and the same for every plan.
fn built(plan: &Plan) -> BTreeMap<String, Vec<u8>> {
    plan.run("build --as-of 2026-11-21 -o ../site").exits(0);
    let files = files_of(&plan.path("../site")).into_iter();
    files
        .filter(|path| !path.starts_with('.') && !path.starts_with("reference/"))
        .map(|path| {
            let bytes = fs::read(plan.path("../site").join(&path)).unwrap();
            (path, bytes)
        })
        .collect()
}

/// Holds the server to serve what a build of the plan writes, every file of it, once it has heard of all edits; and
/// none of the files `gone`.
#[track_caller]
fn is_served_as_built(server: &Server, plan: &Plan, gone: &[&str]) {
    let mut page = Page::open(server);
    let files = built(plan);
    assert!(files.len() > 20, "{:?}", files.keys());
    let differs = |path: &String, bytes: &Vec<u8>| plain(&server.ask_bytes(path)) != *bytes;
    while let Some((path, bytes)) = files.iter().find(|(path, bytes)| differs(path, bytes)) {
        while differs(path, bytes) {
            assert!(
                page.hears_more(),
                "{path} is served as\n{}\nand built as\n{}",
                String::from_utf8_lossy(&plain(&server.ask_bytes(path))),
                String::from_utf8_lossy(bytes)
            );
        }
    }
    for path in gone {
        assert!(!files.contains_key(*path), "{path} is built");
        assert!(server.get(&format!("/{path}")).starts_with("HTTP/1.1 404"));
    }
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let plan = Plan::of(TRAINS);
    let server = Server::start(&plan);
    is_served_as_built(&server, &plan, &["pages/coins/index.html"]);
    // A body, and at once another one.
    plan.edit("pages/money.md", "Coins", "Shells");
    plan.edit("trains/q1/index.md", "in winter", "in the snow");
    is_served_as_built(&server, &plan, &[]);
    // A body that makes another title, another summary and another file.
    plan.write(
        "pages/tea.md",
        "---\ntags: [tea]\n---\n# Tea\n\nIt is *brewed*.\n",
    );
    is_served_as_built(&server, &plan, &[]);
    plan.write(
        "pages/tea.md",
        "---\ntags: [tea]\n---\n# Green tea\n\nIt is ![drawn](../assets/new.svg).\n",
    );
    plan.write(
        "assets/new.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"a\"/>",
    );
    is_served_as_built(&server, &plan, &[]);
    // A date that others follow.
    plan.edit(
        "trains/q1/index.md",
        "2027-01-09/2027-01-10",
        "2027-02-06/2027-02-07",
    );
    is_served_as_built(&server, &plan, &[]);
    // A file with another name, one that is gone, and a new folder with a file in it.
    plan.rename("pages/money.md", "pages/coins.md");
    plan.edit("applications/pay.md", "money.md", "coins.md");
    fs::remove_file(plan.path("pages/tea.md")).unwrap();
    plan.write(
        "trains/q3/notes/first.md",
        "---\ntitle: First\ndate: 2026-11-01\n---\nHello.\n",
    );
    plan.write(
        "trains/q3/index.md",
        "---\ntitle: Third\nmanager: ana\n---\n",
    );
    is_served_as_built(
        &server,
        &plan,
        &["pages/money/index.html", "pages/tea/index.html"],
    );
    // A folder with another name.
    plan.rename("trains/q1", "trains/first");
    is_served_as_built(&server, &plan, &["trains/q1/index.html"]);
    // The settings.
    plan.edit("trainboard.yaml", "Two trains", "Many trains");
    is_served_as_built(&server, &plan, &[]);
    // A theme.
    plan.edit("trainboard.yaml", "timezone", "theme: theme\ntimezone");
    plan.write(
        "theme/templates/head.html",
        "<meta name=\"own\" content=\"1\">",
    );
    is_served_as_built(&server, &plan, &[]);
    plan.edit("theme/templates/head.html", "1", "2");
    is_served_as_built(&server, &plan, &[]);
    // A file that is broken and mended, as an editor saves it: beside, and then in its place.
    let good = plan.read("trains/q2.md");
    plan.write(
        "trains/q2.md",
        good.replace("manager: ana", "manager: [ana"),
    );
    assert!(server.get("/trains/q2/").starts_with("HTTP/1.1 200"));
    Page::open(&server).hears("manager: [ana");
    plan.write("trains/.q2.md.new", &good);
    plan.rename("trains/.q2.md.new", "trains/q2.md");
    is_served_as_built(&server, &plan, &[]);
}

/// An open page.
struct Page(BufReader<TcpStream>);

impl Page {
    fn open(server: &Server) -> Self {
        let mut socket = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            socket,
            "GET /_trainboard/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
            server.port
        )
        .unwrap();
        Self(BufReader::new(socket))
    }

    /// Waits until the page is told something, and returns whether it ever is.
    fn hears_more(&mut self) -> bool {
        let mut lines = self.0.by_ref().lines().map_while(Result::ok);
        lines.any(|line| line.starts_with("data: "))
    }

    /// Waits until the page is told something that holds `words`.
    #[track_caller]
    fn hears(&mut self, words: &str) {
        let mut heard = Vec::new();
        for line in self.0.by_ref().lines().map_while(Result::ok) {
            if line.starts_with("data: ") && line.contains(words) {
                return;
            }
            heard.push(line);
        }
        panic!("no {words:?} in {heard:#?}");
    }
}

#[test]
fn open_pages_hear_what_is_wrong_and_that_it_is_mended() {
    let plan = Plan::of(SMALL);
    let server = Server::start(&plan);
    assert!(
        server
            .get("/")
            .contains("<script src=\"/_trainboard/live.js\"")
    );
    let mut page = Page::open(&server);
    page.hears("\"notice\":null");
    plan.edit("applications/pay.md", "owner: ana", "owner: anna<b>");
    page.hears("\"title\":\"1 error");
    plan.edit("applications/pay.md", "owner: anna<b>", "owner: ana");
    page.hears("\"notice\":null");
    // A theme that does not compile, and then does.
    plan.edit("trainboard.yaml", "title", "theme: theme\ntitle");
    page.hears("1 error");
    plan.write("theme/templates/home.html", "{% if %}");
    page.hears("home.html");
    assert!(
        server.get("/").starts_with("HTTP/1.1 200"),
        "the last good page stays"
    );
    plan.write("theme/templates/home.html", "{% extends \"base.html\" %}");
    page.hears("\"notice\":null");
}

#[test]
fn a_plan_that_goes_away_may_come_back() {
    let plan = Plan::of(SMALL);
    for arguments in [&[][..], &["--poll"][..]] {
        let server = Server::start_with(&plan, arguments);
        let mut page = Page::open(&server);
        assert!(server.get("/pages/money/").contains("Coins"));
        let here = plan.path("");
        let elsewhere = here.parent().unwrap().join("elsewhere");
        fs::rename(&here, &elsewhere).unwrap();
        page.hears("The plan cannot be shown");
        assert!(
            server.get("/pages/money/").contains("Coins"),
            "the last good page stays"
        );
        fs::rename(&elsewhere, &here).unwrap();
        plan.edit("pages/money.md", "Coins", "Shells");
        assert!(
            server
                .get_until("/pages/money/", "Shells")
                .contains("Shells")
        );
        plan.edit("pages/money.md", "Shells", "Coins");
        assert!(server.get_until("/pages/money/", "Coins").contains("Coins"));
    }
}

#[test]
fn a_storm_of_saves_ends_with_the_last() {
    let plan = Plan::of(SMALL);
    let server = Server::start(&plan);
    assert!(server.get("/pages/money/").contains("Coins"));
    for number in 0..1000 {
        plan.write(
            "pages/money.md",
            format!("---\ntitle: Money\n---\nCoin number {number}.\n"),
        );
    }
    let page = server.get("/pages/money/");
    assert!(page.contains("Coin number 999."), "{page}");
}

#[test]
fn another_commit_shows() {
    let plan = Plan::of(SMALL);
    plan.git("init --quiet --initial-branch main");
    plan.commit("2026-11-20", "first");
    plan.git("checkout --quiet -b shells");
    plan.edit("pages/money.md", "Coins", "Shells");
    plan.commit("2026-11-21", "Shells");
    let server = Server::start(&plan);
    assert!(server.get("/pages/money/").contains("Shells"));
    plan.git("checkout --quiet main");
    assert!(server.get("/pages/money/").contains("Coins"));
    // A commit that changes no file.
    plan.edit("pages/money.md", "Coins", "Gold");
    assert!(server.get("/pages/money/").contains("Gold"));
    plan.commit("2026-11-21", "The colour of money");
    let history = server.get_until("/history/", "The colour of money");
    assert!(history.contains("The colour of money"));
}
