//! The sound or video beside a pack's file.

use std::path::{Component, Path};

use super::diagnostic::Code;
use super::fields::{Reader, Record};
use super::tree::Node;

/// Types that the players of all three systems open.
const TYPES: &[&str] =
    &["mp4", "m4v", "mov", "webm", "mkv", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"];

/// Largest clip, in bytes (INTERFACE.md).
const LARGEST: u64 = 200_000_000;

/// `media` and `media_first`. `folder` is where the pack's file lies; built-in packs have none.
pub(super) fn read(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
    folder: Option<&Path>,
) -> Option<(Option<String>, bool)> {
    let first = reader.flag(record, "media_first");
    let Some(node) = record.find("media") else {
        if let (Some(true), Some(entry)) = (first, record.entry("media_first")) {
            reader.fault(
                Code::Media,
                entry.key_span,
                "`media_first` hides the words until a clip is opened, and there is no clip",
                "Add `media:` with the clip's file name, or remove `media_first`.",
            );
            return None;
        }
        return Some((None, first?));
    };
    let name = reader.text(node, "media")?;
    check(reader, node, &name, folder).then_some(())?;
    Some((Some(name), first?))
}

fn check(reader: &mut Reader<'_>, node: &Node, name: &str, folder: Option<&Path>) -> bool {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    let fault = if !plain || name.contains(['\\', ':']) {
        Some((
            format!("`media` leads out of the pack's folder: \"{}\"", super::fields::clip(name)),
            "Put the clip beside the pack's file and give its name alone.".to_owned(),
        ))
    } else if !has_known_type(path) {
        Some((
            format!("`media` is of a type that is not opened: \"{}\"", super::fields::clip(name)),
            format!("Use one of {}.", TYPES.join(", ")),
        ))
    } else {
        folder.and_then(|folder| unusable(folder, path))
    };
    match fault {
        None => true,
        Some((message, remedy)) => {
            reader.fault(Code::Media, node.span, message, remedy);
            false
        }
    }
}

fn has_known_type(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| TYPES.contains(&extension.to_ascii_lowercase().as_str()))
}

/// What keeps a clip from being opened, and what to do about it.
fn unusable(folder: &Path, name: &Path) -> Option<(String, String)> {
    let shown = name.display();
    let outside = || {
        (
            format!("`media` leads out of the pack's folder: \"{shown}\""),
            "Copy the clip itself beside the pack's file.".to_owned(),
        )
    };
    // A link inside the folder may point anywhere.
    let (Ok(folder), Ok(found)) = (folder.canonicalize(), folder.join(name).canonicalize()) else {
        return Some((
            format!("there is no file \"{shown}\" beside the pack's file"),
            "Put the clip there, correct its name, or remove `media`.".to_owned(),
        ));
    };
    if !found.starts_with(&folder) {
        return Some(outside());
    }
    match found.metadata() {
        Ok(file) if !file.is_file() => Some((
            format!("\"{shown}\" is not a file"),
            "Give the name of a sound or video file.".to_owned(),
        )),
        Ok(file) if file.len() > LARGEST => Some((
            format!("\"{shown}\" is over 200 MB"),
            "Cut or compress the clip: a moment takes seconds.".to_owned(),
        )),
        Ok(_) => None,
        Err(error) => Some((
            format!("\"{shown}\" cannot be read: {error}"),
            "Check who may read the file.".to_owned(),
        )),
    }
}
