//! What holds of the doors of this room, on small texts made for the purpose.

use super::*;

/// Texts of one sentence each; the stem of a word is the word without a final s.
fn texts(passages: &[String]) -> Texts {
    let mut texts = Texts::default();
    for passage in passages {
        for word in passage.split_whitespace() {
            let type_id = texts.type_of(word, word.trim_end_matches('s'));
            texts.push(type_id);
        }
        texts.end_passage();
    }
    texts
}

/// Thirty passages on money, thirty on weather, each of six words of its own subject drawn in turn.
fn two_subjects() -> Vec<String> {
    let money = ["bank", "loan", "budget", "grants", "cash", "tax", "price", "fee"];
    let weather = ["rain", "storms", "cloud", "wind", "snow", "frost", "sun", "fog"];
    let pick = |words: &[&str; 8], i: usize| -> String {
        (0..6).map(|j| words[(i * 3 + j * (1 + i % 3)) % 8]).collect::<Vec<_>>().join(" ")
    };
    (0..60).map(|i| pick(if i % 2 == 0 { &money } else { &weather }, i / 2)).collect()
}

fn settings() -> DiscoverSettings {
    DiscoverSettings { max_passage_share: 1.0, n_runs: 3, n_features: 4, ..DiscoverSettings::default() }
}

