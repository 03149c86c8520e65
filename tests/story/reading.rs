//! Somebody does what the README says.

use crate::stage::{Plan, TODAY};

const README: &str = include_str!("../../README.md");

/// Returns the block of the README that begins with `start`.
fn block(start: &str) -> &'static str {
    let mut blocks = README.split("\n```").skip(1).step_by(2);
    let of = |block: &'static str| block.split_once('\n').map(|(_, text)| text);
    blocks
        .find_map(|block| of(block).filter(|text| text.starts_with(start)))
        .unwrap()
}

#[test]
fn the_broken_date_is_reported_as_shown() {
    let plan = Plan::sample();
    let night = "trains/2026-q4/turnovers/production.md";
    plan.edit(night, "\nplanned: 2026-12-05", "\nplanned: 2026-12-35");
    let said = plan.run(&format!("check --as-of {TODAY}")).exits(1);
    assert_eq!(said.out.trim_end(), block("error[value/impossible-date]"));
}

#[test]
fn three_files_are_a_plan() {
    let plan = Plan::of(block("-- trainboard.yaml --"));
    plan.run(&format!("check --as-of {TODAY}"))
        .exits(0)
        .says("checked 2 documents as of 2026-11-21: all well");
    plan.run("build --as-of 2026-11-21").exits(0);
    assert!(
        plan.read("public/trains/2027-q1/index.html")
            .contains("2027-02-15"),
        "T-15bd is a day"
    );
}

#[test]
fn every_command_and_flag_exists() {
    let plan = Plan::of("");
    for line in README
        .lines()
        .filter(|line| line.starts_with("| `trainboard "))
    {
        let words = line.split('`').nth(1).unwrap().split_whitespace().skip(1);
        let (flags, words): (Vec<_>, Vec<_>) = words.partition(|word| word.starts_with('-'));
        let help = plan.run(&format!("{} --help", words[0])).exits(0).out;
        assert!(
            flags.iter().all(|flag| help.contains(flag)),
            "{line}\n{help}"
        );
    }
}
