//! Says what is said of a theme at a hit: barrier, facilitator, both or mention; and whether it is denied.
//!
//! The rules, all of them. Distances are counted in tokens, and nothing reaches beyond the sentence.
//!
//! 1. *Cues.* Of cues that overlap the first counts, and of those that start together the longest, whatever its list;
//!    so "no shortage of" in the list `facilitator` beats "no" and "shortage of" in `lack`.
//! 2. *Clauses.* A cue of `clause` ("although") or `contrast` ("but also") begins a new clause.
//! 3. *Turning round.* `lack` ("lack of", "not") and `reversal` ("overcame") turn round the next cue of their clause
//!    that starts within `REACH` tokens and not beyond the next hit, or the hit it is a part of, and those strung after it ("no clear or
//!    effective"); `lacking` ("was missing") and `reversed` ("was resolved") do so with the cue before them. A cue of
//!    `lack` or `lacking` with nothing to turn round is a barrier itself; one of `reversal` or `reversed` is nothing.
//! 4. *Denial.* A hit within `DENIAL` tokens after a cue of `negation` ("regardless of"), or before one of `denied`
//!    ("was not a factor"), in its clause, is negated.
//! 5. *Claims.* A cue of `both` in its clause makes a hit both; else a cue of `neutral` in its sentence, a mention. Else
//!    what heads the list that it stands in: the last cue of `obstacles` ("barriers included") or `successes` ("was
//!    attributed to") in its clause that begins no later than the hit, turned round where `lack` stands right before it
//!    ("no longer seen as a barrier"). Else the nearest cue of its clause decides, one
//!    after the hit where two are as near; then the nearest of the sentence; and where there is none it is a mention.
//! 6. *The pattern's own stance*, where it has one, is asked before the nearest cue. A facilitator stands where its
//!    clause has no cue. A barrier stands whatever the cues, unless one holds its first words ("no shortage of"), all in
//!    it that hinders is turned round, or `lack`, `reversal` and the like reach it with no cue between. A mention and a
//!    both stand.
//! 7. *Together.* Where one hit of a theme is a barrier, the facilitators of the theme in its clause are barriers too. A
//!    hit is both where the next clause begins with a cue of `contrast`, claims the opposite and has no hit.
//!
//! A passage is a barrier or a facilitator where its hits are, and both where both occur. A document is what most of
//! its passages with a stance are, and both where the fewer are at least half of the more: else every long document
//! would be both.

use super::cue::{CueKind, Mark, Side};
use super::hit::{Hit, ThemeScore};
use crate::lexicon::{Found, Stance};

/// How far a cue can lie from one that it turns round.
const REACH: u32 = 3;
/// How far a hit can lie from a cue that denies it.
const DENIAL: u32 = 8;

/// Fills `marks` with the cues of one sentence, ascending, each pointing the way it does when all have had their say.
/// `hits` are those of the sentence.
pub(super) fn read(cues: &[Found], kinds: &[Option<CueKind>], hits: &[Found], marks: &mut Vec<Mark>) {
    marks.clear();
    for cue in cues {
        if let Some(kind) = kinds.get(usize::from(cue.theme)).copied().flatten() {
            let end = cue.first_token + u32::from(cue.n_tokens);
            marks.push(Mark { first: cue.first_token, end, kind, side: kind.side(), clause: 0 });
        }
    }
    marks.sort_unstable_by_key(|mark| (mark.first, std::cmp::Reverse(mark.end), mark.kind));
    let mut covered = 0;
    marks.retain(|mark| {
        let kept = mark.first >= covered;
        covered = if kept { mark.end } else { covered };
        kept
    });
    let mut clause = 0;
    for mark in marks.iter_mut() {
        clause += u32::from(mark.kind.begins_clause());
        mark.clause = clause;
    }
    turn_following(marks, hits);
    turn_preceding(marks);
}

