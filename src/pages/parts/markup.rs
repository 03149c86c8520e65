//! The markup of values, and of the rows and lists that hold them.
//!
//! [`Document::lay`] turns every value of a page into HTML before its templates see it. This markup is a contract with
//! readers, checks and scripts (`<time datetime>`, `data-state`, headers for each cell), so a theme gives it looks, not
//! shape; the shape of everything around it is the theme's. It is also what most of a portal consists of: written here
//! once, it is neither copied into a template's values nor interpreted for each cell.

mod bars;
mod board;
mod chart;
mod graph;
mod lanes;
mod layers;
mod month;
mod timeline;

use std::fmt::Display;

use crate::text::turns;

use super::{
    Align, Block, Document, Fact, Group, Link, Locale, Period, Person, Row, Section, State, Table,
    Value, When,
};

impl Document<'_> {
    /// Lays out every value of the page in the words of `locale`.
    pub fn lay(&mut self, locale: &Locale) {
        let markup = Markup { locale };
        let Self {
            facts,
            answers,
            sections,
            about,
            ..
        } = self;
        markup.facts(facts);
        for answer in answers {
            markup.lay(&mut answer.value);
            answer
                .details
                .iter_mut()
                .for_each(|detail| markup.lay(detail));
        }
        sections
            .iter_mut()
            .chain(about)
            .for_each(|section| markup.section(section));
    }
}

/// Lays out values in the words of one language.
#[derive(Clone, Copy)]
struct Markup<'l> {
    locale: &'l Locale,
}

impl Markup<'_> {
    fn section(self, section: &mut Section<'_>) {
        for block in &mut section.blocks {
            match block {
                Block::Facts(facts) => self.facts(facts),
                Block::List(values) => values.iter_mut().for_each(|value| self.lay(value)),
                Block::Table(table) => self.table(table),
                Block::Months(months) => self.months(months),
                Block::Timeline(timeline) => self.timeline(timeline),
                Block::Lanes(lanes) => self.lanes(lanes),
                Block::Chart(chart) => self.chart(chart),
                Block::Graph(graph) => self.graph(graph),
                Block::Board(board) => self.board(board),
                Block::Bars(bars) => self.bars(bars),
                Block::Prose(_) | Block::Track(_) | Block::Empty(_) | Block::More(_) => {}
            }
        }
        section
            .sections
            .iter_mut()
            .for_each(|part| self.section(part));
    }

    fn facts(self, facts: &mut [Fact<'_>]) {
        facts.iter_mut().for_each(|fact| self.lay(&mut fact.value));
    }

    fn lay(self, value: &mut Value<'_>) {
        let mut html = String::new();
        self.value(value, &mut html);
        *value = Value::Laid(html);
    }

    /// Lays out the rows of `table` as its bodies: one for each group.
    fn table(self, table: &mut Table<'_>) {
        let labels: Vec<String> = table
            .columns
            .iter()
            .map(|column| label(self.locale.word(&column.label)))
            .collect();
        let mut html = String::new();
        for group in &table.groups {
            self.group(group, table, &labels, &mut html);
        }
        table.body = html;
    }

    fn group(self, group: &Group<'_>, table: &Table<'_>, labels: &[String], html: &mut String) {
        html.push_str("<tbody>\n");
        if let Some(title) = &group.title {
            push(
                html,
                format_args!(
                    "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{}\">",
                    labels.len()
                ),
            );
            self.value(title, html);
            html.push_str("</th></tr>\n");
        }
        for row in &group.rows {
            self.row(row, table, labels, html);
        }
        html.push_str("</tbody>\n");
    }

    fn row(self, row: &Row<'_>, table: &Table<'_>, labels: &[String], html: &mut String) {
        html.push_str("<tr");
        if let Some(id) = &row.id {
            attribute(html, "id", id);
        }
        html.push('>');
        for (index, cell) in row.cells.iter().enumerate() {
            if index == 0 {
                html.push_str("<th scope=\"row\">");
                self.value(cell, html);
                html.push_str("</th>");
            } else if *cell == Value::Empty {
                html.push_str("<td></td>");
            } else {
                let is_end = table
                    .columns
                    .get(index)
                    .is_some_and(|column| column.align == Align::End);
                html.push_str(if is_end { "<td class=\"end\"" } else { "<td" });
                html.push_str(labels.get(index).map_or("", String::as_str));
                self.held(cell, html);
                html.push_str("</td>");
            }
        }
        html.push_str("</tr>\n");
    }

    /// Ends the tag of an element that holds nothing but `value`, and fills it. Prose needs no element of its own then:
    /// the reference is full of it.
    fn held(self, value: &Value<'_>, html: &mut String) {
        if let Value::Prose(prose) = value {
            push(html, format_args!(" data-verbatim>{}", prose.0));
        } else {
            html.push('>');
            self.value(value, html);
        }
    }

    fn value(self, value: &Value<'_>, html: &mut String) {
        match value {
            Value::Empty => {}
            Value::Text(words) => {
                html.push_str("<bdi data-verbatim>");
                text(html, words);
                html.push_str("</bdi>");
            }
            Value::Word(word) => text(html, self.locale.word(word)),
            Value::Prose(prose) => {
                push(html, format_args!("<span data-verbatim>{}</span>", prose.0));
            }
            Value::Link(link) => self.link(link, html),
            Value::When(when) => self.when(when, html),
            Value::Period(period) => self.period(period, html),
            Value::Lapse(lapse) => time(html, &lapse.datetime, &lapse.text),
            Value::State(state) => self.state(state, html),
            Value::Told(state, href) => self.told(state, href, html),
            Value::Person(person) => self.person(person, html),
            Value::Code(code) => {
                html.push_str("<code>");
                text(html, code);
                html.push_str("</code>");
            }
            Value::Number(number) => push(html, number),
            Value::Tally(tally) => {
                let (count, of, all) = (tally.count, self.locale.word("of"), tally.of);
                push(
                    html,
                    format_args!("<span class=\"tally\">{count} {of} {all}</span> "),
                );
                push(
                    html,
                    format_args!(
                        "<progress value=\"{count}\" max=\"{all}\" aria-hidden=\"true\"></progress>"
                    ),
                );
            }
            Value::List(values) => {
                html.push_str("<ul>");
                for value in values {
                    html.push_str("<li");
                    self.held(value, html);
                    html.push_str("</li>");
                }
                html.push_str("</ul>");
            }
            Value::Laid(laid) => html.push_str(laid),
        }
    }

    fn link(self, link: &Link<'_>, html: &mut String) {
        html.push_str("<a");
        attribute(html, "href", &link.href);
        html.push('>');
        text(html, &link.text);
        html.push_str("</a>");
    }

    fn when(self, when: &When, html: &mut String) {
        match &when.datetime {
            Some(datetime) => time(html, datetime, &when.text),
            None => {
                html.push_str("<span class=\"open\">");
                text(html, &when.text);
                html.push_str("</span>");
            }
        }
        if let Some(relative) = &when.relative {
            far(html, relative);
        }
    }

    fn period(self, period: &Period, html: &mut String) {
        self.when(&period.from.clone().bare(), html);
        if let Some(to) = &period.to {
            html.push_str(" – ");
            self.when(&to.clone().bare(), html);
        }
        if let Some(relative) = &period.from.relative {
            far(html, relative);
        }
    }

    fn state(self, state: &State<'_>, html: &mut String) {
        html.push_str("<span class=\"state ");
        html.push_str(state.tone.word());
        html.push('"');
        attribute(html, "data-state", &state.slug);
        html.push('>');
        text(html, self.locale.word(&state.word));
        html.push_str("</span>");
    }

    /// Lays out a state as the link to where it is told.
    fn told(self, state: &State<'_>, href: &str, html: &mut String) {
        html.push_str("<a class=\"state ");
        html.push_str(state.tone.word());
        html.push('"');
        attribute(html, "data-state", &state.slug);
        attribute(html, "href", href);
        html.push('>');
        text(html, self.locale.word(&state.word));
        html.push_str("</a>");
    }

    fn person(self, person: &Person<'_>, html: &mut String) {
        match &person.href {
            Some(href) => {
                html.push_str("<a");
                attribute(html, "href", href);
                html.push('>');
                text(html, &person.name);
                html.push_str("</a>");
            }
            None => text(html, &person.name),
        }
        if let Some(role) = &person.role {
            far(html, role);
        }
    }
}

