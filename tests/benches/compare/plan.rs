//! Plans of any size, as a large company would write them; the same for the same size, to the byte.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// How many trains every plan has: one a month, from January 2024 on.
const TRAINS: usize = 40;

/// How many applications every plan has.
const APPLICATIONS: usize = 200;

/// How many trains have been closed by the day for which the benchmarks are made, 21 November 2026.
const CLOSED: usize = 34;

/// Writes a plan of `size` documents into `folder`: half of what the fixed part leaves are releases, each with two or
/// three needs; the rest are notes, turnovers, changes and milestones. Bodies have about 3 KB.
pub(crate) fn write(folder: &Path, size: usize) -> io::Result<()> {
    let mut plan = Plan {
        folder,
        written: 0,
        chance: Chance(size as u64),
    };
    plan.rest_of_the_house()?;
    plan.trains()?;
    let left = size.saturating_sub(plan.written);
    let releases = left / 2;
    for number in 0..releases {
        plan.release(number)?;
    }
    for number in 0..left / 4 {
        plan.note(number, releases)?;
    }
    for number in 0..left / 10 {
        plan.turnover(number, releases)?;
    }
    for number in 0..left / 10 {
        plan.change(number)?;
    }
    let mut number = 0;
    while plan.written < size {
        plan.milestone(number)?;
        number += 1;
    }
    Ok(())
}

struct Plan<'f> {
    folder: &'f Path,
    written: usize,
    chance: Chance,
}

