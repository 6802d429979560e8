"""Every error that cqcrawler raises on purpose, under one root.

The command line turns a `CqcrawlerError` into one line on standard error and the exit code
of its class; anything else is a defect of ours and shows a traceback.
"""


class CqcrawlerError(Exception):
    """The root. Its message says what was wrong and what to do about it."""

    exit_code = 4


class UsageError(CqcrawlerError):
    """Raised by commands for options and arguments that make no sense together."""

    exit_code = 2


class PortalError(CqcrawlerError):
    """Raised by `portals` for an unknown portal or a portal file that is not valid."""

    exit_code = 2


class QueryError(CqcrawlerError):
    """Raised by `archive` for a filter that names nothing, such as an unknown region."""

    exit_code = 2


class TooSlow(CqcrawlerError):
    """Raised by `archive` for a question that takes longer than whoever asks will wait."""


class ArchiveError(CqcrawlerError):
    """Raised by `archive` for a file that is missing, not ours, newer than us, or not writable."""

    exit_code = 2


class NoArchive(ArchiveError):
    """Raised by `archive` where there is nothing to read: no file, or an empty one."""


class WebhookError(CqcrawlerError):
    """Raised by `health` for a webhook that is set wrongly or did not take a message."""


class ArchiveLocked(CqcrawlerError):
    """Raised by `archive.lock` when another run is writing to the same archive."""

    exit_code = 3


class RecordError(CqcrawlerError):
    """Raised by `warc` for a raw record that is missing or not what was written."""

    exit_code = 2
