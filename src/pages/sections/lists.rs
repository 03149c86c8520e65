//! The small lists of a train or a release: reservations, tasks, communications, risks, and early life support.

use super::standing::standing;
use crate::pages::blocks;
use crate::pages::parts::{Fact, Section, Value};
use crate::pages::view::View;
use crate::plan::Course;

/// Returns the section of the environments that a course has reserved.
pub(in crate::pages) fn reservations<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let columns = ["Environment", "Planned", "Purpose", "Use"];
    let table = blocks::table(
        "Environments reserved",
        columns,
        course.reservations,
        |reservation| {
            [
                view.maybe(reservation.environment.as_ref()),
                view.period(reservation.planned.as_ref()),
                view.text(reservation.purpose.as_ref()),
                Value::word(if reservation.shared {
                    "shared"
                } else {
                    "exclusive"
                }),
            ]
        },
    );
    blocks::section("reservations", "Reservations", [blocks::told(table)])
}

/// Returns the section of what is to be done outside the gates.
pub(in crate::pages) fn tasks<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let columns = [
        "Task", "State", "Owner", "Due", "Done", "Category", "Reason",
    ];
    let table = blocks::keyed(
        "Tasks outside the gates",
        columns,
        "task",
        course.tasks,
        |task| {
            [
                blocks::name(view, task.title.as_ref(), &task.id.value),
                standing(view, task.due.as_ref(), task.done.as_ref(), "done").into(),
                view.who(task.owner.as_ref()),
                view.when(task.due.as_ref()),
                view.when(task.done.as_ref()),
                view.choice(task.category.as_ref()),
                view.text(task.reason.as_ref()),
            ]
        },
    );
    blocks::section("tasks", "Tasks", [blocks::told(table)])
}

/// Returns the section of who is told what, and when.
pub(in crate::pages) fn communications<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let columns = [
        "Message", "State", "Audience", "Channel", "Owner", "Due", "Sent",
    ];
    let table = blocks::keyed(
        "Who is told what",
        columns,
        "communication",
        course.communications,
        |message| {
            [
                blocks::name(view, message.title.as_ref(), &message.id.value),
                standing(view, message.due.as_ref(), message.sent.as_ref(), "sent").into(),
                view.text(message.audience.as_ref()),
                view.text(message.channel.as_ref()),
                view.who(message.owner.as_ref()),
                view.when(message.due.as_ref()),
                view.when(message.sent.as_ref()),
            ]
        },
    );
    blocks::section("communications", "Communications", [blocks::told(table)])
}

/// Returns the section of what may go wrong.
pub(in crate::pages) fn risks<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let columns = ["Risk", "Response", "Owner", "Due"];
    let table = blocks::keyed(
        "Risks and what is done about them",
        columns,
        "risk",
        course.risks,
        |risk| {
            [
                blocks::name(view, risk.title.as_ref(), &risk.id.value),
                view.state(risk.response.as_ref()).into(),
                view.who(risk.owner.as_ref()),
                view.when(risk.due.as_ref()),
            ]
        },
    );
    blocks::section("risks", "Risks", [blocks::told(table)])
}

/// Returns the section about early life support.
pub(in crate::pages) fn support<'p>(view: &View<'p>, course: Course<'p>) -> Section<'p> {
    let facts = course.support.and_then(|support| {
        blocks::facts([
            Fact::new(
                "State",
                standing(view, support.until.as_ref(), support.ended.as_ref(), "done"),
            ),
            Fact::new("Owner", view.who(support.owner.as_ref())),
            Fact::new("Until", view.when(support.until.as_ref())),
            Fact::new("Ended", view.when(support.ended.as_ref())),
        ])
    });
    blocks::section("support", "Early life support", [facts])
}
