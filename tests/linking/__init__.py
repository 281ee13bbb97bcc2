"""Tests of linking: names, pairs, families, archives."""
