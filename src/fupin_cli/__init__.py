"""Audit poverty-registry workbooks: every discrepancy with its cell, reason, basis and remedy."""

__version__ = "0.1.0"
