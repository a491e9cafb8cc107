"""A header of an export in, the field that it most likely means out; nothing is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from briefbook.edit.known import Known, known, way
from briefbook.reference import reference
from briefbook.spelling import fold

KEY = "key"
"""Stands for the id of the record in the CRM."""
# As Salesforce, HubSpot and spreadsheets in English, Vietnamese and Chinese name their columns.
NAMES: Mapping[str, tuple[str, ...]] = {
    KEY: (
        "account id", "account id 18", "record id", "company id", "hs object id", "crm id",
        "customer id", "id", "mã khách hàng", "mã tài khoản", "mã công ty", "mã KH", "客户编号",
        "客户ID", "客户代码", "账户编号", "记录ID", "公司编号",
    ),
    "name": (
        "account name", "company name", "company", "customer name", "account", "name",
        "tên khách hàng", "tên công ty", "tên tài khoản", "khách hàng", "công ty", "客户名称",
        "公司名称", "客户", "账户名称", "企业名称",
    ),
    "industry": ("industry", "industry name", "ngành", "ngành nghề", "lĩnh vực", "行业"),
    "owner": (
        "account owner", "company owner", "owner", "owner name", "csm", "customer success manager",
        "người phụ trách", "chủ tài khoản", "phụ trách", "负责人", "所有人", "客户经理",
    ),
    "parent": ("parent account", "parent company", "parent id", "công ty mẹ", "母公司", "上级客户"),
    "aliases": ("also known as", "other names", "tên khác", "别名", "简称"),
    "customer_since": (
        "customer since", "became a customer date", "first close date", "start date",
        "khách hàng từ", "ngày trở thành khách hàng", "成为客户日期", "合作开始日期",
    ),
    "lifecycle": ("lifecycle stage", "stage", "giai đoạn", "vòng đời", "生命周期", "客户阶段"),
    "language": ("language", "preferred language", "ngôn ngữ", "语言"),
    "profile.type": ("type", "account type", "loại khách hàng", "loại hình", "客户类型", "类型"),
    "profile.size": ("company size", "segment", "size", "quy mô", "phân khúc", "规模", "客户规模"),
    "profile.employees": (
        "employees", "number of employees", "numberofemployees", "headcount", "số nhân viên",
        "nhân viên", "员工数", "员工人数", "人数",
    ),
    "profile.country": (
        "billing country", "country", "country region", "shipping country", "quốc gia", "nước",
        "国家", "国家地区",
    ),
    "profile.region": (
        "billing state", "state", "state province", "state region", "region", "tỉnh", "khu vực",
        "vùng", "地区", "区域", "省份",
    ),
    "profile.annual_revenue": (
        "annual revenue", "annualrevenue", "revenue", "turnover", "doanh thu",
        "doanh thu hàng năm", "doanh thu năm", "年收入", "年营业额", "营业收入", "年营收",
    ),
    "profile.growth": ("growth", "revenue growth", "tăng trưởng", "增长率", "增速"),
    "profile.founded": ("year founded", "founded", "year started", "năm thành lập", "成立年份"),
    "contract.from": (
        "contract start date", "contract start", "ngày bắt đầu hợp đồng", "合同开始日期",
    ),
    "contract.until": (
        "contract end date", "contract end", "renewal date", "expiry date",
        "ngày kết thúc hợp đồng", "ngày hết hạn", "ngày gia hạn", "合同结束日期", "到期日",
        "续约日期",
    ),
    "contract.recurring": (
        "arr", "annual recurring revenue", "acv", "contract value", "giá trị hợp đồng",
        "合同金额", "年度合同额",
    ),
    "health.is": ("health", "health status", "health score", "sức khỏe", "健康度", "健康状态"),
    "value_to_us.potential": ("potential", "potential revenue", "tiềm năng", "潜力", "潜在收入"),
    "strategy": ("strategy", "chiến lược", "策略"),
}  # fmt: skip


def field_of(header: str, kind: str = "account") -> str:
    """The field of a kind of record that a header names, KEY for its id in the CRM, or empty."""
    return _names(kind).get(spelled(header), "")


def spelled(header: str) -> str:
    """A header without case, marks, signs and what stands in brackets behind it."""
    plain = re.sub(r"[(（\[].*$", "", header)
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain)
    return " ".join(re.findall(r"\w+", fold(plain).replace("_", " ")))


@cache
def _names(kind: str) -> dict[str, str]:
    """Fields by what names them: their own names first, then the help of the model, then habit."""
    found: dict[str, str] = {}
    for field, names in _all(kind):
        for name in names:
            found.setdefault(spelled(name), field)
    return found


def _all(kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, names in NAMES.items():
        if field == KEY or of(kind, field):
            yield field, names
    rows = next(one for one in reference() if one.kind == kind).fields
    for row in rows:
        if (
            "[" not in row.path
            and "<" not in row.path
            and (here := of(kind, row.path))
            and here.text
        ):
            yield row.path, (row.path, row.path.rpartition(".")[2], row.help)


def of(kind: str, field: str) -> Known | None:
    """What the model says of a field, None where it has none."""
    steps = way(kind, tuple(field.split(".")))
    return known(kind, steps) if steps else None
