//! The portal's files: one module per output format.
//!
//! [`write()`] runs every output of `OUTPUTS` and hands each file to a [`Sink`] as soon as it is made: a folder that is
//! swapped in at the end, or memory. No output knows of another, and none of them writes a disk itself. [`OnDemand`] makes
//! the same files one by one, as they are asked for.

mod assets;
mod calendars;
mod csv;
mod data;
mod documents;
mod entry;
mod feeds;
mod identity;
mod pages;
mod redirects;
mod registers;
mod reports;
mod search;
mod sink;
mod sitemap;
mod tables;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::pages::channels::data_of_page;
use crate::pages::theme::TemplateError;
use crate::pages::{Portal, Revised, Route, Theme};
use crate::world::site::SiteError;
use crate::world::{ReadError, World};

pub use data::PATH as PLAN_JSON;
pub use documents::schema as document_schema;
pub use pages::schema as page_schema;
pub use sink::{Memory, Sink};

/// What every output is made from.
#[derive(Clone, Copy)]
pub struct Build<'b> {
    /// The portal.
    pub portal: &'b Portal<'b>,
    /// Its pages.
    pub routes: &'b [Route],
    /// What lays them out.
    pub theme: &'b Theme,
    /// Where the files are that bodies link to.
    pub world: &'b dyn World,
}

/// Makes the files of one output and hands them to the sink.
type Output = fn(&Build<'_>, &dyn Sink) -> Result<(), OutputError>;

/// Every output, in the order in which they are made, with how the names of its files end.
const OUTPUTS: &[(Output, &[&str])] = &[
    (pages::write, &[".html", ".json"]),
    (assets::write, &[""]),
    (data::write, &["plan.json"]),
    (documents::write, &[".json"]),
    (tables::write, &[".csv"]),
    (calendars::write, &[".ics"]),
    (feeds::write, &[".atom", ".json"]),
    (registers::write, &[".csv"]),
    (reports::write, &[".csv"]),
    (redirects::write, &[".html"]),
    (search::write, &[".js"]),
    (sitemap::write, &[".xml", ".txt"]),
];

/// Why a portal could not be made.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The theme does not fit a page.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A file that a body links to cannot be read any more.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] SiteError),
}

/// Makes every file of the portal and hands it to `sink`.
///
/// # Errors
/// The first thing that stops an output; what the sink has taken by then is not a whole portal.
pub fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    OUTPUTS
        .iter()
        .try_for_each(|(output, _)| output(build, sink))
}

/// The files of one portal, each made when it is asked for: what `serve` shows.
///
/// A page is made alone. The files of another output are made together when the first of them is asked for, and kept.
/// They are the same to the byte as those that [`write()`] makes.
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
            return match pages::page(&self.build, route, None, &mut html) {
                Ok(layout) => Ok(layout.map(|()| html)),
                Err(error) => Err(error.on(path).into()),
            };
        }
        if let Some(route) = self.data.get(path) {
            let layout = route.layout(self.build.portal);
            return Ok(layout.and_then(|layout| pages::said(&self.build, route, &layout)));
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
        match pages::page(&self.build, route, Some(revised), &mut html) {
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

/// A part of the portal that can be made alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Every calendar.
    Calendars,
    /// `plan.json`.
    Data,
    /// The table of each kind.
    Tables,
    /// The table of each register, and of the dates that moved.
    Registers,
    /// The table of each report.
    Reports,
}

/// Makes the files of `part` and hands them to `sink`: the same as [`write()`] makes.
///
/// # Errors
/// When a file cannot be kept.
pub fn write_part(part: Part, build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    match part {
        Part::Calendars => calendars::write(build, sink),
        Part::Data => data::write(build, sink),
        Part::Tables => tables::write(build, sink),
        Part::Registers => registers::write(build, sink),
        Part::Reports => reports::write(build, sink),
    }
}

/// Returns the text files that `output` makes of the plan in the archive `archive`, as of 21 November 2026. They are the
/// same whatever the number of threads.
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
fn made(
    archive: &str,
    drafts: crate::plan::Drafts,
    output: Output,
) -> std::collections::BTreeMap<String, String> {
    use crate::plan::Publication;
    use crate::time::Day;

    let world = crate::world::Memory::of_txtar(archive);
    let plan = crate::load::load(&world).plan;
    let plain = Theme::new("en", &std::collections::BTreeMap::new()).unwrap();
    let locale = plain.locale().clone();
    let publication = Publication {
        as_of: Day::parse("2026-11-21").unwrap(),
        drafts,
    };
    let portal = Portal::new(&plan, publication, &locale, &[]);
    let theme = plain.with_site(&crate::pages::parts::Site {
        title: "Plan".into(),
        menu: Vec::new(),
        index: Vec::new(),
        generator: "trainboard".into(),
        commit: None,
        as_of: portal.dates().day(publication.as_of.0),
    });
    let routes = crate::pages::routes(&portal);
    let build = Build {
        portal: &portal,
        routes: &routes,
        theme: &theme,
        world: &world,
    };
    let files = |threads| {
        let sink = Memory::default();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| output(&build, &sink)).unwrap();
        sink.into_files()
    };
    let files = [files(1), files(4)];
    assert_eq!(files[0], files[1]);
    let [files, _] = files;
    let text = |(path, bytes)| (path, String::from_utf8(bytes).unwrap());
    files.into_iter().map(text).collect()
}
