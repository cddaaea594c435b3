"""The official SDK against the server of vod-local, as a program that knows nothing of it: the environment is all there is.

A media asset goes from its upload to its deletion. Each reply has what the docs call mandatory, which `vod-local` checks in
its own tests; here it is the SDK that reads it.
"""

import hashlib
import http.client
import os
import sys
from urllib.parse import urlsplit

# The SDK writes a file below HOME when it is imported, and asks a proxy for services on this machine.
os.environ.update(HOME=sys.prefix, NO_PROXY="127.0.0.1")

import huaweicloudsdkvod.v1 as sdk
import requests
from huaweicloudsdkvod.v1.region.vod_region import VodRegion

TEMPLATES = "system_template_group"
PART = 100 * 1024

# Credentials, endpoints and project come from the environment.
vod = sdk.VodClient.new_builder().with_region(VodRegion.value_of("cn-north-4")).build()


def video(size):
    return bytes(index % 251 for index in range(size))


def create(title, **more):
    body = sdk.CreateAssetByFileUploadReq(title=title, video_name=title + ".mp4", video_type="MP4", **more)
    return vod.create_asset_by_file_upload(sdk.CreateAssetByFileUploadRequest(body=body))


def confirm(asset_id, status="CREATED"):
    body = sdk.ConfirmAssetUploadReq(asset_id=asset_id, status=status)
    return vod.confirm_asset_upload(sdk.ConfirmAssetUploadRequest(body=body))


