"""Tests of `quotes.sampling`."""
