//! Fingerprints: a short text that changes when the dates, the scope, the artifacts or the tasks of a document do, and
//! not when its prose, its progress or its layout does (semantics, Gates).
//!
//! What counts is written as one line for each fact, sorted, and digested. Lists are told by their ids, so their order
//! does not count, except where it is the order of work. What is done, sent or passed is progress, not what was approved.

use std::fmt::Display;

use crate::plan::kinds::{change::Change, release::Release, turnover::Turnover};
use crate::plan::parts::deployment::Step;
use crate::plan::parts::item::ItemStatus;
use crate::plan::value::{Choices, Digest, Keyed, Period, Ref, Text, When};
use crate::plan::{Course, Detail, DocId, Plan};

/// The way of writing facts down: an approval of another way is stale by itself.
const VERSION: &str = "fp1-";

/// How many hexadecimal digits of the digest are kept: 64 bits.
const DIGITS: usize = 16;

/// Returns the fingerprint of the train, release, turnover or change `id`, such as `fp1-0a1b2c3d4e5f6071`; none for other
/// kinds. A train's covers its releases.
pub fn fingerprint(plan: &Plan, id: DocId) -> Option<String> {
    let mut facts = Facts::default();
    match &plan.document(id).detail {
        Detail::Train(_) => facts.add_train(plan, plan.course(id)?),
        Detail::Release(release) => facts.add_release(plan, plan.course(id)?, release),
        Detail::Turnover(turnover) => facts.add_turnover(plan, turnover),
        Detail::Change(change) => facts.add_change(plan, change),
        _ => return None,
    }
    facts.lines.sort_unstable();
    let digest = Digest::of(facts.lines.concat().as_bytes());
    Some(format!("{VERSION}{}", &digest.0[..DIGITS]))
}

/// Facts on their way to a digest.
#[derive(Default)]
struct Facts {
    lines: Vec<String>,
    /// The release that the facts are about, when they are part of a train's.
    of: Option<Box<str>>,
}

impl Facts {
    /// Adds that the field at `path` is `value`. Each part has its length before it, so that no two facts look alike.
    fn add(&mut self, path: &[&str], value: impl Display) {
        let value = value.to_string();
        let parts = self
            .of
            .as_deref()
            .into_iter()
            .chain(path.iter().copied())
            .chain([value.as_str()]);
        let mut line: String = parts
            .map(|part| format!("{}:{part},", part.len()))
            .collect();
        line.push('\n');
        self.lines.push(line);
    }

    fn add_text(&mut self, path: &[&str], text: Option<&Text>) {
        if let Some(text) = text {
            self.add(path, &text.value);
        }
    }

    fn add_date(&mut self, path: &[&str], date: Option<&When>) {
        if let Some(date) = date {
            self.add(path, &date.resolved);
        }
    }

    fn add_period(&mut self, path: &[&str], period: Option<&Period>) {
        if let Some(period) = period {
            self.add(path, &period.resolved);
        }
    }

    /// Adds a set of references by the ids of what they mean, or as written where they mean nothing.
    fn add_references<K>(&mut self, plan: &Plan, field: &str, references: &[Ref<K>]) {
        for reference in references {
            let id = reference
                .target
                .map_or(&*reference.written, |target| &*plan.document(target).id);
            self.add(&[field], id);
        }
    }

    fn add_reference<K>(&mut self, plan: &Plan, field: &str, reference: Option<&Ref<K>>) {
        self.add_references(plan, field, reference.map_or(&[], std::slice::from_ref));
    }

