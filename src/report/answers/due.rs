//! The answer of `trainboard due`: what is late and what falls due, per owner, the oldest first.

use std::io::{self, Write};

use serde::Serialize;

use super::super::place::Place;
use super::sheet::{Line, Section, Sheet, Tone, spot};
use super::{Layout, counted, listed, name};
use crate::lifecycle::{Due, DueKind, Duties, Owner, Progress, Tenure, duties, tenure};
use crate::plan::kinds::team::Team;
use crate::plan::value::Reference;
use crate::plan::{DocId, Kind, Plan};
use crate::text::{Location, Span};
use crate::time::{Day, DayRange};

const VERSION: u32 = 1;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'p> {
    /// The last day that is looked at.
    pub until: Day,
    /// How far that is away, as it was typed: `14d`.
    pub within: String,
    /// Whose things are asked for; everybody's when it is none.
    pub owner: Option<Owner<'p>>,
    /// The train or release whose things, and those of whatever belongs to it, are asked for.
    pub of: Option<DocId>,
}

/// What is late and due.
#[derive(Clone, Debug)]
pub struct Agenda<'p> {
    plan: &'p Plan,
    day: Day,
    question: Question<'p>,
    /// What each has to do, the oldest first; the owner of the oldest thing first.
    owners: Vec<Duties<'p>>,
}

impl<'p> Agenda<'p> {
    /// Returns what `question` asks for, as of the day of `progress`.
    pub fn of(plan: &'p Plan, progress: &Progress<'p>, question: Question<'p>) -> Self {
        let day = progress.day();
        let is_asked_for = |due: &Due<'p>| {
            let is_theirs = question
                .owner
                .is_none_or(|asked| concerns(plan, asked, due.by(), day));
            is_theirs && question.of.is_none_or(|of| belongs(plan, due.document, of))
        };
        let found = progress.due_by(question.until);
        let owners = duties(found.into_iter().filter(is_asked_for));
        Self {
            plan,
            day,
            question,
            owners,
        }
    }

    /// Returns how many things are late.
    pub fn late(&self) -> usize {
        self.all().filter(|due| due.is_late(self.day)).count()
    }

    /// Writes the answer; fails only when the writer does.
    ///
    /// The JSON object has `version`, `as_of`, `within`, `until`, `summary` (`late` and `due`) and `owners`. An owner has
    /// `kind` (`person`, `team`, `name`, `role` or `nobody`), `id`, `name`, `held_by` (who holds a role that day) and `items`.
    /// An item has `kind` (as in [`DueKind::word`]), `id`, `title`, `gate`, `document` and `of` (`kind` and `id` each; what
    /// the document belongs to, or null), `due`, `state` (`late` or `due`), `days` (how many it is late, or are left) and
    /// the place of its day as in the machine format of `check`.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        super::write(layout, || self.sheet(), &self.object(), out)
    }

    fn all(&self) -> impl Iterator<Item = &Due<'p>> {
        self.owners.iter().flat_map(|duties| &duties.due)
    }

    fn sheet(&self) -> Sheet {
        let late = self.late();
        let due = self.all().count() - late;
        let section = |duties: &Duties<'p>| Section {
            title: self.title(duties.owner),
            lines: duties.due.iter().map(|due| self.line(due)).collect(),
        };
        Sheet {
            tone: if late > 0 { Tone::Bad } else { Tone::Good },
            headline: self.headline(late, due),
            sections: self.owners.iter().map(section).collect(),
            closing: Vec::new(),
        }
    }

    fn headline(&self, late: usize, due: usize) -> String {
        let verb = |count: usize, one: &'static str, many: &'static str| {
            if count == 1 { one } else { many }
        };
        let late = match late {
            0 => "nothing is late".to_owned(),
            _ => format!(
                "{} {} late",
                counted(late, "thing", "things"),
                verb(late, "is", "are")
            ),
        };
        let due = match due {
            0 => "nothing falls due".to_owned(),
            _ => format!(
                "{} {} due",
                counted(due, "thing", "things"),
                verb(due, "falls", "fall")
            ),
        };
        let of = self
            .question
            .of
            .map_or_else(String::new, |of| format!(" of {}", name(self.plan, of)));
        let whose = self
            .question
            .owner
            .map_or_else(String::new, |owner| format!(" for {}", self.title(owner)));
        format!(
            "{late} on {}, and {due} by {}{of}{whose}",
            self.day.words(),
            self.question.until.words()
        )
    }

    fn title(&self, owner: Owner<'p>) -> String {
        match owner {
            Owner::Known(id) => {
                let document = self.plan.document(id);
                let team = if document.kind == Kind::Team {
                    "team "
                } else {
                    ""
                };
                match *document.title == *document.id {
                    true => format!("{team}{}", document.id),
                    false => format!("{team}{} ({})", document.title, document.id),
                }
            }
            Owner::Named(name) => name.to_owned(),
            Owner::Role(role) => match self.held_by(owner).as_slice() {
                [] => format!("role {role}, which nobody holds"),
                holders => format!("role {role}, held by {}", listed(holders, "and")),
            },
            Owner::Nobody => "nobody".to_owned(),
        }
    }

    /// Returns the ids of those who hold the role that is the owner.
    fn held_by(&self, owner: Owner<'p>) -> Vec<&'p str> {
        let holders = owner.holders(self.plan, self.day);
        holders.iter().map(|person| &*person.document.id).collect()
    }

    fn line(&self, due: &Due<'p>) -> Line {
        let days = usize::try_from(self.day.until(due.due).unsigned_abs()).unwrap_or(usize::MAX);
        let when = match (due.is_late(self.day), days) {
            (true, days) => format!("{} late", counted(days, "day", "days")),
            (false, 0) => "due today".to_owned(),
            (false, days) => format!("{} left", counted(days, "day", "days")),
        };
        let title = match *due.title == *due.id {
            true => String::new(),
            false => format!(": {}", due.title),
        };
        Line {
            text: format!("{when} ({}): {}{title}", due.due.words(), self.what(due)),
            place: Some(spot(&self.plan.sources, self.place(due))),
            hint: None,
        }
    }

    /// Returns what is due, for a line: `criterion regression of gate verification of train 2026-q4`.
    fn what(&self, due: &Due<'p>) -> String {
        let of = name(self.plan, due.document);
        let gate = due
            .gate
            .map_or_else(String::new, |gate| format!("gate {gate} of "));
        match due.kind {
            DueKind::Approval => format!("{} approval of {gate}{of}", due.id),
            DueKind::Support => format!("end of the support of {of}"),
            DueKind::Training => format!("training for {of}"),
            DueKind::Deployment => format!("deployment of {of}"),
            DueKind::Change | DueKind::Milestone => {
                let owner = due.whole(self.plan);
                owner.map_or(of.clone(), |owner| {
                    format!("{of} of {}", name(self.plan, owner))
                })
            }
            kind => format!("{} {} of {gate}{of}", kind.word(), due.id),
        }
    }

    fn place(&self, due: &Due<'p>) -> Location {
        self.plan.locate(due.document, due.span)
    }

    fn object(&self) -> Object<'_> {
        let late = self.late();
        let owner = |duties: &Duties<'p>| OwnerObject {
            kind: match duties.owner {
                Owner::Known(id) => self.plan.document(id).kind.word(),
                Owner::Named(_) => "name",
                Owner::Role(_) => "role",
                Owner::Nobody => "nobody",
            },
            id: match duties.owner {
                Owner::Known(id) => Some(&self.plan.document(id).id),
                Owner::Named(name) | Owner::Role(name) => Some(name),
                Owner::Nobody => None,
            },
            name: match duties.owner {
                Owner::Known(id) => Some(&self.plan.document(id).title),
                Owner::Named(name) | Owner::Role(name) => Some(name),
                Owner::Nobody => None,
            },
            held_by: self.held_by(duties.owner),
            items: duties.due.iter().map(|due| self.item(due)).collect(),
        };
        Object {
            version: VERSION,
            as_of: self.day.to_string(),
            within: &self.question.within,
            until: self.question.until.to_string(),
            summary: Summary {
                late,
                due: self.all().count() - late,
            },
            owners: self.owners.iter().map(owner).collect(),
        }
    }

    fn item(&self, due: &Due<'p>) -> ItemObject<'_> {
        let thing = |id: DocId| {
            let document = self.plan.document(id);
            Thing {
                kind: document.kind.word(),
                id: &document.id,
            }
        };
        ItemObject {
            kind: due.kind.word(),
            id: due.id,
            title: due.title,
            gate: due.gate,
            document: thing(due.document),
            of: due.whole(self.plan).map(thing),
            due: due.due.to_string(),
            state: if due.is_late(self.day) { "late" } else { "due" },
            days: self.day.until(due.due).unsigned_abs(),
            at: Place::within(&self.plan.sources, self.place(due)),
        }
    }
}

