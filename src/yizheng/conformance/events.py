"""The plain table of who did what when: what any other system can give of its records."""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

import attrs

from yizheng.calendar import moment, zone
from yizheng.errors import InvalidType, InvalidValue, YizhengError, kind_of, shown
from yizheng.values import FrozenMap, Plain, keyed, mapping, name, one, plain

__all__ = [
    "EVENTS",
    "LOG",
    "NOTHING_TOLD",
    "Event",
    "as_told",
    "at_of",
    "contents",
    "is_empty",
    "of_case",
    "read_csv",
    "read_rows",
    "strung",
]

LOG: Final = 64 * 2**20
"""The most bytes of a log, after it was unpacked."""

EVENTS: Final = 250_000
"""The most events of a log, and the most rows of a table."""


_MOMENT: Final = "2026-03-02T09:00:00+08:00"


def _at(value: datetime) -> datetime:
    return moment(value, "at")


def _maybe(value: str | None) -> str | None:
    return None if value is None else name(value, "who did it, the case or the lifecycle")


def _attributes(values: Mapping[str, Any]) -> FrozenMap[str, Plain]:
    given = mapping(plain(values, "attributes"), "attributes")
    return FrozenMap(given)


def _activity(value: object) -> str:
    return name(value, "an activity")


@attrs.frozen
class Event:
    """One row: that somebody did something at a moment.

    Attributes:
        activity: what was done, in the words of where it comes from.
        at: when (UTC once it is here).
        by: who did it, or which office; ``None`` where the table does not say.
        case: to which case it belongs; ``None`` where the table is of one case.
        attributes: what else the table says, as plain data; figures with a point stand as they were written.
        lifecycle: what of the activity happened, in the words of XES (``"start"``, ``"complete"``); ``None`` where all of it
            did.
        case_attributes: what a log says of the case itself, such as its procedure or its region.
    """

    activity: str = attrs.field(converter=_activity)
    at: datetime = attrs.field(converter=_at)
    by: str | None = attrs.field(default=None, kw_only=True, converter=_maybe)
    case: str | None = attrs.field(default=None, kw_only=True, converter=_maybe)
    attributes: FrozenMap[str, Plain] = attrs.field(
        default=FrozenMap[str, Plain](), kw_only=True, converter=_attributes
    )
    lifecycle: str | None = attrs.field(default=None, kw_only=True, converter=_maybe)
    case_attributes: FrozenMap[str, Plain] = attrs.field(
        default=FrozenMap[str, Plain](), kw_only=True, converter=_attributes
    )

    @property
    def is_done(self) -> bool:
        """Whether the activity was completed by it, and not only planned or begun."""
        return self.lifecycle is None or self.lifecycle.lower() == "complete"


def of_case(event: Event, told: FrozenMap[str, Plain]) -> Event:
    """An event with what the log says of its case: one map for all events of the case, looked through once.

    Args:
        event: the event, which nobody else has seen yet.
        told: what :func:`as_told` gave.
    """
    object.__setattr__(event, "case_attributes", told)
    return event


def as_told(values: Mapping[str, Any]) -> FrozenMap[str, Plain]:
    """What a log says of a case, looked through.

    Raises:
        InvalidType: when something in it is no plain data.
        InvalidValue: when it is too deep or too large.
    """
    return _attributes(values)


NOTHING_TOLD: Final = FrozenMap[str, Plain]()
"""What a log says of a case of which it says nothing."""


def is_empty(value: object) -> bool:
    """Whether a place of a log says nothing. What stands there is never asked whether it is equal to something."""
    return value is None or (isinstance(value, str | tuple) and not value)


def strung(value: object, path: str) -> str:
    """Words of a log, where they must stand.

    Raises:
        InvalidValue: when something else stands there.
    """
    if not isinstance(value, str):
        raise InvalidValue(f"{path}: words were expected, not {shown(value)}; write a string")
    return value


