//! trainboard, the compiler for release plans: Markdown files with YAML frontmatter go in; diagnostics and a static
//! portal come out.
//!
//! The rooms stand on floors and import strictly downwards; rooms on one floor do not import each other
//! (`tests/architecture.rs` holds this). From the ground up, in reading order:

pub mod text;

pub mod diagnostic;
pub mod time;

pub mod syntax;
pub mod world;

pub mod plan;

pub mod lifecycle;
pub mod load;
pub mod schedule;

pub mod diff;
pub mod edit;
pub mod markdown;
pub mod measures;
pub mod registers;
pub mod rules;
pub mod scaffold;
pub mod search;

pub mod pages;
pub mod report;

pub mod outputs;

pub mod serve;

pub mod cli;
