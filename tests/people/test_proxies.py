"""Proxies and their policy, and offices (domain E13; traps 92 to 95)."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng import Citation, Proxy
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.people import ProxyPolicy, offices

POLICY = ProxyPolicy(cap=2, barred={"staff"}, citation=Citation(instrument="示范规约", article="12"))


def proxy(principal="p", holder="h", evidence="委托书 1") -> Proxy:
    """A mandate."""
    return Proxy(principal, holder, evidence)


def codes(given_proxy, held=(), policy=POLICY):
    """The codes of what is wrong with a mandate."""
    return sorted(reason.code for reason in policy.faults(given_proxy, held))


class TestProxy:
    """A mandate is written (residents' law 2025 art. 19; Civil Code art. 161 and following)."""

    def test_it_names_who_for_whom_and_where_it_is_seen(self):
        """A mandate has a principal, a holder and evidence."""
        given_proxy = proxy()
        assert (given_proxy.principal, given_proxy.holder, given_proxy.evidence) == ("p", "h", "委托书 1")

    @pytest.mark.parametrize(
        "bad",
        [("", "h", "1"), ("p", "", "1"), ("p", "h", ""), ("p", "h", "  "), ("p", "h", 5), (5, "h", "1")],
        ids=repr,
    )
    def test_what_is_no_mandate(self, bad):
        """Without a principal, a holder or evidence there is none."""
        with pytest.raises(YizhengError):
            Proxy(*bad)


class TestPolicy:
    """How many one person may hold, and who may hold none."""

    @pytest.mark.parametrize(("held", "refused"), [(0, []), (1, []), (2, ["PROXY_CAP"]), (3, ["PROXY_CAP"])])
    def test_the_cap(self, held, refused):
        """One below, at and above the cap."""
        assert codes(proxy(), [proxy(f"q-{n}") for n in range(held)]) == refused

    def test_the_cap_is_each_holders_own(self):
        """What others hold does not count."""
        assert codes(proxy(), [proxy(f"q-{n}", "other") for n in range(9)]) == []

    def test_barred(self):
        """A barred person holds none; the reason cites the policy's authority."""
        (reason,) = POLICY.faults(proxy(holder="staff"), [])
        assert reason.code == "PROXY_BARRED"
        assert "《示范规约》第12条" in reason.explain("zh")
        assert "staff" in reason.explain("en")

    def test_by_default_one(self):
        """Without a cap in the by-laws one person holds one."""
        assert codes(proxy(), [], ProxyPolicy()) == []
        assert codes(proxy(), [proxy("q")], ProxyPolicy()) == ["PROXY_CAP"]

    def test_circles(self):
        """To oneself, handed on, and from one who holds: none of it."""
        assert codes(proxy("p", "p")) == ["PROXY_CIRCLE"]
        assert codes(proxy("p", "h"), [proxy("h", "x")]) == ["PROXY_CIRCLE"]
        assert codes(proxy("p", "h"), [proxy("q", "p")]) == ["PROXY_CIRCLE"]

    def test_every_fault_is_told(self):
        """Barred, over the cap, and handed on."""
        held = [proxy("a", "staff"), proxy("b", "staff"), proxy("staff", "x")]
        assert codes(proxy("p", "staff"), held) == ["PROXY_BARRED", "PROXY_CAP", "PROXY_CIRCLE"]

    @pytest.mark.parametrize(
        "bad",
        [
            {"cap": 0},
            {"cap": -1},
            {"cap": True},
            {"cap": 1.0},
            {"cap": "1"},
            {"barred": "staff"},
            {"barred": 5},
            {"citation": "12"},
        ],
        ids=str,
    )
    def test_bad_settings(self, bad):
        """A cap is a whole number of one or more."""
        with pytest.raises(YizhengError):
            ProxyPolicy(**bad)

    @given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdefxy")), max_size=20))
    def test_law_of_acyclic_mandates(self, wishes):
        """However mandates are asked for, those taken form no chain and no circle, and nobody holds more than the cap."""
        taken: dict[str, Proxy] = {}
        for principal, holder in wishes:
            wish = proxy(principal, holder)
            if principal not in taken and not POLICY.faults(wish, taken.values()):
                taken[principal] = wish
        holders = [each.holder for each in taken.values()]
        assert not set(taken) & set(holders)
        assert all(holders.count(holder) <= POLICY.cap for holder in holders)


class TestForms:
    """Ids that differ only in width, composition or case are one person."""

    @pytest.mark.parametrize("form", ["STAFF", "Staff", "ｓｔａｆｆ"])
    def test_barred(self, form):
        """Whoever is barred stays so in every form of the id."""
        assert codes(proxy(holder=form)) == ["PROXY_BARRED"]
        assert codes(proxy(holder="staff"), policy=ProxyPolicy(barred={form})) == ["PROXY_BARRED"]

    def test_cap(self):
        """Every form of the holder fills the same cap."""
        held = [proxy("p-1", "H"), proxy("p-2", "ｈ")]
        assert codes(proxy("p-3", "h"), held) == ["PROXY_CAP"]

    def test_circle(self):
        """Nor is a circle hidden by one."""
        assert codes(proxy("p", "P")) == ["PROXY_CIRCLE"]
        assert codes(proxy("p", "h"), [proxy("H", "x")]) == ["PROXY_CIRCLE"]
        assert codes(proxy("p", "h"), [proxy("x", "ｐ")]) == ["PROXY_CIRCLE"]

    def test_the_same_policy(self):
        """What was worked out along the way is no part of the value."""
        used, fresh = ProxyPolicy(barred={"staff"}), ProxyPolicy(barred={"staff"})
        used.faults(proxy(), [])
        assert (used, hash(used), repr(used)) == (fresh, hash(fresh), repr(fresh))
        assert pickle.loads(pickle.dumps(used)) == fresh


class TestOffices:
    """Who holds which office."""

    def test_taken(self):
        """Sets, lists and tuples of ids are taken; an office may be empty."""
        held = offices({"secretary": ["sec-1", "sec-1"], "chair": ()})
        assert held == {"secretary": {"sec-1"}, "chair": frozenset()}

    def test_frozen(self):
        """They cannot be changed afterwards."""
        given_set = {"sec-1"}
        held = offices({"secretary": given_set})
        given_set.add("thief")
        assert held["secretary"] == {"sec-1"}
        with pytest.raises(InvalidType):
            held["secretary"] = {"thief"}

    @pytest.mark.parametrize(
        "bad",
        [
            None,
            5,
            ["secretary"],
            "secretary",
            {"": {"a"}},
            {5: {"a"}},
            {"secretary": "sec-1"},
            {"secretary": 5},
            {"secretary": [""]},
        ],
        ids=repr,
    )
    def test_what_are_no_offices(self, bad):
        """What is no mapping of names to sets of ids is refused by an error of this library."""
        with pytest.raises(YizhengError):
            offices(bad)

    def test_one_office_in_two_forms(self):
        """An office in two Unicode forms is one office: refused, so that no holder is lost."""
        with pytest.raises(InvalidValue):
            offices({"café": {"a"}, "cafe\u0301": {"b"}})
