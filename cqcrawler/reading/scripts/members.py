"""What a page's objects have for scripts: `form.pageNo.value`, `location.href`, `$('#f').submit`.

A `Tab` is the page while a script runs: what was put into its fields, and where that leads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from lxml import etree

from cqcrawler.reading.addresses import form_data
from cqcrawler.reading.scripts.browser import Browser, Host, Picked
from cqcrawler.reading.scripts.forms import Control, Form, Sent
from cqcrawler.reading.scripts.values import (
    MATH,
    METHODS,
    UNKNOWN,
    Value,
    applied,
    is_known,
    to_text,
)
from cqcrawler.text.normalize import collapse

# An address as it is written, or a form.
Outcome = str | Sent
Function = Callable[..., Value]
_MOST_TEXTS = 20


class Leads(Exception):
    """Raised where a script leaves the page; `outcome` says for where, None if that is unknown."""

    def __init__(self, outcome: Outcome | None) -> None:
        super().__init__()
        self.outcome = outcome


class Lost(Exception):
    """Raised where a script cannot be followed."""


class Tab:
    """A page and what its scripts have changed in it: values of fields, attributes of forms."""

    def __init__(self, browser: Browser, values: Mapping[Control, str]) -> None:
        self.browser = browser
        self.values: dict[Control, Value] = {**values}
        self.attributes: dict[tuple[Form, str], Value] = {}

    @property
    def changes(self) -> tuple[dict[Any, Value], ...]:
        """What scripts have changed, to be put back where they did so on trial."""
        return self.values, self.attributes

    def value(self, control: Control) -> Value:
        return self.values.get(control, control.value)

    def set_value(self, control: Control, value: Value) -> None:
        self.values[control] = to_text(value)

    def attribute(self, form: Form, name: str) -> Value:
        return self.attributes.get((form, name), form.attributes.get(name))

    def set_attribute(self, form: Form, name: str, value: Value) -> None:
        self.attributes[form, name] = to_text(value)

    def open(self, address: Value) -> None:
        """Leave the page for an address."""
        raise Leads(address if isinstance(address, str) else None)

    def submit(self, form: Form, clicked: Control | None = None) -> None:
        """Leave the page by sending a form."""
        raise Leads(self.sent(form, clicked))

    def sent(self, form: Form, clicked: Control | None = None) -> Sent | None:
        """Return a form as it would be sent now; None if that is unknown."""
        values = {
            control: self.values[control] for control in form.controls if control in self.values
        }
        changed = {name: value for (of, name), value in self.attributes.items() if of is form}
        if not is_known(*values.values(), *changed.values()):
            return None
        return self.browser.send(form, values, changed, clicked)


def member(tab: Tab, thing: Value, key: Value) -> Value:
    """Return what `thing.key` is: a value, a function, or UNKNOWN."""
    if not is_known(thing, key):
        return UNKNOWN
    read = _MEMBERS.get(type(thing))
    return read(tab, thing, key) if read else UNKNOWN


def set_member(tab: Tab, thing: Value, key: Value, value: Value) -> None:
    """Do what `thing.key = value` does. Raises Lost for what is not there to be set."""
    match thing:
        case Host.LOCATION if key in ("href", "search"):
            tab.open(value)
        case Host.WINDOW | Host.DOCUMENT if key == "location":
            tab.open(value)
        case Control() if key == "value":
            tab.set_value(thing, value)
        case Form() if isinstance(key, str):
            tab.set_attribute(thing, key, value)
        case dict():
            thing[to_text(key)] = value
        case None:
            raise Lost
        case _ if key == "value":
            raise Lost


def _of_list(tab: Tab, things: list[Value], key: Value) -> Value:
    if key == "length":
        return len(things)
    if key == "join":
        return lambda mark=",": applied(str.join, (mark, things))
    return _at(things, key)


def _at(things: Sequence[Value], key: Value) -> Value:
    return things[key] if isinstance(key, int) and 0 <= key < len(things) else None


def _of_dict(tab: Tab, pairs: dict[str, Value], key: Value) -> Value:
    return pairs.get(to_text(key))


def _of_number(tab: Tab, number: float, key: Value) -> Value:
    return (lambda *_: to_text(number)) if key in ("toString", "toFixed") else UNKNOWN


def _of_text(tab: Tab, text: str, key: Value) -> Value:
    if key == "length":
        return len(text)
    if isinstance(key, int):
        return text[key : key + 1]
    method = METHODS.get(key) if isinstance(key, str) else None
    return (lambda *given: applied(method, (text, *given))) if method else UNKNOWN


def _of_host(tab: Tab, host: Host, key: Value) -> Value:
    match host, key:
        case ((Host.WINDOW | Host.DOCUMENT), "location"):
            return Host.LOCATION
        case (Host.WINDOW, "open"):
            return lambda address=UNKNOWN, *_: tab.open(address)
        case (Host.WINDOW, "document"):
            return Host.DOCUMENT
        case (Host.MATH, str()) if key in MATH:
            return lambda *given: applied(MATH[key], given)
        case (Host.JQUERY, "trim"):
            return lambda text=UNKNOWN: text
        case (Host.LOCATION, str()):
            return _of_location(tab, key)
        case (Host.FORMS, _):
            return _of_forms(tab, key)
        case (Host.DOCUMENT, str()):
            return _of_document(tab, key)
    return UNKNOWN


def _of_location(tab: Tab, key: str) -> Value:
    return tab.open if key in ("replace", "assign") else tab.browser.part_of_address(key)


def _of_forms(tab: Tab, key: Value) -> Value:
    forms = tab.browser.forms
    if key == "length":
        return len(forms.all)
    return forms.form(key) if isinstance(key, str) else _at(forms.all, key)


def _of_document(tab: Tab, key: str) -> Value:
    browser = tab.browser
    match key:
        case "forms":
            return Host.FORMS
        case "all":
            return Host.DOCUMENT
        case "URL":
            return browser.here
        case "getElementById":
            return lambda name=None: browser.by_id(name) if isinstance(name, str) else UNKNOWN
        case "getElementsByName":
            return lambda name=None: _named(browser, name)
        case "querySelector":
            return lambda selector="": _at([*_things(browser.pick(selector))], 0)
    found = browser.by_id(key)
    return UNKNOWN if found is None else found


def _named(browser: Browser, name: Value) -> list[Value]:
    things: list[Form | Control] = [*browser.forms.all, *browser.forms.controls]
    return [thing for thing in things if thing.attributes.get("name") == name]


def _things(picked: Value) -> tuple[Value, ...]:
    return picked.things if isinstance(picked, Picked) else ()


def _of_form(tab: Tab, form: Form, key: Value) -> Value:
    if isinstance(key, int):
        return _at(form.controls, key)
    for control in form.controls:
        if key in (control.name, control.attributes.get("id")):
            return control
    match key:
        case "elements":
            return form
        case "submit":
            return lambda *_: tab.submit(form)
        case "action":
            return tab.attribute(form, "action") or tab.browser.here
        case "setAttribute":
            return lambda name, value=None: tab.set_attribute(form, name, value)
        case str():
            return tab.attribute(form, key)
    return UNKNOWN


def _of_control(tab: Tab, control: Control, key: Value) -> Value:
    match key:
        case "value":
            return tab.value(control)
        case "form":
            return control.form
        case "options":
            return [{"value": option.value} for option in control.options]
        case "selectedIndex":
            values = [option.value for option in control.options]
            value = tab.value(control)
            return values.index(value) if value in values else UNKNOWN
        case "click":
            return lambda *_: _click(tab, control)
        case "getAttribute":
            return lambda name="": control.attributes.get(name)
        case "setAttribute":
            return lambda name, value=None: set_member(tab, control, name, value)
        case str():
            return control.attributes.get(key, UNKNOWN)
    return UNKNOWN


def _click(tab: Tab, control: Control) -> None:
    if control.is_submit and control.form:
        tab.submit(control.form, control)


def _of_element(tab: Tab, element: etree._Element, key: Value) -> Value:
    match key:
        case "getAttribute":
            return lambda name="": element.get(name)
        case "innerHTML" | "innerText" | "textContent":
            return collapse("".join(map(str, islice(element.itertext(), _MOST_TEXTS))))
        case str():
            return element.get(key) or UNKNOWN
    return UNKNOWN


def _of_picked(tab: Tab, picked: Picked, key: Value) -> Value:
    if isinstance(key, int):
        return _at(picked.things, key)
    if key == "length":
        return len(picked.things)
    method = _PICKED.get(key) if isinstance(key, str) else None
    if method is None:
        return lambda *_: picked  # Mostly it changes how things look.
    return lambda *given: method(tab, picked, *given)


def _val(tab: Tab, picked: Picked, *given: Value) -> Value:
    if not given:
        return _first(tab, picked, "value")
    for thing in picked.things:
        set_member(tab, thing, "value", given[0])
    return picked


def _attr(tab: Tab, picked: Picked, name: Value = UNKNOWN, *given: Value) -> Value:
    if not given:
        return _first(tab, picked, name)
    for thing in picked.things:
        set_member(tab, thing, name, given[0])
    return picked


def _first(tab: Tab, picked: Picked, name: Value) -> Value:
    return member(tab, picked.things[0], name) if picked.things else None


def _submit(tab: Tab, picked: Picked, *_: Value) -> Value:
    for thing in picked.things:
        if isinstance(thing, Form):
            tab.submit(thing)
    return picked


def _trigger(tab: Tab, picked: Picked, event: Value = None) -> Value:
    if event == "submit":
        return _submit(tab, picked)
    for thing in picked.things:
        if event == "click" and isinstance(thing, Control):
            _click(tab, thing)
    return picked


def _closest(tab: Tab, picked: Picked, *_: Value) -> Value:
    forms = (thing.form for thing in picked.things if isinstance(thing, Control))
    return Picked(tuple(dict.fromkeys(filter(None, forms))))


def _find(tab: Tab, picked: Picked, selector: Value = None) -> Value:
    found = tab.browser.pick(selector) if isinstance(selector, str) else UNKNOWN
    forms = [thing for thing in picked.things if isinstance(thing, Form)]
    if not isinstance(found, Picked) or not forms:
        return found
    inside = (each for each in found.things if isinstance(each, Control) and each.form in forms)
    return Picked(tuple(inside))


def _serialize(tab: Tab, picked: Picked) -> Value:
    forms = [thing for thing in picked.things if isinstance(thing, Form)]
    sent = tab.sent(forms[0]) if forms else None
    return form_data(sent.fields, tab.browser.encoding) if sent else UNKNOWN


_PICKED: dict[str, Function] = {
    "val": _val,
    "attr": _attr,
    "prop": _attr,
    "submit": _submit,
    "trigger": _trigger,
    "click": lambda tab, picked, *_: _trigger(tab, picked, "click"),
    "closest": _closest,
    "parents": _closest,
    "find": _find,
    "serialize": _serialize,
    "get": lambda tab, picked, at=0: _of_picked(tab, picked, at),
    "text": lambda tab, picked, *_: _first(tab, picked, "innerText"),
    "html": lambda tab, picked, *_: _first(tab, picked, "innerHTML"),
    "data": lambda tab, picked, name="", *_: _first(tab, picked, f"data-{name}"),
}


def pick(tab: Tab, what: Value = UNKNOWN) -> Any:
    """Return what `$(what)` is."""
    match what:
        case str():
            return tab.browser.pick(what)
        case Form() | Control() | etree._Element():
            return Picked((what,))
        case Picked():
            return what
    return UNKNOWN


_MEMBERS: dict[type, Function] = {
    Host: _of_host,
    Form: _of_form,
    Control: _of_control,
    Picked: _of_picked,
    etree._Element: _of_element,
    str: _of_text,
    dict: _of_dict,
    list: _of_list,
    int: _of_number,
    float: _of_number,
}
