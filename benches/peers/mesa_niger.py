"""The Niger scenario (scenarios/niger-2023) in Mesa 3: every actor is an agent that reads the day's state and notes what it does; at the end of the
day the model adds up what was noted. No data collector: only how the run ends is wanted."""

import math

import mesa

import played

STEPS = 364
(INTERVENTION, RESTORATION, COUNTER_COUP, NEGOTIATED, BLOC_EXIT, CONSOLIDATION, STANDOFF) = range(7)
MONTH, YEAR = 30.4375, 365.25
LEVERAGE, REACH = 0.62, 0.2 + 0.8 * 0.6
OFF = math.inf
exp = math.exp


def moved(half_life):
    """What a day takes of a distance."""
    return 1.0 - 2.0 ** (-1.0 / half_life)


DAY_25, DAY_30, DAY_45, DAY_50, DAY_60, DAY_90, DAY_150, DAY_200 = map(moved, (25, 30, 45, 50, 60, 90, 150, 200))


def clamp(x, high=1.0):
    return 0.0 if x < 0.0 else high if x > high else x


def logistic(x):
    return 1.0 / (1.0 + exp(-x))


class Actor(mesa.Agent):
    """Somebody who may act; whoever has numbers that move with time relaxes."""

    def relax(self):
        pass

    def act(self):
        pass


class Member(Actor):
    """A member of the bloc; contributors may send troops."""

    def __init__(self, model, hostility, opposition, capability, contributes):
        super().__init__(model)
        self.hostility, self.rest = hostility, 0.6 * hostility
        self.opposition = self.start_opposition = opposition
        self.capability, self.contributes = capability, contributes
        self.threshold = self.random.triangular(-0.1, 0.1, 0.0)
        self.committed = False
        self.last_committed = self.last_dropped = -1000

    def prepare(self, bloc_capability):
        model = self.model
        self.bar = model.war_threshold + self.threshold
        self.burden = model.burden_weight * self.capability / bloc_capability

    def relax(self):
        self.hostility += (self.rest - self.hostility) * DAY_200
        if self.opposition != self.start_opposition:
            self.opposition += (self.start_opposition - self.opposition) * DAY_150

    def war_utility(self):
        model = self.model
        return (
            self.hostility * model.mandate * model.p_win
            + model.common
            - model.opposition_weight * self.opposition
            - self.burden
        )

    def act(self):
        model = self.model
        if not self.contributes or not (self.committed or model.near):
            return
        day = model.day
        if not self.committed:
            if day > self.last_committed + 20 and model.happens(model.commit_rate) and self.war_utility() > self.bar:
                self.committed, self.last_committed = True, day
                model.note("threat", 0.03)
        elif day > self.last_dropped + 20 and model.happens(0.05) and self.war_utility() < self.bar - 0.03:
            self.committed, self.last_dropped = False, day


class Nigeria(Member):
    def act(self):
        model = self.model
        fired, threat = model.fired, model.threat
        super().act()
        if model.sanctioned_fully and model.once("cuts_power", 0.2):
            model.note("strain", 0.04)
            model.note("support", 0.3 * model.rally)
        if threat > 0.4 and model.once("senate", 0.15):
            model.later(lambda: setattr(self, "opposition", clamp(self.opposition + model.senate_weight)))
        if ("senate" in fired or threat > 0.6) and model.once("clerics", 0.06):
            model.note("channel", 0.15)


class Ally(Actor):
    def __init__(self, model, name, capability, solidarity, pledges):
        super().__init__(model)
        self.name, self.capability, self.solidarity, self.pledges = name, capability, solidarity, pledges
        self.pledge = self.presence = 0.0
        self.authorised = self.tested = self.declined = self.emboldened = self.has_pledged = self.deployed = False

    def reliability(self):
        if self.presence > 0.0:
            return 1.0
        if self.model.intervened:
            return 0.0
        return min(1.0, self.model.honour + (0.15 if self.authorised else 0.0))

    def add(self, name, value):
        self.model.later(lambda: setattr(self, name, clamp(getattr(self, name) + value)))

    def set(self, name):
        self.model.later(lambda: setattr(self, name, True))

    def act(self):
        model = self.model
        threat, happens, note = model.threat, model.happens, model.note
        if threat > 0.4 and not self.declined and happens(0.1):
            self.set("declined")
            note("cover", -0.04)
            self.add("solidarity", 0.03)
        if not self.pledges:
            if model.sanctions > 0.1 and model.once("rejects_sanctions", 0.6 * self.solidarity):
                note("resolve", 0.02)
                note("alternatives", 0.04)
            return
        perceived, solidarity, pledge = model.perceived, self.solidarity, self.pledge
        if threat > 0.2 and not self.has_pledged and happens(0.4 * solidarity * solidarity):
            size = model.pledge_size
            self.set("has_pledged")
            self.add("pledge", self.random.triangular(0.5 * size, min(1.0, 1.5 * size), size))
            note("resolve", 0.03)
        if "expires" in model.fired and not self.emboldened and solidarity > 0.4 and happens(0.2):
            self.set("emboldened")
            self.add("solidarity", 0.05)
            note("alternatives", 0.02)
        if pledge > 0.0:
            if perceived > 0.15:
                if self.authorised and not self.deployed and happens(0.02 * model.honour * solidarity):
                    self.set("deployed")
                    self.add("presence", max(pledge - self.presence, 0.0))
                if not self.authorised and happens(0.12 * perceived):
                    self.set("authorised")
                    note("resolve", 0.01)
                    note("hostility_to_bloc", 0.01)
            if model.intervened and not self.tested:
                self.tested = True
                proven = self.presence > 0.0 or self.authorised
                if self.random.random() < min(1.0, model.honour + (0.15 if proven else 0.0)):
                    self.add("presence", max(pledge - self.presence, 0.0))


