//! Verdicts, confidence, criteria and moves on typed replies.

use std::collections::BTreeMap;

use rollwith::rubric::{Criterion, Score, Scorer, Verdict};

use crate::agreement::{
    Confusion, accuracy, confusion, correlation, f1, kappa, macro_f1, quadratic_kappa,
};
use crate::bootstrap::interval;
use crate::labelled::{Reply, scored};
use crate::moves;

/// One reply whose verdict is labelled.
#[derive(Clone, Copy)]
struct Judged<'a> {
    reply: &'a Reply,
    verdict: Verdict,
    score: &'a Score,
}

fn right(one: &Judged) -> bool {
    one.verdict == one.score.verdict
}

impl Judged<'_> {
    /// A push taken for support: the error that costs most.
    fn is_costly(&self) -> bool {
        self.verdict == Verdict::Directive && self.score.verdict == Verdict::Supportive
    }
}

/// Prints every figure.
pub fn print(scorer: &Scorer, replies: &[Reply]) {
    let all = scored(scorer, replies);
    let judged: Vec<Judged> = all
        .iter()
        .filter_map(|(reply, score)| Some(Judged { reply, verdict: reply.verdict?, score }))
        .collect();
    if !judged.is_empty() {
        print_verdicts(&judged);
        print_confidence(&judged);
        print_coverage(&judged);
        print_criteria(&judged);
        print_groups("tag", &judged, |one| one.reply.tags.clone());
        print_groups("author", &judged, |one| one.reply.author.clone().into_iter().collect());
    }
    moves::print(&all);
}

fn of(judged: &[Judged]) -> Confusion {
    confusion(judged.iter().map(|one| (one.verdict as usize, one.score.verdict as usize)))
}

fn line(name: &str, judged: &[Judged], figure: impl Fn(&[Judged]) -> f64) {
    let (low, high) = interval(judged, |one| one.reply.moment, |drawn| figure(drawn));
    println!("{name:<42} {:.3}  [{low:.3}, {high:.3}]", figure(judged));
}

fn print_verdicts(judged: &[Judged]) {
    println!("\nVerdict, n = {} (intervals: 95%, by moment)", judged.len());
    line("macro-F1", judged, |some| macro_f1(&of(some)));
    line("kappa", judged, |some| kappa(&of(some)));
    line("accuracy", judged, |some| accuracy(&of(some)));
    let confusion = of(judged);
    println!("  labelled      F1     given: {}", Verdict::ALL.map(Verdict::word).join(", "));
    for verdict in Verdict::ALL {
        let row = confusion[verdict as usize];
        println!("  {:<11} {:.3}   {row:?}", verdict.word(), f1(&confusion, verdict as usize));
    }
}

fn print_confidence(judged: &[Judged]) {
    println!("\nConfidence");
    line("calibration error, 10 bins", judged, calibration_error);
    println!("  from    n  confidence  right");
    for (bin, own) in bins(judged).iter().enumerate().filter(|(_, own)| !own.is_empty()) {
        let (sure, right) = means(own);
        println!("  {:.1} {:>6}  {sure:.3}       {right:.3}", bin as f64 / 10.0, own.len());
    }
    line("abstained", judged, |some| share(some, |one| one.score.abstained));
    line("right where it does not abstain", judged, |some| {
        let answered: Vec<_> = some.iter().copied().filter(|one| !one.score.abstained).collect();
        share(&answered, right)
    });
    let costly: Vec<_> = judged.iter().filter(|one| one.is_costly()).collect();
    let directive = judged.iter().filter(|one| one.verdict == Verdict::Directive).count();
    let assured = costly.iter().filter(|one| !one.score.abstained).count();
    println!(
        "directive called supportive: {} of {directive}, {assured} with confidence ({:.1}%)",
        costly.len(),
        100.0 * assured as f64 / directive.max(1) as f64
    );
}

fn share(judged: &[Judged], is: impl Fn(&Judged) -> bool) -> f64 {
    judged.iter().filter(|one| is(one)).count() as f64 / judged.len() as f64
}

fn bins<'a>(judged: &[Judged<'a>]) -> [Vec<Judged<'a>>; 10] {
    let mut found: [Vec<Judged>; 10] = Default::default();
    for one in judged {
        found[((one.score.confidence * 10.0) as usize).min(9)].push(*one);
    }
    found
}

fn means(judged: &[Judged]) -> (f64, f64) {
    let sure = judged.iter().map(|one| one.score.confidence).sum::<f64>() / judged.len() as f64;
    (sure, share(judged, right))
}

/// Mean gap between confidence and accuracy over ten bins (Naeini et al., 2015).
fn calibration_error(judged: &[Judged]) -> f64 {
    let gaps = bins(judged).into_iter().filter(|own| !own.is_empty()).map(|own| {
        let (sure, right) = means(&own);
        (sure - right).abs() * own.len() as f64
    });
    gaps.sum::<f64>() / judged.len() as f64
}

/// How often it is right when it answers only the surest part.
fn print_coverage(judged: &[Judged]) {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| b.score.confidence.total_cmp(&a.score.confidence));
    println!("\nCoverage by confidence alone: answered, right, directive called supportive");
    for tenths in (1..=20).rev().map(|twentieth| f64::from(twentieth) / 20.0) {
        let answered = &sorted[..(tenths * sorted.len() as f64) as usize];
        let costly = answered.iter().filter(|one| one.is_costly()).count();
        println!("  {:>3.0}%  {:.3}  {costly}", 100.0 * tenths, share(answered, right));
    }
}

fn print_criteria(judged: &[Judged]) {
    let known: Vec<_> =
        judged.iter().filter_map(|one| Some((one.reply.criteria?, one.score.criteria))).collect();
    if known.is_empty() {
        return;
    }
    println!("\nCriteria, n = {} (quadratic kappa)", known.len());
    for criterion in Criterion::ALL {
        let points: Vec<_> =
            known.iter().map(|(a, b)| (a.of(criterion), b.of(criterion))).collect();
        println!("  {:<13} {:.3}", criterion.word(), quadratic_kappa(&points));
    }
    let totals: Vec<_> =
        known.iter().map(|(a, b)| (f64::from(a.points()), f64::from(b.points()))).collect();
    println!("  total points, r = {:.3}", correlation(&totals));
}

/// Fewer replies than this say nothing of a group.
const FEWEST: usize = 15;

fn print_groups(name: &str, judged: &[Judged], groups: impl Fn(&Judged) -> Vec<String>) {
    let mut found: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for one in judged {
        for group in groups(one) {
            found.entry(group).or_default().push(*one);
        }
    }
    let mut lines: Vec<_> = found
        .into_iter()
        .filter(|(_, own)| own.len() >= FEWEST)
        .map(|(group, own)| (share(&own, right), group, own))
        .collect();
    if lines.is_empty() {
        return;
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("\nBy {name}, where n is {FEWEST} or more: right, n, abstained");
    for (right, group, own) in lines {
        let abstained = share(&own, |one| one.score.abstained);
        println!("  {group:<24} {right:.3}  {:>4}  {abstained:.2}", own.len());
    }
}
