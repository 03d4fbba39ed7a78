//! Finds documents that are the same work twice, and hands the fields of one over to the other.

use super::document::{Edition, Metadata, Sameness, Signature, Version};
use super::formats;
use super::settings::DuplicateSettings;
use rustc_hash::FxHashMap;
use std::hash::BuildHasher;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 5;
/// Fewest shingles a text must have for its signature to tell anything.
const MIN_SHINGLES: u32 = 40;
/// Places of a signature that are looked up together; of 16 such bands one agrees by chance in hardly any pair, and two
/// texts of likeness 0.8 miss all of them once in four thousand times.
const BAND: usize = 4;
/// Least likeness of two titles, from 0 to 1.
const TITLE_LIKENESS: f64 = 0.93;
/// Shortest title, in bytes as compared, that says which work it is; "Editorial" does not.
const TITLE_BYTES: usize = 20;
/// How many neighbors under one key a document is compared with.
const N_NEIGHBORS: usize = 16;

/// The signature of a text: one-permutation min-hashing over its five-word shingles, 64 places of 16 bits.
///
/// Words are runs of letters and digits, ASCII case folded. A text of fewer than 40 shingles has an empty signature.
///
/// # Source
/// Li, P., Owen, A., Zhang, C.-H. (2012). One permutation hashing. *NIPS 25*; empty places are filled from the next
/// filled one after Shrivastava, A., Li, P. (2014). Densifying one permutation hashing via rotation. *ICML 31*.
pub fn signature(text: &str) -> Signature {
    let mut least = [u64::MAX; Signature::N_PLACES];
    let mut words = [0u64; SHINGLE_WORDS];
    let (mut n_words, mut word) = (0usize, 0u64);
    for byte in text.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            word = (word.rotate_left(5) ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x517c_c1b7_2722_0a95);
        } else if word != 0 {
            words[n_words % SHINGLE_WORDS] = word;
            (n_words, word) = (n_words + 1, 0);
            if n_words >= SHINGLE_WORDS {
                let oldest_first = (n_words..n_words + SHINGLE_WORDS).map(|n| words[n % SHINGLE_WORDS]);
                let shingle = mixed(oldest_first.fold(0, |sum: u64, word| sum.rotate_left(7).wrapping_add(word)));
                let place = &mut least[(shingle >> 58) as usize];
                *place = (*place).min(shingle << 6);
            }
        }
    }
    if n_words < SHINGLE_WORDS - 1 + MIN_SHINGLES as usize {
        return Signature::default();
    }
    let filled = |at: usize| (at..at + Signature::N_PLACES).find(|n| least[n % Signature::N_PLACES] != u64::MAX);
    let value = |at: usize| {
        let from = filled(at).unwrap_or(at);
        // A borrowed value is told apart from the same value at home by how far it was borrowed.
        mixed(least[from % Signature::N_PLACES].wrapping_add((from - at) as u64)) as u16
    };
    Signature((0..Signature::N_PLACES).map(value).collect())
}

