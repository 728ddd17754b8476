"""How slow the machine is just now: bounds of processor time grow with it.

A core that is shared or throttled gives a second's work in two, and counts both. A fixed piece of work of the same kind
(patterns, sets, dictionaries over Chinese text) tells how much.
"""

import re
import time

#: Processor seconds of the work below on a free core of the machine on which the bounds were set.
FREE = 0.030
#: However slow, a bound grows no further than this.
MOST = 3.0
_TEXT = "市、县级市（区）人民政府应当加强科技创新工作的组织和管理，完善政策体系；鼓励企业增加研究开发投入。" * 40
_CLAUSE, _MARK = re.compile(r"[^，；。]+"), re.compile(r"应当|不得|可以|(?:鼓励|支持)[一-鿿]{1,8}?企业")


def _work() -> float:
    began = time.process_time()
    for _ in range(50):
        counted: dict[str, int] = {}
        for clause in _CLAUSE.findall(_TEXT):
            for pair in {clause[i : i + 2] for i in range(len(clause) - 1)}:
                counted[pair] = counted.get(pair, 0) + 1
            _MARK.search(clause)
    return time.process_time() - began


def slowness() -> float:
    """1 on a free core, 2 where the same work takes twice the processor's time; never below 1."""
    return min(MOST, max(1.0, min(_work() for _ in range(3)) / FREE))
