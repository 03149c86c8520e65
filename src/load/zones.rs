//! Wall times that nobody could say when they are: those in documents for which nothing names a zone.

use crate::diagnostic::{Finding, Findings};
use crate::plan::Plan;
use crate::plan::value::{Period, Record as _, Visitor, When};
use crate::text::{FileId, Location, Span};
use crate::time::{Date, Until};

/// Reports every wall time of `plan` that needs a zone and has none.
pub(super) fn require(plan: &mut Plan, findings: &mut Findings) {
    if plan.config.timezone.is_some() {
        return;
    }
    let known: Vec<_> = plan
        .documents()
        .map(|(id, _)| plan.zone_of(id).is_some())
        .collect();
    let documents = plan.documents_mut().iter_mut().zip(known);
    for (document, _) in documents.filter(|(_, is_known)| !is_known) {
        let mut zoneless = Zoneless {
            file: document.file,
            findings,
        };
        document.common.visit_fields(&mut zoneless);
        document.detail.visit(&mut zoneless);
    }
}

/// Reports the wall times of one document, which is in no zone.
struct Zoneless<'f> {
    file: FileId,
    findings: &'f mut Findings,
}

impl Zoneless<'_> {
    fn look(&mut self, date: &Date, span: Span) {
        let Date::Moment(moment) = date else { return };
        if moment.needs_zone() {
            let message = format!("no time zone is named for `{moment}`");
            let finding = Finding::new("value/no-zone", Location::new(self.file, span), message);
            self.findings.push(finding.hint(format!(
                "add `timezone:` to `trainboard.yaml` or to this document, or write the offset, as in `{moment}Z`"
            )));
        }
    }
}

impl Visitor for Zoneless<'_> {
    fn when(&mut self, when: &mut When) {
        self.look(&when.written, when.span);
    }

    fn period(&mut self, period: &mut Period) {
        self.look(period.written.from(), period.from);
        if let Until::Date(date) = period.written.until() {
            self.look(date, period.to);
        }
    }
}
