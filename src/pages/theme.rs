//! Themes: templates, assets and words, and how a page's context becomes HTML.
//!
//! [`Theme::new`] lays an overlay over the default theme file by file, [`Theme::with_site`] adds what all pages share,
//! and [`Theme::render`] lays out one page into a buffer that its caller may use again. A theme's mistake is a
//! [`TemplateError`] with its file, line and column. Nothing here reads a disk: the default theme is part of the
//! program, and an overlay is given as bytes.

mod error;
mod files;
mod lean;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use super::parts::{Locale, Site};
use crate::text::turns;
use files::{Asset, Files};

pub use error::TemplateError;
pub use files::{Overlay, shipped};

/// A compiled theme.
#[derive(Clone)]
pub struct Theme {
    tera: Tera,
    assets: Vec<Asset>,
    locale: Arc<Locale>,
}

impl Theme {
    /// Returns the default theme for the language `tag`, with each file of `overlay` in place of its namesake.
    ///
    /// # Errors
    /// The first mistake in a template or a `words/` file.
    pub fn new(tag: &str, overlay: &Overlay) -> Result<Self, TemplateError> {
        let files = Files::new(overlay);
        let locale = Arc::new(files.locale(tag)?);
        let assets = files.assets();
        let mut tera = Tera::new();
        tera.set_escape_fn(escape);
        let words = Arc::clone(&locale);
        tera.register_filter("word", move |english: &str, _: Kwargs, _: &State| {
            words.word(english).to_owned()
        });
        tera.add_raw_templates(files.templates()?)
            .map_err(|error| TemplateError::new(&error, ""))?;
        let paths: BTreeMap<&str, &str> = assets
            .iter()
            .map(|asset| (asset.name.as_str(), asset.path.as_str()))
            .collect();
        let global = tera.global_context();
        global.insert("assets", &paths);
        global.insert("lang", locale.tag());
        global.insert("dir", &locale.direction());
        Ok(Self {
            tera,
            assets,
            locale,
        })
    }

    /// Returns the theme with what all pages share.
    #[must_use]
    pub fn with_site(mut self, site: &Site<'_>) -> Self {
        self.tera.global_context().insert("site", site);
        self
    }

    /// Returns the portal's language.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// Returns each asset's path in the portal and its bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets
            .iter()
            .map(|asset| (asset.path.as_str(), &*asset.bytes))
    }

    /// Lays out `context` with the template `template` (`train.html`) at the end of `page`.
    ///
    /// # Errors
    /// A mistake in the template that shows only with a context: a field that is not there.
    pub fn render<C: Serialize>(
        &self,
        template: &str,
        context: &C,
        page: &mut Vec<u8>,
    ) -> Result<(), TemplateError> {
        Context::from_serialize(context)
            .and_then(|context| self.tera.render_to(template, &context, page))
            .map_err(|error| TemplateError::new(&error, template))
    }
}

/// Escapes text for HTML and XML alike: markup is escaped, and control characters that neither may hold are dropped.
fn escape(text: &str, output: &mut dyn Write) -> io::Result<()> {
    let forbidden = |letter: char| {
        letter.is_control() && !matches!(letter, '\t' | '\n' | '\r') || turns(letter)
    };
    text.split(forbidden)
        .try_for_each(|part| tera::escape_html(part, output))
}

#[cfg(test)]
mod tests;
