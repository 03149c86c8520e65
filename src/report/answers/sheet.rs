//! An answer as people read it: the same words on a terminal and in Markdown.

use std::io::{self, Write};

use super::super::Ink;
use super::super::place::Place;
use super::super::plain::one_line;
use super::forge::sentence;
use crate::text::{Location, Sources};

/// An answer in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// What the answer comes to.
    pub(super) tone: Tone,
    /// The answer in one sentence.
    pub(super) headline: String,
    /// What it stands on.
    pub(super) sections: Vec<Section>,
    /// What is to be said besides, each a sentence.
    pub(super) closing: Vec<String>,
}

/// What an answer comes to, for its colour; its words say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    /// It may.
    Good,
    /// It may not, or something is late.
    Bad,
    /// Neither.
    #[default]
    Neutral,
}

/// Lines that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// What they have in common; empty where there is only one section.
    pub(super) title: String,
    /// The lines.
    pub(super) lines: Vec<Line>,
}

/// One fact.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// The fact.
    pub(super) text: String,
    /// Where it stands: `freezes/year-end.md:3:10`.
    pub(super) place: Option<String>,
    /// What to do about it.
    pub(super) hint: Option<String>,
}

/// Returns `at` as editors read it: `freezes/year-end.md:3:10`.
pub(super) fn spot(sources: &Sources, at: Location) -> String {
    let place = Place::within(sources, at);
    format!("{}:{}:{}", place.file, place.line, place.column)
}

impl Sheet {
    /// Writes it for a terminal.
    pub(super) fn write_human(&self, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
        let (bold, reset) = match (ink, self.tone) {
            (Ink::Plain, _) => ("", ""),
            (Ink::Colour, Tone::Good) => ("\u{1b}[1;32m", "\u{1b}[0m"),
            (Ink::Colour, Tone::Bad) => ("\u{1b}[1;31m", "\u{1b}[0m"),
            (Ink::Colour, Tone::Neutral) => ("\u{1b}[1m", "\u{1b}[0m"),
        };
        writeln!(out, "{bold}{}{reset}", one_line(&self.headline))?;
        for section in &self.sections {
            writeln!(out)?;
            if !section.title.is_empty() {
                writeln!(out, "{}", one_line(&section.title))?;
            }
            for line in &section.lines {
                writeln!(out, "  - {}", one_line(&line.text))?;
                if let Some(place) = &line.place {
                    writeln!(out, "    {}", one_line(place))?;
                }
                if let Some(hint) = &line.hint {
                    writeln!(out, "    hint: {}", one_line(hint))?;
                }
            }
        }
        if !self.closing.is_empty() {
            writeln!(out)?;
        }
        self.closing
            .iter()
            .try_for_each(|words| writeln!(out, "{}", one_line(words)))
    }

    /// Writes it as Markdown, with what authors wrote taken literally.
    pub(super) fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "**{}**", sentence(&self.headline))?;
        for section in &self.sections {
            writeln!(out)?;
            if !section.title.is_empty() {
                writeln!(out, "### {}\n", sentence(&section.title))?;
            }
            for line in &section.lines {
                write!(out, "- {}", sentence(&line.text))?;
                if let Some(place) = &line.place {
                    write!(out, " ({})", sentence(place))?;
                }
                if let Some(hint) = &line.hint {
                    write!(out, "; {}", sentence(hint))?;
                }
                writeln!(out)?;
            }
        }
        self.closing
            .iter()
            .try_for_each(|words| writeln!(out, "\n{}", sentence(words)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn what_authors_wrote_means_only_itself() {
        let sheet = Sheet {
            headline: "no: *all* of <b>it</b>".to_owned(),
            sections: vec![Section {
                title: "@ana".to_owned(),
                lines: vec![Line {
                    text: "first\n# [second](x)\u{1b}[2J".to_owned(),
                    place: Some("a_b.md:1:2".to_owned()),
                    hint: Some("wait".to_owned()),
                }],
            }],
            closing: vec!["next fit: never".to_owned()],
            ..Sheet::default()
        };
        let (mut human, mut markdown) = (Vec::new(), Vec::new());
        sheet.write_human(Ink::Plain, &mut human).unwrap();
        sheet.write_markdown(&mut markdown).unwrap();
        assert_eq!(
            String::from_utf8(human).unwrap(),
            "no: *all* of <b>it</b>\n\n@ana\n  - first\\n# [second](x)\\u{1b}[2J\n    a_b.md:1:2\n    hint: wait\n\nnext \
             fit: never\n"
        );
        assert_eq!(
            String::from_utf8(markdown).unwrap(),
            "**no: \\*all\\* of &lt;b&gt;it&lt;/b&gt;**\n\n### &#64;&#8203;ana\n\n- first\\\\n&#35; \
             \\[second\\]\\(x\\)\\\\u{1b}\\[2J (a\\_b.md:1:2); wait\n\nnext fit: never\n"
        );
    }
}
