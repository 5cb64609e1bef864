"""Makes the numbers that tests/estimators holds flashpoint's statistics against: by SALib, the EMA Workbench, lifelines and SciPy on the same data.

    python -m venv /tmp/numbers && /tmp/numbers/bin/pip install -r tests/estimators/requirements.txt
    /tmp/numbers/bin/python tests/estimators/make_numbers.py

Writes *.json beside itself; `--check` compares with those that are there instead (to 1e-9, since another NumPy may sum in another order). The data of
Bryant and Lempert come with the EMA Workbench (BSD 3-clause, see bryant_lempert.LICENSE); the columns that are used are copied into bryant_lempert.csv.
"""

import importlib.metadata
import json
import logging
import math
import pathlib
import sys
import warnings

import ema_workbench
import lifelines
import numpy as np
import pandas as pd
from ema_workbench.analysis import prim, scenario_discovery_util
from SALib.analyze import morris, pawn, sobol
from SALib.sample import latin, saltelli
from SALib.sample import morris as morris_sample
from SALib.test_functions import Ishigami, Sobol_G
from scipy import stats

HERE = pathlib.Path(__file__).parent
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def numbers(array):
    return [float(value) for value in np.asarray(array).ravel()]


def of_sobol():
    cases = []
    ishigami = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-math.pi, math.pi]] * 3}
    g = {"num_vars": 8, "names": [f"x{i}" for i in range(1, 9)], "bounds": [[0, 1]] * 8}
    for name, problem, function, n in [("ishigami", ishigami, Ishigami.evaluate, 64), ("g", g, Sobol_G.evaluate, 32)]:
        y = function(saltelli.sample(problem, n, calc_second_order=True))
        n_resamples, seed = 20, 7
        found = sobol.analyze(problem, y, num_resamples=n_resamples, seed=seed)
        rows = np.random.default_rng(seed).integers(n, size=(n, n_resamples))
        d = problem["num_vars"]
        pairs = [(j, k) for j in range(d) for k in range(j + 1, d)]
        cases.append({
            "name": name, "n": n, "d": d, "y": numbers(y), "resamples": [[int(row) for row in column] for column in rows.T],
            **{key: numbers(found[key]) for key in ["S1", "S1_conf", "ST", "ST_conf"]},
            **{key: [float(found[key][pair]) for pair in pairs] for key in ["S2", "S2_conf"]},
        })
    return cases


def of_morris():
    # The 18-point exercise of Saltelli et al. (2008), as in SALib's own test.
    third = 1 / 3
    exercise = {
        "problem": {"num_vars": 2, "names": ["x1", "x2"], "groups": None, "bounds": [[0, 1]] * 2},
        "x": np.array([
            [0, third], [0, 1], [2 * third, 1], [0, third], [2 * third, third], [2 * third, 1], [2 * third, 0],
            [2 * third, 2 * third], [0, 2 * third], [third, 1], [1, 1], [1, third], [third, 1], [third, third],
            [1, third], [third, 2 * third], [third, 0], [1, 0],
        ]),
        "y": np.array([.97, .71, 2.39, .97, 2.3, 2.39, 1.87, 2.4, .87, 2.15, 1.71, 1.54, 2.15, 2.17, 1.54, 2.2, 1.87, 1.]),
    }
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "groups": None, "bounds": [[-math.pi, math.pi]] * 3}
    x = morris_sample.sample(problem, 12, num_levels=4, seed=3)
    cases = []
    for name, case in [("exercise", exercise), ("ishigami", {"problem": problem, "x": x, "y": Ishigami.evaluate(x)})]:
        n_resamples, seed = 25, 11
        d = case["problem"]["num_vars"]
        n = len(case["y"]) // (d + 1)
        found = morris.analyze(case["problem"], case["x"], case["y"], num_resamples=n_resamples, num_levels=4, seed=seed)
        generator = np.random.default_rng(seed)
        rows = [generator.integers(n, size=(n_resamples, n)).tolist() for _ in range(d)]
        low, high = np.array(case["problem"]["bounds"]).T
        cases.append({
            "name": name, "x": [numbers(row) for row in (case["x"] - low) / (high - low)], "y": numbers(case["y"]),
            "resamples": rows, **{key: numbers(found[key]) for key in ["mu", "mu_star", "mu_star_conf", "sigma"]},
        })
    return cases


def of_pawn():
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-math.pi, math.pi]] * 3}
    x = latin.sample(problem, 300, seed=5)
    cases = []
    # An output without ties, one with many.
    for name, y in [("ishigami", Ishigami.evaluate(x)), ("rounded", np.round(Ishigami.evaluate(x)))]:
        found = pawn.analyze(problem, x, y, S=10)
        keys = ["minimum", "mean", "median", "maximum", "CV"]
        cases.append({"name": name, "x": [numbers(column) for column in x.T], "y": numbers(y), **{key: numbers(found[key]) for key in keys}})
    return cases


