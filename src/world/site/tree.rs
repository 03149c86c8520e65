//! What a site's folder holds now, against what its marker says.
//!
//! A file is as it was made when its size is right and it is older than the marker, and an older folder has no new names
//! in it. Clocks of disks are coarse: of what is as old as the marker, files are read and folders are listed.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;
use std::time::SystemTime;

use rustc_hash::FxHashSet;

use super::SiteError;
use super::marker::{Digest, MARKER, Marker, Print, is_absence};

/// A site's folder as it was found.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    /// `None` when there is no site.
    marker: Option<Marker>,
    /// Files of the marker that are missing or were changed.
    touched: FxHashSet<String>,
    /// Files that the marker does not know.
    strangers: Vec<PathBuf>,
}

/// A part of the survey: what one thread has seen.
#[derive(Default)]
struct Sight {
    touched: Vec<String>,
    strangers: Vec<PathBuf>,
}

/// The thing that a thread looks at next.
#[derive(Clone, Copy)]
enum Spot<'a> {
    File(&'a str, Print),
    Folder(&'a str),
}

impl Tree {
    /// Looks at every file and folder of the site in `root`.
    ///
    /// # Errors
    /// When the folder's marker is not a marker of this version, when somebody put a folder into the site, and when it
    /// cannot be read.
    pub(super) fn survey(root: &Path) -> Result<Self, SiteError> {
        let mut tree = Self {
            root: root.to_owned(),
            marker: None,
            touched: FxHashSet::default(),
            strangers: Vec::new(),
        };
        let Some(marker) = Marker::load(root)? else {
            return Ok(tree);
        };
        for sight in Surveyor::new(root, &marker)?.look()? {
            tree.touched.extend(sight.touched);
            tree.strangers.extend(sight.strangers);
        }
        tree.marker = Some(marker);
        Ok(tree)
    }

    /// Returns whether there is a site, just as it was made.
    pub(super) fn is_whole(&self) -> bool {
        self.marker.is_some() && self.touched.is_empty() && self.strangers.is_empty()
    }

    /// Returns whether the file `path` is there and has the bytes that `print` stands for.
    pub(super) fn holds(&self, path: &str, print: Print) -> bool {
        self.files().get(path) == Some(&print) && !self.touched.contains(path)
    }

    /// Returns whether the marker knows a file `path`.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.files().contains_key(path)
    }

    /// Returns the site's files by path.
    pub(super) fn files(&self) -> &BTreeMap<String, Print> {
        static NONE: LazyLock<BTreeMap<String, Print>> = LazyLock::new(BTreeMap::new);
        self.marker.as_ref().map_or(&*NONE, Marker::files)
    }

    /// Returns what the site was built from.
    pub(super) fn input(&self) -> Option<Digest> {
        self.marker.as_ref().map(Marker::input)
    }

    /// Returns the files that the marker does not know.
    pub(super) fn strangers(&self) -> &[PathBuf] {
        &self.strangers
    }

    /// Returns the path of the site's file `path`.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

/// Compares a site's folder with its marker.
struct Surveyor<'a> {
    root: &'a Path,
    files: &'a BTreeMap<String, Print>,
    folders: FxHashSet<&'a str>,
    made: SystemTime,
}

impl<'a> Surveyor<'a> {
    fn new(root: &'a Path, marker: &'a Marker) -> Result<Self, SiteError> {
        let path = root.join(MARKER);
        let made = fs::metadata(&path)
            .and_then(|metadata| metadata.modified())
            .map_err(|error| SiteError::of_io(&path, error))?;
        let mut folders = FxHashSet::from_iter([""]);
        for path in marker.files().keys() {
            // Above a known folder all are known.
            path.rmatch_indices('/')
                .all(|(slash, _)| folders.insert(&path[..slash]));
        }
        Ok(Self {
            root,
            files: marker.files(),
            folders,
            made,
        })
    }

    /// Looks at everything, with all cores. These are threads of its own: a worker of a pool that waits here for the
    /// pool could be handed a page to write, which would wait for this survey.
    fn look(&self) -> Result<Vec<Sight>, SiteError> {
        let files = self
            .files
            .iter()
            .map(|(path, print)| Spot::File(path, *print));
        let spots: Vec<_> = files
            .chain(self.folders.iter().map(|path| Spot::Folder(path)))
            .collect();
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = spots.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let shares: Vec<_> = spots
                .chunks(share)
                .map(|spots| scope.spawn(|| self.look_at(spots)))
                .collect();
            shares
                .into_iter()
                .map(|share| {
                    share
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        })
    }

    fn look_at(&self, spots: &[Spot<'_>]) -> Result<Sight, SiteError> {
        let mut sight = Sight::default();
        for spot in spots {
            match *spot {
                Spot::File(path, print) => {
                    if !self.is_as_made(path, print) {
                        sight.touched.push(path.to_owned());
                    }
                }
                Spot::Folder(path) => {
                    let is_old = |folder: Metadata| folder.is_dir() && self.age(&folder).is_lt();
                    if !fs::symlink_metadata(self.root.join(path)).is_ok_and(is_old) {
                        self.find_strangers(path, &mut sight)?;
                    }
                }
            }
        }
        Ok(sight)
    }

    /// Returns whether the file `path` is there and holds the bytes that `print` stands for.
    fn is_as_made(&self, path: &str, print: Print) -> bool {
        let place = self.root.join(path);
        let Ok(file) = fs::symlink_metadata(&place) else {
            return false;
        };
        file.is_file()
            && file.len() == print.len
            && match self.age(&file) {
                Ordering::Less => true,
                Ordering::Equal => fs::read(&place).is_ok_and(|bytes| Print::of(&bytes) == print),
                Ordering::Greater => false,
            }
    }

    /// Returns whether a thing was changed before, with or after the marker.
    fn age(&self, metadata: &Metadata) -> Ordering {
        let changed = metadata.modified();
        changed.map_or(Ordering::Greater, |time| time.cmp(&self.made))
    }

    /// Lists the folder `folder`, which may have changed since it was made. Its missing files are found on their own.
    fn find_strangers(&self, folder: &str, sight: &mut Sight) -> Result<(), SiteError> {
        let place = self.root.join(folder);
        let things = match fs::read_dir(&place) {
            Ok(things) => things,
            Err(error) if is_absence(&error) => return Ok(()),
            Err(error) => return Err(SiteError::of_io(&place, error)),
        };
        for thing in things {
            let thing = thing.map_err(|error| SiteError::of_io(&place, error))?;
            let kind = thing
                .file_type()
                .map_err(|error| SiteError::of_io(&thing.path(), error))?;
            let name = thing.file_name();
            let path = match (folder, name.to_string_lossy()) {
                ("", name) => name.into_owned(),
                (_, name) => format!("{folder}/{name}"),
            };
            let is_known = match kind.is_dir() {
                true => self.folders.contains(path.as_str()),
                false => path == MARKER || self.files.contains_key(&path),
            };
            match kind.is_dir() {
                _ if is_known => {}
                true => return Err(SiteError::ForeignFolder { path: thing.path() }),
                false => sight.strangers.push(thing.path()),
            }
        }
        Ok(())
    }
}
