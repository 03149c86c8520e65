//! Blobs of a repository by name, through a pool of `git cat-file --batch` processes.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::world::git::{Git, GitError};

const COMMAND: &str = "cat-file";

/// The blobs of a repository. A reader takes an idle process or starts one, and gives it back.
#[derive(Debug)]
pub(super) struct Blobs {
    git: Git,
    idle: Mutex<Vec<CatFile>>,
}

impl Blobs {
    /// Returns the blobs of the repository `git`.
    pub(super) fn new(git: Git) -> Self {
        Self {
            git,
            idle: Mutex::default(),
        }
    }

    /// Returns the bytes of the blob called `name`.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, GitError> {
        let idle = self.lock().pop();
        let mut process = match idle {
            Some(process) => process,
            None => CatFile::start(&self.git)?,
        };
        let bytes = process
            .read(name)
            .map_err(|error| GitError::broken_pipe(COMMAND, error))?;
        self.lock().push(process);
        bytes.ok_or_else(|| GitError::Failed {
            command: COMMAND.to_owned(),
            message: format!("there is no object {name}"),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<CatFile>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One running `git cat-file --batch`.
#[derive(Debug)]
struct CatFile {
    child: Child,
    /// Taken when the process is to end.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl CatFile {
    fn start(git: &Git) -> Result<Self, GitError> {
        let mut child = git
            .command(&[COMMAND, "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| GitError::broken_pipe(COMMAND, error))?;
        let questions = child.stdin.take();
        let answers = child.stdout.take().ok_or_else(|| {
            GitError::broken_pipe(COMMAND, io::Error::from(io::ErrorKind::BrokenPipe))
        })?;
        Ok(Self {
            child,
            questions,
            answers: BufReader::new(answers),
        })
    }

    /// Returns the object's bytes, or `None` when there is no such object.
    fn read(&mut self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(questions) = &mut self.questions else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        questions.write_all(format!("{name}\n").as_bytes())?;
        questions.flush()?;
        // The answer is `<name> <type> <size>`, the bytes and a line feed; or `<name> missing`.
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let size = header.split_whitespace().nth(2);
        let Some(size) = size.and_then(|size| size.parse::<usize>().ok()) else {
            return match header.ends_with("missing\n") {
                true => Ok(None),
                false => Err(io::ErrorKind::UnexpectedEof.into()),
            };
        };
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes)?;
        bytes.pop();
        Ok(Some(bytes))
    }
}

impl Drop for CatFile {
    fn drop(&mut self) {
        self.questions = None;
        // It ends with its input; an answer that nobody read would keep it waiting.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
