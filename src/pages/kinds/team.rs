//! Teams: who leads, who belongs to it, and how to reach them.

use crate::pages::blocks;
use crate::pages::listing::{listed, referrers};
use crate::pages::parts::{Fact, Section, Value};
use crate::pages::show::{Place, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::application::Application;
use crate::plan::kinds::person::Person;
use crate::plan::kinds::team::Team;

impl Show for Team {
    const COLUMNS: &'static [&'static str] = &["Team", "Lead", "Members", "Applications"];

    const PROSE: Place = Place::First;

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let members = Some(doc.fields.members.len()).filter(|&members| members > 0);
        vec![
            Fact::new("Lead", view.maybe(doc.fields.lead.as_ref())),
            Fact::new("Members", members.map(blocks::count)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let plan = view.portal.plan;
        let known = doc
            .fields
            .members
            .iter()
            .filter_map(|member| plan.follow::<Person>(Some(member)));
        let known: Vec<_> = known
            .filter(|member| view.portal.path(member.id).is_some())
            .collect();
        let unknown = doc
            .fields
            .members
            .iter()
            .filter(|member| member.target.is_none());
        let others = [Fact::new(
            "Others",
            Value::list(unknown.map(|member| view.reference(member))),
        )];
        let applications: Vec<_> = referrers::<Application>(view, doc.id, "team").collect();
        let [members, rest] = listed(view, "Members", "Team", &known);
        vec![
            blocks::section("members", "Members", [members, rest, blocks::facts(others)]),
            blocks::section(
                "applications",
                "Applications",
                listed(view, "Applications", "Team", &applications),
            ),
        ]
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        vec![
            view.document(doc.id),
            view.maybe(doc.fields.lead.as_ref()),
            blocks::count(doc.fields.members.len()),
            blocks::count(referrers::<Application>(view, doc.id, "team").count()),
        ]
    }
}
