"""A form's life in the session: opened, stored once, gone for good."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_a_late_second_click_cannot_store_what_was_stored_already() -> None:
    def clicked_twice() -> None:
        import streamlit as st

        from metrics.ui.forms import Form, _submit

        stored = []

        def save(record: object, version: int, reason: str) -> int:
            stored.append(record.id)  # type: ignore[attr-defined]
            return 1

        typed = {"title": "Grüne Gewerbegebiete", "level": "operative"}
        form = Form("probe", "goal", None)
        token = form.token
        form.put(typed)
        _submit(form, token, save)
        Form("probe", "goal", None).put(typed)  # the page has opened the next form when the second click arrives
        _submit(form, token, save)
        st.session_state["stored"] = stored

    page = AppTest.from_function(clicked_twice).run()
    assert not page.exception
    assert len(page.session_state["stored"]) == 1


def test_a_closed_form_leaves_nothing_in_the_session() -> None:
    def closed() -> None:
        import streamlit as st

        from metrics.ui.forms import Form

        form = Form("probe", "measure", None)
        st.session_state["while_open"] = len(st.session_state)
        form.close()
        st.session_state["left"] = [key for key in st.session_state if str(key).startswith("probe")]

    page = AppTest.from_function(closed).run()
    assert not page.exception
    assert page.session_state["while_open"] > 10
    assert page.session_state["left"] == []
