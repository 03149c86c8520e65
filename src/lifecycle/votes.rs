//! Votes: what people decided, inline or as files, and whether each of them counts.

use super::fingerprint::fingerprint;
use super::gates::{Signoff, StageGate, gates};
use super::roles::{Tenure, tenure};
use super::standpoint::Standpoint;
use crate::plan::kinds::approval::{Approval, Decision};
use crate::plan::parts::lifecycle::Transition;
use crate::plan::value::{Reference, Text, When};
use crate::plan::{Detail, Doc, DocId, Kind, Plan};
use crate::text::{Location, Spanned};
use crate::time::{Day, DayRange};

/// One decision of one person.
#[derive(Clone, Copy, Debug)]
pub struct Vote<'p> {
    /// What it decides on: a train, a release, a change or a turnover.
    pub subject: DocId,
    /// The gate that it decides on.
    pub gate: Option<&'p str>,
    /// The decision as written.
    pub approval: &'p Approval,
    /// The file that it is, unless it stands inside its subject.
    pub file: Option<Doc<'p, Approval>>,
    /// Where it is written.
    pub at: Location,
}

/// A decision, and what is to be said of it.
#[derive(Clone, Debug)]
pub struct JudgedVote<'p> {
    /// The decision.
    pub vote: Vote<'p>,
    /// Its level, as written or as the role in which it was made implies.
    pub level: Option<&'p str>,
    /// The role that it takes: the one that its gate asks for, else the one that it names.
    pub role: Option<&'p str>,
    /// The days on which it can have been made.
    pub days: Option<DayRange>,
    /// What is wrong with it.
    pub faults: Vec<VoteFault<'p>>,
}

/// Something wrong with a decision.
#[derive(Clone, Debug)]
pub enum VoteFault<'p> {
    /// It does not say who decided.
    Unnamed,
    /// It has no day.
    Undated,
    /// Its day has not come.
    Future,
    /// The plan does not know who decided.
    Stranger,
    /// Who decided did not hold this role on that day.
    NotInRole(&'p str),
    /// Who decided answers for what is approved, in this field, and the policy separates duties.
    Own(&'static str, &'p Reference),
    /// What was approved has changed since; this is its fingerprint now.
    Stale(String),
    /// It was made before the gate was re-opened by this return.
    BeforeReturn(&'p Spanned<Transition>),
    /// The same person rejected it later, there.
    Superseded(Location),
    /// An earlier level had not been granted.
    OutOfOrder(&'p str),
    /// A rejection without a reason.
    NoReason,
    /// A rejection without a stage to return to.
    NoReturnStage,
    /// The same decision is written there as well.
    Duplicate(Location),
}

impl VoteFault<'_> {
    /// Returns whether a decision with this fault does not count.
    pub fn disqualifies(&self) -> bool {
        !matches!(
            self,
            Self::OutOfOrder(_) | Self::NoReason | Self::NoReturnStage | Self::Duplicate(_)
        )
    }
}

impl<'p> Vote<'p> {
    /// Returns what was decided.
    pub fn decision(&self) -> Option<Decision> {
        self.approval
            .decision
            .as_ref()
            .map(|decision| decision.value)
    }

    /// Returns who decided.
    pub fn by(&self) -> Option<&'p Reference> {
        self.approval.by.as_ref().map(|by| &by.reference)
    }

    /// Returns whether both were made by one person.
    pub fn is_by_same(&self, other: &Self) -> bool {
        let same = |(one, two): (&Reference, &Reference)| match (one.target, two.target) {
            (None, None) => one.written == two.written,
            (one, two) => one == two,
        };
        self.by().zip(other.by()).is_some_and(same)
    }
}

impl JudgedVote<'_> {
    /// Returns whether it is an approval that counts.
    pub fn grants(&self) -> bool {
        self.vote.decision() == Some(Decision::Approved)
            && !self.faults.iter().any(VoteFault::disqualifies)
    }

    /// Returns whether it decides at the level of `signoff`.
    pub fn is_at(&self, signoff: &Signoff<'_>) -> bool {
        self.level == Some(signoff.level)
    }
}

