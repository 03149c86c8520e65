//! The files that a theme is made of: the default theme's, with an overlay's in place of their namesakes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str;

use include_dir::{Dir, include_dir};
use xxhash_rust::xxh3::xxh3_64;

use super::TemplateError;
use super::lean::lean;
use crate::pages::parts::Locale;

/// The theme that ships with the program. A file that is added to the folder is part of it without further mention.
static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The other themes that ship with the program, by name.
static OTHERS: [(&str, Dir<'static>); 1] = [(
    "contrast",
    include_dir!("$CARGO_MANIFEST_DIR/themes/contrast"),
)];

/// Returns the names of the themes that ship with the program.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("default").chain(OTHERS.iter().map(|(name, _)| *name))
}

/// Returns the files of the theme `name` that ships with the program; none when there is no such theme.
pub fn shipped(name: &str) -> Option<Overlay> {
    if name == "default" {
        return Some(Overlay::new());
    }
    let (_, folder) = OTHERS.iter().find(|(of, _)| *of == name)?;
    let mut files = BTreeMap::new();
    embed(folder, &mut files);
    let owned = files
        .into_iter()
        .map(|(path, bytes)| (path.to_owned(), bytes.into_owned()));
    Some(owned.collect())
}

/// A theme's own files by their path in the theme: `templates/base.html`, `assets/style.css`, `words/fr.txt`.
pub type Overlay = BTreeMap<String, Vec<u8>>;

/// A file that is published as it is.
#[derive(Clone, Debug)]
pub(super) struct Asset {
    /// What templates call it: `style.css`.
    pub(super) name: String,
    /// Where it is published.
    pub(super) path: String,
    /// What it holds.
    pub(super) bytes: Cow<'static, [u8]>,
}

/// All files of a theme by their path in it.
pub(super) struct Files<'a>(BTreeMap<&'a str, Cow<'static, [u8]>>);

impl<'a> Files<'a> {
    /// Returns the default theme's files with those of `overlay` in place of their namesakes.
    pub(super) fn new(overlay: &'a Overlay) -> Self {
        let mut files = BTreeMap::new();
        embed(&DEFAULT, &mut files);
        for (path, bytes) in &mut files {
            if path.starts_with("assets/")
                && let Ok(text) = str::from_utf8(bytes)
            {
                *bytes = Cow::Owned(lean(path, text).into_bytes());
            }
        }
        let own = overlay
            .iter()
            .map(|(path, bytes)| (path.as_str(), Cow::Owned(bytes.clone())));
        files.extend(own);
        Self(files)
    }

    /// Returns the templates: their names, which are paths below `templates/`, and texts.
    ///
    /// # Errors
    /// The first template that is not UTF-8.
    pub(super) fn templates(&self) -> Result<Vec<(&str, &str)>, TemplateError> {
        let templates = self
            .0
            .iter()
            .filter_map(|(path, bytes)| Some((*path, path.strip_prefix("templates/")?, bytes)));
        templates
            .map(|(path, name, bytes)| Ok((name, text(path, bytes)?)))
            .collect()
    }

    /// Returns the files below `assets/`.
    pub(super) fn assets(&self) -> Vec<Asset> {
        let asset = |(path, bytes): (&&str, &Cow<'static, [u8]>)| {
            let name = path.strip_prefix("assets/")?;
            Some(Asset {
                name: name.to_owned(),
                path: published(name, bytes),
                bytes: bytes.clone(),
            })
        };
        self.0.iter().filter_map(asset).collect()
    }

    /// Returns the language `tag` with the words of `words/<tag>.txt`, else of its language without the region.
    ///
    /// # Errors
    /// The first line of the file that cannot be read.
    pub(super) fn locale(&self, tag: &str) -> Result<Locale, TemplateError> {
        let language = tag.split('-').next().unwrap_or(tag);
        let found = [tag, language]
            .into_iter()
            .find_map(|name| self.0.get_key_value(format!("words/{name}.txt").as_str()));
        let (path, words) = match found {
            Some((path, bytes)) => (*path, Some(text(path, bytes)?)),
            None => ("", None),
        };
        Locale::new(tag, words).map_err(|error| TemplateError {
            line: error.line,
            ..TemplateError::whole(path, "not of the form `English = translation`")
        })
    }
}

/// Adds all files below `folder`.
fn embed(folder: &Dir<'static>, files: &mut BTreeMap<&str, Cow<'static, [u8]>>) {
    let here = folder
        .files()
        .filter_map(|file| Some((file.path().to_str()?, file.contents())));
    files.extend(here.map(|(path, bytes)| (path, Cow::Borrowed(bytes))));
    folder.dirs().for_each(|inner| embed(inner, files));
}

/// Returns a file's text.
fn text<'a>(path: &str, bytes: &'a [u8]) -> Result<&'a str, TemplateError> {
    str::from_utf8(bytes).map_err(|error| TemplateError::whole(path, error))
}

/// Returns where the asset `name` is published. Style sheets and scripts carry a digest of their bytes in the name, so
/// that a browser may keep them for ever; images keep theirs, because style sheets and bodies refer to them by it.
fn published(name: &str, bytes: &[u8]) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension @ ("css" | "js"))) => {
            let digest = xxh3_64(bytes) >> 32;
            format!("assets/{stem}.{digest:08x}.{extension}")
        }
        _ => format!("assets/{name}"),
    }
}
