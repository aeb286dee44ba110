"""The documentation page, for people on a closed network too."""

from __future__ import annotations

import re

from tests.service.client import Client


def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/docs").text
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert assets
    assert all(client.get(asset).status_code == 200 for asset in assets)


def test_the_root_leads_to_the_page(client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (307, "docs")
