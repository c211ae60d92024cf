"""The worked cases: published ones with their source, and constructed ones that say so; the outcome is by hand."""

from vectors.tallies import counts, tally

CONSTRUCTED = {"kind": "derived", "from": "the article of the rule"}
INVENTED = {"kind": "invented"}


def met(entitled: int, present: int, in_favour: int) -> dict:
    """A vote at a meeting: those present who are not for are against."""
    return tally(counts(for_=in_favour, against=present - in_favour, absent=entitled - present))


def case(
    id_: str, rule: str, outcome: str, figures: dict, source: dict = CONSTRUCTED, *, why: str = "", **more
) -> dict:
    """One case; ``needed`` is by the place of the finding."""
    return {"id": id_, "rule": rule, "why": why, "source": source, "tally": figures, "outcome": outcome, **more}


CHONGQING = {
    "kind": "published",
    "case": "(2022)渝05民终5659号",
    "note": "the totals are worked out from the percentages of the judgment, 68.74 and 70.53 in a hundred",
}
T01 = tally(
    {"entitled": 5726, "cast": 3936, "for": 3179},
    presence=False,
    area={"entitled": 482880, "cast": "340575.45", "for": "281194.21"},
)
GARDEN = {
    "kind": "published",
    "case": "“花园小区”业主大会",
    "note": "a report, its year masked; 616 of 950 owners voted, 609 validly; those in favour are not published and invented",
}
T05 = tally(counts(presence=False, for_=309, against=300, invalid=7, silent=334), presence=False)
NANTONG = {
    "kind": "published",
    "case": "南通24户楼道加装电梯",
    "note": "17 for, 4 against, 3 abstaining; the office counted 19",
}
KUNSHAN = {
    "kind": "published",
    "case": "昆山东阳澄湖听证会, 2017-09-27",
    "note": "27 of 34 and 19 of 26 were present, 19 for, none against",
}
ENUMERATED = {"kind": "derived", "from": "the smallest no-show paradox of a quorum of presence"}


def lift(in_favour: int, abstaining: int) -> dict:
    """A vote of 24 units, four against."""
    rest = 20 - in_favour - abstaining
    return tally(counts(for_=in_favour, against=4, abstaining=abstaining, silent=rest))


