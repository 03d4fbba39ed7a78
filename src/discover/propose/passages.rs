//! Where features are met, and where something is claimed of them.

use super::super::dfm::Dfm;
use super::super::texts::{Texts, Words};
use rustc_hash::FxHashSet;

/// Words after which, before which, and in a list after which stands what is said to help, hinder or be wanted; a line each.
static CLAIM_WORDS: &str = include_str!("claim_words.txt");
/// Tokens within which such a word claims something of another.
const REACH: usize = 4;
/// What can stand alone as a subject ends a noun phrase in at least this share of its occurrences,
const MIN_FINAL: f64 = 0.4;
/// and is a verb, after "to" or an auxiliary, in no more than this.
const MAX_VERB: f64 = 0.25;
/// Texts in which fewer of the tokens than this hold sentences together have been stripped of such words: in them
/// nothing tells nouns.
const MIN_HOLDING: f64 = 0.1;
/// What stands before a verb.
pub const BEFORE_VERBS: [&str; 18] = [
    "to", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "can", "could", "may", "might",
    "will", "would", "should",
];
/// Passages that are taken as if something were claimed in them as often as usual, before a feature's own are counted.
const USUAL: f64 = 5.0;

/// The passages of each feature, ascending, and how often each has it.
#[derive(Debug, Default)]
pub struct Postings {
    of: Vec<Vec<(u32, f32)>>,
    claims: Claims,
    documents: Vec<u32>,
}

/// How a feature is met in documents that are taken so many times.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Met {
    /// Documents that have it.
    pub n_documents: f64,
    /// Documents that have it in a passage without a theme.
    pub n_free_documents: f64,
    /// Its occurrences.
    pub n_tokens: f64,
    /// Share of its passages that have no theme, 0 to 1.
    pub free_share: f64,
    /// Documents in which something is claimed of it.
    pub n_claimed_documents: f64,
    /// How many times more often than usual something is claimed of it where it is met, shrunk towards once.
    pub claimed: f64,
}

impl Postings {
    /// The postings of `dfm`; `documents` is the document of each passage, ascending.
    pub fn of_dfm(dfm: &Dfm, claims: Claims, documents: Vec<u32>) -> Self {
        let mut of = vec![Vec::new(); dfm.n_features()];
        for passage in 0..dfm.n_rows() {
            let (features, counts) = dfm.row(passage);
            features.iter().zip(counts).for_each(|(&f, &c)| of[f as usize].push((passage as u32, c)));
        }
        Self { of, claims, documents }
    }

    /// The passages of a feature.
    pub fn of(&self, feature: u32) -> &[(u32, f32)] {
        &self.of[feature as usize]
    }

    /// Document of a passage.
    pub fn document(&self, passage: u32) -> u32 {
        self.documents[passage as usize]
    }

    /// Whether a feature can be a subject: it ends noun phrases, and is no verb.
    pub fn is_subject(&self, feature: u32) -> bool {
        self.claims.is_subject[feature as usize]
    }

    /// How a feature is met.
    pub fn met(&self, feature: u32, times: &[f64], is_free: &[bool]) -> Met {
        let mut met = Met::default();
        let (mut last, mut last_free, mut last_claimed) = (u32::MAX, u32::MAX, u32::MAX);
        let (mut n, mut n_free, mut n_claimed) = (0.0, 0.0, 0.0);
        let claimed = &self.claims.of[feature as usize];
        for &(passage, count) in self.of(feature) {
            let document = self.document(passage);
            let taken = times[document as usize];
            met.n_tokens += taken * count as f64;
            n += taken;
            if document != last {
                met.n_documents += taken;
                last = document;
            }
            if is_free[passage as usize] {
                n_free += taken;
                if document != last_free {
                    met.n_free_documents += taken;
                    last_free = document;
                }
            }
            if claimed.binary_search(&passage).is_ok() {
                n_claimed += taken;
                if document != last_claimed {
                    met.n_claimed_documents += taken;
                    last_claimed = document;
                }
            }
        }
        met.claimed = (n_claimed / self.claims.usual.max(1e-9) + USUAL) / (n + USUAL);
        met.free_share = if n > 0.0 { n_free / n } else { 0.0 };
        met
    }
}

