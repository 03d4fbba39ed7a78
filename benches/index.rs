//! What a user waits for: making an index, and streaming it for a lexicon.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use throughline::corpus::{self, CorpusSettings};
use throughline::index::{self, IndexSettings, PassageIndex};
use throughline::lexicon::ClassId;
use throughline::text::{Analyzer, TextSettings};

const N_DOCUMENTS: usize = 400;
const N_SENTENCES: usize = 120;
const N_TYPES: u64 = 30_000;

/// Text whose words are as unevenly used as those of a language: the nth is used about 1/n as often as the first.
fn jsonl() -> String {
    let mut state = 7u64;
    let mut word = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (state >> 11) as f64 / (1u64 << 53) as f64;
        (N_TYPES as f64).powf(share) as u64
    };
    let mut out = String::new();
    for document in 0..N_DOCUMENTS {
        let mut text = String::new();
        for _ in 0..N_SENTENCES {
            for place in 0..22 {
                let ending = ["", "s", "ing", "ed"][place % 4];
                let _ = write!(text, "{}w{:x}{ending}", if place == 0 { "" } else { " " }, word());
            }
            text.push_str(". ");
        }
        let _ = writeln!(out, "{{\"id\":\"d{document}\",\"text\":\"{text}\"}}");
    }
    out
}

fn sync(root: &Path, state: &Path) -> PassageIndex {
    let corpus = CorpusSettings { paths: vec!["corpus".into()], root: root.to_owned(), ..CorpusSettings::default() };
    let settings = IndexSettings { state: state.to_owned(), ..IndexSettings::default() };
    let analyzer = Analyzer::new(&TextSettings::default());
    index::sync(&settings, &corpus::scan(&corpus), &corpus, &analyzer, &|| ()).expect("the index can be written")
}

fn benches(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let text = jsonl();
    std::fs::create_dir_all(folder.path().join("corpus")).expect("a folder can be made");
    std::fs::write(folder.path().join("corpus/texts.jsonl"), &text).expect("the text can be written");
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("first run", |bencher| {
        bencher.iter(|| {
            let state = tempfile::tempdir_in(folder.path()).expect("a folder can be made");
            black_box(sync(folder.path(), state.path()).n_new())
        });
    });
    let state = folder.path().join("state");
    let index = sync(folder.path(), &state);
    group.bench_function("nothing new", |bencher| bencher.iter(|| black_box(sync(folder.path(), &state).n_new())));
    let n_tokens: u64 = index.documents().iter().map(|document| u64::from(document.n_tokens)).sum();
    group.throughput(Throughput::Elements(n_tokens));
    let tenth = |surface: &str, _: &str| ClassId(u32::from(surface.len() % 10 == 5));
    let count = |_: usize, document: &throughline::lexicon::TokenClasses| {
        document.classes.iter().filter(|class| **class != ClassId::NONE).count()
    };
    group.bench_function("stream of a lexicon", |bencher| {
        bencher.iter(|| index.stream(&tenth, &count).expect("the index can be read"));
    });
    group.bench_function("stream of every word", |bencher| {
        bencher.iter(|| index.stream(&|_, _| ClassId(1), &count).expect("the index can be read"));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
