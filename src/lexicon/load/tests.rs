use super::*;
use crate::lexicon::{Stance, TokenClasses};
use crate::text::TextSettings;

const FUNDING: &str = r#"
label = "Funding"
definition = "Money for joint work."
include = ["short-term money"]
patterns = [
    "fund*",
    { pattern = "morale", weight = 0.5, stance = "barrier" },
    "lack of (money|resources)", # comments are allowed
]
except = ["fundamental*"]
examples = ["Funding was short."]
counter_examples = ["Fundamental change."]
"#;

fn study(files: &[(&str, &str)]) -> (tempfile::TempDir, LexiconSettings) {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("themes")).unwrap();
    for (name, text) in files {
        std::fs::write(root.path().join("themes").join(name), text).unwrap();
    }
    let settings =
        LexiconSettings { themes: vec!["themes".into()], root: root.path().to_owned(), ..LexiconSettings::default() };
    (root, settings)
}

fn analyzer() -> Analyzer {
    Analyzer::new(&TextSettings::default())
}

#[track_caller]
fn errors(files: &[(&str, &str)], expected: &[&str]) {
    let (_root, settings) = study(files);
    let errors = load(&settings, &analyzer()).unwrap_err();
    assert_eq!(errors.iter().map(LexiconError::to_string).collect::<Vec<_>>(), expected);
}

#[test]
fn a_theme_file_gives_a_theme_and_every_pattern_its_line() {
    let (_root, settings) = study(&[("funding.toml", FUNDING), ("notes.txt", "no theme")]);
    let lexicon = load(&settings, &analyzer()).unwrap();
    let [theme] = lexicon.themes.as_slice() else { panic!("one theme") };
    assert_eq!((theme.id.0.as_str(), theme.label.as_str()), ("funding", "Funding"));
    assert_eq!(theme.file, PathBuf::from("themes/funding.toml"));
    let patterns: Vec<_> = lexicon.patterns.iter().map(|p| (p.text.as_str(), p.weight, p.stance, p.line)).collect();
    let expected = [
        ("fund*", 0.9, None, 6),
        ("morale", 0.5, Some(Stance::Barrier), 7),
        ("lack of (money|resources)", 0.9, None, 8),
    ];
    assert_eq!(patterns, expected);
    assert_eq!((theme.except[0].line, theme.examples[0].line, theme.counter_examples[0].line), (10, 11, 12));
    assert_eq!(lexicon.theme_of, [0, 0, 0]);
    assert!(lexicon.cues.contains(&"negation".to_owned()));
    let mut sentence = TokenClasses::default();
    sentence.classes.push(lexicon.classify("funded", "fund"));
    assert_ne!(sentence.classes, [crate::lexicon::ClassId::NONE]);
}

#[test]
fn all_errors_of_all_files_are_told_in_one_go() {
    errors(
        &[
            ("a.toml", "lable = \"A\"\npatterns = [\n  \"wait* NEAR hour\",\n  \"(a\",\n]\n"),
            ("b.toml", "patterns = [{ patern = \"x\" }, 3, { pattern = \"y\", weight = 2 }]\nparent = 1\n"),
            ("c.toml", "label = \"C\"\n"),
            ("d.toml", "patterns = [\n"),
            ("e.toml", "id = \"a\"\npatterns = [\"x\"]\nexamples = [1]\n"),
        ],
        &[
            "themes/a.toml:1: unknown key \"lable\"\n  hint: did you mean \"label\"?",
            "themes/a.toml:3: pattern \"wait* NEAR hour\" gives no distance\n  hint: write the widest gap in tokens, as in \"wait* NEAR/3 hour\"",
            "themes/a.toml:4: pattern \"(a\" opens a group at column 1 that is never closed\n  hint: add the missing )",
            "themes/b.toml:1: an entry gives no pattern\n  hint: write { pattern = \"…\", weight = 0.5 }",
            "themes/b.toml:1: pattern \"y\" gives a weight that is no number from 0 to 1\n  hint: write how far it is to be believed, as in weight = 0.5",
            "themes/b.toml:1: patterns holds something that is no pattern\n  hint: write a string, or { pattern = \"…\", weight = 0.5 }",
            "themes/b.toml:1: unknown key \"patern\"\n  hint: did you mean \"pattern\"?",
            "themes/b.toml:2: parent is no string\n  hint: write parent = \"…\"",
            "themes/c.toml: gives no patterns\n  hint: write patterns = [\"…\"], or patterns = [] for a theme of sub-themes alone",
            "themes/d.toml:1: is not TOML: unclosed array, expected `]`\n  hint: mend the line, or look at a theme file that `throughline init` makes",
            "themes/e.toml: gives the theme \"a\" that themes/a.toml gives too\n  hint: write another id, or take one of the files away",
            "themes/e.toml:3: examples holds something that is no string\n  hint: write examples = [\"…\", \"…\"]",
        ],
    );
}

