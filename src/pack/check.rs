//! The rules of a vignette (INTERFACE.md, *A vignette pack*): from the tree to the model.

use super::diagnostic::Code;
use super::fields::{Reader, Record, Reported};
use super::media;
use super::model::{Client, Foil, Form, Heard, Level, Manner, Nature, Resistance, Then, Vignette};
use super::replies;
use super::tree::{Entry, Node};

const VIGNETTE: &[&str] = &[
    "id",
    "level",
    "topics",
    "setting",
    "client",
    "direction",
    "statement",
    "nonverbal",
    "media",
    "media_first",
    "tone",
    "intensity",
    "duty",
    "resistance",
    "foil",
    "heard",
    "replies",
    "then",
];

/// The forms under which `resistance` says what the statement is.
const NATURES: &[&str] = &["content", "process", "both", "none"];

/// Longest id: it names files and stands in narrow lists.
const LONGEST_ID: usize = 64;

/// One vignette; none where anything in it is wrong. `folder` is where its media lie.
pub(super) fn vignette(
    reader: &mut Reader<'_>,
    node: &Node,
    folder: Option<&std::path::Path>,
) -> Option<Vignette> {
    let record = reader.record(node, "a vignette", VIGNETTE)?;
    let id = required_id(reader, &record, "`id: a-few-words-with-hyphens`.");
    let level = reader
        .require(&record, "level", "`level:` with beginner, intermediate or advanced.")
        .and_then(|node| reader.word(node, "level", Level::ALL, Level::word));
    let topics = topics(reader, &record);
    let client = reader
        .require(&record, "client", "`client: {name: Dana, about: \"34, teacher\"}`.")
        .and_then(|node| client(reader, node));
    let direction =
        reader.required_text(&record, "direction", "`direction:` with the therapist's words.");
    let statement = reader.optional_text(&record, "statement");
    let nonverbal = reader.optional_text(&record, "nonverbal");
    if record.find("statement").is_none() && record.find("nonverbal").is_none() {
        reader.fault(
            Code::NoClientTurn,
            record.span,
            "the client neither says nor does anything in this vignette",
            "Add `statement:` with what is said, or `nonverbal:` with what is done without words.",
        );
    }
    let setting = reader.optional_text(&record, "setting");
    let tone = reader.optional_text(&record, "tone");
    let intensity = intensity(reader, &record);
    let media = media::read(reader, &record, folder);
    let duty = reader.flag(&record, "duty");
    let resistance = reader
        .require(
            &record,
            "resistance",
            "`resistance: {content: {why: \"…\"}}`, or process, both or none.",
        )
        .and_then(|node| resistance(reader, node));
    let nature = resistance.as_ref().map(|resistance| resistance.nature);
    if let (Some(nature), Some(entry)) = (nature, record.entry("resistance")) {
        advise_on_form(reader, &record, nature, entry);
    }
    let foil = foil(reader, &record, duty, nature);
    if let (Some(direction), Ok(Some(foil))) = (&direction, &foil) {
        different_turns(reader, &record, direction, &foil.direction);
    }
    let heard = reader
        .require(
            &record,
            "heard",
            "`heard: {feelings: [tired], meanings: [\"it was for nothing\"]}`.",
        )
        .and_then(|node| heard(reader, node));
    let replies = reader
        .require(&record, "replies", "`replies:`, each with stance, text and why.")
        .and_then(|node| replies::read(reader, node, duty, nature));
    let then = match record.find("then") {
        None => Some(None),
        Some(node) => then(reader, node).map(Some),
    };
    let (media, media_first) = media?;
    Some(Vignette {
        id: id?,
        level: level?,
        topics: topics?,
        setting: setting.ok()?,
        client: client?,
        direction: direction?,
        statement: statement.ok()?,
        nonverbal: nonverbal.ok()?,
        media,
        media_first,
        tone: tone.ok()?,
        intensity: intensity.ok()?,
        duty: duty?,
        resistance: resistance?,
        foil: foil.ok()?,
        heard: heard?,
        replies: replies?,
        then: then?,
    })
}

/// An id: lower-case ASCII words joined by hyphens.
pub(super) fn required_id(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    example: &str,
) -> Option<String> {
    let node = reader.require(record, "id", example)?;
    let id = reader.text(node, "id")?;
    let words = id.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    });
    if !words || id.len() > LONGEST_ID {
        reader.fault(
            Code::IdSpelling,
            node.span,
            format!("\"{}\" cannot be an id", super::fields::clip(&id)),
            format!("Use a to z, 0 to 9 and single hyphens, {LONGEST_ID} characters at most: tape-did-nothing."),
        );
        return None;
    }
    Some(id)
}

