//! The version matrix: what version of each application is in each environment, and where an earlier environment is
//! behind a later one.

use std::collections::BTreeMap;

use crate::pages::blocks;
use crate::pages::deployment::{installed_in, version_link};
use crate::pages::parts::{
    Align, Answer, Block, Column, Empty, Link, Section, Shape, State, Table, Tone, Value,
};
use crate::pages::view::View;
use crate::plan::address::{VERSIONS, page_address};
use crate::plan::kinds::application::Application;
use crate::plan::{DocId, Kind};
use crate::schedule::{Drift, Installed};

/// How many applications stand in the matrix on the page of the environments; more of them have pages of their own.
const MOST_ROWS: usize = 25;

/// How many cells a page of the matrix holds: of two elements each, with room for the rest of the page.
const MOST_CELLS: usize = 500;

/// How many drifts are told where the matrix has pages of its own.
const MOST_DRIFTS: usize = 20;

/// More environments than this stand beside each other only in a region that scrolls.
const MOST_COLUMNS: usize = 10;

/// An application: what of it is where, and what has drifted.
type Row<'p> = (DocId, Vec<(DocId, Installed<'p>)>, Vec<Drift<'p>>);

/// What version is where.
pub(super) struct Matrix<'p> {
    view: View<'p>,
    environments: Vec<DocId>,
    /// The applications of which something is known to be somewhere, with where and with what has drifted.
    rows: Vec<Row<'p>>,
    /// How many applications are nowhere.
    nowhere: usize,
}

impl<'p> Matrix<'p> {
    /// Returns the matrix of the published applications and environments.
    pub(super) fn of(view: &View<'p>) -> Self {
        let portal = view.portal;
        let mut there: BTreeMap<DocId, Vec<(DocId, Installed<'p>)>> = BTreeMap::new();
        let environments = portal.index_of(Kind::Environment).to_vec();
        let mut used = Vec::new();
        for environment in environments {
            let installed = installed_in(view, environment);
            if !installed.is_empty() {
                used.push(environment);
            }
            for (application, found) in installed {
                there
                    .entry(application)
                    .or_default()
                    .push((environment, found));
            }
        }
        let all = portal.index_of(Kind::Application);
        let rows = all.iter().filter_map(|&id| {
            let installed = there.remove(&id)?;
            let application = portal.plan.get::<Application>(id)?;
            let drift = portal.schedule.drift(application, &installed);
            Some((id, installed, drift))
        });
        let rows: Vec<_> = rows.collect();
        Self {
            view: *view,
            environments: used,
            nowhere: all.len() - rows.len(),
            rows,
        }
    }

    /// Returns how many pages of its own it has: none where it fits on the page of the environments.
    pub(super) fn pages(&self) -> usize {
        match self.rows.len() {
            ..=MOST_ROWS => 0,
            many => many.div_ceil(self.height()),
        }
    }

    /// Returns how many applications stand on one page.
    fn height(&self) -> usize {
        (MOST_CELLS / (self.environments.len() + 1)).clamp(10, 100)
    }

    /// Returns where the drifts are, by application.
    fn drifts(&self) -> impl Iterator<Item = (DocId, &Drift<'p>)> {
        self.rows
            .iter()
            .flat_map(|(id, _, drift)| drift.iter().map(move |drift| (*id, drift)))
    }

    /// Returns in how many places an application is behind.
    pub(super) fn answer(&self) -> Answer<'p> {
        let (slug, label) = ("drift", "Drift");
        let Some((first, drift)) = self.drifts().next() else {
            let words = match self.rows.is_empty() {
                true => "No version is known",
                false => "No drift",
            };
            return Answer::new(
                (slug, label),
                State::new("on-track").worded(words),
                Vec::new(),
            );
        };
        let many = self.drifts().count();
        let locale = self.view.portal.locale;
        let words = match many {
            1 => locale.word("1 behind").to_owned(),
            _ => locale.phrase("{n} behind", &[("n", &many)]),
        };
        let details = vec![self.view.document(first), self.view.document(drift.behind)];
        let state = State::new("behind").worded(words).toned(Tone::Warn);
        Answer::new((slug, label), state, details)
    }

