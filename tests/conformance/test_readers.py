"""The doors for logs of others: the same events out of every format, and a clear refusal of what is none."""

from __future__ import annotations

import copy
import gzip
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import attrs
import pytest

from conformance.logs import OCEL_1, OCEL_2, OCEL_2_XML, XES, bytes_of
from rules.made_up import grows_evenly
from walks import SHANGHAI
from yizheng.conformance import Event, conform, events, read_csv, read_ocel, read_rows, read_xes
from yizheng.conformance.markup import parse
from yizheng.errors import InvalidType, InvalidValue
from yizheng.values import FrozenMap

from .graphs import line


class Unequal:
    """Cannot be compared with anything."""

    __hash__ = None  # as of all that can be changed

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


SECOND = datetime(2026, 3, 9, 1, tzinfo=UTC)


class TestXES:
    """IEEE 1849-2016 and 1849-2023."""

    READ = read_xes(bytes_of(XES))

    def test_events(self) -> None:
        """Activity, moment, who and the case, in the order of the log; a trace may name itself after its events."""
        assert [(each.case, each.activity, each.at, each.by, each.lifecycle) for each in self.READ] == [
            ("2026-007", "征求意见", SECOND - timedelta(days=7), "sec-1", "start"),
            ("2026-007", "征求意见", SECOND, "sec-1", "complete"),
            ("2026-007", "表决", datetime(2026, 3, 22, 12, tzinfo=UTC), None, None),
            ("2026-008", "表决", datetime(2026, 3, 23, 12, tzinfo=UTC), "rep-03", None),
            ("2026-008", "公示", datetime(2026, 3, 24, 12, tzinfo=UTC), None, None),
        ]

    def test_attributes(self) -> None:
        """Everything else is kept by its type; figures with a point as they are written, what is nested with its value."""
        assert self.READ[1].attributes == FrozenMap(
            {
                "opinions": 12,
                "baseline": True,
                "share": "0.80",
                "channel": FrozenMap({"value": "online", "nested": FrozenMap({"address": "wx"})}),
                "answers": (FrozenMap({"answer": "a"}), FrozenMap({"answer": "b"})),
                "note": "n-1",
            }
        )

    def test_what_a_trace_says_of_itself(self) -> None:
        """What stands at the trace stands with each of its events, wherever in the trace it stands."""
        assert [dict(event.case_attributes) for event in read_xes(bytes_of(XES))] == [{"category": "院落"}] * 3 + [
            {}
        ] * 2
        told = '<string key="edition" value="2026"/><int key="heads" value="12"><string key="of" value="roll"/></int>'
        for place in ("<trace>", "</trace>"):
            log = xes_with("").decode().replace(place, place + told if place == "<trace>" else told + place)
            (event,) = read_xes(log.encode())
            assert event.case_attributes == {"edition": "2026", "heads": {"value": 12, "nested": {"of": "roll"}}}
            assert event.attributes == {}

    def test_an_error_of_the_reader_is_no_encoding(self) -> None:
        """What goes wrong at an element is not told as an encoding that is not read."""

        def fails(*_: object) -> None:
            raise ValueError("of the reader")

        with pytest.raises(ValueError, match="of the reader"):
            parse(b"<log/>", fails, fails)

    def test_globals_are_examples(self) -> None:
        """What a global attribute names as its value is put nowhere: an event that lacks it is refused."""
        lacking = XES.replace('<string key="concept:name" value="公示"/>', "")
        with pytest.raises(InvalidValue, match="trace 2, event 2 has no concept:name"):
            read_xes(bytes_of(lacking))

    def test_packed(self, tmp_path: Path) -> None:
        """A packed log is read as it is, and so is a file."""
        packed = tmp_path / "log.xes.gz"
        packed.write_bytes(gzip.compress(bytes_of(XES)))
        assert read_xes(packed) == self.READ

    def test_prefixed(self) -> None:
        """The names may stand in a name space with a prefix, or in none."""
        bare = XES.replace(' xmlns="http://www.xes-standard.org/"', "")
        assert read_xes(bytes_of(bare)) == self.READ

    def test_without_traces(self) -> None:
        """Events outside of every trace are of one case."""
        log = '<log><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T00:00:00Z"/></event></log>'
        assert [each.case for each in read_xes(bytes_of(log))] == [None]

    def test_other_attributes(self) -> None:
        """Which attribute is the activity, and which who did it, can be said."""
        log = XES.replace("concept:name", "x").replace("org:resource", "y")
        read = read_xes(bytes_of(log), activity="x", by="y")
        assert [(each.activity, each.by) for each in read] == [(each.activity, each.by) for each in self.READ]
        assert {each.case for each in read} == {"#1", "#2"}

    def test_without_a_zone(self) -> None:
        """A moment without a zone is refused, or taken in the zone that is handed in."""
        bare = bytes_of(XES.replace("2026-03-09T09:00:00+08:00", "2026-03-09T09:00:00"))
        with pytest.raises(InvalidValue, match="has no zone"):
            read_xes(bare)
        assert read_xes(bare, zone="Asia/Shanghai")[1].at == SECOND

    def test_every_fault(self) -> None:
        """All that is wrong is told at once, each with its line and its place."""
        log = XES.replace('value="12"', 'value="twelve"').replace('value="true"', 'value="maybe"')
        log = log.replace("2026-03-22T12:00:00Z", "yesterday")
        with pytest.raises(InvalidValue) as refused:
            read_xes(bytes_of(log))
        assert len(refused.value.faults) == 3
        assert all(fault.startswith("line ") for fault in refused.value.faults)
        assert "trace 1, event 3, time:timestamp" in refused.value.faults[2]

    @pytest.mark.parametrize("written", ["1_0", "--5", "１２", "5.0", "", "x" * 50])
    def test_no_whole_number(self, written: str) -> None:
        """A figure that Python would read, and XES does not have, is refused with what is written."""
        with pytest.raises(InvalidValue, match=f"opinions is '{written}'; a whole number was expected"):
            read_xes(bytes_of(XES.replace('value="12"', f'value="{written}"')))

    def test_into_conform(self) -> None:
        """What is read goes straight into judging."""
        asked = line("s", "t", "u")
        judged = conform(asked, self.READ, names={"征求意见": "s", "表决": "t", "公示": "u"})
        assert [(each.case, each.number) for each in judged.departures] == [("2026-008", 4)]
        assert judged.unfinished == (1,)


