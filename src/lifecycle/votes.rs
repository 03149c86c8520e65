//! Votes: what people decided, inline or as files, and whether each of them counts.

use super::fingerprint::fingerprint;
use super::gates::{Signoff, StageGate, gates};
use super::roles::{Tenure, speakers, tenure};
use super::standpoint::Standpoint;
use crate::plan::kinds::approval::{Approval, Decision};
use crate::plan::kinds::change::Change;
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
    /// Who can have spoken: whoever decided, or those of a team who held the role.
    pub speakers: Vec<DocId>,
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
    /// The same person decided otherwise later, there.
    Superseded(Location),
    /// An earlier level had not been granted.
    OutOfOrder(&'p str),
    /// A rejection without a reason.
    NoReason,
    /// A rejection without a stage to return to.
    NoReturnStage,
    /// It is written there as well.
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

    /// Returns whether it approves, in due form and in force: what is left to say against it is about who approved, and
    /// about what was approved.
    pub fn is_given(&self) -> bool {
        use VoteFault::{NotInRole, Own, Stale, Stranger};
        let is_told =
            |fault: &VoteFault<'_>| matches!(fault, NotInRole(_) | Own(..) | Stale(_) | Stranger);
        let mut grave = self.faults.iter().filter(|fault| fault.disqualifies());
        self.vote.decision() == Some(Decision::Approved) && grave.all(is_told)
    }

    /// Returns whether both can have been made by one person: the same one, or a team and somebody in it.
    pub fn is_by_same(&self, other: &Self) -> bool {
        let shared = self.speakers.iter().any(|who| other.speakers.contains(who));
        shared || self.vote.is_by_same(&other.vote)
    }

    /// Returns whether it decides at the level of `signoff`.
    pub fn is_at(&self, signoff: &Signoff<'_>) -> bool {
        self.level == Some(signoff.level)
    }
}

/// Returns every decision on the train, release, change or turnover `subject`, judged as of `day`: those written inside
/// it in their order, then those that are files, by id.
pub fn votes(plan: &Plan, subject: DocId, day: Day) -> Vec<JudgedVote<'_>> {
    if given(plan, subject).is_empty() {
        return Vec::new();
    }
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
    let gate_of = |vote: &Vote<'_>| gates.iter().find(|gate| Some(gate.id) == vote.gate);
    let mut judged: Vec<_> = given
        .into_iter()
        .map(|vote| placed(plan, vote, gate_of(&vote)))
        .collect();
    let bench = Bench::new(plan, subject, day, standpoint, &judged);
    let faults: Vec<_> = judged
        .iter()
        .map(|vote| bench.faults(vote, gate_of(&vote.vote)))
        .collect();
    for (vote, faults) in judged.iter_mut().zip(faults) {
        vote.faults = faults;
    }
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

/// Returns `vote` without its faults: the level at which it decides, in which role, when, and who can have spoken.
fn placed<'p>(plan: &'p Plan, vote: Vote<'p>, gate: Option<&StageGate<'p>>) -> JudgedVote<'p> {
    let written = (
        word(vote.approval.level.as_ref()),
        word(vote.approval.role.as_ref()),
    );
    let signoffs = gate.map_or(&[][..], |gate| &gate.signoffs);
    let signoff = signoffs.iter().find(|signoff| match written {
        (Some(level), _) => signoff.level == level,
        (None, role) => role.is_some() && signoff.role == role,
    });
    let role = signoff.and_then(|signoff| signoff.role).or(written.1);
    let days = vote.approval.date.as_ref().and_then(When::days);
    let by = vote.by().and_then(|by| by.target);
    JudgedVote {
        vote,
        level: written.0.or(signoff.map(|signoff| signoff.level)),
        role,
        days,
        speakers: by.map_or_else(Vec::new, |by| speakers(plan, by, role, days)),
        faults: Vec::new(),
    }
}

