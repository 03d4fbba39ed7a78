//! Memory under a bound: what has been freed is given back to the system before the bound is reached.
//!
//! An allocator keeps what the program frees, for later use. That is as good as held: between two stages it can be more
//! than the program's own.

/// Watches over the memory that the process holds.
pub struct Heap {
    bound: u64,
    /// Given back again from here on.
    next: u64,
}

impl Heap {
    /// For a bound in bytes. Call it once, before there are threads.
    pub fn new(bound: u64) -> Self {
        glibc::hold_little();
        Self { bound, next: bound / 2 }
    }

    /// Is told now and then how much is held, and gives back what is free where that is half of the bound or more; not again
    /// before it has grown by a sixteenth, since looking costs time.
    pub fn is_held(&mut self, now: impl Fn() -> Option<u64>) {
        if now().is_some_and(|n_bytes| n_bytes >= self.next) {
            glibc::give_back();
            self.next = (now().unwrap_or_default() + self.bound / 16).max(self.bound / 2);
        }
    }
}

/// The allocator of GNU systems; no other needs to be told.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    const M_MMAP_THRESHOLD: i32 = -3;
    const M_ARENA_MAX: i32 = -8;
    /// Bytes from which on an allocation is a mapping of its own, that goes back as soon as it is freed. Without being told,
    /// the allocator raises this to the size of what is freed, up to 32 MB.
    const LARGE: i32 = 1 << 20;
    /// Heaps, each for some of the threads: what is freed in one is of no use to the threads of another.
    const N_HEAPS: i32 = 2;

    // Both take no pointer, and may be called at any time.
    unsafe extern "C" {
        safe fn mallopt(param: i32, value: i32) -> i32;
        safe fn malloc_trim(pad: usize) -> i32;
    }

    pub fn hold_little() {
        mallopt(M_MMAP_THRESHOLD, LARGE);
        mallopt(M_ARENA_MAX, N_HEAPS);
    }

    pub fn give_back() {
        malloc_trim(0);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod glibc {
    pub fn hold_little() {}

    pub fn give_back() {}
}

#[cfg(test)]
mod tests {
    use super::Heap;
    use std::cell::Cell;

    #[test]
    fn memory_is_given_back_from_half_of_the_bound_on_and_not_at_every_look() {
        let mut heap = Heap { bound: 1600, next: 800 };
        let n_looks = Cell::new(0);
        let mut held = |n_bytes| {
            let before = n_looks.get();
            heap.is_held(|| {
                n_looks.set(n_looks.get() + 1);
                Some(n_bytes)
            });
            // A second look is taken where something was given back.
            n_looks.get() - before == 2
        };
        assert_eq!([700, 800, 850, 899, 900, 950, 1000].map(&mut held), [false, true, false, false, true, false, true]);
    }
}
