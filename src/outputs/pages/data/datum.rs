//! One value: the words of the page, and what stands behind them.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::markdown::words;
use crate::pages::parts::{Cell, Link, Locale, Mark, Period, Prose, Stage, State, Value, When};
use crate::syntax::body::resolve;
use crate::text::turns;

/// One value.
#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Datum<'p> {
    /// The words of the page; empty for nothing.
    pub text: Cow<'p, str>,
    /// Where it leads: relative to the portal's root, or an address elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    href: Option<Cow<'p, str>>,
    /// The word of the format for a state: `not-met`.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'p str>,
    /// The date or moment, as precise as it is known, or the start of a period.
    #[serde(skip_serializing_if = "Option::is_none")]
    datetime: Option<&'p str>,
    /// The end of a period, itself included.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<&'p str>,
    /// A length of time (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<&'p str>,
    /// A number that is counted or measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<i64>,
    /// Out of how many the number is.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
    /// In which role somebody acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'p str>,
    /// The values, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Self>,
}

impl<'p> Datum<'p> {
    /// Returns words with nothing behind them, without what would turn the direction of text, as pages show them.
    pub(super) fn of(text: impl Into<Cow<'p, str>>) -> Self {
        let text = text.into();
        let text = match text.contains(turns) {
            true => text.replace(turns, "").into(),
            false => text,
        };
        Self {
            text,
            ..Self::default()
        }
    }

    /// Returns the words of prose.
    pub(super) fn prose(prose: &Prose<'_>) -> Self {
        Self::of(words(&prose.0))
    }

    /// Returns several values as one; one stands alone.
    fn several(values: impl Iterator<Item = Self>) -> Self {
        let mut values: Vec<_> = values.collect();
        if values.len() == 1 {
            return values.remove(0);
        }
        let texts = values.iter().map(|value| &*value.text);
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let text = texts.join(", ").into();
        Self {
            text,
            values,
            ..Self::default()
        }
    }
}

/// Says what the page at `path` says.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'p> {
    pub locale: &'p Locale,
    pub path: &'p str,
}

impl<'p> Speaker<'p> {
    /// Returns a word of the portal's own in its language.
    pub(super) fn word(self, english: &'p str) -> Cow<'p, str> {
        self.locale.word(english).into()
    }

    pub(super) fn values(self, values: &'p [Value<'_>]) -> impl Iterator<Item = Datum<'p>> {
        values.iter().map(move |value| self.value(value))
    }

    pub(super) fn value(self, value: &'p Value<'_>) -> Datum<'p> {
        match value {
            Value::Empty | Value::Laid(_) => Datum::default(),
            Value::Text(text) | Value::Code(text) => Datum::of(&**text),
            Value::Word(word) => Datum::of(self.word(word)),
            Value::Prose(prose) => Datum::prose(prose),
            Value::Link(link) => self.link(link),
            Value::When(when) => date(when),
            Value::Period(of) => period(of),
            Value::Lapse(lapse) => Datum {
                duration: Some(&lapse.datetime),
                ..Datum::of(&*lapse.text)
            },
            Value::State(state) => self.state(state),
            Value::Told(state, href) => Datum {
                href: self.address(href),
                ..self.state(state)
            },
            Value::Person(person) => Datum {
                href: person.href.as_ref().and_then(|href| self.address(href)),
                role: person.role.as_deref(),
                ..Datum::of(&*person.name)
            },
            Value::Number(number) => Datum {
                number: Some(*number),
                ..Datum::of(number.to_string())
            },
            Value::Tally(tally) => Datum {
                number: i64::try_from(tally.count).ok(),
                of: Some(tally.of),
                ..Datum::of(format!("{} {} {}", tally.count, self.word("of"), tally.of))
            },
            Value::List(values) => Datum::several(self.values(values)),
        }
    }

    pub(super) fn link(self, link: &'p Link<'_>) -> Datum<'p> {
        Datum {
            href: self.address(&link.href),
            ..Datum::of(&*link.text)
        }
    }

    pub(super) fn state(self, state: &'p State<'_>) -> Datum<'p> {
        Datum {
            state: Some(&state.slug),
            ..Datum::of(self.word(&state.word))
        }
    }

    /// Returns a stage with its state, and when it was or will be reached.
    pub(super) fn stage(self, stage: &'p Stage<'_>) -> Datum<'p> {
        Datum {
            state: Some(&stage.state.slug),
            datetime: stage
                .when
                .as_ref()
                .and_then(|when| when.datetime.as_deref()),
            ..Datum::of(self.word(&stage.title))
        }
    }

    pub(super) fn day(self, day: &'p Cell<'_>) -> Datum<'p> {
        Datum {
            datetime: Some(&day.datetime),
            ..Datum::of(day.number.to_string())
        }
    }

    /// Returns what takes place on a day.
    pub(super) fn marks(self, day: &'p Cell<'_>) -> Datum<'p> {
        let marks = day.marks.iter().map(|mark| self.mark(mark));
        let rest = day.rest.iter().map(|rest| Datum::of(&**rest));
        Datum::several(marks.chain(rest))
    }

    fn mark(self, mark: &'p Mark<'_>) -> Datum<'p> {
        let said = mark.link.as_ref().map(|link| self.link(link));
        Datum {
            state: Some(mark.slug),
            ..said.unwrap_or_else(|| Datum::of(self.word(&mark.word)))
        }
    }

    /// Returns `href`, as it stands on the page, from the portal's root; an address elsewhere as it is. None for what
    /// leaves the portal.
    fn address(self, href: &'p str) -> Option<Cow<'p, str>> {
        let end = href.find([':', '/', '?', '#']).unwrap_or(href.len());
        if href[end..].starts_with(':') {
            return Some(href.into());
        }
        let (file, anchor) = href.split_at(href.find('#').unwrap_or(href.len()));
        let file = match file {
            "" => self.path.to_owned(),
            file => resolve(self.path, file)?,
        };
        Some((file + anchor).into())
    }
}

fn date<'p>(when: &'p When) -> Datum<'p> {
    Datum {
        datetime: when.datetime.as_deref(),
        ..Datum::of(&*when.text)
    }
}

fn period<'p>(period: &'p Period) -> Datum<'p> {
    let Some(to) = &period.to else {
        return date(&period.from);
    };
    Datum {
        until: to.datetime.as_deref(),
        text: format!("{} – {}", period.from.text, to.text).into(),
        ..date(&period.from)
    }
}
