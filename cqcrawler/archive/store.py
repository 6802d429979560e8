"""The archive as the rest of the program sees it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from cqcrawler.archive.articles import stored as records
from cqcrawler.archive.articles.articles import Change, record_article
from cqcrawler.archive.articles.citation import Citation, cite, cite_all
from cqcrawler.archive.articles.doubt import doubted
from cqcrawler.archive.articles.stored import (
    ArticleVersion,
    ChangedArticle,
    RawPage,
    StoredArticle,
    Version,
)
from cqcrawler.archive.articles.withdrawal import GoneNotices, withdraw
from cqcrawler.archive.file.connection import connect, is_writable, reading, transaction
from cqcrawler.archive.file.tombstones import buried, without_forgotten
from cqcrawler.archive.file.values import timestamp
from cqcrawler.archive.frontier.frontier import Frontier, record_page
from cqcrawler.archive.robots import Robots
from cqcrawler.archive.runs import Runs, record_reject
from cqcrawler.archive.search import index
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.filters import Filters
from cqcrawler.archive.search.search import (
    Found,
    Hit,
    Order,
    count,
    find,
    hits,
    matching,
    search,
)
from cqcrawler.models import (
    Article,
    PageResult,
    ReadListing,
    ReadNotice,
    Rejected,
    RemovedParagraph,
)

if TYPE_CHECKING:
    from cqcrawler.archive.answers.answers import Answers
    from cqcrawler.archive.answers.money import Sums
    from cqcrawler.archive.articles.around import Statement, Telling
    from cqcrawler.archive.articles.corrections import Corrections
    from cqcrawler.archive.articles.files import AttachedFile
    from cqcrawler.archive.articles.paged import ProjectNotice, Projects, SourcedFacts
    from cqcrawler.archive.articles.readings import Readings
    from cqcrawler.archive.articles.restatements import Restatements
    from cqcrawler.archive.articles.stated import SourcedFact, StoredProject
    from cqcrawler.archive.bulletin import Bulletin
    from cqcrawler.archive.export import Exported
    from cqcrawler.archive.export.briefing import Briefing
    from cqcrawler.archive.export.columns import Rows, Table
    from cqcrawler.archive.file.snapshot import Snapshot, Watch
    from cqcrawler.archive.forgetting import Forgetting
    from cqcrawler.archive.search.asked import Search
    from cqcrawler.archive.search.facets import Facets
    from cqcrawler.archive.search.paging import Page
    from cqcrawler.archive.statistics import Statistics
    from cqcrawler.archive.upkeep import Upkeep
    from cqcrawler.archive.verification import Verification
    from cqcrawler.archive.watches import Watches

__all__ = ["Archive", "Change"]

_EVERYTHING, _ALL = Filters(), Search()
# Rows of a batch; some five milliseconds each go into the index.
_INDEX_BATCH = 500


class Archive:
    """One archive file, open until `close` or the end of a `with` block.

    Readers open it with `must_exist`, which makes and writes nothing; `read_only` also rules out
    any later write. Otherwise it is made where there is none, and what a dead run left
    undone is done. Raises ArchiveError.
    """

    def __init__(
        self, path: Path | str, must_exist: bool = False, *, read_only: bool = False
    ) -> None:
        self.path = Path(path)
        self._read_only = read_only
        self._db = connect(self.path, must_exist=must_exist or read_only, read_only=read_only)
        self.frontier = Frontier(self._db)
        self.robots = Robots(self._db)
        self.runs = Runs(self._db)
        if not must_exist and not read_only and is_writable(self.path):
            self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        from cqcrawler.archive.file import dictionary, views
        from cqcrawler.archive.industries import sync_industries
        from cqcrawler.archive.places import sync_regions

        sync_regions(self._db)
        sync_industries(self._db)
        if outdated := views.outdated(self._db):
            with transaction(self._db):
                views.replace(self._db, outdated)
        if not dictionary.is_current(self._db):
            with transaction(self._db):
                dictionary.fill(self._db.table("data_dictionary"))
        self.upkeep.delete_doomed()
        self.upkeep.look_after_retired()
        self.index_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def answers(self) -> Answers:
        """Sums with their rows, counts and undertakings."""
        from cqcrawler.archive.answers.answers import Answers

        return Answers(self._db)

    @cached_property
    def statistics(self) -> Statistics:
        """Counts what the archive holds."""
        from cqcrawler.archive.statistics import Statistics

        return Statistics(self._db)

    @cached_property
    def verification(self) -> Verification:
        """Compares parts of the archive with what they are made of."""
        from cqcrawler.archive.verification import Verification

        return Verification(self._db)

    @cached_property
    def forgetting(self) -> Forgetting:
        """Takes single notices out for good."""
        from cqcrawler.archive.forgetting import Forgetting

        return Forgetting(self._db)

    @cached_property
    def readings(self) -> Readings:
        """What was read from raw pages, to be compared with another reading of them."""
        from cqcrawler.archive.articles.readings import Readings

        return Readings(self._db)

    @cached_property
    def restatements(self) -> Restatements:
        """What articles state, to be compared with another reading of their stored text."""
        from cqcrawler.archive.articles.restatements import Restatements

        return Restatements(self._db)

    @cached_property
    def corrections(self) -> Corrections:
        """What people say of facts and stories."""
        from cqcrawler.archive.articles.corrections import Corrections

        return Corrections(self._db)

    @cached_property
    def upkeep(self) -> Upkeep:
        """What is remembered of files: raw pages moved away, copies made."""
        from cqcrawler.archive.upkeep import Upkeep

        return Upkeep(self._db, self.path.parent)

    @cached_property
    def bulletin(self) -> Bulletin:
        """What a span of time brought, for a digest."""
        from cqcrawler.archive.bulletin import Bulletin

        return Bulletin(self._db)

    @cached_property
    def watches(self) -> Watches:
        """Searches that people keep, and what of them was told."""
        from cqcrawler.archive.watches import Watches

        return Watches(self._db)

    @property
    def writable(self) -> bool:
        """Whether the archive can be written."""
        return not self._read_only and is_writable(self.path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # Writing

    def save(self, result: PageResult, run_id: int, before: Article | None = None) -> Change:
        """Save what a page came to, in one transaction: article, page, reject and new pages.

        Saving the same result again changes nothing but when it was last seen. A page that no
        longer reads as it did is rejected, and its article stays as it is. `before` is the
        article as today's rules read it from the page that was there before, where the archive
        holds what older rules read: an edit is a difference from that.
        """
        from cqcrawler.archive.articles.late_filing import file_late  # Only writers want it.

        if buried(self._db, [result.visit.url]):
            return Change.NONE
        result = self.without_forgotten(result)
        with transaction(self._db):
            judged = doubted(self._db, result)
            change = record_article(self._db, judged, run_id, before)
            record_page(self._db, judged, run_id)
            if isinstance(judged, Rejected):
                record_reject(self._db, judged, run_id)
            leading = result if isinstance(result, ReadNotice) else judged
            if isinstance(leading, ReadNotice | ReadListing | Rejected):
                visit = leading.visit
                self.frontier.add_within(
                    visit.portal, leading.candidates, visit.url, visit.fetched_at
                )
            if isinstance(judged, ReadListing):
                self.frontier.record_changes_within(judged)
                # What stands in a feed beside the listings is not listed for that.
                if not judged.visit.is_beside:
                    self.frontier.record_rows_within(judged, run_id)
            file_late(self._db, judged)
        return change

    def learn(self, result: ReadListing, run_id: int) -> None:
        """Take from an older state of a listing, in one transaction, what it says of notices that
        nothing newer tells of: the page itself stays as it is."""
        from cqcrawler.archive.articles.late_filing import file_late
        from cqcrawler.archive.frontier.listed import keep_rows

        visit = result.visit
        with transaction(self._db):
            self.frontier.add_within(visit.portal, result.candidates, visit.url, visit.fetched_at)
            keep_rows(self._db, result, run_id)
            file_late(self._db, result)

    def withdraw_gone(
        self, portal: str, run_id: int, *, begun: datetime, looked_at: int
    ) -> GoneNotices:
        """Withdraw the notices that a run found gone, where that is beyond doubt."""
        with transaction(self._db):
            return withdraw(self._db, portal, run_id, begun=begun, looked_at=looked_at)

    def without_forgotten(self, result: PageResult) -> PageResult:
        """Return what a page came to without notices that were forgotten, and links to them."""
        return without_forgotten(self._db, result)

    def index_pending(self, limit: int = _INDEX_BATCH) -> int:
        """Index at most `limit` articles that are not yet; return how many there were."""
        with transaction(self._db):
            index.drop_outdated(self._db)
            return index.index_pending(self._db, limit)

    def index_all(self) -> None:
        """Index every article that is not yet, in batches."""
        while self.index_pending():
            pass

    # Reading

    def __iter__(self) -> Iterator[StoredArticle]:
        return self.articles()

    def search(
        self,
        terms: str,
        filters: Filters = _EVERYTHING,
        *,
        limit: int = 20,
        rank: bool = False,
        order: Order = Order.NEWEST,
        substring: bool = False,
    ) -> list[Hit]:
        """Return the newest articles that match, or the first ones in another `order`.

        `rank` is the order of relevance (`search.relevance`).

        Terms are joined by AND, those with `OR` or `|` between them by OR, `"…"` is a phrase, a
        leading `-` excludes. Chinese is found
        wherever it stands, letters and digits as whole words or, with `substring`, anywhere.
        Withdrawn articles are among the hits. QueryError for a filter that names nothing.
        """
        order = Order.RELEVANCE if rank else order
        return search(self._db, terms, filters, limit=limit, order=order, substring=substring)

    def count(
        self,
        terms: str = "",
        filters: Filters = _EVERYTHING,
        *,
        substring: bool = False,
        most: int = 1000,
    ) -> int:
        """Return how many articles match, counting no further than `most`."""
        return count(self._db, terms, filters, substring=substring, most=most)

    def find(
        self,
        terms: str,
        filters: Filters = _EVERYTHING,
        *,
        rank: bool = False,
        order: Order = Order.NEWEST,
        substring: bool = False,
        most: int | None = 1000,
        seconds: float = 5,
    ) -> Found:
        """Return the ids of what `search` finds, as many as there are in `seconds` up to `most`
        (None: all)."""
        order = Order.RELEVANCE if rank else order
        return find(
            self._db, terms, filters, order=order, substring=substring, most=most, seconds=seconds
        )

    def page(
        self, search: Search, cursor: str = "", *, limit: int = 20, seconds: float = 5
    ) -> Page:
        """Return the ids of what a search finds behind a cursor, and the cursor of what follows:
        what is written meanwhile has nothing skipped and nothing repeated (`search.paging`)."""
        from cqcrawler.archive.search.paging import page

        return page(self._db, search, cursor, limit=limit, seconds=seconds)

    def projects_page(
        self, filters: Filters = _EVERYTHING, cursor: str = "", *, limit: int, seconds: float = 5
    ) -> Projects:
        """Return projects that these articles tell of, by number, behind a cursor; TooSlow."""
        from cqcrawler.archive.articles.paged import projects

        with self.patience(seconds):
            return projects(self._db, filters, cursor, limit=limit)

    def facts_page(
        self,
        filters: Filters = _EVERYTHING,
        cursor: str = "",
        *,
        kind: str | None = None,
        limit: int,
        seconds: float = 5,
    ) -> SourcedFacts:
        """Return facts of these articles, in the order of their texts, behind a cursor; TooSlow."""
        from cqcrawler.archive.articles.paged import facts

        with self.patience(seconds):
            return facts(self._db, filters, kind, cursor, limit=limit)

    def project(self, project_id: int) -> tuple[StoredProject, tuple[ProjectNotice, ...]] | None:
        """Return a project by its number, with the notices that tell of it."""
        from cqcrawler.archive.articles.paged import notices_of, project

        found = project(self._db, project_id)
        return None if found is None else (found, notices_of(self._db, project_id))

    def facets(self) -> Facets:
        """Return what its articles are counted by, as it is now."""
        from cqcrawler.archive.search.facets import Facets

        with self.reading():  # A crawl may save more meanwhile.
            return Facets(self._db)

    def sums(self, ids: Sequence[int] | None) -> Sums:
        """Return the money that articles (None: all) tell of."""
        from cqcrawler.archive.answers import money

        return money.sums(money.read(self._db, ids), ids)

    def hits(
        self,
        ids: Iterable[int],
        terms: str,
        *,
        place: str | None = None,
        substring: bool = False,
    ) -> list[Hit]:
        """Return what `find` found as `search` returns it; `place` is that of the filters."""
        return hits(self._db, ids, terms, place=place, substring=substring)

    def found(self, search: Search = _ALL) -> Sequence[int]:
        """Return the ids of every article that a search finds, in its order."""
        ids = matching(
            self._db, search.terms, search.filters, search.order, substring=search.substring
        )
        return array("q", ids)  # An eighth of what a list takes for a million of them.

    def these(self, ids: Iterable[int]) -> Iterator[StoredArticle]:
        """Return articles by their ids, those that are there, each read when its turn comes.

        Between two of them nothing is being read, so that the caller may take its time.
        """
        return (article for key in ids if (article := records.one(self._db, key)))

    def latest(
        self, search: Search, *, most: int = 50, seconds: float = 5
    ) -> Iterator[StoredArticle]:
        """Return what a search finds that was archived, edited or withdrawn last, latest first.

        As many as there are in `seconds` up to `most`. QueryError for a filter that names nothing.
        """
        from cqcrawler.archive.search.lately import latest

        found = latest(self._db, search, most=most, seconds=seconds)
        return (article for key in found if (article := records.one(self._db, key)))

    def article(self, key: int | str) -> StoredArticle | None:
        """Return the article with this id or URL."""
        return records.one(self._db, key)

    def address_with(self, portal: str, body: str, other_than: str) -> str | None:
        """Return the address of a portal's article with this text, not at `other_than`."""
        return records.address_with(self._db, portal, body, other_than)

    def ids(self, urls: Iterable[str]) -> dict[str, int]:
        """Return the ids of those addresses that have an article."""
        return records.ids(self._db, urls)

    def articles(self, filters: Filters = _EVERYTHING) -> Iterator[StoredArticle]:
        """Return the articles meant by `filters`, newest first, read as they are asked for."""
        return records.many(self._db, filters)

    def facts(self, ids: Iterable[int]) -> Iterator[SourcedFact]:
        """Return every fact of these articles, with the notice that states it, read as `these`
        are; without those that people rejected."""
        from cqcrawler.archive.articles.stated import all_facts

        return all_facts(self._db, ids)

    def projects(
        self, ids: Iterable[int], *, largest_first: bool = False
    ) -> Iterator[StoredProject]:
        """Return every project that these articles tell of, each once, in their order."""
        from cqcrawler.archive.articles.stated import all_projects

        return all_projects(self._db, ids, largest_first=largest_first)

    def versions(self, article_id: int) -> list[Version]:
        """Return every version of an article, oldest first."""
        return records.versions(self._db, article_id)

    def all_versions(self, ids: Iterable[int]) -> Iterator[ArticleVersion]:
        """Return every version of these articles, oldest first, read as `these` are."""
        return records.all_versions(self._db, ids)

    def raw_pages(self, ids: Iterable[int]) -> Iterator[RawPage]:
        """Return the raw page of every version of these articles, oldest first, read as `these`
        are."""
        return records.raw_pages(self._db, ids)

    def rows(self, table: Table, ids: Iterable[int], order: Order = Order.NEWEST) -> Rows:
        """Return what a table of an export has of these articles, which are in that order."""
        from cqcrawler.archive.export.columns import Table

        if table is Table.FACTS:
            return self.facts(ids)
        if table is Table.PROJECTS:
            return self.projects(ids, largest_first=order is Order.AMOUNT)
        if table is Table.VERSIONS:
            return self.all_versions(ids)
        return self.these(ids)

    def files(self, article_id: int) -> list[AttachedFile]:
        """Return the files that an article offers, with what became of each, in page order."""
        from cqcrawler.archive.articles.files import files_of

        return files_of(self._db, article_id)

    def removed(self, article_id: int) -> list[RemovedParagraph]:
        """Return what is not in the body of the present version, by rule, in page order."""
        return records.removed(self._db, article_id)

    def statements(self, article_id: int) -> tuple[Statement, ...]:
        """Return what an article states with its words, in the order of its text, title first."""
        from cqcrawler.archive.articles.around import statements_of

        return statements_of(self._db, article_id)

    def tellings(self, article_id: int) -> tuple[Telling, ...]:
        """Return the other notices of an article's story."""
        from cqcrawler.archive.articles.around import tellings_of

        return tellings_of(self._db, article_id)

    def projects_of(self, article_id: int) -> tuple[tuple[int, str], ...]:
        """Return the ids and names of the undertakings that an article tells of."""
        from cqcrawler.archive.articles.around import projects_of

        return projects_of(self._db, article_id)

    def beside(self, article_id: int) -> tuple[int | None, int | None]:
        """Return the articles before and behind one where the newest come first."""
        from cqcrawler.archive.articles.around import beside

        return beside(self._db, article_id)

    def citation(self, article_id: int, publisher: str) -> Citation:
        """Return what it takes to cite an article; `publisher` is the title of its portal."""
        return cite(self._db, article_id, publisher)

    def citations(self, ids: Iterable[int], title_of: Callable[[str], str]) -> Iterator[Citation]:
        """Return what it takes to cite these articles; `title_of` gives the title of a portal."""
        return cite_all(self._db, ids, title_of)

    def briefing(
        self, search: Search, ids: Sequence[int], title_of: Callable[[str], str]
    ) -> Briefing:
        """Return a workbook's worth of what a search found, `ids`, for a meeting."""
        from cqcrawler.archive.export.briefing import gather

        return gather(self._db, search, ids, title_of)

    def changes(self, since: datetime, search: Search | None = None) -> Iterator[ChangedArticle]:
        """Return the articles that are new, changed or withdrawn since then, latest first.

        With a `search`, of what it finds; QueryError for a filter that names nothing.
        """
        changes = records.changes(self._db, since)
        if search is None or search.is_empty:
            return changes
        from cqcrawler.archive.search.matcher import Matcher

        matcher = Matcher(self._db, search)
        return (article for article in changes if matcher.finds(article.id))

    def patience(self, seconds: float) -> AbstractContextManager[None]:
        """In a `with` block, end what takes longer than so many seconds: it raises TooSlow."""
        from cqcrawler.archive.search.patience import patience

        return patience(self._db, seconds)

    def reading(self) -> AbstractContextManager[None]:
        """In a `with` block, read everything as it was at one moment, beside any writer."""
        return reading(self._db)

    def export(self, path: Path, filters: Filters = _EVERYTHING) -> Exported:
        """Write articles to a `.csv`, `.jsonl`, `.xlsx` or `.parquet` file, newest first.

        The file has them as they were at one moment. Raises UsageError, QueryError.
        """
        from cqcrawler.archive.export import write
        from cqcrawler.archive.export.choice import Choice, chosen
        from cqcrawler.archive.export.columns import Table

        columns = chosen(Table.ARTICLES, path.suffix.lower(), Choice())
        with self.reading():
            return write(self.articles(filters), columns, path)

    def snapshot(
        self, path: Path, *, force: bool = False, watch: Watch = lambda stage, share: None
    ) -> Snapshot:
        """Copy the archive to `path` as it is at one moment; `force` replaces what is there.

        `watch` hears what is being done, and how much of that is. Raises UsageError for a place
        that cannot be written, ArchiveError for an archive that is damaged. The archive remembers
        the copy, where it can be written.
        """
        from cqcrawler.archive.file.snapshot import take
        from cqcrawler.archive.upkeep import Backup

        now = datetime.now(UTC)
        taken = take(self._db, self.path, path, force=force, watch=watch)
        if self.writable:
            where = str(path.absolute())
            self.upkeep.note_backup(Backup(timestamp(now), where, taken.size, taken.sha256))
        return taken
