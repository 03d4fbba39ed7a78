//! The fuzzer's targets on any toolchain: random changes of the fixtures, the same in every run.
//!
//! `FUZZ_SECONDS=600 cargo test --release --test fuzz` goes on for so long with each target, from a seed of the day's own
//! if `FUZZ_SEED` is set; an input that panics is written to `fuzz/artifacts/`, and goes into `fuzz/regressions/` once it
//! is mended.

#[path = "../fuzz/parsers.rs"]
mod parsers;

use parsers::TARGETS;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Changes of each target in an ordinary test.
const N_QUICK: u32 = 25;
/// Longest that one input may take, on a machine that has other things to do.
const LONGEST: Duration = Duration::from_secs(60);

/// Pieces that these languages are made of, so that changes get past the first bytes.
const PIECES: &[&str] = &[
    "TY  - JOUR\n",
    "ER  - \n",
    "AB  - ",
    "TI  - ",
    "PMID- 1\n",
    "%0 Journal\n",
    "PT J\n",
    "<1. >\n",
    "@article{a,",
    "}",
    "{",
    "\"",
    "title = ",
    " # ",
    "@string{",
    "crossref = {a}",
    "id,text\n",
    ",",
    "\n",
    "\r",
    "\t",
    "{\"text\":",
    "[",
    "]",
    "null",
    "\\u0000",
    "<article>",
    "<body>",
    "<p>",
    "</p>",
    "<sec>",
    "&lt;",
    "&#",
    "&x;",
    "<!DOCTYPE a [",
    "<![CDATA[",
    "<mods>",
    "<titleInfo><title>",
    "<record>",
    "<div>",
    "<b>",
    "<script>",
    "---\n",
    "# Methods\n",
    "```\n",
    "PK\x03\x04",
    "%PDF-1.4\n",
    " 0 obj\n<<",
    ">>\nendobj\n",
    "stream\n",
    " 0 R",
    "/Kids[2 0 R]",
    " Tj ",
    " 0 0 1 1 cm ",
    "<05d005d1>",
    "BT /F2 10 Tf ",
    "\x1f\u{8b}",
    "(",
    "|",
    ")",
    " NEAR/3 ",
    " UNLESS ",
    "*",
    "?",
    "=",
    "@lack",
    "patterns = [",
    "label = \"",
    "%\n",
    "1\t",
    "+A\n",
    "<dictionary>",
    "<cnode name=\"",
    "(1)",
    "coder,document,theme\n",
    "\u{feff}",
    "\0",
    "\u{202e}",
    "e\u{301}",
    "😀",
    "99999999999999999999",
    "-1",
    "\u{fffd}",
];

fn change(random: &mut Pcg64, bytes: &mut Vec<u8>) {
    for _ in 0..random.random_range(1..6) {
        let at = random.random_range(0..=bytes.len());
        match random.random_range(0..7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.random_range(0..8),
            1 => bytes.insert(at, random.random()),
            2 => bytes.truncate(at),
            3 => _ = bytes.drain(at..(at + random.random_range(0..40)).min(bytes.len())),
            4 => {
                let end = (at + random.random_range(0..60)).min(bytes.len());
                let piece = bytes[at..end].repeat(random.random_range(1..5));
                bytes.splice(at..at, piece);
            }
            _ => {
                let piece = PIECES[random.random_range(0..PIECES.len())].as_bytes();
                let piece = piece.repeat(if random.random_ratio(1, 40) { 3_000 } else { 1 });
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes.truncate(60_000);
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn no_parser_gives_up_on_any_input() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seconds = setting("FUZZ_SECONDS").map(Duration::from_secs);
    for (number, target) in (0..).zip(TARGETS) {
        let mut random = Pcg64::seed_from_u64(setting("FUZZ_SEED").unwrap_or(2006) + number);
        let fixture = |name: &&str| std::fs::read(folder("tests/fixtures/formats").join(name)).unwrap();
        let mut pool: Vec<Vec<u8>> = target.seeds.iter().map(fixture).collect();
        pool.push(b"a.b\n".to_vec());
        let (started, mut n) = (Instant::now(), 0);
        while seconds.map_or(n < N_QUICK, |seconds| started.elapsed() < seconds) {
            n += 1;
            let mut bytes = pool[random.random_range(0..pool.len())].clone();
            change(&mut random, &mut bytes);
            let began = Instant::now();
            if catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes))).is_err() || began.elapsed() > LONGEST {
                let kept = folder("fuzz/artifacts").join(format!("{}-{n}", target.name));
                std::fs::create_dir_all(folder("fuzz/artifacts")).unwrap();
                std::fs::write(&kept, &bytes).unwrap();
                panic!("{} gives up on, or takes {:?} for, {}", target.name, began.elapsed(), kept.display());
            }
            if pool.len() < 60 && random.random_ratio(1, 8) {
                pool.push(bytes);
            }
        }
        if seconds.is_some() {
            eprintln!("{}: {n} inputs", target.name);
        }
    }
}

#[test]
fn what_was_found_once_is_read_now() {
    let mut n = 0;
    for entry in std::fs::read_dir(folder("fuzz/regressions")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let target = TARGETS.iter().find(|target| name.starts_with(target.name)).expect("named for its target");
        (target.run)(&std::fs::read(entry.path()).unwrap());
        n += 1;
    }
    assert_eq!(n, std::fs::read_dir(folder("fuzz/regressions")).map_or(0, Iterator::count));
}
