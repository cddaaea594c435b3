//! What becomes of an upload when something fails. The snapshot is the table of all cases.

use std::fmt::Write as _;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::json;
use vod_api::{Error, upload::Uploaded};
use vod_local::{ContentTypes, Fault, Reply, Step, Storage};

use super::{PART, Site, noise};

struct Case {
    name: &'static str,
    /// Size of the file; parts have `PART` bytes.
    size: u64,
    storage: fn(Storage) -> Storage,
    fail: fn(&Site),
}

const WHOLE: u64 = 1000;
const THREE_PARTS: u64 = 2 * PART + 1;

fn case(name: &'static str, size: u64, fail: fn(&Site)) -> Case {
    Case {
        name,
        size,
        storage: |storage| storage,
        fail,
    }
}

fn cases() -> Vec<Case> {
    let mut cases = whole();
    cases.extend(parts());
    cases.extend(joins());
    cases.extend(calls());
    cases
}

fn whole() -> Vec<Case> {
    fn put(site: &Site, fault: Fault) {
        site.objects().fail(Step::Put, fault);
    }
    vec![
        case("put: 500 InternalError", WHOLE, |site| {
            put(site, Fault::error(500, "InternalError"));
        }),
        case("put: 503 SlowDown", WHOLE, |site| {
            put(site, Fault::error(503, "SlowDown"))
        }),
        case("put: connection reset in the middle", WHOLE, |site| {
            put(site, Fault::reset_after(500));
        }),
        case("put: nothing moves", WHOLE, |site| {
            put(site, Fault::stall_after(500))
        }),
        case("put: reply lost", WHOLE, |site| {
            put(site, Fault::lost_reply())
        }),
        case("put: 403 AccessDenied", WHOLE, |site| {
            put(site, Fault::error(403, "AccessDenied"));
        }),
        case("put: 403 SignatureDoesNotMatch", WHOLE, |site| {
            put(site, Fault::error(403, "SignatureDoesNotMatch"));
        }),
        case("put: 403, account in arrears", WHOLE, |site| {
            put(site, Fault::error(403, "InArrearOrInsufficientBalance"));
        }),
        case("put: 400 BadDigest", WHOLE, |site| {
            put(site, Fault::error(400, "BadDigest"))
        }),
        case("put: 400 EntityTooLarge", WHOLE, |site| {
            put(site, Fault::error(400, "EntityTooLarge"));
        }),
        case("put: ETag of other bytes", WHOLE, |site| {
            put(site, Fault::etag("00000000000000000000000000000000"));
        }),
        case("put: ETag that is no MD5", WHOLE, |site| {
            put(site, Fault::etag("encrypted"))
        }),
        case("put: weak ETag", WHOLE, |site| {
            put(site, Fault::weak_etag())
        }),
        Case {
            name: "put: all URLs expire before they can be used",
            size: WHOLE,
            storage: |storage| storage.url_lifetime(Duration::ZERO),
            fail: |_| {},
        },
    ]
}

