//! What a freeze or a window covers.

use crate::plan::kinds::{application::Application, environment::Environment};
use crate::plan::record::record;
use crate::plan::value::{Ref, Text};

record! {
    /// What a freeze or a window covers. An absent list means all; `except` is applied last; an application stands
    /// for what it contains.
    Scope {
        /// The environments covered.
        environments: Vec<Ref<Environment>>,
        /// The applications covered, with all that they contain.
        applications: Vec<Ref<Application>>,
        /// The types of release covered.
        types: Vec<Text>,
        /// What is not covered after all.
        except: Option<Except>,
    }
}

record! {
    /// What a scope leaves out.
    Except {
        /// The environments left out.
        environments: Vec<Ref<Environment>>,
        /// The applications left out, with all that they contain.
        applications: Vec<Ref<Application>>,
        /// The types of release left out.
        types: Vec<Text>,
    }
}
