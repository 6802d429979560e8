"""The forms of a page, and what a browser sends of them (HTML Living Standard, 4.10.21)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.page.tokens import exact_attributes, name_of, split_markup, text_behind
from cqcrawler.text.words import any_word

_CONTROLS = ("input", "select", "textarea", "button")
_USUAL = {"input": "text", "button": "submit"}
_BUTTONS = ("submit", "image")
_NEVER_SENT = ("button", "reset", "file")
_LINE_END = re.compile(r"\r\n?|\n")
_CAPTCHA = re.compile(any_word("captcha_field"), re.IGNORECASE)
# Of a clock, or of chance: seconds or milliseconds of our days, a fraction with many digits.
_MOMENT = re.compile(r"1\d{9}(?:\d{3})?|0\.\d{8,}")
_STATE = re.compile(any_word("form_state"), re.IGNORECASE)


class Option(NamedTuple):
    """One choice of a select."""

    value: str
    selected: bool


@dataclass(slots=True, eq=False)
class Control:
    """A field or a button; `value` is what it has as the page comes."""

    tag: str
    attributes: Mapping[str, str]
    form: Form | None
    value: str = ""
    options: list[Option] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        """The type of an input or a button, the tag of any other."""
        usual = _USUAL.get(self.tag)
        return (self.attributes.get("type", "").strip().lower() or usual) if usual else self.tag

    @property
    def is_typed(self) -> bool:
        """Whether readers type into it."""
        return self.tag == "input" and self.kind in ("text", "number", "search", "tel")

    @property
    def is_submit(self) -> bool:
        """Whether a click on it sends its form."""
        return self.tag in ("input", "button") and self.kind in _BUTTONS

    @property
    def is_state(self) -> bool:
        """Whether it holds what the server wants back, and what is another on every page."""
        named = bool(self.value) and bool(_STATE.fullmatch(self.name))
        return self.kind == "hidden" and (named or bool(_MOMENT.fullmatch(self.value)))


@dataclass(slots=True, eq=False)
class Form:
    """A form with its controls in page order."""

    attributes: Mapping[str, str]
    controls: list[Control] = field(default_factory=list)

    @property
    def refusal(self) -> str:
        """Say why this form is not for crawlers to send; empty if it may be sent."""
        for control in self.controls:
            if control.kind in ("password", "file"):
                return f"its form has a {control.kind} field"
            if control.is_typed and _CAPTCHA.search(
                f"{control.name} {control.attributes.get('id')}"
            ):
                return "its form has a captcha"
        return ""

    @property
    def has_state(self) -> bool:
        """Whether it can be sent from the page only that a server has just given."""
        return any(control.is_state for control in self.controls)


class Sent(NamedTuple):
    """A form as it is sent: to which address, how, and the names and values in it."""

    url: str
    is_post: bool
    fields: tuple[tuple[str, str], ...]
    form: Form


_Named = TypeVar("_Named", Form, Control)


class Forms:
    """The forms of a page and its controls, those of no form included, both in page order."""

    def __init__(self, forms: list[Form], controls: list[Control]) -> None:
        self.all = forms
        self.controls = controls

    @cached_property
    def _by_name(self) -> dict[str, Form]:
        return _named(self.all)

    @cached_property
    def _controls_by_name(self) -> dict[str, Control]:
        return _named(self.controls)

    def form(self, name: str) -> Form | None:
        """Return the form with an id or a name."""
        return self._by_name.get(name)

    def control(self, name: str) -> Control | None:
        """Return the control with an id or, where none has it, with a name."""
        return self._controls_by_name.get(name)


def _named(things: list[_Named]) -> dict[str, _Named]:
    by_id, by_name = (
        {thing.attributes[key]: thing for thing in reversed(things) if key in thing.attributes}
        for key in ("id", "name")
    )
    return by_name | by_id


def read_forms(markup: str) -> Forms:
    """Return the forms of a page, with the controls that browsers count among them.

    A form lasts up to the next end tag of a form, however the tags around it are nested, and one
    that begins inside another is none.
    """
    reader = _Reader()
    texts, tags = split_markup(markup)
    for at, tag in enumerate(tags):
        name = name_of(tag)
        if tag is not None and name in _READ:
            inner = ("option", "textarea")
            reader.read(name, tag, text_behind(texts, tags, at, name) if name in inner else "")
    _set_apart(reader.forms, reader.controls)
    return Forms(reader.forms, reader.controls)


_READ = frozenset(("form", "/form", "option", "/select", *_CONTROLS))


class _Reader:
    """The forms and controls of a page up to a tag, and which of them are still open there."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.controls: list[Control] = []
        self._form: Form | None = None
        self._select: Control | None = None

    def read(self, name: str, tag: str, text: str) -> None:
        if name == "form" and self._form is None:
            self._form = Form(exact_attributes(tag))
            self.forms.append(self._form)
        elif name == "/form":
            self._form = None
        elif name == "/select":
            self._select = None
        elif name == "option" and self._select:
            self._select.options.append(_option(tag, text))
        elif name in _CONTROLS:
            control = Control(name, exact_attributes(tag), self._form)
            control.value = text if name == "textarea" else control.attributes.get("value", "")
            self._select = control if name == "select" else None
            self.controls.append(control)


