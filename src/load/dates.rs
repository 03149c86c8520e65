//! Relative dates → dates: `T-14bd`, `code-complete+3bd` (content model, section 2).
//!
//! Three steps: collect what is relative, solve it against the plan, fill the answers in. `T` is the start of
//! deployment. A date that leads back to itself is reported once, with each step of the loop at its own place. A date
//! whose `T` is not known yet stays relative: that is no fault, only a plan in its early days.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Finding, Findings};
use crate::plan::kinds::environment::{Environment, EnvironmentCategory};
use crate::plan::kinds::milestone::Milestone;
use crate::plan::kinds::turnover::Turnover;
use crate::plan::value::{Period, Record as _, Visitor, When};
use crate::plan::{Detail, DocId, Document, Kind, Plan};
use crate::text::{Location, Span, nearest};
use crate::time::{Anchor, Calendar, Date, Interval, Relative, Until, ValueError};

/// Resolves every relative date of `plan`; those that cannot be are reported.
pub(super) fn resolve(plan: &mut Plan, findings: &mut Findings) {
    let mut documents = std::mem::take(plan.documents_mut());
    let relative: Vec<_> = (0..)
        .map(DocId)
        .zip(&mut documents)
        .flat_map(|(id, document)| Collected::of(id, document))
        .collect();
    *plan.documents_mut() = documents;
    if relative.is_empty() {
        return;
    }
    let mut solver = Solver::new(plan, findings);
    let solved: FxHashMap<_, _> = relative
        .iter()
        .filter_map(|date| {
            Some((
                (date.document, date.span),
                solver.solve(date.document, &date.relative, date.span)?,
            ))
        })
        .collect();
    for (id, document) in (0..).map(DocId).zip(plan.documents_mut()) {
        let mut fill = Fill {
            document: id,
            solved: &solved,
            reversed: Vec::new(),
        };
        visit(document, &mut fill);
        for (span, error) in fill.reversed {
            let finding = Finding::new(
                error.rule,
                Location::new(document.file, span),
                error.message,
            );
            findings.push(Finding {
                hint: error.hint,
                ..finding
            });
        }
    }
}

fn visit(document: &mut Document, visitor: &mut dyn Visitor) {
    document.common.visit_fields(visitor);
    document.detail.visit(visitor);
}

/// A relative date and where it is written.
struct Collected {
    document: DocId,
    span: Span,
    relative: Relative,
}

impl Collected {
    /// Returns the relative dates of `document`; those of a model are a template, and stay as they are.
    fn of(id: DocId, document: &mut Document) -> Vec<Self> {
        let mut collect = Collect {
            document: id,
            found: Vec::new(),
        };
        if document.kind != Kind::Model {
            visit(document, &mut collect);
        }
        collect.found
    }
}

struct Collect {
    document: DocId,
    found: Vec<Collected>,
}

impl Collect {
    fn add(&mut self, date: &Date, span: Span) {
        if let Date::Relative(relative) = date {
            self.found.push(Collected {
                document: self.document,
                span,
                relative: relative.clone(),
            });
        }
    }
}

impl Visitor for Collect {
    fn when(&mut self, when: &mut When) {
        self.add(&when.written, when.span);
    }

    fn period(&mut self, period: &mut Period) {
        self.add(period.written.from(), period.from);
        if let Until::Date(date) = period.written.until() {
            self.add(date, period.to);
        }
    }
}

/// Writes solved dates into the document that they are for.
struct Fill<'s> {
    document: DocId,
    solved: &'s FxHashMap<(DocId, Span), Date>,
    /// The intervals that turned out to end before they start.
    reversed: Vec<(Span, ValueError)>,
}

impl Fill<'_> {
    fn date(&self, date: &Date, span: Span) -> Date {
        match date {
            Date::Relative(_) => self
                .solved
                .get(&(self.document, span))
                .unwrap_or(date)
                .clone(),
            _ => date.clone(),
        }
    }
}

