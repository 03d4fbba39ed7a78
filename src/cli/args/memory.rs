//! An amount of memory as typed.

use std::str::FromStr;

/// Bytes, typed as `512M`, `2G`, `1.5GB` or `800MiB`; a letter stands for a power of 1024.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemorySize {
    /// How many.
    pub n_bytes: u64,
}

/// With less than this the program cannot do its work.
const LEAST: u64 = 64 << 20;

impl FromStr for MemorySize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no amount of memory: write 512M or 2G");
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let shift = match text[digits.len()..].to_ascii_lowercase().trim_end_matches('b').trim_end_matches('i') {
            "" => 0,
            "k" => 10,
            "m" => 20,
            "g" => 30,
            "t" => 40,
            _ => return Err(wrong()),
        };
        let number: f64 = digits.trim().parse().map_err(|_| wrong())?;
        let n_bytes = number * (1u64 << shift) as f64;
        if !n_bytes.is_finite() || n_bytes >= u64::MAX as f64 || n_bytes < 0.0 {
            return Err(wrong());
        }
        if (n_bytes as u64) < LEAST {
            return Err(format!("{text:?} is too little: 64M is the least"));
        }
        Ok(MemorySize { n_bytes: n_bytes as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_typed_as_people_do() {
        let size = |text: &str| text.parse::<MemorySize>().map(|size| size.n_bytes >> 20);
        for text in ["512M", "512m", "512MB", "512MiB", "0.5G", "536870912", "524288k"] {
            assert_eq!(size(text), Ok(512), "{text}");
        }
        for text in ["", "M", "12", "63M", "five", "1e99G", "-2G", "NaN", "512 X", "12µ"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
