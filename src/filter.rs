//! The other corridor: texts in, scores out, with no study, no index and nothing kept.

mod reading;

use crate::corpus::{self, CorpusSettings, Document, DocumentId, Fault, Source};
use crate::discover::{Corpus, SeedHit, Texts};
use crate::index::{self, IndexedDocument};
use crate::lexicon::{Classifier, CompoundClass, Lexicon, SentenceTokens, TokenClasses};
use crate::pipeline::Watch;
use crate::score::{DocumentScores, ScoreSettings, Scorer, Scratch};
use crate::text::{Analysis, Analyzer, Passage, Vocabulary};
use rayon::prelude::*;
use reading::Reading;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Mutex;

/// Bytes of text that are read before they are scored together.
const BATCH_BYTES: usize = 4 << 20;

/// One document, cut and scored.
pub struct Scored<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its passages.
    pub passages: &'a [Passage],
    /// What was found in it.
    pub scores: &'a DocumentScores,
}

/// Reads `files`, cuts and scores every document in parallel, makes something of each with `view`, and hands the results to
/// `emit` in the order of the files and their records.
///
/// Memory does not grow with the input: a batch of documents is held, and a bounded number that were read ahead. Returns the
/// faults met.
///
/// # Errors
/// What `emit` returns; nothing is read after that.
pub fn score_files<T: Send, E: Send>(
    files: &[PathBuf],
    analyzer: &Analyzer,
    lexicon: &Lexicon,
    settings: &ScoreSettings,
    view: &(dyn Fn(&Scored<'_>) -> T + Sync),
    emit: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<Vec<Fault>, E> {
    let (sources, mut faults) = sources(files);
    let scorer = Scorer::new(lexicon, settings);
    let work = |worker: &mut Worker, document: &Document| worker.score(document, analyzer, lexicon, &scorer, view);
    let corpus = CorpusSettings::default();
    faults.extend(each_document(
        &sources,
        &Reading { corpus: &corpus, read: corpus::read_texts, tick: &|| () },
        &work,
        emit,
    )?);
    Ok(faults)
}

/// What lies in some files and folders, counted.
#[derive(Default)]
pub struct Survey {
    /// Documents, then records without a text, each in order of id; of versions of a work one stands for it.
    pub documents: Vec<IndexedDocument>,
    /// What could not be read, sorted.
    pub faults: Vec<Fault>,
}

/// Reads and cuts every document of `paths`, as a study of them would. Of each only what is known of it is held.
pub fn survey(paths: &[PathBuf], analyzer: &Analyzer, watch: &dyn Watch) -> Survey {
    let paths = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let corpus = CorpusSettings { paths, ..CorpusSettings::default() };
    let catalog = corpus::scan(&corpus);
    let tick = watch.stage("read", catalog.sources.len());
    let mut documents = Vec::new();
    let work = |worker: &mut Worker, document: &Document| {
        worker.cut(document, analyzer);
        worker.known(document)
    };
    let read = Reading { corpus: &corpus, read: corpus::read, tick: &*tick };
    let Ok(mut faults) = each_document(&catalog.sources, &read, &work, &mut |known| {
        documents.push(known);
        Ok::<(), Infallible>(())
    });
    faults.extend(index::join_works(&mut documents, &corpus.duplicates));
    faults.extend(catalog.faults);
    faults.sort();
    Survey { documents, faults }
}

/// Texts as discovery reads them, a passage a document with its title, and what a lexicon found in each.
#[derive(Default)]
pub struct Gathered {
    /// Ids of the documents, in the order of the files and their records.
    pub ids: Vec<DocumentId>,
    /// Their words.
    pub texts: Texts,
    /// Hits of the lexicon in them; none without one.
    pub seeds: Vec<SeedHit>,
    /// What could not be read.
    pub faults: Vec<Fault>,
}

/// Reads every document of `files` into memory as types: four bytes a word.
pub fn gather_files(files: &[PathBuf], analyzer: &Analyzer, lexicon: Option<&Lexicon>) -> Gathered {
    let (sources, faults) = sources(files);
    let mut gathered = Gathered { faults, ..Gathered::default() };
    let mut worker = Worker::default();
    let (mut hits, mut cues) = (Vec::new(), Vec::new());
    let mut matching = crate::lexicon::Scratch::default();
    let corpus = CorpusSettings::default();
    let reading = Reading { corpus: &corpus, read: corpus::read_texts, tick: &|| () };
    let faults = reading.each(&sources, &mut |mut document| {
        if let Some(title) = &document.metadata.title {
            document.text.insert_str(0, &format!("{title}\n\n"));
        }
        // Sections point into the text as it was; what is gathered here knows none.
        (document.sections, document.boilerplate) = (Vec::new(), Vec::new());
        worker.cut(&document, analyzer);
        if let Some(lexicon) = lexicon {
            let passages = analyzer.passages(&worker.analysis.sentences);
            worker.classifier.lay_out(
                lexicon,
                analyzer,
                &worker.vocabulary,
                (&worker.analysis, &passages),
                &mut worker.classes,
            );
            lexicon.find(&worker.classes, &mut matching, &mut hits, &mut cues);
            let passage = gathered.ids.len() as u32;
            gathered.seeds.extend(hits.iter().map(|hit| SeedHit { passage, theme: hit.theme, pattern: hit.pattern }));
        }
        worker.fill(&mut gathered.texts);
        gathered.ids.push(document.id);
        true
    });
    gathered.faults.extend(faults);
    gathered
}

/// Reads every document of `files` as types, laid out to be matched by many lexicons; and what could not be read.
pub fn lay_out_files(files: &[PathBuf], analyzer: &Analyzer) -> (Corpus, Vec<Fault>) {
    let (sources, mut faults) = sources(files);
    let (mut laid_out, mut worker) = (Corpus::default(), Worker::default());
    let corpus = CorpusSettings::default();
    faults.extend(Reading { corpus: &corpus, read: corpus::read, tick: &|| () }.each(&sources, &mut |document| {
        worker.cut(&document, analyzer);
        let types = worker.types(analyzer, &mut laid_out);
        laid_out.push(types);
        true
    }));
    (laid_out, faults)
}

/// Reads `sources`, several ahead, and works on their documents in their order, a batch in parallel at a time.
fn each_document<T: Send, E: Send>(
    sources: &[Source],
    reading: &Reading<'_>,
    work: &(dyn Fn(&mut Worker, &Document) -> T + Sync),
    emit: &mut dyn FnMut(T) -> Result<(), E>,
) -> Result<Vec<Fault>, E> {
    let workers = Mutex::new(Vec::new());
    let mut batch = Batch::default();
    let mut outcome = Ok(());
    let mut flush = |batch: &mut Batch| -> Result<(), E> {
        let lend = || Lent::new(&workers);
        let results = batch.documents.par_iter().map_init(lend, |lent, document| work(lent.get(), document));
        let results: Vec<T> = results.collect();
        *batch = Batch::default();
        results.into_iter().try_for_each(&mut *emit)
    };
    let faults = reading.each(sources, &mut |document| {
        batch.n_bytes += document.text.len();
        batch.documents.push(document);
        if batch.n_bytes >= BATCH_BYTES && outcome.is_ok() {
            outcome = flush(&mut batch);
        }
        outcome.is_ok()
    });
    outcome?;
    flush(&mut batch)?;
    Ok(faults)
}

/// The files that were named, and those in the folders that were named.
fn sources(files: &[PathBuf]) -> (Vec<Source>, Vec<Fault>) {
    let (mut sources, mut faults) = (Vec::new(), Vec::new());
    for file in files {
        if file.is_dir() {
            let here = CorpusSettings { root: file.clone(), paths: vec![".".to_owned()], ..CorpusSettings::default() };
            let catalog = corpus::scan(&here);
            sources.extend(catalog.sources);
            faults.extend(catalog.faults);
            continue;
        }
        match corpus::source(file) {
            Ok(source) => sources.push(source),
            Err(fault) => faults.push(fault),
        }
    }
    (sources, faults)
}

#[derive(Default)]
struct Batch {
    documents: Vec<Document>,
    n_bytes: usize,
}

/// What one thread works with; kept from batch to batch, so that a word is folded, stemmed and classified once.
#[derive(Default)]
struct Worker {
    vocabulary: Vocabulary,
    classifier: Classifier,
    analysis: Analysis,
    classes: TokenClasses,
    scratch: Scratch,
    /// The type in the `Texts` it fills of each of its vocabulary's; `SENTENCE_END` where it is not known.
    types: Vec<u32>,
}

/// A worker taken from the shelf, and put back when the thread is done with it.
struct Lent<'a> {
    shelf: &'a Mutex<Vec<Worker>>,
    worker: Option<Worker>,
}

impl<'a> Lent<'a> {
    fn new(shelf: &'a Mutex<Vec<Worker>>) -> Self {
        let worker = shelf.lock().ok().and_then(|mut shelf| shelf.pop());
        Lent { shelf, worker }
    }

    fn get(&mut self) -> &mut Worker {
        self.worker.get_or_insert_default()
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let (Some(worker), Ok(mut shelf)) = (self.worker.take(), self.shelf.lock()) {
            shelf.push(worker);
        }
    }
}

impl Worker {
    fn cut(&mut self, document: &Document, analyzer: &Analyzer) {
        if self.vocabulary.is_full() {
            self.vocabulary.clear();
            self.types.clear();
        }
        analyzer.analyze(document, &mut self.vocabulary, &mut self.analysis);
    }

    /// What is known of the document that was cut last.
    fn known(&self, document: &Document) -> IndexedDocument {
        IndexedDocument {
            id: document.id.clone(),
            source: document.source.clone(),
            format: document.format.to_owned(),
            metadata: document.metadata.without_extra(),
            signature: corpus::signature(document),
            language: self.analysis.language,
            n_bytes: document.text.len() as u32,
            n_tokens: self.analysis.tokens.len() as u32,
            n_sentences: self.analysis.sentences.len() as u32,
            n_sections: document.sections.len() as u32,
            n_pages: document.pages.len() as u32,
            ..IndexedDocument::default()
        }
    }

    /// Adds the document that was cut last to `texts`, as one passage.
    fn fill(&mut self, texts: &mut Texts) {
        for sentence in &self.analysis.sentences {
            let first = sentence.first_token as usize;
            for token in &self.analysis.tokens[first..first + sentence.n_tokens as usize] {
                let (id, place) = (token.type_id, token.type_id.0 as usize);
                self.types.resize(self.types.len().max(place + 1), Texts::SENTENCE_END);
                if self.types[place] == Texts::SENTENCE_END {
                    self.types[place] = texts.type_of(self.vocabulary.surface(id), self.vocabulary.stem(id));
                }
                texts.push(self.types[place]);
            }
            texts.push(Texts::SENTENCE_END);
        }
        texts.end_passage();
    }

    /// The document that was cut last, its classes numbers of types of `corpus`.
    fn types(&self, analyzer: &Analyzer, corpus: &mut Corpus) -> TokenClasses {
        let Worker { vocabulary, analysis, .. } = self;
        let mut number = |type_id| corpus.type_of(vocabulary.surface(type_id), vocabulary.stem(type_id));
        let mut types = TokenClasses {
            classes: analysis.tokens.iter().map(|token| number(token.type_id)).collect(),
            compounds: Vec::new(),
            sentences: Vec::new(),
            n_passages: analysis.sentences.len() as u32,
        };
        types.compounds.extend(analysis.compounds.iter().map(|compound| CompoundClass {
            first_token: compound.first_token,
            n_tokens: compound.n_tokens,
            class: number(compound.type_id),
        }));
        types.sentences.extend(analysis.sentences.iter().zip(0..).map(|(sentence, passage)| SentenceTokens {
            first_token: sentence.first_token,
            n_tokens: sentence.n_tokens,
            passage,
            scored: analyzer.is_scored(sentence),
        }));
        types
    }

    fn score<T>(
        &mut self,
        document: &Document,
        analyzer: &Analyzer,
        lexicon: &Lexicon,
        scorer: &Scorer<'_>,
        view: &(dyn Fn(&Scored<'_>) -> T + Sync),
    ) -> T {
        self.cut(document, analyzer);
        let passages = analyzer.passages(&self.analysis.sentences);
        self.classifier.lay_out(lexicon, analyzer, &self.vocabulary, (&self.analysis, &passages), &mut self.classes);
        let scores = scorer.document(&self.classes, &mut self.scratch);
        view(&Scored { document, passages: &passages, scores: &scores })
    }
}