/// Lets `lack` and `reversal` turn round what follows them, the last first, so that "no lack of" turns twice.
fn turn_following(marks: &mut [Mark], hits: &[Found]) {
    for at in (0..marks.len()).rev() {
        let operator = marks[at];
        if !matches!(operator.kind, CueKind::Lack | CueKind::Reversal) {
            continue;
        }
        // A lack that is part of a hit is said of the hit's own words.
        let next_hit = hits.iter().find(|hit| hit.first_token + u32::from(hit.n_tokens) > operator.end);
        let stop = next_hit.map_or(u32::MAX, |hit| hit.first_token + u32::from(hit.n_tokens));
        let (mut end, mut reach, mut turned) = (operator.end, REACH, false);
        for mark in &mut marks[at + 1..] {
            if mark.clause != operator.clause || mark.first > end + reach || mark.first >= stop {
                break;
            }
            if mark.side != Side::Neither {
                mark.side = mark.side.turned();
                (end, reach, turned) = (mark.end, 1, true);
            } else if matches!(mark.kind, CueKind::Lack | CueKind::Reversal) {
                end = mark.end;
            }
        }
        if turned {
            marks[at].side = Side::Neither;
        }
    }
}

/// Lets `lacking` and `reversed` turn round the cue before them.
fn turn_preceding(marks: &mut [Mark]) {
    for at in 0..marks.len() {
        let operator = marks[at];
        if !matches!(operator.kind, CueKind::Lacking | CueKind::Reversed) {
            continue;
        }
        let target = marks[..at].iter_mut().rev().find(|mark| mark.side != Side::Neither);
        if let Some(mark) = target.filter(|mark| mark.clause == operator.clause && mark.end + REACH >= operator.first) {
            mark.side = mark.side.turned();
            marks[at].side = Side::Neither;
        }
    }
}

/// Number of the clause that begins at or before a token.
fn clause_of(first: u32, marks: &[Mark]) -> u32 {
    marks.iter().filter(|mark| mark.kind.begins_clause() && mark.first <= first).count() as u32
}

/// Stance of a hit among the marks of its sentence, and whether it is denied. `own` is the stance of its pattern.
pub(super) fn judge(hit: &Found, own: Option<Stance>, marks: &[Mark]) -> (Stance, bool) {
    let (first, end) = (hit.first_token, hit.first_token + u32::from(hit.n_tokens));
    let clause = clause_of(first, marks);
    let within = || marks.iter().filter(|mark| mark.clause == clause);
    let denied = within().any(|mark| match mark.kind {
        CueKind::Negation => mark.end <= first && first - mark.end <= DENIAL,
        CueKind::Denied => end <= mark.first && mark.first - end <= DENIAL,
        _ => false,
    });
    let head = marks.iter().rfind(|mark| mark.clause == clause && mark.kind.heads_list() && mark.first <= first);
    let nearest = |marks: &mut dyn Iterator<Item = &Mark>| {
        let claims = marks.filter(|mark| mark.side != Side::Neither);
        claims.min_by_key(|mark| (mark.distance(first, end), mark.first < first)).map(|mark| mark.side.stance())
    };
    let stance = if within().any(|mark| mark.kind == CueKind::Both) {
        Stance::Both
    } else if marks.iter().any(|mark| mark.kind == CueKind::Neutral) {
        Stance::Mention
    } else if let Some(head) = head {
        let denied = marks.iter().any(|mark| mark.end == head.first && mark.kind == CueKind::Lack);
        if denied { head.kind.side().turned().stance() } else { head.kind.side().stance() }
    } else {
        match own {
            Some(Stance::Barrier) => hindrance(first, end, clause, marks),
            Some(Stance::Facilitator) => nearest(&mut within()).unwrap_or(Stance::Facilitator),
            Some(own) => own,
            None => nearest(&mut within()).or_else(|| nearest(&mut marks.iter())).unwrap_or_default(),
        }
    };
    (stance, denied)
}

