//! How much memory a run will hold, told before it begins.

use crate::corpus::Source;

/// What the program, the lexicons, buffers and the search for candidates hold, whatever the size of the corpus.
const FIXED_BYTES: u64 = 64 << 20;
/// What is held of a text until the run ends, as a share of its bytes: what is known of the document, its hits and scores, and
/// where its rows stand. Measured on speeches and papers with 2,200 hits a megabyte; a lexicon that meets more needs more.
const HELD_SHARE: f64 = 0.4;

/// About how much memory a run over `sources` holds, in bytes. Told by their sizes alone: what a PDF or a packed file holds
/// of text is what such files mostly do.
pub fn expected_bytes(sources: &[Source]) -> u64 {
    let n_bytes: f64 = sources.iter().map(|source| source.n_bytes as f64 * share_of_text(&source.path)).sum();
    FIXED_BYTES + (n_bytes * HELD_SHARE) as u64
}

/// Bytes of text for a byte of such a file.
fn share_of_text(path: &str) -> f64 {
    match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "pdf" => 0.1,
        "docx" | "odt" | "epub" => 0.5,
        "gz" | "zip" => 3.0,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Digest;
    use std::path::PathBuf;

    #[test]
    fn more_text_needs_more_memory_and_a_pdf_holds_less_than_its_size() {
        let of = |path: &str, n_bytes| {
            let (path, file, digest) = (path.to_owned(), PathBuf::new(), Digest::default());
            expected_bytes(&[Source { path, file, digest, n_bytes }]) - FIXED_BYTES
        };
        assert_eq!(expected_bytes(&[]), FIXED_BYTES);
        assert_eq!(of("a.jsonl", 1000), 400);
        assert_eq!(of("b/A.PDF", 1000), 40);
        assert!(of("a.jsonl.gz", 1000) > of("a.jsonl", 1000));
    }
}
