//! `vod category`.

use vod_cli::Exit;
use vod_local::Reply;

use crate::library;
use crate::vod::Vod;

#[tokio::test]
async fn categories_are_listed_with_their_paths() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    assert_eq!(
        vod.run("category tree").await.done(),
        "id\tpath\n1\tTravel\n2\tTravel/Summer\n3\tTravel/Summer/November\n4\tTalks\n"
    );
    let out = vod.terminal(80).run("category list").await.done();
    assert_eq!(out.lines().next(), Some("ID  CATEGORY"));
}

#[tokio::test]
async fn a_category_is_added_where_its_path_says() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    assert_eq!(vod.run("category add Music -o ids").await.done(), "5\n");
    let out = vod.run("category add Summer/Italy").await.done();
    assert_eq!(out, "id\tpath\n6\tTravel/Summer/Italy\n");
    let tree = vod.run("category tree").await.done();
    assert!(tree.contains("\n6\tTravel/Summer/Italy\n"), "{tree}");

    let err = vod
        .run("category add Sumer/Spain")
        .await
        .failed(Exit::Usage);
    assert!(err.contains("there is no category \"Sumer\""), "{err}");
    let err = vod.run("category add Talks").await.failed(Exit::Failed);
    assert!(err.contains("VOD.10065"), "{err}");
}

#[tokio::test]
async fn a_category_gets_another_name() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let out = vod.run("category rename Travel/Summer Winter").await.done();
    assert_eq!(out, "id\tpath\n2\tTravel/Winter\n");
    let tree = vod.run("category tree").await.done();
    assert!(tree.contains("\n3\tTravel/Winter/November\n"), "{tree}");
    let err = vod
        .run("category rename Talks A/B")
        .await
        .failed(Exit::Usage);
    assert!(err.contains("has a slash"), "{err}");
}

#[tokio::test]
async fn media_assets_move_to_a_category_and_failures_are_told() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let ids = vod.run("list --status CREATED -o ids").await.done();
    let out = vod
        .stdin(&ids)
        .run("category move - --to Talks")
        .await
        .done();
    assert_eq!(
        out,
        format!("asset_id\tcategory\n{}\tTalks\n", library::TALK)
    );
    let vod = Vod::service().at_local(&local);
    let listed = vod.run("list --category Talks -o ids").await.done();
    assert_eq!(listed, format!("{}\n", library::TALK));

    let unknown = "ffffffffffffffffffffffffffffffff";
    let line = format!(
        "category move {} {unknown} --to Travel -j 1",
        library::HOLIDAYS
    );
    let run = vod.run(&line).await;
    assert_eq!(run.exit, Exit::Partly);
    assert!(
        run.out.contains(library::HOLIDAYS) && !run.out.contains(unknown),
        "{}",
        run.out
    );
    assert!(
        run.err.contains(&format!("error: {unknown}: ")),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("error: Travel: 1 of 2 done, 1 failed"),
        "{}",
        run.err
    );
}

#[tokio::test]
async fn what_has_something_in_it_is_deleted_only_if_somebody_says_so() {
    let local = library::started().await;
    let vod = || Vod::service().at_local(&local);
    let err = vod().run("category rm Travel").await.failed(Exit::Usage);
    assert_eq!(
        err,
        "error: delete the category Travel with 2 categories below it: nothing was done\n\
         hint: --yes does it\n"
    );
    let asked = vod()
        .terminal(80)
        .answer("n\n")
        .run("category rm Summer")
        .await;
    let question = "delete the category Travel/Summer with 1 category below it and 1 media asset in it? [y/N] ";
    assert!(asked.err.starts_with(question), "{}", asked.err);
    assert_eq!(asked.exit, Exit::Usage);
    assert_eq!(
        vod().run("category rm Talks").await.done(),
        "id\tpath\n4\tTalks\n"
    );
    let out = vod().run("category rm Travel --yes -o ids").await.done();
    assert_eq!(out, "1\n");
    assert_eq!(vod().run("category tree --no-header").await.done(), "");
}

#[tokio::test]
async fn nothing_stands_for_all_categories() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    for name in ["0", "00", "+0", "-0", "Trvel", "-1"] {
        let err = vod
            .run(&format!("category rm Talks --yes -- {name}"))
            .await
            .failed(Exit::Usage);
        assert!(err.starts_with("error: "), "{name}: {err}");
    }
    assert_eq!(
        vod.run("category tree -o ids").await.done().lines().count(),
        4
    );
    let requests = local.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.operation() != Some("DeleteAssetCategory"))
    );
}

#[tokio::test]
async fn a_number_is_a_name_as_well() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    // Its id is 5, and its name the id of another one.
    vod.run("category add 2").await.done();
    let err = vod.run("category rm 2 --yes").await.failed(Exit::Usage);
    assert!(err.contains("there are several categories \"2\""), "{err}");
    assert!(err.contains("Travel/Summer (id 2), 2 (id 5)"), "{err}");
    assert_eq!(vod.run("category rm 5 -o ids").await.done(), "5\n");
}

#[tokio::test]
async fn one_that_fails_does_not_keep_the_others() {
    let local = library::started().await;
    let vod = Vod::service().at_local(&local);
    let refused = Reply::status(400);
    local.fail("DeleteAssetCategory").times(1).with(refused);
    let run = vod.run("category rm Talks November --yes").await;
    assert_eq!(
        (run.exit, run.out.as_str()),
        (Exit::Partly, "id\tpath\n3\tTravel/Summer/November\n")
    );
    assert!(run.err.contains("error: Talks: "), "{}", run.err);
}
