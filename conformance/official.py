"""The official SDK's side: sends the requests that come in, a line of JSON each, and answers each with a line.

A line holds `operation` and `request`, the request as vod-api stores it: one object, wire name to value, wherever the
value travels. `sent` is what vod-api sent for it; the SDK's signer signs it once more.
"""

import functools
import json
import os
import re
import sys
from urllib.parse import unquote

# The SDK writes a file below HOME when it is imported, and asks a proxy for services on this machine.
os.environ.update(HOME=sys.prefix, NO_PROXY="127.0.0.1")

import huaweicloudsdkvod.v1 as sdk
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import SdkException, ServiceResponseException
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

ENDPOINT, PROJECT_ID = sys.argv[1:]


@functools.lru_cache(maxsize=None)
def credentials(access_key, secret_key, security_token):
    made = BasicCredentials(access_key, secret_key, PROJECT_ID)
    return made.with_security_token(security_token) if security_token else made


@functools.lru_cache(maxsize=None)
def client(*key):
    builder = sdk.VodClient.new_builder()
    return builder.with_credentials(credentials(*key)).with_endpoints([ENDPOINT]).build()


def model(type_name, value):
    """The value as the type that the SDK's models name, such as `list[Tag]` or `dict(str, str)`."""
    if value is None:
        return None
    inner = re.fullmatch(r"list\[(.+)\]", type_name)
    if inner:
        return [model(inner[1], item) for item in value]
    inner = re.fullmatch(r"dict\(str, (.+)\)", type_name)
    if inner:
        return {name: model(inner[1], item) for name, item in value.items()}
    known = getattr(sdk, type_name, None)
    return fill(known, dict(value)) if known else value


def fill(known, values):
    """An instance of a model with these values. What a request does not know is for its body."""
    types = known.openapi_types
    arguments = {
        attribute: model(types[attribute], values.pop(name))
        for attribute, name in known.attribute_map.items()
        if name in values
    }
    if "body" in types:
        arguments["body"] = model(types["body"], values)
    elif values:
        raise LookupError(f"{known.__name__} has no {', '.join(values)}")
    return known(**arguments)


def send(key, operation, request):
    """What went wrong, or nothing."""
    try:
        method = getattr(client(*key), re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower())
        method(fill(getattr(sdk, operation + "Request"), dict(request)))
    except ServiceResponseException as error:
        return f"{error.status_code} {error.error_code}: {error.error_msg}"
    except (SdkException, LookupError, AttributeError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def signed(key, sent):
    """The `Authorization` that the SDK gives to a request with these headers."""
    names = re.search("SignedHeaders=([^,]*)", sent["headers"]["authorization"])[1].split(";")
    query = (pair.partition("=") for pair in sent["query"].split("&") if pair)
    request = SdkRequest(
        method=sent["method"],
        resource_path=sent["path"],
        query_params=[(unquote(name), unquote(value)) for name, _, value in query],
        header_params={name: sent["headers"][name] for name in names},
        body=sent["body"],
    )
    return Signer(credentials(*key)).sign(request).header_params["Authorization"]


for line in sys.stdin:
    task = json.loads(line)
    answer = {
        "error": send(task["key"], task["operation"], task["request"]),
        "authorization": task["sent"] and signed(task["key"], task["sent"]),
    }
    print(json.dumps(answer), flush=True)
