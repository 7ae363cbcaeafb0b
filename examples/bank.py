"""A bank ledger with double entries, transactions that roll back, and an audit.

./bootstrap run examples/bank.py examples/data/bank.txt
"""
import sys


class BankError(Exception):
    """What a customer is told. Subclasses say which rule was broken."""

    code = "E00"

    def __str__(self):
        return f"[{self.code}] {super().__str__()}"


class UnknownAccount(BankError, KeyError):
    code = "E10"


class InsufficientFunds(BankError):
    code = "E20"

    def __init__(self, account, needed):
        super().__init__(f"{account.name} has {account.balance}, needs {needed}")
        self.account = account
        self.needed = needed

    @property
    def shortfall(self):
        return self.needed - self.account.available


class FrozenAccount(BankError):
    code = "E30"


class BadCommand(BankError, ValueError):
    code = "E40"


class Money:
    """An exact amount in cents, in one currency."""

    __slots__ = ("cents", "currency")

    def __init__(self, cents, currency="EUR"):
        self.cents = cents
        self.currency = currency

    @classmethod
    def parse(cls, text):
        amount, _, currency = text.partition(":")
        sign = -1 if amount.startswith("-") else 1
        whole, _, part = amount.lstrip("+-").partition(".")
        if not whole.isdigit() or not (part + "0").isdigit() or len(part) > 2:
            raise BadCommand(f"not an amount: {text!r}")
        return cls(sign * (int(whole) * 100 + int(part.ljust(2, "0"))), currency or "EUR")

    def _same(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        if self.currency != other.currency:
            raise BadCommand(f"cannot mix {self.currency} and {other.currency}")
        return other.cents

    def __add__(self, other):
        cents = self._same(other)
        return cents if cents is NotImplemented else Money(self.cents + cents, self.currency)

    def __sub__(self, other):
        cents = self._same(other)
        return cents if cents is NotImplemented else Money(self.cents - cents, self.currency)

    def __mul__(self, factor):
        if isinstance(factor, int):
            return Money(self.cents * factor, self.currency)
        if isinstance(factor, float):
            return Money(round(self.cents * factor), self.currency)
        return NotImplemented

    __rmul__ = __mul__

    def __neg__(self):
        return Money(-self.cents, self.currency)

    def __lt__(self, other):
        cents = self._same(other)
        return cents if cents is NotImplemented else self.cents < cents

    def __le__(self, other):
        cents = self._same(other)
        return cents if cents is NotImplemented else self.cents <= cents

    def __eq__(self, other):
        return isinstance(other, Money) and (self.cents, self.currency) == (other.cents, other.currency)

    def __hash__(self):
        return hash((self.cents, self.currency))

    def __bool__(self):
        return self.cents != 0

    def __format__(self, spec):
        return format(str(self), spec)

    def __str__(self):
        sign = "-" if self.cents < 0 else ""
        whole, part = divmod(abs(self.cents), 100)
        return f"{sign}{whole:,}.{part:02} {self.currency}"

    def __repr__(self):
        return f"Money({self.cents}, {self.currency!r})"


class Account:
    kinds = {}
    interest = 0.0
    credit = Money(0)

    def __init_subclass__(cls, kind=None, **options):
        super().__init_subclass__(**options)
        if kind:
            cls.kind = kind
            Account.kinds[kind] = cls

    def __init__(self, name, owner):
        self.name = name
        self.owner = owner
        self.balance = Money(0)
        self.frozen = False

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r}, {self.owner!r})"

    @property
    def available(self):
        return self.balance + self.credit

    def apply(self, amount):
        if self.frozen:
            raise FrozenAccount(f"{self.name} is frozen")
        if amount < Money(0) and self.available + amount < Money(0):
            raise InsufficientFunds(self, -amount)
        self.balance += amount


class Current(Account, kind="current"):
    credit = Money(500_00)


class Savings(Account, kind="savings"):
    interest = 0.0175
    withdrawals = 0

    def apply(self, amount):
        super().apply(amount)
        if amount < Money(0):
            self.withdrawals += 1  # counts per account from the class's zero
            if self.withdrawals > 3:
                raise BankError(f"{self.name}: more than three withdrawals")


class Vault(Account, kind="vault"):
    """Where money comes from and goes to: may be as negative as it likes."""

    def apply(self, amount):
        self.balance += amount


class Entry:
    __slots__ = ("number", "text", "moves")

    def __init__(self, number, text, moves):
        self.number, self.text, self.moves = number, text, moves


class Transaction:
    """A context manager: its moves take effect together or not at all."""

    def __init__(self, bank, text):
        self.bank = bank
        self.text = text
        self.moves = []
        self.saved = {}

    def __enter__(self):
        self.bank.open_transactions.append(self)
        return self

    def move(self, source, target, amount):
        for account, change in ((source, -amount), (target, amount)):
            self.saved.setdefault(account, dict(vars(account)))
            account.apply(change)
            self.moves.append((account.name, change))

    def __exit__(self, kind, error, traceback):
        finished = self.bank.open_transactions.pop()
        assert finished is self
        if kind is None:
            self.bank.record(self.text, self.moves)
            return False
        for account, state in self.saved.items():
            vars(account).clear()
            vars(account).update(state)
        self.bank.rolled_back += 1
        if self.moves:
            error.add_note(f"{len(self.moves)} of the moves of {self.text!r} were undone")
        return False


