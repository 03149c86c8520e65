//! The file by which a site describes itself: who made it, from what, and which files it has.
//!
//! Its bytes depend on the site alone, so that two builds of the same plan are the same to the last file.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::SiteError;

/// The file in a site's folder by which trainboard knows that it made the folder.
pub const MARKER: &str = ".trainboard";

/// The version of the marker's format.
const FORMAT: u32 = 1;

const NOTE: &str = "trainboard made this folder and replaces it whole with each build";

/// A number that stands for some bytes: other bytes have another one, unless somebody sets out to make them agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(u64);

impl Digest {
    /// Returns the digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_64(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        u64::from_str_radix(&text, 16).map(Self)
    }
}

/// What is known of a file without its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Print {
    /// The digest of its bytes.
    pub(super) digest: Digest,
    /// Its size in bytes.
    pub(super) len: u64,
}

impl Print {
    /// Returns the print of a file that holds `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            digest: Digest::of(bytes),
            len: bytes.len() as u64,
        }
    }
}

/// What a site says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Marker {
    /// The version of this format. It stands first, so that every version can read it.
    trainboard: u32,
    note: String,
    input: Digest,
    files: BTreeMap<String, Print>,
}

/// The part of the marker that every version has.
#[derive(Deserialize)]
struct Version {
    trainboard: u32,
}

impl Marker {
    /// Returns the marker of a site that was built from `input` and has `files`.
    pub(super) fn new(input: Digest, files: BTreeMap<String, Print>) -> Self {
        Self {
            trainboard: FORMAT,
            note: NOTE.to_owned(),
            input,
            files,
        }
    }

    /// Returns whether `folder` has a marker of this version.
    ///
    /// # Errors
    /// When the file is not a marker, is one of another version, or cannot be read.
    pub(super) fn is_in(folder: &Path) -> Result<bool, SiteError> {
        Ok(read::<Version>(folder)?.is_some())
    }

    /// Returns the marker of the site in `folder`; `None` when it has none.
    ///
    /// # Errors
    /// When the file is not a marker, is one of another version, or cannot be read.
    pub(super) fn load(folder: &Path) -> Result<Option<Self>, SiteError> {
        read(folder)
    }

    /// Writes the marker to the file `path`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn save(&self, path: &Path) -> Result<(), SiteError> {
        let text = serde_json::to_vec(self)
            .map_err(io::Error::from)
            .and_then(|text| fs::write(path, text));
        text.map_err(|error| SiteError::of_io(path, error))
    }

    /// Returns what the site was built from.
    pub(super) fn input(&self) -> Digest {
        self.input
    }

    /// Returns the site's files by path.
    pub(super) fn files(&self) -> &BTreeMap<String, Print> {
        &self.files
    }
}

/// Reads the marker of `folder`, or as much of it as `T` needs; `None` when there is none.
fn read<T: DeserializeOwned>(folder: &Path) -> Result<Option<T>, SiteError> {
    let path = folder.join(MARKER);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if is_absence(&error) => return Ok(None),
        Err(error) => return Err(SiteError::of_io(&path, error)),
    };
    let path = folder.to_owned();
    match serde_json::from_slice::<Version>(&text) {
        Err(_) => Err(SiteError::NotOurs { path }),
        Ok(version) if version.trainboard != FORMAT => Err(SiteError::OtherFormat { path }),
        Ok(_) => serde_json::from_slice(&text).map_err(|_| SiteError::OtherFormat { path }),
    }
}

/// Returns whether `error` says that there is nothing at a path.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
