"""Tests of quotes.syntax."""
