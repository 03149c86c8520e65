//! `trainboard approve`: where a decision stands, and the approval document to commit.

use std::io::Write as _;

use thiserror::Error;

use super::Outcome;
use super::arguments::{Approve, Common};
use super::due::warn_of_errors;
use super::failure::Failure;
use super::lookup::{LookupError, candidates, find, typed};
use super::plan::{Judged, judged};
use super::screen::Screen;
use crate::lifecycle::{GateResult, Progress, VoteFault, gate_result};
use crate::load::load;
use crate::plan::kinds::approval::Decision;
use crate::plan::{DocId, Kind, Plan};
use crate::report::answers::approve::{Draft, Motion, Seat, path};
use crate::world::{Disk, Overlay};

/// Who can have gates.
const COURSES: &[Kind] = &[Kind::Train, Kind::Release];

/// What is decided on as a whole.
const WHOLES: &[Kind] = &[Kind::Change, Kind::Turnover];

/// Why nothing can be decided.
#[derive(Debug, Error)]
pub(super) enum MotionError {
    /// The train or release has gates, and none is named.
    #[error("which gate of {course}?")]
    NoGate { course: String, gates: Vec<String> },
    /// A change or a turnover has no gates.
    #[error("{subject} has no gates: it is decided on as a whole")]
    NoGates { subject: String },
    /// A rejection says why, and where to.
    #[error("a rejection needs a reason and a stage to return to")]
    HalfRejection,
    /// Nobody can be chosen to write the document for.
    #[error("who decides?")]
    NoApprover { candidates: Vec<String> },
}

impl MotionError {
    /// Returns the action that mends it.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::NoGate { gates, .. } if gates.is_empty() => "it has none".to_owned(),
            Self::NoGate { gates, .. } => format!("write {}", gates.join(" or ")),
            Self::NoGates { subject } => format!("write `trainboard approve {subject}`"),
            Self::HalfRejection => "give both, with `--reason` and `--return-to`".to_owned(),
            Self::NoApprover { candidates } if candidates.is_empty() => {
                "name a person with `--by`".to_owned()
            }
            Self::NoApprover { candidates } => {
                format!("name one with `--by`: {}", candidates.join(", "))
            }
        }
    }
}

/// Runs the command.
pub(super) fn run(command: &Approve, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let judged = judged(&command.plan, common, screen)?;
    let (plan, day) = (&judged.plan, judged.publication.as_of);
    let progress = Progress::new(plan, day);
    let (subject, gate) = subject(plan, &progress, command)?;
    let gate = gate.and_then(|gate| progress.gate(subject, &gate));
    let motion = Motion {
        plan,
        subject,
        gate,
        day,
    };
    let choice = choice(plan, &motion, command)?;
    let draft = Draft {
        motion,
        level: choice.level,
        role: choice.role,
        by: &choice.by,
        decision: command.decision.into(),
        reason: command.reason.as_deref(),
        return_to: command.return_to.as_deref(),
    };
    let taken = |path: &str| {
        judged
            .world
            .entries()
            .iter()
            .any(|entry| entry.path == path)
            || judged.root.join(path).exists()
    };
    let path = path(&draft, taken);
    let text = draft.text();
    if command.write {
        Disk::open(&judged.root)?.create(&path, &text)?;
    }
    print(command, common, screen, &motion, (&path, &text))?;
    warn(&judged, &motion, (&path, &text), screen);
    if choice.by == OPEN {
        screen.warn(
            &MotionError::NoApprover {
                candidates: choice.candidates,
            }
            .hint(),
        );
    }
    warn_of_errors(&judged, screen);
    if command.write {
        screen.say(&format!("wrote {path}"));
    }
    Ok(Outcome::Fine)
}

fn print(
    command: &Approve,
    common: &Common,
    screen: &Screen,
    motion: &Motion<'_, '_>,
    (path, text): (&str, &str),
) -> Result<(), Failure> {
    let mut out = screen.out();
    if !common.quiet {
        motion.write(screen.drawing().ink, &mut out)?;
        match command.write {
            true => writeln!(out, "\n{path}\n")?,
            false => writeln!(out, "\nto decide, commit this as {path}, or say --write\n")?,
        }
    }
    if !(common.quiet && command.write) {
        out.write_all(text.as_bytes())?;
    }
    Ok(out.flush()?)
}

