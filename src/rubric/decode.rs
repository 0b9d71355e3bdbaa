//! Moves and criteria decoded to fit the verdict (RUBRIC.md, "How the labels hang together").
//!
//! The calibrated verdict decides. Moves are the likeliest sequence of codes over the words that is
//! coherent with it (Viterbi, 1967, with the sides met so far as part of the state), where a change
//! of code is dear inside a clause and cheap at a boundary.

use super::calibration::sigmoid;
use super::criteria::{Criteria, Criterion};
use super::heads::MOVE_LABELS;
use super::moves::{Move, MoveCode, Side};
use super::verdict::Verdict;
use super::words::{Boundary, Word};

/// A run of words with one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index of the first word.
    pub from: usize,
    /// One past the index of the last word.
    pub to: usize,
    /// The code of all of them.
    pub code: MoveCode,
}

/// Which sides a sequence has met: none, neutral only, supportive, directive, both.
const SIDES: usize = 5;
const NEITHER: usize = 0;
const NEUTRAL_ONLY: usize = 1;
const SUPPORTIVE: usize = 2;
const DIRECTIVE: usize = 3;
const BOTH: usize = 4;

fn met(before: usize, label: usize) -> usize {
    let Some(code) = code_of(label) else { return before };
    match (before, code.side()) {
        (NEITHER, Side::Neutral) => NEUTRAL_ONLY,
        (_, Side::Neutral) => before,
        (NEITHER | NEUTRAL_ONLY | SUPPORTIVE, Side::Supportive) => SUPPORTIVE,
        (NEITHER | NEUTRAL_ONLY | DIRECTIVE, Side::Directive) => DIRECTIVE,
        _ => BOTH,
    }
}

fn code_of(label: usize) -> Option<MoveCode> {
    MoveCode::ALL.get(label.checked_sub(1)?).copied()
}

fn label_of(code: MoveCode) -> usize {
    1 + MoveCode::ALL.iter().position(|other| *other == code).unwrap_or(0)
}

/// The sides that a verdict asks for, any of them; none where it asks for no moves at all.
const fn asked(verdict: Verdict) -> &'static [usize] {
    match verdict {
        Verdict::Supportive => &[SUPPORTIVE, NEUTRAL_ONLY],
        Verdict::Mixed => &[BOTH],
        Verdict::Directive => &[DIRECTIVE, NEUTRAL_ONLY],
        Verdict::Unscorable => &[],
    }
}

/// A limit said with no word for the client has at most so much `fit` (RUBRIC.md, borderlines).
const BARE_LIMIT_FIT: u8 = 1;

/// What a change of code costs, in nats. Chosen on the one fold of moments that the first network
/// had not seen, where neighbouring values did as well.
const fn change(boundary: Boundary) -> f64 {
    match boundary {
        Boundary::Inside => 20.0,
        Boundary::Turn => 8.0,
        Boundary::Clause => 5.0,
        Boundary::Sentence => 2.0,
    }
}

/// The likeliest moves that fit `verdict`; none where it is unscorable.
pub fn spans(words: &[Word], verdict: Verdict) -> Vec<Span> {
    joined(&best_labels(words, asked(verdict)))
}

/// The verdict that the moves alone would give: none where they take no side.
pub fn verdict_of_moves(words: &[Word]) -> Option<Verdict> {
    let labels = best_labels(words, &[NEUTRAL_ONLY, SUPPORTIVE, DIRECTIVE, BOTH]);
    match labels.iter().fold(NEITHER, |sides, label| met(sides, *label)) {
        SUPPORTIVE => Some(Verdict::Supportive),
        DIRECTIVE => Some(Verdict::Directive),
        BOTH => Some(Verdict::Mixed),
        _ => None,
    }
}

/// Whether a verdict can be had at all: a mixed reply needs a word for each of its two moves.
pub const fn possible(verdict: Verdict, words: usize) -> bool {
    !matches!(verdict, Verdict::Mixed) || words >= 2
}

fn best_labels(words: &[Word], asked: &[usize]) -> Vec<usize> {
    const STATES: usize = MOVE_LABELS * SIDES;
    let (Some(first), false) = (words.first(), asked.is_empty()) else { return Vec::new() };
    let mut score = [f64::NEG_INFINITY; STATES];
    for label in 0..MOVE_LABELS {
        score[label * SIDES + met(NEITHER, label)] = first.log_probabilities[label];
    }
    let mut came_from: Vec<[u8; STATES]> = Vec::with_capacity(words.len());
    for word in &words[1..] {
        let cost = change(word.boundary);
        let mut next = [f64::NEG_INFINITY; STATES];
        let mut from = [0_u8; STATES];
        for (state, so_far) in score.iter().enumerate().filter(|(_, s)| s.is_finite()) {
            let (before, sides) = (state / SIDES, state % SIDES);
            for label in 0..MOVE_LABELS {
                let stays = if label == before { 0.0 } else { cost };
                let value = so_far - stays + word.log_probabilities[label];
                let to = label * SIDES + met(sides, label);
                if value > next[to] {
                    next[to] = value;
                    from[to] = state as u8;
                }
            }
        }
        score = next;
        came_from.push(from);
    }
    let ends = (0..STATES).filter(|state| asked.contains(&(state % SIDES)));
    let Some(mut state) = ends.max_by(|a, b| score[*a].total_cmp(&score[*b])) else {
        return Vec::new();
    };
    let mut labels = vec![state / SIDES];
    for from in came_from.iter().rev() {
        state = usize::from(from[state]);
        labels.push(state / SIDES);
    }
    labels.reverse();
    labels
}

