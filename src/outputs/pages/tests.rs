//! What pages say as data: what the schema promises, what the page shows, and addresses at which something is.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

use crate::outputs::made;
use crate::plan::Drafts;

const PLAN: &str = "\
-- trainboard.yaml --
title: Plan
timezone: UTC
-- people/ana.md --
---
title: Ana
---
-- applications/pay.md --
---
title: Pay
owner: ana
---
-- environments/live.md --
---
title: Live
category: production
---
-- freezes/shut.md --
---
title: Shut
planned: 2026-11-20/2026-11-30
scope: {environments: [live]}
reason: '[Rules](../people/ana.md) of *Ana*'
---
-- trains/q4/index.md --
---
title: \"Q4\\u202e\"
manager: ana
schedule: {scoping: 2026-10-01/2026-10-31, construction: 2026-11-01/2026-11-30, deployment: 2026-12-19/2026-12-20}
history: [{stage: scoping, date: 2026-10-01}, {stage: construction, date: 2026-11-03}]
gates:
  construction: {due: 2026-11-30, criteria: [{id: tested, due: 2026-11-19}]}
---
-- trains/q4/releases/pay-2.md --
---
application: pay
risks: [{id: late, title: Late, owner: ana}]
---
-- trains/q4/turnovers/go.md --
---
title: Go
environment: live
planned: 2026-12-19T20:00/2026-12-19T23:30
---
";

/// Returns the files of the pages, and what each page says by the path of its data.
fn said() -> (BTreeMap<String, String>, BTreeMap<String, Value>) {
    let files = made(PLAN, Drafts::Hidden, super::write);
    let data = files.iter().filter(|(path, _)| path.ends_with(".json"));
    let data = data.map(|(path, text)| (path.clone(), serde_json::from_str(text).unwrap()));
    let data = data.collect();
    (files, data)
}

/// Hands every address in `value` to `found`.
fn addresses(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            found.extend(
                entries
                    .get("href")
                    .map(|href| href.as_str().unwrap().into()),
            );
            entries.values().for_each(|value| addresses(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| addresses(value, found)),
        _ => {}
    }
}

/// Checks that each row in `sections` has a value for each column.
fn tables(sections: &Value) {
    for section in sections.as_array().into_iter().flatten() {
        for table in section["tables"].as_array().unwrap() {
            let columns = table["columns"].as_array().unwrap().len();
            let rows = table["rows"].as_array().unwrap().iter();
            let cells = rows.map(|row| row["cells"].as_array().unwrap().len());
            assert!(cells.into_iter().all(|cells| cells == columns), "{table:#}");
        }
        tables(&section["sections"]);
    }
}

#[test]
fn every_page_that_is_computed_says_so_as_data() {
    let (files, said) = said();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("page.json", super::schema()).unwrap();
    let schema = compiler.compile("page.json", &mut schemas).unwrap();
    let (mut types, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (path, data) in &said {
        schemas.validate(data, schema).unwrap();
        types.insert(data["page_type"].as_str().unwrap());
        addresses(data, &mut found);
        let page = &files[data["path"].as_str().unwrap()];
        let file = path.rsplit('/').next().unwrap();
        assert!(
            page.contains(&format!("href=\"{file}\" type=\"application/json\"")),
            "{path}"
        );
        tables(&data["sections"]);
    }
    let types: Vec<_> = types.into_iter().collect();
    assert_eq!(
        types.join(" "),
        "about attention calendar calendar-year dependencies environment-lanes environments forward-schedule \
         gate-board history home program readiness register registers report reports schedule slips",
    );
    for href in found.iter().filter(|href| href.contains(".html")) {
        let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
        let page = files.get(file).ok_or(href).unwrap();
        assert!(
            anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")),
            "{href}"
        );
    }
    assert!(found.contains("trains/q4/index.html") && found.contains("plan.json"));
    // What is no data has none, and what has its own keeps it.
    for other in [
        "search/index.json",
        "reference/index.json",
        "trains/q4/index.json",
    ] {
        assert!(!files.contains_key(other), "{other}");
    }
}

#[test]
fn a_value_has_its_words_and_what_stands_behind_them() {
    let (_, said) = said();
    let check = |path: &str, pointer: &str, expected: Value| {
        let found = said[path].pointer(pointer);
        assert_eq!(found, Some(&expected), "{path} {pointer}");
    };
    check(
        "index.json",
        "/answers/0",
        json!({
            "id": "next-release",
            "label": "Next release",
            // The title has a character that would turn the direction of what follows.
            "value": {"text": "Q4", "href": "trains/q4/index.html"},
            "state": {"text": "Construction", "state": "construction"},
            "details": [
                {
                    "text": "Sat 19 Dec 2026 20:00 – 23:30 UTC",
                    "datetime": "2026-12-19T20:00+00:00",
                    "until": "2026-12-19T23:30+00:00",
                },
                {"text": "Go", "href": "turnovers/q4/go/index.html"},
                {
                    "text": "No-go, Readiness",
                    "values": [
                        {"text": "No-go", "state": "no-go"},
                        {"text": "Readiness", "href": "trains/q4/readiness/index.html"},
                    ],
                },
            ],
        }),
    );
    let reason = json!({"text": "Rules of Ana"});
    check("index.json", "/answers/1/details/1", reason);
    let sheet = "trains/q4/readiness/index.json";
    check(sheet, "/state", json!({"text": "No-go", "state": "no-go"}));
    let met = json!({"label": "Criteria met", "value": {"text": "0 of 1", "number": 0, "of": 1}});
    check(sheet, "/facts/3", met);
    check(
        sheet,
        "/sections/0/tables/0",
        json!({
            "caption": "What is missing, and who can do it",
            "columns": ["What", "State", "Due", "Gate", "For"],
            "rows": [{"cells": [
                {"text": "Show: tested", "href": "trains/q4/index.html#criterion-construction-tested"},
                {"text": "Not run", "state": "not-run"},
                {"text": "Thu 19 Nov 2026", "datetime": "2026-11-19"},
                {"text": "Construction"},
                {"text": "Q4", "href": "trains/q4/index.html"},
            ]}],
        }),
    );
    let day = json!({"cells": [
        {"text": "20", "datetime": "2026-11-20"},
        {"text": "Hard freeze", "state": "hard"},
    ]});
    check(
        "calendar/2026/index.json",
        "/sections/1/tables/1/rows/0",
        day,
    );
    let stage = json!({
        "group": {"text": "Q4", "href": "trains/q4/index.html"},
        "cells": [
            {"text": "Construction"},
            {"text": "Sun 1 Nov – Mon 30 Nov 2026", "datetime": "2026-11-01", "until": "2026-11-30"},
            {"text": "Tue 3 Nov 2026", "datetime": "2026-11-03"},
            {"text": "Running", "state": "running"},
        ],
    });
    check("schedule/index.json", "/sections/0/tables/0/rows/1", stage);
    let risk = json!({"cells": [
        {"text": "Late", "href": "releases/pay-2/index.html#risk-late"},
        {"text": "Ana", "href": "people/ana/index.html"},
        {"text": "pay-2", "href": "releases/pay-2/index.html"},
    ]});
    let row = "/sections/0/tables/0/rows/0";
    check("registers/risks/index.json", row, risk);
    let empty = json!([{"text": "No criterion is waived"}]);
    check("registers/waivers/index.json", "/sections/0/lines", empty);
}