class Bank:
    def __init__(self):
        self.accounts = {}
        self.journal = []
        self.open_transactions = []
        self.rolled_back = 0
        self.vault = self.open("vault", "vault", "the bank")

    def open(self, kind, name, owner):
        try:
            cls = Account.kinds[kind]
        except KeyError:
            raise BadCommand(f"no accounts of kind {kind!r}; there are {', '.join(sorted(Account.kinds))}") from None
        if name in self.accounts:
            raise BadCommand(f"{name} exists")
        self.accounts[name] = account = cls(name, owner)
        return account

    def __getitem__(self, name):
        try:
            return self.accounts[name]
        except KeyError as error:
            raise UnknownAccount(f"no account {name!r}") from error

    def __iter__(self):
        return iter(self.accounts.values())

    def record(self, text, moves):
        self.journal.append(Entry(len(self.journal) + 1, text, tuple(moves)))

    def audit(self):
        """Every entry sums to zero, and replaying the journal gives the balances."""
        replayed = {name: Money(0) for name in self.accounts}
        for entry in self.journal:
            total = Money(0)
            for name, change in entry.moves:
                replayed[name] += change
                total += change
            if total:
                raise ExceptionGroup("audit", [BankError(f"entry {entry.number} sums to {total}")])
        wrong = [BankError(f"{a.name}: journal says {replayed[a.name]}, balance is {a.balance}")
                 for a in self if replayed[a.name] != a.balance]
        if wrong:
            raise ExceptionGroup("audit", wrong)
        return len(self.journal)


class Teller:
    """Reads commands; each do_… method is one."""

    def __init__(self, bank):
        self.bank = bank
        self.failures = {}

    def serve(self, lines):
        for number, line in enumerate(lines, 1):
            words = line.split("#")[0].split()
            if not words:
                continue
            print(f"{number:>3}  {' '.join(words)}")
            try:
                answer = self.dispatch(words)
            except InsufficientFunds as error:
                self.note(error)
                print(f"     refused: {error} (short of {error.shortfall})")
            except BankError as error:
                self.note(error)
                print(f"     refused: {error}")
                for text in getattr(error, "__notes__", ()):
                    print(f"              {text}")
            else:
                if answer is not None:
                    print(f"     {answer}")
            finally:
                if self.bank.open_transactions:
                    print("     a transaction was left open")

    def note(self, error):
        name = type(error).__name__
        self.failures[name] = self.failures.get(name, 0) + 1

    def dispatch(self, words):
        verb, *arguments = words
        method = getattr(self, f"do_{verb}", None)
        if method is None:
            raise BadCommand(f"unknown command {verb!r}")
        try:
            return method(*arguments)
        except TypeError as error:
            if "positional argument" not in str(error):
                raise
            raise BadCommand(f"{verb}: wrong number of words") from error

    def do_open(self, kind, name, *owner):
        return repr(self.bank.open(kind, name, " ".join(owner) or "nobody"))

    def do_deposit(self, name, amount):
        with Transaction(self.bank, f"deposit to {name}") as t:
            t.move(self.bank.vault, self.bank[name], Money.parse(amount))
        return self.bank[name].balance

    def do_withdraw(self, name, amount):
        with Transaction(self.bank, f"withdrawal from {name}") as t:
            t.move(self.bank[name], self.bank.vault, Money.parse(amount))
        return self.bank[name].balance

    def do_pay(self, source, *pairs):
        """pay SOURCE TARGET AMOUNT [TARGET AMOUNT …]: all or nothing."""
        if len(pairs) % 2 or not pairs:
            raise BadCommand("pay wants pairs of account and amount")
        with Transaction(self.bank, f"payment by {source}") as t:
            for target, amount in zip(pairs[::2], pairs[1::2]):
                t.move(self.bank[source], self.bank[target], Money.parse(amount))
        return f"{source} has {self.bank[source].balance} left"

    def do_swap(self, a, b):
        """Exchanges two balances: a transaction within a transaction."""
        first, second = self.bank[a], self.bank[b]
        with Transaction(self.bank, "outer"), Transaction(self.bank, f"swap of {a} and {b}") as t:
            difference = first.balance - second.balance
            t.move(first, second, difference)

    def do_freeze(self, name):
        self.bank[name].frozen = True

    def do_thaw(self, name):
        self.bank[name].frozen = False

    def do_interest(self, years="1"):
        paid = Money(0)
        for account in self.bank:
            if account.interest and account.balance > Money(0):
                amount = account.balance * ((1 + account.interest) ** int(years) - 1)
                with Transaction(self.bank, f"interest for {account.name}") as t:
                    t.move(self.bank.vault, account, amount)
                paid += amount
        return f"paid {paid}"

    def do_tamper(self, name, amount):
        self.bank[name].balance += Money.parse(amount)

    def do_audit(self):
        count = None
        try:
            count = self.bank.audit()
        except* BankError as group:
            self.note(group)
            for error in group.exceptions:
                print(f"     audit: {error}")
        return "the books are wrong" if count is None else f"{count} entries are in order"

    def do_list(self):
        for account in sorted(self.bank, key=lambda a: (a.kind, a.name)):
            flags = "frozen" if account.frozen else ""
            print(f"     {account.name:<10}{account.owner:<16}{account.kind:<9}{account.balance:>18} {flags}".rstrip())

    def do_journal(self, last="5"):
        for entry in self.bank.journal[-int(last):]:
            moves = ", ".join(f"{name} {change}" for name, change in entry.moves)
            print(f"     {entry.number:>3} {entry.text}: {moves}")


def main(argv):
    if len(argv) != 2:
        sys.exit(f"usage: {argv[0]} COMMANDS")
    teller = Teller(Bank())
    try:
        with open(argv[1], encoding="utf-8") as file:
            teller.serve(file)
    except OSError as error:
        sys.exit(f"{argv[0]}: {error}")
    print(f"rolled back: {teller.bank.rolled_back}; failures: {dict(sorted(teller.failures.items()))}")


if __name__ == "__main__":
    main(sys.argv)
