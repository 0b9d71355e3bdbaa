//! The people of SCREENS' drawings, and sets that stand where each drawing does.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::driver::{Ledger, Practice, Scored, ScorerThread};
use crate::pack::{
    Client, Foil, Form, Framing, Heard, Level, Nature, Reply, ReplyStance, Resistance, Then,
    Vignette,
};
use crate::practice::{
    Amount, Answer, Attempt, Drill, Event, Item, Medians, Met, Mix, Note, PlannedItem, Private,
    Responded, Row, Session, SessionStart, Settings, ShownReply, Stamp, VignetteRef,
};
use crate::rubric::{
    Behaviour, Criteria, Criterion, Evidence, Move, MoveCode, Probabilities, Reason, Score, Verdict,
};
use crate::store::Draft;
use crate::tui::keys::Action;
use crate::tui::layer::{Layer, Room, Turn};
use crate::tui::screens::practice::PracticeLayer;
use crate::tui::theme::{Choice, Environment, Theme};
use crate::tui::widgets::frame::{Drawn, draw};
use crate::tui::widgets::places::Places;

/// What a ledger was handed, and whether its disk is full.
#[derive(Clone, Default)]
pub struct Book {
    pub attempts: Arc<Mutex<Vec<Attempt>>>,
    pub notes: Arc<Mutex<Vec<Note>>>,
    pub private: Arc<Mutex<Vec<Private>>>,
    pub drafts: Arc<Mutex<Vec<String>>>,
    pub full: Arc<Mutex<bool>>,
}

impl Book {
    fn room(&self) -> Result<(), String> {
        if *self.full.lock().unwrap() {
            return Err("the disk is full: practice.db cannot grow; free some space".to_owned());
        }
        Ok(())
    }
}

impl Ledger for Book {
    fn record_attempt(&mut self, it: &Attempt, _: &[Private], _: usize) -> Result<(), String> {
        self.room()?;
        self.attempts.lock().unwrap().push(it.clone());
        Ok(())
    }

    fn record_note(&mut self, note: &Note) -> Result<(), String> {
        self.room()?;
        self.notes.lock().unwrap().push(note.clone());
        Ok(())
    }

    fn record_private(&mut self, private: &Private) -> Result<(), String> {
        self.room()?;
        self.private.lock().unwrap().push(private.clone());
        Ok(())
    }

    fn save_draft(&mut self, draft: &Draft) -> Result<(), String> {
        self.room()?;
        self.drafts.lock().unwrap().push(draft.text.clone());
        Ok(())
    }
}

pub fn at(seconds: i64) -> Stamp {
    let start: Stamp = DateTime::parse_from_rfc3339("2026-05-14T18:42:00+02:00").unwrap();
    start + TimeDelta::seconds(seconds)
}

fn reply(stance: ReplyStance, model: bool, text: &str, why: &str) -> Reply {
    Reply { stance, model, text: text.to_owned(), why: why.to_owned() }
}

fn person(name: &str, direction: &str, statement: &str, why: &str) -> Vignette {
    Vignette {
        id: name.to_lowercase(),
        level: Level::Beginner,
        topics: vec!["mood".to_owned(), "homework".to_owned()],
        setting: None,
        client: Client { name: name.to_owned(), about: None },
        direction: direction.to_owned(),
        statement: Some(statement.to_owned()),
        nonverbal: None,
        media: None,
        media_first: false,
        tone: None,
        intensity: None,
        duty: false,
        resistance: Resistance {
            nature: Nature::Resistance(Form::Content),
            manner: None,
            why: why.to_owned(),
        },
        foil: None,
        heard: Heard::default(),
        replies: Vec::new(),
        then: None,
    }
}

pub fn ruth() -> Vignette {
    Vignette {
        setting: Some("CBT for depression, session 5".to_owned()),
        client: Client {
            name: "Ruth".to_owned(),
            about: Some("61, kept house for a family of five".to_owned()),
        },
        nonverbal: Some("shuts the diary".to_owned()),
        resistance: Resistance {
            nature: Nature::Resistance(Form::Both),
            manner: None,
            why: "A walk was proposed, and the diary shuts on it.".to_owned(),
        },
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
                ReplyStance::Supportive,
                true,
                "It was meant to be your turn by now, and this looks like somebody else's list \
                 again.",
                "Hears the wish inside the protest.",
            ),
            reply(ReplyStance::Directive, false, "A walk lifts the mood.", "Argues."),
        ],
        then: Some(Then {
            supportive: Some("Somebody else's list. Yes.".to_owned()),
            directive: None,
        }),
        ..person(
            "Ruth",
            "Shall we put a walk down for Saturday?",
            "More chores, and you call it medicine. Thirty years I've tidied up after people.",
            "",
        )
    }
}

