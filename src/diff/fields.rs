//! What changed in the fields of a document, along the description of its kind.

use super::edit::{Content, Edit, Meaning, Step};
use super::version::{Dates, Version, scalar};
use crate::diagnostic::Findings;
use crate::plan::description::{Description, Field, Scalar, Shape};
use crate::plan::parts::person::Who;
use crate::plan::reader::Reader;
use crate::plan::value::{Period, Refers as _, Value as _};
use crate::syntax::tree::{Mapping, Node, Style, Value};
use crate::text::FileId;
use crate::time::{Anchor, Date, Interval, Until};

/// The keys that tell which entry of a list is meant, where entries have no `id`; the first that is there counts.
const NAMING: [&str; 14] = [
    "id",
    "stage",
    "environment",
    "name",
    "by",
    "release",
    "milestone",
    "train",
    "external",
    "application",
    "role",
    "title",
    "rule",
    "date",
];

/// How many values of an entry that came or went are told.
const MOST_VALUES: usize = 4;

/// Returns the edits between the fields of two versions of a document.
pub(super) fn compare(old: &Version<'_>, new: &Version<'_>) -> Vec<Edit> {
    let mut comparison = Comparison {
        old: &old.dates,
        new: &new.dates,
        way: Vec::new(),
        edits: Vec::new(),
    };
    comparison.mappings(&old.fields, &new.fields, &new.descriptions);
    comparison.edits
}

/// Returns the decision that a version which is an approval tells.
pub(super) fn decision(of: &Version<'_>) -> Option<Edit> {
    Some(Edit {
        field: vec![Step::Field("decision")],
        before: Content::Nothing,
        after: Content::many([
            Content::Word(scalar(&of.fields, "decision")?.to_owned()),
            scalar(&of.fields, "by").map_or(Content::Nothing, |by| {
                Content::Reference(Who::KINDS, by.to_owned())
            }),
        ]),
        meaning: Meaning::Decided,
        follows: None,
    })
}

/// A comparison while it goes through the fields.
struct Comparison<'d> {
    /// What relative dates of the old version come to.
    old: &'d Dates,
    /// What those of the new version come to.
    new: &'d Dates,
    way: Vec<Step>,
    edits: Vec<Edit>,
}