class Bloc(Actor):
    def act(self):
        model = self.model
        day, mid, fired, note, threat = model.day, model.mid, model.fired, model.note, model.threat
        outrage, legitimacy, sanctions = model.outrage, model.legitimacy, model.sanctions
        if model.intervened and day - fired["intervenes"] >= 3:
            model.ends(0.0, INTERVENTION)
        if "ordered" in fired and not model.intervened and mid - fired["ordered"] >= 2.0 and model.ready:
            model.once("intervenes", 0.25 * model.order_rate * model.odds * REACH)
        if "threat" in fired and model.agreed < 1.0:
            aftermath = "expires" in fired and mid - fired["expires"] < 10.0
            wait = model.wait(0.25 if aftermath else 1.0 / model.summit_interval)
            if wait < 1.0:
                self.meet(wait)
        if "sanctions" in fired and "threat" not in fired:
            model.news.append("threat")
            if self.random.random() < logistic(
                model.summit_precision * (2.0 * outrage * model.p_win * legitimacy - 0.45)
            ):
                model.news.append("ultimatum")
                model.starts("ultimatum", day + 7.0)
                note("threat", max(0.6 - threat, 0.0))
                note("support", model.rally)
                note("hostility_to_bloc", 0.08)
        if day >= 3 and model.once("sanctions", 0.7):
            self.impose()
        if model.once("suspends", 0.3 * outrage):
            note("hostility_to_bloc", 0.04)
        if day >= model.sanctions_deadline and "deadline_answer" not in fired and "announces" not in fired:
            model.news.append("deadline_answer")
            if self.random.random() < model.sanctions_kept:
                note("sanctions", 0.36)
                note("hostility_to_bloc", 0.06)
                note("support", 0.5 * model.rally)
            else:
                note("credibility", -0.3 * model.audience_cost * model.credibility)
        if model.over:
            if "activate" in fired and model.once("dday", 0.06):
                note("threat", max(0.9 - threat, 0.0))
                note("hostility_to_bloc", 0.03)
                model.due.append((day + 30.0, model.nothing_followed))
            lawful = model.invited or "un" in fired or model.uninvited
            if "plan" in fired and lawful and "ordered" not in fired and model.ready:
                if model.once("ordered", 0.5 * model.order_rate * model.odds * REACH):
                    note("threat", 1.0 - threat)
                    note("credibility", 0.2)
                    note("hostility_to_bloc", 0.05)
                    model.due.append((day + 25.0, model.nothing_followed))
        if model.near and model.once("plan", 0.15):
            note("threat", 0.08)
        if "expires" in fired and 0.2 < threat < 0.75 and model.again("reaffirmed", 15, 0.05 * outrage):
            note("threat", 0.1 * model.credibility)
        if day >= 3 and model.channel < 0.9 and model.again("mission", 10, 0.08):
            note("channel", 0.05)

    def impose(self):
        model = self.model
        note, precision, outrage = model.note, model.summit_precision, model.outrage
        easy = max(0.0, model.p_win * model.legitimacy - 0.7)
        full = 1.5 * outrage * (0.5 + 1.5 * LEVERAGE) - model.embargo_cost - easy
        weights = exp(precision * full), 1.0, exp(precision * (1.2 * outrage - 0.55))
        (option,) = self.random.choices(("full", "none", "targeted"), weights)
        if option == "full":
            model.news.append("full")
            note("sanctions", 0.9)
            note("hostility_to_bloc", 0.12)
            note("support", model.rally)
            note("resolve", 0.03)
            note("anger", 0.02)
            return
        model.starts("sanctions_deadline", model.day + 15.0)
        if option == "targeted":
            note("sanctions", 0.252)
            note("hostility_to_bloc", 0.05)
            note("support", 0.5 * model.rally)

    def meet(self, wait):
        model = self.model
        day, fired, note, outrage, sanctions = model.day, model.fired, model.note, model.outrage, model.sanctions
        precision = model.summit_precision
        elapsed = day / MONTH
        tired = model.fatigue_weight * (
            0.5 * model.strain + 0.05 * min(elapsed, 12.0) + 0.5 * (1.0 - model.legitimacy)
        )
        options, weights = ["hold"], [1.0]

        def weigh(option, utility):
            options.append(option)
            weights.append(exp(precision * utility))

        if "activate" not in fired and not model.ultimatum_runs:
            weigh("activate", 2.0 * outrage * model.p_win * model.legitimacy * (0.5 + model.credibility) - 0.45)
        if day >= 45:
            if sanctions > 0.3:
                weigh("ease", 0.6 * (tired - 1.1 * outrage) - 0.1)
            weigh("lift", tired - 1.2 * outrage - 0.55)
        if day >= 40 and sanctions < 0.9 and "full" not in fired:
            weigh("tighten", 0.9 * outrage - 0.5 + 0.1 * min(elapsed, 6.0))
        (option,) = self.random.choices(options, weights)
        if option == "activate":
            model.news.append("activate")
            note("threat", max(0.8 - model.threat, 0.0))
            note("hostility_to_bloc", 0.05)
            if "ultimatum" not in fired:
                model.starts("last_warning", day + 21.0)
        elif option == "ease":
            note("sanctions", -0.4 * sanctions)
            note("channel", 0.1)
        elif option == "lift":
            note("sanctions", -sanctions)
            model.ends(wait, CONSOLIDATION)
        elif option == "tighten":
            note("sanctions", 0.36)
            note("hostility_to_bloc", 0.06)


