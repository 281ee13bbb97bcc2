"""Tests of the encoder beside the parse."""
