//! Values that columns hold as words.

/// A value that is kept as a word.
pub(super) trait Word: Copy + Sized + 'static {
    /// Every value.
    const ALL: &'static [Self];
    /// Its word.
    fn word(self) -> &'static str;
    /// The value that a word names.
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}
