//! How one change is said: in plain words, without markup.

use super::super::{counted, listed};
use crate::diff::{
    Content, DateMove, DiagnosticMove, Edit, Existence, Fact, Group, Meaning, NeedFault,
    Obstruction, StageMove, Step, Subject, Turn, VoteMove, VoteTurn, Way,
};
use crate::lifecycle::Standing;
use crate::load::CONFIG;
use crate::plan::Kind;
use crate::plan::kinds::approval::Decision;
use crate::plan::value::Choices as _;
use crate::time::{Date, Day, Interval, Until, month_name};

/// How many names a line lists before it only counts.
const MOST_NAMES: usize = 6;

/// Returns what `subject` is called within `group`: nothing for what the group is about.
pub(super) fn name(subject: &Subject, group: &Group) -> String {
    let of = group.of.as_ref();
    if of == Some(subject) {
        return String::new();
    }
    let Some(kind) = subject.kind else {
        return match subject.path == CONFIG {
            true => "settings".to_owned(),
            false => subject.path.clone(),
        };
    };
    let prefix = of.map(|of| format!("{}/", of.id));
    let short = prefix.and_then(|prefix| subject.id.strip_prefix(&*prefix));
    format!("{} {}", kind.word(), short.unwrap_or(&subject.id))
}

/// Returns what `subject` is called anywhere: `train 2026-q4`.
pub(super) fn full_name(subject: &Subject) -> String {
    match subject.kind {
        Some(kind) => format!("{} {}", kind.word(), subject.id),
        None => subject.path.clone(),
    }
}

/// Returns `names` as a sentence lists them, the first few of many.
fn some(names: &[String]) -> String {
    match names.len() > MOST_NAMES {
        true => {
            let told = &names[..MOST_NAMES - 1];
            let rest = names.len() - told.len();
            format!("{} and {rest} more", told.join(", "))
        }
        false => listed(names, "and"),
    }
}

/// Returns `name` and `words` with a blank between, or only the words.
fn about(name: &str, words: &str) -> String {
    match name.is_empty() {
        true => words.to_owned(),
        false => format!("{name} {words}"),
    }
}

/// Returns what `fact` says of the document that is called `name`.
pub(super) fn fact(name: &str, fact: &Fact) -> String {
    match fact {
        Fact::Date(moved) => date(name, moved),
        Fact::Stage(moved) => about(name, &stage(moved)),
        Fact::Gate {
            gate,
            after,
            reason,
            ..
        } => {
            let verb = if after.is_open() { "opens" } else { "closes" };
            about(name, &format!("gate {gate} {verb}: {reason}"))
        }
        Fact::Criterion {
            gate,
            criterion,
            before,
            after,
        } => about(
            name,
            &format!("gate {gate}: {}", standing(criterion, *before, *after)),
        ),
        Fact::Vote(vote) if vote.gate.is_none() && !name.is_empty() => {
            format!("{name}: {}", decision(vote))
        }
        Fact::Vote(vote) => about(name, &decision(vote)),
        Fact::Conflict { with, turn } => about(name, &conflict(with, *turn)),
        Fact::Need {
            needed,
            turn,
            reason,
        } => about(name, &need(needed, *turn, *reason)),
        Fact::Clash {
            environment,
            with,
            turn,
        } => {
            let verb = match turn {
                Turn::Came => "clashes with",
                Turn::Went => "no longer clashes with",
            };
            let (environment, with) = (&environment.id, full_name(with));
            about(name, &format!("{verb} {with} over {environment}"))
        }
        Fact::Path { before, after } => {
            let (before, after) = (before.join(" → "), after.join(" → "));
            about(name, &format!("critical path: {after} (was {before})"))
        }
        Fact::Policy { affected } => about(name, &policy(affected)),
        Fact::Diagnostic(diagnostic) => self::diagnostic(diagnostic),
        Fact::Document(existence) => about(name, &document(existence)),
        Fact::Field(edit) => field(name, edit),
    }
}

fn stage(moved: &StageMove) -> String {
    let was = moved
        .before
        .as_ref()
        .map_or_else(String::new, |before| format!(" (was {before})"));
    let is = moved.after.as_deref().unwrap_or("no stage");
    match moved.way {
        Way::Forward => format!("enters {is}{was}"),
        Way::Back => format!("goes back to {is}{was}"),
        Way::Abandoned => format!("is abandoned{was}"),
        Way::Unwritten => format!("is in {is} again{was}: entries of its history are gone"),
    }
}

