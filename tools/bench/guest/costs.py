"""What crossing to a C extension costs: nanoseconds per operation. Run it by CPython and by krait and compare:

    python3.11 tools/bench/guest/costs.py; krait run tools/bench/guest/costs.py
"""
import time

import numpy as np

array = np.arange(10.0)
counts = np.arange(10)
scalar = np.float64(1.5)


def call_with_two_numbers(n):
    hypot = np.hypot
    for _ in range(n):
        hypot(3.0, 4.0)


def attribute_of_module(n):
    for _ in range(n):
        np.pi


def function_of_module(n):
    for _ in range(n):
        np.sin


def attribute(n):
    for _ in range(n):
        array.dtype


def method(n):
    for _ in range(n):
        array.item(2)


def array_plus_number(n):
    for _ in range(n):
        array + 1.0


def read_element(n):
    for _ in range(n):
        array[3]


def write_element(n):
    for _ in range(n):
        array[3] = 1.0


def scalar_plus_number(n):
    for _ in range(n):
        scalar + 1.0


def sum_in_loop(n):
    values = np.ones(n)
    total = 0.0
    for i in range(n):
        total += values[i] * 2.0


def iterate(n):
    for _ in np.ones(n):
        pass


def callback(n):
    np.frompyfunc(lambda x: x, 1, 1)(range(n))


def array_from_list(n):
    for _ in range(n):
        np.array([1.0, 2.0])


def array_to_list(n):
    for _ in range(n):
        array.tolist()


def main(n=100_000):
    for f in (call_with_two_numbers, attribute_of_module, function_of_module, attribute, method, array_plus_number, read_element, write_element,
              scalar_plus_number, sum_in_loop, iterate, callback, array_from_list, array_to_list):
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            f(n)
            best = min(best, time.perf_counter() - start)
        print(f"{f.__name__:24}{best / n * 1e9:8.0f} ns")


if __name__ == "__main__":
    main()
