//! `rollwith score`: one response, or JSON Lines in and out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, mpsc};

use anyhow::Context;
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::pack::Library;
use crate::practice::wording;
use crate::rubric::{Input, Score, Side, feedback, score};
use crate::text::neutralise;

/// How good the scorer is, as `--card` prints it.
const CARD: &str = include_str!("../rubric/card.md");

/// The longest line of a batch, in bytes; a longer one is a bad line, so that memory stays bounded.
const LONGEST_LINE: u64 = 4 << 20;

/// Lines in flight for each thread: read, and not yet written.
const WINDOW: usize = 32;

/// What `rollwith score` takes.
#[derive(Args, Debug, Default)]
pub struct ScoreArgs {
    /// Score JSON Lines from FILE, or from standard input
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["direction", "client", "response", "vignette", "card"])]
    pub batch: Option<Option<PathBuf>>,
    /// The therapist's turn that the client answered
    #[arg(long, value_name = "TEXT")]
    pub direction: Option<String>,
    /// The client's turn; what is done without words in parentheses before it
    #[arg(long, value_name = "TEXT")]
    pub client: Option<String>,
    /// The reply to score; without it, standard input
    #[arg(long, value_name = "TEXT")]
    pub response: Option<String>,
    /// Take direction and client from a vignette (PACK/ID, or ID)
    #[arg(long, value_name = "ID", conflicts_with_all = ["direction", "client"])]
    pub vignette: Option<String>,
    /// Print how good the scorer is, and what it was trained on
    #[arg(long)]
    pub card: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
    /// Threads of a batch [default: all cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZero<usize>>,
}

/// A moment found by `--vignette`: the therapist's turn and the client's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The therapist's turn.
    pub direction: String,
    /// The client's turn, with what is done without words in parentheses.
    pub client: String,
}

/// Finds the vignette of `--vignette`: `PACK/ID`, or `ID` in whichever pack has it first.
///
/// # Errors
/// Where no pack has it.
pub fn moment(library: &Library, wanted: &str) -> anyhow::Result<Moment> {
    let mut packs = library.packs().iter().map(|shelved| &shelved.pack);
    let found = match wanted.split_once('/') {
        Some((pack, id)) => library.vignette(pack, id),
        None => packs.find_map(|pack| pack.vignettes.iter().find(|each| each.id == wanted)),
    };
    let vignette = found.with_context(|| format!("no pack has a vignette {wanted}"))?;
    Ok(Moment { direction: vignette.direction.clone(), client: vignette.client_turn() })
}

/// Runs the command. `find` looks a vignette up, or says why it cannot.
///
/// # Errors
/// Where the input cannot be read or the output not written.
pub fn run(
    args: &ScoreArgs,
    find: impl FnOnce(&str) -> anyhow::Result<Moment>,
    out: &mut (impl Write + Send),
) -> anyhow::Result<ExitCode> {
    if args.card {
        out.write_all(CARD.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(file) = &args.batch {
        let threads = args.threads.or_else(|| std::thread::available_parallelism().ok());
        let bad = batch(open(file.as_deref())?, out, threads.map_or(1, NonZero::get))?;
        return Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    let moment = args.vignette.as_deref().map(find).transpose()?;
    let response = match &args.response {
        Some(response) => response.clone(),
        None => std::io::read_to_string(std::io::stdin()).context("cannot read the response")?,
    };
    let input = Input {
        direction: moment.as_ref().map(|m| m.direction.as_str()).or(args.direction.as_deref()),
        client: moment.as_ref().map(|m| m.client.as_str()).or(args.client.as_deref()),
        response: response.trim_end_matches('\n'),
    };
    let scored = score(&input);
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&scored)?)?;
    } else {
        out.write_all(page(&scored, input.response).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn open(file: Option<&Path>) -> anyhow::Result<Box<dyn BufRead + Send>> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    };
    let opened = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(Box::new(BufReader::new(opened)))
}

/// Whatever JSON the line gave, kept letter for letter; null where it gave none.
type Id = Option<Box<RawValue>>;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Id,
    direction: Option<String>,
    client: Option<String>,
    response: String,
}

