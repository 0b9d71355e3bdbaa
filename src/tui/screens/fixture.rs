//! What the tests of screens stand on: a desk in a temporary home, and drawings at every size.

use std::sync::Arc;

use chrono::TimeDelta;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

use crate::driver::{Desk, Home, ScorerThread};
use crate::pack::{
    Client, Foil, Form, Framing, Heard, Level, Nature, Reply, ReplyStance, Resistance, Vignette,
};
use crate::practice::plan::Available;
use crate::practice::{
    Amount, Answer, Attempt, Drill, Ending, Met, Mix, Note, NoteContent, Past, PlannedItem,
    Responded, SessionStart, Settings, Shown, Stamp, Standing,
};
use crate::rubric::{
    Behaviour, Criteria, Criterion, Evidence, Probabilities, Reason, Score, Verdict,
};
use crate::store::{Draft, Store};
use crate::tui::keys::Action;
use crate::tui::layer::{Hands, Layer, Room, Turn};
use crate::tui::theme::{Choice, Environment, Theme};
use crate::tui::widgets::frame::draw;
use crate::tui::widgets::places::{Density, Places};

/// A desk, a time, and a size.
pub(crate) struct Stage {
    /// The desk, in a home that is gone at the end.
    pub(crate) desk: Desk,
    /// Now: a Thursday.
    pub(crate) now: Stamp,
    /// Columns and rows.
    pub(crate) size: (u16, u16),
    /// Whether the terminal shows ASCII only.
    pub(crate) ascii: bool,
}

/// The evening of 14 May 2026.
pub(crate) fn evening() -> Stamp {
    chrono::DateTime::parse_from_rfc3339("2026-05-14T18:40:00+02:00").unwrap()
}

/// The lines of a buffer, without what is blank at their ends.
pub(crate) fn lines(buffer: &Buffer) -> Vec<String> {
    buffer
        .area
        .rows()
        .map(|row| {
            row.columns().map(|cell| buffer[cell.as_position()].symbol()).collect::<String>()
        })
        .map(|line| line.trim_end().to_owned())
        .collect()
}

impl Stage {
    /// Anna's desk, new, at 80x24.
    pub(crate) fn new() -> Self {
        Self::with_home(Home::find(true, None).unwrap())
    }

    /// Anna's desk in a home.
    pub(crate) fn with_home(home: Home) -> Self {
        let now = evening();
        Self { desk: Desk::open(home, "Anna", now).unwrap(), now, size: (80, 24), ascii: false }
    }

    /// The theme in black and white.
    fn theme(&self) -> Theme {
        Theme::new(Choice::Mono, &Environment { ascii: self.ascii, ..Environment::default() })
    }

    /// What there is room for, as the stack of layers says it.
    pub(crate) fn room(&self) -> Room {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let of = |wide| Places::of(area, wide).ok();
        let places = of(false);
        Room {
            width: places.map_or(0, |places| usize::from(places.words_width())),
            wide_width: of(true).map_or(0, |places| usize::from(places.words_width())),
            height: places.map_or(0, |places| usize::from(places.body.height)),
            density: places.map_or(Density::of(0, 0), |places| places.density),
            marks: self.theme().marks,
        }
    }

    /// Calls with hands on the desk.
    pub(crate) fn with_hands<T>(&mut self, call: impl FnOnce(&mut Hands<'_>) -> T) -> T {
        let room = self.room();
        let start_scorer = || ScorerThread::start(|_| ());
        call(&mut Hands {
            desk: &mut self.desk,
            now: self.now,
            room,
            seed: 7,
            start_scorer: &start_scorer,
        })
    }

    /// Lets a layer act.
    pub(crate) fn act(&mut self, layer: &mut dyn Layer, action: Action) -> Turn {
        self.with_hands(|hands| layer.act(action, hands))
    }

    /// Presses a character while a layer is typed into.
    pub(crate) fn press(&mut self, layer: &mut dyn Layer, characters: &str) {
        use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
        for character in characters.chars() {
            let key = KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE);
            self.with_hands(|hands| layer.key(key, hands));
        }
    }