pub fn idris() -> Vignette {
    Vignette {
        replies: vec![reply(ReplyStance::Supportive, true, "Back at school.", "Joins the image.")],
        ..person(
            "Idris",
            "Shall we go through this week's drinks, day by day?",
            "Here comes the register. Ask my mum, she keeps one too.",
            "the direction itself is mocked.",
        )
    }
}

fn theo() -> Vignette {
    Vignette {
        foil: Some(Foil {
            direction: "What would you expect him to say?".to_owned(),
            nature: Nature::Follows,
            why: "Asked what to expect, Theo says it.".to_owned(),
        }),
        heard: Heard {
            feelings: vec!["ashamed".to_owned(), "expecting scorn".to_owned()],
            meanings: vec!["I'd be small again".to_owned()],
        },
        ..person(
            "Theo",
            "Would you tell your brother about the debt before Friday?",
            "He'd only laugh, and I'd have to sit there for it.",
            "You asked for a step by Friday; Theo says why not.",
        )
    }
}

fn owen() -> Vignette {
    Vignette {
        replies: vec![
            reply(
                ReplyStance::Directive,
                false,
                "I can see it might look like that. I'd make sure you each got a fair hearing.",
                "A defence of the plan, after a stock acknowledgement.",
            ),
            reply(
                ReplyStance::Supportive,
                true,
                "Two against one, and you the one. This room would stop being yours.",
                "Says what it would be like for him, and leaves it there.",
            ),
            reply(
                ReplyStance::Directive,
                false,
                "What makes you so sure she would take my side?",
                "A challenge in the form of a question.",
            ),
        ],
        ..person(
            "Owen",
            "Shall we ask your wife to join us next week?",
            "So there'd be two of you telling me how to live. Lovely.",
            "The invitation is turned down.",
        )
    }
}

fn follows() -> Vignette {
    let mut vignette = person(
        "Maya",
        "What did the week look like?",
        "Quiet. I slept, mostly.",
        "Asked how the week was, Maya says it.",
    );
    vignette.resistance.nature = Nature::Follows;
    vignette.replies = vec![
        reply(ReplyStance::CarriesOn, true, "What was the sleep like?", "Goes on with it."),
        reply(ReplyStance::Overdone, false, "You feel cornered.", "Nothing to roll with."),
    ];
    vignette
}

fn duty() -> Vignette {
    let mut vignette = person(
        "Joan",
        "May I tell the team about this?",
        "If you tell anyone, I'm gone.",
        "A limit that is the therapist's to hold.",
    );
    vignette.duty = true;
    vignette.replies = vec![
        reply(ReplyStance::Held, true, "I have to tell them, with you here.", "Plain and warm."),
        reply(ReplyStance::Avoided, false, "We'll see.", "Leaves it unspoken."),
        reply(ReplyStance::Directive, false, "You must let me.", "Commands."),
    ];
    vignette
}

pub fn item(vignette: Vignette, drill: Drill) -> Item {
    Item {
        planned: PlannedItem {
            drill,
            framing: Framing::Direction,
            vignette: VignetteRef {
                pack: "drawings".to_owned(),
                version: "1.0.0".to_owned(),
                hash: format!("hash of {} in {}", vignette.id, drill.word()),
                id: vignette.id.clone(),
            },
            comes_back: false,
        },
        vignette: Arc::new(vignette),
        scored: true,
        example: None,
        earlier: Vec::new(),
    }
}

/// Eight items in the order of the drawings' places; the first is the one asked for.
pub fn items(first: Item) -> Vec<Item> {
    let mut items = vec![first];
    for (index, make) in
        [idris as fn() -> Vignette, theo, owen, follows, duty].into_iter().enumerate()
    {
        let mut vignette = make();
        vignette.id = format!("{}-{index}", vignette.id);
        items.push(item(vignette, Drill::Respond));
    }
    items
}

pub fn start() -> SessionStart {
    SessionStart {
        id: uuid::Uuid::from_u128(7),
        at: at(0),
        settings: Settings {
            mix: Mix::Mixed,
            packs: Vec::new(),
            level: None,
            amount: Amount::Count(8),
        },
        seed: 3,
        program: "test".to_owned(),
    }
}

pub fn score(verdict: Verdict, points: [u8; 5]) -> Score {
    let mut criteria = Criteria::default();
    for (criterion, points) in Criterion::ALL.into_iter().zip(points) {
        criteria.set(criterion, points);
    }
    let of = |each| if each == verdict { 0.7 } else { 0.1 };
    Score {
        verdict,
        stance: 0.0,
        confidence: 0.7,
        abstained: false,
        reason: None,
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
        evidence: Vec::new(),
        strength: None,
        correction: None,
        model: "rollwith-rubric 1.0.0".to_owned(),
    }
}

