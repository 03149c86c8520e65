//! What changed in the documents of two plans: their fields with the dates that they come to, and which came and went.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::comparison::{DateMove, Entry, Existence, Fact, Followed, Rank, Subject};
use super::edit::{Content, Edit, Step};
use super::pairs::{Pairs, settings};
use super::plans::Side;
use super::resolved;
use super::version::{Dates, Version};
use crate::load::CONFIG;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{DocId, Drafts, Inherited, Kind, Plan, Publication};
use crate::time::Anchor;

/// Returns what changed in documents, and which came and went.
pub(super) fn entries(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs<'_>) -> Vec<Entry> {
    let compared = Compared {
        old,
        new,
        pairs,
        guests: [guests(old.plan), guests(new.plan)],
    };
    let files: Vec<(DocId, DocId)> = pairs
        .both()
        .filter(|(_, id)| new.plan.document(*id).host.is_none())
        .collect();
    let changed = files
        .par_iter()
        .map(|&(one, other)| compared.file(one, other));
    let mut entries: Vec<Entry> = changed.collect::<Vec<_>>().concat();
    entries.extend(compared.config());
    entries.extend(compared.existence());
    entries
}

/// Returns the documents that are written inside of each other one.
fn guests(plan: &Plan) -> FxHashMap<DocId, Vec<DocId>> {
    let mut guests: FxHashMap<DocId, Vec<DocId>> = FxHashMap::default();
    for (id, document) in plan.documents() {
        if let Some(host) = document.host {
            guests.entry(host).or_default().push(id);
        }
    }
    guests
}

struct Compared<'c> {
    old: &'c Side<'c>,
    new: &'c Side<'c>,
    pairs: &'c Pairs<'c>,
    /// What is written inside of what, in the old plan and in the new one.
    guests: [FxHashMap<DocId, Vec<DocId>>; 2],
}

