#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use super::*;

/// A plan that is what the test says: a site, or a report.
#[derive(Default)]
struct Plan {
    version: AtomicUsize,
    builds: AtomicUsize,
    site: Mutex<Option<Result<Files, String>>>,
}

impl Plan {
    fn edit(&self, site: Result<&[(&str, &str)], &str>) {
        let files = |files: &[(&str, &str)]| {
            let files = files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
            files.collect()
        };
        *self.site.lock().unwrap() = Some(site.map(files).map_err(str::to_owned));
        self.version.fetch_add(1, Ordering::SeqCst);
    }
}

impl Rebuild for Plan {
    fn fingerprint(&self) -> u64 {
        self.version.load(Ordering::SeqCst) as u64
    }

    fn build(&self) -> Result<Files, String> {
        self.builds.fetch_add(1, Ordering::SeqCst);
        self.site.lock().unwrap().clone().unwrap()
    }
}

/// Serves `plan` while `ask` asks; each question is what a client sends, each answer is all that comes back.
fn serve(plan: &Plan, ask: impl FnOnce(&dyn Fn(&str) -> String)) {
    let server = Server::bind(0).unwrap();
    let port = server.address.port();
    thread::scope(|scope| {
        scope.spawn(|| server.run(plan).unwrap());
        let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            ask(&|question: &str| {
                let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
                let question = question.replace("PORT", &port.to_string());
                socket.write_all(question.as_bytes()).unwrap();
                let mut answer = String::new();
                socket.read_to_string(&mut answer).unwrap();
                answer
            });
        }));
        server.stop();
        asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n")
}

#[test]
fn answers_from_the_site() {
    let plan = Plan::default();
    plan.edit(Ok(&[
        ("index.html", "home"),
        ("404.html", "lost"),
        ("a b/ü/index.html", "inner"),
        ("calendar.ics", "BEGIN"),
        ("releases/p-4.2/index.html", "payments"),
    ]));
    serve(&plan, |ask| {
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
    let plan = Plan::default();
    plan.edit(Ok(&[("index.html", "secret")]));
    serve(&plan, |ask| {
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
fn edits_show_on_reload_and_errors_do_not_stop_it() {
    let plan = Plan::default();
    plan.edit(Err("no trainboard.yaml <here>"));
    serve(&plan, |ask| {
        let answer = ask(&get("/"));
        assert!(
            answer.starts_with("HTTP/1.1 503") && answer.contains("no trainboard.yaml &lt;here>"),
            "{answer}"
        );

        plan.edit(Ok(&[
            ("index.html", "<body class=\"x\"><p>one"),
            ("a.css", "a{}"),
        ]));
        let one = ask(&get("/"));
        assert!(one.ends_with("<body class=\"x\"><p>one"), "{one}");
        let tag = one
            .lines()
            .find_map(|line| line.strip_prefix("ETag: "))
            .unwrap();
        let again = get("/").replace("Connection", &format!("If-None-Match: {tag}\r\nConnection"));
        assert!(ask(&again).starts_with("HTTP/1.1 304"));
        assert_eq!(plan.builds.load(Ordering::SeqCst), 2);

        plan.edit(Err("a.md:1:1: broken"));
        let broken = ask(&again);
        assert!(
            broken.ends_with("<body class=\"x\"><pre role=\"alert\">a.md:1:1: broken</pre><p>one"),
            "{broken}"
        );
        assert!(ask(&get("/a.css")).ends_with("\r\n\r\na{}"));

        plan.edit(Ok(&[("index.html", "two")]));
        assert!(ask(&again).ends_with("two"));
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
