"""Definitions that come from elsewhere and go elsewhere: TOML and JSON files with their schema, BPMN 2.0, SVG."""

from yizheng.exchange.bpmn import to_bpmn
from yizheng.exchange.reading import read
from yizheng.exchange.schemas import schema
from yizheng.exchange.svg import to_svg
from yizheng.exchange.writing import write_json, write_toml

__all__ = ["read", "schema", "to_bpmn", "to_svg", "write_json", "write_toml"]