def at_of(value: object, path: str, in_zone: str | None, form: str | None = None) -> datetime:
    """A moment as a log writes it.

    Args:
        value: words of ISO 8601, or a moment.
        path: where it stands, for errors.
        in_zone: the zone of those that name none; ``None`` refuses them.
        form: how it is written, as ``strptime`` has it, where it is not ISO 8601.

    Raises:
        InvalidValue: with the path, when it is none, or has no zone and none was given.
    """
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value.strip()) if form is None else datetime.strptime(value.strip(), form)  # noqa: DTZ007
        except ValueError:
            wanted = _MOMENT if form is None else form
            raise InvalidValue(f"{path}: {shown(value)} is no moment; write it as {wanted}") from None
    elif isinstance(value, datetime):
        at = value
    else:
        raise InvalidValue(f"{path}: a moment was expected, not {shown(value)}; write it as {_MOMENT}")
    if at.tzinfo is None:
        if in_zone is None:
            raise InvalidValue(f'{path}: {shown(str(at))} has no zone; say which it is, such as zone="Asia/Shanghai"')
        at = at.replace(tzinfo=zone(in_zone))
    try:
        return moment(at, path)
    except InvalidValue as error:
        raise InvalidValue(f"{path}: {error}") from None


def contents(source: bytes | os.PathLike[str]) -> bytes:
    """The bytes of a log: themselves, or those of a file.

    Raises:
        InvalidType: for words, which could be a path or a log: write ``Path(…)``, or bytes.
        InvalidValue: for a file that cannot be read, and for more than 64 MiB.
    """
    if isinstance(source, bytes):
        held = source
    elif isinstance(source, os.PathLike):
        try:
            with Path(source).open("rb") as file:
                held = file.read(LOG + 1)
        except (OSError, ValueError, TypeError) as error:
            raise InvalidValue(
                f"the file cannot be read: {type(error).__name__}; give one that can, or its bytes"
            ) from None
    else:
        raise InvalidType(f"a log is read from bytes or from Path(…), not from {shown(source)}")
    if len(held) > LOG:
        raise InvalidValue(f"the log is larger than {LOG} bytes; hand it in in parts")
    return held


_TOLD: Final = 20
"""How many columns an error names."""

_BETWEEN: Final = ";,\t|，；"
"""What tables put between two cells, the likeliest first."""

_FIELDS: Final = ("activity", "at", "by", "case", "lifecycle")


def read_rows(
    rows: Iterable[Mapping[str, object]],
    *,
    columns: Mapping[str, str] | None = None,
    zone: str | None = None,
    moments: str | None = None,
) -> tuple[Event, ...]:
    """The events of rows by column, as a spreadsheet or a database gives them.

    Example:
        >>> from yizheng.conformance import read_rows
        >>> rows = [{"事项": "三议表决", "时间": "2026-03-22 12:00", "经办人": "sec-1"}]
        >>> columns = {"activity": "事项", "at": "时间", "by": "经办人"}
        >>> read_rows(rows, columns=columns, zone="Asia/Shanghai")[0].activity
        '三议表决'

    Args:
        rows: each a mapping by column. Cells that are empty say nothing.
        columns: what the columns are called, by what they hold: ``activity``, ``at``, ``by``, ``case``, ``lifecycle``. Left out,
            so. All other columns are kept as attributes. Each column that is named here must be there, in one row at least;
            and where one row has a case, or its column is named here, every row needs one.
        zone: the zone of moments that name none.
        moments: how moments are written, as ``strptime`` has it (``"%Y/%m/%d %H:%M"``); left out, ISO 8601.

    Raises:
        InvalidType: when it is given something else than rows.
        InvalidValue: with every fault, each with its row and column.
    """
    if isinstance(rows, str | bytes | dict) or not isinstance(rows, Iterable):
        raise InvalidType(f"rows: several mappings were expected, not {shown(cast('object', rows))}")
    return _read(rows, _columns(columns), zone, moments)


