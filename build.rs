//! Gives the program a digest of its own sources, so that a build that does otherwise is told from one that does the same.
//!
//! `THROUGHLINE_SOURCES` is over everything that the program is made of and enters the fingerprint of every run;
//! `THROUGHLINE_READERS` only over what makes the index, so that an index outlives a change of what comes after it. Both are
//! the same for a debug and a release build, on every machine, and without any repository. The compiler counts, and so do
//! the packages; tests and comments do as well, since it is simpler to score once more than to be wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The rooms whose work the index holds.
const READERS: [&str; 3] = ["src/corpus", "src/text", "src/index"];

fn main() {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=build.rs");
    let compiler = std::env::var("RUSTC").ok().and_then(|rustc| Command::new(rustc).arg("-V").output().ok());
    let compiler = compiler.map(|output| output.stdout).unwrap_or_default();
    let digest = |roots: &[&str]| {
        let mut files: Vec<PathBuf> = vec![PathBuf::from("Cargo.lock")];
        roots.iter().for_each(|root| walk(Path::new(root), &mut files));
        files.sort();
        let mut state = FNV_START;
        state = fnv(state, &compiler);
        for file in files {
            let name = file.to_string_lossy().replace('\\', "/");
            state = fnv(state, name.as_bytes());
            // A checkout on Windows may have other line ends.
            let bytes: Vec<u8> =
                fs::read(&file).unwrap_or_default().into_iter().filter(|byte| *byte != b'\r').collect();
            state = fnv(state, &(bytes.len() as u64).to_le_bytes());
            state = fnv(state, &bytes);
        }
        format!("{state:032x}")
    };
    println!("cargo::rustc-env=THROUGHLINE_SOURCES={}", digest(&["src"]));
    println!("cargo::rustc-env=THROUGHLINE_READERS={}", digest(&READERS));
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

const FNV_START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;

/// FNV-1a of 128 bits: no secret is kept here, and accidents are all that it has to tell apart.
fn fnv(state: u128, bytes: &[u8]) -> u128 {
    bytes
        .iter()
        .fold(state, |state, byte| (state ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b))
}
