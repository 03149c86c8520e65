//! The smaller mappings that several kinds share: gates, tasks, scopes, needs.

pub mod artifact;
pub mod deployment;
pub mod gate;
pub mod item;
pub mod lifecycle;
pub mod link;
pub mod need;
pub mod person;
pub mod scope;
pub mod task;
