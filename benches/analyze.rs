//! What reading costs: prose cut into sentences and tokens, every distinct word folded and stemmed once.
//!
//! The prose is generated from a fixed seed: words drawn by Zipf's law, sentences of 8 to 40 words, with the commas,
//! brackets, quotes, hyphens and citations of the literature. Throughput is in bytes of text.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use std::hint::black_box;
use throughline::corpus::Document;
use throughline::text::{Analysis, Analyzer, TextSettings, Vocabulary};

const N_DOCUMENTS: usize = 40;
const N_TYPES: usize = 20_000;

fn analyze(criterion: &mut Criterion) {
    let documents = documents();
    let analyzer = Analyzer::new(&TextSettings::default());
    let run = |vocabulary: &mut Vocabulary| {
        let mut analysis = Analysis::default();
        for document in &documents {
            analyzer.analyze(document, vocabulary, &mut analysis);
            black_box(analysis.tokens.len());
        }
    };
    let mut group = criterion.benchmark_group("analyze");
    group.throughput(Throughput::Bytes(documents.iter().map(|document| document.text.len() as u64).sum()));
    group.bench_function("known words", |bencher| {
        let mut vocabulary = Vocabulary::default();
        bencher.iter(|| run(&mut vocabulary));
    });
    group.bench_function("new words", |bencher| {
        bencher.iter_batched_ref(Vocabulary::default, run, BatchSize::LargeInput);
    });
    group.finish();
}

fn documents() -> Vec<Document> {
    let mut chance = Pcg64::seed_from_u64(1);
    let words: Vec<String> = (0..N_TYPES).map(|rank| word(&mut chance, rank)).collect();
    (0..N_DOCUMENTS)
        .map(|_| {
            let paragraphs: Vec<_> = (0..60).map(|_| paragraph(&mut chance, &words)).collect();
            Document { text: paragraphs.join("\n\n"), ..Document::default() }
        })
        .collect()
}

/// Frequent words are short, as in every language.
fn word(chance: &mut Pcg64, rank: usize) -> String {
    let n_syllables = if rank < 60 { 1 } else { chance.random_range(1..=4) };
    let syllable = |chance: &mut Pcg64| {
        let onsets = ["", "b", "c", "d", "f", "l", "m", "n", "p", "r", "s", "st", "t", "th"];
        let rhymes = ["a", "e", "i", "o", "al", "en", "er", "ing", "ion", "ed", "and", "out"];
        [onsets[chance.random_range(0..onsets.len())], rhymes[chance.random_range(0..rhymes.len())]].concat()
    };
    (0..n_syllables).map(|_| syllable(chance)).collect()
}

fn paragraph(chance: &mut Pcg64, words: &[String]) -> String {
    let mut text = String::new();
    for _ in 0..chance.random_range(2..8) {
        let n_words = chance.random_range(8..40);
        for place in 0..n_words {
            // The rank of a word under Zipf's law: uniform in its logarithm.
            let rank = (words.len() as f64).powf(chance.random::<f64>()) as usize - 1;
            let word = &words[rank.min(words.len() - 1)];
            match (place, chance.random_range(0..100)) {
                (0, _) => text.extend(word[..1].to_uppercase().chars().chain(word[1..].chars())),
                (_, 0..6) => text.extend([word, ","]),
                (_, 6..8) => text.extend([word, "-", &words[rank / 2]]),
                (_, 8) => text.extend(["(", word, " et al. 2004)"]),
                (_, 9) => text.extend(["“", word, "”"]),
                _ => text.push_str(word),
            }
            text.push(if place + 1 == n_words { '.' } else { ' ' });
        }
        text.push(' ');
    }
    text
}

criterion_group!(benches, analyze);
criterion_main!(benches);