/// Returns the attribute that repeats a column's header at a cell, for screens on which rows become cards.
fn label(words: &str) -> String {
    let mut html = String::new();
    attribute(&mut html, "data-label", words);
    html
}

fn time(html: &mut String, datetime: &str, words: &str) {
    html.push_str("<time");
    attribute(html, "datetime", datetime);
    html.push('>');
    text(html, words);
    html.push_str("</time>");
}

/// Adds what is of less weight beside a value.
fn far(html: &mut String, words: &str) {
    html.push_str(" <span class=\"far\">");
    text(html, words);
    html.push_str("</span>");
}

fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    text(html, value);
    html.push('"');
}

/// Adds text: markup is escaped, and control characters that HTML may not hold are dropped.
fn text(html: &mut String, words: &str) {
    let mut plain = 0;
    for (at, character) in words.char_indices() {
        let escaped = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' | '\n' | '\r' => continue,
            other if other.is_control() || turns(other) => "",
            _ => continue,
        };
        html.push_str(&words[plain..at]);
        html.push_str(escaped);
        plain = at + character.len_utf8();
    }
    html.push_str(&words[plain..]);
}

fn push(html: &mut String, shown: impl Display) {
    use std::fmt::Write as _;
    // Writing to a `String` does not fail.
    _ = write!(html, "{shown}");
}

#[cfg(test)]
mod tests {
    use super::Markup;
    use crate::pages::parts::{Fact, Link, Locale, Person, State, Tally, Value};

    fn check(value: impl Into<Value<'static>>, expected: &str) {
        let locale =
            Locale::new("de", Some("Met = Erfüllt\nof = von")).unwrap_or_else(|_| unreachable!());
        let mut facts = [Fact::new("Label", value)];
        Markup { locale: &locale }.facts(&mut facts);
        assert_eq!(facts[0].value, Value::Laid(expected.to_owned()));
    }

    #[test]
    fn values_are_escaped_and_speak_the_portal_language() {
        check(
            "a <b> & \u{1}\"c\"'",
            "<bdi data-verbatim>a &lt;b&gt; &amp; &quot;c&quot;&#39;</bdi>",
        );
        check(
            State::new("met"),
            "<span class=\"state good\" data-state=\"met\">Erfüllt</span>",
        );
        check(
            Link::new("a\"b", "<x>"),
            "<a href=\"a&quot;b\">&lt;x&gt;</a>",
        );
        let role = Some("lead".into());
        check(
            Person {
                name: "Ana".into(),
                href: None,
                role,
            },
            "Ana <span class=\"far\">lead</span>",
        );
        let progress = "<progress value=\"1\" max=\"2\" aria-hidden=\"true\"></progress>";
        check(
            Tally { count: 1, of: 2 },
            &format!("<span class=\"tally\">1 von 2</span> {progress}"),
        );
        check(
            Value::List(vec!["a".into(), Value::code("b")]),
            "<ul><li><bdi data-verbatim>a</bdi></li><li><code>b</code></li></ul>",
        );
        check(Value::Empty, "");
    }
}
