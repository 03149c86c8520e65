//! The paths that a build has taken, so that no two pages fall on one place.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use rustc_hash::FxHashMap;

use super::SiteError;
use super::marker::{MARKER, Print};

/// What stands at a place. Places are compared without regard to case, as some disks do.
#[derive(Debug)]
enum Claim {
    Folder { of: String },
    File { path: String, print: Print },
}

/// The paths of a build by their place.
#[derive(Debug, Default)]
pub(super) struct Claims {
    places: FxHashMap<String, Claim>,
}

impl Claims {
    /// Takes the place of `path`.
    pub(super) fn add(&mut self, path: &str, print: Print) -> Result<(), SiteError> {
        if !is_plain(path) {
            return Err(SiteError::BadPath {
                path: path.to_owned(),
            });
        }
        let place = path.to_lowercase();
        if let Some(Claim::Folder { of: first } | Claim::File { path: first, .. }) =
            self.places.get(&place)
        {
            return Err(collision(first, path));
        }
        self.add_folders(&place, path)?;
        let path = path.to_owned();
        self.places.insert(place, Claim::File { path, print });
        Ok(())
    }

    /// Takes the places of the folders above `place`, innermost first: above a known folder all are known.
    fn add_folders(&mut self, place: &str, path: &str) -> Result<(), SiteError> {
        for (slash, _) in place.rmatch_indices('/') {
            match self.places.get(&place[..slash]) {
                Some(Claim::Folder { .. }) => break,
                Some(Claim::File { path: first, .. }) => return Err(collision(first, path)),
                None => {
                    let of = path.to_owned();
                    self.places
                        .insert(place[..slash].to_owned(), Claim::Folder { of });
                }
            }
        }
        Ok(())
    }

    /// Returns all claims and leaves none.
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Returns the files by path.
    pub(super) fn into_files(self) -> BTreeMap<String, Print> {
        let files = self.places.into_values().filter_map(|claim| match claim {
            Claim::File { path, print } => Some((path, print)),
            Claim::Folder { .. } => None,
        });
        files.collect()
    }
}

fn collision(first: &str, second: &str) -> SiteError {
    SiteError::Collision {
        first: first.to_owned(),
        second: second.to_owned(),
    }
}

/// Returns whether `path` names a file inside the site, the same on every system.
fn is_plain(path: &str) -> bool {
    let is_name = |component| matches!(component, Component::Normal(_));
    path != MARKER
        && !path.contains('\0')
        && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
        && Path::new(path).components().all(is_name)
}
