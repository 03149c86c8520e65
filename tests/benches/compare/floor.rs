//! The floor: what any generator has to do at least, with the same parsers and on all processors.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

/// How far down the floor goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Floor {
    /// Every document is read, and its Markdown parsed.
    Parse,
    /// The HTML is written too, as one file for each document.
    Write,
}

/// Goes down to the floor with the plan in `plan`; what is written goes to `out`.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn run(floor: Floor, plan: &Path, out: &Path) -> io::Result<()> {
    let files: Vec<PathBuf> = WalkDir::new(plan)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.par_iter().enumerate().try_for_each(|(number, file)| {
        let text = fs::read_to_string(file)?;
        let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
        let mut page = String::with_capacity(body.len() * 2);
        html::push_html(&mut page, Parser::new_ext(body, Options::all()));
        match floor {
            Floor::Parse => Ok(()),
            Floor::Write => {
                let folder = out.join(number.to_string());
                fs::create_dir_all(&folder)?;
                fs::write(folder.join("index.html"), page)
            }
        }
    })
}