impl Comparison<'_> {
    fn tell(&mut self, before: Content, after: Content, meaning: Meaning) {
        self.edits.push(Edit {
            field: self.way.clone(),
            before,
            after,
            meaning,
            follows: None,
        });
    }

    /// Returns what the value `node` of the old version says.
    fn before(&self, shape: &Shape, node: &Node<'_>) -> Content {
        content(self.old, shape, node)
    }

    /// Returns what the value `node` of the new version says.
    fn after(&self, shape: &Shape, node: &Node<'_>) -> Content {
        content(self.new, shape, node)
    }

    /// Returns whether two values say the same: they are written the same, and their dates come to the same.
    fn same(&self, old: &Node<'_>, new: &Node<'_>) -> bool {
        if self.old.is_empty() && self.new.is_empty() {
            return same(old, new);
        }
        self.old.get(&old.span) == self.new.get(&new.span)
            && alike(old, new, &|old, new| self.same(old, new))
    }

    /// Goes on below `step` with what `within` does.
    fn below(&mut self, step: Step, within: impl FnOnce(&mut Self)) {
        self.way.push(step);
        within(self);
        self.way.pop();
    }

    fn mappings(&mut self, old: &Mapping<'_>, new: &Mapping<'_>, known: &[&'static Description]) {
        for field in known.iter().flat_map(|description| description.fields) {
            let value = |mapping: &'_ Mapping<'_>| -> bool { mapping.get(field.name).is_some() };
            if value(old) || value(new) {
                let (one, other) = (present(old, field.name), present(new, field.name));
                self.below(Step::Field(field.name), |on| on.field(field, one, other));
            }
        }
        self.own(old, new);
    }

    /// Compares the team's own keys.
    fn own(&mut self, old: &Mapping<'_>, new: &Mapping<'_>) {
        let keys = |mapping: &Mapping<'_>| {
            let keys = mapping
                .entries
                .iter()
                .map(|entry| entry.key.value.to_string());
            keys.filter(|key| key.starts_with("x-")).collect::<Vec<_>>()
        };
        let mut all = keys(new);
        all.extend(keys(old).into_iter().filter(|key| new.get(key).is_none()));
        for key in all {
            let (one, other) = (present(old, &key), present(new, &key));
            self.below(Step::Item(key.clone()), |on| {
                on.values(&Shape::Any, one, other);
            });
        }
    }

    fn field(&mut self, field: &Field, old: Option<&Node<'_>>, new: Option<&Node<'_>>) {
        let shape = (field.shape)();
        if let (None, Some(new), "waiver") = (old, new, field.name) {
            let after = self.after(&shape, new);
            return self.tell(Content::Nothing, after, Meaning::Waived);
        }
        self.values(&shape, old, new);
    }

    fn values(&mut self, shape: &Shape, old: Option<&Node<'_>>, new: Option<&Node<'_>>) {
        let unreadable = |node: &&Node<'_>| matches!(node.value, Value::Unreadable);
        if old.iter().chain(&new).any(unreadable) {
            if !both(old, new).is_some_and(|(old, new)| self.same(old, new)) {
                self.tell(Content::Nothing, Content::Nothing, Meaning::Unreadable);
            }
            return;
        }
        match shape {
            Shape::List(item) => self.lists(item, items(old), items(new)),
            Shape::Map(item) | Shape::Keyed(item) => self.keyed(item, named(old), named(new)),
            Shape::Record(_) | Shape::Both(..) => self.records(shape, old, new),
            Shape::OneOf(shapes) => {
                let is_mapping = |node: &Node<'_>| matches!(node.value, Value::Mapping(_));
                let wants_mapping = old.iter().chain(&new).all(|node| is_mapping(node));
                let fits = |shape: &&Shape| {
                    wants_mapping == matches!(shape, Shape::Record(_) | Shape::Both(..))
                };
                let shape = shapes.iter().find(fits).unwrap_or(&Shape::Any);
                self.values(shape, old, new);
            }
            Shape::Scalar(_) | Shape::Choice(_) | Shape::Reference(_) | Shape::Any => {
                self.single(shape, old, new);
            }
        }
    }

    /// Compares two mappings that may be there or not.
    fn records(&mut self, shape: &Shape, old: Option<&Node<'_>>, new: Option<&Node<'_>>) {
        match (old, new) {
            (Some(old), Some(new)) => match (&old.value, &new.value) {
                (Value::Mapping(one), Value::Mapping(other)) => match shape {
                    Shape::Record(description) => self.mappings(one, other, &[description]),
                    Shape::Both(common, own) => {
                        self.mappings(&without_id(one), &without_id(other), &[common, own]);
                    }
                    _ => {}
                },
                _ => self.single(&Shape::Any, Some(old), Some(new)),
            },
            (Some(old), None) => self.tell(self.before(shape, old), Content::Nothing, gone(shape)),
            (None, Some(new)) => self.tell(Content::Nothing, self.after(shape, new), come(shape)),
            (None, None) => {}
        }
    }

    /// Compares two single values.
    fn single(&mut self, shape: &Shape, old: Option<&Node<'_>>, new: Option<&Node<'_>>) {
        let (before, after) = match (old, new) {
            (Some(old), Some(new)) if self.same(old, new) => return,
            (Some(old), Some(new)) => (self.before(shape, old), self.after(shape, new)),
            (Some(old), None) => {
                return self.tell(self.before(shape, old), Content::Nothing, Meaning::Removed);
            }
            (None, Some(new)) => {
                return self.tell(Content::Nothing, self.after(shape, new), Meaning::Added);
            }
            (None, None) => return,
        };
        let is_decision = self.way.contains(&Step::Field("decision"));
        let meaning = match (&before, &after) {
            // However a date is written, it is the same one.
            (Content::Date(_) | Content::Period(_), _) if before == after => return,
            _ if before == after => return self.reworded(old, new),
            (Content::Date(old), Content::Date(new)) => Meaning::of_dates(old, new),
            (Content::Period(old), Content::Period(new)) => Meaning::of_periods(old, new),
            (Content::Word(_), Content::Word(_)) if is_decision => Meaning::Decided,
            (Content::Text(one), Content::Text(other)) if is_long(one) || is_long(other) => {
                return self.reworded(old, new);
            }
            _ => Meaning::Changed,
        };
        self.tell(before, after, meaning);
        let unwritten = both(old, new).filter(|(old, new)| same(old, new));
        let follows = unwritten.and_then(|(_, new)| anchor(new));
        if let Some(edit) = self.edits.last_mut() {
            edit.follows = follows;
        }
    }

    /// Tells that words were written anew, unless only their lines were broken anew.
    fn reworded(&mut self, old: Option<&Node<'_>>, new: Option<&Node<'_>>) {
        let is_other = both(old, new).is_some_and(|(old, new)| match (&old.value, &new.value) {
            (Value::Scalar(one), Value::Scalar(other)) => !one
                .text
                .split_whitespace()
                .eq(other.text.split_whitespace()),
            _ => true,
        });
        if is_other {
            self.tell(Content::Nothing, Content::Nothing, Meaning::Reworded);
        }
    }

    /// Compares lists whose entries have no names of their own: what is in both does not count.
    fn lists(&mut self, shape: &Shape, old: &[Node<'_>], new: &[Node<'_>]) {
        let mut gone: Vec<&Node<'_>> = old.iter().collect();
        let mut come: Vec<&Node<'_>> = Vec::new();
        for node in new {
            match gone.iter().position(|earlier| self.same(earlier, node)) {
                Some(at) => _ = gone.remove(at),
                None => come.push(node),
            }
        }
        let (Shape::Record(_) | Shape::Both(..)) = shape else {
            return self.words(shape, &gone, &come);
        };
        for node in come {
            let name = name_of(node);
            let earlier = gone.iter().position(|earlier| name_of(earlier) == name);
            let earlier = earlier.map(|at| gone.remove(at));
            if is_a(shape, "Transition") && earlier.is_none() {
                let before = old.last().map_or(Content::Nothing, stage);
                let after = self.after(shape, node);
                self.tell(before, after, Meaning::Entered);
                continue;
            }
            self.below(Step::Item(name), |on| on.values(shape, earlier, Some(node)));
        }
        for node in gone {
            self.below(Step::Item(name_of(node)), |on| {
                on.values(shape, Some(node), None);
            });
        }
    }

    /// Compares lists of single values.
    fn words(&mut self, shape: &Shape, gone: &[&Node<'_>], come: &[&Node<'_>]) {
        let told = |dates: &Dates, nodes: &[&Node<'_>]| {
            Content::many(nodes.iter().map(|node| content(dates, shape, node)))
        };
        let meaning = match (gone.is_empty(), come.is_empty()) {
            (true, true) => return,
            (true, false) => Meaning::Added,
            (false, true) => Meaning::Removed,
            (false, false) => Meaning::Changed,
        };
        self.tell(told(self.old, gone), told(self.new, come), meaning);
    }

    /// Compares entries by their names.
    fn keyed(&mut self, shape: &Shape, old: Vec<Entry<'_>>, new: Vec<Entry<'_>>) {
        for (name, node) in &new {
            let earlier = old.iter().find(|(other, _)| other == name);
            let step = Step::Item(name.clone());
            self.below(step, |on| match (earlier, node) {
                (None, None) => on.tell(Content::Nothing, Content::Nothing, Meaning::Added),
                (None, node) => on.values(shape, None, *node),
                // One of the two may be a bare name.
                (Some((_, None)), None) => {}
                (Some((_, earlier)), node) => on.records_or_values(shape, *earlier, *node),
            });
        }
        for (name, node) in &old {
            if !new.iter().any(|(other, _)| other == name) {
                let before = node.map_or(Content::Nothing, |node| self.before(shape, node));
                let gone = gone(shape);
                let step = Step::Item(name.clone());
                self.below(step, |on| on.tell(before, Content::Nothing, gone));
            }
        }
    }

    /// Compares two entries of one name, of which one may have nothing but the name.
    fn records_or_values(&mut self, shape: &Shape, old: Option<&Node<'_>>, new: Option<&Node<'_>>) {
        let empty = Mapping::default();
        let descriptions = match shape {
            Shape::Record(description) => vec![*description],
            Shape::Both(common, own) => vec![*common, *own],
            _ => return self.values(shape, old, new),
        };
        let fields = |node: Option<&Node<'_>>| match node.map(|node| &node.value) {
            Some(Value::Mapping(_)) => true,
            Some(_) => false,
            None => true,
        };
        if !fields(old) || !fields(new) {
            return self.single(&Shape::Any, old, new);
        }
        let (one, other) = (
            mapping(old).unwrap_or(&empty),
            mapping(new).unwrap_or(&empty),
        );
        self.mappings(&without_id(one), &without_id(other), &descriptions);
    }
}

