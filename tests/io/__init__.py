"""Tests of `quotes.io`."""
