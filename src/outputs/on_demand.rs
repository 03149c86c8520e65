//! The portal's files one by one, each made when it is asked for: what `serve` shows.
//!
//! A page is made alone. The files of another output are made together when the first of them is asked for, and kept.
//! They are the same to the byte as those that [`write`](super::write()) makes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::pages::{page, said};
use super::{Build, Memory, OUTPUTS, OutputError};
use crate::pages::channels::data_of_page;
use crate::pages::{Revised, Route};

/// The files of one portal.
pub struct OnDemand<'b> {
    build: Build<'b>,
    pages: FxHashMap<&'b str, &'b Route>,
    /// The pages by where the data is that stands beside them.
    data: FxHashMap<String, &'b Route>,
    /// The files of each output that was asked for, in the order of [`OUTPUTS`].
    made: Vec<OnceLock<BTreeMap<String, Vec<u8>>>>,
}

impl<'b> OnDemand<'b> {
    /// Returns the files of the portal of `build`.
    pub fn new(build: Build<'b>) -> Self {
        let routes = build.routes.iter();
        let data = routes.clone();
        Self {
            build,
            pages: routes.map(|route| (&*route.path, route)).collect(),
            data: data
                .filter_map(|route| Some((data_of_page(route)?, route)))
                .collect(),
            made: OUTPUTS.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Returns the file `path`; none when the portal has no such file.
    ///
    /// # Errors
    /// What stops the output that makes it.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, OutputError> {
        if let Some(route) = self.pages.get(path) {
            let mut html = Vec::new();
            return match page(&self.build, route, None, &mut html) {
                Ok(layout) => Ok(layout.map(|()| html)),
                Err(error) => Err(error.on(path).into()),
            };
        }
        if let Some(route) = self.data.get(path) {
            let layout = route.layout(self.build.portal);
            return Ok(layout.and_then(|layout| said(&self.build, route, &layout)));
        }
        if let Some((_, bytes)) = self.build.theme.assets().find(|(of, _)| *of == path) {
            return Ok(Some(bytes.to_vec()));
        }
        // The pages, which come first, are not made all for one that is none of them.
        for (index, (_, ends)) in OUTPUTS.iter().enumerate().skip(1) {
            if ends.iter().any(|end| path.ends_with(end))
                && let Some(bytes) = self.files_of(index)?.get(path)
            {
                return Ok(Some(bytes.clone()));
            }
        }
        Ok(None)
    }

    /// Returns the page `path` with the body `revised` for the one of its document; none when there is no such page.
    ///
    /// # Errors
    /// A mistake in the theme.
    pub fn revised(&self, path: &str, revised: &Revised) -> Result<Option<Vec<u8>>, OutputError> {
        let Some(route) = self.pages.get(path) else {
            return Ok(None);
        };
        let mut html = Vec::new();
        match page(&self.build, route, Some(revised), &mut html) {
            Ok(layout) => Ok(layout.map(|()| html)),
            Err(error) => Err(error.on(path).into()),
        }
    }

    fn files_of(&self, index: usize) -> Result<&BTreeMap<String, Vec<u8>>, OutputError> {
        if let Some(files) = self.made[index].get() {
            return Ok(files);
        }
        let files = Memory::default();
        (OUTPUTS[index].0)(&self.build, &files)?;
        Ok(self.made[index].get_or_init(|| files.into_files()))
    }
}