/// The passages in which something is claimed of each feature: "lack of trust", "time was short", "factors such as training".
///
/// What a literature holds to help or hinder is named in such places, whatever its subject; what it is merely about is not.
#[derive(Debug, Default)]
pub struct Claims {
    of: Vec<Vec<u32>>,
    is_subject: Vec<bool>,
    /// Share of the occurrences of any feature that are claims.
    usual: f64,
}

impl Claims {
    /// The claims of `texts`, the passages of which are the rows of `dfm`.
    pub fn of(texts: &Texts, words: &Words, dfm: &Dfm) -> Self {
        let frames = Frames::new(texts);
        let mut claims = Claims { of: vec![Vec::new(); dfm.n_features()], ..Claims::default() };
        let (mut n_all, mut n_claimed) = (0usize, 0usize);
        let mut claimed = Vec::new();
        for passage in 0..dfm.n_rows() {
            claimed.clear();
            texts.passage(passage).split(|&t| t == Texts::SENTENCE_END).for_each(|sentence| {
                frames.claimed(sentence, &mut claimed);
            });
            let claimed: FxHashSet<u32> = claimed.iter().map(|&t| words.word_of(t)).collect();
            for &feature in dfm.row(passage).0 {
                n_all += 1;
                if claimed.contains(&dfm.words[feature as usize]) {
                    n_claimed += 1;
                    claims.of[feature as usize].push(passage as u32);
                }
            }
        }
        claims.usual = n_claimed as f64 / n_all.max(1) as f64;
        let is_subject = subjects(texts, words);
        claims.is_subject =
            (0..dfm.n_features()).map(|f| dfm.is_phrase[f] || is_subject[dfm.words[f] as usize]).collect();
        claims
    }
}

/// Which types open a claim, close one, head a list of what is claimed.
struct Frames {
    opens: Vec<bool>,
    closes: Vec<bool>,
    heads: Vec<bool>,
}

impl Frames {
    fn new(texts: &Texts) -> Self {
        let mut lists = CLAIM_WORDS.lines().map(|line| {
            let listed: FxHashSet<&str> = line.split_whitespace().collect();
            (0..texts.n_types() as u32).map(|t| listed.contains(texts.surface(t))).collect::<Vec<bool>>()
        });
        let mut next = || lists.next().unwrap_or_default();
        Self { opens: next(), closes: next(), heads: next() }
    }

    /// Adds the tokens of a sentence of which something is claimed.
    fn claimed(&self, sentence: &[u32], into: &mut Vec<u32>) {
        let (mut opened, mut is_list) = (None, false);
        for (i, &token) in sentence.iter().enumerate() {
            let t = token as usize;
            let is_opened = opened.is_some_and(|at: usize| i - at <= REACH);
            let is_closed = || sentence[i + 1..].iter().take(REACH).any(|&next| self.closes[next as usize]);
            if is_list || is_opened || is_closed() {
                into.push(token);
            }
            opened = if self.opens[t] { Some(i) } else { opened };
            is_list |= self.heads[t];
        }
    }
}

/// Whether each word can be a subject.
fn subjects(texts: &Texts, words: &Words) -> Vec<bool> {
    let mut counts = vec![(0f64, 0f64, 0f64); words.len()];
    let is_auxiliary = |t: u32| t != Texts::SENTENCE_END && BEFORE_VERBS.contains(&texts.surface(t));
    let tokens = texts.tokens();
    for (i, &token) in tokens.iter().enumerate().filter(|&(_, &t)| t != Texts::SENTENCE_END) {
        let next = tokens.get(i + 1).copied().unwrap_or(Texts::SENTENCE_END);
        let is_final = next == Texts::SENTENCE_END || !words.has_meaning(words.word_of(next));
        let count = &mut counts[words.word_of(token) as usize];
        count.0 += 1.0;
        count.1 += f64::from(is_final);
        count.2 += f64::from(i > 0 && is_auxiliary(tokens[i - 1]));
    }
    let all: f64 = counts.iter().map(|count| count.0).sum();
    let with_meaning: f64 = counts.iter().zip(0..).filter(|&(_, word)| words.has_meaning(word)).map(|(c, _)| c.0).sum();
    let is_stripped = all - with_meaning < MIN_HOLDING * all;
    let is_subject =
        |&(n, is_final, verb): &(f64, f64, f64)| is_stripped || is_final >= MIN_FINAL * n && verb <= MAX_VERB * n;
    counts.iter().map(is_subject).collect()
}
