"""Tests of the roles: hearers, media, times, negation, reality, attitude."""