def in_one_piece(title, **more):
    created = create(title, **more)
    reply = requests.put(created.video_upload_url, data=video(1000), headers={"Content-Type": "video/mp4"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["ETag"].strip('"') == hashlib.md5(video(1000)).hexdigest()
    confirm(created.asset_id)
    return created.asset_id


def signed(target, verb, **more):
    request = sdk.ShowAssetTempAuthorityRequest(
        http_verb=verb, bucket=target.bucket, object_key=target.object, **more
    )
    return vod.show_asset_temp_authority(request).sign_str


def send(url, verb, body=b"", headers=None):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request(verb, parts.path + "?" + parts.query, body, headers or {})
    reply = connection.getresponse()
    text = reply.read().decode()
    assert reply.status < 300, (reply.status, text)
    etag = reply.getheader("ETag")
    connection.close()
    return etag, text


def in_parts(title):
    created = create(title)
    target = created.target
    _, text = send(signed(target, "POST", content_type="video/mp4"), "POST", headers={"Content-Type": "video/mp4"})
    upload_id = text.split("<UploadId>")[1].split("</UploadId>")[0]
    data = video(2 * PART + 1)
    done = []
    for number in (1, 2, 3):
        part = data[(number - 1) * PART : number * PART]
        kind = "application/octet-stream"
        url = signed(target, "PUT", content_type=kind, upload_id=upload_id, part_number=number)
        etag, _ = send(url, "PUT", part, {"Content-Type": kind})
        done.append(f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
    kind = "application/xml"
    body = "<CompleteMultipartUpload>" + "".join(done) + "</CompleteMultipartUpload>"
    send(signed(target, "POST", content_type=kind, upload_id=upload_id), "POST", body, {"Content-Type": kind})
    confirm(created.asset_id)
    return created.asset_id


def detail(asset_id):
    return vod.show_asset_detail(sdk.ShowAssetDetailRequest(asset_id=asset_id))


def summary(asset_id):
    listed = vod.list_asset_list(sdk.ListAssetListRequest(asset_id=[asset_id]))
    assert listed.total == 1, listed
    return listed.assets[0]


def wait(asset_id, wanted, what):
    """Polls, as programs with this SDK do."""
    for _ in range(20):
        state = getattr(summary(asset_id), what)
        if state == wanted:
            return
    raise AssertionError(f"{what} of {asset_id} is {state}")


def pages(size):
    ids, page = [], 0
    while True:
        listed = vod.list_asset_list(sdk.ListAssetListRequest(page=page, size=size))
        ids += [asset.asset_id for asset in listed.assets]
        page += 1
        if len(ids) >= listed.total:
            return ids


def refused(call, code):
    try:
        call()
    except Exception as error:
        assert getattr(error, "error_code", None) == code, error
        return
    raise AssertionError(f"not refused with {code}")


def categories():
    body = sdk.CreateCategoryReq(name="films")
    films = vod.create_asset_category(sdk.CreateAssetCategoryRequest(body=body))
    refused(lambda: vod.create_asset_category(sdk.CreateAssetCategoryRequest(body=body)), "VOD.10065")
    body = sdk.UpdateCategoryReq(id=films.id, name="movies")
    vod.update_asset_category(sdk.UpdateAssetCategoryRequest(body=body))
    listed = vod.list_asset_category(sdk.ListAssetCategoryRequest(id=films.id))
    assert "movies" in str(listed), listed
    return films.id


def templates():
    common = sdk.CommonInfo(format="HLS", hls_interval=5, video_codec="H264", audio_codec="AAC")
    quality = sdk.QualityInfoList(
        video=sdk.VideoInfo(quality="SD", width=640, height=360, bitrate=700, frame_rate=25),
        audio=sdk.AudioInfo(sample_rate="AUDIO_SAMPLE_AUTO", channels="AUDIO_CHANNELS_1", bitrate=0),
    )
    body = sdk.CreateTranscodeTemplate(
        name="mine", is_default=False, is_auto_encrypt=False, quality_info_list=[quality], common=common
    )
    made = vod.create_transcode_template(sdk.CreateTranscodeTemplateRequest(body=body))
    listed = vod.list_transcode_template(sdk.ListTranscodeTemplateRequest(group_id=made.group_id))
    assert listed.total == 1, listed
    vod.delete_transcode_template(sdk.DeleteTranscodeTemplateRequest(group_id=made.group_id))


def watermark():
    body = sdk.CreateWatermarkTemplateReq(name="logo", type="PNG")
    made = vod.create_watermark_template(sdk.CreateWatermarkTemplateRequest(body=body))
    reply = requests.put(made.upload_url, data=b"png", headers={"Content-Type": "image/png"})
    assert reply.status_code == 200, reply.text
    body = sdk.ConfirmImageUploadReq(id=made.id, status="SUCCEED")
    vod.confirm_image_upload(sdk.ConfirmImageUploadRequest(body=body))
    listed = vod.list_watermark_template(sdk.ListWatermarkTemplateRequest(id=[made.id]))
    assert listed.total == 1, listed


def edit(asset_id):
    part = sdk.EditInput(asset_id=asset_id, timeline_start="0", timeline_end="30")
    settings = sdk.VodEditingSetting(format="MP4", width=1280, height=720, video_codec=1)
    body = sdk.CreateAssetEditTaskReq(inputs=[part], editing_settings=settings)
    made = vod.create_asset_edit_task(sdk.CreateAssetEditTaskRequest(body=body))
    for _ in range(20):
        task = vod.list_asset_edit_task(sdk.ListAssetEditTaskRequest(task_id=made.task_id)).tasks[0]
        if task.status == "SUCCEED":
            return made.asset_id
    raise AssertionError(f"the task is {task}")


def snapshots(asset_id):
    listed = vod.list_thumbnail_info(sdk.ListThumbnailInfoRequest(asset_id=asset_id))
    assert listed.total == 1 and listed.thumbnails[0].thumbnail_count > 0, listed
    task_id = listed.thumbnails[0].task_id
    taken = vod.list_thumbnail_details(sdk.ListThumbnailDetailsRequest(task_id=task_id)).thumbnail_result
    body = sdk.UpdateCoverByThumbnailReq(thumbnail_url=taken[0].url)
    vod.update_cover_by_thumbnail(sdk.UpdateCoverByThumbnailRequest(body=body))
    assert detail(asset_id).base_info.cover_info_array[0].cover_url, detail(asset_id).base_info


def main():
    category = categories()
    first = in_one_piece("one", category_id=category, template_group_name=TEMPLATES)
    second = in_parts("parts")
    wait(first, "TRANSCODE_SUCCEED", "transcode_status")
    base = detail(second).base_info
    assert base.title == "parts" and base.meta_data.video_size == 2 * PART + 1, base
    outputs = detail(first).transcode_info.output
    assert outputs and all(output.url for output in outputs), outputs

    body = sdk.AssetProcessReq(asset_id=second, template_group_name=TEMPLATES, thumbnail=sdk.Thumbnail(type="time", time=10))
    vod.create_asset_process_task(sdk.CreateAssetProcessTaskRequest(body=body))
    wait(second, "TRANSCODE_SUCCEED", "transcode_status")
    wait(second, "THUMBNAIL_SUCCEED", "thumbnail_status")

    body = sdk.PublishAssetReq(asset_id=[first, second])
    published = vod.publish_assets(sdk.PublishAssetsRequest(body=body))
    assert [it.status for it in published.asset_info_array] == ["PUBLISHED"] * 2, published
    playlist = requests.get(detail(first).transcode_info.output[0].url)
    assert playlist.text.startswith("#EXTM3U"), playlist.text

    for number in range(5):
        in_one_piece(f"more-{number}")
    assert len(set(pages(2))) == 7

    templates()
    watermark()
    edited = edit(first)
    snapshots(second)

    wait(edited, "CREATED", "asset_status")
    request = sdk.DeleteAssetsRequest(asset_id=[first, second, edited])
    deleted = vod.delete_assets(request)
    assert [it.status for it in deleted.delete_result_array] == ["DELETED"] * 3, deleted
    refused(lambda: detail(first), "VOD.10062")
    assert len(set(pages(3))) == 5


main()
