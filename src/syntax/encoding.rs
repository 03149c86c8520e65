//! Bytes → text. A file in the wrong encoding is reported once and still read as far as it can be.

use std::borrow::Cow;

use crate::diagnostic::Finding;
use crate::text::{FileId, Location, Span};

/// A file's text and what was wrong with its bytes.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text, with a byte order mark if the file has one, so that places stay those of the file. Bytes that are
    /// not UTF-8 are U+FFFD.
    pub text: Cow<'b, str>,
    /// What was wrong, if anything.
    pub fault: Option<NotUtf8>,
}

/// Why a file's bytes are not UTF-8. It becomes a finding once the file has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    span: Span,
    cause: Cause,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cause {
    /// The file starts with the byte order mark of UTF-16.
    Utf16,
    /// The first byte that belongs to no character.
    Byte(u8),
}

/// Returns the text of `bytes`.
///
/// UTF-16 with a byte order mark is decoded as what it is, so that the document's other faults are found as well.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    let utf16 = match bytes {
        [0xff, 0xfe, rest @ ..] => Some(decode_utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(decode_utf16(rest, u16::from_be_bytes)),
        _ => None,
    };
    if let Some(text) = utf16 {
        let fault = NotUtf8 {
            span: Span::at(0),
            cause: Cause::Utf16,
        };
        return Decoded {
            text: Cow::Owned(text),
            fault: Some(fault),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            fault: None,
        },
        Err(error) => {
            let at = error.valid_up_to();
            let fault = NotUtf8 {
                span: Span::new(at..at + char::REPLACEMENT_CHARACTER.len_utf8()),
                cause: Cause::Byte(bytes.get(at).copied().unwrap_or_default()),
            };
            Decoded {
                text: String::from_utf8_lossy(bytes),
                fault: Some(fault),
            }
        }
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .as_chunks::<2>()
        .0
        .iter()
        .map(|&pair| unit(pair))
        .collect();
    String::from_utf16_lossy(&units)
}

impl NotUtf8 {
    /// Returns the finding about it, now that the file is `file`.
    pub fn finding(&self, file: FileId) -> Finding {
        let at = Location::new(file, self.span);
        match self.cause {
            Cause::Utf16 => Finding::new("document/not-utf8", at, "the file is UTF-16, not UTF-8")
                .hint("save it as UTF-8"),
            Cause::Byte(byte) => {
                let finding = Finding::new(
                    "document/not-utf8",
                    at,
                    format!("byte 0x{byte:02x} is not UTF-8"),
                );
                match latin1(byte) {
                    Some(letter) => finding.hint(format!(
                        "save the file as UTF-8; the byte is `{letter}` in Latin-1, the likely encoding"
                    )),
                    None => finding.hint("save the file as UTF-8"),
                }
            }
        }
    }
}

/// Returns the letter that `byte` is in Latin-1, unless it is a control character there.
fn latin1(byte: u8) -> Option<char> {
    Some(char::from(byte)).filter(|letter| letter.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::text::FileId;

    fn check(bytes: &[u8], text: &str, fault: Option<(usize, &str)>) {
        let decoded = decode(bytes);
        assert_eq!(decoded.text, text, "{bytes:?}");
        let found = decoded.fault.map(|fault| fault.finding(FileId(0)));
        let found = found
            .as_ref()
            .map(|finding| (finding.at.span.start as usize, finding.message.as_str()));
        assert_eq!(found, fault, "{bytes:?}");
    }

    #[test]
    fn the_first_bad_byte_is_named_and_the_rest_is_read() {
        check("tr\u{e4}in".as_bytes(), "träin", None);
        check("\u{feff}a".as_bytes(), "\u{feff}a", None);
        check(
            b"a\ncaf\xe9 \xff",
            "a\ncaf\u{fffd} \u{fffd}",
            Some((5, "byte 0xe9 is not UTF-8")),
        );
        check(
            b"\xff\xfea\0\n\0",
            "a\n",
            Some((0, "the file is UTF-16, not UTF-8")),
        );
        check(
            b"\xfe\xff\0a\xd8",
            "a",
            Some((0, "the file is UTF-16, not UTF-8")),
        );
    }
}
