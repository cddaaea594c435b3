//! The events of the docs, in every spelling.

use serde_json::{Value, json};

use super::read;
use crate::model::{MediaContainer, MediaQuality, OutputQuality};
use crate::notification::{
    Event, EventCodec, EventCoverType, EventMetaData, EventPlayType, EventStatus, EventSuggestion,
    UnknownEvent,
};

/// The body of an event, which has to be of this variant.
macro_rules! body {
    ($variant:ident, $json:expr) => {
        match read(&$json) {
            Event::$variant(body) => body,
            other => panic!("{other:?}"),
        }
    };
}

#[test]
fn transcoding_that_succeeded() {
    let json = json!({"event_type": "transcodeComplete", "transcode_info": {
        "asset_id": "a1", "status": "SUCCEED", "templateGroupName": "tg",
        "output": [
            {"play_type": "HLS", "url": "https://cdn.example/a1/index.m3u8", "encrypted": 0,
             "meta_data": {"play_type": 0, "codec": "H_264", "duration": 0, "videoSize": 0, "width": 0, "hight": 0,
                           "bitRate": 0, "frameRate": 0}},
            {"play_type": "HLS", "url": "https://cdn.example/a1/x.m3u8", "encrypted": 1, "quality": "HD",
             "meta_data": {"play_type": 0, "codec": "H_264", "duration": 26, "videoSize": 3_000_000, "width": 1280,
                           "hight": 720, "bitRate": 900, "frameRate": 1, "quality": "HD"}},
        ],
    }});
    let event = read(&json);
    assert_eq!(event.event_type(), "transcodeComplete");
    assert_eq!(event.asset_id(), Some("a1"));
    assert_eq!(event.status(), Some(&EventStatus::Succeed));
    assert_eq!((event.error_code(), event.error_msg()), (None, None));
    let body = body!(TranscodeComplete, json);
    assert_eq!(body.template_group_name.as_deref(), Some("tg"));
    let [master, hd] = &body.outputs[..] else {
        panic!("{body:?}");
    };
    assert_eq!(master.play_type, Some(EventPlayType::Hls));
    assert_eq!((master.encrypted, &master.quality), (Some(false), &None));
    assert_eq!(
        (hd.encrypted, &hd.quality),
        (Some(true), &Some(OutputQuality::Hd))
    );
    let data = hd.meta_data.as_ref().unwrap();
    assert_eq!(data.codec, Some(EventCodec::H264));
    assert_eq!(data.video_size, Some(3_000_000));
    assert_eq!((data.width, data.height), (Some(1280), Some(720)));
    assert_eq!((data.bit_rate, data.frame_rate), (Some(900), Some(1)));
    assert_eq!(data.quality, Some(MediaQuality::Hd));
}

#[test]
fn transcoding_that_failed() {
    let json = json!({"event_type": "transcodeComplete", "transcode_info": {
        "asset_id": "a1", "status": "FAILED", "template_group_name": "tg", "error_code": "VOD.10013",
        "error_msg": "null",
    }});
    let event = read(&json);
    assert_eq!(event.status(), Some(&EventStatus::Failed));
    assert_eq!(
        (event.error_code(), event.error_msg()),
        (Some("VOD.10013"), None)
    );
    let body = body!(TranscodeComplete, json);
    assert_eq!(body.template_group_name.as_deref(), Some("tg"));
    assert_eq!((body.error_msg, body.outputs.len()), (None, 0));
}

#[test]
fn snapshots() {
    let body = body!(
        ThumbnailComplete,
        json!({"event_type": "thumbnailComplete", "thumbnail_info": {
            "asset_id": "a1", "status": "SUCCEED", "sample": [{"offset": 5, "url": "https://cdn.example/5.jpg"}],
            "dots": [],
        }})
    );
    assert_eq!((body.samples[0].offset, body.dots.len()), (Some(5), 0));
    assert_eq!(
        body.samples[0].url.as_deref(),
        Some("https://cdn.example/5.jpg")
    );
}

