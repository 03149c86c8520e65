//! Who held which role when.

use crate::plan::kinds::{person::Person, team::Team};
use crate::plan::value::{Reference, When};
use crate::plan::{DocId, Kind, Plan};
use crate::time::DayRange;

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
    let held = match plan.get::<Team>(target) {
        Some(team) => team.members.iter().any(|member| {
            let member = plan.follow::<Person>(Some(member));
            member.is_some_and(|member| held(member.fields, role, days))
        }),
        None => plan
            .get::<Person>(target)
            .is_some_and(|person| held(person.fields, role, days)),
    };
    if held { Tenure::Held } else { Tenure::NotHeld }
}

/// Returns the people who held `role` on one of `days`, by id.
pub fn holders(plan: &Plan, role: &str, days: DayRange) -> impl Iterator<Item = DocId> {
    let people = plan.all::<Person>();
    people
        .filter(move |person| held(person.fields, role, days))
        .map(|person| person.id)
}

/// Returns whether one of `days` can have been in the time in which `person` held `role`.
fn held(person: &Person, role: &str, days: DayRange) -> bool {
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