fn standing(criterion: &str, before: Option<Standing>, after: Option<Standing>) -> String {
    let word = |standing: Standing| match standing {
        Standing::NotMet => "not met",
        Standing::NotRun => "not run",
        Standing::Waived => "waived",
        Standing::Met => "met",
    };
    match (before, after) {
        (Some(before), Some(after)) => {
            format!("{criterion} is {} (was {})", word(after), word(before))
        }
        (_, Some(after)) => format!("{criterion} is asked for as well ({})", word(after)),
        (_, None) => format!("{criterion} is no longer asked for"),
    }
}

fn decision(vote: &VoteMove) -> String {
    let at = match &vote.gate {
        Some(gate) => format!("gate {gate}: "),
        None => String::new(),
    };
    let level = vote.level.as_ref();
    let level = level.map_or_else(String::new, |level| format!("{level} "));
    let by = if vote.by.is_empty() {
        "somebody"
    } else {
        &vote.by
    };
    let word = vote.decision.map_or("decision", |decision| match decision {
        Decision::Approved => "approval",
        Decision::Rejected => "rejection",
        Decision::Abstained => "abstention",
    });
    let told = match vote.turn {
        VoteTurn::Given => "is given".to_owned(),
        VoteTurn::Withdrawn => "is withdrawn".to_owned(),
        VoteTurn::Stale if vote.differs.is_empty() => "goes stale".to_owned(),
        VoteTurn::Stale => {
            let differs = listed(&vote.differs, "and");
            format!("goes stale: the {differs} changed since")
        }
        VoteTurn::Revived => "is no longer stale".to_owned(),
        VoteTurn::Void => "does not count any more".to_owned(),
        VoteTurn::Counts => "counts now".to_owned(),
    };
    format!("{at}the {level}{word} of {by} {told}")
}

fn conflict(with: &Obstruction, turn: Turn) -> String {
    let what = match with {
        Obstruction::Freeze { freeze, severity } => {
            format!("the {} freeze {}", severity.word(), freeze.id)
        }
        Obstruction::Window => {
            return match turn {
                Turn::Came => "lies outside of its windows".to_owned(),
                Turn::Went => "lies in its windows again".to_owned(),
            };
        }
        Obstruction::Reserved { holder } => format!("the reservation of {}", full_name(holder)),
    };
    match turn {
        Turn::Came => format!("meets {what}"),
        Turn::Went => format!("no longer meets {what}"),
    }
}

fn need(needed: &str, turn: Turn, reason: NeedFault) -> String {
    let why = match reason {
        NeedFault::Late => "which is planned too late",
        NeedFault::Itself => "which is itself",
        NeedFault::Abandoned => "which is given up",
        NeedFault::Failed => "whose deployment failed",
        NeedFault::Overdue => "which is overdue",
        NeedFault::Version => "which will not be there",
    };
    match turn {
        Turn::Came => format!("needs {needed}, {why}"),
        Turn::Went => format!("gets {needed} again, {}", why.replace(" is ", " was ")),
    }
}

fn policy(affected: &[Subject]) -> String {
    let names: Vec<_> = affected.iter().map(full_name).collect();
    match names.as_slice() {
        [] => "changes: no gate of any train or release is asked for anything else".to_owned(),
        names => format!("asks something else of {}", some(names)),
    }
}

fn diagnostic(diagnostic: &DiagnosticMove) -> String {
    let severity = diagnostic.severity.word();
    let DiagnosticMove { rule, message, .. } = diagnostic;
    match diagnostic.turn {
        Turn::Came => format!("new {severity} {rule}: {message}"),
        Turn::Went => format!("fixed {severity} {rule}: {message}"),
    }
}

fn document(existence: &Existence) -> String {
    match existence {
        Existence::Added => "is added".to_owned(),
        Existence::Removed => "is removed".to_owned(),
        Existence::Renamed { from } => format!("is renamed from {from}"),
        Existence::Published => "is published".to_owned(),
        Existence::Unpublished => "is not published any more".to_owned(),
        Existence::Unreadable => "cannot be read, before or after".to_owned(),
    }
}

