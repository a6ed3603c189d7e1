"""What source code says of Engine.IO's transports, read before it runs: long polling is not for
everyone who may have to run it.
"""

from __future__ import annotations

import ast

_NAME, POLLING = "transports", "polling"


def polling_in(node: ast.AST) -> ast.Constant | None:
    """The text ``"polling"`` in what a node gives to ``transports``, as a keyword or a name."""
    match node:
        case ast.keyword(arg=str(name), value=value):
            pass
        case ast.Assign(targets=[ast.Name(id=name) | ast.Attribute(attr=name)], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=name) | ast.Attribute(attr=name), value=value):
            pass
        case _:
            return None
    if name != _NAME or value is None:
        return None
    texts = (below for below in ast.walk(value) if isinstance(below, ast.Constant))
    return next((text for text in texts if text.value == POLLING), None)
