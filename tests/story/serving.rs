//! Somebody writes with the portal open in a browser.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use crate::stage::{Plan, SMALL, trainboard};

/// A running `trainboard serve`; it ends with the story.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts the server on a free port and waits until it says where it listens.
    fn start(plan: &Plan) -> Self {
        let mut command = trainboard(&plan.path(""));
        command.args(["serve", "--port", "0", "--as-of", "2026-11-21"]);
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
    fn get(&self, target: &str) -> String {
        self.ask(target, &format!("localhost:{}", self.port))
    }

    /// Returns the answer to `GET target` as it is once it contains `words`, or after two seconds: the server looks at the
    /// plan anew only when its last look has rested.
    fn get_until(&self, target: &str, words: &str) -> String {
        for _ in 0..20 {
            let answer = self.get(target);
            if answer.contains(words) {
                return answer;
            }
            thread::sleep(Duration::from_millis(100));
        }
        self.get(target)
    }

    fn ask(&self, target: &str, host: &str) -> String {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            socket,
            "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

#[test]
fn edits_show_when_the_page_is_loaded_again() {
    let plan = Plan::of(SMALL);
    let server = Server::start(&plan);
    let home = server.get("/");
    assert!(
        home.starts_with("HTTP/1.1 200") && home.contains("<title>Small plan"),
        "{home}"
    );

    plan.edit("pages/money.md", "Coins and notes", "Shells");
    let page = server.get_until("/pages/money/", "Shells");
    assert!(page.contains("Shells") && !page.contains("Coins"), "{page}");

    // A broken plan is still served, and says what is wrong where it is wrong.
    plan.edit("applications/pay.md", "owner: ana", "owner: anna");
    let page = server.get_until("/applications/pay/", "anna");
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
