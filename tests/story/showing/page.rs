//! What a page says, as a reader or a program finds it.

/// The words of a page's own part: its text, and the addresses and dates behind it.
pub(crate) struct Page(String);

/// Where the part of a page begins that is about more than its document.
const AFTERWARDS: &[&str] = &[
    "<section class=\"backlinks\"",
    "<nav class=\"pager\"",
    "<p class=\"source\"",
];

impl Page {
    /// Returns what the page `html` says.
    pub(crate) fn new(html: &str) -> Self {
        let (_, main) = html.split_once("<main").unwrap();
        let end = AFTERWARDS
            .iter()
            .filter_map(|mark| main.find(mark))
            .min()
            .unwrap_or(main.len());
        let (mut said, mut behind) = (String::new(), String::new());
        for part in main[..end].split('<') {
            let (tag, text) = part.split_once('>').unwrap_or(("", part));
            for attribute in ["id=\"", "href=\"", "src=\"", "datetime=\""] {
                let value = tag
                    .split_once(attribute)
                    .and_then(|(_, rest)| rest.split('"').next());
                behind.extend([" ", value.unwrap_or_default()]);
            }
            said.extend([" ", text]);
        }
        Self(format!(" {} ", words(&unescaped(&(said + &behind)))))
    }

    /// Returns whether the page says `text`, whatever the capitals, the punctuation and the markup.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.0.contains(&format!(" {} ", words(text)))
    }
}

/// Returns the words and numbers of `text` between single blanks: `6h` is two, and so is `12T22`.
fn words(text: &str) -> String {
    let mut words = String::new();
    let mut last = ' ';
    for char in text.chars().flat_map(char::to_lowercase) {
        let char = if char.is_alphanumeric() { char } else { ' ' };
        if last != ' ' && (char == ' ' || char.is_numeric() != last.is_numeric()) {
            words.push(' ');
        }
        if char != ' ' {
            words.push(char);
        }
        last = char;
    }
    words.trim_end().to_owned()
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(text.to_owned(), |text, (entity, char)| {
            text.replace(entity, char)
        })
}
