//! Which word is found where, without the words that tell nothing apart.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::entry::{Entry, Level};

/// Where words are found.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// Each word with the entries in which it is found, in their order.
    pub words: BTreeMap<Box<str>, Vec<(u32, Level)>>,
    /// The words that so many entries have in their bodies and fields that only those that are called so are kept. A
    /// query may hold them; nothing is missed for want of them.
    pub common: Vec<Box<str>>,
}

/// In a plan with fewer entries no word is too common.
const FEW: usize = 200;

impl Postings {
    /// Returns where the words of `entries` are found.
    pub(super) fn of(entries: &[Entry]) -> Self {
        // Millions of places are noted under thousands of words: the words are put in order once they are all there.
        let mut words: FxHashMap<&str, Vec<(u32, Level)>> = FxHashMap::default();
        for (place, entry) in (0..).zip(entries) {
            for (word, level) in entry.words.iter() {
                words.entry(word).or_default().push((place, level));
            }
        }
        let mut postings = Self {
            words: words
                .into_iter()
                .map(|(word, found)| (word.into(), found))
                .collect(),
            common: Vec::new(),
        };
        if entries.len() >= FEW {
            postings.prune(entries.len() / 5);
        }
        postings
    }

    /// Keeps of each word that more than `most` entries have only where it is a name or a heading.
    fn prune(&mut self, most: usize) {
        let common = &mut self.common;
        self.words.retain(|word, found| {
            if found.len() > most {
                common.push(word.clone());
                found.retain(|(_, level)| *level >= Level::Mention);
            }
            !found.is_empty()
        });
    }
}
