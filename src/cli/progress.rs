//! `rollwith progress`, printed: the figures of the screens' four pages, each with its range.

use std::io::{self, Write};

use serde::Serialize;

use crate::driver::Desk;
use crate::practice::progress::{Curve, Progress, wording};
use crate::practice::{Stamp, wording as said};
use crate::tui::marks::Marks;
use crate::tui::theme::{Choice, Environment, Theme};

/// The document that `--json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    trainee: &'a str,
    #[serde(flatten)]
    progress: &'a Progress,
}

/// Prints the trainee's progress, or one JSON document of it.
///
/// # Errors
/// When the log cannot be read, or `out` cannot be written.
pub fn run(desk: &Desk, json: bool, now: Stamp, out: &mut dyn Write) -> anyhow::Result<u8> {
    let progress = Progress::of(&desk.store().past()?);
    if json {
        let document = Document { trainee: desk.trainee(), progress: &progress };
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}, {}", desk.trainee(), said::date(now, now))?;
        print(&progress, Theme::new(Choice::Auto, &Environment::of_process()).marks, out)?;
    }
    Ok(0)
}

/// Prints progress for people, in marks that the terminal shows.
///
/// # Errors
/// When `out` cannot be written.
pub fn print(progress: &Progress, marks: &Marks, out: &mut dyn Write) -> io::Result<()> {
    let Progress { respond, identify, discriminate, judgement } = progress;

    curve("Respond: supportive on the first try, by week", &respond.supportive, out)?;
    writeln!(out, "  met the criterion   {}", wording::share(&respond.met.all))?;
    for (index, each) in respond.criteria.iter().enumerate() {
        let mean = wording::mean(each, index == 0, marks.plus_minus);
        writeln!(out, "  {:<19} {mean}", each.criterion.word())?;
    }

    curve("Identify: right, by week", &identify.right, out)?;
    writeln!(out, "  {:<19} {}", "hits", identify.hits)?;
    writeln!(out, "  {:<19} {}", "misses", identify.misses)?;
    writeln!(out, "  {:<19} {}", "false alarms", identify.false_alarms)?;
    writeln!(out, "  {:<19} {}", "correct rejections", identify.correct_rejections)?;
    writeln!(out, "  {:<19} {}", "form right", wording::share(&identify.form))?;
    let (telling, leaning) = wording::detection(identify);
    writeln!(out, "  {:<19} {telling}", "telling")?;
    if let Some(leaning) = leaning {
        writeln!(out, "  {:<19} {leaning}", "leaning")?;
    }

    curve("Discriminate: right, by week", &discriminate.right, out)?;

    curve("Judgement: yours and the feedback's agree, by week", &judgement.agrees, out)?;
    if let Some(kappa) = judgement.kappa {
        writeln!(out, "  {:<19} {kappa:.2}", "kappa")?;
    }
    writeln!(out, "  {:<19} {}", "kinder", judgement.kinder)?;
    writeln!(out, "  {:<19} {}", "stricter", judgement.stricter)?;
    writeln!(out, "  {:<19} {}", "resistance right", wording::share(&judgement.resistance))?;

    writeln!(out, "\n{}\n{}", said::LABELS, said::NO_DECISION)
}

fn curve(title: &str, curve: &Curve, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{title}")?;
    for week in &curve.weeks {
        let monday = week.monday.format("%-d %b %Y").to_string();
        writeln!(out, "  {monday:>11}         {}", wording::share(&week.share))?;
    }
    writeln!(out, "  {:<19} {}", "in all", wording::share(&curve.all))?;
    if curve.weeks.is_empty() { Ok(()) } else { writeln!(out, "  {}", wording::trend(curve)) }
}

#[cfg(test)]
mod tests {
    use super::{Document, print};
    use crate::practice::progress::Progress;
    use crate::tui::marks::Marks;
    use crate::tui::screens::fixture::five_weeks;

    #[test]
    fn what_is_printed_has_every_range() {
        let mut out = Vec::new();
        print(&Progress::of(&five_weeks()), &Marks::UNICODE, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
        let mut out = Vec::new();
        print(&Progress::of(&[]), &Marks::ASCII, &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("none yet"));
    }

    #[test]
    fn json_names_the_figures() {
        let progress = Progress::of(&five_weeks());
        let document = Document { trainee: "Anna", progress: &progress };
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(json["trainee"], "Anna");
        assert_eq!(json["respond"]["supportive"]["weeks"][0]["monday"], "2026-04-13");
        assert_eq!(json["respond"]["supportive"]["weeks"][0]["share"]["of"], 8);
        assert_eq!(json["respond"]["supportive"]["trend"], "too_early");
        assert!(json["identify"]["d_prime"].is_number());
    }
}
