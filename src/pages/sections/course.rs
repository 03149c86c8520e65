//! What a train and a release have in common, so that one function shows both.

use crate::pages::blocks;
use crate::pages::listing::document;
use crate::pages::parts::{Fact, Section};
use crate::pages::view::View;
use crate::plan::Course;

/// Returns what a course is for and which rules it follows, together with `own`, what else its kind says of that.
pub(in crate::pages) fn governance<'p>(
    view: &View<'p>,
    course: Course<'p>,
    own: impl IntoIterator<Item = Fact<'p>>,
) -> Section<'p> {
    let plan = view.portal.plan;
    let facts = [
        Fact::new("Purpose", view.text(course.purpose)),
        Fact::new("Type", view.own_word(course.r#type)),
        Fact::new(
            "Model",
            document(view, plan.model_of(course.id).map(|model| model.id)),
        ),
        Fact::new(
            "Policy",
            document(view, plan.policy_of(course.id).map(|policy| policy.id)),
        ),
        Fact::new(
            "Cadence",
            course.cadence.map(|cadence| cadence.value.to_string()),
        ),
    ];
    blocks::section(
        "governance",
        "Purpose and rules",
        [blocks::facts(facts.into_iter().chain(own))],
    )
}