def _read(
    rows: Iterable[Mapping[str, object]],
    named: dict[str, str],
    in_zone: str | None,
    form: str | None,
    head: Iterable[str] = (),
) -> tuple[Event, ...]:
    called = dict(zip(_FIELDS, _FIELDS, strict=True)) | named
    _check_zone(in_zone, form)
    there = dict.fromkeys(head)
    lacking = dict.fromkeys([called["activity"], called["at"], *named.values()])
    if there:
        _check_columns(lacking, there)
    needed = [called[field] for field in ("activity", "at", "case") if field != "case" or field in named]
    events: list[Event] = []
    faults: list[str] = []
    for number, row in enumerate(itertools.islice(rows, EVENTS + 1), 1):
        if number > EVENTS:
            faults = [f"there are more than {EVENTS} rows; hand them in in parts"]
            break
        try:
            cells = _cells(row, f"row {number}")
            if lacking.keys() - there.keys():
                there |= dict.fromkeys(cells)
            InvalidValue.raise_all(
                f"row {number}: column {shown(column)} is empty" for column in needed if is_empty(cells.get(column))
            )
            events.append(_event(cells, f"row {number}", called, in_zone, form))
        except YizhengError as error:
            faults += error.faults if isinstance(error, InvalidValue) else [str(error)]
    if there:
        _check_columns(lacking, there)
    if not faults and any(event.case is not None for event in events):  # then each event is that of its row
        faults = [
            f"row {number}: column {shown(called['case'])} is empty, and other rows have a case; write it in every row, or in none"
            for number, event in enumerate(events, 1)
            if event.case is None
        ]
    InvalidValue.raise_all(faults)
    return tuple(events)


def _columns(columns: object) -> dict[str, str]:
    if columns is None:
        return {}
    taken = {
        field: one(str, column, "a column") for field, column in keyed(mapping(columns, "columns"), "columns").items()
    }
    if strange := sorted(taken.keys() - set(_FIELDS)):
        raise InvalidValue(f"columns: {', '.join(strange)} is nothing that an event has; it has {', '.join(_FIELDS)}")
    return taken


def _check_columns(wanted: Iterable[str], there: Mapping[str, object]) -> None:
    """Every column that is asked for must be there."""
    if not (lacking := [column for column in wanted if column not in there]):
        return
    more = f" and {len(there) - _TOLD} more" if len(there) > _TOLD else ""
    known = ", ".join(shown(column) for column in itertools.islice(there, _TOLD))
    between = [each for each in _BETWEEN if len(there) == 1 and each in next(iter(there))]
    hint = f"; if {shown(between[0])} stands between two cells, write delimiter={shown(between[0])}" if between else ""
    raise InvalidValue(
        *(
            f"there is no column {shown(column)}; there are {known}{more}: say in columns= what they are called{hint}"
            for column in lacking
        )
    )


def _check_zone(in_zone: object, form: object) -> None:
    if in_zone is not None:
        zone(one(str, in_zone, "zone"))
    if form is not None:
        written = name(form, "moments")
        try:
            with suppress(ValueError):  # nothing is written so, and need not be
                datetime.strptime("", written)  # noqa: DTZ007 -- only how it is written is looked at
        except re.error:
            raise InvalidValue(
                f"moments is {shown(form)}, which asks for one thing twice; write each once, such as %Y/%m/%d %H:%M"
            ) from None


def _cells(row: object, path: str) -> dict[str, Any]:
    return {
        one(str, column, f"{path}: the name of a column"): value.strip() if isinstance(value, str) else value
        for column, value in mapping(row, path).items()
    }


