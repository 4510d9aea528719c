"""The overview."""

from tests.pages.conftest import words


def test_the_overview_opens(app):
    page = app()
    assert not page.exception
    print(words(page))
