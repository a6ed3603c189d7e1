"""The chat systems that can be served: a module or a folder each, found by its name.

``an_example`` is served as ``an-example``. What it must hold is ``SYSTEM``, see
``reference_server.system``.
"""
