//! Application releases: when one ships, whether it is safe, and what is in it.

use crate::pages::deployment;
use crate::pages::listing::{by_train, referrers, train_heading};
use crate::pages::parts::{Fact, Section, State, Value};
use crate::pages::sections::{self, Heading, listing};
use crate::pages::show::{Order, Show};
use crate::pages::view::View;
use crate::plan::kinds::{exception::Exception, release::Release, review::Review};
use crate::plan::{Course, Doc};

impl Show for Release {
    const COLUMNS: &'static [&'static str] = &[
        "Release",
        "Application",
        "Version",
        "Train",
        "Stage",
        "Next date",
    ];

    const GROUPED_BY: &'static str = "Train";

    fn state<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        sections::course_state(view, doc.into())
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let fields = doc.fields;
        vec![
            Fact::new("Version", view.version(fields.version.as_ref())),
            Fact::new("Application", view.maybe(fields.application.as_ref())),
            Fact::new("Train", train(view, doc)),
            Fact::new("Deployment", sections::deployment(view, doc.into())),
            Fact::new("Next stage", sections::next_stage(view, doc.into())),
            Fact::new("Criteria met", sections::readiness(view, doc.into())),
            Fact::new("Needs attention", sections::attention(view, doc.id)),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        let (fields, course) = (doc.fields, Course::from(doc));
        let own = [
            Fact::new("Manager", view.who(fields.manager.as_ref())),
            Fact::new("Extent", view.choice(fields.extent.as_ref())),
            Fact::new("Replaces", view.maybe(fields.supersedes.as_ref())),
        ];
        let mut all = vec![
            sections::stages(view, course),
            sections::items(view, &fields.items),
            sections::needs(view, doc),
            sections::needed_by(view, doc.id),
            sections::gates(view, course),
            sections::release_milestones(view, doc),
        ];
        all.extend(members(view, doc));
        all.extend([
            sections::artifacts(view, &fields.artifacts, &fields.components),
            deployment::backout(view, fields.backout.as_ref()),
            sections::training(view, fields.training.as_ref()),
            sections::reservations(view, course),
            sections::tasks(view, course),
            sections::communications(view, course),
            sections::risks(view, course),
            sections::support(view, course),
            sections::records(view, fields.records.as_ref()),
            sections::governance(view, course, own),
        ]);
        all
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        train_heading(view, doc.document.belongs.train)
    }

    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        (
            by_train(view, doc.document.belongs.train),
            Default::default(),
        )
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        vec![
            view.document(doc.id),
            view.maybe(doc.fields.application.as_ref()),
            view.version(doc.fields.version.as_ref()),
            train(view, doc),
            sections::course_state(view, doc.into()).into(),
            sections::next_date(view, doc.into()),
        ]
    }
}

/// Returns the train that a release travels with.
fn train<'p>(view: &View<'p>, doc: Doc<'p, Release>) -> Value<'p> {
    doc.document.belongs.train.map_or_else(
        || view.maybe(doc.fields.train.as_ref()),
        |train| view.document(train),
    )
}

/// Returns the sections of the documents that concern a release.
fn members<'p>(view: &View<'p>, doc: Doc<'p, Release>) -> [Section<'p>; 6] {
    let heading = |id, title, caption| Heading { id, title, caption };
    let exceptions = referrers::<Exception>(view, doc.id, "for");
    let reviews = referrers::<Review>(view, doc.id, "of");
    let told = heading(
        "notes",
        "Release notes",
        "Release notes, and fragments by category",
    );
    [
        listing(
            view,
            heading("turnovers", "Turnovers", "Turnovers that deploy it"),
            sections::deploying(view, doc),
        ),
        listing(
            view,
            heading("changes", "Changes", "Change requests"),
            sections::changes_of(view, &[doc], &[]),
        ),
        sections::other_approvals(view, doc.into()),
        listing(
            view,
            heading(
                "exceptions",
                "Exceptions",
                "Permissions to deploy in a freeze",
            ),
            exceptions,
        ),
        sections::fragments(view, told, &sections::notes_of(view, doc)),
        listing(
            view,
            heading("reviews", "Post mortems", "Post mortems"),
            reviews,
        ),
    ]
}
