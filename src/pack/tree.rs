//! YAML to a tree in which every value knows its place: the parser's events, with no schema.
//!
//! Scalars stay text (`1.10` is a version, `No` a name), aliases are refused and not expanded, and
//! the tree is built without recursion, so that no file can grow or overflow anything.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as ParserSpan, Tag};

use super::diagnostic::{Code, Faults, Source, Span};

/// Deepest nesting that is read; a pack needs six.
const DEEPEST: usize = 32;

/// Most values read from a file of so many bytes; real packs have one for every 25.
const fn most_values(bytes: usize) -> usize {
    1000 + bytes / 4
}

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// What stands there.
#[derive(Debug)]
pub(super) enum Value {
    Scalar {
        text: String,
        /// Whether it stands there without quotes, so that `~` and nothing mean nothing.
        plain: bool,
    },
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>),
    /// Reported already; says nothing more.
    Unusable,
}

impl Node {
    /// Whether nothing stands there.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// What it is, for a message.
    pub(super) fn kind(&self) -> &'static str {
        match &self.value {
            _ if self.is_nothing() => "nothing",
            Value::Scalar { .. } => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a block of fields",
            Value::Unusable => "unusable",
        }
    }
}

/// A field: its name and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Node,
}

/// Reads one file. None where nothing can be read on; the faults say why.
pub(super) fn parse(source: &Source, faults: &mut Faults) -> Option<Node> {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: 2 * DEEPEST,
        block_nesting_limit: 2 * DEEPEST,
    };
    let mut builder = Builder::new(source, faults);
    for event in Parser::new_from_str_with_options(&source.text, options) {
        let next = match event {
            Ok((event, span)) => builder.event(event, span_of(span)),
            Err(error) => {
                builder.syntax(&error);
                Next::Stop
            }
        };
        if next == Next::Stop {
            return None;
        }
    }
    builder.root
}

#[derive(PartialEq, Eq)]
enum Next {
    Go,
    Stop,
}

enum Open {
    Sequence { span: Span, items: Vec<Node> },
    Mapping { span: Span, entries: Vec<Entry>, lines: HashMap<String, usize>, key: Key },
}

enum Key {
    Awaited,
    Read(String, Span),
    /// Reported already: its value is dropped.
    Dropped,
}

struct Builder<'s> {
    source: &'s Source,
    faults: &'s mut Faults,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    values: usize,
    aliases_reported: bool,
}