/// What the decisions on one subject are judged by.
struct Bench<'b, 'p> {
    plan: &'p Plan,
    day: Day,
    standpoint: Option<&'b Standpoint<'p>>,
    /// Every decision on the subject, without faults.
    given: &'b [JudgedVote<'p>],
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
        given: &'b [JudgedVote<'p>],
    ) -> Self {
        let covers = given.iter().any(|it| it.vote.approval.covers.is_some());
        Self {
            plan,
            day,
            standpoint,
            given,
            own: answerable(plan, subject),
            fingerprint: covers.then(|| fingerprint(plan, subject)).flatten(),
        }
    }

    fn faults(&self, vote: &JudgedVote<'p>, gate: Option<&StageGate<'p>>) -> Vec<VoteFault<'p>> {
        let mut faults: Vec<_> = faults_of_form(&vote.vote).collect();
        faults.extend(self.twin(vote).map(VoteFault::Duplicate));
        faults.extend(self.fault_of_person(vote));
        faults.extend(self.fault_of_time(vote.days));
        faults.extend(self.own_work(vote));
        faults.extend(self.before_return(gate, vote.days));
        let stale = self.stale(&vote.vote);
        match self.superseded(vote, stale.is_some()) {
            Some(later) => faults.push(VoteFault::Superseded(later)),
            None => faults.extend(stale),
        }
        faults
    }

    /// Returns where the decision `vote` is written as well. Of two the later one is the twin: a file of what stands
    /// inline, whatever both say, else the second of two that say the same.
    fn twin(&self, vote: &JudgedVote<'p>) -> Option<Location> {
        let is_twin = |other: &&JudgedVote<'p>| {
            let is_inline = vote.vote.file.is_some() && other.vote.file.is_none();
            let says_the_same = other.vote.decision() == vote.vote.decision()
                && other.days.is_some()
                && other.days == vote.days;
            is_same_seat(other, vote) && (is_inline || says_the_same)
        };
        vote.vote.decision()?;
        let mut before = self
            .given
            .iter()
            .take_while(|it| it.vote.at != vote.vote.at);
        before.find(is_twin).map(|twin| twin.vote.at)
    }

    fn fault_of_person(&self, judged: &JudgedVote<'p>) -> Option<VoteFault<'p>> {
        let Some(by) = judged.vote.by().filter(|by| !by.is_open()) else {
            return Some(VoteFault::Unnamed);
        };
        match tenure(self.plan, by, judged.role, judged.days?) {
            Tenure::Held => None,
            Tenure::NotHeld => judged.role.map(VoteFault::NotInRole),
            Tenure::Unknown => Some(VoteFault::Stranger),
        }
    }

    fn fault_of_time(&self, days: Option<DayRange>) -> Option<VoteFault<'p>> {
        match days {
            None => Some(VoteFault::Undated),
            Some(days) => (self.day < days.first).then_some(VoteFault::Future),
        }
    }

    /// Returns that whoever approved answers for what is approved; a team, when nobody else in it can have spoken.
    fn own_work(&self, judged: &JudgedVote<'p>) -> Option<VoteFault<'p>> {
        let by = judged.vote.by()?.target?;
        let named = |who: DocId| self.own.iter().find(|(_, named)| named.target == Some(who));
        let others = judged.speakers.iter().any(|who| named(*who).is_none());
        let first = || named(*judged.speakers.first()?).filter(|_| !others);
        let (field, named) = named(by).or_else(first)?;
        (judged.vote.decision() == Some(Decision::Approved)).then_some(VoteFault::Own(field, named))
    }

    /// Returns that what was approved has changed since. What the plan said on a day that is past nobody knows.
    fn stale(&self, vote: &Vote<'p>) -> Option<VoteFault<'p>> {
        if self.standpoint.is_some_and(|it| it.is_past) {
            return None;
        }
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

    /// Returns where the same person decided otherwise later, by today. To approve once more takes nothing back, unless
    /// what was approved `is_stale`.
    fn superseded(&self, vote: &JudgedVote<'p>, is_stale: bool) -> Option<Location> {
        let approves = vote.vote.decision() == Some(Decision::Approved);
        let replaces = |other: &&JudgedVote<'p>| {
            let confirms = approves && other.vote.decision() == Some(Decision::Approved);
            is_same_seat(other, vote) && is_after(other, vote) && (is_stale || !confirms)
        };
        let has_come = |other: &&JudgedVote<'p>| {
            other.vote.decision().is_some() && other.days.is_some_and(|days| days.first <= self.day)
        };
        let mut later = self.given.iter().filter(has_come);
        later.find(replaces).map(|later| later.vote.at)
    }
}

/// Returns whether the policy of `subject`, or of what carries it out, wants nobody to approve what they answer for.
fn separates_duties(plan: &Plan, subject: DocId) -> bool {
    let belongs = plan.document(subject).belongs;
    let own = match plan.course(subject) {
        Some(course) => Some(course.id),
        None => belongs.release.or(belongs.train),
    };
    let change = plan.get::<Change>(subject);
    let carriers = change.map_or_else(Vec::new, |change| plan.carriers_of(change));
    let governed = own.into_iter().chain(carriers.iter().map(|it| it.id));
    let mut policies = governed.filter_map(|id| plan.binding_policy(id));
    policies.any(|policy| policy.fields.separation_of_duties)
}

fn faults_of_form<'p>(vote: &Vote<'p>) -> impl Iterator<Item = VoteFault<'p>> + use<'p> {
    let rejects = vote.decision() == Some(Decision::Rejected);
    let no_reason = rejects && vote.approval.reason.is_none();
    let no_stage = rejects && vote.approval.return_to.is_none();
    let no_reason = no_reason.then_some(VoteFault::NoReason);
    no_reason
        .into_iter()
        .chain(no_stage.then_some(VoteFault::NoReturnStage))
}

/// Returns whether both were made by the same person at the same level of the same gate.
fn is_same_seat(one: &JudgedVote<'_>, other: &JudgedVote<'_>) -> bool {
    let same_place = one.vote.gate == other.vote.gate && one.level == other.level;
    same_place && one.vote.is_by_same(&other.vote)
}

/// Returns whether `one` was certainly made after `other`; on one day, whether it stands after it in the same list.
fn is_after(one: &JudgedVote<'_>, other: &JudgedVote<'_>) -> bool {
    let Some((later, earlier)) = one.days.zip(other.days) else {
        return false;
    };
    let is_inline = one.vote.file.is_none() && other.vote.file.is_none();
    let follows = is_inline && other.vote.at.span < one.vote.at.span;
    later.certainly_after(earlier) || (later == earlier && later.first == later.last && follows)
}

/// Returns who answers for `subject`, and in which field: they may not approve it. Nobody where no policy separates
/// duties.
pub(super) fn answerable(plan: &Plan, subject: DocId) -> Vec<(&'static str, &Reference)> {
    if !separates_duties(plan, subject) {
        return Vec::new();
    }
    let owner = plan.document(subject).common.owner.as_ref();
    let manager = plan.course(subject).and_then(|course| course.manager);
    let own = [("owner", owner), ("manager", manager)].into_iter();
    own.filter_map(|(field, who)| Some((field, &who?.reference)))
        .collect()
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
        if !distinct.iter().any(|known| known.is_by_same(vote)) {
            distinct.push(vote);
        }
    }
    distinct
}
