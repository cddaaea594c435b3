//! `vod events send`.

use super::*;

#[tokio::test]
async fn events_have_the_members_that_are_set() {
    let shown = async |flags: &str| {
        let run = vod().run(&format!("events send {flags} --dry-run")).await;
        let out = run.done();
        vod().stdin(&out).run("events verify -").await.done()
    };
    let out = shown(
        "audioExtractComplete --set asset_id=a1 --set meta_data.duration=7 --set status=FAILED",
    )
    .await;
    let event: Value = serde_json::from_str(&out).unwrap();
    let body = &event["audio_extract_info"];
    assert_eq!(
        (
            &body["asset_id"],
            &body["meta_data"]["duration"],
            &body["status"]
        ),
        (&json!("a1"), &json!(7), &json!("FAILED"))
    );
    let out = shown("coverComplete --set cover_urls[0].offset=9 --set cover_urls[1].url=u").await;
    let event: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(event["cover_info"]["cover_urls"][0]["offset"], 9);
    assert_eq!(event["cover_info"]["cover_urls"][1], json!({"url": "u"}));

    struct Case {
        set: &'static str,
        why: &'static str,
    }
    for Case { set, why } in [
        Case {
            set: "asset=x",
            why: "there is no \"asset\": did you mean asset_id?",
        },
        Case {
            set: "meta_data.duration=x",
            why: "it must be a whole number",
        },
        Case {
            set: "meta_data.duration.x=1",
            why: "there is nothing inside for \"x\"",
        },
        Case {
            set: "meta_data=x",
            why: "it must be JSON",
        },
        Case {
            set: "status[0]=x",
            why: "it is no list",
        },
        Case {
            set: "status",
            why: "it needs a path, = and a value",
        },
    ] {
        let line = format!("events send parseComplete --dry-run --set {set}");
        let err = vod().run(&line).await.failed(Exit::Usage);
        assert!(err.contains(why), "{set}: {err}");
    }
    let line = "events send coverComplete --dry-run --set cover_urls[5].url=u";
    let err = vod().run(line).await.failed(Exit::Usage);
    assert!(
        err.contains("the list has 1 so far: the next is [1]"),
        "{err}"
    );
}

#[tokio::test]
async fn every_event_is_one_that_the_library_reads() {
    let listed = vod()
        .run("events send nothing --dry-run")
        .await
        .failed(Exit::Usage);
    assert!(listed.contains("invalid value 'nothing'"), "{listed}");
    let mut count = 0;
    for name in [
        "audioExtractComplete",
        "coverComplete",
        "createComplete",
        "parseComplete",
        "reviewComplete",
        "thumbnailComplete",
        "transcodeComplete",
    ] {
        let out = vod()
            .run(&format!("events send {name} --dry-run"))
            .await
            .done();
        let (head, body) = out.split_once("\n\n").unwrap();
        let mut headers = HeaderMap::new();
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(": ").unwrap();
            let name = vod_api::http::HeaderName::try_from(name).unwrap();
            headers.insert(name, value.parse().unwrap());
        }
        let verifier = MfsVerifier::new(KEY).unwrap();
        let verified = verifier
            .verify(&headers, body.trim_end().as_bytes())
            .unwrap();
        assert_eq!(verified.event().event_type(), name);
        assert!(!matches!(verified.event(), Event::Unknown(_)), "{name}");
        count += 1;
    }
    let help = vod().run("events send --help").await.done();
    assert_eq!(help.matches("Complete:").count(), count, "{help}");
}

#[test]
fn the_events_of_a_description_come_with_their_examples() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vod-codegen/fixtures/spec");
    let texts = docs::texts(&vod_spec::load_dir(&spec).unwrap());
    assert!(!texts.events.is_empty());
    for event in texts.events {
        let said: Value = serde_json::from_str(&event.json).unwrap();
        let member = said["member"].as_str().unwrap();
        assert!(said["examples"][0][member].is_object(), "{}", event.name);
        assert!(said["fields"].is_object(), "{}", event.name);
    }
}
