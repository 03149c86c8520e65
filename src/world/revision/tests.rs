#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use super::*;
use crate::world::txtar;

pub(in crate::world) fn git(at: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(at)
        .args(["-c", "user.name=Ana", "-c", "user.email=ana@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Returns a folder whose `work` is a checkout with two commits: a plan in `plans/web`, then an edit of it.
pub(in crate::world) fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    fs::create_dir(&work).unwrap();
    git(&work, &["init", "--quiet"]);
    write(
        &work,
        "-- README.md --\n-- plans/web/trainboard.yaml --\n-- plans/web/trains/a.md --\nold\n",
    );
    commit(&work, "first");
    write(
        &work,
        "-- plans/web/trains/a.md --\nnew\n-- plans/web/ü x.md --\n-- plans/web/notes/n.md --\n-- plans/web/_t/x.md --\n\
                  -- plans/web/public/.trainboard --\n-- plans/web/public/index.html --\n",
    );
    commit(&work, "second");
    folder
}

pub(in crate::world) fn write(work: &Path, archive: &str) {
    for (path, content) in txtar::parse(archive).files {
        let path = work.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

fn commit(work: &Path, message: &str) {
    git(work, &["add", "--all"]);
    git(work, &["commit", "--quiet", "--message", message]);
}

fn listing(plan: &Revision) -> Vec<String> {
    plan.entries()
        .iter()
        .map(|entry| match &entry.fault {
            None => entry.path.clone(),
            Some(fault) => format!("{} {fault}", entry.path),
        })
        .collect()
}

#[test]
fn reads_a_plan_in_a_subfolder_at_two_revisions() {
    let folder = repository();
    let at = folder.path().join("work/plans/web");
    let new = Revision::open(&at, "HEAD").unwrap();
    let old = Revision::open(&at, "main~1").unwrap();
    assert_eq!(
        listing(&new),
        ["notes/n.md", "trainboard.yaml", "trains/a.md", "ü x.md"]
    );
    assert_eq!(listing(&old), ["trainboard.yaml", "trains/a.md"]);
    assert_eq!(&*new.read("trains/a.md").unwrap(), b"new\n");
    assert_eq!(&*old.read("trains/a.md").unwrap(), b"old\n");
    assert_eq!(&*old.read("trainboard.yaml").unwrap(), b"");
    assert!(matches!(
        new.read("../../README.md"),
        Err(ReadError::NoSuchFile { .. })
    ));
}

#[test]
fn reads_bare_and_shallow_repositories() {
    let folder = repository();
    git(
        folder.path(),
        &["clone", "--quiet", "--bare", "work", "bare.git"],
    );
    let bare = Revision::open_folder(&folder.path().join("bare.git"), "main", "plans/web").unwrap();
    assert_eq!(&*bare.read("trains/a.md").unwrap(), b"new\n");

    let origin = format!("file://{}", folder.path().join("work").display());
    git(
        folder.path(),
        &["clone", "--quiet", "--depth=1", &origin, "shallow"],
    );
    let shallow = folder.path().join("shallow/plans/web");
    assert!(Revision::open(&shallow, "HEAD").is_ok());
    let error = Revision::open(&shallow, "HEAD~1").unwrap_err();
    assert!(
        matches!(error, GitError::UnknownInShallow { .. }),
        "{error}"
    );
}

#[test]
fn says_what_is_missing() {
    let folder = repository();
    let work = folder.path().join("work");
    let error = |at: &Path, revision: &str, inner: &str| {
        Revision::open_folder(at, revision, inner)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(error(&work, "v9", ""), "the repository has no revision v9");
    assert_eq!(
        error(&work, "--all", ""),
        "the repository has no revision --all"
    );
    assert_eq!(
        error(&work, "HEAD", "plans/x"),
        "revision HEAD has no folder plans/x"
    );
    assert!(error(folder.path(), "HEAD", "").ends_with("is in no git repository"));
}

#[cfg(unix)]
#[test]
fn links_lead_where_they_lead_on_disk() {
    let folder = repository();
    let plan = folder.path().join("work/plans/web");
    for (link, target) in [
        ("linked.md", "trains/../linked-too.md"),
        ("linked-too.md", "twin/a.md"),
        ("twin", "trains"),
        ("trains/up", ".."),
        ("trains/side", "../notes"),
        ("self", "self"),
        ("readme.md", "../../README.md"),
        ("etc", "/etc"),
        ("hidden", "_t"),
        ("nowhere", "none"),
    ] {
        std::os::unix::fs::symlink(target, plan.join(link)).unwrap();
    }
    commit(&plan, "links");
    let revision = Revision::open(&plan, "HEAD").unwrap();
    let disk = crate::world::Disk::open(&plan).unwrap();
    assert_eq!(revision.entries(), disk.entries());
    assert_eq!(&*revision.read("linked.md").unwrap(), b"new\n");
}
