"""The usual wording of the titles that a community office meets: a table to begin with, ours and no authority's.

Two words stand in one row here where an office would enter them for the same thing in a list of matters. That says
nothing about law: a row decides which titles are looked at together, never what is decided.
"""

from __future__ import annotations

from typing import Final

from yizheng.batch.wording import Wording

__all__ = ["USUAL"]

_ALIKE: Final[dict[str, str]] = {
    "维修": "修缮 修理 整修 检修 修复 抢修 返修 大修 维护",
    "更换": "更新 替换 换新 换装",
    "安装": "加装 增设 增装 加设 新装",
    "改造": "整治 改建 翻新 提升改造 整治改造 改造提升",
    "清理": "清除 清运 清扫",
    "渗漏": "渗水 漏水 渗漏水 漏雨 渗雨 渗透",
    "脱落": "剥落 掉落 掉皮",
    "破损": "损坏 损毁 毁坏",
    "堵塞": "淤堵 不通 阻塞",
    "外墙": "外墙面 外立面 外墙体 外墙皮",
    "屋顶": "屋面 楼顶 房顶 天台",
    "楼道": "楼梯间 走廊 楼内公共通道",
    "路灯": "照明灯 公共照明 照明路灯",
    "下水管": "下水道 排水管 排水管道 下水管道 污水管",
    "自来水管": "供水管 供水管道 给水管",
    "电梯": "升降梯 垂直电梯",
    "停车位": "车位 泊位 停车泊位",
    "充电桩": "充电设施 充电设备 充电装置",
    "健身器材": "健身设施 体育器材 锻炼器材",
    "监控": "监控探头 摄像头 视频监控 监控设备",
    "门禁": "门禁系统 单元门禁",
    "单元门": "楼宇门 防盗单元门",
    "绿地": "绿化带 绿化地",
    "物业": "物业公司 物业服务企业 物业服务公司 物业管理公司 物业服务人",
    "业委会": "业主委员会",
    "居委会": "居民委员会 社区居委会",
    "低保": "最低生活保障 居民最低生活保障 城市低保",
    "公租房": "公共租赁住房 公共租赁房",
    "复核": "复审 年审 年度复核 动态复核",
    "维修资金": "专项维修资金 住宅专项维修资金 维修基金",
    "号": "號",
    "楼": "樓",
    "栋": "棟",
    "层": "層",
    "墙": "牆",
    "电": "電",
    "灯": "燈",
}

USUAL: Final = Wording(
    synonyms={variant: standard for standard, variants in _ALIKE.items() for variant in variants.split()},
    openings=["关于", "关于对", "关于将", "有关", "申请", "请求", "恳请", "提请"],
    closings=[
        "请示",
        "申请",
        "报告",
        "议案",
        "提案",
        "动议",
        "建议",
        "意见",
        "函",
        "通知",
        "方案",
        "事项",
        "事宜",
        "问题",
        "一事",
        "情况",
        "情况报告",
        "申请书",
        "申请报告",
        "请示报告",
    ],
    fillers=["的", "了", "进行", "予以", "加以", "给予", "开展", "实施", "相关", "有关"],
    telling="东南西北左右前后内外上下旧老男女正副甲乙丙丁戊己庚辛不未非无免禁停撤拒反增减升降进出关拆电气暖",
)
"""The usual wording. Take it as it is, or ``attrs.evolve(USUAL, synonyms={**USUAL.synonyms, "…": "…"})``."""
