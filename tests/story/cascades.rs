//! A broken document does not make its neighbours fail: one fault planted in the sample plan is one diagnostic.

use std::fs;
use std::path::Path;

use trainboard::load::load;
use trainboard::rules::judge;
use trainboard::time::Day;
use trainboard::world::Memory;

use crate::stage::{TODAY, files_of};

/// Files of the sample plan, what stands in them, what is written instead, and the one rule that is broken by it.
const PLANTS: &[(&str, &str, &str, &str)] = &[
    // A mistyped key is not a missing field as well.
    (
        "trains/2026-q4/index.md",
        "\nmanager:",
        "\nmanger:",
        "document/unknown-key",
    ),
    // Nobody knows whether the entry would excuse anything.
    (
        "trains/2026-q4/index.md",
        "\nmanager: ana",
        "\nmanger: ana\nallow: [{rule: train/no-manager, reason: Nobody was found}]",
        "document/unknown-key",
    ),
    (
        "trains/2026-q4/index.md",
        "\npurpose: ",
        "\npurpose: \"",
        "document/invalid-yaml",
    ),
    (
        "trains/2026-q4/index.md",
        "\nhistory:",
        "\nhistry:",
        "document/unknown-key",
    ),
    (
        "trains/2026-q4/index.md",
        "\nschedule:",
        "\nqqzzxx:",
        "document/unknown-key",
    ),
    (
        "releases/cards-5.8.2.md",
        "\nhistory:",
        "\nhistory: soon\nx-history:",
        "document/wrong-type",
    ),
    (
        "trains/2026-q3/releases/payments-4.1.md",
        "\nartifacts:",
        "\nartfacts:",
        "document/unknown-key",
    ),
    (
        "freezes/year-end.md",
        "\nplanned:",
        "\nplaned:",
        "document/unknown-key",
    ),
    (
        "trains/2026-q4/turnovers/uat-2.md",
        "\nenvironment:",
        "\nenviroment:",
        "document/unknown-key",
    ),
    // Nor is a line that cannot be read.
    (
        "trains/2026-q3/index.md",
        "\ngates:\n",
        "\ngates:\n\t",
        "document/invalid-yaml",
    ),
    (
        "trains/2026-q4/approvals/construction-hannah.md",
        "\nby: ",
        "\nby: [",
        "document/invalid-yaml",
    ),
    (
        "trains/2026-q3/approvals/executive-omar.md",
        "\nby: omar",
        "\nby: omr",
        "person/unknown",
    ),
    (
        "trains/2026-q3/releases/savings-2.5.md",
        "\nrecords:",
        "\nrecords: \"",
        "document/invalid-yaml",
    ),
    // A document of which nothing can be read is there all the same.
    (
        "changes/CHG-0799.md",
        "---\n",
        "---\nkind: chnge\n",
        "document/unknown-kind",
    ),
    (
        "teams/cards.md",
        "---\n",
        "+++\n",
        "document/no-frontmatter",
    ),
    (
        "people/george.md",
        "---\n",
        "George.\n---\n",
        "document/no-frontmatter",
    ),
    (
        "environments/uat.md",
        "---\n",
        "---\nkind: nowhere\n",
        "document/unknown-kind",
    ),
    (
        "trains/2026-q4/turnovers/production.md",
        "---\n",
        "+++\n",
        "document/no-frontmatter",
    ),
    (
        "policies/release-policy.md",
        "---\n",
        "+++\n",
        "document/no-frontmatter",
    ),
];

/// Checks that the sample plan with `from`, which its file `path` holds, written as `to` breaks nothing but `rule`.
fn check(sample: &[(String, Vec<u8>)], (path, from, to, rule): (&str, &str, &str, &str)) {
    let planted = |(name, bytes): &(String, Vec<u8>)| {
        let text = String::from_utf8(bytes.clone());
        let bytes = match text {
            Ok(text) if name == path => {
                assert!(text.contains(from), "{path} does not hold {from:?}");
                text.replacen(from, to, 1).into_bytes()
            }
            _ => bytes.clone(),
        };
        (name.clone(), bytes)
    };
    let plan: Memory = sample.iter().map(planted).collect();
    let loaded = load(&plan);
    let found = judge(&loaded.plan, loaded.findings, Day::parse(TODAY).unwrap());
    let found: Vec<_> = found
        .iter()
        .map(|it| (it.finding.rule.0, it.finding.message.as_str()))
        .collect();
    assert!(
        matches!(found.as_slice(), [(name, _)] if *name == rule),
        "{path}: {from:?} as {to:?} gives {found:#?}"
    );
}

#[test]
fn one_fault_is_one_diagnostic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-site");
    let files = files_of(&folder).into_iter();
    let sample: Vec<_> = files
        .map(|file| (file.clone(), fs::read(folder.join(&file)).unwrap()))
        .collect();
    for plant in PLANTS {
        check(&sample, *plant);
    }
}