/// Says whether the decision would count, judged as `check` would in a plan that has it.
fn warn(judged: &Judged, motion: &Motion<'_, '_>, (path, text): (&str, &str), screen: &Screen) {
    let world = Overlay::new(&*judged.world, path, text);
    let plan = load(&world).plan;
    let subject = motion.plan.document(motion.subject);
    let Some(subject) = plan.find(subject.kind, &subject.id) else {
        return;
    };
    let then = Motion {
        plan: &plan,
        subject,
        gate: None,
        day: motion.day,
    };
    let Some(vote) = then.vote_at(path) else {
        screen.warn(&format!(
            "the plan does not read {path}: see `exclude` in trainboard.yaml"
        ));
        return;
    };
    for fault in &vote.faults {
        match (fault, fault.disqualifies()) {
            (VoteFault::Unnamed, _) => {}
            (fault, true) => screen.warn(&format!("this decision would not count: {fault}")),
            (fault, false) => screen.warn(&fault.to_string()),
        }
    }
    let gate = motion.gate.map(|result| result.gate.id);
    if let Some(result) = gate.and_then(|gate| gate_result(&plan, subject, gate, motion.day)) {
        screen.say(&format!("with it, gate {} is {result}", result.gate.id));
    }
}

/// Returns what is decided on: a train, release, change or turnover, and for the first two the gate.
fn subject(
    plan: &Plan,
    progress: &Progress<'_>,
    command: &Approve,
) -> Result<(DocId, Option<String>), Failure> {
    let written = command.gate.as_str();
    if let Some(of) = &command.of {
        let kinds: Vec<_> = COURSES.iter().chain(WHOLES).copied().collect();
        let subject = find(plan, &kinds, of)?;
        if plan.course(subject).is_none() {
            let subject = typed(plan, subject);
            return Err(Failure::Motion(MotionError::NoGates { subject }));
        }
        return match progress.gate(subject, written) {
            Some(_) => Ok((subject, Some(written.to_owned()))),
            None => Err(unknown_gate(progress, subject, written).into()),
        };
    }
    let mut found: Vec<(DocId, Option<String>)> = candidates(plan, WHOLES, written)
        .into_iter()
        .map(|id| (id, None))
        .collect();
    let of_course = written.rsplit_once('/');
    let courses = of_course.map_or_else(Vec::new, |(course, _)| candidates(plan, COURSES, course));
    let gate = of_course.map_or(written, |(_, gate)| gate);
    let named = courses
        .iter()
        .copied()
        .filter(|id| progress.gate(*id, gate).is_some());
    found.extend(named.map(|id| (id, Some(gate.to_owned()))));
    if found.is_empty() && of_course.is_none() {
        let open = plan.courses().filter(|course| plan.is_open(course.id));
        let open = open.filter(|course| {
            progress
                .gate(course.id, gate)
                .is_some_and(|result| !result.is_passed())
        });
        found.extend(open.map(|course| (course.id, Some(gate.to_owned()))));
    }
    match found.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(nothing(plan, progress, written, courses.first().copied())),
        several => Err(Failure::Lookup(LookupError::Ambiguous {
            written: written.to_owned(),
            meanings: several
                .iter()
                .map(|(id, gate)| meaning(plan, *id, gate.as_deref()))
                .collect(),
        })),
    }
}

fn meaning(plan: &Plan, id: DocId, gate: Option<&str>) -> String {
    match gate {
        Some(gate) => format!("{}/{gate}", typed(plan, id)),
        None => typed(plan, id),
    }
}

/// Returns why `written` means nothing: the course of which it was to be a gate has none of that name, or it is a course.
fn nothing(plan: &Plan, progress: &Progress<'_>, written: &str, course: Option<DocId>) -> Failure {
    if let Some(course) = course {
        let gate = written.rsplit_once('/').map_or(written, |(_, gate)| gate);
        return unknown_gate(progress, course, gate).into();
    }
    if let [only] = candidates(plan, COURSES, written).as_slice() {
        let gates = progress.gates(*only).iter();
        let id = &plan.document(*only).id;
        return Failure::Motion(MotionError::NoGate {
            course: typed(plan, *only),
            gates: gates
                .map(|result| format!("`{id}/{}`", result.gate.id))
                .collect(),
        });
    }
    let gates: Vec<_> = plan
        .courses()
        .flat_map(|course| {
            let gates = progress.gates(course.id).iter();
            gates.map(move |result| format!("{}/{}", course.document.id, result.gate.id))
        })
        .collect();
    let wholes = WHOLES.iter().flat_map(|kind| plan.ids(*kind));
    let known = gates.iter().map(String::as_str).chain(wholes);
    LookupError::unknown("gate", written, known).into()
}

