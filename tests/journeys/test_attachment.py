"""Given a report that was sent, when its reporter adds a photo later, then the team gets the photo and nothing hidden."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.fixtures.pictures import MARK, camera_exif, drawing, jpeg
from tests.fixtures.served import Served
from tests.journeys.acts import enter_code, fill, send, sign_in
from tests.journeys.conftest import Tab
from tests.service.desk import DeskTrust


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (True, 320), (False, 320)])
def test_a_photo_is_added_later_and_read(
    browser: Browser, served: Served, trust: DeskTrust, tmp_path: Path, script: bool, width: int
) -> None:
    photo = tmp_path / "IMG_2031.jpg"
    photo.write_bytes(jpeg(drawing((1200, 800)), exif=camera_exif(6)))
    sketch = tmp_path / "plan.svg"
    sketch.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    nurse, ana = (Tab(browser, served, script=script, width=width) for _ in range(2))
    fill(nurse)
    code = send(nurse)
    enter_code(nurse, code)
    nurse.page.get_by_role("link", name="Add a file to your report").click()
    nurse.page.get_by_label("Choose a file").set_input_files(sketch)
    nurse.page.get_by_role("button", name="Add this file").click()
    nurse.page.get_by_role("heading", name="There is a problem").wait_for()
    assert "plan.svg is not a type we can open." in nurse.page.locator("main").inner_text()
    if script:
        nurse.examine()
    nurse.page.get_by_label("Choose a file").set_input_files(photo)
    nurse.page.get_by_role("button", name="Add this file").click()
    nurse.page.get_by_text("We have your file.").wait_for()
    assert "Photo 1. We removed: where it was taken" in nurse.page.locator("main").inner_text()
    if script:
        nurse.examine()

    sign_in(ana)
    ana.page.goto(f"/cases/{trust.only_reference()}")
    ana.page.get_by_role("button", name="No, open it").click()
    ana.page.get_by_role("link", name="1 file").click()
    if script:
        ana.examine()
    with ana.page.expect_download() as download:
        ana.page.get_by_role("link", name="Photo 1.jpg").click()
    assert download.value.suggested_filename == f"{trust.only_reference()}-1.jpg"
    got = Path(download.value.path())
    assert MARK.encode() not in got.read_bytes()
    with Image.open(got) as picture:
        assert picture.size == (800, 1200)
    assert nurse.foreign == ana.foreign == []
    nurse.close()
    ana.close()


def test_a_file_that_is_far_too_large_gets_a_page_that_says_so(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    large, huge = tmp_path / "film.jpg", tmp_path / "films.jpg"
    for path, size in ((large, 26 * 1024 * 1024), (huge, 140 * 1024 * 1024)):
        with path.open("wb") as file:
            file.truncate(size)
    nurse = Tab(browser, served)
    fill(nurse)
    enter_code(nurse, send(nurse))
    for path, words in ((large, "film.jpg is larger than 25 MB"), (huge, "This is too large to send")):
        nurse.page.goto("/inbox/file")
        nurse.page.get_by_label("Choose a file").set_input_files(path)
        nurse.page.get_by_role("button", name="Add this file").click()
        nurse.page.get_by_text(words).first.wait_for(timeout=60_000)
    nurse.close()
