//! A small plan to begin with: every kind that a first train needs, clean on the day on which it is written.

use super::NewFile;
use crate::time::Day;
use crate::world::txtar;

/// The files, with names in place of days.
const FILES: &str = include_str!("start/plan.txtar");

/// How many days there are from today to the deployment of the first train.
const AHEAD: i64 = 63;

/// Returns the files of a plan that begins on `today`.
pub fn plan(today: Day) -> Vec<NewFile> {
    let day = |days: i64| today.plus(days).unwrap_or(today);
    let first = day(AHEAD);
    // On a Tuesday, when everybody is there.
    let deploy = (0..7)
        .filter_map(|days| first.plus(days))
        .find(|day| day.weekday() == crate::time::Weekday::Tuesday)
        .unwrap_or(first);
    let from = |days: i64| deploy.plus(days).unwrap_or(deploy);
    let quarter = (deploy.0.month() - 1) / 3 + 1;
    let names = [
        ("@today", today.to_string()),
        ("@tomorrow", day(1).to_string()),
        ("@scoped", day(20).to_string()),
        ("@building", day(21).to_string()),
        ("@built", from(-15).to_string()),
        ("@testing", from(-14).to_string()),
        ("@eve", from(-1).to_string()),
        ("@deploy", deploy.to_string()),
        ("@thaw", from(34).to_string()),
        ("@freeze", from(21).to_string()),
        ("@train", format!("{}-q{quarter}", deploy.0.year())),
        ("@name", format!("{} Q{quarter}", deploy.0.year())),
    ];
    let fill = |text: &str| {
        let named = names.iter();
        named.fold(text.to_owned(), |text, (name, day)| text.replace(name, day))
    };
    let files = txtar::parse(FILES).files.into_iter();
    files
        .map(|(path, text)| NewFile {
            path: fill(path),
            text: fill(text),
        })
        .collect()
}
