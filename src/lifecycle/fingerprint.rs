//! Fingerprints: a short text that changes when the dates, the scope, the artifacts or the tasks of a document do, and
//! not when its prose, its progress or its layout does (semantics, Gates).
//!
//! What counts is written as one line for each fact, sorted, and digested: the dates, the scope, the artifacts and the
//! tasks apart, so that two fingerprints also tell which of them differ. Lists are told by their ids, so their order does
//! not count, except where it is the order of work. Dates count as what they come to, also when they are relative or come
//! from the train. What is done, sent or passed is progress, not what was approved.

use std::fmt::Display;

use crate::plan::kinds::{
    change::Change, milestone::Milestone, release::Release, turnover::Turnover,
};
use crate::plan::parts::deployment::Step;
use crate::plan::parts::item::ItemStatus;
use crate::plan::value::{Choices, Digest, Keyed, Period, Ref, Text, When};
use crate::plan::{Course, Detail, Doc, DocId, Plan};

/// The way of writing facts down: an approval of another way is stale by itself.
const VERSION: &str = "fp1-";

/// What is digested apart, in the order in which it stands in a fingerprint.
const PARTS: [&str; 4] = ["dates", "scope", "artifacts", "tasks"];

/// How many hexadecimal digits of the digest of each part are kept: 24 bits.
const DIGITS: usize = 6;

/// Returns the fingerprint of the train, release, turnover or change `id`, such as `fp1-0a1b2c-3d4e5f-607182-93a4b5`;
/// none for other kinds. A train's covers its releases, a release's the dates that it has from its train.
pub fn fingerprint(plan: &Plan, id: DocId) -> Option<String> {
    let mut facts = Facts::default();
    match &plan.document(id).detail {
        Detail::Train(_) => facts.add_train(plan, plan.course(id)?),
        Detail::Release(_) => facts.add_release(plan, plan.get(id)?),
        Detail::Turnover(_) => facts.add_turnover(plan, plan.get(id)?),
        Detail::Change(change) => facts.add_change(plan, change),
        _ => return None,
    }
    let parts = facts.lines.map(|mut lines| {
        lines.sort_unstable();
        Digest::of(lines.concat().as_bytes()).0[..DIGITS].to_owned()
    });
    Some(format!("{VERSION}{}", parts.join("-")))
}

/// Returns in what two fingerprints differ: `dates`, `scope`, `artifacts`, `tasks`. None when one of them is no fingerprint
/// of today's form, so that they cannot be compared.
pub fn differences(one: &str, other: &str) -> Option<Vec<&'static str>> {
    let (one, other) = (digests(one)?, digests(other)?);
    let pairs = one.into_iter().zip(other);
    let told = PARTS.into_iter().zip(pairs);
    let differing = told.filter(|(_, (one, other))| one != other);
    Some(differing.map(|(part, _)| part).collect())
}

fn digests(fingerprint: &str) -> Option<Vec<&str>> {
    let digests: Vec<_> = fingerprint.strip_prefix(VERSION)?.split('-').collect();
    let is_whole = |digest: &&str| digest.len() == DIGITS;
    (digests.len() == PARTS.len() && digests.iter().all(is_whole)).then_some(digests)
}

/// The place of a fact among [`PARTS`].
#[derive(Clone, Copy)]
enum Part {
    Dates,
    Scope,
    Artifacts,
    Tasks,
}

/// Facts on their way to a digest.
#[derive(Default)]
struct Facts {
    /// The facts of each part.
    lines: [Vec<String>; PARTS.len()],
    /// The release that the facts are about, when they are part of a train's or of a turnover's.
    of: Option<Box<str>>,
}

impl Facts {
    /// Adds that the field at `path` is `value`. Each word has its length before it, so that no two facts look alike.
    fn add(&mut self, part: Part, path: &[&str], value: impl Display) {
        let value = value.to_string();
        let words = self
            .of
            .as_deref()
            .into_iter()
            .chain(path.iter().copied())
            .chain([value.as_str()]);
        let mut line: String = words
            .map(|word| format!("{}:{word},", word.len()))
            .collect();
        line.push('\n');
        self.lines[part as usize].push(line);
    }

    fn add_text(&mut self, part: Part, path: &[&str], text: Option<&Text>) {
        if let Some(text) = text {
            self.add(part, path, &text.value);
        }
    }

    fn add_date(&mut self, part: Part, path: &[&str], date: Option<&When>) {
        if let Some(date) = date {
            self.add(part, path, &date.resolved);
        }
    }

    fn add_period(&mut self, path: &[&str], period: Option<&Period>) {
        if let Some(period) = period {
            self.add(Part::Dates, path, &period.resolved);
        }
    }

    /// Adds a set of references by the ids of what they mean, or as written where they mean nothing.
    fn add_references<K>(&mut self, plan: &Plan, field: &str, references: &[Ref<K>]) {
        for reference in references {
            let id = reference
                .target
                .map_or(&*reference.written, |target| &*plan.document(target).id);
            self.add(Part::Scope, &[field], id);
        }
    }

    fn add_reference<K>(&mut self, plan: &Plan, field: &str, reference: Option<&Ref<K>>) {
        self.add_references(plan, field, reference.map_or(&[], std::slice::from_ref));
    }