def _event(cells: dict[str, Any], path: str, called: Mapping[str, str], in_zone: str | None, form: str | None) -> Event:
    held = {field: cells.pop(column, None) for field, column in called.items()}
    at = at_of(held.pop("at"), f"{path}, column {shown(called['at'])}", in_zone, form)
    words = {
        field: strung(value, f"{path}, column {shown(called[field])}")
        for field, value in held.items()
        if not is_empty(value)
    }
    further = {
        column: _cell(value, f"{path}, column {shown(column)}")
        for column, value in cells.items()
        if not is_empty(value)
    }
    try:
        by, case, lifecycle = (words.get(field) for field in ("by", "case", "lifecycle"))
        return Event(words["activity"], at, by=by, case=case, attributes=further, lifecycle=lifecycle)
    except YizhengError as error:
        raise InvalidValue(f"{path}: {error}") from None


_WRITTEN: Final[tuple[tuple[type[Any], Callable[[Any], str]], ...]] = (
    (datetime, datetime.isoformat),
    (date, date.isoformat),
    (time, time.isoformat),
    (Decimal, Decimal.__str__),
    (float, float.__repr__),
)
"""How a cell is written that is no words: by its own kind, and never by what a class of somebody's own makes of it."""


def _cell(value: Any, path: str) -> Any:
    """A cell as plain data: moments, days and figures with a point as they are written."""
    kind = cast("type[object]", type(value))
    if issubclass(kind, (str, int, list, tuple, dict)):
        return cast("object", value)
    for known, write in _WRITTEN:
        if issubclass(kind, known):
            return write(value)
    raise InvalidValue(f"{path}: {kind_of(value)} was not expected; write words, a figure, a day or a moment")


def read_csv(
    source: bytes | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    zone: str | None = None,
    moments: str | None = None,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
) -> tuple[Event, ...]:
    """The events of a table with a heading line, as spreadsheets write it.

    Args:
        source: the bytes of the file, or its ``Path``; at most 64 MiB.
        columns: as in :func:`read_rows`.
        zone: as in :func:`read_rows`.
        moments: as in :func:`read_rows`.
        encoding: how the characters are written; older Chinese spreadsheets need ``"gb18030"``.
        delimiter: what stands between two cells.

    Raises:
        InvalidType: when it is given something else.
        InvalidValue: when the file is no such table, or with every fault of its rows, numbered without the heading.
    """
    held = contents(source)
    asked = name(encoding, "encoding")
    try:
        words = held.decode(asked)
    except LookupError:
        raise InvalidValue(
            f'there is no encoding {shown(asked)}; write encoding="utf-8" or encoding="gb18030"'
        ) from None
    except ValueError:
        raise InvalidValue(
            f"the table is not written in {shown(asked)}; name the encoding that it is written in, for older Chinese "
            'spreadsheets encoding="gb18030"'
        ) from None
    if type(delimiter) is not str or len(delimiter) != 1 or delimiter in '"\r\n':
        raise InvalidValue(f"delimiter is {shown(delimiter)}; write the one character between two cells")
    lines = _lines(words, delimiter)
    return _read(lines, _columns(columns), zone, moments, next(lines))


def _lines(words: str, delimiter: str) -> Iterator[dict[str, str]]:
    """The heading, as a line that says nothing, and all lines below it."""
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [column.strip() for column in next(reader, list[str]())]
        if not any(head):
            raise InvalidValue("the table has no heading line; give the names of its columns in the first line")
        if twice := sorted(column for column, times in Counter(head).items() if column and times > 1):
            raise InvalidValue(
                f"the heading names {', '.join(map(shown, twice))} twice; give each column a name of its own"
            )
        yield dict.fromkeys(filter(None, head), "")
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) > len(head):
                raise InvalidValue(f"line {reader.line_num} has {len(cells)} cells, and the heading {len(head)}")
            yield {column: cell for column, cell in zip(head, cells, strict=False) if column}
    except csv.Error as error:
        raise InvalidValue(
            f"line {reader.line_num}: {error}; put cells with line breaks into quotation marks"
        ) from None
