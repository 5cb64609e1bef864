"""The peer crisis as a numba kernel: one function over plain arrays, compiled, one thread."""

import math

import numpy as np
from numba import njit

import played
from numba_draws import fires, logistic, wait

MEMBERS, ALLIES, STEPS = 12, 3, 365
FORCE, COUP, RESTORATION, TRANSITION, EXIT, STANDOFF = range(6)


@njit
def left(half_life):
    """What a day leaves of a distance."""
    return 2.0 ** (-1.0 / half_life)


@njit
def clamp(x):
    return min(max(x, 0.0), 1.0)


@njit
def between(low, high):
    return low + (high - low) * np.random.random()


@njit
def run():
    support_0 = support = between(0.4, 0.7)
    cohesion_0 = cohesion = between(0.45, 0.8)
    resolve_0 = resolve = between(0.5, 0.9)
    anger_0 = anger = between(0.3, 0.8)
    hostility = np.empty(MEMBERS)
    opposition = np.empty(MEMBERS)
    committed = np.zeros(MEMBERS, np.bool_)
    for m in range(MEMBERS):
        hostility[m] = between(0.3, 0.9)
        opposition[m] = between(0.1, 0.5)
    hostility_0, opposition_0 = hostility.copy(), opposition.copy()
    solidarity = np.empty(ALLIES)
    pledge = np.zeros(ALLIES)
    for a in range(ALLIES):
        solidarity[a] = between(0.3, 0.9)
    threat, channel, strain, sanctions = 0.0, 0.0, 0.1, 0.0
    credibility = between(0.5, 0.8)
    bar = between(0.1, 0.35)
    order_rate = between(0.005, 0.03)
    exponent = between(0.7, 1.5)
    exit_rate = between(0.001, 0.008)
    deal_rate = between(0.002, 0.01)
    coup_rate = between(0.0002, 0.0008)

    never = -1000
    deadline = 1e9
    imposed, threatened, expired_once = False, False, False
    last_renewed, last_mission, last_rally, last_attack = never, never, never, never
    last_denounced = np.full(MEMBERS, never)
    last_committed = np.full(MEMBERS, never)
    last_rejected = np.full(ALLIES, never)
    pledged = np.zeros(ALLIES, np.bool_)

    l_support, l_cohesion, l_resolve, l_anger = left(30.0), left(60.0), left(90.0), left(150.0)
    l_hostility, l_opposition, l_threat, l_channel, l_strain = left(200.0), left(120.0), left(45.0), left(50.0), left(75.0)

    for day in range(1, STEPS + 1):
        # Half-lives: resting places are read before anything moves.
        rest_support = support_0 - 0.4 * strain
        rest_cohesion = cohesion_0 + 0.2 * (support - 0.5) - 0.3 * strain
        rest_strain = 0.1 + 0.6 * sanctions
        support = clamp(support + (rest_support - support) * (1.0 - l_support))
        cohesion = clamp(cohesion + (rest_cohesion - cohesion) * (1.0 - l_cohesion))
        strain = clamp(strain + (rest_strain - strain) * (1.0 - l_strain))
        threat = clamp(threat + (0.05 - threat) * (1.0 - l_threat))
        channel = clamp(channel + (0.1 - channel) * (1.0 - l_channel))
        resolve = resolve_0 + (resolve - resolve_0) * l_resolve
        anger = anger_0 + (anger - anger_0) * l_anger
        outrage, n_committed = 0.0, 0
        for m in range(MEMBERS):
            hostility[m] += (0.6 * hostility_0[m] - hostility[m]) * (1.0 - l_hostility)
            opposition[m] = opposition_0[m] + (opposition[m] - opposition_0[m]) * l_opposition
            outrage += hostility[m]
            n_committed += committed[m]
        outrage /= MEMBERS
        all_pledges, all_solidarity = 0.0, 0.0
        for a in range(ALLIES):
            all_pledges += pledge[a]
            all_solidarity += solidarity[a]
        defence = 0.5 * cohesion + 0.25 * all_pledges
        p_win = 1.0 / (1.0 + (defence / (0.05 + 0.06 * n_committed)) ** exponent)
        middle = day - 0.5
        over = middle >= deadline
        near = threatened

        d_threat, d_sanctions, d_channel, d_support, d_cohesion, d_resolve = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        d_credibility, d_anger = 0.0, 0.0
        new_deadline = deadline
        starts_imposing, starts_threatening, expires = False, False, False

        # The bloc.
        if not imposed and fires(0.15 * outrage):
            starts_imposing = True
            d_sanctions += 0.5
            d_support += 0.05
            d_threat += 0.1
        if imposed and not threatened and fires(0.1 * outrage):
            starts_threatening = True
            new_deadline = day + 14.0
            d_threat += 0.5
            d_resolve += 0.02
        if not expired_once and day >= deadline:
            expires = True
            d_credibility -= 0.3 * credibility
            d_resolve += 0.05
            d_threat -= 0.2 * threat
        if expired_once and threat < 0.5 and day > last_renewed + 15 and fires(0.04 * outrage):
            last_renewed = day
            d_threat += 0.2 * credibility
        if imposed and fires(0.03):
            hold = math.exp(6.0 * 0.1)
            tighten = math.exp(6.0 * (0.6 * outrage - 0.2)) if sanctions < 0.9 else 0.0
            ease = math.exp(6.0 * (0.5 * strain - 0.2 * outrage)) if sanctions > 0.2 else 0.0
            u = np.random.random() * (hold + tighten + ease)
            if u < tighten:
                d_sanctions += 0.2
                d_threat += 0.05
            elif u < tighten + ease:
                d_sanctions -= 0.3 * sanctions
                d_channel += 0.1
        if channel < 0.9 and day > last_mission + 10 and fires(0.08):
            last_mission = day
            d_channel += 0.12

        # Members.
        for m in range(MEMBERS):
            before = opposition[m]
            if day > last_denounced[m] + 15 and fires(0.03 * hostility[m]):
                last_denounced[m] = day
                d_threat += 0.01
                opposition[m] -= 0.01
            if near:
                utility = hostility[m] * (0.3 + 0.7 * p_win) - 0.5 * before + 0.2 * credibility * threat
                if not committed[m]:
                    if day > last_committed[m] + 20 and utility > bar and fires(0.1):
                        last_committed[m] = day
                        committed[m] = True
                        d_threat += 0.02
                        opposition[m] += 0.05
                elif utility < bar - 0.03 and fires(0.05):
                    committed[m] = False
            opposition[m] = clamp(opposition[m])

        # Allies and the street.
        for a in range(ALLIES):
            before = solidarity[a]
            if not pledged[a] and threat > 0.2 and fires(0.2 * before * before):
                pledged[a] = True
                pledge[a] += 0.5
                d_resolve += 0.03
            if sanctions > 0.1 and day > last_rejected[a] + 30 and fires(0.05 * before):
                last_rejected[a] = day
                d_resolve += 0.01
                solidarity[a] = clamp(before + 0.02)
        if day > last_rally + 10 and fires(0.06 * anger):
            last_rally = day
            d_support += 0.02
            d_anger += 0.01
        if day > last_attack + 15 and fires(0.01):
            last_attack = day
            d_cohesion -= 0.04
            d_support -= 0.02

        # Ends: the first in time.
        first, outcome = 1.0, STANDOFF
        if over and p_win > 0.55 and n_committed >= MEMBERS / 2:
            w = wait(order_rate)
            if w < first:
                first, outcome = w, FORCE
        w = wait(coup_rate * math.exp(4.0 * (0.6 - cohesion)))
        if w < first:
            first, outcome = w, COUP
        resistance = (resolve + support + cohesion) / 3.0
        w = wait(0.02 * logistic(9.0 * (credibility * threat * p_win + 0.4 * strain - resistance)))
        if w < first:
            first, outcome = w, RESTORATION
        if channel > 0.3:
            w = wait(deal_rate * channel)
            if w < first:
                first, outcome = w, TRANSITION
        if sanctions > 0.1 and all_pledges > 0.0:
            w = wait(exit_rate * logistic(6.0 * (0.8 * strain + 0.4 * all_solidarity / ALLIES - 0.5)))
            if w < first:
                first, outcome = w, EXIT
        if outcome != STANDOFF:
            return outcome, day

        imposed = imposed or starts_imposing
        threatened = threatened or starts_threatening
        expired_once = expired_once or expires
        deadline = new_deadline
        threat = clamp(threat + d_threat)
        sanctions = clamp(sanctions + d_sanctions)
        channel = clamp(channel + d_channel)
        support = clamp(support + d_support)
        cohesion = clamp(cohesion + d_cohesion)
        resolve = clamp(resolve + d_resolve)
        credibility = clamp(credibility + d_credibility)
        anger = clamp(anger + d_anger)
    return STANDOFF, STEPS


@njit
def play(seed, runs):
    """Runs by outcome, and the sum of their days."""
    np.random.seed(seed)
    counts, days = np.zeros(6, np.int64), 0
    for _ in range(runs):
        outcome, day = run()
        counts[outcome] += 1
        days += day
    return counts, days


if __name__ == "__main__":
    play(0, 1)
    played.timed(play)