#[derive(Serialize)]
struct Scored<'a> {
    id: Id,
    #[serde(flatten)]
    score: &'a Score,
}

#[derive(Serialize)]
struct Fault {
    id: Id,
    error: String,
}

/// One line of the output, and whether the line it answers was bad.
struct Answered {
    line: String,
    bad: bool,
}

/// Scores JSON Lines: one object in, one out, in order, on `threads` threads, with at most
/// [`WINDOW`] lines a thread in memory. Returns how many lines were bad; each has its error in its
/// place. Empty lines are passed over.
///
/// # Errors
/// Where the input cannot be read or the output not written.
pub fn batch(
    mut lines: impl BufRead + Send,
    out: &mut (impl Write + Send),
    threads: usize,
) -> anyhow::Result<usize> {
    let (tickets, free) = mpsc::sync_channel::<()>(WINDOW * threads);
    let (work, waiting) = mpsc::channel::<(usize, usize, Vec<u8>)>();
    let (finish, finished) = mpsc::channel::<(usize, Answered)>();
    let waiting = Mutex::new(waiting);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || -> std::io::Result<()> {
            let (mut number, mut sent) = (0, 0);
            while let Some(line) = next_line(&mut lines)? {
                number += 1;
                if line.trim_ascii().is_empty() {
                    continue;
                }
                if tickets.send(()).is_err() || work.send((sent, number, line)).is_err() {
                    break;
                }
                sent += 1;
            }
            Ok(())
        });
        for _ in 0..threads {
            let (waiting, finish) = (&waiting, finish.clone());
            scope.spawn(move || {
                loop {
                    let next = waiting.lock().map(|queue| queue.recv());
                    let Ok(Ok((place, number, line))) = next else { break };
                    if finish.send((place, answer(number, &line))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(finish);
        let bad = write_in_order(&finished, &free, out);
        drop((finished, free));
        let read = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        read.context("cannot read the batch")?;
        bad.context("cannot write the scores")
    })
}

fn write_in_order(
    finished: &mpsc::Receiver<(usize, Answered)>,
    free: &mpsc::Receiver<()>,
    out: &mut impl Write,
) -> std::io::Result<usize> {
    let (mut early, mut next, mut bad) = (BTreeMap::new(), 0, 0);
    for (place, answered) in finished {
        early.insert(place, answered);
        while let Some(answered) = early.remove(&next) {
            writeln!(out, "{}", answered.line)?;
            bad += usize::from(answered.bad);
            next += 1;
            if free.recv().is_err() {
                break;
            }
        }
        if early.is_empty() {
            out.flush()?;
        }
    }
    out.flush()?;
    Ok(bad)
}

/// The next line without its end; one that is too long is cut there, and is no JSON then.
fn next_line(lines: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && line.len() as u64 == LONGEST_LINE {
        let mut rest = Vec::new();
        loop {
            rest.clear();
            let read = lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut rest)?;
            if read == 0 || rest.last() == Some(&b'\n') {
                break;
            }
        }
    }
    Ok(Some(line))
}

fn answer(number: usize, line: &[u8]) -> Answered {
    match ask(line) {
        Ok(asked) => {
            let input = Input {
                direction: asked.direction.as_deref(),
                client: asked.client.as_deref(),
                response: &asked.response,
            };
            let line = serde_json::to_string(&Scored { id: asked.id, score: &score(&input) });
            Answered { line: line.unwrap_or_default(), bad: false }
        }
        Err((id, why)) => {
            let fault = Fault { id, error: format!("line {number}: {why}") };
            let line = serde_json::to_string(&fault).unwrap_or_default();
            Answered { line, bad: true }
        }
    }
}

/// A line read, or its id where it has one and what is wrong with it.
fn ask(line: &[u8]) -> Result<Asked, (Id, String)> {
    #[derive(Deserialize)]
    struct Labelled {
        #[serde(default)]
        id: Id,
    }
    if line.len() as u64 >= LONGEST_LINE {
        return Err((None, format!("longer than {} MiB", LONGEST_LINE >> 20)));
    }
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err((None, "a line is one JSON object, {\"response\": …}".to_owned()));
    }
    serde_json::from_slice(line).map_err(|error| {
        let id = serde_json::from_slice::<Labelled>(line).ok().and_then(|labelled| labelled.id);
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or(&why);
        (id, format!("{why} (column {})", error.column()))
    })
}

