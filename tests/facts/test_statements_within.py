"""Groups within groups, schemes that a body runs, documents named by their makers: said in the middle of something else."""

from __future__ import annotations

import pytest

from .test_statements import OFFICE, said


@pytest.mark.parametrize(
    ("kind", "text", "fact"),
    [
        (
            "membership",
            "Moor Police play a key role in the Lantern Crime Board and the Lantern Drugs Board.",
            ("Moor Police", "memberOf", "Lantern Drugs Board"),
        ),
        (
            "membership",
            "Moor Police are invited to all Lantern Risk Panels.",
            ("Moor Police", "attendsAsGuest", "Lantern Risk Panels"),
        ),
        (
            "membership",
            "The Police led Lantern Risk Panel met in May.",
            ("Amberland Police", "coordinates", "Lantern Risk Panel"),
        ),
        (
            "membership",
            "The Lantern Night Forum met. This forum is led by a Detective Superintendent, deputised by the night safety "
            "Superintendent.",
            ("night safety Superintendent, Amberland Police", "viceChairOf", "Lantern Night Forum"),
        ),
        (
            "membership",
            "The Lantern Crime Partnership is made up of a range of specialists who work in the towns.",
            ("range of specialists", "memberOf", "Lantern Crime Partnership"),
        ),
        (
            "structure",
            "A Lantern Governance Board will meet in May. The river initiatives will report into this group.",
            ("river initiatives", "reportsTo", "Lantern Governance Board"),
        ),
        (
            "product",
            "The Lantern Crime Partnership (LCP) met. The LCP Needs Assessment shows why.",
            ("Lantern Crime Partnership", "owns", "Needs Assessment"),
        ),
        (
            "product",
            "The causes are known from the Moor Violence Commission Final Report (July 2020).",
            ("Moor Violence Commission", "publishes", "Final Report"),
        ),
        (
            "product",
            "Central to the force's new Public River Strategy is safety.",
            ("Amberland Police", "owns", "Public River Strategy"),
        ),
        (
            "product",
            "It replaces the former 'Swim Well' handbook produced by Moor Borough Council in 2014.",
            ("Moor Borough Council", "prepares", "Swim Well handbook"),
        ),
        (
            "product",
            "In May 2021 the Moor River Trust published a report of its findings from a survey of bathers.",
            ("Moor River Trust", "publishes", "report on findings from a survey of bathers"),
        ),
        (
            "product",
            "This outlines the current work programme for the Panel.",
            ("Amberland Police and Crime Panel", "owns", "work programme"),
        ),
        (
            "structure",
            "We went to the Lantern Housing Group as well as its Tenancy subgroup.",
            ("Tenancy subgroup", "subGroupOf", "Lantern Housing Group"),
        ),
        (
            "structure",
            "A scrutiny panel attached to the Lantern Health Board takes this up.",
            ("scrutiny panel", "subGroupOf", "Lantern Health Board"),
        ),
        (
            "structure",
            "The Lantern Care Board meets weekly. It has been operational for six years across the four district "
            "areas in Amberland.",
            ("Lantern Care Board", "coversArea", "four district areas in Amberland"),
        ),
        (
            "structure",
            "Youth Justice Boards bring together agencies at police force area level.",
            ("Youth Justice Board", "coversArea", "police force area"),
        ),
        (
            "structure",
            "Off the back of 'Safer Rivers', councils were asked to set up dedicated 'River Safety Partnerships'.",
            ("River Safety Partnership", "establishedUnder", "Safer Rivers"),
        ),
        (
            "membership",
            "The OPCC has overseen a bicycle marking programme since 2016.",
            (OFFICE, "coordinates", "bicycle marking programme"),
        ),
        (
            "membership",
            "My office runs both the volunteer Dog Welfare Visitors (DWV) and the Night Listener (NL) schemes.",
            (OFFICE, "coordinates", "Night Listener scheme"),
        ),
        (
            "membership",
            "They heard of a range of youth mentoring programmes coordinated by the Lantern Crime Board.",
            ("Lantern Crime Board", "coordinates", "youth mentoring programmes"),
        ),
        (
            "membership",
            "My office is currently leading on a comprehensive review of the county's taxi marshals.",
            (OFFICE, "coordinates", "review of the county's taxi marshals"),
        ),
        (
            "product",
            "It follows Amberland Police's Custody Strategy.",
            ("Amberland Police", "owns", "Custody Strategy"),
        ),
        (
            "product",
            "There was a countywide bathing strategy, driven by the Lantern Water Board (LWB).",
            ("Lantern Water Board", "owns", "countywide bathing strategy"),
        ),
        (
            "product",
            "The Lantern Water Board met in May. Its actions include putting together a needs assessment for the river, "
            "establishing a delivery plan and a data framework.",
            ("Lantern Water Board", "prepares", "data framework"),
        ),
        (
            "product",
            "The Lantern Water Board has been refreshed. A River Action Plan has been developed to help.",
            ("Lantern Water Board", "prepares", "River Action Plan"),
        ),
        (
            "product",
            "We read a regional review of the speed of boats, commissioned by the Lantern Water Board.",
            ("Lantern Water Board", "prepares", "regional review of the speed of boats"),
        ),
        (
            "product",
            "Government published guidance calling on areas to set up Lantern River Boards.",
            ("HM Government", "publishes", "guidance on Lantern River Boards"),
        ),
        (
            "product",
            "Members learnt about the new pontoon policy being introduced by Amberland Police.",
            ("Amberland Police", "owns", "pontoon policy"),
        ),
        (
            "duty",
            "The Crime and Disorder Act 1998 requires Community Safety Partnerships (CSP's) to formulate a strategy.",
            ("Community Safety Partnership", "hasDuty", "formulate a strategy"),
        ),
    ],
)
def test_what_stands_in_the_middle_of_something_else(kind: str, text: str, fact: tuple[str, str, str]) -> None:
    found = said(kind, text)
    assert any(one[:2] == fact[:2] and one[2].casefold() == fact[2].casefold() for one in found), found
