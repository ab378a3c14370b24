"""The line written out: one module a command, stages called in order."""
