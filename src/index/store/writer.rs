//! Segments written by our own workers, and the commit that makes them count.

use super::super::passage_index::IndexError;
use super::entry::{Entry, SharedEntry, UID};
use super::ledger::{Manifest, StoreFolder, read_sealed, sync_folder, write_sealed};
use super::segments::{file_names, open_or_make_index};
use std::sync::Arc;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::{AddOperation, IndexWriterOptions, NoMergePolicy, SegmentWriter};
use tantivy::{Index, IndexWriter, SegmentMeta, Term};

/// Memory of tantivy's own indexing thread, which is never used, in bytes.
const IDLE_BYTES: usize = 15_000_000;
/// Memory that a segment's table of terms starts from, in bytes. It grows with the vocabulary; a table made for a large
/// one at once does not fit the processor's cache, and every look-up waits for memory.
const TABLE_BYTES: usize = 1 << 20;
/// Segments of at least so many bytes are left alone by merges.
const LARGE_BYTES: u64 = 100_000_000;
/// So many smaller segments are let be.
const MOST_SMALL: usize = 4;

/// The store opened for writing. The folder's lock must be held for as long as it lives.
pub struct StoreWriter {
    folder: StoreFolder,
    index: Index,
    writer: IndexWriter<SharedEntry>,
}

/// Builds segments out of the entries of one worker.
pub struct SegmentBuilder {
    index: Index,
    budget: usize,
    open: Option<(SegmentWriter, tantivy::Segment)>,
    done: Vec<SegmentMeta>,
}

impl StoreWriter {
    /// Opens the store for writing; makes it where there is none, and clears away what belongs to no commit.
    pub fn open(folder: &StoreFolder) -> Result<Self, IndexError> {
        let open = || {
            let index = open_or_make_index(folder)?;
            folder.sweep(&file_names(&index, folder)?)?;
            let options = IndexWriterOptions::builder()
                .num_worker_threads(1)
                .memory_budget_per_thread(IDLE_BYTES)
                .num_merge_threads(1)
                .build();
            let writer = index.writer_with_options(options)?;
            writer.set_merge_policy(Box::new(NoMergePolicy));
            Ok((index, writer))
        };
        let (index, writer) = open().map_err(|error| IndexError::tantivy(&folder.segments(), &error))?;
        Ok(Self { folder: folder.clone(), index, writer })
    }

    /// A builder for one worker, which may use about `budget` bytes.
    pub fn builder(&self, budget: usize) -> SegmentBuilder {
        SegmentBuilder { index: self.index.clone(), budget, open: None, done: Vec::new() }
    }

    /// What tantivy said went wrong, as an error that names the folder.
    pub fn error(&self, error: &tantivy::TantivyError) -> IndexError {
        IndexError::tantivy(&self.folder.segments(), error)
    }

    /// Takes the segments in, drops the entries numbered in `gone`, and makes both outlive a power cut as one step, under
    /// the name `generation`. Then merges small segments and lists the files.
    pub fn commit(&mut self, segments: Vec<SegmentMeta>, gone: &[u64], generation: u64) -> Result<(), IndexError> {
        self.try_commit(segments, gone, generation)
            .map_err(|error| IndexError::tantivy(&self.folder.segments(), &error))?;
        let old: Manifest = read_sealed(&self.folder.manifest()).unwrap_or_default();
        let files = || {
            sync_folder(&self.folder.segments())?;
            let names = file_names(&self.index, &self.folder).map_err(std::io::Error::other)?;
            self.folder.list_files(&names, &old.files)
        };
        let files = files().map_err(|error| IndexError::io(&self.folder.segments(), &error))?;
        write_sealed(&self.folder.manifest(), &Manifest { generation, files })
    }

    fn try_commit(&mut self, segments: Vec<SegmentMeta>, gone: &[u64], generation: u64) -> tantivy::Result<()> {
        for uid in gone {
            self.writer.delete_term(Term::from_field_u64(UID, *uid));
        }
        for segment in segments {
            segment.untrack_temp_docstore();
            self.writer.add_segment(segment)?;
        }
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&generation.to_string());
        commit.commit()?;
        while let Some(merge) = self.next_merge()? {
            self.writer.merge(&merge).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        Ok(())
    }

    /// The segments that should become one: those with half their documents gone, and the small ones once they are many.
    ///
    /// Of the small ones, the smallest are taken as long as each is no larger than all before it together, so that a
    /// document is written again a number of times that grows with the logarithm of the number of runs.
    fn next_merge(&self) -> tantivy::Result<Option<Vec<SegmentId>>> {
        let mut sizes = Vec::new();
        for meta in self.index.searchable_segment_metas()? {
            if meta.num_deleted_docs() * 2 > meta.max_doc() {
                return Ok(Some(vec![meta.id()]));
            }
            let size = |part| Some(self.folder.segments().join(meta.relative_path(part)).metadata().ok()?.len());
            let n_bytes = [SegmentComponent::Postings, SegmentComponent::Positions, SegmentComponent::Store].map(size);
            sizes.push((n_bytes.into_iter().flatten().sum::<u64>(), meta.id()));
        }
        sizes.retain(|(n_bytes, _)| *n_bytes < LARGE_BYTES);
        if sizes.len() <= MOST_SMALL {
            return Ok(None);
        }
        sizes.sort();
        let mut sum = 0;
        let taken = sizes.iter().enumerate().take_while(|(place, (n_bytes, _))| {
            let fits = *place < 2 || *n_bytes <= sum;
            sum += n_bytes;
            fits
        });
        Ok(Some(taken.map(|(_, (_, id))| *id).collect()))
    }
}

impl SegmentBuilder {
    /// Adds one entry; the segment is finished where it has used up its memory.
    pub fn add(&mut self, entry: &Arc<Entry>) -> tantivy::Result<()> {
        let (writer, _) = match &mut self.open {
            Some(open) => open,
            none => {
                let segment = self.index.new_segment();
                none.insert((SegmentWriter::for_segment(TABLE_BYTES, segment.clone())?, segment))
            }
        };
        writer.add_document(AddOperation { opstamp: 0, document: SharedEntry(Arc::clone(entry)) })?;
        if writer.mem_usage() >= self.budget {
            self.close()?;
        }
        Ok(())
    }

    /// Finishes the last segment and gives all of them.
    pub fn finish(mut self) -> tantivy::Result<Vec<SegmentMeta>> {
        self.close()?;
        Ok(self.done)
    }

    fn close(&mut self) -> tantivy::Result<()> {
        if let Some((writer, segment)) = self.open.take() {
            let n_documents = writer.max_doc();
            writer.finalize()?;
            self.done.push(segment.with_max_doc(n_documents).meta().clone());
        }
        Ok(())
    }
}
