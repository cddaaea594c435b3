"""Uploads by the vendor's own means: the official VOD SDK, HTTP, and the readers of the OBS SDK for what the store says.

The steps, their headers and their order are those of the vendor's walkthrough of uploads in parts. What is uploaded is a
range of numbers as bytes, so that the other side knows it.
"""

import base64
import hashlib
import http.client
import os
import sys
from urllib.parse import urlsplit

# The SDK writes a file below HOME when it is imported, and asks a proxy for services on this machine.
os.environ.update(HOME=sys.prefix, NO_PROXY="127.0.0.1")

import huaweicloudsdkvod.v1 as sdk
import requests
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from obs import ObsClient

ENDPOINT, PROJECT_ID, ACCESS_KEY, SECRET_KEY = sys.argv[1:]
PART = 100 * 1024

credentials = BasicCredentials(ACCESS_KEY, SECRET_KEY, PROJECT_ID)
vod = sdk.VodClient.new_builder().with_credentials(credentials).with_endpoints([ENDPOINT]).build()
# Only reads: no key of OBS is known here, and none is needed.
obs = ObsClient(access_key_id="-", secret_access_key="-", server=ENDPOINT)


def video(size):
    return bytes(index % 251 for index in range(size))


def create(title):
    body = sdk.CreateAssetByFileUploadReq(title=title, video_name=title + ".mp4", video_type="MP4")
    return vod.create_asset_by_file_upload(sdk.CreateAssetByFileUploadRequest(body=body))


def confirm(asset_id):
    body = sdk.ConfirmAssetUploadReq(asset_id=asset_id, status="CREATED")
    vod.confirm_asset_upload(sdk.ConfirmAssetUploadRequest(body=body))


def signed(target, verb, **more):
    request = sdk.ShowAssetTempAuthorityRequest(
        http_verb=verb, bucket=target.bucket, object_key=target.object, **more
    )
    return vod.show_asset_temp_authority(request).sign_str


def send(url, verb, reader, body=b"", headers=None):
    """Sends a request to the store, and has the OBS SDK read the reply."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request(verb, parts.path + "?" + parts.query, body, headers or {})
    result = obs._parse_xml_internal(connection.getresponse(), reader)
    connection.close()
    return result


def good(result):
    assert result.status < 300, (result.status, result.errorCode, result.errorMessage)
    return result.body


def in_one_piece():
    created = create("one")
    data = video(1000)
    reply = requests.put(created.video_upload_url, data=data, headers={"Content-Type": "video/mp4"})
    assert reply.status_code == 200, reply.text
    assert reply.headers["ETag"].strip('"') == hashlib.md5(data).hexdigest()
    confirm(created.asset_id)


def in_parts():
    created = create("parts")
    target = created.target
    url = signed(target, "POST", content_type="video/mp4")
    headers = {"Content-Type": "video/mp4"}
    upload_id = good(send(url, "POST", "initiateMultipartUpload", headers=headers)).uploadId

    data = video(2 * PART + 5)
    chunks = [data[begin : begin + PART] for begin in range(0, len(data), PART)]
    for number, chunk in enumerate(chunks, 1):
        md5 = base64.b64encode(hashlib.md5(chunk).digest()).decode()
        url = signed(target, "PUT", upload_id=upload_id, part_number=number, content_md5=md5)
        headers = {"Content-Type": "application/octet-stream", "Content-MD5": md5}
        good(send(url, "PUT", "uploadPart", chunk, headers))

    listed = good(send(signed(target, "GET", upload_id=upload_id), "GET", "listParts"))
    assert listed.uploadId == upload_id and not listed.isTruncated
    assert [part.partNumber for part in listed.parts] == [1, 2, 3]
    assert [part.size for part in listed.parts] == [len(chunk) for chunk in chunks]
    hashes = [hashlib.md5(chunk) for chunk in chunks]
    assert [part.etag.strip('"') for part in listed.parts] == [it.hexdigest() for it in hashes]

    entry = "<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>"
    entries = "".join(entry.format(part.partNumber, part.etag) for part in listed.parts)
    body = "<CompleteMultipartUpload>" + entries + "</CompleteMultipartUpload>"
    url = signed(target, "POST", upload_id=upload_id)
    headers = {"Content-Type": "application/xml"}
    joined = good(send(url, "POST", "completeMultipartUpload", body.encode(), headers))
    whole = hashlib.md5(b"".join(it.digest() for it in hashes)).hexdigest() + "-3"
    assert joined.etag.strip('"') == whole, joined.etag
    assert (joined.bucket, joined.key) == (target.bucket, target.object)
    confirm(created.asset_id)


def refused():
    created = create("refused")
    url = signed(created.target, "GET", upload_id="unknown")
    result = send(url, "GET", "listParts")
    assert (result.status, result.errorCode) == (404, "NoSuchUpload"), result
    assert result.errorMessage and result.requestId and result.hostId
    # Another type than the one that is signed.
    url = signed(created.target, "POST", content_type="video/mp4")
    result = send(url, "POST", "initiateMultipartUpload", headers={"Content-Type": "text/plain"})
    assert (result.status, result.errorCode) == (403, "SignatureDoesNotMatch"), result


in_one_piece()
in_parts()
refused()
