//! What was written in a document, value by value, found along the description of its kind.

use std::collections::{BTreeMap, BTreeSet};

use trainboard::diagnostic::Findings;
use trainboard::plan::common::Common;
use trainboard::plan::description::{Description, Scalar, Shape};
use trainboard::plan::value::{Period, Record, Reference, Visitor, When};
use trainboard::plan::{DocId, Kind, Plan};
use trainboard::syntax;
use trainboard::syntax::tree::{Mapping, Node, Value};
use trainboard::text::{FileId, Span};
use trainboard::time::{Calendar, Duration, Until, Zone};

/// One value of a document.
pub(crate) struct Written {
    /// The keys on the way to it, without names and numbers: `train.gates.criteria.owner`.
    pub(crate) field: String,
    /// Its text.
    pub(crate) text: String,
    /// What a page may say instead: for each part of the value (an interval has two), its forms.
    pub(crate) forms: Vec<Vec<String>>,
}

impl Written {
    fn new(field: String, text: &str) -> Self {
        Self {
            field,
            text: text.to_owned(),
            forms: vec![vec![text.to_owned()]],
        }
    }
}

/// A field, by the mapping that it belongs to: `Gate` and `criteria`.
pub(crate) type FieldName = (&'static str, &'static str);

/// Dates by their place, as the plan resolved them.
pub(crate) type Dates = BTreeMap<(FileId, Span), String>;

/// Returns the values of the document `id` of `plan`.
pub(crate) fn written(plan: &Plan, id: DocId, dates: &Dates) -> Vec<Written> {
    Walk::over(plan, id, dates).found
}

/// Returns the fields that the document `id` of `plan` uses, at every depth.
pub(crate) fn fields_of(plan: &Plan, id: DocId) -> BTreeSet<FieldName> {
    Walk::over(plan, id, &Dates::new()).used
}

/// Returns the fields that documents can have, at every depth.
pub(crate) fn every_field() -> BTreeSet<FieldName> {
    let mut fields = BTreeSet::new();
    Kind::ALL
        .iter()
        .flat_map(|kind| kind.descriptions())
        .for_each(|description| gather(description, &mut fields));
    fields
}

fn gather(description: &'static Description, fields: &mut BTreeSet<FieldName>) {
    for field in description.fields {
        if fields.insert((description.name, field.name)) {
            gather_shape(&(field.shape)(), fields);
        }
    }
}

fn gather_shape(shape: &Shape, fields: &mut BTreeSet<FieldName>) {
    match shape {
        Shape::List(item) | Shape::Map(item) | Shape::Keyed(item) => gather_shape(item, fields),
        Shape::Record(description) => gather(description, fields),
        Shape::Both(one, other) => [one, other]
            .into_iter()
            .for_each(|description| gather(description, fields)),
        Shape::OneOf(shapes) => shapes.iter().for_each(|shape| gather_shape(shape, fields)),
        Shape::Scalar(_) | Shape::Choice(_) | Shape::Reference(_) | Shape::Any => {}
    }
}

/// A walk over one document.
struct Walk<'p> {
    plan: &'p Plan,
    id: DocId,
    dates: &'p Dates,
    found: Vec<Written>,
    used: BTreeSet<FieldName>,
}

impl<'p> Walk<'p> {
    fn over(plan: &'p Plan, id: DocId, dates: &'p Dates) -> Self {
        let mut walk = Self {
            plan,
            id,
            dates,
            found: Vec::new(),
            used: BTreeSet::new(),
        };
        let document = plan.document(id);
        let source = plan.sources.get(document.file);
        if source.path.ends_with(".md") && document.host.is_none() {
            let parsed = syntax::parse(document.file, &source.text, &mut Findings::new());
            walk.mapping(
                &parsed.frontmatter.unwrap().value,
                &document.kind.descriptions(),
                document.kind.word(),
            );
        }
        walk
    }

