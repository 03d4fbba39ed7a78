//! What a sentence says of an outcome.

use super::super::evidence::Status;

/// What a cue stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::synthesis) enum Says {
    /// A status.
    Status(Status),
    /// That a new clause begins.
    Clause,
    /// That something is defined.
    Defines,
}

/// One cue in a sentence: its tokens `first..end`, and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::synthesis) struct Cue {
    pub(in crate::synthesis) first: u32,
    pub(in crate::synthesis) end: u32,
    pub(in crate::synthesis) says: Says,
}

/// What a sentence says of an outcome met at token `at`, told the sentence's cues in any order.
///
/// A cue inside a longer one of another list does not count. Cues of the outcome's own clause speak first, and where it has
/// none those of the whole sentence: that evidence is lacking before that nothing was found, that before what is hoped
/// for, that before what was found.
pub(in crate::synthesis) fn status(cues: &[Cue], at: u32) -> Status {
    let is_clause = |cue: &&Cue| cue.says == Says::Clause;
    let start = cues.iter().filter(is_clause).map(|cue| cue.first).filter(|&first| first <= at).max().unwrap_or(0);
    let end = cues.iter().filter(is_clause).map(|cue| cue.first).filter(|&first| first > at).min().unwrap_or(u32::MAX);
    let covered = |cue: &Cue| {
        cues.iter().any(|other| {
            matches!(other.says, Says::Status(_))
                && other.says != cue.says
                && other.first <= cue.first
                && cue.end <= other.end
                && other.end - other.first > cue.end - cue.first
        })
    };
    let strongest = |within: &dyn Fn(&Cue) -> bool| {
        let said = cues.iter().filter(|cue| within(cue) && !covered(cue));
        said.filter_map(|cue| if let Says::Status(status) = cue.says { Some(status) } else { None }).min_by_key(order)
    };
    strongest(&|cue| start <= cue.first && cue.first < end).or_else(|| strongest(&|_| true)).unwrap_or(Status::Unstated)
}

fn order(status: &Status) -> u8 {
    match status {
        Status::Lacking => 0,
        Status::Negative => 1,
        Status::Anticipated => 2,
        Status::Positive => 3,
        Status::Unstated => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(first: u32, end: u32, says: Says) -> Cue {
        Cue { first, end, says }
    }

    fn said(cues: &[(u32, u32, Status)], clause: Option<u32>, at: u32) -> Status {
        let mut all: Vec<Cue> = cues.iter().map(|&(first, end, says)| cue(first, end, Says::Status(says))).collect();
        all.extend(clause.map(|first| cue(first, first + 1, Says::Clause)));
        status(&all, at)
    }

    #[test]
    fn the_strongest_word_of_the_clause_counts() {
        use Status::{Anticipated, Lacking, Negative, Positive, Unstated};
        assert_eq!(said(&[], None, 3), Unstated);
        // "little evidence that it improves attainment"
        assert_eq!(said(&[(0, 2, Lacking), (4, 5, Positive)], None, 5), Lacking);
        // "it aims to improve attainment"
        assert_eq!(said(&[(1, 3, Anticipated), (3, 4, Positive)], None, 4), Anticipated);
        // "attainment improved but evidence on cost is lacking"
        let cues = [(1, 2, Positive), (3, 7, Lacking)];
        assert_eq!((said(&cues, Some(2), 0), said(&cues, Some(2), 5)), (Positive, Lacking));
        // "no improvement in attainment": the longer cue holds the shorter
        assert_eq!(said(&[(0, 2, Negative), (1, 2, Positive)], None, 3), Negative);
        // "attainment, although slowly, rose": the clause of the outcome says nothing, the sentence does
        assert_eq!(said(&[(3, 4, Positive)], Some(1), 0), Positive);
    }

    #[test]
    fn a_cue_inside_a_longer_one_of_another_list_is_not_heard() {
        // "lack of evidence" holds "lack of" of another list; "fewer" inside "no fewer than" would be found negative
        let cues = [(0, 3, Status::Positive), (1, 2, Status::Lacking)];
        assert_eq!(said(&cues, None, 5), Status::Positive);
    }
}
