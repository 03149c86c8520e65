//! Search: an index of what is published, which a browser reads from a folder as well as from a server.
//!
//! [`Index::new`] finds what can be found (`entry`), takes it apart into words (`words`), notes which word is found where
//! (`postings`), and writes all this as script files (`script`): one table of what there is, one list of all words, and the
//! places of the words in parts of equal size. The reader (`themes/default/assets/search.js`) takes the first two when
//! somebody begins to search, and of the parts those that a query needs. What is not published is in none of them.

mod entry;
mod fields;
mod postings;
mod script;
mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::plan::{DocId, Kind, Plan, Publication};
use entry::Entry;
use postings::Postings;
use script::number;

/// A page of the portal's own, which no document stands behind.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub summary: String,
    /// Its path from the portal's root.
    pub path: String,
}

/// One file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path from the portal's root.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The index of a portal.
#[derive(Clone, Debug)]
pub struct Index {
    /// What there is: titles, places, and by what they can be told apart.
    pub entries: File,
    /// All words, and which part tells where each is found.
    pub words: File,
    /// Where the words are found.
    pub parts: Vec<File>,
}

impl Index {
    /// Returns the index of what `publication` publishes of `plan`, and of the portal's own `places`.
    pub fn new(plan: &Plan, publication: Publication, places: &[Place]) -> Self {
        let documents: Vec<DocId> = plan.documents().map(|(id, _)| id).collect();
        let found: Vec<Vec<Entry>> = documents
            .into_par_iter()
            .filter(|&id| plan.is_published(id, publication))
            .map(|id| entry::of_document(plan, id, publication))
            .collect();
        let places = places.iter().map(entry::of_place);
        let entries: Vec<Entry> = found.into_iter().flatten().chain(places).collect();
        let (words, parts) = write_words(&Postings::of(&entries));
        Self {
            entries: write_entries(plan, &entries),
            words,
            parts,
        }
    }

    /// Returns every file.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        [&self.entries, &self.words].into_iter().chain(&self.parts)
    }
}

/// The table of what there is. A column is one text, its cells parted by line ends.
#[derive(Default, Serialize)]
struct Table {
    titles: String,
    /// See [`Entry::at`].
    places: String,
    summaries: String,
    /// Of each entry five numbers: its kind, its age, its train, its application and its group of audiences. The last three are
    /// counted from 1 in the lists below, and 0 for none; a kind that is none is the one after all.
    facts: String,
    /// The word and the folder of each kind.
    kinds: Vec<[&'static str; 2]>,
    trains: Vec<String>,
    applications: Vec<String>,
    audiences: Vec<Box<str>>,
    /// The audiences that entries are for, by their numbers.
    groups: Vec<Vec<u32>>,
}

/// The values that entries have of one thing, in order; each is known by its number.
struct Numbered<T>(Vec<T>);

impl<T: Ord> Numbered<T> {
    fn new(values: impl Iterator<Item = T>) -> Self {
        Self(values.collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// Returns the number of `value`, counted from 1.
    fn number(&self, value: &T) -> u32 {
        self.0
            .binary_search(value)
            .map_or(0, |index| index as u32 + 1)
    }
}

fn write_entries(plan: &Plan, entries: &[Entry]) -> File {
    let trains = Numbered::new(entries.iter().filter_map(|entry| entry.train));
    let applications = Numbered::new(entries.iter().filter_map(|entry| entry.application));
    let audiences = Numbered::new(entries.iter().flat_map(|entry| &entry.audience));
    let groups = entries.iter().map(|entry| &entry.audience);
    let groups = Numbered::new(groups.filter(|names| !names.is_empty()));
    let mut table = Table::default();
    for entry in entries {
        let facts = [
            entry
                .kind
                .map_or(Kind::ALL.len() as u32, |kind| kind as u32),
            entry.age,
            entry.train.map_or(0, |id| trains.number(&id)),
            entry.application.map_or(0, |id| applications.number(&id)),
            groups.number(&&entry.audience),
        ];
        facts
            .into_iter()
            .for_each(|fact| number(fact, &mut table.facts));
    }
    let column = |cell: fn(&Entry) -> &str| {
        let cells = entries.iter().map(|entry| cell(entry).replace('\n', " "));
        cells.collect::<Vec<_>>().join("\n")
    };
    table.titles = column(|entry| &entry.title);
    table.places = column(|entry| &entry.at);
    table.summaries = column(|entry| &entry.summary);
    let title = |id: DocId| plan.document(id).title.to_string();
    table.trains = trains.0.into_iter().map(title).collect();
    table.applications = applications.0.into_iter().map(title).collect();
    let members =
        |names: &Vec<Box<str>>| names.iter().map(|name| audiences.number(&name)).collect();
    table.groups = groups.0.into_iter().map(members).collect();
    table.audiences = audiences.0.into_iter().cloned().collect();
    table.kinds = Kind::ALL
        .iter()
        .map(|kind| [kind.word(), kind.folder()])
        .collect();
    script::file("entries", &table)
}

/// All words.
#[derive(Serialize)]
struct Dictionary {
    /// The words in order, parted by blanks. Each begins with the number of UTF-16 units that it shares with the one before.
    words: String,
    /// The words that need not be found.
    common: Vec<Box<str>>,
    /// Each part that tells where words are found: its path, and how many words come before it.
    parts: Vec<(String, usize)>,
}

/// How long a part grows before the next one begins, in bytes.
const PART: usize = 24 * 1024;

/// Returns the list of words and the parts that tell where they are found.
fn write_words(postings: &Postings) -> (File, Vec<File>) {
    let mut words = String::new();
    let mut texts = vec![(String::new(), 0)];
    let mut before = "";
    for (index, (word, found)) in postings.words.iter().enumerate() {
        let shared = shared(before, word);
        if index > 0 {
            words.push(' ');
        }
        number(word[..shared].encode_utf16().count() as u32, &mut words);
        words.push_str(&word[shared..]);
        before = word;
        if texts.last().is_some_and(|(text, _)| text.len() > PART) {
            texts.push((String::new(), index));
        }
        if let Some((text, first)) = texts.last_mut() {
            if index > *first {
                text.push(' ');
            }
            let mut last = 0;
            for &(place, level) in found {
                number((place - last) * 4 + level as u32, text);
                last = place;
            }
        }
    }
    let file = |(number, (text, _)): (usize, &(String, usize))| {
        script::file(&format!("part-{number}"), text)
    };
    let parts: Vec<File> = texts.iter().enumerate().map(file).collect();
    let dictionary = Dictionary {
        words,
        common: postings.common.clone(),
        parts: parts
            .iter()
            .zip(&texts)
            .map(|(part, (_, first))| (part.path.clone(), *first))
            .collect(),
    };
    (script::file("words", &dictionary), parts)
}

/// Returns how many bytes `one` and `other` begin with alike, in whole letters.
fn shared(one: &str, other: &str) -> usize {
    let pairs = one.chars().zip(other.chars());
    pairs
        .take_while(|(one, other)| one == other)
        .map(|(letter, _)| letter.len_utf8())
        .sum()
}

#[cfg(test)]
mod tests;
