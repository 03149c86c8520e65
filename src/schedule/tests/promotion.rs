//! Promotion: by release and by digest, through the path of the application or of the policy.

use super::super::{PassageState, Planned, Schedule};
use super::{check, turnover};

fn passages(schedule: &Schedule<'_>) -> Vec<String> {
    let promotion = schedule.promotion(turnover(schedule.plan(), "live"));
    let mut lines = Vec::new();
    for passage in &promotion.passages {
        for (release, state) in &passage.releases {
            let state = match state {
                PassageState::Passed(turnover) => {
                    format!("passed {}", turnover.document.short_id())
                }
                PassageState::Planned(turnover) => {
                    format!("planned {}", turnover.document.short_id())
                }
                PassageState::Differs { turnover, was, .. } => {
                    format!(
                        "differs {} {}",
                        turnover.document.short_id(),
                        &*was.name.as_ref().unwrap().value
                    )
                }
                PassageState::Skipped => "skipped".to_owned(),
            };
            lines.push(format!(
                "{} {} {state}",
                passage.environment.document.id,
                release.document.short_id()
            ));
        }
        let holds = (
            passage.holds(Planned::DoesNotCount),
            passage.holds(Planned::Counts),
        );
        lines.push(format!("{holds:?}"));
    }
    lines
}

/// Checks the promotion of payments 4 to production, which `uat` went through before.
fn promoted(uat: &str, more: &str, expected: &[&str]) {
    let digest = |digit: &str| digit.repeat(64);
    let files = format!(
        "-- applications/payments.md --\npath: [uat, production]\n\
         -- trains/q4/releases/payments-4.md --\napplication: payments\nartifacts: [{{name: jar, sha256: \"{}\"}}]\n\
         -- trains/q4/releases/same.md --\napplication: payments\nartifacts: [{{name: jar, sha256: \"{}\"}}]\n\
         -- trains/q4/releases/other.md --\napplication: payments\nartifacts: [{{name: jar, sha256: \"{}\"}}]\n\
         -- trains/q4/turnovers/live.md --\nenvironment: production\ncontents: [payments-4]\n\
         planned: 2026-12-12 20:00/2h\n\
         -- trains/q4/turnovers/uat.md --\nenvironment: uat\n{uat}\n{more}",
        digest("a"),
        digest("a"),
        digest("b")
    );
    check(&files, passages, expected);
}

#[test]
fn the_same_artifacts_pass_each_environment() {
    promoted(
        "contents: [payments-4]\nstatus: deployed",
        "",
        &["uat payments-4 passed uat", "(true, true)"],
    );
    promoted(
        "contents: [same]\nstatus: deployed",
        "",
        &["uat payments-4 passed uat", "(true, true)"],
    );
    promoted(
        "contents: [other]\nstatus: deployed",
        "",
        &["uat payments-4 differs uat jar", "(false, false)"],
    );
    promoted(
        "contents: [ledger-7]\nstatus: deployed",
        "",
        &["uat payments-4 skipped", "(false, false)"],
    );
    promoted(
        "contents: [payments-4]\nstatus: failed",
        "",
        &["uat payments-4 skipped", "(false, false)"],
    );
    let planned = |day: &str| format!("contents: [payments-4]\nplanned: 2026-12-{day} 20:00/2h");
    promoted(
        &planned("10"),
        "",
        &["uat payments-4 planned uat", "(false, true)"],
    );
    promoted(
        &planned("13"),
        "",
        &["uat payments-4 skipped", "(false, false)"],
    );
}

#[test]
fn a_policy_says_how_many_pass() {
    let policy = |require: &str| {
        format!(
            "-- applications/payments.md --\ntitle: Payments\n-- policies/p.md --\npromotion:\n\
             - {{environment: uat, require: {require}}}\n- {{environment: production}}\n\
             -- trains/q4/turnovers/live.md --\nenvironment: production\ncontents: [payments-4, ledger-7]\n"
        )
    };
    let uat = "contents: [ledger-7]\nstatus: deployed";
    let passed = ["uat payments-4 skipped", "uat ledger-7 passed uat"];
    let told = |require: &str, holds: &str| {
        promoted(uat, &policy(require), &[passed[0], passed[1], holds]);
    };
    told("all", "(false, false)");
    told("1", "(true, true)");
    told("optional", "(true, true)");
}

#[test]
fn only_another_build_of_the_version_differs() {
    let of_version = |version: &str, expected: &str| {
        let release = |id: &str, version: &str, digit: &str| {
            let digest = digit.repeat(64);
            format!(
                "-- trains/q4/releases/{id}.md --\napplication: payments\nversion: \"{version}\"\n\
                 artifacts: [{{name: jar, sha256: \"{digest}\"}}]\n"
            )
        };
        let more = release("payments-4", "4.2.0", "a") + &release("other", version, "b");
        let uat = "contents: [other]\nstatus: deployed";
        promoted(
            uat,
            &more,
            &[&format!("uat payments-4 {expected}"), "(false, false)"],
        );
    };
    of_version("4.2.0-rc.1", "differs uat jar");
    of_version("4.2", "differs uat jar");
    of_version("4.1.0", "skipped");
    of_version("3.9-rc.1", "skipped");
}
