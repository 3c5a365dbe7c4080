//! What a program prints, read as it comes.

use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Clone, Default)]
pub(crate) struct Output(Arc<(Mutex<Printed>, Condvar)>);

#[derive(Default)]
struct Printed {
    text: String,
    ended: bool,
}

impl Output {
    /// Reads to the end in a thread of its own, or the program would stop at a full pipe.
    pub(crate) fn of(source: impl Read + Send + 'static) -> Self {
        let output = Self::default();
        let reader = output.clone();
        thread::spawn(move || {
            for line in BufReader::new(source).split(b'\n').map_while(Result::ok) {
                reader.change(|printed| {
                    printed.text.push_str(&String::from_utf8_lossy(&line));
                    printed.text.push('\n');
                });
            }
            reader.change(|printed| printed.ended = true);
        });

        output
    }

    pub(crate) fn text(&self) -> String {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).text.clone()
    }

    /// The word after `label` once its line is printed, `None` when the output ended or `patience` did.
    pub(crate) fn word_after(&self, label: &str, patience: Duration) -> Option<String> {
        let until = Instant::now() + patience;
        let (printed, changed) = &*self.0;
        let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some((_, rest)) = printed.text.split_once(label) {
                return rest.split_whitespace().next().map(str::to_owned);
            }
            let left = until.checked_duration_since(Instant::now());
            if printed.ended || left.is_none() {
                return None;
            }
            printed = changed.wait_timeout(printed, left.unwrap_or_default()).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn change(&self, change: impl FnOnce(&mut Printed)) {
        change(&mut self.0.0.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.1.notify_all();
    }
}
