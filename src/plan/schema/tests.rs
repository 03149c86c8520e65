#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;
use std::path::Path;

use boon::{Compiler, Schemas};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::plan::description::Scalar;
use crate::plan::value::{Cadence, Lag, Url};
use crate::syntax::tree::{Node, Style, Value as Tree};
use crate::syntax::{parse, parse_yaml};
use crate::text::FileId;
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

/// Returns `node` as an editor reads YAML: by its core types.
fn as_an_editor_reads(node: &Node<'_>) -> Value {
    match &node.value {
        Tree::Null | Tree::Unreadable => Value::Null,
        Tree::List(items) => items.iter().map(as_an_editor_reads).collect(),
        Tree::Mapping(mapping) => {
            let entries = mapping.entries.iter();
            let entries = entries.map(|entry| {
                let key = entry.key.value.to_string();
                (key, as_an_editor_reads(&entry.value))
            });
            Value::Object(entries.collect())
        }
        Tree::Scalar(scalar) => match (scalar.style, scalar.text.as_ref()) {
            (Style::Plain, "true") => true.into(),
            (Style::Plain, "false") => false.into(),
            (Style::Plain, text) if text.parse::<i64>().is_ok() => {
                text.parse::<i64>().unwrap().into()
            }
            (Style::Plain, text) if text.parse::<f64>().is_ok_and(f64::is_finite) => {
                text.parse::<f64>().unwrap().into()
            }
            (_, text) => text.into(),
        },
    }
}

#[test]
fn nothing_in_the_sample_plan_is_refused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-site");
    let any = fits(of_frontmatter());
    let kinds: Vec<_> = Kind::ALL.iter().map(|&kind| fits(of_kind(kind))).collect();
    let mut seen = 0;
    let is_shown =
        |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with(['.', '_']);
    let files = walkdir::WalkDir::new(&root)
        .into_iter()
        .filter_entry(is_shown);
    for file in files.map(Result::unwrap) {
        let path = file
            .path()
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let text = || std::fs::read_to_string(file.path()).unwrap();
        let mut findings = Vec::new();
        if path == "trainboard.yaml" {
            let text = text();
            let config = parse_yaml(FileId(0), &text, &mut findings).unwrap();
            let value = Tree::Mapping(config.value);
            let config = as_an_editor_reads(&Node {
                span: config.span,
                value,
            });
            assert!(fits(of_config())(&config), "{path}");
        }
        if !path.ends_with(".md") || path.starts_with("public/") {
            continue;
        }
        let text = text();
        let Some(frontmatter) = parse(FileId(0), &text, &mut findings).frontmatter else {
            continue;
        };
        let value = Tree::Mapping(frontmatter.value);
        let mut document = as_an_editor_reads(&Node {
            span: frontmatter.span,
            value,
        });
        let folders = path.split('/').rev().skip(1);
        let of_folder = folders.filter_map(Kind::in_folder).next();
        let named = document["kind"].as_str().and_then(Kind::named);
        let kind = named.or(of_folder).unwrap_or(Kind::Page);
        assert!(kinds[kind as usize](&document), "{path}");
        document["kind"] = kind.word().into();
        assert!(any(&document), "{path}");
        seen += 1;
    }
    assert!(seen > 150, "{seen}");
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
