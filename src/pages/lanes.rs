//! What has an environment when: reservations, turnovers, freezes and windows, as rows of a table and as lanes of a
//! drawing that show the same.

use super::axis;
use super::blocks;
use super::parts::{Bar, Block, Lanes, Link, Mark, Openings, State, Strip, Table, Value};
use super::view::View;
use crate::plan::kinds::environment::Environment;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::plan::{Doc, DocId};
use crate::schedule::{Booking, Clash, is_cancelled};
use crate::time::{Day, DayRange, InstantRange};

/// How many rows a drawing and its table have in all before the nearest of each environment are shown.
const MOST_ROWS: usize = 120;

/// How many rows an environment has at least, however many environments there are.
const FEWEST_ROWS: usize = 6;

/// Something that an environment is taken by, or open for.
struct Entry<'p> {
    /// The document that says so.
    of: DocId,
    /// What sort of thing it is, in English.
    sort: &'static str,
    /// What style sheets call it.
    slug: &'static str,
    /// When, as days.
    days: DayRange,
    /// When, as told.
    when: Value<'p>,
    state: Option<State<'p>>,
    /// For a window, the days on which it opens.
    opens: Vec<DayRange>,
}

/// Everything that is known of some environments in some days.
pub(super) struct Taken<'p> {
    view: View<'p>,
    days: DayRange,
    clashes: Vec<Clash<'p>>,
    environments: Vec<(Doc<'p, Environment>, Vec<Entry<'p>>, usize)>,
}

impl<'p> Taken<'p> {
    /// Returns what `environments` are taken by in `days`.
    pub(super) fn of(
        view: &View<'p>,
        days: DayRange,
        environments: impl IntoIterator<Item = Doc<'p, Environment>>,
    ) -> Self {
        let mut taken = Self {
            view: *view,
            days,
            clashes: view.portal.schedule.clashes(),
            environments: Vec::new(),
        };
        let found: Vec<_> = environments
            .into_iter()
            .map(|environment| (environment, taken.entries(environment)))
            .collect();
        let most = (MOST_ROWS / found.len().max(1)).max(FEWEST_ROWS);
        for (environment, mut entries) in found {
            let rest = entries.len().saturating_sub(most);
            entries.sort_by_key(|entry| far(view.as_of(), entry.days));
            entries.truncate(most);
            entries.sort_by_key(|entry| (entry.days.first, entry.of));
            taken.environments.push((environment, entries, rest));
        }
        taken
    }

