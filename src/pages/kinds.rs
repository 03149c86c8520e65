//! The page of every document, and what is particular to each kind: one file per kind.

mod application;
mod approval;
mod calendar;
mod change;
mod environment;
mod exception;
mod freeze;
mod milestone;
mod model;
mod note;
mod page;
mod person;
mod policy;
mod release;
mod review;
mod team;
mod train;
mod turnover;
mod window;

use super::frame::{self, Layout};
use super::parts::Value;
use super::portal::HOME;
use super::show::Show;
use super::{Portal, Route, Subject, View};
use crate::plan::kinds::{
    application::Application, approval::Approval, calendar::Calendar, change::Change,
    environment::Environment, exception::Exception, freeze::Freeze, milestone::Milestone,
    model::Model, note::Note, page::Page, person::Person, policy::Policy, release::Release,
    review::Review, team::Team, train::Train, turnover::Turnover, window::Window,
};
use crate::plan::{DocId, Kind};

/// Calls `$call` with the type of each kind's fields in place of `$kind`.
macro_rules! of_kind {
    ($kind:expr, $name:ident => $call:expr) => {
        of_kind!(@ $kind, $name => $call;
            Train Release Milestone Turnover Change Approval Freeze Exception Window Environment Application Note Review
            Policy Model Person Team Calendar Page)
    };
    (@ $kind:expr, $name:ident => $call:expr; $($of:ident)+) => {
        match $kind { $(Kind::$of => { type $name = $of; $call })+ }
    };
}

/// Returns the pages of all published documents.
pub(super) fn routes<'p>(portal: &'p Portal<'_>) -> impl Iterator<Item = Route> + 'p {
    portal.published().iter().filter_map(|&id| {
        let path = portal.path(id)?.to_owned();
        Some(Route {
            path,
            subject: Subject::Document(id),
        })
    })
}

/// Returns the page; none when there is nothing at its address.
pub(super) fn layout<'p>(view: &View<'p>, id: DocId) -> Option<Layout<'p>> {
    of_kind!(view.portal.plan.document(id).kind, Of => {
        let doc = view.portal.plan.get::<Of>(id)?;
        Some(frame::page(view, doc).with(Of::TEMPLATE))
    })
}

/// Returns the published documents by kind, each kind in the order of its index.
pub(super) fn in_order(portal: &Portal<'_>) -> Vec<DocId> {
    let view = View::new(portal, HOME);
    let mut all = portal.published().to_vec();
    all.sort_by_cached_key(|&id| {
        let kind = portal.plan.document(id).kind;
        (
            kind,
            of_kind!(kind, Of => portal.plan.get::<Of>(id).map(|doc| Of::order(&view, doc))),
            id,
        )
    });
    all
}

/// Returns the columns of the index of `kind`.
pub(super) fn columns(kind: Kind) -> &'static [&'static str] {
    of_kind!(kind, Of => Of::COLUMNS)
}

/// Returns the column that the headings of the groups in the index of `kind` make needless; empty for none.
pub(super) fn grouped_by(kind: Kind) -> &'static str {
    of_kind!(kind, Of => Of::GROUPED_BY)
}

/// Returns the heading under which the document `id` stands in its index, and its row.
pub(super) fn row<'p>(view: &View<'p>, id: DocId) -> (Value<'p>, Vec<Value<'p>>) {
    of_kind!(view.portal.plan.document(id).kind, Of => match view.portal.plan.get::<Of>(id) {
        Some(doc) => (Of::group(view, doc), Of::row(view, doc)),
        None => (Value::Empty, Vec::new()),
    })
}
