#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use boon::{Compiler, Schemas};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::plan::description::Scalar;
use crate::plan::value::{Cadence, Lag, Url};
use crate::time::{Date, Duration, Interval, Recurrence, VersionConstraint, VersionScheme};

/// Returns what tells whether a value fits `schema`.
fn fits(schema: Value) -> impl Fn(&Value) -> bool {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    move |value| schemas.validate(value, schema).is_ok()
}

fn of_scalar(scalar: Scalar) -> Value {
    let mut writer = Writer::default();
    let root = writer.shape(&Shape::Scalar(scalar));
    writer.finish(json!({"allOf": [root]}), "Value")
}

#[test]
fn a_schema_says_what_a_document_may_hold() {
    let check = |kind, document: Value, expected| {
        assert_eq!(fits(of_kind(kind))(&document), expected, "{document}");
        let mut typed = document;
        typed["kind"] = kind.word().into();
        assert_eq!(fits(of_frontmatter())(&typed), expected, "{typed}");
    };
    check(Kind::Team, json!({}), true);
    check(Kind::Team, json!({"title": true, "x-mine": [1]}), true);
    check(Kind::Team, json!({"titel": "A"}), false);
    check(Kind::Team, json!({"members": "ana"}), false);
    check(Kind::Team, json!({"members": null, "lead": 7}), true);
    check(Kind::Train, json!({"outcome": "great"}), false);
    check(
        Kind::Train,
        json!({"kind": "train", "outcome": "failed"}),
        true,
    );
    check(Kind::Freeze, json!({}), false);
    check(Kind::Freeze, json!({"planned": "2026-12-18/2w"}), true);
    check(
        Kind::Freeze,
        json!({"planned": {"from": "T", "to": 2027}}),
        true,
    );
    check(Kind::Freeze, json!({"planned": {"from": "T"}}), false);
    let gates = |gates: Value| json!({"gates": gates});
    check(Kind::Train, gates(json!(["scoping", {"id": 1}])), true);
    check(Kind::Train, gates(json!([{"due": "T"}])), false);
    check(Kind::Train, gates(json!({"scoping": null})), true);
    check(
        Kind::Train,
        gates(json!({"scoping": {"due": "soon"}})),
        false,
    );
    check(
        Kind::Train,
        gates(json!({"scoping": {"criteria": ["a"]}})),
        true,
    );
}

#[test]
fn without_its_kind_nothing_of_a_document_is_refused() {
    let fits = fits(of_frontmatter());
    assert!(fits(&json!({"planned": "2026-12-18/2w"})));
    assert!(!fits(&json!({"kind": "trian"})));
}

#[test]
fn no_two_mappings_share_a_name() {
    fn collect(of: &'static Description, found: &mut BTreeMap<&'static str, &'static str>) {
        if let Some(doc) = found.insert(of.name, of.doc) {
            assert_eq!(doc, of.doc, "{} means two things", of.name);
            return;
        }
        of.fields
            .iter()
            .for_each(|field| descend(&(field.shape)(), found));
    }
    fn descend(shape: &Shape, found: &mut BTreeMap<&'static str, &'static str>) {
        match shape {
            Shape::List(of) | Shape::Map(of) | Shape::Keyed(of) => descend(of, found),
            Shape::Record(of) | Shape::Both(_, of) => collect(of, found),
            Shape::OneOf(shapes) => shapes.iter().for_each(|shape| descend(shape, found)),
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    let kinds = Kind::ALL.iter().map(|kind| kind.description());
    for of in kinds.chain([Common::DESCRIPTION, Config::DESCRIPTION]) {
        collect(of, &mut found);
    }
}

/// Returns whether what reads `scalar` reads `text`.
fn is_read(scalar: Scalar, text: &str) -> bool {
    match scalar {
        Scalar::Date => Date::parse(text).is_ok(),
        Scalar::Interval => Interval::parse(text).is_ok(),
        Scalar::Duration => Duration::parse(text).is_ok(),
        Scalar::Lag => Lag::parse(text).is_ok(),
        Scalar::Cadence => Cadence::parse(text).is_ok(),
        Scalar::Recurrence => Recurrence::parse(text).is_ok(),
        Scalar::VersionScheme => VersionScheme::parse(text).is_ok(),
        Scalar::VersionConstraint => VersionConstraint::parse(text).is_ok(),
        Scalar::Url => Url::parse(text).is_ok(),
        _ => false,
    }
}

/// The scalars whose pattern says something of what is read. That of zones accepts any word.
const PARSED: [Scalar; 9] = [
    Scalar::Date,
    Scalar::Interval,
    Scalar::Duration,
    Scalar::Lag,
    Scalar::Cadence,
    Scalar::Recurrence,
    Scalar::VersionScheme,
    Scalar::VersionConstraint,
    Scalar::Url,
];

/// What values are made of: put together at random, many of them are values.
const PIECES: [&str; 46] = [
    "2026",
    "-12",
    "-05",
    "-W50",
    "-w01",
    "-Q4",
    "..",
    "T",
    "t",
    " ",
    "/",
    "22:00",
    ":30",
    "Z",
    "z",
    "+01:00",
    "-0230",
    "+01",
    "-",
    "+",
    "14",
    "1",
    "bd",
    "d",
    "h",
    "m",
    "s",
    "w",
    "P",
    "PT",
    "6H",
    "2D",
    "tbd",
    "TBD",
    "rc-1",
    "über",
    "_x.",
    "2026-12-05",
    "\n",
    "quarterly",
    "FREQ=WEEKLY",
    ";BYDAY=SA",
    ">=7.1",
    ", <8",
    "calver:YYYY.0M",
    "https://a.example/%20",
];

#[test]
fn a_pattern_accepts_all_that_is_read() {
    let schemas = PARSED.map(|scalar| (scalar, fits(of_scalar(scalar))));
    let check = |text: &str| {
        for (scalar, fits) in &schemas {
            let is_refused = is_read(*scalar, text) && !fits(&text.into());
            assert!(!is_refused, "{scalar:?} refuses {text:?}");
        }
    };
    for one in PIECES {
        check(one);
        PIECES
            .iter()
            .for_each(|other| check(&format!("{one}{other}")));
    }
    let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 3..8);
    let config = ProptestConfig::with_cases(4096);
    proptest!(config, |(pieces in pieces)| check(&pieces.concat()));
}

#[test]
fn a_pattern_refuses_what_nobody_could_mean() {
    let check = |scalar, text: &str| {
        assert!(!fits(of_scalar(scalar))(&text.into()), "{scalar:?} {text}");
    };
    check(Scalar::Date, "soon");
    check(Scalar::Date, "12.12.2026");
    check(Scalar::Interval, "2026-12-18");
    check(Scalar::Interval, "a/b/c");
    check(Scalar::Duration, "6 hours");
    check(Scalar::Lag, "later");
    check(Scalar::Cadence, "often");
    check(Scalar::Recurrence, "weekly");
    check(Scalar::VersionScheme, "semantic");
    check(Scalar::VersionConstraint, "7.1");
    check(Scalar::Zone, "");
    check(Scalar::Url, "example.org");
    check(Scalar::Count, "two");
    check(Scalar::Digest, "abc");
}
