//! Approvals: those that a gate needs, and those that were given.

use super::gates::{AskedGate, has_gate};
use super::members::{Heading, listing, of_train};
use crate::pages::blocks;
use crate::pages::decisions::decision;
use crate::pages::listing::referrers;
use crate::pages::parts::{Link, Section, State, Table, Value};
use crate::pages::view::View;
use crate::plan::Course;
use crate::plan::kinds::approval::Approval;
use crate::plan::kinds::policy::RequiredApproval;
use crate::plan::value::Text;
use crate::plan::{Doc, DocId, Kind};

/// A decision on a gate, written in it or as a file of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'p> {
    approval: &'p Approval,
    file: Option<Doc<'p, Approval>>,
}

impl<'p> Given<'p> {
    /// Returns a decision that stands in the gate.
    pub(super) fn inline(approval: &'p Approval) -> Self {
        Self {
            approval,
            file: None,
        }
    }

    /// Returns a decision that is a file.
    pub(super) fn file(file: Doc<'p, Approval>) -> Self {
        Self {
            approval: file.fields,
            file: Some(file),
        }
    }
}

/// Returns the published files that decide on a gate of `course`: those that name it, and those in the folder of a
/// train that name nothing else.
pub(super) fn files<'p>(view: &View<'p>, course: Course<'p>) -> Vec<Doc<'p, Approval>> {
    let mut files: Vec<_> = referrers::<Approval>(view, course.id, "for").collect();
    if view.portal.plan.document(course.id).kind == Kind::Train {
        files.extend(
            of_train::<Approval>(view, course.id)
                .into_iter()
                .filter(|file| file.fields.r#for.is_none()),
        );
    }
    files
}

/// Returns whether `approval` decides on the gate `gate`.
pub(super) fn is_on(approval: &Approval, gate: &str) -> bool {
    approval
        .gate
        .as_ref()
        .is_some_and(|named| *named.value == *gate)
}

fn target(approval: &Approval) -> Option<DocId> {
    approval.r#for.as_ref()?.target
}

/// Returns the table of the approvals of `gate`: each that is needed with what was `given` for it, then the rest.
pub(super) fn table<'p>(view: &View<'p>, gate: &AskedGate<'p>, given: &[Given<'p>]) -> Table<'p> {
    let columns = [
        "Level",
        "Decision",
        "Decided by",
        "Role",
        "Needed",
        "Decided on",
        "Reason",
        "Return to",
        "Fingerprint",
    ];
    let mut table = Table::new("Approvals", columns);
    let needed = || {
        gate.asked
            .into_iter()
            .flat_map(|asked| &asked.approvals)
            .map(|needed| &needed.value)
    };
    for needed in needed() {
        let mut answers = given
            .iter()
            .filter(|given| is_same(given.approval.level.as_ref(), needed.level.as_ref()));
        match answers.next() {
            Some(first) => add(&mut table, view, first, Some(needed)),
            None => table.row(missing(view, needed)),
        }
        for more in answers {
            add(&mut table, view, more, None);
        }
    }
    let is_needed = |given: &Given<'p>| {
        needed().any(|n| is_same(given.approval.level.as_ref(), n.level.as_ref()))
    };
    for other in given.iter().filter(|given| !is_needed(given)) {
        add(&mut table, view, other, None);
    }
    table
}

/// Returns whether both name the same level.
fn is_same(given: Option<&Text>, needed: Option<&Text>) -> bool {
    given
        .zip(needed)
        .is_some_and(|(given, needed)| given.value == needed.value)
}

/// Returns how many have to agree.
fn quorum<'p>(needed: Option<&RequiredApproval>) -> Value<'p> {
    needed
        .map(|needed| i64::from(needed.quorum.as_ref().map_or(1, |quorum| quorum.value)))
        .into()
}

/// Returns the state of what nobody has asked for yet.
pub(super) fn not_requested<'p>() -> State<'p> {
    State::new("not-requested").worded("Not requested yet")
}

/// Returns the row of an approval that nobody has given.
fn missing<'p>(view: &View<'p>, needed: &'p RequiredApproval) -> [Value<'p>; 9] {
    let mut cells = [const { Value::Empty }; 9];
    cells[0] = view.own_word(needed.level.as_ref());
    cells[1] = not_requested().into();
    cells[3] = view.own_word(needed.role.as_ref());
    cells[4] = quorum(Some(needed));
    cells
}

/// Adds the row of a decision to `table`. One that is a file has an anchor; one that stands in the gate has no name to
/// make it from.
fn add<'p>(
    table: &mut Table<'p>,
    view: &View<'p>,
    given: &Given<'p>,
    needed: Option<&'p RequiredApproval>,
) {
    let approval = given.approval;
    let level = approval.level.as_ref();
    let cells = [
        match (given.file, level) {
            (Some(file), Some(level)) => view
                .link(file.id)
                .map(|link| Link {
                    text: State::new(&*level.value).word,
                    ..link
                })
                .into(),
            (Some(file), None) => view.document(file.id),
            (None, level) => view.own_word(level),
        },
        decision(view, approval),
        view.who(approval.by.as_ref()),
        view.own_word(approval.role.as_ref().or_else(|| needed?.role.as_ref())),
        quorum(needed),
        view.when(approval.date.as_ref()),
        view.text(approval.reason.as_ref()),
        view.own_word(approval.return_to.as_ref()),
        view.code(approval.covers.as_ref()),
    ];
    match given.file {
        Some(file) => table.anchored_row(
            blocks::anchored("approval", file.document.short_id()),
            cells,
        ),
        None => table.row(cells),
    }
}

/// Returns the section of those approvals that concern `course` and stand in none of the gates shown on its page.
pub(in crate::pages) fn other_approvals<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let mut all = files(view, course);
    if view.portal.plan.document(course.id).kind == Kind::Train {
        all.extend(
            of_train::<Approval>(view, course.id)
                .into_iter()
                .filter(|file| {
                    let of = target(file);
                    of.is_some() && of != Some(course.id)
                }),
        );
    }
    let is_shown = |file: &Doc<'p, Approval>| {
        let here = target(file).is_none_or(|of| of == course.id);
        here && file
            .fields
            .gate
            .as_ref()
            .is_some_and(|gate| has_gate(view, course, &gate.value))
    };
    all.retain(|file| !is_shown(file));
    let heading = Heading {
        id: "approvals",
        title: "Other approvals",
        caption: "Approvals outside these gates",
    };
    listing(view, heading, all)
}
