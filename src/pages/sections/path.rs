//! The critical path of a train, and by how much each of its releases could be later.

use super::need::lead;
use crate::pages::blocks;
use crate::pages::listing::MOST_ROWS;
use crate::pages::parts::{Section, State, Table, Tone};
use crate::pages::view::View;
use crate::plan::DocId;
use crate::schedule::ReleaseSlack;

/// Returns the section of the critical path of the train `train`: the releases on it in order, then those with the least
/// slack. Left out once the train has ended, and while its releases do not wait for each other.
pub(in crate::pages) fn critical_path<'p>(view: &View<'p>, train: DocId) -> Section<'p> {
    let schedule = &view.portal.schedule;
    let is_tied = |slack: &ReleaseSlack<'_>| !schedule.needs_of(slack.release.id).is_empty();
    let path = schedule
        .train_path(train)
        .filter(|path| view.portal.plan.is_open(train) && path.slack.iter().any(is_tied))
        .filter(|path| path.path.len() > 1 || path.slack.iter().any(|of| of.seconds != 0));
    let Some(path) = path else {
        return Section::new("critical-path", "Critical path");
    };
    let place =
        |slack: &ReleaseSlack<'_>| path.path.iter().position(|of| of.id == slack.release.id);
    let mut slack = path.slack.clone();
    slack.retain(|of| view.portal.path(of.release.id).is_some());
    slack.sort_by_key(|of| (place(of).is_none(), place(of), of.seconds, of.release.id));
    let columns = ["Release", "Place", "There by", "Slack"];
    let mut table = Table::new(
        "What decides when the train is there, and the slack of the rest",
        columns,
    );
    for of in slack.iter().take(MOST_ROWS) {
        let place = place(of).map(|at| {
            let words = view.counted("{n} on the path", at + 1);
            State::new("critical").worded(words).toned(Tone::Active)
        });
        table.row([
            view.document(of.release.id),
            place.into(),
            view.of(of.release.id).instant(of.end),
            lead(view, Some(of.seconds)),
        ]);
    }
    blocks::section("critical-path", "Critical path", [blocks::told(table)])
}
