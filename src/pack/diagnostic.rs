//! What is wrong with a pack, where, and what to do about it.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::model::words;
use crate::text::neutralise;

words! {
    /// How much a diagnostic weighs.
    Severity {
        /// The pack is not loaded.
        Error => "error",
        /// The pack is loaded; it could be better.
        Advice => "advice",
    }
}

words! {
    /// The stable short name of a kind of fault.
    #[expect(missing_docs, reason = "the messages say what each is; the names are for scripts")]
    Code {
        Unreadable => "unreadable",
        PackLayout => "pack-layout",
        TooLarge => "too-large",
        NotUtf8 => "not-utf8",
        ByteOrderMark => "byte-order-mark",
        UnsafeCharacter => "unsafe-character",
        Syntax => "syntax",
        TooDeep => "too-deep",
        TooManyValues => "too-many-values",
        Alias => "alias",
        Tag => "tag",
        MultipleDocuments => "multiple-documents",
        DuplicateField => "duplicate-field",
        Format => "format",
        UnknownField => "unknown-field",
        MissingField => "missing-field",
        WrongType => "wrong-type",
        Empty => "empty",
        LineBreak => "line-break",
        UnknownWord => "unknown-word",
        OutOfRange => "out-of-range",
        IdSpelling => "id-spelling",
        DuplicateId => "duplicate-id",
        DuplicateText => "duplicate-text",
        Version => "version",
        Language => "language",
        NoVignettes => "no-vignettes",
        NoClientTurn => "no-client-turn",
        Resistance => "resistance",
        Foil => "foil",
        SameDirection => "same-direction",
        ReplySet => "reply-set",
        StanceNotHere => "stance-not-here",
        ModelStance => "model-stance",
        Media => "media",
        MoreFaults => "more-faults",
    }
}

/// One file of a pack, as it is shown and searched.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path, as it is shown.
    pub name: String,
    /// The content, with what no screen may see blanked, byte for byte and character for
    /// character, so that positions hold.
    pub text: String,
}

/// A stretch of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character, in characters, from 1.
    pub column: usize,
}

/// The line that a diagnostic points at, and the bytes of it that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Excerpt {
    line: String,
    start: usize,
    end: usize,
}

/// One fault or piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Its stable short name.
    pub code: Code,
    /// The file, as the user named it or found it.
    pub file: String,
    /// From 1; none where the fault is no single line's.
    pub line: Option<usize>,
    /// In characters, from 1.
    pub column: Option<usize>,
    /// What is wrong, on one line.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
    #[serde(skip)]
    excerpt: Option<Box<Excerpt>>,
}

/// Columns past this are pointed at by number only: the line would not fit any screen.
const LAST_SHOWN_COLUMN: usize = 400;

impl Diagnostic {
    /// A fault of a whole file or folder.
    pub fn of_file(
        code: Code,
        file: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            code,
            file: neutralise(file),
            line: None,
            column: None,
            message: one_line(&message.into()),
            remedy: one_line(&remedy.into()),
            excerpt: None,
        }
    }

    /// A fault at a place in a file.
    pub fn at(
        code: Code,
        source: &Source,
        span: Span,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            line: Some(span.line),
            column: Some(span.column),
            excerpt: excerpt(&source.text, span),
            ..Self::of_file(code, &source.name, message, remedy)
        }
    }

    /// The same as advice, which keeps no pack from loading.
    #[must_use]
    pub fn as_advice(self) -> Self {
        Self { severity: Severity::Advice, ..self }
    }

    /// Whether it keeps the pack from loading.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// `file`, `file:line` or `file:line:column`.
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        for number in [self.line, self.column].into_iter().flatten() {
            let _ = write!(place, ":{number}");
        }
        place
    }

    /// The place, the message, the line itself and the remedy, over several lines; `colour` only
    /// for a terminal that wants it.
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Advice => Level::WARNING.with_name("advice"),
        };
        let title = level.primary_title(self.message.as_str()).id(self.code.word());
        let place = self.line.unwrap_or(1);
        let group = match &self.excerpt {
            Some(excerpt) => Group::with_title(title).element(
                Snippet::source(excerpt.line.as_str())
                    .line_start(place)
                    .path(self.file.as_str())
                    .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end)),
            ),
            None => Group::with_title(title).element(match (self.line, self.column) {
                (Some(line), Some(column)) => {
                    Origin::path(self.file.as_str()).line(line).char_column(column)
                }
                _ => Origin::path(self.file.as_str()),
            }),
        };
        let group = group.element(Level::HELP.message(self.remedy.as_str()));
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// Messages quote what stands in a file, which may hold anything.
fn one_line(text: &str) -> String {
    neutralise(text).replace('\n', " ")
}

fn excerpt(text: &str, span: Span) -> Option<Box<Excerpt>> {
    if span.column > LAST_SHOWN_COLUMN {
        return None;
    }
    let start = span.start.min(text.len());
    let before = text.get(..start)?;
    // Counted back by column, since YAML also ends lines with a lone carriage return.
    let line_start =
        before.char_indices().rev().take(span.column - 1).last().map_or(start, |(index, _)| index);
    let rest = &text[line_start..];
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let end =
        line.char_indices().nth(LAST_SHOWN_COLUMN + 80).map_or(line.len(), |(index, _)| index);
    let line = &line[..end];
    let first = (start - line_start).min(line.len());
    let last = span.end.saturating_sub(line_start).clamp(first, line.len());
    Some(Box::new(Excerpt { line: line.to_owned(), start: first, end: last }))
}

/// Faults as they are found, up to a bound that keeps a hopeless file from flooding the screen.
#[derive(Debug, Default)]
pub(super) struct Faults {
    list: Vec<Diagnostic>,
    errors: usize,
    advice: usize,
}

/// Errors shown for one pack; the rest is counted.
const MOST_ERRORS: usize = 200;

/// Pieces of advice shown for one pack; the rest is dropped.
const MOST_ADVICE: usize = 50;

impl Faults {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let (count, most) = match diagnostic.severity {
            Severity::Error => (&mut self.errors, MOST_ERRORS),
            Severity::Advice => (&mut self.advice, MOST_ADVICE),
        };
        *count += 1;
        if *count <= most {
            self.list.push(diagnostic);
        }
    }

    pub(super) fn at(
        &mut self,
        code: Code,
        source: &Source,
        span: Span,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        if self.is_full() {
            self.count();
        } else {
            self.push(Diagnostic::at(code, source, span, message, remedy));
        }
    }

    /// Whether further errors are only counted.
    pub(super) fn is_full(&self) -> bool {
        self.errors >= MOST_ERRORS
    }

    /// Counts an error that would not be listed, and whose words are not worth finding.
    pub(super) fn count(&mut self) {
        self.errors += 1;
    }

    /// How many are listed: a mark for `sort_from`.
    pub(super) fn mark(&self) -> usize {
        self.list.len()
    }

    /// How many errors there were, listed or not.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// Puts what was found since the mark, all in one file, in the order of that file.
    pub(super) fn sort_from(&mut self, mark: usize) {
        self.list[mark..].sort_by_key(|fault| (fault.line, fault.column));
    }

    /// All of them, with a last line for the errors left out.
    pub(super) fn finish(mut self, pack: &str) -> Vec<Diagnostic> {
        let left_out = self.errors.saturating_sub(MOST_ERRORS);
        if left_out > 0 {
            self.list.push(Diagnostic::of_file(
                Code::MoreFaults,
                pack,
                format!("{left_out} more faults are not shown"),
                "Mend these first, then check again.",
            ));
        }
        self.list
    }
}
