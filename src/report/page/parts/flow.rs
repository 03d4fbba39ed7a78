//! The flow of selection: a drawing of boxes and arrows, and so none for a charting library.

use super::svg::{lines, number, text};
use crate::synthesis::PrismaFlow;
use maud::{Markup, html};

/// The PRISMA 2020 flow: what goes on to the left, what leaves to the right.
pub fn flow(flow: &PrismaFlow) -> Markup {
    let reasons = |reasons: &[(String, u32)]| -> Vec<String> {
        reasons.iter().flat_map(|(reason, n)| lines(&format!("Excluded: {reason} (n = {n})"), 46, 2)).collect()
    };
    let one = |what: &str, n: u32| lines(&format!("{what} (n = {n})"), 42, 2);
    let steps = [
        (format!("Records identified (n = {})", flow.n_identified), one("Duplicates removed", flow.n_duplicates)),
        (format!("Records screened (n = {})", flow.n_screened), reasons(&flow.excluded_screening)),
        (format!("Reports sought (n = {})", flow.n_sought), one("Could not be read", flow.n_not_retrieved)),
        (format!("Reports assessed (n = {})", flow.n_assessed), reasons(&flow.excluded_eligibility)),
        (format!("Included (n = {})", flow.n_included), Vec::new()),
    ];
    let heights: Vec<f64> = steps.iter().map(|(_, out)| (out.len() as f64 * 15.0 + 22.0).max(44.0)).collect();
    let top = |at: usize| 4.0 + heights[..at].iter().map(|height| height + 24.0).sum::<f64>();
    let height = top(steps.len()) - 16.0;
    html! {
        svg.plot.flow width="660" height=(number(height)) viewBox={ "0 0 660 " (number(height)) } role="img" aria-label="Flow of documents through selection" {
            @for (at, (step, out)) in steps.iter().enumerate() {
                @let middle = top(at) + heights[at] / 2.0;
                rect.box x="2" y=(number(top(at))) width="250" height=(number(heights[at])) rx="4" {}
                (text(&lines(step, 34, 2), 127.0, middle, "middle"))
                @if !out.is_empty() {
                    path.arrow d=(format!("M252 {middle:.1} H318 m-6 -4 l6 4 l-6 4")) {}
                    rect.box x="322" y=(number(top(at))) width="334" height=(number(heights[at])) rx="4" {}
                    (text(out, 336.0, middle, "start"))
                }
                @if at + 1 < steps.len() {
                    path.arrow d=(format!("M127 {:.1} V{:.1} m-4 -6 l4 6 l4 -6", top(at) + heights[at], top(at + 1) - 2.0)) {}
                }
            }
        }
    }
}
