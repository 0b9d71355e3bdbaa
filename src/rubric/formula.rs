//! Opening and closing formulas. (Signatures that practice relies on; the scorer's branch fills them.)

/// The opening of a reply, normalised; none where it is no formula.
pub fn opening(_response: &str) -> Option<String> {
    None
}

/// The closing of a reply, normalised; none where it is no formula.
pub fn closing(_response: &str) -> Option<String> {
    None
}

/// The correction for an opening met so many times in a set.
pub fn worn_opening(_words: &str, _times: usize) -> String {
    String::new()
}

/// The correction for a closing met so many times in a set.
pub fn worn_closing(_words: &str, _times: usize) -> String {
    String::new()
}
