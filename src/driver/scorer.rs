//! The scorer on a thread of its own, so that no key waits for it.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::rubric::{self, Input, Score};

/// A reply to score.
struct Request {
    ticket: u64,
    direction: String,
    client: String,
    response: String,
}

/// A score that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The request's number.
    pub ticket: u64,
    /// The score.
    pub score: Box<Score>,
}

/// The scorer's thread; it ends when this is dropped.
pub struct ScorerThread {
    requests: Sender<Request>,
}

impl ScorerThread {
    /// Starts the thread; each score is handed to `sink` there.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn start(sink: impl Fn(Scored) + Send + 'static) -> std::io::Result<Self> {
        let (requests, inbox) = channel::<Request>();
        thread::Builder::new().name("scorer".into()).spawn(move || {
            for request in inbox {
                let score = rubric::score(&Input {
                    direction: Some(&request.direction),
                    client: Some(&request.client),
                    response: &request.response,
                });
                sink(Scored { ticket: request.ticket, score: Box::new(score) });
            }
        })?;
        Ok(Self { requests })
    }

    /// Asks for a score.
    pub fn ask(&self, ticket: u64, direction: String, client: String, response: String) {
        let request = Request { ticket, direction, client, response };
        // The thread ends only with the sender, so a send fails only after its own panic, which
        // the panic hook has shown.
        let _ = self.requests.send(request);
    }
}
