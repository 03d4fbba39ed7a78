//! Do raters mark the same stretches of a text?

/// One text and what each rater marked in it.
#[derive(Clone, Debug, Default)]
pub(in crate::evaluate) struct Continuum {
    /// Its length.
    pub(in crate::evaluate) length: u32,
    /// For each rater, half-open stretches `start..end`, ascending, apart, not empty.
    pub(in crate::evaluate) marked: Vec<Vec<(u32, u32)>>,
}

/// A stretch of a continuum that a rater marked, or the gap between two such.
#[derive(Clone, Copy)]
struct Section {
    start: f64,
    length: f64,
    marked: bool,
}

/// Krippendorff's alpha for unitising, of one category: do raters cut the same stretches out of a continuum?
///
/// Two marked stretches that overlap differ by the squares of the distances of their ends; a stretch within another's gap
/// by the square of its own length. Several continua count as one on end; none of their sections crosses a border. `times`
/// tells how often each counts. `None` with fewer than two raters or nothing marked.
///
/// # Source
/// Krippendorff, K. (2004). Measuring the reliability of qualitative text analysis data. *Quality & Quantity* 38,
/// 787–800, equations for ₍u₎α.
pub(in crate::evaluate) fn unitizing_alpha(continua: &[Continuum], times: &[u32]) -> Option<f64> {
    let n_raters = continua.iter().map(|continuum| continuum.marked.len()).min()? as f64;
    let length: f64 = continua.iter().zip(times).map(|(c, &times)| f64::from(c.length) * f64::from(times)).sum();
    if n_raters < 2.0 || length == 0.0 {
        return None;
    }
    let mut observed = 0.0;
    let mut all: Vec<(Section, f64)> = Vec::new();
    for (continuum, &times) in continua.iter().zip(times).filter(|(_, times)| **times > 0) {
        let sections: Vec<Vec<Section>> = continuum.marked.iter().map(|m| sections(m, continuum.length)).collect();
        observed += f64::from(times) * disagreement(&sections);
        all.extend(sections.into_iter().flatten().map(|section| (section, f64::from(times))));
    }
    let expected = expected(&all, n_raters * length, length)?;
    let observed = observed / (n_raters * (n_raters - 1.0) * length * length);
    Some(1.0 - observed / expected)
}

/// The marked stretches and the gaps between them, in order.
fn sections(marked: &[(u32, u32)], length: u32) -> Vec<Section> {
    let mut sections = Vec::with_capacity(marked.len() * 2 + 1);
    let mut at = 0;
    let mut push = |start: u32, end: u32, marked| {
        if end > start {
            sections.push(Section { start: f64::from(start), length: f64::from(end - start), marked });
        }
    };
    for &(start, end) in marked {
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, length, false);
    sections
}

/// The sum of differences over all ordered pairs of sections of different raters.
fn disagreement(raters: &[Vec<Section>]) -> f64 {
    let mut sum = 0.0;
    for (i, own) in raters.iter().enumerate() {
        for other in &raters[i + 1..] {
            let (mut a, mut b) = (0, 0);
            while a < own.len() && b < other.len() {
                sum += 2.0 * difference(own[a], other[b]);
                let (end_a, end_b) = (own[a].start + own[a].length, other[b].start + other[b].length);
                a += usize::from(end_a <= end_b);
                b += usize::from(end_b <= end_a);
            }
        }
    }
    sum
}

/// How far two overlapping sections differ.
fn difference(a: Section, b: Section) -> f64 {
    let (start, end) = (a.start - b.start, a.start + a.length - b.start - b.length);
    match (a.marked, b.marked) {
        (true, true) => start * start + end * end,
        (true, false) if start >= 0.0 && end <= 0.0 => a.length * a.length,
        (false, true) if start <= 0.0 && end >= 0.0 => b.length * b.length,
        _ => 0.0,
    }
}

/// The difference that random placing of the same sections would give. `all` holds every section of every rater with how
/// often it counts, `total` is raters × length.
fn expected(all: &[(Section, f64)], total: f64, length: f64) -> Option<f64> {
    let marked = || all.iter().filter(|(section, _)| section.marked);
    let n_marked: f64 = marked().map(|(_, times)| times).sum();
    let mut gaps: Vec<(f64, f64)> =
        all.iter().filter(|(s, _)| !s.marked).map(|(s, times)| (s.length, *times)).collect();
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut longest_first: Vec<(f64, f64)> = marked().map(|(section, times)| (section.length, *times)).collect();
    longest_first.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut sum, mut taken, mut n_gaps, mut gap_length) = (0.0, 0, 0.0, 0.0);
    for &(l, times) in &longest_first {
        while let Some(&(gap, gap_times)) = gaps.get(taken).filter(|(gap, _)| *gap >= l) {
            n_gaps += gap_times;
            gap_length += gap_times * gap;
            taken += 1;
        }
        let against_marked = (n_marked - 1.0) / 3.0 * (2.0 * l.powi(3) - 3.0 * l * l + l);
        let against_gaps = l * l * (gap_length - n_gaps * (l - 1.0));
        sum += times * (against_marked + against_gaps);
    }
    let pairs = total * (total - 1.0) - longest_first.iter().map(|(l, times)| times * l * (l - 1.0)).sum::<f64>();
    (sum > 0.0 && pairs > 0.0).then(|| 2.0 / length * sum / pairs)
}
