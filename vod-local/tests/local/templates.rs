//! Transcoding templates in both forms, their sets, and what transcoding makes of them.

use serde_json::{Value, json};
use vod_local::{Local, Progress};

use crate::{Stand, get, video};

/// A template of one stream, in the form of today.
pub(crate) fn template(name: &str) -> Value {
    json!({
        "name": name, "quality_info_list": [stream("HD")],
        "common": {"format": "HLS", "video_codec": "H264"},
    })
}

pub(crate) fn stream(quality: &str) -> Value {
    json!({
        "video": {"quality": quality, "bitrate": 900, "frame_rate": 0},
        "audio": {"sample_rate": "AUDIO_SAMPLE_44100", "channels": "AUDIO_CHANNELS_1"},
    })
}

impl Stand {
    /// Makes a template, and gives its id.
    pub(crate) async fn template(&self, name: &str) -> String {
        self.id_of("CreateTranscodeTemplate", "group_id", template(name))
            .await
    }

    /// Makes a set of templates, and gives its id.
    pub(crate) async fn set(&self, templates: &[&str]) -> String {
        let set = json!({"name": "set", "template_group_list": templates});
        self.id_of("CreateTemplateGroupCollection", "group_collection_id", set)
            .await
    }

    /// The id of a template that the service provides.
    pub(crate) async fn built_in(&self) -> String {
        let listed = self.templates(json!({"query_string": "system"})).await;
        listed[0]["group_id"].as_str().unwrap().to_owned()
    }

    async fn id_of(&self, operation: &str, member: &str, parameters: Value) -> String {
        let created = self.call(operation, parameters).await.unwrap();
        created[member].as_str().unwrap().to_owned()
    }

    async fn templates(&self, parameters: Value) -> Vec<Value> {
        let reply = self
            .call("ListTranscodeTemplate", parameters)
            .await
            .unwrap();
        reply["template_group_list"].as_array().unwrap().clone()
    }

    async fn group(&self, id: &str) -> Value {
        let parameters = json!({"group_id": id});
        let reply = self.call("ListTemplateGroup", parameters).await.unwrap();
        assert_eq!(reply["total"], 1);
        reply["template_group_list"][0].clone()
    }
}

fn names(listed: &[Value]) -> Vec<&str> {
    let names = listed.iter().map(|template| template["name"].as_str());
    names.map(Option::unwrap).collect()
}

#[tokio::test]
async fn the_same_template_in_both_forms() {
    let stand = Stand::new().await;
    let id = stand.template("mine").await;
    let today = &stand.templates(json!({"group_id": id})).await[0];
    let audio = json!({"sample_rate": "AUDIO_SAMPLE_44100", "channels": "AUDIO_CHANNELS_1"});
    let made = json!({
        "group_id": id, "name": "mine", "type": "custom_template_group", "is_default": false,
        "is_auto_encrypt": false,
        "quality_info_list": [{
            "video": {
                "stream_name": "video_stream_l0", "quality": "HD", "bitrate": 900, "frame_rate": 0,
            },
            "audio": audio,
        }],
        "common": {
            "pvc": false, "video_codec": "H264", "audio_codec": "AAC", "is_black_cut": false,
            "format": "HLS", "hls_interval": 5, "upsample": false, "adaptation": "NONE",
            "preset": 0, "max_iframes_interval": 5, "hls_audio_separate": false,
            "hls_segment_type": "TS",
        },
    });
    assert_eq!(*today, made);
    let group = json!({
        "group_id": id, "name": "mine", "status": "0", "type": "custom_template_group",
        "auto_encrypt": 0,
        "quality_info_list": [{
            "video": {"quality": "HD", "bitrate": 900, "frame_rate": 1},
            "audio": {"sample_rate": 4, "bitrate": 0, "channels": 1}, "format": "HLS",
        }],
        "common": {"pvc": "0", "video_codec": "H264", "audio_codec": "AAC", "hls_interval": 5},
    });
    assert_eq!(stand.group(&id).await, group);
}

