//! Categories of media assets.

use serde_json::{Value, json};
use vod_local::Local;

use crate::Stand;

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
async fn the_ids_of_a_seed_are_taken() {
    let categories = json!([{"id": "1", "name": "film"}, {"id": "3", "name": "music"}]);
    let state = json!({"projects": {(Local::PROJECT_ID): {"categories": categories}}});
    let stand = Stand::with(Local::builder().seed_state(state).unwrap()).await;
    assert_eq!(stand.category("drama", 0).await, 2);
    assert_eq!(stand.category("noir", 0).await, 4);
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

    let below = |id: i64, name: &str| json!([{"id": id, "name": name}]);
    let all = stand.category_list(json!([0])).await;
    assert_eq!(all[0]["sub_categories"], below(drama, "drama"));
    assert_eq!(all[1]["name"], "music");
    let named = stand.category_list(json!([-1, drama])).await;
    let built_in = json!({"id": -1, "name": "Other", "sub_categories": []});
    assert_eq!(named[0], built_in);
    assert_eq!(named[1]["sub_categories"], below(noir, "noir"));
    let historical = stand
        .call("ListAssetCategory", json!({"id": film}))
        .await
        .unwrap();
    let children = json!([{"id": drama.to_string(), "name": "drama", "children": []}]);
    assert_eq!(historical[0]["children"], children);
}

#[tokio::test]
async fn id_0_deletes_all() {
    let stand = Stand::new().await;
    let film = stand.category("film", 0).await;
    let drama = stand.category("drama", film).await;
    stand.category("music", 0).await;
    stand
        .call("DeleteAssetCategory", json!({"id": 0}))
        .await
        .unwrap();
    assert_eq!(stand.category_list(json!([0])).await, json!([]));
    let code = stand.code("ListCategoryInfo", json!({"id": [drama]})).await;
    assert_eq!(code.as_deref(), Some("VOD.10064"));
}
