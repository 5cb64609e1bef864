"""The Niger scenario (scenarios/niger-2023) as a numba kernel: one function over plain arrays, compiled, one thread."""

import math

import numpy as np
from numba import njit

import played
from numba_draws import fires, logistic, wait

STEPS = 364
(INTERVENTION, RESTORATION, COUNTER_COUP, NEGOTIATED, BLOC_EXIT, CONSOLIDATION, STANDOFF) = range(7)
NAMES = (
    "intervention restoration counter_coup negotiated_transition bloc_exit consolidation standoff"
).split()

# Numbers. Those up to INFLUENCE rest somewhere, those from RESOLVE to MOBILISATION fade back to their start.
(
    BLOC_HOSTILITY, HOSTILITY_TO_BLOC, HOSTILITY_TO_PATRON, PATRON_HOSTILITY, HOSTILITY_TO_US,
    THREAT, CHANNEL, SUPPORT, COHESION, STRAIN, LEGITIMACY, INFLUENCE,
    RESOLVE, BLOC_RESOLVE, NIGERIAN_OPPOSITION, ANGER, MOBILISATION,
    ALTERNATIVES, LEARNING, CREDIBILITY, ALARM, SANCTIONS, COVER, RECOGNITION,
    PLEDGE_BURKINA, PLEDGE_MALI, PATRON_PLEDGE, PRESENCE_BURKINA, PRESENCE_MALI, PATRON_PRESENCE, US_PRESENCE,
    SOLIDARITY_BURKINA, SOLIDARITY_MALI, SOLIDARITY_GUINEA,
    BLOC_IDEAL, IDEAL, AGREED, CELLS,
) = range(38)
HIGH = np.ones(CELLS)
HIGH[BLOC_IDEAL:] = 60.0

# Events that somebody asks for, by the step of the last one (0: none yet).
(
    AMBASSADOR_LEAVES, AMBASSADOR_SUMMONED, ANNOUNCES, APPOINTS, ARMY, ASSUMES, AU_ANSWER, AU_DEADLINE_ANSWER,
    AU_WITHHOLDS, INTERVENES, SANCTIONS_CHOICE, SANCTIONS_FULL, ACTIVATE, SUSPENDS, THREAT_CHOICE, ULTIMATUM_SET,
    CHARGES, INVITES, CLERICS, AIRSPACE, LOYALISTS, RIVALS_COUP, DDAY, PLAN, DEFIES, DENOUNCES, HARMED, BLOCKADE,
    CLASH, ENDS_US, EXPEL, EXPULSION_ANSWER, CONVOY, ORDERED, FREES, REVOKED, ATTACK, LAST_SOLDIER, CUTS_POWER,
    INCAPACITATED, LEAVES, MASS_PROTEST, OPPOSES, PROPOSES, RECEPTION, MISSION, PACT, ESCAPES, BACKS_FORCE,
    WITHDRAWS, PROTEST, QUARREL, REJECTS_DENUNCIATION, REJECTS_SANCTIONS, RIVAL_DEPLOYS, RIVAL_OFFERS,
    DEADLINE_ANSWER, SENATE, AGAINST, RALLIES, IGNORED, REAFFIRMED, TRANSITION, EXPIRES, UN, ENVOY, YIELDS, EVENTS,
) = range(68)

MEMBER_HOSTILITY = np.array([0.65, 0.3, 0.85, 0.55, 0.6, 0.6, 0.5, 0.75, 0.7, 0.55, 0.3])
MEMBER_OPPOSITION = np.array([0.2, 0.6, 0.1, 0.2, 0.4, 0.2, 0.3, 0.0, 0.3, 0.3, 0.3])
MEMBER_CAPABILITY = np.array([0.03, 0.002, 0.06, 0.005, 0.05, 0.01, 0.005, 0.0, 0.08, 0.02, 0.02])
NIGERIA = 7
CONTRIBUTOR = np.array([0, 2, 4, 5, 7, 8, 9, 10])
ALLIED_CAPABILITY = np.array([0.05, 0.06])
DONOR_DEPENDENCE = np.array([0.08, 0.07, 0.05])
LEVERAGE, REACH, MONTH, YEAR = 0.62, 0.2 + 0.8 * 0.6, 30.4375, 365.25


@njit
def moved(half_life):
    """What a day takes of a distance."""
    return 1.0 - 2.0 ** (-1.0 / half_life)


@njit
def pick(weights, n):
    """One of the first n by weight."""
    total = 0.0
    for i in range(n):
        total += weights[i]
    u = np.random.random() * total
    for i in range(n):
        u -= weights[i]
        if u < 0.0:
            return i
    return n - 1


