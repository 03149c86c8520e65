//! Words of a fixed set.

use crate::diagnostic::Finding;
use crate::plan::description::Choice;
use crate::plan::reader::Reader;
use crate::syntax::tree::Node;
use crate::text::nearest;

/// A set of words, written by the `choices!` macro.
pub trait Choices: Copy + 'static {
    /// The words and their meanings.
    const CHOICES: &'static [Choice];

    /// The rule that a word outside of the set breaks.
    const RULE: &'static str = "document/wrong-type";

    /// Returns what `word` stands for.
    fn of(word: &str) -> Option<Self>;

    /// Returns the word as written.
    fn word(self) -> &'static str;
}

/// Returns what the word in `node` stands for, or reports that it is none of the set.
pub(in crate::plan) fn read_choice<T: Choices>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
) -> Option<T> {
    let words = || T::CHOICES.iter().map(|choice| choice.word);
    let listed = words()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let scalar = reader.scalar(node, &format!("one of {listed}"))?;
    let found = T::of(&scalar.text);
    if found.is_none() {
        let message = format!("`{}` is none of {listed}", scalar.text);
        let finding = Finding::new(T::RULE, reader.at(node.span), message);
        reader.report(match nearest(&scalar.text, words()).as_slice() {
            [] => finding,
            [best, ..] => finding.hint(format!("did you mean `{best}`?")),
        });
    }
    found
}
