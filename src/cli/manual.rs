//! `trainboard completions` and `trainboard man`: the command line told to shells and to `man`.

use std::io::Write as _;

use clap::CommandFactory as _;
use clap_mangen::Man as Page;

use super::Outcome;
use super::arguments::{Arguments, Completions, Man};
use super::failure::Failure;
use super::screen::Screen;

/// What the command is called.
const NAME: &str = "trainboard";

/// Runs `completions`.
pub(super) fn completions(command: &Completions, screen: &Screen) -> Result<Outcome, Failure> {
    // The generator takes a failed write for a defect, so that it writes to memory.
    let mut text = Vec::new();
    clap_complete::generate(command.shell, &mut Arguments::command(), NAME, &mut text);
    let mut out = screen.out();
    out.write_all(&text)?;
    out.flush()?;
    Ok(Outcome::Fine)
}

/// Runs `man`.
pub(super) fn man(command: &Man, screen: &Screen) -> Result<Outcome, Failure> {
    let Some(folder) = &command.output else {
        let mut out = screen.out();
        Page::new(Arguments::command()).render(&mut out)?;
        out.flush()?;
        return Ok(Outcome::Fine);
    };
    let save = |source| Failure::Save {
        path: folder.clone(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(save)?;
    clap_mangen::generate_to(Arguments::command(), folder).map_err(save)?;
    screen.say(&format!("wrote the manual into {}", folder.display()));
    Ok(Outcome::Fine)
}