def of_prim():
    data = pd.read_csv(pathlib.Path(ema_workbench.__file__).parent / "examples/data/bryant et al 2010 data.csv", index_col=False)
    x, y = data.iloc[:, 2:11], data.iloc[:, 15].values
    copied = x.copy()
    copied["greater than 90 %"] = y
    copied.to_csv(HERE / "bryant_lempert.csv", index=False, lineterminator="\n")
    # Two columns as names: which third of its values, and above or below the middle.
    named = x.copy()
    thirds = np.digitize(named["Total biomass"], np.quantile(named["Total biomass"], [1 / 3, 2 / 3]))
    named["Total biomass"] = [f"c{third}" for third in thirds]
    halves = (named["Demand elasticity"] > named["Demand elasticity"].median()).astype(int)
    named["Demand elasticity"] = [f"c{half}" for half in halves]
    cases = []
    for name, x, options in [
        ("bryant_lempert", x, {"threshold": 0.8, "peel_alpha": 0.1}),
        ("defaults", x, {"threshold": 0.8}),
        ("names", named, {"threshold": 0.8, "peel_alpha": 0.1}),
    ]:
        algorithm = prim.Prim(x.copy(), y, **options)
        for nth in range(2):
            box = algorithm.find_box()
            initial = box.box_lims[0]
            boxes = []
            for at, limits in enumerate(box.box_lims):
                row = box.peeling_trajectory.iloc[at]
                restricted = {}
                for column in scenario_discovery_util._determine_restricted_dims(limits, initial):
                    low, high = limits[column]
                    is_names = isinstance(low, set)
                    restricted[column] = sorted(low) if is_names else [float(low), float(high)]
                boxes.append({
                    **{key: float(row[key]) for key in ["coverage", "density", "mean", "mass", "res_dim", "n", "k"]},
                    "limits": restricted,
                    "qp": {key: [float(value) for value in values] for key, values in box.qp[at].items()},
                })
            cases.append({"name": name, "nth": nth, "peel_alpha": options.get("peel_alpha", 0.05), "boxes": boxes})
            if name == "bryant_lempert" and nth == 0:
                box.select(21)
    return cases


def of_survival():
    generator = np.random.default_rng(17)
    n = 60
    times = [generator.exponential(scale, n) for scale in (12, 20, 25)]
    time = np.minimum.reduce(times)
    cause = np.argmin(times, axis=0)  # 0: lost from sight
    cases = []
    for which in (1, 2):
        fitter = lifelines.AalenJohansenFitter(calculate_variance=True).fit(time, cause, event_of_interest=which)
        density = fitter.cumulative_density_.iloc[1:, 0]
        interval = fitter.confidence_interval_.iloc[1:]
        ends = numbers(interval)
        cases.append({
            "cause": which, "time": numbers(density.index), "incidence": numbers(density),
            "standard_error": numbers(np.sqrt(np.maximum(fitter.variance_.iloc[1:], 0))),
            "interval": [ends[at:at + 2] for at in range(0, len(ends), 2)],
        })
    return {"time": numbers(time), "cause": [int(value) for value in cause], "cases": cases}


def of_small():
    generator = np.random.default_rng(23)
    quantiles = []
    for n in (10, 37, 100, 1000):
        for p in (0.05, 0.25, 0.5, 0.9):
            interval = stats.quantile_test(np.arange(1, n + 1), q=0, p=p).confidence_interval(0.95)
            ends = [int(end) if math.isfinite(end) else None for end in (interval.low, interval.high)]
            quantiles.append({"n": n, "p": p, "low": ends[0], "high": ends[1]})
    ratios = []
    for n, first, second, both in [(200, 60, 50, 30), (1000, 30, 400, 11), (500, 250, 20, 3)]:
        result = stats.contingency.relative_risk(both, first, second - both, n - first)
        interval = result.confidence_interval(0.95)
        table = [[both, first - both], [second - both, n - first - second + both]]
        p = stats.chi2_contingency(table, correction=False).pvalue
        ratios.append({
            "n": n, "first": first, "second": second, "both": both, "ratio": float(result.relative_risk),
            "low": float(interval.low), "high": float(interval.high), "p": float(p),
        })
    earlier = []
    for n, m in [(20, 30), (40, 15)]:
        x, y = generator.poisson(6, n).astype(float), generator.poisson(7, m).astype(float)
        result = stats.mannwhitneyu(x, y, use_continuity=False, method="asymptotic")
        earlier.append({"x": numbers(x), "y": numbers(y), "u": float(result.statistic), "p": float(result.pvalue)})
    p = numbers(generator.uniform(size=12) ** 3)
    discoveries = {"p": p, "adjusted": numbers(stats.false_discovery_control(p))}
    wilson = []
    for k, n in [(0, 10), (3, 17), (50, 1000), (999, 1000), (12, 12)]:
        interval = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        wilson.append({"k": k, "n": n, "low": float(interval.low), "high": float(interval.high)})
    return {"quantiles": quantiles, "ratios": ratios, "earlier": earlier, "discoveries": discoveries, "wilson": wilson}


def written(value):
    """As JSON can hold it: what is not finite becomes null."""
    if isinstance(value, dict):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def close(a, b):
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(close(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return a == b


def main():
    versions = {name: importlib.metadata.version(name) for name in ("SALib", "ema_workbench", "lifelines", "scipy", "numpy")}
    same = True
    for name, make in [
        ("sobol", of_sobol), ("morris", of_morris), ("pawn", of_pawn), ("prim", of_prim), ("survival", of_survival), ("small", of_small),
    ]:
        made = {"made_with": versions, "cases": written(make())}
        path = HERE / f"{name}.json"
        if "--check" in sys.argv:
            is_same = close(json.loads(path.read_text())["cases"], json.loads(json.dumps(made["cases"])))
            print(name, "as stored" if is_same else "DIFFERS")
            same &= is_same
        else:
            path.write_text(json.dumps(made, separators=(",", ":")) + "\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
