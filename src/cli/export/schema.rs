//! `trainboard export schema`: what trainboard writes, and what people write, as JSON Schemas.

use serde_json::Value;

use super::write;
use crate::cli::Outcome;
use crate::cli::arguments::Schema;
use crate::cli::failure::Failure;
use crate::cli::screen::Screen;
use crate::plan::{Kind, schema};
use crate::{outputs, report};

/// A schema that can be exported.
pub(in crate::cli) struct KnownSchema {
    /// What `--of` calls it.
    pub name: &'static str,
    /// What it describes, in a few words for help.
    pub about: String,
    subject: Subject,
}

/// What a schema describes.
enum Subject {
    /// Something that this makes the schema of.
    Of(fn() -> Value),
    /// The frontmatter of a kind.
    Kind(Kind),
}

/// What `--of` calls a schema, what it describes, and what makes it.
type Other = (&'static str, &'static str, fn() -> Value);

/// The schemas of everything but the kinds, which describe themselves.
const OTHERS: [Other; 6] = [
    (
        "diagnostics",
        "what `check --format json` prints",
        report::schema,
    ),
    (
        "diff",
        "what `diff --format json` prints",
        report::answers::diff::schema,
    ),
    (
        "document-data",
        "`index.json` beside the page of a document",
        outputs::document_schema,
    ),
    (
        "page-data",
        "`index.json` beside a page that is computed from many documents",
        outputs::page_schema,
    ),
    ("config", "trainboard.yaml", schema::of_config),
    (
        "frontmatter",
        "the frontmatter of any document that says its `kind`",
        schema::of_frontmatter,
    ),
];

/// Returns every schema, in the order in which help lists them.
pub(in crate::cli) fn schemas() -> impl Iterator<Item = KnownSchema> {
    let others = OTHERS.into_iter().map(|(name, about, make)| KnownSchema {
        name,
        about: about.to_owned(),
        subject: Subject::Of(make),
    });
    let kinds = Kind::ALL.iter().map(|&kind| KnownSchema {
        name: kind.word(),
        about: format!("the frontmatter of {}", kind.with_article()),
        subject: Subject::Kind(kind),
    });
    others.chain(kinds)
}

/// Runs the command.
pub(super) fn run(command: &Schema, screen: &Screen) -> Result<Outcome, Failure> {
    let known = schemas().find(|schema| schema.name == command.of);
    // The parser of the arguments lets no other name through.
    let text = known.map_or_else(String::new, |known| format!("{:#}\n", known.made()));
    write(text.as_bytes(), command.output.as_deref(), screen)?;
    Ok(Outcome::Fine)
}

impl KnownSchema {
    fn made(&self) -> Value {
        match self.subject {
            Subject::Of(make) => make(),
            Subject::Kind(kind) => schema::of_kind(kind),
        }
    }
}
