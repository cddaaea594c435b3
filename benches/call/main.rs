//! A call by `vod-api` against the same call by hand on reqwest: user CPU time of this process, and allocations. The
//! service runs in another process and does not count.

mod meter;
mod server;

use std::env;

use vod_api::Client;
use vod_api::model::{Subtitle, SubtitleFormat, SubtitleLanguage};
use vod_bench::{Error, Floor, NewAsset, NewSubtitle, SERVE, Server, serve};
use vod_local::Service;

use self::meter::Meter;

const ASSET: &str = "41cff636d5b12a51e7eb2838bbf45201";
const TASKS: [&str; 2] = ["2000030", "2000031"];

/// The calls that are compared.
#[derive(Debug, Clone, Copy)]
enum Kind {
    DeleteThumbnails,
    ShowAssetDetail,
    CreateAssetByFileUpload,
}

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let flag = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if flag(SERVE) {
        return Ok(serve(server::answer)?);
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
    let alone = arguments
        .iter()
        .skip_while(|argument| *argument != "--alone");
    if let [_, way, kind, count] = alone.collect::<Vec<_>>().as_slice() {
        // So many calls of one kind, for a profiler to look at.
        let count: usize = count.parse()?;
        return meter.block_on(async {
            for _ in 0..count {
                match way.as_str() {
                    "vod-api" => ours(&client, Kind::parse(kind)?).await?,
                    _ => by_hand(&floor, Kind::parse(kind)?).await?,
                }
            }
            Ok(())
        });
    }
    for kind in Kind::ALL {
        meter.compare(
            &format!("{kind:?}"),
            async || ours(&client, kind).await,
            async || by_hand(&floor, kind).await,
        )?;
    }
    Ok(())
}

impl Kind {
    const ALL: [Self; 3] = [
        Self::DeleteThumbnails,
        Self::ShowAssetDetail,
        Self::CreateAssetByFileUpload,
    ];

    fn parse(name: &str) -> Result<Self, Error> {
        let named = |kind: &Self| format!("{kind:?}") == name;
        let kind = Self::ALL.into_iter().find(named);
        Ok(kind.ok_or("there is no such kind of call")?)
    }
}

async fn ours(client: &Client, kind: Kind) -> Result<(), Error> {
    match kind {
        Kind::DeleteThumbnails => {
            let call = client.delete_thumbnails().asset_id(ASSET).task_ids(TASKS);
            drop(call.await?);
        }
        Kind::ShowAssetDetail => drop(client.show_asset_detail(ASSET).await?),
        Kind::CreateAssetByFileUpload => drop(create(client).await?),
    }
    Ok(())
}

async fn by_hand(floor: &Floor, kind: Kind) -> Result<(), Error> {
    match kind {
        Kind::DeleteThumbnails => drop(floor.delete_thumbnails(ASSET, &TASKS).await?),
        Kind::ShowAssetDetail => drop(floor.show_asset_detail(ASSET).await?),
        Kind::CreateAssetByFileUpload => drop(floor.create_asset(&NEW).await?),
    }
    Ok(())
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
    if by_hand.parameters() == ours.parameters() {
        Ok(())
    } else {
        Err("the requests differ".into())
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
        .auto_publish(NEW.auto_publish == 1)
        .template_group_name(NEW.template_group_name)
        .subtitles([subtitle])
        .await
}
