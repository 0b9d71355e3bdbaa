//! How close two replies are. (Signatures that practice relies on; the scorer's branch fills them.)

/// Whether `new` is `last` with words taken out.
pub fn is_trimmed_copy(_new: &str, _last: &str) -> bool {
    false
}

/// How close two replies are, 0 to 1.
pub fn closeness(_a: &str, _b: &str) -> f64 {
    0.0
}
