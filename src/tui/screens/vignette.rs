//! One vignette, read: the moment, what it is and why, the foil, what may be heard, the replies.

use std::sync::Arc;

use super::super::keys::{Action, Context, Shown};
use super::super::layer::{Hands, Layer, Room, Turn, hints};
use super::super::marks::Marks;
use super::super::theme::Role;
use super::super::widgets::frame::{Heading, View};
use super::super::widgets::row::{Row, Words};
use super::super::widgets::scroll;
use super::super::widgets::transcript::{Block, lay};
use super::at_work;
use super::practice::setting;
use crate::pack::{Form, Framing, Nature, Reply, ReplyStance, Vignette};
use crate::practice::plan::Request;
use crate::practice::{Amount, Drill, Mix, Stamp, wording};

/// A vignette, opened from its pack.
#[derive(Debug)]
pub struct VignetteLayer {
    pack: String,
    vignette: Arc<Vignette>,
    offset: usize,
    news: String,
}

impl VignetteLayer {
    /// A vignette of the pack of that id.
    pub fn new(pack: &str, vignette: Arc<Vignette>) -> Self {
        Self { pack: pack.to_owned(), vignette, offset: 0, news: String::new() }
    }

    fn pinned(&self, room: Room) -> Vec<Row> {
        let vignette = &self.vignette;
        let said = vignette.statement.as_deref().unwrap_or_default();
        let client = Block::client(
            &vignette.client.name,
            vignette.nonverbal.as_deref(),
            said,
            room.density.air,
        );
        let blocks = [Block::new("You", vignette.direction.as_str()), client];
        lay(&blocks, room.width, room.marks, room.density)
    }

    fn rows(&self, room: Room) -> Vec<Row> {
        let vignette = &self.vignette;
        let (_, nature, why) = vignette.under(Framing::Direction);
        let is = match nature {
            _ if vignette.duty => "a matter of duty: talked through, never scored".to_owned(),
            Nature::Resistance(form) => format!("yes, {}", form_said(form)),
            other => wording::nature(other).to_owned(),
        };
        let mut blocks = vec![Block::new("Resistance", is), Block::new("Why", why).joined()];
        if let Some(foil) = &vignette.foil {
            let turned = match foil.nature {
                Nature::Resistance(form) => format!("resistance, {}", form_said(form)),
                Nature::Follows => "no resistance: the client follows".to_owned(),
                Nature::Ambivalent => "no resistance: of two minds, not opposed".to_owned(),
            };
            let words = format!("After \"{}\", the same is {turned}. {}", foil.direction, foil.why);
            blocks.push(Block::new("Other way", words));
        }
        blocks.push(Block::new("Heard", wording::heard(&vignette.heard)));
        for reply in &vignette.replies {
            blocks.push(Block::new(stance(reply, room.marks), reply.text.as_str()));
            blocks.push(Block::new("", Words::of(Role::Muted, reply.why.as_str())).joined());
        }
        if let Some(then) = &vignette.then {
            for (after, said) in [("supportive", &then.supportive), ("directive", &then.directive)]
            {
                if let Some(said) = said {
                    let words = format!("after a {after} reply: {said}");
                    blocks.push(Block::new("Then", words));
                }
            }
        }
        let topics = format!("{}, {}", vignette.level, vignette.topics.join(", "));
        blocks.push(Block::new("Topics", topics));
        let mut rows = vec![Row::blank()];
        rows.extend(lay(&blocks, room.width, room.marks, room.density));
        rows
    }
}

/// The form within a sentence.
const fn form_said(form: Form) -> &'static str {
    match form {
        Form::Both => "in words and without",
        one => wording::form(one),
    }
}

/// The stance of a reply as a label of ten cells: its mark and its word.
fn stance(reply: &Reply, marks: &Marks) -> Words {
    let (role, mark, word) = match reply.stance {
        ReplyStance::Supportive => (Role::Supportive, marks.supportive, "meets"),
        ReplyStance::Mixed => (Role::Mixed, marks.mixed, "mixed"),
        ReplyStance::Directive => (Role::Directive, marks.directive, "pushes"),
        ReplyStance::CarriesOn => (Role::Supportive, marks.supportive, "goes on"),
        ReplyStance::Overdone => (Role::Mixed, marks.mixed, "too much"),
        ReplyStance::Held => (Role::Supportive, marks.supportive, "holds"),
        ReplyStance::Avoided => (Role::Mixed, marks.mixed, "avoids"),
    };
    Words::of(role, mark).and(Role::Plain, format!(" {word}"))
}

impl Layer for VignetteLayer {
    fn context(&self) -> Context {
        Context::Vignette
    }

    fn act(&mut self, action: Action, hands: &mut Hands<'_>) -> Turn {
        match action {
            Action::Enter => {
                let request = Request {
                    mix: Mix::Only(Drill::Respond),
                    amount: Amount::Count(1),
                    vignette: Some(format!("{}/{}", self.pack, self.vignette.id)),
                    ..Request::today()
                };
                match hands.begin(&request) {
                    Ok(practice) => Turn::Push(at_work(practice, hands.now)),
                    Err(why) => {
                        self.news = why.to_string();
                        Turn::Draw
                    }
                }
            }
            Action::Back => Turn::Pop,
            action => {
                let pinned = self.pinned(hands.room).len();
                let rows = self.rows(hands.room).len();
                let shown =
                    scroll::window(pinned, rows, hands.room.height, self.offset).shown.len();
                match scroll::scrolled(self.offset, action, shown, rows.saturating_sub(shown)) {
                    Some(offset) if offset != self.offset => {
                        self.offset = offset;
                        Turn::Draw
                    }
                    _ => Turn::Same,
                }
            }
        }
    }

    fn view(&self, room: Room, _now: Stamp) -> View<'_> {
        let vignette = &self.vignette;
        View {
            heading: Heading {
                title: vignette.id.clone(),
                tail: self.pack.clone(),
                ..Heading::default()
            },
            setting: setting(vignette),
            pinned: self.pinned(room),
            rows: self.rows(room),
            offset: self.offset,
            kept: self.news.clone(),
            hints: hints(Context::Vignette, &Shown::default()),
            ..View::default()
        }
    }
}
