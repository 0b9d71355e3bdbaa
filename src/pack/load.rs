//! From files to a checked pack, with every fault that can be found in one run.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check::{required_id, vignette};
use super::diagnostic::{Code, Diagnostic, Faults, Source, Span};
use super::fields::{Reader, clip};
use super::model::{AssessmentForm, Pack, Vignette};
use super::source::decode;
use super::tree::{Node, Value, parse};

/// The only format there is so far.
const FORMAT: &str = "1";

/// Largest file of a pack, in bytes (INTERFACE.md: 8 MiB).
const LARGEST: u64 = 8 * 1024 * 1024;

/// The file of a folder that says what the pack is.
pub(super) const HEAD: &str = "pack.yaml";

/// What reading a pack gave.
#[derive(Debug)]
pub struct Checked {
    /// The pack, where there is no error (there may be advice).
    pub pack: Option<Pack>,
    /// Everything found, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// How many diagnostics are errors.
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }

    pub(super) fn of_fault(fault: Diagnostic) -> Self {
        Self { pack: None, diagnostics: vec![fault] }
    }
}

/// What a file of a pack has to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// All of the pack.
    Whole,
    /// `pack`, and vignettes if it likes.
    Head,
    /// Vignettes only.
    Part,
}

/// Loads and checks a pack: one YAML file, or a folder with a `pack.yaml`. Whatever is wrong is a
/// diagnostic, a path that leads nowhere too.
pub fn load(path: &Path) -> Checked {
    let shown = path.display().to_string();
    if !path.is_dir() {
        return assemble(&shown, path.parent(), [(Role::Whole, shown.clone(), read(path))]);
    }
    match files_of(path) {
        Ok(files) => {
            let strays = strays(&files);
            let files = files.iter().filter(|file| has_extension(file, "yaml")).map(|file| {
                let role = if file.ends_with(HEAD) { Role::Head } else { Role::Part };
                (role, file.display().to_string(), read(file))
            });
            let mut checked = assemble(&shown, Some(path), files);
            if !strays.is_empty() {
                checked.pack = None;
                checked.diagnostics.extend(strays);
            }
            checked
        }
        Err(fault) => Checked::of_fault(fault),
    }
}

/// Checks a pack of one file that is in memory, under the name by which its faults are shown.
pub fn check_bytes(name: &str, bytes: &[u8]) -> Checked {
    assemble(name, None, [(Role::Whole, name.to_owned(), Ok(Cow::Borrowed(bytes)))])
}

/// Loads and checks a pack that is embedded: its name and its files, `pack.yaml` first.
pub(super) fn load_embedded(name: &str, files: &[(&str, &'static str)]) -> Checked {
    let files = files.iter().map(|(file, text)| {
        let role = if file.ends_with(HEAD) { Role::Head } else { Role::Part };
        (role, (*file).to_owned(), Ok(Cow::Borrowed(text.as_bytes())))
    });
    assemble(name, None, files)
}

/// The files of a folder that look like YAML, `pack.yaml` first, the others by name.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let shown = folder.display().to_string();
    let unreadable = |error: std::io::Error| {
        Diagnostic::of_file(
            Code::Unreadable,
            &shown,
            format!("this folder cannot be read: {error}"),
            "Check the path, and who may read it.".to_owned(),
        )
    };
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && (has_extension(&path, "yaml") || has_extension(&path, "yml")) {
            files.push(path);
        }
    }
    files.sort_by_key(|file| (!file.ends_with(HEAD), file.clone()));
    if files.first().is_some_and(|file| file.ends_with(HEAD)) {
        return Ok(files);
    }
    Err(Diagnostic::of_file(
        Code::PackLayout,
        &shown,
        format!("this folder has no {HEAD}"),
        format!(
            "Add a {HEAD} with `format: 1` and `pack:`, or name the one file that is the pack."
        ),
    ))
}

fn strays(files: &[PathBuf]) -> Vec<Diagnostic> {
    files
        .iter()
        .filter(|file| has_extension(file, "yml"))
        .map(|file| {
            Diagnostic::of_file(
                Code::PackLayout,
                &file.display().to_string(),
                "a file that ends in .yml is not read".to_owned(),
                "Rename it so that it ends in .yaml.".to_owned(),
            )
        })
        .collect()
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

fn read(path: &Path) -> Result<Cow<'static, [u8]>, Diagnostic> {
    let shown = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        Diagnostic::of_file(
            Code::Unreadable,
            &shown,
            format!("this file cannot be read: {error}"),
            "Check the path, and who may read it.".to_owned(),
        )
    };
    // Asked before opening: opening a pipe would wait for whoever writes to it.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(unreadable(std::io::Error::other("it is not a regular file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Diagnostic::of_file(
            Code::TooLarge,
            &shown,
            "this file is over 8 MiB".to_owned(),
            "Make a folder of it: pack.yaml, and the vignettes in several files.".to_owned(),
        ));
    }
    Ok(Cow::Owned(bytes))
}

