//! `vod url`.

use std::time::Duration;

use vod_api::playback::{Algorithm, UrlSigner};
use vod_cli::Exit;
use vod_local::UrlValidation;

use crate::vod::{Vod, now};
use crate::{film, library};

const KEY: &str = "32d6b2d740f10b86";

#[tokio::test]
async fn outputs_are_lines_and_can_be_chosen() {
    let local = library::started().await;
    let id = film::made(&local, 10).await;
    let vod = Vod::service().at_local(&local);
    for (flags, files) in [
        ("", vec!["index.m3u8", "_0.m3u8", "_0.mp4"]),
        ("--type hls", vec!["index.m3u8", "_0.m3u8"]),
        ("--type hls --quality hd", vec!["_0.m3u8"]),
        ("--type MP4,dash", vec!["_0.mp4"]),
        ("--source", vec![".mp4"]),
    ] {
        let out = vod.run(&format!("url {id} {flags}")).await.done();
        assert_eq!(out.lines().count(), files.len(), "{flags}: {out}");
        for (line, file) in out.lines().zip(files) {
            assert!(
                line.starts_with("http") && line.ends_with(file),
                "{flags}: {out}"
            );
        }
    }
    // A terminal gets them whole, too.
    let narrow = vod.terminal(20);
    let line = narrow.run(&format!("url {id} --source")).await.done();
    assert!(line.len() > 80 && line.ends_with(".mp4\n"), "{line}");
    let rows = narrow
        .run(&format!("url {id} --quality HD -o tsv"))
        .await
        .done();
    assert_eq!(
        rows.lines().next(),
        Some("asset_id\tplay_type\tquality\tgroup_name\turl")
    );
    assert_eq!(rows.lines().count(), 3);
}

#[tokio::test]
async fn what_cannot_be_played_is_told() {
    let local = library::started().await;
    let id = film::made(&local, 10).await;
    let vod = Vod::service().at_local(&local);
    let err = vod
        .run(&format!("url {id} --quality SD"))
        .await
        .failed(Exit::NotFound);
    assert_eq!(
        err,
        "error: there is no such output\nhint: there are HLS, HLS HD, MP4 HD\n"
    );
    let err = vod
        .run(&format!("url {}", library::HOLIDAYS))
        .await
        .failed(Exit::NotFound);
    assert!(
        err.starts_with("error: there is nothing to play: it was not transcoded\n"),
        "{err}"
    );
    // What is under way is there later.
    local.set_progress(vod_local::Progress::manual());
    let talk = library::TALK;
    vod.run(&format!("transcode {talk} -t system_template_group"))
        .await
        .done();
    for command in ["url", "download --type mp4"] {
        let err = vod.run(&format!("{command} {talk}")).await;
        let err = err.failed(Exit::Later);
        let told = "error: there is nothing to play: it is being transcoded\nhint: `vod wait ";
        assert!(err.starts_with(told), "{err}");
    }
    film::change(&local, &id, serde_json::json!({"publication": "CREATED"}));
    let run = vod.run(&format!("url {id} --type mp4")).await;
    assert_eq!((run.exit, run.out.lines().count()), (Exit::Done, 1));
    assert!(
        run.err.contains(&format!("`vod publish {id}`")),
        "{}",
        run.err
    );
}

#[tokio::test]
async fn a_key_signs_urls_as_their_domain_wants_it() {
    for (name, algorithm) in [("", Algorithm::E), ("d", Algorithm::D)] {
        let signer = UrlSigner::new(KEY).unwrap().with_algorithm(algorithm);
        let validation = UrlValidation::new(signer.clone());
        let local = library::library()
            .url_validation(validation)
            .start()
            .await
            .unwrap();
        local.clock().set(now());
        let id = film::made(&local, 10).await;
        let vod = Vod::service().at_local(&local).set("VOD_PLAYBACK_KEY", KEY);
        let vod = vod.set("VOD_PLAYBACK_ALGORITHM", name);
        let url = vod
            .run(&format!("url {id} --type mp4 --expires 1h"))
            .await
            .done();
        let ends = |hours: u64| now() + Duration::from_secs(hours * 3600);
        let validity = Duration::from_secs(2 * 3600);
        let verified = signer.verify(url.trim(), now(), validity).unwrap();
        assert_eq!(verified.made_at() + validity, ends(1), "{name}");
        let url = vod.run(&format!("url {id} --source")).await.done();
        let verified = signer.verify(url.trim(), now(), validity).unwrap();
        assert_eq!(verified.made_at() + validity, ends(2), "{name}");
    }
}

#[tokio::test]
async fn settings_of_the_domain_are_checked_before_a_call() {
    let local = library::started().await;
    let vod = || Vod::service().at_local(&local);
    let key = || vod().set("VOD_PLAYBACK_KEY", KEY);
    for (vod, flags, expected) in [
        (
            vod(),
            "--expires 1h",
            "URLs are not signed, so they do not end",
        ),
        (key(), "--expires 3h", "10800 s is longer than the 7200 s"),
        (
            vod().set("VOD_PLAYBACK_KEY", "short!"),
            "",
            "VOD_PLAYBACK_KEY: ",
        ),
        (
            key().set("VOD_PLAYBACK_ALGORITHM", "F"),
            "",
            "\"F\" is none of",
        ),
        (
            key().set("VOD_PLAYBACK_VALIDITY", "long"),
            "",
            "VOD_PLAYBACK_VALIDITY: \"long\"",
        ),
    ] {
        let line = format!("url {} {flags}", library::TALK);
        let err = vod.run(&line).await.failed(Exit::Usage);
        assert!(err.contains(expected), "{err}");
        assert!(!err.contains("short!") && !err.contains(KEY), "{err}");
    }
    assert!(local.requests().is_empty());
}