/// An entry by its name; none when it has nothing but the name.
type Entry<'n> = (String, Option<&'n Node<'n>>);

fn both<'n, 't>(
    old: Option<&'n Node<'t>>,
    new: Option<&'n Node<'t>>,
) -> Option<(&'n Node<'t>, &'n Node<'t>)> {
    Some((old?, new?))
}

fn mapping<'n, 't>(node: Option<&'n Node<'t>>) -> Option<&'n Mapping<'t>> {
    match &node?.value {
        Value::Mapping(mapping) => Some(mapping),
        _ => None,
    }
}

/// Returns what stands under `key`, unless it is nothing.
fn present<'n, 't>(mapping: &'n Mapping<'t>, key: &str) -> Option<&'n Node<'t>> {
    let node = &mapping.get(key)?.value;
    (!matches!(node.value, Value::Null)).then_some(node)
}

fn without_id<'t>(mapping: &Mapping<'t>) -> Mapping<'t> {
    let mut fields = mapping.clone();
    fields.entries.retain(|entry| entry.key.value != "id");
    fields
}

fn items<'n, 't>(node: Option<&'n Node<'t>>) -> &'n [Node<'t>] {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items,
        Some(Value::Null) | None => &[],
        // One value where a list belongs.
        Some(_) => node.map_or(&[], std::slice::from_ref),
    }
}

