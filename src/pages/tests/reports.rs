//! The reports, on a plan in which deployments failed and something is late.

use super::{check, page};

/// A train whose first try was taken back, an emergency, a policy that is broken and excused, and something late.
const PLAN: &str = "
-- trainboard.yaml --
timezone: UTC
-- people/ana.md --
---
name: Ana Ruiz
roles: [{role: sponsor, from: 2026-01-01}]
---
-- policies/all.md --
---
title: The policy
since: 2026-01-01
separation_of_duties: true
gates: {construction: {approvals: [{level: executive, role: sponsor}]}}
types: {minor: {notice: 20bd}}
---
-- applications/pay.md --
---
title: Pay
---
-- environments/live.md --
---
title: Live
category: production
---
-- trains/q4/index.md --
---
title: Q4
type: minor
manager: ana
history: [{stage: construction, date: 2026-09-01}]
purpose: Pay faster
schedule: {deployment: 2026-12-05/2026-12-06}
gates:
  construction:
    due: 2026-11-30
    approvals: [{level: executive, role: sponsor, by: ana, decision: approved, date: 2026-11-02}]
tasks: [{id: food, title: Order supper, due: 2026-11-01, owner: ana}]
---
-- trains/q4/releases/pay-4.md --
---
title: Pay 4
application: pay
version: \"4.0\"
type: minor
---
-- trains/q4/turnovers/pilot.md --
---
title: Pilot
environment: live
actual: 2026-11-14 22:00/2h
status: deployed
attempts: [{actual: 2026-11-07 22:00/6h, status: rolled-back}]
---
-- trains/q4/turnovers/next.md --
---
title: Next night
environment: live
planned: 2026-12-05 22:00/2h
allow: [{rule: release/late-notice, reason: Agreed}]
---
";

#[test]
fn the_list_is_a_pack_of_one_number_each() {
    check(
        PLAN,
        "reports/index.html",
        &[
            "Readiness 0 of 1 trains may go",
            "Overdue 1 overdue What needs attention",
            "Policy compliance 1 of 2 trains and releases follow every rule of their policy",
            "Deployment frequency 2 deployments Wed 1 Oct 2025 – Sat 21 Nov 2026",
            "Change failure rate 50 % 1 of 2 deployments failed",
            "Time to restore 6 h median; failures counted: 1 of 1",
            "Lead time for changes 75 days median; releases counted: 1",
            "Q4 | No-go | 14 days left | Approve: Executive | Sponsor nobody could sign today",
            "Order supper | Q4 | Ana Ruiz | Sun 1 Nov 2026 | 20",
            "approval/self | The policy | 1 | Q4",
            "Pay | Sun 15 Nov 2026 | 6 | 2",
            "Pay | 50 % | 1 | 2",
            "Pilot | Sun 8 Nov 2026 | Rolled back | 6 h | Q4",
            "Pay 4 | 75 | Tue 1 Sep 2026 | Sun 15 Nov 2026 | Q4",
        ],
    );
    let checked = "Checked as of Sat 21 Nov 2026";
    let nothing = [
        format!("Readiness No train is on its way {checked}"),
        format!("Overdue Nothing overdue {checked}"),
        format!("Policy compliance No policy governs anything {checked}"),
        format!("Deployment frequency No deployment {checked}"),
        format!("Change failure rate No deployment {checked}"),
        format!("Time to restore No deployment failed {checked}"),
        format!("Lead time for changes No deployment {checked}"),
    ];
    let lines = super::lines(&page("", "reports/index.html"));
    assert_eq!(lines[..7], nothing);
}

