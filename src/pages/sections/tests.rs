#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::load::load;
use crate::pages::Portal;
use crate::pages::parts::{Block, Locale, Section, Value};
use crate::pages::show::Show;
use crate::pages::view::View;
use crate::plan::kinds::{note::Note, release::Release, train::Train};
use crate::plan::{Drafts, Kind, Publication};
use crate::time::Day;
use crate::world::Memory;

/// A train with a policy, one release of it, and a fragment of that release's note, as seen on 21 November 2026.
const PLAN: &str = "
-- trainboard.yaml --
timezone: UTC
-- policies/all.md --
---
types: {minor: {skips: [scoping]}}
gates:
  scoping: {criteria: [{id: agreed}]}
  construction:
    title: Ready
    criteria:
      - {id: tested, title: Tests pass, evidence: required}
      - {id: written}
    approvals: [{level: executive, role: sponsor, quorum: 2}, {level: quality}]
---
-- trains/q4/index.md --
---
title: Q4
type: minor
schedule: {scoping: 2026-10-01/2026-10-31, construction: 2026-11-01/2026-11-30, deployment: 2026-12-05/2026-12-06}
history: [{stage: scoping, date: 2026-10-01}, {stage: construction, date: 2026-11-03}]
gates:
  construction:
    criteria:
      - {id: written, status: not-met, waiver: {by: omar, reason: R, expires: 2026-11-21}}
      - {id: own, status: not-met, waiver: {by: omar, reason: R, expires: 2026-11-20}}
milestones:
  - {id: code, title: Code complete, due: 2026-11-20}
  - {id: talk, title: Town hall, due: 2026-11-19, category: event}
  - {id: pilot, title: Pilot, due: 2026-12}
---
-- trains/q4/approvals/yes.md --
---
title: Yes
for: train:q4
gate: construction
level: executive
decision: approved
---
-- trains/q4/releases/pay-4.2.md --
---
title: Pay 4.2
history: [{stage: abandoned, date: 2026-11-01}]
items: [{id: A-1, title: Faster, category: enhancement, status: done}, {id: A-2, status: dropped}]
milestones: [{id: code, title: Code complete, due: 2026-11-27, reason: Late}]
---
-- trains/q4/notes/faster.md --
---
title: Faster
release: pay-4.2
fragment: added
items: [A-1]
---
It is faster.
";

