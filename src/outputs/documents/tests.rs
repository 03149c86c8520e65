//! The data beside pages: it says what the schema promises, and what the page shows.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use boon::{Compiler, Schemas};
use serde_json::Value;

use crate::outputs::made;
use crate::plan::Drafts;

const PLAN: &str = "\
-- trainboard.yaml --
title: Plan
timezone: UTC
audiences: {public: {}}
-- applications/pay.md --
---
title: Pay
---
-- environments/live.md --
---
title: Live
category: production
---
-- freezes/shut.md --
---
title: Shut
planned: 2026-12-18/2027-01-04
scope: {environments: [live]}
---
-- trains/q4/index.md --
---
title: Q4
schedule: {scoping: 2026-10-01/2026-10-31, construction: 2026-11-01/2026-11-30, deployment: 2026-12-19/2026-12-20}
history: [{stage: scoping, date: 2026-10-01}, {stage: construction, date: 2026-11-03}]
gates:
  construction: {due: 2026-11-30, criteria: [{id: tested, due: 2026-11-19}]}
---
-- trains/q4/releases/pay-2.md --
---
application: pay
---
-- trains/q4/notes/a.md --
---
title: A
release: pay-2
date: 2026-11-05
fragment: security
---
Mends CVE-2026-1234.
";

#[test]
fn the_data_of_a_document_says_what_is_computed_of_it() {
    let files = made(PLAN, Drafts::Hidden, super::write);
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler
        .add_resource("document.json", super::schema())
        .unwrap();
    let schema = compiler.compile("document.json", &mut schemas).unwrap();
    let data = |path: &str| {
        let data: Value = serde_json::from_str(&files[path]).unwrap();
        if path.matches('/').count() > 1 && data.get("document").is_some() {
            schemas.validate(&data, schema).unwrap();
        }
        data
    };
    let train = data("trains/q4/index.json");
    assert_eq!(train["document"]["path"], "trains/q4/index.html");
    let computed = &train["computed"];
    assert_eq!(computed["stage"], "construction");
    assert_eq!(computed["stages"][1]["slip"], 2);
    assert_eq!(computed["deployment"]["first"], "2026-12-19");
    assert_eq!(computed["gates"][0]["state"], "not-passed");
    assert_eq!(
        computed["gates"][0]["reasons"][0]["text"],
        "tested is not run"
    );
    assert_eq!(computed["due"][0]["late"], true);
    let live = data("environments/live/index.json");
    assert_eq!(live["computed"]["next_freeze"]["id"], "shut");
    let note = data("notes/q4/a/index.json");
    assert_eq!(note["computed"]["identifiers"][0], "CVE-2026-1234");
    let list = data("notes/audiences/public/index.json");
    assert_eq!(list["documents"][0]["marks"][0], "security");
    assert_eq!(data("releases/index.json")["documents"][0]["id"], "pay-2");
}

#[test]
fn what_stands_inside_a_model_has_one_id() {
    let archive = "-- models/m.md --\n---\ntitle: M\nmilestones: [{id: done, due: T}]\n---\n";
    let plan = crate::load::load(&crate::world::Memory::of_txtar(archive)).plan;
    let models = plan.all::<crate::plan::kinds::model::Model>();
    let data: Vec<_> = models
        .map(|model| serde_json::to_string(model.fields).unwrap())
        .collect();
    assert_eq!(data, [r#"{"milestones":[{"id":"done","due":"T"}]}"#]);
}
