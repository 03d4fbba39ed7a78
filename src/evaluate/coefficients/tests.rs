//! Worked examples of the literature.

use super::*;

/// Raters as rows, units as columns; `.` where a rater did not judge, categories from 1.
fn ratings(rows: &[&str]) -> Vec<Units> {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split_whitespace().collect()).collect();
    let said = |u: usize| rows.iter().map(|row| row[u].parse::<u8>().ok().map(|category| category - 1)).collect();
    (0..rows[0].len()).map(|u| Units { said: said(u), n: 1.0 }).collect()
}

/// Units as rows, categories as columns: how many raters chose each.
fn counted(rows: &[&str]) -> Vec<Units> {
    let unit = |row: &&str| {
        let counts = row.split_whitespace().map(|n| n.parse::<usize>().unwrap());
        let said = (0u8..).zip(counts).flat_map(|(category, n)| std::iter::repeat_n(Some(category), n)).collect();
        Units { said, n: 1.0 }
    };
    rows.iter().map(unit).collect()
}

/// A table of two raters: the first's categories as rows.
fn table(rows: &[&[u32]]) -> Vec<Units> {
    let cell = |a: usize, b: usize| Units { said: vec![Some(a as u8), Some(b as u8)], n: f64::from(rows[a][b]) };
    (0..rows.len()).flat_map(|a| (0..rows.len()).map(move |b| (a, b))).map(|(a, b)| cell(a, b)).collect()
}

fn check(coefficient: Option<f64>, worked: f64, digits: i32) {
    let got = coefficient.unwrap();
    assert!((got - worked).abs() <= 0.5 * 10f64.powi(-digits) + 1e-12, "{got} is not {worked} to {digits} digits");
}

/// Krippendorff (2011), example C: four observers, twelve units, missing data. Gwet (2014) uses the same ratings.
fn four_observers() -> Vec<Units> {
    ratings(&[
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ])
}

#[test]
fn alpha_is_krippendorffs_2011() {
    // Example A: binary data, two observers, no missing data.
    check(krippendorff_alpha(&ratings(&["1 2 1 1 1 1 1 1 2 1", "2 2 2 1 1 2 1 1 1 1"])), 0.095, 3);
    // Example B: nominal data, two observers, no missing data.
    check(krippendorff_alpha(&ratings(&["1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4"])), 0.692, 3);
    // Example C.
    check(krippendorff_alpha(&four_observers()), 0.743, 3);
}

#[test]
fn coefficients_with_missing_ratings_are_gwets_2014() {
    // Gwet (2014), 4th edition, page 120: the figures of his package irrCAC over cac.raw4raters.
    check(percent_agreement(&four_observers()), 0.81818, 5);
    check(gwet_ac1(&four_observers(), 5), 0.77544, 5);
    check(fleiss_kappa(&four_observers()), 0.76117, 5);
    check(krippendorff_alpha(&four_observers()), 0.74342, 5);
}

#[test]
fn fleiss_kappa_is_fleiss_1971() {
    // Thirty psychiatric patients, six raters, five diagnoses: P̄ = 0.556, κ = 0.430.
    let diagnoses = counted(&[
        "0 0 0 6 0",
        "0 3 0 0 3",
        "0 1 4 0 1",
        "0 0 0 0 6",
        "0 3 0 3 0",
        "2 0 4 0 0",
        "0 0 4 0 2",
        "2 0 3 1 0",
        "2 0 0 4 0",
        "0 0 0 0 6",
        "1 0 0 5 0",
        "1 1 0 4 0",
        "0 3 3 0 0",
        "1 0 0 5 0",
        "0 2 0 3 1",
        "0 0 5 0 1",
        "3 0 0 1 2",
        "5 1 0 0 0",
        "0 2 0 4 0",
        "1 0 2 0 3",
        "0 0 0 0 6",
        "0 1 0 5 0",
        "0 2 0 1 3",
        "2 0 0 4 0",
        "1 0 0 4 1",
        "0 5 0 1 0",
        "4 0 0 0 2",
        "0 2 0 4 0",
        "1 0 5 0 0",
        "0 0 0 0 6",
    ]);
    check(percent_agreement(&diagnoses), 0.556, 3);
    check(fleiss_kappa(&diagnoses), 0.430, 3);
}

