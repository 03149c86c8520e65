//! Release notes: corrections first, then what one is made of; the prose follows.

use crate::pages::blocks;
use crate::pages::listing::{by_train, document, train_heading};
use crate::pages::parts::{Fact, Section, State, Tone, Value};
use crate::pages::sections::{self, Heading};
use crate::pages::show::{Order, Place, Show};
use crate::pages::view::View;
use crate::plan::Doc;
use crate::plan::kinds::note::Note;
use crate::plan::kinds::release::Release;

impl Show for Note {
    const COLUMNS: &'static [&'static str] = &[
        "Note",
        "Date",
        "Release",
        "Version",
        "Category",
        "Corrected",
    ];

    const PROSE: Place = Place::First;

    fn state<'p>(_: &View<'p>, doc: Doc<'p, Self>) -> Option<State<'p>> {
        (!doc.fields.errata.is_empty()).then(|| State::new("corrected").toned(Tone::Warn))
    }

    fn facts<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Fact<'p>> {
        let fields = doc.fields;
        let belongs = doc.document.belongs;
        vec![
            Fact::new("Date", view.when(fields.date.as_ref())),
            Fact::new("Release", document(view, belongs.release)),
            Fact::new("Train", document(view, belongs.train)),
            Fact::new("Version", view.version(fields.version.as_ref())),
            Fact::new("Category", view.choice(fields.fragment.as_ref())),
        ]
    }

    fn sections<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Section<'p>> {
        vec![errata(view, doc), sources(view, doc), coverage(view, doc)]
    }

    fn group<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Value<'p> {
        train_heading(view, doc.document.belongs.train)
    }

    fn order(view: &View<'_>, doc: Doc<'_, Self>) -> Order {
        let date = doc
            .date
            .as_ref()
            .and_then(|date| date.days())
            .map(|days| days.first.until(view.as_of()));
        (
            by_train(view, doc.document.belongs.train),
            (date.is_none(), date.unwrap_or_default()),
        )
    }

    fn row<'p>(view: &View<'p>, doc: Doc<'p, Self>) -> Vec<Value<'p>> {
        vec![
            view.document(doc.id),
            view.when(doc.fields.date.as_ref()),
            document(view, doc.document.belongs.release),
            view.version(doc.fields.version.as_ref()),
            view.choice(doc.fields.fragment.as_ref()),
            Self::state(view, doc).into(),
        ]
    }
}

/// Returns the section of what was wrong in the note.
fn errata<'p>(view: &View<'p>, doc: Doc<'p, Note>) -> Section<'p> {
    let table = blocks::table(
        "What was wrong",
        ["Found", "Correction"],
        &doc.fields.errata,
        |erratum| {
            [
                view.when(erratum.date.as_ref()),
                view.text(erratum.text.as_ref()),
            ]
        },
    );
    blocks::section("errata", "Corrections", [blocks::told(table)])
}

/// Returns the section of what a whole note is made of: the fragments of its release, or the notes of its train's
/// releases. A fragment is made of nothing.
fn sources<'p>(view: &View<'p>, doc: Doc<'p, Note>) -> Section<'p> {
    let belongs = doc.document.belongs;
    let release = belongs
        .release
        .and_then(|release| view.portal.plan.get::<Release>(release));
    let heading = |title, caption| Heading {
        id: "changes",
        title,
        caption,
    };
    match (&doc.fields.fragment, release, belongs.train) {
        (None, Some(release), _) => {
            let mut fragments = sections::notes_of(view, release);
            fragments.retain(|note| note.fields.fragment.is_some());
            sections::fragments(
                view,
                heading("What changes", "Fragments of this note by category"),
                &fragments,
            )
        }
        (None, None, Some(train)) => {
            let notes = sections::of_train::<Note>(view, train);
            sections::gathered(
                view,
                heading("By release", "Notes of the releases of this train"),
                &notes,
            )
        }
        _ => Section::new("changes", "What changes"),
    }
}

/// Returns the section of the scope items that the note tells of, and the older versions that it holds for.
fn coverage<'p>(view: &View<'p>, doc: Doc<'p, Note>) -> Section<'p> {
    let versions = doc
        .fields
        .applies_to
        .iter()
        .map(|version| view.version(Some(version)));
    let facts = [
        Fact::new(
            "Scope items",
            sections::items_named(view, doc.document.belongs.release, &doc.fields.items),
        ),
        Fact::new("Holds for versions", Value::list(versions)),
    ];
    blocks::section("coverage", "What it covers", [blocks::facts(facts)])
}