/// The stance of a hit whose pattern is itself a barrier: turned round where a cue holds its beginning ("no shortage
/// of"), where all that hinders in it is ("responsibilities to avoid duplication"), or where `lack`, `reversal` and the
/// like reach it with no cue between.
fn hindrance(first: u32, end: u32, clause: u32, marks: &[Mark]) -> Stance {
    let holds = |mark: &Mark| mark.first <= first && mark.end > first && (mark.first < first || mark.end >= end);
    if let Some(mark) = marks.iter().find(|mark| mark.side != Side::Neither && holds(mark)) {
        return mark.side.stance();
    }
    let inside = || marks.iter().filter(|mark| mark.first >= first && mark.end <= end);
    if inside().any(|mark| mark.side == Side::Helps && mark.kind.side() == Side::Hinders)
        && inside().all(|mark| mark.side != Side::Hinders)
    {
        return Stance::Facilitator;
    }
    let between =
        |from, to| marks.iter().any(|mark| mark.side != Side::Neither && mark.first >= from && mark.end <= to);
    let turns = |mark: &&Mark| match mark.kind {
        CueKind::Lack | CueKind::Reversal => {
            mark.end <= first && first - mark.end <= REACH && !between(mark.end, first)
        }
        CueKind::Lacking | CueKind::Reversed => {
            end <= mark.first && mark.first - end <= REACH && !between(end, mark.first)
        }
        _ => false,
    };
    match marks.iter().filter(|mark| mark.clause == clause).filter(turns).count() % 2 {
        0 => Stance::Barrier,
        _ => Stance::Facilitator,
    }
}

/// Lets the hits of one theme in one clause speak with one voice: where one is a barrier, so are the facilitators.
pub(super) fn agree(hits: &mut [Hit], marks: &[Mark]) {
    for at in 0..hits.len() {
        let Hit { theme, stance, negated, .. } = hits[at];
        if stance != Stance::Barrier || negated {
            continue;
        }
        let clause = clause_of(hits[at].first_token, marks);
        let alike = |hit: &&mut Hit| hit.theme == theme && hit.stance == Stance::Facilitator;
        for hit in hits.iter_mut().filter(alike).filter(|hit| clause_of(hit.first_token, marks) == clause) {
            hit.stance = Stance::Barrier;
        }
    }
}

/// Makes both of a hit whose claim is taken back: the next clause begins with "but also", claims the opposite and has no hit.
pub(super) fn take_back(hits: &mut [Hit], marks: &[Mark]) {
    for at in 0..hits.len() {
        let (stance, next) = (hits[at].stance, clause_of(hits[at].first_token, marks) + 1);
        let mut clause = marks.iter().filter(|mark| mark.clause == next);
        let contrasts = clause.next().is_some_and(|mark| mark.kind == CueKind::Contrast);
        let opposite = |mark: &Mark| mark.side != Side::Neither && mark.side.turned().stance() == stance;
        if contrasts && clause.any(opposite) && hits.iter().all(|hit| clause_of(hit.first_token, marks) != next) {
            hits[at].stance = Stance::Both;
        }
    }
}

/// The stance of hits together: both where both occur.
pub(super) fn together(one: Stance, other: Stance) -> Stance {
    match (one, other) {
        (Stance::Mention, stance) | (stance, Stance::Mention) => stance,
        (one, other) if one == other => one,
        _ => Stance::Both,
    }
}

/// The stance of a document, from the scores of its passages in one theme.
pub(super) fn balance(passages: impl Iterator<Item = ThemeScore>) -> Stance {
    let (mut n_barrier, mut n_facilitator) = (0_u32, 0_u32);
    for score in passages {
        n_barrier += u32::from(matches!(score.stance, Stance::Barrier | Stance::Both));
        n_facilitator += u32::from(matches!(score.stance, Stance::Facilitator | Stance::Both));
    }
    match (n_barrier, n_facilitator) {
        (0, 0) => Stance::Mention,
        (barrier, facilitator) if 2 * barrier.min(facilitator) >= barrier.max(facilitator) => Stance::Both,
        (barrier, facilitator) if barrier > facilitator => Stance::Barrier,
        _ => Stance::Facilitator,
    }
}
