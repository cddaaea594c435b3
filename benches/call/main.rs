//! A call by `vod-api` against the same call by hand on reqwest: user CPU time of this process, and allocations. The
//! service runs in another process and does not count.

mod meter;
mod server;

use std::env;

use vod_api::Client;
use vod_api::model::{Subtitle, SubtitleFormat, SubtitleLanguage};
use vod_api::test_util::Service;
use vod_bench::{Error, Floor, NewAsset, NewSubtitle};

use self::meter::Meter;
use self::server::Server;

const ASSET: &str = "41cff636d5b12a51e7eb2838bbf45201";
const TASKS: [&str; 2] = ["2000030", "2000031"];

fn main() -> Result<(), Error> {
    let flag = |flag: &str| env::args().any(|argument| argument == flag);
    if flag(server::FLAG) {
        return Ok(server::serve()?);
    }
    // Cargo says so for `cargo bench`; tests only see whether it works.
    let meter = Meter::new(flag("--bench"))?;
    meter.block_on(by_hand_is_right())?;

    let server = Server::start()?;
    let client = Client::builder()
        .endpoint(server.origin())
        .project_id(Service::PROJECT_ID)
        .credentials(vod_api::Credentials::new(
            Service::ACCESS_KEY,
            Service::SECRET_KEY,
        ))
        .build()?;
    let floor = floor(server.origin())?;
    meter.compare(
        "DeleteThumbnails",
        async || {
            let call = client.delete_thumbnails().asset_id(ASSET);
            Ok(call.task_ids(TASKS).await.map(drop)?)
        },
        async || floor.delete_thumbnails(ASSET, &TASKS).await.map(drop),
    )?;
    meter.compare(
        "ShowAssetDetail",
        async || Ok(client.show_asset_detail(ASSET).await.map(drop)?),
        async || floor.show_asset_detail(ASSET).await.map(drop),
    )?;
    meter.compare(
        "CreateAssetByFileUpload",
        async || Ok(create(&client).await.map(drop)?),
        async || floor.create_asset(&NEW).await.map(drop),
    )
}

fn floor(origin: &str) -> Result<Floor, Error> {
    Floor::new(
        origin,
        Service::PROJECT_ID,
        Service::ACCESS_KEY,
        Service::SECRET_KEY,
    )
}

/// A comparison is worth something only if the calls by hand would be accepted, signature and all.
async fn by_hand_is_right() -> Result<(), Error> {
    let service = Service::start().await?;
    let floor = floor(&service.endpoint())?;
    floor.delete_thumbnails(ASSET, &TASKS).await?;
    floor.show_asset_detail(ASSET).await?;
    floor.create_asset(&NEW).await?;
    create(&service.client().build()?).await?;
    let requests = service.requests();
    let [.., by_hand, ours] = requests.as_slice() else {
        return Err("the requests did not arrive".into());
    };
    match by_hand.parameters() == ours.parameters() {
        true => Ok(()),
        false => Err("the requests differ".into()),
    }
}

const NEW: NewAsset<'_> = NewAsset {
    title: "Avatar",
    description: "A film, \"in\" several versions",
    video_name: "Avatar.mp4",
    video_type: "MP4",
    category_id: -1,
    tags: "test1,test2",
    auto_publish: 1,
    template_group_name: "system_template_group",
    subtitles: &[NewSubtitle {
        id: 1,
        format: "SRT",
        language: "EN",
        name: "Avatar.srt",
    }],
};

async fn create(
    client: &Client,
) -> Result<vod_api::Response<vod_api::model::CreateAssetByFileUploadResponse>, vod_api::Error> {
    let subtitle =
        Subtitle::new(1, SubtitleFormat::Srt, SubtitleLanguage::English).name("Avatar.srt");
    client
        .create_asset_by_file_upload(NEW.title, NEW.video_name, NEW.video_type)
        .description(NEW.description)
        .category_id(NEW.category_id)
        .tags(NEW.tags)
        .auto_publish(NEW.auto_publish)
        .template_group_name(NEW.template_group_name)
        .subtitles([subtitle])
        .await
}
