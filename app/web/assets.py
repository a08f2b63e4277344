"""Styles and scripts: read once, named by content, cached for a year."""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotFound

from app.domain.errors import Misconfigured
from app.web.access import ANYONE, open_to

DIST = Path(__file__).parents[2] / "static" / "dist"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
CACHE = "public, max-age=31536000, immutable"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""How the build compressed each file, the smallest first, and the ending of that twin."""
blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One built file and its compressed twins by encoding, the smallest first."""

    content_type: str
    plain: bytes
    compressed: dict[str, bytes]


def read_assets(folder: Path = DIST) -> tuple[dict[str, str], dict[str, Asset]]:
    """Return the manifest (name → built name) and the built files. Raises `Misconfigured` when there are none."""
    try:
        manifest: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        files = {built: _read_asset(folder / built) for built in manifest.values()}
    except (OSError, ValueError):
        raise Misconfigured("The styles and scripts are not built. Run make assets.") from None
    return manifest, files


def _read_asset(path: Path) -> Asset:
    content_type = TYPES.get(path.suffix, "application/octet-stream")
    twins = {encoding: path.with_name(path.name + ending) for encoding, ending in ENCODINGS.items()}
    compressed = {encoding: twin.read_bytes() for encoding, twin in twins.items() if twin.exists()}
    return Asset(content_type, path.read_bytes(), compressed)


def install_assets(app: Flask) -> None:
    """Serve the built files and give templates `asset(name)`."""
    manifest, files = read_assets()
    app.extensions["heard_assets"] = files
    app.jinja_env.globals["asset"] = lambda name: f"/static/{manifest[name]}"
    app.register_blueprint(blueprint)


@blueprint.get("/static/<name>")
@open_to(ANYONE)
def show(name: str) -> Response:
    """Send one built file, compressed where the browser takes it."""
    asset: Asset | None = current_app.extensions["heard_assets"].get(name)
    if asset is None:
        raise NotFound
    encoding = next((one for one in asset.compressed if request.accept_encodings[one] > 0), None)
    response = Response(asset.compressed[encoding] if encoding else asset.plain, content_type=asset.content_type)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = CACHE
    response.headers["Vary"] = "Accept-Encoding"
    return response