impl Visitor for Fill<'_> {
    fn when(&mut self, when: &mut When) {
        when.resolved = self.date(&when.written, when.span);
    }

    fn period(&mut self, period: &mut Period) {
        let until = match period.written.until() {
            Until::Date(date) => Until::Date(self.date(date, period.to)),
            Until::After(duration) => Until::After(*duration),
        };
        match Interval::new(self.date(period.written.from(), period.from), until) {
            Ok(resolved) => period.resolved = resolved,
            Err(error) => self.reversed.push((period.to, error)),
        }
    }
}

/// What another date can be relative to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Node {
    /// The start of deployment of a train or a release.
    Start(DocId),
    /// The day of a milestone.
    Due(DocId),
}

/// Works relative dates out, each anchor once.
struct Solver<'p> {
    plan: &'p Plan,
    findings: &'p mut Findings,
    known: FxHashMap<Node, Option<Date>>,
    /// The anchors that are being worked out, outermost first, and where each is written.
    open: Vec<(Node, DocId, Span)>,
    /// The first planned production turnover of each train and release.
    production: FxHashMap<DocId, (DocId, Date, Span)>,
    calendars: FxHashMap<DocId, Calendar>,
}

impl<'p> Solver<'p> {
    fn new(plan: &'p Plan, findings: &'p mut Findings) -> Self {
        let production = production_turnovers(plan);
        let (known, calendars) = (FxHashMap::default(), FxHashMap::default());
        Self {
            plan,
            findings,
            known,
            open: Vec::new(),
            production,
            calendars,
        }
    }

    /// Returns the date that `relative`, written at `span` in `document`, stands for.
    fn solve(&mut self, document: DocId, relative: &Relative, span: Span) -> Option<Date> {
        let anchor = match &relative.anchor {
            Anchor::Start => self.start(document)?,
            Anchor::Milestone(name) => {
                let Some(milestone) = self.milestone(document, name) else {
                    self.report_unknown(document, name, span);
                    return None;
                };
                self.due(milestone, span, document)?
            }
        };
        let calendar = self
            .calendars
            .entry(document)
            .or_insert_with(|| self.plan.business_days(document));
        relative.from(&anchor, calendar)
    }

    /// Returns the milestone that `name` means in `document`: its release's, else its train's.
    fn milestone(&self, document: DocId, name: &str) -> Option<DocId> {
        let of = self.plan.document(document);
        let own = matches!(of.kind, Kind::Train | Kind::Release).then_some(document);
        let scopes = [own, of.belongs.release, of.belongs.train];
        let find = |scope: DocId| {
            self.plan.find(
                Kind::Milestone,
                &format!("{}/{name}", self.plan.document(scope).id),
            )
        };
        scopes.into_iter().flatten().find_map(find)
    }

    fn report_unknown(&mut self, document: DocId, name: &str, span: Span) {
        let of = self.plan.document(document);
        let mut scopes = [Some(document), of.belongs.release, of.belongs.train]
            .into_iter()
            .flatten();
        if scopes.any(|scope| self.plan.doubts(scope, "milestones")) {
            return;
        }
        let owner = of.belongs.train.or(of.belongs.release).unwrap_or(document);
        let scope = format!("{}/", self.plan.document(owner).id);
        let known = self
            .plan
            .ids(Kind::Milestone)
            .filter_map(|id| id.strip_prefix(&*scope));
        let near: Vec<_> = nearest(name, known)
            .into_iter()
            .map(|id| format!("`{id}`"))
            .collect();
        let at = self.plan.locate(document, span);
        let finding = Finding::new(
            "reference/unknown",
            at,
            format!("there is no milestone `{name}` to count from"),
        );
        self.findings.push(match near.as_slice() {
            [] => finding.hint(
                "count from `T`, the start of deployment, or from a milestone of the same train",
            ),
            near => finding.hint(format!("did you mean {}?", near.join(" or "))),
        });
    }

    /// Returns the day of `milestone`, which is asked for at `span` of `asker`.
    fn due(&mut self, milestone: DocId, span: Span, asker: DocId) -> Option<Date> {
        let due = self.plan.get::<Milestone>(milestone)?.fields.due.as_ref()?;
        self.memoised(
            Node::Due(milestone),
            (milestone, &due.written, due.span),
            (asker, span),
        )
    }

