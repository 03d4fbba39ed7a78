//! What holds of proposals, on passages made for the purpose.

use super::*;
use crate::corpus::DocumentId;

/// Passages of one sentence each: their document, their words, the themes that the lexicon found in them.
fn gathered(passages: &[(u32, String, &[u16])]) -> Gathered {
    let mut gathered = Gathered::default();
    for (document, text, themes) in passages {
        for word in text.split_whitespace() {
            let type_id = gathered.texts.type_of(word, word.trim_end_matches('s'));
            gathered.texts.push(type_id);
        }
        gathered.texts.end_passage();
        let number = gathered.places.iter().filter(|place| place.0 == *document).count() as u32;
        gathered.places.push((*document, number));
        gathered.themes.push(themes.to_vec());
        gathered.cues.push(gather::Cues::default());
    }
    gathered.texts = gathered.texts.without_fixed_expressions();
    let n_documents = passages.iter().map(|passage| passage.0 + 1).max().unwrap_or(0);
    gathered.documents = (0..n_documents).map(|document| (document, DocumentId(format!("d{document}")))).collect();
    gathered.titles = vec![Vec::new(); n_documents as usize];
    gathered
}

fn settings() -> DiscoverSettings {
    DiscoverSettings { max_passage_share: 1.0, n_runs: 4, ..DiscoverSettings::default() }
}

/// Twenty-four passages that speak of money and say "budget", six that speak of it and do not, thirty on weather.
fn money_and_weather() -> Gathered {
    let money = ["grants", "cash", "spending", "costs", "pounds", "price"];
    let weather = ["rain", "storm", "cloud", "wind", "snow", "frost"];
    let pick = |words: &[&str; 6], i: usize| -> String {
        (0..4).map(|j| words[(i + j * (1 + i % 2)) % 6]).collect::<Vec<_>>().join(" ")
    };
    let with_budget = (0..24).map(|i| (i as u32 / 3, format!("budget {}", pick(&money, i)), &[0u16][..]));
    let without = (0..6).map(|i| (8 + i as u32 / 3, pick(&money, i), &[][..]));
    let other = (0..30).map(|i| (10 + i as u32 / 3, pick(&weather, i), &[][..]));
    gathered(&with_budget.chain(without).chain(other).collect::<Vec<_>>())
}

#[test]
fn a_passage_that_speaks_of_a_theme_in_words_that_no_pattern_has_is_found() {
    let found = among_passages(&money_and_weather(), 1, &settings(), &|| ());
    let without = &found.growth[0].without_words;
    let documents: FxHashSet<&str> = without.iter().map(|one| one.at.document_id.0.as_str()).collect();
    assert_eq!(without.len(), 6, "{without:?}");
    assert_eq!(documents, ["d8", "d9"].into_iter().collect());
    assert!(without.iter().all(|one| one.at.probability >= 0.6 && one.features.len() > 1 && !one.is_beside));
    assert!(without.iter().flat_map(|one| &one.features).all(|word| word != "budget" && word != "rain"));
}

#[test]
fn one_word_that_goes_with_a_theme_is_enough_only_beside_a_passage_that_has_it() {
    let passage = |i: usize| match i % 4 {
        0 => (i as u32 / 4, "budget grants".to_owned(), &[0u16][..]),
        1 => (i as u32 / 4, "budget and grants".to_owned(), &[0u16][..]),
        2 if i < 8 => (i as u32 / 4, "grants".to_owned(), &[][..]),
        _ => (i as u32 / 4 + 50 * (i as u32 % 2), "rain".to_owned(), &[][..]),
    };
    let alone = (90, "grants".to_owned(), &[][..]);
    let mut passages: Vec<_> = (0..80).map(passage).chain([alone]).collect();
    passages.sort_by_key(|passage| passage.0);
    let found = among_passages(&gathered(&passages), 1, &settings(), &|| ());
    let without = &found.growth[0].without_words;
    let told = |one: &crate::discover::WithoutWords| (one.at.document_id.0.clone(), one.at.passage, one.is_beside);
    let expected = [("d0".to_owned(), 2, true), ("d1".to_owned(), 2, true)];
    assert_eq!(without.iter().map(told).collect::<Vec<_>>(), expected, "{without:?}");
    // "grants" has 43 passages, 40 of them of the theme: no more than 0.8 is believed. Of the 60 beside one that has it, 40 do.
    let probability = 1.0 - (1.0 - 0.8) * (1.0 - 41.0 / 62.0);
    assert!(without.iter().all(|one| (one.at.probability - probability).abs() < 1e-9), "{without:?}");
}

/// Twelve documents that each claim something of trust and are about schools, and twelve about rain.
fn trust_in_schools() -> Vec<(u32, String, &'static [u16])> {
    let claims = ["a lack of trust was a barrier", "trust was essential to them", "they need to build trust"];
    let about = ["schools opened in the town", "the children came to the schools", "the schools closed for a week"];
    let texts = |document: usize| [claims[document % 3], about[document % 3], about[(document + 1) % 3]];
    let of_trust =
        (0..12).flat_map(|document| texts(document).map(|text| (document as u32, text.to_string(), &[][..])));
    let rain = ["rain fell over the hills", "the hills were wet"];
    let of_rain = (12..24).map(|document| (document as u32, rain[document % 2].to_string(), &[][..]));
    of_trust.chain(of_rain).collect()
}