OCELS: dict[str, Any] = {"2.0 JSON": OCEL_2, "2.0 XML": OCEL_2_XML, "1.0 JSON": OCEL_1}


class TestOCEL:
    """OCEL 2.0 in JSON and XML, and 1.0 in JSON: the same events."""

    @pytest.mark.parametrize("form", OCELS)
    def test_events(self, form: str) -> None:
        """A row for each object that is the case; what belongs to none has no case."""
        read = read_ocel(bytes_of(OCELS[form]), case="matter")
        assert [(each.case, each.activity, each.at, each.by) for each in read] == [
            ("2026-007", "征求意见", SECOND, "sec-1"),
            ("2026-007", "表决", datetime(2026, 3, 22, 12, tzinfo=UTC), None),
            ("2026-008", "表决", datetime(2026, 3, 22, 12, tzinfo=UTC), None),
            (None, "例会", datetime(2026, 3, 23, 12, tzinfo=UTC), None),
        ]
        assert read[0].attributes == FrozenMap(
            {"opinions": 12, "objects": FrozenMap({"matter": ("2026-007",), "resident": ("1-101",)})}
        )

    @pytest.mark.parametrize("form", OCELS)
    def test_another_case(self, form: str) -> None:
        """Which type of object is the case is the caller's to say, and so is who did it."""
        read = read_ocel(bytes_of(OCELS[form]), case="resident", by="matter")
        assert [(each.case, each.by) for each in read][:2] == [("1-101", "2026-007"), (None, "2026-007 2026-008")]

    @pytest.mark.parametrize("form", OCELS)
    def test_no_such_type(self, form: str) -> None:
        """A type that the log does not know is refused, with those that it does."""
        with pytest.raises(InvalidValue, match="'matter', 'resident'"):
            read_ocel(bytes_of(OCELS[form]), case="x")

    def test_packed_and_marked(self) -> None:
        """Packed, or with a mark of its encoding before it, it is the same log."""
        held = b"\xef\xbb\xbf" + bytes_of(OCEL_2)
        assert read_ocel(gzip.compress(held), case="matter") == read_ocel(bytes_of(OCEL_2), case="matter")

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda log: log["events"][0].pop("type"), r"events\[0\], the activity"),
            (lambda log: log["events"][1].update(time="soon"), r"events\[1\], the moment"),
            (lambda log: log["events"][1].update(time="2026-03-22T12:00:00"), r"events\[1\].*no zone"),
            (lambda log: log["events"][0]["relationships"].append({"objectId": "x"}), r"events\[0\] belongs to 'x'"),
            (lambda log: log["events"].append(3), r"events\[3\]: a mapping was expected"),
            (lambda log: log.pop("objects"), "this is no OCEL"),
            (lambda log: log["objects"][0].pop("id"), r"objects\[0\]\.id"),
            (lambda log: log["events"][0].update(attributes=[{"value": 1}]), r"events\[0\]\.attributes\.name"),
            (
                lambda log: log["events"][0]["attributes"][1].update(value=["sec-1"]),
                r"^events\[0\], org:resource: words were expected, not a list; write a string",
            ),
        ],
        ids=[
            "no type",
            "no moment",
            "no zone",
            "no object",
            "no event",
            "no objects",
            "no id",
            "no name",
            "a list did it",
        ],
    )
    def test_faults(self, change: Callable[[Any], object], said: str) -> None:
        """What is wrong is told with its path."""
        log = copy.deepcopy(OCEL_2)
        change(log)
        with pytest.raises(InvalidValue, match=said):
            read_ocel(bytes_of(log), case="matter")

    @pytest.mark.parametrize("written", ["--5", "1_0", "5.0", "twelve", "１２"])
    def test_no_whole_number(self, written: str) -> None:
        """What the log declares a whole number and is none is refused, with its line, its event and what is written."""
        with pytest.raises(
            InvalidValue, match=rf"^line \d+: event 'e1': 'opinions' is '{written}', and declared a whole"
        ):
            read_ocel(bytes_of(OCEL_2_XML.replace(">12<", f">{written}<")), case="matter")

    @pytest.mark.parametrize(("written", "read"), [("-5", -5), (" +5 ", 5), ("007", 7), ("", ""), ("9" * 16, "9" * 16)])
    def test_whole_numbers(self, written: str, read: object) -> None:
        """A whole number is one, with its sign; what not every reader keeps stays as it is written."""
        events = read_ocel(bytes_of(OCEL_2_XML.replace(">12<", f">{written}<")), case="matter")
        assert events[0].attributes["opinions"] == read

    @pytest.mark.parametrize("where", ["ocel:events", "ocel:objects"])
    def test_half_a_character(self, where: str) -> None:
        """An id that cannot be written is shown in the error so that it can be."""
        log = {**OCEL_1, where: {**OCEL_1[where], "\ud800": {}}}
        with pytest.raises(InvalidValue) as refused:
            read_ocel(json.dumps(log).encode(), case="matter")
        assert rf"{where}.'\ud800'".encode() in str(refused.value).encode()


