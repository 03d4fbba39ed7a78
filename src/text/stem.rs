//! Stems of words: the only home of rust-stemmers.

use super::settings::Language;
use rust_stemmers::{Algorithm, Stemmer};
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside a stemmer, so that a panic there is not shown to anybody.
    static STEMMING: Cell<bool> = const { Cell::new(false) };
}

/// The Snowball stem of a case-folded surface.
///
/// The surface itself is the answer where the language has no stemmer, where the stemmer leaves nothing of the word,
/// and where the stemmer panics, which it does on a few words (Greek ones among them).
pub(super) fn stem(surface: &str, language: Language) -> String {
    let Some(algorithm) = algorithm(language) else { return surface.to_owned() };
    let stemmer = Stemmer::create(algorithm);
    match quietly(|| stemmer.stem(surface).into_owned()) {
        Some(stem) if !stem.is_empty() => stem,
        _ => surface.to_owned(),
    }
}

fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language {
        Language::Arabic => Algorithm::Arabic,
        Language::Danish => Algorithm::Danish,
        Language::Dutch => Algorithm::Dutch,
        Language::English => Algorithm::English,
        Language::Finnish => Algorithm::Finnish,
        Language::French => Algorithm::French,
        Language::German => Algorithm::German,
        Language::Greek => Algorithm::Greek,
        Language::Hungarian => Algorithm::Hungarian,
        Language::Italian => Algorithm::Italian,
        Language::Norwegian => Algorithm::Norwegian,
        Language::Portuguese => Algorithm::Portuguese,
        Language::Romanian => Algorithm::Romanian,
        Language::Russian => Algorithm::Russian,
        Language::Spanish => Algorithm::Spanish,
        Language::Swedish => Algorithm::Swedish,
        Language::Tamil => Algorithm::Tamil,
        Language::Turkish => Algorithm::Turkish,
        Language::None => return None,
    })
}

/// What `work` gives, or `None` where it panics; such a panic reaches no panic hook, so nothing is printed.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !STEMMING.get() {
                before(info);
            }
        }));
    });
    STEMMING.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    STEMMING.set(false);
    result.ok()
}