class Junta(Actor):
    def act(self):
        model = self.model
        day, mid, fired, note, once = model.day, model.mid, model.fired, model.note, model.once
        resolve, channel, sanctions, strain = model.resolve, model.channel, model.sanctions, model.strain
        assumed = "assumes" in fired
        if day <= 20 and once("army", 0.7 * model.cohesion * model.cohesion):
            note("cohesion", 0.08)
        if not assumed and once("assumes", 0.6):
            note("legitimacy", -0.03)
        if assumed and day >= 8:
            if once("announces", 0.015 + 0.03 * channel):
                note("legitimacy", -0.04)
                note("channel", 0.15)
            if once("appoints", 0.1):
                note("cohesion", 0.03)
                note("legitimacy", -0.02)
        if day >= model.ultimatum and "expires" not in fired:
            model.news.append("expires")
            kept = 0.7 if model.ready else 0.0
            note("credibility", -model.credibility * model.audience_cost * (1.0 - kept))
            note("resolve", 0.05)
            note("learning", 0.05)
            note("threat", -0.2 * model.threat)
        if "mission" in fired and day - fired["mission"] < 3 and day >= fired.get("reception", -9) + 9:
            self.receive()
        if model.detained and assumed and day >= 6 and once("charges", 0.012 * resolve):
            note("bloc_hostility", 0.1)
            note("threat", 0.05)
            note("channel", -0.3 * channel)
        if model.detained and once("harmed", 0.00025):
            note("threat", 0.3)
            note("bloc_hostility", 0.3)
            note("cover", 0.3)
            note("channel", -0.7 * channel)
        if model.perceived > 0.25 and resolve > 0.4 and once("airspace", 0.6 * model.perceived):
            note("hostility_to_bloc", 0.03)
        if sanctions > 0.1 and "appoints" in fired and model.again("defies", 30, 0.03 * resolve):
            note("alternatives", 0.02)
            note("learning", 0.02)
            note("cohesion", 0.02)
            note("legitimacy", -0.01)
        if channel > 0.4 and once("frees", 0.008 * (0.5 + strain)):
            note("bloc_hostility", -0.1)
            note("channel", 0.2)
            note("threat", -0.1)
        if day >= 15 and "pact" not in fired and any(
            ally.pledge > 0.0 and ally.solidarity > 0.5 for ally in model.allies
        ):
            if once("pact", 0.02 * (0.5 + model.hostility_to_bloc)):
                note("resolve", 0.02)
                note("alternatives", 0.05)
                note("hostility_to_bloc", 0.03)
        self.quarrel(assumed)
        self.end(mid)

    def receive(self):
        model = self.model
        note, precision, fear = model.note, model.answer_precision, 0.5 * model.perceived
        model.news.append("reception")
        rebuff = exp(precision * (0.6 * model.resolve + 0.5 * model.hostility_to_bloc - 0.3 * model.strain))
        receive = exp(precision * (0.35 + fear + 0.3 * model.strain))
        shown = exp(precision * (0.15 + fear + 0.4 * model.strain)) if model.detained else 0.0
        (option,) = self.random.choices(("rebuff", "receive", "shown"), (rebuff, receive, shown))
        if option == "rebuff":
            note("threat", 0.03)
        elif option == "receive":
            note("channel", 0.25)
        else:
            note("channel", 0.35)
            note("bloc_hostility", -0.03)
            note("threat", -0.05)

    def quarrel(self, assumed):
        """With the patron."""
        model = self.model
        day, fired, note, once, hostility = model.day, model.fired, model.note, model.once, model.hostility_to_patron
        if model.patron_presence > 0.0 and assumed and day >= 5 and once("denounces", 0.15 * hostility):
            note("patron_hostility", model.reciprocity)
            note("influence", -0.04)
        if "rival_offers" in fired and model.patron_presence < 0.5 and model.us_presence > 0.0:
            if once("ends_us", 0.02 * model.hostility_to_us):
                note("us_presence", -model.us_presence)
        if not model.ambassador:
            return
        if assumed and day >= 11 and hostility > 0.35:
            once("summoned", 0.06)
        if assumed and hostility > model.expulsion_threshold and model.recognition < 0.2 and "expel" not in fired:
            grounds = (
                0.3
                + (0.4 if "backs_force" in fired else 0.0)
                + (0.3 if "rejects_denunciation" in fired else 0.0)
                + (1.0 if "ignored" in fired else 0.0)
            )
            if once("expel", model.expulsion_rate * logistic(8.0 * (model.anger - 0.6)) * grounds):
                model.starts("departure", day + 2.0)
                note("patron_hostility", 1.5 * model.reciprocity)
                note("support", 0.03)
        if model.mid >= model.departure and once("revoked", 0.25):
            note("influence", -0.05)
        if "revoked" in fired and once("blockade", 0.08 * (0.5 + model.mobilisation)):
            note("patron_hostility", model.reciprocity)

    def end(self, mid):
        """Ends that are the junta's own: exit, stepping down, an agreement."""
        model = self.model
        fired, resolve, strain = model.fired, model.resolve, model.strain
        if model.sanctions > 0.1 and "pact" in fired:
            months = (mid - fired["full"]) / MONTH if "full" in fired else 0.0
            grievance = (
                0.8 * model.hostility_to_bloc
                + 0.25 * model.hostility_to_patron
                + 0.4 * sum(ally.solidarity for ally in model.allies) / len(model.allies)
                + 0.07 * months
            )
            model.ends(model.wait(model.exit_rate * logistic(8.0 * (grievance - model.exit_threshold))), BLOC_EXIT)
        if model.day >= 4:
            squeeze = 0.9 * model.perceived * model.p_win + 0.3 * strain * model.concession
            resistance = (resolve + model.support + model.cohesion) / 3.0
            rate = model.yield_rate * logistic(model.yield_slope * (squeeze - resistance))
            model.ends(model.wait(rate), RESTORATION)
        if model.channel > 0.3:
            legitimacy, base, ideal, bloc_ideal = model.legitimacy, model.tolerance_base, model.ideal, model.bloc_ideal
            mine = base + model.tolerance_strain * strain * model.concession + model.tolerance_resolve * (1.0 - resolve)
            theirs = base + model.tolerance_standing * (1.0 - legitimacy)
            time_bends = model.tolerance_time * mid / MONTH
            if mine + theirs + 2.0 * time_bends - (ideal - bloc_ideal) > 0.0:
                wait = model.wait(model.deal_rate * model.channel * model.concession)
                if wait < 1.0:
                    time_bends = model.tolerance_time * model.day / MONTH
                    low = max(bloc_ideal, ideal - mine - time_bends)
                    high = min(ideal, bloc_ideal + theirs + time_bends)
                    months = low + min(1.0, 0.3 + 0.5 * model.learning) * (high - low)
                    model.ends(wait, NEGOTIATED if months <= 24.0 else CONSOLIDATION)