    /// The buffer of a layer.
    pub(crate) fn buffer(&self, layer: &dyn Layer) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        draw(&layer.view(self.room(), self.now), &self.theme(), &mut buffer);
        buffer
    }

    /// The drawing of a layer, as text.
    pub(crate) fn drawn(&self, layer: &dyn Layer) -> String {
        lines(&self.buffer(layer)).join("\n")
    }

    /// Draws a layer at every size that matters: nothing may panic, and from the smallest size on
    /// the first key and the title are there.
    pub(crate) fn every_size(&mut self, layer: &dyn Layer) {
        let before = self.size;
        let tiny = (1..=10).flat_map(|width| (1..=10).map(move |height| (width, height)));
        let small = (55..=65).flat_map(|width| (14..=22).map(move |height| (width, height)));
        let drawn = (79..=81).flat_map(|width| (23..=25).map(move |height| (width, height)));
        for (width, height) in tiny.chain(small).chain(drawn).chain([(120, 40), (200, 60)]) {
            self.size = (width, height);
            let lines = lines(&self.buffer(layer));
            if width >= 60 && height >= 18 {
                let text = lines.join("\n");
                let view = layer.view(self.room(), self.now);
                assert!(text.contains(&view.heading.title), "{width}x{height}:\n{text}");
                let first = view.hints.first().map_or("", |hint| hint.words.as_str());
                assert!(text.contains(first), "{width}x{height} lacks {first:?}:\n{text}");
            }
        }
        self.size = before;
    }
}

impl Stage {
    /// Anna's desk after three sets: one a week ago, one ended early, and one left on Monday with a
    /// draft.
    pub(crate) fn with_sets() -> Self {
        let stage = Self::new();
        let mut store = Store::open_existing(stage.desk.home(), "Anna").unwrap();
        let shelf = stage.desk.shelf();
        for (number, days) in [(1_u128, 7), (2, 2), (3, 3)] {
            let begun = stage.now - TimeDelta::days(days);
            let start = SessionStart {
                id: Uuid::from_u128(number),
                at: begun,
                settings: Settings {
                    mix: Mix::Mixed,
                    packs: Vec::new(),
                    level: None,
                    amount: Amount::Count(8),
                },
                seed: 7,
                program: "test".to_owned(),
            };
            let resisting: Vec<&Available> = shelf
                .iter()
                .filter(|each| {
                    each.vignette.resistance.nature.is_resistance() && !each.vignette.duty
                })
                .skip(8 * (number as usize - 1))
                .take(8)
                .collect();
            let planned: Vec<PlannedItem> =
                resisting.iter().map(|each| planned(each, number)).collect();
            let vignettes: Vec<Arc<Vignette>> =
                resisting.iter().map(|each| Arc::clone(&each.vignette)).collect();
            store.begin_session(&start, &planned, &vignettes).unwrap();
            let attempts = attempts(&start, &resisting, if number == 3 { 1 } else { 4 });
            for (item, attempt) in &attempts {
                store.record_attempt(attempt, &[], *item).unwrap();
            }
            let last = attempts.last().map_or(begun, |(_, attempt)| attempt.at);
            let ending = match number {
                1 => Some(Ending::Finished),
                2 => Some(Ending::Ended),
                _ => None,
            };
            if let Some(ending) = ending {
                let content = NoteContent::Ended { ending };
                let id = Uuid::from_u128(number + 900);
                let note = Note { id, session: start.id, attempt: None, at: last, content };
                store.record_note(&note).unwrap();
            } else {
                let text = "So I'm one more person".to_owned();
                store.save_draft(&Draft { session: start.id, item: 1, at: last, text }).unwrap();
            }
        }
        stage
    }
}

fn planned(from: &Available, number: u128) -> PlannedItem {
    let drill = if number == 3 { Drill::Respond } else { Drill::Identify };
    PlannedItem {
        drill,
        framing: Framing::Direction,
        vignette: from.reference.clone(),
        comes_back: false,
    }
}

