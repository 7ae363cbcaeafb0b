"""A bank's counters simulated: customers arrive, queue, lose patience; tellers take breaks; accounts change."""
import heapq
import math
import random
import sys
from abc import ABC, abstractmethod
from itertools import count


class InsufficientFunds(Exception):
    pass


class Account:
    numbers = count(1000)

    def __init__(self, owner, balance=0):
        self.number = next(Account.numbers)
        self.owner = owner
        self._balance = balance
        self.history = []

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self._balance + self.credit():
            raise InsufficientFunds(f"{self.owner}: {self._balance} < {amount}")
        self._balance -= amount
        self.history.append(("withdraw", amount))

    def credit(self):
        return 0

    def monthly(self):
        """What changes at the end of a month."""


class Savings(Account):
    rate = 0.02

    def monthly(self):
        interest = round(self._balance * self.rate / 12)
        if interest > 0:
            self.deposit(interest)


class Giro(Account):
    fee = 3

    def __init__(self, owner, balance=0, limit=500):
        super().__init__(owner, balance)
        self.limit = limit

    def credit(self):
        return self.limit

    def monthly(self):
        self._balance -= self.fee if self._balance < 1000 else 0
        if self._balance < 0:
            self._balance -= math.ceil(-self._balance * 0.01)


class Business(Account):
    """What a customer wants at the counter."""


class Errand(ABC):
    minutes = 2.0

    def __init__(self, account, amount):
        self.account = account
        self.amount = amount

    @abstractmethod
    def execute(self, bank):
        ...

    def duration(self, rng):
        return max(0.5, rng.gauss(self.minutes, self.minutes / 4))


class Deposit(Errand):
    minutes = 1.5

    def execute(self, bank):
        self.account.deposit(self.amount)


class Withdrawal(Errand):
    def execute(self, bank):
        self.account.withdraw(self.amount)


class Transfer(Errand):
    minutes = 3.0

    def __init__(self, account, amount, target):
        super().__init__(account, amount)
        self.target = target

    def execute(self, bank):
        self.account.withdraw(self.amount)
        try:
            self.target.deposit(self.amount)
        except ValueError:
            self.account.deposit(self.amount)
            raise
        bank.transferred += self.amount


class Enquiry(Errand):
    minutes = 4.0

    def execute(self, bank):
        bank.enquiries[self.account.number] = bank.enquiries.get(self.account.number, 0) + 1


class Customer:
    __slots__ = ("name", "errands", "arrived", "patience", "served_at", "left")

    def __init__(self, name, errands, arrived, patience):
        self.name = name
        self.errands = errands
        self.arrived = arrived
        self.patience = patience
        self.served_at = None
        self.left = None

    @property
    def waited(self):
        return (self.served_at if self.served_at is not None else self.left) - self.arrived

    def __lt__(self, other):
        return self.arrived < other.arrived


class Teller:
    def __init__(self, name, skill):
        self.name = name
        self.skill = skill
        self.customer = None
        self.busy = 0.0
        self.served = 0
        self.resting_until = 0.0

    def free(self, now):
        return self.customer is None and now >= self.resting_until


class Simulation:
    def __init__(self, bank, seed):
        self.bank = bank
        self.rng = random.Random(seed)
        self.now = 0.0
        self.events = []
        self.sequence = count()

    def at(self, time, action, *arguments):
        heapq.heappush(self.events, (time, next(self.sequence), action, arguments))

    def after(self, delay, action, *arguments):
        self.at(self.now + delay, action, *arguments)

    def run(self, until):
        while self.events and self.events[0][0] <= until:
            self.now, _, action, arguments = heapq.heappop(self.events)
            action(*arguments)


