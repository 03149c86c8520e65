//! What a release is made of and how it is documented: artifacts, training, records.

use super::person::Who;
use crate::plan::record::record;
use crate::plan::value::{Digest, Ref, Text, Url, VersionText, When};
use crate::text::Spanned;

record! {
    /// An entry of the definitive library: exactly what is deployed.
    Artifact {
        /// What it is called.
        @required name: Option<Text>,
        /// Its version, in quotes.
        version: Option<Spanned<VersionText>>,
        /// Where it is kept.
        uri: Option<Text>,
        /// Its SHA-256 digest: what promotion through the environments compares.
        sha256: Option<Spanned<Digest>>,
        /// The day on which it went into the library.
        stored: Option<When>,
    }
}

record! {
    /// How people learn what a release changes for them.
    Training {
        /// What is taught, to whom.
        plan: Option<Text>,
        /// Who holds it.
        owner: Option<Ref<Who>>,
        /// The day by which it has been held.
        due: Option<When>,
        /// The day on which it was held.
        done: Option<When>,
    }
}

record! {
    /// The records that closing requires.
    Records {
        /// Where the configuration database was brought up to date.
        cmdb: Option<Spanned<Url>>,
        /// Where the definitive library was brought up to date.
        library: Option<Spanned<Url>>,
    }
}
