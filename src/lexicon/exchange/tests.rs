use super::super::settings::LexiconSettings;
use super::*;
use crate::text::{Analyzer, TextSettings};

#[track_caller]
fn reads(format: Format, text: &str) -> (Foreign, Vec<Loss>) {
    read(text.as_bytes(), format, None, Path::new("test")).unwrap_or_else(|error| panic!("{error}"))
}

/// A category a line: its path, then its entries, weights behind a colon.
fn show(foreign: &Foreign) -> Vec<String> {
    let entry = |entry: &Entry| match entry.weight {
        None => entry.text.clone(),
        Some(weight) => format!("{}:{weight}", entry.text),
    };
    let line = |(path, category): &(Vec<&str>, &Category)| {
        let entries: Vec<String> = category.entries.iter().map(entry).collect();
        format!("{} = {}", path.join("/"), entries.join(", ")).trim_end().to_owned()
    };
    foreign.walk().iter().map(line).collect()
}

fn reasons(losses: &[Loss]) -> Vec<String> {
    losses.iter().map(|loss| format!("{} {} {}: {}", loss.line, loss.category, loss.entry, loss.reason)).collect()
}

/// What is read is read again from what is written, in every format named.
#[track_caller]
fn comes_back(foreign: &Foreign, formats: &[Format]) {
    for format in formats {
        let (text, losses) = write(foreign, *format);
        assert_eq!(losses, [], "{format:?}:\n{text}");
        let (again, losses) = reads(*format, &text);
        assert_eq!(show(&again), show(foreign), "{format:?}:\n{text}");
        assert_eq!(losses, [], "{format:?}:\n{text}");
    }
}

#[test]
fn liwc_gives_hierarchy_padded_ids_and_terms_with_spaces() {
    let text = "%\n1\tmoney\n\t02\tbudget\n3\ttime\n%\nfund*\t01\nlump sum\t1\t02\nlate\t003\nsection 28\t3\n";
    let (foreign, losses) = reads(Format::Liwc, text);
    assert_eq!(show(&foreign), ["money = fund*, lump sum", "money/budget = lump sum", "time = late, section 28"]);
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::Liwc, Format::Yoshikoder, Format::Yaml]);
}

#[test]
fn liwc_repairs_spaces_only_where_ids_are_meant() {
    let text = "%\n01  A\n02  B\n%\nlittle    02    03\nsection 28\t1\nold 1\nold 2 1\narticle 50 2\ntop 10\n";
    let (foreign, losses) = reads(Format::Liwc, text);
    assert_eq!(show(&foreign), ["A = section 28, old", "B = little, old"]);
    assert_eq!(
        reasons(&losses),
        [
            "5  little\t03: left out: no category has this id",
            "8 A old: is said twice in its category; kept once",
            "9  article 50 2: left out: belongs to no category",
            "10  top 10: left out: belongs to no category",
        ]
    );
}

#[test]
fn liwc_conditions_are_told_and_never_dropped_silently() {
    let text = "%\n2\tpro\n125\taffect\n126\tpos\n%\nkind\t<of>131/125\nlike\t(02 134)125/464\t(02 134)126\t2\n";
    let (foreign, losses) = reads(Format::Liwc, text);
    assert_eq!(show(&foreign), ["pro = like", "affect =", "pos = like"]);
    assert_eq!(losses.len(), 3, "{losses:?}");
    let error = read(b"fund*\t1\n", Format::Liwc, None, Path::new("a.dic")).unwrap_err();
    assert!(error.to_string().starts_with("a.dic: has no pair of lines"), "{error}");
}

#[test]
fn dicx_gives_members_and_weights() {
    let (foreign, losses) = reads(Format::LiwcTable, "DicTerm,money,time\nfund*,X,\n\"lump sum\",0.5,x\nsoon,,-2\n");
    assert_eq!(show(&foreign), ["money = fund*, lump sum:0.5", "time = lump sum, soon:-2"]);
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::LiwcTable, Format::Yoshikoder, Format::WordStat]);
}

#[test]
fn lexicoder_gives_categories_and_their_colours() {
    let (foreign, losses) = reads(Format::Lexicoder, "+negative#AA0000\na lie\n abas* \n+positive\nable\n");
    assert_eq!(show(&foreign), ["negative = a lie, abas*", "positive = able"]);
    assert_eq!(foreign.categories[0].color.as_deref(), Some("#AA0000"));
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::Lexicoder]);
}

