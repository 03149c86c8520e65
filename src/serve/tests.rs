#![expect(clippy::panic, clippy::unwrap_used, reason = "a failed test may panic")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Condvar;
use std::sync::Mutex;

use super::press::Press;
use super::*;

/// Nothing takes so long, unless it never comes.
const PATIENCE: Duration = Duration::from_secs(20);

type Site = Result<BTreeMap<String, String>, String>;

/// A plan that is what the test says: a site, or a report.
struct Plan {
    folder: tempfile::TempDir,
    site: Mutex<(usize, Site)>,
    /// Which version of the site was printed last, and which one the server has noted.
    printed: Mutex<(usize, usize)>,
    noted: Condvar,
}

impl Plan {
    fn of(site: Result<&[(&str, &str)], &str>) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            site: Mutex::new((1, made(site))),
            printed: Mutex::default(),
            noted: Condvar::new(),
        }
    }

    /// Changes the site, and waits until the server knows.
    fn edit(&self, server: &Server, site: Result<&[(&str, &str)], &str>) {
        let version = {
            let mut held = self.site.lock().unwrap();
            *held = (held.0 + 1, made(site));
            held.0
        };
        server.gathered.add(Changes::anything());
        let printed = self.printed.lock().unwrap();
        let is_behind = |printed: &mut (usize, usize)| printed.1 < version;
        let waited = self.noted.wait_timeout_while(printed, PATIENCE, is_behind);
        assert!(!waited.unwrap().1.timed_out());
    }
}

fn made(site: Result<&[(&str, &str)], &str>) -> Site {
    let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    site.map(|files| files.iter().map(owned).collect())
        .map_err(str::to_owned)
}

impl Press for Plan {
    fn watched(&self) -> Watched {
        Watched {
            root: self.folder.path().to_owned(),
            only_look: true,
            ..Watched::default()
        }
    }

    fn fingerprint(&self) -> u64 {
        0
    }

    fn print(&self, _: &Changes, stand: &Stand<'_>) -> Result<(), String> {
        let (version, site) = self.site.lock().unwrap().clone();
        self.printed.lock().unwrap().0 = version;
        stand.keep(&Whole(site?));
        Ok(())
    }

    fn note(&self, news: &News<'_>) {
        if !matches!(news, News::Looking { .. }) {
            let mut printed = self.printed.lock().unwrap();
            printed.1 = printed.0;
            self.noted.notify_all();
        }
    }
}

struct Whole(BTreeMap<String, String>);

impl Edition for Whole {
    fn file(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match self.0.get(path).map(String::as_str) {
            Some("broken template") => Err("no field `x` in a.html".to_owned()),
            Some("fault of ours") => panic!("a fault of ours"),
            text => Ok(text.map(|text| text.as_bytes().to_vec())),
        }
    }
}

/// Serves `plan` while `ask` asks; each question is what a client sends, each answer is all that comes back.
fn serve(plan: &Plan, ask: impl FnOnce(&Server, &dyn Fn(&str) -> String)) {
    let server = Server::bind(0).unwrap();
    let port = server.address.port();
    thread::scope(|scope| {
        scope.spawn(|| server.run(plan));
        let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            ask(&server, &|question: &str| {
                let mut socket = connect(port, question);
                let mut answer = String::new();
                socket.read_to_string(&mut answer).unwrap();
                answer
            });
        }));
        server.stop();
        asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

fn connect(port: u16, question: &str) -> TcpStream {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let question = question.replace("PORT", &port.to_string());
    socket.write_all(question.as_bytes()).unwrap();
    socket
}

/// Returns the page without the script that the server adds to it.
fn plain(answer: &str) -> String {
    let (before, rest) = answer
        .split_once("<script src=\"/_trainboard/live.js\"")
        .unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    format!("{before}{after}")
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n")
}

