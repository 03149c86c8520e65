//! Calendar versioning: patterns as calver.org defines them, `YYYY.0M.MICRO`.

use std::fmt;

use jiff::civil;
use semver::Prerelease;

use crate::time::error::ValueError;
use crate::time::error::rule::INVALID_VERSION;

use super::{Bump, Order};

/// What stands where in a version that tells a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CalverPattern {
    text: Box<str>,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Field(Field),
    Separator(char),
}

/// What a number of the version tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Year,
    ShortYear,
    Month,
    Week,
    Day,
    Number(Bump),
    Modifier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Field {
    name: &'static str,
    unit: Unit,
    /// The fewest and the most digits. A number with more than the fewest does not start with zero.
    digits: (usize, usize),
    example: &'static str,
}

const fn field(
    name: &'static str,
    unit: Unit,
    digits: (usize, usize),
    example: &'static str,
) -> Field {
    Field {
        name,
        unit,
        digits,
        example,
    }
}

/// The fields; of two that start alike, the longer one comes first.
const FIELDS: [Field; 13] = [
    field("YYYY", Unit::Year, (4, 4), "2026"),
    field("YY", Unit::ShortYear, (1, 3), "26"),
    field("0Y", Unit::ShortYear, (2, 3), "26"),
    field("MM", Unit::Month, (1, 2), "4"),
    field("0M", Unit::Month, (2, 2), "04"),
    field("WW", Unit::Week, (1, 2), "7"),
    field("0W", Unit::Week, (2, 2), "07"),
    field("DD", Unit::Day, (1, 2), "17"),
    field("0D", Unit::Day, (2, 2), "17"),
    field("MAJOR", Unit::Number(Bump::Major), (1, 9), "1"),
    field("MINOR", Unit::Number(Bump::Minor), (1, 9), "0"),
    field("MICRO", Unit::Number(Bump::Patch), (1, 9), "2"),
    field("MODIFIER", Unit::Modifier, (0, 0), "rc1"),
];

impl CalverPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `value/invalid-version` for an unknown field and for a pattern without fields.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(next) = text[at..].chars().next() {
            let named = FIELDS
                .into_iter()
                .find(|field| text[at..].starts_with(field.name));
            let piece = match (named, next) {
                (Some(field), _) => Piece::Field(field),
                (None, '.' | '-' | '_' | '+') => Piece::Separator(next),
                (None, _) => return Err(unknown_field(text, at)),
            };
            at += named.map_or(next.len_utf8(), |field| field.name.len());
            pieces.push(piece);
        }
        if !pieces.iter().any(|piece| matches!(piece, Piece::Field(_))) {
            let message = "the calver pattern has no field";
            return Err(ValueError::new(INVALID_VERSION, message, 0..text.len())
                .hint("write a pattern such as `YYYY.0M.MICRO`"));
        }
        Ok(Self {
            text: text.into(),
            pieces,
        })
    }

    /// Reads what orders a version that follows the pattern. The last numbers and the modifier may be left out.
    pub(super) fn read(&self, text: &str) -> Result<Order, ValueError> {
        self.matched(text).ok_or_else(|| {
            let message = format!("`{text}` does not follow `{}`", self.text);
            ValueError::new(INVALID_VERSION, message, 0..text.len())
                .hint(format!("write it as in `{}`", self.example()))
        })
    }

    fn matched(&self, text: &str) -> Option<Order> {
        let mut rest = text;
        let mut fields = Vec::new();
        let mut pre = Prerelease::EMPTY;
        for (at, piece) in self.pieces.iter().enumerate() {
            if rest.is_empty() && self.may_end_before(at) {
                break;
            }
            match piece {
                Piece::Separator(separator) => rest = rest.strip_prefix(*separator)?,
                Piece::Field(Field {
                    unit: Unit::Modifier,
                    ..
                }) => {
                    pre = Prerelease::new(std::mem::take(&mut rest)).ok()?;
                }
                Piece::Field(field) => fields.push((field.unit, field.take(&mut rest)?)),
            }
        }
        if !rest.is_empty() || !is_in_calendar(&fields) {
            return None;
        }
        let numbers = fields
            .into_iter()
            .map(|(unit, number)| (number, unit.bump()));
        Some(Order {
            numbers: numbers.collect(),
            pre,
        })
    }

    /// Returns whether a version may leave out the pieces from `at` on: none of them tells a date.
    fn may_end_before(&self, at: usize) -> bool {
        let optional = |piece: &Piece| match piece {
            Piece::Field(field) => matches!(field.unit, Unit::Number(_) | Unit::Modifier),
            Piece::Separator(_) => true,
        };
        at > 0
            && self.pieces[at..].iter().all(optional)
            && matches!(self.pieces[at], Piece::Separator(_))
    }

    fn example(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Field(field) => field.example.to_owned(),
                Piece::Separator(separator) => separator.to_string(),
            })
            .collect()
    }
}

impl Field {
    /// Takes the number off the start of `rest`.
    fn take(self, rest: &mut &str) -> Option<u64> {
        let (fewest, most) = self.digits;
        let digits = rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        let (number, after) = rest.split_at(digits);
        let padded = number.starts_with('0') && digits > fewest;
        *rest = after;
        if digits < fewest || padded {
            None
        } else {
            number.parse().ok()
        }
    }
}

impl Unit {
    fn bump(self) -> Bump {
        match self {
            Self::Year | Self::ShortYear => Bump::Major,
            Self::Number(bump) => bump,
            Self::Month | Self::Week | Self::Day | Self::Modifier => Bump::Minor,
        }
    }
}

/// Returns whether the calendar has the date that the fields tell, as far as they tell one.
fn is_in_calendar(fields: &[(Unit, u64)]) -> bool {
    let value = |unit| {
        fields
            .iter()
            .find(|(field, _)| *field == unit)
            .map(|(_, number)| *number)
    };
    let year = value(Unit::Year).or_else(|| value(Unit::ShortYear).map(|year| year + 2000));
    // Without a year, one that has every day; without a month, one that has 31.
    let year = i16::try_from(year.unwrap_or(2000)).unwrap_or(-1);
    let month = i8::try_from(value(Unit::Month).unwrap_or(1)).unwrap_or(-1);
    let day = i8::try_from(value(Unit::Day).unwrap_or(1)).unwrap_or(-1);
    let week = value(Unit::Week).unwrap_or(1);
    civil::Date::new(year, month, day).is_ok() && (1..=53).contains(&week)
}

fn unknown_field(text: &str, at: usize) -> ValueError {
    let length = text[at..]
        .find(['.', '-', '_', '+'])
        .unwrap_or(text.len() - at);
    let names = FIELDS.map(|field| field.name).join(", ");
    ValueError::new(
        INVALID_VERSION,
        format!("calver has no field `{}`", &text[at..at + length]),
        at..at + length,
    )
    .hint(format!("the fields are {names}"))
}

impl fmt::Display for CalverPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