class TestCaseObject:
    """What an object-centric log says of the case itself."""

    @pytest.mark.parametrize("form", OCELS)
    def test_it_stands_with_each_event(self, form: str) -> None:
        """The attributes of the object that is the case are read from each format."""
        rows = read_ocel(bytes_of(OCELS[form]), case="matter")
        assert {row.case: dict(row.case_attributes) for row in rows} == {
            "2026-007": {"x": "1"},
            "2026-008": {},
            None: {},
        }
        assert all(row.case_attributes == {} for row in read_ocel(bytes_of(OCELS[form]), case="resident"))

    def test_as_it_stood(self) -> None:
        """A value that changed is the one that held at the moment of the event."""
        told = [
            ("region", None, "shenzhen"),
            ("edition", "2026-03-22T12:00:00Z", 2),
            ("edition", "2026-01-01T00:00:00Z", 1),
        ]
        log = json.loads(json.dumps(OCEL_2))
        log["objects"][0]["attributes"] = [{"name": key, "time": at, "value": value} for key, at, value in told]
        first, second, *_ = read_ocel(json.dumps(log).encode(), case="matter")
        assert first.case_attributes == {"region": "shenzhen", "edition": 1}
        assert second.case_attributes == {"region": "shenzhen", "edition": 2}

    def test_declared_types(self) -> None:
        """In XML a value is read by the type that its object type declares."""
        declared = (
            '<object-type name="matter"><attributes><attribute name="x" type="integer"/></attributes></object-type>'
        )
        log = OCEL_2_XML.replace('<object-type name="matter"><attributes/></object-type>', declared)
        assert read_ocel(log.encode(), case="matter")[0].case_attributes == {"x": 1}

    def test_faults(self) -> None:
        """A moment that is none is told with its place; a value of another object is not looked at."""
        log = json.loads(json.dumps(OCEL_2))
        log["objects"][0]["attributes"][0]["time"] = "soon"
        with pytest.raises(InvalidValue, match=r"objects\[0\].attributes: 'soon' is no moment"):
            read_ocel(json.dumps(log).encode(), case="matter")
        assert read_ocel(json.dumps(log).encode(), case="resident")


