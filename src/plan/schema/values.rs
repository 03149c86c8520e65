//! The values that are written as one piece of text, as patterns: no narrower than what reads them.
//!
//! An editor reads YAML by its core types before a schema sees it, so that `2026` and `1.10` are numbers there.

use serde_json::{Value, json};

use crate::plan::description::{Scalar, Shape};
use crate::plan::kinds::Kind;

/// A whole day.
const DAY: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

/// What follows a day to make it a moment.
const CLOCK: &str = "[ Tt][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?";

/// A duration without a sign.
const DURATION: &str = "(?:(?:[0-9]+(?:bd|[wdhms]))+|P[0-9WDTtHMS]+)";

/// The words for how often something is due.
const CADENCES: &str = "weekly|fortnightly|monthly|quarterly|half-yearly|yearly|annually";

/// Returns the name of the definition of `scalar`.
pub(super) fn name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Text => "text",
        Scalar::Url => "url",
        Scalar::Boolean => "boolean",
        Scalar::Count => "count",
        Scalar::Date => "date",
        Scalar::Interval => "interval",
        Scalar::Duration => "duration",
        Scalar::Recurrence => "recurrence",
        Scalar::Version => "version",
        Scalar::VersionScheme => "version-scheme",
        Scalar::VersionConstraint => "version-constraint",
        Scalar::Zone => "zone",
        Scalar::Digest => "digest",
        Scalar::Cadence => "cadence",
        Scalar::Lag => "lag",
    }
}

/// Returns what `scalar` accepts.
pub(super) fn schema(scalar: Scalar) -> Value {
    let text = |pattern: String| json!({"type": "string", "pattern": pattern, "patternErrorMessage": format!("write {}", meant(scalar))});
    let whole = |pattern: &str| text(format!("^\\s*(?:{pattern})\\s*$"));
    match scalar {
        Scalar::Text => any_text(),
        Scalar::Boolean => json!({"type": "boolean"}),
        // The pattern is for one in quotes.
        Scalar::Count => {
            json!({"type": ["integer", "string"], "minimum": 0, "pattern": "^\\+?[0-9]+$"})
        }
        // A bare year is a number.
        Scalar::Date => {
            let mut date = whole(&date());
            date["type"] = json!(["string", "integer"]);
            date
        }
        Scalar::Interval => interval(whole(&format!("{0}\\s*/\\s*(?:{0}|{DURATION})", date()))),
        Scalar::Duration => whole(DURATION),
        Scalar::Lag => whole(&format!("[+-]?{DURATION}")),
        Scalar::Cadence => whole(&format!("{CADENCES}|{DURATION}|(?:FREQ|RRULE)[\\s\\S]*")),
        Scalar::Recurrence => text("[Ff][Rr][Ee][Qq]=".to_owned()),
        // That a number needs quotes is told by `value/unquoted-version`, which a plan may ignore.
        Scalar::Version => json!({"type": ["string", "number"]}),
        Scalar::VersionScheme => whole("semver|free|calver:.+"),
        Scalar::VersionConstraint => whole("[<>=^~][^,]*(?:,\\s*[<>=^~][^,]*)*"),
        Scalar::Zone => whole("[^\\s]+"),
        Scalar::Url => {
            text("^(?:[Hh][Tt][Tt][Pp][Ss]?|[Mm][Aa][Ii][Ll][Tt][Oo]):[^ \\t\\r\\n]*$".to_owned())
        }
        // Digits alone are a number.
        Scalar::Digest => {
            let mut digest = text("^[0-9A-Fa-f]{64}$".to_owned());
            digest["type"] = json!(["string", "number"]);
            digest
        }
    }
}

/// Returns any one piece of text: what an editor takes for a number or a truth is text all the same.
pub(super) fn any_text() -> Value {
    let mut text = json!({});
    or_truth(&mut text, &["string", "number"]);
    text
}

/// Makes `schema` accept one of `types`, and a truth. Were `boolean` among the types, editors would offer `true` and `false`
/// wherever text is wanted.
pub(super) fn or_truth(schema: &mut Value, types: &[&str]) {
    schema["if"] = json!({"type": "boolean"});
    schema["then"] = json!({});
    schema["else"] = json!({"type": types});
}

fn date() -> String {
    let relative = format!("T|[^\\s0-9/+-][^\\s/]*[+-]{DURATION}");
    let coarse = "[0-9]{4}(?:-(?:[0-9]{2}|[Ww][0-9]{2}|[Qq][0-9]))?";
    format!("(?:[Tt][Bb][Dd]|{coarse}|{DAY}(?:\\.\\.{DAY}|{CLOCK})?|{relative})")
}

/// Adds to `text`, an interval in one piece, that it can be a mapping.
fn interval(mut text: Value) -> Value {
    let end = |doc: &str| json!({"description": doc, "$ref": "#/definitions/date"});
    text["type"] = json!(["string", "object"]);
    text["properties"] = json!({
        "from": end("The day or the moment at which it starts."),
        "to": end("The last day, or the moment at which it ends."),
    });
    text["required"] = json!(["from", "to"]);
    text["patternProperties"] = json!({"^x-": {}});
    text["additionalProperties"] = json!(false);
    text
}

/// Returns how a value of `scalar` is written, for whoever wrote something else.
fn meant(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Text => "any text",
        Scalar::Url => "an address such as https://example.org/plan",
        Scalar::Boolean => "true or false",
        Scalar::Count => "a whole number",
        Scalar::Date => {
            "a date such as 2026-12-12, '2026-12-12 22:00', 2026-Q4, T-14bd, code-complete+3bd or tbd"
        }
        Scalar::Interval => {
            "an interval such as 2026-12-18/2027-01-04 or '2026-12-12 22:00/6h', or a mapping with from and to"
        }
        Scalar::Duration => "a duration such as 20m, 6h, 2d, 10bd or 3w",
        Scalar::Recurrence => "a recurrence such as FREQ=WEEKLY;BYDAY=SA",
        Scalar::Version => "a version in quotes, such as \"1.10\"",
        Scalar::VersionScheme => {
            "semver, free, or calver with its pattern, as in calver:YYYY.0M.MICRO"
        }
        Scalar::VersionConstraint => "a version constraint such as \">=7.1, <8\"",
        Scalar::Zone => "a time zone such as Europe/London",
        Scalar::Digest => "a SHA-256 digest: 64 hexadecimal digits",
        Scalar::Cadence => {
            "weekly, fortnightly, monthly, quarterly, half-yearly, yearly, a duration or a recurrence"
        }
        Scalar::Lag => "a lag such as 2d or -1bd",
    }
}

/// Returns a sentence on how a value of `shape` is written; none where its type says it all.
pub(super) fn form(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Scalar(Scalar::Text | Scalar::Boolean | Scalar::Count) => None,
        Shape::Scalar(scalar) => Some(sentence(meant(*scalar))),
        Shape::Reference(kinds) => {
            let kinds: Vec<_> = kinds
                .iter()
                .map(|kind: &Kind| kind.with_article())
                .collect();
            Some(format!("The id of {}.", kinds.join(" or ")))
        }
        Shape::List(of) => form(of).map(|form| format!("A list. Each: {}", lower(&form))),
        Shape::Map(of) => form(of).map(|form| format!("Under each name: {}", lower(&form))),
        _ => None,
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
