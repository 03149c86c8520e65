//! The moves of trains as entries: which stage was entered, by whom and why. A history only grows, so that each of its
//! entries has a place of its own, and a name.

use super::Entry;
use super::content::{Content, escaped};
use crate::pages::parts::State;
use crate::plan::value::When;
use crate::plan::{DocId, Kind};

/// Returns the moves of all published trains.
pub(super) fn of_all(content: &Content<'_, '_>) -> Vec<Entry> {
    let trains = content.portal.published_of(Kind::Train).iter();
    trains.flat_map(|&train| of_train(content, train)).collect()
}

/// Returns the moves of the train `id`; none when it is something else.
pub(super) fn of_train(content: &Content<'_, '_>, id: DocId) -> Vec<Entry> {
    let portal = content.portal;
    let document = portal.plan.document(id);
    let course = portal
        .plan
        .course(id)
        .filter(|_| document.kind == Kind::Train);
    let history = course.iter().flat_map(|course| course.history).enumerate();
    let entries = history.filter_map(|(index, step)| {
        let day = step.value.date.as_ref().and_then(When::days)?.last;
        let stage = &step.value.stage.as_ref()?.value;
        if day > portal.publication.as_of {
            return None;
        }
        let stage = State::new(&**stage).word;
        let stage = portal.locale.word(&stage);
        let mut html = format!("<p>{} {}", escaped(stage), content.day(day));
        if let Some(by) = &step.value.by {
            html.push_str(&format!(", {}", content.who(by)));
        }
        html.push_str("</p>\n");
        if let Some(reason) = &step.value.reason {
            html.push_str(&format!("<p>{}</p>\n", content.inline(id, &reason.value)));
        }
        Some(Entry {
            local: format!("train:{}#history-{}", document.id, index + 1),
            title: format!("{}: {stage}", document.title),
            page: portal.path(id).unwrap_or_default().to_owned(),
            published: day,
            updated: day,
            categories: vec!["train".to_owned()],
            html,
        })
    });
    entries.collect()
}
