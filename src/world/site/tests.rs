#![expect(clippy::unwrap_used, reason = "a failed test may panic")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rayon::prelude::*;
use tempfile::TempDir;
use walkdir::WalkDir;

use super::*;
use crate::world::txtar;

/// A folder with room for a site, and what its readers see.
struct Ground(TempDir);

impl Ground {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn workshop(&self) -> PathBuf {
        self.0.path().join(".public.trainboard")
    }

    fn open(&self) -> Result<Site, SiteError> {
        Site::open(&self.out())
    }

    fn build(&self, archive: &str) -> Result<Tally, SiteError> {
        let site = self.open()?;
        let files = txtar::parse(archive).files;
        files
            .par_iter()
            .try_for_each(|(path, content)| site.write(path, content.as_bytes()))?;
        site.commit(Digest::of(archive.as_bytes()))
    }

    fn error(&self, archive: &str) -> String {
        let error = self.build(archive).unwrap_err().to_string();
        error.replace(
            &*self.0.path().canonicalize().unwrap().to_string_lossy(),
            "",
        )
    }

    /// Returns the site as the archive that would build it.
    fn site(&self) -> String {
        let files: BTreeMap<_, _> = WalkDir::new(self.out())
            .min_depth(1)
            .into_iter()
            .map(|thing| thing.unwrap().into_path())
            .filter(|path| !path.ends_with(MARKER))
            .map(|path| {
                let name = path
                    .strip_prefix(self.out())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                (
                    name,
                    if path.is_dir() {
                        None
                    } else {
                        Some(fs::read_to_string(path).unwrap())
                    },
                )
            })
            .collect();
        let mut archive = String::new();
        for (path, content) in &files {
            match content {
                Some(content) => archive += &format!("-- {path} --\n{content}"),
                None => assert!(
                    files
                        .keys()
                        .any(|file| file.starts_with(&format!("{path}/")))
                ),
            }
        }
        archive
    }
}

#[track_caller]
fn check(ground: &Ground, archive: &str, (written, unchanged, removed): (usize, usize, usize)) {
    let tally = ground.build(archive).unwrap();
    assert_eq!(ground.site(), archive);
    assert_eq!(
        (tally.written, tally.unchanged, tally.removed),
        (written, unchanged, removed)
    );
    assert!(
        ground
            .open()
            .unwrap()
            .is_current(Digest::of(archive.as_bytes()))
    );
}

