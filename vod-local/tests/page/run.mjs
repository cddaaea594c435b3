// The page at /_vod/ in a real browser: node run.mjs SERVER BROWSER FOLDER
//
// Starts the server, sends requests, looks at the page as a person would, and leaves screenshots in the folder. Needs no
// packages: the browser is spoken to through its debugging pipe.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [program, browser, folder] = process.argv.slice(2);
const PROJECT = "0123456789abcdef0123456789abcdef";
const TITLE = `<script>window.broken = 1</script><img src=x onerror="window.broken = 1"> & "Holidays"`;

// The server.

const server = spawn(program, ["--port", "0", "--log", "off", "--progress", "time"], {
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, CI: "" },
});
const first = await new Promise((resolve) => server.stdout.once("data", (data) => resolve(String(data))));
const url = first.match(/http:\/\/[^ ]+/)[0];

const sha = (text) => createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest("hex");

// A signed request. `signed` is the body that is signed instead of the one that is sent.
async function call(method, path, body = "", { signed = body, version = "v1.0" } = {}) {
  const [name, query = ""] = path.split("?");
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const host = url.slice("http://".length);
  const sorted = query.split("&").sort().join("&");
  const canonical = [method, `/${version}/${PROJECT}${name}/`, sorted, `host:${host}`, `x-sdk-date:${date}`, "",
    "host;x-sdk-date", sha(signed)].join("\n");
  const signature = hmac("local", ["SDK-HMAC-SHA256", date, sha(canonical)].join("\n"));
  const headers = {
    "X-Sdk-Date": date,
    Authorization: `SDK-HMAC-SHA256 Access=local, SignedHeaders=host;x-sdk-date, Signature=${signature}`,
  };
  if (body) headers["Content-Type"] = "application/json";
  const reply = await fetch(`${url}/${version}/${PROJECT}${path}`, { method, headers, body: body || undefined });
  const text = await reply.text();
  return { status: reply.status, json: text.startsWith("{") ? JSON.parse(text) : null };
}

async function create(title) {
  const body = { title, video_name: "a.mp4", video_type: "MP4", template_group_name: "system_template_group" };
  const { status, json } = await call("POST", "/asset", JSON.stringify(body));
  assert.equal(status, 200, JSON.stringify(json));
  return json;
}

async function upload(title) {
  const { asset_id, video_upload_url } = await create(title);
  const put = await fetch(video_upload_url, { method: "PUT", headers: { "Content-Type": "video/mp4" }, body: "file" });
  assert.equal(put.status, 200);
  const body = JSON.stringify({ asset_id, status: "CREATED" });
  assert.equal((await call("POST", "/asset/status/uploaded", body)).status, 200);
  return asset_id;
}

// An upload in parts that stays open.
async function parts(title) {
  const { asset_id, target } = await create(title);
  const authority = async (query) => {
    const object = encodeURIComponent(target.object);
    const path = `/asset/authority?bucket=${target.bucket}&object_key=${object}&${query}`;
    return (await call("GET", path, "", { version: "v1.1" })).json.sign_str;
  };
  const start = await fetch(await authority("http_verb=POST&content_type=video%2Fmp4"), {
    method: "POST",
    headers: { "Content-Type": "video/mp4" },
  });
  const id = (await start.text()).match(/<UploadId>(.*)<\/UploadId>/)[1];
  for (const number of [1, 2, 3]) {
    const part = await fetch(await authority(`http_verb=PUT&upload_id=${id}&part_number=${number}`), {
      method: "PUT",
      headers: { "Content-Type": "application/octet-stream" },
      body: "part".repeat(1000),
    });
    assert.equal(part.status, 200, await part.text());
  }
  return asset_id;
}

// The browser.

const profile = mkdtempSync(join(tmpdir(), "page-"));
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
  "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"];
const chromium = spawn(browser, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const waiting = new Map();
const problems = [];
let number = 0;
let rest = "";
chromium.stdio[4].on("data", (data) => {
  const messages = (rest + data).split("\0");
  rest = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    if (message.id) waiting.get(message.id)(message);
    else if (message.method === "Runtime.exceptionThrown") problems.push(message.params.exceptionDetails);
    else if (message.method === "Log.entryAdded") problems.push(message.params.entry);
  }
});

let session;
async function tell(method, params = {}) {
  const id = ++number;
  const reply = new Promise((resolve) => waiting.set(id, resolve));
  chromium.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + "\0");
  const { result, error } = await reply;
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

