//! What takes place on which days: freezes, windows, deployments and milestones, gathered once for all pages that show
//! time.

use super::parts::Link;
use super::portal::Portal;
use super::view::View;
use crate::plan::address::month_address;
use crate::plan::kinds::freeze::{Freeze, FreezeSeverity};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::train::Train;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::kinds::window::Window;
use crate::plan::{Course, DocId};
use crate::schedule::Schedule;
use crate::time::{Day, DayRange, InstantRange, civil};

/// How far ahead what repeats is shown, in days.
const AHEAD: i64 = 2 * 366;

/// How far from today a page is still made, in days: a year that was mistyped is not to bring thousands of pages.
const FARTHEST: i64 = 50 * 366;

/// What sort of thing takes place; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A freeze in which nothing is deployed without an exception.
    Hard,
    /// A freeze in which deployments need one more approval.
    Soft,
    /// A deployment.
    Deployment,
    /// A milestone of a train.
    Milestone,
    /// An opening of a maintenance window.
    Window,
}

impl Sort {
    /// Every sort, the gravest first.
    pub(super) const ALL: [Self; 5] = [
        Self::Hard,
        Self::Soft,
        Self::Deployment,
        Self::Milestone,
        Self::Window,
    ];

    /// Returns what `data-state` and style sheets call it.
    pub(super) fn slug(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Soft => "soft",
            Self::Deployment => "deployment",
            Self::Milestone => "milestone",
            Self::Window => "window",
        }
    }

    /// Returns the word for it, in English.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Hard => "Hard freeze",
            Self::Soft => "Soft freeze",
            Self::Deployment => "Deployment",
            Self::Milestone => "Milestone",
            Self::Window => "Window",
        }
    }

    /// Returns whether it is something that people plan to do.
    pub(super) fn is_planned(self) -> bool {
        matches!(self, Self::Deployment | Self::Milestone)
    }

    /// Returns whether it is a freeze.
    pub(super) fn is_freeze(self) -> bool {
        matches!(self, Self::Hard | Self::Soft)
    }
}

impl From<FreezeSeverity> for Sort {
    fn from(severity: FreezeSeverity) -> Self {
        match severity {
            FreezeSeverity::Hard => Self::Hard,
            FreezeSeverity::Soft => Self::Soft,
        }
    }
}

/// Something that takes place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Happening {
    /// The days on which it takes place, or may.
    pub(super) days: DayRange,
    /// What sort of thing it is.
    pub(super) sort: Sort,
    /// The document that says so.
    pub(super) id: DocId,
    /// Whether these are its days, and not those of a month or a quarter in which it falls.
    pub(super) is_exact: bool,
}

/// Everything published that takes place, by its first day.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    happenings: Vec<Happening>,
    reach: Option<DayRange>,
}

impl Agenda {
    /// Returns the agenda of `portal`.
    pub(super) fn of(portal: &Portal<'_>) -> Self {
        let today = portal.publication.as_of;
        let mut happenings = turnovers(portal);
        happenings.extend(milestones(portal));
        let dated = happenings.iter().map(|happening| happening.days);
        let days = dated.chain(stages(portal)).chain(first_freezes(portal));
        let near = |day: &DayRange| {
            let is_near = |day: Day| today.until(day).abs() < FARTHEST;
            is_near(day.first) && is_near(day.last)
        };
        let Some(dated) = days.filter(near).reduce(DayRange::to) else {
            return Self::default();
        };
        let ahead = today.plus(AHEAD).unwrap_or(today);
        let searched = dated.to(DayRange::day(ahead));
        let freezes = portal.schedule.freezings(searched).into_iter();
        let freezes = freezes
            .filter(|of| portal.path(of.freeze.id).is_some())
            .map(|of| Happening {
                days: of.days,
                sort: of.freeze.fields.strictness().into(),
                id: of.freeze.id,
                is_exact: true,
            });
        happenings.extend(freezes);
        let all = happenings.iter().map(|happening| happening.days);
        let reach = all.filter(near).fold(dated, DayRange::to);
        // Whole months are shown, and windows do not make more of them.
        let first = Day(reach.first.0.first_of_month());
        let last = Day(reach.last.0.last_of_month()).min(ahead).max(first);
        happenings.extend(openings(portal, DayRange::new(first, last)));
        happenings.sort_by_key(|of| (of.days.first, of.sort, of.id));
        Self {
            happenings,
            reach: Some(reach),
        }
    }

    /// Returns the years from the first to the last thing that takes place; none where nothing has a date.
    pub(super) fn years(&self) -> impl Iterator<Item = i16> + use<> {
        let years = self
            .reach
            .map(|days| days.first.0.year()..=days.last.0.year());
        years.into_iter().flatten()
    }

