"""The options that concern HTTP, names and TLS (k6 1.8.1 ``lib/options.go``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from math import inf

from ktb_load.pem import load_pem
from ktb_load.plan.fields import Fields

DNS_SELECTS = ("random", "first", "roundRobin")
DNS_POLICIES = ("preferIPv4", "preferIPv6", "onlyIPv4", "onlyIPv6", "any")
TLS_VERSIONS = ("tls1.0", "tls1.1", "tls1.2", "tls1.3")
HTTP_DEBUG = ("", "headers", "full")

_ADDRESS = re.compile(
    r"\[(?P<six>[^]]+)\](?::(?P<port>\d+))?|(?P<four>[^:]+)(?::(?P<port4>\d+))?|(?P<bare>.+)"
)

KEYS = (
    "blacklistIPs",
    "blockHostnames",
    "discardResponseBodies",
    "dns",
    "hosts",
    "httpDebug",
    "insecureSkipTLSVerify",
    "maxRedirects",
    "noConnectionReuse",
    "noCookiesReset",
    "noVUConnectionReuse",
    "rps",
    "tlsAuth",
    "tlsVersion",
    "userAgent",
)


@dataclass(frozen=True)
class Dns:
    """How names become addresses."""

    ttl_s: float = 300.0
    select: str = "random"
    policy: str = "preferIPv4"


@dataclass(frozen=True)
class ClientCertificate:
    """One entry of ``tlsAuth``; certificate and key as PEM text."""

    cert: str
    key: str
    password: str = ""
    domains: tuple[str, ...] = ()
    """Where it is shown; empty: everywhere. ``*.`` in front matches what is below."""


@dataclass(frozen=True, kw_only=True)
class NetworkOptions:
    """Checked values."""

    blacklist_ips: tuple[IPv4Network | IPv6Network, ...] = ()
    block_hostnames: tuple[str, ...] = ()
    discard_response_bodies: bool = False
    dns: Dns = Dns()
    hosts: Mapping[str, str]
    """``name``, ``*.name`` or either with a port -> ``IP`` or ``IP:port``."""
    http_debug: str = ""
    insecure_skip_tls_verify: bool = False
    max_redirects: int = 10
    no_connection_reuse: bool = False
    no_cookies_reset: bool = False
    no_vu_connection_reuse: bool = False
    rps: int = 0
    """Requests a second over all VUs; 0: as many as come."""
    tls_auth: tuple[ClientCertificate, ...] = ()
    tls_min: str = "tls1.2"
    tls_max: str = "tls1.3"
    user_agent: str = ""


def read_network(fields: Fields) -> NetworkOptions:
    """Read what a plan says about the network; problems go into ``fields``."""
    tls_min, tls_max = _tls_versions(fields)
    return NetworkOptions(
        blacklist_ips=_networks(fields),
        block_hostnames=_patterns(fields),
        discard_response_bodies=fields.boolean("discardResponseBodies", False),
        dns=_dns(fields),
        hosts=_hosts(fields),
        http_debug=_http_debug(fields),
        insecure_skip_tls_verify=fields.boolean("insecureSkipTLSVerify", False),
        max_redirects=fields.integer("maxRedirects", 10),
        no_connection_reuse=fields.boolean("noConnectionReuse", False),
        no_cookies_reset=fields.boolean("noCookiesReset", False),
        no_vu_connection_reuse=fields.boolean("noVUConnectionReuse", False),
        rps=fields.integer("rps", 0),
        tls_auth=_certificates(fields),
        tls_min=tls_min,
        tls_max=tls_max,
        user_agent=fields.text("userAgent", ""),
    )


def _networks(fields: Fields) -> tuple[IPv4Network | IPv6Network, ...]:
    networks = []
    for number, text in enumerate(fields.text_list("blacklistIPs", ())):
        try:
            networks.append(ip_network(text, strict=False))
        except ValueError:
            what = f"invalid CIDR address: {text}"
            fields.problem(("blacklistIPs", number), what, "write for example 10.0.0.0/8")
    return tuple(networks)


def _patterns(fields: Fields) -> tuple[str, ...]:
    patterns = fields.text_list("blockHostnames", ())
    for number, pattern in enumerate(patterns):
        if not _is_pattern(pattern):
            what = f"invalid hostname pattern '{pattern}'"
            fields.problem(("blockHostnames", number), what, "a * may only stand in front")
    return tuple(pattern.lower() for pattern in patterns)


def _is_pattern(text: str) -> bool:
    return "*" not in text.removeprefix("*.") and text.removeprefix("*.") != ""


def _hosts(fields: Fields) -> dict[str, str]:
    hosts = fields.text_mapping("hosts")
    for name, address in hosts.items():
        if not _is_pattern(name):
            fields.problem(("hosts", name), f"invalid hostname pattern '{name}'")
        said = _ADDRESS.fullmatch(address)
        try:
            ip_address(said["six"] or said["bare"] or said["four"] if said else address)
        except ValueError:
            instead = "write an IP address, with or without a port"
            fields.problem(("hosts", name), f"{address!r} is not an address", instead)
        if said and int(said["port"] or said["port4"] or 0) > 65_535:
            fields.problem(("hosts", name), f"{address!r} has no possible port")
    return {name.lower(): address for name, address in hosts.items()}


def _dns(fields: Fields) -> Dns:
    below = fields.mapping("dns")
    if below is None:
        return Dns()
    below.known(("ttl", "select", "policy"))
    ttl = below.raw("ttl")
    ttl_s = inf if ttl == "inf" else below.duration("ttl", 300.0)
    return Dns(
        ttl_s,
        below.choice("select", "random", DNS_SELECTS),
        below.choice("policy", "preferIPv4", DNS_POLICIES),
    )


def _http_debug(fields: Fields) -> str:
    if fields.raw("httpDebug") is True:
        return "headers"
    return fields.choice("httpDebug", "", HTTP_DEBUG)


def _tls_versions(fields: Fields) -> tuple[str, str]:
    if isinstance(fields.raw("tlsVersion"), str):
        only = fields.choice("tlsVersion", "tls1.3", TLS_VERSIONS)
        return only, only
    below = fields.mapping("tlsVersion")
    if below is None:
        return "tls1.2", "tls1.3"
    below.known(("min", "max"))
    return below.choice("min", "tls1.2", TLS_VERSIONS), below.choice("max", "tls1.3", TLS_VERSIONS)


def _certificates(fields: Fields) -> tuple[ClientCertificate, ...]:
    certificates = []
    for entry in fields.mappings("tlsAuth"):
        entry.known(("cert", "key", "password", "domains"))
        missing = [key for key in ("cert", "key") if "-----BEGIN" not in entry.text(key, "")]
        for key in missing:
            instead = "write it as PEM text (YAML: after `|`)"
            entry.problem(key, f"the {key} is missing or is no PEM", instead)
        certificate = ClientCertificate(
            entry.text("cert", ""),
            entry.text("key", ""),
            entry.text("password", ""),
            tuple(domain.lower() for domain in entry.text_list("domains", ())),
        )
        if not missing and (fault := _fault_of(certificate)):
            instead = "give a key that belongs to the certificate, and its password if it has one"
            entry.problem((), f"the certificate cannot be used: {fault}", instead)
        certificates.append(certificate)
    return tuple(certificates)


def _fault_of(certificate: ClientCertificate) -> str:
    """What OpenSSL says to it; empty if it can be used."""
    import ssl  # noqa: PLC0415  # few plans have certificates

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        load_pem(context, certificate.cert, certificate.key, certificate.password)
    except OSError as error:
        reason = getattr(error, "reason", None) or "it cannot be read with its key and password"
        return str(reason).lower().replace("_", " ")
    return ""
