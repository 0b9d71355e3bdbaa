//! What to say about a score: one strength, at most one correction, in the trainee's own words.
//!
//! The rules are RUBRIC.md's: a reply that meets the criterion owes no correction, `autonomy` 1 is
//! never what to correct, one excellent reflection, one open question, one owned misstep or one
//! choice left is a full answer, and a directive reply gets no praise that is not true of it.

use super::criteria::{Criteria, Criterion};
use super::feedback_texts as texts;
use super::moves::{Move, MoveCode, Side};
use super::quote::quote;
use super::score::{Reason, Score};
use super::verdict::Verdict;

/// An unscorable reply of so many words that the network read (and no rule took for a copy or for
/// nothing) says something, to someone else.
const WHOLE: usize = 8;
/// A mark of fewer words says little when quoted; the whole move is quoted instead.
const QUOTED: usize = 3;
/// A reply of more words than this, though it meets the criterion, could be shorter.
const LONG: usize = 40;
/// From so many points there may be no correction.
const GOOD: u8 = 8;
/// From this probability on a move is praised for what it is called.
const NAMED: f64 = 0.4;
/// How many characters of a client's name are used.
const NAME: usize = 16;

/// The correction for a copy of the last try with words taken out.
pub const TRIMMED_COPY: &str =
    "The same reply with words taken out. Say a new one, from the beginning.";

/// What could be said, the best first; several phrasings of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// What to keep.
    pub strengths: Vec<String>,
    /// What to change.
    pub corrections: Vec<String>,
}

/// What is said: one thing to keep and one to change, either of which may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// What to keep.
    pub keep: Option<String>,
    /// What to change.
    pub change: Option<String>,
}

/// What could be said about `score`, which is that of `response`. `client` is the client's name;
/// without one the texts say "the client". Nothing is said of a reply that the scorer is not sure
/// of: see [`doubt`].
pub fn candidates(score: &Score, response: &str, client: Option<&str>) -> Candidates {
    if score.abstained {
        return Candidates::default();
    }
    let page = Page { score, response, client: client.map_or_else(|| "the client".into(), short) };
    Candidates { strengths: page.strengths(), corrections: page.corrections() }
}

/// One line on what stands in doubt, where the scorer abstains.
pub fn doubt(score: &Score, response: &str, client: Option<&str>) -> Option<String> {
    let reason = score.reason?;
    let page = Page { score, response, client: client.map_or_else(|| "the client".into(), short) };
    let (first, second) = score.probabilities.top_two();
    let between = |verdict| first == verdict || second == verdict;
    let lines = match reason {
        Reason::Language => page.say(texts::DOUBT_LANGUAGE, None),
        Reason::Length => page.say(texts::DOUBT_LENGTH, None),
        Reason::Doubt if between(Verdict::Unscorable) => page.say(texts::DOUBT_REPLY, None),
        Reason::Doubt => {
            let pushes = between(Verdict::Mixed) || between(Verdict::Directive);
            let cases = if pushes { texts::DOUBT_PUSH } else { texts::DOUBT_MEETS };
            page.say(cases, page.most(|_, effect| if pushes { -effect } else { effect.abs() }))
        }
    };
    lines.into_iter().next()
}

/// The first strength and the first correction whose phrasing was not used in `said_before`; where
/// all were, the first.
pub fn choose(candidates: &Candidates, said_before: &[String]) -> Feedback {
    let used: Vec<&str> = said_before.iter().filter_map(|said| phrasing(said)).collect();
    let fresh = |all: &[String]| {
        let new = all.iter().find(|text| !phrasing(text).is_some_and(|of| used.contains(&of)));
        new.or(all.first()).cloned()
    };
    Feedback { keep: fresh(&candidates.strengths), change: fresh(&candidates.corrections) }
}

/// Whether a supportive reply is a full answer, and owes no correction: `fit` 2 and a 2 in
/// understanding, curiosity or autonomy.
fn is_full_answer(criteria: Criteria) -> bool {
    criteria.fit == 2 && has_a_full_part(criteria)
}

fn has_a_full_part(criteria: Criteria) -> bool {
    [criteria.understanding, criteria.curiosity, criteria.autonomy].contains(&2)
}

fn short(name: &str) -> String {
    crate::text::neutralise(name).trim().chars().take(NAME).collect()
}

/// The text that `said` was made from: of those that fit, the longest.
fn phrasing(said: &str) -> Option<&'static str> {
    let all = texts::ALL.iter().flat_map(|case| case.iter().copied());
    all.filter(|text| matches(text, said)).max_by_key(|text| text.len())
}

