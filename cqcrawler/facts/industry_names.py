"""What the industries are called. Apart from the words that show them, as filters want no more."""

from __future__ import annotations

INDUSTRIES = (
    "智能网联新能源汽车",
    "电子信息制造",
    "集成电路",
    "新型显示",
    "先进材料",
    "轻合金材料",
    "智能装备",
    "人工智能及机器人",
    "高端摩托车",
    "食品及农产品加工",
    "轻纺",
    "生物医药",
    "医疗器械",
    "新能源及新型储能",
    "节能环保",
    "低空经济及航空航天",
    "软件信息服务",
    "现代物流",
    "文化旅游",
    "大健康服务",
    "商贸服务",
    "现代金融",
    "现代农业",
    "科技服务",
    "基础设施",
)
