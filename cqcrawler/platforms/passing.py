"""What stands in an address for one visit only: sessions, random numbers, who sent the reader.

A name alone proves nothing (`sid` may be a section), so the value must look the part as well.
"""

from __future__ import annotations

import re

from cqcrawler.reading.addresses import leads_to_section

# Two in one parameter: what makes it random is that letters and digits mix.
_TOKEN = r"(?=[^a-z]*[a-z])(?=\D*\d)[\w.!:~-]{16,}"
_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid[a-z]*|asp\.net_sessionid|cftoken|oscsid|zenid)"
    r"=[\w.,!:~*%-]{8,}"
    rf"|(?:session_?id|sess_?id|session_?key)={_TOKEN}",
    re.IGNORECASE,
)
# Of forums and shops it is a session, of others a section; milliseconds without a name are
# against caches, or name the page: they go only where all else names a page.
_PERHAPS_PASSING = re.compile(
    r"s(?:id)?=(?=[^a-z]*[a-z])(?=\D*\d)[0-9a-z]{20,}|1\d{12}", re.IGNORECASE
)
_OWN_ID = re.compile(r"\w*id=\d+", re.IGNORECASE)
# ASP.NET without cookies: /(S(lit3py55t21z5v55vlm25s55))/
_ASP_SESSION = re.compile(
    r"/(?:\(|%28)(?:[ASFX](?:\(|%28)[\w-]+(?:\)|%29))*"
    r"S(?:\(|%28)[a-z0-5]{24}(?:\)|%29)(?:[ASFX](?:\(|%28)[\w-]+(?:\)|%29))*(?:\)|%29)(?=/|$)",
    re.IGNORECASE,
)
# Of `new Date().getTime()` and `Math.random()`. Days of a calendar are told by seconds, too,
# so `time` and `date` stay.
_MOMENT = r"1\d{9}(?:\d{3})?"
_RANDOM = r"0?\.\d{3,}"
_CACHE_BUSTER = re.compile(
    rf"(?:_|_t|_ts|ts|_dc|timestamp|_timestamp|cb|cachebuster)=(?:{_MOMENT}|{_RANDOM})"
    r"|(?:_?rnd|_?rand|_?random|randomnum)=[\d.]+|(?:no_?cache|cache_?buster)=[\w.-]+"
    rf"|[trv]=(?:1\d{{12}}|{_RANDOM})|(?:\w+=)?0\.\d{{10,}}",
    re.IGNORECASE,
)
_SENDER = re.compile(
    r"(?:utm_\w+|hm(?:sr|pl|cu|kw|ci)|gclid|fbclid|msclkid|bd_vid)=.*"
    r"|spm(?:_id_from)?=\w+(?:\.[\w-]+){2,}"
    r"|from=(?:timeline|singlemessage|groupmessage|weixin|wechat)"
    r"|isappinstalled=[01]"
    r"|(?:is_?)?mobile=(?:1|true|yes)",
    re.IGNORECASE,
)


def lasting_path(path: str) -> str:
    """Return the path of an address without the sessions in it."""
    path = _ASP_SESSION.sub("", path) or "/"
    first, *parameters = re.split(r";|%3b", path, flags=re.IGNORECASE)
    if not parameters:
        return path
    kept = []
    for parameter in parameters:
        value, slash, rest = parameter.partition("/")
        kept.append(f"{slash}{rest}" if _SESSION.fullmatch(value) else f";{parameter}")
    return first + "".join(kept)


def lasting_query(path: str, query: str) -> str:
    """Return the query of an address without what says nothing of the page."""
    pairs = query.split("&")
    lasting = [pair for pair in pairs if not _passes(pair)]
    own = [pair for pair in lasting if not _PERHAPS_PASSING.fullmatch(pair)]
    return "&".join(own if _names_page(path, own) else lasting)


def _passes(pair: str) -> bool:
    return any(form.fullmatch(pair) for form in (_SESSION, _CACHE_BUSTER, _SENDER))


def _names_page(path: str, pairs: list[str]) -> bool:
    if leads_to_section(path):
        return False
    numbered = any(map(str.isdigit, path.rpartition("/")[2]))
    return numbered or any(map(_OWN_ID.fullmatch, pairs))
