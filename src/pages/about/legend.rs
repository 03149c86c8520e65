//! What shapes, words and keys mean.

use std::collections::BTreeSet;

use crate::pages::blocks;
use crate::pages::parts::{Fact, Section, State, Tone, Value};
use crate::plan::Kind;
use crate::plan::description::{Description, Shape};
use crate::plan::parts::lifecycle::Stage;
use crate::plan::value::Choices;

/// The tones, each with what its shape means.
const TONES: [(Tone, &str); 5] = [
    (Tone::Bad, "Stops somebody, or went wrong"),
    (Tone::Warn, "Needs attention, or holds under a condition"),
    (Tone::Active, "Happens now"),
    (Tone::Good, "Reached and in order"),
    (Tone::Quiet, "Not yet begun, or ended without a judgement"),
];

/// The fields of the format whose words are states.
const STATE_FIELDS: [&str; 6] = [
    "status", "result", "decision", "response", "outcome", "severity",
];

/// What the portal computes and no field of the format can say.
const COMPUTED: [&str; 6] = [
    "not-passed",
    "empty",
    "not-requested",
    "needed",
    "in-force",
    "info",
];

/// Returns the section of every state: its word and its shape.
pub(super) fn states<'p>() -> Section<'p> {
    let words = all();
    let columns = ["Shape", "States"];
    let table = blocks::table("How states are marked", columns, TONES, |(tone, means)| {
        let own = words.iter().map(|word| State::new(word.clone()));
        let own = own.filter(|state| state.tone == tone);
        [
            State::new(tone.word()).worded(means).toned(tone).into(),
            Value::list(own),
        ]
    });
    blocks::section("states", "How states are marked", [blocks::told(table)])
}

/// Returns every word that a state of a plan can have.
fn all() -> BTreeSet<String> {
    let known = State::KNOWN
        .iter()
        .flat_map(|(_, words)| words.iter().copied());
    let mut words: BTreeSet<&str> = known.chain(COMPUTED).collect();
    words.extend(Stage::CHOICES.iter().map(|stage| stage.word));
    let mut seen = Vec::new();
    for kind in Kind::ALL {
        gather(kind.description(), &mut seen, &mut words);
    }
    words.into_iter().map(str::to_owned).collect()
}

/// Adds the words of the state fields of `description`, and of those inside of it that are not `seen` yet.
fn gather(
    description: &'static Description,
    seen: &mut Vec<&'static str>,
    words: &mut BTreeSet<&str>,
) {
    if seen.contains(&description.name) {
        return;
    }
    seen.push(description.name);
    for field in description.fields {
        inside(
            &(field.shape)(),
            STATE_FIELDS.contains(&field.name),
            seen,
            words,
        );
    }
}

fn inside(shape: &Shape, is_state: bool, seen: &mut Vec<&'static str>, words: &mut BTreeSet<&str>) {
    match shape {
        Shape::Choice(of) if is_state => words.extend(of.iter().map(|choice| choice.word)),
        Shape::List(of) | Shape::Map(of) | Shape::Keyed(of) => inside(of, is_state, seen, words),
        Shape::Record(of) => gather(of, seen, words),
        Shape::Both(one, other) => [one, other]
            .into_iter()
            .for_each(|of| gather(of, seen, words)),
        Shape::OneOf(of) => of.iter().for_each(|of| inside(of, is_state, seen, words)),
        _ => {}
    }
}

/// Returns the section of how to read dates and words.
pub(super) fn words<'p>() -> Section<'p> {
    let facts = blocks::facts([
        Fact::new(
            "Dates",
            Value::word(
                "As of one day: what is late, due or to come is seen from there, and not from the day on which you read",
            ),
        ),
        Fact::new(
            "Vague dates",
            Value::word(
                "A week, a month or a quarter is known only so far; “to be decided” is not known at all",
            ),
        ),
        Fact::new(
            "Moments",
            Value::word(
                "A time of day names its zone; your own time is shown where you point at it",
            ),
        ),
        Fact::new(
            "Gates",
            Value::word(
                "Whether a gate is passed is computed from criteria, approvals and dates. Nobody writes it",
            ),
        ),
        Fact::new(
            "Headings",
            Value::word(
                "Each heading, criterion, milestone and task has an address that stays: follow its link to share it",
            ),
        ),
        Fact::new(
            "On paper",
            Value::word(
                "Every page prints without its menus: readiness as a sign-off sheet, a turnover as a run sheet, the reports as one pack",
            ),
        ),
    ]);
    blocks::section("reading", "How to read this portal", [facts])
}

/// Returns the section of what keys do.
pub(super) fn keys<'p>() -> Section<'p> {
    let keys = [
        ("Tab", "Goes to the next link or button; with Shift, back"),
        (
            "Enter",
            "Follows a link; on the first one of a page, skips to its content",
        ),
        (
            "Space",
            "Presses a button, such as the one for the dark theme",
        ),
        ("/", "Leads to the search from every page"),
        ("← →", "Move a wide table or drawing that has the focus"),
    ];
    let table = blocks::table(
        "What keys do",
        ["Key", "What it does"],
        keys,
        |(key, does)| [Value::code(key), Value::word(does)],
    );
    blocks::section("keyboard", "Keyboard", [blocks::told(table)])
}