#[test]
fn a_theme_whose_file_is_broken_is_not_missed_by_those_that_name_it() {
    errors(
        &[
            ("a.toml", "patterns = [\n"),
            ("b.toml", "parent = \"a\"\npatterns = [\"x\"]\n"),
            ("c.toml", "parent = \"d\"\npatterns = [\"@a y\"]\n"),
        ],
        &[
            "themes/a.toml:1: is not TOML: unclosed array, expected `]`\n  hint: mend the line, or look at a theme file that `throughline init` makes",
            "themes/c.toml: theme \"c\" names the parent \"d\", which is no theme\n  hint: did you mean \"a\"?",
        ],
    );
}

#[test]
fn a_folder_that_is_missing_or_empty_is_an_error() {
    errors(
        &[],
        &[
            "themes: holds no theme file\n  hint: put one .toml file a theme there, as in funding.toml with patterns = [\"fund*\"]",
        ],
    );
    let (root, mut settings) = study(&[]);
    settings.themes = vec!["none".into()];
    let errors = load(&settings, &analyzer()).unwrap_err();
    assert!(errors[0].to_string().starts_with("none: cannot be read: "), "{}", errors[0]);
    std::fs::write(root.path().join("themes/x.toml"), b"label = \"caf\xe9\"").unwrap();
    settings.themes = vec!["themes".into()];
    let errors = load(&settings, &analyzer()).unwrap_err();
    assert_eq!(errors[0].hint, "save the file as UTF-8");
}

#[test]
fn the_cues_of_a_study_stand_in_the_place_of_the_shipped_ones() {
    let (_root, mut settings) = study(&[("a.toml", "patterns = [\"@want money\", \"@barrier\"]")]);
    assert!(load(&settings, &analyzer()).is_err());
    settings.cues.insert("want".to_owned(), vec!["no".to_owned(), "want of".to_owned()]);
    let lexicon = load(&settings, &analyzer()).unwrap();
    assert!(lexicon.cues.contains(&"want".to_owned()) && lexicon.cues.contains(&"facilitator".to_owned()));
    assert_eq!(lexicon.classify("zeppelin", "zeppelin"), crate::lexicon::ClassId::NONE);
    settings.cues.insert("barrier".to_owned(), vec!["zeppelin".to_owned()]);
    let changed = load(&settings, &analyzer()).unwrap();
    assert_ne!(changed.classify("zeppelin", "zeppelin"), crate::lexicon::ClassId::NONE);
    assert_ne!(changed.fingerprint, lexicon.fingerprint);
}

#[test]
fn what_changes_no_hit_changes_no_fingerprint() {
    let of = |text: &str| {
        let (_root, settings) = study(&[("a.toml", text)]);
        load(&settings, &analyzer()).unwrap().fingerprint
    };
    let base = of("patterns = [\"fund*\"]");
    assert_eq!(base, of("label = \"A\"\n\npatterns = [\"fund*\"]\nexamples = [\"x\"]"));
    assert_ne!(base, of("patterns = [\"fund*\"]\nexcept = [\"x\"]"));
    assert_ne!(base, of("patterns = [{ pattern = \"fund*\", weight = 0.4 }]"));
}

#[test]
fn a_query_is_a_lexicon_of_one_theme_that_may_name_cues_and_themes() {
    let analyzer = analyzer();
    let (_root, settings) = study(&[("funding.toml", FUNDING)]);
    let themes = load(&settings, &analyzer).unwrap().themes;
    let query = Lexicon::query("@funding NEAR/5 @barrier", &themes, &settings, &analyzer).unwrap();
    assert_eq!((query.themes.len(), query.patterns.len(), query.cues.len()), (1, 1, 0));
    let errors = Lexicon::query("a NEAR b", &[], &settings, &analyzer).unwrap_err();
    let expected =
        "pattern \"a NEAR b\" gives no distance\n  hint: write the widest gap in tokens, as in \"wait* NEAR/3 hour\"";
    assert_eq!(errors[0].to_string(), expected);
}

#[test]
fn the_shipped_cue_lists_compile() {
    let lists = crate::lexicon::lists::cue_lists(&LexiconSettings::default());
    assert!(["negation", "barrier", "facilitator"].iter().all(|name| !lists[*name].patterns.is_empty()));
    let lexicon = Lexicon::compile(Vec::new(), &LexiconSettings::default(), &analyzer()).unwrap();
    assert_eq!(lexicon.cues, lists.keys().cloned().collect::<Vec<_>>());
}
