//! The registers: what is scattered over the documents of the plan and asked for as one list, each also as a table for
//! programs.

use super::blocks;
use super::frame::{Layout, Page, shell_of_list};
use super::kinds;
use super::listing::{pages, thing};
use super::parts::{Document, Empty, Link, Pages, Section, Shell, Table, Value};
use super::sections::{artifact_row, criterion_link, criterion_state, standing};
use super::{Portal, Route, Subject, View};
use crate::markdown;
use crate::plan::address::{REGISTERS, page_address};
use crate::plan::kinds::review::Action;
use crate::plan::parts::artifact::Artifact;
use crate::plan::parts::item::Item as ScopeItem;
use crate::plan::parts::task::Risk;
use crate::plan::value::{Item, Text};
use crate::plan::{DocId, Kind};
use crate::registers::{self, Entry, Register, Waived};

/// Returns the list of the registers, and the pages of each.
pub(super) fn routes(portal: &Portal<'_>) -> Vec<Route> {
    let view = View::new(portal, super::portal::HOME);
    let page = |register: Option<Register>, number| Route {
        path: page_address(&folder(register), number),
        subject: Subject::Register(register, number),
    };
    let mut routes = vec![page(None, 1)];
    for &register in Register::ALL {
        let count = rows(&view, register).len().div_ceil(Pages::ROWS).max(1);
        routes.extend((1..=count).map(|number| page(Some(register), number)));
    }
    routes
}

fn folder(register: Option<Register>) -> String {
    match register {
        Some(register) => format!("{REGISTERS}/{}", register.name()),
        None => REGISTERS.to_owned(),
    }
}

/// Returns the page.
pub(super) fn layout<'p>(view: &View<'p>, register: Option<Register>, number: usize) -> Layout<'p> {
    let context = match register {
        Some(register) => context(view, register, number),
        None => list(view),
    };
    context.with("index.html")
}

/// What a register is called and holds.
struct Told {
    title: &'static str,
    about: &'static str,
    nothing: &'static str,
    columns: &'static [&'static str],
}

fn told(register: Register) -> Told {
    match register {
        Register::Exceptions => Told {
            title: "Register of exceptions",
            about: "What may be deployed in which freeze, and who said so",
            nothing: "No exception is asked for",
            columns: kinds::columns(Kind::Exception),
        },
        Register::Waivers => Told {
            title: "Register of waivers",
            about: "Which criteria are waived, by whom, why and until when",
            nothing: "No criterion is waived",
            columns: &[
                "Criterion",
                "State",
                "By",
                "Expires",
                "Reason",
                "Date",
                "Where",
            ],
        },
        Register::Risks => Told {
            title: "Register of risks",
            about: "What may go wrong, and what is done about it",
            nothing: "No risk is written down",
            columns: &["Risk", "Response", "Owner", "Due", "Where"],
        },
        Register::Actions => Told {
            title: "Register of actions",
            about: "What post mortems ask for, who does it, and by when",
            nothing: "No action is open or done",
            columns: &["Action", "State", "Owner", "Due", "Done", "Where"],
        },
        Register::Backlog => Told {
            title: "Backlog of re-opened items",
            about: "Scope items that were in a release and came back",
            nothing: "No item came back",
            columns: &["Item", "Title", "State", "Category", "Change", "Where"],
        },
        Register::Library => Told {
            title: "Definitive library",
            about: "What exactly is deployed, and where it is kept",
            nothing: "No artifact is recorded",
            columns: &[
                "Artifact", "Version", "Kept at", "SHA-256", "Stored", "Where",
            ],
        },
    }
}

/// The list of the registers, with how much is in each.
fn list<'p>(view: &View<'p>) -> Page<'p> {
    let about = "Exceptions, waivers, risks, actions, re-opened items and the definitive library";
    let shell = shell_of_list(view, "registers", "Registers", about, 1);
    let columns = ["Register", "What it holds", "Lines", "For programs"];
    let table = blocks::table("Registers", columns, Register::ALL, |&register| {
        let told = told(register);
        let page = page_address(&folder(Some(register)), 1);
        let title = view.portal.locale.word(told.title);
        [
            Link::new(view.href(&page), title).into(),
            Value::word(told.about),
            blocks::count(rows(view, register).len()),
            csv(view, register, title),
        ]
    });
    let section = Section::new("all", "Registers").table(table, Empty::new("None", None));
    Page {
        shell,
        document: Document {
            sections: vec![section],
            ..Document::default()
        },
    }
}

/// Returns a link to the table of `register` for programs.
fn csv<'p>(view: &View<'p>, register: Register, title: &str) -> Value<'p> {
    let text = view
        .portal
        .locale
        .phrase("{register} as CSV", &[("register", &title)]);
    Link::new(view.href(&register.table()), text).into()
}

fn context<'p>(view: &View<'p>, register: Register, number: usize) -> Page<'p> {
    let told = told(register);
    let rows = rows(view, register);
    let count = rows.len();
    let shown = rows.into_iter().skip((number - 1) * Pages::ROWS);
    let mut table = Table::new(told.title, told.columns.iter().copied());
    for cells in shown.take(Pages::ROWS) {
        table.row(cells);
    }
    let block = blocks::told(table);
    let empty = Empty::new(told.nothing, None);
    let block = block.unwrap_or(super::parts::Block::Empty(empty));
    let page = |number| page_address(&folder(Some(register)), number);
    Page {
        shell: shell(view, &told, number),
        document: Document {
            sections: vec![Section::new("all", told.title).block(block)],
            pages: pages(view, number, count.div_ceil(Pages::ROWS), page),
            ..Document::default()
        },
    }
}

