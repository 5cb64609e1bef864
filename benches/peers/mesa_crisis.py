"""The peer crisis in Mesa 3: agents that read the day's state and put what they do into the model, which then moves on."""

import math

import mesa

import played

MEMBERS, ALLIES, STEPS = 12, 3, 365
FORCE, COUP, RESTORATION, TRANSITION, EXIT, STANDOFF = range(6)
NEVER = -1000


def left(half_life):
    """What a day leaves of a distance."""
    return 2.0 ** (-1.0 / half_life)


DAY_SUPPORT, DAY_COHESION, DAY_RESOLVE, DAY_ANGER = left(30), left(60), left(90), left(150)
DAY_HOSTILITY, DAY_OPPOSITION, DAY_THREAT, DAY_CHANNEL, DAY_STRAIN = left(200), left(120), left(45), left(50), left(75)


def clamp(x):
    return 0.0 if x < 0.0 else 1.0 if x > 1.0 else x


def logistic(x):
    return 1.0 / (1.0 + math.exp(-x))


class Member(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.hostility = self.start_hostility = self.random.uniform(0.3, 0.9)
        self.opposition = self.start_opposition = self.random.uniform(0.1, 0.5)
        self.committed = False
        self.last_denounced = self.last_committed = NEVER

    def relax(self):
        self.hostility += (0.6 * self.start_hostility - self.hostility) * (1.0 - DAY_HOSTILITY)
        self.opposition = self.start_opposition + (self.opposition - self.start_opposition) * DAY_OPPOSITION

    def act(self):
        model, before = self.model, self.opposition
        day = model.day
        if day > self.last_denounced + 15 and model.fires(0.03 * self.hostility):
            self.last_denounced = day
            model.add["threat"] += 0.01
            self.opposition -= 0.01
        if model.threatened:
            utility = (
                self.hostility * (0.3 + 0.7 * model.p_win) - 0.5 * before + 0.2 * model.credibility * model.threat
            )
            if not self.committed:
                if utility > model.bar and day > self.last_committed + 20 and model.fires(0.1):
                    self.last_committed = day
                    self.committed = True
                    model.add["threat"] += 0.02
                    self.opposition += 0.05
            elif utility < model.bar - 0.03 and model.fires(0.05):
                self.committed = False
        self.opposition = clamp(self.opposition)


class Ally(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.solidarity = self.random.uniform(0.3, 0.9)
        self.pledge = 0.0
        self.last_rejected = NEVER

    def act(self):
        model, before = self.model, self.solidarity
        if self.pledge == 0.0 and model.threat > 0.2 and model.fires(0.2 * before * before):
            self.pledge = 0.5
            model.add["resolve"] += 0.03
        if model.sanctions > 0.1 and model.day > self.last_rejected + 30 and model.fires(0.05 * before):
            self.last_rejected = model.day
            model.add["resolve"] += 0.01
            self.solidarity = clamp(before + 0.02)


class Street(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.last_rally = self.last_attack = NEVER

    def act(self):
        model = self.model
        if model.day > self.last_rally + 10 and model.fires(0.06 * model.anger):
            self.last_rally = model.day
            model.add["support"] += 0.02
            model.add["anger"] += 0.01
        if model.day > self.last_attack + 15 and model.fires(0.01):
            self.last_attack = model.day
            model.add["cohesion"] -= 0.04
            model.add["support"] -= 0.02


class Bloc(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.last_renewed = self.last_mission = NEVER

    def act(self):
        model = self.model
        add, day, outrage = model.add, model.day, model.outrage
        was_imposed, was_threatened = model.imposed, model.threatened
        if not was_imposed and model.fires(0.15 * outrage):
            model.after.append(("imposed", True))
            add["sanctions"] += 0.5
            add["support"] += 0.05
            add["threat"] += 0.1
        if was_imposed and not was_threatened and model.fires(0.1 * outrage):
            model.after.append(("threatened", True))
            model.after.append(("deadline", day + 14.0))
            add["threat"] += 0.5
            add["resolve"] += 0.02
        if not model.expired and day >= model.deadline:
            model.after.append(("expired", True))
            add["credibility"] -= 0.3 * model.credibility
            add["resolve"] += 0.05
            add["threat"] -= 0.2 * model.threat
        if model.expired and model.threat < 0.5 and day > self.last_renewed + 15 and model.fires(0.04 * outrage):
            self.last_renewed = day
            add["threat"] += 0.2 * model.credibility
        if was_imposed and model.fires(0.03):
            self.meet()
        if model.channel < 0.9 and day > self.last_mission + 10 and model.fires(0.08):
            self.last_mission = day
            add["channel"] += 0.12

    def meet(self):
        model = self.model
        hold = math.exp(6 * 0.1)
        tighten = math.exp(6 * (0.6 * model.outrage - 0.2)) if model.sanctions < 0.9 else 0.0
        ease = math.exp(6 * (0.5 * model.strain - 0.2 * model.outrage)) if model.sanctions > 0.2 else 0.0
        (choice,) = self.random.choices(("hold", "tighten", "ease"), (hold, tighten, ease))
        if choice == "tighten":
            model.add["sanctions"] += 0.2
            model.add["threat"] += 0.05
        elif choice == "ease":
            model.add["sanctions"] -= 0.3 * model.sanctions
            model.add["channel"] += 0.1


class Crisis(mesa.Model):
    def __init__(self, seed):
        super().__init__(seed=seed)
        uniform = self.random.uniform
        self.members = Member.create_agents(self, MEMBERS)
        self.allies = Ally.create_agents(self, ALLIES)
        self.bloc, self.street = Bloc(self), Street(self)
        self.support = self.start_support = uniform(0.4, 0.7)
        self.cohesion = self.start_cohesion = uniform(0.45, 0.8)
        self.resolve = self.start_resolve = uniform(0.5, 0.9)
        self.anger = self.start_anger = uniform(0.3, 0.8)
        self.threat, self.channel, self.strain, self.sanctions = 0.0, 0.0, 0.1, 0.0
        self.credibility = uniform(0.5, 0.8)
        self.bar = uniform(0.1, 0.35)
        self.order_rate = uniform(0.005, 0.03)
        self.exponent = uniform(0.7, 1.5)
        self.exit_rate = uniform(0.001, 0.008)
        self.deal_rate = uniform(0.002, 0.01)
        self.coup_rate = uniform(0.0002, 0.0008)
        self.imposed = self.threatened = self.expired = False
        self.deadline = math.inf
        self.outcome, self.day = STANDOFF, 0
        self.add, self.after = {}, []

    def fires(self, rate):
        return self.random.random() < 1.0 - math.exp(-rate)

    def wait(self, rate):
        """When within the day an event of this rate comes; beyond 1 it does not."""
        return self.random.expovariate(rate) if rate > 0.0 else 2.0

    def relax(self):
        support = self.start_support - 0.4 * self.strain
        cohesion = self.start_cohesion + 0.2 * (self.support - 0.5) - 0.3 * self.strain
        strain = 0.1 + 0.6 * self.sanctions
        self.support = clamp(self.support + (support - self.support) * (1.0 - DAY_SUPPORT))
        self.cohesion = clamp(self.cohesion + (cohesion - self.cohesion) * (1.0 - DAY_COHESION))
        self.strain = clamp(self.strain + (strain - self.strain) * (1.0 - DAY_STRAIN))
        self.threat = clamp(self.threat + (0.05 - self.threat) * (1.0 - DAY_THREAT))
        self.channel = clamp(self.channel + (0.1 - self.channel) * (1.0 - DAY_CHANNEL))
        self.resolve = self.start_resolve + (self.resolve - self.start_resolve) * DAY_RESOLVE
        self.anger = self.start_anger + (self.anger - self.start_anger) * DAY_ANGER
        self.members.do("relax")

    def step(self):
        self.day += 1
        self.relax()
        members, allies = list(self.members), list(self.allies)
        self.outrage = sum(member.hostility for member in members) / MEMBERS
        n_committed = sum(member.committed for member in members)
        pledges = sum(ally.pledge for ally in allies)
        solidarity = sum(ally.solidarity for ally in allies)
        defence = 0.5 * self.cohesion + 0.25 * pledges
        self.p_win = 1.0 / (1.0 + (defence / (0.05 + 0.06 * n_committed)) ** self.exponent)
        self.add = dict.fromkeys(
            ("threat", "sanctions", "channel", "support", "cohesion", "resolve", "credibility", "anger"), 0.0
        )
        self.after.clear()
        self.agents.do("act")
        self.end(n_committed, pledges, solidarity)
        for name, value in self.after:
            setattr(self, name, value)
        for name, value in self.add.items():
            if value != 0.0:
                setattr(self, name, clamp(getattr(self, name) + value))

    def end(self, n_committed, pledges, solidarity):
        """The first in time of what would end the crisis on this day."""
        waits = [(1.0, STANDOFF)]
        if self.day - 0.5 >= self.deadline and self.p_win > 0.55 and n_committed >= MEMBERS / 2:
            waits.append((self.wait(self.order_rate), FORCE))
        waits.append((self.wait(self.coup_rate * math.exp(4 * (0.6 - self.cohesion))), COUP))
        resistance = (self.resolve + self.support + self.cohesion) / 3
        pressure = self.credibility * self.threat * self.p_win + 0.4 * self.strain
        waits.append((self.wait(0.02 * logistic(9 * (pressure - resistance))), RESTORATION))
        if self.channel > 0.3:
            waits.append((self.wait(self.deal_rate * self.channel), TRANSITION))
        if self.sanctions > 0.1 and pledges > 0.0:
            grievance = 0.8 * self.strain + 0.4 * solidarity / ALLIES
            waits.append((self.wait(self.exit_rate * logistic(6 * (grievance - 0.5))), EXIT))
        self.outcome = min(waits)[1]
        self.running = self.outcome == STANDOFF and self.day < STEPS


if __name__ == "__main__":
    played.timed(played.models(Crisis, 6))
