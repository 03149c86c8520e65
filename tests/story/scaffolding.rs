//! Somebody begins a plan, adds to it, and takes single outputs out of it.

use std::fs;
use std::process::Command;

use crate::stage::{Plan, TODAY, files_of, trainboard};

#[test]
fn a_plan_is_begun_clean_and_builds() {
    let plan = Plan::of("");
    plan.run("init new --as-of 2026-12-31")
        .exits(0)
        .says("== trainboard.yaml\n== people/robin.md")
        .says("nothing is written yet: `trainboard init new --write` writes these 12 files");
    assert!(!plan.path("new").exists());
    for day in ["2026-11-21", "2026-11-24", "2026-12-31", "2028-02-29"] {
        let folder = format!("on-{day}");
        plan.run(&format!("init {folder} --write --as-of {day}"))
            .exits(0)
            .says(&format!(
                "wrote trainboard.yaml\nnext: trainboard serve {folder}"
            ));
        let check = plan.run(&format!("check {folder} --format short --as-of {day}"));
        assert_eq!(check.exits(0).out, "", "{day}");
        plan.run(&format!("build {folder} --deny-warnings --as-of {day}"))
            .exits(0);
    }
    plan.run("init on-2026-11-21 --write")
        .exits(2)
        .says("error: there is a plan already");
    plan.run("init on-2026-11-21/people --write").exits(2);
    plan.write("mine/trainboard.yaml.txt", "");
    plan.write("mine/people/sam.md", "mine");
    plan.run("init mine --write")
        .exits(2)
        .says("error: there is a file people/sam.md already");
    assert_eq!(files_of(&plan.path("mine")).len(), 2);
}

#[test]
fn a_document_of_each_kind_is_added_without_an_error() {
    let plan = Plan::sample();
    let add = |wish: &[&str], path: &str| {
        let mut command = trainboard(&plan.path(""));
        command
            .args(["new", "--write", "--as-of", TODAY])
            .args(wish);
        let said = command.output().unwrap();
        assert!(said.status.success(), "{wish:?}: {said:?}");
        let shown = String::from_utf8(said.stdout).unwrap();
        assert!(shown.starts_with(&format!("== {path}\n")), "{shown}");
        assert!(shown.contains(&plan.read(path)), "{path} is not as shown");
    };
    plan.run("new team first")
        .exits(0)
        .says("nothing is written yet");
    assert!(!plan.path("teams/first.md").exists());
    let wishes: [(&[&str], &str); 18] = [
        (&["release", "payments-5.0"], "releases/payments-5.0.md"),
        (
            &["milestone", "2027-q1/a"],
            "trains/2027-q1/milestones/a.md",
        ),
        (
            &["turnover", "2027-q1/uat"],
            "trains/2027-q1/turnovers/uat.md",
        ),
        (
            &["change", "CHG-2000", "--train", "2027-q1"],
            "trains/2027-q1/changes/CHG-2000.md",
        ),
        (
            &["approval", "later", "--train", "2027-q1"],
            "trains/2027-q1/approvals/later.md",
        ),
        (&["freeze", "audit"], "freezes/audit.md"),
        (
            &[
                "exception",
                "EX-99",
                "--set",
                "freeze=year-end",
                "--set",
                "for=train:2026-q4",
            ],
            "exceptions/EX-99.md",
        ),
        (
            &[
                "window",
                "new-year",
                "--set",
                "duration=4h",
                "--set",
                "scope={environments: [training]}",
            ],
            "windows/new-year.md",
        ),
        (&["environment", "perf"], "environments/perf.md"),
        (
            &["application", "--title", "Pay Later"],
            "applications/pay-later.md",
        ),
        (&["note", "payments-5.0"], "notes/payments-5.0.md"),
        (
            &["review", "r", "--set", "of=train:2026-q2"],
            "reviews/r.md",
        ),
        (
            &["policy", "p", "--set", "applies_to={types: [none]}"],
            "policies/p.md",
        ),
        (&["model", "m"], "models/m.md"),
        (
            &["person", "zoe", "--title", "Zoë \"Z\" Zed"],
            "people/zoe.md",
        ),
        (&["team", "t", "--set", "members=ana, ben"], "teams/t.md"),
        (&["calendar", "c"], "calendars/c.md"),
        (&["page", "how-to.md"], "how-to.md"),
    ];
    for (wish, path) in wishes {
        add(wish, path);
    }
    let check = plan.run(&format!("check --format short --as-of {TODAY}"));
    assert!(!check.out.contains(": error["), "{}", check.out);
}

