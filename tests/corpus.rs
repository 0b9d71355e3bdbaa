//! The corpus holds what corpus/README.md says of it: labels that hang together, moments in one
//! split each, enough of every kind.

use std::collections::{BTreeMap, BTreeSet};

use rollwith::rubric::{Criteria, MoveCode, Side, Verdict};
use serde::Deserialize;
use sha2::Digest;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "every field must be there, whether or not it is looked at here")]
struct Line {
    id: String,
    moment: u32,
    kind: String,
    topic: String,
    setting: String,
    direction: String,
    client: String,
    response: String,
    verdict: Option<Verdict>,
    moves: Vec<Move>,
    criteria: Option<Criteria>,
    tags: Vec<String>,
    pairs: Vec<String>,
    author: String,
    batch: String,
    split: String,
}

#[derive(Deserialize)]
struct Move {
    text: String,
    code: MoveCode,
}

#[derive(Deserialize)]
struct Second {
    id: String,
    verdict: Verdict,
}

fn corpus() -> Vec<Line> {
    let text = include_str!("../corpus/responses.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

#[test]
fn labels_hang_together() {
    for line in corpus() {
        let id = &line.id;
        let mut from = 0;
        for found in &line.moves {
            let at = line.response[from..].find(&found.text);
            from += at.unwrap_or_else(|| panic!("{id}: {}", found.text)) + found.text.len();
        }
        let has = |side| line.moves.iter().any(|found| found.code.side() == side);
        let (supports, pushes) = (has(Side::Supportive), has(Side::Directive));
        let fits = match line.verdict {
            None => line.kind != "resistance" && line.kind != "second",
            Some(Verdict::Supportive) => !pushes && (supports || has(Side::Neutral)),
            Some(Verdict::Mixed) => supports && pushes,
            Some(Verdict::Directive) => !supports && (pushes || has(Side::Neutral)),
            Some(Verdict::Unscorable) => line.moves.is_empty(),
        };
        assert!(fits, "{id}: moves and verdict");
        let Some(criteria) = line.criteria else { continue };
        let pushed = criteria.nondirective < 2;
        match line.verdict {
            Some(Verdict::Supportive) => assert!(!pushed, "{id}"),
            Some(Verdict::Unscorable) => assert_eq!(criteria.points(), 0, "{id}"),
            Some(_) => assert!(pushed, "{id}"),
            None => panic!("{id}: criteria without a verdict"),
        }
    }
}

#[test]
fn a_moment_lies_in_one_split_with_one_client() {
    let mut moments: BTreeMap<u32, (String, String, String)> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for line in corpus() {
        assert!(ids.insert(line.id.clone()), "{} twice", line.id);
        let own = (line.split, line.client, line.direction);
        let first = moments.entry(line.moment).or_insert_with(|| own.clone());
        assert_eq!(*first, own, "{}", line.id);
    }
}

/// As `split_of` in `corpus/train/sheet.py` has it.
#[test]
fn the_number_of_a_moment_gives_its_split() {
    for line in corpus() {
        let digest = sha2::Sha256::digest(format!("rollwith split {}", line.moment));
        let split = match usize::from(digest[0]) * 100 / 256 {
            0..12 => "test",
            12..20 => "tune",
            _ => "train",
        };
        assert_eq!(line.split, split, "{}", line.id);
    }
}

/// The whole numbers of the row of README.md's table that begins with `kind`.
fn stated(kind: &str) -> Vec<usize> {
    let page = include_str!("../corpus/README.md");
    let row = page.lines().find(|line| line.starts_with(&format!("| `{kind}`")));
    let cells = row.unwrap_or_else(|| panic!("no row for {kind}")).split('|').skip(2);
    cells.filter_map(|cell| cell.trim().replace(',', "").parse().ok()).collect()
}

#[test]
fn there_is_as_much_of_every_kind_as_the_page_says_and_enough() {
    let lines = corpus();
    for (kind, least) in [
        ("resistance", 8_000),
        ("second", 400),
        ("follows", 100),
        ("ambivalent", 100),
        ("session", 1),
    ] {
        let of_kind = lines.iter().filter(|line| line.kind == kind);
        let moments: BTreeSet<u32> = of_kind.clone().map(|line| line.moment).collect();
        assert_eq!(stated(kind), [of_kind.clone().count(), moments.len()], "{kind}");
        assert!(of_kind.count() >= least, "{kind}");
        assert!(kind != "resistance" || moments.len() >= 1_200);
    }
    for tag in ["validate", "naming", "plain_answer", "limit"] {
        let tagged = lines.iter().filter(|line| line.tags.iter().any(|own| own == tag)).count();
        assert_eq!(stated(tag), [tagged]);
        assert!(tagged >= 300, "{tag} {tagged}");
    }
}

#[test]
fn a_contrast_pair_is_two_replies_of_two_verdicts() {
    let mut pairs: BTreeMap<(u32, String), Vec<Option<Verdict>>> = BTreeMap::new();
    for line in corpus() {
        for pair in line.pairs {
            pairs.entry((line.moment, pair)).or_default().push(line.verdict);
        }
    }
    assert_eq!(stated("pairs"), [pairs.len()]);
    assert!(pairs.len() >= 1_500);
    for (pair, verdicts) in pairs {
        assert!(verdicts.len() == 2 && verdicts[0] != verdicts[1], "{pair:?}");
    }
}

#[test]
fn two_thousand_were_rated_twice() {
    let known: BTreeSet<String> = corpus().into_iter().map(|line| line.id).collect();
    let text = include_str!("../corpus/second_rater.jsonl");
    let rated: Vec<Second> =
        text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(rated.len() >= 2_000);
    // What was dropped afterwards keeps its ratings, so that the agreement stays what it was.
    let kept = rated.iter().filter(|second| known.contains(&second.id)).count();
    assert!(kept * 10 > rated.len() * 9);
    assert!(Verdict::ALL.iter().all(|of| rated.iter().any(|second| second.verdict == *of)));
}
