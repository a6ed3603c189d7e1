"""A plan's network options -> what the clients understand."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ktb_load.clients.dialer import Dialer
from ktb_load.clients.http import HttpOptions
from ktb_load.clients.proxies import Proxies
from ktb_load.clients.request_pace import RequestPace
from ktb_load.clients.resolver import Rules
from ktb_load.clients.tls import Certificate, TlsOptions
from ktb_load.errors import AuthorError, Place, Problem
from ktb_load.executors.share import Share
from ktb_load.plan.network import NetworkOptions


def dialer_for(options: NetworkOptions, environ: Mapping[str, str] = os.environ) -> Dialer:
    """One for all VUs of a run.

    Raises:
        AuthorError: a proxy in the environment is none.
    """
    rules = Rules(
        hosts=options.hosts,
        block_hostnames=options.block_hostnames,
        blacklist_ips=options.blacklist_ips,
        ttl_s=options.dns.ttl_s,
        select=options.dns.select,
        policy=options.dns.policy,
    )
    tls = TlsOptions(
        insecure_skip_verify=options.insecure_skip_tls_verify,
        min_version=options.tls_min,
        max_version=options.tls_max,
        certificates=[
            Certificate(one.cert, one.key, one.password, one.domains) for one in options.tls_auth
        ],
    )
    try:
        return Dialer(rules, tls, proxies=Proxies(environ))
    except ValueError as error:
        raise AuthorError([Problem(Place("environment"), str(error))]) from None


def http_options_for(options: NetworkOptions, share: Share) -> HttpOptions:
    """The same for all VUs of a run; ``rps`` is cut like everything else."""
    return HttpOptions(
        no_connection_reuse=options.no_connection_reuse,
        no_vu_connection_reuse=options.no_vu_connection_reuse,
        no_cookies_reset=options.no_cookies_reset,
        max_redirects=options.max_redirects,
        discard_response_bodies=options.discard_response_bodies,
        debug=options.http_debug,
        pace=RequestPace(options.rps / share.count) if options.rps > 0 else None,
    )
