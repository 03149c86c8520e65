//! The portal on this machine: `trainboard serve`.
//!
//! [`Server::bind`] takes a port of the loopback address. [`Server::run`] watches the plan and answers requests from the
//! edition of it that is current; a later edition takes its place when the plan changes, and open pages are told. How a
//! plan is read and a page is made is not known here: the command line says it through [`Press`].
//!
//! It refuses every method but GET and HEAD, every path that is not plain, every request that was not sent to this
//! machine by name, and every one that a page of another origin sends: such a page could otherwise have a name of its
//! own point here and read the plan. It never writes a file of the plan.
//!
//! A request waits for the saves before it to be taken up, so that a page is never older than the files it was made of:
//! `Marks` tell when all of them were heard of, `Gathered` when they are shown.

mod answer;
mod changes;
mod counter;
mod events;
mod http;
mod live;
mod marks;
mod media;
mod press;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, Scope};
use std::time::{Duration, Instant};

use thiserror::Error;

use self::answer::Question;
use self::changes::{Gathered, Wait};
use self::counter::Counter;
use self::http::Request;
use self::marks::Marks;
use self::watch::Watch;

pub use self::changes::Changes;
pub use self::counter::Stand;
pub use self::press::{Edition, News, Notice, Press, Watched};

/// The port that is taken when none is asked for.
pub const PORT: u16 = 4747;

/// So many connections are held at once, those of pages that listen among them.
const MOST_CONNECTIONS: usize = 512;

/// When no connection can be taken, so long passes before the next try.
const PAUSE: Duration = Duration::from_millis(50);

/// After a page was revised, the whole edition follows when nothing changes for so long: an author writes on.
const REST: Duration = Duration::from_millis(120);

/// However long the author writes on, the whole edition waits no longer.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Why the portal cannot be served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Another program listens on the port.
    #[error("port {port} is in use")]
    InUse {
        /// The port that was asked for.
        port: u16,
    },
    /// This user may not listen on the port.
    #[error("port {port} is not for this user")]
    Forbidden {
        /// The port that was asked for.
        port: u16,
    },
    /// The system refuses for another reason.
    #[error("cannot listen on port {port}")]
    Refused {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
}

impl ServeError {
    /// Returns the action that mends it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::InUse { .. } => {
                Some("stop the other program, or choose another port with `--port`")
            }
            Self::Forbidden { .. } => Some("choose a port above 1023 with `--port`"),
            Self::Refused { .. } => Some("choose another port with `--port`"),
        }
    }
}

/// A server that has its port.
pub struct Server {
    listener: TcpListener,
    connections: AtomicUsize,
    address: SocketAddr,
    is_stopping: AtomicBool,
    counter: Counter,
    gathered: Arc<Gathered>,
    marks: Arc<Marks>,
}

impl Server {
    /// Takes the port `port` of the loopback address; 0 takes any free one.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub fn bind(port: u16) -> Result<Self, ServeError> {
        let refused = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => ServeError::InUse { port },
            io::ErrorKind::PermissionDenied => ServeError::Forbidden { port },
            _ => ServeError::Refused { port, source },
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok(Self {
            listener,
            connections: AtomicUsize::new(0),
            address,
            is_stopping: AtomicBool::new(false),
            counter: Counter::default(),
            gathered: Arc::default(),
            marks: Arc::new(Marks::new(address.port())),
        })
    }

    /// Returns the address to open in a browser.
    pub fn url(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    /// Answers requests until [`Server::stop`]. Requests that come before the first edition is there wait for it.
    pub fn run(&self, press: &dyn Press) {
        thread::scope(|scope| {
            scope.spawn(|| self.edit(press, scope));
            for client in self.listener.incoming() {
                if self.is_stopping.load(Ordering::Acquire) {
                    return;
                }
                match client {
                    Ok(client) => _ = scope.spawn(|| self.serve(client)),
                    // Too many files are open, or the client has gone already.
                    Err(_) => thread::sleep(PAUSE),
                }
            }
        });
    }

    /// Lets [`Server::run`] return once every request that has come is answered.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::Release);
        self.gathered.close();
        self.counter.close();
        // Whoever waits for the next connection gets one.
        _ = TcpStream::connect(self.address);
    }

    /// Has an edition printed at once, and another one after each change; never two at a time.
    fn edit<'s>(&'s self, press: &'s dyn Press, scope: &'s Scope<'s, '_>) {
        let mut watch = Watch::new(press, Arc::clone(&self.gathered), Arc::clone(&self.marks));
        let mut due = Some((Changes::anything(), Some(Instant::now())));
        for number in 1.. {
            let Some((changes, since)) = due else { return };
            let (ready, is_ready) = mpsc::channel();
            scope.spawn(move || {
                let stand = Stand::new((&self.counter, press), number, (&changes, since), ready);
                if let Err(report) = press.print(&changes, &stand) {
                    self.counter.fail(&report);
                    press.note(&News::Spoilt { report: &report });
                }
            });
            // It is ready, or there is none: then nobody is left who could say so.
            _ = is_ready.recv();
            self.gathered.show();
            due = self.changes(&mut watch, press);
        }
    }

    /// Returns the next changes, with when the first of them was known unless they are already shown and noted; none
    /// when the server stops.
    ///
    /// What the current edition can take up at once is shown at once; the whole follows when the author rests.
    fn changes(
        &self,
        watch: &mut Watch<'_>,
        press: &dyn Press,
    ) -> Option<(Changes, Option<Instant>)> {
        let (mut all, mut since) = watch.next()?;
        let began = since;
        let mut newest = all.clone();
        while self.counter.revise(&newest) {
            self.gathered.show();
            press.note(&News::Offered {
                changes: &newest,
                took: since.elapsed(),
            });
            let is_long = began.elapsed() > LONGEST_REST;
            match watch.within(if is_long { Duration::ZERO } else { REST }) {
                Wait::Over(changes, at) => {
                    all.add(changes.clone());
                    (newest, since) = (changes, at);
                }
                Wait::Quiet => return Some((all, None)),
                Wait::Closed => return None,
            }
        }
        Some((all, Some(since)))
    }

    /// Answers the request of `client`. One that goes before it has its answer has no use for it.
    fn serve(&self, mut client: TcpStream) {
        if self.connections.fetch_add(1, Ordering::AcqRel) < MOST_CONNECTIONS {
            _ = self.answer(&mut client);
        }
        self.connections.fetch_sub(1, Ordering::AcqRel);
    }

    fn answer(&self, client: &mut TcpStream) -> io::Result<()> {
        let request = match Request::read(client) {
            Ok(request) => request,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return http::send(client, &answer::no_request(), "GET");
            }
            Err(error) => return Err(error),
        };
        let question = Question {
            method: &request.method,
            url: &request.url,
            host: request.header("Host"),
            origin: request.header("Origin"),
            known: request.header("If-None-Match"),
        };
        let answer = match answer::refusal(&question, self.address.port()) {
            Some(refusal) => refusal,
            None if answer::asks_for_events(&question) => match self.counter.listeners.join() {
                Some(events) => return events::stream(client, &events),
                None => answer::too_many(),
            },
            None => {
                self.marks.catch_up();
                self.gathered.catch_up();
                self.counter.answer(&question)
            }
        };
        http::send(client, &answer, &request.method)
    }
}

#[cfg(test)]
mod tests;