#[test]
fn yoshikoder_keeps_patterns_beside_categories_and_scores() {
    let text = r#"<?xml version="1.0"?><dictionary style="050805" patternengine="substring"><cnode name="All" desc="x &amp; y">
        <cnode name="A"><cnode name="Below"><pnode name="more"/></cnode><pnode name="lamb" score="2.5"/></cnode>
        <pnode name="fund*"/></cnode></dictionary>"#;
    let (foreign, losses) = reads(Format::Yoshikoder, text);
    assert_eq!(show(&foreign), ["All = fund*", "All/A = lamb:2.5", "All/A/Below = more"]);
    assert_eq!(foreign.categories[0].description, "x & y");
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::Yoshikoder]);
    let older = "<dictionary style='041204'><category><name>A</name><pattern><name>wait*</name><score>0.5</score>\
                 </pattern><category><name>B</name></category></category></dictionary>";
    assert_eq!(show(&reads(Format::Yoshikoder, older).0), ["A = wait*:0.5", "A/B ="]);
    let broken = read(b"<dictionary><cnode name='a'>", Format::Yoshikoder, None, Path::new("a.ykd"));
    assert!(broken.unwrap_err().to_string().contains("ends before"));
}

#[test]
fn wordstat_gives_depth_weights_and_rules() {
    let text = "MONEY\r\n\tBUDGETS\r\n\t\tPOOLED_BUDGET (10)\r\n   \t\tCUT* (-1)\r\n\tFUND* (0.5)\r\nNEGATIONS\r\n\tNOT (1)\r\n\
                \t@DENIED [#MONEY AFTER #NEGATIONS /S 3] (1)\r\n";
    let (foreign, losses) = reads(Format::WordStat, text);
    let rule = "NEGATIONS = NOT, @DENIED [#MONEY AFTER #NEGATIONS /S 3]";
    assert_eq!(show(&foreign), ["MONEY = FUND*:0.5", "MONEY/BUDGETS = POOLED_BUDGET:10, CUT*:-1", rule]);
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::WordStat]);
}

#[test]
fn yaml_takes_both_ways_to_put_words_beside_keys() {
    let text =
        "Money:\n  '': [' fund* ', budget]\n  Pooled: pooled budget\nTime:\n  __: late\n  Soon: [now]\nTime: [then]\n";
    let (foreign, losses) = reads(Format::Yaml, text);
    assert_eq!(
        show(&foreign),
        ["Money = fund*, budget", "Money/Pooled = pooled budget", "Time = late, then", "Time/Soon = now"]
    );
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::Yaml, Format::WordStat]);
}

#[test]
fn a_table_holds_patterns_of_our_own() {
    let (foreign, losses) =
        reads(Format::Csv, "theme,pattern,weight\nMoney,\"(lack|cut) of fund*\",0.5\nMoney > Pots,=pot,\n");
    assert_eq!(show(&foreign), ["Money = (lack|cut) of fund*:0.5", "Money/Pots = =pot"]);
    assert_eq!(losses, []);
    comes_back(&foreign, &[Format::Csv, Format::Tsv]);
    let (_, losses) = write(&foreign, Format::Yaml);
    assert_eq!(reasons(&losses).len(), 2, "{losses:?}");
}

#[test]
fn a_code_book_gives_codes_with_their_meaning() {
    let text = r##"<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x"><Codes><Code guid="{6C7B1B52-8B0F-4E0A-9C6E-2D6A3C0E11AA}" name="Money" isCodable="true"
        color="#FF0000"><Description>What is said of it</Description><Code guid="0f4b1c1e-58a1-4f5e-8f0c-6f3d5a1b2c3d" name="Pots" isCodable="true"/></Code></Codes></CodeBook>"##;
    let (foreign, losses) = reads(Format::Refi, text);
    assert_eq!(show(&foreign), ["Money =", "Money/Pots ="]);
    let (written, _) = write(&foreign, Format::Refi);
    assert_eq!(reads(Format::Refi, &written).0, foreign);
    assert_eq!((foreign.categories[0].description.as_str(), losses), ("What is said of it", Vec::new()));
}

#[test]
fn bytes_are_read_in_the_encoding_they_are_in() {
    let read = |bytes: &[u8], label| read(bytes, Format::WordStat, label, Path::new("a.cat")).unwrap();
    let (foreign, losses) = read(b"A\n\tcaf\xe9 (1)\n", None);
    assert_eq!((show(&foreign), losses.len()), (vec!["A = café".to_owned()], 1));
    assert_eq!(show(&read(b"A\n\t\xc8 (1)\n", Some("iso-8859-2")).0), ["A = Č"]);
    assert_eq!(show(&read("\u{feff}A\n\tcafé (1)\n".as_bytes(), None).0), ["A = café"]);
}

#[test]
fn a_file_is_known_by_what_it_holds_before_its_name() {
    assert_eq!(Format::of(Path::new("a.cat"), b"<?xml version='1.0'?><dictionary>"), Some(Format::Yoshikoder));
    assert_eq!(Format::of(Path::new("a.CAT"), b"A\n"), Some(Format::WordStat));
    assert_eq!(Format::of(Path::new("a.txt"), b"A\n"), None);
}

