"""What a page must hold to at any width, for journeys."""

from tests.journeys.conftest import Tab

OVERLAPS = """() => {
  const shown = [...document.querySelectorAll(
    "h1,h2,h3,p,li,dt,dd,legend,label,input,select,textarea,button,a,summary,.nhsuk-hint,.nhsuk-error-message,.app-code"
  )].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest(".nhsuk-skip-link, .app-trap"));
  const box = new Map(shown.map(e => [e, e.getBoundingClientRect()]));
  const name = e => `${e.tagName.toLowerCase()} "${(e.innerText || e.value || e.id).trim().slice(0, 30)}"`;
  const found = [];
  for (const [e, r] of box) if (r.width && (r.left < -1 || r.right > innerWidth + 1)) found.push(`${name(e)} is cut off`);
  shown.forEach((a, i) => shown.slice(i + 1).forEach(b => {
    if (a.contains(b) || b.contains(a)) return;
    const [r, s] = [box.get(a), box.get(b)];
    const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (wide > 2 && high > 2) found.push(`${name(a)} overlaps ${name(b)}`);
  }));
  return found;
}"""


def hold(tab: Tab, direction: str) -> None:
    """Hold the page, turned to a direction, to its width."""
    tab.page.evaluate("direction => { document.documentElement.dir = direction; scrollTo(0, 0); }", direction)
    tab.page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    where = (tab.page.url, direction)
    size = tab.page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]")
    assert max(size) == size[2], (where, size)
    assert tab.page.evaluate(OVERLAPS) == [], where
    code = tab.page.locator(".app-code")
    if code.count():
        assert code.evaluate("code => getComputedStyle(code).direction") == "ltr"
