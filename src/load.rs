//! Files → typed plan.
//!
//! [`load`] lists the world's files, reads and parses each document on its own (in parallel), names it, puts the
//! documents together, and resolves their references and relative dates. It never fails because of content: whatever
//! it meets becomes a finding, and the rest of the plan stands. It decides nothing about whether a plan is good; that
//! is what rules are for.

mod assemble;
mod dates;
mod document;
mod doubts;
mod evidence;
mod files;
mod holidays;
mod identity;
mod library;
mod references;
mod revise;
mod zones;

use rayon::prelude::*;

use crate::diagnostic::Findings;
use crate::plan::Plan;
use crate::plan::config::Config;
use crate::text::{FileId, Source, Sources};
use crate::world::{Entry, World};

use document::RawDocument;
use files::Files;

pub use identity::{id_of_path, is_legal as is_legal_id, kind_of_path};
pub use library::Library;
pub use revise::revise;

/// A plan and what was met while it was read.
#[derive(Debug)]
pub struct Loaded {
    /// The plan.
    pub plan: Plan,
    /// The faults of its documents, references and dates.
    pub findings: Findings,
}

/// The file that makes a folder a plan.
pub const CONFIG: &str = "trainboard.yaml";

/// Returns the plan that `world` holds, and every fault met on the way.
pub fn load(world: &dyn World) -> Loaded {
    load_with(world, &document::read)
}

/// Reads one document.
type Read<'r> = dyn Fn(&dyn World, &Entry, FileId) -> RawDocument + Sync + 'r;

fn load_with(world: &dyn World, read: &Read<'_>) -> Loaded {
    let mut findings = Findings::new();
    let mut sources = Sources::default();
    let (config, config_file) = document::read_config(world, &mut sources, &mut findings);
    let files = Files::of(world, &config, config_file, &mut findings);
    let first = if config_file.is_some() { 1 } else { 0 };
    let read = |(index, entry): (usize, &&Entry)| read(world, entry, FileId(first + index as u32));
    let mut documents: Vec<_> = files.documents.par_iter().enumerate().map(read).collect();
    for document in &mut documents {
        sources.add(document.take_source());
        findings.append(&mut document.findings);
    }
    // What is no document is not read; it is listed so that a finding can point at it.
    for asset in &files.assets {
        sources.add(Source::new(asset, ""));
    }
    let mut plan = assemble::assemble((config, config_file), sources, documents, &mut findings);
    plan.assets = files.assets;
    evidence::digest(&mut plan, world);
    doubts::mark(&mut plan, &findings);
    references::resolve(&mut plan, &mut findings);
    holidays::resolve(&mut plan);
    dates::resolve(&mut plan, &mut findings);
    zones::require(&mut plan, &mut findings);
    doubts::drop_echoes(&plan, &mut findings);
    doubts::mark(&mut plan, &findings);
    Loaded { plan, findings }
}

impl Default for Loaded {
    fn default() -> Self {
        let plan = Plan::new(Config::default(), None, Sources::default(), Vec::new());
        Self {
            plan,
            findings: Findings::new(),
        }
    }
}
