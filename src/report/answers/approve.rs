//! The answer of `trainboard approve`: where a decision stands, and the document that would make it.

mod document;

use std::io::{self, Write};

use super::super::Ink;
use super::sheet::{Line, Section, Sheet, Tone, spot};
use super::{counted, listed, name};
use crate::lifecycle::{
    GateResult, JudgedVote, SignoffResult, Standing, fingerprint, holders, votes,
};
use crate::plan::kinds::approval::{Approval, Decision};
use crate::plan::value::{Choices as _, Keyed, Reference};
use crate::plan::{Detail, DocId, Kind, Plan};
use crate::time::Day;

pub use document::{Draft, path};

/// What is decided on, and as of which day.
#[derive(Clone, Copy, Debug)]
pub struct Motion<'a, 'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The train, release, change or turnover.
    pub subject: DocId,
    /// The gate of the train or release, with its result.
    pub gate: Option<&'a GateResult<'p>>,
    /// The day of the decision.
    pub day: Day,
}

/// An approval that is asked for.
#[derive(Clone, Debug)]
pub struct Seat<'p> {
    /// The level of the decision.
    pub level: Option<&'p str>,
    /// The role that decides.
    pub role: Option<&'p str>,
    /// Whether enough people have agreed.
    pub is_granted: bool,
    /// Who has approved already.
    pub granted: Vec<&'p str>,
    /// How many have to agree.
    pub quorum: usize,
    /// Who holds the role on the day and has not approved yet.
    pub holders: Vec<DocId>,
}

