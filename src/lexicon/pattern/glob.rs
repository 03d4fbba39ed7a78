//! Globs over the case-folded surface of one word.

/// One place in a glob.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Piece {
    /// This character.
    Char(char),
    /// `?`: any one character.
    One,
    /// `*`: any run of characters, also none.
    Run,
    /// `[sz]`, `[a-f]`, `[!s]`: one character inside the ranges, or outside them.
    Set { negated: bool, ranges: Vec<(char, char)> },
}

/// A pattern over characters, anchored at both ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) struct Glob(pub(super) Vec<Piece>);

impl Glob {
    /// Whether the whole of `surface` fits. Linear in the glob times the surface at worst, without recursion.
    pub(in super::super) fn matches(&self, surface: &str) -> bool {
        let (mut piece, mut rest) = (0, surface);
        let mut retry: Option<(usize, &str)> = None;
        loop {
            let next = rest.chars().next();
            match (self.0.get(piece), next) {
                (Some(Piece::Run), _) => {
                    piece += 1;
                    retry = Some((piece, rest));
                }
                (Some(wanted), Some(met)) if wanted.admits(met) => {
                    piece += 1;
                    rest = &rest[met.len_utf8()..];
                }
                (None, None) => return true,
                _ => match retry {
                    Some((after, from)) if !from.is_empty() => {
                        rest = &from[from.chars().next().map_or(0, char::len_utf8)..];
                        piece = after;
                        retry = Some((after, rest));
                    }
                    _ => return false,
                },
            }
        }
    }

    /// Whether it is nothing but `*`.
    pub(in super::super) fn is_any(&self) -> bool {
        self.0.iter().all(|piece| *piece == Piece::Run)
    }

    /// The characters that every word it fits begins with.
    pub(in super::super) fn prefix(&self) -> String {
        self.0.iter().map_while(Piece::literal).collect()
    }

    /// The characters that every word it fits ends with.
    pub(in super::super) fn suffix(&self) -> String {
        let reversed: Vec<char> = self.0.iter().rev().map_while(Piece::literal).collect();
        reversed.into_iter().rev().collect()
    }

    /// Whether it is a literal and one `*` behind it, so that its prefix says all.
    pub(in super::super) fn is_prefix(&self) -> bool {
        self.0
            .split_last()
            .is_some_and(|(last, rest)| *last == Piece::Run && rest.iter().all(|p| p.literal().is_some()))
    }

    /// Whether it is one `*` and a literal behind it, so that its suffix says all.
    pub(in super::super) fn is_suffix(&self) -> bool {
        self.0
            .split_first()
            .is_some_and(|(first, rest)| *first == Piece::Run && rest.iter().all(|p| p.literal().is_some()))
    }

    /// How many characters it spells out.
    pub(in super::super) fn n_literal(&self) -> usize {
        self.0.iter().filter(|piece| piece.literal().is_some()).count()
    }

    /// Whether it spells out a hyphen, and so is meant for hyphenated words.
    pub(in super::super) fn has_hyphen(&self) -> bool {
        self.0.contains(&Piece::Char('-'))
    }

    /// A word of its kind: `one` wherever it leaves a character open, `run` for every `*`.
    pub(in super::super) fn sample(&self, one: char, run: &str) -> String {
        let mut sample = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Char(c) => sample.push(*c),
                Piece::Run => sample.push_str(run),
                Piece::One | Piece::Set { .. } => sample.push(one),
            }
        }
        sample
    }
}

impl Piece {
    fn literal(&self) -> Option<char> {
        if let Piece::Char(c) = self { Some(*c) } else { None }
    }

    fn admits(&self, met: char) -> bool {
        match self {
            Piece::Char(wanted) => *wanted == met,
            Piece::One | Piece::Run => true,
            Piece::Set { negated, ranges } => ranges.iter().any(|&(low, high)| low <= met && met <= high) != *negated,
        }
    }
}
