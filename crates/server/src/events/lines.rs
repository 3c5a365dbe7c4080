//! The lines of a file, a batch at a time: however long the file is, little of it is in memory.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Result};
use std::path::Path;

use waymark_domain::event::{BATCH_COUNT, EventDraft};
use waymark_domain::rejection::{Code, Rejection, Violation};

use super::failed;
use crate::failure::Failure;

/// Longest line, in bytes; an event is far shorter.
const LINE_LIMIT: usize = 1 << 20;
/// Bytes from which on a batch is full, however few lines they are.
const BATCH_BYTES: usize = 5 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) struct Lines {
    source: Box<dyn BufRead>,
    length: Option<u64>,
    read: u64,
    number: u64,
}

/// A line that is not blank.
pub(super) struct Line {
    /// From 1.
    pub(super) number: u64,
    /// At most one byte more than [`LINE_LIMIT`].
    bytes: Vec<u8>,
}

impl Lines {
    /// `-` is standard input.
    pub(super) fn open(path: &Path) -> std::result::Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self { source: Box::new(BufReader::new(std::io::stdin())), length: None, read: 0, number: 0 });
        }
        let file = File::open(path).map_err(|error| failed(path, error))?;
        let metadata = file.metadata().map_err(|error| failed(path, error))?;
        let length = metadata.is_file().then_some(metadata.len());
        Ok(Self { source: Box::new(BufReader::with_capacity(1 << 16, file)), length, read: 0, number: 0 })
    }

    /// In bytes, where it is known.
    pub(super) fn length(&self) -> Option<u64> {
        self.length
    }

    /// How many bytes were read.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// The next lines; none at the end.
    pub(super) fn batch(&mut self) -> Result<Vec<Line>> {
        let (mut batch, mut bytes) = (Vec::new(), 0_usize);
        while batch.len() < BATCH_COUNT && bytes < BATCH_BYTES {
            let Some(line) = self.line()? else { break };
            if !line.bytes.trim_ascii().is_empty() {
                bytes = bytes.saturating_add(line.bytes.len());
                batch.push(line);
            }
        }
        Ok(batch)
    }

    fn line(&mut self) -> Result<Option<Line>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(LINE_LIMIT).unwrap_or(u64::MAX).saturating_add(1);
        let taken = self.source.by_ref().take(most).read_until(b'\n', &mut bytes)?;
        if taken == 0 {
            return Ok(None);
        }
        let is_cut = bytes.len() > LINE_LIMIT && bytes.last() != Some(&b'\n');
        let skipped = if is_cut { self.source.skip_until(b'\n')? } else { 0 };
        self.read = self.read.saturating_add(u64::try_from(taken.saturating_add(skipped)).unwrap_or(u64::MAX));
        self.number = self.number.saturating_add(1);
        if self.number == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(Some(Line { number: self.number, bytes }))
    }
}

impl Line {
    /// The event it tells, or what is wrong with it.
    pub(super) fn event(&self) -> std::result::Result<EventDraft, Rejection> {
        let refused = |code, detail: &str| Err(Violation::new(code, detail).into());
        match std::str::from_utf8(&self.bytes) {
            _ if self.bytes.len() > LINE_LIMIT => refused(Code::TooLong, "longer than a mebibyte"),
            Ok(text) => waymark_api::event_line(text),
            Err(_) => refused(Code::Malformed, "not UTF-8"),
        }
    }

    /// Its text, for people.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes.trim_ascii())
    }
}
