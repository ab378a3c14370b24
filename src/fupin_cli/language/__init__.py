"""The rule language: text → checked expression → SQL tree. A boolean expression of SQL over canonical columns, and our few functions."""