fn matches(text: &str, said: &str) -> bool {
    let mut rest = said;
    for (at, part) in text.split(['{', '}']).step_by(2).enumerate() {
        let part = part.trim_start_matches("the client");
        match rest.to_lowercase().find(&part.to_lowercase()) {
            Some(place) if at > 0 || place == 0 || part.is_empty() => {
                rest = rest.get(place + part.len()..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    rest.is_empty() || text.ends_with('}')
}

struct Page<'a> {
    score: &'a Score,
    response: &'a str,
    client: String,
}

impl Page<'_> {
    fn strengths(&self) -> Vec<String> {
        match self.score.verdict {
            // Any praise of a push has been praise of its wording; RUBRIC.md asks for none invented.
            Verdict::Unscorable | Verdict::Directive => Vec::new(),
            Verdict::Mixed => self.kept_moves(),
            Verdict::Supportive => {
                let mut all = self.kept_moves();
                all.extend(self.say(texts::KEEP_NO_PUSH, None));
                all
            }
        }
    }

    /// The supportive moves, those that count most first.
    fn kept_moves(&self) -> Vec<String> {
        let mut moves: Vec<&Move> =
            self.score.moves.iter().filter(|found| self.texts_to_keep(found).is_some()).collect();
        moves.sort_by(|a, b| {
            let rank = |found: &Move| (found.code.side() == Side::Supportive, self.effect(found));
            let (a, b) = (rank(a), rank(b));
            b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
        });
        moves
            .into_iter()
            .flat_map(|found| {
                let texts = self.texts_to_keep(found).unwrap_or_default();
                self.say(texts, Some(found))
            })
            .collect()
    }

    fn texts_to_keep(&self, found: &Move) -> Option<&'static [&'static str]> {
        let criteria = &self.score.criteria;
        if found.probability < NAMED && found.code.side() == Side::Supportive {
            return (criteria.fit > 0).then_some(texts::KEEP_WITH_CLIENT);
        }
        match found.code {
            MoveCode::ComplexReflection | MoveCode::SimpleReflection => match criteria {
                Criteria { fit: 0, .. } => None,
                Criteria { understanding: 2, fit: 2, .. } => Some(texts::KEEP_MEANING),
                _ => Some(texts::KEEP_REFLECTION),
            },
            MoveCode::OpenQuestion => Some(texts::KEEP_OPEN_QUESTION),
            MoveCode::Affirm => (criteria.fit > 0).then_some(texts::KEEP_AFFIRM),
            MoveCode::EmphasizeAutonomy => Some(texts::KEEP_AUTONOMY),
            MoveCode::SeekCollaboration => Some(texts::KEEP_COLLABORATION),
            MoveCode::Answer => Some(texts::KEEP_ANSWER),
            MoveCode::HoldLimit => Some(texts::KEEP_LIMIT),
            MoveCode::PersuadeWithPermission => Some(texts::KEEP_ASKED_FOR),
            MoveCode::ClosedQuestion if self.score.verdict == Verdict::Supportive => {
                Some(texts::KEEP_CLOSED_QUESTION)
            }
            _ => None,
        }
    }

    fn corrections(&self) -> Vec<String> {
        match self.score.verdict {
            Verdict::Unscorable if self.words() >= WHOLE && self.score.behaviour.other < 1.0 => {
                self.say(texts::CHANGE_NOT_THIS_CLIENT, None)
            }
            Verdict::Unscorable => self.say(texts::CHANGE_UNSCORABLE, None),
            Verdict::Directive => self.push_alone(),
            Verdict::Mixed => self.push_beside(),
            Verdict::Supportive => self.no_push(),
        }
    }

    fn push_alone(&self) -> Vec<String> {
        let worst =
            self.most(
                |found, effect| {
                    if found.code.side() == Side::Directive { 100.0 - effect } else { -effect }
                },
            );
        let cases = match worst.map(|found| found.code) {
            Some(MoveCode::Confront) => texts::CHANGE_CONFRONT,
            Some(MoveCode::Reassure) => texts::CHANGE_REASSURE,
            Some(MoveCode::Persuade) => texts::CHANGE_PERSUADE,
            _ => texts::CHANGE_BACK_TO_TASK,
        };
        self.say(cases, worst)
    }

    fn push_beside(&self) -> Vec<String> {
        let on = |side| self.score.moves.iter().filter(move |found| found.code.side() == side);
        let pushes: Vec<&Move> = on(Side::Directive).collect();
        let helps: Vec<&Move> = on(Side::Supportive).collect();
        let worst = self.most(|found, effect| {
            let pushes = found.code.side() == Side::Directive;
            if pushes { 100.0 - effect } else { f64::NEG_INFINITY }
        });
        let cases = match (pushes.as_slice(), helps.as_slice()) {
            ([push], [.., last]) if last.end <= push.start => {
                if self.fills_first_sentence(helps[0].start, push.start) {
                    texts::CHANGE_FIRST_SENTENCE
                } else {
                    texts::CHANGE_PUSH_AFTER
                }
            }
            ([push], [first, ..]) if push.end <= first.start => texts::CHANGE_PUSH_BEFORE,
            ([_], _) => texts::CHANGE_PUSH_AMONG,
            _ => texts::CHANGE_PUSHES,
        };
        self.say(cases, worst)
    }

    /// Whether what stands before the push is one sentence, and begins the reply.
    fn fills_first_sentence(&self, help: usize, push: usize) -> bool {
        let before = self.response.get(..push).unwrap_or_default().trim_end();
        let ends = before.matches(['.', '!', '?']).count();
        help == self.response.len() - self.response.trim_start().len()
            && ends == 1
            && before.ends_with(['.', '!', '?'])
    }

    /// No push: the weakest criterion, where one is owed at all.
    fn no_push(&self) -> Vec<String> {
        let Score { criteria, points, .. } = *self.score;
        if is_full_answer(criteria) {
            return if self.words() > LONG {
                self.say(texts::CHANGE_SHORTER, None)
            } else {
                Vec::new()
            };
        }
        if points >= GOOD {
            return Vec::new();
        }
        let mut weak = vec![(criteria.fit, Criterion::Fit)];
        if !has_a_full_part(criteria) {
            if !self.has(MoveCode::OpenQuestion) {
                weak.push((criteria.understanding, Criterion::Understanding));
            }
            weak.push((criteria.curiosity, Criterion::Curiosity));
        }
        weak.retain(|(points, _)| *points < 2);
        weak.sort_by_key(|(points, _)| *points);
        weak.into_iter().flat_map(|(points, of)| self.say_weak(of, points)).collect()
    }

    fn say_weak(&self, criterion: Criterion, points: u8) -> Vec<String> {
        let find =
            |codes: &[MoveCode]| self.score.moves.iter().find(|found| codes.contains(&found.code));
        let reflection = find(&[MoveCode::ComplexReflection, MoveCode::SimpleReflection]);
        let limit = find(&[MoveCode::HoldLimit]);
        let (cases, of) = match (criterion, points) {
            _ if limit.is_some() && reflection.is_none() => (texts::CHANGE_BARE_LIMIT, limit),
            (Criterion::Fit, 0)
                if self.score.criteria.understanding == 1 && reflection.is_some() =>
            {
                (texts::CHANGE_MISSES, reflection)
            }
            (Criterion::Fit, 0) => (texts::CHANGE_ANYONE, None),
            (Criterion::Fit, _) => (texts::CHANGE_TOUCHES, None),
            (Criterion::Understanding, 1) if reflection.is_some() => {
                (texts::CHANGE_RESTATES, reflection)
            }
            (Criterion::Understanding, _) => (texts::CHANGE_NOTHING_HEARD, None),
            (Criterion::Curiosity | Criterion::Autonomy | Criterion::Nondirective, _) => {
                let (open, closed) =
                    (find(&[MoveCode::OpenQuestion]), find(&[MoveCode::ClosedQuestion]));
                match (open, closed) {
                    (Some(_), _) => (texts::CHANGE_WIDER, open),
                    (None, Some(_)) => (texts::CHANGE_CLOSED, closed),
                    (None, None) => (texts::CHANGE_NO_ROOM, None),
                }
            }
        };
        self.say(cases, of)
    }

    /// The move that counts most by `rank`, which is given its effect on the stance.
    fn most(&self, rank: impl Fn(&Move, f64) -> f64) -> Option<&Move> {
        let ranked = self.score.moves.iter().map(|found| (rank(found, self.effect(found)), found));
        ranked.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, found)| found)
    }

    fn effect(&self, found: &Move) -> f64 {
        self.marks_in(found).map(|mark| mark.effect).sum()
    }

    fn marks_in(&self, found: &Move) -> impl Iterator<Item = &super::score::Evidence> {
        let (start, end) = (found.start, found.end);
        self.score.evidence.iter().filter(move |mark| start <= mark.start && mark.end <= end)
    }

    fn has(&self, code: MoveCode) -> bool {
        self.score.moves.iter().any(|found| found.code == code)
    }

    fn words(&self) -> usize {
        self.response.split_whitespace().count()
    }

    /// Every phrasing of a case, begun at a place that the reply itself decides.
    fn say(&self, cases: &[&str], of: Option<&Move>) -> Vec<String> {
        let quoted = of.and_then(|found| {
            let words = |start: usize, end: usize| {
                self.response.get(start..end).map_or(0, |text| text.split_whitespace().count())
            };
            let mark = self
                .marks_in(found)
                .filter(|mark| words(mark.start, mark.end) >= QUOTED)
                .max_by(|a, b| a.effect.abs().total_cmp(&b.effect.abs()));
            let (start, end) = mark.map_or((found.start, found.end), |mark| (mark.start, mark.end));
            quote(self.response, start, end)
        });
        let offset = hash(self.response) as usize % cases.len().max(1);
        cases
            .iter()
            .cycle()
            .skip(offset)
            .take(cases.len())
            .filter_map(|text| self.filled(text, quoted.as_deref()))
            .collect()
    }

    fn filled(&self, text: &str, quoted: Option<&str>) -> Option<String> {
        if text.contains("{quote}") && quoted.is_none() {
            return None;
        }
        let filled = text.replace("{client}", &self.client);
        let filled = filled.replace("{quote}", quoted.unwrap_or_default());
        Some(capitalised(&filled))
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", characters.as_str()).replace(". the client", ". The client")
}

