//! Replies in structs of the same shape as those of `vod-api`, read by what serde derives.

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeletedThumbnails {
    pub delete_result_array: Vec<DeleteThumbnailResult>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeleteThumbnailResult {
    pub asset_id: Option<String>,
    pub task_id: Option<String>,
    pub status: Option<ThumbnailDeletionStatus>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ThumbnailDeletionStatus {
    Deleted,
    Failed,
    #[serde(rename = "UNKNOW")]
    Undetermined,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShowAssetDetail {
    pub asset_id: Option<String>,
    pub base_info: Option<BaseInfo>,
    pub transcode_info: Option<TranscodeInfo>,
    pub thumbnail_info: Option<ThumbnailInfo>,
    pub review_info: Option<ReviewInfo>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BaseInfo {
    pub title: Option<String>,
    pub video_name: Option<String>,
    pub description: Option<String>,
    pub category_id: Option<i64>,
    pub category_name: Option<String>,
    pub create_time: Option<String>,
    pub last_modified: Option<String>,
    pub video_type: Option<String>,
    pub tags: Option<String>,
    pub meta_data: Option<MetaData>,
    pub video_url: Option<String>,
    pub sign_url: Option<String>,
    pub cover_info_array: Vec<CoverInfo>,
    #[serde(rename = "subtitle_info")]
    pub subtitles: Vec<SubtitleInfo>,
    pub source_path: Option<FileAddr>,
    pub output_path: Option<FileAddr>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MetaData {
    pub pack_type: Option<MediaContainer>,
    pub codec: Option<MediaCodec>,
    pub audio_codec: Option<String>,
    pub duration: Option<i64>,
    pub duration_ms: Option<i64>,
    pub video_size: Option<i64>,
    pub width: Option<i64>,
    pub hight: Option<i64>,
    pub height: Option<i64>,
    pub bit_rate: Option<i64>,
    pub frame_rate: Option<i64>,
    pub quality: Option<String>,
    pub audio_channels: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MediaContainer {
    Mp4,
    Ts,
    Mov,
    Mxf,
    Mpg,
    Flv,
    Wmv,
    Mp3,
    Wma,
    Ape,
    Flac,
    Aac,
    Ac3,
    Mmf,
    Amr,
    M4a,
    M4r,
    Ogg,
    Wav,
    Wv,
    Mp2,
    Avi,
    F4v,
    M4v,
    Mpeg,
    Hls,
    Dash,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum MediaCodec {
    #[serde(rename = "MPEG-2")]
    Mpeg2,
    #[serde(rename = "MPEG-4")]
    Mpeg4,
    #[serde(rename = "H.264")]
    H264,
    #[serde(rename = "H.265")]
    H265,
    Wmv,
    #[serde(rename = "Vorbis")]
    Vorbis,
    Aac,
    #[serde(rename = "EAC-3")]
    Eac3,
    #[serde(rename = "AC-3")]
    Ac3,
    Amr,
    Ape,
    Flac,
    Mp3,
    Mp2,
    Wma,
    Pcm,
    Adpcm,
    #[serde(rename = "WavPack")]
    WavPack,
    Heaac,
    #[serde(other, rename = "UNKNOWN")]
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CoverInfo {
    pub cover_url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SubtitleInfo {
    pub url: Option<String>,
    pub id: Option<i32>,
    pub language: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FileAddr {
    pub bucket: Option<String>,
    pub location: Option<String>,
    pub object: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TranscodeInfo {
    pub template_group_name: Option<String>,
    #[serde(rename = "output")]
    pub outputs: Vec<TranscodeOutput>,
    pub exec_desc: Option<String>,
    pub transcode_status: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TranscodeOutput {
    pub play_type: Option<PlayType>,
    pub url: Option<String>,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub encrypted: Option<i32>,
    pub quality: Option<OutputQuality>,
    pub meta_data: Option<MetaData>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PlayType {
    Hls,
    Dash,
    Mp4,
    Mp3,
    Aac,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum OutputQuality {
    Fluent,
    Sd,
    Hd,
    #[serde(rename = "FULL_HD")]
    FullHd,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ThumbnailInfo {
    #[serde(rename = "sample")]
    pub samples: Vec<ThumbnailImage>,
    pub dots: Vec<ThumbnailImage>,
    #[serde(rename = "quantity")]
    pub by_quantity: Vec<ThumbnailImage>,
    pub exec_desc: Option<String>,
    pub thumbnail_status: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ThumbnailImage {
    pub offset: Option<i32>,
    pub url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewInfo {
    pub suggestion: Option<ReviewSuggestion>,
    pub text: Option<TextReview>,
    #[serde(rename = "cover")]
    pub covers: Vec<PictureReview>,
    #[serde(rename = "video")]
    pub video_pictures: Vec<PictureReview>,
    pub exec_desc: Option<String>,
    pub review_status: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewSuggestion {
    Block,
    Pass,
    Review,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TextReview {
    pub suggestion: Option<ReviewSuggestion>,
    pub politics: Option<String>,
    pub porn: Option<String>,
    pub abuse: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PictureReview {
    pub suggestion: Option<ReviewSuggestion>,
    pub offset: Option<i32>,
    pub url: Option<String>,
    pub politics: Vec<ReviewDetail>,
    pub terrorism: Vec<ReviewDetail>,
    pub porn: Vec<ReviewDetail>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewDetail {
    pub confidence: Option<String>,
    pub label: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShowAssetMeta {
    pub asset_info_array: Vec<AssetInfo>,
    pub is_truncated: Option<i32>,
    pub total: Option<i32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AssetInfo {
    pub asset_id: Option<String>,
    pub status: Option<String>,
    pub description: Option<String>,
    pub is_multi_transcode: Option<bool>,
    pub base_info: Option<BaseInfo>,
    pub play_info_array: Vec<PlayInfo>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlayInfo {
    pub play_type: Option<String>,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub url: Option<String>,
    pub encrypted: Option<i32>,
    pub meta_data: Option<MetaData>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CreatedAsset {
    pub asset_id: Option<String>,
    pub video_upload_url: Option<String>,
    pub cover_upload_url: Option<String>,
    pub subtitle_upload_urls: Vec<String>,
    pub target: Option<FileAddr>,
}
