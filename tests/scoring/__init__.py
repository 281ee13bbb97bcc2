"""Tests of quotes.scoring."""