#[test]
fn a_review() {
    let body = body!(
        ReviewComplete,
        json!({"event_type": "reviewComplete", "review_info": {
            "asset_id": "a1", "status": "SUCCEED", "suggestion": "BLOCK",
            "text": {"suggestion": "pass", "politics": ["a", "b"], "porn": "c,d"},
            "cover": [{
                "suggestion": "REVIEW", "offset": 0, "url": "https://cdn.example/Cover0.jpg", "politics": [],
                "terrorism": [{"confidence": "0.99", "label": "crowd"}], "porn": [{"confidence": 0.7, "label": "normal"}],
            }],
            "video": [],
        }})
    );
    assert_eq!(body.suggestion, Some(EventSuggestion::Block));
    let text = body.text.unwrap();
    assert_eq!(text.suggestion, Some(EventSuggestion::Pass));
    assert_eq!(
        (text.politics, text.porn),
        (Some(json!(["a", "b"])), Some(json!("c,d")))
    );
    let cover = &body.covers[0];
    assert_eq!(cover.suggestion, Some(EventSuggestion::Review));
    assert_eq!(cover.terrorism[0].confidence.as_deref(), Some("0.99"));
    assert_eq!(cover.porn[0].confidence.as_deref(), Some("0.7"));
    assert_eq!((cover.politics.len(), body.video_pictures.len()), (0, 0));
}

#[test]
fn a_media_asset_that_was_created() {
    let body = body!(
        CreateComplete,
        json!({"event_type": "createComplete", "create_info": {
            "status": "SUCCEED", "title": "t", "url": "https://cdn.example/f.flv", "asset_id": "a1", "user_name": "u",
            "meta_data": {"play_type": 0, "pack_type": "FLV", "codec": "UNKNOWN", "duration": 0, "video_size": 7,
                          "width": 0, "hight": 0, "bit_rate": 0, "frame_rate": 0},
        }})
    );
    assert_eq!(
        (body.title.as_deref(), body.user_name.as_deref()),
        (Some("t"), Some("u"))
    );
    let data = body.meta_data.unwrap();
    assert_eq!(data.pack_type, Some(MediaContainer::Flv));
    assert_eq!(
        (data.codec, data.video_size),
        (Some(EventCodec::Undetermined), Some(7))
    );
}

#[test]
fn audio_that_was_extracted() {
    let json = json!({"event_type": "audioExtractComplete", "audio_extract_info": {
        "status": "SUCCEED", "title": "t", "url": "https://cdn.example/f.mp3", "asset_id": "a2",
        "meta_data": {"pack_type": "MP3", "duration": 60, "bit_rate": "128"},
    }});
    assert_eq!(read(&json).asset_id(), Some("a2"));
    let data = body!(AudioExtractComplete, json).meta_data.unwrap();
    assert_eq!((data.duration, data.bit_rate), (Some(60), Some(128)));
}

#[test]
fn covers() {
    let failed = body!(
        CoverComplete,
        json!({"event_type": "coverComplete", "cover_info": {
            "status": "FAILED", "title": "t", "asset_id": "a1", "error_code": "VOD.10013", "error_msg": "null",
            "cover_type": "HEAD_FRAME_COVER",
        }})
    );
    assert_eq!(failed.cover_type, Some(EventCoverType::FirstFrame));
    assert_eq!(
        (failed.error_code.as_deref(), failed.error_msg),
        (Some("VOD.10013"), None)
    );
    let made = body!(
        CoverComplete,
        json!({"event_type": "coverComplete", "cover_info": {
            "status": "SUCCEED", "cover_urls": [{"offset": 0, "url": "https://cdn.example/Cover0.jpg"}],
        }})
    );
    assert_eq!(
        made.covers[0].url.as_deref(),
        Some("https://cdn.example/Cover0.jpg")
    );
}

#[test]
fn a_file_that_was_analyzed() {
    let body = body!(
        ParseComplete,
        json!({"event_type": "parseComplete", "parse_info": {
            "status": "SUCCEED", "asset_id": "a1", "original_url": "https://cdn.example/f.mp4",
            "fileAddr": {"bucket": "b"},
            "meta_data": {"play_type": 0, "pack_type": "MP4", "codec": "H.264", "audio_codec": "AAC", "audio_bit_rate": 126,
                          "duration": 53, "video_size": 13_000_000, "width": 960, "hight": 540, "bit_rate": 1939,
                          "frame_rate": 25, "audio_channels": 2, "sample": 48000},
        }})
    );
    assert_eq!(body.file_addr, Some(json!({"bucket": "b"})));
    let data = body.meta_data.unwrap();
    assert_eq!(data.codec, Some(EventCodec::H264));
    assert_eq!(
        (data.audio_codec.as_deref(), data.audio_bit_rate),
        (Some("AAC"), Some(126))
    );
    assert_eq!(
        (data.audio_channels, data.sample_rate),
        (Some(2), Some(48000))
    );
}

