//! Why a site could not be published.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a site could not be published. The old site is whole in every case.
#[derive(Debug, Error)]
pub enum SiteError {
    /// The folder has content and no marker.
    #[error("{} holds files that trainboard did not make", path.display())]
    NotOurs {
        /// The site's folder.
        path: PathBuf,
    },
    /// Somebody put a folder into the site.
    #[error("{} is a folder that trainboard did not make", path.display())]
    ForeignFolder {
        /// The folder inside the site.
        path: PathBuf,
    },
    /// The marker is one of another version.
    #[error("{} was made by another version of trainboard", path.display())]
    OtherFormat {
        /// The site's folder.
        path: PathBuf,
    },
    /// There is a file in the folder's place, or no folder can be there.
    #[error("{} cannot be a site's folder", path.display())]
    NotAFolder {
        /// The path that was asked for.
        path: PathBuf,
    },
    /// The folder cannot be swapped for another, because a disk is mounted on it.
    #[error("{} cannot be swapped for another folder: a disk is mounted on it", path.display())]
    MountPoint {
        /// The site's folder.
        path: PathBuf,
    },
    /// Another build of the same site is at work.
    #[error("another build is writing to {}{}", path.display(), of_process(*process))]
    Busy {
        /// The site's folder.
        path: PathBuf,
        /// The other build's process, when it is known.
        process: Option<u32>,
    },
    /// The site, or the new one, was removed or changed by somebody else during the build.
    #[error("{} was removed while the site was built", path.display())]
    Vanished {
        /// What is gone.
        path: PathBuf,
    },
    /// A page has a path that cannot be inside a site.
    #[error("`{path}` is not a path inside the site")]
    BadPath {
        /// The page's path.
        path: String,
    },
    /// Two pages have paths that a disk that ignores case takes for one, or one page's path is another one's folder.
    #[error("the pages `{first}` and `{second}` have the same place in the site")]
    Collision {
        /// The path of the page that came first. Which one that is depends on the threads.
        first: String,
        /// The other path.
        second: String,
    },
    /// The disk has no space left.
    #[error("the disk is full: cannot write {}", path.display())]
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// This user, or nobody, may write there.
    #[error("{} cannot be written by this user", path.display())]
    Forbidden {
        /// What was being written.
        path: PathBuf,
    },
    /// The system failed for another reason.
    #[error("cannot write {}", path.display())]
    Io {
        /// What was being written.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn of_process(process: Option<u32>) -> String {
    process.map_or_else(String::new, |process| format!(" (process {process})"))
}

impl SiteError {
    /// Returns the action that mends it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotOurs { .. } => "choose an empty folder with `--output`, or empty this one",
            Self::ForeignFolder { .. } => {
                "move it out of the site: each build replaces the site whole"
            }
            Self::OtherFormat { .. } => "remove the folder and build again",
            Self::NotAFolder { .. } => "choose another folder with `--output`",
            Self::MountPoint { .. } => "choose a folder below it with `--output`",
            Self::Busy { .. } => {
                "wait for the other build, or choose another folder with `--output`"
            }
            Self::Vanished { .. } => "build again",
            Self::BadPath { .. } => "give the document an id without `.` and `..` segments",
            Self::Collision { .. } => "give one of the documents another id",
            Self::Full { .. } => "free some space and build again",
            Self::Forbidden { .. } => {
                "choose a folder that you may write to with `--output`; the folder that holds it is written too"
            }
            Self::Io { .. } => return None,
        })
    }

    /// Returns what the system's `error` about `path` means.
    pub(super) fn of_io(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Forbidden { path }
            }
            io::ErrorKind::NotFound => Self::Vanished { path },
            io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy => {
                Self::MountPoint { path }
            }
            _ => Self::Io {
                path,
                source: error,
            },
        }
    }
}
