//! Environment failures, each with a hint: the one place where they become words.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::approve::MotionError;
use super::can_deploy::QuestionError;
use super::lookup::LookupError;
use super::shift::ShiftError;
use crate::outputs::OutputError;
use crate::scaffold::Refusal;
use crate::serve::ServeError;
use crate::world::git::GitError;
use crate::world::site::SiteError;
use crate::world::{EditError, OpenError};

/// Why a command could not do its work. Content problems are never here: they are diagnostics.
#[derive(Debug, Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Git(#[from] GitError),
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error("{0}")]
    Output(OutputError),
    /// There is no plan.
    #[error("there is no trainboard.yaml in {} or above it", .0.display())]
    NoPlan(PathBuf),
    /// A plan is to begin where there is one.
    #[error("there is a plan already, in {}", .0.display())]
    PlanExists(PathBuf),
    #[error(transparent)]
    Refusal(#[from] Refusal),
    /// `explain` was asked for a rule that does not exist.
    #[error("there is no rule `{name}`")]
    NoRule {
        name: String,
        nearest: Option<&'static str>,
    },
    #[error(transparent)]
    Lookup(#[from] LookupError),
    #[error(transparent)]
    Question(#[from] QuestionError),
    #[error(transparent)]
    Motion(#[from] MotionError),
    #[error(transparent)]
    Shift(#[from] ShiftError),
    #[error(transparent)]
    Edit(#[from] EditError),
    /// What was asked for is no part of the portal today.
    #[error("it is not published, so nothing of it is exported")]
    Unpublished,
    #[error("cannot write what is to be said")]
    Write(#[from] io::Error),
    /// A file that was asked for could not be written.
    #[error("cannot write {}", path.display())]
    Save { path: PathBuf, source: io::Error },
}

impl Failure {
    /// Returns whether the reader of what was to be said went away.
    pub(super) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Returns the action that mends it.
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            Self::Open(error) => error.hint().map(str::to_owned),
            Self::Git(error) => error.hint().map(str::to_owned),
            Self::Site(error) => error.hint().map(str::to_owned),
            Self::Serve(error) => error.hint().map(str::to_owned),
            Self::Output(OutputError::Write(error)) => error.hint().map(str::to_owned),
            Self::Edit(_) => {
                Some("give this user permission to change the plan's files".to_owned())
            }
            Self::Lookup(error) => Some(error.hint()),
            Self::Refusal(refusal) => Some(refusal.hint()),
            Self::PlanExists(_) => {
                Some("add to it with `trainboard new`, or begin in another folder".to_owned())
            }
            Self::Question(error) => error.hint(),
            Self::Motion(error) => Some(error.hint()),
            Self::Shift(error) => Some(error.hint()),
            Self::Output(_) | Self::Write(_) => None,
            Self::Unpublished => {
                Some("a draft is with `--drafts`; see `publish_after` too".to_owned())
            }
            Self::Save { .. } => {
                Some("give a path in a folder that exists and can be written".to_owned())
            }
            Self::NoPlan(_) => Some(
                "a plan is a folder that holds trainboard.yaml; an empty one will do".to_owned(),
            ),
            Self::NoRule {
                nearest: Some(nearest),
                ..
            } => Some(format!("did you mean `{nearest}`?")),
            Self::NoRule { nearest: None, .. } => {
                Some("`trainboard explain` lists the rules".to_owned())
            }
        }
    }
}
