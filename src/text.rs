//! Text and places in it: byte spans on the inside, lines and columns only at the edge.
//!
//! Everything that trainboard knows about a file keeps a [`Span`], so that a fault found on any floor can be shown at
//! its own place. Lines and columns are computed from a [`LineIndex`] when somebody asks, never stored.

mod direction;
mod lines;
mod nearest;
mod sources;
mod span;

pub use direction::turns;
pub use lines::{LineIndex, Position};
pub use nearest::nearest;
pub use sources::{Source, Sources};
pub use span::{FileId, Location, Span, Spanned};
