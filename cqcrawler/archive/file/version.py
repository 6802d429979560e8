"""What marks a file as an archive, and which tables it has."""

from __future__ import annotations

# "cqcr": tells our files from other people's (https://www.sqlite.org/pragma.html#pragma_application_id).
APPLICATION_ID = 0x63716372

# The number of migrations in `schema`, which a migrated file has as its `user_version`.
SCHEMA_VERSION = 21
