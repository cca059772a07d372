"""Runs Creator Studio on a developer's machine and in CI: servers, builds, processes, tests.

Python 3.9+ and its standard library only, so that a fresh machine needs nothing else to start.
`make` lists the commands; each is a function named in `__main__.py`.
"""