/// Returns the words of `value`.
fn words(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Word(text) | Value::Code(text) => text.to_string(),
        Value::Prose(prose) => prose.0.to_string(),
        Value::Link(link) => link.text.to_string(),
        Value::When(when) => when.text.clone(),
        Value::State(state) => state.word.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Tally(tally) => format!("{} of {}", tally.count, tally.of),
        Value::List(values) => values.iter().map(words).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// Returns the rows of the section `id`, and of its parts, as lines; a fact is a line too.
fn lines(sections: &[Section<'_>], id: &str) -> Vec<String> {
    let Some(section) = sections.iter().find(|section| section.id == id) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    for part in std::iter::once(section).chain(&section.sections) {
        for block in &part.blocks {
            match block {
                Block::Facts(facts) => lines.extend(
                    facts
                        .iter()
                        .map(|fact| format!("{}: {}", fact.label, words(&fact.value))),
                ),
                Block::Track(stages) => lines.extend(
                    stages
                        .iter()
                        .map(|stage| format!("{} {}", stage.title, stage.state.word)),
                ),
                Block::Table(table) => lines.extend(
                    table
                        .groups
                        .iter()
                        .flat_map(|group| &group.rows)
                        .map(|row| row.cells.iter().map(words).collect::<Vec<_>>().join(" | ")),
                ),
                Block::Empty(empty) => lines.push(empty.fact.to_string()),
                Block::Prose(prose) => lines.push(prose.0.to_string()),
                Block::List(_)
                | Block::More(_)
                | Block::Months(_)
                | Block::Timeline(_)
                | Block::Lanes(_)
                | Block::Chart(_)
                | Block::Graph(_)
                | Block::Board(_)
                | Block::Bars(_) => {}
            }
        }
    }
    lines
}

/// Checks the section `section` of the page of the document `id`.
fn check<T: Show>(id: &str, section: &str, expected: &[&str]) {
    let plan = load(&Memory::of_txtar(PLAN)).plan;
    let locale = Locale::new("en", None).unwrap();
    let publication = Publication {
        as_of: Day::parse("2026-11-21").unwrap(),
        drafts: Drafts::Hidden,
    };
    let portal = Portal::new(&plan, publication, &locale, &[]);
    let doc = plan.get::<T>(plan.find(T::KIND, id).unwrap()).unwrap();
    let view = View::new(&portal, "index.html").of(doc.id);
    assert_eq!(
        lines(&T::sections(&view, doc), section),
        expected,
        "{section} of {id}"
    );
}

#[test]
fn a_gate_shows_what_is_asked_for_beside_what_was_written() {
    check::<Train>(
        "q4",
        "gates",
        &[
            // The scoping gate is skipped by the type; a waiver counts on its last day and not after it.
            "Not passed because tested is not run, own is not met, and its waiver ended on \
             <time datetime=\"2026-11-20\">20 November 2026</time>, executive is not approved (an approval that names \
             nobody does not count), and quality is not approved",
            "Next action: Put right: own, then 3 more",
            "Tests pass | Not run |  | required |  |  | ",
            "written | Waived | Its waiver ends on 21 November 2026, and the deployment begins on 5 \
             December 2026 |  |  | R | Sat 21 Nov 2026",
            "own | Not met | Its waiver ended on 20 November 2026 |  |  | R | Fri 20 Nov 2026",
            // Nobody and no day is no approval, whatever it says.
            "Executive | Approved, does not count | Sponsor | 0 of 2 | It names nobody, It has no day | ",
            "Executive | 2 still needed | Sponsor |  |  | Sponsor",
            "Quality | Not requested yet |  | 1 |  | ",
        ],
    );
    // The gates of the policy are those of the train.
    check::<Release>("pay-4.2", "gates", &[]);
    check::<Train>("q4", "approvals", &[]);
}

#[test]
fn stages_are_told_as_planned_and_as_entered() {
    check::<Train>(
        "q4",
        "stages",
        &[
            "Draft Done",
            "Scoping Done",
            "Construction Running",
            "Verification Planned",
            "Deployment Planned",
            "Closed Planned",
            "Scoping |  | Thu 1 Oct 2026 | on time |  | Not in order | The manager is missing, The purpose is missing",
            "Construction |  | Tue 3 Nov 2026 | 2 days late | 9 days left | In order | ",
            "Deployment |  |  |  |  |  | ",
        ],
    );
    check::<Release>(
        "pay-4.2",
        "stages",
        &[
            "Abandoned Done",
            "Abandoned | Sun 1 Nov 2026 | Not in order | It has no reason, Nobody is named who decided",
        ],
    );
}

#[test]
fn milestones_stand_as_their_days_say() {
    check::<Train>(
        "q4",
        "milestones",
        &[
            "Town hall | Thu 19 Nov 2026 | Reached | Event",
            "Code complete | Fri 20 Nov 2026 | Overdue | ",
            "Pilot | December 2026 | Due soon | ",
        ],
    );
    check::<Release>(
        "pay-4.2",
        "milestones",
        &[
            "Town hall | Thu 19 Nov 2026 | Reached | Event | inherited |  | ",
            "Code complete | Fri 27 Nov 2026 | Due soon |  | overridden | Fri 20 Nov 2026 | Late",
            "Pilot | December 2026 | Due soon |  | inherited |  | ",
        ],
    );
}

#[test]
fn a_release_tells_what_is_in_it() {
    check::<Release>(
        "pay-4.2",
        "items",
        &["Done: 1 of 1", "A-1 | Faster | Done", "A-2 |  | Dropped"],
    );
    check::<Release>("pay-4.2", "notes", &["Faster | It is faster. | A-1"]);
    check::<Note>("q4/faster", "coverage", &["Scope items: A-1"]);
}

#[test]
fn the_worst_is_told_first_and_nothing_of_what_has_ended() {
    let check = |kind, id, expected| {
        let plan = load(&Memory::of_txtar(PLAN)).plan;
        let locale = Locale::new("en", None).unwrap();
        let as_of = Day::parse("2026-11-21").unwrap();
        let publication = Publication {
            as_of,
            drafts: Drafts::Hidden,
        };
        let portal = Portal::new(&plan, publication, &locale, &[]);
        let worst = super::attention(
            &View::new(&portal, "index.html"),
            plan.find(kind, id).unwrap(),
        );
        assert_eq!(words(&worst), expected, "{id}");
    };
    // The waiver of one criterion ended yesterday, that of the other ends today.
    check(Kind::Train, "q4", "Not met, own");
    check(Kind::Release, "pay-4.2", "");
}