    /// Returns the last day within `within` that a train plans, a deployment takes or a milestone stands on; none when
    /// there is nothing but freezes and windows, which may repeat for ever.
    pub(super) fn last_plan(&self, portal: &Portal<'_>, within: DayRange) -> Option<Day> {
        let planned = self.within(within).filter(|of| of.sort.is_planned());
        let planned = planned.map(|of| of.days).chain(stages(portal));
        let planned = planned.filter(|days| days.overlaps(within));
        planned.map(|days| days.last.min(within.last)).max()
    }

    /// Returns whether `days` lie in the time from the first to the last thing that takes place, at least in part.
    pub(super) fn touches(&self, days: DayRange) -> bool {
        self.reach.is_some_and(|reach| reach.overlaps(days))
    }

    /// Returns whether the calendar has a page for a month, counted from 1.
    pub(super) fn has_month(&self, year: i16, month: i8) -> bool {
        let first = civil::Date::new(year, month, 1).ok();
        first.is_some_and(|first| {
            self.touches(DayRange::new(Day(first), Day(first.last_of_month())))
        })
    }

    /// Returns what touches the days `within`, by its first day.
    pub(super) fn within(&self, within: DayRange) -> impl Iterator<Item = Happening> {
        let begun = self
            .happenings
            .partition_point(|of| of.days.first <= within.last);
        let touching = self.happenings[..begun].iter().copied();
        touching.filter(move |of| of.days.last >= within.first)
    }
}

/// Returns a link to the month of `day` in the freeze calendar, where that has a page and is not this one.
pub(super) fn month_link<'p>(view: &View<'p>, day: Day) -> Option<Link<'p>> {
    let (year, month) = (day.0.year(), day.0.month());
    let path = month_address(year, month);
    (path != view.path && view.portal.agenda().has_month(year, month)).then(|| {
        let name = view.portal.dates().month(year, month).text;
        let words = view
            .portal
            .locale
            .phrase("Calendar of {month}", &[("month", &name)]);
        Link::new(view.href(&path), words)
    })
}

fn turnovers(portal: &Portal<'_>) -> Vec<Happening> {
    let schedule = &portal.schedule;
    let published = portal
        .plan
        .all::<Turnover>()
        .filter(|of| portal.path(of.id).is_some());
    let dated = published.filter_map(|turnover| {
        let reach = schedule.reach(turnover)?;
        Some(Happening {
            days: schedule.days(turnover.id, reach.outer()),
            sort: Sort::Deployment,
            id: turnover.id,
            is_exact: reach.range().is_some(),
        })
    });
    dated.collect()
}

/// Returns the milestones of trains. Those of releases stand on their own pages.
fn milestones<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = Happening> + 'a {
    let of_trains = portal.plan.all::<Milestone>().filter(|milestone| {
        milestone.document.belongs.release.is_none()
            && !milestone.fields.skip
            && portal.path(milestone.id).is_some()
    });
    of_trains.filter_map(|milestone| {
        let days = milestone.fields.due.as_ref()?.days()?;
        Some(Happening {
            days,
            sort: Sort::Milestone,
            id: milestone.id,
            is_exact: days.exact().is_some(),
        })
    })
}

/// Returns the days of every stage of every published train.
fn stages<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = DayRange> + 'a {
    let trains = portal.plan.all::<Train>();
    trains
        .filter(|train| portal.path(train.id).is_some())
        .flat_map(|train| Course::from(train).schedule.iter())
        .filter_map(|(_, period)| period.days())
}

/// Returns the days of every published freeze; of one that repeats, the first.
fn first_freezes<'a>(portal: &'a Portal<'_>) -> impl Iterator<Item = DayRange> + 'a {
    let freezes = portal.plan.all::<Freeze>();
    freezes
        .filter(|freeze| portal.path(freeze.id).is_some())
        .filter_map(|freeze| freeze.fields.planned.as_ref()?.days())
}

fn openings(portal: &Portal<'_>, within: DayRange) -> Vec<Happening> {
    let schedule: &Schedule<'_> = &portal.schedule;
    let mut found = Vec::new();
    for window in portal.plan.all::<Window>() {
        if portal.path(window.id).is_none() {
            continue;
        }
        let zone = schedule.zone(window.id);
        let range = InstantRange::new(
            zone.start_of(within.first),
            zone.start_of(within.last.next()),
        );
        found.extend(schedule.openings(window, range).into_iter().map(|opening| {
            // An opening that lasts over midnight belongs to the day on which it begins.
            let day = zone.day(opening.occurrence.instants.start);
            Happening {
                days: DayRange::day(day),
                sort: Sort::Window,
                id: window.id,
                is_exact: true,
            }
        }));
    }
    found
}
