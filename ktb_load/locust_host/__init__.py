"""The bridge to Locust, the only folder that imports it: VUs are its users, a plan is its load
shape.
"""
