//! Open pages hear of changes: a stream of server-sent events for each.
//!
//! Every event tells the whole state, so that it does not matter which ones a page has missed: the version of what is
//! answered, and the notice. A page that reads too slowly is let go; it connects again by itself.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::press::Notice;

/// So many events wait for a page before it is let go.
const BACKLOG: usize = 64;

/// So many pages can listen at once: each has a thread.
const MOST_LISTENERS: usize = 256;

/// After so long without an event a page is told that the connection is alive, which also shows whether it is.
const ALIVE: Duration = Duration::from_secs(15);

/// What stands before the events.
const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n\
X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";

/// The pages that listen, and what all of them know.
#[derive(Debug)]
pub(super) struct Listeners(Mutex<Room>);

#[derive(Debug)]
struct Room {
    state: State,
    all: Vec<SyncSender<Arc<str>>>,
    is_closed: bool,
}

/// What a page is told.
#[derive(Debug, Serialize)]
struct State {
    /// Which run of the server it is: versions are counted anew in each.
    run: String,
    /// Changes whenever a page may have.
    version: u64,
    /// What is wrong.
    notice: Option<Notice>,
}

impl Default for Listeners {
    fn default() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let run = format!("{:x}", now.unwrap_or_default().as_nanos());
        Self(Mutex::new(Room {
            state: State {
                run,
                version: 0,
                notice: None,
            },
            all: Vec::new(),
            is_closed: false,
        }))
    }
}

impl Listeners {
    /// Lets a page listen: it first hears how things are. None when there are too many.
    pub(super) fn join(&self) -> Option<Receiver<Arc<str>>> {
        let (sender, events) = mpsc::sync_channel(BACKLOG);
        let mut room = self.room();
        if room.is_closed || room.all.len() >= MOST_LISTENERS {
            return None;
        }
        _ = sender.try_send(room.event());
        room.all.push(sender);
        Some(events)
    }

    /// Tells all pages that what is answered has the version `version`.
    pub(super) fn turn(&self, version: u64) {
        let mut room = self.room();
        room.state.version = room.state.version.max(version);
        room.tell();
    }

    /// Tells all pages what is wrong, unless they know.
    pub(super) fn tell(&self, notice: Option<Notice>) {
        let mut room = self.room();
        if room.state.notice != notice {
            room.state.notice = notice;
            room.tell();
        }
    }

    /// Ends all streams.
    pub(super) fn close(&self) {
        let mut room = self.room();
        room.is_closed = true;
        room.all.clear();
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    fn tell(&mut self) {
        let event = self.event();
        self.all
            .retain(|page| page.try_send(Arc::clone(&event)).is_ok());
    }

    fn event(&self) -> Arc<str> {
        // JSON has no line breaks of its own, and the state has text for keys.
        let state = serde_json::to_string(&self.state).unwrap_or_default();
        format!("event: state\ndata: {state}\n\n").into()
    }
}

/// Writes `events` to a page until it goes or the server stops.
pub(super) fn stream(mut page: impl Write, events: &Receiver<Arc<str>>) -> io::Result<()> {
    page.write_all(HEAD.as_bytes())?;
    loop {
        page.flush()?;
        match events.recv_timeout(ALIVE) {
            Ok(event) => page.write_all(event.as_bytes())?,
            Err(RecvTimeoutError::Timeout) => page.write_all(b": alive\n\n")?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}