async function look(expression) {
  const found = await tell("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (found.exceptionDetails) throw new Error(JSON.stringify(found.exceptionDetails));
  return found.result.value;
}

// Looks until it is so.
async function until(name, expression) {
  const end = Date.now() + 15_000;
  while (!(await look(expression))) {
    if (Date.now() > end) throw new Error(`${name}: this did not come true: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.log(`ok: ${name}`);
}

const text = (id) => `document.getElementById(${JSON.stringify(id)}).textContent`;
const click = (selector) => look(`document.querySelector(${JSON.stringify(selector)}).click()`);

async function press(key, code = key, typed) {
  for (const type of ["keyDown", "keyUp"]) {
    await tell("Input.dispatchKeyEvent", { type, key, code, text: type === "keyDown" ? typed : undefined });
  }
}

async function size(width, height) {
  await tell("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
}

async function scheme(value) {
  await tell("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
}

async function screenshot(name) {
  const { cssContentSize } = await tell("Page.getLayoutMetrics");
  const clip = { ...cssContentSize, scale: 1 };
  const { data } = await tell("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
  writeFileSync(join(folder, `${name}.png`), Buffer.from(data, "base64"));
}

async function run() {
  mkdirSync(folder, { recursive: true });
  const { targetInfos } = await tell("Target.getTargets");
  const { targetId } = targetInfos.find(({ type }) => type === "page");
  session = (await tell("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  for (const domain of ["Runtime", "Log", "Page"]) await tell(`${domain}.enable`);
  await size(1400, 1000);
  await tell("Page.navigate", { url: `${url}/_vod/` });
  await until("the page is live", `document.getElementById("live")?.className === "on"`);
  await until("it says what is not there yet", `${text("requests")}.includes("No request has come yet")`);
  await until("and how tasks go on", `${text("about")}.includes("progress time")`);

  // Live: what follows comes without a reload.
  const id = await upload(TITLE);
  await upload("Concert [fail:VOD.10092]");
  await parts("Lecture");
  await until("requests come live", `${text("requests")}.includes("ConfirmAssetUpload")`);
  await until("a title with a script is shown as typed", `${text("assets")}.includes(${JSON.stringify(TITLE)})`);
  assert.equal(await look("window.broken"), undefined);
  assert.equal(await look(`document.querySelectorAll("#assets script, #assets img").length`), 0);
  await until("a part has its number", `${text("requests")}.includes("part 3: ")`);
  await until("a task has a bar", `document.querySelectorAll("#tasks progress").length > 1`);
  await until("an upload has its parts", `${text("uploads")}.includes("3 parts, 12,000 bytes: 1, 2, 3")`);

  await click("#advance");
  await until("ten minutes later the work is done", `${text("assets")}.includes("TRANSCODE_SUCCEED")`);
  await until("or has failed", `${text("tasks")}.includes("VOD.10092")`);
  await until("events were sent", `${text("events")}.includes("transcodeComplete")`);

  await look(`document.getElementById("operation").value = "ShowAssetDetail"`);
  await click("#fail");
  await until("the next one is to fail", `${text("about")}.includes("ShowAssetDetail fails with 503")`);
  assert.equal((await call("GET", `/asset/details?asset_id=${id}`)).status, 503);
  assert.equal((await call("GET", `/asset/details?asset_id=${id}`)).status, 200);
  await until("the failure is marked", `${text("requests")}.includes("a failure that was asked for")`);

  // Why 401.
  const body = JSON.stringify({ asset_id: [id] });
  assert.equal((await call("POST", "/asset/status/publish", body, { signed: "" })).status, 401);
  await until("a refused request is there", `${text("requests")}.includes("APIGW.0301")`);
  await click("#requests [data-number]");
  await until("both canonical requests are shown", `document.querySelectorAll("#detail mark").length === 2`);
  assert.match(await look(text("detail")), /The request that was signed has no body/);
  assert.doesNotMatch(await look(text("detail")), /Signature=[0-9a-f]/);
  await screenshot("why-401");

  // The keyboard alone.
  await press("Escape");
  await until("Escape closes it", `document.getElementById("detail").hidden`);
  await until("and goes back to the row", `document.activeElement.dataset.number !== undefined`);
  const row = await look("document.activeElement.dataset.number");
  await press("ArrowDown");
  await until("the next row is below", `document.activeElement.dataset.number === "${row - 1}"`);
  await press("Enter", "Enter", "\r");
  await until("Enter opens a request", `!document.getElementById("detail").hidden`);
  await press("Escape");
  await press("/", "Slash", "/");
  await until("a slash leads to the filter", `document.activeElement.id === "filter"`);
  await tell("Input.insertText", { text: "503 detail" });
  await until("the filter leaves what fits", `document.querySelectorAll("#requests [data-number]").length === 1`);
  await look(`document.getElementById("filter").value = ""; document.getElementById("filter").dispatchEvent(new Event("input"))`);

  await until("without a filter all are there", `document.querySelectorAll("#requests [data-number]").length > 10`);

  // A reply that has a signed URL, which is hidden.
  await look(`[...document.querySelectorAll("#requests [data-number]")].find((row) => row.textContent.includes("CreateAsset")).click()`);
  await until("a request shows headers and bodies", `${text("detail")}.includes("video_upload_url")`);
  assert.doesNotMatch(await look(text("detail")), /Signature=(?!\[redacted\])/);

  for (const width of [1400, 420]) {
    for (const colours of ["light", "dark"]) {
      await size(width, 1000);
      await scheme(colours);
      await until(`${width} ${colours}: nothing is wider than the window`,
        `document.documentElement.scrollWidth <= ${width}`);
      await screenshot(`${width}-${colours}`);
    }
  }

  await click("#reset");
  await until("a reset empties it", `${text("requests")}.includes("No request has come yet")
    && ${text("assets")}.includes("No media asset yet")`);
  assert.equal(await look("window.broken"), undefined);
  assert.deepEqual(problems, []);
  console.log("the page: all is well");
}

let code = 0;
try {
  await run();
} catch (error) {
  console.error(error);
  if (problems.length) console.error(JSON.stringify(problems, null, 1));
  code = 1;
}
chromium.kill();
server.kill();
await Promise.race([new Promise((resolve) => chromium.once("exit", resolve)), new Promise((r) => setTimeout(r, 3000))]);
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
process.exit(code);
