//! Gates, criteria and decisions.

use super::{day, plan, train};
use crate::lifecycle::{gate_result, gates, votes};
use crate::plan::Kind;

const SIGNED: &str = "
  construction:
    criteria: [{id: code-complete, status: met}]
    approvals: [{level: development, by: hannah, decision: approved, date: 2026-08-01}]
";

/// Checks what becomes of the gate of verification, as of `today`, of a train that had entered it, when the gate says
/// `gate` beside a criterion `load` that is met.
fn check(gate: &str, today: &str, expected: &str) {
    check_train(&verification(gate), today, expected);
}

fn verification(gate: &str) -> String {
    format!(
        "history:\n  - {{stage: scoping, date: 2026-06-01}}\n  - {{stage: construction, date: 2026-07-01}}
  - {{stage: verification, date: 2026-08-02}}\ngates:{SIGNED}  verification:\n{gate}"
    )
}

fn check_train(frontmatter: &str, today: &str, expected: &str) {
    let (plan, train) = train(frontmatter);
    let result = gate_result(&plan, train, "verification", day(today)).unwrap();
    assert_eq!(result.to_string(), expected, "{frontmatter}");
}

/// Returns the gate with its two criteria, the first of which says `regression`, and `approvals`.
fn gate(regression: &str, load: &str, approvals: &str) -> String {
    format!(
        "    criteria:\n      - {{id: regression, {regression}}}\n      - {{id: load, {load}}}
    approvals:\n{approvals}"
    )
}

const EVIDENCE: &str =
    "status: met, evidence: {url: 'https://ci.example/1', date: 2026-08-20, valid_for: 30d}";
const MET: &str = "status: met";
const ALL: &str = "
      - {level: quality, role: quality-lead, by: sofia, decision: approved, date: 2026-08-26}
      - {level: executive, role: executive, by: omar, decision: approved, date: 2026-08-27}
      - {level: executive, role: executive, by: margaret, decision: approved, date: 2026-08-28}";

#[test]
fn a_gate_is_passed_when_all_is_there_and_says_why() {
    let passed = "passed because regression is met with evidence made on 20 August 2026, load is met, quality is \
                  approved by sofia, executive is approved by omar and margaret, and gate construction is passed";
    check(&gate(EVIDENCE, MET, ALL), "2026-09-01", passed);
    // Evidence may expire once somebody has relied on it.
    check(&gate(EVIDENCE, MET, ALL), "2027-06-01", passed);
    // On the day before the last approval it was not.
    check(
        &gate(EVIDENCE, MET, ALL),
        "2026-08-27",
        "not passed because executive is approved by omar only and needs 2 (margaret approves only on 28 August 2026)",
    );
    check(
        "    due: 2026-09-02",
        "2026-08-27",
        "not passed because regression is not run, load is not run, quality is not approved, and executive is not \
         approved",
    );
}

#[test]
fn evidence_is_there_before_the_decision_and_still_counts_at_it() {
    let check = |evidence: &str, why: &str| {
        let expected = format!("not passed because regression does not count as met: {why}");
        check(&gate(evidence, MET, ALL), "2026-09-01", &expected);
    };
    check("status: met", "it has no evidence");
    check(
        "status: met, evidence: {date: 2026-08-20}",
        "its evidence names neither an address nor a file",
    );
    let dated = |date: &str| {
        format!("status: met, evidence: {{url: 'https://ci.example/1', date: {date}}}")
    };
    check(
        &dated("2026-08-29"),
        "its evidence was not there on 28 August 2026",
    );
    check(
        &dated("2026-07-01"),
        "its evidence counted until 15 August 2026, and not on 28 August 2026",
    );
    check(
        "status: met, evidence: {url: 'https://ci.example/1'}",
        "its evidence counts only for a time and has no day",
    );
}

