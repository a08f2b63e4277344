"""Which names Heard answers to, and that a proxy is believed only where one is configured."""

import pytest
from flask import Flask

from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import ANSWERS, Make, code_of

FORWARDED = {
    "X-Forwarded-Host": "other.example", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/other", "X-Forwarded-For": "203.0.113.9",
}  # fmt: skip


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:5000", "127.0.0.1:5000", "[::1]:5000"])
def test_this_computer_is_reached_without_configuration(app: Flask, host: str) -> None:
    assert app.test_client().get("/quick", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "evil@localhost", "localhost:5000@evil", "127.0.0.1.evil", "localhost:x",
     "localhost.", "", "[::2]", "a\tb", "localhost, evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/quick", "/cases", "/nowhere", "/static/main.js"])
def test_a_name_that_is_not_on_the_list_is_a_400_that_does_not_repeat_it(app: Flask, host: str, path: str) -> None:
    answer = app.test_client().get(path, headers={"Host": host, "Cookie": "__Host-desk=x"})
    assert answer.status_code == 400
    assert "We could not read that" in answer.text
    assert "evil" not in answer.text + str(answer.headers)
    assert "Set-Cookie" not in answer.headers
    assert "Location" not in answer.headers


def test_a_report_sent_to_an_unknown_name_is_not_stored(app: Flask, reporter: Visitor, trust: DeskTrust) -> None:
    token = reporter.get("/quick").value("token")
    posted = ANSWERS | {"token": token}
    answer = app.test_client().post("/quick", data=posted, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert trust.events("report.received") == 0


def test_only_the_configured_names_count(make: Make) -> None:
    client = make(allowed_hosts=frozenset({"heard.example.nhs.uk"})).test_client()
    assert client.get("/", headers={"Host": "heard.example.nhs.uk"}).status_code == 200
    assert client.get("/", headers={"Host": "localhost"}).status_code == 400


def test_without_a_configured_proxy_forwarded_headers_mean_nothing(app: Flask) -> None:
    plain = app.test_client().get("/quick")
    forged = app.test_client().get("/quick", headers=FORWARDED)
    assert forged.status_code == 200
    assert "Strict-Transport-Security" not in forged.headers
    assert dict(forged.headers) == dict(plain.headers)


def test_a_configured_proxy_is_believed_about_scheme_and_network_and_nothing_else(make: Make) -> None:
    client = make(trusted_proxies=1).test_client()
    page = client.get("/quick", headers=FORWARDED)
    assert page.status_code == 200
    assert "Strict-Transport-Security" in page.headers
    assert "other" not in client.get("/w/0000", headers=FORWARDED).headers["Location"]
    assert (
        "Strict-Transport-Security"
        not in client.get("/quick", headers=FORWARDED | {"X-Forwarded-Proto": "http"}).headers
    )


@pytest.mark.usefixtures("years")
def test_networks_behind_a_proxy_have_limits_of_their_own_and_cannot_make_them_up(make: Make) -> None:
    app = make(trusted_proxies=1, send_limit_network="1 per year")
    reporter = Visitor(app, public=True)

    def send(words: str, forwarded: str) -> str:
        posted = ANSWERS | {"token": reporter.get("/quick").value("token"), "words": words}
        headers = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": forwarded}
        return code_of(reporter.post("/quick", posted, headers=headers))

    assert send("one", "203.0.113.9")
    assert not send("two", "203.0.113.10")
    assert not send("three", "198.51.100.1, 203.0.113.11")
    assert send("four", "198.51.100.1")
