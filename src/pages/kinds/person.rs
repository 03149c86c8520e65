//! People: which roles somebody holds, and how to reach them.

use crate::pages::blocks;
use crate::pages::listing::referrers;
use crate::pages::parts::{Fact, Link, Section, State, Value};
use crate::pages::show::{Place, Show};
use crate::pages::view::View;
use crate::plan::kinds::person::{Person, Role};
use crate::plan::kinds::team::Team;
use crate::plan::{Doc, DocId};
use crate::time::Day;

impl Show for Person {
    const COLUMNS: &'static [&'static str] = &["Person", "Roles now", "Team", "E-mail", "Handle"];

    const PROSE: Place = Place::First;

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        vec![
            Fact::new("Name", view.text(doc.fields.name.as_ref())),
            Fact::new("Roles now", roles_now(view, doc.fields)),
            Fact::new("E-mail", email(doc.fields)),
            Fact::new("Handle", view.code(doc.fields.handle.as_ref())),
            Fact::new("Team", teams(view, doc.id)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let columns = ["Role", "State", "From", "To"];
        let roles = blocks::table("Roles", columns, &doc.fields.roles, |role| {
            let role = &role.value;
            [
                view.own_word(role.role.as_ref()),
                standing(role, view.as_of()).into(),
                view.when(role.from.as_ref()),
                view.when(role.to.as_ref()),
            ]
        });
        vec![blocks::section("roles", "Roles", [blocks::told(roles)])]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        let name = doc
            .fields
            .name
            .as_ref()
            .map_or(&*doc.document.title, |name| &*name.value);
        vec![
            view.named(doc.id, name),
            roles_now(view, doc.fields),
            teams(view, doc.id),
            email(doc.fields),
            view.code(doc.fields.handle.as_ref()),
        ]
    }
}

/// Returns the roles that `person` holds today.
fn roles_now<'p>(view: &View<'p>, person: &'p Person) -> Value<'p> {
    let today = view.as_of();
    let held = person
        .roles
        .iter()
        .map(|role| &role.value)
        .filter(|role| has_begun(role, today) && !has_ended(role, today));
    Value::list(held.map(|role| view.own_word(role.role.as_ref())))
}

fn has_begun(role: &Role, today: Day) -> bool {
    role.from
        .as_ref()
        .is_none_or(|from| from.days().is_some_and(|from| from.first <= today))
}

fn has_ended(role: &Role, today: Day) -> bool {
    role.to
        .as_ref()
        .and_then(|to| to.days())
        .is_some_and(|to| to.last < today)
}

fn standing<'p>(role: &Role, today: Day) -> State<'p> {
    match (has_begun(role, today), has_ended(role, today)) {
        (_, true) => State::new("closed").worded("No longer held"),
        (true, false) => State::new("running").worded("Held now"),
        (false, false) => State::new("planned").worded("To come"),
    }
}

fn teams<'p>(view: &View<'p>, person: DocId) -> Value<'p> {
    let member_of = referrers::<Team>(view, person, "members");
    let leads = referrers::<Team>(view, person, "lead");
    let mut teams: Vec<_> = member_of.chain(leads).map(|team| team.id).collect();
    teams.sort_unstable();
    teams.dedup();
    Value::list(teams.into_iter().map(|team| view.document(team)))
}

fn email<'p>(person: &'p Person) -> Value<'p> {
    let address = person.email.as_ref().map(|email| &*email.value);
    address
        .map(|address| Link::new(format!("mailto:{address}"), address))
        .into()
}
