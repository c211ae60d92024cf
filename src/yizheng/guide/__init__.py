"""What people read before a case: a step guide for staff and a notice for residents, told from a definition alone."""

from yizheng.guide.notice import residents_notice
from yizheng.guide.staff import staff_guide

__all__ = ["residents_notice", "staff_guide"]