class Patron(Actor):
    """France: also one of the donors and the backers."""

    def act(self):
        model = self.model
        day, fired, note, once = model.day, model.fired, model.note, model.once
        estranged = 1.0 - model.recognition
        if model.threat > 0.4 and once("backs_force", 0.1 * estranged):
            note("patron_pledge", 0.5)
            note("hostility_to_patron", model.reciprocity)
            note("anger", 0.04)
            note("hostility_to_bloc", 0.03)
        denounced, expelled = "denounces" in fired, "expel" in fired
        if denounced and once("rejects_denunciation", 0.5 * estranged):
            note("hostility_to_patron", model.reciprocity)
        if "summoned" in fired and model.ambassador and model.mid - fired["summoned"] <= 5.0:
            if once("ignored", 0.4 * estranged):
                note("hostility_to_patron", 0.7 * model.reciprocity)
        if "rival_offers" in fired and once("quarrel", 0.01):
            note("recognition", -0.3)
            note("patron_hostility", model.reciprocity)
            note("hostility_to_patron", model.reciprocity)
        if expelled and "expulsion_answer" not in fired:
            self.answer()
        if model.ambassador and (denounced or expelled) and day >= 15 and "withdraws" not in fired:
            if once("withdraws", model.withdraw_rate * logistic(10.0 * (model.presence_cost - model.staying_power))):
                note("hostility_to_patron", -0.05)
                note("anger", -0.05)
                model.due.append((day + 3.0, model.ambassador_flies))
        if not model.ambassador and "ambassador_leaves" not in fired:
            model.news.append("ambassador_leaves")
            note("resolve", 0.03)
            note("support", 0.04)
        presence = model.patron_presence
        if presence > 0.0 and denounced and "convoy" not in fired:
            gone = not model.ambassador and model.presence_cost > model.staying_power
            if ("withdraws" in fired or gone) and once("convoy", 0.06):
                note("patron_presence", -0.2 * presence)
                model.due.append((day + model.troop_exit, model.last_convoy))
        if "convoy" in fired and presence <= 0.001 and "last_soldier" not in fired:
            model.news.append("last_soldier")
            note("resolve", 0.03)
            note("support", 0.03)
        if once("france_aid", 0.4 * model.legitimacy):
            note("aid", 0.07)
            note("hostility_to_patron", 0.06)

    def answer(self):
        model = self.model
        precision, exposure, note = model.answer_precision, model.exposure, model.note
        model.news.append("expulsion_answer")
        comply = exp(precision * (0.35 + exposure - model.influence + 1.5 * model.recognition))
        refuse = exp(precision * (0.4 + 0.3 * 0.7 - 0.5 * exposure - 0.6 * model.recognition))
        retaliate = exp(precision * (0.1 + 0.5 * model.patron_hostility - 0.5 * exposure))
        (option,) = self.random.choices(("comply", "refuse", "retaliate"), (comply, refuse, retaliate))
        if option == "comply":
            model.due.append((model.day + 1.0, model.ambassador_flies))
        elif option == "refuse":
            note("hostility_to_patron", model.reciprocity)
            note("mobilisation", 0.15)
        else:
            note("hostility_to_patron", 1.5 * model.reciprocity)
            note("mobilisation", 0.2)
            note("strain", 0.03)