/// Neighbouring words of one code become one span; a simple beside a complex reflection counts as
/// complex (RUBRIC.md, "Moves").
fn joined(labels: &[usize]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, code) in labels.iter().enumerate().filter_map(|(at, l)| Some((at, code_of(*l)?))) {
        match spans.last_mut() {
            Some(last) if last.to == at && (last.code == code || both_reflect(last.code, code)) => {
                last.to = at + 1;
                if code != last.code {
                    last.code = MoveCode::ComplexReflection;
                }
            }
            _ => spans.push(Span { from: at, to: at + 1, code }),
        }
    }
    spans
}

const fn both_reflect(a: MoveCode, b: MoveCode) -> bool {
    reflects(a) && reflects(b)
}

const fn reflects(code: MoveCode) -> bool {
    matches!(code, MoveCode::ComplexReflection | MoveCode::SimpleReflection)
}

/// A span as the interface gives it: bytes, and how likely its code is over its words. A
/// reflection's depth is p(complex) over p(either).
pub fn to_move(span: Span, words: &[Word]) -> Option<Move> {
    let own = words.get(span.from..span.to)?;
    let mean = |code: MoveCode| {
        own.iter().map(|word| word.probabilities[label_of(code)]).sum::<f64>() / own.len() as f64
    };
    let complex = mean(MoveCode::ComplexReflection);
    let either = complex + mean(MoveCode::SimpleReflection);
    Some(Move {
        start: own.first()?.start,
        end: own.last()?.end,
        code: span.code,
        probability: mean(span.code),
        depth: (reflects(span.code) && either > 0.0).then(|| complex / either),
    })
}

/// The points expected of each criterion, 0.0 to 2.0, from the two cumulative logits.
pub fn expected_points(logits: &[[f32; 2]; 5]) -> [f64; 5] {
    logits.map(|[one, two]| sigmoid(f64::from(one)) + sigmoid(f64::from(two)))
}

/// From so many expected points on, a supportive reply has `fit` 2. Most do (nine in ten of those
/// that the network takes for supportive rightly), and rounding gave it to too few; chosen on the
/// corpus's tune split.
const FULL_FIT: f64 = 1.25;

/// The criteria that fit the verdict and the moves. No push means `nondirective` 2, a push at most
/// 1, and an unscorable response has none of anything. Where RUBRIC.md defines a criterion by a
/// move (a reflection's depth, an open question, a choice left or a misstep owned), the points
/// expected of the criterion and those that the move implies count half each.
pub fn criteria(expected: &[f64; 5], verdict: Verdict, moves: &[Move]) -> Criteria {
    let mut criteria = Criteria::default();
    if verdict == Verdict::Unscorable {
        return criteria;
    }
    for (criterion, points) in Criterion::ALL.into_iter().zip(expected) {
        let points = match implied(criterion, verdict, moves) {
            Some(implied) => f64::midpoint(*points, implied),
            None => *points,
        };
        let points = match (criterion, verdict) {
            (Criterion::Fit, Verdict::Supportive) if points >= FULL_FIT => 2,
            _ => points.round() as u8,
        };
        criteria.set(criterion, points);
    }
    criteria.nondirective = match verdict {
        Verdict::Supportive => 2,
        _ => criteria.nondirective.min(1),
    };
    if has(moves, &[MoveCode::HoldLimit]) && !supports(moves) {
        criteria.fit = criteria.fit.min(BARE_LIMIT_FIT);
    }
    criteria
}

fn has(moves: &[Move], codes: &[MoveCode]) -> bool {
    moves.iter().any(|found| codes.contains(&found.code))
}

fn supports(moves: &[Move]) -> bool {
    moves.iter().any(|found| found.code.side() == Side::Supportive)
}