#[test]
fn names_that_the_pages_spell_in_several_ways() {
    type Get = fn(&EventMetaData) -> Option<i64>;
    struct Case {
        names: &'static [&'static str],
        get: Get,
    }
    for case in [
        Case {
            names: &["video_size", "videoSize", "size"],
            get: |it| it.video_size,
        },
        Case {
            names: &["height", "hight"],
            get: |it| it.height,
        },
        Case {
            names: &["bit_rate", "bitRate"],
            get: |it| it.bit_rate,
        },
        Case {
            names: &["frame_rate", "frameRate"],
            get: |it| it.frame_rate,
        },
    ] {
        for name in case.names {
            let data: EventMetaData = serde_json::from_value(json!({*name: 7})).unwrap();
            assert_eq!((case.get)(&data), Some(7), "{name}");
            let main = case.names[0];
            assert_eq!(
                serde_json::to_value(&data).unwrap(),
                json!({main: 7}),
                "{name}"
            );
        }
    }
}

#[test]
fn values_that_the_pages_spell_in_several_ways() {
    for (kind, texts) in [
        (EventPlayType::Hls, ["hls", "HLS"]),
        (EventPlayType::Dash, ["dash", "DASH"]),
        (EventPlayType::Mp4, ["mp4", "MP4"]),
    ] {
        assert_eq!(texts.map(EventPlayType::from), [kind.clone(), kind]);
    }
    for (suggestion, texts) in [
        (EventSuggestion::Block, ["block", "BLOCK"]),
        (EventSuggestion::Pass, ["pass", "PASS"]),
        (EventSuggestion::Review, ["review", "REVIEW"]),
    ] {
        assert_eq!(
            texts.map(EventSuggestion::from),
            [suggestion.clone(), suggestion]
        );
    }
    assert_eq!(
        ["H.264", "H_264"].map(EventCodec::from),
        [EventCodec::H264, EventCodec::H264]
    );
}

#[test]
fn the_case_of_the_name_does_not_count() {
    for name in [
        "transcodeComplete",
        "TranscodeComplete",
        "TRANSCODECOMPLETE",
        "transcodecomplete",
    ] {
        let event = read(&json!({"event_type": name, "transcode_info": {"asset_id": "a1"}}));
        assert!(matches!(event, Event::TranscodeComplete(_)), "{name}");
        assert_eq!(event.event_type(), "transcodeComplete");
    }
}

fn unknown(json: &Value) -> UnknownEvent {
    match read(json) {
        Event::Unknown(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_unknown_event_stays_as_it_came() {
    for json in [
        json!({"event_type": "CutComplete", "cut_info": {"asset_id": "a1", "status": "SUCCEED"}}),
        json!({"event_type": "concatComplete", "a": [1.5, null, {"b": -1}], "c": 18_446_744_073_709_551_615_u64}),
        json!({"event_type": " transcodeComplete", "transcode_info": {}}),
        json!({"event_type": "anything"}),
    ] {
        let event = unknown(&json);
        assert_eq!(event.event_type(), json["event_type"]);
        assert_eq!(event.json(), &json);
        let event = Event::Unknown(event);
        assert_eq!(event.event_type(), json["event_type"]);
        assert_eq!((event.asset_id(), event.status()), (None, None));
        assert_eq!(serde_json::to_value(&event).unwrap(), json);
    }
}

#[test]
fn urls_do_not_show() {
    for json in [
        json!({"event_type": "createComplete", "create_info": {"url": "https://s3cret"}}),
        json!({"event_type": "parseComplete", "parse_info": {"original_url": "https://s3cret"}}),
        json!({"event_type": "thumbnailComplete", "thumbnail_info": {"dots": [{"url": "https://s3cret"}]}}),
        json!({"event_type": "coverComplete", "cover_info": {"cover_urls": [{"url": "https://s3cret"}]}}),
        json!({"event_type": "reviewComplete", "review_info": {"video": [{"url": "https://s3cret"}]}}),
        json!({"event_type": "transcodeComplete", "transcode_info": {"output": [{"url": "https://s3cret"}]}}),
        json!({"event_type": "other", "url": "https://s3cret"}),
    ] {
        let shown = format!("{:?}", read(&json));
        assert!(!shown.contains("s3cret"), "{shown}");
    }
    let other = read(&json!({"event_type": "other", "url": "https://s3cret"}));
    assert_eq!(
        format!("{other:?}"),
        r#"Unknown(UnknownEvent { event_type: "other", .. })"#
    );
}
