//! What the deployments of some days come to.

use super::Measures;
use super::leads::Lead;
use super::restore::Restored;
use super::tries::Try;
use crate::plan::DocId;
use crate::time::DayRange;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// What brings this application.
    Application(DocId),
    /// What belongs to this train or one of its releases.
    Train(DocId),
}

/// What the deployments of some days come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many tries to deploy to production there were.
    pub deployments: usize,
    /// How many of them failed or were taken back.
    pub failed: usize,
    /// How many of them brought an emergency.
    pub emergencies: usize,
    /// After how many seconds service was restored each time that is known, the shortest first.
    pub restores: Vec<i64>,
    /// After how many failures it is not restored yet.
    pub unrestored: usize,
    /// How many days each release was on its way, the shortest first.
    pub leads: Vec<i64>,
}

impl Figures {
    /// Returns how many of a hundred deployments failed, rounded; none where there was no deployment.
    pub fn failure_rate(&self) -> Option<usize> {
        let rounded = (200 * self.failed + self.deployments).checked_div(2 * self.deployments);
        rounded.filter(|_| self.deployments > 0)
    }

    /// Returns the median of the seconds until service was restored.
    pub fn time_to_restore(&self) -> Option<i64> {
        median(&self.restores)
    }

    /// Returns the median of the days that releases were on their way.
    pub fn lead_time(&self) -> Option<i64> {
        median(&self.leads)
    }
}

/// Returns the middle of `sorted`; between two, the number half-way, rounded down.
fn median(sorted: &[i64]) -> Option<i64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    match sorted.len() % 2 {
        0 => Some(i64::midpoint(*sorted.get(sorted.len() / 2 - 1)?, upper)),
        _ => Some(upper),
    }
}

impl Scope {
    fn has(self, of: &Try<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Application(id) => of.applications.contains(&id),
            Self::Train(id) => of.turnover.document.belongs.train == Some(id),
        }
    }

    fn has_lead(self, lead: &Lead) -> bool {
        match self {
            Self::All => true,
            Self::Application(id) => lead.application == Some(id),
            Self::Train(id) => lead.train == Some(id),
        }
    }
}

impl Measures<'_> {
    /// Returns what those of `days` come to in `scope`.
    pub fn figures(&self, scope: Scope, days: DayRange) -> Figures {
        let mut figures = Figures::default();
        let tries = self.tries.iter();
        for of in tries.filter(|of| days.contains(of.day) && scope.has(of)) {
            figures.deployments += 1;
            figures.failed += usize::from(of.is_failure());
            figures.emergencies += usize::from(of.is_emergency);
            match of.restored {
                Some(Restored::After(seconds)) => figures.restores.push(seconds),
                Some(Restored::NotYet) => figures.unrestored += 1,
                Some(Restored::Unknown) | None => {}
            }
        }
        let leads = self.leads.iter();
        let leads = leads.filter(|of| days.contains(of.deployed) && scope.has_lead(of));
        figures.leads.extend(leads.map(Lead::days));
        figures.restores.sort_unstable();
        figures.leads.sort_unstable();
        figures
    }

    /// Returns every application that was deployed, by id.
    pub fn applications(&self) -> Vec<DocId> {
        let tries = self.tries.iter();
        distinct(tries.flat_map(|of| of.applications.iter().copied()))
    }

    /// Returns every train that was deployed, by id.
    pub fn trains(&self) -> Vec<DocId> {
        let tries = self.tries.iter();
        distinct(tries.filter_map(|of| of.turnover.document.belongs.train))
    }
}

fn distinct(ids: impl Iterator<Item = DocId>) -> Vec<DocId> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
