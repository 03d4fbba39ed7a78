//! What is on the page, and what is not.

use super::super::page::SCRIPTS;
use super::super::{ReportSettings, write};
use super::{Codings, made, plain, quick, whole};
use crate::synthesis;

#[test]
fn the_same_findings_give_the_same_bytes() {
    let made = whole(6, &plain);
    let write = || {
        let folder = tempfile::tempdir().unwrap();
        write(&made.findings(), &ReportSettings::default(), folder.path(), None, &|| ()).unwrap();
        files(folder.path())
    };
    let first = write();
    assert_eq!(first, write());
    assert_eq!(first.len(), 3 * 28 + 1, "every table in three forms, and the page");
    for (name, bytes) in &first {
        if name.to_string_lossy().ends_with(".json") {
            serde_json::from_slice::<Vec<serde_json::Value>>(bytes).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        }
    }
}

/// Every file of a report, by its name.
fn files(folder: &std::path::Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let tables = std::fs::read_dir(folder.join("tables")).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = tables.chain([folder.join("report.html")]).collect();
    files.sort();
    files.iter().map(|file| (file.file_name().unwrap().to_owned(), std::fs::read(file).unwrap())).collect()
}

#[test]
fn what_was_written_before_is_taken_where_it_is_still_the_same() {
    let mut made = made(500, &plain, &quick(), &Codings::default(), Vec::new());
    let written = |made: &super::Made, before: Option<&std::path::Path>| {
        let folder = tempfile::tempdir().unwrap();
        write(&made.findings(), &ReportSettings::default(), folder.path(), before, &|| ()).unwrap();
        folder
    };
    let first = written(&made, Some(std::path::Path::new("no run yet")));
    let again = written(&made, Some(first.path()));
    assert!(files(again.path()) == files(first.path()), "nothing changed");

    // One document is scored otherwise.
    let was = std::mem::take(&mut made.scores.documents[300].hits);
    let spans = std::mem::take(&mut made.scores.spans[300]);
    let anew = written(&made, None);
    let hits = first.path().join("tables/hits.csv");
    let whole = std::fs::read(&hits).unwrap();
    for damaged in [false, true] {
        if damaged {
            std::fs::write(&hits, &whole[..whole.len() / 2]).unwrap();
        }
        let taken = written(&made, Some(first.path()));
        assert!(files(taken.path()) == files(anew.path()), "with the table before damaged: {damaged}");
        // What was written last is kept for the next.
        (made.scores.documents[300].hits, made.scores.spans[300]) = (was.clone(), spans.clone());
        written(&made, Some(taken.path()));
        made.scores.documents[300].hits.clear();
        made.scores.spans[300].clear();
    }
}

#[test]
fn a_section_is_there_only_with_its_data() {
    const ONLY_WITH_DATA: [&str; 6] = ["scorecard", "outcomes", "terminology", "sources", "agreement", "faults"];
    let all = whole(6, &plain).page(&ReportSettings::default());
    let mut settings = quick();
    settings.citations = synthesis::Switch::Off;
    settings.maps.clear();
    let bare = made(6, &plain, &settings, &Codings::default(), Vec::new()).page(&ReportSettings::default());
    for id in ONLY_WITH_DATA {
        let (section, link) = (format!("id=\"{id}\""), format!("href=\"#{id}\""));
        assert!(all.contains(&section) && all.contains(&link), "{id} is missing");
        assert!(!bare.contains(&section) && !bare.contains(&link), "{id} has nothing to show");
    }
    let parsed = dom_query::Document::from(all.as_str());
    for node in parsed.select("nav a").nodes() {
        let address = node.attr("href").unwrap().to_string();
        let Some(id) = address.strip_prefix('#') else { continue };
        assert!(all.contains(&format!("id=\"{id}\"")), "{id} leads nowhere");
    }
    let coders = parsed.select("#agreement .notice").text().to_string();
    assert!(coders.contains(&plain(0)), "what the coders are stands beside their figures");
}

#[test]
fn every_setting_changes_the_page() {
    let made = whole(6, &plain);
    let page = made.page(&ReportSettings::default());
    assert!(page.len() > made.page(&ReportSettings { n_quotes: 1, ..Default::default() }).len());
    let mut bare = made;
    bare.synthesis.themes.iter_mut().for_each(|theme| theme.best.clear());
    // Three passages in each of six documents, the last of them without a hit.
    let sizes = [18, 17, 6].map(|n_passages| bare.page(&ReportSettings { n_passages, ..Default::default() }).len());
    assert!(sizes[0] > sizes[1], "the whole text where it fits");
    assert!(sizes[1] > sizes[2], "else what has hits, as far as it fits");
}

#[test]
fn a_score_is_opened_down_to_its_patterns() {
    let page = whole(4, &plain).page(&ReportSettings::default());
    // One pattern of weight 0.75.
    assert!(page.contains("1 − (1 − 0.75) = 0.750"), "{}", page.len());
    assert!(page.contains("<mark title=\"word10: funding\">Funding</mark>"));
}

#[test]
fn the_script_sets_text_as_text_and_asks_nothing_of_a_network() {
    let script = SCRIPTS[2];
    for banned in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttpRequest",
        "import(",
    ] {
        assert!(!script.contains(banned), "{banned}");
    }
    for script in SCRIPTS {
        assert!(!script.contains("</script") && !script.contains("<!--") && !script.contains("eval("));
    }
    assert!(
        SCRIPTS[1].len() < 350_000 && SCRIPTS[1].contains("Permission to use, copy, modify"),
        "its licence goes with it"
    );
    let page = whole(2, &plain).page(&ReportSettings::default());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\""));
    assert!(page.contains("default-src 'none'") && page.contains("base-uri 'none'"));
    assert!(page.contains("require-trusted-types-for 'script'"));
    assert!(!page.contains(" style=\""), "the policy would refuse it");
}

#[test]
fn every_chart_has_its_table_and_every_count_an_address() {
    let page = whole(6, &plain).page(&ReportSettings::default());
    let parsed = dom_query::Document::from(page.as_str());
    let charts = parsed.select("figure.chart");
    assert!(charts.length() > 10);
    for chart in charts.nodes() {
        let chart = dom_query::Selection::from(*chart);
        assert_eq!(chart.select(".chart-table table").length(), 1, "{:?}", chart.attr("data-name"));
        assert!(!chart.select("figcaption").text().is_empty());
    }
    // Four of the six are included; funding stands in all of them, and leadership beside it.
    let counts = |address: &str| parsed.select(&format!("a[href='{address}']")).text().to_string();
    assert!(counts("#find?t=0").contains('4'));
    assert!(counts("#find?t=0&u=1").contains('4'));
    assert!(page.contains("#outcome-0-") && page.contains("#name-0-0") && page.contains("#proposed-0"));
}
