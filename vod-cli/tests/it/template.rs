//! `vod template` and `vod watermark`.

use serde_json::{Value, json};
use vod_cli::Exit;

use crate::library;
use crate::vod::Vod;

#[tokio::test]
async fn a_template_is_made_of_outputs() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let line =
        "template create web --output HD --output SD:640x360@500 --container MP4 --description x";
    let out = vod.run(line).await.done();
    let id = out
        .lines()
        .nth(1)
        .unwrap()
        .split('\t')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(out, format!("group_id\tname\n{id}\tweb\n"));

    let shown: Value = serde_json::from_str(&vod.run("template show web").await.done()).unwrap();
    assert_eq!(shown["group_id"], json!(id));
    assert_eq!(shown["common"]["format"], "MP4");
    let video = |index: usize| shown["quality_info_list"][index]["video"].clone();
    assert_eq!(video(0)["bitrate"], 1000);
    assert_eq!(
        (&video(1)["width"], &video(1)["bitrate"]),
        (&json!(640), &json!(500))
    );

    let listed = vod
        .run("template list --columns name,type,common.format")
        .await
        .done();
    assert!(
        listed.contains("web\tcustom_template_group\tMP4\n"),
        "{listed}"
    );
    let out = vod
        .run(&format!("template delete {id} -o ids"))
        .await
        .done();
    assert_eq!(out, format!("{id}\n"));
    let err = vod.run("template show web").await.failed(Exit::Usage);
    assert!(
        err.contains("there is no transcoding template \"web\""),
        "{err}"
    );
}

#[tokio::test]
async fn the_request_of_a_template_can_be_json() {
    let local = library::started().await;
    let skeleton = json!({
        "name": "encrypted",
        "quality_info_list": [{
            "video": {"quality": "HD", "bitrate": 900, "frame_rate": 25},
            "audio": {"sample_rate": "AUDIO_SAMPLE_AUTO", "channels": "AUDIO_CHANNELS_1"},
        }],
        "common": {"format": "HLS", "hls_interval": 5},
    });
    let vod = Vod::service().at_local(&local).stdin(&skeleton.to_string());
    vod.run("template create --json -").await.done();
    let out = vod
        .run("template show encrypted --query common.hls_interval")
        .await
        .done();
    assert_eq!(out, "5\n");
    let vod = vod.stdin("[");
    let err = vod
        .run("template create --json -")
        .await
        .failed(Exit::Usage);
    assert!(err.starts_with("error: --json: this is not JSON"), "{err}");
}

#[tokio::test]
async fn mistakes_in_templates_are_told_before_anything_is_sent() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    for (line, why) in [
        ("create web", "--output"),
        ("create", "NAME"),
        ("create web --json {}", "cannot be used with"),
        ("create web --output hd", "QUALITY is one of FULL_HD, HD"),
        ("create web --output HD:1280", "the size is WIDTHxHEIGHT"),
        ("create web --output HD@x", "KBITS is a whole number"),
        (
            "create web --output HD --container AVI",
            "invalid value 'AVI'",
        ),
        (
            "delete system_template_group",
            "is a template of the service",
        ),
        ("delete nothing", "there is no transcoding template"),
    ] {
        let err = vod
            .run(&format!("template {line}"))
            .await
            .failed(Exit::Usage);
        assert!(err.contains(why), "{line}: {err}");
    }
    let changes = |name: &str| name.starts_with("Create") || name.starts_with("Delete");
    let requests = local.requests();
    assert!(
        !requests
            .iter()
            .any(|it| it.operation().is_some_and(changes))
    );
}

#[tokio::test]
async fn the_image_of_a_watermark_is_sent() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logo.png");
    std::fs::write(&path, b"\x89PNG").unwrap();
    let path = path.display();
    let line = format!("watermark add {path} --position BOTTOMLEFT --dx 0.05 --width 0.12");
    let id = vod.run(&format!("{line} -o ids")).await.done();
    let out = vod
        .run("watermark list --columns id,name,position,width")
        .await
        .done();
    assert_eq!(
        out.lines().nth(1),
        Some(format!("{}\tlogo\tBOTTOMLEFT\t0.12", id.trim()).as_str())
    );

    // A second one of the same name has to go by its id.
    let run = vod.run("watermark rm log").await.failed(Exit::Usage);
    assert!(run.contains("did you mean logo?"), "{run}");
    assert_eq!(vod.run("watermark rm logo -o ids").await.done(), id);
    assert_eq!(vod.run("watermark list --no-header").await.done(), "");

    let err = vod
        .run("watermark add nowhere.png")
        .await
        .failed(Exit::Usage);
    assert!(err.contains("nowhere.png"), "{err}");
}