#[test]
fn answers_from_the_site() {
    let plan = Plan::of(Ok(&[
        ("index.html", "home"),
        ("404.html", "lost"),
        ("a b/ü/index.html", "inner"),
        ("calendar.ics", "BEGIN"),
        ("releases/p-4.2/index.html", "payments"),
    ]));
    serve(&plan, |_, ask| {
        for (target, status, header, body) in [
            ("/", "200", "Content-Type: text/html; charset=utf-8", "home"),
            (
                "/index.html?x=../..",
                "200",
                "Cache-Control: no-cache",
                "home",
            ),
            ("/a%20b/%C3%BC/", "200", "Content-Type: text/html", "inner"),
            (
                "/a%20b/%C3%BC?q=1",
                "302",
                "Location: /a%20b/%C3%BC/?q=1",
                "folder",
            ),
            (
                "/releases/p-4.2",
                "302",
                "Location: /releases/p-4.2/",
                "folder",
            ),
            (
                "/calendar.ics",
                "200",
                "Content-Type: text/calendar; charset=utf-8",
                "BEGIN",
            ),
            (
                "/none",
                "404",
                "Content-Type: text/html; charset=utf-8",
                "lost",
            ),
            ("/a%20b/", "404", "", "lost"),
            ("/../etc/passwd", "400", "", "not the path"),
            ("/%2e%2e/etc/passwd", "400", "", "not the path"),
            ("/a%2f..%2f..%2fx", "400", "", "not the path"),
            ("/..%5cx", "400", "", "not the path"),
            ("/x%00.html", "400", "", "not the path"),
            ("/a/%5c..%5c..%5cx", "400", "", "not the path"),
            ("/_trainboard/../x", "400", "", "not the path"),
            (
                "/_trainboard/live.js",
                "200",
                "Content-Type: text/javascript",
                "EventSource",
            ),
            (
                "/_trainboard/live.css",
                "200",
                "Content-Type: text/css",
                ":host",
            ),
            ("/_trainboard/none", "404", "", "no such file"),
            ("//example.org/", "400", "", "not the path"),
            ("/%ff", "400", "", "not the path"),
            ("http://example.org/", "400", "", "not the path"),
        ] {
            let answer = ask(&get(target));
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status}")),
                "{target}: {answer}"
            );
            assert!(
                answer.contains(header) && answer.contains(body),
                "{target}: {answer}"
            );
        }
    });
}

#[test]
fn refuses_other_hosts_and_methods() {
    let plan = Plan::of(Ok(&[("index.html", "secret")]));
    serve(&plan, |_, ask| {
        for (request, status) in [
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT", "200"),
            ("GET / HTTP/1.1\r\nHost: [::1]:PORT", "200"),
            ("GET / HTTP/1.1\r\nHost: LocalHost:PORT", "200"),
            ("GET / HTTP/1.1\r\nHost: evil.example:PORT", "403"),
            ("GET / HTTP/1.1\r\nHost: localhost.evil.example:PORT", "403"),
            ("GET / HTTP/1.1\r\nHost: localhost", "403"),
            ("GET / HTTP/1.1\r\nX: y", "403"),
            (
                "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 0",
                "405",
            ),
            ("DELETE / HTTP/1.1\r\nHost: localhost:PORT", "405"),
            ("HEAD / HTTP/1.1\r\nHost: localhost:PORT", "200"),
            (
                "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://localhost:PORT",
                "200",
            ),
            (
                "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: http://localhost:1",
                "403",
            ),
            (
                "GET /_trainboard/events HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: https://evil.example",
                "403",
            ),
            (
                "GET /_trainboard/events HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: null",
                "403",
            ),
            (
                "GET /_trainboard/events HTTP/1.1\r\nHost: evil.example:PORT",
                "403",
            ),
            (
                "HEAD /_trainboard/events HTTP/1.1\r\nHost: localhost:PORT",
                "200",
            ),
        ] {
            let answer = ask(&format!("{request}\r\nConnection: close\r\n\r\n"));
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status}")),
                "{request}: {answer}"
            );
            assert_eq!(
                answer.contains("secret"),
                status == "200" && !request.starts_with("HEAD"),
                "{request}"
            );
        }
    });
}

