"""Opened queue pages of live sessions: sealed under the session's own key, in the memory of this process only."""

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from app.domain.errors import Unreadable
from app.security.session_key import SessionKey, open_cards, seal_cards

SESSIONS = 256
PAGES = 20

_lock = threading.Lock()
_sessions: OrderedDict[bytes, OrderedDict[bytes, bytes]] = OrderedDict()


@dataclass(frozen=True)
class CardShelf:
    """What one session keeps. Its key comes with each request, so that memory alone opens nothing."""

    key: SessionKey = field(repr=False)

    def find(self, digest: bytes) -> dict[bytes, Any] | None:
        """Return the cards of a page by case id, None when they are not here."""
        with _lock:
            sealed = _sessions.get(self.key.session_id, OrderedDict()).get(digest)
        if sealed is None:
            return None
        try:
            cards = json.loads(open_cards(self.key, sealed))
        except Unreadable:
            return None
        return {bytes.fromhex(case_id): card for case_id, card in cards.items()}

    def keep(self, digest: bytes, cards: dict[bytes, Any]) -> None:
        """Keep the cards of a page; the oldest pages and sessions make room."""
        content = json.dumps({case_id.hex(): card for case_id, card in cards.items()}).encode()
        sealed = seal_cards(self.key, content)
        with _lock:
            pages = _sessions.setdefault(self.key.session_id, OrderedDict())
            _sessions.move_to_end(self.key.session_id)
            pages[digest] = sealed
            while len(pages) > PAGES:
                pages.popitem(last=False)
            while len(_sessions) > SESSIONS:
                _sessions.popitem(last=False)


def clear_shelf(session_id: bytes) -> None:
    """Drop what a session kept."""
    with _lock:
        _sessions.pop(session_id, None)