/// Returns what a field says now.
fn field(name: &str, edit: &Edit) -> String {
    let way = way(&edit.field);
    let (before, after) = (beside(edit, &edit.before), beside(edit, &edit.after));
    let told = match edit.meaning {
        Meaning::Added | Meaning::Waived | Meaning::Decided if after.is_empty() => {
            format!("{way} is added")
        }
        Meaning::Added => format!("{way} is added: {after}"),
        Meaning::Removed | Meaning::Withdrawn if before.is_empty() => format!("{way} is removed"),
        Meaning::Removed | Meaning::Withdrawn => format!("{way} is removed: {before}"),
        Meaning::Waived => format!("{way}: {after}"),
        Meaning::Reworded => format!("{way} is reworded"),
        Meaning::Unreadable => format!("{way} cannot be read, before or after"),
        _ if before.is_empty() => format!("{way}: {after}"),
        _ if after.is_empty() => format!("{way}: no longer {before}"),
        _ => format!("{way}: {before} → {after}"),
    };
    match name.is_empty() {
        true => told,
        false => format!("{name}: {told}"),
    }
}

/// Returns what stands in a field, without the name of the entry, which the way to it tells.
fn beside(edit: &Edit, told: &Content) -> String {
    let name = match edit.field.last() {
        Some(Step::Item(name)) => name.as_str(),
        _ => "",
    };
    let is_name = |one: &Content| content(one) == name;
    match told {
        Content::Many(all) => {
            let rest = all.iter().filter(|one| !is_name(one)).map(content);
            rest.collect::<Vec<_>>().join(", ")
        }
        one if is_name(one) => String::new(),
        one => content(one),
    }
}

/// Returns the way to a field in words: `gates › scoping › owner`.
fn way(field: &[Step]) -> String {
    let words = field.iter().map(|step| match step {
        Step::Field(name) => name.replace('_', " "),
        Step::Item(name) => name.clone(),
    });
    words.collect::<Vec<_>>().join(" › ")
}

/// Returns the way to a field as its keys.
pub(super) fn steps(field: &[Step]) -> Vec<String> {
    field.iter().map(|step| step.name().to_owned()).collect()
}

/// Returns what stands in a field.
fn content(content: &Content) -> String {
    match content {
        Content::Nothing => String::new(),
        Content::Date(date) => date_words(date),
        Content::Period(interval) => period_words(interval),
        Content::Word(text)
        | Content::Code(text)
        | Content::Reference(_, text)
        | Content::Text(text) => text.clone(),
        Content::Many(all) => all.iter().map(self::content).collect::<Vec<_>>().join(", "),
    }
}

/// Returns how a date moved: `deployment +7 days: Sat 12 → Sat 19 December 2026`.
pub(super) fn date(name: &str, moved: &DateMove) -> String {
    let field = match moved.field.as_slice() {
        [Step::Field("due" | "planned")] => String::new(),
        [Step::Field("schedule"), Step::Item(stage)] => stage.clone(),
        [Step::Field("gates"), Step::Item(gate), Step::Field("due")] => {
            format!("gate {gate}")
        }
        other => way(other),
    };
    let what = about(name, &field);
    let change = ends(moved).unwrap_or_else(|| {
        let (by, values) = (by(moved.meaning), change(moved));
        format!("{by}: {values}")
    });
    about(what.trim(), &change)
}

/// Returns how the ends of a stretch of time moved that became longer or shorter: `starts +7 days (shorter): Sat 5 → Sat
/// 12 December 2026`. None for others.
fn ends(moved: &DateMove) -> Option<String> {
    let (Meaning::Widened(_) | Meaning::Narrowed(_)) = moved.meaning else {
        return None;
    };
    let (Content::Period(before), Content::Period(after)) = (&moved.before, &moved.after) else {
        return None;
    };
    let days = |interval: &Interval| {
        let Until::Date(to) = interval.until() else {
            return None;
        };
        let exact = |date: &Date| date.days()?.exact();
        Some([exact(interval.from())?, exact(to)?])
    };
    let pairs = days(before)?.into_iter().zip(days(after)?);
    let mut told = Vec::new();
    for (verb, (one, other)) in ["starts", "ends"].iter().zip(pairs) {
        let days = one.until(other);
        if days != 0 {
            told.push((
                format!("{verb} {}", by(Meaning::Moved(days))),
                days_words(one, other),
            ));
        }
    }
    let length = match moved.meaning {
        Meaning::Widened(_) => "longer",
        _ => "shorter",
    };
    Some(match told.as_slice() {
        [(verb, days)] => format!("{verb} ({length}): {days}"),
        told => {
            let told: Vec<_> = told
                .iter()
                .map(|(verb, days)| format!("{verb}: {days}"))
                .collect();
            format!("{}: {}", by(moved.meaning), told.join(", "))
        }
    })
}