    fn mapping(
        &mut self,
        mapping: &Mapping<'_>,
        descriptions: &[&'static Description],
        path: &str,
    ) {
        for entry in &mapping.entries {
            let key = &entry.key.value;
            let mut fields = descriptions
                .iter()
                .filter_map(|it| Some((it.name, it.field(key)?)));
            let described = fields.next();
            self.used
                .extend(described.map(|(description, field)| (description, field.name)));
            let shape = described.map_or(Shape::Any, |(_, field)| (field.shape)());
            self.node(&entry.value, &shape, &format!("{path}.{key}"));
        }
    }

    fn node(&mut self, node: &Node<'_>, shape: &Shape, field: &str) {
        match (shape, &node.value) {
            (_, Value::Null) => {}
            (_, Value::Unreadable) => panic!("{field} cannot be read"),
            (Shape::List(item) | Shape::Keyed(item), Value::List(nodes)) => {
                nodes.iter().for_each(|node| self.node(node, item, field));
            }
            (Shape::Any, Value::List(nodes)) => nodes
                .iter()
                .for_each(|node| self.node(node, &Shape::Any, field)),
            (Shape::Map(item) | Shape::Keyed(item), Value::Mapping(mapping)) => {
                for entry in &mapping.entries {
                    self.found
                        .push(Written::new(format!("{field}.id"), &entry.key.value));
                    self.node(&entry.value, item, field);
                }
            }
            (Shape::Record(description), Value::Mapping(mapping)) => {
                self.mapping(mapping, &[description], field);
            }
            (Shape::Both(one, other), Value::Mapping(mapping)) => {
                self.mapping(mapping, &[one, other], field);
            }
            (Shape::Scalar(Scalar::Interval) | Shape::Any, Value::Mapping(mapping)) => {
                self.mapping(mapping, &[], field);
            }
            (shape, Value::Scalar(scalar)) => {
                let forms = self.forms(&scalar.text, node.span, shape);
                self.found.push(Written {
                    field: field.to_owned(),
                    text: scalar.text.to_string(),
                    forms,
                });
            }
            (shape, value) => panic!("{field} is no {shape:?}: {value:?}"),
        }
    }

    /// Returns the forms of the value `text`, for each of its parts.
    fn forms(&self, text: &str, span: Span, shape: &Shape) -> Vec<Vec<String>> {
        match shape {
            Shape::Reference(_) | Shape::Scalar(Scalar::Date) if text == "tbd" => {
                vec![vec!["to be decided".to_owned()]]
            }
            Shape::Reference(_) => vec![vec![self.title(span).unwrap_or_else(|| text.to_owned())]],
            Shape::Scalar(Scalar::Date | Scalar::Interval) => self.dates(text, span),
            Shape::Scalar(Scalar::Duration | Scalar::Lag) => vec![lengths(text)],
            _ => vec![vec![text.to_owned()]],
        }
    }

    /// Returns the title of the document that the reference at `span` means.
    fn title(&self, span: Span) -> Option<String> {
        let file_of = |id: DocId| self.plan.document(id).file;
        let mut links = self.plan.links.iter();
        let link =
            links.find(|link| link.span == span && file_of(link.from) == file_of(self.id))?;
        Some(self.plan.document(link.to?).title.to_string())
    }

    /// Returns each end of an interval, or the one date: as written and as resolved.
    fn dates(&self, text: &str, span: Span) -> Vec<Vec<String>> {
        let resolved = self
            .dates
            .get(&(self.plan.document(self.id).file, span))
            .map_or(text, String::as_str);
        let parts = text.split('/').zip(resolved.split('/'));
        let at = |moment: &str| moment.replace(' ', "T");
        parts
            .map(|(written, resolved)| vec![written.to_owned(), at(written), at(resolved)])
            .collect()
    }
}

/// Returns how a length of time can be put: `90m` is 1 h 30 min, `10bd` is 10 business days, `14d` is 2 weeks.
fn lengths(text: &str) -> Vec<String> {
    let named =
        |count: i32, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
    match Duration::parse_signed(text) {
        Ok(Duration::Business(days)) => vec![named(days, "business day")],
        Ok(Duration::Elapsed {
            weeks,
            days,
            seconds: 0,
        }) if (weeks * 7 + days) % 7 == 0 => vec![named(weeks + days / 7, "week")],
        Ok(Duration::Elapsed {
            weeks,
            days,
            seconds: 0,
        }) => vec![named(weeks * 7 + days, "day")],
        Ok(Duration::Elapsed { seconds, .. }) => {
            vec![format!("PT{}H{}M", seconds / 3600, seconds / 60 % 60)]
        }
        Err(_) => Vec::new(),
    }
}

/// Returns every date of `plan` as it was resolved.
pub(crate) fn resolved_dates(plan: &mut Plan) -> Dates {
    let mut dates = Dates::new();
    for document in plan.documents_mut() {
        let mut collect = Collect {
            file: document.file,
            dates: &mut dates,
        };
        document.detail.visit(&mut collect);
        Common::visit_fields(&mut document.common, &mut collect);
    }
    dates
}

struct Collect<'d> {
    file: FileId,
    dates: &'d mut Dates,
}

impl Visitor for Collect<'_> {
    fn enter(&mut self, _: &'static str) {}

    fn leave(&mut self) {}

    fn reference(&mut self, _: &mut Reference, _: &'static [Kind]) {}

    fn when(&mut self, when: &mut When) {
        self.dates
            .insert((self.file, when.span), when.resolved.to_string());
    }

    fn period(&mut self, period: &mut Period) {
        let ends = match (
            period.resolved.until(),
            period.resolved.instants(&Zone::utc(), &Calendar::default()),
        ) {
            // What lasts so long is shown with its end.
            (Until::After(_), Some(ends)) => {
                format!("{}/{}", ends.start, ends.end).replace(":00Z", "")
            }
            _ => period.resolved.to_string(),
        };
        self.dates.insert((self.file, period.span), ends);
    }
}
