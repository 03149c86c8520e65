//! `trainboard.yaml`: what holds for the whole plan (content model, section 5).

use super::kinds::calendar::Calendar;
use super::record::record;
use super::value::{Digest, Keyed, Map, Ref, Text, Url};
use crate::text::Spanned;
use crate::time::Zone;

record! {
    /// What holds for the whole plan.
    Config {
        /// The portal's name.
        title: Option<Text>,
        /// Where the portal is published; feeds, calendars and the sitemap need full addresses.
        base_url: Option<Spanned<Url>>,
        /// The zone of wall times that name none, and of days.
        timezone: Option<Spanned<Zone>>,
        /// The language of dates and words, such as `en` or `de`.
        locale: Option<Text>,
        /// The calendar of business days.
        calendar: Option<Ref<Calendar>>,
        /// Where the plan is kept: for edit and history links.
        repository: Option<Repository>,
        /// Who may read what: the names that `audience` uses.
        audiences: Keyed<Audience>,
        /// Rules and what they are worth here: `error`, `warning`, `info` or `ignore`.
        rules: Map<Text>,
        /// The folder whose templates and assets stand before the default theme's.
        theme: Option<Text>,
        /// Links in the portal's header, in order.
        menu: Vec<Spanned<MenuEntry>>,
        /// The folder that `build` writes, relative to the plan.
        output: Option<Text>,
        /// Plans of other repositories that this one refers to.
        imports: Keyed<Import>,
        /// Files that are not part of the plan, as globs relative to it.
        exclude: Vec<Text>,
    }
}

record! {
    /// Where the plan is kept.
    Repository {
        /// The repository's address on its forge.
        @required url: Option<Spanned<Url>>,
        /// The branch that is published.
        branch: Option<Text>,
    }
}

record! {
    /// One group of readers.
    Audience {
        /// What the group is called.
        title: Option<Text>,
        /// Who is in it.
        description: Option<Text>,
    }
}

record! {
    /// A link in the portal's header.
    MenuEntry {
        /// What the link says.
        @required title: Option<Text>,
        /// Where it leads: an address, or a path of the portal.
        @required url: Option<Text>,
    }
}

record! {
    /// Another plan's exported `plan.json`.
    Import {
        /// Where it is read from, relative to this plan.
        file: Option<Text>,
        /// Where its portal is.
        url: Option<Spanned<Url>>,
        /// The SHA-256 digest of the file.
        sha256: Option<Spanned<Digest>>,
    }
}
