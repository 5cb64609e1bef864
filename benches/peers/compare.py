"""The peer crisis in flashpoint, numba, krABMaga and Mesa, and the Niger scenario in flashpoint, numba and Mesa: are the outcomes equally probable, and how
long does a run take?

Makes a virtual environment with Mesa and numba and builds the krABMaga program, all under target/peers; then plays the programs in turns.

usage: python3 benches/peers/compare.py [crisis|niger] [--flashpoint PROGRAM] [--rounds N] [--runs TIMES] [--only NAME,NAME]
"""

import argparse
import csv
import math
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "peers"
CRISIS = ["force", "coup", "restoration", "transition", "exit", "standoff"]
NIGER = ["intervention", "restoration", "counter_coup", "negotiated_transition", "bloc_exit", "consolidation", "standoff"]
# Scenario: its file, its outcomes in the order in which the other programs print them, and runs of a round, enough for about a second each.
SCENARIOS = {
    "crisis": (HERE / "crisis.toml", CRISIS, {"flashpoint": 20000, "numba": 20000, "krabmaga": 20000, "mesa": 300}),
    "niger": (ROOT / "scenarios/niger-2023/scenario.toml", NIGER, {"flashpoint": 10000, "numba": 10000, "mesa": 150}),
}
# |z| above this would be met by chance once in 10 000 comparisons.
LARGEST_Z = 3.9


def environment():
    """The Python of a virtual environment with the peers."""
    python = WORK / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(WORK / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
    return python


def krabmaga():
    """The krABMaga program, built for this processor."""
    target = WORK / "krabmaga"
    variables = dict(os.environ, CARGO_TARGET_DIR=str(target), RUSTFLAGS="-C target-cpu=native")
    manifest = HERE / "krabmaga" / "Cargo.toml"
    subprocess.run(["cargo", "build", "--release", "--quiet", "--manifest-path", manifest], check=True, env=variables)
    return target / "release" / "peer-crisis-krabmaga"


def flashpoint(program, scenario, outcomes, runs, seed):
    """Seconds on a processor, from start to the last table; runs by outcome."""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "run", scenario, "--threads", "1", "--quiet", "--out", Path(folder) / "out"]
        before = children()
        subprocess.run([*command, "--runs", str(runs), "--seed", str(seed)], check=True)
        spent = children() - before
        with open(Path(folder) / "out" / "outcomes.csv", newline="", encoding="utf-8") as file:
            counts = {row["outcome"]: round(float(row["probability"]) * runs) for row in csv.DictReader(file)}
    return spent, [counts.get(outcome, 0) for outcome in outcomes]


def children():
    """Seconds that processes started here have had on a processor."""
    times = os.times()
    return times.children_user + times.children_system


def other(command, runs, seed):
    """Seconds on a processor as the program tells them, or else all of its; runs by outcome."""
    before = children()
    answer = subprocess.run([*command, str(runs), str(seed)], check=True, capture_output=True, text=True)
    spent, _days, *counts = answer.stdout.split()
    return children() - before if spent == "-" else float(spent), [int(count) for count in counts]


def largest_z(ours, theirs):
    """The largest difference of two tables of outcomes in standard errors."""
    (n, m), most = (sum(ours), sum(theirs)), 0.0
    for a, b in zip(ours, theirs):
        share = (a + b) / (n + m)
        error = math.sqrt(share * (1 - share) * (1 / n + 1 / m))
        if error > 0:
            most = max(most, abs(a / n - b / m) / error)
    return most


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scenario", nargs="?", choices=SCENARIOS, default="crisis")
    parser.add_argument("--flashpoint", default=ROOT / "target" / "release" / "flashpoint")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="names of programs, with commas between")
    parser.add_argument("--runs", type=float, default=1.0, help="times the usual number of runs of a round")
    arguments = parser.parse_args()
    file, outcomes, usual_runs = SCENARIOS[arguments.scenario]
    wanted = [name for name in usual_runs if not arguments.only or name in arguments.only.split(",")]
    players = {}
    if "flashpoint" in wanted:
        players["flashpoint"] = lambda runs, seed: flashpoint(arguments.flashpoint, file, outcomes, runs, seed)
    if "numba" in wanted or "mesa" in wanted:
        python = environment()
        for name in ("numba", "mesa"):
            if name in wanted:
                command = [python, HERE / f"{name}_{arguments.scenario}.py"]
                players[name] = lambda runs, seed, command=command: other(command, runs, seed)
    if "krabmaga" in wanted:
        program = krabmaga()
        players["krabmaga"] = lambda runs, seed: other([program], runs, seed)

    times, counts = {name: [] for name in players}, {name: [0] * len(outcomes) for name in players}
    for seed in range(1, arguments.rounds + 1):
        for name, play in players.items():
            runs = max(50, round(usual_runs[name] * arguments.runs))
            spent, found = play(runs, seed)
            times[name].append(spent / runs)
            counts[name] = [a + b for a, b in zip(counts[name], found)]
    ours = next(iter(players))
    base = statistics.median(times[ours])
    print(f"{'program':<12}{'us a run':>10}{'times ours':>12}{'largest z':>11}   " + "".join(f"{outcome[:12]:>13}" for outcome in outcomes))
    agree = True
    for name in players:
        median = statistics.median(times[name])
        z = largest_z(counts[ours], counts[name])
        agree &= z <= LARGEST_Z
        shares = "".join(f"{100 * count / sum(counts[name]):>12.2f}%" for count in counts[name])
        print(f"{name:<12}{1e6 * median:>10.1f}{median / base:>12.2f}{z:>11.2f}   {shares}")
    if not agree:
        sys.exit("the outcomes are not equally probable: the programs do not play the same crisis")


if __name__ == "__main__":
    main()