impl<'p> Motion<'_, 'p> {
    /// Returns what is decided on: `gate verification of train 2026-q4`, `change CHG-1042`.
    pub fn name(&self) -> String {
        let subject = name(self.plan, self.subject);
        match self.gate {
            Some(result) => format!("gate {} of {subject}", result.gate.id),
            None => subject,
        }
    }

    /// Returns the approvals that are asked for, in order. A change asks for those that it lists without a decision.
    pub fn seats(&self) -> Vec<Seat<'p>> {
        if let Some(result) = self.gate {
            let seats = result.signoffs.iter();
            return seats.map(|signoff| self.seat(signoff)).collect();
        }
        let Detail::Change(change) = &self.plan.document(self.subject).detail else {
            return Vec::new();
        };
        let open = change
            .approvals
            .iter()
            .filter(|asked| asked.value.decision.is_none());
        let word =
            |text: &'p Option<crate::plan::value::Text>| text.as_ref().map(|text| &*text.value);
        open.map(|asked| {
            let asked: &'p Approval = &asked.value;
            let role = word(&asked.role);
            Seat {
                level: word(&asked.level),
                role,
                is_granted: false,
                granted: Vec::new(),
                quorum: 1,
                holders: role.map_or_else(Vec::new, |role| self.holders(role, &[])),
            }
        })
        .collect()
    }

    /// Returns the fingerprint of what is decided on, as it is now.
    pub fn fingerprint(&self) -> Option<String> {
        fingerprint(self.plan, self.subject)
    }

    /// Returns where `path` holds a decision on the subject, judged.
    pub fn vote_at(&self, path: &str) -> Option<JudgedVote<'p>> {
        let judged = votes(self.plan, self.subject, self.day);
        let is_there = |vote: &JudgedVote<'_>| {
            vote.vote
                .file
                .is_some_and(|file| self.plan.path(file.id) == path)
        };
        judged.into_iter().find(is_there)
    }

    /// Writes where the decision stands: criteria, approvals, gates before, and what the fingerprint covers.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
        self.sheet().write_human(ink, out)
    }

    fn seat(&self, result: &SignoffResult<'p>) -> Seat<'p> {
        let by = |vote: &JudgedVote<'p>| vote.vote.by();
        let granted: Vec<_> = result.granted.iter().filter_map(by).collect();
        let role = result.signoff.role;
        Seat {
            level: Some(result.signoff.level),
            role,
            is_granted: result.is_granted(),
            granted: granted.iter().map(|by| by.parts().1).collect(),
            quorum: result.signoff.quorum,
            holders: role.map_or_else(Vec::new, |role| self.holders(role, &granted)),
        }
    }

    /// Returns who holds `role` on the day, without those who `voted`, by id.
    fn holders(&self, role: &str, voted: &[&Reference]) -> Vec<DocId> {
        let held = holders(self.plan, role, self.day);
        let people = held.iter().map(|person| person.id);
        let waiting = people.filter(|id| !voted.iter().any(|by| by.target == Some(*id)));
        waiting.collect()
    }

    fn sheet(&self) -> Sheet {
        let passed = self.gate.is_some_and(GateResult::is_passed);
        let state = match self.gate {
            None => String::new(),
            Some(_) if passed => " is passed".to_owned(),
            Some(_) => " is not passed".to_owned(),
        };
        let title = self.gate.and_then(|result| result.gate.title());
        let title = title.map_or_else(String::new, |title| format!(" ({})", title.value));
        let mut sections = vec![self.criteria(), self.approvals(), self.before()];
        sections.retain(|section| !section.lines.is_empty());
        let mut closing = Vec::new();
        if let Some(fingerprint) = self.fingerprint() {
            closing.push(format!(
                "fingerprint {fingerprint} covers {}",
                self.covered()
            ));
        }
        Sheet {
            tone: if passed { Tone::Good } else { Tone::Neutral },
            headline: format!("{}{title}{state}", self.name()),
            sections,
            closing,
        }
    }

    fn criteria(&self) -> Section {
        let line = |result: &crate::lifecycle::CriterionResult<'p>| {
            let criterion = &result.criterion;
            let title = criterion
                .title()
                .map_or_else(String::new, |title| format!(": {}", title.value));
            let owner = criterion
                .owner()
                .map_or_else(String::new, |owner| format!(" ({})", owner.parts().1));
            let why = match (result.standing.passes(), result.evidence.first()) {
                (false, Some(fault)) => format!("; {fault}"),
                _ => String::new(),
            };
            let own = criterion
                .own
                .map(|own| self.plan.locate(self.subject, own.id.span));
            Line {
                text: format!(
                    "{} {}{title}{owner}{why}",
                    said(result.standing),
                    criterion.id
                ),
                place: own.map(|at| spot(&self.plan.sources, at)),
                hint: None,
            }
        };
        let criteria = self.gate.map_or(&[][..], |result| &result.criteria);
        let open = criteria
            .iter()
            .filter(|result| !result.standing.passes())
            .count();
        Section {
            title: format!("criteria, {open} of {} open", criteria.len()),
            lines: criteria.iter().map(line).collect(),
        }
    }

    fn approvals(&self) -> Section {
        let seats = self.seats();
        let mut lines: Vec<_> = seats.iter().map(|seat| self.seat_line(seat)).collect();
        let decided = match self.gate {
            Some(result) => result.votes.clone(),
            None => votes(self.plan, self.subject, self.day),
        };
        lines.extend(decided.iter().filter_map(|vote| self.vote_line(vote)));
        Section {
            title: "approvals".to_owned(),
            lines,
        }
    }

    fn seat_line(&self, seat: &Seat<'p>) -> Line {
        let level = seat.level.or(seat.role).unwrap_or("an approval");
        let role = seat
            .role
            .map_or_else(String::new, |role| format!(", by {role}"));
        let ids: Vec<_> = seat
            .holders
            .iter()
            .map(|id| &*self.plan.document(*id).id)
            .collect();
        let given = match seat.granted.as_slice() {
            [] => String::new(),
            names => format!("given by {}; ", listed(names, "and")),
        };
        let (left, quorum) = (seat.quorum.saturating_sub(seat.granted.len()), seat.quorum);
        let state = match (seat.is_granted, ids.as_slice()) {
            (true, _) => "complete".to_owned(),
            (false, []) if seat.role.is_none() => format!("{left} of {quorum} missing"),
            (false, []) => format!("{left} of {quorum} missing, and nobody else holds the role"),
            (false, ids) => format!("{left} of {quorum} missing: {}", listed(ids, "or")),
        };
        Line {
            text: format!("{level}{role}: {given}{state}"),
            ..Line::default()
        }
    }

    /// Returns what is to be said of a decision that was made, and does not count.
    fn vote_line(&self, vote: &JudgedVote<'p>) -> Option<Line> {
        let who = vote.vote.by().map_or("nobody", |by| by.parts().1);
        let decision = vote.vote.decision()?;
        let fault = vote.faults.iter().find(|fault| fault.disqualifies());
        let text = match (decision, fault) {
            (Decision::Approved, None) if self.gate.is_some() => return None,
            (decision, None) => format!("{who} {}", decision.word()),
            (decision, Some(fault)) => {
                format!("{who} {}, and it does not count: {fault}", decision.word())
            }
        };
        Some(Line {
            text,
            place: Some(spot(&self.plan.sources, vote.vote.at)),
            hint: None,
        })
    }

    fn before(&self) -> Section {
        let before = self.gate.map_or(&[][..], |result| &result.before);
        let closed = before.iter().filter(|(_, state)| !state.is_open());
        Section {
            title: "before it".to_owned(),
            lines: closed
                .map(|(gate, _)| Line {
                    text: format!("gate {gate} is not passed"),
                    ..Line::default()
                })
                .collect(),
        }
    }

    /// Returns what the fingerprint covers, in words.
    fn covered(&self) -> String {
        let what = match &self.plan.document(self.subject).detail {
            Detail::Train(train) => {
                let releases: Vec<_> = self.plan.releases_of(self.subject).collect();
                let ids: Vec<_> = releases
                    .iter()
                    .map(|release| &*release.document.id)
                    .collect();
                let of = match ids.is_empty() {
                    true => "no release".to_owned(),
                    false => format!(
                        "the scope, versions and artifacts of {}",
                        listed(&ids, "and")
                    ),
                };
                format!("{}, and {of}", self.dates(&train.tasks))
            }
            Detail::Release(release) => format!(
                "{}, the version, {} and {}",
                self.dates(&release.tasks),
                counted(release.items.iter().count(), "scope item", "scope items"),
                counted(release.artifacts.len(), "artifact", "artifacts"),
            ),
            Detail::Turnover(turnover) => format!(
                "the environment, the contents, the planned time, {} of the run sheet, the smoke tests, the back-out, the \
                 outage and the waves",
                counted(turnover.tasks.iter().count(), "step", "steps"),
            ),
            Detail::Change(_) => {
                "its category, its releases and services, and its planned time".to_owned()
            }
            _ => String::new(),
        };
        format!("{what}; not prose, and not what is done")
    }

    fn dates<T>(&self, tasks: &Keyed<T>) -> String {
        let milestones = self.plan.own_milestones(self.subject).len();
        format!(
            "the type, the schedule, {} and {}",
            counted(milestones, "milestone", "milestones"),
            counted(tasks.iter().count(), "task", "tasks")
        )
    }
}

fn said(standing: Standing) -> &'static str {
    match standing {
        Standing::Met => "met:",
        Standing::Waived => "waived:",
        Standing::NotRun => "not run:",
        Standing::NotMet => "not met:",
    }
}

/// Returns what the document `id` is called where its kind has to be told: `train:2026-q4`.
fn reference(plan: &Plan, id: DocId) -> String {
    let document = plan.document(id);
    match document.kind {
        Kind::Person => document.id.to_string(),
        kind => format!("{kind}:{}", document.id),
    }
}
