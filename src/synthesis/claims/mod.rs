//! Who is cited, in which words, about which outcomes, and which documents count.
