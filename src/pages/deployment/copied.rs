//! What differs between a turnover's run sheet and that of the turnover that it was copied from.

use crate::pages::blocks;
use crate::pages::parts::{Block, Value};
use crate::pages::view::View;
use crate::plan::parts::deployment::Step;
use crate::plan::value::{Item, Text};

/// What became of a step when its run sheet was copied.
#[derive(Debug, PartialEq, Eq)]
enum Difference {
    Added,
    Removed,
    /// The columns of the run sheet in which it differs.
    Changed(Vec<&'static str>),
}

/// Returns how the run sheet `steps` differs from `before`, step by step; none when they are the same.
pub(in crate::pages) fn differences<'p>(
    view: &View<'p>,
    before: &'p [Item<Step>],
    steps: &'p [Item<Step>],
) -> Option<Block<'p>> {
    let columns = ["Step", "Difference", "In"];
    let row = |(step, difference): (&'p Item<Step>, Difference)| {
        let (word, differing) = match difference {
            Difference::Added => ("Added", Vec::new()),
            Difference::Removed => ("Removed", Vec::new()),
            Difference::Changed(columns) => ("Changed", columns),
        };
        let name = blocks::name(view, step.title.as_ref(), &step.id.value);
        let differing = differing.into_iter().map(Value::word);
        [name, Value::word(word), Value::list(differing)]
    };
    let compared = compare(before, steps);
    blocks::told(blocks::table("What differs", columns, compared, row))
}

/// Returns the steps that differ, in the order of `steps`; those that were removed come last.
fn compare<'p>(
    before: &'p [Item<Step>],
    steps: &'p [Item<Step>],
) -> Vec<(&'p Item<Step>, Difference)> {
    let (old_places, places) = (places(before, steps), places(steps, before));
    let mut differing = Vec::new();
    for (step, &place) in steps.iter().zip(&places) {
        let mut old = before.iter().zip(&old_places);
        let Some((old, &old_place)) = old.find(|(old, _)| same(old, step)) else {
            differing.push((step, Difference::Added));
            continue;
        };
        let columns = changes((old, old_place), (step, place));
        if !columns.is_empty() {
            differing.push((step, Difference::Changed(columns)));
        }
    }
    let is_gone = |old: &&Item<Step>| !steps.iter().any(|step| same(step, old));
    let removed = before.iter().filter(is_gone);
    differing.extend(removed.map(|old| (old, Difference::Removed)));
    differing
}

fn same(one: &Item<Step>, other: &Item<Step>) -> bool {
    one.id.value == other.id.value
}

/// Returns, for each of `steps` that `others` has as well, how many places of such steps come before it. Numbering a
/// run sheet anew, or adding a step to it, thus moves no other step.
fn places(steps: &[Item<Step>], others: &[Item<Step>]) -> Vec<Option<usize>> {
    let seq = |step: &Item<Step>| step.seq.as_ref().map(|seq| seq.value);
    let shared = |step: &&Item<Step>| others.iter().any(|other| same(other, step));
    let mut shared_seqs: Vec<_> = steps.iter().filter(shared).map(seq).collect();
    shared_seqs.sort_unstable();
    shared_seqs.dedup();
    let place = |step| {
        shared_seqs
            .binary_search(&seq(step))
            .ok()
            .filter(|_| shared(&step))
    };
    steps.iter().map(place).collect()
}

/// Returns the columns of the run sheet in which two versions of a step, each with its place, differ.
fn changes(
    (old, old_place): (&Item<Step>, Option<usize>),
    (new, new_place): (&Item<Step>, Option<usize>),
) -> Vec<&'static str> {
    let words = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let owner = |step: &Item<Step>| step.owner.as_ref().map(|owner| owner.written.clone());
    let mode = |step: &Item<Step>| step.mode.as_ref().map(|mode| mode.value);
    let takes = |step: &Item<Step>| step.duration.as_ref().map(|duration| duration.value);
    let differs = [
        ("Order", old_place != new_place),
        ("Step", words(&old.title) != words(&new.title)),
        ("How", mode(old) != mode(new)),
        ("Who", owner(old) != owner(new)),
        ("Takes", takes(old) != takes(new)),
        ("Run", words(&old.run) != words(&new.run)),
    ];
    let differs = differs.into_iter().filter(|(_, differs)| *differs);
    differs.map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Spanned};

    /// Returns a run sheet of steps with their place, id and command.
    fn sheet(steps: &[(u32, &str, &str)]) -> Vec<Item<Step>> {
        let at = Span::at(0);
        let step = |&(seq, id, run): &(u32, &str, &str)| {
            let (seq, run) = (
                Some(Spanned::new(seq, at)),
                Some(Spanned::new(run.into(), at)),
            );
            let value = Step {
                seq,
                run,
                ..Step::default()
            };
            Item {
                id: Spanned::new(id.into(), at),
                span: at,
                value,
            }
        };
        steps.iter().map(step).collect()
    }

    #[test]
    fn a_copied_run_sheet_is_compared_step_by_step() {
        let before = sheet(&[
            (10, "drain", "4.2"),
            (20, "deploy", "a"),
            (30, "verify", ""),
            (40, "thaw", ""),
        ]);
        let after = sheet(&[
            (5, "call", ""),
            (15, "drain", "4.2"),
            (25, "verify", ""),
            (30, "deploy", "b"),
        ]);
        let compared = compare(&before, &after);
        let compared: Vec<_> = compared
            .iter()
            .map(|(step, what)| (&*step.id.value, what))
            .collect();
        let expected = [
            ("call", &Difference::Added),
            ("verify", &Difference::Changed(vec!["Order"])),
            ("deploy", &Difference::Changed(vec!["Order", "Run"])),
            ("thaw", &Difference::Removed),
        ];
        assert_eq!(compared, expected);
    }
}