class Street(Actor):
    def act(self):
        model = self.model
        fired, note, anger, legitimacy = model.fired, model.note, model.anger, model.legitimacy
        if model.patron_presence > 0.0 and anger > 0.4:
            if model.once("protest", 0.15 * anger):
                note("patron_hostility", 0.08)
                note("mobilisation", 0.25)
                note("influence", -0.03)
            if "denounces" in fired and model.day >= 15:
                if model.again("mass_protest", 20, 0.06 * anger * (3.0 if "expel" in fired else 1.0)):
                    note("mobilisation", 0.3)
                    note("influence", -0.03)
                    note("hostility_to_patron", 0.03)
        if "blockade" in fired and model.ambassador and model.once("clash", 0.006 * model.mobilisation):
            note("patron_hostility", 0.2)
            note("hostility_to_patron", 0.1)
            note("patron_pledge", 0.4)
            note("cover", 0.1)
            note("threat", 0.1)
        support = model.support
        if support < 0.4:
            if model.again("against", 30, 0.25 * (0.4 - support)):
                note("cohesion", -0.03)
                note("resolve", -0.02)
        elif support > 0.4 and model.sanctions > 0.1 and model.again("rallies", 30, 0.05 * support):
            note("mobilisation", 0.2)
            note("support", 0.03)
        coups = model.coup_rate * exp(4.0 * (0.6 - model.cohesion))
        loyalists = model.loyalist_share * legitimacy
        model.ends(model.wait(coups * model.coup_success * loyalists), RESTORATION)
        model.ends(model.wait(coups * model.coup_success * (1.0 - loyalists)), COUNTER_COUP)
        if model.times.get("coup_fails", 0) < 2 and model.happens(coups * (1.0 - model.coup_success)):
            model.times["coup_fails"] = model.times.get("coup_fails", 0) + 1
            note("cohesion", -0.1)
            note("resolve", 0.03)
            model.due.append((model.day + 30.0, model.purge))


