"""Who may vote and who may act: members, rolls, proxies, offices."""

from yizheng.people.offices import Offices, offices
from yizheng.people.proxy import Proxy, ProxyPolicy
from yizheng.people.roll import Member, Roll

__all__ = ["Member", "Offices", "Proxy", "ProxyPolicy", "Roll", "offices"]
