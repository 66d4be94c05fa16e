"""The sections of the working draft, in the order in which they are read."""

from __future__ import annotations

from witnessmark.publish.section import Section
from witnessmark.publish.sections.claims import WhoSaysWhat
from witnessmark.publish.sections.counting import HowManyPeople
from witnessmark.publish.sections.denials import AllegationBesideDenial
from witnessmark.publish.sections.documents import Documents
from witnessmark.publish.sections.evidence import Evidence
from witnessmark.publish.sections.incidents import Incidents
from witnessmark.publish.sections.limits import Limits
from witnessmark.publish.sections.map import WhereMap
from witnessmark.publish.sections.notice import WhatWasKnown
from witnessmark.publish.sections.pictures import PicturesThatRecur
from witnessmark.publish.sections.places import Places
from witnessmark.publish.sections.pledges import PledgesAndAgreements
from witnessmark.publish.sections.responsibility import ResponsibilityAsAlleged
from witnessmark.publish.sections.sheets import VerificationSheets
from witnessmark.publish.sections.sites import WatchedSites
from witnessmark.publish.sections.summary import Summary
from witnessmark.publish.sections.timeline import Timeline
from witnessmark.publish.sections.weighing import Weighing

SECTIONS: tuple[Section, ...] = (
    Incidents(),
    AllegationBesideDenial(),
    Summary(),
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
    Evidence(),
    PicturesThatRecur(),
    Limits(),
    Weighing(),
    Documents(),
)
