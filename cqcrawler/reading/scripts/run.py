"""Where a click leads: the code behind it is run until it opens an address or sends a form.

Only what pagers are made of is run; what cannot be told is unknown, and where a condition is, the
way is taken that leads somewhere. So an outcome is what readers would get, or there is none. The
code is a stranger's: steps, depth and the length of texts are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from cqcrawler.reading.scripts.browser import HOSTS, Browser, Host
from cqcrawler.reading.scripts.forms import Control, Form
from cqcrawler.reading.scripts.members import (
    Leads,
    Lost,
    Outcome,
    Tab,
    member,
    pick,
    set_member,
)
from cqcrawler.reading.scripts.syntax import Node, parse_code, parse_value
from cqcrawler.reading.scripts.values import (
    FUNCTIONS,
    UNKNOWN,
    Value,
    applied,
    binary,
    plain_regex,
    to_number,
    truth,
    unary,
)

_SCRIPT = re.compile(r"\s*javascript:", re.IGNORECASE)
# A click on a pager takes some fifty steps.
_MOST_STEPS = 2000
_DEEPEST = 100
_WORK_OF_A_RUN = 50  # steps, beside those of the code

Scope = dict[str, Value]


class Function(NamedTuple):
    """A function of the page, with the variables around it."""

    parameters: list[str]
    body: list[Node]
    scopes: tuple[Scope, ...]


class _Returned(Exception):
    """Raised where a function ends with a value."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


def click(
    browser: Browser,
    element: etree._Element,
    typed: Mapping[Control, str] | None = None,
    codes: Sequence[str] | None = None,
) -> Outcome | None:
    """Return where a click on an element leads, None if nowhere or nobody can tell.

    `typed` is what readers have put into fields before, `codes` what the click runs if that is
    not what the element says.
    """
    thing = browser.thing(element)
    run = Run(browser, typed or {}, thing)
    return run.outcome(lambda: run.click(thing, handlers(element) if codes is None else codes))


def handlers(element: etree._Element) -> list[str]:
    """Return the code that a click on an element runs, in its order."""
    href = element.get("href") or ""
    codes = (element.get("onclick") or "", href if _SCRIPT.match(href) else "")
    return [code for text in codes if (code := _SCRIPT.sub("", text).strip(" ;"))]


def change(browser: Browser, select: etree._Element, value: str) -> Outcome | None:
    """Return where it leads to choose a value of a select."""
    thing = browser.thing(select)
    values = {thing: value} if isinstance(thing, Control) else {}
    run = Run(browser, values, thing)
    code = _SCRIPT.sub("", select.get("onchange") or "")
    return run.outcome(lambda: run.execute(code))


def options(browser: Browser, code: str) -> dict[str, Value]:
    """Return the options that an object literal at the beginning of `code` gives, as far as they
    can be told."""
    node = parse_value(code) if browser.work(len(code)) else None
    if node is None or node[0] != "object":
        return {}
    return {key: _value(browser, part) for key, part in node[1]}


def _value(browser: Browser, node: Node) -> Value:
    run, found = Run(browser, {}), [UNKNOWN]
    run.outcome(lambda: found.append(run.evaluate(node)))
    return found[-1]


def call(
    browser: Browser,
    function: Function,
    arguments: Sequence[Value],
    this: Value = UNKNOWN,
    *,
    returns: bool = False,
) -> Outcome | None:
    """Return where it leads to call a function; where it `returns` addresses, that one."""
    run, returned = Run(browser, {}, this), [UNKNOWN]
    outcome = run.outcome(lambda: returned.append(run.call(function, arguments, this)))
    address = returned[-1] if returns else None
    return outcome or (address if isinstance(address, str) else None)


