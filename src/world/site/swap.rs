//! The swap: the moment at which readers stop to see the old site and see the new one.
//!
//! Where the system can exchange two folders in one step (Linux and macOS, on most disks) there is no moment without a
//! site. Elsewhere there are two steps, and a build that was killed between them is undone by the next one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::SiteError;
use super::marker::{Marker, is_absence};
use super::next::remove_folder;
use super::workshop::Workshop;

/// Returns where the site at `out` really is: its path without links. The folder that holds it is made.
///
/// # Errors
/// When there is a file in its place, and when no folder can hold it.
pub(super) fn real_place(out: &Path) -> Result<PathBuf, SiteError> {
    let failed = |error| SiteError::of_io(out, error);
    let unfit = || SiteError::NotAFolder {
        path: out.to_owned(),
    };
    match out.canonicalize() {
        Ok(real) if !real.is_dir() || real.parent().is_none() => Err(unfit()),
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(unfit()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = out.file_name().ok_or_else(unfit)?;
            let parent = match out.parent() {
                Some(parent) if parent != Path::new("") => parent,
                _ => Path::new("."),
            };
            fs::create_dir_all(parent).map_err(failed)?;
            Ok(parent.canonicalize().map_err(failed)?.join(name))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Returns whether there is a site in the folder `out`; otherwise it is empty, or not there.
///
/// # Errors
/// When it holds what trainboard did not make.
pub(super) fn holds_site(out: &Path) -> Result<bool, SiteError> {
    if Marker::is_in(out)? {
        return Ok(true);
    }
    match fs::read_dir(out).map(|mut things| things.next().is_none()) {
        Ok(true) => Ok(false),
        Ok(false) => Err(SiteError::NotOurs {
            path: out.to_owned(),
        }),
        Err(error) if is_absence(&error) => Ok(false),
        Err(error) => Err(SiteError::of_io(out, error)),
    }
}

/// Tidies up after a build that was killed: undoes half a swap, and removes a site that was never finished.
///
/// # Errors
/// When the old site cannot be put back, or the other one not be removed.
pub(super) fn recover(workshop: &Workshop, out: &Path) -> Result<(), SiteError> {
    let (old, next) = (workshop.old(), workshop.next());
    let done = match (old.exists(), out.exists(), next.exists()) {
        (true, false, _) => fs::rename(&old, out),
        (true, true, false) => fs::rename(&old, &next),
        (true, true, true) => remove_folder(&old),
        (false, _, _) => Ok(()),
    };
    let done = done.and_then(|()| match Marker::is_in(&next) {
        Ok(true) => Ok(()),
        _ => remove_folder(&next),
    });
    done.map_err(|error| SiteError::of_io(out, error))
}

/// Swaps the next site of `workshop` with the one in `out`, which becomes the standby.
///
/// # Errors
/// When the system refuses; the old site then is where it was.
pub(super) fn publish(workshop: &Workshop, out: &Path) -> Result<(), SiteError> {
    let next = workshop.next();
    // The build took its time, so it is checked once more that what goes away is a site.
    let done = match holds_site(out)? {
        false => fs::rename(&next, out)
            .or_else(|_| fs::remove_dir(out).and_then(|()| fs::rename(&next, out))),
        true => fs::metadata(out)
            .and_then(|old| fs::set_permissions(&next, old.permissions()))
            .and_then(|()| exchange(&next, out))
            .or_else(|error| match error.kind() {
                io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => {
                    exchange_in_two_steps(&next, out, &workshop.old())
                }
                _ => Err(error),
            }),
    };
    done.map_err(|error| SiteError::of_io(out, error))
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Says that this system cannot exchange two folders in one step.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Exchanges `next` and `out` by way of `old`. Between the steps there is no site, and [`recover`] puts it back.
fn exchange_in_two_steps(next: &Path, out: &Path, old: &Path) -> io::Result<()> {
    fs::rename(out, old)?;
    if let Err(error) = fs::rename(next, out) {
        fs::rename(old, out)?;
        return Err(error);
    }
    fs::rename(old, next)
}
