//! States: one word, one shape and one colour each, so that none is told by colour alone.

use std::borrow::Cow;

use serde::Serialize;

/// What a state means to the reader; the theme gives each tone its shape and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Reached and in order.
    Good,
    /// Stops somebody, or went wrong.
    Bad,
    /// Needs attention, or holds only under a condition.
    Warn,
    /// Happens now.
    Active,
    /// Not yet begun, or ended without a judgement.
    Quiet,
}

impl Tone {
    /// Returns the word that style sheets use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Active => "active",
            Self::Quiet => "quiet",
        }
    }
}

/// A state: what `data-state` says, and the word for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State<'a> {
    /// The word of the format: `not-met`.
    pub slug: Cow<'a, str>,
    /// The word for people, in English: `Not met`.
    pub word: Cow<'a, str>,
    /// The shape and colour.
    pub tone: Tone,
}

impl State<'_> {
    /// The states that the format and the rules know, by their tone; all others are quiet.
    pub const KNOWN: &'static [(Tone, &'static [&'static str])] = &[
        (
            Tone::Good,
            &[
                "met",
                "passed",
                "approved",
                "accepted",
                "deployed",
                "done",
                "successful",
                "on-track",
                "implemented",
                "resolved",
                "ready",
                "go",
                "reached",
                "mitigated",
                "sent",
            ],
        ),
        (
            Tone::Bad,
            &[
                "not-met",
                "failed",
                "rejected",
                "rolled-back",
                "blocked",
                "overdue",
                "error",
                "no-go",
                "missing",
                "conflict",
                "hard",
                "late",
                "broken",
            ],
        ),
        (
            Tone::Warn,
            &[
                "waived",
                "at-risk",
                "due-soon",
                "warning",
                "soft",
                "on-hold",
                "reopened",
                "reverted",
                "returned",
                "slipped",
                "emergency",
            ],
        ),
        (
            Tone::Active,
            &[
                "scoping",
                "construction",
                "verification",
                "deployment",
                "submitted",
                "scheduled",
                "frozen",
                "running",
                "in-progress",
                "open",
            ],
        ),
    ];
}

impl<'a> State<'a> {
    /// Returns the state that the format calls `slug`. A word that trainboard does not know, such as a stage of a
    /// team's own model, is quiet; give it another [`Tone`] with [`State::toned`].
    pub fn new(slug: impl Into<Cow<'a, str>>) -> Self {
        let slug = slug.into();
        Self {
            word: Cow::Owned(sentence(&slug)),
            tone: tone(&slug),
            slug,
        }
    }

    /// Returns the state with another word for people: `Two days late` for `overdue`.
    #[must_use]
    pub fn worded(mut self, word: impl Into<Cow<'a, str>>) -> Self {
        self.word = word.into();
        self
    }

    /// Returns the state with another tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// Returns a word of the format as people write it: `Not met` for `not-met`.
fn sentence(slug: &str) -> String {
    let mut letters = slug.chars();
    let mut words = String::with_capacity(slug.len());
    words.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    for (index, part) in letters.as_str().split('-').enumerate() {
        if index > 0 {
            words.push(' ');
        }
        words.push_str(part);
    }
    words
}

/// Returns the tone of the states that the format and the rules know.
fn tone(slug: &str) -> Tone {
    let known = State::KNOWN.iter().find(|(_, words)| words.contains(&slug));
    known.map_or(Tone::Quiet, |(tone, _)| *tone)
}
