"""Protocols without I/O: bytes in, events out. Nothing here opens a socket, sleeps or imports
gevent.
"""
