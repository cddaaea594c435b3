#!/usr/bin/env python3
"""Sends the recorded requests of vod-api to a mock server and lists those that it refuses.

    replay.py http://127.0.0.1:4010 < vod-api/tests/data/wire-vectors.jsonl
"""

import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request


# The recorded values are at random, so a request can break these rules. All others it has to keep.
LIMITS = {
    *("enum", "format", "maximum", "maxItems", "maxLength", "minimum", "minItems", "minLength", "pattern", "required"),
    # What fields say of each other.
    *("anyOf", "dependentRequired", "if", "not", "oneOf"),
}


def send(base, wire):
    """The status of the reply, the keywords that the request breaks, and what the mock server says about them."""
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
            return reply.status, set(), []
    except urllib.error.HTTPError as error:
        # A long list is cut off, so it need not be JSON.
        violations = error.headers.get("sl-violations", "")
        rules = re.findall(r'"severity":"Error","code":"(\w+)"', violations)
        return error.code, set(rules), re.findall(r'"message":"((?:[^"\\]|\\.)*)"', violations)


def main():
    base = sys.argv[1].rstrip("/")
    count = {"accepted": 0, "beyond a limit": 0, "refused": 0}
    for number, line in enumerate(sys.stdin, 1):
        vector = json.loads(line)
        status, rules, messages = send(base, vector["wire"])
        if status < 300:
            count["accepted"] += 1
            continue
        outcome = "beyond a limit" if rules and rules <= LIMITS else "refused"
        count[outcome] += 1
        print(f"line {number}: {vector['operation']}: {outcome}, HTTP {status}")
        for message in messages:
            print(f"    {message}")
    print(", ".join(f"{number} {outcome}" for outcome, number in count.items()))
    return 0 if count["accepted"] and not count["refused"] else 1


sys.exit(main())
