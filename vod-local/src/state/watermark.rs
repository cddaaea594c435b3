//! Templates of watermarks.

use std::collections::BTreeMap;

use serde_json::Value;

use super::moment::Moment;
use super::table::Record;
use crate::data::data;

data! {
    /// A watermark template.
    pub(crate) struct Watermark {
        id: String,
        /// Where the image goes.
        object: String,
        /// Whether the image is confirmed to be there.
        confirmed: bool,
        created: Moment,
        /// What was said of it.
        settings: BTreeMap<String, Value>,
    }
}

impl Record for Watermark {
    fn id(&self) -> &str {
        &self.id
    }
}