/// Tries at the first statements: a miss and a supportive retry, an unsure one, then identify.
fn attempts(start: &SessionStart, from: &[&Available], most: usize) -> Vec<(usize, Attempt)> {
    let reply = |text: &str, verdict, abstained| {
        let score = score(verdict, abstained);
        Answer::Responded(Box::new(Responded {
            response: text.to_owned(),
            judged_resistance: Some(true),
            judged_stance: Some(Verdict::Mixed),
            met: match (abstained, verdict) {
                (true, _) => Met::Unsure,
                (false, Verdict::Supportive) => Met::Yes,
                _ => Met::No,
            },
            keep: None,
            change: Some("\"Ten minutes\" is a push.".to_owned()),
            score: Some(score),
            copied: false,
        }))
    };
    let answers = [
        (0, 1, reply("I hear you, but it helps. Try ten minutes?", Verdict::Directive, false)),
        (0, 2, reply("One more person with a job for you.", Verdict::Supportive, false)),
        (1, 1, reply("Does the register go in the bin?", Verdict::Mixed, true)),
        (2, 1, Answer::Identified { resistance: true, form: Some(Form::Content) }),
    ];
    answers
        .into_iter()
        .take(most)
        .zip(0_u32..)
        .map(|((item, try_number, answer), index)| {
            let each = from[item];
            let vignette = &each.vignette;
            let identified = matches!(answer, Answer::Identified { .. });
            let attempt = Attempt {
                id: Uuid::from_u128(start.id.as_u128() * 100 + u128::from(index)),
                session: start.id,
                at: start.at + TimeDelta::minutes(1 + i64::from(index)),
                ordinal: item as u32 + 1,
                try_number,
                drill: if identified { Drill::Identify } else { Drill::Respond },
                framing: Framing::Direction,
                vignette: each.reference.clone(),
                level: vignette.level,
                topics: vignette.topics.clone(),
                shown: Shown {
                    client: vignette.client.name.clone(),
                    direction: vignette.direction.clone(),
                    statement: vignette.statement.clone(),
                    nonverbal: vignette.nonverbal.clone(),
                },
                nature: vignette.resistance.nature,
                answer,
            };
            (item, attempt)
        })
        .collect()
}

fn score(verdict: Verdict, abstained: bool) -> Score {
    let points = match verdict {
        Verdict::Supportive => [2, 2, 1, 2, 2],
        Verdict::Mixed => [1, 1, 1, 0, 2],
        Verdict::Directive | Verdict::Unscorable => [0, 0, 0, 0, 1],
    };
    let mut criteria = Criteria::default();
    for (criterion, points) in Criterion::ALL.into_iter().zip(points) {
        criteria.set(criterion, points);
    }
    let of = |each| if each == verdict { 0.91 } else { 0.03 };
    Score {
        verdict,
        stance: of(Verdict::Supportive) - of(Verdict::Directive),
        confidence: 0.7,
        abstained,
        reason: abstained.then_some(Reason::Doubt),
        probabilities: Probabilities {
            supportive: of(Verdict::Supportive),
            mixed: of(Verdict::Mixed),
            directive: of(Verdict::Directive),
            unscorable: of(Verdict::Unscorable),
        },
        points: criteria.points(),
        criteria,
        behaviour: Behaviour { reflection: 0.7, question: 0.1, input: 0.1, other: 0.1 },
        moves: Vec::new(),
        evidence: vec![Evidence {
            start: 0,
            end: 10,
            criterion: Criterion::Understanding,
            effect: if verdict == Verdict::Supportive { 0.2 } else { -0.2 },
        }],
        strength: None,
        correction: None,
        model: "test".to_owned(),
    }
}