#[test]
fn evidence_files_are_what_was_seen() {
    let check = |file: &str, sha256: &str, expected: &str| {
        let fields = verification(&gate(
            &format!("status: met, evidence: {{file: {file}, {sha256} date: 2026-08-20}}"),
            MET,
            ALL,
        ));
        let plan = plan(&format!(
            "-- trains/t/index.md --\n---\ntype: major\n{fields}\n---\n-- trains/t/run.txt --\nabc\n-- run.txt --\n"
        ));
        let train = plan.find(Kind::Train, "t").unwrap();
        let result = gate_result(&plan, train, "verification", day("2026-09-01")).unwrap();
        assert!(result.to_string().starts_with(expected), "{file}: {result}");
    };
    let right = "sha256: edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb,";
    let wrong = "sha256: edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cc,";
    let not = "not passed because regression does not count as met:";
    check("run.txt", right, "passed");
    check(
        "run.txt",
        wrong,
        &format!("{not} its evidence is not the file that was seen"),
    );
    check(
        "run.txt",
        "",
        &format!("{not} the digest of its evidence is not written"),
    );
    check(
        "run-2.txt",
        right,
        &format!("{not} there is no file trains/t/run-2.txt"),
    );
    check(
        "../../../run.txt",
        right,
        &format!("{not} its evidence lies outside the plan"),
    );
}

#[test]
fn a_waiver_excuses_one_criterion_until_it_ends() {
    let check = |waiver: &str, today: &str, expected: &str| {
        let load = format!("status: not-met, waiver: {{{waiver}}}");
        check_train(
            &format!(
                "schedule: {{deployment: 2026-10-01/2026-10-02}}\n{}",
                verification(&gate(EVIDENCE, &load, ALL))
            ),
            today,
            expected,
        );
    };
    let passed = "passed because regression is met with evidence made on 20 August 2026, load is waived by ruth until 15 \
                  September 2026, \
                  quality is approved by sofia, executive is approved by omar and margaret, and gate construction is \
                  passed";
    let not = |why: &str| format!("not passed because load is not met, and its waiver {why}");
    let whole = "by: ruth, reason: Peak is in March, date: 2026-08-20, expires: 2026-09-15";
    check(whole, "2026-09-15", passed);
    check(whole, "2026-09-16", &not("ended on 15 September 2026"));
    check(
        "by: ruth, date: 2026-08-20, expires: 2026-12-31",
        "2026-09-01",
        &not("has no reason"),
    );
    check(
        "by: ruth, reason: R, date: 2026-08-20",
        "2026-09-01",
        &not("has no end"),
    );
    check(
        "reason: R, date: 2026-08-20, expires: 2026-12-31",
        "2026-09-01",
        &not("names nobody"),
    );
    check(
        "by: hannah, reason: R, date: 2026-08-20, expires: 2026-12-31",
        "2026-09-01",
        &not("was given by nobody who was quality-lead or executive"),
    );
    check(
        "by: ruth, reason: R, date: 2026-08-29, expires: 2026-12-31",
        "2026-09-01",
        &not("was given after the decision on 28 August 2026"),
    );
}

#[test]
fn a_return_re_opens_the_gates_that_it_passes() {
    let back = verification(&gate(EVIDENCE, MET, ALL)).replace(
        "\ngates:",
        "
  - {stage: construction, date: 2026-08-10, reason: Blocker, addressee: hannah}
  - {stage: verification, date: 2026-08-15}\ngates:",
    );
    check_train(
        &back,
        "2026-09-01",
        "not passed because gate construction is not passed",
    );
    let (plan, train) = train(&back);
    let result = gate_result(&plan, train, "construction", day("2026-09-01")).unwrap();
    let expected = "not passed because development is not approved (the approval of hannah does not count: it is older \
                    than the return on 10 August 2026); a return on 10 August 2026 re-opened it";
    assert_eq!(result.to_string(), expected);
    assert_eq!(
        result
            .crossed
            .unwrap()
            .value
            .date
            .as_ref()
            .unwrap()
            .written
            .to_string(),
        "2026-08-15"
    );
}

