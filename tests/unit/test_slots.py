"""Children wait their turn: never more at once than there is room for, and a large one is not overtaken for ever."""

import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from app.services.attachment_intake import AttachmentDraft, AttachmentIntake, FilesRefused, clean_files
from app.storage import sanitising
from app.storage.local import LocalStore
from app.storage.picture_size import claimed_pixels
from app.storage.slots import NoSlot, Slots
from app.storage.spool import SpoolFolder
from tests.fixtures.pictures import bomb, drawing, jpeg, png, webp


def test_no_more_run_than_there_is_room_for() -> None:
    slots, lock, now, most = Slots(3, 30), threading.Lock(), [0], [0]

    def run(wanted: int) -> None:
        with slots.take(wanted, 10):
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
    slots, order = Slots(2, 8), []

    def run(name: str, wanted: int) -> None:
        with slots.take(wanted, 10):
            order.append(name)

    large = threading.Thread(target=run, args=("large", 2))
    small = threading.Thread(target=run, args=("small", 1))

    def hold() -> None:
        with slots.take(1, 10):
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


def test_who_waits_too_long_gives_up_and_stands_in_nobodys_way() -> None:
    slots, got = Slots(2, 8), []

    def run(wanted: int, timeout: float) -> None:
        try:
            with slots.take(wanted, timeout):
                got.append(wanted)
        except NoSlot:
            got.append(0)

    threads = [threading.Thread(target=run, args=pair) for pair in ((2, 0.2), (1, 5))]
    with slots.take(1, 1):
        for thread in threads:
            thread.start()
            time.sleep(0.05)
        for thread in threads:
            thread.join(4)
    assert got == [0, 1]
    with slots.take(2, 0.1):
        pass


def test_who_comes_when_too_many_wait_is_told_at_once() -> None:
    slots = Slots(1, 1)

    def run() -> None:
        with slots.take(1, 5):
            pass

    waiting = threading.Thread(target=run)
    with slots.take(1, 1):
        waiting.start()
        time.sleep(0.05)
        started = time.monotonic()
        with pytest.raises(NoSlot), slots.take(1, 5):
            pass
        assert time.monotonic() - started < 1
    waiting.join(5)
    assert not waiting.is_alive()


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


def test_a_file_whose_turn_does_not_come_is_not_kept_and_nobody_waits_five_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sanitising, "WAIT_SECONDS", 0.3)
    intake = AttachmentIntake(SpoolFolder(tmp_path / "spool"), LocalStore(tmp_path / "files"))
    drafts = []
    for _ in range(5):
        drafts.append(AttachmentDraft("a.jpg", intake.new_spool()))
        drafts[-1].content.write(jpeg())
    with sanitising.SLOTS.take(100, 1):
        started = time.monotonic()
        with pytest.raises(FilesRefused) as refused:
            clean_files(intake, drafts)
        assert time.monotonic() - started < 0.6
    assert [problem.code for problem in refused.value.problems] == ["unkept"] * 5
    assert len(clean_files(intake, drafts)) == 5