CASES = [
    case("t01/hire", "owners-278-ordinary", "carried", T01, CHONGQING, why="upheld by the court"),
    case("t01/rebuild", "owners-278-special", "carried", T01, CHONGQING, why="it would have carried a rebuilding too"),
    case("t05/before-2021", "heads-before-2021", "carried", T05, GARDEN, why="more than half took part"),
    case("t05/since-2021", "heads-278", "inquorate", T05, GARDEN, why="634 were needed", needed={0: 634}),
    case("t08/as-counted", "lift-units", "lost", lift(17, 3), NANTONG, why="18 of 24 are needed", needed={0: 18}),
    case(
        "t08/one-more", "lift-units", "carried", lift(18, 2), NANTONG | {"note": "derived from it"}, why="exactly 3/4"
    ),
    case("t08/as-claimed", "lift-units", "carried", lift(19, 1), NANTONG, why="if two double marks counted for"),
    case("t08/abstainers-out", "lift-units-of-those-who-take-sides", "carried", lift(17, 3), NANTONG, why="17 of 21"),
    case(
        "t16/hearing",
        "kunshan-2017",
        "carried",
        tally(counts({"villagers": counts(for_=19, absent=7)}, for_=19, silent=8, absent=7)),
        KUNSHAN,
        why="both quorums hold and all villagers present agree",
    ),
    # --- the party branch counts over those entitled
    case(
        "party/20-14-10",
        "party-branch-11",
        "lost",
        met(20, 14, 10),
        why="71 in a hundred of those present",
        needed={1: 11},
    ),
    case("party/20-14-11", "party-branch-11", "carried", met(20, 14, 11)),
    case("party/21-11-11", "party-branch-11", "carried", met(21, 11, 11), why="11 is more than 10.5"),
    case("party/20-10-10", "party-branch-11", "lost", met(20, 10, 10), why="all present, and half of those entitled"),
    case("party/20-9-9", "party-branch-11", "inquorate", met(20, 9, 9), needed={0: 10}),
    # --- representatives, assemblies, elections
    case("reps/30-20-10", "residents-2025-29", "lost", met(30, 20, 10), needed={0: 20, 1: 11}),
    case("reps/30-20-11", "residents-2025-29", "carried", met(30, 20, 11)),
    case("reps/30-19-19", "residents-2025-29", "inquorate", met(30, 19, 19)),
    case("hebei/20-10", "hebei-20", "carried", met(30, 20, 10), why="half is enough: the text says 半数"),
    case(
        "election/20-of-30",
        "residents-2025-19-representatives",
        "inquorate",
        tally(counts(presence=False, for_=20, silent=10), presence=False),
        why="more than two thirds must vote",
        needed={0: 21},
    ),
    case(
        "election/21-of-30",
        "residents-2025-19-representatives",
        "carried",
        tally(counts(presence=False, for_=21, silent=9), presence=False),
    ),
    case("villagers/500-of-1000", "villages-2025-26-persons", "inquorate", met(1000, 500, 500), needed={0: 501}),
    case("villagers/501-of-1000", "villages-2025-26-persons", "carried", met(1000, 501, 251)),
    case("households/199-of-300", "villages-2025-26-households", "inquorate", met(300, 199, 199)),
    case("households/200-of-300", "villages-2025-26-households", "carried", met(300, 200, 101)),
    # --- the edition of the law decides
    case(
        "edition/11-of-20-before",
        "residents-1989-9",
        "carried",
        met(20, 11, 6),
        why="more than half present, as the law stood until 2025",
    ),
    case(
        "edition/11-of-20-since",
        "residents-2025-29",
        "inquorate",
        met(20, 11, 6),
        why="two thirds of the representatives since 2026",
        needed={0: 14},
    ),
    # --- ballots
    case("ballots/as-many-as-issued", "residents-2025-29", "carried", met(30, 20, 15) | {"issued": 20, "returned": 20}),
    case(
        "ballots/one-too-many",
        "residents-2025-29",
        "void",
        met(30, 20, 15) | {"issued": 20, "returned": 21},
        why="more came back than were issued",
    ),
    case("ballots/some-kept", "residents-2025-29", "carried", met(30, 20, 15) | {"issued": 20, "returned": 19}),
    case(
        "ballots/invalid-in-the-base",
        "invented-two-thirds",
        "lost",
        tally(counts(for_=6, against=3, invalid=1)),
        INVENTED,
        why="6 of 10 cast: an invalid ballot counts in what was cast",
    ),
    case(
        "ballots/invalid-out-of-the-base",
        "invented-two-thirds-of-valid",
        "carried",
        tally(counts(for_=6, against=3, invalid=1)),
        INVENTED,
        why="6 of 9 valid: it does not count in what was valid",
    ),
    case(
        "abstaining/counts-as-present",
        "residents-2025-29",
        "lost",
        tally(counts(for_=10, abstaining=10, absent=10)),
        why="over those present, to abstain is to stop it",
    ),
    case(
        "recusal/out-of-the-base",
        "residents-2025-29",
        "carried",
        tally(counts(for_=10, against=9, absent=9, recused=2)),
        why="19 of 28: two of the thirty are recused",
        needed={0: 19},
    ),
    # --- ties, and nothing to compare
    case(
        "tie/five-to-five",
        "invented-simple",
        "lost",
        tally(counts(for_=5, against=5, absent=2)),
        INVENTED,
        why="never broken by order or chance",
        needed={0: 6},
    ),
    case(
        "tie/half-is-enough",
        "invented-half",
        "carried",
        tally(counts(for_=5, against=5)),
        INVENTED,
        why="carried, so it is no tie",
    ),
    case(
        "nothing/nobody-voted",
        "invented-simple",
        "lost",
        tally(counts(absent=12)),
        INVENTED,
        why="nought to nought is no tie and carries nothing",
    ),
    case(
        "nothing/all-abstain",
        "invented-half",
        "lost",
        tally(counts(abstaining=12)),
        INVENTED,
        why="half of nothing carries nothing",
    ),
    case(
        "nothing/empty-roll",
        "residents-2025-29",
        "inquorate",
        tally(counts()),
        why="two thirds of nobody are no quorum",
    ),
    case(
        "nothing/only-against", "invented-two-thirds", "lost", tally(counts(against=3)), INVENTED, why="nought of three"
    ),
    case(
        "nothing/nobody-interested",
        "owners-279",
        "lost",
        tally(counts({"interested": counts()}, for_=3)),
        why="all of nobody is a share of nothing",
    ),
    case(
        "silence/no-objection",
        "henan-66",
        "carried",
        tally(counts(presence=False, silent=30), presence=False, area=counts(presence=False, silent=3000)),
        why="carried by silence: nobody objected",
    ),
    case(
        "silence/nobody-could-object",
        "henan-66",
        "lost",
        tally(counts(presence=False), presence=False, area=counts(presence=False)),
        why="a ceiling over nobody carries nothing",
    ),
    case(
        "support/none",
        "invented-lead",
        "inquorate",
        tally(counts(absent=9)),
        INVENTED,
        why="entitled less absent is nought",
    ),
    # --- a casting vote breaks a tie, and does nothing else
    case(
        "casting/not-cast",
        "invented-casting",
        "lost",
        tally(counts(for_=5, against=5)),
        INVENTED,
        why="a tie, and nobody has broken it",
    ),
    case(
        "casting/for",
        "invented-casting",
        "carried",
        tally(counts(for_=5, against=5)) | {"casting": "for"},
        INVENTED,
        why="a tie that the chair breaks; it is told as a tie all the same",
    ),
    case(
        "casting/against",
        "invented-casting",
        "lost",
        tally(counts(for_=5, against=5)) | {"casting": "against"},
        INVENTED,
        why="a tie that the chair breaks the other way",
    ),
    case(
        "casting/abstentions",
        "invented-casting",
        "lost",
        tally(counts(for_=5, against=5, abstaining=2)) | {"casting": "for"},
        INVENTED,
        why="five of twelve are less than half: it is not the tie that fails it, so the casting vote decides nothing",
    ),
    case(
        "casting/two-thirds",
        "invented-casting-two-thirds",
        "lost",
        tally(counts(for_=5, against=5)) | {"casting": "for"},
        INVENTED,
        why="it is two thirds that fail, and not the tie",
    ),
    case(
        "casting/one-to-one",
        "invented-casting-two-thirds",
        "lost",
        tally(counts(for_=1, against=1)) | {"casting": "for"},
        INVENTED,
        why="one of two is not two thirds, however small the body",
    ),
    case(
        "casting/half-of-all",
        "invented-casting-half-of-all",
        "carried",
        tally(counts(for_=5, against=5)) | {"casting": "for"},
        INVENTED,
        why="five of ten who may vote: nothing but the tie fails it",
    ),
    case(
        "casting/fixed-number",
        "invented-casting-number",
        "lost",
        tally(counts(for_=5, against=5)) | {"casting": "for"},
        INVENTED,
        why="more than five are asked for, and five are equal to five by chance alone",
    ),
    case(
        "casting/one-of-two-ways",
        "invented-casting-number",
        "carried",
        tally(counts(for_=4, against=4)) | {"casting": "for"},
        INVENTED,
        why="the second way is a simple majority, which the tie alone fails",
    ),
    case(
        "casting/no-tie",
        "invented-casting",
        "carried",
        tally(counts(for_=6, against=5)),
        INVENTED,
        why="no tie, no casting vote",
    ),
    case(
        "casting/exactly-two-thirds",
        "invented-casting-two-thirds",
        "carried",
        tally(counts(for_=6, against=3)),
        INVENTED,
        why="no tie, and exactly two thirds",
    ),
    # --- one opponent who comes and votes no makes it pass
    case(
        "paradox/stays-away",
        "residents-2025-29",
        "inquorate",
        tally(counts(for_=4, abstaining=1, absent=4)),
        ENUMERATED,
        why="5 of 9 are present",
    ),
    case(
        "paradox/comes-and-votes-no",
        "residents-2025-29",
        "carried",
        tally(counts(for_=4, against=1, abstaining=1, absent=3)),
        ENUMERATED,
        why="6 of 9 are present, and 4 is more than 3",
    ),
    case(
        "paradox/participation",
        "invented-participation",
        "inquorate",
        tally(counts(for_=4, absent=5)),
        ENUMERATED,
        why="4 of 9 take sides",
    ),
    case(
        "paradox/participation-reached",
        "invented-participation",
        "carried",
        tally(counts(for_=4, against=1, absent=4)),
        ENUMERATED,
        why="5 of 9 take sides, 4 of them for",
    ),
    # --- what is printed as 66.67 in a hundred
    case(
        "rounding/66666-of-100000",
        "invented-two-thirds",
        "lost",
        tally(counts(for_=66666, against=33334)),
        INVENTED,
        why="shown as 66.67 %, and too few",
        needed={0: 66667},
    ),
    case(
        "rounding/66666-of-99999",
        "invented-two-thirds",
        "carried",
        tally(counts(for_=66666, against=33333)),
        INVENTED,
        why="exactly two thirds",
    ),
    case(
        "rounding/3333-of-5000",
        "invented-two-thirds",
        "lost",
        tally(counts(for_=3333, against=1667)),
        INVENTED,
        why="66.66 %",
        needed={0: 3334},
    ),
    case(
        "rounding/9-inclusive",
        "invented-two-thirds",
        "carried",
        tally(counts(for_=6, against=3)),
        INVENTED,
        why="six of nine",
        needed={0: 6},
    ),
    case(
        "rounding/9-strict",
        "invented-over-two-thirds",
        "lost",
        tally(counts(for_=6, against=3)),
        INVENTED,
        why="seven of nine",
        needed={0: 7},
    ),
    case(
        "weights/1-3-7",
        "invented-a-third-by-weight",
        "lost",
        tally(counts(for_=1, against=2), shares=counts(for_=3, against=8)),
        INVENTED,
        why="3 of 11 shares; a third is 3 2/3, and not 3",
    ),
    case(
        "weights/huge",
        "invented-a-third-by-weight",
        "lost",
        tally(counts(for_=1, against=2), shares=counts(for_=10**27 - 1, against=2 * 10**27 + 1)),
        INVENTED,
        why="one share short of a third of 3 times 10 to the 27th",
    ),
]
