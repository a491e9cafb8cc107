"""What one page shows in, the same to stand on another page out: links and ids that still hold."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

_ID = re.compile(r'(?<=\sid=")[^"]+(?=")')
_LINK = re.compile(r'(\s(?:xlink:)?href=")#([^"]*)"')
_NAMED = re.compile(r'(\saria-(?:labelledby|describedby)=")([^"]*)"')
_URL = re.compile(r"url\(#([^)]*)\)")


def elsewhere(data: Any, page: str, mark: str) -> Any:
    """Data of templates: `href` with an anchor alone leads to `page`, ids of markup get a `mark`.

    A drawing names its own parts by id, and two drawings of one page must not share any.
    """
    if isinstance(data, Markup):
        return _moved(data, page, mark)
    if isinstance(data, dict):
        return {
            key: f"{page}{one}"
            if key == "href" and isinstance(one, str) and one.startswith("#")
            else elsewhere(one, page, mark)
            for key, one in data.items()
        }
    if isinstance(data, (list, tuple)):
        return [elsewhere(one, page, mark) for one in data]
    return data


def _moved(html: Markup, page: str, mark: str) -> Markup:
    text = str(html)
    own = set(_ID.findall(text))

    def link(found: re.Match[str]) -> str:
        inside = found[2] in own
        return f'{found[1]}#{found[2]}{mark}"' if inside else f'{found[1]}{page}#{found[2]}"'

    def named(found: re.Match[str]) -> str:
        return f'{found[1]}{" ".join(one + mark for one in found[2].split())}"'

    text = _LINK.sub(link, text)
    text = _NAMED.sub(named, text)
    text = _URL.sub(rf"url(#\1{mark})", text)
    text = _ID.sub(lambda found: found[0] + mark, text)
    return Markup(text)  # noqa: S704 (it was markup, and a mark is letters and digits)