def _option(tag: str, text: str) -> Option:
    attributes = exact_attributes(tag)
    return Option(attributes.get("value", text), "selected" in attributes)


def _set_apart(forms: list[Form], controls: list[Control]) -> None:
    """Give every form its controls, and every select its value."""
    by_id = {form.attributes.get("id"): form for form in reversed(forms)}
    for control in controls:
        if named := control.attributes.get("form"):
            control.form = by_id.get(named, control.form)
        if control.form:
            control.form.controls.append(control)
        if control.options:
            chosen = [option for option in control.options if option.selected]
            control.value = (chosen[-1:] or control.options[:1])[0].value


def send(
    form: Form,
    here: str,
    base: str,
    *,
    values: Mapping[Control, str] | None = None,
    changed: Mapping[str, str] | None = None,
    clicked: Control | None = None,
) -> Sent | None:
    """Return a form as a browser sends it from the page at `here`; None if that leads nowhere.

    `values` are those of controls that were changed, `changed` attributes of the form that were;
    `clicked` is the button that sends it, if one does. Only that one is sent of all buttons.
    """
    own = clicked.attributes if clicked else {}
    attributes = {**form.attributes, **(changed or {})}
    action = own.get("formaction") or attributes.get("action", "").strip()
    url = resolve(action, base) if action else here
    if url is None:
        return None
    method = own.get("formmethod") or attributes.get("method", "")
    fields = tuple(_fields(form, values or {}, clicked))
    return Sent(url, method.strip().lower() == "post", fields, form)


def _fields(
    form: Form, values: Mapping[Control, str], clicked: Control | None
) -> Iterator[tuple[str, str]]:
    for control in form.controls:
        if control is clicked and control.kind == "image":
            prefix = f"{control.name}." if control.name else ""
            yield f"{prefix}x", "0"
            yield f"{prefix}y", "0"
        elif _is_sent(control, clicked):
            for value in _values(control, values):
                yield control.name, _LINE_END.sub("\r\n", value)


def _is_sent(control: Control, clicked: Control | None) -> bool:
    if not control.name or "disabled" in control.attributes:
        return False
    if control.kind in _BUTTONS:
        return control is clicked
    if control.kind in ("checkbox", "radio"):
        return "checked" in control.attributes
    return control.kind not in _NEVER_SENT


def _values(control: Control, values: Mapping[Control, str]) -> list[str]:
    if control in values:
        return [values[control]]
    if control.kind in ("checkbox", "radio"):
        return [control.attributes.get("value", "on")]
    if control.tag != "select":
        return [control.value]
    if "multiple" in control.attributes:
        return [option.value for option in control.options if option.selected]
    return [control.value] if control.options else []