fn assemble<'b>(
    name: &str,
    folder: Option<&Path>,
    files: impl IntoIterator<Item = (Role, String, Result<Cow<'b, [u8]>, Diagnostic>)>,
) -> Checked {
    let mut assembly = Assembly::default();
    for (role, file, bytes) in files {
        let mark = assembly.faults.mark();
        match bytes {
            Ok(bytes) => {
                if let Some(source) = decode(file, &bytes, &mut assembly.faults) {
                    assembly.file(&source, role, folder);
                }
            }
            Err(fault) => assembly.faults.push(fault),
        }
        assembly.faults.sort_from(mark);
    }
    assembly.finish(name)
}

#[derive(Default)]
struct Assembly {
    faults: Faults,
    head: Option<Pack>,
    vignettes: Vec<Arc<Vignette>>,
    /// Where each id was met first.
    ids: HashMap<String, String>,
    moments: HashSet<(String, String)>,
}

impl Assembly {
    fn file(&mut self, source: &Source, role: Role, folder: Option<&Path>) {
        let errors = self.faults.errors();
        let Some(root) = parse(source, &mut self.faults) else {
            if self.faults.errors() == errors {
                let span = Span { line: 1, column: 1, ..Span::default() };
                let remedy = "Begin with `format: 1`, or remove the file.";
                self.faults.at(Code::Empty, source, span, "this file is empty", remedy);
            }
            return;
        };
        let mut reader = Reader { source, faults: &mut self.faults };
        let known = ["format", "pack", "vignettes"];
        let Some(record) = reader.record(&root, "a pack's file", &known) else { return };
        let format = reader.require(&record, "format", "`format: 1` as the first line.");
        if format.is_some_and(|node| !is_readable(&mut reader, node)) {
            return;
        }
        match (role, record.entry("pack")) {
            (Role::Part, None) => {}
            (Role::Part, Some(entry)) => reader.fault(
                Code::PackLayout,
                entry.key_span,
                format!("`pack` stands outside {HEAD}"),
                format!("Keep it in {HEAD} alone; this file has `format` and `vignettes`."),
            ),
            (Role::Whole | Role::Head, _) => {
                let example = "`pack:` with id, title, version and language.";
                if let Some(node) = reader.require(&record, "pack", example) {
                    self.head = head(&mut reader, node);
                }
            }
        }
        let vignettes = if role == Role::Head {
            record.find("vignettes")
        } else {
            reader.require(&record, "vignettes", "`vignettes:` with a list of them.")
        };
        let Some(node) = vignettes else { return };
        let Some(items) = reader.list(node, "vignettes") else { return };
        if items.is_empty() {
            let remedy = "Add at least one, or remove `vignettes:` with its file.";
            reader.fault(Code::NoVignettes, node.span, "there are no vignettes here", remedy);
        }
        for item in items {
            self.vignette(source, item, folder);
        }
    }

    fn vignette(&mut self, source: &Source, node: &Node, folder: Option<&Path>) {
        let mut reader = Reader { source, faults: &mut self.faults };
        let read = vignette(&mut reader, node, folder);
        if let Some((id, span)) = id_of(node) {
            if let Some(first) = self.ids.get(id) {
                reader.fault(
                    Code::DuplicateId,
                    span,
                    format!("another vignette of this pack has the id \"{}\"", clip(id)),
                    format!("Give this one an id of its own; the first is at {first}."),
                );
                return;
            }
            self.ids.insert(id.to_owned(), format!("{}:{}", source.name, span.line));
        }
        let Some(vignette) = read else { return };
        if !self.moments.insert((vignette.direction.clone(), vignette.client_turn())) {
            reader.advise(
                Code::DuplicateText,
                node.span,
                "another vignette of this pack has the same direction and statement",
                "Remove one, or make them two different moments.",
            );
        }
        self.vignettes.push(Arc::new(vignette));
    }

    fn finish(mut self, name: &str) -> Checked {
        if self.vignettes.is_empty() && self.faults.errors() == 0 {
            self.faults.push(Diagnostic::of_file(
                Code::NoVignettes,
                name,
                "this pack has no vignettes".to_owned(),
                "Add `vignettes:` with at least one.".to_owned(),
            ));
        }
        let diagnostics = self.faults.finish(name);
        let whole = !diagnostics.iter().any(Diagnostic::is_error);
        let pack =
            self.head.filter(|_| whole).map(|head| Pack { vignettes: self.vignettes, ..head });
        Checked { pack, diagnostics }
    }
}

