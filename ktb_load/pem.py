"""Certificates as PEM text, for TLS contexts, which read them from files only."""

from __future__ import annotations

import tempfile
from typing import Any


def load_pem(context: Any, cert: str, key: str, password: str = "") -> None:
    """Make ``context`` show a certificate; an encrypted key is never asked for on a terminal.

    Raises:
        OSError: they cannot be used; mostly its child ``ssl.SSLError``.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(f"{cert}\n{key}\n")
        file.flush()
        context.load_cert_chain(file.name, password=lambda: password)
