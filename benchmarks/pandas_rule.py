"""The Destatis rule as an analyst would write it with pandas: what our own judging is held against.

Once straightforwardly, with a function that is applied to each target's points, and once with every step taken for all
targets at once, which is faster and harder to read. Both read the same file and give the same symbols as the product,
for the kinds of target that `benchmarks.generate` makes; they work out nothing else.
"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

Symbols = dict[str, str | None]
PERIOD = ["indicator_id", "period_start", "period_end"]
NEEDED = 6


def judge_one_by_one(path: Path, today: date) -> Symbols:
    """The symbol of every target by its id, None where there is none."""
    targets, points = _read(path, today)
    symbols = points.groupby("target_id").apply(_symbol)  # type: ignore[call-overload]  # None is an answer too
    return dict.fromkeys(targets["target_id"]) | symbols.dropna().to_dict()


def judge_at_once(path: Path, today: date) -> Symbols:
    """The same without a function for each target."""
    targets, points = _read(path, today)
    points = points[["target_id", "month", "value", "break_before", "sign", "bound", "due"]]
    breaks = points.groupby("target_id")["break_before"]
    window = points[breaks.cumsum() == breaks.transform("sum")].groupby("target_id").tail(NEEDED)
    window = window[window.groupby("target_id")["value"].transform("size") == NEEDED]
    first, before, last = (window.iloc[place::NEEDED].set_index("target_id") for place in (0, NEEDED - 2, NEEDED - 1))
    pace = (last["value"] - first["value"]) / (last["month"] - first["month"]) * 12
    better = last["sign"] * pace
    better_at_last = last["sign"] * (last["value"] - before["value"])
    reached = last["sign"] * (last["value"] - last["bound"]) >= 0
    projected = last["value"] + pace * (last["due"] - last["month"]) / 12
    shortfall = ((last["bound"] - projected) / (last["bound"] - last["value"])).round(12)
    direction_only = last["bound"].isna()
    every_year = ~direction_only & (last["due"].isna() | reached | (last["month"] // 12 >= last["due"] // 12))
    dated = ~direction_only & ~every_year
    sun = (
        (direction_only & (better > 0) & (better_at_last > 0))
        | (every_year & reached & (better >= 0))
        | (dated & (shortfall < 0.05))
    )
    sun_cloud = (direction_only & (better > 0)) | (every_year & reached) | (dated & (shortfall <= 0.20))
    cloud = np.where(direction_only, better_at_last > 0, better > 0)
    symbols = np.select([sun, sun_cloud, cloud], ["sun", "sun_cloud", "cloud"], "thunderstorm")
    return dict.fromkeys(targets["target_id"]) | dict(zip(last.index, symbols.tolist(), strict=True))


def _symbol(points: pd.DataFrame) -> str | None:
    """The rule for one target; its points are oldest first."""
    points = points[points["break_before"].cumsum() == points["break_before"].sum()].tail(NEEDED)
    if len(points) < NEEDED:
        return None
    first, before, last = points.iloc[0], points.iloc[-2], points.iloc[-1]
    pace = (last["value"] - first["value"]) / (last["month"] - first["month"]) * 12
    better = last["sign"] * pace
    better_at_last = last["sign"] * (last["value"] - before["value"])
    if pd.isna(last["bound"]):
        if better > 0:
            return "sun" if better_at_last > 0 else "sun_cloud"
        return "cloud" if better_at_last > 0 else "thunderstorm"
    reached = last["sign"] * (last["value"] - last["bound"]) >= 0
    if reached:
        return "sun" if better >= 0 else "sun_cloud"
    if pd.notna(last["due"]) and last["month"] // 12 < last["due"] // 12:
        projected = last["value"] + pace * (last["due"] - last["month"]) / 12
        shortfall = round((last["bound"] - projected) / (last["bound"] - last["value"]), 12)
        if shortfall <= 0.20:
            return "sun" if shortfall < 0.05 else "sun_cloud"
    return "cloud" if better > 0 else "thunderstorm"


def _read(path: Path, today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The targets, and for each of them the points that it speaks of, oldest first.

    Columns of the points: target_id, month (counted from year 0), value, break_before, and what is asked: sign (which
    way is better), bound and due (a month; both may be missing).
    """
    with closing(duckdb.connect(str(path), read_only=True)) as store:
        indicators = _newest_version(store.table("indicator").select("id", "version", "withdrawn", "direction").df())
        targets = _newest_version(
            store.table("target").select("id", "version", "withdrawn", "indicator_id", "demand").df()
        )
        observed = ["id", "version", "withdrawn", *PERIOD, "value", "vintage", "published_on"]
        readings = _newest_version(store.table("reading").select(*observed, "break_before").df())
        comparisons = _newest_version(store.table("comparison").select(*observed, "territory").df())
    readings = _newest_edition(readings, PERIOD, today)
    comparisons = _newest_edition(comparisons, [*PERIOD, "territory"], today)
    targets = _asked(targets, indicators)
    points = readings.merge(targets, on="indicator_id")
    points = points.merge(comparisons, how="left", on=[*PERIOD, "territory"], suffixes=("", "_there"))
    difference = points["value"] - points["value_there"]
    spoken_of = {
        "band": np.maximum(points["lower"] - points["value"], points["value"] - points["upper"]).clip(0),
        "share_of_whole": 100 * points["value"] / points["whole"],
        "against_benchmark": difference.where(points["relation"] != "equal", difference.abs()),
    }
    points["value"] = np.select(
        [points["demand"] == kind for kind in spoken_of], list(spoken_of.values()), points["value"]
    )
    points["month"] = points["period_end"].dt.year * 12 + points["period_end"].dt.month - 1
    return targets, points.dropna(subset="value").sort_values(["target_id", "period_end"])


def _newest_version(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.sort_values("version").drop_duplicates("id", keep="last")
    return rows[~rows["withdrawn"]].drop(columns=["version", "withdrawn"])


def _newest_edition(rows: pd.DataFrame, period: list[str], today: date) -> pd.DataFrame:
    day = pd.Timestamp(today)
    rows = rows[(rows["period_end"] <= day) & (rows["published_on"].isna() | (rows["published_on"] <= day))]
    rows = rows.sort_values([*period, "published_on", "vintage"], na_position="first")
    return rows.drop_duplicates(period, keep="last")


def _asked(targets: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Each target with its demand in columns, and with sign, bound and due."""
    demands = pd.DataFrame([json.loads(text) for text in targets["demand"]], index=targets.index)
    asked = targets.drop(columns="demand").join(demands).rename(columns={"id": "target_id", "value": "bound"})
    asked = asked.merge(indicators.rename(columns={"id": "indicator_id"}), on="indicator_id")
    asked["due"] = asked["due"].astype(float) * 12 + 11  # every one of them is a year, and means its last month
    asked["sign"] = asked["direction"].map({"higher": 1, "lower": -1})
    kind, equal = asked["demand"], asked["relation"] == "equal"
    asked.loc[kind == "band", ["sign", "bound"]] = [-1, 0.0]
    asked.loc[kind == "share_of_whole", "bound"] = asked["percent"]
    asked.loc[kind == "against_benchmark", ["sign", "bound"]] = [1, 0.0]
    asked.loc[(kind == "against_benchmark") & ((asked["relation"] == "below") | equal), "sign"] = -1
    asked.loc[(kind == "against_benchmark") & equal, "bound"] = asked["tolerance"].fillna(0)
    columns = ["indicator_id", "target_id", "demand", "sign", "bound", "due", "lower", "upper", "whole", "relation"]
    return asked[[*columns, "territory"]]
