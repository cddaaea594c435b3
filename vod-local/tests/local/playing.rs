//! Files that are given to signed URLs alone.

use std::time::Duration;

use vod_api::playback::{Algorithm, UrlSigner};
use vod_local::{Local, UrlValidation};

use crate::{Stand, get, video};

const KEY: &str = "32d6b2d740f10b86";
const HOUR: Duration = Duration::from_secs(3600);

fn signer(algorithm: Algorithm) -> UrlSigner {
    UrlSigner::new(KEY).unwrap().with_algorithm(algorithm)
}

/// A service with URL validation, and a transcoded video.
async fn stand(algorithm: Algorithm) -> (Stand, String) {
    let validation = UrlValidation::new(signer(algorithm)).valid_for(HOUR);
    let stand = Stand::with(Local::builder().url_validation(validation)).await;
    let request = video("t").template_group_name("system_template_group");
    let id = stand.uploaded(request).await;
    stand.client.publish_assets([id.as_str()]).await.unwrap();
    (stand, id)
}

/// The addresses in a playlist.
fn addresses(playlist: &str) -> Vec<String> {
    let lines = playlist.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_player_gets_from_the_playlist_to_the_bytes() {
    for algorithm in [Algorithm::D, Algorithm::E] {
        let (stand, id) = stand(algorithm).await;
        let shown = stand.client.show_asset_detail(id).await.unwrap();
        let mut shown = shown.into_body();
        let signer = signer(algorithm);
        let is_playlist = |url: &&String| url.contains(".m3u8");
        let urls = |shown: &vod_api::model::ShowAssetDetailResponse| -> Vec<String> {
            let outputs = &shown.transcode_info.as_ref().unwrap().outputs;
            outputs.iter().filter_map(|it| it.url.clone()).collect()
        };
        let plain = urls(&shown).iter().find(is_playlist).unwrap().clone();
        assert_eq!(get(&plain).await.0, 403, "{algorithm:?}");

        signer.sign_reply(&mut shown).unwrap();
        let signed = urls(&shown).iter().find(is_playlist).unwrap().clone();
        let (status, streams) = get(&signed).await;
        assert_eq!(status, 200, "{algorithm:?}");
        let (status, segments) = get(&addresses(&streams)[0]).await;
        assert_eq!(status, 200, "{algorithm:?}");
        let (status, bytes) = get(&addresses(&segments)[0]).await;
        assert_eq!((status, bytes.as_str()), (200, "the file"), "{algorithm:?}");
    }
}

#[tokio::test]
async fn files_are_played_by_every_algorithm() {
    for algorithm in [
        Algorithm::A,
        Algorithm::B,
        Algorithm::C,
        Algorithm::D,
        Algorithm::E,
    ] {
        let (stand, id) = stand(algorithm).await;
        let shown = stand.client.show_asset_detail(id).await.unwrap();
        let plain = shown
            .base_info
            .as_ref()
            .unwrap()
            .video_url
            .as_ref()
            .unwrap();
        assert_eq!(get(plain).await.0, 403, "{algorithm:?}");
        let now = stand.vod.clock().now();
        let options = vod_api::playback::SignOptions::new().at(now);
        let signed = signer(algorithm).sign_with(plain, &options).unwrap();
        let (status, bytes) = get(signed.as_str()).await;
        assert_eq!((status, bytes.as_str()), (200, "the file"), "{algorithm:?}");
        let other = UrlSigner::new("0123456789abcdef").unwrap();
        let signed_by_other = other.with_algorithm(algorithm).sign_with(plain, &options);
        assert_eq!(
            get(signed_by_other.unwrap().as_str()).await.0,
            403,
            "{algorithm:?}"
        );

        stand.vod.clock().advance(HOUR + Duration::from_secs(60));
        assert_eq!(get(signed.as_str()).await.0, 403, "{algorithm:?}");
    }
}

#[tokio::test]
async fn a_player_is_told_why_it_gets_nothing() {
    let (stand, id) = stand(Algorithm::E).await;
    let shown = stand.client.show_asset_detail(id).await.unwrap();
    let plain = shown
        .base_info
        .as_ref()
        .unwrap()
        .video_url
        .as_ref()
        .unwrap();
    let http = vod_api::reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap();
    let reply = http.get(plain).send().await.unwrap();
    assert_eq!(
        reply.headers()["x-vod-local"],
        "the URL has no signature of algorithm E"
    );
}

#[tokio::test]
async fn algorithms_that_cannot_play_hls_do_not() {
    let (stand, id) = stand(Algorithm::A).await;
    let shown = stand.client.show_asset_detail(id).await.unwrap();
    let outputs = &shown.transcode_info.as_ref().unwrap().outputs;
    let plain = outputs[0].url.as_ref().unwrap();
    let options = vod_api::playback::SignOptions::new().allow_playlists();
    let signed = signer(Algorithm::A).sign_with(plain, &options).unwrap();
    let (status, streams) = get(signed.as_str()).await;
    assert_eq!(status, 200);
    let (folder, _) = plain.rsplit_once('/').unwrap();
    let stream = format!("{folder}/{}", addresses(&streams)[0]);
    assert_eq!(get(&stream).await.0, 403);
}