/// Returns every decision on the train, release, change or turnover `subject`, judged as of `day`: those written inside
/// it in their order, then those that are files, by id.
pub fn votes(plan: &Plan, subject: DocId, day: Day) -> Vec<JudgedVote<'_>> {
    let standpoint = Standpoint::on(plan, subject, day);
    judged(
        plan,
        subject,
        day,
        standpoint.as_ref(),
        &gates(plan, subject),
    )
}

/// Returns the decisions on `subject`, judged as of `day`, and by its history and `gates` when it is a train or a
/// release.
pub(super) fn judged<'p>(
    plan: &'p Plan,
    subject: DocId,
    day: Day,
    standpoint: Option<&Standpoint<'p>>,
    gates: &[StageGate<'p>],
) -> Vec<JudgedVote<'p>> {
    let given = given(plan, subject);
    if given.is_empty() {
        return Vec::new();
    }
    let bench = Bench::new(plan, subject, day, standpoint, &given);
    let gate_of = |vote: &Vote<'_>| gates.iter().find(|gate| Some(gate.id) == vote.gate);
    let mut judged: Vec<_> = given
        .iter()
        .map(|vote| bench.judge(*vote, gate_of(vote)))
        .collect();
    let early: Vec<_> = judged
        .iter()
        .map(|vote| gate_of(&vote.vote).and_then(|gate| missing_before(vote, gate, &judged)))
        .collect();
    for (vote, missing) in judged.iter_mut().zip(early) {
        vote.faults.extend(missing.map(VoteFault::OutOfOrder));
    }
    judged
}

/// Returns the decisions on `subject` as they are written.
fn given<'p>(plan: &'p Plan, subject: DocId) -> Vec<Vote<'p>> {
    let course = plan.course(subject);
    let gates = course.iter().flat_map(|course| course.gates);
    let in_gates = gates.flat_map(|gate| {
        gate.value
            .approvals
            .iter()
            .map(|approval| (Some(&*gate.id.value), approval))
    });
    let of_change = match &plan.document(subject).detail {
        Detail::Change(change) => &*change.approvals,
        _ => &[],
    };
    let inline = in_gates.chain(of_change.iter().map(|approval| (None, approval)));
    // An entry without a decision asks for one.
    let decided = inline.filter(|(_, approval)| approval.value.decision.is_some());
    let inline = decided.map(|(gate, approval)| Vote {
        subject,
        gate,
        approval: &approval.value,
        file: None,
        at: plan.locate(subject, approval.span),
    });
    let file = |file: Doc<'p, Approval>| Vote {
        subject,
        gate: word(file.fields.gate.as_ref()),
        approval: file.fields,
        file: Some(file),
        at: plan.head(file.id),
    };
    inline
        .chain(files(plan, subject).into_iter().map(file))
        .collect()
}

/// Returns the approval files for `subject`: those that name it, and those below it that name nothing else.
fn files(plan: &Plan, subject: DocId) -> Vec<Doc<'_, Approval>> {
    let named = plan
        .links_to(subject)
        .filter(|link| link.field.top == "for")
        .filter_map(|link| plan.get(link.from));
    let belongs = |file: &Doc<'_, Approval>| {
        let belongs = file.document.belongs;
        file.fields.r#for.is_none() && belongs.release.or(belongs.train) == Some(subject)
    };
    let document = plan.document(subject);
    let below: Vec<_> = match (document.kind, document.belongs.train) {
        (Kind::Train, _) => plan.scoped_to(subject).filter(belongs).collect(),
        (Kind::Release, Some(train)) => plan.scoped_to(train).filter(belongs).collect(),
        (Kind::Release, None) => plan.all().filter(belongs).collect(),
        _ => Vec::new(),
    };
    let mut files: Vec<_> = named.chain(below).collect();
    files.sort_by_key(|file| file.id);
    files
}

fn word(text: Option<&Text>) -> Option<&str> {
    text.map(|text| &*text.value)
}

