"""Tests of the comparison of quotations with sources."""