fn is_readable(reader: &mut Reader<'_>, node: &Node) -> bool {
    let Some(text) = reader.text(node, "format") else { return false };
    if text == FORMAT {
        return true;
    }
    let (message, remedy) = if text.parse::<u32>().is_ok_and(|number| number > 1) {
        (
            format!("this file is of format {text}, and this rollwith reads format {FORMAT}"),
            "Update rollwith; your pack may be fine.".to_owned(),
        )
    } else {
        (format!("`format` cannot be \"{}\"", clip(&text)), format!("Write `format: {FORMAT}`."))
    };
    reader.fault(Code::Format, node.span, message, remedy);
    false
}

/// The id as it stands there, read also where the rest of the vignette is faulty.
fn id_of(node: &Node) -> Option<(&str, Span)> {
    let Value::Mapping(entries) = &node.value else { return None };
    let entry = entries.iter().find(|entry| entry.key == "id")?;
    match &entry.value.value {
        Value::Scalar { text, .. } if !text.is_empty() => Some((text, entry.value.span)),
        _ => None,
    }
}

const PACK: &[&str] =
    &["id", "title", "version", "language", "licence", "authors", "about", "assessment_form"];

fn head(reader: &mut Reader<'_>, node: &Node) -> Option<Pack> {
    let record = reader.record(node, "`pack`", PACK)?;
    let id = required_id(reader, &record, "`id: a-few-words-with-hyphens`.");
    let title = reader.required_text(&record, "title", "`title:` as it is shown on screen.");
    let version = reader.require(&record, "version", "`version: 1.0.0`.").and_then(|node| {
        spelled(reader, node, "version", is_semantic, Code::Version, VERSION_REMEDY)
    });
    let language = reader.require(&record, "language", "`language: en`.").and_then(|node| {
        spelled(reader, node, "language", is_tag, Code::Language, LANGUAGE_REMEDY)
    });
    let licence = reader.optional_text(&record, "licence");
    let about = reader.optional_text(&record, "about");
    let authors = match record.find("authors") {
        None => Some(Vec::new()),
        Some(node) => reader.texts(node, "authors"),
    };
    let form = match record.find("assessment_form") {
        None => Some(None),
        Some(node) => reader
            .word(node, "assessment_form", AssessmentForm::ALL, AssessmentForm::word)
            .map(Some),
    };
    Some(Pack {
        id: id?,
        title: title?,
        version: version?,
        language: language?,
        licence: licence.ok()?,
        authors: authors?,
        about: about.ok()?,
        assessment_form: form?,
        vignettes: Vec::new(),
    })
}

const VERSION_REMEDY: &str = "Write three numbers (semantic versioning): 1.0.0.";
const LANGUAGE_REMEDY: &str = "Write a language tag (BCP 47): en, de or pt-BR.";

fn spelled(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &str,
    is_right: fn(&str) -> bool,
    code: Code,
    remedy: &str,
) -> Option<String> {
    let text = reader.text(node, name)?;
    if is_right(&text) {
        return Some(text);
    }
    let message = format!("`{name}` cannot be \"{}\"", clip(&text));
    reader.fault(code, node.span, message, remedy);
    None
}

/// Semantic versioning 2.0.0.
fn is_semantic(text: &str) -> bool {
    let (rest, build) = text.split_once('+').map_or((text, None), |(a, b)| (a, Some(b)));
    let (core, pre) = rest.split_once('-').map_or((rest, None), |(a, b)| (a, Some(b)));
    let is_number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0'))
    };
    let is_word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_pre_word = |part: &str| {
        is_word(part) && (is_number(part) || !part.bytes().all(|b| b.is_ascii_digit()))
    };
    core.split('.').count() == 3
        && core.split('.').all(is_number)
        && pre.is_none_or(|pre| pre.split('.').all(is_pre_word))
        && build.is_none_or(|build| build.split('.').all(is_word))
}

/// The shape of a BCP 47 tag: a language, then subtags.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|language| {
        (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase())
    }) && parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::{is_semantic, is_tag};

    #[test]
    fn versions_and_language_tags_are_told_from_what_only_looks_like_them() {
        for right in ["1.0.0", "0.10.2", "1.0.0-rc.1+5", "1.0.0-0a"] {
            assert!(is_semantic(right), "{right}");
        }
        for wrong in ["1", "1.10", "01.0.0", "1.0.0-", "1.0.0-01", "v1.0.0", "1.0.0.0", ""] {
            assert!(!is_semantic(wrong), "{wrong}");
        }
        for right in ["en", "pt-BR", "zh-Hant-TW", "gsw"] {
            assert!(is_tag(right), "{right}");
        }
        for wrong in ["", "e", "English", "en_GB", "EN", "en-", "en--GB"] {
            assert!(!is_tag(wrong), "{wrong}");
        }
    }
}
