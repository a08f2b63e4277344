"""QR codes as pictures in memory."""

import io

import segno

QUIET_ZONE = 4
"""Modules of white around the code that a camera needs."""


def qr_svg(text: str) -> str:
    """Return a QR code of `text` as SVG; a quarter of it may be dirty or torn and it still reads."""
    picture = io.BytesIO()
    segno.make_qr(text, error="q").save(
        picture, kind="svg", border=QUIET_ZONE, xmldecl=False, dark="#000", light="#fff"
    )
    return picture.getvalue().decode("utf-8")
