"""The 9,000 staff of Northmere: ethnic group by 2001 code, staff group, and every month end."""

from collections.abc import Mapping

from app.cli.northmere_draw import whole_heads

STAFF = 9000
MONTHLY_GROWTH = 0.002
SNAPSHOTS = 25
"""Month ends from October 2024 to October 2026, the last one exact."""
WHITE: Mapping[str, int] = {"A": 5760, "B": 90, "C": 810}
BME: Mapping[str, int] = {
    "D": 45, "E": 45, "F": 54, "G": 63, "H": 470, "J": 150, "K": 45, "L": 378, "M": 100, "N": 450, "P": 45, "R": 60,
    "S": 75,
}  # fmt: skip
UNKNOWN: Mapping[str, int] = {"Z": 240, "99": 120}
ETHNIC_GROUPS: Mapping[str, int] = {**WHITE, **BME, **UNKNOWN}
STAFF_GROUPS: Mapping[str, int] = {
    "nursing_midwifery": 2700,
    "additional_clinical_services": 1800,
    "administrative_clerical": 1980,
    "medical_dental": 900,
    "estates_ancillary": 630,
    "allied_health": 540,
    "add_prof_scientific_technic": 270,
    "healthcare_scientists": 153,
    "students": 27,
}
BME_PERCENT: Mapping[str, int] = {
    "nursing_midwifery": 27,
    "additional_clinical_services": 24,
    "administrative_clerical": 9,
    "medical_dental": 45,
    "estates_ancillary": 18,
    "allied_health": 12,
    "add_prof_scientific_technic": 20,
    "healthcare_scientists": 20,
    # No share is given for the 27 students: the share of the whole trust stands in.
    "students": 22,
}
"""Before scaling to the 1,980 of the whole trust."""


def bme_by_staff_group() -> dict[str, int]:
    """Return the BME heads of each staff group; they add up to those of the trust."""
    weights = {group: STAFF_GROUPS[group] * percent for group, percent in BME_PERCENT.items()}
    return whole_heads(weights, sum(BME.values()))


def snapshot(groups: Mapping[str, int], months_before: int, scale: int = 1) -> dict[str, int]:
    """Return the heads at a month end, 0 months before being 31 October 2026; the total is rounded, then shared."""
    total = round(sum(groups.values()) * scale * (1 - MONTHLY_GROWTH) ** months_before)
    return whole_heads({code: float(heads) for code, heads in groups.items()}, total)
