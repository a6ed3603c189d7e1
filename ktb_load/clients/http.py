"""TEMPORARY stand-in until the real client lands."""

from __future__ import annotations

import json as _json
import time
from dataclasses import dataclass

import requests

from ktb_load.metrics.recorder import Exchange


@dataclass(frozen=True)
class HttpOptions:
    base_url: str = ""
    no_connection_reuse: bool = False
    no_vu_connection_reuse: bool = False
    no_cookies_reset: bool = False
    max_redirects: int = 10
    user_agent: str | None = None
    insecure_skip_tls_verify: bool = False


class Response:
    def __init__(s, status, headers, body, error, code):
        s.status, s.headers, s.body, s.error, s.error_code = status, headers, body, error, code

    @property
    def text(s):
        return s.body.decode("utf8", "replace")

    def json(s, path=None):
        try:
            v = _json.loads(s.body)
        except Exception:
            return None
        for p in path.split(".") if path else []:
            v = v.get(p) if isinstance(v, dict) else None
        return v


class HttpClient:
    def __init__(s, recorder, options):
        s.r, s.o, s.s = recorder, options, requests.Session()

    def request(
        s,
        method,
        url,
        *,
        json=None,
        headers=None,
        name=None,
        expected=None,
        files=None,
        body=None,
        **kw,
    ):
        t = time.perf_counter()
        err = None
        try:
            r = s.s.request(
                method,
                s.o.base_url + url,
                json=json,
                headers=headers,
                files=files,
                data=body,
                timeout=10,
            )
            resp = Response(r.status_code, r.headers, r.content, "", 0)
        except Exception as e:
            resp = Response(0, {}, b"", str(e), 1212)
        ms = (time.perf_counter() - t) * 1000
        ok = (resp.status in expected) if expected else 200 <= resp.status < 400
        tags = {
            "name": name or url,
            "url": name or url,
            "status": str(resp.status),
            "method": method,
            "expected_response": str(ok).lower(),
        }
        s.r.add("http_req_duration", ms, tags)
        s.r.add("http_reqs", 1, tags)
        s.r.add("http_req_failed", not ok, tags)
        s.r.on_exchange and s.r.on_exchange(
            Exchange(
                method, name or url, ms, len(resp.body), None if ok else Exception(resp.status)
            )
        )
        return resp

    def get(s, u, **k):
        return s.request("GET", u, **k)

    def post(s, u, **k):
        return s.request("POST", u, **k)

    def put(s, u, **k):
        return s.request("PUT", u, **k)

    def delete(s, u, **k):
        return s.request("DELETE", u, **k)

    def end_iteration(s):
        pass

    def close(s):
        s.s.close()
