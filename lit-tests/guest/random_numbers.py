# RUN: krait run -O2 %s | diff %s.out -
# Random numbers: seeded, the same as everywhere.
import numpy as np
from numpy.random import default_rng

rng = default_rng(42)
print(rng.random(3), rng.integers(0, 10, 5), rng.normal(size=2), rng.choice(["a", "b", "c"], 3))
print(rng.permutation(5), rng.uniform(1, 2), rng.standard_normal())
np.random.seed(0)
print(np.random.rand(2), np.random.randint(0, 100, 3), np.random.randn(2), np.random.choice([1, 2, 3]))
items = [1, 2, 3, 4, 5]
rng.shuffle(items)
print(items)
np.random.shuffle(items)
print(items)
a = np.arange(5)
rng.shuffle(a)
print(a)
state = np.random.get_state()
print(state[0], len(state[1]))
print(np.random.RandomState(1).poisson(3, 4), np.random.Generator(np.random.PCG64(7)).random())
