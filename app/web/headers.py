"""The headers of every response."""

from flask import Flask, request
from flask.wrappers import Response

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
DENIED_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "clipboard-write",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial",
    "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
EVERYWHERE = (
    ("Referrer-Policy", "same-origin"),
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in DENIED_FEATURES)),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
ONE_YEAR = 31_536_000


def add_headers(response: Response) -> Response:
    """Add what security.md section 12 asks of every response; pages are never stored."""
    headers = response.headers
    headers.extend(EVERYWHERE)
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    if request.path != "/":
        headers["X-Robots-Tag"] = "noindex"
    if request.is_secure and not request.host.endswith(".onion"):
        headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
    return response


def install_headers(app: Flask) -> None:
    """Add the headers to every response of `app`, error pages included."""
    app.after_request(add_headers)
