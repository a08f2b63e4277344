"""One check for each promise about files: photos and texts are sent with a report, and read as its readers get them."""

import io
from dataclasses import replace

from PIL import Image, ImageChops

from app.storage.antivirus import antivirus_at
from tests.fixtures.clamd import EICAR, clamd
from tests.fixtures.pages import Visitor
from tests.fixtures.pictures import MARK, camera_exif, drawing, jpeg
from tests.service.desk import PASSPHRASE
from tests.web.conftest import code_of
from tests.web.desk import pass_gate
from tests.web.promise_world import World
from tests.web.report import WORDS, send_files

GPS = 0x8825


def _files(world: World) -> tuple[list[bytes], str]:
    """Return every file of the one report as a reader gets it, and what the page says of them."""
    ana = Visitor(world.app, public=False)
    ana.post("/login", {"email": "ana@x.test", "passphrase": PASSPHRASE})
    case = f"/cases/{world.trust.only_reference()}"
    pass_gate(ana, case)
    page = ana.get(f"{case}/files")
    links = [a.get("href") or "" for a in page.all("a") if a.get("download") is not None]
    return [ana.get(link).response.data for link in links], page.words


def hidden_details(world: World) -> None:
    photo = jpeg()
    assert MARK.encode() in photo and dict(camera_exif().get_ifd(GPS))
    assert code_of(send_files(world.reporter, [("IMG_1.jpg", photo), ("notes.txt", WORDS.encode())]))
    [picture, text], _ = _files(world)
    assert MARK.encode() not in picture and b"Exif" not in picture
    with Image.open(io.BytesIO(picture)) as opened:
        assert not opened.getexif()
        assert not opened.getexif().get_ifd(GPS)
    assert text == WORDS.encode()


def not_scanned(world: World) -> None:
    """With a scanner what it finds is not taken; without one the same is taken, and its readers are told."""
    sent = [("notes.txt", EICAR)]
    with clamd() as (address, scanner):
        files = world.app.extensions["heard_files"]
        world.app.extensions["heard_files"] = replace(files, antivirus=antivirus_at(address))
        page = send_files(world.reporter, sent)
        world.app.extensions["heard_files"] = files
    assert "notes.txt may hold a virus, so we cannot keep it." in page.errors()[0]
    assert EICAR in scanner.seen[0]
    assert not code_of(page)
    assert code_of(send_files(world.reporter, sent))
    received, words = _files(world)
    assert received == [EICAR]
    assert "Not scanned" in words


def faces(world: World) -> None:
    """What a picture shows is what was sent: the same size, and every point of it but for what JPEG rounds."""
    drawn = drawing()
    assert code_of(send_files(world.reporter, [("IMG_1.jpg", jpeg(drawn))]))
    [picture], _ = _files(world)
    with Image.open(io.BytesIO(picture)) as opened:
        assert opened.size == drawn.size
        differs = ImageChops.difference(opened.convert("RGB"), drawn)
    assert max(high for _, high in differs.getextrema()) < 40
