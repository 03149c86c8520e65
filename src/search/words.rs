//! The words of a text as search knows them, whatever its script.
//!
//! The reader in a browser (`themes/default/assets/search.js`) takes queries apart in the same way: both follow the same
//! steps, over the same properties of Unicode.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

/// Letters that no decomposition takes apart, and what people type for them.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Returns `text` without capitals, accents and points, so that `Übergabe` and `ubergabe` are one.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let categories = CodePointMapData::<GeneralCategory>::new();
    let is_mark = |letter: &char| GeneralCategoryGroup::Mark.contains(categories.get(*letter));
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut folded = String::with_capacity(decomposed.len());
    for letter in decomposed.chars().filter(|letter| !is_mark(letter)) {
        for letter in letter.to_lowercase().filter(|letter| !is_mark(letter)) {
            match LETTERS.iter().find(|(from, _)| *from == letter) {
                Some((_, to)) => folded.push_str(to),
                None => folded.push(letter),
            }
        }
    }
    folded
}

/// Hands each word of `text`, which is [`folded`], to `found`. A version is one word (`4.2.0`), without the `v` before it.
/// Where a script sets no blanks between words, each two letters that follow each other are a word, and so is the last.
pub(super) fn each(text: &str, mut found: impl FnMut(&str)) {
    if text.is_ascii() {
        return each_ascii(text, found);
    }
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let is_dense = rest.starts_with(dense);
        let end = end_of_word(rest, is_dense);
        let (word, after) = rest.split_at(end);
        match is_dense {
            true => pairs(word, &mut found),
            false => found(unprefixed(word)),
        }
        rest = after;
    }
}

/// Does the same for a text in ASCII, which most are, byte by byte.
fn each_ascii(text: &str, mut found: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(|&at| bytes[at].is_ascii_alphanumeric()) {
        let is_point = |at: usize| bytes[at] == b'.' && is_digit(at - 1) && is_digit(at + 1);
        let goes_on = |at: usize| bytes[at].is_ascii_alphanumeric() || is_point(at);
        at = (start + 1..bytes.len())
            .find(|&at| !goes_on(at))
            .unwrap_or(bytes.len());
        found(unprefixed(&text[start..at]));
    }
}

/// Returns where the word ends with which `text` begins.
fn end_of_word(text: &str, is_dense: bool) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let goes_on = |(at, letter): (usize, char)| {
        let is_point = letter == '.' && at > 0 && is_digit(at - 1) && is_digit(at + 1);
        (letter.is_alphanumeric() && dense(letter) == is_dense) || (is_point && !is_dense)
    };
    text.char_indices()
        .find(|of| !goes_on(*of))
        .map_or(text.len(), |(at, _)| at)
}

/// Returns whether `letter` belongs to a script that sets no blanks: kana and Chinese characters.
fn dense(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns a version without the letter before it.
fn unprefixed(word: &str) -> &str {
    match word.strip_prefix('v') {
        Some(version) if version.starts_with(|letter: char| letter.is_ascii_digit()) => version,
        _ => word,
    }
}

/// Hands each two neighbours in `run`, and its last letter, to `found`.
fn pairs(run: &str, found: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 2).copied().unwrap_or(run.len());
        found(&run[start..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::{each, folded};

    #[test]
    fn a_text_is_taken_apart_into_words_whatever_its_script() {
        let cases: &[(&str, &[&str])] = &[
            (
                "Payments-4.2.0rc1 (v3.1)!",
                &["payments", "4.2.0rc1", "3.1"],
            ),
            (
                "2026. Ana.Ruiz@bank.example",
                &["2026", "ana", "ruiz", "bank", "example"],
            ),
            ("v1, via", &["1", "via"]),
            (
                "ÜBERGABE Straße Øre ŁÓDŹ",
                &["ubergabe", "strasse", "ore", "lodz"],
            ),
            ("ﬁn ①", &["fin", "1"]),
            ("שָׁלוֹם עולם", &["שלום", "עולם"]),
            ("ΟΔΟΣ", &["οδοσ"]),
            ("発布計画2版", &["発布", "布計", "計画", "画", "2", "版"]),
            ("— · —", &[]),
        ];
        for (text, expected) in cases {
            let mut found = Vec::new();
            each(&folded(text), |word| found.push(word.to_owned()));
            assert_eq!(found, *expected, "{text}");
        }
    }
}
