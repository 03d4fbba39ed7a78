//! What a run tells while it works.

/// Is told which stage begins and of how many steps, and gives back what is to be called at each.
pub trait Watch {
    /// A stage begins.
    fn stage(&self, name: &'static str, n_steps: usize) -> Box<dyn Fn() + Sync>;

    /// Before anything is read: about how much memory the run will hold, in bytes.
    fn expects(&self, _n_bytes: u64) {}

    /// The most memory that the process has held so far, in bytes; `None` where nobody looks.
    fn peak_bytes(&self) -> Option<u64> {
        None
    }
}
