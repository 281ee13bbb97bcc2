"""Tests of the roles: addressees, media, times, negation, factuality, attitude."""