fn parts() -> Vec<Case> {
    fn second(site: &Site, fault: Fault) {
        site.objects().fail_part(2, fault);
    }
    fn often(site: &Site, times: usize, fault: fn() -> Fault) {
        for _ in 0..times {
            second(site, fault());
        }
    }
    vec![
        case("start: 500 InternalError", THREE_PARTS, |site| {
            site.objects()
                .fail(Step::Start, Fault::error(500, "InternalError"));
        }),
        case("start: reply lost", THREE_PARTS, |site| {
            site.objects().fail(Step::Start, Fault::lost_reply());
        }),
        case("start: 403 AccessDenied", THREE_PARTS, |site| {
            site.objects()
                .fail(Step::Start, Fault::error(403, "AccessDenied"));
        }),
        case(
            "part: connection reset in the middle",
            THREE_PARTS,
            |site| {
                second(site, Fault::reset_after(5000));
            },
        ),
        case("part: nothing moves", THREE_PARTS, |site| {
            second(site, Fault::stall_after(5000))
        }),
        case("part: reply lost", THREE_PARTS, |site| {
            second(site, Fault::lost_reply())
        }),
        case("part: slow, but moving", THREE_PARTS, |site| {
            second(site, Fault::delay(Duration::from_secs(29)));
        }),
        case("part: 403 AccessDenied once", THREE_PARTS, |site| {
            second(site, Fault::error(403, "AccessDenied"));
        }),
        case("part: 403 AccessDenied twice", THREE_PARTS, |site| {
            often(site, 2, || Fault::error(403, "AccessDenied"));
        }),
        case(
            "part: 403 SignatureDoesNotMatch after one that worked",
            THREE_PARTS,
            |site| {
                second(site, Fault::error(403, "SignatureDoesNotMatch"));
            },
        ),
        Case {
            name: "part: signed without a Content-Type",
            size: THREE_PARTS,
            storage: |storage| storage.signed_content_types(ContentTypes::AsAsked),
            fail: |_| {},
        },
        case("part: 503 SlowDown twice", THREE_PARTS, |site| {
            often(site, 2, || Fault::error(503, "SlowDown"));
        }),
        case(
            "part: 503 ServiceUnavailable for ever",
            THREE_PARTS,
            |site| {
                often(site, 9, || Fault::error(503, "ServiceUnavailable"));
            },
        ),
        case("part: 400 BadDigest", THREE_PARTS, |site| {
            second(site, Fault::error(400, "BadDigest"));
        }),
        case("part: 404 NoSuchUpload", THREE_PARTS, |site| {
            second(site, Fault::error(404, "NoSuchUpload"));
        }),
        case("part: ETag of other bytes", THREE_PARTS, |site| {
            second(site, Fault::etag("00000000000000000000000000000000"));
        }),
        case("part: weak ETag", THREE_PARTS, |site| {
            second(site, Fault::weak_etag())
        }),
        case("part: VOD refuses to sign", THREE_PARTS, |site| {
            for _ in 0..2 {
                // The start and the first part.
                site.service
                    .reply_to("ShowAssetTempAuthority", Reply::documented());
            }
            let refusal = Reply::error(403, "VOD.10135", "The asset is not being uploaded.");
            site.service.reply_to("ShowAssetTempAuthority", refusal);
        }),
    ]
}

fn joins() -> Vec<Case> {
    fn join(site: &Site, fault: Fault) {
        site.objects().fail(Step::Join, fault);
    }
    vec![
        case("join: reply lost", THREE_PARTS, |site| {
            join(site, Fault::lost_reply())
        }),
        case("join: reply lost, then 503", THREE_PARTS, |site| {
            join(site, Fault::lost_reply());
            join(site, Fault::error(503, "ServiceUnavailable"));
        }),
        case("join: connection reset, not done", THREE_PARTS, |site| {
            join(site, Fault::reset_after(10));
        }),
        case("join: nothing moves", THREE_PARTS, |site| {
            join(site, Fault::stall_after(10))
        }),
        case("join: 503 ServiceUnavailable", THREE_PARTS, |site| {
            join(site, Fault::error(503, "ServiceUnavailable"));
        }),
        case("join: InternalError in a success", THREE_PARTS, |site| {
            join(site, Fault::error_in_success("InternalError"));
        }),
        case("join: InvalidPart in a success", THREE_PARTS, |site| {
            join(site, Fault::error_in_success("InvalidPart"));
        }),
        case("join: 400 InvalidPart", THREE_PARTS, |site| {
            join(site, Fault::error(400, "InvalidPart"));
        }),
        case("join: 503, then 400 InvalidPart", THREE_PARTS, |site| {
            join(site, Fault::error(503, "ServiceUnavailable"));
            join(site, Fault::error(400, "InvalidPart"));
        }),
        case("join: aborted by somebody", THREE_PARTS, |site| {
            join(site, Fault::error(404, "NoSuchUpload"));
        }),
        case("join: ETag of other bytes", THREE_PARTS, |site| {
            join(site, Fault::etag("00000000000000000000000000000000-3"));
        }),
        case("join: ETag that is no MD5", THREE_PARTS, |site| {
            join(site, Fault::etag("encrypted"))
        }),
    ]
}

