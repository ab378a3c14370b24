"""Rules + columns → Plan: which rules run, which do not and why, and the SQL of all of them in as few passes as possible."""

from fupin_cli.plans.check import Book, Checked, check
from fupin_cli.plans.plan import plan
from fupin_cli.plans.reached import calls_of, reached
from fupin_cli.plans.subject import subject_of
from fupin_cli.plans.trial import Trial, trial

__all__ = ["Book", "Checked", "Trial", "calls_of", "check", "plan", "reached", "subject_of", "trial"]
