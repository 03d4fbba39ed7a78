//! Where features are met.

use super::super::dfm::Dfm;

/// The passages of each feature, ascending, and how often each has it.
#[derive(Debug, Default)]
pub struct Postings {
    of: Vec<Vec<(u32, f32)>>,
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
}

impl Postings {
    /// The postings of `dfm`; `documents` is the document of each passage, ascending.
    pub fn of_dfm(dfm: &Dfm, documents: Vec<u32>) -> Self {
        let mut of = vec![Vec::new(); dfm.n_features()];
        for passage in 0..dfm.n_rows() {
            let (features, counts) = dfm.row(passage);
            features.iter().zip(counts).for_each(|(&f, &c)| of[f as usize].push((passage as u32, c)));
        }
        Self { of, documents }
    }

    /// The passages of a feature.
    pub fn of(&self, feature: u32) -> &[(u32, f32)] {
        &self.of[feature as usize]
    }

    /// Document of a passage.
    pub fn document(&self, passage: u32) -> u32 {
        self.documents[passage as usize]
    }

    /// Passages in all, each as often as its document is taken.
    pub fn n_passages(&self, times: &[f64]) -> f64 {
        self.documents.iter().map(|&d| times[d as usize]).sum()
    }

    /// How a feature is met.
    pub fn met(&self, feature: u32, times: &[f64], is_free: &[bool]) -> Met {
        let mut met = Met::default();
        let (mut last, mut last_free, mut n, mut n_free) = (u32::MAX, u32::MAX, 0.0, 0.0);
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
        }
        met.free_share = if n > 0.0 { n_free / n } else { 0.0 };
        met
    }
}