class Run:
    """One run of code on a page, from a click or a call to where it leads."""

    def __init__(
        self, browser: Browser, typed: Mapping[Control, str], this: Value = UNKNOWN
    ) -> None:
        self._browser = browser
        self._tab = Tab(browser, typed)
        self._globals: Scope = {}
        self._scopes: list[Scope] = []
        self._things: list[Value] = []  # those of `with`
        self._this = this
        self._steps = self._depth = 0

    def outcome(self, act: Callable[[], Value]) -> Outcome | None:
        """Do something, and return where it leads."""
        if not self._browser.work(_WORK_OF_A_RUN):
            return None
        try:
            act()
        except Leads as leads:
            return leads.outcome
        except (Lost, _Returned, RecursionError):
            pass
        return None

    def click(self, thing: Value, codes: Sequence[str]) -> None:
        """Run what a click on a thing runs; then a button sends its form."""
        for code in codes:
            if self.execute(code) is False:
                return
        if isinstance(thing, Control) and thing.is_submit and thing.form:
            self._tab.submit(thing.form, thing)

    def execute(self, code: str) -> Value:
        """Run statements, and return what they return."""
        if not self._browser.work(len(code)):
            raise Lost
        try:
            self._all(parse_code(code))
        except _Returned as returned:
            return returned.value
        return None

    def evaluate(self, node: Node) -> Value:
        """Return the value of an expression; may leave the page."""
        self._steps += 1
        self._depth += 1
        bounded = self._steps <= _MOST_STEPS and self._depth <= _DEEPEST
        if not (bounded and self._browser.work(1)):
            raise Lost
        try:
            return _EXPRESSIONS[node[0]](self, *node[1:])
        finally:
            self._depth -= 1

    def call(self, function: Value, arguments: Sequence[Value], this: Value = UNKNOWN) -> Value:
        """Return what a function returns; UNKNOWN for what is none that we know."""
        if not isinstance(function, Function):
            return self._call_host(function, arguments)
        before = self._scopes, self._this
        given = dict.fromkeys(function.parameters)
        given.update(zip(function.parameters, arguments, strict=False))
        self._scopes = [*function.scopes, given]
        self._this = this
        try:
            self._all(function.body)
        except _Returned as returned:
            return returned.value
        finally:
            self._scopes, self._this = before
        return None

    def _call_host(self, function: Value, arguments: Sequence[Value]) -> Value:
        if function is Host.JQUERY:
            return pick(self._tab, *arguments[:1])
        try:
            return function(*arguments) if callable(function) else UNKNOWN
        except TypeError:  # too many or too few arguments
            return UNKNOWN

    # -- Statements -----------------------------------------------------------------------

    def _all(self, statements: Sequence[Node]) -> None:
        for statement in statements:
            self._do(statement)

    def _do(self, statement: Node) -> None:
        match statement:
            case ("do", node):
                self.evaluate(node)
            case ("let", names):
                for name, node in names:
                    self._scope[name] = self.evaluate(node) if node else None
            case ("if", condition, then, other):
                self._if(truth(self.evaluate(condition)), then, other)
            case ("return", node):
                raise _Returned(self.evaluate(node) if node else None)
            case ("block", statements):
                self._all(statements)
            case ("with", node, inner):
                self._with(self.evaluate(node), inner)

    def _if(self, condition: Value, then: Node, other: Node | None) -> None:
        if condition is UNKNOWN:
            self._try(then)
        chosen = then if condition is True else other
        if chosen:
            self._do(chosen)

    def _try(self, statement: Node) -> None:
        """Do what may be done, for where it leads; if that is nowhere, it was not done."""
        changing: list[dict[Any, Value]] = [self._globals, *self._scopes, *self._tab.changes]
        before = [(scope, {**scope}) for scope in changing]
        try:
            self._do(statement)
        except Leads as leads:
            if leads.outcome is not None:
                raise
        except (Lost, _Returned):
            pass
        for scope, content in before:
            scope.clear()
            scope.update(content)

    def _with(self, thing: Value, statement: Node) -> None:
        self._things.append(thing)
        try:
            self._do(statement)
        finally:
            self._things.pop()

    # -- Expressions ----------------------------------------------------------------------

    @property
    def _scope(self) -> Scope:
        return self._scopes[-1] if self._scopes else self._globals

    def _name(self, name: str) -> Value:
        for scope in (*reversed(self._scopes), self._globals):
            if name in scope:
                return scope[name]
        for thing in reversed(self._things):
            if (found := member(self._tab, thing, name)) not in (None, UNKNOWN):
                return found
        if name == "this":
            return self._this
        if name in HOSTS:
            return HOSTS[name]
        if name == "setTimeout":
            return self._later
        if function := FUNCTIONS.get(name):
            return lambda *given: applied(function, given)
        return self._defined(name)

    def _later(self, code: Value, *_: Value) -> Value:
        return self.execute(code) if isinstance(code, str) else self.call(code, ())

    def _defined(self, name: str) -> Value:
        """Return what the page's scripts say that a name is; by its name, a part of the page."""
        node = self._browser.definition(name)
        if node is None:
            found = self._browser.by_id(name)
            return UNKNOWN if found is None else found
        scopes, self._scopes = self._scopes, []
        self._globals[name] = UNKNOWN  # if it is made from itself
        try:
            self._globals[name] = self.evaluate(node)
        finally:
            self._scopes = scopes
        return self._globals[name]

    def _member(self, thing: Node, key: Node) -> Value:
        return member(self._tab, self.evaluate(thing), self.evaluate(key))

    def _call(self, function: Node, arguments: Sequence[Node]) -> Value:
        this: Value = UNKNOWN
        if function[0] == "member":
            this = self.evaluate(function[1])
            called = member(self._tab, this, self.evaluate(function[2]))
        else:
            called = self.evaluate(function)
        return self.call(called, [*map(self.evaluate, arguments)], this)

    def _new(self, node: Node) -> Value:
        if node[0] != "call" or not isinstance(self.evaluate(node[1]), Function):
            return UNKNOWN
        return self.evaluate(node)

    def _unary(self, op: str, node: Node) -> Value:
        return unary(op, self.evaluate(node))

    def _binary(self, op: str, left: Node, right: Node) -> Value:
        return binary(op, self.evaluate(left), self.evaluate(right))

    def _either(self, op: str, left: Node, right: Node) -> Value:
        value = self.evaluate(left)
        known = truth(value)
        if known is UNKNOWN:
            return UNKNOWN
        return self.evaluate(right) if known is (op == "&&") else value

    def _choose(self, condition: Node, then: Node, other: Node) -> Value:
        known = truth(self.evaluate(condition))
        return UNKNOWN if known is UNKNOWN else self.evaluate(then if known else other)

    def _assign(self, op: str, target: Node, node: Node) -> Value:
        value = self.evaluate(node)
        if op != "=":
            value = binary(op[0], self.evaluate(target), value)
        self._set(target, value)
        return value

    def _step(self, op: str, target: Node, is_prefix: bool) -> Value:
        before = to_number(self.evaluate(target))
        after = binary(op[0], before, 1)
        self._set(target, after)
        return after if is_prefix else before

    def _set(self, target: Node, value: Value) -> None:
        match target:
            case ("member", thing, key):
                set_member(self._tab, self.evaluate(thing), self.evaluate(key), value)
            case ("name", "location"):
                self._tab.open(value)
            case ("name", name):
                self._set_name(name, value)

    def _set_name(self, name: str, value: Value) -> None:
        for thing in self._things:
            if isinstance(thing, Form) and name in ("action", "method"):
                set_member(self._tab, thing, name, value)
        scopes = (scope for scope in reversed(self._scopes) if name in scope)
        next(scopes, self._globals)[name] = value

    def _object(self, pairs: Sequence[tuple[str, Node]]) -> Value:
        return {key: self.evaluate(node) for key, node in pairs}

    def _array(self, nodes: Sequence[Node]) -> Value:
        return [*map(self.evaluate, nodes)]

    def _function(self, parameters: list[str], body: list[Node], name: str) -> Value:
        return Function(parameters, body, tuple(self._scopes))


_EXPRESSIONS: dict[str, Callable[..., Value]] = {
    "value": lambda run, value: value,
    "regex": lambda run, pattern: plain_regex(pattern),
    "name": Run._name,
    "member": Run._member,
    "call": Run._call,
    "new": Run._new,
    "unary": Run._unary,
    "binary": Run._binary,
    "either": Run._either,
    "choose": Run._choose,
    "assign": Run._assign,
    "step": Run._step,
    "object": Run._object,
    "array": Run._array,
    "function": Run._function,
}
