"""The public dossier: pages made from a view in which nothing is left that may not be shown.

Pure: the same view, commitments and counts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.model.view import CaseView
from witnessmark.publish.casebook import Casebook
from witnessmark.publish.coarse import Discretion
from witnessmark.publish.draft import pages_of
from witnessmark.publish.edition import PUBLIC
from witnessmark.publish.sections.claims import WhoSaysWhat
from witnessmark.publish.sections.counting import HowManyPeople
from witnessmark.publish.sections.denials import AllegationBesideDenial
from witnessmark.publish.sections.documents import Documents
from witnessmark.publish.sections.incidents import Incidents
from witnessmark.publish.sections.map import WhereMap
from witnessmark.publish.sections.notice import WhatWasKnown
from witnessmark.publish.sections.places import Places
from witnessmark.publish.sections.pledges import PledgesAndAgreements
from witnessmark.publish.sections.public import About, HeldBack, PublicEvidence, PublicMethods
from witnessmark.publish.sections.public_pictures import ConfirmedPictures, Sides
from witnessmark.publish.sections.responsibility import ResponsibilityAsAlleged
from witnessmark.publish.sections.sheets import VerificationSheets
from witnessmark.publish.sections.sites import WatchedSites
from witnessmark.publish.sections.timeline import Timeline
from witnessmark.publish.sections.weighing import Weighing


def public_pages(  # noqa: PLR0913 -- what a public dossier is made of, each by its name
    shown: CaseView,
    discretion: Discretion,
    commitments: Mapping[str, str],
    banded: tuple[tuple[str, str], ...],
    *,
    intact: frozenset[str] = frozenset(),
    drawn: Sides | None = None,
) -> dict[str, bytes]:
    """The files of the public dossier but for its checkpoint and proofs.

    `discretion` is that of the whole case; `commitments` are by item id; `banded` says what each rule held back; `drawn` are the pictures that may be seen, and
    `intact` are the items whose original was hashed again just now and has the bytes that were recorded. Raises UncitedSentenceError.
    """
    casebook = Casebook(shown, discretion=discretion, handed_out=True)
    confirmed = ConfirmedPictures(drawn or {})
    sections = (
        About(),
        Incidents(),
        AllegationBesideDenial(),
        WhereMap(),
        Places(),
        Timeline(),
        ResponsibilityAsAlleged(),
        WhatWasKnown(),
        PledgesAndAgreements(),
        HowManyPeople(),
        WatchedSites(),
        WhoSaysWhat(),
        VerificationSheets(),
        PublicEvidence(commitments),
        confirmed,
        HeldBack(banded),
        PublicMethods(intact),
        Weighing(),
        Documents(),
    )
    return pages_of(casebook, PUBLIC, sections) | confirmed.files(casebook)