/// Returns by how much a date moved: `+7 days`.
fn by(meaning: Meaning) -> String {
    let days = |days: i64| match days.abs() {
        1 => "1 day".to_owned(),
        many => format!("{many} days"),
    };
    match meaning {
        Meaning::Moved(by) if by < 0 => format!("-{}", days(by)),
        Meaning::Moved(by) => format!("+{}", days(by)),
        Meaning::Retimed => "at another time".to_owned(),
        Meaning::Settled => "is settled".to_owned(),
        Meaning::Opened => "is open again".to_owned(),
        Meaning::Widened(by) => format!("{} longer", days(by)),
        Meaning::Narrowed(by) => format!("{} shorter", days(by)),
        _ => "changes".to_owned(),
    }
}

/// Returns what a date was and what it is.
fn change(moved: &DateMove) -> String {
    let starts = |content: &Content| match content {
        Content::Date(date) => Some(date.clone()),
        Content::Period(interval) => Some(interval.from().clone()),
        _ => None,
    };
    let whole = || format!("{} → {}", content(&moved.before), content(&moved.after));
    let pair = starts(&moved.before).zip(starts(&moved.after));
    match (pair, moved.meaning) {
        // A stretch that moved as a whole is told by its start.
        (Some((before, after)), Meaning::Moved(_)) if before != after && is_whole(moved) => {
            match (&before, &after) {
                (Date::Day(one), Date::Day(other)) => days_words(*one, *other),
                (Date::Moment(one), Date::Moment(other))
                    if one.wall.time() == other.wall.time() && one.offset == other.offset =>
                {
                    let time = one.wall.strftime("%H:%M");
                    format!("{} at {time}", days_words(one.day(), other.day()))
                }
                _ => format!("{} → {}", date_words(&before), date_words(&after)),
            }
        }
        _ => whole(),
    }
}

/// Returns whether both ends moved alike, where there are two.
fn is_whole(moved: &DateMove) -> bool {
    let (Content::Period(before), Content::Period(after)) = (&moved.before, &moved.after) else {
        return true;
    };
    match (before.until(), after.until()) {
        (Until::After(one), Until::After(other)) => one == other,
        (Until::Date(one), Until::Date(other)) => {
            let days = |from: &Date, to: &Date| {
                let exact = |date: &Date| date.days()?.exact();
                Some(exact(from)?.until(exact(to)?))
            };
            days(before.from(), after.from()) == days(one, other)
        }
        _ => false,
    }
}

/// Returns from which day to which: `Sat 12 → Sat 19 December 2026`.
fn days_words(one: Day, other: Day) -> String {
    format!("{} → {}", first_words(one, other), day_words(other))
}

/// Returns as much of the day `one` as is not told by `other`, which follows it in the sentence.
fn first_words(one: Day, other: Day) -> String {
    let weekday = one.0.strftime("%a");
    let is_same = (
        one.0.year() == other.0.year(),
        one.0.month() == other.0.month(),
    );
    match is_same {
        (true, true) => format!("{weekday} {}", one.0.day()),
        (true, false) => format!("{weekday} {} {}", one.0.day(), month_name(one.0.month())),
        (false, _) => day_words(one),
    }
}

fn day_words(day: Day) -> String {
    format!("{} {}", day.0.strftime("%a"), day.words())
}

fn date_words(date: &Date) -> String {
    match date {
        Date::Day(day) => day_words(*day),
        Date::Moment(moment) => {
            format!(
                "{} {}",
                day_words(moment.day()),
                moment.wall.strftime("%H:%M")
            )
        }
        Date::Tbd => "to be decided".to_owned(),
        Date::Coarse(_) | Date::Relative(_) => date.to_string(),
    }
}

fn period_words(interval: &Interval) -> String {
    match interval.until() {
        Until::Date(to) if to == interval.from() => date_words(to),
        Until::Date(Date::Day(to)) if let Date::Day(from) = interval.from() => {
            format!("{} to {}", first_words(*from, *to), day_words(*to))
        }
        Until::Date(to) => format!("{} to {}", date_words(interval.from()), date_words(to)),
        Until::After(duration) => format!("{} for {duration}", date_words(interval.from())),
    }
}

/// Returns `count` documents of `kind`.
pub(super) fn documents(count: usize, kind: Option<Kind>) -> String {
    match kind {
        Some(kind) => counted(count, kind.one(), kind.many()),
        None => counted(count, "document", "documents"),
    }
}
