//! How trains and releases stand in two plans: stages, gates, criteria and decisions.

use std::collections::BTreeMap;

use super::comparison::{Entry, Fact, StageMove, VoteMove, VoteTurn, Way};
use super::pairs::Pairs;
use super::plans::Side;
use crate::lifecycle::{GateResult, JudgedVote, Standing, VoteFault, differences, fingerprint};
use crate::plan::parts::lifecycle::Stage;
use crate::plan::{Course, DocId, Plan};

/// Returns what changed in how trains and releases stand.
pub(super) fn entries(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (one, other) in pairs.both() {
        let (Some(before), Some(after)) = (old.plan.course(one), new.plan.course(other)) else {
            continue;
        };
        let mut tell = |fact| {
            entries.push(Entry {
                of: pairs.subject(other),
                fact,
            });
        };
        if let Some(moved) = stage_move((old.plan, &before), (new.plan, &after)) {
            tell(Fact::Stage(moved));
        }
        for result in new.progress.gates(other) {
            let known = old.progress.gate(one, result.gate.id);
            if let Some(known) = known {
                gate(known, result).into_iter().for_each(&mut tell);
            }
        }
    }
    entries.extend(votes(old, new, pairs));
    entries
}

/// Returns how a train or release went from stage to stage.
fn stage_move(
    (old, before): (&Plan, &Course<'_>),
    (new, after): (&Plan, &Course<'_>),
) -> Option<StageMove> {
    let stage = |course: &Course<'_>| course.stage().map(|stage| stage.value.to_string());
    let (was, is) = (stage(before), stage(after));
    if was == is && before.history.len() == after.history.len() {
        return None;
    }
    let stages = new.stages_of(after.id);
    let position = |name: &Option<String>| stages.position(name.as_deref()?);
    let way = match () {
        () if after.history.len() < before.history.len() => Way::Unwritten,
        () if new.canonical_stage(after.id) == Some(Stage::Abandoned)
            && old.canonical_stage(before.id) != Some(Stage::Abandoned) =>
        {
            Way::Abandoned
        }
        () if position(&is) < position(&was) => Way::Back,
        () => Way::Forward,
    };
    (was != is).then_some(StageMove {
        before: was,
        after: is,
        way,
    })
}

/// Returns what changed at a gate.
fn gate(before: &GateResult<'_>, after: &GateResult<'_>) -> Vec<Fact> {
    let name = after.gate.id;
    let mut facts = Vec::new();
    if before.state.is_open() != after.state.is_open() {
        facts.push(Fact::Gate {
            gate: name.to_owned(),
            before: before.state,
            after: after.state,
            reason: after.to_string(),
        });
    }
    let standing = |result: &GateResult<'_>, id: &str| -> Option<Standing> {
        let found = result.criteria.iter().find(|of| of.criterion.id == id);
        found.map(|of| of.standing)
    };
    let now = after.criteria.iter().map(|of| of.criterion.id);
    let gone = before.criteria.iter().map(|of| of.criterion.id);
    let gone = gone.filter(|id| standing(after, id).is_none());
    for id in now.chain(gone) {
        let (was, is) = (standing(before, id), standing(after, id));
        if was != is {
            facts.push(Fact::Criterion {
                gate: name.to_owned(),
                criterion: id.to_owned(),
                before: was,
                after: is,
            });
        }
    }
    facts
}

/// What tells a decision from the others: on what, at which gate and level, by whom, and the how many-th such one.
type VoteKey<'p> = (DocId, Option<&'p str>, Option<&'p str>, &'p str, usize);

/// Returns the decisions of `side` by what tells them apart; `place` is what their subject is in the new plan.
fn keyed<'r, 'p>(
    side: &'r Side<'p>,
    place: impl Fn(DocId) -> Option<DocId>,
) -> BTreeMap<VoteKey<'r>, &'r JudgedVote<'p>> {
    let mut found = BTreeMap::new();
    for vote in side.progress.votes() {
        let Some(subject) = place(vote.vote.subject) else {
            continue;
        };
        let by = vote.vote.by().map_or("", |by| &*by.written);
        let mut key = (subject, vote.vote.gate, vote.level, by, 0);
        while found.contains_key(&key) {
            key.4 += 1;
        }
        found.insert(key, vote);
    }
    found
}

fn votes(old: &Side<'_>, new: &Side<'_>, pairs: &Pairs<'_>) -> Vec<Entry> {
    let before = keyed(old, |subject| pairs.after(subject));
    let is_known = |subject: &DocId| pairs.before(*subject).is_some();
    let after = keyed(new, |subject| Some(subject).filter(is_known));
    let entry = |key: &VoteKey<'_>, vote: &JudgedVote<'_>, turn, differs| Entry {
        of: pairs.subject(key.0),
        fact: Fact::Vote(VoteMove {
            gate: key.1.map(str::to_owned),
            level: key.2.map(str::to_owned),
            by: key.3.to_owned(),
            decision: vote.vote.decision(),
            turn,
            differs,
        }),
    };
    let mut entries = Vec::new();
    for (key, vote) in &after {
        let known = before.get(key);
        if let Some(turn) = turn(known.copied(), vote) {
            let differs = match turn {
                VoteTurn::Stale => differs(new.plan, vote),
                _ => Vec::new(),
            };
            entries.push(entry(key, vote, turn, differs));
        }
    }
    for (key, vote) in &before {
        if !after.contains_key(key) {
            entries.push(entry(key, vote, VoteTurn::Withdrawn, Vec::new()));
        }
    }
    entries
}

/// Returns what became of a decision that was `before`; none when nothing did.
fn turn(before: Option<&JudgedVote<'_>>, after: &JudgedVote<'_>) -> Option<VoteTurn> {
    let Some(before) = before else {
        return Some(VoteTurn::Given);
    };
    if before.vote.decision() != after.vote.decision() {
        return Some(VoteTurn::Given);
    }
    match (is_stale(before), is_stale(after)) {
        (false, true) => return Some(VoteTurn::Stale),
        (true, false) => return Some(VoteTurn::Revived),
        _ => {}
    }
    match (before.grants(), after.grants()) {
        (true, false) => Some(VoteTurn::Void),
        (false, true) => Some(VoteTurn::Counts),
        _ => None,
    }
}

fn is_stale(vote: &JudgedVote<'_>) -> bool {
    let stale = |fault: &VoteFault<'_>| matches!(fault, VoteFault::Stale(_));
    vote.faults.iter().any(stale)
}

/// Returns in what the subject of `vote` differs from what was approved.
fn differs(plan: &Plan, vote: &JudgedVote<'_>) -> Vec<&'static str> {
    let approved = vote.vote.approval.covers.as_ref();
    let now = fingerprint(plan, vote.vote.subject);
    let parts = approved
        .zip(now)
        .and_then(|(approved, now)| differences(&approved.value, &now));
    parts.unwrap_or_default()
}