fn shell<'p>(view: &View<'p>, told: &Told, number: usize) -> Shell<'p> {
    let mut shell = shell_of_list(view, "register", told.title, told.about, number);
    let list = view.href(&page_address(REGISTERS, 1));
    shell.crumbs.push(Link::new(list, "Registers"));
    shell
}

/// Returns the published lines of `register`, each with a cell for each column.
fn rows<'p>(view: &View<'p>, register: Register) -> Vec<Vec<Value<'p>>> {
    match register {
        Register::Exceptions => {
            let exceptions = registers::exceptions(view.portal.plan).map(|of| of.id);
            let shown = exceptions.filter(|&id| view.portal.path(id).is_some());
            shown.map(|id| kinds::row(&view.of(id), id).1).collect()
        }
        Register::Waivers => waivers(view),
        Register::Risks => risks(view),
        Register::Actions => actions(view),
        Register::Backlog => backlog(view),
        Register::Library => library(view),
    }
}

fn waivers<'p>(view: &View<'p>) -> Vec<Vec<Value<'p>>> {
    let portal = view.portal;
    let waivers = registers::waivers(portal.plan, &portal.progress);
    let shown = waivers.filter(|of| portal.path(of.document).is_some());
    let row = |waived: Waived<'p, 'p>| {
        let of = view.of(waived.document);
        let waiver = waived.waiver;
        vec![
            criterion_link(view, waived.document, waived.gate, waived.result.criterion),
            criterion_state(waived.result).into(),
            of.who(waiver.by.as_ref()),
            of.when(waiver.expires.as_ref()),
            of.text(waiver.reason.as_ref()),
            of.when(waiver.date.as_ref()),
            view.document(waived.document),
        ]
    };
    shown.map(row).collect()
}

/// Returns a link to the thing `id` where its document lists it under `anchor`, as its title says it.
fn link<'p>(
    view: &View<'p>,
    document: DocId,
    (anchor, id): (&str, &'p str),
    title: Option<&'p Text>,
) -> Value<'p> {
    let text = title.map_or_else(|| id.to_owned(), |title| markdown::plain(&title.value));
    thing(view, document, &blocks::anchored(anchor, id), text)
}

fn risks<'p>(view: &View<'p>) -> Vec<Vec<Value<'p>>> {
    let risks = registers::risks(view.portal.plan);
    let shown = risks.filter(|of| view.portal.path(of.document).is_some());
    let row = |entry: Entry<'p, Item<Risk>>| {
        let (of, risk) = (view.of(entry.document), entry.of);
        vec![
            link(
                view,
                entry.document,
                ("risk", &risk.id.value),
                risk.title.as_ref(),
            ),
            of.state(risk.response.as_ref()).into(),
            of.who(risk.owner.as_ref()),
            of.when(risk.due.as_ref()),
            view.document(entry.document),
        ]
    };
    shown.map(row).collect()
}

fn actions<'p>(view: &View<'p>) -> Vec<Vec<Value<'p>>> {
    let actions = registers::actions(view.portal.plan);
    let shown = actions.filter(|of| view.portal.path(of.document).is_some());
    let row = |entry: Entry<'p, Item<Action>>| {
        let (of, action) = (view.of(entry.document), entry.of);
        vec![
            link(
                view,
                entry.document,
                ("action", &action.id.value),
                action.title.as_ref(),
            ),
            standing(&of, action.due.as_ref(), action.done.as_ref(), "done").into(),
            of.who(action.owner.as_ref()),
            of.when(action.due.as_ref()),
            of.when(action.done.as_ref()),
            view.document(entry.document),
        ]
    };
    shown.map(row).collect()
}

fn backlog<'p>(view: &View<'p>) -> Vec<Vec<Value<'p>>> {
    let items = registers::backlog(view.portal.plan);
    let shown = items.filter(|of| view.portal.path(of.document).is_some());
    let row = |entry: Entry<'p, Item<ScopeItem>>| {
        let (of, item) = (view.of(entry.document), entry.of);
        vec![
            link(view, entry.document, ("item", &item.id.value), None),
            of.text(item.title.as_ref()),
            of.state(item.status.as_ref()).into(),
            of.choice(item.category.as_ref()),
            of.maybe(item.change.as_ref()),
            view.document(entry.document),
        ]
    };
    shown.map(row).collect()
}

fn library<'p>(view: &View<'p>) -> Vec<Vec<Value<'p>>> {
    let artifacts = registers::library(view.portal.plan);
    let shown = artifacts.filter(|of| view.portal.path(of.document).is_some());
    let row = |entry: Entry<'p, Artifact>| {
        let of = view.of(entry.document);
        let cells = artifact_row(&of, entry.of).into_iter();
        cells.chain([view.document(entry.document)]).collect()
    };
    shown.map(row).collect()
}
