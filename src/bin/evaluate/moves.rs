//! Moves: spans found, code by code.

use rollwith::rubric::{MoveCode, Score};

use crate::labelled::Reply;

/// Codes labelled less often than this are left out of the mean.
const FEWEST: usize = 15;

/// A move counts as found where one of its code shares at least half of both together.
pub fn print(scored: &[(&Reply, Score)]) {
    let mut counts = [[0_usize; 3]; MoveCode::ALL.len()];
    for (reply, score) in scored {
        let Some(labelled) = spans(reply) else { continue };
        for (span, code) in labelled {
            let found = score
                .moves
                .iter()
                .any(|given| given.code == code && overlap(span, (given.start, given.end)) >= 0.5);
            counts[code as usize][0] += 1;
            counts[code as usize][1] += usize::from(found);
        }
        for given in &score.moves {
            counts[given.code as usize][2] += 1;
        }
    }
    println!("\nMoves: F1 of spans that overlap by half; labelled, found, given");
    let f1 = |[labelled, found, given]: [usize; 3]| {
        2.0 * found as f64 / (labelled + given).max(1) as f64
    };
    for code in MoveCode::ALL {
        let own = counts[code as usize];
        println!("  {:<25} {:.3}  {own:?}", code.code(), f1(own));
    }
    let usual: Vec<_> = counts.into_iter().filter(|own| own[0] >= FEWEST).collect();
    if !usual.is_empty() {
        let mean = usual.iter().copied().map(f1).sum::<f64>() / usual.len() as f64;
        println!("  macro-F1 of the {} codes with {FEWEST} or more: {mean:.3}", usual.len());
    }
}

/// The labelled moves as bytes of the response; None where moves are not labelled.
fn spans(reply: &Reply) -> Option<Vec<((usize, usize), MoveCode)>> {
    let mut from = 0;
    let mut found = Vec::new();
    for labelled in reply.moves.as_ref()? {
        let at = from + reply.response.get(from..)?.find(&labelled.text)?;
        from = at + labelled.text.len();
        found.push(((at, from), labelled.code));
    }
    Some(found)
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let both = a.1.min(b.1).saturating_sub(a.0.max(b.0)) as f64;
    both / (a.1.max(b.1) - a.0.min(b.0)).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn overlap_is_what_is_shared_of_what_either_covers() {
        assert!((overlap((0, 10), (5, 15)) - 1.0 / 3.0).abs() < 1e-12);
        assert!((overlap((0, 10), (0, 10)) - 1.0).abs() < 1e-12);
        assert!(overlap((0, 5), (7, 9)).abs() < 1e-12);
    }
}