/// The answer for programs: see [`Agenda::write`].
#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    as_of: String,
    within: &'a str,
    until: String,
    summary: Summary,
    owners: Vec<OwnerObject<'a>>,
}

#[derive(Serialize)]
struct Summary {
    late: usize,
    due: usize,
}

#[derive(Serialize)]
struct OwnerObject<'a> {
    kind: &'static str,
    id: Option<&'a str>,
    name: Option<&'a str>,
    held_by: Vec<&'a str>,
    items: Vec<ItemObject<'a>>,
}

#[derive(Serialize)]
struct ItemObject<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    gate: Option<&'a str>,
    document: Thing<'a>,
    of: Option<Thing<'a>>,
    due: String,
    state: &'static str,
    days: u64,
    #[serde(flatten)]
    at: Place<'a>,
}

#[derive(Serialize)]
struct Thing<'a> {
    kind: &'static str,
    id: &'a str,
}

/// Returns whether what `owner` has to do concerns `asked`: a person with what their teams and the holders of their roles
/// have to do, a team with what its members have to.
fn concerns(plan: &Plan, asked: Owner<'_>, owner: Owner<'_>, day: Day) -> bool {
    match (asked, owner) {
        (Owner::Known(asked), Owner::Known(owner)) => {
            asked == owner || is_member(plan, asked, owner) || is_member(plan, owner, asked)
        }
        (Owner::Known(asked), Owner::Role(role)) => holds(plan, asked, role, DayRange::day(day)),
        (asked, owner) => asked == owner,
    }
}

fn is_member(plan: &Plan, person: DocId, team: DocId) -> bool {
    plan.get::<Team>(team).is_some_and(|team| {
        let mut people = team.fields.members.iter().chain(&team.fields.lead);
        people.any(|member| member.target == Some(person))
    })
}

fn holds(plan: &Plan, who: DocId, role: &str, days: DayRange) -> bool {
    let who = Reference {
        written: plan.document(who).id.clone(),
        span: Span::default(),
        target: Some(who),
    };
    tenure(plan, &who, Some(role), days) == Tenure::Held
}

fn belongs(plan: &Plan, id: DocId, of: DocId) -> bool {
    let belongs = plan.document(id).belongs;
    id == of || belongs.train == Some(of) || belongs.release == Some(of)
}
