# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# What the arguments of a Random mean is for __init__ to say: __new__ takes any.
import _random
import random


def show(work):
    try:
        print(work())
    except Exception as e:
        print(type(e).__name__, e)


class Deck(random.Random):
    def __init__(self, cards, seed=0):
        super().__init__(seed)
        self.cards = cards
        self.shuffle(cards)


class Counted(random.Random):
    seeds = 0

    def seed(self, *args, **kwargs):
        self.seeds += 1
        super().seed(*args, **kwargs)


class Plain(_random.Random):
    pass


show(lambda: Deck(list(range(8)), 5).cards)
show(lambda: Deck([1], []).cards)
show(lambda: Counted(3).seeds)
show(lambda: _random.Random.__new__(_random.Random, [], 2).random() < 1)
show(lambda: _random.Random([]))
show(lambda: _random.Random(1, 2))
show(lambda: _random.Random(seed=1))
show(lambda: Plain(1, 2))
show(lambda: Plain(7).random() == _random.Random(7).random())
