"""Tests of the client, driven by keyboard and mouse."""
