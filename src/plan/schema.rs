//! JSON Schemas of what people write, for editors: made from the descriptions by which documents are read.
//!
//! They are of draft 7, which every editor knows. A schema never refuses what `check` accepts: where a rule needs the whole
//! plan, or more than a pattern can say, it accepts more. `enumDescriptions`, `markdownDescription` and
//! `patternErrorMessage` are words that editors show and validators pass over.

mod values;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};

use super::common::Common;
use super::config::Config;
use super::description::{Choice, Description, Field, Scalar, Shape};
use super::kinds::Kind;
use super::value::Record as _;

/// The version of JSON Schema in which they are written.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Returns the schema of the frontmatter of documents of `kind`.
pub fn of_kind(kind: Kind) -> Value {
    let mut writer = Writer::default();
    let root = writer.document(kind);
    writer.finish(root, &format!("Frontmatter of {}", kind.with_article()))
}

/// Returns the schema of `trainboard.yaml`.
pub fn of_config() -> Value {
    let mut writer = Writer::default();
    let root = writer.mapping(&[Config::DESCRIPTION]);
    writer.finish(root, "trainboard.yaml")
}

/// Returns the schema of any frontmatter: what it may hold depends on its `kind`. Without one its folder would say it,
/// which no schema sees, so that the fields of all kinds are offered then and nothing is refused.
pub fn of_frontmatter() -> Value {
    let mut writer = Writer::default();
    let cases: Vec<Value> = Kind::ALL
        .iter()
        .map(|&kind| {
            let document = writer.document(kind);
            writer.definitions.insert(kind.word().to_owned(), document);
            json!({
                "if": {"properties": {"kind": {"const": kind.word()}}, "required": ["kind"]},
                "then": reference(kind.word()),
            })
        })
        .collect();
    let mut properties = writer.properties(&[Common::DESCRIPTION]);
    properties.insert("kind".to_owned(), kinds(Kind::ALL));
    let root = json!({
        "type": ["object", "null"],
        "description": "A document of a release plan.",
        "properties": properties,
        "allOf": cases,
    });
    writer.finish(root, "Frontmatter of a document")
}

/// Writes schemas, and keeps the parts that they share.
#[derive(Default)]
struct Writer {
    definitions: Map<String, Value>,
}

