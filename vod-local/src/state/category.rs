//! Categories of media assets.

use super::table::Record;
use crate::data::data;

data! {
    /// A category.
    pub(crate) struct Category {
        /// The number that requests have, as text.
        id: String,
        name: String,
        /// `None` for one of the first level.
        parent: Option<String>,
    }
}

impl Record for Category {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Category {
    /// The id as requests and replies have it.
    pub(crate) fn number(&self) -> i64 {
        self.id.parse().unwrap_or_default()
    }

    /// The same of the category above; 0 if there is none.
    pub(crate) fn parent_number(&self) -> i64 {
        let parent = self.parent.as_deref();
        parent.and_then(|id| id.parse().ok()).unwrap_or_default()
    }
}
