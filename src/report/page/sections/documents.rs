//! Documents and themes as a map. The first page of it is plain; the script turns its pages, and opens documents.

use super::super::super::findings::Findings;
use super::super::parts::{Chart, figure, hundredths, two};
use maud::{Markup, html};

/// Documents on a page of the map.
pub const N_ROWS: usize = 25;

/// The heat map.
pub fn section(findings: &Findings<'_>) -> Markup {
    let n_documents = findings.index.documents().len();
    html! {
        section #documents {
            h2 { "Documents and themes" }
            p {
                "The score of each theme in each document: the highest of its passages, that is, the chance that at least one of the hits is right. "
                "From " (findings.threshold) " on the document has the theme: the cell is shaded. "
                span.script-only { "A cell opens the passages behind it, a title (in the table) the whole document." }
            }
            noscript { p.muted { "The first " (n_documents.min(N_ROWS)) " of " (n_documents) " documents; turning pages and opening documents needs script. All of it is in " code { "tables/" } "." } }
            (controls(findings))
            (figure(Chart { kind: "heat", name: "documents-and-themes", ..Chart::default() }, "Scores of documents and themes; shaded where the document has the theme", &map(findings)))
            div #document-pages .pages .script-only {
                button type="button" #previous-page { "Previous" }
                span #page-state role="status" {}
                button type="button" #next-page { "Next" }
            }
        }
        section #document data-with="document" {}
    }
}

fn map(findings: &Findings<'_>) -> Markup {
    let n_documents = findings.index.documents().len();
    html! {
        div.scroll tabindex="0" role="group" aria-label="Documents and themes" {
            table.heat {
                thead {
                    tr {
                        th scope="col" { "Document" } th.n scope="col" { "Year" }
                        @for theme in &findings.lexicon.themes { th.n scope="col" { (theme.label) } }
                    }
                }
                tbody #document-rows { @for document in 0..n_documents.min(N_ROWS) { (row(findings, document)) } }
            }
        }
    }
}

fn controls(findings: &Findings<'_>) -> Markup {
    html! {
        form.controls.script-only #document-controls {
            label { "Find " input type="search" #document-search placeholder="title, author, year, file" autocomplete="off"; }
            label { "With theme "
                select #document-theme { option value="" { "any" } @for (at, theme) in findings.lexicon.themes.iter().enumerate() { option value=(at) { (theme.label) } } }
            }
            label { "Kind " select #document-kind { option value="" { "any" } } }
            label { "Order "
                select #document-order { option value="id" { "by name" } option value="year" { "newest first" } option value="themes" { "most themes first" } option value="hit" { "most passages with a hit" } }
            }
        }
    }
}

fn row(findings: &Findings<'_>, document: usize) -> Markup {
    let known = &findings.index.documents()[document];
    let excluded = findings.synthesis.selection.documents[document].excluded.is_some();
    html! {
        tr {
            th scope="row" {
                a href={ "#document-" (document) } { (known.metadata.title.as_deref().unwrap_or(&known.id.0)) }
                span.sub { (known.id.0) @if excluded { " · not included" } }
            }
            td.n { (known.metadata.year.map_or(String::new(), |year| year.to_string())) }
            @for theme in &findings.scores.documents[document].themes {
                @let score = theme.score;
                td class={ "n heat-" (level(score.score, score.has_theme)) } {
                    @if hundredths(score.score) > 0.0 { a href={ "#document-" (document) "-t" (score.theme) } { @if score.has_theme { strong { (two(Some(score.score))) } } @else { (two(Some(score.score))) } } }
                    @else { span.muted { "·" } }
                }
            }
        }
    }
}

/// Depth of the shade, 0 to 5: none below the threshold. The script reckons it the same way.
fn level(score: f64, has_theme: bool) -> u32 {
    if has_theme { (hundredths(score) as u32 / 10).saturating_sub(4).clamp(1, 5) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_same_number_in_every_place() {
        for (score, shown) in
            [(0.935, "0.94"), (0.29, "0.29"), (0.57, "0.57"), (0.285, "0.28"), (0.125, "0.13"), (1.0, "1.00")]
        {
            assert_eq!(two(Some(score)), shown);
            assert_eq!(format!("{:.2}", hundredths(score) / 100.0), shown, "as the script is told of documents");
        }
        assert_eq!((level(0.696, true), level(0.694, true), level(0.9, false)), (3, 2, 0));
    }
}