/// One score as a page of text.
fn page(score: &Score, response: &str) -> String {
    let verdict = format!("{:<12}{}", "Verdict", wording::verdict(score));
    let mut lines = vec![verdict, criteria_line(score), String::new()];
    for mark in &score.evidence {
        let words = neutralise(response.get(mark.start..mark.end).unwrap_or_default());
        let sign = match mark.effect {
            _ if score.abstained => '?',
            effect if effect < 0.0 => '-',
            _ => '+',
        };
        lines.push(format!("{:<12}{sign} {:<14} \"{words}\"", "Mark", mark.criterion.word()));
    }
    for found in &score.moves {
        let words = neutralise(response.get(found.start..found.end).unwrap_or_default());
        let lean = match found.code.side() {
            Side::Supportive => '+',
            Side::Neutral => ' ',
            Side::Directive => '-',
        };
        lines.push(format!("{:<12}{lean} {:<14} \"{words}\"", "Move", found.code.words()));
    }
    let said = [("Keep", &score.strength), ("Change", &score.correction)];
    for (label, text) in said {
        lines.extend(text.as_ref().map(|text| format!("{label:<12}{text}")));
    }
    if let Some(line) = feedback::doubt(score, response, None) {
        lines.push(format!("{:<12}{line}", "Doubt"));
    }
    lines.push(format!("{:<12}{}", "Scorer", score.model));
    lines.join("\n") + "\n"
}

fn criteria_line(score: &Score) -> String {
    let words: Vec<String> = crate::rubric::Criterion::ALL
        .into_iter()
        .map(|criterion| format!("{} {}", criterion.word(), score.criteria.of(criterion)))
        .collect();
    format!("{:<12}{}", "Criteria", words.join("   "))
}

#[cfg(test)]
mod tests {
    use super::batch;

    fn scored(lines: &str, threads: usize) -> (usize, String) {
        let mut out = Vec::new();
        let bad = batch(lines.as_bytes(), &mut out, threads).expect("memory does not fail");
        (bad, String::from_utf8(out).expect("JSON is UTF-8"))
    }

    #[test]
    fn bad_lines_have_their_error_in_their_place_and_the_rest_goes_on() {
        let (bad, out) = scored(
            "{\"id\": 1, \"response\": \"\"}\n\nnot json\n{\"id\": {\"a\": 7}, \"client\": 3}\n\
             {\"id\": \"x\"}\n{\"id\": 5, \"response\": \"ok\", \"more\": []}",
            2,
        );
        let lines: Vec<serde_json::Value> = out
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect();
        assert_eq!(bad, 3);
        assert_eq!(lines.len(), 5);
        assert_eq!(lines[0]["verdict"], "unscorable");
        assert!(lines[1]["id"].is_null());
        assert!(lines[1]["error"].as_str().is_some_and(|e| e.starts_with("line 3: ")));
        assert_eq!(lines[2]["id"]["a"], 7);
        assert!(lines[2]["error"].as_str().is_some_and(|e| e.starts_with("line 4: ")));
        assert!(lines[3]["error"].as_str().is_some_and(|e| e.contains("response")));
        assert_eq!(lines[4]["id"], 5);
    }

    #[test]
    fn a_line_without_end_is_refused_in_bounded_memory() {
        let long = format!(
            "{{\"response\": \"{}\"}}\n{{\"id\": 2, \"response\": \"\"}}\n",
            "x".repeat(5 << 20)
        );
        let (bad, out) = scored(&long, 1);
        assert_eq!(bad, 1);
        assert!(
            out.starts_with("{\"id\":null,\"error\":\"line 1: longer than 4 MiB\"}\n{\"id\":2,")
        );
    }
}
