"""The compiler from Locust tasks to k6 scripts: not there yet, it is the project's third step."""
