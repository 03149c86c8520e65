//! The markup of months.

use super::{Markup, attribute, push, text, time};
use crate::pages::parts::month::{Cell, Mark, Month, Months, Week};

impl Markup<'_> {
    /// Lays out every month as a table.
    pub(super) fn months(self, months: &mut Months<'_>) {
        let mut html = String::new();
        for month in &months.months {
            self.month(month, months, &mut html);
        }
        months.body = html;
    }

    fn month(self, month: &Month<'_>, all: &Months<'_>, html: &mut String) {
        html.push_str("<table class=\"month\">\n<caption>");
        self.value(&month.caption, html);
        html.push_str("</caption>\n<thead><tr><th scope=\"col\"><span class=\"full\">");
        text(html, self.locale.word("Week"));
        html.push_str("</span></th>");
        for (short, full) in &all.weekdays {
            html.push_str("<th scope=\"col\"><span class=\"short\" aria-hidden=\"true\">");
            text(html, short);
            html.push_str("</span><span class=\"full\">");
            text(html, full);
            html.push_str("</span></th>");
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for week in &month.weeks {
            self.week(week, html);
        }
        html.push_str("</tbody>\n</table>\n");
    }

    fn week(self, week: &Week<'_>, html: &mut String) {
        let (year, number) = week.number;
        html.push_str("<tr><th scope=\"row\">");
        let datetime = format!("{year:04}-W{number:02}");
        time(html, &datetime, &number.to_string());
        html.push_str("</th>");
        for day in &week.days {
            match day {
                Some(cell) => self.cell(cell, html),
                None => html.push_str("<td></td>"),
            }
        }
        html.push_str("</tr>\n");
    }

    fn cell(self, cell: &Cell<'_>, html: &mut String) {
        html.push_str("<td");
        // The gravest mark of the day stands first and gives it its ground.
        let ground = cell.marks.first().map(|mark| mark.slug);
        let today = cell.is_today.then_some("today");
        let classes: Vec<_> = today.into_iter().chain(ground).collect();
        if !classes.is_empty() {
            attribute(html, "class", &classes.join(" "));
        }
        html.push('>');
        if cell.marks.is_empty() && !cell.is_today {
            push(html, cell.number);
        } else {
            time(html, &cell.datetime, &cell.number.to_string());
        }
        if cell.is_today {
            html.push_str(" <span class=\"now\">");
            text(html, self.locale.word("Today"));
            html.push_str("</span>");
        }
        for mark in &cell.marks {
            self.mark(mark, html);
        }
        if let Some(rest) = &cell.rest {
            html.push_str(" <span class=\"rest\">");
            text(html, rest);
            html.push_str("</span>");
        }
        html.push_str("</td>");
    }

    fn mark(self, mark: &Mark<'_>, html: &mut String) {
        push(html, format_args!(" <span class=\"mark {}\"", mark.slug));
        attribute(html, "data-state", mark.slug);
        html.push('>');
        match &mark.link {
            Some(link) => {
                html.push_str("<span class=\"sort\">");
                text(html, self.locale.word(&mark.word));
                html.push_str(" </span>");
                self.link(link, html);
            }
            None => text(html, self.locale.word(&mark.word)),
        }
        html.push_str("</span>");
    }
}
