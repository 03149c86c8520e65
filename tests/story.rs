//! What people live through with trainboard: each story drives the real command in a folder of its own.
//!
//! [`stage`] holds what stories are played on. They tell what users see (exit codes, words, files), never how it comes
//! about.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a story that goes wrong is a failed test"
)]

#[path = "story/stage.rs"]
mod stage;

#[path = "story/faults.rs"]
mod faults;

#[path = "story/cascades.rs"]
mod cascades;

#[path = "story/checking.rs"]
mod checking;

#[path = "story/reporting.rs"]
mod reporting;

#[path = "story/excusing.rs"]
mod excusing;

#[path = "story/mending.rs"]
mod mending;

#[path = "story/editing.rs"]
mod editing;

#[path = "story/changes.rs"]
mod changes;

#[path = "story/comparing.rs"]
mod comparing;

#[path = "story/publishing.rs"]
mod publishing;

#[path = "story/history.rs"]
mod history;

#[path = "story/moving.rs"]
mod moving;

#[path = "story/serving.rs"]
mod serving;

#[path = "story/live.rs"]
mod live;

#[path = "story/theming.rs"]
mod theming;

#[path = "story/linking.rs"]
mod linking;

#[path = "story/reading.rs"]
mod reading;

#[path = "story/asking.rs"]
mod asking;

#[path = "story/showing.rs"]
mod showing;

#[path = "story/attacks.rs"]
mod attacks;

#[path = "story/scaffolding.rs"]
mod scaffolding;
