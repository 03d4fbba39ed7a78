//! The sections of the page, each only where the study has something for it.

pub mod agreement;
pub mod candidates;
pub mod card;
pub mod documents;
pub mod methods;
pub mod outcomes;
pub mod overview;
pub mod relations;
pub mod selection;
pub mod sources;
pub mod themes;
