//! The chain: pure hashing, and what it covers.
//!
//! A row's digest is SHA-256 over its kind and its JSON. A chain row's hash is SHA-256 over the
//! log's id, its place, its kind, the hash before it and the digest: so a changed, added, removed
//! or reordered row changes every hash after it, and with the head kept apart a missing last row
//! is found too. This makes tampering evident to whoever holds an earlier head; it cannot stop
//! someone who rewrites everything.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::word::Word;

/// SHA-256.
pub type Hash = [u8; 32];

/// The hash before the first row.
pub const ORIGIN: Hash = [0; 32];

/// What a chained row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The first row of a log.
    Opening,
    /// A session began.
    Session,
    /// An attempt.
    Attempt,
    /// A later row of the trainee's.
    Note,
    /// A row of the supervisor's.
    Review,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Opening, Self::Session, Self::Attempt, Self::Note, Self::Review];

    /// The word in the database, and in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Session => "session",
            Self::Attempt => "attempt",
            Self::Note => "note",
            Self::Review => "review",
        }
    }
}

impl Word for Kind {
    const ALL: &'static [Self] = &Self::ALL;
    fn word(self) -> &'static str {
        self.word()
    }
}

/// The digest of one row of content.
pub fn digest(kind: Kind, body: &str) -> Hash {
    let mut hash = Sha256::new();
    hash.update(kind.word());
    hash.update([0]);
    hash.update(body);
    hash.finalize().into()
}

/// The hash of the chain row at `seq` (from 1), after `previous`.
pub fn link(log: Uuid, seq: u64, kind: &str, previous: &Hash, digest: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update("rollwith chain 1\0");
    hash.update(log.as_bytes());
    hash.update(seq.to_le_bytes());
    hash.update(kind);
    hash.update([0]);
    hash.update(previous);
    hash.update(digest);
    hash.finalize().into()
}

/// SHA-256 of a text in hexadecimal, as vignettes are addressed.
pub fn hex_of(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let written = write!(text, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_changes_the_hash() {
        let (log, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let content = digest(Kind::Attempt, "{}");
        assert_ne!(content, digest(Kind::Note, "{}"));
        assert_ne!(content, digest(Kind::Attempt, "{} "));
        let hash = link(log, 1, "attempt", &ORIGIN, &content);
        assert_eq!(hash, link(log, 1, "attempt", &ORIGIN, &content));
        assert_ne!(hash, link(other, 1, "attempt", &ORIGIN, &content));
        assert_ne!(hash, link(log, 2, "attempt", &ORIGIN, &content));
        assert_ne!(hash, link(log, 1, "note", &ORIGIN, &content));
        assert_ne!(hash, link(log, 1, "attempt", &content, &content));
        assert_ne!(hash, link(log, 1, "attempt", &ORIGIN, &hash));
        assert_eq!(
            hex_of("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