@njit
def run(c, d, last, h, start, moves, weights):
    triangular = np.random.triangular
    answer_precision = triangular(3.0, 6.0, 10.0)
    au_reluctance = triangular(0.01, 0.04, 0.08)
    audience_cost = triangular(0.15, 0.35, 0.6)
    audience_pull = triangular(0.0, 0.15, 0.3)
    bandwagon = triangular(0.0, 0.04, 0.1)
    burden_weight = triangular(0.05, 0.18, 0.35)
    capability_margin = triangular(1.0, 1.4, 2.2)
    cohesion_loss = triangular(0.1, 0.3, 0.5)
    commit_rate = triangular(0.05, 0.12, 0.25)
    contest_exponent = triangular(0.7, 1.0, 1.5)
    coup_rate = triangular(0.08 / YEAR, 0.2 / YEAR, 0.42 / YEAR)
    coup_success = triangular(0.25, 0.45, 0.65)
    deal_rate = triangular(0.003, 0.009, 0.022)
    defender_advantage = triangular(1.0, 1.3, 1.8)
    embargo_cost = triangular(0.3, 0.7, 1.3)
    exit_rate = triangular(0.0002, 0.001, 0.0035)
    exit_threshold = triangular(1.15, 1.35, 1.55)
    expulsion_rate = triangular(0.01, 0.04, 0.1)
    expulsion_threshold = triangular(0.4, 0.6, 0.85)
    fait_accompli = triangular(60.0, 130.0, 300.0)
    fatigue_weight = triangular(0.5, 1.0, 1.6)
    honour = triangular(0.2, 0.4, 0.75)
    learning_effect = triangular(0.2, 0.5, 0.8)
    loyalist_share = triangular(0.05, 0.25, 0.5)
    mediator_activity = triangular(0.008, 0.02, 0.04)
    mediator_pull = triangular(0.0, 0.08, 0.2)
    opposition_weight = triangular(0.1, 0.2, 0.35)
    order_rate = triangular(0.008, 0.025, 0.07)
    reciprocity = triangular(0.03, 0.07, 0.13)
    pledge_size = triangular(0.3, 0.6, 1.0)
    rally = triangular(0.0, 0.06, 0.14)
    senate_weight = triangular(0.1, 0.3, 0.5)
    sovereignty_dividend = triangular(0.0, 0.15, 0.35)
    strain_half_life = triangular(40.0, 75.0, 150.0)
    summit_interval = triangular(25.0, 45.0, 75.0)
    summit_precision = triangular(5.0, 8.0, 12.0)
    support_loss = triangular(0.1, 0.3, 0.6)
    tolerance_base = triangular(0.0, 2.0, 5.0)
    tolerance_resolve = triangular(4.0, 10.0, 20.0)
    tolerance_standing = triangular(4.0, 10.0, 20.0)
    tolerance_strain = triangular(4.0, 10.0, 20.0)
    tolerance_time = triangular(0.1, 0.4, 1.0)
    troop_exit = triangular(45.0, 75.0, 130.0)
    war_cost = triangular(0.05, 0.15, 0.3)
    war_threshold = triangular(0.02, 0.1, 0.21)
    withdraw_rate = triangular(0.01, 0.025, 0.05)
    yield_rate = triangular(0.006, 0.018, 0.045)
    yield_slope = triangular(8.0, 11.0, 14.0)
    sanctions_kept = np.random.beta(8.180555555555555, 8.180555555555555)
    suspension_kept = np.random.beta(12.0, 3.0)
    uninvited = np.random.random() < 0.25
    capability = triangular(0.15, 0.25, 0.35)
    nigerian_capability = triangular(0.25, 0.4, 0.5)

    c[:] = 0.0
    c[BLOC_HOSTILITY], c[PATRON_HOSTILITY], c[HOSTILITY_TO_US] = 0.6, 0.5, 0.1
    c[HOSTILITY_TO_BLOC] = triangular(0.2, 0.3, 0.45)
    c[HOSTILITY_TO_PATRON] = triangular(0.35, 0.45, 0.6)
    c[SUPPORT] = triangular(0.4, 0.6, 0.75)
    c[COHESION] = triangular(0.45, 0.62, 0.8)
    c[STRAIN] = 0.1
    c[LEGITIMACY] = triangular(0.75, 0.88, 0.97)
    c[INFLUENCE] = triangular(0.5, 0.7, 0.85)
    c[RESOLVE] = triangular(0.6, 0.75, 0.9)
    c[BLOC_RESOLVE] = triangular(0.6, 0.8, 0.95)
    c[NIGERIAN_OPPOSITION] = triangular(0.1, 0.2, 0.35)
    c[ANGER] = triangular(0.45, 0.65, 0.8)
    c[MOBILISATION] = 0.3
    c[ALTERNATIVES] = triangular(0.05, 0.15, 0.3)
    c[LEARNING], c[ALARM], c[COVER], c[PATRON_PRESENCE], c[US_PRESENCE] = 0.75, 0.9, 0.5, 1.0, 0.7
    c[CREDIBILITY] = triangular(0.45, 0.65, 0.8)
    c[SOLIDARITY_BURKINA], c[SOLIDARITY_MALI], c[SOLIDARITY_GUINEA] = 0.85, 0.85, 0.5
    c[BLOC_IDEAL] = triangular(6.0, 9.0, 12.0)
    c[IDEAL] = triangular(28.0, 36.0, 54.0)
    start[:] = c
    # Members: what they have against war, but for Nigeria's own opposition.
    against, bars = np.empty(11), np.empty(11)
    bloc_capability = MEMBER_CAPABILITY.sum() + nigerian_capability
    for m in range(11):
        h[m] = MEMBER_HOSTILITY[m]
        own = nigerian_capability if m == NIGERIA else MEMBER_CAPABILITY[m]
        against[m] = opposition_weight * MEMBER_OPPOSITION[m] + burden_weight * own / bloc_capability
        bars[m] = war_threshold + triangular(-0.1, 0.0, 0.1)

    moves[STRAIN], moves[LEGITIMACY] = moved(strain_half_life), moved(fait_accompli)
    last[:] = 0
    off = 1e9
    ultimatum, last_warning, sanctions_deadline, au_deadline, departure = off, off, off, off, off
    no_day, no_order, flight, withdrawn, last_convoy, purge_1, purge_2 = off, off, off, off, off, off, off
    detained, invited, ambassador = True, False, True
    committed = np.zeros(8, np.bool_)
    last_committed, last_dropped = np.full(8, -1000), np.full(8, -1000)
    aid_suspended = np.zeros(3, np.bool_)
    declined = np.zeros(3, np.bool_)
    pledged, authorised, deployed, emboldened, tested = (
        np.zeros(2, np.bool_), np.zeros(2, np.bool_), np.zeros(2, np.bool_), np.zeros(2, np.bool_), np.zeros(2, np.bool_),
    )
    n_coups_elsewhere, n_coup_fails, n_proposed = 0, 0, 0

    for n in range(1, STEPS + 1):
        # Later entries.
        if n >= no_day or n >= no_order:
            lost = 0.0
            if n >= no_day:
                no_day = off
                lost += 0.5 * audience_cost * c[CREDIBILITY] if last[INTERVENES] == 0 else 0.0
            if n >= no_order:
                no_order = off
                lost += 0.5 * audience_cost * c[CREDIBILITY] if last[INTERVENES] == 0 else 0.0
            c[CREDIBILITY] = max(c[CREDIBILITY] - lost, 0.0)
        if n >= flight or n >= withdrawn:
            ambassador = False
            flight, withdrawn = (off if n >= flight else flight), (off if n >= withdrawn else withdrawn)
        if n >= last_convoy:
            last_convoy = off
            c[PATRON_PRESENCE] = 0.0
            c[ANGER] = max(c[ANGER] - 0.05, 0.0)
        if n >= purge_1:
            purge_1 = off
            c[COHESION] = min(c[COHESION] + 0.08, 1.0)
        if n >= purge_2:
            purge_2 = off
            c[COHESION] = min(c[COHESION] + 0.08, 1.0)

        # Half-lives: resting places are read before anything moves.
        rest_support = start[SUPPORT] - support_loss * c[STRAIN] + sovereignty_dividend * (c[ANGER] - 0.5)
        rest_cohesion = start[COHESION] + 0.2 * (c[SUPPORT] - 0.5) - cohesion_loss * c[STRAIN]
        aid = 0.0
        for i in range(3):
            if aid_suspended[i]:
                aid += DONOR_DEPENDENCE[i]
        rest_strain = 0.1 + (c[SANCTIONS] * LEVERAGE + aid) * (1.0 - c[ALTERNATIVES])
        for i in range(BLOC_HOSTILITY, HOSTILITY_TO_US + 1):
            c[i] += (0.6 * start[i] - c[i]) * moves[i]
        c[THREAT] += (0.05 - c[THREAT]) * moves[THREAT]
        c[CHANNEL] += (0.1 - c[CHANNEL]) * moves[CHANNEL]
        c[SUPPORT] = min(max(c[SUPPORT] + (rest_support - c[SUPPORT]) * moves[SUPPORT], 0.0), 1.0)
        c[COHESION] = min(max(c[COHESION] + (rest_cohesion - c[COHESION]) * moves[COHESION], 0.0), 1.0)
        c[STRAIN] = min(max(c[STRAIN] + (rest_strain - c[STRAIN]) * moves[STRAIN], 0.0), 1.0)
        c[LEGITIMACY] += (0.45 * start[LEGITIMACY] - c[LEGITIMACY]) * moves[LEGITIMACY]
        rest_influence = start[INFLUENCE] * (0.25 if last[EXPEL] else 1.0)
        c[INFLUENCE] += (rest_influence - c[INFLUENCE]) * moves[INFLUENCE]
        for i in range(RESOLVE, MOBILISATION + 1):
            c[i] += (start[i] - c[i]) * moves[i]
        mean_hostility = 0.0
        for m in range(11):
            h[m] += (0.6 * MEMBER_HOSTILITY[m] - h[m]) * moves[HOSTILITY_TO_BLOC]
            mean_hostility += h[m]
        mean_hostility /= 11.0

        # What the rules read.
        mid = n - 0.5
        threat, sanctions, channel, patron_presence = c[THREAT], c[SANCTIONS], c[CHANNEL], c[PATRON_PRESENCE]
        legitimacy, strain, anger = c[LEGITIMACY], c[STRAIN], c[ANGER]
        resolve, cohesion, support = c[RESOLVE], c[COHESION], c[SUPPORT]
        recognition, hostility_to_patron = c[RECOGNITION], c[HOSTILITY_TO_PATRON]
        perceived = c[CREDIBILITY] * threat
        assumed, intervened = last[ASSUMES] > 0, last[INTERVENES] > 0
        over = mid >= ultimatum or mid >= last_warning
        near = over or ultimatum < off
        offence = bloc_capability + 0.08 * patron_presence * c[PATRON_PLEDGE]
        allied = 0.0
        for a in range(2):
            if c[PRESENCE_BURKINA + a] > 0.0:
                reliability = 1.0
            elif intervened:
                reliability = 0.0
            else:
                reliability = min(1.0, honour + (0.15 if authorised[a] else 0.0))
            allied += ALLIED_CAPABILITY[a] * c[PLEDGE_BURKINA + a] * reliability
        defence = defender_advantage * (capability * cohesion + allied)
        p_win = 1.0 / (1.0 + (defence / max(offence, 0.001)) ** contest_exponent)
        odds = min(10.0, offence / max(defence, 0.001))
        mandate = legitimacy * (0.5 + 0.5 * c[COVER])
        concession = 1.0 - learning_effect * c[LEARNING]
        outrage = 0.35 * mean_hostility + 0.25 * c[BLOC_HOSTILITY] + 0.2 * c[ALARM] + 0.2 * c[BLOC_RESOLVE]
        exposure = min(
            1.0, c[MOBILISATION] * anger + (0.25 if last[REVOKED] else 0.0) + (0.25 if last[BLOCKADE] else 0.0)
        )
        presence_cost = 0.1 + 0.6 * exposure + 0.25 * hostility_to_patron
        staying_power = 0.6 * c[INFLUENCE] + 0.3 * 0.7
        n_committed, committed_capability = 0, 0.0
        for k in range(8):
            if committed[k]:
                n_committed += 1
                m = CONTRIBUTOR[k]
                committed_capability += nigerian_capability if m == NIGERIA else MEMBER_CAPABILITY[m]
        common = -war_cost * (1.0 - p_win) + bandwagon * n_committed / 8.0 + audience_pull * audience_cost * threat
        ready = committed_capability > capability_margin * defence
        if ready:
            votes = 0
            for m in range(11):
                own = opposition_weight * c[NIGERIAN_OPPOSITION] if m == NIGERIA else 0.0
                votes += h[m] * mandate * p_win + common - against[m] - own > bars[m]
            ready = votes >= 8
        d[:] = 0.0
        first, outcome = 1.0, STANDOFF
        intervenes, battle, moved_on = False, False, last[DEADLINE_ANSWER]

        if not ambassador and not last[AMBASSADOR_LEAVES]:
            last[AMBASSADOR_LEAVES] = n
            d[RESOLVE] += 0.03
            d[SUPPORT] += 0.04
        may_ignore = last[AMBASSADOR_SUMMONED] > 0 and mid - last[AMBASSADOR_SUMMONED] <= 5.0 and ambassador
        if ambassador and assumed and hostility_to_patron > 0.35 and n >= 11 and not last[AMBASSADOR_SUMMONED]:
            if fires(0.06):
                last[AMBASSADOR_SUMMONED] = n
        if may_ignore and not last[IGNORED] and fires(0.4 * (1.0 - recognition)):
            new_ignored = True
        else:
            new_ignored = False
        announced = last[ANNOUNCES] > 0
        if assumed and n >= 8 and not announced and fires(0.015 + 0.03 * channel):
            last[ANNOUNCES] = n
            d[LEGITIMACY] -= 0.04
            d[CHANNEL] += 0.15
        appointed = last[APPOINTS] > 0
        if assumed and n >= 8 and not appointed and fires(0.1):
            last[APPOINTS] = n
            d[COHESION] += 0.03
            d[LEGITIMACY] -= 0.02
        if n <= 20 and not last[ARMY] and fires(0.7 * cohesion * cohesion):
            last[ARMY] = n
            d[COHESION] += 0.08
        if not assumed and fires(0.6):
            last[ASSUMES] = n
            d[LEGITIMACY] -= 0.03
        if mid >= au_deadline and not last[AU_DEADLINE_ANSWER] and fires(0.15):
            last[AU_DEADLINE_ANSWER] = n
            if np.random.random() < suspension_kept:
                d[LEGITIMACY] += 0.03
            else:
                d[RESOLVE] += 0.01
        if not last[AU_ANSWER] and fires(0.5 * legitimacy):
            last[AU_ANSWER] = n
            u = np.random.random()
            if u < 0.35:
                au_deadline = n + 15.0
            elif u < 0.85:
                d[LEGITIMACY] += 0.03
        if threat > 0.3 and not last[AU_WITHHOLDS] and fires(au_reluctance):
            last[AU_WITHHOLDS] = n
            d[COVER] -= 0.2
        for a in range(2):
            solidarity, pledge = c[SOLIDARITY_BURKINA + a], c[PLEDGE_BURKINA + a]
            comes = max(pledge - c[PRESENCE_BURKINA + a], 0.0)
            if authorised[a] and not deployed[a] and pledge > 0.0 and perceived > 0.15:
                if fires(0.02 * honour * solidarity):
                    deployed[a] = True
                    d[PRESENCE_BURKINA + a] += comes
            if intervened and pledge > 0.0 and not tested[a]:
                tested[a] = True
                proven = c[PRESENCE_BURKINA + a] > 0.0 or authorised[a]
                if np.random.random() < min(1.0, honour + (0.15 if proven else 0.0)):
                    d[PRESENCE_BURKINA + a] += comes
            if perceived > 0.15 and pledge > 0.0 and not authorised[a] and fires(0.12 * perceived):
                authorised[a] = True
                d[RESOLVE] += 0.01
                d[HOSTILITY_TO_BLOC] += 0.01
            if last[EXPIRES] and not emboldened[a] and solidarity > 0.4 and fires(0.2):
                emboldened[a] = True
                d[SOLIDARITY_BURKINA + a] += 0.05
                d[ALTERNATIVES] += 0.02
            if threat > 0.2 and not pledged[a] and fires(0.4 * solidarity * solidarity):
                pledged[a] = True
                d[PLEDGE_BURKINA + a] += triangular(0.5 * pledge_size, pledge_size, min(1.0, 1.5 * pledge_size))
                d[RESOLVE] += 0.03
            if threat > 0.4 and not declined[a] and fires(0.1):
                declined[a] = True
                d[COVER] -= 0.04
                d[SOLIDARITY_BURKINA + a] += 0.03
        if threat > 0.4 and not declined[2] and fires(0.1):
            declined[2] = True
            d[COVER] -= 0.04
            d[SOLIDARITY_GUINEA] += 0.03

        # The bloc.
        if intervened and n - last[INTERVENES] >= 3:
            battle = True
        if last[ORDERED] and not intervened and mid - last[ORDERED] >= 2.0 and ready:
            intervenes = fires(0.25 * order_rate * odds * REACH)
        if last[THREAT_CHOICE] and c[AGREED] < 1.0:
            after = last[EXPIRES] > 0 and mid - last[EXPIRES] < 10.0
            rate = 0.25 if after else 1.0 / summit_interval
            w = wait(rate)
            if w < 1.0:
                tired = fatigue_weight * (
                    0.5 * strain + 0.05 * min(n / MONTH, 12.0) + 0.5 * (1.0 - legitimacy)
                )
                weights[:] = 0.0
                weights[0] = 1.0
                if not last[ACTIVATE] and not (ultimatum < off and n < ultimatum):
                    utility = 2.0 * outrage * p_win * legitimacy * (0.5 + c[CREDIBILITY]) - 0.45
                    weights[1] = math.exp(summit_precision * utility)
                if sanctions > 0.3 and n >= 45:
                    weights[2] = math.exp(summit_precision * (0.6 * (tired - 1.1 * outrage) - 0.1))
                if n >= 45:
                    weights[3] = math.exp(summit_precision * (tired - 1.2 * outrage - 0.55))
                if sanctions < 0.9 and n >= 40 and not last[SANCTIONS_FULL]:
                    utility = 0.9 * outrage - 0.5 + 0.1 * min(n / MONTH, 6.0)
                    weights[4] = math.exp(summit_precision * utility)
                option = pick(weights, 5)
                if option == 1:
                    last[ACTIVATE] = n
                    d[THREAT] += max(0.8 - threat, 0.0)
                    d[HOSTILITY_TO_BLOC] += 0.05
                    if not last[ULTIMATUM_SET]:
                        last_warning = n + 21.0
                elif option == 2:
                    d[SANCTIONS] -= 0.4 * sanctions
                    d[CHANNEL] += 0.1
                elif option == 3:
                    d[SANCTIONS] -= sanctions
                    if not intervened and w < first:
                        first, outcome = w, CONSOLIDATION
                elif option == 4:
                    d[SANCTIONS] += 0.4 * 0.9
                    d[HOSTILITY_TO_BLOC] += 0.06
        if last[SANCTIONS_CHOICE] and not last[THREAT_CHOICE]:
            last[THREAT_CHOICE] = n
            utility = 2.0 * outrage * p_win * legitimacy - 0.45
            if np.random.random() < logistic(summit_precision * utility):
                last[ULTIMATUM_SET] = n
                ultimatum = n + 7.0
                d[THREAT] += max(0.6 - threat, 0.0)
                d[SUPPORT] += rally
                d[HOSTILITY_TO_BLOC] += 0.08
        if n >= 3 and not last[SANCTIONS_CHOICE] and fires(0.7):
            last[SANCTIONS_CHOICE] = n
            full = 1.5 * outrage * (0.5 + 1.5 * LEVERAGE) - embargo_cost - max(0.0, p_win * legitimacy - 0.7)
            weights[0] = math.exp(summit_precision * full)
            weights[1] = 1.0
            weights[2] = math.exp(summit_precision * (1.2 * outrage - 0.55))
            option = pick(weights, 3)
            if option == 0:
                last[SANCTIONS_FULL] = n
                d[SANCTIONS] += 0.9
                d[HOSTILITY_TO_BLOC] += 0.12
                d[SUPPORT] += rally
                d[RESOLVE] += 0.03
                d[ANGER] += 0.02
            else:
                sanctions_deadline = n + 15.0
                if option == 2:
                    d[SANCTIONS] += 0.28 * 0.9
                    d[HOSTILITY_TO_BLOC] += 0.05
                    d[SUPPORT] += 0.5 * rally
        if not last[SUSPENDS] and fires(0.3 * outrage):
            last[SUSPENDS] = n
            d[HOSTILITY_TO_BLOC] += 0.04
        if n >= sanctions_deadline and not moved_on and not announced:
            last[DEADLINE_ANSWER] = n
            if np.random.random() < sanctions_kept:
                d[SANCTIONS] += 0.4 * 0.9
                d[HOSTILITY_TO_BLOC] += 0.06
                d[SUPPORT] += 0.5 * rally
            else:
                d[CREDIBILITY] -= 0.3 * audience_cost * c[CREDIBILITY]
        if last[ACTIVATE] and last[ACTIVATE] < n and over and not last[DDAY] and fires(0.06):
            last[DDAY] = n
            d[THREAT] += max(0.9 - threat, 0.0)
            d[HOSTILITY_TO_BLOC] += 0.03
            no_day = n + 30.0
        if (
            last[PLAN] and not last[ORDERED] and over and ready and (invited or last[UN] > 0 or uninvited)
            and fires(0.5 * order_rate * odds * REACH)
        ):
            last[ORDERED] = n
            d[THREAT] += 1.0 - threat
            d[CREDIBILITY] += 0.2
            d[HOSTILITY_TO_BLOC] += 0.05
            no_order = n + 25.0
        if near and not last[PLAN] and fires(0.15):
            last[PLAN] = n
            d[THREAT] += 0.08
        for k in range(8):
            m = CONTRIBUTOR[k]
            if not committed[k] and not near:
                continue
            own = opposition_weight * c[NIGERIAN_OPPOSITION] if m == NIGERIA else 0.0
            utility = h[m] * mandate * p_win + common - against[m] - own
            if not committed[k]:
                if utility > bars[m] and n > last_committed[k] + 20 and fires(commit_rate):
                    committed[k] = True
                    last_committed[k] = n
                    d[THREAT] += 0.03
            elif utility < bars[m] - 0.03 and n > last_dropped[k] + 20 and fires(0.05):
                committed[k] = False
                last_dropped[k] = n
        if last[EXPIRES] and 0.2 < threat < 0.75 and (not last[REAFFIRMED] or n > last[REAFFIRMED] + 15):
            if fires(0.05 * outrage):
                last[REAFFIRMED] = n
                d[THREAT] += 0.1 * c[CREDIBILITY]
        if n >= ultimatum and not last[EXPIRES]:
            last[EXPIRES] = n
            d[CREDIBILITY] -= c[CREDIBILITY] * audience_cost * (1.0 - (0.7 if ready else 0.0))
            d[RESOLVE] += 0.05
            d[LEARNING] += 0.05
            d[THREAT] -= 0.2 * threat
        answered = last[RECEPTION]
        if last[MISSION] and n - last[MISSION] < 3 and (not answered or n >= answered + 9):
            last[RECEPTION] = n
            weights[0] = math.exp(answer_precision * (0.6 * resolve + 0.5 * c[HOSTILITY_TO_BLOC] - 0.3 * strain))
            weights[1] = math.exp(answer_precision * (0.35 + 0.5 * perceived + 0.3 * strain))
            weights[2] = math.exp(answer_precision * (0.15 + 0.5 * perceived + 0.4 * strain)) if detained else 0.0
            option = pick(weights, 3)
            if option == 0:
                d[THREAT] += 0.03
            elif option == 1:
                d[CHANNEL] += 0.25
            else:
                d[CHANNEL] += 0.35
                d[BLOC_HOSTILITY] -= 0.03
                d[THREAT] -= 0.05
        if n >= 3 and channel < 0.9 and (not last[MISSION] or n > last[MISSION] + 10) and fires(0.08):
            last[MISSION] = n
            d[CHANNEL] += 0.05

        # The junta.
        if detained and assumed and n >= 6 and not last[CHARGES] and fires(0.012 * resolve):
            last[CHARGES] = n
            d[BLOC_HOSTILITY] += 0.1
            d[THREAT] += 0.05
            d[CHANNEL] -= 0.3 * channel
        if perceived > 0.25 and resolve > 0.4 and not last[AIRSPACE] and fires(0.6 * perceived):
            last[AIRSPACE] = n
            d[HOSTILITY_TO_BLOC] += 0.03
        if sanctions > 0.1 and appointed and (not last[DEFIES] or n > last[DEFIES] + 30) and fires(0.03 * resolve):
            last[DEFIES] = n
            d[ALTERNATIVES] += 0.02
            d[LEARNING] += 0.02
            d[COHESION] += 0.02
            d[LEGITIMACY] -= 0.01
        if channel > 0.4 and not last[FREES] and fires(0.008 * (0.5 + strain)):
            last[FREES] = n
            d[BLOC_HOSTILITY] -= 0.1
            d[CHANNEL] += 0.2
            d[THREAT] -= 0.1
        pact = last[PACT] > 0
        if n >= 15 and not pact:
            stands = False
            for a in range(2):
                stands |= c[PLEDGE_BURKINA + a] > 0.0 and c[SOLIDARITY_BURKINA + a] > 0.5
            if stands and fires(0.02 * (0.5 + c[HOSTILITY_TO_BLOC])):
                last[PACT] = n
                d[RESOLVE] += 0.02
                d[ALTERNATIVES] += 0.05
                d[HOSTILITY_TO_BLOC] += 0.03
        if sanctions > 0.1 and pact:
            months = (mid - last[SANCTIONS_FULL]) / MONTH if last[SANCTIONS_FULL] else 0.0
            grievance = (
                0.8 * c[HOSTILITY_TO_BLOC] + 0.25 * hostility_to_patron
                + 0.4 * (c[SOLIDARITY_BURKINA] + c[SOLIDARITY_MALI]) / 2.0 + 0.07 * months
            )
            w = wait(exit_rate * logistic(8.0 * (grievance - exit_threshold)))
            if w < first and not intervened:
                first, outcome = w, BLOC_EXIT
        if n >= 4:
            squeeze = 0.9 * perceived * p_win + 0.3 * strain * concession
            resistance = (resolve + support + cohesion) / 3.0
            w = wait(yield_rate * logistic(yield_slope * (squeeze - resistance)))
            if w < first and not intervened:
                first, outcome = w, RESTORATION
        coups = coup_rate * math.exp(4.0 * (0.6 - cohesion))
        w = wait(coups * coup_success * loyalist_share * legitimacy)
        if w < first and not intervened:
            first, outcome = w, RESTORATION
        w = wait(coups * coup_success * (1.0 - loyalist_share * legitimacy))
        if w < first and not intervened:
            first, outcome = w, COUNTER_COUP
        if n_coup_fails < 2 and fires(coups * (1.0 - coup_success)):
            n_coup_fails += 1
            d[COHESION] -= 0.1
            d[RESOLVE] += 0.03
            if purge_1 == off:
                purge_1 = n + 30.0
            else:
                purge_2 = n + 30.0
        if channel > 0.3:
            elapsed = mid / MONTH
            bends = (
                tolerance_base + tolerance_strain * strain * concession + tolerance_resolve * (1.0 - resolve)
                + tolerance_time * elapsed
            )
            bloc_bends = tolerance_base + tolerance_standing * (1.0 - legitimacy) + tolerance_time * elapsed
            if bends + bloc_bends - (c[IDEAL] - c[BLOC_IDEAL]) > 0.0:
                w = wait(deal_rate * channel * concession)
                if w < first and not intervened:
                    extra = tolerance_time * (n / MONTH - elapsed)
                    low = max(c[BLOC_IDEAL], c[IDEAL] - bends - extra)
                    high = min(c[IDEAL], c[BLOC_IDEAL] + bloc_bends + extra)
                    months = low + min(1.0, 0.3 + 0.5 * c[LEARNING]) * (high - low)
                    first, outcome = w, NEGOTIATED if months <= 24.0 else CONSOLIDATION
        # A battle or a crossing at the same time of day as an end would matter once in a million runs.
        if battle:
            return INTERVENTION, n
        if outcome != STANDOFF:
            return outcome, n

        # The ousted, the United Nations, rivals, mediators, donors.
        if detained and not last[ESCAPES] and fires(0.0002):
            last[ESCAPES] = n
            d[LEGITIMACY] += 0.1
            now_detained = False
        else:
            now_detained = detained
        if not detained and not last[INVITES] and fires(0.05):
            last[INVITES] = n
            now_invited = True
            d[COVER] += 0.1
            d[LEGITIMACY] += 0.05
        else:
            now_invited = invited
        if detained and not last[HARMED] and fires(0.00025):
            last[HARMED] = n
            d[THREAT] += 0.3
            d[BLOC_HOSTILITY] += 0.3
            d[COVER] += 0.3
            d[CHANNEL] -= 0.7 * channel
        if threat > 0.3 and legitimacy > 0.6 and n >= 11 and not last[UN]:
            if fires(0.0005 * (1.0 if invited else 0.2)):
                last[UN] = n
                d[COVER] += 0.4
                d[CREDIBILITY] += 0.1
        offered = last[RIVAL_OFFERS] > 0
        if assumed and n >= 4 and not offered and fires(0.02 * 0.5):
            last[RIVAL_OFFERS] = n
            d[ALTERNATIVES] += 0.12
            d[RESOLVE] += 0.04
        if offered and n >= 61 and not last[RIVAL_DEPLOYS] and fires(0.004 * 0.5 * (1.0 - patron_presence)):
            last[RIVAL_DEPLOYS] = n
            d[ALTERNATIVES] += 0.08
            d[COHESION] += 0.03
        if threat > 0.4 and not last[OPPOSES] and fires(0.06):
            last[OPPOSES] = n
            d[COVER] -= 0.1
            d[CHANNEL] += 0.05
        if n >= 11 and c[AGREED] < 1.0 and n_proposed < 3 and (not last[PROPOSES] or n > last[PROPOSES] + 60):
            if fires(mediator_activity * (1.0 - channel)):
                last[PROPOSES] = n
                n_proposed += 1
                d[CHANNEL] += 0.1
                d[BLOC_IDEAL] += mediator_pull * max(6.0 - c[BLOC_IDEAL], 0.0)
                d[IDEAL] -= mediator_pull * max(c[IDEAL] - 6.0, 0.0)
        for i in range(3):
            if not aid_suspended[i] and fires(0.5 * 0.8 * legitimacy):
                aid_suspended[i] = True
                if i == 1:
                    d[HOSTILITY_TO_PATRON] += 0.06
                elif i == 2:
                    d[HOSTILITY_TO_US] += 0.06
        if sanctions > 0.1 and not last[REJECTS_SANCTIONS] and fires(0.6 * c[SOLIDARITY_GUINEA]):
            last[REJECTS_SANCTIONS] = n
            d[RESOLVE] += 0.02
            d[ALTERNATIVES] += 0.04
        urged = last[SENATE] > 0
        if threat > 0.4 and not urged and fires(0.15):
            last[SENATE] = n
            d[NIGERIAN_OPPOSITION] += senate_weight
        if (urged or threat > 0.6) and not last[CLERICS] and fires(0.06):
            last[CLERICS] = n
            d[CHANNEL] += 0.15
        if n >= 4 and not last[ENVOY] and fires(0.06):
            last[ENVOY] = n
            d[LEGITIMACY] -= 0.02
            d[CHANNEL] += 0.05
        if 0 < last[SANCTIONS_FULL] < n and not last[CUTS_POWER] and fires(0.2):
            last[CUTS_POWER] = n
            d[STRAIN] += 0.04
            d[SUPPORT] += 0.3 * rally
        if offered and patron_presence < 0.5 and c[US_PRESENCE] > 0.0 and not last[ENDS_US]:
            if fires(0.02 * c[HOSTILITY_TO_US]):
                last[ENDS_US] = n
                d[US_PRESENCE] -= c[US_PRESENCE]

        # The patron.
        denounced, expelled, withdrew = last[DENOUNCES] > 0, last[EXPEL] > 0, last[WITHDRAWS] > 0
        revoked, blockaded, convoy = last[REVOKED] > 0, last[BLOCKADE] > 0, last[CONVOY] > 0
        backed, rejected = last[BACKS_FORCE] > 0, last[REJECTS_DENUNCIATION] > 0
        if patron_presence > 0.0 and anger > 0.4 and not last[PROTEST] and fires(0.15 * anger):
            last[PROTEST] = n
            d[PATRON_HOSTILITY] += 0.08
            d[MOBILISATION] += 0.25
            d[INFLUENCE] -= 0.03
        if threat > 0.4 and not backed and fires(0.1 * (1.0 - recognition)):
            last[BACKS_FORCE] = n
            d[PATRON_PLEDGE] += 0.5
            d[HOSTILITY_TO_PATRON] += reciprocity
            d[ANGER] += 0.04
            d[HOSTILITY_TO_BLOC] += 0.03
        if patron_presence > 0.0 and assumed and n >= 5 and not denounced and fires(0.15 * hostility_to_patron):
            last[DENOUNCES] = n
            d[PATRON_HOSTILITY] += reciprocity
            d[INFLUENCE] -= 0.04
        if denounced and not rejected and fires(0.5 * (1.0 - recognition)):
            last[REJECTS_DENUNCIATION] = n
            d[HOSTILITY_TO_PATRON] += reciprocity
        if ambassador and assumed and not expelled and hostility_to_patron > expulsion_threshold and recognition < 0.2:
            grounds = 0.3 + (0.4 if backed else 0.0) + (0.3 if rejected else 0.0) + (1.0 if last[IGNORED] else 0.0)
            if fires(expulsion_rate * logistic(8.0 * (anger - 0.6)) * grounds):
                last[EXPEL] = n
                departure = n + 2.0
                d[PATRON_HOSTILITY] += 1.5 * reciprocity
                d[SUPPORT] += 0.03
        if new_ignored:
            last[IGNORED] = n
            d[HOSTILITY_TO_PATRON] += 0.7 * reciprocity
        if offered and not last[QUARREL] and fires(0.01):
            last[QUARREL] = n
            d[RECOGNITION] -= 0.3
            d[PATRON_HOSTILITY] += reciprocity
            d[HOSTILITY_TO_PATRON] += reciprocity
        if expelled and not last[EXPULSION_ANSWER]:
            last[EXPULSION_ANSWER] = n
            weights[0] = math.exp(answer_precision * (0.35 + exposure - c[INFLUENCE] + 1.5 * recognition))
            weights[1] = math.exp(answer_precision * (0.4 + 0.3 * 0.7 - 0.5 * exposure - 0.6 * recognition))
            weights[2] = math.exp(answer_precision * (0.1 + 0.5 * c[PATRON_HOSTILITY] - 0.5 * exposure))
            option = pick(weights, 3)
            if option == 0:
                flight = n + 1.0
            elif option == 1:
                d[HOSTILITY_TO_PATRON] += reciprocity
                d[MOBILISATION] += 0.15
            else:
                d[HOSTILITY_TO_PATRON] += 1.5 * reciprocity
                d[MOBILISATION] += 0.2
                d[STRAIN] += 0.03
        if mid >= departure and ambassador and not revoked and fires(0.25):
            last[REVOKED] = n
            d[INFLUENCE] -= 0.05
        if ambassador and revoked and not blockaded and fires(0.08 * (0.5 + c[MOBILISATION])):
            last[BLOCKADE] = n
            d[PATRON_HOSTILITY] += reciprocity
        if blockaded and ambassador and not last[CLASH] and fires(0.006 * c[MOBILISATION]):
            last[CLASH] = n
            d[PATRON_HOSTILITY] += 0.2
            d[HOSTILITY_TO_PATRON] += 0.1
            d[PATRON_PLEDGE] += 0.4
            d[COVER] += 0.1
            d[THREAT] += 0.1
        if patron_presence > 0.0 and denounced and anger > 0.4 and n >= 15:
            if not last[MASS_PROTEST] or n > last[MASS_PROTEST] + 20:
                if fires(0.06 * anger * (3.0 if expelled else 1.0)):
                    last[MASS_PROTEST] = n
                    d[MOBILISATION] += 0.3
                    d[INFLUENCE] -= 0.03
                    d[HOSTILITY_TO_PATRON] += 0.03
        if ambassador and (denounced or expelled) and n >= 15 and not withdrew:
            if fires(withdraw_rate * logistic(10.0 * (presence_cost - staying_power))):
                last[WITHDRAWS] = n
                d[HOSTILITY_TO_PATRON] -= 0.05
                d[ANGER] -= 0.05
                withdrawn = n + 3.0
        if (
            patron_presence > 0.0 and denounced and not convoy
            and (withdrew or (not ambassador and presence_cost > staying_power)) and fires(0.06)
        ):
            last[CONVOY] = n
            d[PATRON_PRESENCE] -= 0.2 * patron_presence
            last_convoy = n + troop_exit
        if convoy and patron_presence <= 0.001 and not last[LAST_SOLDIER]:
            last[LAST_SOLDIER] = n
            d[RESOLVE] += 0.03
            d[SUPPORT] += 0.03

        # The street and chance.
        if sanctions > 0.1 and support > 0.4 and (not last[RALLIES] or n > last[RALLIES] + 30):
            if fires(0.05 * support):
                last[RALLIES] = n
                d[MOBILISATION] += 0.2
                d[SUPPORT] += 0.03
        if support < 0.4 and (not last[AGAINST] or n > last[AGAINST] + 30) and fires(0.25 * (0.4 - support)):
            last[AGAINST] = n
            d[COHESION] -= 0.03
            d[RESOLVE] -= 0.02
        if not last[ATTACK] or n > last[ATTACK] + 15:
            if fires(1.5 / YEAR * 0.5 * (3.0 - patron_presence)):
                last[ATTACK] = n
                d[COHESION] -= 0.04
                d[SUPPORT] -= 0.02
        if not last[INCAPACITATED] and fires(0.0001):
            last[INCAPACITATED] = n
            d[COHESION] -= 0.2
            d[RESOLVE] -= 0.1
        if n_coups_elsewhere < 2 and fires(0.4 / YEAR):
            n_coups_elsewhere += 1
            d[ALARM] += 0.1
            d[RESOLVE] += 0.03
            d[LEARNING] += 0.05
            d[CREDIBILITY] -= 0.05
            d[BLOC_RESOLVE] -= 0.1
            d[COVER] -= 0.05
            d[ANGER] += 0.05

        for i in range(CELLS):
            c[i] = min(max(c[i] + d[i], 0.0), HIGH[i])
        detained, invited = now_detained, now_invited
        if intervenes:
            last[INTERVENES] = n
    return STANDOFF, STEPS


@njit
def play(seed, runs):
    """Runs by outcome, and the sum of their days."""
    np.random.seed(seed)
    c, d, start, moves = np.zeros(CELLS), np.zeros(CELLS), np.zeros(CELLS), np.zeros(CELLS)
    last, h, weights = np.zeros(EVENTS, np.int64), np.zeros(11), np.zeros(5)
    moves[: HOSTILITY_TO_US + 1] = moved(200.0)
    moves[THREAT], moves[CHANNEL], moves[SUPPORT], moves[COHESION] = moved(45.0), moved(50.0), moved(30.0), moved(60.0)
    moves[INFLUENCE], moves[RESOLVE], moves[BLOC_RESOLVE] = moved(45.0), moved(90.0), moved(90.0)
    moves[NIGERIAN_OPPOSITION], moves[ANGER], moves[MOBILISATION] = moved(150.0), moved(150.0), moved(25.0)
    counts, days = np.zeros(7, np.int64), 0
    for _ in range(runs):
        outcome, day = run(c, d, last, h, start, moves, weights)
        counts[outcome] += 1
        days += day
    return counts, days


if __name__ == "__main__":
    play(0, 1)
    played.timed(play)
