# python3-hypothesis: strategies with fixed seeds, shrinking, stateful testing, composite and recursive data.
import datetime
import random
import re
import string
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, Phase, assume, event, example, find, given, note, reject, seed, settings, strategies as st
from hypothesis.errors import InvalidArgument, Unsatisfied
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

quick = settings(database=None, derandomize=True, max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def shrunk(strategy, condition):
    try:
        return find(strategy, condition, settings=settings(quick, max_examples=2000), random=random.Random(0))
    except Exception as e:
        return type(e).__name__


print(shrunk(st.integers(), lambda x: x > 1000), shrunk(st.lists(st.integers()), lambda xs: sum(xs) >= 100), shrunk(st.text(), lambda s: len(s) > 3))
print(shrunk(st.floats(), lambda x: x > 1.5), shrunk(st.binary(), lambda b: len(set(b)) > 2), shrunk(st.decimals(), lambda d: d.is_finite() and d > 10))
print(shrunk(st.dictionaries(st.text(string.ascii_lowercase, min_size=1), st.booleans()), lambda d: sum(d.values()) > 1))
print(shrunk(st.recursive(st.integers(0, 9), lambda c: st.lists(c, max_size=3)), lambda x: isinstance(x, list) and any(isinstance(y, list) and y for y in x)))
print(shrunk(st.datetimes(), lambda d: d.year > 2005), shrunk(st.from_regex(r"\A[a-c]{2,}\d+\Z"), lambda s: len(s) > 5), shrunk(st.fractions(), lambda f: f.denominator > 6))
print(shrunk(st.sampled_from([5, 3, 8]), lambda x: x != 5), shrunk(st.tuples(st.integers(), st.none() | st.text()), lambda t: t[0] < -5 and t[1] is not None))
print(shrunk(st.sets(st.integers(0, 100), min_size=3), lambda s: max(s) > 50), shrunk(st.permutations([1, 2, 3]), lambda p: p[0] == 3), shrunk(st.integers(), lambda x: False))


@st.composite
def pairs(draw, top=10):
    a = draw(st.integers(0, top))
    return a, draw(st.integers(a, top))


seen = []


@quick
@given(pairs(), st.data())
@example((0, 0), None)
def ordered(p, data):
    seen.append(p)
    assume(p != (3, 3))
    assert p[0] <= p[1]


ordered()
print(len(seen), seen[0], all(a <= b for a, b in seen))


@quick
@given(x=st.integers(), y=st.integers(min_value=1))
def division(x, y):
    note(f"noted {x} {y}")
    assert (x // y) * y == x


try:
    division()
except AssertionError as e:
    print("AssertionError", getattr(e, "__notes__", None))


@quick
@given(st.lists(st.integers(), unique=True, min_size=1).map(sorted), st.builds(dict, a=st.just(1)), st.from_type(bool))
def sorts(xs, d, b):
    assert xs == sorted(set(xs)) and d == {"a": 1} and b in (True, False)


sorts()


class Machine(RuleBasedStateMachine):
    items = Bundle("items")

    def __init__(self):
        super().__init__()
        self.stack = []

    @rule(target=items, x=st.integers(0, 5))
    def push(self, x):
        self.stack.append(x)
        return x

    @precondition(lambda self: self.stack)
    @rule()
    def pop(self):
        self.stack.pop()

    @rule(x=items)
    def check(self, x):
        assert x != 4

    @invariant()
    def small(self):
        assert len(self.stack) < 100


try:
    run_state_machine_as_test(Machine, settings=settings(quick, max_examples=200, stateful_step_count=20))
except AssertionError as e:
    print("machine failed", getattr(e, "__notes__", None))
for bad in (lambda: st.integers(5, 3).validate(), lambda: st.lists(3).validate(), lambda: st.text(alphabet="ab", min_size=3, max_size=1).validate(),
            lambda: given()(lambda: None)(), lambda: settings(max_examples=-1)):
    try:
        bad()
    except (InvalidArgument, TypeError) as e:
        print(type(e).__name__, str(e).splitlines()[0][:100])
print(repr(st.lists(st.integers(0, 3) | st.text()).filter(len)), repr(st.builds(Fraction, st.integers())), st.one_of(st.none()).is_empty)