fn unknown_gate(progress: &Progress<'_>, course: DocId, written: &str) -> LookupError {
    let gates: Vec<_> = progress.gates(course).iter().map(gate_id).collect();
    LookupError::unknown("gate", written, gates.into_iter())
}

fn gate_id<'p>(result: &GateResult<'p>) -> &'p str {
    result.gate.id
}

/// How it is written that nobody is named yet.
const OPEN: &str = "tbd";

/// Who decides, at which level, in which role.
struct Choice<'a> {
    level: Option<&'a str>,
    role: Option<&'a str>,
    by: String,
    /// Who could.
    candidates: Vec<String>,
}

fn choice<'a>(
    plan: &'a Plan,
    motion: &Motion<'_, 'a>,
    command: &'a Approve,
) -> Result<Choice<'a>, Failure> {
    let rejects = Decision::from(command.decision) == Decision::Rejected;
    if rejects && (command.reason.is_none() || command.return_to.is_none()) {
        return Err(Failure::Motion(MotionError::HalfRejection));
    }
    if let Some(stage) = &command.return_to {
        known_stage(plan, motion.subject, stage)?;
    }
    let by = command
        .by
        .as_deref()
        .map(|by| approver(plan, by))
        .transpose()?;
    let seats = motion.seats();
    let seat = match command.level.as_deref() {
        Some(level) => known_level(&seats, level, motion)?,
        None => open_seat(
            &seats,
            by.as_ref().and_then(|(id, _)| *id),
            command.role.as_deref(),
        ),
    };
    let holders = seat.map_or(&[][..], |seat| &seat.holders);
    let candidates: Vec<_> = holders
        .iter()
        .map(|id| plan.document(*id).id.to_string())
        .collect();
    let chosen = match (by, candidates.as_slice()) {
        (Some((_, by)), _) => by,
        (None, [only]) => only.clone(),
        (None, _) if command.write => {
            return Err(Failure::Motion(MotionError::NoApprover { candidates }));
        }
        (None, _) => OPEN.to_owned(),
    };
    Ok(Choice {
        level: command.level.as_deref().or_else(|| seat?.level),
        role: command.role.as_deref().or_else(|| seat?.role),
        by: chosen,
        candidates,
    })
}

/// Returns the person or team that `written` names, and how a reference to it is written. In a plan that lists neither,
/// any name will do.
fn approver(plan: &Plan, written: &str) -> Result<(Option<DocId>, String), LookupError> {
    let kinds = [Kind::Person, Kind::Team];
    if kinds.iter().all(|kind| plan.of_kind(*kind).len() == 0) {
        return Ok((None, written.to_owned()));
    }
    let id = find(plan, &kinds, written)?;
    let document = plan.document(id);
    let reference = match document.kind {
        Kind::Person => document.id.to_string(),
        _ => typed(plan, id),
    };
    Ok((Some(id), reference))
}

/// Returns the first approval that is still missing and that `by` can give in `role`; else the first that is missing, else
/// the last.
fn open_seat<'s, 'p>(
    seats: &'s [Seat<'p>],
    by: Option<DocId>,
    role: Option<&str>,
) -> Option<&'s Seat<'p>> {
    let open = || seats.iter().filter(|seat| !seat.is_granted);
    let suits = |seat: &&Seat<'p>| {
        by.is_none_or(|by| seat.holders.contains(&by))
            && role.is_none_or(|role| seat.role == Some(role))
    };
    open()
        .find(suits)
        .or_else(|| open().next())
        .or(seats.last())
}

fn known_level<'s, 'p>(
    seats: &'s [Seat<'p>],
    level: &str,
    motion: &Motion<'_, 'p>,
) -> Result<Option<&'s Seat<'p>>, LookupError> {
    let seat = seats.iter().find(|seat| seat.level == Some(level));
    // A change asks for no levels of its own, and takes any.
    match seat.is_none() && motion.gate.is_some() && !seats.is_empty() {
        true => {
            let levels: Vec<_> = seats.iter().filter_map(|seat| seat.level).collect();
            Err(LookupError::unknown("level", level, levels.into_iter()))
        }
        false => Ok(seat),
    }
}

fn known_stage(plan: &Plan, subject: DocId, stage: &str) -> Result<(), LookupError> {
    let document = plan.document(subject);
    let of = document.belongs.release.or(document.belongs.train);
    let course = if plan.course(subject).is_some() {
        subject
    } else {
        of.unwrap_or(subject)
    };
    let stages = plan.stages_of(course);
    match stages.position(stage) {
        Some(_) => Ok(()),
        None => Err(LookupError::unknown("stage", stage, stages.names())),
    }
}