#[test]
fn deployments_are_told_by_month_application_and_train() {
    let check = |name: &str, sign: &str, expected: &[&str]| {
        let lines = super::lines(&page(PLAN, &format!("reports/{name}/index.html")));
        let told: Vec<_> = lines.iter().filter(|line| line.contains(sign)).collect();
        assert_eq!(told, expected, "{name}");
    };
    check(
        "change-failure-rate",
        "50 %",
        &[
            "Change failure rate 50 % 1 of 2 deployments failed",
            "Pay | 50 % | 1 | 2",
            "November 2026 | 2 | 1 | 50 %",
            "Whole quarter | 2 | 1 | 50 %",
            "Pay | 2 | 1 | 50 %",
            "Q4 | 2 | 1 | 50 %",
        ],
    );
    check(
        "time-to-restore",
        "2026 | 1",
        &["November 2026 | 1 | 6 h | 0"],
    );
    check(
        "lead-time",
        "quarter | 1",
        &["Whole quarter | 1 | 75 days | 75 days"],
    );
    check(
        "deployment-frequency",
        "2026 | 2",
        &["November 2026 | 2 | 10 days | 0"],
    );
}

#[test]
fn what_is_late_is_counted_by_age_and_owner() {
    check(
        PLAN,
        "reports/overdue/index.html",
        &[
            "Overdue 1 overdue What needs attention",
            "Order supper | Q4 | Ana Ruiz | Sun 1 Nov 2026 | 20",
            "Up to 7 days | 0",
            "8 to 30 days | 1",
            "31 to 90 days | 0",
            "More than 90 days | 0",
            "Ana Ruiz | 1 | Order supper | Sun 1 Nov 2026",
        ],
    );
}

#[test]
fn a_rule_of_a_policy_is_kept_broken_or_excused() {
    check(
        PLAN,
        "reports/compliance/index.html",
        &[
            "Policy compliance 1 of 2 trains and releases follow every rule of their policy",
            "approval/self | The policy | 1 | Q4",
            "The policy | 1 of 2 | 6 of 7 | 1",
            "The policy",
            "train/unknown-type | Followed | 2 | 0 | 0",
            "transition/skipped-stage | Followed | 2 | 0 | 0",
            "gate/not-passed | Followed | 2 | 0 | 0",
            "approval/missing | Followed | 2 | 0 | 0",
            "approval/self | Broken | 1 | 1 | 0",
            "approval/not-in-role | Followed | 2 | 0 | 0",
            "release/late-notice | Followed | 2 | 0 | 1",
        ],
    );
    // An excuse that excuses nothing is none.
    let plan = PLAN.replace("notice: 20bd", "notice: 1bd");
    let lines = super::lines(&page(&plan, "reports/compliance/index.html"));
    let told = "release/late-notice | Followed | 2 | 0 | 0";
    assert!(lines.iter().any(|line| line == told), "{lines:?}");
}

#[test]
fn the_chart_says_what_its_table_says() {
    let page = page(PLAN, "reports/change-failure-rate/index.html");
    let bars = page.matches("<rect class=\"whole\"").count();
    assert_eq!((bars, page.matches("<rect class=\"part\"").count()), (1, 1));
    assert!(page.contains(">1/2</text>"));
}

#[test]
fn the_portal_tells_what_it_was_made_from() {
    let lines = super::lines(&page(PLAN, "about/index.html"));
    let begin = |begin: &str| {
        let found = lines.iter().find(|line| line.starts_with(begin));
        found.map_or("", String::as_str)
    };
    assert_eq!(begin("approval/self"), "approval/self | Error | 1");
    assert_eq!(
        begin("Q4 |"),
        "Q4 | Error | ana approved gate construction of train q4 on 2 November 2026, and is the manager of train q4 | approval/self | have somebody else decide; nobody else in this plan is sponsor"
    );
    assert_eq!(begin("Turnovers"), "Turnovers | 2");
    assert_eq!(begin("UTC"), "UTC | The plan");
    // Each state of the format stands with its shape.
    let bad = begin("Stops somebody");
    assert!(
        bad.contains("Rolled back") && bad.contains("Not met"),
        "{bad}"
    );
    assert!(begin("Not yet begun").contains("Cancelled"));
    assert_eq!(
        super::lines(&page("", "about/index.html"))
            .last()
            .map(String::as_str),
        Some(
            "No calendar: Saturday and Sunday are free, and no day is a holiday Add a Markdown list or an .ics file below calendars/ ."
        )
    );
}