/// The points that the moves imply, where RUBRIC.md ties the criterion to them.
fn implied(criterion: Criterion, verdict: Verdict, moves: &[Move]) -> Option<f64> {
    const LEAVES_CHOICE: [MoveCode; 4] = [
        MoveCode::EmphasizeAutonomy,
        MoveCode::SeekCollaboration,
        MoveCode::Answer,
        MoveCode::PersuadeWithPermission,
    ];
    match (criterion, verdict) {
        (Criterion::Understanding, Verdict::Directive)
        | (Criterion::Autonomy, Verdict::Directive | Verdict::Mixed) => Some(0.0),
        (Criterion::Understanding, _) => {
            let depths = moves.iter().filter_map(|found| found.depth);
            depths.max_by(f64::total_cmp).map(|depth| 1.0 + depth)
        }
        (Criterion::Curiosity, Verdict::Supportive) => {
            has(moves, &[MoveCode::OpenQuestion]).then_some(2.0)
        }
        (Criterion::Autonomy, Verdict::Supportive) => {
            let warm_limit = has(moves, &[MoveCode::HoldLimit]) && supports(moves);
            Some(if has(moves, &LEAVES_CHOICE) || warm_limit { 2.0 } else { 1.0 })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{criteria, possible, spans, verdict_of_moves};
    use crate::rubric::heads::MOVE_LABELS;
    use crate::rubric::moves::{Move, MoveCode, Side};
    use crate::rubric::verdict::Verdict;
    use crate::rubric::words::{Boundary, Word};

    fn word(at: usize, boundary: Boundary, code: MoveCode) -> Word {
        let label = super::label_of(code);
        let share = 0.3 / (MOVE_LABELS - 1) as f64;
        let probabilities = std::array::from_fn(|of| if of == label { 0.7 } else { share });
        Word {
            start: at * 2,
            end: at * 2 + 1,
            boundary,
            log_probabilities: probabilities.map(f64::ln),
            probabilities,
            share: 0.0,
        }
    }

    fn reply(codes: &[(Boundary, MoveCode)]) -> Vec<Word> {
        codes.iter().enumerate().map(|(at, (boundary, code))| word(at, *boundary, *code)).collect()
    }

    #[test]
    fn a_stray_word_inside_a_clause_does_not_break_a_move() {
        use Boundary::{Inside, Sentence};
        let words = reply(&[
            (Sentence, MoveCode::ComplexReflection),
            (Inside, MoveCode::ComplexReflection),
            (Inside, MoveCode::Persuade),
            (Inside, MoveCode::ComplexReflection),
            (Sentence, MoveCode::Persuade),
            (Inside, MoveCode::Persuade),
        ]);
        assert_eq!(verdict_of_moves(&words), Some(Verdict::Mixed));
        let found: Vec<_> = spans(&words, Verdict::Mixed).iter().map(|s| (s.from, s.to)).collect();
        assert_eq!(found, [(0, 4), (4, 6)]);
    }

    #[test]
    fn the_verdict_decides_which_sides_are_shown() {
        let codes = MoveCode::ALL;
        for first in codes {
            for second in codes {
                let words = reply(&[(Boundary::Sentence, first), (Boundary::Clause, second)]);
                let sides = |verdict| -> Vec<Side> {
                    spans(&words, verdict).iter().map(|span| span.code.side()).collect()
                };
                let supportive = sides(Verdict::Supportive);
                assert!(!supportive.is_empty() && !supportive.contains(&Side::Directive));
                let directive = sides(Verdict::Directive);
                assert!(!directive.is_empty() && !directive.contains(&Side::Supportive));
                let mixed = sides(Verdict::Mixed);
                assert!(mixed.contains(&Side::Supportive) && mixed.contains(&Side::Directive));
                assert!(sides(Verdict::Unscorable).is_empty());
            }
        }
        assert!(!possible(Verdict::Mixed, 1) && possible(Verdict::Directive, 1));
    }

    #[test]
    fn criteria_fit_the_verdict() {
        let of = |verdict| criteria(&[1.6, 0.4, 1.2, 0.9, 2.0], verdict, &[]);
        assert_eq!(of(Verdict::Supportive).nondirective, 2);
        assert_eq!(criteria(&[2.0; 5], Verdict::Mixed, &[]).nondirective, 1);
        assert_eq!(criteria(&[2.0; 5], Verdict::Directive, &[]).nondirective, 1);
        assert_eq!(of(Verdict::Unscorable).points(), 0);
        assert_eq!(of(Verdict::Mixed).points(), 2 + 1 + 1 + 2);
        assert_eq!(of(Verdict::Directive).understanding, 1);
    }

    #[test]
    fn a_warm_limit_and_asked_for_advice_leave_the_choice_and_a_bare_limit_touches_at_most() {
        let of = |codes: &[MoveCode]| {
            let moves: Vec<Move> = codes
                .iter()
                .map(|code| Move { start: 0, end: 1, code: *code, probability: 0.9, depth: None })
                .collect();
            criteria(&[1.0, 1.0, 1.2, 2.0, 1.9], Verdict::Supportive, &moves)
        };
        let warm = of(&[MoveCode::Affirm, MoveCode::HoldLimit]);
        assert_eq!((warm.autonomy, warm.fit), (2, 2));
        let bare = of(&[MoveCode::HoldLimit]);
        assert_eq!((bare.autonomy, bare.fit), (1, 1));
        assert_eq!(of(&[MoveCode::PersuadeWithPermission]).autonomy, 2);
    }
}
