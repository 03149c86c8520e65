//! Teams.

use crate::plan::kinds::person::Person;
use crate::plan::record::record;
use crate::plan::value::Ref;

record! {
    /// A team.
    Team {
        /// Its members.
        members: Vec<Ref<Person>>,
        /// Who leads it.
        lead: Option<Ref<Person>>,
    }
}
