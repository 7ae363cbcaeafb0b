# RUN: krait run -O0 %s | diff %s.out -
# RUN: krait run -O2 %s | diff %s.out -
# RUN: krait-interp %s | diff %s.out -
# help() is pydoc's, which is compiled in where it is called.
import sys


class Account:
    """A bank account.

    With a balance."""
    rate = 0.5

    def __init__(self, owner: str, balance=0):
        "Opens one."
        self.owner = owner

    def deposit(self, amount: float) -> None:
        """Puts money in."""

    @property
    def holder(self):
        "Who owns it."

    @staticmethod
    def total(first, *others, c=1, **named): "All together."

    @classmethod
    def empty(cls): "One without money."


def interest(a, b: int = 1, *args, key=None, **kw) -> int:
    """Doc of a function."""


print(help, type(help).__name__, callable(help))
help(interest)
help(Account)
help(Account.deposit)
help(Account("Ann").deposit)
help("nothing-of-this-name")