class Bank:
    def __init__(self, accounts, tellers, seed):
        rng = random.Random(seed)
        kinds = [Savings, Giro, Giro]
        self.accounts = [rng.choice(kinds)(f"customer{i}", rng.randrange(0, 5000)) for i in range(accounts)]
        self.tellers = [Teller(f"teller{i}", 0.8 + 0.1 * i) for i in range(tellers)]
        self.queue = []
        self.done = []
        self.lost = []
        self.refused = 0
        self.transferred = 0
        self.enquiries = {}
        self.simulation = Simulation(self, seed + 1)
        self.longest = 0

    def open(self, minutes):
        self.closing = minutes
        self.simulation.after(0, self.next_arrival)
        for i, teller in enumerate(self.tellers):
            self.simulation.at(90 + 20 * i, self.start_break, teller)
        self.simulation.run(minutes + 120)

    def next_arrival(self):
        s = self.simulation
        if s.now > self.closing:
            return
        rush = 1.8 if 120 < s.now % 480 < 200 else 1.0
        s.after(s.rng.expovariate(rush / 1.3), self.next_arrival)
        account = s.rng.choice(self.accounts)
        customer = Customer(account.owner, [self.errand(account) for _ in range(s.rng.choice([1, 1, 1, 2, 3]))], s.now, s.rng.uniform(5, 30))
        self.queue.append(customer)
        self.longest = max(self.longest, len(self.queue))
        s.after(customer.patience, self.lose_patience, customer)
        self.dispatch()

    def errand(self, account):
        rng = self.simulation.rng
        kind = rng.randrange(10)
        amount = rng.randrange(10, 900)
        if kind < 3:
            return Deposit(account, amount)
        if kind < 7:
            return Withdrawal(account, amount)
        if kind < 9:
            return Transfer(account, amount, rng.choice(self.accounts))
        return Enquiry(account, 0)

    def dispatch(self):
        for teller in self.tellers:
            if self.queue and teller.free(self.simulation.now):
                customer = self.queue.pop(0)
                teller.customer = customer
                customer.served_at = self.simulation.now
                duration = sum(e.duration(self.simulation.rng) for e in customer.errands) / teller.skill
                teller.busy += duration
                self.simulation.after(duration, self.finish, teller)

    def finish(self, teller):
        customer = teller.customer
        for errand in customer.errands:
            try:
                errand.execute(self)
            except InsufficientFunds:
                self.refused += 1
        teller.served += 1
        teller.customer = None
        customer.left = self.simulation.now
        self.done.append(customer)
        self.dispatch()

    def lose_patience(self, customer):
        if customer.served_at is None and customer in self.queue:
            self.queue.remove(customer)
            customer.left = self.simulation.now
            self.lost.append(customer)

    def start_break(self, teller):
        if teller.customer is not None:
            self.simulation.after(1, self.start_break, teller)
            return
        teller.resting_until = self.simulation.now + 15
        self.simulation.after(15.001, self.dispatch)
        self.simulation.after(240, self.start_break, teller)

    def end_month(self):
        for account in self.accounts:
            account.monthly()

    def report(self):
        waits = sorted(c.waited for c in self.done)
        mean = sum(waits) / len(waits)
        deviation = math.sqrt(sum((w - mean) ** 2 for w in waits) / len(waits))
        print(f"served {len(self.done)}, lost {len(self.lost)}, refused {self.refused}, longest queue {self.longest}")
        print(f"waited {mean:.2f} +- {deviation:.2f} minutes, 90 % under {waits[len(waits) * 9 // 10]:.2f}")
        for t in self.tellers:
            print(f"{t.name}: {t.served} customers, busy {t.busy / self.simulation.now:.1%}")
        print(f"transferred {self.transferred}, balance {sum(a.balance for a in self.accounts)}, enquiries {len(self.enquiries)}")
        richest = sorted(self.accounts, key=lambda a: (-a.balance, a.owner))[:3]
        print([(a.owner, type(a).__name__, a.balance, len(a.history)) for a in richest])


def main():
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    bank = Bank(300, 4, seed=99)
    for day in range(days):
        bank.open((day + 1) * 480)
        if day % 20 == 19:
            bank.end_month()
    bank.report()


if __name__ == "__main__":
    main()