#[test]
fn topics_tell_two_subjects_apart_whatever_the_seed() {
    let texts = texts(&two_subjects());
    for seed in [1, 2, 3] {
        let topics = topics(&texts, 2, &DiscoverSettings { seed, ..settings() }, &|| ());
        let topic = |p: usize| topics.assignments.row(p)[0] > 0.5;
        assert!((2..60).all(|p| topic(p) == topic(p % 2)), "seed {seed}");
        assert_ne!(topic(0), topic(1));
        assert!(topics.topics.iter().all(|topic| topic.features.len() == 4));
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_at_any_number_of_threads() {
    let texts = texts(&two_subjects());
    let on = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| topics(&texts, 3, &settings(), &|| ()))
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn a_theme_with_seeds_is_the_first_topic_and_free_topics_take_what_is_left() {
    let sport = ["goal", "match", "team", "coach", "ball", "league", "player", "cup"];
    let of_sport = |i: usize| (0..6).map(|j| sport[(i * 3 + j * (1 + i % 3)) % 8]).collect::<Vec<_>>().join(" ");
    let passages: Vec<String> = two_subjects().into_iter().chain((0..30).map(of_sport)).collect();
    let texts = texts(&passages);
    let has_rain = |p: &u32| passages[*p as usize].split(' ').any(|word| word == "rain");
    let hits: Vec<SeedHit> =
        (0..90u32).filter(has_rain).map(|passage| SeedHit { passage, theme: 1, pattern: 0 }).collect();
    for seed in [1, 2, 3] {
        // Nothing speaks for the first theme, so it is as free as the third topic.
        let found = topics_beside(&texts, (&hits, 2), 3, &DiscoverSettings { seed, ..settings() }, &|| ());
        let best = |p: usize| (0..3).find(|&k| found.assignments.row(p)[k] > 0.5);
        assert!((0..60).all(|p| (best(p) == Some(1)) == (p % 2 == 1)), "weather is the theme of rain, seed {seed}");
        assert!(
            (60..90).all(|p| best(p) == best(60)) && best(60) != best(0),
            "money and sport come apart, seed {seed}"
        );
    }
    assert_eq!(topics_beside(&Texts::default(), (&[], 2), 3, &settings(), &|| ()), Topics::default());
}

#[test]
fn one_seed_word_each_classifies_passages_that_do_not_have_it() {
    let texts = texts(&two_subjects());
    let has =
        |p: usize, word: &str| texts.passage(p).iter().any(|&t| t != Texts::SENTENCE_END && texts.surface(t) == word);
    let hits: Vec<SeedHit> = (0..60u32)
        .flat_map(|passage| [(0, "bank"), (1, "rain")].map(|(theme, word)| (passage, theme, word)))
        .filter(|&(passage, _, word)| has(passage as usize, word))
        .map(|(passage, theme, _)| SeedHit { passage, theme, pattern: theme as u32 })
        .collect();
    let themes = classify(&texts, &hits, 2, &settings(), &|| ());
    for p in 0..60 {
        let row = themes.row(p);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(row[p % 2] > 0.5, "passage {p}: {row:?}");
    }
}

#[test]
fn a_theme_that_no_seed_speaks_for_gets_nothing_and_without_seeds_all_are_as_probable() {
    let texts = texts(&two_subjects());
    let hits: Vec<SeedHit> = (0..60).map(|p| SeedHit { passage: p, theme: 2 * (p as u16 % 2), pattern: 0 }).collect();
    let themes = classify(&texts, &hits, 3, &settings(), &|| ());
    for p in 0..60 {
        assert_eq!(themes.row(p)[1], 0.0);
        assert!(themes.row(p)[2 * (p % 2)] > 0.5, "passage {p}: {:?}", themes.row(p));
    }
    assert_eq!(classify(&texts, &[], 4, &settings(), &|| ()).row(59), [0.25; 4]);
}

#[test]
fn classes_are_the_same_at_any_number_of_threads_and_small_ones_are_kept() {
    let all = two_subjects();
    let few: Vec<String> = (0..60).filter(|i| i % 2 == 0 || i % 10 == 1).map(|i| all[i].clone()).collect();
    let texts = texts(&few);
    let has = |p: usize, word: &str| few[p].split(' ').any(|w| w == word);
    let hit = |p: usize, theme: u16| SeedHit { passage: p as u32, theme, pattern: theme as u32 };
    let seeds = [(0, "bank"), (1, "rain")];
    let hits: Vec<SeedHit> = (0..few.len())
        .flat_map(|p| seeds.into_iter().filter(move |(_, word)| has(p, word)).map(move |(theme, _)| hit(p, theme)))
        .collect();
    let on = |n: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
        pool.install(|| classify(&texts, &hits, 2, &settings(), &|| ()))
    };
    let found = on(1);
    assert_eq!(found, on(8));
    let money = ["bank", "loan", "budget", "grants", "cash", "tax", "price", "fee"];
    for (p, text) in few.iter().enumerate() {
        let is_money = text.split(' ').any(|word| money.contains(&word));
        assert_eq!(found.row(p)[0] > 0.5, is_money, "{text}: {:?}", found.row(p));
    }
}

#[test]
fn nothing_in_gives_nothing_out() {
    let empty = Texts::default();
    assert_eq!(topics(&empty, 5, &settings(), &|| ()), Topics::default());
    assert!(classify(&empty, &[], 2, &settings(), &|| ()).values.is_empty());
    assert!(collocations(&empty, 2, &[]).is_empty());
    let wordless = texts(&[String::new(), "the of".into()]);
    let row = classify(&wordless, &[], 2, &settings(), &|| ());
    assert_eq!(row.row(0), [0.5, 0.5]);
    assert_eq!(topics(&wordless, 5, &settings(), &|| ()), Topics::default());
}

#[test]
fn phrases_are_met_in_any_inflection_and_may_hold_a_word_without_meaning() {
    let mut passages: Vec<String> = (0..40).map(|i| format!("plain{i} words{i} here{i}")).collect();
    passages.extend((0..6).map(|i| format!("a{i} key worker has a duty of care")));
    passages.push("two key workers".into());
    let found = collocations(&texts(&passages), 3, &[]);
    let phrase = |text: &str| found.iter().find(|c| c.text == text).map(|c| c.n);
    assert_eq!(phrase("key worker"), Some(7));
    assert_eq!(phrase("duty of care"), Some(6));
    assert_eq!(phrase("of care"), None, "begins with a word without meaning");
    assert!(found.iter().all(|c| c.g2 >= 10.83 && c.npmi > 0.0));
}

#[test]
fn an_accepted_candidate_is_a_theme_file() {
    let candidate = CandidateTheme {
        id: CandidateId("key-workers".into()),
        label: "key workers".into(),
        patterns: vec![SuggestedPattern { text: "key workers".into(), weight: 0.8, n_passages: 3 }],
        ..CandidateTheme::default()
    };
    let text = accept(&candidate, &["They said \"yes\" \\ no.".into()]);
    let file: toml::Table = toml::from_str(&text).unwrap();
    assert_eq!(file["id"].as_str(), Some("key-workers"));
    assert_eq!(file["patterns"][0]["pattern"].as_str(), Some("key workers"));
    assert_eq!(file["examples"][0].as_str(), Some("They said \"yes\" \\ no."));
}
