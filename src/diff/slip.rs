//! How far the dates of a plan are from where they were first.

use std::collections::BTreeMap;

use super::chronicle::{Chronicle, Fate};
use super::edit::{Content, Edit, Step, exact};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::When;
use crate::plan::{DocId, Plan};
use crate::time::{Date, Day};
use crate::world::repository::Commit;

/// One date of the plan, and what became of it.
#[derive(Clone, Debug)]
pub struct Slip<'p> {
    /// The document in which it is written.
    pub document: DocId,
    /// The stage whose start it is, when it is one.
    pub stage: Option<&'p str>,
    /// Where it was in the first version that is known.
    pub baseline: Date,
    /// Where it is planned now.
    pub planned: Date,
    /// When it came.
    pub actual: Option<Date>,
    /// How many days it is later than its baseline, or came later; none while one of the two is no day.
    pub days: Option<i64>,
    /// How often it moved.
    pub moves: usize,
    /// The newest commit that moved it.
    pub last: Option<&'p Commit>,
}

/// What a chronicle knows of one field.
struct Track<'c> {
    first: Date,
    moves: usize,
    last: &'c Commit,
}

/// The dates that are followed, by path and by the way to the field.
type Tracks<'c> = BTreeMap<(&'c str, String), Track<'c>>;

/// Returns the dates of `plan` that moved, or came on another day than planned; the latest first.
///
/// Followed are the stages of trains and releases, milestones, and turnovers. Without a history the baseline is what is
/// planned now.
pub fn slips<'p>(plan: &'p Plan, chronicle: Option<&'p Chronicle>) -> Vec<Slip<'p>> {
    let tracks = chronicle.map(tracks).unwrap_or_default();
    let mut found = stages(plan, &tracks);
    found.extend(milestones(plan, &tracks));
    found.extend(turnovers(plan, &tracks));
    found.retain(|slip| slip.moves > 0 || slip.days.is_some_and(|days| days != 0));
    found.sort_by_key(|slip| {
        (
            std::cmp::Reverse(slip.days.unwrap_or(i64::MIN)),
            slip.document,
        )
    });
    found
}

/// Returns where each date was first and how often it moved.
fn tracks(chronicle: &Chronicle) -> Tracks<'_> {
    let mut tracks = Tracks::new();
    for moved in chronicle.commits.iter().rev() {
        for change in &moved.changes {
            let Some(path) = change.current.as_deref() else {
                continue;
            };
            if change.fate == Fate::Added {
                // What was there before under this name was another document.
                forget(&mut tracks, path);
            }
            for edit in &change.edits {
                follow(&mut tracks, path, edit, &moved.commit);
            }
        }
    }
    tracks
}

/// Drops what is known of the file at `path`.
fn forget<'c>(tracks: &mut Tracks<'c>, path: &'c str) {
    let of_path = tracks.range((path, String::new())..);
    let of_path = of_path.take_while(|((of, _), _)| *of == path);
    let ways: Vec<String> = of_path.map(|((_, way), _)| way.clone()).collect();
    for way in ways {
        tracks.remove(&(path, way));
    }
}

fn follow<'c>(tracks: &mut Tracks<'c>, path: &'c str, edit: &'c Edit, commit: &'c Commit) {
    let (before, after) = (start(&edit.before), start(&edit.after));
    let Some(first) = before.or(after) else {
        return;
    };
    let track = tracks.entry((path, way(&edit.field))).or_insert(Track {
        first: first.clone(),
        moves: 0,
        last: commit,
    });
    // What was open before has no baseline yet.
    if let (None, Some(after)) = (exact(&track.first), after) {
        track.first = after.clone();
    }
    if before.is_some() && after.is_some() && before != after {
        track.moves += 1;
        track.last = commit;
    }
}

/// Returns the date at which `content` begins.
fn start(content: &Content) -> Option<&Date> {
    match content {
        Content::Date(date) => Some(date),
        Content::Period(interval) => Some(interval.from()),
        _ => None,
    }
}

