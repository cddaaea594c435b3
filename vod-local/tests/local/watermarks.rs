//! Watermark templates, and their images.

use serde_json::{Value, json};

use crate::templates::template;
use crate::{Stand, get, put};

impl Stand {
    /// Makes a watermark template that can be used, and gives its id.
    pub(crate) async fn watermark(&self, name: &str) -> String {
        let parameters = json!({"name": name, "type": "PNG", "dx": "0.05"});
        let created = self
            .call("CreateWatermarkTemplate", parameters)
            .await
            .unwrap();
        let url = created["upload_url"].as_str().unwrap();
        put(url, "image/png", "the image").await;
        let done = json!({"id": created["id"], "status": "SUCCEED"});
        self.call("ConfirmImageUpload", done).await.unwrap();
        created["id"].as_str().unwrap().to_owned()
    }

    async fn watermarks(&self, parameters: Value) -> Value {
        self.call("ListWatermarkTemplate", parameters)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_watermark_template_from_start_to_end() {
    let stand = Stand::new().await;
    let parameters = json!({"name": "logo", "type": "PNG", "width": "0.12"});
    let created = stand
        .call("CreateWatermarkTemplate", parameters)
        .await
        .unwrap();
    let id = created["id"].as_str().unwrap();
    let shown = async || stand.watermarks(json!({"id": [id]})).await["templates"][0].clone();
    let before = shown().await;
    assert_eq!(
        (&before["status"], &before["image_url"]),
        (&json!(0), &Value::Null)
    );

    // A template cannot have it yet.
    let mut with_watermark = template("t");
    with_watermark["watermark_template_ids"] = json!([id]);
    let create = || stand.code("CreateTranscodeTemplate", with_watermark.clone());
    assert_eq!(create().await.as_deref(), Some("VOD.10124"));
    let confirm = |status| stand.call("ConfirmImageUpload", json!({"id": id, "status": status}));
    confirm("FAILED").await.unwrap();
    assert_eq!(shown().await, before);
    put(
        created["upload_url"].as_str().unwrap(),
        "image/png",
        "the image",
    )
    .await;
    confirm("SUCCEED").await.unwrap();
    assert_eq!(create().await, None);

    let change = json!({"id": id, "name": "new", "dx": "12", "position": "BOTTOMLEFT"});
    stand.call("UpdateWatermarkTemplate", change).await.unwrap();
    let after = shown().await;
    let wanted = json!({
        "id": id, "name": "new", "status": 1, "dx": "12", "dy": "0", "position": "BOTTOMLEFT",
        "width": "0.12", "watermark_type": "IMAGE", "type": "PNG",
        "create_time": before["create_time"], "image_url": after["image_url"],
    });
    assert_eq!(after, wanted);
    let url = after["image_url"].as_str().unwrap();
    assert_eq!(get(url).await, (200, "the image".to_owned()));

    let templates = async || {
        let listed = stand
            .call("ListTranscodeTemplate", json!({"query_string": "t"}))
            .await;
        let listed = listed.unwrap()["template_group_list"].clone();
        listed.as_array().unwrap().last().unwrap()["watermark_template_ids"].clone()
    };
    assert_eq!(templates().await, json!([id]));
    stand
        .call("DeleteWatermarkTemplate", json!({"id": id}))
        .await
        .unwrap();
    assert_eq!(templates().await, json!([]));
    assert_eq!(
        stand.watermarks(json!({})).await,
        json!({"templates": [], "total": 0})
    );
    assert!(stand.vod.storage().keys().is_empty());
}

#[tokio::test]
async fn lists_have_pages_unless_ids_are_given() {
    let stand = Stand::new().await;
    let mut ids = Vec::new();
    for number in 0..12 {
        ids.push(stand.watermark(&format!("w{number}")).await);
    }
    let names = async |parameters: Value| {
        let listed = stand.watermarks(parameters).await;
        let names = listed["templates"].as_array().unwrap().iter();
        let names: Vec<_> = names
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect();
        (listed["total"].as_i64().unwrap(), names)
    };
    let (total, first) = names(json!({})).await;
    assert_eq!((total, first.len(), first[0].as_str()), (12, 10, "w0"));
    let page = names(json!({"page": 2, "size": 5})).await;
    assert_eq!(page, (12, vec!["w10".to_owned(), "w11".to_owned()]));
    let named = json!({"id": [ids[3], "x", ids[1]], "page": 7});
    let named = names(named).await;
    assert_eq!(named, (2, vec!["w1".to_owned(), "w3".to_owned()]));
}
