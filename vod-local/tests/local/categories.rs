//! Categories of media assets.

use serde_json::{Value, json};

use crate::{Stand, video};

impl Stand {
    async fn category(&self, name: &str, parent: i64) -> i64 {
        let parameters = json!({"name": name, "parent_id": parent});
        let created = self.call("CreateAssetCategory", parameters).await.unwrap();
        created["id"].as_i64().unwrap()
    }

    async fn category_list(&self, ids: Value) -> Value {
        self.call("ListCategoryInfo", json!({"id": ids}))
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_tree_of_categories() {
    let stand = Stand::new().await;
    let film = stand.category("film", 0).await;
    let drama = stand.category("drama", film).await;
    let noir = stand.category("noir", drama).await;
    let music = stand.category("music", 0).await;
    // Names are unique among neighbors only.
    stand.category("noir", music).await;

    let listed = stand.category_list(json!([0, drama, -1])).await;
    let below = |id: i64, name: &str| json!([{"id": id, "name": name}]);
    assert_eq!(listed[0]["sub_categories"], below(drama, "drama"));
    assert_eq!(listed[1]["name"], "music");
    assert_eq!(listed[2]["sub_categories"], below(noir, "noir"));
    assert_eq!(
        listed[3],
        json!({"id": -1, "name": "Other", "sub_categories": []})
    );
    let historical = stand
        .call("ListAssetCategory", json!({"id": film}))
        .await
        .unwrap();
    let children = json!([{"id": drama.to_string(), "name": "drama", "children": []}]);
    assert_eq!(historical[0]["children"], children);

    let renamed = json!({"id": noir, "name": "dark"});
    let renamed = stand.call("UpdateAssetCategory", renamed).await.unwrap();
    let project = vod_local::Local::PROJECT_ID;
    let wanted = json!({
        "id": noir, "name": "dark", "parent_id": drama, "level": 3, "projectId": project,
    });
    assert_eq!(renamed, wanted);
}

#[tokio::test]
async fn media_assets_of_a_deleted_category_go_to_the_built_in_one() {
    let stand = Stand::new().await;
    let film = stand.category("film", 0).await;
    let drama = stand.category("drama", film).await;
    let music = stand.category("music", 0).await;
    let drama = i32::try_from(drama).unwrap();
    let id = stand.uploaded(video("t").category_id(drama)).await;
    let category = async || {
        let shown = stand
            .call("ShowAssetDetail", json!({"asset_id": id}))
            .await
            .unwrap();
        shown["base_info"]["category_name"].clone()
    };
    assert_eq!(category().await, "drama");
    stand
        .call("DeleteAssetCategory", json!({"id": film}))
        .await
        .unwrap();
    assert_eq!(category().await, "Other");
    let code = stand.code("ListCategoryInfo", json!({"id": [drama]})).await;
    assert_eq!(code.as_deref(), Some("VOD.10064"));
    assert_eq!(stand.category_list(json!([0])).await[0]["id"], music);
    stand
        .call("DeleteAssetCategory", json!({"id": 0}))
        .await
        .unwrap();
    assert_eq!(stand.category_list(json!([0])).await, json!([]));
}
