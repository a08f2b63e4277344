"""The staff table of Northmere adds up to exactly 9,000 at the last snapshot, and shrinks into the past."""

from app.cli import northmere_staff as staff


def test_the_totals_are_exact() -> None:
    assert sum(staff.WHITE.values()) == 6660
    assert sum(staff.BME.values()) == 1980
    assert sum(staff.UNKNOWN.values()) == 360
    assert sum(staff.ETHNIC_GROUPS.values()) == sum(staff.STAFF_GROUPS.values()) == staff.STAFF == 9000
    assert staff.snapshot(staff.ETHNIC_GROUPS, 0) == staff.ETHNIC_GROUPS
    assert staff.snapshot(staff.STAFF_GROUPS, 0, scale=20) == {g: 20 * n for g, n in staff.STAFF_GROUPS.items()}


def test_the_shares_of_the_staff_groups_come_to_the_whole_trust() -> None:
    heads = staff.bme_by_staff_group()
    assert sum(heads.values()) == 1980
    assert set(heads) == set(staff.STAFF_GROUPS)
    assert all(
        abs(100 * heads[g] / staff.STAFF_GROUPS[g] - p) < 1 for g, p in staff.BME_PERCENT.items() if g != "students"
    )


def test_earlier_month_ends_are_smaller_by_a_fifth_of_a_percent() -> None:
    totals = [sum(staff.snapshot(staff.ETHNIC_GROUPS, n).values()) for n in range(staff.SNAPSHOTS)]
    assert totals[:3] == [9000, 8982, 8964]
    assert totals == sorted(totals, reverse=True)
    assert all(heads > 0 for heads in staff.snapshot(staff.ETHNIC_GROUPS, staff.SNAPSHOTS - 1).values())
