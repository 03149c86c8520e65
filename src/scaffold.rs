//! New documents, and new plans: what `new` and `init` propose to write.
//!
//! [`draft`] looks for a place where the plan keeps such documents and a name that is free there, and writes the fields from
//! the descriptions by which they are read: those that are required or given as lines, the others as comments. With a
//! model it writes what the model says, its relative dates turned into days. Nothing is written to a disk here.

mod fields;
mod from_model;
mod place;
mod yaml;

pub mod start;

#[cfg(test)]
mod tests;

use thiserror::Error;

use crate::plan::{DocId, Kind, Plan};
use crate::time::{Date, Day};

/// What somebody wants to have written.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// The kind of document.
    pub kind: Kind,
    /// Its id, with the train that it belongs to before a slash if need be; or the path of its file.
    pub name: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// The train that it belongs to.
    pub train: Option<DocId>,
    /// The model that it is written from.
    pub model: Option<DocId>,
    /// When its deployment starts.
    pub deploy: Option<Date>,
    /// Values of fields, as written in YAML.
    pub set: &'a [(String, String)],
    /// Today.
    pub today: Day,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path, relative to the plan.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Why nothing can be proposed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// It has no name, and none can be made up.
    #[error("what is the new {kind} to be called?")]
    NoName {
        /// The kind.
        kind: Kind,
    },
    /// The name cannot be an id.
    #[error("`{id}` cannot be an id")]
    IllegalId {
        /// The name.
        id: String,
    },
    /// Another document has the id.
    #[error("there is {} `{id}` already, in {path}", kind.with_article())]
    Taken {
        /// The kind.
        kind: Kind,
        /// The id.
        id: String,
        /// The file that has it.
        path: String,
        /// The nearest id that is free.
        free: String,
    },
    /// Another file has the path.
    #[error("there is a file {path} already")]
    Occupied {
        /// The path.
        path: String,
    },
    /// It belongs to a train, and there are several.
    #[error("which train does the new {kind} belong to?")]
    NoTrain {
        /// The kind.
        kind: Kind,
        /// The trains that it can mean.
        trains: Vec<String>,
    },
    /// The kind has no such field.
    #[error("{} has no field `{field}`", kind.with_article())]
    NoField {
        /// The kind.
        kind: Kind,
        /// The field.
        field: String,
        /// Those that are meant, perhaps.
        nearest: Vec<String>,
    },
    /// A field has to be given a value.
    #[error("the new {kind} needs `{field}`")]
    Missing {
        /// The kind.
        kind: Kind,
        /// The field.
        field: &'static str,
        /// Ids that it can be.
        known: Vec<String>,
    },
    /// Only trains and releases are written from a model.
    #[error("{} is not written from a model", kind.with_article())]
    NoModel {
        /// The kind.
        kind: Kind,
    },
}

impl Refusal {
    /// Returns the action that mends it.
    pub fn hint(&self) -> String {
        match self {
            Self::NoName { kind: Kind::Train } => {
                "give an id, or the day of its deployment with `--deploy`".to_owned()
            }
            Self::NoName { .. } => "give an id, or a title with `--title`".to_owned(),
            Self::IllegalId { .. } => {
                "use letters, digits, `-`, `_` and `.`: the id becomes part of addresses".to_owned()
            }
            Self::Taken { free, .. } => format!("`{free}` is free"),
            Self::Occupied { .. } => "give another id, or another path".to_owned(),
            Self::NoTrain { trains, .. } if trains.is_empty() => {
                "there is no open train: begin with `trainboard new train`".to_owned()
            }
            Self::NoTrain { trains, .. } => format!("name it with `--train`: {}", some(trains)),
            Self::NoField { nearest, kind, .. } if nearest.is_empty() => {
                format!("see `trainboard export schema --of {kind}` for those that it has")
            }
            Self::NoField { nearest, .. } => format!("did you mean {}?", some(nearest)),
            Self::Missing { field, known, .. } if known.is_empty() => {
                format!("say `--set {field}=…`")
            }
            Self::Missing { field, known, .. } => {
                format!("say `--set {field}=…` with one of: {}", some(known))
            }
            Self::NoModel { .. } => "leave `--model` out".to_owned(),
        }
    }
}

/// How many names a hint lists at most.
const LISTED: usize = 8;

fn some(names: &[String]) -> String {
    let rest = if names.len() > LISTED { ", …" } else { "" };
    let listed: Vec<_> = names.iter().take(LISTED).map(String::as_str).collect();
    format!("{}{rest}", listed.join(", "))
}

/// Returns the files that `wish` comes to in `plan`: the document first, then those that its model asks for beside it.
/// `is_taken` tells of a path whether something is there.
///
/// # Errors
/// When something has to be said first, or a name is taken.
pub fn draft(
    plan: &Plan,
    wish: &Wish<'_>,
    is_taken: impl Fn(&str) -> bool,
) -> Result<Vec<NewFile>, Refusal> {
    let place = place::of(plan, wish)?;
    let model = match (wish.model, wish.kind) {
        (None, _) => None,
        (Some(model), Kind::Train | Kind::Release) => from_model::Source::new(plan, model, wish),
        (Some(_), kind) => return Err(Refusal::NoModel { kind }),
    };
    let text = fields::document(plan, wish, &place, model.as_ref())?;
    let mut files = vec![NewFile {
        path: place.path.clone(),
        text,
    }];
    if let Some(model) = &model {
        files.extend(model.turnovers(&place));
    }
    match files.iter().find(|file| is_taken(&file.path)) {
        Some(file) => Err(Refusal::Occupied {
            path: file.path.clone(),
        }),
        None => Ok(files),
    }
}
