//! Where requests meet the edition that is current.
//!
//! A press offers its edition on a [`Stand`]: threads of the stand answer the questions that requests put at the
//! [`Counter`]. A later edition takes the place of the one before only when it is ready, so nobody waits for a build
//! but the readers of the first one. What was answered is remembered for as long as it holds, and the last good answer
//! for as long as the server runs: it stands in for a page that cannot be made any more.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::changes::Changes;
use super::events::Listeners;
use super::press::{Edition, News, Notice, Press};

/// So many threads make the files of an edition. A browser opens six connections to one host.
const MAKERS: usize = 4;

/// Work that nobody waits for begins when nobody has asked for a file for so long, or after the longest courtesy.
const COURTESY: Duration = Duration::from_millis(40);
const LONGEST_COURTESY: Duration = Duration::from_millis(300);

/// What the server has to say to a question.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// The file.
    File(Arc<[u8]>),
    /// There is no such file.
    Missing,
    /// There is no edition, or it cannot make the file, for this reason.
    Nothing(Arc<str>),
}

/// A question that an edition answers.
enum Question {
    File(String, Sender<Result<Option<Vec<u8>>, String>>),
    Revise(Arc<Changes>, Sender<bool>),
}

/// Files by path, each with the version for which it was made.
type Answered = HashMap<String, (u64, Arc<[u8]>)>;

/// What every request asks.
#[derive(Default)]
pub(super) struct Counter {
    place: Mutex<Place>,
    taken: Condvar,
    answered: Mutex<Answered>,
    pub(super) listeners: Listeners,
}

#[derive(Default)]
struct Place {
    /// The number of the edition that is current, counted from 1.
    number: u64,
    /// Changes whenever what is answered may.
    version: u64,
    questions: Option<Sender<Question>>,
    failure: Option<Arc<str>>,
    is_closed: bool,
    /// How many readers wait for a file, and when one last got it.
    readers: usize,
    served: Option<Instant>,
    /// The page that was asked for last.
    page: Option<String>,
}

impl Counter {
    /// Returns the file `path` of the current edition, and waits for the first one.
    pub(super) fn file(&self, path: &str) -> Given {
        self.place().readers += 1;
        let given = self.made(path);
        let mut place = self.place();
        place.readers -= 1;
        place.served = Some(Instant::now());
        if path.ends_with(".html") && matches!(given, Given::File(_)) {
            place.page = Some(path.to_owned());
        }
        given
    }

    /// Makes the page that was asked for last, and with it what pages have in common, before anybody waits for it.
    fn make_ahead(&self) {
        let page = self.place().page.clone();
        if let Some(page) = page {
            self.made(&page);
        }
    }

    fn made(&self, path: &str) -> Given {
        loop {
            let (version, questions) = {
                let mut place = self.place();
                loop {
                    if let Some(questions) = &place.questions {
                        break (place.version, questions.clone());
                    }
                    if let Some(failure) = &place.failure {
                        return Given::Nothing(Arc::clone(failure));
                    }
                    if place.is_closed {
                        return Given::Nothing("the server stops".into());
                    }
                    let waited = self.taken.wait(place);
                    place = waited.unwrap_or_else(PoisonError::into_inner);
                }
            };
            if let Some((of, file)) = self.answered().get(path)
                && *of == version
            {
                return Given::File(Arc::clone(file));
            }
            let (reply, answer) = mpsc::channel();
            _ = questions.send(Question::File(path.to_owned(), reply));
            match answer.recv() {
                Ok(Ok(Some(file))) => {
                    let file: Arc<[u8]> = file.into();
                    let kept = (version, Arc::clone(&file));
                    self.answered().insert(path.to_owned(), kept);
                    return Given::File(file);
                }
                Ok(Ok(None)) => return Given::Missing,
                Ok(Err(report)) => return self.instead(path, report),
                // The edition ended before it came to this question: the next one knows.
                Err(_) => {}
            }
        }
    }

    /// Returns what is shown of the file `path` that cannot be made, which readers are told.
    fn instead(&self, path: &str, report: String) -> Given {
        self.listeners.tell(Some(Notice {
            title: "The page cannot be made".to_owned(),
            is_grave: true,
            text: report.clone(),
        }));
        match self.answered().get(path) {
            Some((_, file)) => Given::File(Arc::clone(file)),
            None => Given::Nothing(report.into()),
        }
    }

    /// Lets the current edition take up `changes` at once, and returns whether it could.
    pub(super) fn revise(&self, changes: &Changes) -> bool {
        let questions = self.place().questions.clone();
        let (reply, answer) = mpsc::channel();
        let question = Question::Revise(Arc::new(changes.clone()), reply);
        let is_asked = questions.is_some_and(|questions| questions.send(question).is_ok());
        let is_revised = is_asked && answer.recv().unwrap_or_default();
        if is_revised {
            self.renew();
        }
        is_revised
    }

