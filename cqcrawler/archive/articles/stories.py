"""Which articles tell the same story: kept beside them, in the transaction that saves a text.

A story has a leader, and an article joins it by a comparison with the leader, never through a
chain of copies. Only leaders are found by keys; a key that many leaders have is boilerplate. So
the work for an article is bounded, however large the archive.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from struct import pack
from typing import NamedTuple

from cqcrawler.facts.shingles import stable_key
from cqcrawler.facts.stories import Telling, Words, candidate_keys, contradiction, same_story

# A key of more leaders than this is boilerplate.
MOST_WITH_A_KEY = 200
# So many leaders that share keys are compared, and so many copies of one that is joined.
_MOST_COMPARED, _MOST_COPIES = 8, 8
_MOST_FIRMS = 3
# What shares far less than another does is no copy; behind one so much alike nothing is looked for.
_SHARE_OF_THE_BEST, _HARDLY_CHANGED = 0.1, 0.95


class _Story(NamedTuple):
    id: int
    leader: int
    digest: int


class _Near(NamedTuple):
    """The leaders that a text is compared with, and the keys of it that are boilerplate."""

    leaders: list[int]
    crowded: set[int]


@dataclass(frozen=True, slots=True)
class _Ties:
    """What people say of an article: articles that tell the same, straight or by way of others,
    their stories, and articles that tell another."""

    joined: tuple[int, ...]
    stories: tuple[int, ...]
    parted: frozenset[int]

    def story(self, own: _Story | None) -> int | None:
        """Return the story that the joined are of: that of the article, if one of them is."""
        if own is not None and own.id in self.stories:
            return own.id
        return self.stories[-1] if self.stories else None


def place(db: sqlite3.Connection, article_id: int) -> int:
    """Find the story of an article anew, inside the caller's transaction, and return it.

    It stays in its story as long as it tells the same as the leader; a leader stays the leader as
    long as its text is the same.
    """
    story, ties = _story_of(db, article_id), _ties(db, article_id)
    joined = ties.story(story)
    telling = _telling(db, article_id)
    keys = candidate_keys(telling)
    if joined is not None and (story is None or story.id != joined or len({*ties.stories}) > 1):
        return _unite(db, (article_id, *ties.joined), joined)
    if story and story.leader == article_id and _has_copies(db, story):
        if story.digest == _digest(keys):
            return story.id
        story = _hand_over(db, story)
    is_copy = story is not None and story.leader != article_id
    if story and is_copy and (story.id == joined or _stays(db, telling, story, ties)):
        return story.id
    near = _near(db, article_id, keys)
    if (found := _find(db, telling, near, ties)) is not None:
        return _move(db, article_id, story, found)
    return _lead(db, article_id, story, keys, near.crowded)


def keep(db: sqlite3.Connection, article_id: int) -> None:
    """Leave an article in its story, or give it one that nothing is compared with."""
    if _story_of(db, article_id) is None:
        _lead(db, article_id, None, (), ())


def take_out(db: sqlite3.Connection, article_id: int) -> None:
    """Take an article that is to be deleted out of its story; another one leads it then."""
    if story := _story_of(db, article_id):
        _leave(db, article_id, story)


def lead_again(db: sqlite3.Connection) -> None:
    """Have articles that are there lead stories whose leaders were withdrawn."""
    for row in db.execute(_LED_BY_WITHDRAWN).fetchall():
        _hand_over(db, _Story(*row))


def place_tied(db: sqlite3.Connection, urls: Iterable[str]) -> None:
    """Place the articles at these addresses again, after people said something of them.

    What is joined with them goes along, into the story that has copies.
    """
    rows = (db.execute("SELECT id FROM articles WHERE url = ?", [url]) for url in urls)
    found = [number for row in rows for (number,) in row.fetchall()]
    for article_id in sorted(found, key=lambda number: _leads_copies(db, number)):
        tied = (article_id, *_ties(db, article_id).joined)
        if len(tied) > 1 and not any(_leads(db, number) for number in tied):
            # They may be there for the sake of each other only.
            for number in tied:
                take_out(db, number)
        for number in tied:
            place(db, number)


def contradicting(db: sqlite3.Connection, url: str) -> int | None:
    """Return what people said that parts two of those articles that they joined with this one."""
    row = db.execute(f"{_JOINED} {_PARTS_JOINED}", [url]).fetchone()
    return row[0] if row else None


def mates(db: sqlite3.Connection, article_id: int, most: int) -> list[int]:
    """Return other articles of the same story, `most` of them."""
    rows = db.execute(
        """SELECT id FROM articles WHERE id <> ?1
        AND story_id = (SELECT story_id FROM articles WHERE id = ?1) ORDER BY id LIMIT ?2""",
        [article_id, most],
    )
    return [number for (number,) in rows]


def _story_of(db: sqlite3.Connection, article_id: int) -> _Story | None:
    row = db.execute(
        """SELECT stories.id, leader, digest FROM stories JOIN articles ON stories.id = story_id
        WHERE articles.id = ?""",
        [article_id],
    ).fetchone()
    return _Story(*row) if row else None


def _ties(db: sqlite3.Connection, article_id: int) -> _Ties:
    rows = db.execute(_TIES, [article_id]).fetchall()
    parted = frozenset(other for action, other in rows if action == "part")
    if len(parted) == len(rows):
        return _Ties((), (), parted)
    (url,) = db.execute("SELECT url FROM articles WHERE id = ?", [article_id]).fetchone()
    joined = [row for row in db.execute(_JOINED + _ALL_JOINED, [url]) if row[0] != article_id]
    stories = tuple(story for _, story in joined if story is not None)
    return _Ties(tuple(number for number, _ in joined), stories, parted)


def _telling(db: sqlite3.Connection, article_id: int) -> Telling:
    return next(iter(_tellings(db, [article_id]).values()))[0]


def _tellings(
    db: sqlite3.Connection, articles: Collection[int]
) -> dict[int, tuple[Telling, int | None]]:
    """Return articles and their stories, by number, in order."""
    marks = ", ".join("?" * len(articles))
    rows = db.execute(
        f"SELECT id, title, body, story_id FROM articles WHERE id IN ({marks})", [*articles]
    ).fetchall()
    found = {number: (_told(db, number, title, body), story) for number, title, body, story in rows}
    return {number: found[number] for number in articles if number in found}


def _told(db: sqlite3.Connection, article_id: int, title: str, body: str) -> Telling:
    words = _words(title, body) if len(body) < _SHORT else None
    return Telling(title, body, partial(_firms, db, article_id), words)


def _firms(db: sqlite3.Connection, article_id: int) -> tuple[str, ...]:
    firms = db.execute(
        """SELECT name FROM article_actors WHERE article_id = ? AND kind = 'company'
        ORDER BY role = 'investor' DESC, position LIMIT ?""",
        [article_id, _MOST_FIRMS],
    )
    return tuple(name for (name,) in firms)


# In characters. The leaders of a series are compared again with each of its notices; those of
# usual length are kept, some 50 kB each.
_SHORT = 3000


@lru_cache(maxsize=256)
def _words(title: str, body: str) -> Words:
    return Words(title, body)


def _digest(keys: Collection[int]) -> int:
    return stable_key(pack(f"<{len(keys)}q", *keys))


def _leads(db: sqlite3.Connection, article_id: int) -> bool:
    story = _story_of(db, article_id)
    return story is not None and story.leader == article_id


def _leads_copies(db: sqlite3.Connection, article_id: int) -> bool:
    story = _story_of(db, article_id)
    return story is not None and story.leader == article_id and _has_copies(db, story)


def _has_copies(db: sqlite3.Connection, story: _Story) -> bool:
    return bool(_copies(db, story, most=1))


def _copies(db: sqlite3.Connection, story: _Story, most: int) -> list[int]:
    """Return articles of a story but the leader, those first that would lead it next."""
    rows = db.execute(
        """SELECT id FROM articles WHERE story_id = ? AND id <> ?
        ORDER BY withdrawn_at IS NOT NULL, id LIMIT ?""",
        [story.id, story.leader, most],
    )
    return [number for (number,) in rows]


def _stays(db: sqlite3.Connection, telling: Telling, story: _Story, ties: _Ties) -> bool:
    if ties.parted and ties.parted & {story.leader, *_copies(db, story, most=MOST_WITH_A_KEY)}:
        return False
    return same_story(_telling(db, story.leader), telling).same


def _find(db: sqlite3.Connection, telling: Telling, near: _Near, ties: _Ties) -> int | None:
    """Return the story that an article tells again, the one that it is most like."""
    found: list[tuple[float, int]] = []
    for leader, (other, number) in _tellings(db, near.leaders).items():
        verdict = same_story(other, telling)
        if not verdict.same or number is None:
            continue
        if not _is_refused(db, telling, leader, number, ties):
            found.append((-verdict.alike, number))
            if verdict.alike > _HARDLY_CHANGED:
                break
    return min(found)[1] if found else None


def _near(db: sqlite3.Connection, article_id: int, keys: Collection[int]) -> _Near:
    """Return the leaders that share keys with a text, those first that share the rarest."""
    rows = db.execute(
        f"SELECT hash, article_id FROM story_bands WHERE hash IN ({', '.join('?' * len(keys))})",
        [*keys],  # Of each there is one row more than is looked at, at most.
    ).fetchall()
    sizes = Counter(key for key, _ in rows)
    weights: defaultdict[int, float] = defaultdict(float)
    for key, leader in rows:
        if sizes[key] <= MOST_WITH_A_KEY:
            weights[leader] += 1 / sizes[key]
    weights.pop(article_id, None)
    least = _SHARE_OF_THE_BEST * max(weights.values(), default=0.0)
    likely = [leader for leader, weight in weights.items() if weight >= least]
    leaders = sorted(likely, key=lambda leader: (-weights[leader], leader))[:_MOST_COMPARED]
    return _Near(leaders, {key for key, size in sizes.items() if size > MOST_WITH_A_KEY})


def _is_refused(
    db: sqlite3.Connection, telling: Telling, leader: int, number: int, ties: _Ties
) -> bool:
    """Whether something in a story speaks against an article, though the leader does not: a short
    leader contradicts little."""
    copies = _copies(db, _Story(number, leader, 0), most=MOST_WITH_A_KEY)
    if ties.parted & {leader, *copies}:
        return True
    others = _tellings(db, copies[:_MOST_COPIES]).values()
    return any(contradiction(other, telling) for other, _ in others)


def _unite(db: sqlite3.Connection, articles: Iterable[int], to: int) -> int:
    """Have articles that people joined, as far as they have a place, tell one story."""
    for number in articles:
        story = _story_of(db, number)
        if story is None or story.id != to:
            _move(db, number, story, to)
    return to


def _move(db: sqlite3.Connection, article_id: int, story: _Story | None, to: int) -> int:
    if story:
        _leave(db, article_id, story)
    db.execute("UPDATE articles SET story_id = ? WHERE id = ?", [to, article_id])
    return to


def _lead(
    db: sqlite3.Connection,
    article_id: int,
    story: _Story | None,
    keys: Collection[int],
    crowded: Collection[int],
) -> int:
    """Have an article tell a story of its own."""
    number: int | None = None
    if story and story.leader == article_id:
        number = story.id
        db.execute("UPDATE stories SET digest = ? WHERE id = ?", [_digest(keys), number])
    else:
        if story:
            _leave(db, article_id, story)
        number = db.execute(
            "INSERT INTO stories (leader, digest) VALUES (?, ?)", [article_id, _digest(keys)]
        ).lastrowid
        db.execute("UPDATE articles SET story_id = ? WHERE id = ?", [number, article_id])
    if story:
        db.execute("DELETE FROM story_bands WHERE article_id = ?", [article_id])
    _write_keys(db, article_id, keys, crowded)
    return int(number or 0)


def _leave(db: sqlite3.Connection, article_id: int, story: _Story) -> None:
    if story.leader == article_id:
        story = _hand_over(db, story)
    db.execute("UPDATE articles SET story_id = NULL WHERE id = ?", [article_id])
    if story.leader == article_id:  # It was alone.
        db.execute("DELETE FROM story_bands WHERE article_id = ?", [article_id])
        db.execute("DELETE FROM stories WHERE id = ?", [story.id])


def _hand_over(db: sqlite3.Connection, story: _Story) -> _Story:
    """Have the next copy of a story lead it, if there is one."""
    heirs = _copies(db, story, most=1)
    if not heirs:
        return story
    keys = candidate_keys(_telling(db, heirs[0]))
    db.execute("DELETE FROM story_bands WHERE article_id = ?", [story.leader])
    heir = _Story(story.id, heirs[0], _digest(keys))
    db.execute("UPDATE stories SET leader = ?, digest = ? WHERE id = ?", [*heir[1:], heir.id])
    _write_keys(db, heir.leader, keys, _near(db, heir.leader, keys).crowded)
    return heir


def _write_keys(
    db: sqlite3.Connection, article_id: int, keys: Iterable[int], crowded: Collection[int]
) -> None:
    """Write the keys of a leader that has none. With one leader more than is allowed a key is
    boilerplate, and needs no more rows to be known as such."""
    rows = [(key, article_id) for key in keys if key not in crowded]
    db.executemany("INSERT INTO story_bands (hash, article_id) VALUES (?, ?)", rows)


_TIES = """
SELECT action, other.id FROM story_corrections AS said
JOIN articles AS one ON one.id = ?1 AND one.url IN (said.url, said.other_url)
JOIN articles AS other ON other.url = iif(one.url = said.url, said.other_url, said.url)
ORDER BY said.id
"""

# All that people joined, by way of others, too; those joined last stand last.
_JOINED = """
WITH RECURSIVE joined (url, said) AS (
    SELECT ?1, 0 UNION
    SELECT iif(joined.url = corrections.url, other_url, corrections.url), corrections.id
    FROM joined JOIN story_corrections AS corrections
    ON action = 'join' AND joined.url IN (corrections.url, other_url))
"""
_ALL_JOINED = """
SELECT articles.id, story_id FROM joined JOIN articles USING (url)
GROUP BY articles.id ORDER BY max(said)
"""
_PARTS_JOINED = """
SELECT id FROM story_corrections WHERE action = 'part'
AND url IN (SELECT url FROM joined) AND other_url IN (SELECT url FROM joined)
"""

_LED_BY_WITHDRAWN = """
SELECT stories.id, leader, digest FROM articles JOIN stories ON leader = articles.id
WHERE withdrawn_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM articles AS copy WHERE copy.story_id = stories.id AND copy.withdrawn_at IS NULL)
"""