impl Plan<'_> {
    fn document(&mut self, path: &str, frontmatter: &str) -> io::Result<()> {
        let body = self.body();
        self.file(path, &format!("---\n{frontmatter}---\n{body}"))?;
        self.written += 1;
        Ok(())
    }

    fn file(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)
    }

    /// Writes what every plan has beside its trains.
    fn rest_of_the_house(&mut self) -> io::Result<()> {
        self.file(
            "trainboard.yaml",
            "title: Benchmark\nbase_url: https://plans.example/\ntimezone: Europe/London\ncalendar: business\n\
             rules:\n  train/overlapping-trains: ignore\n",
        )?;
        self.document(
            "calendars/business.md",
            "title: Business days\nweekend: [saturday, sunday]\n",
        )?;
        self.document(
            "policies/release.md",
            "title: Release policy\nsince: 2024-01-01\n",
        )?;
        for person in 0..60 {
            let role = ["release-manager", "development-lead", "quality-lead"][person % 3];
            let name = self.chance.name();
            self.document(
                &format!("people/p{person}.md"),
                &format!("name: {name}\nroles: [{{role: {role}, from: 2023-01-01}}]\n"),
            )?;
        }
        for (order, name) in ["development", "test", "staging", "production"]
            .into_iter()
            .enumerate()
        {
            self.document(
                &format!("environments/{name}.md"),
                &format!("title: {name}\ncategory: {name}\norder: {order}\nowner: p{order}\nshared: true\n"),
            )?;
        }
        for application in 0..APPLICATIONS {
            let name = self.chance.name();
            let owner = application % 60;
            self.document(
                &format!("applications/app-{application}.md"),
                &format!("title: {name} {application}\nowner: p{owner}\ncriticality: high\npath: [test, staging, production]\n"),
            )?;
        }
        for freeze in 0..12 {
            let (year, month) = (2024 + freeze / 4, freeze % 4 * 3 + 1);
            self.document(
                &format!("freezes/quarter-{freeze}.md"),
                &format!(
                    "title: Quarter end {freeze}\nplanned: {year}-{month:02}-01/{year}-{month:02}-04\nseverity: hard\n\
                     scope: {{environments: [production]}}\nreason: The books are closed\n"
                ),
            )?;
        }
        Ok(())
    }

    fn trains(&mut self) -> io::Result<()> {
        for train in 0..TRAINS {
            let (year, month) = month(train);
            let owner = train % 60;
            let title = format!(
                "title: Train {year}-{month:02}\npurpose: What is ready goes\nowner: p{owner}\nmanager: p{owner}\ntype: minor\n"
            );
            let frontmatter = format!("{title}{}{}", schedule(train), gates(train));
            self.document(&format!("trains/t{train}/index.md"), &frontmatter)?;
        }
        Ok(())
    }

    fn release(&mut self, number: usize) -> io::Result<()> {
        let (train, application, build) = place(number);
        let owner = number % 60;
        let mut frontmatter = format!(
            "title: Application {application} {train}.{build}\napplication: app-{application}\nversion: \"{}.{build}.0\"\n\
             type: minor\nextent: full\nowner: p{owner}\nmanager: p{owner}\n{}",
            train + 1,
            schedule(train),
        );
        // Neighbours in number are neighbours in time: the ones before travel one train earlier.
        let needs = [1, 1 + 3 * TRAINS, 1 + 7 * TRAINS]
            .into_iter()
            .take(2 + number % 2);
        let needs: Vec<_> = needs
            .filter_map(|back| number.checked_sub(back))
            .filter(|_| train > 0)
            .map(|provider| format!("{{release: r{provider}}}"))
            .collect();
        if !needs.is_empty() {
            let _ = writeln!(frontmatter, "needs: [{}]", needs.join(", "));
        }
        let status = if train < CLOSED { "done" } else { "open" };
        let _ = writeln!(frontmatter, "items:");
        for item in 0..3 {
            let category = ["enhancement", "defect", "task"][item];
            let title = self.chance.words(6);
            let _ = writeln!(
                frontmatter,
                "  - {{id: W-{number}{item}, category: {category}, title: {title}, status: {status}, note: none}}"
            );
        }
        if train < CLOSED {
            let _ = writeln!(
                frontmatter,
                "records: {{cmdb: \"https://records.example/{number}\", library: \"https://library.example/{number}\"}}"
            );
        }
        self.document(
            &format!("trains/t{train}/releases/r{number}.md"),
            &frontmatter,
        )
    }

    fn note(&mut self, number: usize, releases: usize) -> io::Result<()> {
        // Only what has been deployed has a note.
        let told = number / CLOSED * TRAINS + number % CLOSED;
        let release = if told < releases {
            told
        } else {
            number % CLOSED
        };
        let (train, ..) = place(release);
        let (year, month) = month(train);
        let title = self.chance.words(4);
        self.document(
            &format!("trains/t{train}/notes/n{number}.md"),
            &format!("title: {title}\nrelease: r{release}\ndate: {year}-{month:02}-16\n"),
        )
    }

    fn turnover(&mut self, number: usize, releases: usize) -> io::Result<()> {
        let release = number % releases.max(1);
        let (train, ..) = place(release);
        let (year, month) = month(train);
        let hour = number / 20 % 20;
        let day = 16 + number % 4;
        let planned = format!("{year}-{month:02}-{day} {hour:02}:00/2h");
        let state = if train < CLOSED {
            format!("status: deployed\nactual: {planned}\n")
        } else {
            "status: draft\n".to_owned()
        };
        let owner = number % 60;
        self.document(
            &format!("trains/t{train}/turnovers/d{number}.md"),
            &format!(
                "title: Deployment {number}\nrelease: r{release}\nenvironment: test\nowner: p{owner}\n\
                 planned: {planned}\n{state}backout: {{duration: 1h}}\n\
                 tasks:\n  - {{id: stop, seq: 1, title: Stop, owner: p{owner}, duration: 10m}}\n  \
                 - {{id: copy, seq: 2, title: Copy, owner: p{owner}, duration: 40m}}\n  \
                 - {{id: start, seq: 3, title: Start, owner: p{owner}, duration: 10m}}\n"
            ),
        )
    }

    fn change(&mut self, number: usize) -> io::Result<()> {
        let train = number % TRAINS;
        let status = if train < CLOSED {
            "closed\nevaluation: As planned"
        } else {
            "draft"
        };
        let title = self.chance.words(5);
        let owner = number % 60;
        self.document(
            &format!("trains/t{train}/changes/C-{number}.md"),
            &format!("title: {title}\ncategory: normal\nrisk: low\nimpact: Small\nstatus: {status}\nowner: p{owner}\n"),
        )
    }

    fn milestone(&mut self, number: usize) -> io::Result<()> {
        let train = number % TRAINS;
        let (year, month) = month(train);
        let day = 1 + number / TRAINS % 14;
        let done = if train < CLOSED {
            format!("done: {year}-{month:02}-{day:02}\n")
        } else {
            String::new()
        };
        let title = self.chance.words(3);
        self.document(
            &format!("trains/t{train}/milestones/m{number}.md"),
            &format!(
                "title: {title}\ncategory: milestone\ndue: {year}-{month:02}-{day:02}\n{done}"
            ),
        )
    }

    /// Returns about 3 KB of Markdown, of everything that people write.
    fn body(&mut self) -> String {
        let mut body = String::new();
        for heading in 0..3 {
            let title = self.chance.words(3);
            let _ = writeln!(
                body,
                "\n## {title} {heading}\n\n{}\n",
                self.chance.words(70)
            );
            for _ in 0..4 {
                let _ = writeln!(
                    body,
                    "- {} *{}* `{}`",
                    self.chance.words(6),
                    self.chance.word(),
                    self.chance.word()
                );
            }
        }
        let _ = writeln!(
            body,
            "\n| {} | {} |\n|---|---|",
            self.chance.word(),
            self.chance.word()
        );
        for _ in 0..4 {
            let _ = writeln!(
                body,
                "| {} | [{}](https://records.example/{}) |",
                self.chance.word(),
                self.chance.words(2),
                self.chance.word()
            );
        }
        let _ = writeln!(
            body,
            "\n```sh\ndeploy --release {} --wait\n```",
            self.chance.word()
        );
        body
    }
}

