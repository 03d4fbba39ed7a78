//! How a dictionary is to be looked up. Nouns only.

/// How values are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValueType {
    /// `*` is any run of characters, `?` one; a value without either is itself.
    #[default]
    Glob,
    /// A value is itself.
    Fixed,
    /// A value is a regular expression, found anywhere in a type.
    Regex,
}

/// Where a value inside another one counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NestedScope {
    /// Within a key; keys know nothing of each other.
    #[default]
    Key,
    /// Within the dictionary: what lies wholly inside longer values, of whatever key, is passed over.
    Dictionary,
}

/// The options of `tokens_lookup` that say what is met.
#[derive(Clone, Debug, PartialEq)]
pub struct LookupSettings {
    /// How values are to be read.
    pub valuetype: ValueType,
    /// Whether upper and lower case are one.
    pub case_insensitive: bool,
    /// Where a value inside another one counts once.
    pub nested_scope: NestedScope,
    /// The levels of the hierarchy that make a key, the top being 1; empty for all.
    pub levels: Vec<usize>,
    /// What joins the words of a value into one token, as `_` does.
    pub concatenator: String,
}

impl Default for LookupSettings {
    fn default() -> Self {
        LookupSettings {
            valuetype: ValueType::Glob,
            case_insensitive: true,
            nested_scope: NestedScope::Key,
            levels: Vec::new(),
            concatenator: "_".to_owned(),
        }
    }
}
