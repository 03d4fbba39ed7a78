//! Small sets that are asked whether they can meet.

/// A bit for each number, shared by many: sets whose masks have no bit in common have no number in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask([u64; 4]);

impl Mask {
    /// Of everything.
    pub(super) const ALL: Mask = Mask([u64::MAX; 4]);

    pub(super) fn of(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut mask = Mask::default();
        numbers.into_iter().for_each(|number| mask.0[number as usize / 64 % 4] |= 1 << (number % 64));
        mask
    }

    /// Whether the number may be in the set.
    #[inline]
    pub(super) fn may_hold(&self, number: u32) -> bool {
        self.0[number as usize / 64 % 4] >> (number % 64) & 1 == 1
    }

    /// Whether the two sets may have a number in common.
    #[inline]
    pub(super) fn meets(&self, other: &Mask) -> bool {
        self.0.iter().zip(&other.0).fold(0, |all, (a, b)| all | a & b) != 0
    }

    /// Takes in another set.
    pub(super) fn add(&mut self, other: &Mask) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, more)| *bits |= more);
    }
}