impl<'s> Builder<'s> {
    fn new(source: &'s Source, faults: &'s mut Faults) -> Self {
        Self {
            source,
            faults,
            open: Vec::new(),
            root: None,
            documents: 0,
            values: 0,
            aliases_reported: false,
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Next {
        if event.is_node() || event.is_alias() {
            self.values += 1;
            if self.values > most_values(self.source.text.len()) {
                self.fault(
                    Code::TooManyValues,
                    span,
                    "this file has far more values than its size allows",
                    "A pack is mostly prose: take out the empty entries.",
                );
                return Next::Stop;
            }
            if event.anchor_id().is_some() {
                self.alias(span);
            }
            if let Some(tag) = event.tag() {
                self.tag(tag, span);
            }
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.fault(
                        Code::MultipleDocuments,
                        span,
                        "a second document begins here",
                        "Keep one document in a file: remove this line, or make a second file.",
                    );
                    return Next::Stop;
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.alias(span);
                self.complete(Node { value: Value::Unusable, span });
            }
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let value = Value::Scalar { text: text.into_owned(), plain };
                self.complete(Node { value, span });
            }
            Event::SequenceStart(..) => {
                self.open.push(Open::Sequence { span, items: Vec::new() });
                return self.depth(span);
            }
            Event::MappingStart(..) => {
                self.open.push(Open::Mapping {
                    span,
                    entries: Vec::new(),
                    lines: HashMap::new(),
                    key: Key::Awaited,
                });
                return self.depth(span);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(Open::Sequence { span, items }) => {
                        Node { value: Value::Sequence(items), span }
                    }
                    Some(Open::Mapping { span, entries, .. }) => {
                        Node { value: Value::Mapping(entries), span }
                    }
                    None => return Next::Stop,
                };
                self.complete(node);
            }
            _ => {}
        }
        Next::Go
    }

    /// Puts a finished value where it belongs.
    fn complete(&mut self, node: Node) {
        let (entries, lines, key) = match self.open.last_mut() {
            None => {
                self.root = Some(node);
                return;
            }
            Some(Open::Sequence { items, .. }) => {
                items.push(node);
                return;
            }
            Some(Open::Mapping { entries, lines, key, .. }) => (entries, lines, key),
        };
        match std::mem::replace(key, Key::Awaited) {
            Key::Read(name, key_span) => entries.push(Entry { key: name, key_span, value: node }),
            Key::Dropped => {}
            Key::Awaited => {
                if let Value::Scalar { text, .. } = node.value {
                    if let Some(line) = lines.get(&text) {
                        let message = format!("`{text}` stands here a second time");
                        let remedy = format!("Keep one; the first is on line {line}.");
                        *key = Key::Dropped;
                        self.faults.at(
                            Code::DuplicateField,
                            self.source,
                            node.span,
                            message,
                            remedy,
                        );
                    } else {
                        lines.insert(text.clone(), node.span.line);
                        *key = Key::Read(text, node.span);
                    }
                } else {
                    *key = Key::Dropped;
                    if !matches!(node.value, Value::Unusable) {
                        self.faults.at(
                            Code::WrongType,
                            self.source,
                            node.span,
                            format!(
                                "the name of a field must be text, and this is {}",
                                node.kind()
                            ),
                            "Write `name: value`; put text that begins with [ or { in quotes.",
                        );
                    }
                }
            }
        }
    }

    fn depth(&mut self, span: Span) -> Next {
        if self.open.len() <= DEEPEST {
            return Next::Go;
        }
        self.too_deep(span);
        Next::Stop
    }

    fn too_deep(&mut self, span: Span) {
        self.fault(
            Code::TooDeep,
            span,
            "this is nested too deeply for a pack",
            "Take out the surplus brackets or indentation; no field needs more than six levels.",
        );
    }

    fn alias(&mut self, span: Span) {
        if !std::mem::replace(&mut self.aliases_reported, true) {
            self.fault(
                Code::Alias,
                span,
                "anchors (&name) and aliases (*name) are not allowed in a pack",
                "Write the text out in each place; put text that begins with & or * in quotes.",
            );
        }
    }

    fn tag(&mut self, tag: &Tag, span: Span) {
        self.fault(
            Code::Tag,
            span,
            format!("the tag {} means nothing in a pack", tag.original()),
            "Remove it; put text that begins with ! in quotes.",
        );
    }

    fn syntax(&mut self, error: &ScanError) {
        let mark = error.marker();
        let start = mark.byte_offset().unwrap_or(self.source.text.len());
        let span = Span { start, end: start, line: mark.line().max(1), column: mark.col() + 1 };
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => self.too_deep(span),
            kind => self.fault(
                Code::Syntax,
                span,
                format!("this is not valid YAML: {}", error.info()),
                syntax_remedy(kind),
            ),
        }
    }

    fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, remedy: &str) {
        self.faults.at(code, self.source, span, message, remedy);
    }
}

/// What most often leads to each kind of error in a file that is mostly prose.
fn syntax_remedy(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace => {
            "Text that holds a colon and a space belongs in quotes: \"Fine: you win.\""
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => "Indent with spaces: YAML takes no tabs.",
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "Close the quotes, here or further up, and write \\\" for a quotation mark inside double quotes."
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => {
            "Close each [ with ] and each { with }, and put commas between the entries."
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            "Inside double quotes write \\\\ for a backslash, or use single quotes."
        }
        _ => "Look at the indentation and the quotes of this line and of the one above.",
    }
}

fn span_of(span: ParserSpan) -> Span {
    let start = span.start.byte_offset().unwrap_or_default();
    Span {
        start,
        end: span.end.byte_offset().unwrap_or(start),
        line: span.start.line().max(1),
        column: span.start.col() + 1,
    }
}