/// The drawing's five weeks of first tries, with identify, discriminate and judgement beside them.
pub(crate) fn five_weeks() -> Vec<Past> {
    let weeks = [(2, 8), (4, 12), (5, 11), (8, 14), (4, 6)];
    let mut past = Vec::new();
    for (week, (met, of)) in (0_i64..).zip(weeks) {
        let at = evening() - TimeDelta::days(7 * (4 - week) + 2);
        for number in 0..of {
            let id = past.len() as u128 + 1;
            let standing = if number < met { Standing::Met } else { Standing::Missed };
            for drill in Drill::ALL {
                past.push(one(id * 10 + drill as u128, at, drill, standing, number));
            }
        }
    }
    past
}

fn one(id: u128, at: Stamp, drill: Drill, standing: Standing, number: u32) -> Past {
    let responds = drill == Drill::Respond;
    let met = standing == Standing::Met;
    let is = !number.is_multiple_of(3);
    let verdict = if met { Verdict::Supportive } else { Verdict::Directive };
    let criteria = Criteria {
        understanding: if met { 2 } else { 1 },
        curiosity: (number % 3) as u8,
        autonomy: u8::from(met),
        nondirective: if met { 2 } else { 0 },
        fit: 2,
    };
    Past {
        attempt: Uuid::from_u128(id),
        session: Uuid::from_u128(1),
        at,
        ordinal: number,
        try_number: 1,
        drill,
        framing: Framing::Direction,
        pack: "test".to_owned(),
        vignette: id.to_string(),
        level: Level::Beginner,
        nature: if is { Nature::Resistance(Form::Content) } else { Nature::Follows },
        standing,
        verdict: responds.then_some(verdict),
        abstained: false,
        criteria: responds.then_some(criteria),
        judged_stance: responds.then_some(Verdict::Supportive),
        judged_resistance: Some(if met { is } else { !is }),
        copied: false,
    }
}

/// The moment that is drawn in the documentation of the screens.
pub(crate) fn ruth() -> Vignette {
    let reply = |stance, model, text: &str, why: &str| Reply {
        stance,
        model,
        text: text.to_owned(),
        why: why.to_owned(),
    };
    Vignette {
        id: "more-chores".to_owned(),
        level: Level::Beginner,
        topics: vec!["depression".to_owned()],
        setting: Some("Behavioural activation, session 3".to_owned()),
        client: Client { name: "Ruth".to_owned(), about: Some("61, retired".to_owned()) },
        direction: "Shall we put a walk down for Saturday?".to_owned(),
        statement: Some(
            "More chores, and you call it medicine. Thirty years I've tidied up after people."
                .to_owned(),
        ),
        nonverbal: Some("shuts the diary".to_owned()),
        media: None,
        media_first: false,
        tone: None,
        intensity: None,
        duty: false,
        resistance: Resistance {
            nature: Nature::Resistance(Form::Both),
            manner: None,
            why: "She opposes the walk that was just proposed, and shuts the diary on it."
                .to_owned(),
        },
        foil: Some(Foil {
            direction: "What has changed since the children left?".to_owned(),
            nature: Nature::Follows,
            why: "Asked about it, she tells of it.".to_owned(),
        }),
        heard: Heard {
            feelings: vec!["tired".to_owned(), "used".to_owned()],
            meanings: vec!["it was meant to be my turn by now".to_owned()],
        },
        replies: vec![
            reply(
                ReplyStance::Supportive,
                true,
                "You came for some relief and I gave you homework. I got ahead of you there.",
                "Owns the misstep, defends nothing.",
            ),
            reply(
                ReplyStance::Directive,
                false,
                "Activity lifts mood. Try ten minutes.",
                "Argues for the walk.",
            ),
        ],
        then: None,
    }
}

/// The moment below which help is drawn.
pub(crate) fn theo() -> Vignette {
    Vignette {
        client: Client { name: "Theo".to_owned(), about: None },
        direction: "Would you tell your brother about the debt before Friday?".to_owned(),
        statement: Some("He'd only laugh, and I'd have to sit there for it.".to_owned()),
        nonverbal: None,
        ..ruth()
    }
}
