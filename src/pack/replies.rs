//! The replies of a vignette: which stances belong to which kind of moment.

use super::check::same_words;
use super::diagnostic::{Code, Span};
use super::fields::{Reader, clip};
use super::model::{Nature, Reply, ReplyStance};
use super::tree::Node;

/// What the replies to one kind of moment are.
struct Rule {
    /// As in "a moment that the client follows".
    moment: &'static str,
    /// The one appropriate stance: models have it, and one must be a model.
    appropriate: ReplyStance,
    /// At least one of these must stand beside it.
    contrast: &'static [ReplyStance],
    allowed: &'static [ReplyStance],
}

const PUSHED_BACK: Rule = Rule {
    moment: "resistance or ambivalence",
    appropriate: ReplyStance::Supportive,
    contrast: &[ReplyStance::Directive],
    allowed: &[ReplyStance::Supportive, ReplyStance::Mixed, ReplyStance::Directive],
};

const FOLLOWED: Rule = Rule {
    moment: "a client who follows",
    appropriate: ReplyStance::CarriesOn,
    contrast: &[ReplyStance::Overdone],
    allowed: &[ReplyStance::CarriesOn, ReplyStance::Overdone],
};

const DUTY: Rule = Rule {
    moment: "duty",
    appropriate: ReplyStance::Held,
    contrast: &[ReplyStance::Avoided, ReplyStance::Directive],
    allowed: &[ReplyStance::Held, ReplyStance::Avoided, ReplyStance::Directive],
};

/// The replies; none where any is wrong or the set is incomplete. Where a fault elsewhere leaves
/// the kind of moment unknown, each is read and the set is not judged.
pub(super) fn read(
    reader: &mut Reader<'_>,
    node: &Node,
    duty: Option<bool>,
    nature: Option<Nature>,
) -> Option<Vec<Reply>> {
    let rule = match (duty, nature) {
        (Some(true), _) => Some(&DUTY),
        (Some(false), Some(Nature::Follows)) => Some(&FOLLOWED),
        (Some(false), Some(_)) => Some(&PUSHED_BACK),
        _ => None,
    };
    let items = reader.list(node, "replies")?;
    let mut replies: Vec<Reply> = Vec::with_capacity(items.len());
    let mut whole = true;
    for item in items {
        let Some(reply) = reply(reader, item, rule) else {
            whole = false;
            continue;
        };
        if replies.iter().take(MOST_COMPARED).any(|other| same_words(&other.text, &reply.text)) {
            reader.fault(
                Code::DuplicateText,
                item.span,
                format!("the reply \"{}\" stands here a second time", clip(&reply.text)),
                "Remove it, or write another reply.",
            );
            whole = false;
        }
        replies.push(reply);
    }
    if !whole {
        return None;
    }
    complete(reader, node.span, &replies, rule?).then_some(replies)
}

/// Keeps a list of thousands from taking quadratic time; real ones have five.
const MOST_COMPARED: usize = 50;

fn reply(reader: &mut Reader<'_>, node: &Node, rule: Option<&Rule>) -> Option<Reply> {
    let record = reader.record(node, "a reply", &["stance", "model", "text", "why"])?;
    let stance_node = reader.require(&record, "stance", "`stance:` with what the reply does.");
    let stance = stance_node
        .and_then(|node| reader.word(node, "stance", ReplyStance::ALL, ReplyStance::word));
    let model = reader.flag(&record, "model");
    let text = reader.required_text(&record, "text", "`text:` with the therapist's words.");
    let why = reader.required_text(&record, "why", "`why:` with one sentence.");
    let mut fits = true;
    if let (Some(rule), Some(stance), Some(node)) = (rule, stance, stance_node) {
        if !rule.allowed.contains(&stance) {
            reader.fault(
                Code::StanceNotHere,
                node.span,
                format!("`{stance}` is no reply to {}", rule.moment),
                format!("Here a reply is {}.", alternatives(rule.allowed)),
            );
            fits = false;
        } else if model == Some(true) && stance != rule.appropriate {
            reader.fault(
                Code::ModelStance,
                node.span,
                format!("a `{stance}` reply cannot be a model"),
                format!("Remove `model: true`, or make it `{}`.", rule.appropriate),
            );
            fits = false;
        }
    }
    let reply = Reply { stance: stance?, model: model?, text: text?, why: why? };
    fits.then_some(reply)
}

fn complete(reader: &mut Reader<'_>, span: Span, replies: &[Reply], rule: &Rule) -> bool {
    let models = replies.iter().any(|reply| reply.model && reply.stance == rule.appropriate);
    if !models {
        let message = format!("no `{}` reply is a model", rule.appropriate);
        let remedy = format!("Add a reply with `stance: {}` and `model: true`.", rule.appropriate);
        reader.fault(Code::ReplySet, span, message, remedy);
    }
    let contrast = replies.iter().any(|reply| rule.contrast.contains(&reply.stance));
    if !contrast {
        let wanted = alternatives(rule.contrast);
        let message = format!("no reply is {wanted}");
        let remedy =
            format!("Add one: it shows what the `{}` ones leave undone.", rule.appropriate);
        reader.fault(Code::ReplySet, span, message, remedy);
    }
    models && contrast
}

fn alternatives(stances: &[ReplyStance]) -> String {
    let words: Vec<_> = stances.iter().map(|stance| format!("`{stance}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
