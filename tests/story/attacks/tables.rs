//! What readers of calendars, tables, feeds and data find that no plan may put there.

use roxmltree::Document;
use serde_json::Value;

/// The properties that calendars have.
const PROPERTIES: &str = " BEGIN END VERSION PRODID CALSCALE UID NAME X-WR-CALNAME X-WR-TIMEZONE REFRESH-INTERVAL \
    X-PUBLISHED-TTL URL SOURCE DTSTAMP DTSTART DTEND DURATION SUMMARY DESCRIPTION CATEGORIES STATUS SEQUENCE TRANSP \
    LOCATION ORGANIZER RRULE EXDATE RDATE TZID TZNAME TZOFFSETFROM TZOFFSETTO LAST-MODIFIED CREATED RECURRENCE-ID \
    CLASS COLOR X-MICROSOFT-CDO-BUSYSTATUS X-MICROSOFT-CDO-ALLDAYEVENT X-LIC-LOCATION METHOD TZUNTIL TZURL ";

/// The parts that they have.
const COMPONENTS: &str = " VCALENDAR VEVENT VTIMEZONE STANDARD DAYLIGHT ";

pub(super) fn calendar(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let unfolded = text.replace("\r\n ", "");
    let mut open = Vec::new();
    for line in unfolded.split_terminator("\r\n") {
        if line.contains(char::is_control) {
            found.push(format!("control character in {line:?}"));
        }
        let Some(end) = line.find([':', ';']) else {
            found.push(format!("not a property: {line:?}"));
            continue;
        };
        let (name, value) = (&line[..end], line.rsplit(':').next().unwrap_or_default());
        if !PROPERTIES.contains(&format!(" {name} ")) {
            found.push(format!("foreign property {line:?}"));
        }
        match name {
            "BEGIN" if COMPONENTS.contains(&format!(" {value} ")) => open.push(value),
            "BEGIN" => found.push(format!("foreign component {value}")),
            "END" if open.pop() != Some(value) => found.push(format!("stray end of {value}")),
            _ => {}
        }
    }
    if let Err(error) = icalendar::parser::read_calendar(&icalendar::parser::unfold(text)) {
        found.push(error);
    }
    found
}

/// Reads RFC 4180 by its letter.
pub(super) fn csv(text: &str) -> Vec<String> {
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        let cell = row.last_mut().unwrap();
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(String::new()),
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                rows.push(vec![String::new()]);
            }
            other => cell.push(other),
        }
    }
    let mut found = Vec::new();
    if is_quoted || rows.pop() != Some(vec![String::new()]) {
        found.push("the last row does not end".to_owned());
    }
    let width = rows[0].len();
    for row in &rows {
        if row.len() != width {
            found.push(format!("{} cells of {width}: {row:?}", row.len()));
        }
        let is_formula = |cell: &&String| {
            cell.trim_start_matches(' ')
                .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        };
        found.extend(
            row.iter()
                .filter(is_formula)
                .map(|cell| format!("a formula: {cell:?}")),
        );
    }
    found
}

/// Returns what in a script of data could end the script or a line of it: the plan's words are escaped there.
pub(super) fn script(text: &str) -> Vec<String> {
    let ends = ["</", "<!--", "\u{2028}", "\u{2029}"];
    let found = ends.into_iter().filter(|end| text.contains(*end));
    found.map(|end| format!("{end:?} in a script")).collect()
}

pub(super) fn json(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    match serde_json::from_str::<Value>(text) {
        Ok(value) => addresses(&value, &mut found),
        Err(error) => found.push(error.to_string()),
    }
    found
}

/// Finds the addresses in `value` that lead elsewhere than to a page, and the HTML in it that is more than words.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                if let Value::String(text) = value {
                    let is_address = matches!(
                        key.as_str(),
                        "url" | "external_url" | "home_page_url" | "feed_url" | "href"
                    );
                    // What a page says leads into the portal, from its root.
                    let is_inside = key == "href" && is_path(text);
                    if is_address && !is_inside && !text.starts_with("https://") {
                        found.push(format!("{key}: {text}"));
                    }
                    if key == "content_html" {
                        found.extend(super::page::faults(text));
                    }
                }
                addresses(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| addresses(value, found)),
        _ => {}
    }
}

/// Returns whether `address` is a path below the folder that it is read from.
fn is_path(address: &str) -> bool {
    let path = address.split('#').next().unwrap_or_default();
    let leaves = |part: &str| part.is_empty() || part == "..";
    !path.contains([':', '\\']) && !path.split('/').any(leaves)
}

/// The elements that feeds and site maps have.
const ELEMENTS: &str = " feed title id link updated entry published category content summary author name generator \
    subtitle urlset url loc lastmod uri rights icon ";

pub(super) fn xml(text: &str) -> Vec<String> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let mut found = Vec::new();
    for node in document.descendants() {
        if node.is_comment() || node.is_pi() {
            found.push(format!("{node:?}"));
        }
        if !node.is_element() {
            continue;
        }
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&format!(" {name} ")) {
            found.push(format!("<{name}>"));
        }
        if node
            .attribute("href")
            .is_some_and(|to| !to.starts_with("https://"))
        {
            found.push(format!("{node:?}"));
        }
        if node.attribute("type") == Some("html") {
            found.extend(super::page::faults(node.text().unwrap_or_default()));
        }
    }
    found
}
