//! Projects, side by side.

use serde_json::json;
use vod_local::Local;

use crate::{Stand, uploaded, video};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_tests_in_twenty_projects() {
    let vod = std::sync::Arc::new(Local::start().await.unwrap());
    let mut tests = tokio::task::JoinSet::new();
    for test in 0..200_u32 {
        let vod = vod.clone();
        tests.spawn(async move {
            let project = format!("project-{}", test % 20);
            let client = vod.project(&project).client().build().unwrap();
            let title = format!("test {test}");
            let id = uploaded(&client, video(&title).template_group_name("hd")).await;
            let mine = client
                .list_asset_list()
                .query_string(&*title)
                .size(100)
                .await
                .unwrap();
            let mine = mine
                .assets
                .iter()
                .filter(|asset| asset.title.as_deref() == Some(&*title));
            assert_eq!(mine.count(), 1);
            let shown = client.show_asset_detail(id.as_str()).await.unwrap();
            assert_eq!(shown.transcode_info.as_ref().unwrap().outputs.len(), 3);
            if test >= 100 {
                client.delete_assets([id.as_str()]).await.unwrap();
                assert!(vod.project(&project).asset(&id).is_none());
            }
        });
    }
    while let Some(end) = tests.join_next().await {
        end.unwrap();
    }
    assert_eq!(vod.projects().len(), 20);
    for project in vod.projects() {
        assert_eq!(vod.project(&project).asset_ids().len(), 5, "{project}");
    }
}

#[tokio::test]
async fn one_project_is_reset_and_the_other_stays() {
    let stand = Stand::new().await;
    let ours = stand.uploaded(video("ours")).await;
    let client = stand.vod.project("other").client().build().unwrap();
    let theirs = uploaded(&client, video("theirs")).await;
    assert_ne!(ours, theirs);
    assert!(
        client
            .show_asset_detail(ours.as_str())
            .await
            .unwrap_err()
            .is_not_found()
    );
    let objects = stand.vod.storage().keys();
    assert_eq!(objects.len(), 2);
    stand.vod.project("other").reset();
    assert!(
        client
            .show_asset_detail(theirs.as_str())
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(stand.vod.asset(&ours).unwrap().title, "ours");
    assert_eq!(stand.vod.storage().keys().len(), 1);
    // The same ids come again.
    assert_eq!(uploaded(&client, video("theirs")).await, theirs);
}

#[tokio::test]
async fn seeds_decide_about_ids() {
    let id = async |seed| {
        let stand = Stand::with(Local::builder().seed(seed)).await;
        stand.uploaded(video("t")).await
    };
    assert_eq!(id(1).await, id(1).await);
    assert_ne!(id(1).await, id(2).await);
}

#[tokio::test]
async fn categories_are_a_tree() {
    let stand = Stand::new().await;
    let create = async |name: &str, parent: i32| {
        let call = stand.client.create_asset_category(name).parent_id(parent);
        let reply = call.await.unwrap();
        (reply.id.unwrap(), reply.level.unwrap())
    };
    let (film, level) = create("film", 0).await;
    assert_eq!(level, 1);
    let (comedy, level) = create("comedy", film).await;
    assert_eq!(level, 2);
    create("sports", 0).await;
    let id = stand.uploaded(video("t").category_id(comedy)).await;
    let tree = stand
        .call("ListCategoryInfo", json!({"id": [0]}))
        .await
        .unwrap();
    let wanted = json!([
        {"id": film, "name": "film", "sub_categories": [{"id": comedy, "name": "comedy"}]},
        {"id": 3, "name": "sports", "sub_categories": []},
    ]);
    assert_eq!(tree, wanted);
    let renamed = stand
        .client
        .update_asset_category("humour", comedy)
        .await
        .unwrap();
    assert_eq!((renamed.level, renamed.parent_id), (Some(2), Some(film)));
    let category = async || {
        let shown = stand.client.show_asset_detail(id.as_str()).await.unwrap();
        let info = shown.base_info.as_ref().unwrap();
        (
            info.category_id.unwrap(),
            info.category_name.clone().unwrap(),
        )
    };
    assert_eq!(category().await, (comedy.into(), "humour".to_owned()));
    stand.client.delete_asset_category(film).await.unwrap();
    assert_eq!(category().await, (-1, "Other".to_owned()));
    let listed = stand
        .call("ListAssetCategory", json!({"id": 0}))
        .await
        .unwrap();
    let sports = json!([{"id": "3", "name": "sports", "children": []}]);
    assert_eq!(listed, sports);
}
