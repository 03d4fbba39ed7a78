//! Files whose formats can hurt, read in processes of their own: orders out, documents and faults back.
//!
//! Invariants: a child that dies, hangs, floods or says nothing costs the one file it was reading; what is said of a file
//! never depends on the files its child had read before, since a verdict comes from a fresh child alone; children end
//! when the process that started them does, however it ends.

mod child;
mod pool;
mod serve;
mod wire;

pub(super) use pool::Pool;
pub(super) use serve::serve;

use std::path::PathBuf;
use std::sync::OnceLock;

/// The children of this process.
static POOL: OnceLock<Pool> = OnceLock::new();

/// From now on, files whose formats can hurt are read by children: `program`, started with `arguments`, must `serve`.
///
/// Only the first call counts. A program that never calls it reads every file in its own process, where a damaged PDF
/// may end it.
pub fn read_apart(program: PathBuf, arguments: Vec<String>) {
    let _ = POOL.set(Pool::new(program, arguments));
}

/// The children to read with, if the program has said how to start them.
pub(super) fn pool() -> Option<&'static Pool> {
    POOL.get()
}

#[cfg(all(test, unix))]
mod tests;
