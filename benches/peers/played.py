"""How every peer in Python is timed: `SCRIPT RUNS SEED` prints seconds of processor time, days played and runs by outcome."""

import random
import sys
import time


def models(model_class, n_outcomes):
    """Plays Mesa models one after the other, each with a seed of its own."""

    def play(seed, runs):
        seeds = random.Random(seed)
        counts, days = [0] * n_outcomes, 0
        for _ in range(runs):
            model = model_class(seeds.getrandbits(64))
            while model.running:
                model.step()
            counts[model.outcome] += 1
            days += model.day
        return counts, days

    return play


def timed(play):
    """Times `play(seed, runs)`; what has to be compiled first must have been."""
    runs, seed = int(sys.argv[1]), int(sys.argv[2])
    begin = time.process_time()
    counts, days = play(seed, runs)
    spent = time.process_time() - begin
    print(spent, days, *counts)
