//! The reaction form's proposal (Rousmaniere's Deliberate Practice Reaction Form, adapted).

use super::feeling::STRONG;
use super::record::NextSet;
use super::step::Reaction;

/// What the form proposes for the next set.
///
/// Both answers are 1 to 9. Reactions of 8 or 9, noted on the form or in the set, propose to stop
/// for today; otherwise the harder of the two answers decides: 1 to 3 too easy, 4 to 6 a good
/// challenge, 7 and more too hard (RUBRIC.md, step 8). What was passed over does not decide;
/// where both were, the level stays.
pub fn propose(form: Reaction, noted: Option<u8>) -> NextSet {
    let strongest = form.strongest.flatten().max(noted);
    if strongest.is_some_and(|strength| strength >= STRONG) {
        return NextSet::Stop;
    }
    match form.difficulty.flatten().max(form.strongest.flatten()) {
        Some(1..=3) => NextSet::Harder,
        Some(7..) => NextSet::Easier,
        _ => NextSet::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_by_the_harder_answer_and_stops_at_eight() {
        let form = |difficulty, strongest| Reaction {
            difficulty: Some(difficulty),
            strongest: Some(strongest),
        };
        assert_eq!(propose(form(Some(2), Some(3)), None), NextSet::Harder);
        assert_eq!(propose(form(Some(2), Some(5)), None), NextSet::Stay);
        assert_eq!(propose(form(Some(7), Some(1)), None), NextSet::Easier);
        assert_eq!(propose(form(Some(1), Some(8)), None), NextSet::Stop);
        assert_eq!(propose(form(Some(5), Some(2)), Some(9)), NextSet::Stop);
        assert_eq!(propose(form(None, None), None), NextSet::Stay);
    }
}