#[test]
fn a_train_from_a_model_has_its_days_written_out() {
    let plan = Plan::sample();
    // The model plans whole days, and the windows of this plan are hours: that is told, and for the author to settle.
    let train = "train --model quarterly --deploy 2027-08-14 --write";
    plan.run(&format!("new {train} --as-of {TODAY}"))
        .exits(1)
        .says("error[window/outside]");
    assert!(!plan.path("trains/2027-q3/index.md").exists());
    plan.run(&format!("new {train} --force --as-of {TODAY}"))
        .exits(0)
        .says("wrote trains/2027-q3/index.md");
    let train = plan.read("trains/2027-q3/index.md");
    assert!(train.contains("due: 2027-08-06  # T-6bd\n"), "{train}");
    assert!(
        train.contains("due: 2027-06-29  # code-complete+3bd\n"),
        "{train}"
    );
    let night = plan.read("trains/2027-q3/turnovers/production.md");
    assert!(night.contains("planned: 2027-08-14/2027-08-14  # T/T+1d\n"));
    let turnover = plan.read("trains/2027-q3/turnovers/staging.md");
    assert!(turnover.contains("planned: 2027-08-05/2027-08-06  # T-9d/T-8d\n"));
    let check = plan.run(&format!("check --format short --as-of {TODAY}"));
    let errors = check.out.lines().filter(|line| line.contains(": error["));
    let others: Vec<_> = errors
        .filter(|line| !line.contains("window/outside"))
        .collect();
    assert_eq!(others, [""; 0]);
}

#[test]
fn nothing_is_overwritten_and_no_error_is_brought_in_unasked() {
    let plan = Plan::sample();
    let check = |arguments: &str, code: i32, says: &str| {
        plan.run(&format!("new {arguments} --write --as-of {TODAY}"))
            .exits(code)
            .says(says);
    };
    check(
        "freeze year-end",
        2,
        "error: there is a freeze `year-end` already, in freezes/year-end.md\n  hint: `year-end-2` is free",
    );
    plan.write("teams/t.txt", "");
    plan.write("teams/empty.md", "");
    check("team bad/id", 2, "error: `bad/id` cannot be an id");
    check(
        "milestone a",
        2,
        "hint: name it with `--train`: 2026-q4, 2027-q1",
    );
    check("team x --set led=ana", 2, "hint: did you mean lead?");
    check(
        "turnover x",
        2,
        "error: the new turnover needs `environment`",
    );
    check("page x --model quarterly", 2, "hint: leave `--model` out");
    check(
        "train",
        2,
        "hint: give an id, or the day of its deployment with `--deploy`",
    );
    let faulty = "team x --set lead=nobody";
    check(
        faulty,
        1,
        "teams/x.md: error[reference/unknown]: there is no person `nobody`",
    );
    assert!(!plan.path("teams/x.md").exists());
    check(&format!("{faulty} --force"), 0, "wrote teams/x.md");
    check("team ../x.md", 2, "error");
}

