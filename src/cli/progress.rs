//! Progress: one line on the terminal while work takes longer than anybody should wait without a word.
//!
//! It is drawn by a thread of its own once a command has run for [`PATIENCE`], and is gone without a trace before anything
//! else is said. Where standard error is no terminal there is no such thread.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::outputs::Sink;
use crate::world::site::SiteError;

/// How long a command may run without a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is drawn.
const BEAT: Duration = Duration::from_millis(120);

/// What is drawn before the words, one after the other.
const WHEEL: [char; 4] = ['|', '/', '-', '\\'];

/// A step of the work; when it is dropped its line is gone.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// How many things are done.
    done: Arc<AtomicUsize>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Returns the progress of `step`, of a command that began at `start`, drawn on `out`.
    pub(super) fn drawn(
        step: &'static str,
        start: Instant,
        mut out: impl Write + Send + 'static,
    ) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let (stop, stopped) = channel();
        let counted = Arc::clone(&done);
        let thread = std::thread::spawn(move || {
            let mut wait = PATIENCE.saturating_sub(start.elapsed());
            let mut width = 0;
            for mark in WHEEL.into_iter().cycle() {
                if stopped.recv_timeout(wait) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
                let line = line(mark, step, counted.load(Ordering::Relaxed), start.elapsed());
                // There is nobody to tell when the terminal is gone.
                _ = write!(out, "\r{line:width$}");
                _ = out.flush();
                width = line.len();
                wait = BEAT;
            }
            if width > 0 {
                _ = write!(out, "\r{:width$}\r", "");
                _ = out.flush();
            }
        });
        Self {
            done,
            drawing: Some((stop, thread)),
        }
    }

    /// Returns `sink`, with each file that it takes counted.
    pub(super) fn counting<'a>(&'a self, sink: &'a dyn Sink) -> impl Sink + use<'a> {
        Counting {
            sink,
            done: &self.done,
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.drawing.take() {
            drop(stop);
            // A line that could not be drawn is no reason to fail.
            _ = thread.join();
        }
    }
}

struct Counting<'a> {
    sink: &'a dyn Sink,
    done: &'a AtomicUsize,
}

impl Sink for Counting<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), SiteError> {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.sink.put(path, bytes)
    }
}

fn line(mark: char, step: &str, done: usize, elapsed: Duration) -> String {
    let count = match done {
        0 => String::new(),
        1 => ", 1 file".to_owned(),
        many => format!(", {many} files"),
    };
    format!("{mark} {step}{count} ({} s)", elapsed.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_done_and_how_much_of_it() {
        let check = |done, expected: &str| {
            assert_eq!(
                line('|', "writing", done, Duration::from_millis(2900)),
                expected
            );
        };
        check(0, "| writing (2 s)");
        check(1, "| writing, 1 file (2 s)");
        check(1204, "| writing, 1204 files (2 s)");
    }

    #[test]
    fn what_is_quick_says_nothing_and_what_is_slow_leaves_nothing() {
        #[derive(Clone, Default)]
        struct Screen(Arc<std::sync::Mutex<Vec<u8>>>);
        impl Write for Screen {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0.lock().map_or(Ok(0), |mut all| all.write(bytes))
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let said = |screen: &Screen| screen.0.lock().map_or(Vec::new(), |all| all.clone());
        let screen = Screen::default();
        drop(Progress::drawn("reading", Instant::now(), screen.clone()));
        assert_eq!(said(&screen), b"");
        // It began so long ago that it is drawn at once; nobody waits for it here.
        let long_ago = Instant::now().checked_sub(PATIENCE);
        let progress = Progress::drawn(
            "reading",
            long_ago.unwrap_or_else(Instant::now),
            screen.clone(),
        );
        while said(&screen).is_empty() {
            std::thread::yield_now();
        }
        drop(progress);
        let said = String::from_utf8(said(&screen)).unwrap_or_default();
        assert!(said.starts_with("\r| reading (1 s)"), "{said:?}");
        assert!(said.ends_with(" \r"), "{said:?}");
    }
}
