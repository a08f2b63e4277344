"""What a page says of its language, for tests."""

from tests.fixtures.pages import Page


def row(page: Page) -> list[str]:
    """Return the names in the bar, each with its address."""
    [nav] = [one for one in page.all("nav") if one.get("class") == "app-languages"] or [None]
    return [] if nav is None else [f"{a.get('lang')} {a.get('href')}" for a in nav.iter() if a.get("hreflang")]


def lang_of(page: Page) -> str | None:
    return page.all("html")[0].get("lang")