/// Spreads the bits of a number evenly (the finalizer of MurmurHash3).
fn mixed(mut n: u64) -> u64 {
    n = (n ^ (n >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    n = (n ^ (n >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    n ^ (n >> 33)
}

/// For each document, in order, the one that stands for its work and what told it; `None` for those that stand for
/// themselves. Of the versions of a work the longest stands for it, of equally long ones the first.
///
/// Same DOI; or nearly equal titles, years not more than one apart (or unknown) and no DOIs that differ; or nearly the
/// same text. What is the same as the same is the same.
pub fn versions(documents: &[Edition], settings: &DuplicateSettings) -> Vec<Option<Version>> {
    let mut groups = Groups { parent: (0..documents.len()).collect(), by: vec![None; documents.len()] };
    if settings.by.contains(&Sameness::Doi) {
        let dois = documents.iter().enumerate().filter_map(|(n, one)| Some((one.metadata.doi.as_deref()?, n)));
        groups.join_first(dois, Sameness::Doi);
    }
    if settings.by.contains(&Sameness::Title) {
        join_titles(documents, &mut groups);
    }
    if settings.by.contains(&Sameness::Text) {
        join_texts(documents, settings.likeness, &mut groups);
    }
    let mut stands: FxHashMap<usize, usize> = FxHashMap::default();
    for (n, one) in documents.iter().enumerate() {
        let best = stands.entry(groups.find(n)).or_insert(n);
        if one.n_tokens > documents[*best].n_tokens {
            *best = n;
        }
    }
    let version = |n: usize| {
        let root = groups.find(n);
        let of = stands[&root];
        (of != n).then(|| Version { of, by: groups.by[n].or(groups.by[of]).unwrap_or(Sameness::Text) })
    };
    (0..documents.len()).map(version).collect()
}

/// The fields of a work: those of the document that stands for it, with gaps filled from its versions in order.
///
/// Formats that carry hardly more than a file's properties (PDF, Word, plain text and the like) give way to what a
/// version says; such a version may be the record of a reference export with the same DOI or title.
pub fn merged(standing: &Edition, versions: &[&Edition]) -> Metadata {
    const VAGUE: [&str; 6] = ["pdf", "docx", "odt", "html", "text", "docling"];
    let mut fields = if VAGUE.contains(&standing.format) { Metadata::default() } else { standing.metadata.clone() };
    let (vague, sure): (Vec<&Edition>, Vec<&Edition>) = versions.iter().partition(|one| VAGUE.contains(&one.format));
    for one in sure.into_iter().chain([standing]).chain(vague) {
        formats::fill(&mut fields, one.metadata);
    }
    fields
}

/// Sets of documents that are one work; the root of a set is its least member.
struct Groups {
    parent: Vec<usize>,
    by: Vec<Option<Sameness>>,
}

impl Groups {
    fn find(&self, mut n: usize) -> usize {
        while self.parent[n] != n {
            n = self.parent[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize, by: Sameness) {
        let (a_root, b_root) = (self.find(a), self.find(b));
        if a_root != b_root {
            let (low, high) = (a_root.min(b_root), a_root.max(b_root));
            self.parent[high] = low;
            for n in [a, b] {
                self.parent[n] = if n == low { n } else { low };
                self.by[n] = self.by[n].or(Some(by));
            }
        }
    }

    /// Joins all that have the same key to the first that has it.
    fn join_first<'k>(&mut self, keys: impl Iterator<Item = (&'k str, usize)>, by: Sameness) {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (key, n) in keys {
            let at = *first.entry(key).or_insert(n);
            self.join(at, n, by);
        }
    }
}

/// Compares each title with those that begin or end in the same letters.
fn join_titles(documents: &[Edition], groups: &mut Groups) {
    let titles: Vec<String> = documents.iter().map(|one| comparable(one.metadata.title.as_deref())).collect();
    let mut near: FxHashMap<(bool, &str), Vec<usize>> = FxHashMap::default();
    for (n, title) in titles.iter().enumerate().filter(|(_, title)| title.len() >= TITLE_BYTES) {
        let (head, tail) = (title.floor_char_boundary(12), title.ceil_char_boundary(title.len() - 12));
        for key in [(false, &title[..head]), (true, &title[tail..])] {
            let neighbors = near.entry(key).or_default();
            for &other in neighbors.iter().rev().take(N_NEIGHBORS) {
                if are_one(documents[n].metadata, documents[other].metadata) && is_like(title, &titles[other]) {
                    groups.join(other, n, Sameness::Title);
                }
            }
            neighbors.push(n);
        }
    }
}

/// Whether year and DOI allow that two works with the same title are one.
fn are_one(a: &Metadata, b: &Metadata) -> bool {
    let years = a.year.zip(b.year).is_none_or(|(a, b)| a.abs_diff(b) <= 1);
    years && a.doi.as_ref().zip(b.doi.as_ref()).is_none_or(|(a, b)| a == b)
}

fn is_like(a: &str, b: &str) -> bool {
    let digits = |title: &str| title.chars().filter(char::is_ascii_digit).collect::<String>();
    let close = a.len().abs_diff(b.len()) * 10 <= a.len().max(b.len());
    a == b || close && digits(a) == digits(b) && strsim::normalized_levenshtein(a, b) >= TITLE_LIKENESS
}

/// A title in lower case, nothing but its letters and digits, `&` read as `and`.
fn comparable(title: Option<&str>) -> String {
    let title = title.unwrap_or("").replace('&', "and").to_lowercase();
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Compares each text with those that agree with it in a whole band of the signature.
fn join_texts(documents: &[Edition], likeness: f64, groups: &mut Groups) {
    let hasher = rustc_hash::FxBuildHasher;
    let mut near: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (n, one) in documents.iter().enumerate() {
        for (band, places) in one.signature.0.chunks_exact(BAND).enumerate() {
            let neighbors = near.entry(hasher.hash_one((band, places))).or_default();
            for &other in neighbors.iter().rev().take(N_NEIGHBORS) {
                let found = one.signature.likeness(documents[other].signature);
                if groups.find(other) != groups.find(n) && found.is_some_and(|found| found >= likeness) {
                    groups.join(other, n, Sameness::Text);
                }
            }
            neighbors.push(n);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: u32, n: u32) -> String {
        (from..from + n).map(|n| format!("word{} ", n.wrapping_mul(2_654_435_761) % 9973)).collect()
    }

    #[test]
    fn likeness_follows_the_share_of_shingles() {
        let whole = signature(&words(0, 1000));
        assert_eq!(whole.likeness(&signature(&words(0, 1000).to_uppercase().replace(' ', ",\n"))), Some(1.0));
        // 900 of 996 shingles shared on both sides: Jaccard 896 / 1096 = 0.82.
        let shifted = whole.likeness(&signature(&words(100, 1000))).unwrap();
        assert!((0.65..0.97).contains(&shifted), "{shifted}");
        assert!(whole.likeness(&signature(&words(5000, 1000))).unwrap() < 0.1);
        assert_eq!(whole.likeness(&signature("too short to tell")), None);
    }

    #[test]
    fn short_texts_that_differ_have_signatures_that_differ() {
        let a = signature(&words(0, 60));
        assert!(a.likeness(&signature(&words(400, 60))).unwrap() < 0.1);
        assert_eq!(a.likeness(&signature(&words(0, 60))), Some(1.0));
    }

    fn work(title: &str, year: Option<i32>, doi: Option<&str>) -> Metadata {
        let (title, doi) = (Some(title.to_owned()), doi.map(str::to_owned));
        Metadata { title, year, doi, ..Metadata::default() }
    }

    /// For each work the place of the one that stands for it.
    fn standing(works: &[(Metadata, &str, u32)], settings: &DuplicateSettings) -> Vec<usize> {
        let signatures: Vec<Signature> = works.iter().map(|work| signature(work.1)).collect();
        let editions: Vec<Edition> = works
            .iter()
            .zip(&signatures)
            .map(|((metadata, _, n_tokens), signature)| Edition {
                format: "pdf",
                metadata,
                signature,
                n_tokens: *n_tokens,
            })
            .collect();
        versions(&editions, settings)
            .iter()
            .enumerate()
            .map(|(n, version)| version.map_or(n, |version| version.of))
            .collect()
    }

    #[test]
    fn versions_are_found_by_doi_title_and_text() {
        let title = "Facilitators and barriers for co-ordinated multi-agency services";
        let text = words(0, 500);
        let works = [
            (work("A", None, Some("10.1/a")), "", 10),
            (work("B", None, Some("10.1/a")), "", 900),
            (work(title, Some(2004), None), "", 10),
            (work("Facilitators & barriers for coordinated multi-agency services.", Some(2005), None), "", 5),
            (work(title, Some(2010), None), "", 5),
            (work("X", None, None), &text, 500),
            (work("Y", None, None), &text, 500),
            (work("Editorial", Some(2004), None), "", 5),
            (work("Editorial", Some(2004), None), "", 5),
            (work("The state of services in the north, part 1", Some(2004), None), "", 5),
            (work("The state of services in the north, part 2", Some(2004), None), "", 5),
        ];
        let mut settings = DuplicateSettings::default();
        assert_eq!(standing(&works, &settings), [1, 1, 2, 2, 4, 5, 5, 7, 8, 9, 10]);
        settings.by = vec![Sameness::Title];
        assert_eq!(standing(&works, &settings), [0, 1, 2, 2, 4, 5, 6, 7, 8, 9, 10]);
        settings.by.clear();
        assert_eq!(standing(&works, &settings), (0..works.len()).collect::<Vec<_>>());
    }

    #[test]
    fn equal_titles_with_other_dois_are_other_works_and_a_chain_is_one_work() {
        let title = "Integrated children's services: a review";
        let works = [
            (work(title, Some(2004), Some("10.1/a")), "", 5),
            (work(title, Some(2004), Some("10.1/b")), "", 5),
            (work("Other", None, Some("10.1/c")), "", 5),
            (work("Joined-up working in the early years", None, Some("10.1/c")), "", 7),
            (work("Joined up working in the early years", None, None), "", 6),
        ];
        assert_eq!(standing(&works, &DuplicateSettings::default()), [0, 1, 3, 3, 3]);
    }

    #[test]
    fn a_record_hands_its_fields_to_the_full_text() {
        let vague = Metadata {
            title: Some("Microsoft Word - final2.doc".into()),
            url: Some("u".into()),
            ..Metadata::default()
        };
        let record = Metadata { authors: vec!["Sloper, P".into()], ..work("Facilitators", Some(2004), Some("10.1/a")) };
        let none = Signature::default();
        let edition = |format, metadata| Edition { format, metadata, signature: &none, n_tokens: 1 };
        let fields = merged(&edition("pdf", &vague), &[&edition("ris", &record)]);
        assert_eq!(
            (fields.title.as_deref(), fields.year, fields.url.as_deref()),
            (Some("Facilitators"), Some(2004), Some("u"))
        );
        let own = work("Its own title", None, None);
        let fields = merged(&edition("markdown", &own), &[&edition("ris", &record)]);
        assert_eq!((fields.title.as_deref(), fields.year), (Some("Its own title"), Some(2004)));
    }
}
