//! Prints figures of the scorer over labelled JSON Lines, from the code that ships.
//!
//! `cargo run --release --features evaluate --bin evaluate -- FILE [seen]`
//!
//! FILE has a line a reply: `direction`, `client` (or `statement`), `response`, `verdict`, and where
//! labelled `moves` (`text`, `code`) and `criteria`. Say `seen` where the network was trained on
//! FILE: the figures then say nothing of how good it is, and are headed so.

use std::io::BufRead;
use std::process::ExitCode;

use anyhow::Context;
use rollwith::rubric::{Criteria, Criterion, Input, MoveCode, Score, Verdict, score};
use serde::Deserialize;

#[derive(Deserialize)]
struct Labelled {
    direction: Option<String>,
    #[serde(alias = "statement")]
    client: Option<String>,
    response: String,
    verdict: Verdict,
    moves: Option<Vec<LabelledMove>>,
    criteria: Option<Criteria>,
}

#[derive(Deserialize)]
struct LabelledMove {
    text: String,
    code: MoveCode,
}

fn main() -> anyhow::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("evaluate needs a file of labelled replies (JSON Lines)");
        return Ok(ExitCode::from(2));
    };
    let seen = arguments.next().is_some_and(|word| word == "seen");
    let file = std::fs::File::open(&path).with_context(|| format!("cannot open {path}"))?;
    let mut pairs = Vec::new();
    for (at, line) in std::io::BufReader::new(file).lines().enumerate() {
        let labelled: Labelled =
            serde_json::from_str(&line?).with_context(|| format!("{path}, line {}", at + 1))?;
        let scored = score(&Input {
            direction: labelled.direction.as_deref(),
            client: labelled.client.as_deref(),
            response: &labelled.response,
        });
        pairs.push((labelled, scored));
    }
    if let Some((_, first)) = pairs.first() {
        println!("{}", first.model);
    }
    println!("{} replies of {path}", pairs.len());
    if seen {
        println!("SEEN IN TRAINING: these figures do not say how good the scorer is.");
    }
    print_verdicts(&pairs);
    print_criteria(&pairs);
    print_moves(&pairs);
    print_evidence(&pairs);
    Ok(ExitCode::SUCCESS)
}

fn print_verdicts(pairs: &[(Labelled, Score)]) {
    let mut confusion = [[0_usize; 4]; 4];
    for (labelled, scored) in pairs {
        confusion[labelled.verdict as usize][scored.verdict as usize] += 1;
    }
    let n = pairs.len() as f64;
    let row = |of: usize| confusion[of].iter().sum::<usize>() as f64;
    let column = |of: usize| confusion.iter().map(|row| row[of]).sum::<usize>() as f64;
    let f1 = |of: usize| 2.0 * confusion[of][of] as f64 / (row(of) + column(of)).max(1.0);
    let right = (0..4).map(|of| confusion[of][of]).sum::<usize>() as f64 / n;
    let chance = (0..4).map(|of| row(of) * column(of)).sum::<f64>() / n / n;
    println!("verdict macro-F1 {:.3}", (0..4).map(f1).sum::<f64>() / 4.0);
    println!("verdict kappa (Cohen, 1960) {:.3}", (right - chance) / (1.0 - chance));
    println!("calibration error, 10 bins {:.3}", calibration_error(pairs));
    let sure: Vec<_> = pairs.iter().filter(|(_, scored)| !scored.abstained).collect();
    let correct = sure.iter().filter(|(labelled, s)| labelled.verdict == s.verdict).count();
    println!(
        "answered {:.3}, of which right {:.3}",
        sure.len() as f64 / n,
        correct as f64 / sure.len().max(1) as f64
    );
    for verdict in Verdict::ALL {
        let of = verdict as usize;
        println!("  {:<11} F1 {:.3}  as {:?}", verdict.word(), f1(of), confusion[of]);
    }
}

/// Mean gap between confidence and accuracy over ten bins (Naeini et al., 2015).
fn calibration_error(pairs: &[(Labelled, Score)]) -> f64 {
    let mut bins = [(0.0, 0.0); 10];
    for (labelled, scored) in pairs {
        let bin = &mut bins[((scored.confidence * 10.0) as usize).min(9)];
        bin.0 += scored.confidence;
        bin.1 += f64::from(u8::from(labelled.verdict == scored.verdict));
    }
    bins.iter().map(|(sure, right)| (sure - right).abs()).sum::<f64>() / pairs.len() as f64
}

