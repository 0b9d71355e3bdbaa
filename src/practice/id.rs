//! Ids of rows: `UUIDv7`, derived so that the same session makes the same ids again.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::record::Stamp;

/// A `UUIDv7` of a time whose random part is a digest of the session and the row's number.
pub(super) fn derive(at: Stamp, session: Uuid, row: u64) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(session.as_bytes());
    hash.update(row.to_le_bytes());
    let digest = hash.finalize();
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}
