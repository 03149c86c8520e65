//! Addresses: where in the portal each document and each earlier address of it is found.
//!
//! The one place that decides it, for the pages and for the rules about them.

use super::{DocId, Kind, Plan};

/// The home page's path.
pub const HOME: &str = "index.html";

impl Plan {
    /// Returns the path of the page, from the portal's root, and the anchor on it at which the document `id` is shown.
    pub fn address(&self, id: DocId) -> String {
        let document = self.document(id);
        match document.host {
            Some(host) => format!(
                "{}#{}-{}",
                self.address(host),
                document.kind,
                document.short_id()
            ),
            None => format!("{}/{}/{HOME}", document.kind.folder(), document.id),
        }
    }
}

impl Plan {
    /// Returns the path of the page on which it is decided whether the train `train` may go.
    pub fn readiness_address(&self, train: DocId) -> String {
        self.below(train, "readiness")
    }

    /// Returns the path of the page `number`, counted from 1, of the releases of the train `train`.
    pub fn releases_address(&self, train: DocId, number: usize) -> String {
        match number {
            0 | 1 => self.below(train, "releases"),
            number => self.below(train, &format!("releases/page/{number}")),
        }
    }

    /// Returns the path of the page `number`, counted from 1, of the gate board of the train `train`.
    pub fn gates_address(&self, train: DocId, number: usize) -> String {
        match number {
            0 | 1 => self.below(train, "gates"),
            number => self.below(train, &format!("gates/page/{number}")),
        }
    }

    /// Returns the path of the page `number`, counted from 1, of the program board of the train `train`.
    pub fn program_address(&self, train: DocId, number: usize) -> String {
        match number {
            0 | 1 => self.below(train, "program"),
            number => self.below(train, &format!("program/page/{number}")),
        }
    }

    /// Returns the path of the page `number`, counted from 1, of the map of what the releases of `train` need; without
    /// a train, of those that travel with none.
    pub fn needs_address(&self, train: Option<DocId>, number: usize) -> String {
        // No number of a page is this word, and no train has a folder inside of that of another one.
        let folder = train.map_or("page/others", |train| &*self.document(train).id);
        page_address(&format!("{DEPENDENCIES}/{folder}"), number)
    }

    fn below(&self, id: DocId, folder: &str) -> String {
        let document = self.document(id);
        format!("{}/{}/{folder}/{HOME}", document.kind.folder(), document.id)
    }
}

/// Returns the path of the page `number`, counted from 1, of the index of `kind`.
pub fn index_address(kind: Kind, number: usize) -> String {
    page_address(kind.folder(), number)
}

/// The folders of the pages that every portal has beside those of its documents, and what is there.
pub const OWN_FOLDERS: &[(&str, &str)] = &[
    (ATTENTION, "what needs attention"),
    (DEPENDENCIES, "the map of dependencies"),
    (FORWARD_SCHEDULE, "the forward schedule"),
    (REGISTERS, "the registers"),
    (HISTORY, "the history of the plan"),
    (REFERENCE, "the reference"),
    (SEARCH, "search"),
    (VERSIONS, "the version matrix"),
    (LANES, "the lanes of the environments"),
    (REPORTS, "the reports"),
    (ABOUT, "what the portal was made from"),
    (NOTES_OF_TRAINS, "the release notes by train"),
    (NOTES_OF_APPLICATIONS, "the release notes by application"),
    (NOTES_FOR_AUDIENCES, "the release notes by audience"),
];

/// The folder of what version is where.
pub const VERSIONS: &str = "environments/versions";

/// The folder of what has the environments when.
pub const LANES: &str = "environments/lanes";

/// The folder of what is late and due soon.
pub const ATTENTION: &str = "attention";

/// The folder of what needs what.
pub const DEPENDENCIES: &str = "dependencies";

/// The folder of what is planned for the next months.
pub const FORWARD_SCHEDULE: &str = "forward-schedule";

/// The folder of the registers.
pub const REGISTERS: &str = "registers";

/// The folder of the reports.
pub const REPORTS: &str = "reports";

/// The folder of what the portal was made from, and how it is read.
pub const ABOUT: &str = "about";
/// The folder of what moved in the plan.
pub const HISTORY: &str = "history";

/// Returns the path of the report `name` as a table for programs: `reports/lead-time.csv`.
pub fn report_table(name: &str) -> String {
    format!("{REPORTS}/{name}.csv")
}

/// The folder of the dates that are not where they were first.
pub const SLIPS: &str = "reports/slips";

/// The folder of the format and the rule book.
pub const REFERENCE: &str = "reference";

/// The folder of the search page and of its index.
pub const SEARCH: &str = "search";
/// The folder of the release notes by train: one folder below it for each.
pub const NOTES_OF_TRAINS: &str = "notes/trains";

/// The folder of the release notes by application.
pub const NOTES_OF_APPLICATIONS: &str = "notes/applications";

/// The folder of the release notes by audience.
pub const NOTES_FOR_AUDIENCES: &str = "notes/audiences";

/// Returns the path of the page of the rule `name` in the rule book: `reference/rules/freeze/overlap/index.html`.
pub fn rule_address(name: &str) -> String {
    format!("{REFERENCE}/rules/{name}/{HOME}")
}

/// Returns the path of the page `number`, counted from 1, of a list in `folder`.
pub fn page_address(folder: &str, number: usize) -> String {
    match number {
        0 | 1 => format!("{folder}/{HOME}"),
        number => format!("{folder}/page/{number}/{HOME}"),
    }
}

/// Returns the path of the freeze calendar of the year `year`.
pub fn year_address(year: i16) -> String {
    format!("calendar/{year:04}/{HOME}")
}

/// Returns the path of the freeze calendar of the month `month`, counted from 1, of the year `year`.
pub fn month_address(year: i16, month: i8) -> String {
    format!("calendar/{year:04}-{month:02}/{HOME}")
}

/// Returns the path of the timeline of all trains: around today, of a year, or of a quarter of it, counted from 1.
pub fn schedule_address(year: Option<i16>, quarter: Option<i8>) -> String {
    match (year, quarter) {
        (None, _) => format!("schedule/{HOME}"),
        (Some(year), None) => format!("schedule/{year:04}/{HOME}"),
        (Some(year), Some(quarter)) => format!("schedule/{year:04}-q{quarter}/{HOME}"),
    }
}

/// Returns the path of what has the environments in a quarter, counted from 1.
pub fn lanes_address(year: i16, quarter: i8) -> String {
    format!("{LANES}/{year:04}-q{quarter}/{HOME}")
}

/// Returns the file that answers for an address that a document had before: `/old/` is `old/index.html`.
pub fn alias_address(alias: &str) -> String {
    let path = alias.trim_matches('/');
    match path {
        "" => HOME.to_owned(),
        page if page.ends_with(".html") => page.to_owned(),
        folder => format!("{folder}/{HOME}"),
    }
}

/// Returns the anchor of the thing `id` among those that `anchor` stands for: `task-drain`. An id may hold blanks, an
/// anchor may not.
pub fn anchored(anchor: &str, id: &str) -> String {
    format!("{anchor}-{id}").replace(char::is_whitespace, "-")
}

/// Returns the anchor of the criterion `id` of the gate `gate`.
pub fn criterion_anchor(gate: &str, id: &str) -> String {
    anchored(&anchored("criterion", gate), id)
}