fn print_criteria(pairs: &[(Labelled, Score)]) {
    let labelled: Vec<_> =
        pairs.iter().filter_map(|(l, s)| Some((l.criteria?, s.criteria))).collect();
    for criterion in Criterion::ALL {
        let points: Vec<(u8, u8)> =
            labelled.iter().map(|(a, b)| (a.of(criterion), b.of(criterion))).collect();
        println!("  {:<13} quadratic kappa {:.3}", criterion.word(), quadratic_kappa(&points));
    }
}

/// Cohen's kappa with quadratic weights (Cohen, 1968) for points from 0 to 2.
fn quadratic_kappa(points: &[(u8, u8)]) -> f64 {
    let apart = |a: u8, b: u8| f64::from(a.abs_diff(b)).powi(2);
    let n = points.len() as f64;
    let observed = points.iter().map(|(a, b)| apart(*a, *b)).sum::<f64>() / n;
    let share = |of: &dyn Fn(&(u8, u8)) -> u8, value: u8| {
        points.iter().filter(|pair| of(pair) == value).count() as f64 / n
    };
    let expected: f64 = (0..3)
        .flat_map(|a| (0..3).map(move |b| (a, b)))
        .map(|(a, b)| apart(a, b) * share(&|pair| pair.0, a) * share(&|pair| pair.1, b))
        .sum();
    1.0 - observed / expected
}

/// Per code: a move counts as found where one of its code covers at least half of both together.
fn print_moves(pairs: &[(Labelled, Score)]) {
    let mut counts = [[0_usize; 3]; MoveCode::ALL.len()];
    for (labelled, scored) in pairs {
        let Some(moves) = &labelled.moves else { continue };
        let mut from = 0;
        for labelled_move in moves {
            let text = &labelled.response[from..];
            let Some(at) = text.find(&labelled_move.text) else { continue };
            let span = (from + at, from + at + labelled_move.text.len());
            from = span.1;
            let found = scored.moves.iter().any(|found| {
                found.code == labelled_move.code && overlap(span, (found.start, found.end)) >= 0.5
            });
            let count = &mut counts[labelled_move.code as usize];
            count[0] += 1;
            count[1] += usize::from(found);
        }
        for found in &scored.moves {
            counts[found.code as usize][2] += 1;
        }
    }
    for code in MoveCode::ALL {
        let [labelled, found, shown] = counts[code as usize];
        let f1 = 2.0 * found as f64 / (labelled + shown).max(1) as f64;
        println!("  {:<25} span F1 {f1:.3} of {labelled}", code.code());
    }
}

/// Leaves the strongest mark's words out and scores again: does the stance move against the mark?
fn print_evidence(pairs: &[(Labelled, Score)]) {
    let (mut against, mut marked, mut moved) = (0_usize, 0_u32, 0.0);
    for (labelled, scored) in pairs {
        let marks = scored.evidence.iter();
        let strongest = marks.max_by(|a, b| a.effect.abs().total_cmp(&b.effect.abs()));
        let Some(mark) = strongest else { continue };
        let text = &labelled.response;
        let without = format!("{}{}", &text[..mark.start], &text[mark.end..]);
        if !without.chars().any(char::is_alphanumeric) {
            continue;
        }
        let again = score(&Input {
            direction: labelled.direction.as_deref(),
            client: labelled.client.as_deref(),
            response: &without,
        });
        let change = (scored.stance - again.stance) * mark.effect.signum();
        marked += 1;
        against += usize::from(change > 0.0);
        moved += change;
    }
    let n = f64::from(marked).max(1.0);
    println!(
        "strongest mark left out: stance moves against its sign in {against} of {marked}, by {:.3} on average",
        moved / n
    );
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let both = a.1.min(b.1).saturating_sub(a.0.max(b.0)) as f64;
    both / (a.1.max(b.1) - a.0.min(b.0)).max(1) as f64
}
