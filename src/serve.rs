//! The portal on this machine: `trainboard serve`.
//!
//! [`Server::bind`] takes a port of the loopback address, [`Server::run`] answers from a site in memory that is built
//! anew when the plan has changed since the last request. How a plan is built is not known here: the command line says
//! it through [`Rebuild`].
//!
//! It refuses every method but GET and HEAD, every path that is not plain, and every request that was not sent to this
//! machine by name: a page of another origin could otherwise have a name of its own point here and read the plan. It
//! never writes a file.

mod answer;
mod media;
mod notice;
mod portal;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use thiserror::Error;
use tiny_http::{Header, Request, Response};

use self::answer::{Answer, Question};
use self::portal::Portal;

pub use self::portal::{Files, Rebuild};

/// The port that is taken when none is asked for.
pub const PORT: u16 = 4747;

/// As many requests are answered at once. A browser opens six connections to one host.
const WORKERS: usize = 6;

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
    /// The system takes no more connections.
    #[error("the server stopped")]
    Stopped {
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
            Self::Stopped { .. } => None,
        }
    }
}

/// A server that has its port.
pub struct Server {
    http: tiny_http::Server,
    address: SocketAddr,
    is_stopping: AtomicBool,
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
        let http = tiny_http::Server::from_listener(listener, None)
            .map_err(|error| refused(io::Error::other(error)))?;
        Ok(Self {
            http,
            address,
            is_stopping: AtomicBool::new(false),
        })
    }

    /// Returns the address to open in a browser.
    pub fn url(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    /// Answers requests until [`Server::stop`]. The plan is built before the first answer.
    ///
    /// # Errors
    /// When the system takes no more connections.
    pub fn run(&self, plan: &impl Rebuild) -> Result<(), ServeError> {
        let portal = Portal::new(plan);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..WORKERS)
                .map(|_| scope.spawn(|| self.work(&portal)))
                .collect();
            workers.into_iter().try_for_each(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })
    }

    /// Lets [`Server::run`] return once every request that has come is answered.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::Release);
        for _ in 0..WORKERS {
            self.http.unblock();
        }
    }

    fn work(&self, portal: &Portal<'_, impl Rebuild>) -> Result<(), ServeError> {
        loop {
            match self.http.recv() {
                Ok(request) => self.answer(request, portal),
                Err(_) if self.is_stopping.load(Ordering::Acquire) => return Ok(()),
                Err(source) => {
                    self.stop();
                    return Err(ServeError::Stopped { source });
                }
            }
        }
    }

    fn answer(&self, request: Request, portal: &Portal<'_, impl Rebuild>) {
        let header = |name: &'static str| {
            let mut headers = request.headers().iter();
            headers
                .find(|header| header.field.equiv(name))
                .map(|header| header.value.as_str())
        };
        let question = Question {
            method: request.method().as_str(),
            url: request.url(),
            host: header("Host"),
            known: header("If-None-Match"),
        };
        let answer = match answer::refusal(&question, self.address.port()) {
            Some(refusal) => refusal,
            None => portal.now().answer(&question),
        };
        // A browser that closed the connection has no use for an answer.
        let _ = request.respond(response(answer));
    }
}

fn response(answer: Answer) -> Response<io::Cursor<Vec<u8>>> {
    let headers = answer
        .headers
        .iter()
        .filter_map(|(name, value)| Header::from_bytes(*name, value.as_bytes()).ok());
    headers.fold(
        Response::from_data(answer.body).with_status_code(answer.status),
        Response::with_header,
    )
}

#[cfg(test)]
mod tests;
