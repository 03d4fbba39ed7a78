//! One child as its parent sees it.

use super::super::catalog::Fault;
use super::super::document::Document;
use super::super::settings::LimitSettings;
use super::wire::{Answer, Order};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child as Process, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A process that reads files, and the pipes to it.
pub(super) struct Child {
    process: Process,
    orders: ChildStdin,
    frames: Receiver<Frame>,
    words: Option<JoinHandle<String>>,
    /// The limits it was started with.
    pub(super) limits: LimitSettings,
    /// Files it has read.
    pub(super) n_read: u64,
}

/// Something a child wrote.
enum Frame {
    /// One line of it.
    Line(Vec<u8>),
    /// A line that is longer than any answer may be.
    TooLong,
}

/// How a child ended, or was ended, over a file.
#[derive(Debug)]
pub(super) enum End {
    /// It took more processor time than it may.
    Cpu,
    /// It asked for more memory than it may have.
    Memory,
    /// It went deeper than its stack.
    Stack,
    /// It said nothing for too long.
    Silence,
    /// It gave too much for one document.
    Text,
    /// It gave too much for the size of the file.
    Growth,
    /// It gave something that is no answer.
    Garbled,
    /// It ended for another reason, or for none.
    Other(String),
}

/// Bytes of an answer besides the text, and for the escapes in it.
const ANSWER_BYTES: u64 = 16 << 20;
/// Bytes of answers after which growth is looked at.
const FREE_BYTES: u64 = 1 << 20;
/// Most bytes kept of what a child says of its end.
const WORDS_BYTES: u64 = 4096;

impl Child {
    /// Starts one.
    pub(super) fn start(program: &Path, arguments: &[String], limits: LimitSettings) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).arg(limits.cpu_seconds.to_string()).arg(limits.memory_bytes.to_string());
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let pipes = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let (Some(orders), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("its pipes could not be had"));
        };
        let most = limits.text_bytes.saturating_mul(2).saturating_add(ANSWER_BYTES);
        let (put, frames) = mpsc::sync_channel(2);
        std::thread::Builder::new().spawn(move || {
            let mut stdout = BufReader::with_capacity(1 << 16, stdout);
            loop {
                let mut line = Vec::new();
                let read = (&mut stdout).take(most).read_until(b'\n', &mut line);
                let whole = line.pop() == Some(b'\n');
                let frame = if whole { Frame::Line(line) } else { Frame::TooLong };
                let ended = read.is_err() || !whole && (line_is_short(read.as_ref().ok(), most));
                if ended || put.send(frame).is_err() || !whole {
                    return;
                }
            }
        })?;
        let words = std::thread::Builder::new().spawn(move || {
            let mut words = Vec::new();
            let mut stderr = stderr;
            let _ = (&mut stderr).take(WORDS_BYTES).read_to_end(&mut words);
            let _ = io::copy(&mut stderr, &mut io::sink());
            String::from_utf8_lossy(&words).into_owned()
        })?;
        Ok(Self { process, orders, frames, words: Some(words), limits, n_read: 0 })
    }

    /// Has it read one file; hands each document but the first `n_known` to `each`, and counts them in `n_known`.
    pub(super) fn read(
        &mut self,
        order: &Order,
        n_bytes: u64,
        n_known: &mut usize,
        each: &mut dyn FnMut(Document),
    ) -> Result<Vec<Fault>, End> {
        let mut line = serde_json::to_vec(order).map_err(|e| End::Other(e.to_string()))?;
        line.push(b'\n');
        if self.orders.write_all(&line).and_then(|()| self.orders.flush()).is_err() {
            return Err(self.ended());
        }
        let silence = Duration::from_secs(self.limits.silence_seconds.max(1));
        let most = n_bytes.saturating_mul(u64::from(self.limits.growth)).max(FREE_BYTES);
        let (mut n_given, mut n_seen) = (0, 0);
        loop {
            let line = match self.frames.recv_timeout(silence) {
                Ok(Frame::Line(line)) => line,
                Ok(Frame::TooLong) => return Err(End::Text),
                Err(RecvTimeoutError::Timeout) => return Err(End::Silence),
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
            };
            n_given += line.len() as u64;
            if n_given > most {
                return Err(End::Growth);
            }
            match serde_json::from_slice(&line) {
                Ok(Answer::Document(sent)) => {
                    let document = sent.checked().ok_or(End::Garbled)?;
                    n_seen += 1;
                    if n_seen > *n_known {
                        *n_known = n_seen;
                        each(document);
                    }
                }
                Ok(Answer::Done(faults)) => {
                    self.n_read += 1;
                    return Ok(faults);
                }
                Err(_) => return Err(End::Garbled),
            }
        }
    }

    /// Why it wrote its last.
    fn ended(&mut self) -> End {
        // Its output is closed; it may take a moment to be gone.
        let mut status = None;
        for _ in 0..50 {
            status = self.process.try_wait().ok().flatten();
            if status.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let Some(status) = status else { return End::Other("it closed its output".to_owned()) };
        let words = self.words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        if words.contains("memory allocation of") {
            End::Memory
        } else if words.contains("has overflowed its stack") {
            End::Stack
        } else {
            by_status(status)
        }
    }
}

/// Whether a line without an end is the last one, and not one that was cut off.
fn line_is_short(n_read: Option<&usize>, most: u64) -> bool {
    n_read.is_none_or(|n| (*n as u64) < most)
}

#[cfg(unix)]
fn by_status(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    const SIGXCPU: i32 = 24;
    const SIGKILL: i32 = 9;
    match (status.signal(), status.code()) {
        (Some(SIGXCPU), _) => End::Cpu,
        (Some(SIGKILL), _) => End::Other("it was killed, perhaps for want of memory".to_owned()),
        (Some(signal), _) => End::Other(format!("it ended by signal {signal}")),
        (None, Some(0)) => End::Other("it ended without an answer".to_owned()),
        (None, code) => End::Other(format!("it ended with code {}", code.unwrap_or(-1))),
    }
}

#[cfg(not(unix))]
fn by_status(status: ExitStatus) -> End {
    End::Other(format!("it ended with code {}", status.code().unwrap_or(-1)))
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
