"""Which votes are tried at each threshold: exactly at it, one below and one above; what comes of them is not said here."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from vectors.reference import said
from vectors.tallies import counts, tally

CENT = Fraction(1, 100)


def around(
    threshold: Fraction, least: Fraction, most: Fraction, step: Fraction = Fraction(1)
) -> list[tuple[str, Fraction]]:
    """The last number not above a threshold, and its neighbours, within bounds; each with its name.

    Weights come at the threshold itself too, wherever it lies.
    """
    at = math.floor(threshold / step) * step
    exactly = "exactly at" if at == threshold else "just below"
    tried = [("one below", at - step), (exactly, at), ("one above", at + step)]
    if step != 1 and at != threshold:
        tried.append(("exactly at", threshold))
    return [(name, number) for name, number in tried if least <= number <= most]


def plain(
    rule: str, quorum: str, over: str, sizes: tuple[int, ...], *, cast: bool = False, least: str = "0"
) -> Iterator[dict]:
    """Rules by heads alone: a share of those entitled takes part, a share of ``base`` is for.

    Args:
        rule: its id.
        quorum: the share of those entitled who must take part, or ``"0"`` for none.
        over: the share that must be for, and of whom, such as ``"1/2 present"``.
        sizes: how many are entitled.
        cast: whether it is a vote in writing, without presence.
        least: how many more than the share a quorum needs: one for a strict sign where the share is whole.
    """
    share, base = over.split()

    def vote(entitled: int, taking_part: int, in_favour: int) -> dict:
        against = taking_part - in_favour
        away = "silent" if cast else "absent"
        marks = {"for_": in_favour, "against": against, away: entitled - taking_part}
        return tally(counts(presence=not cast, **marks), presence=not cast)

    for entitled in sizes:
        if quorum != "0":
            for name, number in around(Fraction(quorum) * entitled, Fraction(0), Fraction(entitled)):
                yield {
                    "id": f"{rule}/of-{entitled}/{number}-take-part",
                    "rule": rule,
                    "why": f"quorum: {number} of {entitled}, {name} {quorum}",
                    "tally": vote(entitled, int(number), int(number)),
                }
        fewest = math.ceil(Fraction(quorum) * entitled + Fraction(least))
        for taking_part in dict.fromkeys([max(fewest, 1), entitled]):
            whole = entitled if base == "entitled" else taking_part
            for name, number in around(Fraction(share) * whole, Fraction(0), Fraction(taking_part)):
                yield {
                    "id": f"{rule}/of-{entitled}/{taking_part}-take-part/{number}-for",
                    "rule": rule,
                    "why": f"majority: {number} of {whole} {base}, {name} {share}",
                    "tally": vote(entitled, taking_part, int(number)),
                }


INVENTED = "虚构小区"
ESTATES = {
    "星晨大厦": (164, "28708.01"),
    "现代经典": (403, "66783.97"),
    "帝景峰花园": (355, "36609.05"),
    "中央盛景1幢": (280, "24838.57"),
    "天鹅堡3号楼": (25, "3011.25"),
    "银珠小区A1": (53, "5369.63"),
    INVENTED: (24, "2400"),
}


def source(estate: str) -> dict:
    """Where the totals of an estate are from."""
    if estate == INVENTED:
        return {"kind": "invented"}
    return {"kind": "published", "case": estate, "note": "the totals are published, the votes are derived"}


def owners(rule: str, quorum: str, over: str, *, estates: list[str]) -> Iterator[dict]:
    """Rules by heads and area: at each threshold of either measure, the other measure being enough."""
    share, base = over.split()

    def vote(heads: tuple, area: tuple) -> dict:
        keys = ("for_", "against", "silent")
        made = [counts(presence=False, **dict(zip(keys, each, strict=True))) for each in (heads, area)]
        return tally(made[0], presence=False, area=made[1])

    for estate in estates:
        n, total = ESTATES[estate][0], Fraction(ESTATES[estate][1])
        tried = []
        for name, number in around(Fraction(quorum) * n, Fraction(0), Fraction(n)):
            tried.append(
                (
                    f"heads-{number}-take-part",
                    f"quorum by heads, {name} {quorum}",
                    (number, 0, n - number),
                    (total, 0, 0),
                )
            )
        for name, number in around(Fraction(quorum) * total, Fraction(0), total, CENT):
            tried.append(
                (
                    f"area-{said(number)}-takes-part",
                    f"quorum by area, {name} {quorum}",
                    (n - 1, 0, 1),
                    (number, 0, total - number),
                )
            )
        for name, number in around(Fraction(share) * n, Fraction(0), Fraction(n)):
            tried.append(
                (
                    f"heads-{number}-for",
                    f"majority by heads, {name} {share} of {base}",
                    (number, n - number, 0),
                    (total, 0, 0),
                )
            )
        for name, number in around(Fraction(share) * total, Fraction(0), total, CENT):
            tried.append(
                (
                    f"area-{said(number)}-for",
                    f"majority by area, {name} {share} of {base}",
                    (n - 1, 1, 0),
                    (number, total - number, 0),
                )
            )
        for key, why, heads, area in tried:
            yield {
                "id": f"{rule}/{estate}/{key}",
                "rule": rule,
                "why": why,
                "source": source(estate),
                "tally": vote(heads, area),
            }


def objectors(estates: list[str]) -> Iterator[dict]:
    """A ceiling on those against, by heads and by area."""
    for estate in estates:
        n, total = ESTATES[estate][0], Fraction(ESTATES[estate][1])
        tried = [
            (f"heads-{number}-against", f"ceiling by heads, {name} 1/3", number, Fraction(1))
            for name, number in around(Fraction(n, 3), Fraction(0), Fraction(n))
        ] + [
            (f"area-{said(number)}-against", f"ceiling by area, {name} 1/3", 1, number)
            for name, number in around(total / 3, Fraction(0), total, CENT)
        ]
        for key, why, heads, area in tried:
            made = counts(presence=False, against=heads, silent=n - heads)
            weighed = counts(presence=False, against=area, silent=total - area)
            yield {
                "id": f"henan-66/{estate}/{key}",
                "rule": "henan-66",
                "why": why,
                "source": source(estate),
                "tally": tally(made, presence=False, area=weighed),
            }


def groups() -> Iterator[dict]:
    """Rules that count a group apart."""
    for women in (3, 4, 5):
        yield {
            "id": f"shandong-24/women-{women}",
            "rule": "shandong-24",
            "why": f"{women} of 6 women are present, where 2/3 are 4",
            "tally": tally(counts({"women": counts(for_=women, absent=6 - women)}, for_=20, against=2, absent=8)),
        }
    for villagers in (17, 18, 19):
        group = counts(for_=villagers, absent=26 - villagers)
        yield {
            "id": f"kunshan-2017/villagers-{villagers}",
            "rule": "kunshan-2017",
            "why": f"{villagers} of 26 villagers are present, where 2/3 are 17 1/3",
            "tally": tally(counts({"villagers": group}, for_=villagers, silent=8, absent=26 - villagers)),
        }
    for in_favour in (8, 9, 10):
        group = counts(for_=in_favour, against=18 - in_favour, absent=8)
        yield {
            "id": f"kunshan-2017/for-{in_favour}",
            "rule": "kunshan-2017",
            "why": f"{in_favour} of 18 villagers present are for, where 1/2 are 9",
            "tally": tally(counts({"villagers": group}, for_=in_favour, against=18 - in_favour, silent=8, absent=8)),
        }
    yield {
        "id": "shandong-24/exactly",
        "rule": "shandong-24",
        "why": "20 of 30 and 4 of 6 women are present, 10 are for: both quorums are met exactly, and half is too few",
        "tally": tally(counts({"women": counts(for_=4, absent=2)}, for_=10, against=10, absent=10)),
    }
    yield {
        "id": "kunshan-2017/exactly",
        "rule": "kunshan-2017",
        "why": "20 of 30 and 16 of 24 villagers are present: both exactly at 2/3",
        "tally": tally(counts({"villagers": counts(for_=16, absent=8)}, for_=16, silent=4, absent=10)),
    }
    yield {
        "id": "lift-2014/exactly",
        "rule": "lift-2014",
        "why": "60 of 90, and 18 of 20 in the building: both exactly at the share",
        "tally": tally(counts({"building": counts(for_=18, against=2)}, for_=60, against=2, absent=28)),
    }
    for residents in (9, 10, 11):
        group = counts(for_=residents)
        yield {
            "id": f"shangluo-2014/residents-{residents}",
            "rule": "shangluo-2014",
            "why": f"{residents} of 15 present are residents' representatives, where 2/3 are 10",
            "tally": tally(counts({"residents": group}, for_=residents, against=15 - residents)),
        }
    for in_the_building in (17, 18, 19):
        group = counts(for_=in_the_building, against=20 - in_the_building)
        yield {
            "id": f"lift-2014/building-{in_the_building}",
            "rule": "lift-2014",
            "why": f"{in_the_building} of 20 in the building are for, where 9/10 are 18",
            "tally": tally(
                counts({"building": group}, for_=67, against=20 - in_the_building, absent=13 + in_the_building)
            ),
        }
    for consenting in (4, 5):
        group = counts(for_=consenting, against=5 - consenting)
        yield {
            "id": f"owners-279/{consenting}-of-5",
            "rule": "owners-279",
            "why": f"{consenting} of 5 interested owners consent; all must",
            "tally": tally(counts({"interested": group}, for_=90, against=5 - consenting, absent=10)),
        }


def fixed() -> Iterator[dict]:
    """Fixed numbers, vetoes, alternatives, sums."""
    for members in ((8, 0, 0), (9, 0, 0), (9, 3, 0), (9, 3, 1), (8, 4, 0)):
        in_favour, against, veto = members
        group = counts(for_=5 - veto, against=veto)
        yield {
            "id": f"invented-council/{in_favour}-{against}-{veto}",
            "rule": "invented-council",
            "why": f"{in_favour} for and {against} against, {veto} of them permanent",
            "tally": tally(
                counts({"permanent": group}, for_=in_favour, against=against, absent=15 - in_favour - against)
            ),
        }
    for persons, households in ((500, 199), (500, 200), (501, 199), (501, 200)):
        yield {
            "id": f"invented-either/{persons}-{households}",
            "rule": "invented-either",
            "why": f"{persons} of 1000 persons, {households} of 300 households",
            "tally": tally(
                counts(for_=400, silent=persons - 400, absent=1000 - persons),
                households=counts(for_=100, silent=households - 100, absent=300 - households),
            ),
        }
    yield {
        "id": "invented-either/half-for",
        "rule": "invented-either",
        "why": "251 of 502 present are for, exactly at 1/2",
        "tally": tally(counts(for_=251, silent=251, absent=498), households=counts(for_=100, silent=100, absent=100)),
    }
    for in_favour, against, abstaining in ((15, 5, 4), (14, 6, 4), (16, 4, 4)):
        yield {
            "id": f"lift-units-of-those-who-take-sides/{in_favour}-{against}-{abstaining}",
            "rule": "lift-units-of-those-who-take-sides",
            "why": f"{in_favour} of 20 who take sides, where 3/4 are 15",
            "tally": tally(counts(for_=in_favour, against=against, abstaining=abstaining)),
        }
    for in_favour, against in ((3, 2), (3, 1), (3, 3), (4, 3)):
        yield {
            "id": f"invented-participation/{in_favour}-{against}-of-10",
            "rule": "invented-participation",
            "why": f"{in_favour + against} of 10 take sides, where 1/2 are 5",
            "tally": tally(counts(for_=in_favour, against=against, absent=10 - in_favour - against)),
        }


def sums() -> Iterator[dict]:
    """Weights, ceilings, and figures that are added up."""
    for weight in ("10/3", "11/3", "3.66", "3.67"):
        number = Fraction(weight)
        yield {
            "id": f"invented-a-third-by-weight/{weight.replace('/', '-')}-of-11",
            "rule": "invented-a-third-by-weight",
            "why": f"{weight} of 11 shares, where 1/3 are 11/3",
            "tally": tally(counts(for_=1, against=2), shares=counts(for_=number, against=11 - number)),
        }
    for against in (7, 8, 9):
        yield {
            "id": f"invented-few-objectors/{against}-of-32",
            "rule": "invented-few-objectors",
            "why": f"{against} of 32 object, where fewer than 8 may",
            "tally": tally(counts(against=against, silent=4, absent=28 - against)),
        }
    for in_favour, against, silent in (
        (4, 0, 0), (5, 0, 0), (5, 7, 0), (5, 3, 0), (4, 3, 0), (6, 4, 0), (9, 8, 0), (1, 4, 0), (3, 3, 5), (2, 3, 0),
        (3, 2, 0), (4, 4, 0), (5, 5, 0), (10, 8, 0), (11, 9, 0), (12, 8, 0), (8, 7, 0), (2, 0, 3), (2, 0, 2), (1, 0, 4),
    ):  # fmt: skip
        yield {
            "id": f"invented-lead/{in_favour}-{against}-{silent}",
            "rule": "invented-lead",
            "why": "sums, differences, multiples and brackets",
            "tally": tally(
                counts(for_=in_favour, against=against, abstaining=silent, absent=30 - in_favour - against - silent)
            ),
        }


def shares() -> Iterator[dict]:
    """Shares of whole numbers small and huge, and of all."""
    for n in (1, 2, 3, 5, 9, 10, 99, 9999, 10**18):
        for rule, share in (
            ("invented-two-thirds", "2/3"),
            ("invented-over-two-thirds", "2/3"),
            ("invented-half", "1/2"),
        ):
            for name, number in around(Fraction(share) * n, Fraction(0), Fraction(n)):
                yield {
                    "id": f"{rule}/{number}-of-{n}",
                    "rule": rule,
                    "why": f"{number} of {n}, {name} {share}",
                    "source": {
                        "kind": "derived",
                        "from": "rows 1 to 16 of what comparable systems got wrong: rounding",
                    },
                    "tally": tally(counts(for_=number, against=n - number)),
                }
    for n in (1, 7):
        for rule in ("invented-unanimous", "invented-more-than-all"):
            for number in (n - 1, n):
                yield {
                    "id": f"{rule}/{number}-of-{n}",
                    "rule": rule,
                    "why": "the whole can be reached, and not be exceeded",
                    "tally": tally(counts(for_=number, absent=n - number)),
                }


SIZES = (21, 30)


def boundaries() -> list[dict]:
    """Every threshold: exactly at it, one below and one above."""
    half, two_thirds = "1/2", "2/3"
    made: list[dict] = []
    for rule in ("residents-1989-9", "residents-2025-27", "villages-2010-22-persons", "villages-2025-26-persons"):
        made += plain(rule, half, "1/2 present", (20, 21, 1000), least="1/2")
    for rule in (
        "residents-2025-29", "villages-2010-22-households", "villages-2010-26", "villages-2025-26-households",
        "villages-2025-30", "villages-2025-32", "levy",
    ):  # fmt: skip
        made += plain(rule, two_thirds, "1/2 present", (20, 30, 300))
    made += plain("mingguang-2018", two_thirds, "2/3 present", SIZES)
    made += plain("residents-2025-19-representatives", two_thirds, "1/2 cast", SIZES, cast=True, least="1/3")
    made += plain("shanghai-16", half, "1/2 cast", SIZES, cast=True, least="1/2")
    made += plain("party-branch-11", half, "1/2 entitled", (20, 21))
    made += plain("party-assembly-local", two_thirds, "1/2 entitled", SIZES)
    made += plain("collective-27", two_thirds, "2/3 entitled", SIZES)
    made += plain("collective-31", two_thirds, "1/2 entitled", (8, 9))
    made += plain("collective-28", "0", "2/3 entitled", (21, 30))
    made += plain("collective-15", "0", "3/4 entitled", (20, 21))
    made += plain("heads-before-2021", half, "1/2 cast", (20, 21), cast=True, least="1/2")
    made += plain("heads-278", two_thirds, "1/2 cast", SIZES, cast=True)
    made += plain("hebei-20", "0", "1/2 present", (20, 21))
    all_estates = list(ESTATES)
    made += owners("owners-278-special", two_thirds, "3/4 cast", estates=all_estates)
    made += owners("owners-278-ordinary", two_thirds, "1/2 cast", estates=[all_estates[0], INVENTED])
    made += owners("property-12-ordinary", half, "1/2 entitled", estates=[all_estates[4], INVENTED])
    made += owners("property-12-special", half, "2/3 entitled", estates=[all_estates[4], INVENTED])
    made += owners("zhejiang-10", half, "1/2 cast", estates=[all_estates[4], INVENTED])
    made += objectors(all_estates)
    made += groups()
    made += fixed()
    made += sums()
    made += shares()
    return list({vector["id"]: vector for vector in made}.values())
