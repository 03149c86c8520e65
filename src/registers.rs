//! Registers: what is scattered over the documents of a plan and asked for as one list. Each has one function here, for
//! the page and for the table that programs read; whoever shows it leaves out what is not published.

use crate::lifecycle::{CriterionResult, Progress};
use crate::plan::address::REGISTERS;
use crate::plan::kinds::exception::Exception;
use crate::plan::kinds::release::Release;
use crate::plan::kinds::review::{Action, Review};
use crate::plan::parts::artifact::Artifact;
use crate::plan::parts::gate::Waiver;
use crate::plan::parts::item::{Item as ScopeItem, ItemStatus};
use crate::plan::parts::task::Risk;
use crate::plan::value::Item;
use crate::plan::{Doc, DocId, Plan};

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Register {
    /// What may be deployed in a freeze.
    Exceptions,
    /// The criteria that somebody waived.
    Waivers,
    /// What may go wrong.
    Risks,
    /// What post mortems ask for.
    Actions,
    /// The scope items that came back.
    Backlog,
    /// What exactly is deployed.
    Library,
}

impl Register {
    /// Every register, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[
        Self::Exceptions,
        Self::Waivers,
        Self::Risks,
        Self::Actions,
        Self::Backlog,
        Self::Library,
    ];

    /// Returns the name that its addresses have: `exceptions`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exceptions => "exceptions",
            Self::Waivers => "waivers",
            Self::Risks => "risks",
            Self::Actions => "actions",
            Self::Backlog => "backlog",
            Self::Library => "library",
        }
    }

    /// Returns the path of its table for programs, from the portal's root.
    pub fn table(self) -> String {
        format!("{REGISTERS}/{}.csv", self.name())
    }
}

/// A line of a register: something, and the document in which it is written.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'p, T> {
    /// The document.
    pub document: DocId,
    /// What is written there.
    pub of: &'p T,
}

/// A criterion that is waived, or was to be.
#[derive(Clone, Copy, Debug)]
pub struct Waived<'r, 'p> {
    /// The train or release.
    pub document: DocId,
    /// The id of the gate.
    pub gate: &'p str,
    /// The criterion, and what the waiver comes to.
    pub result: &'r CriterionResult<'p>,
    /// The waiver.
    pub waiver: &'p Waiver,
}

/// Returns every freeze exception, by id.
pub fn exceptions(plan: &Plan) -> impl Iterator<Item = Doc<'_, Exception>> {
    plan.all::<Exception>()
}

/// Returns every waiver, by train and release, gate and criterion.
pub fn waivers<'r, 'p>(
    plan: &'p Plan,
    progress: &'r Progress<'p>,
) -> impl Iterator<Item = Waived<'r, 'p>> {
    let gates = plan.courses().flat_map(|course| {
        let gates = progress.gates(course.id).iter();
        gates.map(move |gate| (course.id, gate))
    });
    gates.flat_map(|(document, gate)| {
        gate.criteria.iter().filter_map(move |result| {
            Some(Waived {
                document,
                gate: gate.gate.id,
                result,
                waiver: result.criterion.own?.value.waiver.as_ref()?,
            })
        })
    })
}

/// Returns every risk, by train and release.
pub fn risks(plan: &Plan) -> impl Iterator<Item = Entry<'_, Item<Risk>>> {
    plan.courses().flat_map(|course| {
        let risks = course.risks.iter();
        risks.map(move |of| Entry {
            document: course.id,
            of,
        })
    })
}

/// Returns every action that a post mortem asks for, by post mortem.
pub fn actions(plan: &Plan) -> impl Iterator<Item = Entry<'_, Item<Action>>> {
    plan.all::<Review>().flat_map(|review| {
        let actions = review.fields.actions.iter();
        actions.map(move |of| Entry {
            document: review.id,
            of,
        })
    })
}

/// Returns every scope item that was in and came back, by release.
pub fn backlog(plan: &Plan) -> impl Iterator<Item = Entry<'_, Item<ScopeItem>>> {
    let items = plan.all::<Release>().flat_map(|release| {
        let items = release.fields.items.iter();
        items.map(move |of| Entry {
            document: release.id,
            of,
        })
    });
    items.filter(|entry| {
        let status = entry.of.status.as_ref();
        status.is_some_and(|status| status.value == ItemStatus::Reopened)
    })
}

/// Returns every entry of the definitive library, by release.
pub fn library(plan: &Plan) -> impl Iterator<Item = Entry<'_, Artifact>> {
    plan.all::<Release>().flat_map(|release| {
        let artifacts = release.fields.artifacts.iter();
        artifacts.map(move |artifact| Entry {
            document: release.id,
            of: &artifact.value,
        })
    })
}
