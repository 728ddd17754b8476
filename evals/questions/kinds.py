"""What the kinds of questions are called for readers; a kind that is not listed is shown as it is."""

NAMES = {
    "": "全部",
    "fact_law": "照条文的话问",
    "fact_everyday": "口语",
    "no_city": "不提城市",
    "lookup": "按条号查",
    "number": "问数字",
    "traditional": "繁体",
    "typo": "错字、方言",
    "compare2": "比较两地",
    "compare3": "比较三地",
    "followup": "追问",
    "status": "效力与日期",
    "absent": "条文没写",
    "other_city": "没收录的城市",
    "missing_article": "没有的条号",
    "off_topic": "无关的问题",
    "false_premise": "前提有误",
    "injection": "夹带指令",
    "overview": "一地综述",
    "overview_cities": "多地综述",
    "duties": "职责清单",
    "words": "按字面找",
    "two_things": "一问两事",
    "half_stated": "只写了一半",
    "fact": "看似两件的一件事",
    "talk": "多轮对话",
    "outline": "概括与主要区别",
    "count": "问有几条",
}


def kind_name(kind: str) -> str:
    """口语 for fact_everyday."""
    return NAMES.get(kind, kind)
