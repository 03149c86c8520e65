//! Comma-separated values (RFC 4180) that are safe to open in a spreadsheet.

/// A table: a header and rows, each ended by CRLF.
#[derive(Clone, Debug)]
pub(super) struct Csv(String);

impl Csv {
    /// Returns a table without rows.
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut csv = Self(String::new());
        csv.row(columns);
        csv
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: &[&str]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    /// Returns the table.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Adds a cell. What a spreadsheet would take for a formula gets an apostrophe, which tells it that it is text.
    fn cell(&mut self, cell: &str) {
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        let guard = if is_formula { "'" } else { "" };
        if cell.contains(['"', ',', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
            let doubled = cell.replace('"', "\"\"");
            self.0.push_str(&format!("\"{guard}{doubled}\""));
        } else {
            self.0.push_str(guard);
            self.0.push_str(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Csv;

    fn check(cells: &[&str], expected: &str) {
        assert_eq!(Csv::new(cells).into_string(), expected);
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        check(&["a", "", "b c"], "a,,b c\r\n");
        check(
            &["a,b", "say \"x\"", "two\nlines"],
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n",
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        check(
            &["=1+1", "+1", "-1", "@x", "\tx"],
            "'=1+1,'+1,'-1,'@x,'\tx\r\n",
        );
        check(
            &["=cmd|' /C calc'!A0,\"x\""],
            "\"'=cmd|' /C calc'!A0,\"\"x\"\"\"\r\n",
        );
        check(&["\r=1"], "\"'\r=1\"\r\n");
    }
}
