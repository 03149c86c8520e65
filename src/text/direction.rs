//! Characters that turn the direction of the words after them.

/// Returns whether `letter` forces or embeds a direction (Unicode Bidirectional Algorithm, X2 to X7). What an author forgets
/// to close goes on into the words of the portal, and `exe.gpj` can be made to look like `jpg.exe`; the portal gives each
/// value a direction of its own, so nothing is lost without them.
pub fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}')
}