/// Returns the train, the application and the build of a release.
fn place(number: usize) -> (usize, usize, usize) {
    (
        number % TRAINS,
        number / TRAINS % APPLICATIONS,
        number / TRAINS / APPLICATIONS,
    )
}

/// Returns the year and the month in which a train deploys.
fn month(train: usize) -> (usize, usize) {
    (2024 + train / 12, train % 12 + 1)
}

fn schedule(train: usize) -> String {
    let (year, month) = month(train);
    let stages = [
        ("scoping", 5, 8),
        ("construction", 9, 12),
        ("verification", 13, 15),
        ("deployment", 16, 20),
    ];
    let mut text = "schedule:\n".to_owned();
    for (stage, from, to) in stages {
        let _ = writeln!(
            text,
            "  {stage}: {year}-{month:02}-{from:02}/{year}-{month:02}-{to:02}"
        );
    }
    if train < CLOSED {
        let _ = writeln!(
            text,
            "history:\n  - {{stage: draft, date: {year}-{month:02}-04, by: p1}}"
        );
        for (stage, from, _) in stages {
            let _ = writeln!(
                text,
                "  - {{stage: {stage}, date: {year}-{month:02}-{from:02}, by: p1}}"
            );
        }
        let _ = writeln!(
            text,
            "  - {{stage: closed, date: {year}-{month:02}-24, by: p1}}\noutcome: successful"
        );
    }
    text
}

fn gates(train: usize) -> String {
    let (year, month) = month(train);
    let (status, decision) = if train < CLOSED {
        (
            "met",
            format!(", by: p0, decision: approved, date: {year}-{month:02}-14"),
        )
    } else {
        ("not-run", String::new())
    };
    let mut text =
        format!("gates:\n  verification:\n    due: {year}-{month:02}-15\n    criteria:\n");
    for id in ["regression", "load", "rehearsal"] {
        let evidence = if train < CLOSED {
            format!(
                ", evidence: {{url: \"https://ci.example/{id}/{train}\", date: {year}-{month:02}-13}}"
            )
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "      - {{id: {id}, title: The {id} is done, owner: p2, status: {status}{evidence}}}"
        );
    }
    let _ = writeln!(
        text,
        "    approvals:\n      - {{level: development, role: release-manager{decision}}}"
    );
    text
}

/// A source of numbers that is the same everywhere: `SplitMix64`.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// Returns a word; as in real text, a few hundred are common and thousands are rare.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ba", "den", "fo", "gar", "hi", "jo", "ket", "lu", "mor", "ne", "par", "qui", "ros",
            "sta", "ti", "vel",
        ];
        let bits = self.next();
        let rare = bits.is_multiple_of(8);
        let count = if rare { 4 } else { 2 };
        (0..count)
            .map(|at| SYLLABLES[(bits >> (8 + 4 * at)) as usize % 16])
            .collect()
    }

    fn words(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| self.word())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn name(&mut self) -> String {
        let word = self.word();
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    }
}