#[tokio::test]
async fn a_template_made_in_the_historical_form() {
    let stand = Stand::new().await;
    let outputs = [("HLS", 1), ("MP4", 25)].map(|(format, frame_rate)| {
        json!({
            "video": {"quality": "AD", "frame_rate": frame_rate}, "format": format,
            "audio": {"sample_rate": 1, "channels": 2},
        })
    });
    let group = json!({
        "name": "old", "type": "custom_template_group", "status": "1", "description": "the old form",
        "quality_info_list": outputs,
        "common": {"pvc": "1", "pvc_version": "1.0", "video_codec": "UNKNOW", "hls_interval": 4},
    });
    let reply = stand.call("CreateTemplateGroup", group).await.unwrap();
    assert_eq!(reply, Value::Null);

    let listed = stand.templates(json!({"query_string": "THE OLD"})).await;
    assert_eq!(names(&listed), ["old"]);
    let of_video = &listed[0]["quality_info_list"][1]["video"];
    assert_eq!(
        (&of_video["quality"], &of_video["frame_rate"]),
        (&json!("UNKNOW"), &json!(25))
    );
    // 1, which is the default, is the rate of the source, as 0 is today.
    let of_source = &listed[0]["quality_info_list"][0]["video"]["frame_rate"];
    assert_eq!(*of_source, 0);
    let common = &listed[0]["common"];
    assert_eq!(common["pvc"], true);
    assert_eq!(common["adaptation"], "SHORT");
    assert_eq!(common["video_codec"], Value::Null);

    let shown = stand.group(listed[0]["group_id"].as_str().unwrap()).await;
    assert_eq!(shown["status"], "1");
    assert_eq!(shown["common"]["pvc_version"], "1.0");
    let of_video = &shown["quality_info_list"][0]["video"];
    assert_eq!(
        (&of_video["quality"], &of_video["frame_rate"]),
        (&json!("AD"), &json!(1))
    );
    assert_eq!(shown["quality_info_list"][1]["format"], "MP4");

    // What it makes is of both formats.
    let asset = stand.uploaded(video("t").template_group_name("old")).await;
    let shown = stand
        .call("ShowAssetDetail", json!({"asset_id": asset}))
        .await
        .unwrap();
    let outputs = shown["transcode_info"]["output"].as_array().unwrap();
    let kinds: Vec<_> = outputs.iter().map(|it| it["play_type"].clone()).collect();
    assert_eq!(kinds, ["HLS", "HLS", "MP4"]);
}

#[tokio::test]
async fn changes_keep_what_is_left_out() {
    let stand = Stand::new().await;
    let id = stand.template("mine").await;
    let update = async |parameters: Value| {
        let mut parameters = parameters;
        parameters["group_id"] = id.as_str().into();
        stand.call("UpdateTranscodeTemplate", parameters).await
    };
    let shown = async || stand.templates(json!({"group_id": id})).await.remove(0);
    let before = shown().await;
    update(json!({"description": "text", "is_default": true}))
        .await
        .unwrap();
    let mut wanted = before.clone();
    wanted["description"] = "text".into();
    wanted["is_default"] = true.into();
    assert_eq!(shown().await, wanted);
    let only_default = stand.templates(json!({"is_default": true})).await;
    assert_eq!(names(&only_default), ["mine"]);

    // The default template has to say so again.
    update(json!({"common": {"format": "MP4"}})).await.unwrap();
    let changed = shown().await;
    assert_eq!(changed["is_default"], false);
    assert_eq!(changed["common"]["format"], "MP4");
    assert_eq!(changed["quality_info_list"], before["quality_info_list"]);
    assert_eq!(changed["description"], "text");

    let streams = json!({"quality_info_list": [stream("SD"), stream("2K")]});
    update(streams).await.unwrap();
    let changed = shown().await;
    assert_eq!(changed["quality_info_list"][1]["video"]["quality"], "2K");
    assert_eq!(changed["common"]["format"], "MP4");

    let group = json!({"group_id": id, "name": "renamed", "status": "1"});
    stand.call("UpdateTemplateGroup", group).await.unwrap();
    assert_eq!(stand.group(&id).await["status"], "1");
    // There is one default.
    let mut other = template("other");
    other["is_default"] = true.into();
    stand.call("CreateTranscodeTemplate", other).await.unwrap();
    let only_default = stand.templates(json!({"is_default": true})).await;
    assert_eq!(names(&only_default), ["other"]);
    let all = stand.templates(json!({})).await;
    let built_in = ["system_template_group", "non_transcoding_template_group"];
    assert_eq!(names(&all), [&built_in[..], &["renamed", "other"]].concat());
}

#[tokio::test]
async fn lists_have_pages() {
    let stand = Stand::new().await;
    for number in 0..23 {
        stand.template(&format!("t{number}")).await;
    }
    let list = stand.client.list_transcode_template().limit(10);
    let mut pages = list.pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await.transpose().unwrap() {
        assert_eq!(page.total, Some(25));
        sizes.push(page.templates.len());
    }
    assert_eq!(sizes, [10, 10, 5]);
    let last = json!({"page": 2, "size": 10});
    let last = stand.call("ListTemplateGroup", last).await.unwrap();
    assert_eq!(last["total"], 25);
    assert_eq!(last["template_group_list"][4]["name"], "t22");
    let none = json!({"group_id": "x", "offset": 100});
    assert_eq!(stand.templates(none).await, [] as [Value; 0]);
}

#[tokio::test]
async fn index_files_name_streams() {
    let stand = Stand::new().await;
    let mut request = template("mine");
    request["quality_info_list"][0]["video"]["stream_name"] = "hd".into();
    let manifest =
        |streams: Value| json!([{"manifest_name_modifier": "small", "selected_outputs": streams}]);
    request["additional_manifests"] = manifest(json!(["hd", "sd"]));
    let code = stand.code("CreateTranscodeTemplate", request.clone()).await;
    assert_eq!(code.as_deref(), Some("VOD.10053"));
    request["additional_manifests"] = manifest(json!(["hd"]));
    stand
        .call("CreateTranscodeTemplate", request)
        .await
        .unwrap();
    let shown = &stand.templates(json!({"query_string": "mine"})).await[0];
    assert_eq!(shown["additional_manifests"], manifest(json!(["hd"])));
}