    /// Adds what trains and releases have in common: the type, their own schedule and the tasks.
    fn add_course(&mut self, course: Course<'_>) {
        self.add_text(Part::Scope, &["type"], course.r#type);
        for (stage, period) in course.schedule.iter() {
            self.add_period(&["schedule", stage], Some(period));
        }
        for task in course.tasks {
            let path = ["tasks", &task.id.value];
            self.add(Part::Tasks, &path, "");
            self.add_date(Part::Tasks, &path, task.value.due.as_ref());
        }
    }

    fn add_milestone(&mut self, milestone: Doc<'_, Milestone>) {
        let path = ["milestones", milestone.document.short_id()];
        self.add_date(Part::Dates, &path, milestone.fields.due.as_ref());
        if milestone.fields.skip {
            self.add(Part::Dates, &path, "skip");
        }
    }

    /// Adds a train with all of its releases but those that were given up.
    fn add_train(&mut self, plan: &Plan, train: Course<'_>) {
        self.add_course(train);
        let milestones = plan.own_milestones(train.id);
        milestones.into_iter().for_each(|it| self.add_milestone(it));
        let releases = plan.releases_of(train.id);
        for release in releases.filter(|release| !plan.is_abandoned(release.id)) {
            self.of = Some(release.document.id.clone());
            self.add_contents(plan, release);
            let milestones = plan.own_milestones(release.id);
            milestones.into_iter().for_each(|it| self.add_milestone(it));
            self.of = None;
        }
    }

    /// Adds a release with the dates that it has from its train.
    fn add_release(&mut self, plan: &Plan, release: Doc<'_, Release>) {
        self.add_contents(plan, release);
        for inherited in plan.release_milestones(release) {
            self.add_milestone(inherited.milestone);
        }
        let own = &release.fields.schedule;
        let train = plan.course_of_train(release.id);
        let planned = train.iter().flat_map(|train| train.schedule.iter());
        for (stage, period) in planned.filter(|(stage, _)| own.get(stage).is_none()) {
            self.add_period(&["schedule", stage], Some(period));
        }
    }

    /// Adds what a release says itself, without its milestones.
    fn add_contents(&mut self, plan: &Plan, release: Doc<'_, Release>) {
        self.add_course(Course::from(release));
        let release = release.fields;
        self.add_reference(plan, "application", release.application.as_ref());
        if let Some(version) = &release.version {
            self.add(Part::Scope, &["version"], &version.value.0);
        }
        if let Some(extent) = &release.extent {
            self.add(Part::Scope, &["extent"], extent.value.word());
        }
        let dropped = |status: Option<ItemStatus>| status == Some(ItemStatus::Dropped);
        for item in release
            .items
            .iter()
            .filter(|item| !dropped(item.status.as_ref().map(|status| status.value)))
        {
            self.add(Part::Scope, &["items"], &item.id.value);
        }
        let components = release.components.iter();
        components.for_each(|it| self.add(Part::Scope, &["components"], &it.value));
        self.add_references(plan, "changes", &release.changes);
        self.add_artifacts(release);
    }

    fn add_artifacts(&mut self, release: &Release) {
        for artifact in &release.artifacts {
            let Some(name) = &artifact.value.name else {
                continue;
            };
            self.add(Part::Artifacts, &[name], "");
            if let Some(version) = &artifact.value.version {
                self.add(Part::Artifacts, &[name, "version"], &version.value.0);
            }
            if let Some(digest) = &artifact.value.sha256 {
                self.add(Part::Artifacts, &[name, "sha256"], &digest.value.0);
            }
        }
    }

    fn add_turnover(&mut self, plan: &Plan, turnover: Doc<'_, Turnover>) {
        for release in plan.contents_of(turnover) {
            self.add(Part::Scope, &["contents"], &release.document.id);
            self.of = Some(release.document.id.clone());
            self.add_artifacts(release.fields);
            self.of = None;
        }
        let turnover = turnover.fields;
        self.add_reference(plan, "environment", turnover.environment.as_ref());
        self.add_period(&["planned"], turnover.planned.as_ref());
        let items = turnover.items.iter();
        items.for_each(|item| self.add(Part::Scope, &["items"], &item.value));
        self.add_steps("tasks", &turnover.tasks);
        for test in &turnover.smoke {
            self.add(Part::Tasks, &["smoke"], &test.id.value);
        }
        if let Some(backout) = &turnover.backout {
            self.add_steps("backout", &backout.tasks);
            if let Some(duration) = &backout.duration {
                self.add(Part::Tasks, &["backout"], duration.value);
            }
        }
        if let Some(outage) = &turnover.outage {
            self.add_period(&["outage"], outage.planned.as_ref());
            self.add_references(plan, "services", &outage.services);
        }
        for wave in &turnover.waves {
            self.add(Part::Scope, &["waves"], &wave.id.value);
            self.add_period(&["waves", &wave.id.value], wave.value.planned.as_ref());
        }
    }

    /// Adds the steps of a run sheet: those with a number by it, the others by their place, which is their order.
    fn add_steps(&mut self, field: &str, steps: &Keyed<Step>) {
        for (place, step) in steps.iter().enumerate() {
            let path = [field, &step.id.value];
            match &step.value.seq {
                Some(seq) => self.add(Part::Tasks, &path, format_args!("seq {}", seq.value)),
                None => self.add(Part::Tasks, &path, format_args!("place {place}")),
            }
            if let Some(duration) = &step.value.duration {
                self.add(Part::Tasks, &[path[0], path[1], "duration"], duration.value);
            }
            self.add_text(
                Part::Tasks,
                &[path[0], path[1], "run"],
                step.value.run.as_ref(),
            );
        }
    }

    fn add_change(&mut self, plan: &Plan, change: &Change) {
        if let Some(category) = &change.category {
            self.add(Part::Scope, &["category"], category.value.word());
        }
        self.add_references(plan, "releases", &change.releases);
        self.add_references(plan, "services", &change.services);
        self.add_period(&["planned"], change.planned.as_ref());
    }
}
