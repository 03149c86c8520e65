//! Values that are written as one piece of text.

use serde::{Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::{FieldValue, Value, Visitor, as_text};
use crate::diagnostic::Finding;
use crate::plan::description::{Scalar as Form, Shape};
use crate::plan::reader::Reader;
use crate::syntax::tree::{Entry, Node, Scalar, Style};
use crate::text::Spanned;
use crate::time::{
    Calendar, Day, DayRange, Duration, Recurrence, ValueError, VersionConstraint, VersionScheme,
    Zone, civil,
};

/// Text; the portal shows it as inline Markdown.
pub type Text = Spanned<Box<str>>;

impl Value for Box<str> {
    fn shape() -> Shape {
        Shape::Scalar(Form::Text)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(reader.scalar(node, "text")?.text.as_ref().into())
    }
}

/// Implements [`Value`] for a type of `time` that parses itself from text.
macro_rules! parsed {
    ($($type:ty, $form:ident, $expected:literal;)+) => {$(
        impl Value for $type {
            fn shape() -> Shape {
                Shape::Scalar(Form::$form)
            }

            fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let scalar = reader.scalar(node, $expected)?;
                match <$type>::parse(&scalar.text) {
                    Ok(value) => Some(value),
                    Err(error) => {
                        reader.value_error(node, error);
                        None
                    }
                }
            }
        }
    )+};
}

parsed! {
    Duration, Duration, "a duration such as 6h or 10bd";
    Recurrence, Recurrence, "a recurrence such as FREQ=WEEKLY;BYDAY=SA";
    VersionConstraint, VersionConstraint, "a version constraint such as \">=7.1, <8\"";
    VersionScheme, VersionScheme, "`semver`, `calver:<pattern>` or `free`";
    Zone, Zone, "a time zone such as Europe/London";
    Cadence, Cadence, "a cadence such as quarterly or 6w";
    Lag, Lag, "a lag such as 2d or -1bd";
    Url, Url, "a URL";
    Digest, Digest, "a SHA-256 digest";
}

/// The text of a version. Which scheme it follows is known only once its application and policy are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct VersionText(pub Box<str>);

impl Value for VersionText {
    fn shape() -> Shape {
        Shape::Scalar(Form::Version)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let scalar = reader.scalar(node, "a version in quotes")?;
        if reads_as_number(scalar) {
            let quoted = format!("\"{}\"", scalar.text);
            let message = format!(
                "version {} is not in quotes, so YAML readers take it for a number",
                scalar.text
            );
            let finding = Finding::new("value/unquoted-version", reader.at(node.span), message);
            reader.report(finding.hint(format!("write {quoted}")).fix(
                "quote the version",
                node.span,
                quoted,
            ));
        }
        Some(Self(scalar.text.as_ref().into()))
    }
}

/// Returns whether another YAML reader would take `scalar` for a number and lose digits: `1.10`, `7`, `1e3`.
fn reads_as_number(scalar: &Scalar<'_>) -> bool {
    scalar.style == Style::Plain && scalar.text.parse::<f64>().is_ok()
}

/// The address of a page elsewhere. Only `http`, `https` and `mailto` are followed; the rest is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Url(pub Box<str>);

impl Url {
    /// Returns the address that `text` holds.
    ///
    /// # Errors
    /// Says why when `text` has another scheme, none, or a character that no URL has (RFC 3986, section 2).
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let fault = |rule: &'static str, message: String, hint: &str| ValueError {
            rule,
            message,
            range: 0..text.len(),
            hint: Some(hint.to_owned()),
            replacement: None,
        };
        let scheme = text
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https" | "mailto") => {}
            Some(other) if !other.contains(['/', '.', '?', '#', ' ']) => {
                let message = format!("the scheme `{other}` is not safe to follow");
                return Err(fault(
                    "reference/unsafe-link",
                    message,
                    "link to an `https` address",
                ));
            }
            _ => {
                let message = format!("`{text}` is no address of a page");
                return Err(fault(
                    "document/wrong-type",
                    message,
                    "write it in full, from `https://` on",
                ));
            }
        }
        if text
            .chars()
            .any(|char| char.is_whitespace() || char.is_control())
        {
            let message = format!("the address `{text}` has a blank in it");
            return Err(fault(
                "document/wrong-type",
                message,
                "write `%20` for a blank",
            ));
        }
        Ok(Self(text.into()))
    }
}

/// A SHA-256 digest: 64 hexadecimal digits, kept in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Digest(pub Box<str>);

impl Digest {
    /// Returns the digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Returns the digest that `text` holds.
    ///
    /// # Errors
    /// Says how long it is when it is not 64 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Self(text.to_ascii_lowercase().into()));
        }
        Err(ValueError {
            rule: "document/wrong-type",
            message: format!(
                "a SHA-256 digest has 64 hexadecimal digits, this has {} characters",
                text.chars().count()
            ),
            range: 0..text.len(),
            hint: Some("print it with `sha256sum FILE`".to_owned()),
            replacement: None,
        })
    }
}

/// A length of time with a direction: how long after something else; negative for before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag(pub Duration);

impl Lag {
    /// Returns the lag that `text` holds.
    ///
    /// # Errors
    /// Says what is wrong with it as a duration.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Duration::parse_signed(text).map(Self)
    }
}

