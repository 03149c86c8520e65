//! What the user sees: answers on standard output, everything else on standard error.

use std::error::Error as _;
use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};

use super::arguments::{Color, Common};
use super::failure::Failure;
use super::progress::Progress;
use crate::report::{Drawing, Ink, Strokes};

/// How wide lines are at most, and where the terminal does not say.
const WIDTH: usize = 120;

/// How wide lines are at least.
const NARROW: usize = 40;

/// The two streams of the process, and how much is said on them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    color: Color,
    volume: Volume,
    /// When the command began.
    start: Instant,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Volume {
    /// Only what is wrong.
    Quiet,
    /// What was done.
    Plain,
    /// How long each step took, too.
    Verbose,
}

impl Screen {
    pub(super) fn new(common: &Common) -> Self {
        let volume = match (common.quiet, common.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Plain,
        };
        Self {
            color: common.color,
            volume,
            start: Instant::now(),
        }
    }

    /// Returns standard output.
    pub(super) fn out(&self) -> impl Write + use<> {
        io::BufWriter::new(AutoStream::new(io::stdout(), self.choice(&io::stdout())))
    }

    /// Returns standard error.
    fn err(&self) -> impl Write + use<> {
        AutoStream::new(io::stderr(), self.choice(&io::stderr()))
    }

    fn choice(&self, stream: &impl anstream::stream::RawStream) -> ColorChoice {
        match self.color {
            Color::Auto => AutoStream::choice(stream),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }

    /// Returns how a report is drawn on standard output.
    pub(super) fn drawing(&self) -> Drawing {
        let ink = match self.choice(&io::stdout()) {
            ColorChoice::Never => Ink::Plain,
            _ => Ink::Colour,
        };
        let strokes = if io::stdout().is_terminal() && speaks_unicode() {
            Strokes::Unicode
        } else {
            Strokes::Ascii
        };
        // A pipe has no width, and a terminal that is too narrow for any line gets lines that it will break itself.
        let width = terminal_size::terminal_size_of(io::stdout());
        let width = width.map_or(WIDTH, |(width, _)| {
            usize::from(width.0).clamp(NARROW, WIDTH)
        });
        Drawing {
            ink,
            strokes,
            width,
        }
    }

    /// Writes `text` to standard output.
    pub(super) fn print(&self, text: &str) {
        let mut out = self.out();
        // There is nobody to tell when standard output is closed.
        _ = writeln!(out, "{text}").and_then(|()| out.flush());
    }

    /// Says what was done.
    pub(super) fn say(&self, message: &str) {
        if self.volume != Volume::Quiet {
            // There is nobody to tell when standard error is closed.
            _ = writeln!(self.err(), "{message}");
        }
    }

    /// Says what the user should know before relying on an answer.
    pub(super) fn warn(&self, message: &str) {
        _ = writeln!(self.err(), "warning: {message}");
    }

    /// Says how long a step took since `start`, when asked to.
    pub(super) fn time(&self, step: &str, start: Instant) {
        if self.volume == Volume::Verbose {
            _ = writeln!(self.err(), "{step:>10}: {}", milliseconds(start.elapsed()));
        }
    }

    /// Returns the progress of `step`, which is drawn as long as it lives: on a terminal, when the command takes long, and
    /// when neither silence nor the time of each step was asked for.
    pub(super) fn progress(&self, step: &'static str) -> Progress {
        match self.volume == Volume::Plain && io::stderr().is_terminal() {
            true => Progress::drawn(step, self.start, io::stderr()),
            false => Progress::default(),
        }
    }

    /// Says why a command could not do its work.
    pub(super) fn fail(&self, failure: &Failure) {
        let mut err = self.err();
        _ = writeln!(err, "error: {failure}");
        let mut source = failure.source();
        while let Some(cause) = source {
            _ = writeln!(err, "  because: {cause}");
            source = cause.source();
        }
        if let Some(hint) = failure.hint() {
            _ = writeln!(err, "  hint: {hint}");
        }
    }
}

/// Returns a length of time as people read it.
pub(super) fn milliseconds(elapsed: Duration) -> String {
    format!("{:.0} ms", elapsed.as_secs_f64() * 1000.0)
}

/// Returns whether the locale of the environment can show box-drawing characters (POSIX: the first that is set holds).
fn speaks_unicode() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    let locale = set
        .into_iter()
        .find(|value| !value.is_empty())
        .unwrap_or_default()
        .to_uppercase();
    locale.contains("UTF-8") || locale.contains("UTF8")
}