    /// Returns what the page of the environments says: all of it, or the drifts and the way to the rest.
    pub(super) fn section(&self) -> Section<'p> {
        let section = Section::new("versions", "What is where");
        if self.rows.is_empty() {
            let how = self.view.prose(
                "Deploy a turnover (`status: deployed`), or write `versions` in an environment.",
            );
            return section.block(Block::Empty(Empty::new("No version is known", Some(how))));
        }
        let section = section.block(self.drift(MOST_DRIFTS));
        if self.pages() == 0 {
            return self.nowhere(section.block(Block::Table(self.table(0, self.rows.len()))));
        }
        let words = self.view.counted("All {n} applications", self.rows.len());
        let to = self.view.href(&page_address(VERSIONS, 1));
        section.block(Block::More(Link::new(to, words)))
    }

    /// Returns the page `number`, counted from 1, of the matrix.
    pub(super) fn page(&self, number: usize) -> Section<'p> {
        let height = self.height();
        let section = Section::new("versions", "Versions by application and environment");
        let table = Block::Table(self.table((number - 1) * height, height));
        self.nowhere(section.block(table))
    }

    fn nowhere(&self, section: Section<'p>) -> Section<'p> {
        let words = || {
            let count = &self.nowhere;
            let locale = self.view.portal.locale;
            locale.phrase("Applications that are nowhere yet: {n}", &[("n", count)])
        };
        match self.nowhere {
            0 => section,
            _ => section.block(Block::List(vec![words().into()])),
        }
    }

    /// Returns where an earlier environment is behind a later one, and since when.
    fn drift(&self, most: usize) -> Block<'p> {
        let view = &self.view;
        let columns = [
            "Application",
            "Behind",
            "Has",
            "Ahead",
            "Has already",
            "Since",
        ];
        let mut table = Table::new("An earlier environment is behind a later one", columns);
        for (application, drift) in self.drifts().take(most) {
            let turnover = drift.new.turnover.map_or(drift.ahead, |of| of.id);
            let since = drift.since();
            table.row([
                view.document(application),
                view.document(drift.behind),
                version_link(view, application, &drift.old),
                view.document(drift.ahead),
                version_link(view, application, &drift.new),
                since.map_or(Value::word("not known"), |since| {
                    let zone = view.portal.schedule.zone(turnover);
                    view.day(zone.day(since))
                }),
            ]);
        }
        let empty = Empty::new("No environment is behind a later one", None);
        blocks::told(table).unwrap_or(Block::Empty(empty))
    }

    /// Returns the rows from `first` on, at most `most`.
    fn table(&self, first: usize, most: usize) -> Table<'p> {
        let (view, plan) = (&self.view, self.view.portal.plan);
        let environments = self.environments.iter().map(|&id| Column {
            label: (&*plan.document(id).title).into(),
            align: Align::Start,
        });
        let columns = std::iter::once(Column::from("Application")).chain(environments);
        let table = Table::new("Versions by application and environment", columns);
        let mut table = match self.environments.len() {
            ..=MOST_COLUMNS => table,
            _ => table.shaped(Shape::Grid),
        };
        for (application, installed, drift) in self.rows.iter().skip(first).take(most) {
            let cells = self.environments.iter().map(|environment| {
                let found = installed.iter().find(|(of, _)| of == environment);
                let Some((_, found)) = found else {
                    return Value::Empty;
                };
                let behind = drift.iter().any(|drift| drift.behind == *environment);
                match (version_link(view, *application, found), behind) {
                    (version, false) => version,
                    (Value::Link(link), true) => Value::Told(self.behind(found), link.href),
                    (_, true) => self.behind(found).into(),
                }
            });
            table.row(std::iter::once(view.document(*application)).chain(cells));
        }
        table
    }

    /// Returns a version that is behind as one state, which keeps the matrix small.
    fn behind(&self, installed: &Installed<'p>) -> State<'p> {
        let values: [(&str, &dyn std::fmt::Display); 1] = [("version", &installed.version)];
        let words = self.view.portal.locale.phrase("{version}, behind", &values);
        State::new("behind").worded(words).toned(Tone::Warn)
    }
}
