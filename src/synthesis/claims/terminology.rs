//! The names of a concept: who uses which, which are used together, who says what they mean.

use super::super::claim::{Concept, Definition, Variant, VariantPair, VariantUse};
use super::super::evidence::DocumentEvidence;
use super::super::finding::PassageRef;
use super::super::settings::{ConceptSettings, SynthesisSettings};
use super::super::themes::Table;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One concept for each of the settings'.
pub(in crate::synthesis) fn concepts(
    table: &Table,
    taken: &[Cow<DocumentEvidence>],
    settings: &SynthesisSettings,
) -> Vec<Concept> {
    let numbered = (0u16..).zip(&settings.concepts);
    numbered.map(|(number, settings)| concept(table, taken, number, settings)).collect()
}

fn concept(table: &Table, taken: &[Cow<DocumentEvidence>], number: u16, settings: &ConceptSettings) -> Concept {
    let named = |name: &String| Variant { name: name.clone(), n_hits: 0, uses: Vec::new() };
    let mut variants: Vec<Variant> = settings.variants.keys().map(named).collect();
    let mut pairs: BTreeMap<(u16, u16), (u32, u32)> = BTreeMap::new();
    let mut definitions = BTreeSet::new();
    let (mut n_documents, mut n_documents_several) = (0, 0);
    for row in &table.rows {
        let Some(taken) = taken.get(row.document as usize) else { continue };
        let mut hits: BTreeMap<u16, u32> = BTreeMap::new();
        let mut by_passage: BTreeMap<u32, BTreeSet<u16>> = BTreeMap::new();
        for mention in taken.variants.iter().filter(|mention| mention.concept == number) {
            *hits.entry(mention.variant).or_default() += 1;
            by_passage.entry(mention.passage).or_default().insert(mention.variant);
            if mention.defines {
                definitions.insert((row.document, mention.passage, mention.variant));
            }
        }
        for (&variant, &n_hits) in &hits {
            if let Some(variant) = variants.get_mut(usize::from(variant)) {
                variant.n_hits += n_hits;
                variant.uses.push(VariantUse { document: row.document, n_hits });
            }
        }
        n_documents += u32::from(!hits.is_empty());
        n_documents_several += u32::from(hits.len() > 1);
        let met = hits.keys().copied().collect();
        two_of(&met).for_each(|pair| pairs.entry(pair).or_default().0 += 1);
        by_passage.values().flat_map(two_of).for_each(|pair| pairs.entry(pair).or_default().1 += 1);
    }
    Concept {
        id: settings.id.clone(),
        label: settings.label.clone(),
        variants,
        n_documents,
        n_documents_several,
        pairs: pairs.into_iter().map(pair).collect(),
        definitions: definitions.into_iter().map(definition).collect(),
    }
}

fn definition((document, passage, variant): (u32, u32, u16)) -> Definition {
    Definition { passage: PassageRef { document, passage }, variant }
}

fn pair(((variant_a, variant_b), (n_documents, n_passages)): ((u16, u16), (u32, u32))) -> VariantPair {
    VariantPair { variant_a, variant_b, n_documents, n_passages }
}

fn two_of(variants: &BTreeSet<u16>) -> impl Iterator<Item = (u16, u16)> {
    variants.iter().flat_map(|&a| variants.range(a + 1..).map(move |&b| (a, b)))
}
