#!/usr/bin/env python3
"""Sends the recorded requests of vod-api to a mock server and lists those that it refuses.

    replay.py http://127.0.0.1:4010 < vod-api/tests/data/wire-vectors.jsonl
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request


def send(base, wire):
    """The status of the reply and its text."""
    url = base + wire["path"]
    if wire["query"]:
        pairs = [(name, value) for name, value in wire["query"]]
        url += "?" + urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote)
    headers = {"X-Auth-Token": "token"}
    body = None
    if wire["body"] is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(wire["body"]).encode()
    request = urllib.request.Request(url, body, headers, method=wire["method"])
    try:
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        # Prism says here what is wrong; the body is what the service would say.
        return error.code, error.headers.get("sl-violations") or error.read().decode()


def main():
    base = sys.argv[1].rstrip("/")
    sent = refused = 0
    for number, line in enumerate(sys.stdin, 1):
        vector = json.loads(line)
        status, text = send(base, vector["wire"])
        sent += 1
        if status >= 300:
            refused += 1
            print(f"line {number}: {vector['operation']}: {status} {text}")
    print(f"{sent} sent, {refused} refused")
    return 1 if refused or not sent else 0


sys.exit(main())
