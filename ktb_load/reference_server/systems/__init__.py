"""The chat systems that can be served: a module or a folder each, found by its name.

``erlang_chat`` is served as ``erlang-chat``. What it must hold is ``SYSTEM``, see
``reference_server.system``.
"""
