//! One `check` for each question, on small plans that share one policy and its people.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod deadlines;
mod gates;
mod moves;
mod properties;
mod votes;

use crate::load::load;
use crate::plan::{DocId, Kind, Plan};
use crate::time::Day;
use crate::world::Memory;

/// A policy with a planned type and an emergency, and those who decide.
const SHARED: &str = r"
-- trainboard.yaml --
title: Harbour
timezone: Europe/London
-- policies/policy.md --
---
since: 2026-01-01
separation_of_duties: true
types:
  major: {early_life_support: 10bd, post_mortem_within: 10bd}
  emergency: {skips: [scoping, verification], retrospective_approval: 5bd}
gates:
  construction:
    criteria:
      - {id: code-complete}
    approvals:
      - {level: development, role: development-lead}
  verification:
    criteria:
      - {id: regression, evidence: required, valid_for: 45d}
      - {id: load}
    approvals:
      - {level: quality, role: quality-lead}
      - {level: executive, role: executive, quorum: 2}
---
-- people/ana.md --
---
roles: [{role: development-lead}, {role: executive}]
---
-- people/hannah.md --
---
roles: [{role: development-lead}]
---
-- people/sofia.md --
---
roles: [{role: quality-lead, from: 2026-02-01}]
---
-- people/omar.md --
---
roles: [{role: executive}]
---
-- people/ruth.md --
---
roles: [{role: executive}]
---
-- people/margaret.md --
---
roles: [{role: executive, to: 2026-08-31}]
---
-- environments/production.md --
---
category: production
---
";

/// Returns the plan of `archive` beside what all share.
fn plan(archive: &str) -> Plan {
    let loaded = load(&Memory::of_txtar(&format!("{SHARED}{archive}")));
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    loaded.plan
}

/// Returns the plan whose train `t` has the fields `frontmatter`.
fn train(frontmatter: &str) -> (Plan, DocId) {
    let plan = plan(&format!(
        "-- trains/t/index.md --\n---\ntitle: T\ntype: major\n{frontmatter}\n---\n"
    ));
    let id = plan.find(Kind::Train, "t").unwrap();
    (plan, id)
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}
