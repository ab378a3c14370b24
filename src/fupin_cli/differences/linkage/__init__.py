"""Persons of two sides that are in no pair in; those who are probably one person, with the evidence, out."""

from fupin_cli.differences.linkage.suspect import link, suspects

__all__ = ["link", "suspects"]
