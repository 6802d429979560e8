"""The part of JavaScript that pagers are written in, from text to a tree.

A node is a tuple: its kind, then its parts, which are nodes, lists of nodes, texts or values.

    expressions: value v | regex text | name n | member object key | call function args
        | new call | unary op x | binary op x y | either op x y | choose if then else
        | assign op target x | step op target is_prefix | object [(key, x)] | array [x]
        | function parameters statements name
    statements: do x | let [(name, x or None)] | if x then else | return x | block statements
        | with x statement | skip

Loops and whatever else there is come out as `skip`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple, NoReturn

Node = tuple[Any, ...]

# In characters: a function of a pager is far shorter, and a call with all its options, too.
LONGEST = 8000
# In levels; only hostile scripts nest deeper.
_DEEPEST = 40

# Possessive quantifiers keep this linear.
_TOKEN = re.compile(
    r"""
      (?P<space> (?: \s | //[^\n]*+ | <!--[^\n]*+ | /\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z) )++ )
    | (?P<number> 0[xX][0-9a-fA-F]{1,8} | \d{1,15}(?:\.\d{1,15})? )
    | (?P<name> [^\W\d][\w$]*+ | \$[\w$]*+ )
    | (?P<string> "[^"\\\n]*+(?:\\.[^"\\\n]*+)*+" | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*+' )
    | (?P<template> `[^`\\]*+(?:\\.[^`\\]*+)*+` )
    | (?P<mark> ===|!==|=>|==|!=|<=|>=|&&|\|\||\+\+|--|\+=|-=|[-+*/%=<>!?:;,.(){}\[\]&|^~@\#] )
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(
    r"/(?![*/])([^/\\\n\[]*+(?:(?:\\.|\[[^\]\\\n]*+(?:\\.[^\]\\\n]*+)*+\])[^/\\\n\[]*+)*+)/[a-z]*"
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r?\n|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_INSERTED = re.compile(r"\$\{([^{}]*)\}")
# Behind these a slash begins a regular expression.
_BEFORE_REGEX = frozenset("( , = : [ ! & | ? { } ; && || == === != !== + return".split())

_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_BINARY = {
    mark: rank
    for rank, marks in enumerate(
        ("|| ??", "&&", "| ^ &", "== != === !==", "< > <= >= in instanceof", "+ -", "* / %")
    )
    for mark in marks.split()
}
_LOOPS = ("for", "while", "switch", "do", "class", "throw", "break", "continue", "import", "export")


class _Token(NamedTuple):
    kind: str
    text: str


class _Unreadable(Exception):
    """Raised inside the parser where a text is none of what it reads."""


def parse_code(text: str) -> list[Node]:
    """Return the statements of a script, as far as they can be read; never raises."""
    parser = _Parser(_tokens(text[:LONGEST]))
    found: list[Node] = []
    try:
        while parser.kind:
            found.append(parser.statement())
    except _Unreadable:
        pass
    return found


def parse_value(text: str) -> Node | None:
    """Return the expression that a text begins with, None if it begins with none."""
    try:
        return _Parser(_tokens(text[:LONGEST])).expression()
    except _Unreadable:
        return None


def parse_members(text: str) -> dict[str, Node]:
    """Return the members of the object that a text begins with, up to one that cannot be read."""
    parser = _Parser(_tokens(text[:LONGEST]))
    found: dict[str, Node] = {}
    with suppress(_Unreadable):
        found.update(parser.members())
    return found


def terms(node: Node) -> Iterator[Node]:
    """Yield what a sum adds up, such as the parts of an address; of anything else itself."""
    added: list[Node] = []
    while node[:2] == ("binary", "+"):
        added.append(node[3])
        node = node[2]
    yield node
    for each in reversed(added):
        yield from terms(each)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        before = found[-1].text if found else "("
        if text[at] == "/" and before in _BEFORE_REGEX and (regex := _REGEX.match(text, at)):
            found.append(_Token("regex", regex[1]))
            at = regex.end()
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            break  # What is behind cannot be understood.
        kind = str(token.lastgroup)
        if kind in ("string", "template"):
            found.append(_Token(kind, _ESCAPE.sub(_unescape, token[0][1:-1])))
        elif kind != "space":
            found.append(_Token(kind, token[0]))
        at = token.end()
    return found


def _unescape(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return _CONTROLS.get(escape[3], escape[3]) if escape[3] else ""


class _Parser:
    """Reads tokens from the first to the last; `kind` and `text` are those of the next one."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = [*tokens, _Token("", "")]
        self._at = self._depth = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at].kind

    @property
    def text(self) -> str:
        return self._tokens[self._at].text

    def statement(self) -> Node:
        return self._nested(self._statement)

    def expression(self) -> Node:
        """Read an expression without commas."""
        return self._nested(self._assignment)

    def _nested(self, read: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail()
        node = read()
        self._depth -= 1
        return node

    def _fail(self) -> NoReturn:
        raise _Unreadable(self.text)

    def _take(self) -> str:
        text = self.text
        self._at += self._at < len(self._tokens) - 1
        return text

    def _is_mark(self, mark: str) -> bool:
        return self.text == mark and self.kind in ("mark", "name")

    def _skip(self, mark: str) -> bool:
        found = self._is_mark(mark)
        if found:
            self._take()
        return found

    def _want(self, mark: str) -> None:
        if not self._skip(mark):
            self._fail()

    def _statement(self) -> Node:
        read = _STATEMENTS.get(self.text) if self.kind in ("mark", "name") else None
        if read:
            return read(self)
        node = self._sequence()
        self._skip(";")
        return ("do", node)

    def _sequence(self) -> Node:
        node = self.expression()
        while self._skip(","):
            node = ("binary", ",", node, self.expression())
        return node

    def _nothing(self) -> Node:
        self._take()
        return ("skip",)

    def _block(self) -> Node:
        return ("block", self._body())

    def _body(self) -> list[Node]:
        self._want("{")
        found: list[Node] = []
        while not self._skip("}"):
            if not self.kind:
                self._fail()
            found.append(self.statement())
        return found

    def _let(self) -> Node:
        self._take()
        found: list[tuple[str, Node | None]] = []
        while self.kind == "name":
            name = self._take()
            found.append((name, self.expression() if self._skip("=") else None))
            if not self._skip(","):
                break
        self._skip(";")
        return ("let", found)

    def _if(self) -> Node:
        self._take()
        condition = self._in_brackets()
        then = self.statement()
        return ("if", condition, then, self.statement() if self._skip("else") else None)

    def _in_brackets(self) -> Node:
        self._want("(")
        node = self._sequence()
        self._want(")")
        return node

    def _return(self) -> Node:
        self._take()
        ends = self._is_mark(";") or self._is_mark("}") or not self.kind
        node = None if ends else self.expression()
        self._skip(";")
        return ("return", node)

    def _with(self) -> Node:
        self._take()
        return ("with", self._in_brackets(), self.statement())

    def _try(self) -> Node:
        self._take()
        node = self._block()
        for word in ("catch", "finally"):
            if self._skip(word):
                if self._is_mark("("):
                    self._in_brackets()
                self._body()
        return node

    def _named_function(self) -> Node:
        node = self._function()
        return ("let", [(node[3], node)]) if node[3] else ("do", node)

    def _loop(self) -> Node:
        """Skip a statement that is not read, up to the end of its block or its line."""
        depth = 0
        while self.kind and not (depth == 0 and self._is_mark("}")):
            is_mark, text = self.kind == "mark", self._take()
            depth += is_mark and (text in "([{") - (text in ")]}")
            if is_mark and depth == 0 and text in ";}":
                break
        return ("skip",)

    def _assignment(self) -> Node:
        if arrow := self._arrow():
            return arrow
        target = self._conditional()
        if self.kind == "mark" and self.text in ("=", "+=", "-="):
            return ("assign", self._take(), target, self.expression())
        return target

    def _arrow(self) -> Node | None:
        """Read `n => …` or `(a, b) => …`; None where there is no such function."""
        start = self._at
        parameters: list[str] = []
        if self.kind == "name":
            parameters.append(self._take())
        elif self._skip("("):
            while self.kind == "name":
                parameters.append(self._take())
                self._skip(",")
            if not self._skip(")"):
                self._at = start
                return None
        if self._at == start or not self._skip("=>"):
            self._at = start
            return None
        if self._is_mark("{"):
            return ("function", parameters, self._body(), "")
        return ("function", parameters, [("return", self.expression())], "")

    def _conditional(self) -> Node:
        condition = self._binary(0)
        if not self._skip("?"):
            return condition
        then = self.expression()
        self._want(":")
        return ("choose", condition, then, self.expression())

    def _binary(self, least: int) -> Node:
        left = self._unary()
        while (rank := _BINARY.get(self.text, -1)) >= least and self.kind in ("mark", "name"):
            op = self._take()
            kind = "either" if op in ("&&", "||") else "binary"
            left = (kind, op, left, self._binary(rank + 1))
        return left

    def _unary(self) -> Node:
        if self.kind == "mark" and self.text in ("++", "--"):
            return ("step", self._take(), self._nested(self._unary), True)
        if self.kind in ("mark", "name") and self.text in ("!", "-", "+", "~", "typeof", "void"):
            return ("unary", self._take(), self._nested(self._unary))
        if self._skip("new"):
            return ("new", self._postfix(self._primary()))
        node = self._postfix(self._primary())
        if self.kind == "mark" and self.text in ("++", "--"):
            return ("step", self._take(), node, False)
        return node

    def _postfix(self, node: Node) -> Node:
        while self.kind == "mark":
            if self._skip("."):
                if self.kind != "name":
                    self._fail()
                node = ("member", node, ("value", self._take()))
            elif self._skip("["):
                node = ("member", node, self.expression())
                self._want("]")
            elif self._skip("("):
                node = ("call", node, self._list(")"))
            else:
                break
        return node

    def _list(self, end: str) -> list[Node]:
        found: list[Node] = []
        while not self._skip(end):
            found.append(self.expression())
            if not self._skip(",") and not self._is_mark(end):
                self._fail()
        return found

    def _primary(self) -> Node:
        kind, text = self.kind, self.text
        if kind == "name":
            return self._word()
        if kind == "mark":
            return self._bracket()
        self._take()
        match kind:
            case "number":
                return ("value", _number(text))
            case "string":
                return ("value", text)
            case "template":
                return _template(text)
            case "regex":
                return ("regex", text)
        return self._fail()

    def _word(self) -> Node:
        if self._is_mark("function"):
            return self._function()
        name = self._take()
        return ("value", _WORDS[name]) if name in _WORDS else ("name", name)

    def _bracket(self) -> Node:
        if self._is_mark("("):
            return self._in_brackets()
        if self._skip("["):
            return ("array", self._list("]"))
        if self._is_mark("{"):
            return ("object", [*self.members()])
        return self._fail()

    def members(self) -> Iterator[tuple[str, Node]]:
        self._want("{")
        while not self._skip("}"):
            if self._skip(","):
                continue
            if self.kind not in ("name", "string", "number"):
                self._fail()
            key = self._take()
            if self._is_mark("("):
                yield key, self._function_rest("")
            elif self._skip(":"):
                yield key, self.expression()
            else:
                yield key, ("name", key)

    def _function(self) -> Node:
        self._want("function")
        return self._function_rest(self._take() if self.kind == "name" else "")

    def _function_rest(self, name: str) -> Node:
        self._want("(")
        parameters: list[str] = []
        while not self._skip(")"):
            if self.kind == "name":
                parameters.append(self._take())
            elif not self._skip(","):
                self._fail()
        return ("function", parameters, self._body(), name)


def _number(text: str) -> float:
    if text[:2].lower() == "0x":
        return int(text, 16)
    return float(text) if "." in text else int(text)


def _template(text: str) -> Node:
    """Return what puts a template literal together: texts with values between them."""
    node: Node = ("value", "")
    for number, piece in enumerate(_INSERTED.split(text)):
        part = parse_value(piece) if number % 2 else ("value", piece)
        if part is None:
            raise _Unreadable(piece)
        node = ("binary", "+", node, part)
    return node


_STATEMENTS: dict[str, Callable[[_Parser], Node]] = {
    "{": _Parser._block,
    ";": _Parser._nothing,
    **dict.fromkeys(("var", "let", "const"), _Parser._let),
    "if": _Parser._if,
    "return": _Parser._return,
    "with": _Parser._with,
    "try": _Parser._try,
    "function": _Parser._named_function,
    **dict.fromkeys(_LOOPS, _Parser._loop),
}