/// The themes of a WordStat file: id, then patterns.
fn themes_of(text: &str) -> (Vec<crate::lexicon::Theme>, Vec<Loss>) {
    let (foreign, _) = reads(Format::WordStat, text);
    into_themes(&foreign, &LexiconSettings::default(), &Analyzer::new(&TextSettings::default()))
}

const MONEY: &str = "MONEY\n\tBUDGETS\n\t\tPOOLED_BUDGET (1)\n\t\tCO-FUND* (0.5)\n\tU.S. (1)\n\tHOME?Y (7)\n\t:-) (1)\n\
                     NEGATIONS\n\tNOT (1)\nDENIED\n\t@A [#BUDGETS AFTER #NEGATIONS /S 3] (1)\n\
                     \t@B [FUND* NOT NEAR (cut) /S 2] (1)\n\t@C [FUND* NOT BEFORE CUT* /S 2] (1)\n\t@D [A AND B] (1)\n";

#[test]
fn what_our_language_can_say_is_kept_and_the_rest_is_told() {
    let (themes, losses) = themes_of(MONEY);
    let patterns = |at: usize| themes[at].patterns.iter().map(|p| p.text.as_str()).collect::<Vec<_>>();
    let ids: Vec<&str> = themes.iter().map(|theme| theme.id.0.as_str()).collect();
    assert_eq!(ids, ["money", "money.budgets", "negations", "denied"]);
    assert_eq!(patterns(1), ["=POOLED =BUDGET", "CO-FUND*"]);
    assert_eq!(themes[1].patterns[1].weight, 0.5);
    assert_eq!(patterns(0), ["=U.S", "HOME?Y"]);
    let rules = [
        "@negations BEFORE/3 @money.budgets",
        "FUND* UNLESS (FUND* NEAR/2 =cut)",
        "FUND* UNLESS (FUND* BEFORE/2 CUT*)",
    ];
    assert_eq!(patterns(3), rules);
    assert_eq!(losses.len(), 3, "{losses:?}");
}

#[test]
fn themes_go_out_and_come_back_as_they_were() {
    let (themes, _) = themes_of(MONEY);
    for format in [Format::WordStat, Format::Csv, Format::Tsv] {
        let (foreign, losses) = from_themes(&themes, 0.9);
        assert_eq!(losses, []);
        let (text, losses) = write(&foreign, format);
        assert_eq!(losses, [], "{format:?}:\n{text}");
        let (again, _) =
            into_themes(&reads(format, &text).0, &LexiconSettings::default(), &Analyzer::new(&TextSettings::default()));
        let told = |themes: &[crate::lexicon::Theme]| -> Vec<String> {
            themes.iter().map(|theme| theme_file(theme, 0.9)).collect()
        };
        assert_eq!(told(&again), told(&themes), "{format:?}:\n{text}");
    }
}

mod every_input {
    use super::*;
    use proptest::prelude::*;

    const FORMATS: [Format; 9] = [
        Format::Liwc,
        Format::LiwcTable,
        Format::Lexicoder,
        Format::Yoshikoder,
        Format::WordStat,
        Format::Yaml,
        Format::Csv,
        Format::Tsv,
        Format::Refi,
    ];

    proptest! {
        #[test]
        fn is_read_or_refused_and_never_panics(text in "[%\\+\\t\\n ,:<>a-c0-3()\\[\\]@#*?\"'é-]{0,60}") {
            for format in FORMATS {
                for head in ["", "%\n1\ta\n%\n", "DicTerm,a\n", "theme,pattern\n", "+a\n", "<dictionary>"] {
                    let _ = read(format!("{head}{text}").as_bytes(), format, None, Path::new("x"));
                }
            }
        }

        #[test]
        fn of_words_and_weights_comes_back(
            tree in prop::collection::btree_map("[A-C]{1,2}", prop::collection::btree_set("[a-e]{1,3}( [a-e]{1,3})?\\*?", 1..4), 1..4),
            weight in prop::option::of(prop::sample::select(vec![0.5, 2.0, -1.0])),
        ) {
            let mut foreign = Foreign::default();
            for (at, (name, words)) in tree.iter().enumerate() {
                let path: Vec<String> = if at == 1 { vec!["Top".into(), name.clone()] } else { vec![name.clone()] };
                let entry = |text: &String| Entry { text: text.clone(), reading: Reading::Glob, weight, line: 0 };
                foreign.at(&path).unwrap().entries = words.iter().map(entry).collect();
            }
            let weighted: &[Format] = &[Format::WordStat, Format::Yoshikoder];
            comes_back(&foreign, weighted);
            if weight.is_none() {
                comes_back(&foreign, &[Format::Yaml]);
            }
        }
    }
}