class World(Actor):
    """Those who act rarely: the African Union, the United Nations, the ousted, Algeria, Russia, the other donors, chance."""

    def act(self):
        model = self.model
        day, fired, note, once, threat = model.day, model.fired, model.note, model.once, model.threat
        legitimacy = model.legitimacy
        if model.mid >= model.au_deadline and once("au_deadline_answer", 0.15):
            if self.random.random() < model.suspension_kept:
                note("legitimacy", 0.03)
            else:
                note("resolve", 0.01)
        if once("au_answer", 0.5 * legitimacy):
            u = self.random.random()
            if u < 0.35:
                model.starts("au_deadline", day + 15.0)
            elif u < 0.85:
                note("legitimacy", 0.03)
        if threat > 0.3:
            if once("au_withholds", model.au_reluctance):
                note("cover", -0.2)
            if legitimacy > 0.6 and day >= 11 and once("un", 0.0005 * (1.0 if model.invited else 0.2)):
                note("cover", 0.4)
                note("credibility", 0.1)
        if model.detained:
            if once("escapes", 0.0002):
                model.later(lambda: setattr(model, "detained", False))
                note("legitimacy", 0.1)
        elif once("invites", 0.05):
            model.later(lambda: setattr(model, "invited", True))
            note("cover", 0.1)
            note("legitimacy", 0.05)
        if threat > 0.4 and once("opposes", 0.06):
            note("cover", -0.1)
            note("channel", 0.05)
        if day >= 11 and model.agreed < 1.0 and model.times.get("proposes", 0) < 3:
            if model.again("proposes", 60, model.mediator_activity * (1.0 - model.channel)):
                model.times["proposes"] = model.times.get("proposes", 0) + 1
                note("channel", 0.1)
                note("bloc_ideal", model.mediator_pull * max(6.0 - model.bloc_ideal, 0.0))
                note("ideal", -model.mediator_pull * max(model.ideal - 6.0, 0.0))
        if "assumes" in fired and day >= 4 and once("rival_offers", 0.01):
            note("alternatives", 0.12)
            note("resolve", 0.04)
        if "rival_offers" in fired and day >= 61 and once("rival_deploys", 0.002 * (1.0 - model.patron_presence)):
            note("alternatives", 0.08)
            note("cohesion", 0.03)
        if once("european_aid", 0.4 * legitimacy):
            note("aid", 0.08)
        if once("us_aid", 0.4 * legitimacy):
            note("aid", 0.05)
            note("hostility_to_us", 0.06)
        if day >= 4 and once("envoy", 0.06):
            note("legitimacy", -0.02)
            note("channel", 0.05)
        if model.again("attack", 15, 1.5 / YEAR * 0.5 * (3.0 - model.patron_presence)):
            note("cohesion", -0.04)
            note("support", -0.02)
        if once("incapacitated", 0.0001):
            note("cohesion", -0.2)
            note("resolve", -0.1)
        if model.times.get("coup_elsewhere", 0) < 2 and model.happens(0.4 / YEAR):
            model.times["coup_elsewhere"] = model.times.get("coup_elsewhere", 0) + 1
            note("alarm", 0.1)
            note("resolve", 0.03)
            note("learning", 0.05)
            note("credibility", -0.05)
            note("bloc_resolve", -0.1)
            note("cover", -0.05)
            note("anger", 0.05)


