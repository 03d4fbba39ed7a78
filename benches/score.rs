//! What a user waits for after a change to a theme: the stream out of the postings, the matcher, and the weighing.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use throughline::corpus::{self, CorpusSettings};
use throughline::index::{self, IndexSettings, PassageIndex};
use throughline::lexicon::{self, Lexicon, LexiconSettings};
use throughline::score::{self, ScoreSettings};
use throughline::text::{Analyzer, TextSettings};

const N_DOCUMENTS: usize = 2_000;
const N_SENTENCES: usize = 20;

/// Sentences as reports have them; one in three speaks of a theme.
const SENTENCES: [&str; 9] = [
    "The families in the second cohort were visited at home by a nurse once a month until the child was two.",
    "Three of the four sites lacked secure funding, and posts were lost when the grant ended.",
    "Attendance rose in the first year and fell back in the second, for reasons that the authors do not explain.",
    "Interviews were recorded, transcribed and read twice by two of the authors before they were coded.",
    "Strong leadership from the director helped staff of all agencies to work towards shared aims.",
    "Children of primary school age took part in the groups after school on two days of the week.",
    "It was unclear who was responsible for the plan, and professional cultures clashed over its purpose.",
    "The sample was small, and no comparison could be made with families who had not been referred.",
    "Parents said that they had been listened to, but that the appointments were hard to keep.",
];

fn index_of(folder: &Path, analyzer: &Analyzer) -> PassageIndex {
    let mut lines = String::new();
    for document in 0..N_DOCUMENTS {
        write!(lines, "{{\"id\":\"d{document:05}\",\"text\":\"").expect("a string grows");
        for sentence in 0..N_SENTENCES {
            // A fixed stride through the sentences, so that no two neighbours are alike and every run is.
            write!(lines, "{} ", SENTENCES[(document * 7 + sentence * 4) % SENTENCES.len()]).expect("a string grows");
        }
        lines.push_str("\"}\n");
    }
    std::fs::write(folder.join("texts.jsonl"), lines).expect("the texts are written");
    let settings = CorpusSettings { paths: vec!["texts.jsonl".into()], root: folder.into(), ..Default::default() };
    let index_settings = IndexSettings { state: folder.join("state"), ..Default::default() };
    index::sync(&index_settings, &corpus::scan(&settings), &settings, analyzer, &|| ()).expect("the texts are indexed")
}

fn shipped_themes(analyzer: &Analyzer) -> Lexicon {
    let settings = LexiconSettings {
        themes: vec!["config/themes/integrated-childrens-services".into()],
        root: env!("CARGO_MANIFEST_DIR").into(),
        ..Default::default()
    };
    lexicon::load(&settings, analyzer).expect("the shipped themes are right")
}

fn rescore(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder to work in");
    let analyzer = Analyzer::new(&TextSettings::default());
    let (index, lexicon) = (index_of(folder.path(), &analyzer), shipped_themes(&analyzer));
    let settings = ScoreSettings::default();
    let mut group = criterion.benchmark_group("score");
    group.throughput(Throughput::Elements((N_DOCUMENTS * N_SENTENCES) as u64)).sample_size(20);
    group.bench_function("passages after a theme was edited", |bench| {
        bench.iter(|| black_box(score::themes(&index, &lexicon, &settings, &|| ()).expect("the index answers")));
    });
    group.finish();
}

criterion_group!(benches, rescore);
criterion_main!(benches);
