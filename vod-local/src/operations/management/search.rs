//! What the searches for media assets have in common.

use std::cmp::Reverse;

use crate::operations::Call;
use crate::operations::lists::Period;
use crate::state::{Asset, Project};

/// A search for media assets.
pub(super) struct Search<'a> {
    period: Period,
    category: Option<i64>,
    tags: Vec<&'a str>,
    /// In small letters.
    text: Option<String>,
}

impl<'a> Search<'a> {
    pub(super) fn of(call: &Call<'a>) -> Self {
        let tags = call
            .text("tags")
            .unwrap_or_default()
            .split(',')
            .map(str::trim);
        let text = call.text("query_string").filter(|text| !text.is_empty());
        Self {
            period: Period::of(call, "start_time", "end_time"),
            category: call.number("category_id"),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            text: text.map(str::to_lowercase),
        }
    }

    /// The media assets that fit and that `also` wants, the newest first.
    pub(super) fn find<'p>(
        &self,
        project: &'p Project,
        also: impl Fn(&Asset) -> bool,
    ) -> Vec<&'p Asset> {
        let all = project.assets.iter().rev();
        let mut found: Vec<_> = all
            .filter(|asset| self.fits(asset) && also(asset))
            .collect();
        // They are in this order already, unless the clock was set back.
        found.sort_by_key(|asset| Reverse(asset.created));
        found
    }

    fn fits(&self, asset: &Asset) -> bool {
        let category = |wanted: i64| asset.category_id.unwrap_or(-1) == wanted;
        let has_tag = |wanted: &&str| {
            let tags = asset.tags.as_deref().unwrap_or_default();
            tags.split(',').any(|tag| tag.trim() == *wanted)
        };
        let text = |wanted: &String| {
            let texts = [Some(&asset.title), asset.description.as_ref()];
            let mut texts = texts.into_iter().flatten();
            texts.any(|text| text.to_lowercase().contains(wanted.as_str()))
        };
        self.period.has(asset.created)
            && self.category.is_none_or(category)
            && (self.tags.is_empty() || self.tags.iter().any(has_tag))
            && self.text.as_ref().is_none_or(text)
    }
}
