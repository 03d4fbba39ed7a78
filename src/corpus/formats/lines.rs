//! Lines of a stream, one at a time, in memory that the longest line bounds.

use std::io::{self, Read};

/// How much is read at once.
const READ_BYTES: usize = 1 << 18;

/// Lines of a stream of bytes, counted from 1. A line ends at `\n`; a `\r` before it is not part of it.
pub(super) struct Lines<R> {
    from: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    done: bool,
    limit: usize,
    n_lines: u64,
}

/// What comes next in a stream of lines.
pub(super) enum Line<'a> {
    /// A line and its number.
    Whole(u64, &'a [u8]),
    /// A line of this number that is longer than the limit; it has been passed over.
    TooLong(u64),
}

impl<R: Read> Lines<R> {
    /// The lines of `from`; a line longer than `limit` bytes is passed over.
    pub(super) fn new(from: R, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { from, buffer: Vec::new(), start: 0, end: 0, done: false, limit, n_lines: 0 }
    }

    /// The next line; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let (mut seen, mut dropped) = (self.start, false);
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[seen..self.end]) {
                let start = std::mem::replace(&mut self.start, seen + at + 1);
                return Ok(Some(self.line(start, seen + at, dropped)));
            }
            if self.done {
                if self.start == self.end && !dropped {
                    return Ok(None);
                }
                let start = std::mem::replace(&mut self.start, self.end);
                return Ok(Some(self.line(start, self.end, dropped)));
            }
            if self.end - self.start > self.limit {
                (self.start, self.end, dropped) = (0, 0, true);
            }
            seen = self.fill()?;
        }
    }

    fn line(&mut self, start: usize, end: usize, dropped: bool) -> Line<'_> {
        self.n_lines += 1;
        if dropped || end - start > self.limit {
            return Line::TooLong(self.n_lines);
        }
        let line = &self.buffer[start..end];
        Line::Whole(self.n_lines, line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Reads on; where what was not there before begins.
    fn fill(&mut self) -> io::Result<usize> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < self.end + READ_BYTES {
            // A long line is not doubled: what it holds is about to be held once more as text.
            let more = self.buffer.len().min(READ_BYTES.max(self.buffer.len() / 8).max(1 << 24));
            self.buffer.resize((self.end + READ_BYTES).max(self.buffer.len() + more), 0);
        }
        let before = self.end;
        loop {
            match self.from.read(&mut self.buffer[self.end..]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                read => {
                    let n = read?;
                    self.done = n == 0;
                    self.end += n;
                    return Ok(before);
                }
            }
        }
    }
}
