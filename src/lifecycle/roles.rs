//! Who held which role when.

use crate::plan::kinds::{person::Person, team::Team};
use crate::plan::value::{Reference, When};
use crate::plan::{Doc, DocId, Kind, Plan};
use crate::time::{Day, DayRange};

/// Whether somebody held a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenure {
    /// They did, as far as the days are known.
    Held,
    /// They did not.
    NotHeld,
    /// The plan does not know them.
    Unknown,
}

/// Returns whether `who` held `role` on one of `days`; without a role, whether the plan knows them. A team holds the
/// roles of its members. In a plan without people nobody's roles are known, and everybody is taken at their word.
pub fn tenure(plan: &Plan, who: &Reference, role: Option<&str>, days: DayRange) -> Tenure {
    let Some(target) = who.target else {
        let nobody = plan.of_kind(Kind::Person).len() == 0;
        return if nobody {
            Tenure::Held
        } else {
            Tenure::Unknown
        };
    };
    let Some(role) = role else {
        return Tenure::Held;
    };
    let nobody = speakers(plan, target, Some(role), Some(days)).is_empty();
    if nobody {
        Tenure::NotHeld
    } else {
        Tenure::Held
    }
}

/// Returns who can have spoken when the person or team `who` decided in `role` on one of `days`: those of them who held
/// it, as far as it and the days are known.
pub(super) fn speakers(
    plan: &Plan,
    who: DocId,
    role: Option<&str>,
    days: Option<DayRange>,
) -> Vec<DocId> {
    let people: Vec<Doc<'_, Person>> = match plan.get::<Team>(who) {
        Some(team) => {
            let people = team.fields.members.iter().chain(&team.fields.lead);
            people.filter_map(|it| plan.follow(Some(it))).collect()
        }
        None => plan.get(who).into_iter().collect(),
    };
    let may_speak = |person: &&Doc<'_, Person>| {
        let known = role.zip(days);
        known.is_none_or(|(role, days)| held(person.fields, role, days))
    };
    let mut speakers: Vec<_> = people.iter().filter(may_speak).map(|it| it.id).collect();
    speakers.sort_unstable();
    speakers.dedup();
    speakers
}

/// Returns the people who hold `role` on `day`, by id.
pub fn holders<'p>(plan: &'p Plan, role: &str, day: Day) -> Vec<Doc<'p, Person>> {
    let today = DayRange::day(day);
    plan.all::<Person>()
        .filter(|person| held(person, role, today))
        .collect()
}

/// Returns whether one of `days` can have been in the time in which `person` held `role`.
pub(super) fn held(person: &Person, role: &str, days: DayRange) -> bool {
    let is_named = |named: &crate::plan::kinds::person::Role| {
        named.role.as_ref().is_some_and(|name| *name.value == *role)
    };
    let from = |date: Option<&When>| {
        date.and_then(When::days)
            .is_none_or(|from| from.first <= days.last)
    };
    let to = |date: Option<&When>| {
        date.and_then(When::days)
            .is_none_or(|to| days.first <= to.last)
    };
    person
        .roles
        .iter()
        .any(|named| is_named(named) && from(named.from.as_ref()) && to(named.to.as_ref()))
}
