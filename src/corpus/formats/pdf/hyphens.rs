//! Words parted at the end of a line, put together as the rest of the document writes them.

use rustc_hash::FxHashMap;

/// How often each word stands in a document, in lower case; words at the broken ends of lines are left out.
#[derive(Default)]
pub(super) struct Vocabulary {
    n: FxHashMap<String, u32>,
}

/// Word beginnings after which a hyphen is usual.
const PREFIXES: &[&str] = &[
    "all", "anti", "co", "cross", "decision", "evidence", "ex", "full", "half", "high", "inter", "intra", "large",
    "long", "low", "mid", "mixed", "multi", "non", "off", "on", "one", "part", "peer", "policy", "post", "pre",
    "problem", "quasi", "real", "self", "semi", "short", "single", "small", "so", "socio", "sub", "third", "three",
    "time", "two", "under", "user", "well", "whole",
];

impl Vocabulary {
    /// The words of these lines, in the order in which they follow each other.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut vocabulary = Self::default();
        let mut broken = false;
        for line in lines {
            let mut words = line.split(' ').peekable();
            if broken {
                words.next();
            }
            broken = line.ends_with('-');
            while let Some(word) = words.next() {
                if words.peek().is_some() || !broken {
                    vocabulary.add(word);
                }
            }
        }
        vocabulary
    }

    fn add(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_word = (2..=60).contains(&word.len()) && word.chars().all(|c| c.is_alphabetic() || c == '-');
        if !is_word {
            return;
        }
        let lower = word.to_lowercase();
        // The parts of a compound are words that stand alone only where they do so elsewhere.
        *self.n.entry(lower).or_default() += 1;
    }

    fn n(&self, word: &str) -> u32 {
        self.n.get(word).copied().unwrap_or(0)
    }

    /// Whether the hyphen between `before` and `after`, at the end of a line, belongs to the word.
    ///
    /// It does where the document writes the compound with a hyphen more often than as one word; where it writes neither,
    /// after the beginnings that usually take one, if what follows is a word of its own.
    fn keeps(&self, before: &str, after: &str) -> bool {
        if before.is_empty() || !after.starts_with(char::is_lowercase) {
            return true;
        }
        let (before, after) = (before.to_lowercase(), after.to_lowercase());
        let (joined, parted) = (self.n(&format!("{before}{after}")), self.n(&format!("{before}-{after}")));
        match joined.cmp(&parted) {
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal => {
                let first = before.rsplit('-').next().unwrap_or(&before);
                before.contains('-') && self.n(first) > 0 && self.n(&after) > 0
                    || PREFIXES.contains(&before.as_str()) && self.n(&after) > 0
            }
        }
    }

    /// Writes `line` after `text`, which ends a line of the same paragraph.
    pub(super) fn append(&self, text: &mut String, line: &str) {
        let Some(head) = text.strip_suffix('-').filter(|head| head.ends_with(char::is_alphanumeric)) else {
            text.push(' ');
            return text.push_str(line);
        };
        let is_word = |c: char| c.is_alphabetic() || c == '-';
        let before = &head
            [head.rfind(|c| !is_word(c)).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))..];
        let after = &line[..line.find(|c| !is_word(c)).unwrap_or(line.len())];
        if after.is_empty() && !line.starts_with(char::is_numeric) {
            text.push(' ');
        } else if !self.keeps(before, after.trim_end_matches('-')) {
            text.pop();
        }
        text.push_str(line);
    }
}
