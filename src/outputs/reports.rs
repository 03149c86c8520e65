//! Reports as tables for programs: `reports/<report>.csv` (RFC 4180).

use super::csv::Csv;
use super::{Build, OutputError, Sink};
use crate::pages::report_lines;

/// Writes every report.
pub(super) fn write(build: &Build<'_>, sink: &dyn Sink) -> Result<(), OutputError> {
    report_lines(build.portal)
        .into_iter()
        .try_for_each(|(path, lines)| {
            let mut csv = Csv::new(lines.columns);
            for row in &lines.rows {
                csv.row(&row.iter().map(String::as_str).collect::<Vec<_>>());
            }
            Ok(sink.put(&path, csv.into_string().as_bytes())?)
        })
}

#[cfg(test)]
mod tests {
    use crate::outputs::made;
    use crate::plan::Drafts;

    #[test]
    fn each_report_is_a_table() {
        let plan = "
-- trains/q4/index.md --
---
schedule: {deployment: 2026-12-05/2026-12-06}
tasks: [{id: food, title: Order supper, due: 2026-11-01, owner: =ana}]
---
-- trains/q5/index.md --
---
draft: true
---
";
        let files = made(plan, Drafts::Hidden, super::write);
        assert_eq!(files.len(), 7);
        for (name, expected) in [
            (
                "readiness",
                "train,ready,gates.passed,gates,criteria.met,criteria,deployment\r\nq4,true,0,0,0,0,2026-12-05\r\n",
            ),
            ("overdue", "owner,late,count\r\n'=ana,8 to 30 days,1\r\n"),
            ("compliance", "policy,rule,followed,broken,excused\r\n"),
        ] {
            assert_eq!(files[&format!("reports/{name}.csv")], expected);
        }
        let months = files["reports/lead-time.csv"].lines().count();
        assert_eq!(months, 15);
    }
}
