//! The parts of a turnover: its run sheet, smoke tests, back-out, outage, attempts and waves.

use super::person::Who;
use crate::plan::kinds::application::Application;
use crate::plan::record::{choices, record};
use crate::plan::value::{Keyed, Period, Ref, Text, When};
use crate::text::Spanned;
use crate::time::Duration;

record! {
    /// One step of a run sheet. Steps with the same `seq` run in parallel; each `seq` waits for the one before.
    Step {
        /// Its place in the order.
        seq: Option<Spanned<u32>>,
        /// What is done.
        title: Option<Text>,
        /// Whether a person or a machine does it.
        mode: Option<Spanned<StepMode>>,
        /// Who does it.
        owner: Option<Ref<Who>>,
        /// How long it takes.
        duration: Option<Spanned<Duration>>,
        /// What is run: a command, a job, a page of the manual.
        run: Option<Text>,
        /// Where it stands.
        status: Option<Spanned<StepStatus>>,
        /// When it was begun.
        started: Option<When>,
        /// When it was ended.
        finished: Option<When>,
        /// Why it failed or was skipped.
        reason: Option<Text>,
    }
}

choices! {
    /// Who does a step.
    StepMode {
        /// A person.
        Manual = "manual",
        /// A machine.
        Automated = "automated",
    }
}

choices! {
    /// Where a step stands.
    StepStatus {
        /// It is to come.
        Pending = "pending",
        /// It is done.
        Done = "done",
        /// It did not work.
        Failed = "failed",
        /// It was left out, with a reason.
        Skipped = "skipped",
    }
}

record! {
    /// A quick check that what was deployed works.
    SmokeTest {
        /// What is checked.
        title: Option<Text>,
        /// Who checks it.
        owner: Option<Ref<Who>>,
        /// How it came out.
        result: Option<Spanned<SmokeResult>>,
    }
}

choices! {
    /// How a smoke test came out.
    SmokeResult {
        /// It is to come.
        Pending = "pending",
        /// It works.
        Passed = "passed",
        /// It does not work.
        Failed = "failed",
    }
}

record! {
    /// How a deployment is taken back.
    Backout {
        /// How, in words.
        plan: Option<Text>,
        /// How long it takes: the reserve that a deployment occupies after its end.
        duration: Option<Spanned<Duration>>,
        /// Its steps.
        tasks: Keyed<Step>,
    }
}

record! {
    /// What does not work while it is deployed.
    Outage {
        /// The services that are out.
        services: Vec<Ref<Application>>,
        /// When.
        planned: Option<Period>,
    }
}

record! {
    /// The agreement of operations to deploy.
    Acceptance {
        /// Who agreed; another person than the turnover's owner.
        by: Option<Ref<Who>>,
        /// What they said.
        decision: Option<Spanned<AcceptanceDecision>>,
        /// When.
        date: Option<When>,
    }
}

choices! {
    /// What operations said to a turnover.
    AcceptanceDecision {
        /// It may be deployed.
        Accepted = "accepted",
        /// It may not.
        Rejected = "rejected",
    }
}

record! {
    /// One try to deploy. The list only grows.
    Attempt {
        /// When it took place.
        actual: Option<Period>,
        /// How it ended.
        status: Option<Spanned<AttemptStatus>>,
        /// Who led it.
        by: Option<Ref<Who>>,
        /// Why it ended as it did.
        reason: Option<Text>,
    }
}

choices! {
    /// How a try to deploy ended.
    AttemptStatus {
        /// It is live.
        Deployed = "deployed",
        /// It did not work.
        Failed = "failed",
        /// It was taken back.
        RolledBack = "rolled-back",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

record! {
    /// One step of a phased rollout.
    Wave {
        /// Who gets it.
        audience: Option<Text>,
        /// When.
        planned: Option<Period>,
        /// Where it stands.
        status: Option<Spanned<WaveStatus>>,
    }
}

choices! {
    /// Where a wave of a phased rollout stands.
    WaveStatus {
        /// It is to come.
        Planned = "planned",
        /// It is live.
        Deployed = "deployed",
        /// It did not work.
        Failed = "failed",
        /// It was taken back.
        RolledBack = "rolled-back",
        /// It was called off.
        Cancelled = "cancelled",
    }
}
