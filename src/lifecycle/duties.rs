//! Who has to do what is due: the same for the answer on a terminal and for the page.

use super::due::Due;
use super::roles::holders;
use crate::plan::kinds::person::Person;
use crate::plan::{Doc, DocId, Plan};
use crate::time::Day;

/// Somebody who has something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'p> {
    /// A person or a team of the plan.
    Known(DocId),
    /// A name that the plan does not know.
    Named(&'p str),
    /// Whoever holds this role.
    Role(&'p str),
    /// Nobody is named.
    Nobody,
}

/// What one owner has to do.
#[derive(Clone, Debug)]
pub struct Duties<'p> {
    /// Who.
    pub owner: Owner<'p>,
    /// What, the earliest first.
    pub due: Vec<Due<'p>>,
}

impl<'p> Owner<'p> {
    /// Returns the people who hold the owner's role on `day`, by id; none for an owner that is no role.
    pub fn holders(self, plan: &'p Plan, day: Day) -> Vec<Doc<'p, Person>> {
        match self {
            Self::Role(role) => holders(plan, role, day),
            Self::Known(_) | Self::Named(_) | Self::Nobody => Vec::new(),
        }
    }
}

impl<'p> Due<'p> {
    /// Returns who has to do it: the owner that is named, else the role.
    pub fn by(&self) -> Owner<'p> {
        match (self.owner.filter(|owner| !owner.is_open()), self.role) {
            (Some(owner), _) => owner
                .target
                .map_or(Owner::Named(owner.parts().1), Owner::Known),
            (None, Some(role)) => Owner::Role(role),
            (None, None) => Owner::Nobody,
        }
    }

    /// Returns the release or the train that the document of it belongs to.
    pub fn whole(&self, plan: &Plan) -> Option<DocId> {
        let belongs = plan.document(self.document).belongs;
        let owner = belongs.release.or(belongs.train);
        owner
            .filter(|owner| *owner != self.document)
            .or(belongs.train.filter(|train| *train != self.document))
    }
}

/// Returns `due`, which stands by day, per owner: the owner of the earliest thing first.
pub fn duties<'p>(due: impl IntoIterator<Item = Due<'p>>) -> Vec<Duties<'p>> {
    let mut found: Vec<Duties<'p>> = Vec::new();
    for due in due {
        let owner = due.by();
        match found.iter_mut().find(|duties| duties.owner == owner) {
            Some(duties) => duties.due.push(due),
            None => found.push(Duties {
                owner,
                due: vec![due],
            }),
        }
    }
    found
}