#[tokio::test]
async fn sets_of_templates() {
    let stand = Stand::new().await;
    let hd = stand.template("hd").await;
    let mut other = template("hevc");
    other["common"]["video_codec"] = "H265".into();
    let hevc = stand
        .id_of("CreateTranscodeTemplate", "group_id", other)
        .await;
    let set = stand.set(&[&hd, &hevc]).await;
    let list = async || {
        let parameters = json!({"group_collection_id": set});
        let listed = stand.call("ListTemplateGroupCollection", parameters).await;
        listed.unwrap()["template_group_collection_list"][0].clone()
    };
    let shown = list().await;
    assert_eq!(shown["name"], "set");
    assert_eq!(shown["template_group_list"][0], stand.group(&hd).await);
    assert_eq!(shown["template_group_list"][1]["name"], "hevc");

    let update = json!({"collection_id": set, "description": "d", "template_group_list": [hevc]});
    let update = stand.call("UpdateTemplateGroupCollection", update).await;
    assert_eq!(update.unwrap(), Value::Null);
    let shown = list().await;
    assert_eq!(shown["description"], "d");
    assert_eq!(shown["template_group_list"].as_array().unwrap().len(), 1);
    let many = json!({"collection_id": set, "template_group_list": vec!["x"; 9]});
    let code = stand.code("UpdateTemplateGroupCollection", many).await;
    assert_eq!(code.as_deref(), Some("VOD.10053"));
    // The other one is free again.
    let delete = async |id: &str| {
        let parameters = json!({"group_id": id});
        stand.code("DeleteTranscodeTemplate", parameters).await
    };
    assert_eq!(delete(&hd).await, None);
    assert_eq!(delete(&hevc).await.as_deref(), Some("VOD.10117"));
    let gone = json!({"group_collection_id": set});
    stand
        .call("DeleteTemplateGroupCollection", gone)
        .await
        .unwrap();
    assert_eq!(delete(&hevc).await, None);
    let none = stand.call("ListTemplateGroupCollection", json!({})).await;
    assert_eq!(none.unwrap()["total"], 0);
}

#[tokio::test]
async fn transcoding_makes_what_the_template_says() {
    struct Case {
        format: &'static str,
        /// How the outputs are played; the lists of streams are those without a size.
        outputs: &'static [(&'static str, u64)],
    }

    let cases = [
        Case {
            format: "HLS",
            outputs: &[("HLS", 0), ("HLS", 1280), ("HLS", 2560)],
        },
        Case {
            format: "DASH_HLS",
            outputs: &[
                ("HLS", 0),
                ("HLS", 1280),
                ("HLS", 2560),
                ("DASH", 0),
                ("DASH", 1280),
                ("DASH", 2560),
            ],
        },
        Case {
            format: "MP4",
            outputs: &[("MP4", 1280), ("MP4", 2560)],
        },
        Case {
            format: "MP3",
            outputs: &[("MP3", 1280), ("MP3", 2560)],
        },
    ];
    let stand = Stand::new().await;
    for Case { format, outputs } in cases {
        let mut request = template(format);
        request["quality_info_list"] = json!([stream("HD"), stream("2K")]);
        request["common"]["format"] = format.into();
        let group_id = stand
            .id_of("CreateTranscodeTemplate", "group_id", request)
            .await;
        let asset = stand.uploaded(video("t").template_group_name(format)).await;
        let shown = stand
            .call("ShowAssetDetail", json!({"asset_id": asset}))
            .await;
        let shown = shown.unwrap()["transcode_info"].clone();
        assert_eq!(shown["template_group_name"], format);
        let made = shown["output"].as_array().unwrap();
        let kinds: Vec<_> = made
            .iter()
            .map(|output| {
                let width = output["meta_data"]["width"].as_u64();
                (output["play_type"].as_str().unwrap(), width.unwrap_or(0))
            })
            .collect();
        assert_eq!(kinds, outputs, "{format}");
        for output in made {
            assert_eq!(output["group_id"], group_id.as_str());
            assert_eq!(
                get(output["url"].as_str().unwrap()).await.0,
                200,
                "{output}"
            );
        }
        stand
            .call("ShowAssetMeta", json!({"asset_id": [asset]}))
            .await
            .unwrap();
    }
    let kept = video("t").template_group_name("non_transcoding_template_group");
    let asset = stand.uploaded(kept).await;
    let shown = stand
        .call("ShowAssetDetail", json!({"asset_id": asset}))
        .await;
    assert_eq!(shown.unwrap()["transcode_info"]["output"], json!([]));
}

#[tokio::test]
async fn templates_encrypt_hls() {
    let stand = Stand::with(Local::builder().progress(Progress::instant())).await;
    let mut request = template("secret");
    request["is_auto_encrypt"] = true.into();
    stand
        .call("CreateTranscodeTemplate", request)
        .await
        .unwrap();
    let asset = stand
        .uploaded(video("t").template_group_name("secret"))
        .await;
    stand
        .call("ShowAssetCipher", json!({"asset_id": asset}))
        .await
        .unwrap();
}