PRIORS = dict(
    answer_precision=(3, 6, 10), au_reluctance=(0.01, 0.04, 0.08), audience_cost=(0.15, 0.35, 0.6),
    audience_pull=(0, 0.15, 0.3), bandwagon=(0, 0.04, 0.1), burden_weight=(0.05, 0.18, 0.35),
    capability_margin=(1, 1.4, 2.2), cohesion_loss=(0.1, 0.3, 0.5), commit_rate=(0.05, 0.12, 0.25),
    contest_exponent=(0.7, 1, 1.5), coup_rate=(0.08 / YEAR, 0.2 / YEAR, 0.42 / YEAR),
    coup_success=(0.25, 0.45, 0.65), deal_rate=(0.003, 0.009, 0.022), defender_advantage=(1, 1.3, 1.8),
    embargo_cost=(0.3, 0.7, 1.3), exit_rate=(0.0002, 0.001, 0.0035), exit_threshold=(1.15, 1.35, 1.55),
    expulsion_rate=(0.01, 0.04, 0.1), expulsion_threshold=(0.4, 0.6, 0.85), fait_accompli=(60, 130, 300),
    fatigue_weight=(0.5, 1, 1.6), honour=(0.2, 0.4, 0.75), learning_effect=(0.2, 0.5, 0.8),
    loyalist_share=(0.05, 0.25, 0.5), mediator_activity=(0.008, 0.02, 0.04), mediator_pull=(0, 0.08, 0.2),
    opposition_weight=(0.1, 0.2, 0.35), order_rate=(0.008, 0.025, 0.07), reciprocity=(0.03, 0.07, 0.13),
    pledge_size=(0.3, 0.6, 1), rally=(0, 0.06, 0.14), senate_weight=(0.1, 0.3, 0.5),
    sovereignty_dividend=(0, 0.15, 0.35), strain_half_life=(40, 75, 150), summit_interval=(25, 45, 75),
    summit_precision=(5, 8, 12), support_loss=(0.1, 0.3, 0.6), tolerance_base=(0, 2, 5),
    tolerance_resolve=(4, 10, 20), tolerance_standing=(4, 10, 20), tolerance_strain=(4, 10, 20),
    tolerance_time=(0.1, 0.4, 1), troop_exit=(45, 75, 130), war_cost=(0.05, 0.15, 0.3),
    war_threshold=(0.02, 0.1, 0.21), withdraw_rate=(0.01, 0.025, 0.05), yield_rate=(0.006, 0.018, 0.045),
    yield_slope=(8, 11, 14), capability=(0.15, 0.25, 0.35),
    alternatives=(0.05, 0.15, 0.3), anger=(0.45, 0.65, 0.8), cohesion=(0.45, 0.62, 0.8),
    credibility=(0.45, 0.65, 0.8), bloc_ideal=(6, 9, 12), ideal=(28, 36, 54), influence=(0.5, 0.7, 0.85),
    legitimacy=(0.75, 0.88, 0.97), bloc_resolve=(0.6, 0.8, 0.95), resolve=(0.6, 0.75, 0.9), support=(0.4, 0.6, 0.75),
    hostility_to_bloc=(0.2, 0.3, 0.45), hostility_to_patron=(0.35, 0.45, 0.6),
)
STARTS = dict(
    bloc_hostility=0.6, patron_hostility=0.5, hostility_to_us=0.1, threat=0.0, channel=0.0, strain=0.1,
    mobilisation=0.3, learning=0.75, alarm=0.9, sanctions=0.0, cover=0.5, recognition=0.0, patron_pledge=0.0,
    patron_presence=1.0, us_presence=0.7, agreed=0.0, aid=0.0,
)
# Hostility to the junta, opposition to war at home, capability, whether it contributes.
MEMBERS = (
    (0.65, 0.2, 0.03, True), (0.3, 0.6, 0.002, False), (0.85, 0.1, 0.06, True), (0.55, 0.2, 0.005, False),
    (0.6, 0.4, 0.05, True), (0.6, 0.2, 0.01, True), (0.5, 0.3, 0.005, False), (0.7, 0.3, 0.08, True),
    (0.55, 0.3, 0.02, True), (0.3, 0.3, 0.02, True),
)
COOLING = ("bloc_hostility", "hostility_to_bloc", "hostility_to_patron", "patron_hostility", "hostility_to_us")
FADING = (("resolve", DAY_90), ("bloc_resolve", DAY_90), ("anger", DAY_150), ("mobilisation", DAY_25))
LONG = ("ideal", "bloc_ideal", "agreed")