/// Returns the entries of a list of things with an `id`, or of a mapping from ids to them.
fn named<'n>(node: Option<&'n Node<'n>>) -> Vec<Entry<'n>> {
    let is_something = |node: &&Node<'_>| !matches!(node.value, Value::Null);
    match node.map(|node| &node.value) {
        Some(Value::Mapping(mapping)) => {
            let entries = mapping.entries.iter();
            let entry = |entry: &'n crate::syntax::tree::Entry<'n>| {
                let value = Some(&entry.value).filter(is_something);
                (entry.key.value.to_string(), value)
            };
            entries.map(entry).collect()
        }
        Some(Value::List(items)) => {
            let entry = |node: &'n Node<'n>| match &node.value {
                Value::Scalar(name) => (name.text.to_string(), None),
                _ => (name_of(node), Some(node)),
            };
            items.iter().map(entry).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns what tells the entry `node` from the others of its list.
fn name_of(node: &Node<'_>) -> String {
    let name = match &node.value {
        Value::Scalar(scalar) => Some(&*scalar.text),
        Value::Mapping(mapping) => NAMING.iter().find_map(|key| scalar(mapping, key)),
        _ => None,
    };
    name.unwrap_or_default().to_owned()
}

/// Returns whether two values are written the same, apart from where and how.
fn same(one: &Node<'_>, other: &Node<'_>) -> bool {
    alike(one, other, &same)
}

/// Returns whether two values are written the same, with their parts compared by `same`.
fn alike(one: &Node<'_>, other: &Node<'_>, same: &dyn Fn(&Node<'_>, &Node<'_>) -> bool) -> bool {
    match (&one.value, &other.value) {
        (Value::Scalar(one), Value::Scalar(other)) => one.text == other.text,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            one.entries.len() == other.entries.len()
                && one.entries.iter().all(|entry| {
                    let found = other.get(&entry.key.value);
                    found.is_some_and(|found| same(&entry.value, &found.value))
                })
        }
        (Value::Null, Value::Null) | (Value::Unreadable, Value::Unreadable) => true,
        _ => false,
    }
}

/// Returns what the date or the stretch of time `node` is counted from.
fn anchor(node: &Node<'_>) -> Option<Anchor> {
    let of_date = |date: &Date| match date {
        Date::Relative(relative) => Some(relative.anchor.clone()),
        _ => None,
    };
    let of_interval = |interval: &Interval| {
        let end = match interval.until() {
            Until::Date(date) => of_date(date),
            Until::After(_) => None,
        };
        of_date(interval.from()).or(end)
    };
    match &node.value {
        Value::Scalar(scalar) => match Date::parse(&scalar.text) {
            Ok(date) => of_date(&date),
            Err(_) => of_interval(&Interval::parse(&scalar.text).ok()?),
        },
        Value::Mapping(ends) => {
            let mut ends = ends.entries.iter();
            ends.find_map(|end| anchor(&end.value))
        }
        _ => None,
    }
}

fn is_long(text: &str) -> bool {
    text.ends_with('…')
}

fn is_a(shape: &Shape, name: &str) -> bool {
    matches!(shape, Shape::Record(description) if description.name == name)
}

/// Returns what it means that a whole entry of `shape` came.
fn come(shape: &Shape) -> Meaning {
    match is_a(shape, "Approval") {
        true => Meaning::Decided,
        false => Meaning::Added,
    }
}

/// Returns what it means that a whole entry of `shape` went.
fn gone(shape: &Shape) -> Meaning {
    match is_a(shape, "Approval") {
        true => Meaning::Withdrawn,
        false => Meaning::Removed,
    }
}

/// Returns the stage that an entry of a history tells.
fn stage(node: &Node<'_>) -> Content {
    match mapping(Some(node)).and_then(|entry| scalar(entry, "stage")) {
        Some(stage) => Content::Word(stage.to_owned()),
        None => Content::Nothing,
    }
}

/// Returns what `node`, which looks like `shape`, says.
fn content(dates: &Dates, shape: &Shape, node: &Node<'_>) -> Content {
    if let Some(resolved) = dates.get(&node.span) {
        return resolved.clone();
    }
    match (&node.value, shape) {
        (Value::Null | Value::Unreadable, _) => Content::Nothing,
        (_, Shape::Scalar(Scalar::Interval)) => period(node),
        (Value::Scalar(scalar), shape) => match (shape, scalar.style) {
            (_, Style::Block) => Content::text(&scalar.text),
            (Shape::Scalar(Scalar::Date), _) => Date::parse(&scalar.text)
                .map_or_else(|_| Content::text(&scalar.text), Content::Date),
            (Shape::Choice(_), _) => Content::Word(scalar.text.to_string()),
            (Shape::Reference(kinds), _) => Content::Reference(kinds, scalar.text.to_string()),
            (Shape::Scalar(Scalar::Text) | Shape::Any | Shape::Record(_) | Shape::Both(..), _) => {
                Content::text(&scalar.text)
            }
            _ => match Content::text(&scalar.text) {
                Content::Text(text) => Content::Code(text),
                other => other,
            },
        },
        (Value::Mapping(mapping), Shape::Record(description)) => match description.name {
            "Transition" => Content::many([stage(node), of(dates, mapping, description, "date")]),
            "Approval" => Content::many(
                ["decision", "role", "level"].map(|field| of(dates, mapping, description, field)),
            ),
            _ => record(dates, mapping, &[description]),
        },
        (Value::Mapping(mapping), Shape::Both(common, own)) => {
            record(dates, mapping, &[common, own])
        }
        (Value::Mapping(mapping), _) => {
            let keys = mapping.entries.iter().take(MOST_VALUES);
            Content::many(keys.map(|entry| Content::Code(entry.key.value.to_string())))
        }
        (Value::List(items), Shape::List(shape)) => Content::many(
            items
                .iter()
                .take(MOST_VALUES)
                .map(|item| content(dates, shape, item)),
        ),
        (Value::List(items), _) => {
            let names = items.iter().take(MOST_VALUES).map(name_of);
            Content::many(names.map(Content::Code))
        }
    }
}

/// Returns what stands under the field `name` of `mapping`.
fn of(dates: &Dates, mapping: &Mapping<'_>, description: &Description, name: &str) -> Content {
    match (present(mapping, name), description.field(name)) {
        (Some(node), Some(field)) => content(dates, &(field.shape)(), node),
        _ => Content::Nothing,
    }
}

/// Returns the first values of `mapping` that are said in a word or two.
fn record(dates: &Dates, mapping: &Mapping<'_>, known: &[&Description]) -> Content {
    let fields = known.iter().flat_map(|description| description.fields);
    let told = fields
        .filter(|field| field.name != "id")
        .filter_map(|field| {
            let node = present(mapping, field.name)?;
            let is_single = matches!(node.value, Value::Scalar(_));
            is_single.then(|| content(dates, &(field.shape)(), node))
        });
    Content::many(told.take(MOST_VALUES))
}

fn period(node: &Node<'_>) -> Content {
    let mut silent = Findings::new();
    match Period::read(node, &mut Reader::new(FileId::default(), &mut silent)) {
        Some(period) => Content::Period(period.written),
        None => match &node.value {
            Value::Scalar(scalar) => Content::text(&scalar.text),
            _ => Content::Nothing,
        },
    }
}
