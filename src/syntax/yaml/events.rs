//! The YAML parser, behind words of our own: the one file that knows which crate parses.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Marker, Parser, ScalarStyle, StructureStyle, options};

use super::super::tree::Style;
use super::super::{DEPTH_LIMIT, KEY_LIMIT};

/// A step through a YAML text. Ranges are bytes of the text that was given to [`events`].
pub(super) struct Event<'m> {
    /// Where it stands. A block's start is empty: it has no sign of its own.
    pub(super) range: Range<usize>,
    /// The tag before it, which has been refused.
    pub(super) tag: Option<Range<usize>>,
    /// What it is.
    pub(super) step: Step<'m>,
}

/// What a step is.
pub(super) enum Step<'m> {
    /// One value.
    Scalar(Cow<'m, str>, Style),
    /// A list starts.
    List(Layout),
    /// A mapping starts.
    Mapping(Layout),
    /// The innermost list or mapping ends.
    End,
    /// `*name` stands for a value.
    Alias,
    /// The node before this step was named with `&name`.
    Anchor,
}

/// How a list or a mapping is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// By indentation.
    Block,
    /// In brackets.
    Flow,
}

/// Why the parser stopped, and the offset at which it did.
#[derive(Debug)]
pub(super) struct Snag {
    /// Offset in the text that was given to [`events`].
    pub(super) at: usize,
    /// The reason.
    pub(super) cause: Cause,
}

/// The reasons for which the parser stops, as far as they are told apart in messages.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A colon where no key can end.
    Colon,
    /// A line that is neither a key nor a part of a value.
    NoKey,
    /// Something where a key or a list's item was expected.
    Indentation,
    /// A quote is not closed.
    OpenQuote,
    /// Text after the closing quote.
    AfterQuote,
    /// A bracket is not closed.
    OpenBracket(char),
    /// A bracket is closed by another kind of bracket.
    WrongBracket(char, char),
    /// A bracket closes nothing.
    StrayBracket,
    /// A comma or a closing bracket is missing inside brackets.
    Separator,
    /// A character that starts no value.
    Character(char),
    /// An escape in double quotes that does not exist.
    Escape,
    /// Something other than a line end after `|` or `>`.
    BlockHeader,
    /// `-` where no list can start.
    Dash,
    /// `#` without a blank before it.
    Comment,
    /// A tab that the parser cannot take.
    Tab,
    /// A tag, an anchor or an alias that is not even well-formed.
    Reference,
    /// A line that starts with `%`.
    Directive,
    /// Too many levels of nesting.
    Depth,
    /// Anything else, in the parser's words.
    Other(String),
}

/// Returns the steps through `text`; the first error is the last item.
///
/// Document markers are left out: the caller has cut the text so that it holds one document.
pub(super) fn events(text: &str) -> impl Iterator<Item = Result<Event<'_>, Snag>> {
    let options = options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        disallow_directives: true,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
        simple_key_max_lookahead: KEY_LIMIT,
    };
    let limit = text.len();
    Parser::new_from_str_with_options(text, options).filter_map(move |item| match item {
        Ok((event, span)) => {
            let step = step(event)?;
            let tag = span.tag_span().and_then(|tag| tag.byte_range());
            let range = span.byte_range().unwrap_or(limit..limit);
            Some(Ok(Event { range, tag, step }))
        }
        Err(error) => Some(Err(Snag {
            at: offset(error.marker()).min(limit),
            cause: cause(error.kind()),
        })),
    })
}

fn offset(marker: &Marker) -> usize {
    marker.byte_offset().unwrap_or_default()
}

fn step(event: granit_parser::Event<'_>) -> Option<Step<'_>> {
    use granit_parser::Event;
    Some(match event {
        Event::Scalar(text, style, ..) => Step::Scalar(text, written(style)),
        Event::SequenceStart(style, ..) => Step::List(layout(style)),
        Event::MappingStart(style, ..) => Step::Mapping(layout(style)),
        Event::SequenceEnd | Event::MappingEnd => Step::End,
        Event::Alias(_) | Event::UnresolvedAlias(_) => Step::Alias,
        Event::Anchor(..) => Step::Anchor,
        _ => return None,
    })
}

fn written(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

fn layout(style: StructureStyle) -> Layout {
    match style {
        StructureStyle::Block => Layout::Block,
        StructureStyle::Flow => Layout::Flow,
    }
}

fn cause(kind: &ErrorKind) -> Cause {
    use ErrorKind as Kind;
    match kind {
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement => Cause::Colon,
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => Cause::NoKey,
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::ExpectedDocumentStart
        | Kind::InvalidIndentation
        | Kind::InvalidBlockScalarIndent
        | Kind::MappingKeyNotAllowed => Cause::Indentation,
        Kind::UnclosedQuotedScalar
        | Kind::InvalidQuotedScalarIndent
        | Kind::DocumentIndicatorInQuotedScalar => Cause::OpenQuote,
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            Cause::AfterQuote
        }
        Kind::UnclosedFlowCollection { open } => Cause::OpenBracket(*open),
        Kind::MismatchedFlowCollectionEnd { open, close } => Cause::WrongBracket(*open, *close),
        Kind::MisplacedFlowCollectionEnd => Cause::StrayBracket,
        Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::BlockEntryInFlowCollection
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::InvalidFlowScalarIndent => Cause::Separator,
        Kind::UnexpectedCharacter { character } => Cause::Character(*character),
        Kind::UnexpectedEofBlockMapping | Kind::UnexpectedEofBlockSequence => Cause::Character(','),
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => Cause::Escape,
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => Cause::BlockHeader,
        Kind::BlockSequenceEntryNotAllowed | Kind::InvalidBlockEntryWhitespace => Cause::Dash,
        Kind::CommentNotSeparated => Cause::Comment,
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => Cause::Tab,
        Kind::MissingTagUri
        | Kind::UndeclaredTagHandle
        | Kind::MissingAnchorOrAliasName
        | Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::InvalidTagTerminator
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape => Cause::Reference,
        Kind::DirectiveDisallowed => Cause::Directive,
        Kind::RecursionLimitExceeded => Cause::Depth,
        other => Cause::Other(other.to_string()),
    }
}
