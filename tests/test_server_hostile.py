"""Requests that mean harm: what no client asks that was written to be answered."""

import pytest
from attacks import copied, target


@pytest.fixture(scope="module")
def site(tmp_path_factory, examples_site):
    """A site with a file beside it that nobody may read."""
    return copied(examples_site, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server(site):
    with target(site.parent, site) as found:
        yield found
        assert found.is_well()
        assert "Traceback" not in found.told()


# Paths


@pytest.mark.parametrize("path", ["//x/y", "///", "//etc//passwd", "//"])
def test_the_page_about_a_lost_path_does_not_tell_where_the_server_runs(server, site, path):
    answer = server.ask(path)
    assert answer.status == 404
    way = b"../" * (path.count("/") - 1) or b"./"
    assert b'href="%sassets/site.css"' % way in answer.body
    assert site.parent.name.encode() not in answer.body


def test_a_long_path_gets_a_short_answer(server):
    answer = server.ask("/!/" + "a/" * 50_000)
    assert (answer.status, len(answer.body) < 100) == (404, True)


def test_a_file_is_no_folder(server):
    assert server.ask("/index.html/").status == server.ask("/robots.txt/").status == 404


# Ranges


def test_parts_of_a_page_are_not_those_of_its_file(server):
    """A page is not sent as it is in its file: its parts would not fit together."""
    whole = server.ask("/index.html")
    part = server.ask("/index.html", "Range: bytes=0-99")
    assert (part.status, part.body) == (200, whole.body)