#[test]
fn cohens_kappa_is_cohens() {
    // Cohen (1960), 200 subjects in three categories: po = 0.70, pe = 0.41, κ = 0.492.
    let subjects = table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]);
    check(percent_agreement(&subjects), 0.70, 2);
    check(cohen_kappa(&subjects), 0.492, 3);
    // Below chance: po = 0.29, pe = 0.35.
    check(cohen_kappa(&table(&[&[25, 13, 12], &[12, 2, 16], &[3, 15, 2]])), -0.0923, 4);
}

#[test]
fn two_raters_are_gwets_package_figures() {
    // Gwet's cont3x3abstractors: 100 pregnancies, two abstractors.
    let pregnancies = table(&[&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]]);
    check(cohen_kappa(&pregnancies), 0.7964094, 7);
    check(gwet_ac1(&pregnancies, 3), 0.8493305, 7);
    check(krippendorff_alpha(&pregnancies), 0.7972585, 7);
    check(percent_agreement(&pregnancies), 0.89, 7);
}

#[test]
fn ac1_holds_where_kappa_breaks() {
    // Gwet (2008): 125 subjects, one category rare; po = 0.944.
    let rare = table(&[&[118, 5], &[2, 0]]);
    check(cohen_kappa(&rare), -0.0234, 4);
    check(gwet_ac1(&rare, 2), 0.9408, 4);
}

#[test]
fn unitizing_alpha_is_krippendorffs_2004() {
    // Two observers over a continuum from 150 to 450. Categories c and k; De = 0.0532 and 0.0490, α = 0.7286 and 1.
    let c =
        Continuum { length: 300, marked: vec![vec![(75, 145), (220, 250)], vec![(70, 150), (205, 225), (250, 270)]] };
    check(unitizing_alpha(std::slice::from_ref(&c), &[1]), 0.7286, 3);
    let same = vec![(30, 90), (150, 200)];
    let k = Continuum { length: 300, marked: vec![same.clone(), same] };
    check(unitizing_alpha(std::slice::from_ref(&k), &[1]), 1.0, 9);
    assert_eq!(unitizing_alpha(&[Continuum { length: 300, marked: vec![vec![], vec![]] }], &[1]), None);
    assert_eq!(unitizing_alpha(&[], &[]), None);
    // A text taken twice over is two texts.
    assert_eq!(unitizing_alpha(&[c.clone(), k.clone()], &[2, 1]), unitizing_alpha(&[c.clone(), c, k], &[1, 1, 1]));
}

#[test]
fn what_is_not_defined_is_none() {
    let agreed = table(&[&[7, 0], &[0, 0]]);
    assert_eq!(percent_agreement(&agreed), Some(1.0));
    assert_eq!(cohen_kappa(&agreed), None);
    assert_eq!(fleiss_kappa(&agreed), None);
    assert_eq!(krippendorff_alpha(&agreed), None);
    assert_eq!(gwet_ac1(&agreed, 2), Some(1.0));
    let alone = ratings(&["1 2 1", ". . ."]);
    assert_eq!(percent_agreement(&alone), None);
    assert_eq!(krippendorff_alpha(&alone), None);
    assert_eq!(gwet_ac1(&alone, 2), None);
    assert_eq!(cohen_kappa(&[]), None);
}

#[test]
fn equal_units_counted_together_give_the_same_figures() {
    let apart = ratings(&["1 1 1 2 2 .", "1 1 2 2 2 1", "1 1 2 2 1 2"]);
    let said = |a, b, c| vec![a, b, c];
    let one = |said, n| Units { said, n };
    let together = vec![
        one(said(Some(0), Some(0), Some(0)), 2.0),
        one(said(Some(0), Some(1), Some(1)), 1.0),
        one(said(Some(1), Some(1), Some(1)), 1.0),
        one(said(Some(1), Some(1), Some(0)), 1.0),
        one(said(None, Some(0), Some(1)), 1.0),
    ];
    check(krippendorff_alpha(&apart), krippendorff_alpha(&together).unwrap(), 12);
    check(gwet_ac1(&apart, 2), gwet_ac1(&together, 2).unwrap(), 12);
}

#[test]
fn precision_recall_and_f1_by_hand() {
    let found = Confusion { true_positive: 6.0, false_positive: 2.0, false_negative: 4.0, true_negative: 8.0 };
    assert_eq!((found.precision(), found.recall()), (Some(0.75), Some(0.6)));
    check(found.f1(), 2.0 * 0.75 * 0.6 / 1.35, 12);
    check(found.kappa(), 0.4, 12); // po = 0.7, pe = 0.4 · 0.5 + 0.6 · 0.5 = 0.5
    assert_eq!(Confusion::default().f1(), None);
}
