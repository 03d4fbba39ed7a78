//! Everything that goes into a report. Nouns only.

use super::lines::CardLine;
use crate::corpus::Fault;
use crate::discover::Candidates;
use crate::evaluate::{Agreement, Card, Learned};
use crate::index::PassageIndex;
use crate::lexicon::Lexicon;
use crate::score::Scores;
use crate::synthesis::{Evidence, Synthesis};

/// Everything that was found in a study, for as long as the report is being written.
#[derive(Clone, Copy)]
pub struct Findings<'a> {
    /// Name of the study.
    pub name: &'a str,
    /// What the page is headed with.
    pub title: &'a str,
    /// The question that the study asks.
    pub question: &'a str,
    /// What a reader must know of the coders.
    pub about_the_coders: &'a str,
    /// Version of the program.
    pub program: &'a str,
    /// The settings as resolved, as TOML.
    pub settings: &'a str,
    /// A passage has a theme from this score on.
    pub threshold: f64,
    /// The documents and their texts.
    pub index: &'a PassageIndex,
    /// The themes.
    pub lexicon: &'a Lexicon,
    /// Hits and scores.
    pub scores: &'a Scores,
    /// What was taken from the texts beside the themes.
    pub evidence: &'a Evidence,
    /// What it adds up to.
    pub synthesis: &'a Synthesis,
    /// What is proposed.
    pub candidates: &'a Candidates,
    /// What people made of the weights.
    pub learned: &'a Learned,
    /// What each pattern does.
    pub card: &'a Card,
    /// The example lines of each pattern of the card, in its order.
    pub lines: &'a [Vec<CardLine>],
    /// How far coders agree, and we with them.
    pub agreement: Option<&'a Agreement>,
    /// What was not, or not wholly, taken.
    pub faults: &'a [Fault],
}
