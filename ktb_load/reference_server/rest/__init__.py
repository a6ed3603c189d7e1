"""HTTP as all systems speak it: answers, routes, uploads, event streams, and what each call passes
on its way in.
"""
