"""Tests of the fine-tuning of an encoder."""
