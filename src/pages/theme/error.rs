//! A theme's mistakes, each at its place.

use tera::ErrorKind;

/// A mistake in a theme, at its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{template}:{line}:{column}: {message}{}", on_page(page.as_deref()))]
pub struct TemplateError {
    /// The file's path in the theme: `templates/base.html`.
    pub template: String,
    /// The line, counted from 1; the first for a mistake that concerns the whole file.
    pub line: usize,
    /// The column in Unicode scalar values, counted from 1.
    pub column: usize,
    /// The fact.
    pub message: String,
    /// The page that could not be written: its path from the portal's root. None for a mistake that shows with every
    /// page.
    pub page: Option<String>,
}

fn on_page(page: Option<&str>) -> String {
    page.map_or_else(String::new, |page| format!(", on the page {page}"))
}

impl TemplateError {
    /// Returns tera's `error`, met while `template` was laid out, with the place that it names.
    pub(super) fn new(error: &tera::Error, template: &str) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                template: format!("templates/{}", report.filename()),
                line: report.span().start_line,
                column: report.span().start_col + 1,
                message: report.message().to_owned(),
                page: None,
            },
            ErrorKind::Msg(report) => Self::from_report(report)
                .unwrap_or_else(|| Self::whole(&format!("templates/{template}"), report)),
            ErrorKind::MissingParent { current, .. } => {
                Self::whole(&format!("templates/{current}"), error)
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                Self::whole(&format!("templates/{tpl}"), error)
            }
            _ => Self::whole(&format!("templates/{template}"), error),
        }
    }

    /// Returns the mistake that there is no theme `name`; it is in no template.
    pub fn unknown(name: &str) -> Self {
        let known = super::files::names().collect::<Vec<_>>().join(", ");
        let fact = format!(
            "there is no theme `{name}`: no file is below that folder of the plan, and those that ship are {known}"
        );
        Self::whole("", fact)
    }

    /// Returns the mistake as one that shows with the page at `path`.
    #[must_use]
    pub fn on(self, path: &str) -> Self {
        Self {
            page: Some(path.to_owned()),
            ..self
        }
    }

    /// Returns the fact, with the page on which it shows.
    pub fn fact(&self) -> String {
        format!("{}{}", self.message, on_page(self.page.as_deref()))
    }

    /// Returns a mistake that concerns the whole of `file`.
    pub(super) fn whole(file: &str, message: impl ToString) -> Self {
        Self {
            template: file.to_owned(),
            line: 1,
            column: 1,
            message: message.to_string(),
            page: None,
        }
    }

    /// Reads the first report of several: tera gives those of a set of templates (an unknown filter, a component that
    /// no file defines) only as text, `error: …` and `--> file:line:column` on the next line.
    fn from_report(report: &str) -> Option<Self> {
        let mut lines = report.lines();
        let message = lines.next()?.strip_prefix("error: ")?;
        let place = lines.next()?.trim_start().strip_prefix("--> ")?;
        let (place, column) = place.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        Some(Self {
            template: format!("templates/{file}"),
            line: line.parse().ok()?,
            column: column.parse().ok()?,
            message: message.to_owned(),
            page: None,
        })
    }
}
