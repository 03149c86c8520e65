//! Somebody writes with the portal open in a browser.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::stage::{Plan, SMALL, trainboard};

/// Nothing takes so long, unless it never comes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running `trainboard serve`; it ends with the story.
pub(crate) struct Server {
    process: Child,
    pub(crate) port: u16,
}

impl Server {
    /// Starts the server on a free port and waits until it says where it listens.
    pub(crate) fn start(plan: &Plan) -> Self {
        Self::start_with(plan, &[])
    }

    /// Starts the server with more arguments.
    pub(crate) fn start_with(plan: &Plan, arguments: &[&str]) -> Self {
        let mut command = trainboard(&plan.path(""));
        command.args(["serve", "--port", "0", "--as-of", "2026-11-21"]);
        command.args(arguments);
        let mut process = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let greeting = lines.next().unwrap_or_default();
        let port = greeting
            .split_once("http://localhost:")
            .and_then(|(_, rest)| rest.split('/').next()?.parse().ok());
        // What it says later has to go somewhere, or the pipe fills up.
        thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            port: port.unwrap_or_else(|| panic!("{greeting}")),
        }
    }

    /// Returns the status line, headers and body of the answer to `GET target`.
    pub(crate) fn get(&self, target: &str) -> String {
        self.ask(target, &format!("localhost:{}", self.port))
    }

    /// Returns the answer to `GET target` as it is once it contains `words`, or as it is after a long time: an edit
    /// shows only when the server has heard of it.
    pub(crate) fn get_until(&self, target: &str, words: &str) -> String {
        let began = Instant::now();
        loop {
            let answer = self.get(target);
            if answer.contains(words) || began.elapsed() > PATIENCE {
                return answer;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Returns the bytes of the answer to `GET /path`, headers and all.
    pub(crate) fn ask_bytes(&self, path: &str) -> Vec<u8> {
        let mut target = String::from("/");
        for byte in path.bytes() {
            match byte {
                b'/' | b'.' | b'-' | b'_' => target.push(char::from(byte)),
                byte if byte.is_ascii_alphanumeric() => target.push(char::from(byte)),
                byte => target.push_str(&format!("%{byte:02X}")),
            }
        }
        self.answer(&target, &format!("localhost:{}", self.port))
    }

    fn ask(&self, target: &str, host: &str) -> String {
        String::from_utf8_lossy(&self.answer(target, host)).into_owned()
    }

    fn answer(&self, target: &str, host: &str) -> Vec<u8> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            socket,
            "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

#[test]
fn edits_show() {
    let plan = Plan::of(SMALL);
    let server = Server::start(&plan);
    let home = server.get("/");
    assert!(
        home.starts_with("HTTP/1.1 200") && home.contains("<title>Small plan"),
        "{home}"
    );

    plan.edit("pages/money.md", "Coins and notes", "Shells");
    let page = server.get("/pages/money/");
    assert!(page.contains("Shells") && !page.contains("Coins"), "{page}");

    // A broken plan is still served, and says what is wrong where it is wrong.
    plan.edit("applications/pay.md", "owner: ana", "owner: anna");
    let page = server.get("/applications/pay/");
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("anna"),
        "{page}"
    );
    assert!(!plan.path("public").exists(), "serving writes nothing");
}

#[test]
fn only_this_machine_and_only_the_portal_are_served() {
    let plan = Plan::of(SMALL);
    let server = Server::start(&plan);
    for (target, status) in [
        ("/nowhere/", "404"),
        ("/../trainboard.yaml", "400"),
        ("/%2e%2e/trainboard.yaml", "400"),
        ("/trainboard.yaml", "404"),
    ] {
        let answer = server.get(target);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")) && !answer.contains("timezone:"),
            "{answer}"
        );
    }
    assert!(
        server.get("/nowhere/").contains("<title>"),
        "the portal's own page says that there is none"
    );
    let foreign = server.ask("/", "evil.example");
    assert!(
        foreign.starts_with("HTTP/1.1 403") && !foreign.contains("Small plan"),
        "{foreign}"
    );
}

#[test]
fn a_port_that_is_taken_is_said_at_once() {
    let plan = Plan::of(SMALL);
    let server = Server::start(&plan);
    plan.run(&format!("serve --port {}", server.port))
        .exits(2)
        .says("is in use\n  hint: ");
}
