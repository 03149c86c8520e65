//! The kinds of document, one file each, and the one list of them.

use std::fmt;

use serde::{Serialize, Serializer};

use super::common::Common;
use super::description::Description;
use super::reader::Reader;
use super::value::{Record, Refers, Visitor};
use crate::syntax::tree::Mapping;

/// Lists the kinds: their module, type, word, folder and how the portal calls one and many.
macro_rules! kinds {
    ($( $module:ident, $name:ident, $word:literal, $folder:literal, $one:literal, $many:literal; )+) => {
        $(pub mod $module;)+

        /// A kind of document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $( #[doc = concat!("See [`", stringify!($module), "::", stringify!($name), "`].")] $name, )+
        }

        /// What the fields of a document's own kind say.
        #[derive(Clone, Debug, Serialize)]
        #[serde(untagged)]
        pub enum Detail {
            $( #[doc = concat!("A ", $one, ".")] $name(Box<$module::$name>), )+
        }

        impl Kind {
            /// Every kind, in the order in which readers meet them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Returns the word for the kind in the frontmatter and in references: `release`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// Returns the folder whose documents are of this kind: `releases`.
            pub fn folder(self) -> &'static str {
                match self { $(Self::$name => $folder,)+ }
            }

            /// Returns what people call one of them: `application release`.
            pub fn one(self) -> &'static str {
                match self { $(Self::$name => $one,)+ }
            }

            /// Returns what people call many of them: `application releases`.
            pub fn many(self) -> &'static str {
                match self { $(Self::$name => $many,)+ }
            }

            /// Returns the fields that only this kind has.
            pub fn description(self) -> &'static Description {
                match self { $(Self::$name => $module::$name::DESCRIPTION,)+ }
            }

            /// Returns the fields of this kind that `mapping` holds.
            pub fn read(self, mapping: &Mapping<'_>, reader: &mut Reader<'_>) -> Detail {
                match self { $(Self::$name => Detail::$name(Box::new(Record::read_fields(mapping, reader))),)+ }
            }
        }

        impl Detail {
            /// Returns the kind that the fields belong to.
            pub fn kind(&self) -> Kind {
                match self { $(Self::$name(_) => Kind::$name,)+ }
            }

            /// Shows the references and dates inside to `visitor`.
            pub fn visit(&mut self, visitor: &mut dyn Visitor) {
                match self { $(Self::$name(detail) => detail.visit_fields(visitor),)+ }
            }
        }

        $(
            impl Refers for $module::$name {
                const KINDS: &'static [Kind] = &[Kind::$name];
            }

            impl OfKind for $module::$name {
                const KIND: Kind = Kind::$name;

                fn of(detail: &Detail) -> Option<&Self> {
                    match detail {
                        Detail::$name(fields) => Some(fields),
                        _ => None,
                    }
                }

                fn into_detail(self) -> Detail {
                    Detail::$name(Box::new(self))
                }
            }
        )+
    };
}

kinds! {
    train, Train, "train", "trains", "release train", "release trains";
    release, Release, "release", "releases", "application release", "application releases";
    milestone, Milestone, "milestone", "milestones", "milestone", "milestones";
    turnover, Turnover, "turnover", "turnovers", "turnover", "turnovers";
    change, Change, "change", "changes", "change request", "change requests";
    approval, Approval, "approval", "approvals", "approval", "approvals";
    freeze, Freeze, "freeze", "freezes", "freeze period", "freeze periods";
    exception, Exception, "exception", "exceptions", "freeze exception", "freeze exceptions";
    window, Window, "window", "windows", "maintenance window", "maintenance windows";
    environment, Environment, "environment", "environments", "environment", "environments";
    application, Application, "application", "applications", "application", "applications";
    note, Note, "note", "notes", "release note", "release notes";
    review, Review, "review", "reviews", "post mortem", "post mortems";
    policy, Policy, "policy", "policies", "release policy", "release policies";
    model, Model, "model", "models", "release model", "release models";
    person, Person, "person", "people", "person", "people";
    team, Team, "team", "teams", "team", "teams";
    calendar, Calendar, "calendar", "calendars", "business calendar", "business calendars";
    page, Page, "page", "pages", "page", "pages";
}

/// The fields of one kind: what a typed look at a document returns.
pub trait OfKind: Record + Default + 'static {
    /// The kind.
    const KIND: Kind;

    /// Returns the fields when `detail` is of this kind.
    fn of(detail: &Detail) -> Option<&Self>;

    /// Returns the fields as those of some kind.
    fn into_detail(self) -> Detail;
}

impl Kind {
    /// Returns the kind that `word` names.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Returns the kind whose documents stand in folders named `folder`.
    pub fn in_folder(folder: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.folder() == folder)
    }

    /// Returns the word with its article, for a message: `an application`.
    pub fn with_article(self) -> String {
        let word = self.word();
        let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {word}")
    }

    /// Returns whether its ids are unique within a train rather than in the whole plan (content model, section 1).
    pub fn is_scoped(self) -> bool {
        matches!(
            self,
            Self::Milestone | Self::Turnover | Self::Approval | Self::Note | Self::Review
        )
    }

    /// Returns every field that a document of this kind can have: those of all kinds and its own.
    pub fn descriptions(self) -> [&'static Description; 2] {
        [Common::DESCRIPTION, self.description()]
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}