fn way(steps: &[Step]) -> String {
    let steps: Vec<&str> = steps.iter().map(Step::name).collect();
    steps.join("/")
}

/// One date of the plan before it is compared.
struct Told<'p> {
    document: DocId,
    stage: Option<&'p str>,
    written: &'p Date,
    planned: &'p Date,
    actual: Option<&'p Date>,
}

impl<'p> Told<'p> {
    /// Returns what became of the date that stands at `way` in the file at `path`.
    fn slip(self, tracks: &Tracks<'p>, path: &'p str, way: String) -> Slip<'p> {
        let track = tracks.get(&(path, way));
        // A relative date moves with what it is relative to, and that is told where it moves.
        let first = track
            .map(|track| &track.first)
            .filter(|first| *first != self.written);
        let baseline = match first {
            Some(Date::Relative(_)) | None => self.planned,
            Some(first) => first,
        };
        let now = self.actual.unwrap_or(self.planned);
        Slip {
            document: self.document,
            stage: self.stage,
            days: days(baseline, now),
            baseline: baseline.clone(),
            planned: self.planned.clone(),
            actual: self.actual.cloned(),
            moves: track.map_or(0, |track| track.moves),
            last: track
                .filter(|track| track.moves > 0)
                .map(|track| track.last),
        }
    }
}

fn days(from: &Date, to: &Date) -> Option<i64> {
    let (from, to): (Day, Day) = (exact(from)?, exact(to)?);
    Some(from.until(to))
}

fn stages<'p>(plan: &'p Plan, tracks: &Tracks<'p>) -> Vec<Slip<'p>> {
    let of_course = |course: crate::plan::Course<'p>| {
        let path = plan.path(course.id);
        let entered = |stage: &str| {
            let history = course.history.iter();
            // A stage that was entered again after a return came when it came first.
            let found = history.map(|entry| &entry.value).find(|entry| {
                let of = entry.stage.as_ref();
                of.is_some_and(|of| &*of.value == stage)
            });
            Some(&found?.date.as_ref()?.resolved)
        };
        let stages = course.schedule.iter().map(move |(stage, period)| {
            let stage: &'p str = stage;
            let told = Told {
                document: course.id,
                stage: Some(stage),
                written: period.written.from(),
                planned: period.resolved.from(),
                actual: entered(stage),
            };
            told.slip(tracks, path, format!("schedule/{stage}"))
        });
        stages.collect::<Vec<_>>()
    };
    plan.courses().flat_map(of_course).collect()
}

fn milestones<'p>(plan: &'p Plan, tracks: &Tracks<'p>) -> Vec<Slip<'p>> {
    let slip = |milestone: crate::plan::Doc<'p, Milestone>| {
        let fields = milestone.fields;
        let due: &When = fields.due.as_ref()?;
        let way = match milestone.document.host {
            Some(_) => format!("milestones/{}/due", milestone.document.short_id()),
            None => "due".to_owned(),
        };
        let told = Told {
            document: milestone.id,
            stage: None,
            written: &due.written,
            planned: &due.resolved,
            actual: fields.done.as_ref().map(|done| &done.resolved),
        };
        Some(told.slip(tracks, plan.path(milestone.id), way))
    };
    plan.all::<Milestone>().filter_map(slip).collect()
}

fn turnovers<'p>(plan: &'p Plan, tracks: &Tracks<'p>) -> Vec<Slip<'p>> {
    let slip = |turnover: crate::plan::Doc<'p, Turnover>| {
        let fields = turnover.fields;
        let planned = fields.planned.as_ref()?;
        let actual = fields.actual.as_ref();
        let told = Told {
            document: turnover.id,
            stage: None,
            written: planned.written.from(),
            planned: planned.resolved.from(),
            actual: actual.map(|actual| actual.resolved.from()),
        };
        Some(told.slip(tracks, plan.path(turnover.id), "planned".to_owned()))
    };
    plan.all::<Turnover>().filter_map(slip).collect()
}