    /// Returns whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.environments
            .iter()
            .all(|(_, entries, _)| entries.is_empty())
    }

    /// Returns whether several environments stand beside each other.
    fn is_plural(&self) -> bool {
        self.environments.len() > 1
    }

    /// Returns the table, grouped by environment where there are several.
    pub(super) fn table(&self) -> Option<Block<'p>> {
        let columns = ["What", "Sort", "When", "State"];
        let mut table = Table::new("What has the environment when", columns);
        for (environment, entries, rest) in &self.environments {
            if self.is_plural() {
                table.group(self.view.document(environment.id));
            }
            if entries.is_empty() {
                let nothing = Value::word("Free all the time");
                table.row([nothing, Value::Empty, Value::Empty, Value::Empty]);
            }
            for entry in entries {
                table.row([
                    self.view.document(entry.of),
                    Value::word(entry.sort),
                    entry.when.clone(),
                    entry.state.clone().into(),
                ]);
            }
            if *rest > 0 {
                let locale = self.view.portal.locale;
                let more = locale.phrase("and {n} more", &[("n", rest)]);
                table.row([more.into(), Value::Empty, Value::Empty, Value::Empty]);
            }
        }
        blocks::told(table)
    }

    /// Returns the drawing.
    pub(super) fn drawing(&self) -> Block<'p> {
        let view = &self.view;
        let dates = view.portal.dates();
        let (first, last) = (self.days.first, self.days.last);
        let (first, last) = (dates.day(first.0).text, dates.day(last.0).text);
        let ends: [(&str, &dyn std::fmt::Display); 2] = [("from", &first), ("to", &last)];
        let legend = [
            ("planned", "Reservation"),
            ("clash", "Clash"),
            ("actual", "Turnover"),
            ("window", "Window"),
            ("hard", "Hard freeze"),
            ("soft", "Soft freeze"),
            ("today", "Today"),
        ];
        let mark = |(slug, word): (&'static str, &'static str)| Mark {
            slug,
            word: word.into(),
            link: None,
        };
        Block::Lanes(Lanes {
            title: view
                .portal
                .locale
                .phrase("What has the environments from {from} to {to}", &ends),
            legend: legend.map(mark).into(),
            days: self.days.count(),
            ticks: axis::ticks(view, self.days),
            today: axis::today(view, self.days),
            lanes: self.environments.iter().map(|of| self.strip(of)).collect(),
            svg: String::new(),
        })
    }

    fn strip(
        &self,
        (environment, entries, _): &(Doc<'p, Environment>, Vec<Entry<'p>>, usize),
    ) -> Strip<'p> {
        let mut strip = Strip {
            link: self.view.link(environment.id).filter(|_| self.is_plural()),
            freezes: Vec::new(),
            held: Vec::new(),
            turnovers: Vec::new(),
            windows: Vec::new(),
        };
        for entry in entries {
            let Some(link) = self.view.link(entry.of) else {
                continue;
            };
            if entry.slug == "window" {
                let spans = entry.opens.iter();
                let spans = spans.filter_map(|days| axis::place(self.days, *days));
                let text = format!("{}: {}", link.text, self.word(entry.sort));
                strip.windows.push(Openings {
                    link: Link::new(link.href, text),
                    spans: spans.collect(),
                });
                continue;
            }
            let Some(bar) = self.bar(entry, link) else {
                continue;
            };
            match entry.slug {
                "hard" | "soft" => strip.freezes.push(bar),
                "actual" => strip.turnovers.push(bar),
                _ => strip.hold(bar),
            }
        }
        strip
    }

    fn word(&self, english: &str) -> String {
        self.view.portal.locale.word(english).to_owned()
    }

    fn bar(&self, entry: &Entry<'p>, link: Link<'p>) -> Option<Bar<'p>> {
        let (from, to) = axis::place(self.days, entry.days)?;
        let when = self.view.portal.dates();
        let when = when.days(entry.days.first.0, entry.days.last.0);
        let mut label = format!(
            "{}: {}, {}",
            link.text,
            self.word(entry.sort),
            when.from.text
        );
        if let Some(to) = &when.to {
            label.push_str(" – ");
            label.push_str(&to.text);
        }
        if let Some(state) = &entry.state {
            label.push_str(", ");
            label.push_str(self.view.portal.locale.word(&state.word));
        }
        let is_held = matches!(entry.slug, "planned" | "clash");
        Some(Bar {
            from,
            to,
            slug: entry.slug,
            label,
            name: if is_held {
                link.text.to_string()
            } else {
                String::new()
            },
            link: Some(link),
        })
    }

    /// Returns what `environment` is taken by in the days, by no order.
    fn entries(&self, environment: Doc<'p, Environment>) -> Vec<Entry<'p>> {
        let mut entries = self.reservations(environment);
        entries.extend(self.turnovers(environment.id));
        entries.extend(self.freezes(environment.id));
        entries.extend(self.windows(environment.id));
        entries.retain(|entry| self.view.portal.path(entry.of).is_some());
        entries
    }

    fn reservations(&self, environment: Doc<'p, Environment>) -> Vec<Entry<'p>> {
        let schedule = &self.view.portal.schedule;
        let held = schedule.bookings_of(environment.id).iter();
        let entry = |booking: &Booking<'p>| {
            let days = schedule.booked_days(booking)?;
            let state = reservation_state(&self.view, &self.clashes, booking)?;
            Some(Entry {
                of: booking.holder,
                sort: "Reservation",
                slug: if state.slug == "conflict" {
                    "clash"
                } else {
                    "planned"
                },
                days,
                when: self
                    .view
                    .of(booking.holder)
                    .period(booking.reservation.value.planned.as_ref()),
                state: Some(state),
                opens: Vec::new(),
            })
        };
        held.filter_map(entry)
            .filter(|entry| entry.days.overlaps(self.days))
            .collect()
    }

    fn turnovers(&self, environment: DocId) -> impl Iterator<Item = Entry<'p>> {
        let schedule = &self.view.portal.schedule;
        let all = schedule.turnovers_to(environment).iter();
        let live = all.filter(|turnover| !is_cancelled(turnover.fields));
        live.filter_map(|turnover: &Doc<'p, Turnover>| {
            let days = schedule.days(turnover.id, schedule.reach(*turnover)?.outer());
            Some(Entry {
                of: turnover.id,
                sort: "Turnover",
                slug: "actual",
                days,
                when: self.view.of(turnover.id).period(schedule.period(*turnover)),
                state: self.view.state(turnover.fields.status.as_ref()),
                opens: Vec::new(),
            })
        })
        .filter(|entry| entry.days.overlaps(self.days))
    }

    fn freezes(&self, environment: DocId) -> impl Iterator<Item = Entry<'p>> {
        let schedule = &self.view.portal.schedule;
        let dates = self.view.portal.dates();
        let found = schedule.freezings_in(environment, self.days).into_iter();
        found.map(move |of| {
            let sort = super::agenda::Sort::from(of.freeze.fields.strictness());
            Entry {
                of: of.freeze.id,
                sort: sort.word(),
                slug: sort.slug(),
                days: of.days,
                when: dates.days(of.days.first.0, of.days.last.0).into(),
                state: None,
                opens: Vec::new(),
            }
        })
    }

    /// Returns the windows of `environment`, each once, with all of its openings in the days.
    fn windows(&self, environment: DocId) -> impl Iterator<Item = Entry<'p>> {
        let (plan, schedule) = (self.view.portal.plan, &self.view.portal.schedule);
        let locale = self.view.portal.locale;
        let covering = plan.all::<Window>().filter(move |window| {
            schedule.reaches_environment(window.fields.scope.as_ref(), environment)
        });
        covering.filter_map(move |window| {
            let zone = schedule.zone(window.id);
            let (first, end) = (self.days.first, self.days.last.next());
            let range = InstantRange::new(zone.start_of(first), zone.start_of(end));
            let openings = schedule.openings(window, range).into_iter();
            let instants: Vec<_> = openings.map(|of| of.occurrence.instants).collect();
            let opens: Vec<_> = instants
                .iter()
                .map(|of| DayRange::day(zone.day(of.start)))
                .collect();
            let today = zone.start_of(self.view.as_of());
            let next = instants.iter().find(|of| of.end > today);
            let next = *next.or(instants.first())?;
            let times = locale.phrase("opens {n} times", &[("n", &opens.len())]);
            let when = self.view.of(window.id).range(next);
            Some(Entry {
                of: window.id,
                sort: "Window",
                slug: "window",
                days: DayRange::new(opens.first()?.first, opens.last()?.last),
                when: match opens.len() {
                    1 => when,
                    _ => Value::list([when, times.into()]),
                },
                state: None,
                opens,
            })
        })
    }
}

