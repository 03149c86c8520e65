//! The small lists of a train or a release: tasks, communications, risks, support.

use super::person::Who;
use crate::plan::record::{choices, record};
use crate::plan::value::{Ref, Text, When};
use crate::text::Spanned;

record! {
    /// Something to be done for a train or a release outside its gates.
    Task {
        /// What is to be done.
        title: Option<Text>,
        /// What sort of task it is.
        category: Option<Spanned<TaskCategory>>,
        /// Who does it.
        owner: Option<Ref<Who>>,
        /// The day by which it is done.
        due: Option<When>,
        /// The day on which it was done.
        done: Option<When>,
        /// Why it was dropped or is late.
        reason: Option<Text>,
    }
}

choices! {
    /// What sort of task it is.
    TaskCategory {
        /// Money to be secured.
        Funding = "funding",
        /// An agreement with a supplier.
        Contract = "contract",
        /// People to be trained.
        Training = "training",
        /// Effects on others to be assessed.
        Impact = "impact",
        /// Knowledge to be handed over.
        KnowledgeTransfer = "knowledge-transfer",
        /// Anything else.
        Other = "other",
    }
}

record! {
    /// A message to the people whom a release concerns.
    Communication {
        /// What it says.
        title: Option<Text>,
        /// Whom it is for.
        audience: Option<Text>,
        /// How it reaches them.
        channel: Option<Text>,
        /// Who sends it.
        owner: Option<Ref<Who>>,
        /// The day by which it is sent.
        due: Option<When>,
        /// The day on which it was sent.
        sent: Option<When>,
    }
}

record! {
    /// Something that may go wrong, and what is done about it.
    Risk {
        /// What may go wrong.
        title: Option<Text>,
        /// What is done about it.
        response: Option<Spanned<RiskResponse>>,
        /// Who answers for it.
        owner: Option<Ref<Who>>,
        /// The day by which the response is in place.
        due: Option<When>,
    }
}

choices! {
    /// What is done about a risk (ROAM).
    RiskResponse {
        /// It can no longer happen.
        Resolved = "resolved",
        /// Somebody has taken it on.
        Owned = "owned",
        /// It is lived with.
        Accepted = "accepted",
        /// It has been made less likely or less bad.
        Mitigated = "mitigated",
    }
}

record! {
    /// Early life support: the time after a deployment in which its builders stand by.
    Support {
        /// The day on which it ends as planned.
        until: Option<When>,
        /// Who stands by.
        owner: Option<Ref<Who>>,
        /// The day on which it ended.
        ended: Option<When>,
    }
}
