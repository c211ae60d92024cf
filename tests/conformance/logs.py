"""Small logs, invented for the tests: the same five events in each of the formats."""

from __future__ import annotations

import json

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <global scope="trace"><string key="concept:name" value="__INVALID__"/></global>
  <global scope="event">
    <string key="concept:name" value="__INVALID__"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="某社区的记录（虚构）"/>
  <trace>
    <string key="concept:name" value="2026-007"/>
    <string key="category" value="院落"/>
    <event>
      <string key="concept:name" value="征求意见"/>
      <date key="time:timestamp" value="2026-03-02T09:00:00.000+08:00"/>
      <string key="org:resource" value="sec-1"/>
      <string key="lifecycle:transition" value="start"/>
    </event>
    <event>
      <string key="concept:name" value="征求意见"/>
      <date key="time:timestamp" value="2026-03-09T09:00:00+08:00"/>
      <string key="org:resource" value="sec-1"/>
      <string key="lifecycle:transition" value="complete"/>
      <int key="opinions" value="12"/>
      <boolean key="baseline" value="true"/>
      <float key="share" value="0.80"/>
      <string key="channel" value="online"><string key="address" value="wx"/></string>
      <list key="answers"><values><string key="answer" value="a"/><string key="answer" value="b"/></values></list>
      <id key="note" value="n-1"/>
    </event>
    <event>
      <string key="concept:name" value="表决"/>
      <date key="time:timestamp" value="2026-03-22T12:00:00Z"/>
    </event>
  </trace>
  <trace>
    <event>
      <string key="concept:name" value="表决"/>
      <date key="time:timestamp" value="2026-03-23T12:00:00Z"/>
      <string key="org:resource" value="rep-03"/>
    </event>
    <event>
      <date key="time:timestamp" value="2026-03-24T12:00:00Z"/>
      <string key="concept:name" value="公示"/>
    </event>
    <string key="concept:name" value="2026-008"/>
  </trace>
</log>
"""

OCEL_2 = {
    "objectTypes": [{"name": "matter", "attributes": []}, {"name": "resident", "attributes": []}],
    "eventTypes": [
        {"name": "征求意见", "attributes": [{"name": "opinions", "type": "integer"}]},
        {"name": "表决", "attributes": []},
    ],
    "objects": [
        {
            "id": "2026-007",
            "type": "matter",
            "attributes": [{"name": "x", "time": "2026-03-01T00:00:00Z", "value": "1"}],
        },
        {"id": "2026-008", "type": "matter"},
        {"id": "1-101", "type": "resident"},
    ],
    "events": [
        {
            "id": "e1",
            "type": "征求意见",
            "time": "2026-03-09T01:00:00Z",
            "attributes": [{"name": "opinions", "value": 12}, {"name": "org:resource", "value": "sec-1"}],
            "relationships": [{"objectId": "2026-007", "qualifier": "about"}, {"objectId": "1-101", "qualifier": "by"}],
        },
        {
            "id": "e2",
            "type": "表决",
            "time": "2026-03-22T12:00:00+00:00",
            "attributes": [],
            "relationships": [
                {"objectId": "2026-007", "qualifier": "about"},
                {"objectId": "2026-008", "qualifier": "about"},
            ],
        },
        {"id": "e3", "type": "例会", "time": "2026-03-23T12:00:00Z", "relationships": []},
    ],
}

OCEL_2_XML = """<?xml version="1.0" encoding="UTF-8"?>
<log>
  <object-types><object-type name="matter"><attributes/></object-type><object-type name="resident"><attributes/></object-type></object-types>
  <event-types>
    <event-type name="征求意见"><attributes><attribute name="opinions" type="integer"/></attributes></event-type>
    <event-type name="表决"><attributes/></event-type>
    <event-type name="例会"><attributes/></event-type>
  </event-types>
  <objects>
    <object id="2026-007" type="matter">
      <attributes><attribute name="x" time="2026-03-01T00:00:00Z">1</attribute></attributes>
      <objects><relationship object-id="1-101" qualifier="raised by"/></objects>
    </object>
    <object id="2026-008" type="matter"/>
    <object id="1-101" type="resident"/>
  </objects>
  <events>
    <event id="e1" type="征求意见" time="2026-03-09T01:00:00Z">
      <attributes>
        <attribute name="opinions">12</attribute>
        <attribute name="org:resource">sec-1</attribute>
      </attributes>
      <objects>
        <relationship object-id="2026-007" qualifier="about"/>
        <relationship object-id="1-101" qualifier="by"/>
      </objects>
    </event>
    <event id="e2" type="表决" time="2026-03-22T12:00:00+00:00">
      <attributes/>
      <objects>
        <relationship object-id="2026-007" qualifier="about"/>
        <relationship object-id="2026-008" qualifier="about"/>
      </objects>
    </event>
    <event id="e3" type="例会" time="2026-03-23T12:00:00Z"/>
  </events>
</log>
"""

OCEL_1 = {
    "ocel:global-log": {"ocel:version": "1.0", "ocel:object-types": ["matter", "resident"]},
    "ocel:global-event": {},
    "ocel:global-object": {},
    "ocel:events": {
        "e1": {
            "ocel:activity": "征求意见",
            "ocel:timestamp": "2026-03-09T01:00:00+00:00",
            "ocel:omap": ["2026-007", "1-101"],
            "ocel:vmap": {"opinions": 12, "org:resource": "sec-1"},
        },
        "e2": {
            "ocel:activity": "表决",
            "ocel:timestamp": "2026-03-22T12:00:00+00:00",
            "ocel:omap": ["2026-007", "2026-008"],
            "ocel:vmap": {},
        },
        "e3": {
            "ocel:activity": "例会",
            "ocel:timestamp": "2026-03-23T12:00:00+00:00",
            "ocel:omap": [],
            "ocel:vmap": {},
        },
    },
    "ocel:objects": {
        "2026-007": {"ocel:type": "matter", "ocel:ovmap": {"x": "1"}},
        "2026-008": {"ocel:type": "matter", "ocel:ovmap": {}},
        "1-101": {"ocel:type": "resident", "ocel:ovmap": {}},
    },
}


def bytes_of(log: object) -> bytes:
    """A log as the bytes of its file."""
    return log.encode() if isinstance(log, str) else json.dumps(log, ensure_ascii=False).encode()