/// Returns how far `days` are from `today`.
fn far(today: Day, days: DayRange) -> i64 {
    if days.contains(today) {
        return 0;
    }
    let (first, last) = (today.until(days.first), today.until(days.last));
    first.abs().min(last.abs())
}

/// Returns how a reservation stands: with whom it clashes, whether it holds today, or that it is over. None while it has
/// no date.
pub(super) fn reservation_state<'p>(
    view: &View<'p>,
    clashes: &[Clash<'p>],
    booking: &Booking<'p>,
) -> Option<State<'p>> {
    let is_it = |side: &Booking<'p>| std::ptr::eq(side.reservation, booking.reservation);
    let other = clashes.iter().find_map(|clash| {
        let sides = [(clash.first, clash.second), (clash.second, clash.first)];
        let (_, other) = sides.into_iter().find(|(side, _)| is_it(side))?;
        Some(other.holder)
    });
    let days = booking
        .reservation
        .value
        .planned
        .as_ref()
        .and_then(|planned| planned.days());
    if let Some(other) = other {
        let words = match view.link(other) {
            Some(link) => {
                let locale = view.portal.locale;
                locale.phrase("Clashes with {what}", &[("what", &link.text)])
            }
            None => view.portal.locale.word("Clashes").to_owned(),
        };
        return Some(State::new("conflict").worded(words));
    }
    let days = days?;
    Some(if days.contains(view.as_of()) {
        State::new("running").worded("Holds today")
    } else if days.last < view.as_of() {
        State::new("closed").worded("Over")
    } else {
        State::new("planned")
    })
}