impl Serialize for Lag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_text(&self.0, serializer)
    }
}

/// How often something is due: a word, a duration, or a recurrence.
#[derive(Clone, Debug, PartialEq)]
pub enum Cadence {
    /// Every so many months: `monthly`, `quarterly`, `half-yearly`, `yearly`.
    Months(u32),
    /// Every so long: `6w`.
    Every(Duration),
    /// On the days of a rule: `FREQ=MONTHLY;BYDAY=2TU`.
    On(Box<Recurrence>),
}

/// How far ahead the next day of a recurrence is looked for, in days.
const LONGEST_CADENCE: i64 = 10 * 366;

/// The words for a number of months.
const MONTHS: [(&str, u32); 5] = [
    ("monthly", 1),
    ("quarterly", 3),
    ("half-yearly", 6),
    ("yearly", 12),
    ("annually", 12),
];

impl Cadence {
    /// Returns the cadence that `text` holds.
    ///
    /// # Errors
    /// Says what is wrong with it as a duration or a recurrence.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        if let Some((_, months)) = MONTHS.iter().find(|(word, _)| *word == text) {
            return Ok(Self::Months(*months));
        }
        match text {
            "weekly" => return Duration::parse("1w").map(Self::Every),
            "fortnightly" => return Duration::parse("2w").map(Self::Every),
            _ => {}
        }
        if text.starts_with("FREQ") || text.starts_with("RRULE") {
            return Recurrence::parse(text).map(|rule| Self::On(Box::new(rule)));
        }
        Duration::parse(text).map(Self::Every).map_err(|error| ValueError {
            hint: Some("write weekly, monthly, quarterly, half-yearly, yearly, a duration or a recurrence".to_owned()),
            ..error
        })
    }
}

impl Cadence {
    /// Returns the day on which the next one is due when the last was on `day`, to be counted by `calendar`. None past
    /// the end of a recurrence or of the calendar.
    pub fn next(&self, day: Day, calendar: &Calendar) -> Option<Day> {
        match self {
            Self::Months(months) => {
                let span = jiff::Span::new().try_months(*months).ok()?;
                day.0.checked_add(span).ok().map(Day)
            }
            Self::Every(duration) => {
                let wall = day.0.to_datetime(civil::Time::midnight());
                calendar
                    .wall_after(wall, *duration)
                    .map(|wall| Day(wall.date()))
            }
            Self::On(rule) => {
                let first = day.0.to_datetime(civil::Time::midnight());
                let ahead = DayRange::new(day.next(), day.plus(LONGEST_CADENCE)?);
                rule.starts(first, ahead, &Zone::utc())
                    .next()
                    .map(|wall| Day(wall.date()))
            }
        }
    }
}

impl std::fmt::Display for Cadence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Months(months) => match MONTHS.iter().find(|(_, count)| count == months) {
                Some((word, _)) => formatter.write_str(word),
                None => write!(formatter, "every {months} months"),
            },
            Self::Every(duration) => duration.fmt(formatter),
            Self::On(rule) => rule.fmt(formatter),
        }
    }
}

impl Serialize for Cadence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_text(self, serializer)
    }
}

impl Value for u32 {
    fn shape() -> Shape {
        Shape::Scalar(Form::Count)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let scalar = reader.scalar(node, "a whole number")?;
        let number = scalar.text.parse().ok();
        if number.is_none() {
            let message = format!("`{}` is no whole number", scalar.text);
            reader.report(Finding::new(
                "document/wrong-type",
                reader.at(node.span),
                message,
            ));
        }
        number
    }
}

impl Value for bool {
    fn shape() -> Shape {
        Shape::Scalar(Form::Boolean)
    }

    fn read(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let scalar = reader.scalar(node, "`true` or `false`")?;
        let (truth, meant) = match scalar.text.as_ref() {
            "true" if scalar.style == Style::Plain => return Some(true),
            "false" if scalar.style == Style::Plain => return Some(false),
            "True" | "TRUE" | "true" | "yes" | "Yes" | "YES" | "y" | "Y" | "on" | "On" | "ON" => {
                (Some(true), "true")
            }
            "False" | "FALSE" | "false" | "no" | "No" | "NO" | "n" | "N" | "off" | "Off"
            | "OFF" => (Some(false), "false"),
            _ => (None, ""),
        };
        let message = format!("expected `true` or `false`, found `{}`", scalar.text);
        let finding = Finding::new("document/wrong-type", reader.at(node.span), message);
        reader.report(match truth {
            Some(_) => finding.hint(format!("write `{meant}`")).fix(
                format!("write `{meant}`"),
                node.span,
                meant,
            ),
            None => finding,
        });
        truth
    }
}

impl FieldValue for bool {
    fn shape() -> Shape {
        Shape::Scalar(Form::Boolean)
    }

    fn read_field(entry: Option<&Entry<'_>>, reader: &mut Reader<'_>) -> Self {
        entry
            .and_then(|entry| <Self as Value>::read(&entry.value, reader))
            .unwrap_or_default()
    }

    fn absent(&self) -> bool {
        !self
    }

    fn visit_field(&mut self, _: &mut dyn Visitor) {}
}