impl Writer {
    /// Returns the whole schema with `root` at its top.
    fn finish(self, root: Value, title: &str) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), DRAFT.into());
        schema.insert("title".to_owned(), title.into());
        if let Value::Object(root) = root {
            schema.extend(root);
        }
        schema.insert("definitions".to_owned(), self.definitions.into());
        schema.into()
    }

    /// Returns the frontmatter of a document of `kind`. One that has nothing to say may be empty.
    fn document(&mut self, kind: Kind) -> Value {
        let mut schema = self.mapping(&[Common::DESCRIPTION, kind.description()]);
        schema["description"] = kind.description().doc.trim().into();
        schema["properties"]["kind"] = kinds(&[kind]);
        if schema.get("required").is_none() {
            schema["type"] = json!(["object", "null"]);
        }
        schema
    }

    /// Returns a mapping with the fields of all of `descriptions`. Keys that start with `x-` are the team's own.
    fn mapping(&mut self, descriptions: &[&'static Description]) -> Value {
        let fields = descriptions
            .iter()
            .flat_map(|description| description.fields);
        let required: Vec<&str> = fields
            .filter(|field| field.required)
            .map(|field| field.name)
            .collect();
        let mut schema = json!({
            "type": "object",
            "properties": self.properties(descriptions),
            "patternProperties": {"^x-": {}},
            "additionalProperties": false,
        });
        if let Some(last) = descriptions.last() {
            schema["description"] = last.doc.trim().into();
        }
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        schema
    }

    fn properties(&mut self, descriptions: &[&'static Description]) -> Map<String, Value> {
        let fields = descriptions
            .iter()
            .flat_map(|description| description.fields);
        fields
            .map(|field| (field.name.to_owned(), self.field(field)))
            .collect()
    }

    fn field(&mut self, field: &Field) -> Value {
        let shape = (field.shape)();
        let mut schema = self.shape(&shape);
        let form = values::form(&shape).map_or_else(String::new, |form| format!("\n\n{form}"));
        describe(&mut schema, &format!("{}{form}", field.doc.trim()));
        schema
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Scalar(scalar) => {
                if *scalar == Scalar::Interval {
                    // Its ends are dates.
                    self.shape(&Shape::Scalar(Scalar::Date));
                }
                self.define(values::name(*scalar), |_| values::schema(*scalar))
            }
            Shape::Choice(choices) => choice(choices),
            Shape::Reference(_) => values::any_text(),
            Shape::List(of) => json!({"type": ["array", "null"], "items": self.shape(of)}),
            Shape::Map(of) => {
                json!({"type": ["object", "null"], "additionalProperties": self.shape(of)})
            }
            Shape::Keyed(of) => self.keyed(of),
            Shape::Record(of) => self.record(&[of]),
            Shape::Both(common, own) => self.record(&[common, own]),
            Shape::OneOf(shapes) => {
                let shapes: Vec<_> = shapes.iter().map(|shape| self.shape(shape)).collect();
                json!({"anyOf": shapes})
            }
            Shape::Any => json!({}),
        }
    }

    /// Returns a reference to the mapping with the fields of `descriptions`, which goes by the name of the last.
    fn record(&mut self, descriptions: &[&'static Description]) -> Value {
        let name = descriptions.last().map_or("", |last| last.name);
        self.define(name, |writer| writer.mapping(descriptions))
    }

    /// Returns a list of things with an `id`, or a mapping from ids to them.
    fn keyed(&mut self, of: &Shape) -> Value {
        let descriptions: Vec<&'static Description> = match of {
            Shape::Record(of) => vec![of],
            Shape::Both(common, own) => vec![common, own],
            _ => return json!({"type": ["array", "object", "null"]}),
        };
        let name = descriptions.last().map_or("", |last| last.name);
        let item = self.define(&format!("{name}.listed"), |writer| {
            let mut item = writer.mapping(&descriptions);
            with_id(&mut item);
            if let Some(required) = item.get_mut("required").and_then(Value::as_array_mut) {
                required.insert(0, "id".into());
            } else {
                item["required"] = json!(["id"]);
            }
            // A bare word is an id with nothing more to say.
            if let Some(fields) = item.as_object_mut() {
                fields.remove("type");
            }
            values::or_truth(&mut item, &["object", "string", "number"]);
            item
        });
        let entry = self.define(&format!("{name}.named"), |writer| {
            let mut entry = writer.mapping(&descriptions);
            with_id(&mut entry);
            entry["type"] = json!(["object", "null"]);
            entry
        });
        json!({"type": ["array", "object", "null"], "items": item, "additionalProperties": entry})
    }

    /// Returns a reference to the definition `name`, which `make` makes the first time.
    fn define(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // Mappings may nest in themselves: the name is taken before what it stands for is known.
            self.definitions.insert(name.to_owned(), Value::Null);
            let made = make(self);
            self.definitions.insert(name.to_owned(), made);
        }
        reference(name)
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

fn with_id(mapping: &mut Value) {
    let mut id = values::any_text();
    describe(&mut id, "A short name, unique in its list.");
    mapping["properties"]["id"] = id;
}

/// Says what `schema` is for. Where the text has marks of Markdown, editors that show them get it a second time.
fn describe(schema: &mut Value, text: &str) {
    schema["description"] = text.into();
    if text.contains('`') {
        schema["markdownDescription"] = text.into();
    }
}

fn choice(choices: &[Choice]) -> Value {
    let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
    let docs: Vec<&str> = choices.iter().map(|choice| choice.doc.trim()).collect();
    json!({"type": "string", "enum": words, "enumDescriptions": docs, "markdownEnumDescriptions": docs})
}

/// Returns the field `kind` where it can be one of `kinds`.
fn kinds(kinds: &[Kind]) -> Value {
    let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    let docs: Vec<&str> = kinds
        .iter()
        .map(|kind| kind.description().doc.trim())
        .collect();
    json!({
        "description": "The kind of document. Without it, the folder says it.",
        "type": "string",
        "enum": words,
        "enumDescriptions": docs,
        "markdownEnumDescriptions": docs,
    })
}