#[test]
fn edits_show_and_errors_do_not_stop_it() {
    let plan = Plan::of(Err("no trainboard.yaml <here>"));
    serve(&plan, |server, ask| {
        let answer = ask(&get("/"));
        assert!(
            answer.starts_with("HTTP/1.1 503") && answer.contains("no trainboard.yaml &lt;here>"),
            "{answer}"
        );

        let page = "<head></head><body class=\"x\"><p>one";
        plan.edit(server, Ok(&[("index.html", page), ("a.css", "a{}")]));
        let one = ask(&get("/"));
        assert!(plain(&one).ends_with(page), "{one}");
        let tag = one
            .lines()
            .find_map(|line| line.strip_prefix("ETag: "))
            .unwrap();
        let again = get("/").replace("Connection", &format!("If-None-Match: {tag}\r\nConnection"));
        assert!(ask(&again).starts_with("HTTP/1.1 304"));

        plan.edit(server, Err("a.md:1:1: broken"));
        assert!(
            plain(&ask(&get("/"))).ends_with(page),
            "the last good page stays"
        );
        assert!(ask(&get("/a.css")).ends_with("\r\n\r\na{}"));

        plan.edit(server, Ok(&[("index.html", "broken template")]));
        assert!(
            plain(&ask(&get("/"))).ends_with(page),
            "the last good page stays"
        );
        assert!(ask(&get("/a.css")).starts_with("HTTP/1.1 404"));

        plan.edit(
            server,
            Ok(&[
                ("index.html", "fault of ours"),
                ("new.html", "fault of ours"),
            ]),
        );
        assert!(
            plain(&ask(&get("/"))).ends_with(page),
            "the last good page stays"
        );
        assert!(ask(&get("/new.html")).starts_with("HTTP/1.1 503"));

        plan.edit(server, Ok(&[("index.html", "two")]));
        assert!(plain(&ask(&again)).ends_with("two"));
    });
}

#[test]
fn many_pages_listen_and_hear_of_changes() {
    let plan = Plan::of(Ok(&[("index.html", "one")]));
    serve(&plan, |server, ask| {
        let port = server.address.port();
        let listen = get("/_trainboard/events").replace("Connection: close", "Accept: */*");
        let mut pages: Vec<_> = (0..30)
            .map(|_| BufReader::new(connect(port, &listen)))
            .collect();
        let next = |page: &mut BufReader<TcpStream>| {
            let mut lines = page.lines().map_while(Result::ok);
            lines.find_map(|line| Some(line.strip_prefix("data: ")?.to_owned()))
        };
        for page in &mut pages {
            assert!(next(page).is_some_and(|state| state.contains("\"notice\":null")));
        }
        // Ordinary requests are answered all the same.
        assert!(ask(&get("/")).contains("one"));
        plan.edit(server, Err("<script>"));
        plan.edit(server, Ok(&[("index.html", "two")]));
        for page in &mut pages {
            let told = std::iter::from_fn(|| next(page));
            let mut told = told.skip_while(|state| !state.contains("\"text\":\"<script>\""));
            let versions = told.by_ref().take(3).map(|state| {
                let (_, rest) = state.split_once("\"version\":").unwrap();
                rest.split(',').next().unwrap().parse::<u64>().unwrap()
            });
            // It is told what is wrong, to look again, and to look again at the page that is good.
            assert!(versions.is_sorted_by(|one, next| one < next));
        }
    });
}

#[test]
fn a_port_is_taken_once() {
    let server = Server::bind(0).unwrap();
    let port = server.address.port();
    let error = Server::bind(port).err().unwrap();
    assert_eq!(error.to_string(), format!("port {port} is in use"));
    assert!(error.hint().unwrap().contains("--port"));
}
