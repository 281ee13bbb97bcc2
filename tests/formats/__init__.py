"""Tests of `quotes.formats`."""