/// FNV-1a (Fowler, Noll & Vo, 1991): the same on every machine and in every build.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::{Candidates, candidates, choose, doubt, texts};
    use crate::rubric::{
        Behaviour, Criteria, Evidence, Move, MoveCode, Probabilities, Reason, Score, Verdict,
    };

    fn score(verdict: Verdict, criteria: [u8; 5], moves: &[(MoveCode, usize, usize)]) -> Score {
        let [understanding, curiosity, autonomy, nondirective, fit] = criteria;
        let criteria = Criteria { understanding, curiosity, autonomy, nondirective, fit };
        Score {
            verdict,
            stance: 0.5,
            confidence: 0.8,
            abstained: false,
            reason: None,
            probabilities: Probabilities {
                supportive: 0.5,
                mixed: 0.4,
                directive: 0.1,
                unscorable: 0.0,
            },
            points: criteria.points(),
            criteria,
            behaviour: Behaviour { reflection: 1.0, question: 0.0, input: 0.0, other: 0.0 },
            moves: moves
                .iter()
                .map(|(code, start, end)| Move {
                    start: *start,
                    end: *end,
                    code: *code,
                    probability: 0.8,
                    depth: None,
                })
                .collect(),
            evidence: moves
                .iter()
                .map(|(code, start, end)| Evidence {
                    start: *start,
                    end: *end,
                    criterion: crate::rubric::evidence::criterion_of(*code),
                    effect: if code.side() == crate::rubric::Side::Directive { -1.0 } else { 1.0 },
                })
                .collect(),
            strength: None,
            correction: None,
            model: String::new(),
        }
    }

    const JOB: &str = "So I'm one more person with a job for you. But you'll feel better for it.";

    #[test]
    fn a_mixed_reply_keeps_its_own_words_and_names_its_push() {
        let moves = [(MoveCode::ComplexReflection, 0, 42), (MoveCode::Persuade, 43, JOB.len())];
        let found = candidates(&score(Verdict::Mixed, [2, 1, 0, 0, 2], &moves), JOB, Some("Ruth"));
        assert!(found.strengths[0].contains("I'm one more person with a job"));
        assert!(found.corrections.contains(
            &"\"You'll feel better for it\" is a push. The first sentence is enough.".to_owned()
        ));
    }

    #[test]
    fn where_several_push_none_of_them_is_called_enough() {
        let text = "Just do it tonight. So much effort, and nothing to show. Then do it tomorrow.";
        let second = text.find("So").unwrap_or_default();
        let third = text.find("Then").unwrap_or_default();
        let moves = [
            (MoveCode::Persuade, 0, second - 1),
            (MoveCode::ComplexReflection, second, third - 1),
            (MoveCode::Persuade, third, text.len()),
        ];
        let found = candidates(&score(Verdict::Mixed, [2, 1, 0, 0, 2], &moves), text, None);
        let said = super::phrasing(&found.corrections[0]).unwrap_or_default();
        assert!(texts::CHANGE_PUSHES.contains(&said), "{said}");
        let among = [
            moves[1],
            (MoveCode::Persuade, third, third + 4),
            (MoveCode::Affirm, third + 5, text.len()),
        ];
        let found = candidates(&score(Verdict::Mixed, [2, 1, 0, 0, 2], &among), text, None);
        let said = super::phrasing(&found.corrections[0]).unwrap_or_default();
        assert!(texts::CHANGE_PUSH_AMONG.contains(&said), "{said}");
    }

    #[test]
    fn a_full_answer_owes_nothing_and_autonomy_one_is_never_corrected() {
        let said = |criteria, code| {
            let text = "No wonder the diary is shut.";
            let moves = [(code, 0, text.len())];
            candidates(&score(Verdict::Supportive, criteria, &moves), text, Some("Ruth"))
                .corrections
        };
        assert!(said([2, 1, 1, 2, 2], MoveCode::ComplexReflection).is_empty());
        assert!(said([0, 2, 1, 2, 2], MoveCode::OpenQuestion).is_empty());
        assert!(said([0, 0, 2, 2, 2], MoveCode::SeekCollaboration).is_empty());
        let restates = said([1, 1, 1, 2, 2], MoveCode::SimpleReflection);
        assert!(!restates.is_empty() && !restates.iter().any(|text| text.contains("choice")));
        let general = said([1, 1, 1, 2, 0], MoveCode::Affirm);
        assert!(
            texts::CHANGE_ANYONE.iter().any(|text| general[0] == text.replace("{client}", "Ruth"))
        );
    }

    #[test]
    fn a_directive_reply_is_praised_for_nothing() {
        let text =
            "You are being difficult again, and it helps nobody here, least of all you, you know.";
        let confronted = score(Verdict::Directive, [0; 5], &[(MoveCode::Confront, 0, text.len())]);
        assert!(candidates(&confronted, text, None).strengths.is_empty());
        let kind = "It will be fine.";
        let reassured = score(Verdict::Directive, [0; 5], &[(MoveCode::Reassure, 0, kind.len())]);
        let found = candidates(&reassured, kind, None);
        assert!(found.strengths.is_empty());
        assert!(found.corrections[0].contains("\"It will be fine\""));
    }

    #[test]
    fn a_reply_meant_for_someone_else_is_not_told_that_it_is_none() {
        let first = |text| candidates(&score(Verdict::Unscorable, [0; 5], &[]), text, None);
        let elsewhere = "So your brother kept the van, and nobody asked you about it at all.";
        assert_ne!(first(elsewhere).corrections, first("it sounds like").corrections);
    }

    #[test]
    fn what_was_said_before_gives_way_whatever_it_quoted() {
        let text = "Ten minutes would help.";
        let push = score(Verdict::Directive, [0; 5], &[(MoveCode::Persuade, 0, text.len())]);
        let mut said: Vec<String> = Vec::new();
        for name in ["Ruth", "Theo", "Dana", "Owen"] {
            let all = candidates(&push, text, Some(name));
            said.extend(choose(&all, &said).change);
        }
        let frames: std::collections::HashSet<_> =
            said.iter().filter_map(|text| super::phrasing(text)).collect();
        assert_eq!(frames.len(), 4, "{said:?}");
        assert_eq!(choose(&Candidates::default(), &said), super::Feedback::default());
    }

    #[test]
    fn not_sure_says_what_is_in_doubt_and_nothing_else() {
        let mut unsure = score(Verdict::Supportive, [1; 5], &[(MoveCode::Affirm, 0, 42)]);
        (unsure.abstained, unsure.reason) = (true, Some(Reason::Doubt));
        assert_eq!(candidates(&unsure, JOB, None), Candidates::default());
        assert!(
            doubt(&unsure, JOB, Some("Ruth")).is_some_and(|line| line.contains("one more person"))
        );
        unsure.reason = None;
        assert_eq!(doubt(&unsure, JOB, None), None);
    }

    #[test]
    fn every_text_fits_two_lines_and_is_told_from_the_others() {
        let quoted = format!("\"{}…\"", "x".repeat(45));
        for text in texts::ALL.iter().flat_map(|case| case.iter()) {
            let said = text.replace("{quote}", &quoted).replace("{client}", "Wilhelmina-Maria");
            assert!(said.chars().count() <= 132, "{said}");
            assert!(
                text.split(['{', '}'])
                    .skip(1)
                    .step_by(2)
                    .all(|name| ["quote", "client"].contains(&name))
            );
            assert_eq!(super::phrasing(&said), Some(*text), "{said}");
        }
    }
}
