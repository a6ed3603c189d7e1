"""Documents of a back end -> a user class, a locustfile and plans: what people start from.

Readers (``openapi``, ``asyncapi``, ``postman``) make one neutral ``model`` of it; ``session``,
``links`` and ``flow`` find out who signs in, which answer feeds which call and what comes first;
``user_module``, ``socket_module``, ``locustfile`` and ``plan_file`` write it. Nothing here runs a
load.
"""