    /// Forgets what was answered, and tells readers to look again.
    fn renew(&self) {
        let version = {
            let mut place = self.place();
            place.version += 1;
            place.version
        };
        self.listeners.turn(version);
    }

    /// Takes note that the plan as it is now gives no edition.
    pub(super) fn fail(&self, report: &str) {
        {
            let mut place = self.place();
            place.failure = Some(report.into());
        }
        self.taken.notify_all();
        self.listeners.tell(Some(Notice {
            title: "The plan cannot be shown".to_owned(),
            is_grave: true,
            text: report.to_owned(),
        }));
        // Who waits for the first edition is shown a page that says why there is none; it has to be left again.
        self.renew();
    }

    /// Takes the current edition away and lets nobody wait any more.
    pub(super) fn close(&self) {
        {
            let mut place = self.place();
            place.is_closed = true;
            place.number = u64::MAX;
            place.questions = None;
        }
        self.taken.notify_all();
        self.listeners.close();
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answered(&self) -> MutexGuard<'_, Answered> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where one edition is offered.
pub struct Stand<'s> {
    counter: &'s Counter,
    press: &'s dyn Press,
    number: u64,
    /// What changed since the edition before, and when that was known; none when that was noted already.
    changes: &'s Changes,
    since: Option<Instant>,
    /// Told once the edition is offered.
    ready: Sender<()>,
}

impl<'s> Stand<'s> {
    pub(super) fn new(
        (counter, press): (&'s Counter, &'s dyn Press),
        number: u64,
        (changes, since): (&'s Changes, Option<Instant>),
        ready: Sender<()>,
    ) -> Self {
        Self {
            counter,
            press,
            number,
            changes,
            since,
            ready,
        }
    }

    /// Offers `edition` while `work` is done, and returns what came of it. From then on requests are answered from
    /// here, unless a later edition is offered, or this one again in another shape, which `work` may do.
    pub fn offer<R>(&self, edition: &dyn Edition, work: impl FnOnce() -> R) -> R {
        let (questions, asked) = mpsc::channel();
        let asked = Mutex::new(asked);
        thread::scope(|scope| {
            for _ in 0..MAKERS {
                scope.spawn(|| answer(edition, &asked));
            }
            self.take(questions);
            work()
        })
    }

    /// Offers `edition` until a later one takes its place.
    pub fn keep(&self, edition: &dyn Edition) {
        self.offer(edition, || {
            self.counter.make_ahead();
            self.sold_out();
        });
    }

    /// Tells readers what is wrong; none when nothing is.
    pub fn tell(&self, notice: Option<Notice>) {
        if !self.is_past() {
            self.counter.listeners.tell(notice);
        }
    }

    /// Waits until readers have what they came for, so that the work that follows keeps no page from being made.
    pub fn let_readers_first(&self) {
        let began = Instant::now();
        let mut place = self.counter.place();
        while place.number <= self.number && began.elapsed() < LONGEST_COURTESY {
            let quiet = place.served.map_or(began, |at| at.max(began)).elapsed();
            if place.readers == 0 && quiet >= COURTESY {
                return;
            }
            let rest = COURTESY.saturating_sub(quiet).max(Duration::from_millis(5));
            let waited = self.counter.taken.wait_timeout(place, rest);
            (place, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Returns whether a later edition has taken the place of this one.
    pub fn is_past(&self) -> bool {
        self.counter.place().number > self.number
    }

    /// Makes this edition the current one.
    fn take(&self, questions: Sender<Question>) {
        let is_first = {
            let mut place = self.counter.place();
            if place.number > self.number {
                return;
            }
            let is_first = place.number < self.number;
            place.number = self.number;
            place.questions = Some(questions);
            place.failure = None;
            is_first
        };
        self.counter.taken.notify_all();
        self.counter.renew();
        if is_first {
            if let Some(since) = self.since {
                self.press.note(&News::Offered {
                    changes: self.changes,
                    took: since.elapsed(),
                });
            }
            _ = self.ready.send(());
        }
    }

    /// Waits until a later edition has taken the place of this one.
    fn sold_out(&self) {
        let mut place = self.counter.place();
        while place.number <= self.number {
            let waited = self.counter.taken.wait(place);
            place = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Answers questions from `edition` until nobody can ask any more.
fn answer(edition: &dyn Edition, asked: &Mutex<Receiver<Question>>) {
    let next = || asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(question) = next() {
        // Who asked may have gone.
        match question {
            Question::File(path, reply) => {
                // A page that cannot be made, even for a reason that nobody foresaw, must not keep others from being.
                let made = catch_unwind(AssertUnwindSafe(|| edition.file(&path)));
                let failed = |_| Err(format!("{path} could not be made: an error in trainboard"));
                _ = reply.send(made.unwrap_or_else(failed));
            }
            Question::Revise(changes, reply) => _ = reply.send(edition.revise(&changes)),
        }
    }
}
