"""Tests against a real server: every process, over the network."""
