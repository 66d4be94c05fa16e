"""Turns a page's values into HTML: templates of `templates/`, in the language of whoever reads. Escaping is never off."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from witnessmark.case.drawn import Drawn
from witnessmark.model.office import Role
from witnessmark.publish.visible import direction, visible
from witnessmark.serve.colleagues import Colleagues
from witnessmark.serve.rooms import ROOMS
from witnessmark.serve.speaking import LANGUAGES, RIGHT_TO_LEFT, catalogue, day, figure, size, tongue
from witnessmark.serve.ways import Page

if TYPE_CHECKING:
    from jinja2 import Environment

    from witnessmark.serve.ask import Ask
    from witnessmark.serve.sessions import Session


def html_of(page: Page, ask: Ask) -> str:
    """The page as HTML. Its template sees the values by their names, `ask`, and what `base.html.j2` explains."""
    values = page.values
    fields: dict[str, Any] = (
        dict(values) if isinstance(values, dict) else {name: getattr(values, name) for name in values.__struct_fields__}  # type: ignore[attr-defined]
    )
    session = ask.session if ask.signed_in else None
    said = list(session.said) if session is not None else []
    if session is not None:
        session.said.clear()
    return (
        _environment(ask.language)
        .get_template(page.template)
        .render(
            **fields,
            ask=ask,
            case_title=ask.office.title,
            who=session.who if session is not None else None,
            token=lambda: _form_token(session),
            once=said,
            who_is=Colleagues(ask),
        )
    )


def _form_token(session: Session | None) -> Markup:
    """What stands first in every form that is sent; nothing where nobody is signed in."""
    if session is None:
        return Markup()
    return Markup('<input type="hidden" name="form_token" value="{}">').format(session.form_token)


def _drawn(part: Drawn) -> Markup:
    """What the dossier's own templates have drawn and escaped."""
    return Markup(part.html)  # noqa: S704 -- made by those templates, and by nothing else (`Drawn`)


def json_of(page: Page) -> bytes:
    """The same values as JSON."""
    return msgspec.json.encode(page.values)


@cache
def _environment(language: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("witnessmark.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        spoken=catalogue(language).gettext,
        visible=visible,
        direction=direction,
        day=partial(day, language=language),
        figure=partial(figure, language=language),
        drawn=_drawn,
        size=partial(size, language=language),
        tongue=partial(tongue, language=language),
    )
    environment.globals.update(
        language=language,
        languages=LANGUAGES,
        roles=tuple(Role),
        reviewer=Role.REVIEWER,
        owner=Role.OWNER,
        rooms=ROOMS,
        writing="rtl" if language in RIGHT_TO_LEFT else "ltr",
    )
    return environment
