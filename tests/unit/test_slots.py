"""Children wait their turn: never more at once than there is room for, and a large one is not overtaken for ever."""

import threading
import time

import pytest
from PIL import Image

from app.storage.picture_size import claimed_pixels
from app.storage.slots import Slots
from tests.fixtures.pictures import bomb, drawing, jpeg, png, webp


def test_no_more_run_than_there_is_room_for() -> None:
    slots, lock, now, most = Slots(3), threading.Lock(), [0], [0]

    def run(wanted: int) -> None:
        with slots.take(wanted):
            with lock:
                now[0] += min(wanted, 3)
                most[0] = max(most[0], now[0])
            time.sleep(0.01)
            with lock:
                now[0] -= min(wanted, 3)

    threads = [threading.Thread(target=run, args=(wanted,)) for wanted in (1, 2, 1, 1, 2, 5, 1, 2, 1, 1) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert most[0] == 3 and now[0] == 0


def test_who_came_first_goes_first_and_an_error_gives_the_room_back() -> None:
    slots, order = Slots(2), []

    def run(name: str, wanted: int) -> None:
        with slots.take(wanted):
            order.append(name)

    large = threading.Thread(target=run, args=("large", 2))
    small = threading.Thread(target=run, args=("small", 1))

    def hold() -> None:
        with slots.take(1):
            for thread in (large, small):
                thread.start()
                time.sleep(0.05)
            assert order == []
            raise ValueError

    with pytest.raises(ValueError):
        hold()
    large.join(5)
    small.join(5)
    assert order == ["large", "small"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [("jpeg", jpeg()), ("jpeg", jpeg(progressive=True)), ("png", png()), ("webp", webp()), ("webp", webp(lossless=True)),
     ("webp", webp(Image.new("RGB", (320, 200)), exif=b"", xmp=b"")),
     ("webp", webp(drawing(), exif=b"", xmp=b"", lossless=True))],
)  # fmt: skip
def test_what_a_picture_claims_is_read_without_opening_it(kind: str, data: bytes) -> None:
    assert claimed_pixels(kind, data) == 320 * 200
    for cut in (0, 5, 13, 20):
        assert claimed_pixels(kind, data[:cut]) is None


def test_a_bomb_claims_what_it_is() -> None:
    assert claimed_pixels("png", bomb()) == 50_000**2
    assert claimed_pixels("pdf", b"%PDF-1.7") is None