impl Compared<'_> {
    /// Returns what changed in the file of the document that was `one` and is `other`.
    fn file(&self, one: DocId, other: DocId) -> Vec<Entry> {
        let (old, new) = (self.old.plan, self.new.plan);
        // What stood inside of another document is told where that one is.
        if old.document(one).host.is_some() {
            return Vec::new();
        }
        let (before, after) = (text(old, one), text(new, other));
        let dates = [
            self.dates(old, one, &self.guests[0]),
            self.dates(new, other, &self.guests[1]),
        ];
        if before == after && dates[0] == dates[1] {
            return Vec::new();
        }
        let [old_dates, new_dates] = dates;
        let before = Version::read(old.path(one), before).resolved(old_dates);
        let after = Version::read(new.path(other), after).resolved(new_dates);
        if before.is_broken || after.is_broken {
            return vec![Entry {
                of: self.pairs.subject(other),
                fact: Fact::Document(Existence::Unreadable),
            }];
        }
        let edits = super::compare(&before, &after).into_iter();
        edits
            .filter_map(|edit| self.entry(one, other, edit))
            .collect()
    }

    /// Returns what the relative dates in the file of the document `id` come to.
    fn dates(&self, plan: &Plan, id: DocId, guests: &FxHashMap<DocId, Vec<DocId>>) -> Dates {
        let mut dates = resolved::dates(plan.document(id));
        for guest in guests.get(&id).into_iter().flatten() {
            dates.extend(resolved::dates(plan.document(*guest)));
        }
        dates
    }

    /// Returns what changed in the settings of the plan.
    fn config(&self) -> Vec<Entry> {
        let settings_of = |plan: &'_ Plan| {
            let file = plan.config_file;
            file.map_or_else(String::new, |file| plan.sources.get(file).text.to_string())
        };
        let (before, after) = (settings_of(self.old.plan), settings_of(self.new.plan));
        if before == after {
            return Vec::new();
        }
        let (before, after) = (
            Version::read(CONFIG, &before),
            Version::read(CONFIG, &after),
        );
        let entry = |fact| Entry {
            of: settings(),
            fact,
        };
        match before.is_broken || after.is_broken {
            true => vec![entry(Fact::Document(Existence::Unreadable))],
            false => {
                let edits = super::compare(&before, &after).into_iter();
                edits.map(|edit| entry(Fact::Field(edit))).collect()
            }
        }
    }

    /// Returns the entry that `edit` of the document that was `one` and is `other` makes; none when it is told
    /// elsewhere, or means nothing.
    fn entry(&self, one: DocId, other: DocId, mut edit: Edit) -> Option<Entry> {
        let mut of = other;
        if let [Step::Field("milestones"), Step::Item(name), rest @ ..] = edit.field.as_slice() {
            let rest = rest.to_vec();
            let guest = |plan: &Plan, host: DocId| {
                let id = format!("{}/{name}", plan.document(host).id);
                plan.find(Kind::Milestone, &id)
            };
            let now = guest(self.new.plan, other);
            let was = guest(self.old.plan, one);
            if rest.is_empty() {
                // It came, went, or has a file of its own: that is told of the document that it is.
                return None;
            }
            of = now.or_else(|| self.pairs.after(was?))?;
            edit.field = rest;
        }
        match edit.field.first() {
            Some(Step::Field("id" | "kind")) => return None,
            Some(Step::Field("history")) if edit.field.len() <= 2 => return None,
            Some(Step::Field("draft" | "publish_after")) if self.is_published_anew(one, other) => {
                return None;
            }
            _ => {}
        }
        Some(Entry {
            of: self.pairs.subject(of),
            fact: self.fact(of, edit),
        })
    }

    fn fact(&self, of: DocId, edit: Edit) -> Fact {
        let is_date = |content: &Content| matches!(content, Content::Date(_) | Content::Period(_));
        if !is_date(&edit.before) || !is_date(&edit.after) {
            return Fact::Field(edit);
        }
        let follows = edit.follows.as_ref();
        Fact::Date(DateMove {
            rank: self.rank(of, &edit.field),
            follows: follows.map(|anchor| self.followed(of, anchor)),
            inherited: self.inherited(of, &edit.field),
            field: edit.field,
            before: edit.before,
            after: edit.after,
            meaning: edit.meaning,
        })
    }

    fn rank(&self, of: DocId, field: &[Step]) -> Rank {
        let plan = self.new.plan;
        let kind = plan.document(of).kind;
        match (kind, field) {
            (Kind::Train | Kind::Release, [Step::Field("schedule"), Step::Item(stage)]) => {
                match plan.stands_for(of, stage) {
                    Some(Stage::Deployment) => Rank::Deployment,
                    _ => Rank::Stage,
                }
            }
            (Kind::Turnover, [Step::Field("planned")]) => {
                let turnover = plan.get::<Turnover>(of);
                match turnover.is_some_and(|turnover| plan.is_production(turnover.fields)) {
                    true => Rank::Deployment,
                    false => Rank::Turnover,
                }
            }
            (Kind::Freeze, [Step::Field("planned")]) => Rank::Freeze,
            (Kind::Milestone, [Step::Field("due")]) => Rank::Milestone,
            (_, [Step::Field("gates"), _, Step::Field("due")]) => Rank::Gate,
            _ => Rank::Other,
        }
    }

    /// Returns what `anchor` means in the new document `of`.
    fn followed(&self, of: DocId, anchor: &Anchor) -> Followed {
        let plan = self.new.plan;
        let document = plan.document(of);
        let own = matches!(document.kind, Kind::Train | Kind::Release).then_some(of);
        let scopes = [own, document.belongs.release, document.belongs.train];
        let mut scopes = scopes.into_iter().flatten();
        let found = match anchor {
            Anchor::Start => scopes.find_map(|scope| {
                let (_, at) = plan.deployment_of(&plan.course(scope)?)?;
                plan.at_path(&plan.sources.get(at.file).path)
            }),
            Anchor::Milestone(name) => scopes.find_map(|scope| {
                plan.find(
                    Kind::Milestone,
                    &format!("{}/{name}", plan.document(scope).id),
                )
            }),
        };
        Followed {
            anchor: anchor.to_string(),
            of: found.map(|found| self.pairs.subject(found)),
        }
    }

    /// Returns how many releases have the date at `field` of the new document `of` from their train.
    fn inherited(&self, of: DocId, field: &[Step]) -> usize {
        let plan = self.new.plan;
        let document = plan.document(of);
        match (document.kind, field) {
            (Kind::Train, [Step::Field("schedule"), Step::Item(stage)]) => plan
                .releases_of(of)
                .filter(|release| release.fields.schedule.get(stage).is_none())
                .count(),
            (Kind::Milestone, [Step::Field("due")]) if document.belongs.release.is_none() => {
                let releases = document.belongs.train.map(|train| plan.releases_of(train));
                let binds = |release: &crate::plan::Doc<'_, Release>| {
                    let milestones = plan.release_milestones(*release);
                    milestones.iter().any(|inherited| {
                        inherited.milestone.id == of && inherited.source == Inherited::FromTrain
                    })
                };
                releases.map_or(0, |releases| releases.filter(binds).count())
            }
            _ => 0,
        }
    }

    /// Returns which documents came, went, were renamed, published or taken back.
    fn existence(&self) -> Vec<Entry> {
        let (old, new) = (self.old.plan, self.new.plan);
        let entry = |of: Subject, existence| Entry {
            of,
            fact: Fact::Document(existence),
        };
        let is_file = |plan: &Plan, id: DocId| plan.document(id).host.is_none();
        let mut entries = Vec::new();
        for (one, other) in self.pairs.both() {
            let paths = (old.path(one), new.path(other));
            if paths.0 != paths.1 && is_file(old, one) && is_file(new, other) {
                let from = paths.0.to_owned();
                entries.push(entry(
                    self.pairs.subject(other),
                    Existence::Renamed { from },
                ));
            }
            if is_file(new, other) && self.is_published_anew(one, other) {
                let existence = match self.is_published(self.new, other) {
                    true => Existence::Published,
                    false => Existence::Unpublished,
                };
                entries.push(entry(self.pairs.subject(other), existence));
            }
        }
        let added = self.pairs.added();
        let added = added
            .filter(|id| !self.is_guest_of_one(new, *id, |host| self.pairs.before(host).is_none()));
        entries.extend(added.map(|id| entry(self.pairs.subject(id), Existence::Added)));
        let removed = self.pairs.removed();
        let removed = removed
            .filter(|id| !self.is_guest_of_one(old, *id, |host| self.pairs.after(host).is_none()));
        entries.extend(removed.map(|id| entry(self.pairs.old_subject(id), Existence::Removed)));
        entries
    }

    /// Returns whether the document `id` is written inside of one that is `lone`, and so is told with it.
    fn is_guest_of_one(&self, plan: &Plan, id: DocId, lone: impl Fn(DocId) -> bool) -> bool {
        plan.document(id).host.is_some_and(lone)
    }

    fn is_published(&self, side: &Side<'_>, id: DocId) -> bool {
        let publication = Publication {
            as_of: side.progress.day(),
            drafts: Drafts::Hidden,
        };
        side.plan.is_published(id, publication)
    }

    /// Returns whether the document that was `one` and is `other` is published and was not, or the other way round.
    fn is_published_anew(&self, one: DocId, other: DocId) -> bool {
        self.is_published(self.old, one) != self.is_published(self.new, other)
    }
}

/// Returns the text of the file in which the document `id` stands.
fn text(plan: &Plan, id: DocId) -> &str {
    &plan.sources.get(plan.document(id).file).text
}
