//! The benchmarks: `cargo bench --bench compare [SIZE...]`, side by side in one run, as a table for the README.
//!
//! Each contender runs over the same generated plan, in turn with the others, so that a noisy machine is noisy for all
//! of them; the figure is the median of five runs. Hugo takes part where it is found, by `HUGO=path` or on the path.

#![expect(
    clippy::print_stdout,
    reason = "the table is what the benchmark is for"
)]
#![expect(clippy::cast_precision_loss, reason = "figures of a table")]

#[path = "compare/floor.rs"]
mod floor;
#[path = "compare/measure.rs"]
mod measure;
#[path = "compare/plan.rs"]
mod plan;

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use floor::Floor;
use measure::{Cost, MEASURE};

/// The day for which plans are made.
const TODAY: &str = "2026-11-21";

/// How often each contender runs; the median counts.
const RUNS: usize = 5;

/// The sizes that are measured unless others are asked for, in documents.
const SIZES: [usize; 2] = [1_000, 10_000];

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    match &arguments[..] {
        [mode, command @ ..] if mode == MEASURE => measure::measure(command),
        [mode, plan, out] if mode == "--parse" => {
            floor::run(Floor::Parse, Path::new(plan), Path::new(out))
        }
        [mode, plan, out] if mode == "--write" => {
            floor::run(Floor::Write, Path::new(plan), Path::new(out))
        }
        [mode, folder, size] if mode == "--plan" => plan::write(Path::new(folder), parse(size)?),
        [] => SIZES.into_iter().try_for_each(compare),
        sizes => sizes.iter().try_for_each(|size| compare(parse(size)?)),
    }
}

fn parse(size: &str) -> io::Result<usize> {
    size.replace(['_', ','], "")
        .parse()
        .map_err(|_| io::Error::other(format!("`{size}` is not a number of documents")))
}

/// One of those that are compared.
struct Contender {
    name: &'static str,
    command: Vec<String>,
    /// Whether its output is removed before each run.
    is_clean: bool,
}

fn compare(size: usize) -> io::Result<()> {
    let scratch = scratch()?;
    let plan = scratch.path().join("plan");
    plan::write(&plan, size)?;
    let out = scratch.path().join("out");
    let contenders = contenders(&plan, &out)?;
    let mut costs: Vec<Vec<Cost>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..RUNS {
        for (contender, costs) in contenders.iter().zip(&mut costs) {
            if contender.is_clean && out.exists() {
                fs::remove_dir_all(&out)?;
            }
            costs.push(measure::run(&contender.command)?);
        }
    }
    println!("\n{size} documents\n");
    println!("| | wall | processor | memory | of the floor |\n|---|---|---|---|---|");
    let floor = costs
        .first()
        .map_or(1.0, |costs| median(costs, |cost| cost.wall));
    for (contender, costs) in contenders.iter().zip(&costs) {
        let [wall, processor, memory] = [
            |cost: &Cost| cost.wall,
            |cost: &Cost| cost.processor,
            |cost: &Cost| cost.memory,
        ]
        .map(|of| median(costs, of));
        println!(
            "| {} | {wall:.2} s | {processor:.2} s | {memory:.0} MB | {:.2} |",
            contender.name,
            wall / floor
        );
    }
    Ok(())
}

/// Returns a folder for the plan and what is made of it: in memory where the system has a disk there, as a disk that has
/// just deleted ten thousand files takes longer to make the next ones than any of the contenders takes for all else.
fn scratch() -> io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    }
}

fn contenders(plan: &Path, out: &Path) -> io::Result<Vec<Contender>> {
    let this = env::current_exe()?.display().to_string();
    let trainboard = env!("CARGO_BIN_EXE_trainboard").to_owned();
    let [plan, out] = [plan, out].map(|path| path.display().to_string());
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let clean = |name, command: &[&str]| Contender {
        name,
        command: words(command),
        is_clean: true,
    };
    let build = [
        &*trainboard,
        "build",
        &plan,
        "-o",
        &out,
        "--as-of",
        TODAY,
        "--quiet",
    ];
    let mut contenders = vec![
        clean(
            "floor: read, parse, write",
            &[&this, "--write", &plan, &out],
        ),
        clean("floor: read, parse", &[&this, "--parse", &plan, &out]),
        clean(
            "trainboard check",
            &[
                &trainboard,
                "check",
                &plan,
                "--as-of",
                TODAY,
                "--format",
                "short",
            ],
        ),
        clean("trainboard build", &build),
        Contender {
            name: "trainboard build, nothing changed",
            command: words(&build),
            is_clean: false,
        },
    ];
    let hugo = env::var("HUGO").unwrap_or_else(|_| "hugo".to_owned());
    if Command::new(&hugo)
        .arg("version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        contenders.push(clean(
            "Hugo, plain pages",
            &[&hugo, "--quiet", "-s", &minimal_site(&plan)?, "-d", &out],
        ));
    }
    Ok(contenders)
}

/// Writes a site for Hugo around the documents of `plan`, with as small a theme as there is, and returns its folder.
fn minimal_site(plan: &str) -> io::Result<String> {
    let site = format!("{plan}-hugo");
    let layouts = Path::new(&site).join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    let config = format!(
        "baseURL = 'https://plans.example/'\ncontentDir = '{plan}'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n"
    );
    fs::write(Path::new(&site).join("hugo.toml"), config)?;
    let page = "<!doctype html><html lang=en><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}";
    fs::write(layouts.join("single.html"), page)?;
    fs::write(layouts.join("list.html"), page)?;
    Ok(site)
}

fn median(costs: &[Cost], of: fn(&Cost) -> f64) -> f64 {
    let mut figures: Vec<f64> = costs.iter().map(of).collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