/// Checks what is said of each decision at the gate of verification.
#[test]
fn a_decision_counts_when_its_maker_may_make_it() {
    let check = |approvals: &str, expected: &[&str]| {
        let (plan, train) = train(&format!(
            "owner: ana\nmanager: ana\n{}",
            verification(&gate(EVIDENCE, MET, approvals))
        ));
        let votes = votes(&plan, train, day("2026-09-30"));
        let told: Vec<_> = votes
            .iter()
            .filter(|vote| vote.vote.gate == Some("verification"))
            .map(|vote| {
                let faults: Vec<_> = vote.faults.iter().map(ToString::to_string).collect();
                let counts = if vote.grants() {
                    "counts"
                } else {
                    "does not count"
                };
                format!("{counts} {}", faults.join("; "))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        assert_eq!(told, expected, "{approvals}");
    };
    check(ALL, &["counts", "counts", "counts"]);
    check(
        "
      - {level: executive, role: executive, by: margaret, decision: approved, date: 2026-09-01}
      - {level: quality, role: quality-lead, by: omar, decision: approved, date: 2026-09-01}
      - {level: executive, role: executive, by: ana, decision: approved, date: 2026-09-01}
      - {level: executive, by: omar, decision: approved, date: 2026-10-01}
      - {level: executive, by: ruth, decision: approved}
      - {level: quality, role: quality-lead, decision: approved, date: 2026-09-01}
      - {level: quality, role: quality-lead, by: sofia, decision: rejected, date: 2026-09-01}",
        &[
            "does not count they were not executive on that day; quality had not been approved before",
            "does not count they were not quality-lead on that day",
            "does not count they are the owner of what is approved; quality had not been approved before",
            "does not count its day has not come; quality had not been approved before",
            "does not count it has no day",
            "does not count it names nobody",
            "does not count it has no reason; it names no stage to return to",
        ],
    );
    check(
        "
      - {level: quality, role: quality-lead, by: sofia, decision: approved, date: 2026-08-26}
      - {level: quality, role: quality-lead, by: sofia, decision: rejected, date: 2026-08-27, reason: R,
         return_to: construction}
      - {level: quality, role: quality-lead, by: sofia, decision: approved, date: 2026-08-29}",
        &[
            "does not count they decided otherwise later",
            "does not count they decided otherwise later",
            "counts",
        ],
    );
}

#[test]
fn a_file_and_an_inline_decision_mean_the_same_but_not_both() {
    let file = "-- trains/t/approvals/quality.md --\n---\ngate: verification\nlevel: quality\nby: sofia\ndecision: \
                approved\ndate: 2026-08-26\ncovers: fp1-0000000000000000\n---\n";
    let check = |approvals: &str, expected: &[&str]| {
        let fields = verification(&gate(EVIDENCE, MET, approvals));
        let plan = plan(&format!(
            "-- trains/t/index.md --\n---\ntype: major\n{fields}\n---\n{file}"
        ));
        let votes = votes(
            &plan,
            plan.find(Kind::Train, "t").unwrap(),
            day("2026-09-30"),
        );
        let faults: Vec<_> = votes
            .iter()
            .flat_map(|vote| &vote.faults)
            .map(ToString::to_string)
            .collect();
        assert_eq!(faults, expected, "{approvals}");
    };
    let stale = "what was approved has changed since";
    check("", &[stale]);
    let inline = "      - {level: quality, by: sofia, decision: approved, date: 2026-08-26}";
    check(inline, &["it is written twice", stale]);
}

#[test]
fn gates_are_those_of_model_policy_and_course_together() {
    let check = |archive: &str, kind: Kind, id: &str, expected: &[&str]| {
        let plan = plan(archive);
        let gates = gates(&plan, plan.find(kind, id).unwrap());
        let told: Vec<_> = gates
            .iter()
            .map(|gate| {
                let criteria: Vec<_> = gate.criteria.iter().map(|criterion| criterion.id).collect();
                let levels: Vec<_> = gate.signoffs.iter().map(|signoff| signoff.level).collect();
                format!("{}: {} / {}", gate.id, criteria.join(" "), levels.join(" "))
            })
            .collect();
        assert_eq!(told, expected, "{archive}");
    };
    let construction = "construction: code-complete / development";
    let verification = "verification: regression load / quality executive";
    let major = "-- trains/t/index.md --\n---\ntype: major\n";
    check(
        &format!("{major}---\n"),
        Kind::Train,
        "t",
        &[construction, verification],
    );
    // An older train is exempt, and an emergency skips a stage with its gate.
    check(
        &format!("{major}history: [{{stage: draft, date: 2025-12-31}}]\n---\n"),
        Kind::Train,
        "t",
        &[],
    );
    check(
        "-- trains/t/index.md --\n---\ntype: emergency\n---\n",
        Kind::Train,
        "t",
        &[construction],
    );
    // What the course adds stands last, at the stage that it closes.
    let added = "gates:\n  verification: {criteria: [{id: audit}], approvals: [{level: audit}]}\n  scoping: \
                 {criteria: [{id: agreed}]}\n---\n";
    check(
        &format!("{major}{added}"),
        Kind::Train,
        "t",
        &[
            "scoping: agreed / ",
            construction,
            "verification: regression load audit / quality executive audit",
        ],
    );
    // A release that travels with a train has the gates that it sets itself.
    let release = "-- trains/t/releases/r.md --\n---\napplication: a\ngates: {construction: {}}\n---\n-- \
                   applications/a.md --\n---\ntitle: A\n---\n";
    check(
        &format!("{major}---\n{release}"),
        Kind::Release,
        "r",
        &[construction],
    );
    let model = "model: short\n---\n-- models/short.md --\n---\nstages: [draft, {id: fix, canonical: construction}, \
                 deployment]\ntransitions:\n  - {from: fix, to: deployment, requires: [looked-at]}\ngates: \
                 {looked-at: {criteria: [{id: two-eyes}]}}\n---\n";
    check(
        &format!("{major}{model}"),
        Kind::Train,
        "t",
        &[construction, "looked-at: two-eyes / ", verification],
    );
}

#[test]
fn evidence_of_a_skipped_stage_is_relied_on_when_it_is_skipped() {
    let check = |evidence: &str, today: &str, passed: bool| {
        let votes = ALL.replace("margaret", "ruth");
        let gate = gate(
            &format!("{MET}, evidence: {{url: 'https://ci.example/1', {evidence}}}"),
            MET,
            &votes,
        );
        let plan = plan(&format!(
            "-- trains/t/index.md --\n---\ntype: emergency\nhistory: [{{stage: construction, date: 2026-08-10}}, \
             {{stage: deployment, date: 2026-08-25}}]\ngates:{SIGNED}  verification:\n{gate}\n---\n"
        ));
        let train = plan.find(Kind::Train, "t").unwrap();
        let result = gate_result(&plan, train, "verification", day(today)).unwrap();
        assert_eq!(result.is_passed(), passed, "{evidence}: {result}");
    };
    check("date: 2026-08-24, valid_for: 1d", "2026-08-28", true);
    check("date: 2026-08-24, valid_for: 1d", "2026-08-27", false);
    check("date: 2026-08-23, valid_for: 1d", "2026-08-28", false);
    check("date: 2026-08-26, valid_for: 5d", "2026-08-28", true);
    check("date: 2026-08-29", "2026-09-30", false);
}

/// Every reason is a clause, and the whole a sentence.
#[test]
fn every_reason_reads_as_part_of_a_sentence() {
    let check = |gate: &str, expected: &str| {
        let today = "2026-09-15";
        let (plan, train) = train(&verification(gate));
        let result = gate_result(&plan, train, "verification", day(today)).unwrap();
        assert_eq!(result.to_string(), expected, "{gate}");
    };
    let load = |load: &str| gate(EVIDENCE, load, ALL);
    let not = |why: &str| format!("not passed because {why}");
    check(&load("status: not-met"), &not("load is not met"));
    check(&load("status: not-run"), &not("load is not run"));
    check(
        &load("status: not-met, waiver: {by: ruth, reason: R, date: 2026-08-20}"),
        &not("load is not met, and its waiver has no end"),
    );
    check(
        &load(
            "status: met, evidence: {file: run.txt}, waiver: {by: ruth, date: 2026-08-20, expires: 2026-12-31}",
        ),
        &not(
            "load does not count as met: there is no file trains/t/run.txt, and its waiver has no reason",
        ),
    );
    let votes = |votes: &str, why: &str| {
        check(&gate(EVIDENCE, MET, votes), &not(why));
    };
    let quality = "
      - {level: quality, by: sofia, decision: approved, date: 2026-08-26}";
    let vote = |vote: &str| format!("{quality}\n      - {{level: executive, {vote}}}");
    votes(quality, "executive is not approved");
    votes(
        &vote("by: omar, decision: approved, date: 2026-08-27"),
        "executive is approved by omar only and needs 2",
    );
    votes(
        &vote("by: omar, decision: abstained, date: 2026-08-27"),
        "executive is not approved (omar abstained on 27 August 2026)",
    );
    votes(
        &vote("by: omar, decision: rejected, date: 2026-08-27, reason: R, return_to: construction"),
        "executive is not approved (omar rejected it on 27 August 2026)",
    );
    votes(
        &vote("decision: approved, date: 2026-08-27"),
        "executive is not approved (an approval that names nobody does not count)",
    );
    votes(
        &vote("by: omar, decision: approved, date: 2026-10-27"),
        "executive is not approved (omar approves only on 27 October 2026)",
    );
    votes(
        &vote("by: hannah, decision: approved, date: 2026-08-27"),
        "executive is not approved (the approval of hannah does not count: they were not executive on that day)",
    );
    let (plan, train) = train("gates: {scoping: {due: 2026-06-30}}");
    let scoping = gate_result(&plan, train, "scoping", day("2026-09-30")).unwrap();
    assert_eq!(scoping.to_string(), "passed because nothing is asked for");
}

/// The deployment until which a waiver is needed is that of the turnovers, else of the history, else of the schedule.
#[test]
fn a_waiver_holds_until_the_deployment() {
    let check = |history: &str, turnover: &str, today: &str, expected: &str| {
        let waiver =
            "status: not-met, waiver: {by: ruth, reason: R, date: 2026-08-20, expires: 2026-10-03}";
        let gates = verification(&gate(EVIDENCE, waiver, ALL))
            .replace("\ngates:", &format!("{history}\ngates:"));
        let turnovers = match turnover {
            "" => String::new(),
            fields => format!(
                "-- trains/t/turnovers/p.md --\n---\nenvironment: production\n{fields}\n---\n"
            ),
        };
        let plan = plan(&format!(
            "-- trains/t/index.md --\n---\ntype: major\nschedule: {{deployment: 2026-10-02/2026-10-09}}\n{gates}\n---\n{turnovers}"
        ));
        let train = plan.find(Kind::Train, "t").unwrap();
        let result = gate_result(&plan, train, "verification", day(today)).unwrap();
        let waiver = result
            .criteria
            .iter()
            .find_map(|criterion| criterion.waiver.as_ref());
        let faults: Vec<_> = waiver.unwrap().iter().map(ToString::to_string).collect();
        let state = result.state.word();
        assert_eq!(
            format!("{state} {}", faults.join("; ")).trim_end(),
            expected,
            "{history} {turnover} {today}"
        );
    };
    let entered = "\n  - {stage: deployment, date: 2026-10-02}";
    let later = "planned: 2026-10-05/2026-10-06";
    let early = "ends on 3 October 2026, and the deployment begins on 5 October 2026";
    let ended = "not-passed ended on 3 October 2026";
    check("", "", "2026-10-03", "waived");
    check("", "", "2026-10-04", ended);
    check(entered, "", "2026-10-04", "waived");
    check("", later, "2026-10-03", &format!("waived {early}"));
    check("", later, "2026-10-04", ended);
    check(
        "",
        "planned: 2026-10-05/2026-10-06\nactual: 2026-10-02/2026-10-03\nstatus: deployed",
        "2026-12-01",
        "waived",
    );
    check(
        "",
        "planned: 2026-10-05/2026-10-06\nstatus: deployed",
        "2026-12-01",
        ended,
    );
    check(
        "",
        "planned: 2026-10-02/2026-10-03\nstatus: rolled-back",
        "2026-12-01",
        ended,
    );
}