#[test]
fn one_output_is_exported_as_build_writes_it() {
    let plan = Plan::sample();
    plan.git("init --quiet");
    plan.commit("2026-11-20", "Plan");
    plan.run(&format!("build --as-of {TODAY} --output ../site"))
        .exits(0);
    let exports = [
        ("ics", "calendar.ics"),
        ("ics --of train:2026-q4", "trains/2026-q4/calendar.ics"),
        ("ics --of year-end", "freezes/year-end/calendar.ics"),
        ("json", "plan.json"),
        ("csv releases", "releases/index.csv"),
        ("csv exceptions", "exceptions/index.csv"),
        ("csv registers/exceptions", "registers/exceptions.csv"),
        ("csv risks", "registers/risks.csv"),
        ("csv reports/overdue", "reports/overdue.csv"),
        ("csv slips", "reports/slips.csv"),
    ];
    for (arguments, path) in exports {
        let said = plan
            .run(&format!("export {arguments} --as-of {TODAY}"))
            .exits(0);
        let built = fs::read_to_string(plan.path("../site").join(path)).unwrap();
        assert!(said.out == built, "{arguments} is not {path}");
    }
    plan.edit("people/ana.md", "name: Ana", "name: Anna");
    let old = plan.run(&format!("export json --revision HEAD --as-of {TODAY}"));
    assert_eq!(
        old.out,
        fs::read_to_string(plan.path("../site/plan.json")).unwrap()
    );
    plan.run(&format!("export json --as-of {TODAY} --output ../now.json"))
        .exits(0);
    assert!(
        fs::read_to_string(plan.path("../now.json"))
            .unwrap()
            .contains("Anna Ferreira")
    );
    plan.run("export ics --of turnover:2026-q4/production")
        .exits(2);
    plan.run("export csv relases").exits(2).says("releases");
    plan.write("teams/broken.md", "---\nlead: nobody\n---\n");
    plan.run("export csv teams")
        .exits(1)
        .says("warning: the plan has errors");
}

#[test]
fn each_command_tells_what_it_does_with_an_example_and_its_exit_codes() {
    let plan = Plan::of("");
    let help = |path: &[String]| {
        let mut command = trainboard(&plan.path(""));
        let said = command.args(path).arg("--help").output().unwrap();
        String::from_utf8(said.stdout).unwrap()
    };
    let mut open = vec![Vec::new()];
    let mut seen = 0;
    while let Some(path) = open.pop() {
        let text = help(&path);
        for part in ["Usage: ", "Example", "xit codes: ", "trainboard "] {
            assert!(
                text.contains(part),
                "no {part:?} in the help of {path:?}:\n{text}"
            );
        }
        seen += 1;
        let commands = text
            .split_once("\nCommands:\n")
            .map_or("", |(_, rest)| rest);
        let lines = commands.lines().take_while(|line| !line.is_empty());
        for line in lines.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
            let name = line.split_whitespace().next().unwrap().to_owned();
            if name != "help" {
                open.push(path.iter().cloned().chain([name]).collect());
            }
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn shells_and_man_know_the_commands() {
    let plan = Plan::of("");
    for (shell, mark) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef trainboard"),
        ("fish", "complete -c trainboard"),
    ] {
        let said = plan.run(&format!("completions {shell}")).exits(0);
        assert!(
            said.out.contains(mark) && said.out.contains("can-deploy"),
            "{shell}"
        );
    }
    plan.run("man").exits(0).says(".TH trainboard 1");
    plan.run("man --output ../man").exits(0);
    let pages = files_of(&plan.path("../man"));
    for page in [
        "trainboard.1",
        "trainboard-check.1",
        "trainboard-export-ics.1",
    ] {
        assert!(pages.iter().any(|one| one == page), "{pages:?}");
    }
}

#[test]
fn colour_is_used_as_asked() {
    let plan = Plan::of("-- trainboard.yaml --\ntimezone: Nowhere\n");
    let check = |variables: &[(&str, &str)], arguments: &str, expected: bool| {
        let mut command: Command = trainboard(&plan.path(""));
        command
            .args(["check", "--as-of", TODAY])
            .args(arguments.split_whitespace());
        command.envs(variables.iter().copied());
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert_eq!(said.contains('\x1b'), expected, "{variables:?} {arguments}");
    };
    check(&[], "", false);
    check(&[], "--color always", true);
    check(&[("NO_COLOR", "1")], "--color always", true);
    check(&[("CLICOLOR_FORCE", "1")], "", true);
    check(&[("CLICOLOR_FORCE", "1")], "--color never", false);
    check(&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")], "", true);
    check(&[("CLICOLOR", "1")], "", false);
    check(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], "", false);
}