#[test]
fn a_candidate_is_what_documents_claim_something_of_and_not_what_they_are_about() {
    let found = among_passages(&gathered(&trust_in_schools()), 0, &settings(), &|| ());
    let first = &found.themes[0];
    assert_eq!(first.id.0, "trust", "{:?}", found.themes.iter().map(|theme| &theme.label).collect::<Vec<_>>());
    assert_eq!((first.n_documents, first.prevalence), (12, 0.5));
    assert_eq!(first.exclusivity, 1.0, "nothing else has its passages");
}

#[test]
fn passages_that_a_theme_has_too_are_not_a_candidates_own() {
    let mut passages = trust_in_schools();
    passages.iter_mut().filter(|passage| passage.1.contains("barrier")).for_each(|passage| passage.2 = &[0]);
    let found = among_passages(&gathered(&passages), 1, &settings(), &|| ());
    let trust = found.themes.iter().find(|theme| theme.features[0].text == "trust").unwrap();
    assert!((trust.exclusivity - 8.0 / 12.0).abs() < 1e-9, "{}", trust.exclusivity);
}

#[test]
fn a_noun_in_a_fixed_expression_is_no_candidate() {
    let mut passages = trust_in_schools();
    for (number, passage) in passages.iter_mut().enumerate() {
        passage.1 += [" on the one hand", " on the other hand", ""][number % 3];
    }
    let found = among_passages(&gathered(&passages), 0, &settings(), &|| ());
    assert!(!found.themes.is_empty());
    assert!(found.themes.iter().flat_map(|theme| &theme.features).all(|feature| feature.text != "hand"));
}

#[test]
fn a_passage_that_speaks_like_those_of_a_candidate_belongs_to_it_without_its_word() {
    let words = ["salary", "wages", "bonus", "contract"];
    let fill = ["rain", "wind", "river", "stone", "tree", "cloud", "grass", "light"];
    let talk = |i: usize| (0..3).map(|j| words[(i + j) % 4]).collect::<Vec<_>>().join(" ");
    let noise = |i: usize| (0..4).map(|j| fill[(i * (1 + j) + j) % 8]).collect::<Vec<_>>().join(" ");
    let with = (0..12).map(|i| (i as u32, format!("lack of money the {} of", talk(i)), &[][..]));
    let without = (12..16).map(|i| (i as u32, format!("the {} of", talk(i)), &[][..]));
    let other = (0..60).map(|i| (16 + i as u32 / 2, format!("the {} of", noise(i)), &[][..]));
    let found =
        among_passages(&gathered(&with.chain(without).chain(other).collect::<Vec<_>>()), 0, &settings(), &|| ());
    let of_money = |theme: &&crate::discover::CandidateTheme| theme.evidence.iter().any(|e| e.document == 0);
    let theme = found.themes.iter().find(of_money).unwrap();
    let documents: FxHashSet<usize> = theme.evidence.iter().map(|e| e.document).collect();
    assert_eq!(documents, (0..16).collect(), "{}", theme.label);
}

#[test]
fn proposals_are_the_same_at_any_number_of_threads() {
    let gathered = gathered(&trust_in_schools());
    let on = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| among_passages(&gathered, 0, &settings(), &|| ()))
    };
    assert_eq!(on(1), on(8));
}

#[test]
fn what_people_marked_is_found_again_by_shared_documents_and_not_by_chance() {
    let id = |n: u32| DocumentId(format!("d{n}"));
    let candidate = |documents: std::ops::Range<u32>| crate::discover::CandidateTheme {
        evidence: documents.map(|n| crate::discover::Evidence { document_id: id(n), ..Default::default() }).collect(),
        ..Default::default()
    };
    let read = (0..40).map(id).collect();
    let marked = |theme: &str, documents: std::ops::Range<u32>| crate::discover::Marked {
        theme: theme.into(),
        documents: documents.map(id).collect(),
        passages: Default::default(),
    };
    let candidates = [candidate(0..20), candidate(2..10)];
    let all = [marked("same", 0..8), marked("chance", 18..22), marked("none", 30..35)];
    let found = recovered(&candidates, &all, &read, 400);
    assert_eq!((found[0].candidate, found[0].n_shared, found[0].found), (Some(1), 6, true));
    assert!((found[0].overlap - 0.6).abs() < 1e-9, "six of ten");
    assert!(!found[1].found);
    assert_eq!((found[2].candidate, found[2].found), (None, false));
    let pointed = |numbers: [u32; 6]| crate::discover::Marked {
        passages: (0..6).map(|n| (id(n), numbers[n as usize])).collect(),
        ..marked("same", 0..6)
    };
    let found = recovered(&candidates, &[pointed([0; 6]), pointed([1, 2, 3, 4, 5, 0])], &read, 400);
    assert_eq!((found[0].candidate, found[0].n_shared_passages, found[0].found), (Some(0), 6, true));
    assert_eq!((found[1].n_shared_passages, found[1].found), (1, false), "the same documents, but said elsewhere");
}
