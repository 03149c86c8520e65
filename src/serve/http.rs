//! As much of HTTP/1.1 as a portal needs: one request and one answer for each connection.
//!
//! Each connection has a thread of its own, so that pages which listen for hours keep nobody from being answered. A
//! connection is closed after its answer: on one machine a new one costs less than a millisecond.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::answer::Answer;

/// A request line and headers have no more bytes than this.
const LONGEST_HEAD: usize = 32 * 1024;

/// Nobody takes longer to send a request, or to take a part of an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The method, as it was sent.
    pub(super) method: String,
    /// The path and query, as they were sent.
    pub(super) url: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// Reads the request that `client` sends.
    ///
    /// # Errors
    /// The client goes away, waits too long, or sends what is no request.
    pub(super) fn read(client: &mut TcpStream) -> io::Result<Self> {
        client.set_nodelay(true)?;
        client.set_read_timeout(Some(PATIENCE))?;
        client.set_write_timeout(Some(PATIENCE))?;
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        let end = loop {
            let count = client.read(&mut part)?;
            // The end of the head may lie across two parts.
            let from = bytes.len().saturating_sub(3);
            bytes.extend_from_slice(&part[..count]);
            let found = bytes[from..].windows(4).position(|end| end == b"\r\n\r\n");
            match found {
                Some(at) => break from + at,
                None if count == 0 || bytes.len() > LONGEST_HEAD => {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                None => {}
            }
        };
        let head = std::str::from_utf8(&bytes[..end]).ok();
        head.and_then(Self::parse)
            .ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn parse(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, url, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !version.starts_with("HTTP/1.") || url.is_empty() {
            return None;
        }
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_owned(), value.trim().to_owned()))
        };
        Some(Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: lines.map(header).collect::<Option<_>>()?,
        })
    }

    /// Returns the value of the header `name`.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(of, _)| of.eq_ignore_ascii_case(name))?;
        Some(value)
    }
}

/// Sends `answer` to `client`, without its body when only the head was asked for.
pub(super) fn send(client: &mut TcpStream, answer: &Answer, method: &str) -> io::Result<()> {
    let reason = match answer.status {
        200 => "OK",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Service Unavailable",
    };
    let mut message = format!("HTTP/1.1 {} {reason}\r\n", answer.status).into_bytes();
    for (name, value) in &answer.headers {
        message.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    if answer.status != 304 {
        let length = format!("Content-Length: {}\r\n", answer.body.len());
        message.extend_from_slice(length.as_bytes());
    }
    message.extend_from_slice(b"Connection: close\r\n\r\n");
    if method != "HEAD" && answer.status != 304 {
        message.extend_from_slice(&answer.body);
    }
    client.write_all(&message)?;
    client.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_as_they_were_sent() {
        let request = Request::parse("GET /a?b HTTP/1.1\r\nhost:  x:1 \r\nA: b: c");
        let request = request.as_ref();
        assert_eq!(
            request.map(|of| (&*of.method, &*of.url)),
            Some(("GET", "/a?b"))
        );
        assert_eq!(request.and_then(|of| of.header("Host")), Some("x:1"));
        assert_eq!(request.and_then(|of| of.header("a")), Some("b: c"));
        for wrong in [
            "",
            "GET /",
            "GET / x HTTP/1.1",
            "GET / SPDY",
            "GET / HTTP/1.1\r\nno header",
        ] {
            assert_eq!(Request::parse(wrong), None, "{wrong}");
        }
    }
}
