//! From a file to a player: uploads a video, is told when it is transcoded, signs the URL of a
//! stream, and plays it.
//!
//! The service is one inside this very process, with a state, with notifications that are signed,
//! and with URL validation:
//!
//! ```sh
//! cargo run --example upload_to_play
//! ```

use std::convert::Infallible;
use std::error::Error;
use std::io;

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedSender};
use vod_api::notification::{Event, MfsVerifier};
use vod_api::playback::UrlSigner;
use vod_api::upload::Source;
use vod_api::{Client, reqwest};
use vod_local::{Local, Notifications, UrlValidation};

/// As the console shows them, one on the page of notifications, one on that of the domain.
const NOTIFICATION_KEY: &str = "0123456789abcdef0123456789abcdef";
const PLAYBACK_KEY: &str = "32d6b2d740f10b86";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/events", listener.local_addr()?);
    let (sender, mut events) = mpsc::unbounded_channel();
    tokio::spawn(listen(
        listener,
        MfsVerifier::new(NOTIFICATION_KEY)?,
        sender,
    ));

    let signer = UrlSigner::new(PLAYBACK_KEY)?;
    let vod = Local::builder()
        .notify(Notifications::to(address).key(NOTIFICATION_KEY))
        .url_validation(UrlValidation::new(signer.clone()))
        .start()
        .await?;
    let client = vod.client().build()?;

    let video = Bytes::from_static(b"the bytes of a video");
    let upload = client.upload(Source::bytes("holidays.mp4", video));
    let uploaded = upload.template_group_name("system_template_group").await?;
    println!("uploaded {}", uploaded.asset_id);

    while let Some(event) = events.recv().await {
        println!("told: {}", event.event_type());
        if matches!(&event, Event::TranscodeComplete(it) if it.error_code.is_none()) {
            break;
        }
    }
    client.publish_assets([uploaded.asset_id.as_str()]).await?;

    let played = play(&client, &signer, &uploaded.asset_id).await?;
    println!(
        "played {} bytes: {}",
        played.len(),
        String::from_utf8_lossy(&played)
    );
    Ok(())
}

/// Plays the first stream, as a player does: from the list of streams to the segments.
async fn play(client: &Client, signer: &UrlSigner, id: &str) -> Result<Bytes, Box<dyn Error>> {
    let mut shown = client.show_asset_detail(id).await?.into_body();
    signer.sign_reply(&mut shown)?;
    let outputs = shown.transcode_info.map(|info| info.outputs);
    let mut outputs = outputs.into_iter().flatten();
    let url = outputs
        .find_map(|output| output.url)
        .ok_or("the reply has a URL")?;
    let http = reqwest::Client::new();
    let mut next = url;
    loop {
        let bytes = http
            .get(&next)
            .send()
            .await?
            .error_for_status()?
            .bytes()
            .await?;
        if !bytes.starts_with(b"#EXTM3U") {
            return Ok(bytes);
        }
        let playlist = String::from_utf8(bytes.into())?;
        let mut addresses = playlist.lines().filter(|line| !line.starts_with('#'));
        next = addresses
            .next()
            .ok_or("the playlist names something")?
            .to_owned();
    }
}

/// Takes events, and lets only those through that the service has signed.
async fn listen(
    listener: TcpListener,
    verifier: MfsVerifier,
    events: UnboundedSender<Event>,
) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let service = service_fn(async |request: Request<Incoming>| {
            let (head, body) = request.into_parts();
            let body = body
                .collect()
                .await
                .map(|body| body.to_bytes())
                .unwrap_or_default();
            let mut reply = Response::new(Empty::<Bytes>::new());
            match verifier.verify(&head.headers, &body) {
                // Nobody listens if the program is about to end.
                Ok(verified) => drop(events.send(verified.into_event())),
                Err(_) => *reply.status_mut() = hyper::StatusCode::FORBIDDEN,
            }
            Ok::<_, Infallible>(reply)
        });
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        if let Err(error) = connection.await {
            eprintln!("a connection broke: {error}");
        }
    }
}
