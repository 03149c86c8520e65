//! The fields that every kind has (content model, section 3).

use super::parts::link::WebLink;
use super::parts::person::Who;
use super::record::record;
use super::value::{Ref, Text, When};
use crate::text::Spanned;
use crate::time::Zone;

record! {
    /// The fields that every document has, whatever its kind.
    Common {
        /// The name that people read. Without it, the body's first heading is the title.
        title: Option<Text>,
        /// The kind of document. Without it, the folder says it: `releases/` holds releases.
        kind: Option<Text>,
        /// The name that references use. Without it, the file's name is the id.
        id: Option<Text>,
        /// One or two sentences for lists, search and link previews.
        description: Option<Text>,
        /// Who answers for it.
        owner: Option<Ref<Who>>,
        /// Words to find it by.
        tags: Vec<Text>,
        /// Pages elsewhere that belong to it.
        links: Vec<Spanned<WebLink>>,
        /// The time zone of its wall times. Without it, its environment's or the plan's holds.
        timezone: Option<Spanned<Zone>>,
        /// Whether it is checked but published only with `--drafts`.
        draft: bool,
        /// Who may read it; `audiences` in `trainboard.yaml` defines the names. Without it, everyone.
        audience: Vec<Text>,
        /// The day from which it is published, in every output together.
        publish_after: Option<When>,
        /// Rules that do not hold for this document, each with the reason.
        allow: Vec<Spanned<Allow>>,
        /// Addresses that it had before; the portal redirects them.
        aliases: Vec<Text>,
    }
}

record! {
    /// One rule that a document is excused from.
    Allow {
        /// The rule's name, such as `window/outside`.
        @required rule: Option<Text>,
        /// Why it does not hold here.
        @required reason: Option<Text>,
    }
}