    /// Returns the start of deployment that `T` means in `document`.
    fn start(&mut self, document: DocId) -> Option<Date> {
        let of = self.plan.document(document);
        let own = match &of.detail {
            Detail::Train(_) | Detail::Release(_) => Some(document),
            Detail::Turnover(turnover) => match turnover
                .planned
                .as_ref()
                .map(|planned| planned.written.from())
            {
                None | Some(Date::Relative(_)) => None,
                Some(fixed) => return Some(fixed.clone()),
            },
            _ => None,
        };
        [own, of.belongs.release, of.belongs.train]
            .into_iter()
            .flatten()
            .find_map(|owner| self.start_of(owner))
    }

    /// Returns the start of deployment of a train or a release: as its schedule says, else its first production
    /// turnover.
    fn start_of(&mut self, owner: DocId) -> Option<Date> {
        let schedule = match &self.plan.document(owner).detail {
            Detail::Train(train) => &train.schedule,
            Detail::Release(release) => &release.schedule,
            _ => return None,
        };
        let scheduled = schedule
            .get("deployment")
            .map(|period| (owner, period.written.from(), period.from));
        let (document, date, span) = match scheduled {
            Some((document, date, span)) => (document, date.clone(), span),
            None => self.production.get(&owner).cloned()?,
        };
        self.memoised(
            Node::Start(owner),
            (document, &date, span),
            (document, span),
        )
    }

    /// Returns the date of `node`, which is `written` in a document, or none when it leads back to itself.
    fn memoised(
        &mut self,
        node: Node,
        written: (DocId, &Date, Span),
        asker: (DocId, Span),
    ) -> Option<Date> {
        if let Some(known) = self.known.get(&node) {
            return known.clone();
        }
        if let Some(first) = self.open.iter().position(|(open, ..)| *open == node) {
            self.report_loop(first, asker);
            return None;
        }
        let (document, date, span) = written;
        self.open.push((node, document, span));
        let solved = match date {
            Date::Relative(relative) => self.solve(document, relative, span),
            other => Some(other.clone()),
        };
        self.open.pop();
        self.known.insert(node, solved.clone());
        solved
    }

    fn report_loop(&mut self, first: usize, (document, span): (DocId, Span)) {
        let steps = &self.open[first..];
        let Some(&(_, start, start_span)) = steps.first() else {
            return;
        };
        let at = self.plan.locate(start, start_span);
        let message = format!("`{}` is counted from itself", self.plan.sources.slice(at));
        let hint = "give one of them a day, or count it from `T`";
        let mut finding = Finding::new("value/circular-date", at, message).hint(hint);
        for &(_, other, other_span) in &steps[1..] {
            finding = finding.also(
                self.plan.locate(other, other_span),
                "which is counted from here",
            );
        }
        if steps.len() == 1 && document != start {
            finding = finding.also(self.plan.locate(document, span), "and back from here");
        }
        self.findings.push(finding);
    }
}

/// Returns the first planned production turnover of each train and each release.
fn production_turnovers(plan: &Plan) -> FxHashMap<DocId, (DocId, Date, Span)> {
    let mut first: FxHashMap<DocId, (DocId, Date, Span)> = FxHashMap::default();
    for turnover in plan.all::<Turnover>() {
        let environment = plan.follow::<Environment>(turnover.fields.environment.as_ref());
        let category = environment
            .and_then(|environment| environment.category.as_ref().map(|category| category.value));
        let Some(planned) = turnover.planned.as_ref() else {
            continue;
        };
        if category != Some(EnvironmentCategory::Production) {
            continue;
        }
        let belongs = turnover.document.belongs;
        let owners = belongs.release.or(belongs.train).into_iter();
        for owner in owners.chain(
            turnover
                .contents
                .iter()
                .filter_map(|release| release.target),
        ) {
            let candidate = (turnover.id, planned.written.from().clone(), planned.from);
            let earlier = first
                .get(&owner)
                .is_none_or(|(_, date, _)| is_before(&candidate.1, date));
            if earlier {
                first.insert(owner, candidate);
            }
        }
    }
    first
}

fn is_before(a: &Date, b: &Date) -> bool {
    match (a.days(), b.days()) {
        (Some(a), Some(b)) => a.first < b.first,
        (Some(_), None) => true,
        (None, _) => false,
    }
}
