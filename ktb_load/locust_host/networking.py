"""A plan's network options -> what the clients understand."""

from __future__ import annotations

from ktb_load.clients.connection import Dialer
from ktb_load.clients.http import HttpOptions
from ktb_load.clients.request_pace import RequestPace
from ktb_load.clients.resolver import Rules
from ktb_load.clients.tls import Certificate, TlsOptions
from ktb_load.executors.share import Share
from ktb_load.plan.network import NetworkOptions


def dialer_for(options: NetworkOptions) -> Dialer:
    """One for all VUs of a run."""
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
    return Dialer(rules, tls)


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