class TestRows:
    """Rows and tables with a heading line."""

    COLUMNS: ClassVar[dict[str, str]] = {"activity": "事项", "at": "时间", "by": "经办人", "case": "编号"}
    TABLE = '\ufeff编号,事项,时间,经办人,备注\n2026-007,表决,2026-03-09 09:00,sec-1,"两行\n备注"\n\n2026-008,公示,2026-03-10 09:00,,\n'

    def test_a_spreadsheet(self) -> None:
        """Cells by the names of their columns; empty ones say nothing, further ones are kept."""
        first, second = read_csv(self.TABLE.encode(), columns=self.COLUMNS, zone="Asia/Shanghai")
        assert first == Event("表决", SECOND, by="sec-1", case="2026-007", attributes={"备注": "两行\n备注"})
        assert (second.by, second.attributes) == (None, FrozenMap())

    def test_an_older_spreadsheet(self) -> None:
        """In the encoding, with the separator and the moments of older ones."""
        table = "事项;时间\n表决;2026/3/9 09:00\n".encode("gb18030")
        (read,) = read_csv(
            table,
            columns={"activity": "事项", "at": "时间"},
            zone="Asia/Shanghai",
            moments="%Y/%m/%d %H:%M",
            encoding="gb18030",
            delimiter=";",
        )
        assert read == Event("表决", SECOND)

    def test_a_cell_of_a_strange_kind(self) -> None:
        """What stands in a cell is asked nothing of its own; what is neither words, figure, day nor moment is refused."""

        class Shouting(float):
            def __str__(self) -> str:
                raise RuntimeError("asked")

            __repr__ = __str__

        class Hostile:
            def __str__(self) -> str:
                raise RuntimeError("asked")

            __repr__ = __str__

        held = {"activity": "表决", "at": SECOND}
        (read,) = read_rows([{**held, "share": Shouting(0.5), "sum": Decimal("1.50"), "from": time(9, 30)}])
        assert read.attributes == {"share": "0.5", "sum": "1.50", "from": "09:30:00"}
        with pytest.raises(InvalidValue, match=r"row 1, column 'x': .*Hostile was not expected; write words, a figure"):
            read_rows([{**held, "x": Hostile()}])

    def test_rows_of_a_database(self) -> None:
        """Moments, figures and days as a database gives them."""
        row = {
            "activity": "表决",
            "at": datetime(2026, 3, 9, 9, tzinfo=SHANGHAI),
            "count": 3,
            "share": 0.5,
            "day": SECOND.date(),
        }
        (read,) = read_rows([row])
        assert read == Event("表决", SECOND, attributes={"count": 3, "share": "0.5", "day": "2026-03-09"})

    def test_every_fault(self) -> None:
        """All rows that are wrong are told at once, each with its number and column."""
        rows = [
            {"activity": "a"},
            {"at": "2026-03-09"},
            {"activity": "a", "at": "x"},
            {"activity": "a", "at": "2026-03-09"},
            3,
        ]
        with pytest.raises(InvalidValue) as refused:
            read_rows(rows)
        assert [fault.split(":")[0] for fault in refused.value.faults] == [
            "row 1", "row 2", "row 3, column 'at'", "row 4, column 'at'", "row 5",
        ]  # fmt: skip

    @pytest.mark.parametrize("column", ["activity", "at", "by", "case", "lifecycle"])
    @pytest.mark.parametrize(
        "cell", [["x"], {}, {"x": "y"}, Unequal()], ids=["a list", "nothing by name", "by name", "a trap"]
    )
    def test_no_words(self, column: str, cell: object) -> None:
        """A cell that holds no words is refused with its row, its column and what to write; it is asked nothing."""
        with pytest.raises(InvalidValue, match=rf"^row 1, column '{column}': .* expected, not .*; write "):
            read_rows([{"activity": "a", "at": SECOND, column: cell}])

    def test_moments_that_ask_twice(self) -> None:
        """How moments are written is refused where no moment can be written so."""
        with pytest.raises(InvalidValue, match="moments is '%Y %Y', which asks for one thing twice; write each once"):
            read_rows([{"activity": "a", "at": "1 1"}], moments="%Y %Y", zone="UTC")

    @pytest.mark.parametrize(
        ("table", "said"),
        [
            (b"", "no heading line"),
            (b"activity,at,at\n", "twice"),
            (b"activity,at\na,b,c\n", "line 2 has 3 cells"),
            (b'activity,at\n"a,b\n', "line 2"),
            ("事项".encode("gb18030"), "not written in"),
        ],
        ids=["nothing", "twice", "too many", "unclosed", "encoding"],
    )
    def test_no_table(self, table: bytes, said: str) -> None:
        """What is no table is refused, with the line."""
        with pytest.raises(InvalidValue, match=said):
            read_csv(table)

    @pytest.mark.parametrize("field", COLUMNS)
    @pytest.mark.parametrize("lines", [0, 2], ids=["a heading", "lines"])
    def test_no_such_column(self, field: str, lines: int) -> None:
        """A column that is named and is not there is refused once, with those that there are."""
        table = "编号,事项,时间,经办人\n" + "1,a,2026-03-09T00:00Z,x\n" * lines
        with pytest.raises(InvalidValue) as refused:
            read_csv(table.encode(), columns={**self.COLUMNS, field: "x"})
        (said,) = refused.value.faults
        assert said.startswith("there is no column 'x'; there are '编号', '事项', '时间', '经办人': ")

    def test_no_such_column_in_rows(self) -> None:
        """Of rows, a column must be in one of them at least; where there are no rows, nothing is missed."""
        first, second = {"activity": "a", "at": SECOND}, {"activity": "a", "at": SECOND, "who": "x"}
        assert [each.by for each in read_rows([first, second], columns={"by": "who"})] == [None, "x"]
        assert read_rows([], columns={"by": "who"}) == ()
        with pytest.raises(InvalidValue, match="there is no column 'who'; there are 'activity', 'at'"):
            read_rows([first, first], columns={"by": "who"})
        with pytest.raises(InvalidValue, match=r"there is no column 'x'; .*'c18', 'c19' and 10 more"):
            read_csv(",".join(f"c{place}" for place in range(30)).encode(), columns={"activity": "x", "at": "c1"})

    @pytest.mark.parametrize("between", [";", "\t", "|", "，"])
    def test_another_delimiter(self, between: str) -> None:
        """Where the heading is one column, what may stand between its cells is told."""
        with pytest.raises(InvalidValue) as refused:
            read_csv(between.join(["activity", "at"]).encode())
        assert all(fault.endswith(f"write delimiter={between!r}") for fault in refused.value.faults)

    def test_no_delimiter_in_question(self) -> None:
        """Of a heading of one column that has no such mark, or of several columns, nothing is guessed."""
        for heading in (b"x", b"x;y,z"):
            with pytest.raises(InvalidValue) as refused:
                read_csv(heading)
            assert not any("delimiter" in fault for fault in refused.value.faults)

    def test_an_empty_case(self) -> None:
        """Where the column of the case is named, or one row has a case, every row needs one."""
        table = b"activity,at,case\na,2026-03-09T00:00Z,\nb,2026-03-09T00:00Z,c\n"
        for read in (lambda: read_csv(table), lambda: read_csv(table, columns={"case": "case"})):
            with pytest.raises(InvalidValue, match=r"^row 1: column 'case' is empty") as refused:
                read()
            assert len(refused.value.faults) == 1
        alone = table.replace(b",c\n", b",\n")
        assert [each.case for each in read_csv(alone)] == [None, None]
        with pytest.raises(InvalidValue, match="row 1: column 'case' is empty; row 2"):
            read_csv(alone, columns={"case": "case"})

    def test_another_encoding(self) -> None:
        """A table in another encoding, and an encoding that there is not, are refused with what to write."""
        table = "事项,时间".encode("gbk")
        for encoding, said in {"utf-8": "is not written in 'utf-8'", "x": "there is no encoding 'x'"}.items():
            with pytest.raises(InvalidValue, match=f'{said};.* encoding="gb18030"') as refused:
                read_csv(table, encoding=encoding)
            assert "Error" not in str(refused.value)

    def test_columns(self) -> None:
        """A column for what no event has is refused."""
        with pytest.raises(InvalidValue, match="who"):
            read_rows([], columns={"who": "x"})


