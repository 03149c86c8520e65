//! Fingerprints: how forges recognise a diagnostic again when the lines around it have moved.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_128;

use super::Report;
use crate::diagnostic::Diagnostic;

/// Gives out the fingerprints of one report.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<u128, usize>,
}

impl Fingerprints {
    /// Returns the fingerprint of `diagnostic`, unique in its report and the same as long as its rule, its file, the
    /// words of its message and the text at fault stay: 32 hexadecimal digits.
    ///
    /// Numbers in the message do not count: "3 days late" is the same fault tomorrow. Diagnostics that agree in all four
    /// are told apart by their order.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic, report: &Report<'_>) -> String {
        let finding = &diagnostic.finding;
        let words = finding
            .message
            .split(|char: char| char.is_ascii_digit())
            .filter(|part| !part.is_empty());
        let words: Vec<&str> = words.collect();
        let words = words.join("0");
        let parts = [
            finding.rule.0,
            &report.sources.get(finding.at.file).path,
            &words,
            report.sources.slice(finding.at),
        ];
        let identity = parts.join("\0");
        let twins = self.seen.entry(xxh3_128(identity.as_bytes())).or_default();
        let nth = *twins;
        *twins += 1;
        format!("{:032x}", xxh3_128(format!("{identity}\0{nth}").as_bytes()))
    }
}
