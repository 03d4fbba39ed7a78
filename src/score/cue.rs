//! What the words around a hit do to its stance. Nouns only.

use crate::lexicon::Stance;

/// What a cue list does. The lists are data; which one does what is fixed here, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueKind {
    /// A new clause begins: "although".
    Clause,
    /// A new clause begins, about the same thing: "but also".
    Contrast,
    /// What follows is said not to matter: "regardless of".
    Negation,
    /// What stands before is said not to matter: "was not a factor".
    Denied,
    /// It is said to help and to hinder: "a mixed blessing".
    Both,
    /// Nothing is claimed: "was measured", "asked whether".
    Neutral,
    /// Too little of what follows: "lack of", "not". A barrier; before another cue it turns that one round.
    Lack,
    /// Too little of what stands before: "was missing". A barrier; after another cue it turns that one round.
    Lacking,
    /// Turns the next cue round: "overcame", "far from".
    Reversal,
    /// Turns the cue before it round: "was resolved".
    Reversed,
    /// It hinders: "undermined", "obstacle".
    Barrier,
    /// It helps: "enabled", "success factor".
    Facilitator,
    /// Heads a list of what hinders: "barriers included".
    Obstacles,
    /// Heads a list of what helps: "key factors were".
    Successes,
}

impl CueKind {
    /// What the list of this name does; `None` for a list that is only there to be named in patterns.
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "clause" => Self::Clause,
            "contrast" => Self::Contrast,
            "negation" => Self::Negation,
            "denied" => Self::Denied,
            "both" => Self::Both,
            "neutral" => Self::Neutral,
            "lack" => Self::Lack,
            "lacking" => Self::Lacking,
            "reversal" => Self::Reversal,
            "reversed" => Self::Reversed,
            "barrier" => Self::Barrier,
            "facilitator" => Self::Facilitator,
            "obstacles" => Self::Obstacles,
            "successes" => Self::Successes,
            _ => return None,
        })
    }

    /// Whether such a cue speaks for a whole list.
    pub fn heads_list(self) -> bool {
        matches!(self, Self::Obstacles | Self::Successes)
    }

    /// Whether a new clause begins at such a cue.
    pub fn begins_clause(self) -> bool {
        matches!(self, Self::Clause | Self::Contrast)
    }

    /// What a cue says where nothing turns it round.
    pub fn side(self) -> Side {
        match self {
            Self::Lack | Self::Lacking | Self::Barrier | Self::Obstacles => Side::Hinders,
            Self::Facilitator | Self::Successes => Side::Helps,
            _ => Side::Neither,
        }
    }
}

/// Which way a cue points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Towards barrier.
    Hinders,
    /// Towards facilitator.
    Helps,
    /// Neither way.
    #[default]
    Neither,
}

impl Side {
    /// The other way round.
    pub fn turned(self) -> Self {
        match self {
            Self::Hinders => Self::Helps,
            Self::Helps => Self::Hinders,
            Self::Neither => Self::Neither,
        }
    }

    /// The stance of a hit that only this speaks for.
    pub fn stance(self) -> Stance {
        match self {
            Self::Hinders => Stance::Barrier,
            Self::Helps => Stance::Facilitator,
            Self::Neither => Stance::Mention,
        }
    }
}

/// One cue in one sentence, after those beside it have had their say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// First token.
    pub first: u32,
    /// One past its last token.
    pub end: u32,
    /// What its list does.
    pub kind: CueKind,
    /// Which way it points now.
    pub side: Side,
    /// Number of its clause in the sentence.
    pub clause: u32,
}

impl Mark {
    /// Tokens between the mark and a span; 0 where they touch or overlap.
    pub fn distance(&self, first: u32, end: u32) -> u32 {
        first.saturating_sub(self.end).max(self.first.saturating_sub(end))
    }
}