def xes_with(what: str) -> bytes:
    """A log with something in its only event."""
    return (
        '<log><trace><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T00:00:00Z"/>'
        f"{what}</event></trace></log>"
    ).encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
OUTSIDE = '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]><log>&x;</log>'
HOSTILE: dict[str, tuple[Callable[[bytes], object], Callable[[], bytes], str]] = {
    "entities in entities": (
        read_xes,
        f'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY l0 "lol">{LAUGHS}]><log>&l9;</log>'.encode,
        "document type",
    ),
    "a file from outside": (read_xes, OUTSIDE.encode, "document type"),
    "a document type alone": (read_xes, lambda: b"<!DOCTYPE log><log/>", "document type"),
    "an undeclared entity": (read_xes, lambda: b"<log>&x;</log>", "well-formed"),
    "too deep": (read_xes, lambda: b"<log>" + b"<a>" * 100_000, "deeper than 32"),
    "attributes too deep": (
        read_xes,
        lambda: xes_with('<string key="k" value="v">' * 40 + "</string>" * 40),
        "deeper than 32",
    ),
    "too large": (read_xes, lambda: b" " * (events.LOG + 1), "larger than"),
    "too large when unpacked": (read_xes, lambda: gzip.compress(b" " * (events.LOG + 1)), "when it is unpacked"),
    "packed and cut off": (read_xes, lambda: gzip.compress(bytes_of(XES))[:-9], "cut off"),
    "packed and broken": (read_xes, lambda: b"\x1f\x8b" + b"x" * 99, "broken"),
    "a long text": (read_xes, lambda: xes_with(f'<string key="k" value="{"x" * 70_000}"/>'), "65536"),
    "an encoding that is not known": (read_xes, lambda: b'<?xml version="1.0" encoding="x"?><log/>', "encoding"),
    "not the right encoding": (read_xes, lambda: '<log a="中"/>'.encode("gb18030"), "well-formed"),
    "something else": (read_xes, lambda: b"<html/>", "no XES"),
    "an event in an event": (read_xes, lambda: xes_with("<event/>"), "stands in <event>"),
    "a tag without an end": (read_xes, lambda: b"<log a='" + b"x" * (60 << 20), "longer than 1048576 bytes"),
    "a comment without an end": (read_xes, lambda: b"<log><!--" + b"x" * (60 << 20), "longer than 1048576 bytes"),
    "an attribute of a trace twice": (
        read_xes,
        lambda: b'<log><trace><string key="r" value="1"/><string key="r" value="2"/></trace></log>',
        "trace 1: r is given twice",
    ),
    "a trace told too long": (
        read_xes,
        f'<log><trace><string key="r" value="{"x" * 70_000}"/></trace></log>'.encode,
        "65536",
    ),
    "an object that changed too often": (
        lambda held: read_ocel(held, case="m"),
        lambda: json.dumps(
            {"events": [], "objects": [{"id": "1", "type": "m", "attributes": [{"name": "a", "value": 1}] * 251}]}
        ).encode(),
        "more than 250",
    ),
    "no key": (read_xes, lambda: xes_with('<string value="v"/>'), "no key"),
    "a key twice": (read_xes, lambda: xes_with('<int key="k" value="1"/><int key="k" value="2"/>'), "twice"),
    "JSON too deep": (lambda held: read_ocel(held, case="x"), lambda: b'{"events":' + b"[" * 100_000, "too deep"),
    "JSON with a key twice": (lambda held: read_ocel(held, case="x"), lambda: b'{"events":[],"events":[]}', "twice"),
    "JSON with no number": (lambda held: read_ocel(held, case="x"), lambda: b'{"events":NaN}', "NaN"),
    "JSON cut off": (lambda held: read_ocel(held, case="x"), lambda: b'{"events":', "no JSON"),
    "no text": (lambda held: read_ocel(held, case="x"), lambda: b'{"\xff":1}', "UTF-8"),
    "XML that is no OCEL": (lambda held: read_ocel(held, case="x"), lambda: b"<html/>", "no OCEL"),
    "OCEL with entities": (lambda held: read_ocel(held, case="x"), OUTSIDE.encode, "document type"),
}


