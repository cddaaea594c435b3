// The SDK for Node against the server of vod-local, as a program that knows nothing of it. The SDK has no regions of VOD,
// so the address is given to it; all else comes from the environment. The argument is where the SDK is installed.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";

// The SDK asks a proxy for services on this machine, too.
process.env.NO_PROXY = "127.0.0.1";
// It logs each request that is refused there.
process.stdout.write = () => true;
const load = createRequire(process.argv[2] + "/");
const sdk = load("@huaweicloud/huaweicloud-sdk-vod");
const { Region } = load("@huaweicloud/huaweicloud-sdk-core/region/region");

const endpoint = process.env.HUAWEICLOUD_SDK_REGION_VOD_CN_NORTH_4;
// With a region, the SDK looks the project up if the environment has none.
const vod = sdk.VodClient.newBuilder().withRegion(new Region("cn-north-4", endpoint)).build();

const TEMPLATES = "system_template_group";
const PART = 100 * 1024;

const video = (size) => Buffer.from(Array.from({ length: size }, (_, index) => index % 251));
const request = (name, values) => Object.assign(new sdk[name](), values);
const withBody = (name, body, values) => Object.assign(new sdk[name](), { body: request(body, values) });

function create(title, more = {}) {
  const values = { title, videoName: title + ".mp4", videoType: "MP4", ...more };
  return vod.createAssetByFileUpload(withBody("CreateAssetByFileUploadRequest", "CreateAssetByFileUploadReq", values));
}

const confirm = (assetId) =>
  vod.confirmAssetUpload(withBody("ConfirmAssetUploadRequest", "ConfirmAssetUploadReq", { assetId, status: "CREATED" }));

async function send(url, method, body, type) {
  const reply = await fetch(url, { method, body, headers: type ? { "Content-Type": type } : {} });
  const text = await reply.text();
  assert(reply.ok, `${reply.status} ${text}`);
  return { etag: reply.headers.get("etag"), text };
}

async function inOnePiece(title, more) {
  const created = await create(title, more);
  const { etag } = await send(created.video_upload_url, "PUT", video(1000), "video/mp4");
  assert.equal(etag.replaceAll('"', ""), createHash("md5").update(video(1000)).digest("hex"));
  await confirm(created.asset_id);
  return created.asset_id;
}

async function signed(target, httpVerb, more = {}) {
  const values = { httpVerb, bucket: target.bucket, objectKey: target.object, ...more };
  return (await vod.showAssetTempAuthority(request("ShowAssetTempAuthorityRequest", values))).sign_str;
}

async function inParts(title) {
  const { asset_id: id, target } = await create(title);
  const kind = "video/mp4";
  const started = await send(await signed(target, "POST", { contentType: kind }), "POST", undefined, kind);
  const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(started.text)[1];
  const data = video(2 * PART + 1);
  let done = "";
  for (const partNumber of [1, 2, 3]) {
    const contentType = "application/octet-stream";
    const url = await signed(target, "PUT", { contentType, uploadId, partNumber });
    const part = data.subarray((partNumber - 1) * PART, partNumber * PART);
    const { etag } = await send(url, "PUT", part, contentType);
    done += `<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag}</ETag></Part>`;
  }
  const contentType = "application/xml";
  const url = await signed(target, "POST", { contentType, uploadId });
  await send(url, "POST", `<CompleteMultipartUpload>${done}</CompleteMultipartUpload>`, contentType);
  await confirm(id);
  return id;
}

const detail = (assetId) => vod.showAssetDetail(request("ShowAssetDetailRequest", { assetId }));

async function wait(assetId, member, wanted) {
  let state;
  for (let poll = 0; poll < 20; poll++) {
    const listed = await vod.listAssetList(request("ListAssetListRequest", { assetId: [assetId] }));
    assert.equal(listed.total, 1);
    state = listed.assets[0][member];
    if (state === wanted) return;
  }
  assert.fail(`${member} of ${assetId} is ${state}`);
}

async function pages(size) {
  const ids = [];
  for (let page = 0; ; page++) {
    const listed = await vod.listAssetList(request("ListAssetListRequest", { page, size }));
    ids.push(...listed.assets.map((asset) => asset.asset_id));
    if (ids.length >= listed.total) return new Set(ids).size;
  }
}

const refused = (call, errorCode) => assert.rejects(call, { errorCode });

async function categories() {
  const films = () => vod.createAssetCategory(withBody("CreateAssetCategoryRequest", "CreateCategoryReq", { name: "films" }));
  const { id } = await films();
  await refused(films, "VOD.10065");
  const renamed = { name: "movies", id };
  await vod.updateAssetCategory(withBody("UpdateAssetCategoryRequest", "UpdateCategoryReq", renamed));
  const listed = await vod.listAssetCategory(request("ListAssetCategoryRequest", { id: 0 }));
  const [category] = Object.values(listed).filter((it) => it?.name);
  assert.equal(category.name, "movies");
  return id;
}

const category = await categories();
const first = await inOnePiece("one", { categoryId: category, templateGroupName: TEMPLATES });
const second = await inParts("parts");
await wait(first, "transcode_status", "TRANSCODE_SUCCEED");
const base = (await detail(second)).base_info;
assert.deepEqual([base.title, base.meta_data.video_size], ["parts", 2 * PART + 1]);
const outputs = (await detail(first)).transcode_info.output;
assert(outputs.length > 0 && outputs.every((output) => output.url));

const thumbnail = request("Thumbnail", { type: "time", time: 10 });
const work = { assetId: second, templateGroupName: TEMPLATES, thumbnail };
await vod.createAssetProcessTask(withBody("CreateAssetProcessTaskRequest", "AssetProcessReq", work));
await wait(second, "transcode_status", "TRANSCODE_SUCCEED");
await wait(second, "thumbnail_status", "THUMBNAIL_SUCCEED");

const both = { assetId: [first, second] };
const published = await vod.publishAssets(withBody("PublishAssetsRequest", "PublishAssetReq", both));
assert.deepEqual(published.asset_info_array.map((it) => it.status), ["PUBLISHED", "PUBLISHED"]);
const playlist = await send((await detail(first)).transcode_info.output[0].url, "GET");
assert(playlist.text.startsWith("#EXTM3U"));

for (let number = 0; number < 5; number++) await inOnePiece(`more-${number}`);
assert.equal(await pages(2), 7);

const deleted = await vod.deleteAssets(request("DeleteAssetsRequest", { assetId: [first, second] }));
assert.deepEqual(deleted.delete_result_array.map((it) => it.status), ["DELETED", "DELETED"]);
await refused(() => detail(first), "VOD.10062");
assert.equal(await pages(3), 5);
