//! Values as lines of YAML, each by what its field accepts.

use serde_json::Value;

use crate::plan::description::{Description, Field, Scalar, Shape};
use crate::syntax::{quoted, quoted_inside};

/// Turns a value that is relative to another one into what it comes to; none where it stays as it is.
pub(super) type Resolve<'r> = &'r dyn Fn(Scalar, &str) -> Option<String>;

/// Writes block YAML.
pub(super) struct Yaml<'r> {
    text: String,
    resolve: Resolve<'r>,
}

impl<'r> Yaml<'r> {
    pub(super) fn new(resolve: Resolve<'r>) -> Self {
        Self {
            text: String::new(),
            resolve,
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Adds the line `key: text` at `depth`, with `text` as it is.
    pub(super) fn line(&mut self, depth: usize, key: &str, text: &str) {
        let indent = "  ".repeat(depth);
        let blank = if text.is_empty() { "" } else { " " };
        self.text
            .push_str(&format!("{indent}{key}:{blank}{text}\n"));
    }

    /// Adds the field `key` with `value`, which has the shape `shape`.
    pub(super) fn field(&mut self, depth: usize, key: &str, value: &Value, shape: &Shape) {
        match (value, shape) {
            (Value::Array(items), Shape::List(of)) if items.iter().all(is_scalar) => {
                let item = |item: &Value| match item {
                    Value::String(text) => quoted_inside(text),
                    other => other.to_string(),
                };
                let items: Vec<_> = items.iter().map(item).collect();
                self.line(depth, key, &format!("[{}]", items.join(", ")));
            }
            (Value::Array(items), Shape::List(of) | Shape::Keyed(of)) => {
                self.line(depth, key, "");
                items.iter().for_each(|item| self.item(depth + 1, item, of));
            }
            (Value::Object(fields), Shape::Map(of)) => {
                self.line(depth, key, "");
                for (name, value) in fields {
                    self.field(depth + 1, name, value, of);
                }
            }
            (Value::Object(_), _) => {
                self.line(depth, key, "");
                self.fields(depth + 1, value, shape);
            }
            (value, shape) => {
                let (text, comment) = self.scalar(value, shape);
                self.line(depth, key, &format!("{text}{comment}"));
            }
        }
    }

    /// Adds the fields of the mapping `value`, in the order of their descriptions; the id is first.
    pub(super) fn fields(&mut self, depth: usize, value: &Value, shape: &Shape) {
        if let Some(Value::String(id)) = value.get("id") {
            self.line(depth, "id", &quoted_inside(id));
        }
        for field in fields_of(shape) {
            if let Some(inner) = value.get(field.name).filter(|_| field.name != "id") {
                self.field(depth, field.name, inner, &(field.shape)());
            }
        }
        let own = value.as_object().into_iter().flatten();
        for (key, inner) in own.filter(|(key, _)| key.starts_with("x-")) {
            self.line(depth, key, &inner.to_string());
        }
    }

    fn item(&mut self, depth: usize, item: &Value, shape: &Shape) {
        if !item.is_object() {
            let (text, comment) = self.scalar(item, shape);
            self.text
                .push_str(&format!("{}- {text}{comment}\n", "  ".repeat(depth)));
            return;
        }
        let start = self.text.len();
        self.fields(depth + 1, item, shape);
        // The dash takes the place of the first line's last step inwards.
        let dash = start + depth * 2;
        if self.text.len() > dash {
            self.text.replace_range(dash..dash + 2, "- ");
        }
    }

    /// Returns `value` as it is written on one line, and the comment that says what it was.
    fn scalar(&self, value: &Value, shape: &Shape) -> (String, String) {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let Shape::Scalar(scalar) = shape else {
            return (quoted_inside(&text), String::new());
        };
        match (self.resolve)(*scalar, &text) {
            Some(day) => (day, format!("  # {text}")),
            None => (written(&text, *scalar), String::new()),
        }
    }
}

/// Returns `text`, a value of `scalar`, as YAML that every reader takes for this text.
pub(super) fn written(text: &str, scalar: Scalar) -> String {
    use Scalar::{Boolean, Cadence, Count, Date, Duration, Interval, Lag, Recurrence, Url, Zone};
    let is_plain = matches!(
        scalar,
        Boolean | Cadence | Count | Date | Duration | Interval | Lag | Recurrence | Url | Zone
    );
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "-+:/._=;, %".contains(c);
    let stands_plain = text.chars().all(is_safe)
        && !text.starts_with(['-', '%', ' ', ','])
        && !text.contains(": ")
        && !text.ends_with([':', ' ']);
    match is_plain && stands_plain && !text.is_empty() {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn fields_of(shape: &Shape) -> Vec<&'static Field> {
    let descriptions: Vec<&'static Description> = match shape {
        Shape::Record(of) => vec![of],
        Shape::Both(common, own) => vec![common, own],
        _ => Vec::new(),
    };
    descriptions
        .into_iter()
        .flat_map(|description| description.fields)
        .collect()
}
