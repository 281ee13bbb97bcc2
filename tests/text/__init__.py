"""Tests of quotes.text."""