#[test]
fn a_site_is_what_was_written_and_nothing_else() {
    let ground = Ground::new();
    check(
        &ground,
        "-- a.html --\n1\n-- b/index.html --\n1\n-- b/x/y.css --\n1\n",
        (3, 0, 0),
    );
    assert!(!ground.workshop().exists());
    check(
        &ground,
        "-- a.html --\n2\n-- b/index.html --\n1\n-- b/x/y.css --\n1\n",
        (1, 2, 0),
    );
    check(
        &ground,
        "-- a.html --\n2\n-- b/index.html --\n1\n",
        (0, 2, 1),
    );
    check(&ground, "-- a.html/b --\n2\n-- b --\n1\n", (2, 0, 2));
    check(
        &ground,
        "-- a.html --\n1\n-- b/index.html --\n1\n-- b/x/y.css --\n1\n",
        (3, 0, 2),
    );
    check(&ground, "", (0, 0, 3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the sites before it were, and whoever changed them, a site is what was written.
    #[test]
    fn no_history_shows(sites in prop::collection::vec(prop::collection::btree_map("[ab](/[ab]){0,2}", "[12]", 0..6), 1..7)) {
        let ground = Ground::new();
        for (round, mut files) in sites.into_iter().enumerate() {
            let all = files.clone();
            files.retain(|path, _| !all.keys().any(|other| other.starts_with(&format!("{path}/"))));
            let archive: String = files.iter().map(|(path, content)| format!("-- {path} --\n{content}\n")).collect();
            ground.build(&archive).unwrap();
            prop_assert_eq!(ground.site(), archive);
            if let (1, Some(path)) = (round % 3, files.keys().next()) {
                fs::write(ground.out().join(path), "!").unwrap();
                fs::write(ground.out().join("stranger"), "!").unwrap();
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn unchanged_files_are_not_written_again() {
    use std::os::unix::fs::MetadataExt;
    let ground = Ground::new();
    let inode = |path: &str| fs::metadata(ground.out().join(path)).unwrap().ino();
    ground.build("-- a --\n1\n-- b --\n1\n").unwrap();
    let before = ["", MARKER, "a", "b"].map(inode);
    ground.build("-- a --\n1\n-- b --\n1\n").unwrap();
    assert_eq!(before, ["", MARKER, "a", "b"].map(inode));
    for round in 2..5 {
        ground
            .build(&format!("-- a --\n1\n-- b --\n{round}\n"))
            .unwrap();
        assert_eq!(before[2], inode("a"));
    }
}

#[test]
fn the_input_is_remembered_without_a_swap() {
    let ground = Ground::new();
    let [one, two] = ["1", "2"].map(|input| Digest::of(input.as_bytes()));
    for input in [one, two] {
        let site = ground.open().unwrap();
        site.write("a", b"same").unwrap();
        site.commit(input).unwrap();
    }
    let site = ground.open().unwrap();
    assert!(site.is_current(two) && !site.is_current(one));
}

#[test]
fn what_somebody_changed_is_made_anew() {
    let archive = "-- a --\n1\n-- b/c --\n1\n-- d --\n1\n";
    let changes: [fn(&Path); 5] = [
        |out| fs::write(out.join("a"), "2\n").unwrap(),
        |out| fs::remove_file(out.join("b/c")).unwrap(),
        |out| fs::remove_dir_all(out.join("b")).unwrap(),
        |out| fs::write(out.join("b/new"), "").unwrap(),
        |out| fs::rename(out.join("a"), out.join("b/c")).unwrap(),
    ];
    for change in changes {
        let ground = Ground::new();
        ground.build("-- a --\n0\n-- b/c --\n1\n").unwrap();
        ground.build(archive).unwrap();
        change(&ground.out());
        assert!(
            !ground
                .open()
                .unwrap()
                .is_current(Digest::of(archive.as_bytes()))
        );
        for _ in 0..2 {
            check(&ground, archive, (0, 3, 0));
        }
        ground.build("-- a --\n2\n").unwrap();
        assert_eq!(ground.site(), "-- a --\n2\n");
    }
}

#[test]
fn a_folder_that_trainboard_did_not_make_is_never_replaced() {
    let ground = Ground::new();
    let thesis = ground.out().join("thesis.txt");
    fs::create_dir(ground.out()).unwrap();
    fs::write(&thesis, "ten years").unwrap();
    assert_eq!(
        ground.error("-- a --\n"),
        "/public holds files that trainboard did not make"
    );
    fs::write(ground.out().join(MARKER), "train = \"board\"").unwrap();
    assert_eq!(
        ground.error("-- a --\n"),
        "/public holds files that trainboard did not make"
    );
    fs::write(ground.out().join(MARKER), "{\"trainboard\": 99}").unwrap();
    assert_eq!(
        ground.error("-- a --\n"),
        "/public was made by another version of trainboard"
    );
    assert_eq!(fs::read_to_string(thesis).unwrap(), "ten years");
    assert!(!ground.workshop().exists());

    let ground = Ground::new();
    fs::create_dir(ground.out()).unwrap();
    check(&ground, "-- a --\n1\n", (1, 0, 0));
    fs::create_dir_all(ground.out().join(".git/objects")).unwrap();
    assert_eq!(
        ground.error("-- a --\n2\n"),
        "/public/.git is a folder that trainboard did not make"
    );

    let ground = Ground::new();
    fs::create_dir(ground.workshop()).unwrap();
    fs::write(ground.workshop().join("mine"), "").unwrap();
    assert_eq!(
        ground.error("-- a --\n"),
        "/.public.trainboard holds files that trainboard did not make"
    );

    let ground = Ground::new();
    fs::write(ground.out(), "a file").unwrap();
    assert!(matches!(ground.open(), Err(SiteError::NotAFolder { .. })));
}

#[test]
fn a_folder_that_came_during_the_build_is_not_replaced() {
    let ground = Ground::new();
    let site = ground.open().unwrap();
    site.write("a", b"1").unwrap();
    fs::create_dir(ground.out()).unwrap();
    fs::write(ground.out().join("thesis.txt"), "ten years").unwrap();
    let error = site.commit(Digest::of(b"")).unwrap_err();
    assert!(matches!(error, SiteError::NotOurs { .. }), "{error}");
    assert!(ground.out().join("thesis.txt").exists() && !ground.workshop().exists());
}

#[test]
fn a_build_that_fails_leaves_the_old_site() {
    let ground = Ground::new();
    for old in ["", "-- a --\n1\n-- b --\n1\n", "-- a --\n2\n-- b --\n1\n"] {
        if !old.is_empty() {
            ground.build(old).unwrap();
        }
        let before = fs::read(ground.out().join(MARKER)).ok();
        let site = ground.open().unwrap();
        site.write("a", b"new").unwrap();
        drop(site);
        assert_eq!(fs::read(ground.out().join(MARKER)).ok(), before);
        assert!(!ground.workshop().exists());
        if !old.is_empty() {
            assert_eq!(ground.site(), old);
        }
    }
    let site = ground.open().unwrap();
    site.write("a", b"new").unwrap();
    site.write("b", b"1\n").unwrap();
    fs::remove_dir_all(ground.out()).unwrap();
    let error = site.commit(Digest::of(b"")).unwrap_err();
    assert!(matches!(error, SiteError::Vanished { .. }), "{error}");
    check(&ground, "-- a --\n1\n", (1, 0, 0));
}

/// Puts the site's folder and its workshop into the state in which a killed build leaves them.
type Kill = fn(&Path, &Path);

/// Each state is one that a build can be killed in; the next build finds one of the two sites whole.
#[test]
fn a_killed_build_leaves_one_of_the_sites() {
    const OLD: &str = "-- a --\n1\n-- b --\n1\n";
    const NEW: &str = "-- a --\n2\n-- b --\n1\n";
    let states: [(Kill, &str); 6] = [
        (|_, workshop| fs::create_dir(workshop).unwrap(), NEW),
        (
            |_, workshop| fs::remove_file(workshop.join("next/.trainboard")).unwrap(),
            NEW,
        ),
        (
            |_, workshop| fs::write(workshop.join("next/.trainboard"), "{\"trainboard\"").unwrap(),
            NEW,
        ),
        (
            |_, workshop| fs::write(workshop.join("marker"), "{").unwrap(),
            NEW,
        ),
        (
            |out, workshop| {
                fs::rename(workshop.join("next"), workshop.join("old")).unwrap();
                fs::rename(out, workshop.join("next")).unwrap();
            },
            OLD,
        ),
        (
            |_, workshop| fs::rename(workshop.join("next"), workshop.join("old")).unwrap(),
            NEW,
        ),
    ];
    for (state, (kill, expected)) in states.into_iter().enumerate() {
        let ground = Ground::new();
        ground.build(OLD).unwrap();
        ground.build(NEW).unwrap();
        if state == 0 {
            fs::remove_dir_all(ground.workshop()).unwrap();
        }
        kill(&ground.out(), &ground.workshop());
        drop(ground.open().unwrap());
        assert_eq!(ground.site(), expected, "state {state}");
        for archive in ["-- a --\n3\n-- b --\n1\n", NEW] {
            check(&ground, archive, (1, 1, 0));
        }
        assert!(
            !ground.workshop().join("old").exists() && !ground.workshop().join("marker").exists()
        );
    }
}

#[test]
fn two_builds_do_not_meet() {
    let ground = Ground::new();
    let site = ground.open().unwrap();
    let error = ground.open().unwrap_err().to_string();
    assert!(
        error.ends_with(&format!("(process {})", std::process::id())),
        "{error}"
    );
    drop(site);
    assert!(ground.open().is_ok());
}

#[test]
fn each_path_has_one_place_inside_the_site() {
    let ground = Ground::new();
    for path in [
        "", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\0", MARKER,
    ] {
        let site = ground.open().unwrap();
        let error = site.write(path, b"").unwrap_err();
        assert!(matches!(error, SiteError::BadPath { .. }), "{error}");
    }
    for (first, second) in [
        ("a", "a"),
        ("a/b.html", "A/B.html"),
        ("Ä", "ä"),
        ("a", "a/b"),
        ("A/b/c", "a/B"),
    ] {
        for (first, second) in [(first, second), (second, first)] {
            let site = ground.open().unwrap();
            site.write(first, b"").unwrap();
            assert_eq!(
                site.write(second, b"").unwrap_err().to_string(),
                format!("the pages `{first}` and `{second}` have the same place in the site")
            );
        }
    }
    check(&ground, "-- a b/ü\"<\\>|*?:.html --\n1\n", (1, 0, 0));
}

#[cfg(unix)]
#[test]
fn a_linked_folder_stays_linked_and_keeps_its_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let ground = Ground::new();
    let real = ground.0.path().join("real");
    fs::create_dir(&real).unwrap();
    symlink("real", ground.out()).unwrap();
    ground.build("-- a --\n1\n").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o750)).unwrap();
    ground.build("-- a --\n2\n").unwrap();
    assert!(ground.out().is_symlink());
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o750
    );
    assert_eq!(fs::read_to_string(real.join("a")).unwrap(), "2\n");
}
