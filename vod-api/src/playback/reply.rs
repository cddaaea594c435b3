//! The URLs of a reply.

use crate::model::{
    AssetInfo, BaseInfo, ShowAssetDetailResponse, ShowAssetMetaResponse, ThumbnailInfo,
};

/// A reply with URLs for playback, which [`UrlSigner::sign_reply`](super::UrlSigner::sign_reply)
/// signs.
pub trait PlayUrls: sealed::PlayUrls {}

impl PlayUrls for ShowAssetDetailResponse {}
impl PlayUrls for ShowAssetMetaResponse {}
impl PlayUrls for AssetInfo {}

mod sealed {
    pub trait PlayUrls {
        /// The URLs that are there.
        fn urls(&mut self) -> Vec<super::Place<'_>>;
    }
}

/// A URL in a reply.
#[derive(Debug)]
pub struct Place<'a> {
    /// The names that lead to it.
    pub(super) field: &'static str,
    pub(super) url: &'a mut String,
}

impl sealed::PlayUrls for ShowAssetDetailResponse {
    fn urls(&mut self) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        self.base_info
            .iter_mut()
            .for_each(|it| base(it, &mut places));
        for output in self
            .transcode_info
            .iter_mut()
            .flat_map(|it| &mut it.outputs)
        {
            add("transcode_info.output.url", &mut output.url, &mut places);
        }
        self.thumbnail_info
            .iter_mut()
            .for_each(|it| thumbnails(it, &mut places));
        places
    }
}

impl sealed::PlayUrls for ShowAssetMetaResponse {
    fn urls(&mut self) -> Vec<Place<'_>> {
        self.asset_info_array
            .iter_mut()
            .flat_map(|it| it.urls())
            .collect()
    }
}

impl sealed::PlayUrls for AssetInfo {
    fn urls(&mut self) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        self.base_info
            .iter_mut()
            .for_each(|it| base(it, &mut places));
        for output in &mut self.play_info_array {
            add("play_info_array.url", &mut output.url, &mut places);
        }
        places
    }
}

fn base<'a>(info: &'a mut BaseInfo, places: &mut Vec<Place<'a>>) {
    add("base_info.video_url", &mut info.video_url, places);
    for cover in &mut info.cover_info_array {
        add(
            "base_info.cover_info_array.cover_url",
            &mut cover.cover_url,
            places,
        );
    }
    for subtitle in &mut info.subtitles {
        add("base_info.subtitle_info.url", &mut subtitle.url, places);
    }
}

fn thumbnails<'a>(info: &'a mut ThumbnailInfo, places: &mut Vec<Place<'a>>) {
    for (field, images) in [
        ("thumbnail_info.sample.url", &mut info.samples),
        ("thumbnail_info.dots.url", &mut info.dots),
        ("thumbnail_info.quantity.url", &mut info.by_quantity),
    ] {
        for image in images {
            add(field, &mut image.url, places);
        }
    }
}

/// An empty text stands for a URL that is not there.
fn add<'a>(field: &'static str, url: &'a mut Option<String>, places: &mut Vec<Place<'a>>) {
    if let Some(url) = url.as_mut().filter(|url| !url.is_empty()) {
        places.push(Place { field, url });
    }
}
