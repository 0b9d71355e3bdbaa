//! Seeded shuffling, the same on every machine and in every version.
//!
//! `SplitMix64` (Steele, Lea & Flood, 2014): small, and its output is fixed by its definition, so
//! that a session replays from its seed for ever.

use sha2::{Digest, Sha256};

/// A stream of random numbers from a seed and a name.
#[derive(Clone, Debug)]
pub struct Shuffle {
    state: u64,
}

impl Shuffle {
    /// A stream of its own for each pair of seed and name.
    pub fn new(seed: u64, name: &str) -> Self {
        let digest = Sha256::digest(name.as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self { state: seed ^ u64::from_le_bytes(first) }
    }

    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 where there is nothing below it.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next_u64() % bound as u64) as usize }
    }

    /// Shuffles in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shuffle;

    #[test]
    fn the_same_seed_and_name_give_the_same_order_for_ever() {
        let mut items: Vec<u32> = (0..8).collect();
        Shuffle::new(7, "set").shuffle(&mut items);
        let mut again: Vec<u32> = (0..8).collect();
        Shuffle::new(7, "set").shuffle(&mut again);
        assert_eq!(items, again);
        let mut other: Vec<u32> = (0..8).collect();
        Shuffle::new(8, "set").shuffle(&mut other);
        assert_ne!(items, other);
        again.sort_unstable();
        assert_eq!(again, (0..8).collect::<Vec<_>>());
    }
}
