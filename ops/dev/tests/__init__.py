"""Tests of the development tools, with real files and processes."""