fn span(text: &str, part: &str) -> (usize, usize) {
    let start = text.find(part).unwrap();
    (start, start + part.len())
}

pub fn evidence(text: &str, part: &str, criterion: Criterion, effect: f64) -> Evidence {
    let (start, end) = span(text, part);
    Evidence { start, end, criterion, effect }
}

pub fn step_of(text: &str, part: &str, code: MoveCode, probability: f64) -> Move {
    let (start, end) = span(text, part);
    let depth = (code == MoveCode::ComplexReflection).then_some(0.8);
    Move { start, end, code, probability, depth }
}

/// An attempt at an item, as a set would record it.
pub fn attempt(item: &Item, number: u8, answer: Answer, seconds: i64) -> Attempt {
    Attempt {
        id: uuid::Uuid::from_u128(u128::from(number) << 8 | seconds as u128),
        session: start().id,
        at: at(seconds),
        ordinal: 1,
        try_number: number,
        drill: item.drill(),
        framing: Framing::Direction,
        vignette: item.planned.vignette.clone(),
        level: Level::Beginner,
        topics: item.vignette.topics.clone(),
        shown: item.shown(),
        nature: item.nature(),
        answer,
    }
}

pub fn responded(response: &str, judged: Verdict, score: Option<Score>, met: Met) -> Responded {
    Responded {
        response: response.to_owned(),
        judged_resistance: None,
        judged_stance: Some(judged),
        score,
        met,
        keep: None,
        change: None,
        copied: false,
    }
}

pub fn rows(attempts: impl IntoIterator<Item = Attempt>) -> Vec<Row> {
    attempts.into_iter().map(|attempt| Row::Attempt(Box::new(attempt))).collect()
}

pub const FIRST_TRY: &str = "I hear you, but activity lifts mood. Try ten minutes?";
pub const SECOND_TRY: &str = "So I'm one more person with a job for you. But a walk isn't a chore, \
                              and you'll feel better for it.";
pub const THIRD_TRY: &str =
    "Thirty years of tidying, and here I come with one more job. No wonder the diary is shut.";
pub const JOKE: &str = "I'd make a poor headmaster. Does the register go in the bin?";

/// Ruth's three tries, as drawn.
pub fn tries(item: &Item) -> [Attempt; 3] {
    let mut first = responded(
        FIRST_TRY,
        Verdict::Mixed,
        Some(score(Verdict::Directive, [0, 0, 0, 0, 1])),
        Met::No,
    );
    first.judged_resistance = Some(true);
    first.change =
        Some("\"Activity lifts mood\" answers for her. Start from what she said.".to_owned());
    let mut mixed = score(Verdict::Mixed, [2, 1, 0, 0, 2]);
    mixed.evidence = vec![
        evidence(
            SECOND_TRY,
            "I'm one more person with a job for you",
            Criterion::Understanding,
            0.4,
        ),
        evidence(
            SECOND_TRY,
            "But a walk isn't a chore, and you'll feel better for it.",
            Criterion::Nondirective,
            -0.6,
        ),
    ];
    mixed.moves = vec![
        step_of(
            SECOND_TRY,
            "So I'm one more person with a job for you.",
            MoveCode::ComplexReflection,
            0.81,
        ),
        step_of(
            SECOND_TRY,
            "But a walk isn't a chore, and you'll feel better for it.",
            MoveCode::Persuade,
            0.93,
        ),
    ];
    let mut second = responded(SECOND_TRY, Verdict::Mixed, Some(mixed), Met::No);
    second.keep = Some("\"One more person with a job\": you, as she sees you.".to_owned());
    second.change =
        Some("\"You'll feel better for it\" is a push. The first sentence is enough.".to_owned());
    let mut third = score(Verdict::Supportive, [2, 1, 1, 2, 2]);
    third.evidence =
        vec![evidence(THIRD_TRY, "No wonder the diary is shut", Criterion::Understanding, 0.5)];
    let third = responded(THIRD_TRY, Verdict::Supportive, Some(third), Met::Yes);
    let answer = |responded| Answer::Responded(Box::new(responded));
    [
        attempt(item, 1, answer(first), 10),
        attempt(item, 2, answer(second), 60),
        attempt(item, 3, answer(third), 120),
    ]
}

