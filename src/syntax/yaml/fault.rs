//! Why the parser stopped, in the words of somebody who looks at the line: the fact, its place and the action.

use std::ops::Range;

use super::super::DEPTH_LIMIT;
use super::super::line::{Line, Pair, lines};
use super::events::Cause;
use super::scene::{Cover, Fault, Remedy, Scene, quote};
use crate::text::{Location, Span};

impl Scene<'_> {
    /// Returns the fault that made the parser stop for `cause`.
    pub(super) fn explain(&self, cause: &Cause) -> Fault {
        match cause {
            Cause::Colon => self.colon(),
            Cause::NoKey => self.no_key(),
            Cause::Indentation => self.indentation(),
            Cause::OpenQuote => self.open_quote(self.unclosed_value()),
            Cause::AfterQuote => match self.unclosed_value() {
                Some(value) => self.open_quote(Some(value)),
                None => self.after_quote(),
            },
            Cause::OpenBracket(open) => self.open_bracket(*open),
            Cause::WrongBracket(open, close) => {
                let message = format!("`{open}` is closed by `{close}`");
                let finding = self
                    .here(message)
                    .hint(format!("close it with `{}`", partner(*open)));
                self.unreadable(finding)
            }
            Cause::StrayBracket => {
                let message = format!("`{}` closes nothing", self.letter());
                let finding = self
                    .here(message)
                    .hint("remove it, or quote the value if it is text");
                self.unreadable(finding)
            }
            Cause::Separator => self.separator(),
            Cause::Character(letter) => self.character(*letter),
            Cause::Escape => self.escape(),
            Cause::BlockHeader => self.sign("a block of text"),
            Cause::Dash => self.dash(),
            Cause::Comment => {
                let finding = self
                    .here("a comment follows without a blank")
                    .hint("put a blank before the `#`, or quote the whole value")
                    .fix("put a blank before the comment", Span::at(self.at), " ");
                let remedy = Remedy::Mask(Cover::Blank, self.at..self.line().end().max(self.at));
                Fault { finding, remedy }
            }
            Cause::Tab => self.tab(),
            Cause::Reference => match self.letter() {
                '&' => self.sign("an anchor"),
                '*' => self.sign("an alias"),
                _ => self.sign("a tag"),
            },
            Cause::Directive => {
                let line = self.line();
                let finding = self
                    .spot(line.span(), "a line that starts with `%` is a YAML directive, and directives are not read")
                    .hint("remove the line, or indent it if it is text");
                let remedy = Remedy::Mask(Cover::Line, line.span());
                Fault { finding, remedy }
            }
            Cause::Depth => {
                let message =
                    format!("lists and mappings are nested more than {DEPTH_LIMIT} levels deep");
                let finding = self
                    .here(message)
                    .hint("write it flatter, or quote it if it is text");
                let remedy = Remedy::Part;
                Fault { finding, remedy }
            }
            Cause::Other(words) => {
                let finding = self
                    .here(format!("this is not valid YAML: {words}"))
                    .hint("quote the value if it is text");
                let remedy = Remedy::Part;
                Fault { finding, remedy }
            }
        }
    }

    fn colon(&self) -> Fault {
        match self.line().pair() {
            Some(pair) if pair.colon == self.at => self.below_value(&pair),
            Some(pair) if pair.value.contains(&self.at) => {
                let key = &self.text[pair.key];
                let value = &self.text[pair.value];
                if value.starts_with(['[', '{']) {
                    let finding = self
                        .here("a second colon inside brackets")
                        .hint("quote the text that has the colon, or add a comma");
                    return self.unreadable(finding);
                }
                self.quotable(self.here(format!("the value of `{key}` has a colon and no quotes")))
            }
            _ => {
                let finding = self
                    .here("a colon where no key can end")
                    .hint("quote the text that has the colon");
                let remedy = Remedy::Part;
                Fault { finding, remedy }
            }
        }
    }

    /// The key of `pair` stands below a key that has a value on its own line.
    fn below_value(&self, pair: &Pair) -> Fault {
        let line = self.line();
        let key = &self.text[pair.key.clone()];
        let owner = self
            .lines_above()
            .find(|above| above.indent() < line.indent());
        let Some((above, owner)) = owner.and_then(|above| Some((above, above.pair()?))) else {
            let finding = self.spot(
                pair.key.clone(),
                format!("the key `{key}` cannot stand here"),
            );
            return self.without(line, finding.hint("check its indentation"));
        };
        let name = &self.text[owner.key];
        let finding = self
            .spot(
                pair.key.clone(),
                format!("`{key}` is indented below `{name}`, which has a value already"),
            )
            .also(
                Location::new(self.file, Span::new(owner.value.clone())),
                "the value",
            )
            .hint(format!(
                "start `{key}` in the same column as `{name}`, or remove the value of `{name}`"
            ));
        // One space is a slip; more of them are meant, and what is meant cannot be told.
        let slip = line.indent() == above.indent() + 1;
        let remedy = if above.start == self.range.start && slip {
            Remedy::Split(line.start)
        } else {
            Remedy::Mask(Cover::Value, owner.value.start..self.end_below(above))
        };
        Fault { finding, remedy }
    }

    fn no_key(&self) -> Fault {
        let line = self.line();
        if let Some((key, colon)) = line.tight_pair() {
            let name = &self.text[key];
            let finding = self
                .spot(
                    colon..colon + 1,
                    format!("no blank after the colon of `{name}`"),
                )
                .hint(format!(
                    "write `{name}: {}`",
                    &self.text[colon + 1..line.end()]
                ))
                .fix("put a blank after the colon", Span::at(colon + 1), " ");
            return self.without(line, finding);
        }
        let span = line.span();
        if line.content().starts_with('-') && !line.content().starts_with("--") && !line.is_item() {
            let finding = self
                .spot(
                    span.start..span.start + 1,
                    "no blank after the dash of a list item",
                )
                .hint("put a blank after the dash")
                .fix("put a blank after the dash", Span::at(span.start + 1), " ");
            return self.without(line, finding);
        }
        let finding = self
            .spot(span, "this line is not `key: value`")
            .hint("put a key and a colon before it, or indent it if it carries on the value above");
        self.without(line, finding)
    }

    fn indentation(&self) -> Fault {
        let line = self.line();
        let value = self.value(line);
        let tight = line.tight_pair().is_some_and(|(_, colon)| colon == self.at);
        if tight {
            return self.no_key();
        }
        if let Some(pair) = line
            .pair()
            .filter(|pair| self.masked[pair.key.clone()].starts_with(['*', '&']))
        {
            let sign = &self.text[pair.key.start..pair.key.start + 1];
            let what = if sign == "*" { "an alias" } else { "an anchor" };
            let finding = self
                .spot(
                    pair.key.start..pair.key.start + 1,
                    format!("`{sign}` starts {what} in YAML"),
                )
                .hint(format!("quote the key: {}", quote(&self.text[pair.key])));
            return self.without(line, finding);
        }
        if self.at > line.span().start && value.contains(&self.at) {
            return match self.text[value.clone()].chars().next() {
                Some('[' | '{') => {
                    let rest = self.at..value.end;
                    self.quotable(self.spot(rest, "text follows the closing bracket"))
                }
                Some('*') => self.named_sign(value.start, "an alias"),
                Some('?') => self.named_sign(value.start, "a key"),
                _ => self.quotable(self.here("the value ends before this")),
            };
        }
        let name = line.pair().map_or_else(
            || "this line".into(),
            |pair| format!("`{}`", &self.text[pair.key]),
        );
        let finding = self.spot(
            line.span(),
            format!("the indentation of {name} fits no line above"),
        );
        let near = self.lines_above().min_by_key(|above| {
            (
                above.is_item() != line.is_item(),
                above.indent().abs_diff(line.indent()),
            )
        });
        let hint = match near {
            Some(near) => format!(
                "indent it by {}, as `{}`",
                spaces(near.indent()),
                &self.text[near.span()]
            ),
            None => "indent it like the lines around it".into(),
        };
        self.without(line, finding.hint(hint))
    }

    fn open_quote(&self, value: Option<Range<usize>>) -> Fault {
        let Some(value) = value else {
            let finding = self
                .here("a quote is not closed before this")
                .hint("close the quote");
            let remedy = Remedy::Part;
            return Fault { finding, remedy };
        };
        let quote = &self.text[value.start..value.start + 1];
        let finding = self
            .spot(value.start..value.start + 1, "the quote is not closed")
            .hint(format!("close it with `{quote}`"));
        if let Some(fence) = self.fence.filter(|fence| self.quote_beyond(*fence, quote)) {
            return Fault {
                finding: finding.also(
                    Location::new(self.file, fence),
                    "a line of `---` ends the frontmatter, inside quotes too",
                ),
                remedy: Remedy::Part,
            };
        }
        if self.goes_on(Line::at(self.masked, value.start)) {
            let remedy = Remedy::Part;
            return Fault { finding, remedy };
        }
        // When the next line has the other quote, where the value should end cannot be told.
        let next = lines(self.text, value.end..self.text.len()).nth(1);
        let apart = next.is_some_and(|next| next.pair().is_none() && next.text.contains(quote));
        let finding = if apart {
            finding
        } else {
            finding.fix("close the quote", Span::at(value.end), quote)
        };
        Fault {
            finding,
            remedy: Remedy::Mask(Cover::Value, value),
        }
    }

    /// Returns whether the first line behind `fence` has the quote that would close the value before it.
    fn quote_beyond(&self, fence: Span, quote: &str) -> bool {
        lines(self.text, fence.range().end..self.text.len())
            .nth(1)
            .is_some_and(|line| line.text.contains(quote))
    }

    fn after_quote(&self) -> Fault {
        let line = self.line();
        let value = self.value(line);
        let text = &self.text[value.clone()];
        let finding = self.spot(
            self.at..value.end.max(self.at),
            "text follows the closing quote",
        );
        let quote_sign = text
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        let inner = quote_sign.and_then(|sign| text.strip_prefix(sign)?.strip_suffix(sign));
        let (Some(inner), false) = (inner, self.goes_on(line)) else {
            return self.quotable(finding);
        };
        let quoted = quote(inner);
        Fault {
            finding: finding
                .hint(format!("use the other kind of quotes around it: {quoted}"))
                .fix(
                    "use the other kind of quotes",
                    Span::new(value.clone()),
                    quoted,
                ),
            remedy: Remedy::Mask(Cover::Text, value),
        }
    }

    fn open_bracket(&self, open: char) -> Fault {
        let finding = self.here(format!("`{open}` is not closed")).hint(format!(
            "close it with `{}`, or quote the value if it is text",
            partner(open)
        ));
        self.unreadable(finding)
    }

    fn separator(&self) -> Fault {
        let finding = match self.letter() {
            ',' => self
                .here("a value is missing before the comma")
                .hint("remove one of the commas"),
            ':' => self
                .here("a second colon inside brackets")
                .hint("quote the text that has the colon, or add a comma"),
            _ => self
                .here("a comma or a closing bracket is missing before this")
                .hint("add it"),
        };
        self.unreadable(finding)
    }

    fn character(&self, letter: char) -> Fault {
        if letter.is_ascii_punctuation() {
            let name = if letter == '`' {
                "a backtick".into()
            } else {
                format!("`{letter}`")
            };
            return self.quotable(self.here(format!("no value can start with {name}")));
        }
        let finding = self
            .here(format!(
                "the character U+{:04X} cannot stand in YAML",
                u32::from(letter)
            ))
            .hint("remove it");
        let remedy = Remedy::Part;
        Fault { finding, remedy }
    }

    /// The character at which the parser stopped starts `what` in YAML, and the value was meant as text.
    fn sign(&self, what: &str) -> Fault {
        self.named_sign(self.at, what)
    }

    fn named_sign(&self, at: usize, what: &str) -> Fault {
        let sign = self.text[at..].chars().next().unwrap_or(' ');
        self.quotable(self.spot(
            at..at + sign.len_utf8(),
            format!("`{sign}` starts {what} in YAML"),
        ))
    }

    fn escape(&self) -> Fault {
        const KNOWN: &str = "0abt\tnvfre \"/\\N_LPxuU\n\r";
        let quoted = &self.text[self.at..self.range.end];
        let mut letters = quoted.char_indices();
        let mut wrong = None;
        while let Some((at, letter)) = letters.next() {
            if letter == '\\'
                && let Some((_, next)) = letters.next()
                && (!KNOWN.contains(next) || matches!(next, 'x' | 'u' | 'U'))
            {
                wrong = Some((self.at + at, next));
                break;
            }
        }
        let Some((at, next)) = wrong else {
            let finding = self
                .here("an escape in these quotes does not exist")
                .hint("use single quotes");
            return self.unreadable(finding);
        };
        let finding = self
            .spot(
                at..at + 1 + next.len_utf8(),
                format!("`\\{next}` is not a complete escape in double quotes"),
            )
            .hint("write `\\\\` for a backslash, or use single quotes")
            .fix("double the backslash", Span::at(at), "\\");
        self.unreadable(finding)
    }

    fn dash(&self) -> Fault {
        let line = self.line();
        let Some(pair) = line.pair().filter(|pair| pair.value.contains(&self.at)) else {
            let finding = self
                .here("a list item where no list can be")
                .hint("check its indentation, or quote the text if it is no list");
            return self.without(line, finding);
        };
        let key = &self.text[pair.key];
        let item = &self.text[pair.value];
        let finding = self
            .here(format!("a list starts on the line of its key `{key}`"))
            .hint(format!("put `{item}` on a line of its own below `{key}:`"));
        self.unreadable(finding)
    }

    fn tab(&self) -> Fault {
        let line = self.line();
        let tab = line.text.find('\t').map_or(self.at, |at| line.start + at);
        let finding = self
            .spot(tab..tab + 1, "a tab where YAML takes only spaces")
            .hint("use spaces")
            .fix("use a space", Span::new(tab..tab + 1), " ");
        let remedy = if self.masked[tab..].starts_with('\t') {
            Remedy::Mask(Cover::Blank, tab..tab + 1)
        } else {
            Remedy::Part
        };
        Fault { finding, remedy }
    }
}

fn partner(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no spaces".into(),
        1 => "1 space".into(),
        _ => format!("{count} spaces"),
    }
}
