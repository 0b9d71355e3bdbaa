//! Which words earned or cost a point: exact, since the verdict is linear over the mean of pieces.

use super::calibration::Calibration;
use super::criteria::Criterion;
use super::decode::Span;
use super::moves::{MoveCode, Side};
use super::score::Evidence;
use super::words::{Boundary, Word};

/// Most marks shown on one response.
const MARKS: usize = 3;
/// Most words under one mark.
const LONGEST: usize = 14;
/// Marks of less than this share of the stance logit say nothing.
const FAINTEST: f64 = 0.005;

/// The criterion that a code is marked under (DESIGN.md, "Evidence").
pub const fn criterion_of(code: MoveCode) -> Criterion {
    match code {
        MoveCode::ComplexReflection | MoveCode::SimpleReflection => Criterion::Understanding,
        MoveCode::OpenQuestion | MoveCode::ClosedQuestion => Criterion::Curiosity,
        MoveCode::EmphasizeAutonomy
        | MoveCode::SeekCollaboration
        | MoveCode::Answer
        | MoveCode::HoldLimit
        | MoveCode::PersuadeWithPermission => Criterion::Autonomy,
        MoveCode::Persuade
        | MoveCode::Confront
        | MoveCode::Reassure
        | MoveCode::GiveInformation => Criterion::Nondirective,
        MoveCode::Affirm | MoveCode::Other => Criterion::Fit,
    }
}

/// At most three marks, in order of the text: in each sentence of each move the words with the
/// largest share, the strongest on either side first.
pub fn marks(spans: &[Span], words: &[Word], calibration: &Calibration) -> Vec<Evidence> {
    let mut found: Vec<(Side, Evidence)> = spans
        .iter()
        .flat_map(|span| sentences(*span, words))
        .filter_map(|span| {
            let (from, to) = strongest(words.get(span.from..span.to)?, span.code.side())?;
            let own = &words[span.from + from..span.from + to];
            let effect = calibration.share(own.iter().map(|word| word.share).sum());
            let mark = Evidence {
                start: own.first()?.start,
                end: own.last()?.end,
                criterion: criterion_of(span.code),
                effect,
            };
            (effect.abs() >= FAINTEST).then_some((span.code.side(), mark))
        })
        .collect();
    if found.iter().any(|(side, mark)| agrees(*side, mark.effect)) {
        found.retain(|(side, mark)| agrees(*side, mark.effect));
    }
    found.sort_by(|(_, a), (_, b)| b.effect.abs().total_cmp(&a.effect.abs()));
    let mut chosen: Vec<Evidence> = Vec::new();
    for side in [Side::Supportive, Side::Directive] {
        if let Some(at) = found.iter().position(|(of, _)| *of == side) {
            chosen.push(found.remove(at).1);
        }
    }
    chosen.extend(found.into_iter().map(|(_, mark)| mark).take(MARKS - chosen.len()));
    chosen.sort_by_key(|mark| mark.start);
    chosen
}

/// Whether a mark counts the way its move leans; one that does not would puzzle, and is left out
/// while another can be shown.
fn agrees(side: Side, effect: f64) -> bool {
    match side {
        Side::Supportive => effect > 0.0,
        Side::Directive => effect < 0.0,
        Side::Neutral => true,
    }
}

fn sentences(span: Span, words: &[Word]) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    for (at, word) in words.iter().enumerate().take(span.to).skip(span.from) {
        match parts.last_mut() {
            Some(last) if word.boundary != Boundary::Sentence => last.to = at + 1,
            _ => parts.push(Span { from: at, to: at + 1, code: span.code }),
        }
    }
    parts
}

/// The clauses that stand out most to the move's own side: of the runs of whole clauses, at most
/// [`LONGEST`] words long, the one with the largest sum after half the mean share is taken from
/// each word, so that a flat sentence is marked whole and a pointed one at its point.
fn strongest(words: &[Word], side: Side) -> Option<(usize, usize)> {
    let mean = words.iter().map(|word| word.share).sum::<f32>() / words.len() as f32;
    let sign = match side {
        Side::Supportive => 1.0,
        Side::Directive => -1.0,
        Side::Neutral => mean.signum(),
    };
    let level = (sign * mean / 2.0).max(0.0);
    let edges = edges(words);
    let mut best: Option<(f32, usize, usize)> = None;
    for (at, from) in edges.iter().enumerate() {
        for to in edges.iter().skip(at + 1).filter(|to| **to - from <= LONGEST) {
            let sum = words[*from..*to].iter().map(|word| sign * word.share - level).sum();
            if best.is_none_or(|(most, ..)| sum > most) {
                best = Some((sum, *from, *to));
            }
        }
    }
    best.map(|(_, from, to)| (from, to))
}

/// Where a mark may begin and end: at clauses of two words or more, and in a longer clause every
/// [`LONGEST`] words.
fn edges(words: &[Word]) -> Vec<usize> {
    let mut edges = vec![0];
    let mut last = 0;
    for at in 1..words.len() {
        let clause = words[at].boundary != Boundary::Inside && at - last >= 2;
        if (clause && words.len() - at >= 2) || at - last >= LONGEST {
            edges.push(at);
            last = at;
        }
    }
    edges.push(words.len());
    edges
}

#[cfg(test)]
mod tests {
    use super::strongest;
    use crate::rubric::heads::MOVE_LABELS;
    use crate::rubric::moves::Side;
    use crate::rubric::words::{Boundary, Word};

    fn words(shares: &[f32], clauses: &[usize]) -> Vec<Word> {
        let boundary = |at| if clauses.contains(&at) { Boundary::Clause } else { Boundary::Inside };
        shares
            .iter()
            .enumerate()
            .map(|(at, share)| Word {
                start: 2 * at,
                end: 2 * at + 1,
                boundary: boundary(at),
                log_probabilities: [0.0; MOVE_LABELS],
                probabilities: [0.0; MOVE_LABELS],
                share: *share,
            })
            .collect()
    }

    #[test]
    fn a_pointed_sentence_is_marked_at_its_point_and_a_flat_one_whole() {
        let pointed = words(&[0.0, 0.0, 0.5, 0.6, 0.0, 0.1], &[2, 4]);
        assert_eq!(strongest(&pointed, Side::Supportive), Some((2, 4)));
        let flat = words(&[0.2, 0.2, 0.2, 0.2], &[2]);
        assert_eq!(strongest(&flat, Side::Supportive), Some((0, 4)));
        let push = words(&[0.3, -0.4, -0.5, -0.2], &[2]);
        assert_eq!(strongest(&push, Side::Directive), Some((2, 4)));
        let unbroken = words(&[0.1; 40], &[]);
        let marked = strongest(&unbroken, Side::Supportive);
        assert!(marked.is_some_and(|(from, to)| to > from && to - from <= super::LONGEST));
    }
}
