//! What discovery costs: collocations, topics, and classification from seed words, in tokens per second.
//!
//! The texts are generated from a fixed seed: passages of 100 tokens, half of them drawn from the words of one of twenty
//! subjects, half from words that all share, both by Zipf's law.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use std::hint::black_box;
use throughline::discover::{DiscoverSettings, SeedHit, Texts, classify, collocations, topics};

const N_PASSAGES: usize = 2_000;
const N_TOKENS: usize = 100;
const N_SUBJECTS: usize = 20;
const N_WORDS: usize = 500;

fn discover(criterion: &mut Criterion) {
    let texts = texts();
    let settings = DiscoverSettings::default();
    let seeds: Vec<SeedHit> = (0..N_PASSAGES)
        .step_by(10)
        .map(|passage| {
            let theme = (passage / 10 % N_SUBJECTS) as u16;
            SeedHit { passage: passage as u32, theme, pattern: theme as u32 }
        })
        .collect();
    let mut group = criterion.benchmark_group("discover");
    group.sample_size(10).throughput(Throughput::Elements((N_PASSAGES * N_TOKENS) as u64));
    group.bench_function("collocations", |bencher| bencher.iter(|| black_box(collocations(&texts, 5, &[])).len()));
    group.bench_function("topics", |bencher| bencher.iter(|| black_box(topics(&texts, N_SUBJECTS, &settings, &|| ()))));
    group.bench_function("classify", |bencher| {
        bencher.iter(|| black_box(classify(&texts, &seeds, N_SUBJECTS, &settings, &|| ())));
    });
    group.finish();
}

fn texts() -> Texts {
    let mut chance = Pcg64::seed_from_u64(1);
    let mut texts = Texts::default();
    for passage in 0..N_PASSAGES {
        for token in 0..N_TOKENS {
            let rank = (N_WORDS as f64).powf(chance.random::<f64>()) as usize;
            let subject = if token % 2 == 0 { passage / 10 % N_SUBJECTS } else { N_SUBJECTS };
            let word = format!("w{subject}x{rank}");
            let type_id = texts.type_of(&word, &word);
            texts.push(type_id);
        }
        texts.end_passage();
    }
    texts
}

criterion_group!(benches, discover);
criterion_main!(benches);