    /// Adds the dates and the tasks that trains and releases have.
    fn add_dates(&mut self, plan: &Plan, course: Course<'_>) {
        self.add_text(&["type"], course.r#type);
        for (stage, period) in course.schedule.iter() {
            self.add(&["schedule", stage], &period.resolved);
        }
        for milestone in plan.own_milestones(course.id) {
            let path = ["milestones", milestone.document.short_id()];
            self.add_date(&path, milestone.fields.due.as_ref());
            if milestone.fields.skip {
                self.add(&path, "skip");
            }
        }
        for task in course.tasks {
            let path = ["tasks", &task.id.value];
            self.add(&path, "");
            self.add_date(&path, task.value.due.as_ref());
        }
    }

    fn add_train(&mut self, plan: &Plan, course: Course<'_>) {
        self.add_dates(plan, course);
        for release in plan.releases_of(course.id) {
            self.of = Some(release.document.id.clone());
            if let Some(course) = plan.course(release.id) {
                self.add_release(plan, course, release.fields);
            }
            self.of = None;
        }
    }

    fn add_release(&mut self, plan: &Plan, course: Course<'_>, release: &Release) {
        self.add_dates(plan, course);
        self.add_reference(plan, "application", release.application.as_ref());
        if let Some(version) = &release.version {
            self.add(&["version"], &version.value.0);
        }
        if let Some(extent) = &release.extent {
            self.add(&["extent"], extent.value.word());
        }
        let dropped = |status: Option<ItemStatus>| status == Some(ItemStatus::Dropped);
        for item in release
            .items
            .iter()
            .filter(|item| !dropped(item.status.as_ref().map(|status| status.value)))
        {
            self.add(&["items"], &item.id.value);
        }
        for artifact in &release.artifacts {
            let Some(name) = &artifact.value.name else {
                continue;
            };
            self.add(&["artifacts", name], "");
            if let Some(version) = &artifact.value.version {
                self.add(&["artifacts", name, "version"], &version.value.0);
            }
            if let Some(digest) = &artifact.value.sha256 {
                self.add(&["artifacts", name, "sha256"], &digest.value.0);
            }
        }
        release
            .components
            .iter()
            .for_each(|component| self.add(&["components"], &component.value));
        self.add_references(plan, "changes", &release.changes);
    }

    fn add_turnover(&mut self, plan: &Plan, turnover: &Turnover) {
        self.add_reference(plan, "environment", turnover.environment.as_ref());
        self.add_references(plan, "contents", &turnover.contents);
        self.add_period(&["planned"], turnover.planned.as_ref());
        turnover
            .items
            .iter()
            .for_each(|item| self.add(&["items"], &item.value));
        self.add_steps("tasks", &turnover.tasks);
        for test in &turnover.smoke {
            self.add(&["smoke"], &test.id.value);
        }
        if let Some(backout) = &turnover.backout {
            self.add_steps("backout", &backout.tasks);
            if let Some(duration) = &backout.duration {
                self.add(&["backout"], duration.value);
            }
        }
        if let Some(outage) = &turnover.outage {
            self.add_period(&["outage"], outage.planned.as_ref());
            self.add_references(plan, "services", &outage.services);
        }
        for wave in &turnover.waves {
            self.add(&["waves"], &wave.id.value);
            self.add_period(&["waves", &wave.id.value], wave.value.planned.as_ref());
        }
    }

    /// Adds the steps of a run sheet: those with a number by it, the others by their place, which is their order.
    fn add_steps(&mut self, field: &str, steps: &Keyed<Step>) {
        for (place, step) in steps.iter().enumerate() {
            let path = [field, &step.id.value];
            match &step.value.seq {
                Some(seq) => self.add(&path, format_args!("seq {}", seq.value)),
                None => self.add(&path, format_args!("place {place}")),
            }
            if let Some(duration) = &step.value.duration {
                self.add(&[field, &step.id.value, "duration"], duration.value);
            }
            self.add_text(&[field, &step.id.value, "run"], step.value.run.as_ref());
        }
    }

    fn add_change(&mut self, plan: &Plan, change: &Change) {
        if let Some(category) = &change.category {
            self.add(&["category"], category.value.word());
        }
        self.add_references(plan, "releases", &change.releases);
        self.add_references(plan, "services", &change.services);
        self.add_period(&["planned"], change.planned.as_ref());
    }
}
