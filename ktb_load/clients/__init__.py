"""How bytes travel: sockets, timings, samples. Everything here waits on the gevent loop."""