/// A reply that the scorer is not sure of.
pub fn joke(item: &Item) -> Attempt {
    let mut unsure = score(Verdict::Supportive, [1, 1, 1, 2, 1]);
    unsure.abstained = true;
    unsure.reason = Some(Reason::Doubt);
    unsure.probabilities.mixed = 0.2;
    unsure.moves = vec![
        step_of(JOKE, "I'd make a poor headmaster.", MoveCode::Other, 0.5),
        step_of(JOKE, "Does the register go in the bin?", MoveCode::ClosedQuestion, 0.6),
    ];
    unsure.evidence = vec![
        evidence(JOKE, "I'd make a poor headmaster.", Criterion::Fit, 0.1),
        evidence(JOKE, "Does the register go in the bin?", Criterion::Curiosity, 0.2),
    ];
    let mut responded = responded(JOKE, Verdict::Supportive, Some(unsure), Met::Unsure);
    responded.judged_resistance = Some(true);
    attempt(item, 1, Answer::Responded(Box::new(responded)), 10)
}

pub fn chosen(item: &Item, chosen: usize) -> Attempt {
    let replies = item
        .vignette
        .replies
        .iter()
        .map(|reply| ShownReply {
            stance: reply.stance,
            text: reply.text.clone(),
            why: reply.why.clone(),
        })
        .collect();
    attempt(item, 1, Answer::Chosen { replies, chosen }, 10)
}

pub fn respond_to_ruth() -> Item {
    item(ruth(), Drill::Respond)
}

pub fn respond_to_idris() -> Item {
    item(idris(), Drill::Respond)
}

pub fn identify_theo() -> Item {
    item(theo(), Drill::Identify)
}

pub fn choose_for_owen() -> Item {
    item(owen(), Drill::Discriminate)
}

pub fn respond_to_maya() -> Item {
    item(follows(), Drill::Respond)
}

pub fn respond_to_joan() -> Item {
    item(duty(), Drill::Respond)
}

/// A layer over a set, driven without a desk.
pub struct Screen {
    pub layer: PracticeLayer,
    pub book: Book,
    pub now: Stamp,
    pub size: (u16, u16),
}

impl Screen {
    /// A set that begins with an item and stands where its rows leave it.
    pub fn on(first: Item, rows: Vec<Row>) -> Self {
        Self::of(items(first), rows)
    }

    pub fn of(items: Vec<Item>, rows: Vec<Row>) -> Self {
        let session = Session::replay(start(), items, Medians::default(), rows).unwrap();
        let book = Book::default();
        let scorer = ScorerThread::start(|_| {}).unwrap();
        let now = at(180);
        let practice = Practice::new(session, Box::new(book.clone()), scorer);
        Self { layer: PracticeLayer::new(practice, now), book, now, size: (80, 24) }
    }

    pub fn room(&self) -> Room {
        room(self.size)
    }

    pub fn act(&mut self, action: Action) -> Turn {
        self.now += TimeDelta::seconds(1);
        self.layer.answer(action, self.room(), self.now)
    }

    pub fn digits(&mut self, digits: &[u8]) {
        for digit in digits {
            self.act(Action::Choose(*digit));
        }
    }

    pub fn write(&mut self, text: &str) {
        let (room, now) = (self.room(), self.now);
        self.layer.edit(room, now, |editor| editor.paste(text));
    }

    /// The scorer's answer to the reply that is being judged.
    pub fn scored(&mut self, ticket: u64, score: Score) {
        self.layer.practice.scored(Scored { ticket, score: Box::new(score) }, self.now);
        self.layer.settle(self.now);
    }

    pub fn tell(&mut self, event: Event) {
        self.layer.tell(event, self.now);
    }

    pub fn draw(&self, theme: &Theme) -> (Buffer, Drawn) {
        let (width, height) = self.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let room = Room { marks: theme.marks, ..self.room() };
        let drawn = draw(&self.layer.view(room, self.now), theme, &mut buffer);
        (buffer, drawn)
    }

    pub fn text(&self) -> String {
        text(&self.draw(&theme()).0)
    }

    /// The rows that the set left behind since it was put on screen.
    pub fn drafts(&self) -> Vec<String> {
        self.book.drafts.lock().unwrap().clone()
    }
}

pub fn theme() -> Theme {
    Theme::new(Choice::Terminal, &Environment::default())
}

pub fn room((width, height): (u16, u16)) -> Room {
    let area = Rect::new(0, 0, width, height);
    let places = |wide| Places::of(area, wide);
    let words = |wide| places(wide).map_or(0, |it| usize::from(it.words_width()));
    Room {
        width: words(false),
        wide_width: words(true),
        height: places(false).map_or(0, |it| usize::from(it.body.height)),
        density: crate::tui::widgets::places::Density::of(width, height),
        marks: theme().marks,
    }
}

pub fn text(buffer: &Buffer) -> String {
    buffer
        .area
        .rows()
        .map(|row| {
            row.columns().map(|cell| buffer[cell.as_position()].symbol()).collect::<String>()
        })
        .map(|line| line.trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}
