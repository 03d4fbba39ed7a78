//! The store opened for reading: its segments, their postings, marks and texts.

use super::super::passage_index::IndexError;
use super::entry::{CONTENT, LAYOUT_NAME, TRANSCRIPT, TYPES, UID_NAME, schema};
use super::ledger::StoreFolder;
use super::transcript::TranscriptTokenizer;
use crate::corpus::list;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::directory::{CompositeFile, FileSlice, MmapDirectory, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::document::Value;
use tantivy::schema::{Document, IndexRecordOption};
use tantivy::store::StoreReader;
use tantivy::{Index, IndexSettings, InvertedIndexReader, SegmentReader, TantivyDocument, TantivyError};

/// How many blocks of texts are kept unpacked for each segment.
const CACHED_BLOCKS: usize = 16;

/// The store as it was when it was opened; later runs do not change what it answers.
pub struct Store {
    /// Its segments, in no order that means anything.
    pub segments: Vec<Segment>,
    /// Whether the run that wrote it came to its end; else its files have to be listed once more.
    pub is_settled: bool,
}

/// Some of the documents, by their place in the segment, the first being 0.
pub struct Segment {
    /// Number of each document; `None` where it has been deleted.
    pub uids: Vec<Option<u64>>,
    terms: Arc<InvertedIndexReader>,
    positions: FileSlice,
    layout: Option<Column<u64>>,
    texts: StoreReader,
}

impl Store {
    /// Opens the store that lies in `folder`, which must have been made before.
    pub fn open(folder: &StoreFolder) -> Result<Self, IndexError> {
        let open = || {
            let index = open_index(folder)?;
            index.searchable_segments()?.iter().map(Segment::open).collect::<tantivy::Result<Vec<_>>>()
        };
        let segments = open().map_err(|error| IndexError::tantivy(&folder.segments(), &error))?;
        Ok(Self { segments, is_settled: true })
    }
}

/// Opens tantivy's folder.
pub fn open_index(folder: &StoreFolder) -> tantivy::Result<Index> {
    Index::open(MmapDirectory::open(folder.segments())?)
}

/// Opens tantivy's folder to write in it, making it where it is empty. A schema that is not ours is an error.
pub fn open_or_make_index(folder: &StoreFolder) -> tantivy::Result<Index> {
    // Our workers are threads of their own; one more for each of them to pack texts in would gain nothing.
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    let builder = Index::builder().schema(schema()).settings(settings);
    let index = builder.open_or_create(MmapDirectory::open(folder.segments())?)?;
    index.tokenizers().register(TRANSCRIPT, TranscriptTokenizer);
    Ok(index)
}

/// Names of the files that a reader of the store needs: those of its segments, and tantivy's list of them.
pub fn file_names(index: &Index, folder: &StoreFolder) -> tantivy::Result<Vec<String>> {
    let mut names = vec!["meta.json".to_owned()];
    let found = list(&folder.segments())?;
    let name = |path: PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let found: Vec<String> = found.into_iter().map(name).collect();
    for meta in index.searchable_segment_metas()? {
        let (id, deleted) = (meta.id().uuid_string(), meta.relative_path(SegmentComponent::Delete));
        let wanted = |name: &&String| {
            let is_of_an_old_commit = name.ends_with(".del") && Path::new(name) != deleted;
            name.starts_with(&id) && !is_of_an_old_commit && !name.ends_with(".temp")
        };
        names.extend(found.iter().filter(wanted).cloned());
    }
    Ok(names)
}

impl Segment {
    fn open(segment: &tantivy::Segment) -> tantivy::Result<Self> {
        let reader = SegmentReader::open(segment)?;
        let positions = CompositeFile::open(&reader.open_read(SegmentComponent::Positions)?)?;
        let uid = reader.fast_fields().u64(UID_NAME)?;
        let uids = (0..reader.max_doc()).map(|doc| uid.first(doc).filter(|_| !reader.is_deleted(doc)));
        Ok(Self {
            uids: uids.collect(),
            terms: reader.inverted_index(TYPES)?,
            positions: positions.open_read(TYPES).unwrap_or_else(FileSlice::empty),
            layout: reader.fast_fields().u64(LAYOUT_NAME).ok(),
            texts: reader.get_store_reader(CACHED_BLOCKS)?,
        })
    }

    /// Goes through its terms in order.
    pub fn each_term(&self, mut visit: impl FnMut(&[u8], &TermInfo)) -> std::io::Result<()> {
        let mut terms = self.terms.terms().stream()?;
        while let Some((term, info)) = terms.next() {
            visit(term, info);
        }
        Ok(())
    }

    /// Puts the packed sentence marks of a document into `out`.
    pub fn layout(&self, document: u32, out: &mut Vec<u64>) {
        out.clear();
        let Some(column) = &self.layout else { return };
        let rows = column.index.value_row_ids(document);
        out.resize(rows.len(), 0);
        column.values.get_range(u64::from(rows.start), out);
    }

    /// What is kept of a document, as it was written.
    pub fn content(&self, document: u32) -> tantivy::Result<OwnedBytes> {
        let stored = self.texts.get_document_bytes(document)?;
        if let Some(range) = only_bytes(&stored) {
            return Ok(stored.slice(range));
        }
        let found: TantivyDocument = self.texts.get(document)?;
        let bytes = found.iter_fields_and_values().find(|(field, _)| *field == CONTENT);
        let bytes = bytes.and_then(|(_, value)| value.as_bytes().map(<[u8]>::to_vec));
        let bytes = bytes.map(OwnedBytes::new);
        bytes.ok_or_else(|| TantivyError::InternalError(format!("document {document} has no text")))
    }
}

/// Where the bytes of `CONTENT` lie in a document as tantivy stores it, if they are all it holds. tantivy reads them one
/// by one and copies them twice, which is most of the time that reading a text back takes; a document of another shape
/// is left to it.
fn only_bytes(stored: &[u8]) -> Option<Range<usize>> {
    const ONE_FIELD: u8 = 0x81;
    const BYTES: u8 = 4;
    let [ONE_FIELD, a, b, c, d, BYTES, ref length @ ..] = *stored else { return None };
    if u32::from_le_bytes([a, b, c, d]) != CONTENT.field_id() {
        return None;
    }
    // The length: seven bits a byte, the lowest first; the last byte has its highest bit set.
    let n_digits = 1 + length.iter().take(9).position(|byte| byte & 0x80 != 0)?;
    let digits = length[..n_digits].iter().rev();
    let n_bytes = digits.fold(0, |number, byte| number << 7 | u64::from(byte & 0x7F));
    let start = stored.len() - length.len() + n_digits;
    (n_bytes == (stored.len() - start) as u64).then_some(start..stored.len())
}

/// Walks the postings of one term after another, keeping the room it decodes them in.
#[derive(Default)]
pub struct PostingReader {
    blocks: Option<BlockSegmentPostings>,
    positions: Vec<u32>,
}

impl PostingReader {
    /// Visits the documents of a term that lie in `wanted`, ascending, with the distances between its positions: the
    /// first from 0, each next from the one before.
    #[inline]
    pub fn positions(
        &mut self,
        segment: &Segment,
        term: &TermInfo,
        wanted: Range<u32>,
        mut visit: impl FnMut(u32, &[u32]),
    ) -> std::io::Result<()> {
        let blocks = match &mut self.blocks {
            Some(blocks) => {
                segment.terms.reset_block_postings_from_terminfo(term, blocks)?;
                blocks
            }
            none => none.insert(
                segment.terms.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqsAndPositions)?,
            ),
        };
        let bytes = segment.positions.read_bytes_slice(term.positions_range.clone())?;
        let mut reader = PositionReader::open(bytes)?;
        let mut offset = 0;
        loop {
            let (documents, counts) = (blocks.docs(), blocks.freqs());
            let (Some(&first), Some(&last)) = (documents.first(), documents.last()) else { return Ok(()) };
            if first >= wanted.end {
                return Ok(());
            }
            let n_positions: usize = counts.iter().map(|count| *count as usize).sum();
            if last >= wanted.start {
                self.positions.resize(n_positions, 0);
                reader.read(offset, &mut self.positions);
                let mut rest = &self.positions[..];
                for (&document, &count) in documents.iter().zip(counts) {
                    let (here, after) = rest.split_at(count as usize);
                    rest = after;
                    if wanted.contains(&document) {
                        visit(document, here);
                    }
                }
            }
            offset += n_positions as u64;
            blocks.advance();
        }
    }

    /// Visits every document of a term with how often the term is in it.
    pub fn counts(
        &mut self,
        segment: &Segment,
        term: &TermInfo,
        mut visit: impl FnMut(u32, u32),
    ) -> std::io::Result<()> {
        let mut blocks = segment.terms.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqs)?;
        while !blocks.docs().is_empty() {
            for (&document, &count) in blocks.docs().iter().zip(blocks.freqs()) {
                visit(document, count);
            }
            blocks.advance();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::doc;

    #[test]
    fn a_text_is_found_in_what_tantivy_stores() {
        for length in [0, 1, 127, 128, 20_000] {
            let bytes: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let index = Index::create_in_ram(schema());
            index.tokenizers().register(TRANSCRIPT, TranscriptTokenizer);
            let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 15_000_000).unwrap();
            writer.add_document(doc!(CONTENT => bytes.clone())).unwrap();
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            let stored = searcher.segment_reader(0).get_store_reader(1).unwrap().get_document_bytes(0).unwrap();
            assert_eq!(&stored[only_bytes(&stored).unwrap()], &bytes[..]);
            assert_eq!(only_bytes(&stored[..stored.len() - 1]), None);
        }
        assert_eq!(only_bytes(&[]), None);
        assert_eq!(only_bytes(&[0x81, 3, 0, 0, 0, 4, 1]), None, "a length that has no end");
    }
}
