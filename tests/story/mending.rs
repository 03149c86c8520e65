//! `check --fix` changes what it must and nothing else.

use crate::stage::{Plan, SMALL};

const RELEASE: &str = "releases/pay-1.10.md";

#[test]
fn marks_line_ends_and_comments_stay_byte_for_byte() {
    let plan = Plan::of(SMALL);
    let text = "\u{feff}---\r\napplication: pay   # ours\r\nversion: 1.10\t# the tenth\r\n---\r\n\r\nWords \r\n";
    plan.write(RELEASE, text);
    plan.run("check --fix").says("1 file was mended");
    let mended = text.replace("1.10\t", "\"1.10\"\t");
    assert_eq!(plan.read(RELEASE), mended);
    plan.run("check --fix")
        .exits(0)
        .says("nothing can be mended safely");
    assert_eq!(plan.read(RELEASE), mended);
}

#[test]
fn a_file_with_other_errors_is_mended_where_it_can_be() {
    let plan = Plan::of(SMALL);
    plan.write(
        RELEASE,
        "---\napplication: pai\nversion: 1.10\nowner: nobody\n---\n",
    );
    plan.run("check --fix")
        .exits(1)
        .says("reference/unknown\n1 file was mended");
    assert_eq!(
        plan.read(RELEASE),
        "---\napplication: pai\nversion: \"1.10\"\nowner: nobody\n---\n"
    );
}

#[test]
fn what_is_not_utf8_is_never_rewritten() {
    let plan = Plan::of(SMALL);
    let bytes = b"---\napplication: pay\nversion: 1.10 # caf\xe9\n---\n";
    plan.write(RELEASE, bytes);
    plan.run("check --fix").exits(1).says("document/not-utf8");
    assert_eq!(std::fs::read(plan.path(RELEASE)).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_the_file_behind_it_is_mended() {
    let plan = Plan::of(SMALL);
    plan.write(
        "shared/pay.txt",
        "---\napplication: pay\nversion: 1.10\n---\n",
    );
    std::fs::create_dir(plan.path("releases")).unwrap();
    std::os::unix::fs::symlink("../shared/pay.txt", plan.path(RELEASE)).unwrap();
    plan.run("check --fix").exits(0).says("1 file was mended");
    assert!(plan.path(RELEASE).is_symlink());
    assert!(plan.read("shared/pay.txt").contains("\"1.10\""));
}