fn calls() -> Vec<Case> {
    vec![
        case("create: connection reset", WHOLE, |site| {
            site.service
                .reply_to("CreateAssetByFileUpload", Reply::reset());
        }),
        case("create: refused", WHOLE, |site| {
            let refusal = Reply::error(403, "VOD.10089", "The resource quota is used up.");
            site.service.reply_to("CreateAssetByFileUpload", refusal);
        }),
        case("create: no URL", WHOLE, |site| {
            let reply = Reply::json(200, json!({"asset_id": "a1"}));
            site.service.reply_to("CreateAssetByFileUpload", reply);
        }),
        case("confirm: connection reset", WHOLE, |site| {
            site.service.reply_to("ConfirmAssetUpload", Reply::reset());
        }),
        case("confirm: refused, as it was confirmed", WHOLE, |site| {
            let refusal = Reply::error(403, "VOD.10126", "The state does not allow it.");
            site.service.reply_to("ConfirmAssetUpload", refusal);
            let asset = json!({"asset_info_array": [{"asset_id": "a1", "status": " PUBLISHED"}]});
            site.service
                .reply_to("ShowAssetMeta", Reply::json(200, asset));
        }),
        case("confirm: refused, as it was canceled", WHOLE, |site| {
            let refusal = Reply::error(403, "VOD.10126", "The state does not allow it.");
            site.service.reply_to("ConfirmAssetUpload", refusal);
            let asset = json!({"asset_info_array": [{"asset_id": "a1", "status": "CANCELLED"}]});
            site.service
                .reply_to("ShowAssetMeta", Reply::json(200, asset));
        }),
    ]
}

/// One line: the outcome, what was sent, and what is there afterwards.
fn line(site: &Site, name: &str, result: Result<Uploaded, Error>) -> String {
    let outcome = match result {
        Ok(done) => format!("done, {:?} compared", done.check),
        Err(error) => error.to_string(),
    };
    let steps = site.steps();
    let mut data: Vec<_> = steps
        .iter()
        .filter(|(step, _)| matches!(step, Step::Put | Step::Part))
        .collect();
    let sent = data.len();
    data.sort_unstable_by_key(|(_, number)| *number);
    data.dedup();
    let objects = site.objects();
    let created = site.service.requests();
    let created = created.iter().find_map(|request| {
        let id = request.parameters().get("asset_id")?.as_str()?.to_owned();
        let status = objects.asset(&id)?.status;
        Some((id, status))
    });
    let (outcome, status) = match created {
        Some((id, status)) => (outcome.replace(&id, "ID"), status),
        None => (outcome, "unknown".to_owned()),
    };
    let mut text = format!("{name}\n    {outcome}\n    ");
    let _ = write!(
        text,
        "store: {} requests, {} bodies sent again; asset: {}; objects: {}, open uploads: {}",
        steps.len(),
        sent - data.len(),
        status,
        objects.keys().len(),
        objects.uploads().len(),
    );
    text
}

#[tokio::test(start_paused = true)]
async fn each_fault_has_an_outcome() {
    let mut table = String::new();
    for case in cases() {
        let site = Site::with((case.storage)(Storage::new()), |client| client).await;
        (case.fail)(&site);
        let path = site.file("a.mp4", &noise(case.size));
        let upload = site.client.upload(&path).part_size(PART).concurrency(1);
        let result = upload.await;
        if result.is_ok() {
            assert_eq!(site.stored(), noise(case.size), "{}", case.name);
        }
        let line = line(&site, case.name, result);
        assert!(!line.contains("Signature="), "{line}");
        let _ = writeln!(
            table,
            "{}\n",
            line.replace(&site.service.endpoint(), "http://SERVICE")
        );
    }
    assert_snapshot!(table);
}
