//! The signature alone, against one that is written down step by step.

use std::time::SystemTime;

use divan::{AllocProfiler, Bencher, black_box};
use vod_api::support::bench;
use vod_api::support::service::SignedParts;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const TARGET: (&str, &str, &str) = (
    "DELETE",
    "/v1/05041fffa40025702f6dc009cc6f8f33/asset/thumbnails",
    "asset_id=41cff636d5b12a51e7eb2838bbf45201&task_id=2000030&task_id=2000031",
);
const HEADERS: &[(&str, &str)] = &[
    ("host", "vod.cn-north-4.myhuaweicloud.com"),
    ("user-agent", "vod-api/0.1.0"),
    ("x-project-id", "05041fffa40025702f6dc009cc6f8f33"),
];
const KEY: (&str, &str) = (
    "ACCESSKEYACCESSKEY01",
    "SecretKeySecretKeySecretKeySecretKey0123",
);

fn main() {
    divan::main();
}

/// Without a body, and with one.
const BODIES: [usize; 2] = [0, 1000];

#[divan::bench(args = BODIES)]
fn vod_api(bencher: Bencher<'_, '_>, body: usize) {
    let (body, at) = (vec![b'x'; body], SystemTime::now());
    let (method, path, query) = TARGET;
    let (access_key, secret_key) = KEY;
    let parts = SignedParts {
        method,
        path,
        query,
        headers: HEADERS,
        body: &body,
    };
    bencher.bench(|| bench::sign(black_box(&parts), access_key, secret_key, at));
}

#[divan::bench(args = BODIES)]
fn by_hand(bencher: Bencher<'_, '_>, body: usize) {
    let (body, at) = (vec![b'x'; body], SystemTime::now());
    bencher.bench(|| vod_bench::sign(black_box(TARGET), HEADERS, &body, KEY, at));
}
