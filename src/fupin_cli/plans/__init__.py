"""Rules + columns → Plan: which rules run, which do not and why, and the SQL of all of them in as few passes as possible."""

from fupin_cli.plans.check import Book, check
from fupin_cli.plans.plan import plan

__all__ = ["Book", "check", "plan"]
