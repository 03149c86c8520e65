//! The page of a release: nearly every part on one page.

use jiff::civil::{Date, date};

use super::{Page, person, release_link, shell};
use crate::pages::parts::*;

fn stages(dates: Dates<'_>) -> Vec<Stage<'static>> {
    let stage = |title: &'static str, state: &'static str, day: Date| Stage {
        title: title.into(),
        state: State::new(state),
        when: Some(dates.day(day)),
    };
    vec![
        stage("Scoping", "done", date(2026, 9, 7)),
        stage("Construction", "done", date(2026, 10, 5)),
        stage("Verification", "running", date(2026, 11, 9)),
        stage("Deployment", "planned", date(2026, 12, 12)),
        stage("Closed", "planned", date(2027, 1, 29)),
    ]
}

fn gates(dates: Dates<'_>, from: &str) -> Section<'static> {
    let mut criteria = Table::new(
        "Criteria of the gate construction",
        ["Criterion", "Result", "Evidence", "Owner"],
    );
    criteria.anchored_row(
        "regression",
        [
            "Regression suite at 98 % or more".into(),
            State::new("met").into(),
            Link::new("https://ci.example/run/812", "CI run 812").into(),
            person("Ana Ruiz", None).into(),
        ],
    );
    criteria.anchored_row(
        "load",
        [
            "Load test at twice the peak".into(),
            State::new("waived").into(),
            Value::Prose(Prose::new("by Omar Haddad: <em>peak is in March</em>")),
            person("Ana Ruiz", None).into(),
        ],
    );
    criteria.anchored_row(
        "pentest",
        [
            "Penetration test".into(),
            State::new("not-met").into(),
            Value::Empty,
            person("Security", Some("team")).into(),
        ],
    );
    let mut approvals = Table::new(
        "Approvals of the gate construction",
        ["Level", "By", "Decision", "Date"],
    );
    approvals.row([
        "Development".into(),
        person("Ana Ruiz", Some("release manager")).into(),
        State::new("approved").into(),
        dates.day(date(2026, 11, 6)).into(),
    ]);
    approvals.row([
        "Operations".into(),
        person("Omar Haddad", Some("head of operations")).into(),
        State::new("pending").into(),
        Value::Empty,
    ]);
    let construction = Section::new("construction", "Construction")
        .state(State::new("not-met"))
        .block(Block::Facts(vec![
            Fact::new("Due", dates.day(date(2026, 11, 13))),
            Fact::new("Criteria", Tally { count: 2, of: 3 }),
            Fact::new(
                "Next action",
                release_link(from, "Penetration test by Security"),
            ),
        ]))
        .block(Block::Table(criteria))
        .block(Block::Table(approvals));
    let scoping = Section::new("scoping", "Scoping")
        .state(State::new("passed"))
        .block(Block::Facts(vec![Fact::new(
            "Passed",
            dates.day(date(2026, 10, 2)),
        )]));
    Section::new("gates", "Gates")
        .section(construction)
        .section(scoping)
}

fn run_sheet(dates: Dates<'_>) -> Section<'static> {
    let mut sheet = Table::new(
        "Tasks in order; a step begins when the one before it has ended",
        ["Task", "Owner", "Mode", "Start", "Duration", "State"],
    );
    let at = |time: &str| -> Value<'static> {
        dates
            .moment(&format!("2026-12-12T{time}[Europe/London]").parse().unwrap())
            .bare()
            .into()
    };
    sheet.group(Value::word("Step 1"));
    sheet.anchored_row(
        "stop-batch",
        [
            "Stop the batch scheduler".into(),
            person("Omar Haddad", None).into(),
            "manual".into(),
            at("22:00"),
            dates.lapse(10).into(),
            State::new("done").into(),
        ],
    );
    sheet.anchored_row(
        "backup",
        [
            "Back up the ledger".into(),
            person("Database team", None).into(),
            "automated".into(),
            at("22:00"),
            dates.lapse(45).into(),
            State::new("running").into(),
        ],
    );
    sheet.group(Value::word("Step 2"));
    sheet.anchored_row(
        "migrate",
        [
            "Migrate the schema".into(),
            person("Database team", None).into(),
            "automated".into(),
            at("22:45"),
            dates.lapse(90).into(),
            State::new("pending").into(),
        ],
    );
    Section::new("run-sheet", "Run sheet").block(Block::Table(sheet))
}

fn schedule(dates: Dates<'_>) -> Table<'static> {
    let mut schedule = Table::new(
        "Stages: planned, actual and slip",
        ["Stage", "Planned", "Actual"],
    )
    .column(Column::number("Slip in days"));
    schedule.row([
        "Scoping".into(),
        dates.days(date(2026, 9, 7), date(2026, 10, 2)).into(),
        dates.day(date(2026, 10, 2)).into(),
        Value::Number(0),
    ]);
    schedule.row([
        "Construction".into(),
        dates.days(date(2026, 10, 5), date(2026, 11, 6)).into(),
        dates.day(date(2026, 11, 9)).into(),
        Value::Number(3),
    ]);
    schedule.row([
        "Deployment".into(),
        dates.week(2026, 50).into(),
        Value::Empty,
        Value::Empty,
    ]);
    schedule.row([
        "Closed".into(),
        dates.undecided().into(),
        dates.quarter(2027, 1).into(),
        Value::Empty,
    ]);
    schedule
}

pub(super) fn release(dates: Dates<'_>) -> Page<'static> {
    let from = "releases/payments-4.2/index.html";
    let mut shell = shell("release", from, "payments 4.2");
    shell.place = "releases/index.html".into();
    shell
        .crumbs
        .push(Link::between(from, "releases/index.html", "Releases"));
    shell.source = Some(Source {
        path: "trains/2026-q4/releases/payments-4.2.md".into(),
        edit: Some("https://git.example/plan/edit/payments-4.2.md".into()),
        history: Some("https://git.example/plan/commits/payments-4.2.md".into()),
    });
    let sections = vec![
        Section::new("stages", "Stages")
            .block(Block::Track(stages(dates)))
            .block(Block::Table(schedule(dates))),
        gates(dates, from),
        run_sheet(dates),
        Section::new("artifacts", "Artifacts").block(Block::Facts(vec![
            Fact::new(
                "payments.jar",
                Value::code(format!("sha256:{}", "9f86d081".repeat(8))),
            ),
            Fact::new(
                "Needs",
                Value::list([
                    release_link(from, "ledger 7.1"),
                    release_link(from, "fraud 3.0"),
                ]),
            ),
            Fact::new("Known in", dates.month(2026, 12)),
        ])),
        Section::new("risks", "Risks").table(
            Table::new("Risks", ["Risk"]),
            Empty::new(
                "No risk yet",
                Some(Prose::new(
                    "<p>Add one below <code>risks:</code> in the release.</p>",
                )),
            ),
        ),
    ];
    let document = Document {
        kind: Some("Release".into()),
        state: Some(State::new("at-risk")),
        summary: Some(Prose::new(
            "<p>Instant credit transfers, and the end of the nightly batch.</p>",
        )),
        facts: vec![
            Fact::new(
                "Deployment",
                dates.moment(&"2026-12-12T22:00[Europe/London]".parse().unwrap()),
            ),
            Fact::new("Ready", Tally { count: 7, of: 9 }),
            Fact::new("Train", release_link(from, "2026-Q4")),
            Fact::new(
                "Worst gate",
                State::new("not-met").worded("Construction not met"),
            ),
            Fact::new("Manager", person("Ana Ruiz", Some("release manager"))),
        ],
        notices: vec![Notice {
            severity: State::new("warning"),
            rule: Link::new("../../index.html#attention", "evidence/expired"),
            message: "the evidence for load expired on 2026-12-05".into(),
            hint: Some("run the load test again, or record a waiver".into()),
            place: "trains/2026-q4/releases/payments-4.2.md:31".into(),
        }],
        contents: contents(
            sections
                .iter()
                .map(Section::link)
                .chain([Link::new("#why", "Why now")])
                .collect(),
        ),
        sections,
        prose: Some(Prose::new(include_str!("why.html"))),
        backlinks: vec![Backlinks {
            title: "Needed by".into(),
            links: vec![
                release_link(from, "mobile 12.0"),
                release_link(from, "web 5.3"),
            ],
        }],
        pager: Pager {
            previous: Some(release_link(from, "payments 4.1")),
            next: Some(release_link(from, "payments 4.3")),
        },
        ..Document::default()
    };
    Page { shell, document }
}
