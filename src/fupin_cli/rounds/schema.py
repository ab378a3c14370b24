"""An open SQLite file in; the tables of a ledger in it, of the version this fupin knows, out (docs/ledger.md tells each column)."""

import sqlite3

APPLICATION = 0x66757069  # "fupi": what the file says it is
VERSION = 1
BEING_MADE = 0  # a file whose making was cut off

_STATUS = "'open', 'issued', 'answered', 'confirmed', 'rejected', 'closed', 'reappeared'"
_FIRST = f"""
CREATE TABLE campaign (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  key_mark TEXT NOT NULL,
  made TEXT NOT NULL,
  fupin TEXT NOT NULL
) STRICT;
CREATE TABLE round (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  opened TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  deadline TEXT,
  data_date TEXT,
  fupin TEXT NOT NULL,
  closed TEXT,
  closed_by TEXT
) STRICT;
CREATE TABLE source (
  round INTEGER NOT NULL REFERENCES round (number),
  step TEXT NOT NULL CHECK (step IN ('new', 'close')),
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (round, step, path)
) STRICT;
CREATE TABLE rule (
  round INTEGER NOT NULL REFERENCES round (number),
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  not_run TEXT,
  PRIMARY KEY (round, id)
) STRICT;
CREATE TABLE doubt (
  id TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  rule_name TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'notice')),
  scope TEXT NOT NULL,
  household TEXT,
  person TEXT,
  person_code TEXT,
  certificate TEXT,
  township TEXT,
  village TEXT,
  column_name TEXT,
  list TEXT,
  stable INTEGER NOT NULL CHECK (stable IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ({_STATUS})),
  first_round INTEGER NOT NULL REFERENCES round (number),
  last_round INTEGER NOT NULL REFERENCES round (number),
  deadline TEXT,
  closed_as TEXT CHECK (closed_as IN ('data', 'untrue')),
  note_zh TEXT NOT NULL DEFAULT '',
  note_en TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX doubt_by_place ON doubt (township, village);
CREATE INDEX doubt_by_household ON doubt (household, person_code);
CREATE TABLE seen (
  round INTEGER NOT NULL REFERENCES round (number),
  doubt TEXT NOT NULL REFERENCES doubt (id),
  found_as TEXT NOT NULL,
  severity TEXT NOT NULL,
  file TEXT NOT NULL,
  sheet TEXT NOT NULL,
  row INTEGER,
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  "values" TEXT NOT NULL CHECK (json_valid("values")),
  message TEXT NOT NULL,
  message_en TEXT NOT NULL,
  basis TEXT NOT NULL,
  fix TEXT NOT NULL,
  fix_en TEXT NOT NULL,
  excused INTEGER NOT NULL DEFAULT 0 CHECK (excused IN (0, 1)),
  PRIMARY KEY (round, doubt)
) STRICT;
CREATE INDEX seen_by_doubt ON seen (doubt, round);
CREATE TABLE issue (
  round INTEGER NOT NULL REFERENCES round (number),
  doubt TEXT NOT NULL REFERENCES doubt (id),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  question TEXT NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  PRIMARY KEY (round, doubt, file)
) STRICT;
CREATE TABLE answer (
  mark TEXT PRIMARY KEY,
  doubt TEXT NOT NULL REFERENCES doubt (id),
  round INTEGER NOT NULL REFERENCES round (number),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  row INTEGER,
  collected_at TEXT NOT NULL,
  who TEXT NOT NULL,
  verified_on TEXT,
  cells TEXT NOT NULL CHECK (json_valid(cells))
) STRICT;
CREATE INDEX answer_by_doubt ON answer (doubt);
CREATE TABLE event (
  mark TEXT PRIMARY KEY,
  n INTEGER NOT NULL,
  doubt TEXT NOT NULL REFERENCES doubt (id),
  round INTEGER NOT NULL REFERENCES round (number),
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  before TEXT CHECK (before IN ({_STATUS})),
  after TEXT NOT NULL CHECK (after IN ({_STATUS})),
  proof TEXT NOT NULL CHECK (proof <> '')
) STRICT;
CREATE INDEX event_by_doubt ON event (doubt, n);
CREATE TABLE key_change (
  mark TEXT PRIMARY KEY,
  round INTEGER NOT NULL REFERENCES round (number),
  level TEXT NOT NULL CHECK (level IN ('户', '人')),
  old TEXT NOT NULL,
  new TEXT NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  proof TEXT NOT NULL CHECK (proof <> '')
) STRICT;
CREATE TABLE alias (
  finding TEXT PRIMARY KEY,
  doubt TEXT NOT NULL REFERENCES doubt (id),
  round INTEGER NOT NULL REFERENCES round (number)
) STRICT;
CREATE TABLE step (
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  result TEXT NOT NULL CHECK (json_valid(result)),
  PRIMARY KEY (name, key)
) STRICT;
"""
_MIGRATIONS: dict[int, str] = {BEING_MADE: _FIRST}  # version it is of → SQL that makes it of the next
TABLES = ("campaign", "round", "source", "rule", "doubt", "seen", "issue", "answer", "event", "key_change", "alias", "step")  # fmt: skip


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the schema: 0 of a file without tables."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application_of(connection: sqlite3.Connection) -> int:
    """Return what the file says it is: `APPLICATION` for a ledger, 0 for a file nobody wrote to."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to this version; the caller's transaction holds all of it, or nothing."""
    while (version := version_of(connection)) < VERSION:
        for statement in filter(str.strip, _MIGRATIONS[version].split(";\n")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
