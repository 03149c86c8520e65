//! `trainboard export ics`, `json` and `csv`: one file of the portal, made as `build` makes it.

use super::write;
use crate::cli::Outcome;
use crate::cli::arguments::{ALL, Common, Csv, Ics, Place};
use crate::cli::due::warn_of_errors;
use crate::cli::failure::Failure;
use crate::cli::lookup::{LookupError, find};
use crate::cli::past::Past;
use crate::cli::plan::{Judged, Strictness, judged};
use crate::cli::publish::with_build;
use crate::cli::screen::Screen;
use crate::outputs::{Memory, OutputError, PLAN_JSON, Part, write_part};
use crate::pages::channels::{CALENDAR, WITH_CALENDAR, calendar_of, tables as tables_of_kinds};
use crate::pages::report_tables;
use crate::plan::DocId;
use crate::plan::address::REPORTS;
use crate::registers::Register;

/// A table that can be exported.
pub(in crate::cli) struct KnownTable {
    /// Its path from the portal's root without what every table ends with: `registers/risks`.
    pub name: String,
    path: String,
    part: Part,
}

impl KnownTable {
    fn new(path: String, part: Part) -> Self {
        let name = path.trim_end_matches(".csv").trim_end_matches("/index");
        Self {
            name: name.to_owned(),
            path,
            part,
        }
    }

    /// Returns whether `name` is its name, or the end of it.
    pub(in crate::cli) fn answers(&self, name: &str) -> bool {
        self.name == name || self.name.rsplit('/').next() == Some(name)
    }
}

/// Returns every table, in the order in which help lists them.
pub(in crate::cli) fn tables() -> impl Iterator<Item = KnownTable> {
    let kinds = tables_of_kinds().map(|(_, path)| KnownTable::new(path, Part::Tables));
    let registers = Register::ALL
        .iter()
        .map(|register| KnownTable::new(register.table(), Part::Registers));
    // What slips is told with the registers, from the history of the plan.
    let part = |path: &str| match path.ends_with("/slips.csv") {
        true => Part::Registers,
        false => Part::Reports,
    };
    let reports = report_tables().map(move |path| {
        let part = part(&path);
        KnownTable::new(path, part)
    });
    kinds.chain(registers).chain(reports)
}

/// Runs `export ics`.
pub(super) fn calendar(
    command: &Ics,
    common: &Common,
    screen: &Screen,
) -> Result<Outcome, Failure> {
    let judged = judged(&command.place.plan, common, screen)?;
    let document = match command.of.as_str() {
        ALL => None,
        id => Some(find(&judged.plan, WITH_CALENDAR, id)?),
    };
    let file = File {
        part: Part::Calendars,
        path: Path::Calendar(document),
    };
    export(&file, &command.place, &judged, screen)
}

/// Runs `export json`.
pub(super) fn data(place: &Place, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let judged = judged(&place.plan, common, screen)?;
    let file = File {
        part: Part::Data,
        path: Path::Known(PLAN_JSON.to_owned()),
    };
    export(&file, place, &judged, screen)
}

/// Runs `export csv`.
pub(super) fn table(command: &Csv, common: &Common, screen: &Screen) -> Result<Outcome, Failure> {
    let judged = judged(&command.place.plan, common, screen)?;
    let whole = tables().find(|table| table.name == command.table);
    let table = whole.or_else(|| tables().find(|table| table.answers(&command.table)));
    let table = table.ok_or_else(|| {
        let names: Vec<_> = tables().map(|table| table.name).collect();
        LookupError::unknown("table", &command.table, names.iter().map(String::as_str))
    })?;
    let file = File {
        part: table.part,
        path: Path::Known(table.path),
    };
    export(&file, &command.place, &judged, screen)
}

/// A file of the portal, and the part that makes it.
struct File {
    part: Part,
    path: Path,
}

/// Where a file is in the portal.
enum Path {
    Known(String),
    /// The calendar of a document, or of everything.
    Calendar(Option<DocId>),
}

fn export(
    file: &File,
    place: &Place,
    judged: &Judged,
    screen: &Screen,
) -> Result<Outcome, Failure> {
    let past = is_of_history(file).then(|| Past::of(&judged.root, place.plan.revision.as_deref()));
    let past = past.flatten();
    let chronicle = past.as_ref().and_then(|past| past.chronicle(judged));
    let commit = past.as_ref().map(|past| &past.commit);
    let making = screen.progress("making the output");
    let made = with_build(judged, (commit, chronicle.as_ref()), |build| {
        let path = match &file.path {
            Path::Known(path) => Some(path.clone()),
            Path::Calendar(None) => Some(CALENDAR.to_owned()),
            Path::Calendar(Some(id)) => calendar_of(build.portal, *id),
        };
        let sink = Memory::default();
        write_part(file.part, build, &sink)?;
        Ok::<_, OutputError>(path.and_then(|path| sink.into_files().remove(&path)))
    });
    drop(making);
    let bytes = made.map_err(Failure::Output)?.ok_or(Failure::Unpublished)?;
    write(&bytes, place.output.as_deref(), screen)?;
    warn_of_errors(judged, screen);
    Ok(judged.outcome(Strictness::Errors))
}

/// Returns whether `file` tells of what git knows: reading all of a history takes a while.
fn is_of_history(file: &File) -> bool {
    matches!(&file.path, Path::Known(path) if path.starts_with(REPORTS))
}