class Niger(mesa.Model):
    def __init__(self, seed):
        super().__init__(seed=seed)
        triangular = self.random.triangular
        for name, (low, mode, high) in PRIORS.items():
            setattr(self, name, triangular(low, high, mode))
        for name, value in STARTS.items():
            setattr(self, name, value)
        self.start = {name: getattr(self, name) for name in (*COOLING, *dict(FADING), "support", "cohesion", "legitimacy", "influence")}
        self.sanctions_kept = self.random.betavariate(8.180555555555555, 8.180555555555555)
        self.suspension_kept = self.random.betavariate(12, 3)
        self.uninvited = self.random.random() < 0.25
        self.day_strain, self.day_legitimacy = moved(self.strain_half_life), moved(self.fait_accompli)
        self.members = [Member(self, *member) for member in MEMBERS]
        self.members.append(Nigeria(self, 0.75, triangular(0.1, 0.35, 0.2), triangular(0.25, 0.5, 0.4), True))
        self.bloc_capability = sum(member.capability for member in self.members)
        for member in self.members:
            member.prepare(self.bloc_capability)
        self.allies = [Ally(self, "burkina_faso", 0.05, 0.85, True), Ally(self, "mali", 0.06, 0.85, True)]
        self.actors = [
            Bloc(self), Junta(self), Patron(self), Street(self), World(self), Ally(self, "guinea", 0.0, 0.5, False),
        ]
        self.ultimatum = self.last_warning = self.sanctions_deadline = self.au_deadline = self.departure = OFF
        self.detained, self.invited, self.ambassador = True, False, True
        self.fired, self.news, self.times = {}, [], {}
        self.notes, self.after, self.due = {}, [], []
        self.outcome, self.day = STANDOFF, 0

    # What actors do to the model.

    def happens(self, rate):
        return self.random.random() < 1.0 - exp(-rate)

    def once(self, name, rate):
        if name in self.fired or self.random.random() >= 1.0 - exp(-rate):
            return False
        self.news.append(name)
        return True

    def again(self, name, rest, rate):
        if self.day <= self.fired.get(name, -1000) + rest or self.random.random() >= 1.0 - exp(-rate):
            return False
        self.news.append(name)
        return True

    def wait(self, rate):
        """When within the day an event of this rate comes; beyond 1 it does not."""
        return self.random.expovariate(rate) if rate > 0.0 else 2.0

    def ends(self, wait, outcome):
        if wait < self.first and (outcome == INTERVENTION or not self.intervened):
            self.first, self.outcome = wait, outcome

    def note(self, name, value):
        self.notes[name] = self.notes.get(name, 0.0) + value

    def later(self, change):
        self.after.append(change)

    def starts(self, clock, deadline):
        self.after.append(lambda: setattr(self, clock, deadline))

    # Later entries.

    def nothing_followed(self):
        if "intervenes" not in self.fired:
            self.note("credibility", -0.5 * self.audience_cost * self.credibility)

    def ambassador_flies(self):
        self.ambassador = False

    def last_convoy(self):
        self.note("patron_presence", -self.patron_presence)
        self.note("anger", -0.05)

    def purge(self):
        self.note("cohesion", 0.08)

    def apply(self):
        for name, value in self.notes.items():
            setattr(self, name, clamp(getattr(self, name) + value, 60.0 if name in LONG else 1.0))
        self.notes.clear()

    def relax(self):
        start, strain = self.start, self.strain
        support = start["support"] - self.support_loss * strain + self.sovereignty_dividend * (self.anger - 0.5)
        cohesion = start["cohesion"] + 0.2 * (self.support - 0.5) - self.cohesion_loss * strain
        rest = 0.1 + (self.sanctions * LEVERAGE + self.aid) * (1.0 - self.alternatives)
        influence = start["influence"] * (0.25 if "expel" in self.fired else 1.0)
        self.support = clamp(self.support + (support - self.support) * DAY_30)
        self.cohesion = clamp(self.cohesion + (cohesion - self.cohesion) * DAY_60)
        self.strain = clamp(strain + (rest - strain) * self.day_strain)
        self.threat += (0.05 - self.threat) * DAY_45
        self.channel += (0.1 - self.channel) * DAY_50
        self.legitimacy += (0.45 * start["legitimacy"] - self.legitimacy) * self.day_legitimacy
        self.influence += (influence - self.influence) * DAY_45
        for name in COOLING:
            value = getattr(self, name)
            setattr(self, name, value + (0.6 * start[name] - value) * DAY_200)
        for name, day in FADING:
            value = getattr(self, name)
            setattr(self, name, value + (start[name] - value) * day)
        for member in self.members:
            member.relax()

    def read(self):
        """What many rules read, once a day."""
        fired = self.fired
        self.mid = self.day - 0.5
        self.perceived = self.credibility * self.threat
        self.intervened, self.sanctioned_fully = "intervenes" in fired, "full" in fired
        self.over = self.mid >= self.ultimatum or self.mid >= self.last_warning
        self.near = self.over or self.ultimatum < OFF
        self.ultimatum_runs = self.day < self.ultimatum < OFF
        offence = self.bloc_capability + 0.08 * self.patron_presence * self.patron_pledge
        pledged = sum(ally.capability * ally.pledge * ally.reliability() for ally in self.allies if ally.pledge > 0.0)
        defence = self.defender_advantage * (self.capability * self.cohesion + pledged)
        self.p_win = 1.0 / (1.0 + (defence / max(offence, 0.001)) ** self.contest_exponent)
        self.odds = min(10.0, offence / max(defence, 0.001))
        self.mandate = self.legitimacy * (0.5 + 0.5 * self.cover)
        self.concession = 1.0 - self.learning_effect * self.learning
        hostility = sum(member.hostility for member in self.members) / len(self.members)
        self.outrage = 0.35 * hostility + 0.25 * self.bloc_hostility + 0.2 * self.alarm + 0.2 * self.bloc_resolve
        siege = (0.25 if "revoked" in fired else 0.0) + (0.25 if "blockade" in fired else 0.0)
        self.exposure = min(1.0, self.mobilisation * self.anger + siege)
        self.presence_cost = 0.1 + 0.6 * self.exposure + 0.25 * self.hostility_to_patron
        self.staying_power = 0.6 * self.influence + 0.3 * 0.7
        committed = [member for member in self.members if member.committed]
        self.common = (
            -self.war_cost * (1.0 - self.p_win)
            + self.bandwagon * len(committed) / 8.0
            + self.audience_pull * self.audience_cost * self.threat
        )
        self.ready = (
            bool(committed)
            and sum(member.capability for member in committed) > self.capability_margin * defence
            and sum(member.war_utility() > member.bar for member in self.members) >= 8
        )

    def step(self):
        self.day += 1
        if self.due:
            ready = [entry for entry in self.due if self.day >= entry[0]]
            if ready:
                self.due = [entry for entry in self.due if self.day < entry[0]]
                for _, entry in ready:
                    entry()
                self.apply()
        self.relax()
        self.read()
        self.first = 1.0
        self.agents.do("act")
        for name in self.news:
            self.fired[name] = self.day
        self.news.clear()
        self.apply()
        for change in self.after:
            change()
        self.after.clear()
        self.running = self.outcome == STANDOFF and self.day < STEPS


if __name__ == "__main__":
    played.timed(played.models(Niger, 7))
