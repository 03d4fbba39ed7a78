//! The child's side: reads what it is told to, under limits it sets itself.

use super::super::catalog::{Fault, Severity, Source};
use super::super::document::Document;
use super::super::settings::CorpusSettings;
use super::wire::{Answer, Order, Sent};
use std::io::{self, BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

/// Reads one file and hands on its documents.
pub(in super::super) type Read = fn(&Source, &CorpusSettings, &mut dyn FnMut(Document)) -> Vec<Fault>;

/// Reads files as orders come in; what the door says of `serve`.
pub(in super::super) fn serve(
    read: Read,
    (cpu_seconds, memory_bytes): (u64, u64),
    orders: impl io::Read + Send + 'static,
    mut answers: impl Write,
    end: fn(),
) -> io::Result<()> {
    limit(cpu_seconds, memory_bytes);
    // What a parser panics with is for nobody to read; the fault names the file.
    std::panic::set_hook(Box::new(|_| {}));
    let (put, take) = mpsc::channel::<String>();
    std::thread::spawn(move || {
        for line in BufReader::new(orders).lines().map_while(Result::ok) {
            if put.send(line).is_err() {
                return;
            }
        }
        end();
    });
    for line in take {
        let Ok(order) = serde_json::from_str::<Order>(&line) else { continue };
        answer(read, order, &mut answers)?;
        answers.flush()?;
    }
    Ok(())
}

fn answer(read: Read, order: Order, answers: &mut impl Write) -> io::Result<()> {
    let (source, settings) = order.into_parts();
    let mut written = Ok(());
    let mut n_documents = 0;
    let faults = catch_unwind(AssertUnwindSafe(|| {
        read(&source, &settings, &mut |document| {
            n_documents += 1;
            if written.is_ok() {
                written = send(&Answer::Document(Box::new(Sent::from(document))), answers);
            }
        })
    }));
    let faults = faults.unwrap_or_else(|_| {
        vec![Fault {
            path: source.path.clone(),
            severity: if n_documents == 0 { Severity::Skipped } else { Severity::Cut },
            what: "the reader of this format gave up on the file".to_owned(),
            hint: Some("fetch or save it again, or leave it out".to_owned()),
            ..Fault::default()
        }]
    });
    written?;
    send(&Answer::Done(faults), answers)
}

fn send(answer: &Answer, to: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *to, answer)?;
    to.write_all(b"\n")
}

/// Bounds this process; a system that knows no such bounds leaves it to the parent's clock.
#[cfg(unix)]
fn limit(cpu_seconds: u64, memory_bytes: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let bound = |resource, most, maximum| {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(maximum) });
    };
    bound(Resource::Core, 0, 0);
    bound(Resource::As, memory_bytes, memory_bytes);
    // At the lower bound it ends by a signal of its own, at the upper by one that may have come from anywhere.
    bound(Resource::Cpu, cpu_seconds.max(1), cpu_seconds.saturating_add(5));
}

#[cfg(not(unix))]
fn limit(_: u64, _: u64) {}
