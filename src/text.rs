//! Text from outside, made safe to show and to keep: done once, at the boundary.

/// Neutralises text that comes from a pack, a paste, a file or another person's bundle.
///
/// `\r\n` and `\r` become `\n`, tabs a space, and every other control character and bidirectional
/// override (U+202A to U+202E, U+2066 to U+2069) disappears, as do the line and paragraph
/// separators' effects (U+2028, U+2029 become `\n`). Marks that scripts need (U+200C, U+200D,
/// U+200E, U+200F) stay. Idempotent.
///
/// ```
/// assert_eq!(rollwith::text::neutralise("a\r\nb\u{1b}[31m\u{202e}c"), "a\nb[31mc");
/// ```
pub fn neutralise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
                out.push('\n');
            }
            '\n' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push(' '),
            _ if is_unsafe(character) => {}
            _ => out.push(character),
        }
    }
    out
}

/// Whether a character must not reach a screen: a control character or a bidirectional override.
pub fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::neutralise;

    #[test]
    fn keeps_what_scripts_need_and_drops_what_terminals_obey() {
        assert_eq!(
            neutralise("👩\u{200d}👩\u{200d}👧 \u{1b}]0;x\u{7}é\u{9b}1m"),
            "👩\u{200d}👩\u{200d}👧 ]0;xé1m"
        );
        assert_eq!(neutralise("a\rb\r\nc\u{2028}d"), "a\nb\nc\nd");
        let once = neutralise("\u{2066}x\u{2069}\t\u{feff}y");
        assert_eq!(once, "x y");
        assert_eq!(neutralise(&once), once);
    }
}
