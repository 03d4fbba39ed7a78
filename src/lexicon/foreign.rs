//! A lexicon of another program, as its file says it, and what could not be carried. Nouns only.

/// How the words of an entry are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Words as written; `*` is any run of characters.
    #[default]
    Star,
    /// Words as written; `*` is any run of characters, `?` one.
    Glob,
    /// A regular expression.
    Regex,
    /// A rule of WordStat, as in `[#GOOD AFTER #NEGATIONS /S 3]`.
    Rule,
    /// Our own pattern language.
    Ours,
}

/// One expression of a category.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The expression as written.
    pub text: String,
    /// How it is to be read.
    pub reading: Reading,
    /// What the file weighs it; `None` where it gives no weight, or the 1 that says nothing.
    pub weight: Option<f64>,
    /// Line of the file, the first being 1; 0 where there is none. No part of what the entry says.
    pub line: u32,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.reading, self.weight) == (&other.text, other.reading, other.weight)
    }
}

/// One category, with its own entries and the categories below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Category {
    /// Its name, unique among its sisters.
    pub name: String,
    /// What it means; empty where the file says nothing.
    pub description: String,
    /// The colour it is shown in, as `#RRGGBB`.
    pub color: Option<String>,
    /// Its identifier in the program it came from.
    pub guid: Option<String>,
    /// Its own entries.
    pub entries: Vec<Entry>,
    /// The categories below it.
    pub children: Vec<Category>,
}

impl Category {
    /// A category with nothing in it.
    pub fn new(name: &str) -> Self {
        Category { name: name.to_owned(), ..Category::default() }
    }
}

/// A lexicon as a file of another program holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreign {
    /// The categories at the top.
    pub categories: Vec<Category>,
    /// Whether a category without entries is one that the program knows nothing of, as in LIWC.
    pub hides_empty: bool,
}

impl Foreign {
    /// The list of sisters below `path`, every category on the way made where it is missing.
    pub(super) fn below(&mut self, path: &[String]) -> &mut Vec<Category> {
        path.iter().fold(&mut self.categories, |sisters, name| &mut sister(sisters, name).children)
    }

    /// The category at `path`, made where it is missing; `None` for the empty path.
    pub(super) fn at(&mut self, path: &[String]) -> Option<&mut Category> {
        let (name, above) = path.split_last()?;
        Some(sister(self.below(above), name))
    }

    /// Every category with the names above it and its own, each before those below it.
    pub(super) fn walk(&self) -> Vec<(Vec<&str>, &Category)> {
        fn down<'a>(sisters: &'a [Category], above: &[&'a str], all: &mut Vec<(Vec<&'a str>, &'a Category)>) {
            for category in sisters {
                let path: Vec<&str> = above.iter().copied().chain([category.name.as_str()]).collect();
                all.push((path.clone(), category));
                down(&category.children, &path, all);
            }
        }
        let mut all = Vec::new();
        down(&self.categories, &[], &mut all);
        all
    }
}

fn sister<'a>(sisters: &'a mut Vec<Category>, name: &str) -> &'a mut Category {
    let at = sisters.iter().position(|category| category.name == name).unwrap_or_else(|| {
        sisters.push(Category::new(name));
        sisters.len() - 1
    });
    &mut sisters[at]
}

/// One thing of a file that was not carried, or not as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Line of the file read, the first being 1; 0 where there is none.
    pub line: u32,
    /// Category it belongs to, names joined by dots; empty where it belongs to none.
    pub category: String,
    /// The entry as written; empty where it is the category.
    pub entry: String,
    /// What became of it, and why.
    pub reason: String,
}

/// The losses of one file, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Losses(pub Vec<Loss>);

impl Losses {
    pub(super) fn add(&mut self, line: u32, category: &str, entry: &str, reason: impl Into<String>) {
        let (category, entry) = (category.to_owned(), entry.to_owned());
        self.0.push(Loss { line, category, entry, reason: reason.into() });
    }
}

/// Adds `entry` to `category` where it does not say so already.
pub(super) fn put(category: &mut Category, entry: Entry, losses: &mut Losses) {
    match category.entries.iter().find(|known| known.text == entry.text && known.reading == entry.reading) {
        None => category.entries.push(entry),
        Some(known) if known.weight == entry.weight => {
            losses.add(entry.line, &category.name, &entry.text, "is said twice in its category; kept once");
        }
        Some(_) => {
            let reason = "is said twice in its category with another weight; the first weight is kept";
            losses.add(entry.line, &category.name, &entry.text, reason);
        }
    }
}