fn topics(reader: &mut Reader<'_>, record: &Record<'_>) -> Option<Vec<String>> {
    let node = reader.require(record, "topics", "`topics: [anxiety, homework]`.")?;
    let topics = reader.texts(node, "topics")?;
    if topics.is_empty() {
        reader.fault(
            Code::Empty,
            node.span,
            "`topics` is empty",
            "Name at least one, so that the vignette can be found or left out.",
        );
        return None;
    }
    Some(topics)
}

fn client(reader: &mut Reader<'_>, node: &Node) -> Option<Client> {
    let record = reader.record(node, "`client`", &["name", "about"])?;
    let name = reader.required_text(&record, "name", "`name:` with a first name.");
    let about = reader.optional_text(&record, "about");
    Some(Client { name: name?, about: about.ok()? })
}

fn intensity(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<Option<u8>, Reported> {
    let Some(node) = record.find("intensity") else { return Ok(None) };
    let text = reader.text(node, "intensity").ok_or(Reported)?;
    if let Ok(value @ 1..=5) = text.parse::<u8>() {
        return Ok(Some(value));
    }
    reader.fault(
        Code::OutOfRange,
        node.span,
        format!("`intensity` cannot be \"{}\"", super::fields::clip(&text)),
        "Write a whole number from 1 (mild) to 5 (fierce).",
    );
    Err(Reported)
}

fn resistance(reader: &mut Reader<'_>, node: &Node) -> Option<Resistance> {
    let record = reader.record(node, "`resistance`", NATURES)?;
    let named: Vec<&Entry> =
        record.entries().iter().filter(|entry| NATURES.contains(&entry.key.as_str())).collect();
    let [entry] = named[..] else {
        if named.is_empty() && !record.entries().is_empty() {
            return None;
        }
        let (span, message) = match named.get(1) {
            None => (record.span, "`resistance` says nothing".to_owned()),
            Some(second) => (
                second.key_span,
                format!("`resistance` says both `{}` and `{}`", named[0].key, second.key),
            ),
        };
        let remedy = "Say one of content, process, both (in words and without) or none.";
        reader.fault(Code::Resistance, span, message, remedy);
        return None;
    };
    let form = Form::ALL.iter().copied().find(|form| form.word() == entry.key);
    let (what, known): (_, &[&str]) = match form {
        Some(_) => ("the form of resistance", &["manner", "why"]),
        None => ("`none`", &["kind", "why"]),
    };
    let body = reader.record(&entry.value, what, known)?;
    let why = reader.required_text(&body, "why", "`why:` with one sentence.");
    let (nature, manner) = if let Some(form) = form {
        let manner = match body.find("manner") {
            None => Some(None),
            Some(node) => reader.word(node, "manner", Manner::ALL, Manner::word).map(Some),
        };
        (Some(Nature::Resistance(form)), manner)
    } else {
        let kind = reader
            .require(&body, "kind", "`kind: follows` or `kind: ambivalent`.")
            .and_then(|node| no_resistance(reader, node));
        (kind, Some(None))
    };
    Some(Resistance { nature: nature?, manner: manner?, why: why? })
}

/// The two natures that are no resistance.
fn no_resistance(reader: &mut Reader<'_>, node: &Node) -> Option<Nature> {
    reader.word(node, "kind", &[Nature::Follows, Nature::Ambivalent], |nature| match nature {
        Nature::Follows => "follows",
        _ => "ambivalent",
    })
}

fn advise_on_form(reader: &mut Reader<'_>, record: &Record<'_>, nature: Nature, entry: &Entry) {
    let (missing, message, remedy) = match nature.form() {
        Some(Form::Content) => (
            "statement",
            "content resistance is verbal, and nothing is said here",
            "Add `statement:`, or call it process.",
        ),
        Some(Form::Process) => (
            "nonverbal",
            "process resistance shows without words, and nothing is done here",
            "Add `nonverbal:` with what the client does, or call it content.",
        ),
        Some(Form::Both) if record.find("statement").is_some() => (
            "nonverbal",
            "`both` is in words and without, and nothing is done here",
            "Add `nonverbal:` with what the client does, or call it content.",
        ),
        Some(Form::Both) => (
            "statement",
            "`both` is in words and without, and nothing is said here",
            "Add `statement:`, or call it process.",
        ),
        None => return,
    };
    // A vignette with neither has its own fault.
    let neither = record.find("statement").is_none() && record.find("nonverbal").is_none();
    if record.find(missing).is_none() && !neither {
        reader.advise(Code::Resistance, entry.key_span, message, remedy);
    }
}

/// The foil; none on `duty`.
fn foil(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    duty: Option<bool>,
    nature: Option<Nature>,
) -> Result<Option<Foil>, Reported> {
    if duty == Some(true) {
        let Some(entry) = record.entry("foil") else { return Ok(None) };
        reader.fault(
            Code::Foil,
            entry.key_span,
            "a vignette with `duty: true` has no foil",
            "Remove the foil: such a moment is talked through, whatever came before it.",
        );
        return Err(Reported);
    }
    let example = "`foil: {direction: \"…\", why: \"…\"}`, a turn after which the statement is something else.";
    let node = match duty {
        Some(_) => reader.require(record, "foil", example),
        None => record.find("foil"),
    };
    let foil = node
        .and_then(|node| reader.record(node, "`foil`", &["direction", "why", "kind", "form"]))
        .ok_or(Reported)?;
    let direction =
        reader.required_text(&foil, "direction", "`direction:` with the therapist's words.");
    let why = reader.required_text(&foil, "why", "`why:` with one sentence.");
    let nature = turned(reader, &foil, nature);
    let (Some(direction), Some(why), Some(nature)) = (direction, why, nature) else {
        return Err(Reported);
    };
    Ok(Some(Foil { direction, nature, why }))
}

/// What the statement is after the foil.
fn turned(reader: &mut Reader<'_>, foil: &Record<'_>, nature: Option<Nature>) -> Option<Nature> {
    let kind = foil.find("kind").map(|node| no_resistance(reader, node));
    let form = foil
        .find("form")
        .map(|node| reader.word(node, "form", Form::ALL, Form::word).map(Nature::Resistance));
    if nature?.is_resistance() {
        if let Some(entry) = foil.entry("form") {
            reader.fault(
                Code::Foil,
                entry.key_span,
                "`form` belongs to the foil of a vignette that is no resistance",
                "Remove it; `kind: follows` or `kind: ambivalent` says what the statement becomes.",
            );
            return None;
        }
        kind.unwrap_or(Some(Nature::Follows))
    } else {
        if let Some(entry) = foil.entry("kind") {
            reader.fault(
                Code::Foil,
                entry.key_span,
                "after this foil the statement is resistance, and `kind` says it is none",
                "Remove `kind`, and say its form: `form: content`, `process` or `both`.",
            );
            return None;
        }
        if form.is_none() {
            reader.fault(
                Code::Foil,
                foil.span,
                "this foil makes a resistance of the statement, and does not say in which form",
                "Add `form: content`, `process` or `both`.",
            );
        }
        form.flatten()
    }
}

/// The same words cannot make the statement two things.
fn different_turns(reader: &mut Reader<'_>, record: &Record<'_>, direction: &str, foil: &str) {
    if !same_words(direction, foil) {
        return;
    }
    let span = record.find("foil").map_or(record.span, |node| node.span);
    reader.fault(
        Code::SameDirection,
        span,
        "the foil's direction is the direction itself",
        "Write another turn of the therapist's, after which the same statement is something else.",
    );
}

/// Whether two texts differ in nothing but case, spaces and punctuation.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(one).eq(letters(other))
}

fn heard(reader: &mut Reader<'_>, node: &Node) -> Option<Heard> {
    let record = reader.record(node, "`heard`", &["feelings", "meanings"])?;
    let mut read = |name| match record.find(name) {
        None => Some(Vec::new()),
        Some(node) => reader.texts(node, name),
    };
    let heard = Heard { feelings: read("feelings")?, meanings: read("meanings")? };
    if heard.feelings.is_empty() && heard.meanings.is_empty() {
        reader.fault(
            Code::Empty,
            record.span,
            "`heard` names neither feelings nor meanings",
            "Add at least one of what may be heard: `feelings: [tired]`.",
        );
        return None;
    }
    Some(heard)
}

fn then(reader: &mut Reader<'_>, node: &Node) -> Option<Then> {
    let record = reader.record(node, "`then`", &["supportive", "directive"])?;
    if record.entries().is_empty() {
        reader.fault(
            Code::Empty,
            record.span,
            "`then` is empty",
            "Add what the client may say next, after `supportive:` or `directive:`; or leave `then` out.",
        );
        return None;
    }
    let supportive = reader.optional_text(&record, "supportive");
    let directive = reader.optional_text(&record, "directive");
    Some(Then { supportive: supportive.ok()?, directive: directive.ok()? })
}