class TestHostile:
    """What is made to do harm is refused with an error of our own, at once and in little room (rows R18 and R19)."""

    @pytest.mark.parametrize("attack", HOSTILE)
    def test_refused(self, attack: str) -> None:
        """It is refused, with words that say what it was."""
        read, make, said = HOSTILE[attack]
        held = make()
        tracemalloc.start()
        try:
            before = perf_counter()
            with pytest.raises(InvalidValue, match=said):
                read(held)
            taken, (_, most) = perf_counter() - before, tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert taken < 2
        assert most < 160 * 2**20

    def test_words_are_no_source(self) -> None:
        """A string could be a path or a log, and is neither; nor is anything else."""
        for wrong in ("log.xes", 3, None, ["x"], object()):
            for read in (read_xes, read_csv, lambda source: read_ocel(source, case="x")):
                with pytest.raises(InvalidType):
                    read(wrong)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """A file that cannot be read is an error of our own."""
        for path in (tmp_path / "none.xes", tmp_path, Path("a\0b")):
            with pytest.raises(InvalidValue, match="cannot be read"):
                read_xes(path)

    def test_too_many_events(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """More events than are taken are refused in every format; at the limit they are read."""
        from yizheng.conformance import ocel, xes  # noqa: PLC0415 -- the limits of each

        for module in (events, ocel, xes):
            monkeypatch.setattr(module, "EVENTS", 4)
        rows = [{"activity": "a", "at": "2026-03-09T00:00Z"}] * 5
        assert len(read_rows(rows[:4])) == 4
        assert len(read_ocel(bytes_of(OCEL_2), case="matter")) == 4
        wider = copy.deepcopy(OCEL_2)
        wider["events"].append(OCEL_2["events"][1])
        for read in (
            lambda: read_rows(rows),
            lambda: read_xes(bytes_of(XES)),
            lambda: read_ocel(bytes_of(wider), case="matter"),
        ):
            with pytest.raises(InvalidValue, match="more than 4"):
                read()

    def test_ten_thousand_events(self) -> None:
        """A log of ordinary size is read in ordinary time."""
        event = '<event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T00:00:00Z"/></event>'
        before = perf_counter()
        assert len(read_xes(f"<log><trace>{event * 10_000}</trace></log>".encode())) == 10_000
        assert perf_counter() - before < 5


def doubled_in_json(number: int) -> bytes:
    """An object of so many keys, the last of which stands twice."""
    return ("{" + ",".join(f'"k{min(place, number - 1)}":1' for place in range(number + 1)) + "}").encode()


def doubled_in_xes(number: int) -> bytes:
    """An event of so many attributes, the last of which is given twice."""
    return xes_with("".join(f'<int key="k{min(place, number - 1)}" value="1"/>' for place in range(number + 1)))


def doubled_in_csv(number: int) -> bytes:
    """A heading of so many columns, the last of which is named twice."""
    return ",".join(f"k{min(place, number - 1)}" for place in range(number + 1)).encode()


class TestDoubled:
    """A name that is given twice among very many is found without comparing each with each (row R19)."""

    @pytest.mark.parametrize(
        ("read", "made"),
        [
            (lambda held: read_ocel(held, case="x"), doubled_in_json),
            (read_xes, doubled_in_xes),
            (read_csv, doubled_in_csv),
        ],
        ids=["JSON", "XES", "CSV"],
    )
    def test_among_very_many(self, read: Callable[[bytes], object], made: Callable[[int], bytes]) -> None:
        """Eight times as many take about eight times as long, and the one that is doubled is named."""

        def refused(held: bytes) -> None:
            with pytest.raises(InvalidValue, match=r"k\d+\b.* twice"):
                read(held)

        assert grows_evenly(refused, made, small=3_000)


class TestEvent:
    """One row."""

    def test_it_is_a_value(self) -> None:
        """Equal rows are equal, and cannot be changed."""
        event = Event("a", SECOND, attributes={"x": [1, {"y": None}]})
        assert event == Event("a", SECOND.astimezone(SHANGHAI), attributes={"x": (1, {"y": None})})
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            event.activity = "b"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"activity": ""},
            {"activity": 3},
            {"at": datetime(2026, 3, 2)},  # noqa: DTZ001 -- it has no zone
            {"at": "2026-03-02"},
            {"by": ""},
            {"case": 7},
            {"attributes": {"x": 0.5}},
            {"attributes": json.loads("[" * 40 + "]" * 40)},
        ],
        ids=["no activity", "no words", "no zone", "no moment", "nobody", "no case", "a float", "too deep"],
    )
    def test_doors(self, wrong: dict[str, Any]) -> None:
        """What cannot be is refused by an error of our tree."""
        with pytest.raises((InvalidValue, InvalidType)):
            Event(**{"activity": "a", "at": SECOND, **wrong})
