//! What a user waits for in the lexicon: compiling many patterns, giving types their classes, and finding hits.

#![allow(missing_docs)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use std::hint::black_box;
use throughline::lexicon::{
    ClassId, Found, Lexicon, LexiconSettings, Pattern, Scratch, SentenceTokens, Theme, ThemeId, TokenClasses,
};
use throughline::text::{Analyzer, TextSettings};

const TOKENS_A_SENTENCE: u32 = 25;
const SENTENCES_A_DOCUMENT: u32 = 100;

/// A word that no two numbers share.
fn word(number: usize) -> String {
    let letters = b"bcdfghklmnprtv";
    let mut word = String::new();
    let mut rest = number + letters.len();
    while rest > 0 {
        word.push(char::from(letters[rest % letters.len()]));
        word.push(char::from(b"aeiou"[rest % 5]));
        rest /= letters.len();
    }
    word
}

/// Patterns as people write them: words, globs, phrases, alternatives, gaps; the first words are met most.
fn patterns(n: usize) -> Vec<Pattern> {
    let text = |at: usize| match at % 6 {
        0 => word(at),
        1 => format!("{}*", word(at)),
        2 => format!("{} {}", word(at), word(at / 2)),
        3 => format!("({}|{}) of {}*", word(at), word(at + 1), word(at / 3)),
        4 => format!("{} NEAR/4 {}", word(at), word(at / 2)),
        _ => format!("{} (the)? {} {}", word(at), word(at / 2), word(at / 5)),
    };
    (0..n).map(|at| Pattern { text: text(at), weight: 0.9, stance: None, line: 0 }).collect()
}

fn lexicon(n_themes: usize, n_patterns: usize) -> Lexicon {
    let theme =
        |number| Theme { id: ThemeId(format!("theme-{number}")), patterns: patterns(n_patterns), ..Theme::default() };
    let analyzer = Analyzer::new(&TextSettings::default());
    Lexicon::compile((0..n_themes).map(theme).collect(), &LexiconSettings::default(), &analyzer).unwrap()
}

/// Documents in which `share` of the tokens are among the words of the first ten patterns.
fn documents(lexicon: &Lexicon, n_sentences: u32, share: f64) -> Vec<TokenClasses> {
    let analyzer = Analyzer::new(&TextSettings::default());
    let language = analyzer.languages()[0];
    let known: Vec<ClassId> =
        (0..10).map(word).map(|word| lexicon.classify(&word, &analyzer.stem(&word, language))).collect();
    let mut chance = Pcg64::seed_from_u64(7);
    let n_tokens = TOKENS_A_SENTENCE * SENTENCES_A_DOCUMENT;
    let mut document = || TokenClasses {
        classes: (0..n_tokens)
            .map(|_| if chance.random_bool(share) { known[chance.random_range(0..known.len())] } else { ClassId::NONE })
            .collect(),
        compounds: Vec::new(),
        sentences: (0..SENTENCES_A_DOCUMENT)
            .map(|passage| SentenceTokens {
                first_token: passage * TOKENS_A_SENTENCE,
                n_tokens: TOKENS_A_SENTENCE,
                passage,
                scored: true,
            })
            .collect(),
        n_passages: SENTENCES_A_DOCUMENT,
    };
    (0..n_sentences / SENTENCES_A_DOCUMENT).map(|_| document()).collect()
}

fn compile(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    for n in [100, 10_000] {
        group.bench_function(format!("{n} patterns"), |b| b.iter(|| black_box(lexicon(1, n))));
    }
}

fn classify(c: &mut Criterion) {
    let mut group = c.benchmark_group("classify");
    let types: Vec<String> = (0..100_000).map(|at| word(at * 7)).collect();
    group.throughput(Throughput::Elements(types.len() as u64));
    group.sample_size(10);
    for n in [100, 10_000] {
        let lexicon = lexicon(1, n);
        group.bench_function(format!("{n} patterns"), |b| {
            b.iter(|| types.iter().map(|word| lexicon.classify(word, word).0).fold(0, u32::wrapping_add))
        });
    }
}

fn find(c: &mut Criterion) {
    const N_SENTENCES: u32 = 100_000;
    let mut group = c.benchmark_group("find");
    group.throughput(Throughput::Elements(N_SENTENCES.into()));
    group.sample_size(10);
    for (n_themes, n_patterns, share) in [(5, 100, 0.0), (5, 100, 0.02), (1, 10, 0.02), (1, 10_000, 0.02)] {
        let lexicon = lexicon(n_themes, n_patterns);
        let documents = documents(&lexicon, N_SENTENCES, share);
        let name = format!("{n_themes} themes of {n_patterns} patterns, {share} of tokens known");
        group.bench_function(name, |b| {
            b.iter_batched_ref(
                || (Scratch::default(), Vec::<Found>::new(), Vec::<Found>::new()),
                |(scratch, hits, cues)| {
                    let mut n_hits = 0;
                    for document in &documents {
                        lexicon.find(document, scratch, hits, cues);
                        n_hits += hits.len();
                    }
                    n_hits
                },
                BatchSize::SmallInput,
            )
        });
    }
}

criterion_group!(benches, compile, classify, find);
criterion_main!(benches);