/// What the decisions on one subject are judged by.
struct Bench<'b, 'p> {
    plan: &'p Plan,
    day: Day,
    standpoint: Option<&'b Standpoint<'p>>,
    given: &'b [Vote<'p>],
    /// Who answers for the subject, and in which field, when the policy separates duties.
    own: Vec<(&'static str, &'p Reference)>,
    /// What the subject's fingerprint is now, when a decision names one.
    fingerprint: Option<String>,
}

impl<'b, 'p> Bench<'b, 'p> {
    fn new(
        plan: &'p Plan,
        subject: DocId,
        day: Day,
        standpoint: Option<&'b Standpoint<'p>>,
        given: &'b [Vote<'p>],
    ) -> Self {
        let own = answerable(plan, subject);
        let covers = given.iter().any(|vote| vote.approval.covers.is_some());
        let fingerprint = covers.then(|| fingerprint(plan, subject)).flatten();
        Self {
            plan,
            day,
            standpoint,
            given,
            own,
            fingerprint,
        }
    }

    fn judge(&self, vote: Vote<'p>, gate: Option<&StageGate<'p>>) -> JudgedVote<'p> {
        let written = (
            word(vote.approval.level.as_ref()),
            word(vote.approval.role.as_ref()),
        );
        let signoffs = gate.map_or(&[][..], |gate| &gate.signoffs);
        let signoff = signoffs.iter().find(|signoff| match written {
            (Some(level), _) => signoff.level == level,
            (None, role) => role.is_some() && signoff.role == role,
        });
        let level = written.0.or(signoff.map(|signoff| signoff.level));
        let role = signoff.and_then(|signoff| signoff.role).or(written.1);
        let days = vote.approval.date.as_ref().and_then(When::days);
        let mut faults: Vec<_> = self.faults_of_form(&vote).collect();
        faults.extend(self.fault_of_person(&vote, role, days));
        faults.extend(self.fault_of_time(days));
        faults.extend(self.own_work(&vote));
        faults.extend(self.stale(&vote));
        faults.extend(self.before_return(gate, days));
        faults.extend(self.superseded(&vote, days));
        JudgedVote {
            vote,
            level,
            role,
            days,
            faults,
        }
    }

    fn faults_of_form(&self, vote: &Vote<'p>) -> impl Iterator<Item = VoteFault<'p>> {
        let rejects = vote.decision() == Some(Decision::Rejected);
        let no_reason = (rejects && vote.approval.reason.is_none()).then_some(VoteFault::NoReason);
        let no_stage =
            (rejects && vote.approval.return_to.is_none()).then_some(VoteFault::NoReturnStage);
        let is_twin = |other: &&Vote<'p>| {
            let same_level =
                word(other.approval.level.as_ref()) == word(vote.approval.level.as_ref());
            other.file.is_none() && other.gate == vote.gate && same_level && other.is_by_same(vote)
        };
        let twin = vote.file.and_then(|_| self.given.iter().find(is_twin));
        no_reason
            .into_iter()
            .chain(no_stage)
            .chain(twin.map(|twin| VoteFault::Duplicate(twin.at)))
    }

    fn fault_of_person(
        &self,
        vote: &Vote<'p>,
        role: Option<&'p str>,
        days: Option<DayRange>,
    ) -> Option<VoteFault<'p>> {
        let Some(by) = vote.by().filter(|by| !by.is_open()) else {
            return Some(VoteFault::Unnamed);
        };
        match tenure(self.plan, by, role, days?) {
            Tenure::Held => None,
            Tenure::NotHeld => role.map(VoteFault::NotInRole),
            Tenure::Unknown => Some(VoteFault::Stranger),
        }
    }

    fn fault_of_time(&self, days: Option<DayRange>) -> Option<VoteFault<'p>> {
        match days {
            None => Some(VoteFault::Undated),
            Some(days) => (self.day < days.first).then_some(VoteFault::Future),
        }
    }

    fn own_work(&self, vote: &Vote<'p>) -> Option<VoteFault<'p>> {
        let by = vote.by()?;
        let is_same = |named: &Reference| named.target.is_some() && named.target == by.target;
        let (field, named) = self.own.iter().find(|(_, named)| is_same(named))?;
        (vote.decision() == Some(Decision::Approved)).then_some(VoteFault::Own(field, named))
    }

    fn stale(&self, vote: &Vote<'p>) -> Option<VoteFault<'p>> {
        let (covers, now) = (vote.approval.covers.as_ref()?, self.fingerprint.as_ref()?);
        (*covers.value != **now).then(|| VoteFault::Stale(now.clone()))
    }

    fn before_return(
        &self,
        gate: Option<&StageGate<'p>>,
        days: Option<DayRange>,
    ) -> Option<VoteFault<'p>> {
        let back = self.standpoint?.reopened(gate?.position?)?;
        let returned = super::standpoint::days_of(back)?;
        days?
            .certainly_before(returned)
            .then_some(VoteFault::BeforeReturn(back))
    }

    fn superseded(&self, vote: &Vote<'p>, days: Option<DayRange>) -> Option<VoteFault<'p>> {
        let approved = vote.decision() == Some(Decision::Approved);
        let later = self.given.iter().find(|other| {
            let same_level =
                word(other.approval.level.as_ref()) == word(vote.approval.level.as_ref());
            let rejected = other.decision() == Some(Decision::Rejected);
            let date = other.approval.date.as_ref().and_then(When::days);
            let after = date
                .zip(days)
                .is_some_and(|(date, days)| date.first <= self.day && date.certainly_after(days));
            rejected && after && same_level && other.gate == vote.gate && other.is_by_same(vote)
        })?;
        approved.then_some(VoteFault::Superseded(later.at))
    }
}

/// Returns who answers for `subject`, and in which field: they may not approve it. Nobody where no policy separates
/// duties.
pub(super) fn answerable(plan: &Plan, subject: DocId) -> Vec<(&'static str, &Reference)> {
    let separates = plan
        .binding_policy(subject)
        .is_some_and(|policy| policy.fields.separation_of_duties);
    if !separates {
        return Vec::new();
    }
    let owner = plan.document(subject).common.owner.as_ref();
    let owner = owner.map(|owner| ("owner", &owner.reference));
    let course = plan.course(subject);
    let manager = course
        .and_then(|course| course.manager)
        .map(|manager| ("manager", &manager.reference));
    owner.into_iter().chain(manager).collect()
}

/// Returns the first earlier level of `gate` that had not been granted when `vote` approved.
fn missing_before<'p>(
    vote: &JudgedVote<'p>,
    gate: &StageGate<'p>,
    all: &[JudgedVote<'p>],
) -> Option<&'p str> {
    if vote.vote.decision() != Some(Decision::Approved) {
        return None;
    }
    let days = vote.days?;
    let at = gate
        .signoffs
        .iter()
        .position(|signoff| vote.is_at(signoff))?;
    let of_gate = || all.iter().filter(|other| other.vote.gate == Some(gate.id));
    let granted =
        |signoff: &Signoff<'_>| grants(signoff, of_gate(), days.last).len() >= signoff.quorum;
    gate.signoffs[..at]
        .iter()
        .find(|signoff| !granted(signoff))
        .map(|signoff| signoff.level)
}

/// Returns the approvals among `votes` that had been given at the level of `signoff` by `day`, one for each person, the
/// earliest first.
pub(super) fn grants<'v, 'p: 'v>(
    signoff: &Signoff<'_>,
    votes: impl Iterator<Item = &'v JudgedVote<'p>>,
    day: Day,
) -> Vec<&'v JudgedVote<'p>> {
    let given = votes.filter(|vote| vote.grants() && vote.is_at(signoff));
    let mut given: Vec<_> = given
        .filter(|vote| vote.days.is_some_and(|days| days.first <= day))
        .collect();
    given.sort_by_key(|vote| vote.days.map(|days| (days.first, days.last)));
    let mut distinct: Vec<&JudgedVote<'p>> = Vec::new();
    for vote in given {
        if !distinct
            .iter()
            .any(|known| known.vote.is_by_same(&vote.vote))
        {
            distinct.push(vote);
        }
    }
    distinct
}
