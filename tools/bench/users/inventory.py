"""A shop's inventory: reads articles and movements from CSV, books them, and writes reports as text, CSV and JSON."""
import csv
import io
import json
import random
import sys
from collections import OrderedDict, defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from typing import Dict, List, Optional


class InventoryError(Exception):
    pass


class OutOfStock(InventoryError):
    def __init__(self, article, wanted):
        super().__init__(f"{article.number}: only {article.stock} of {wanted} left")
        self.article = article
        self.missing = wanted - article.stock


class Kind(Enum):
    DELIVERY = "delivery"
    SALE = "sale"
    RETURN = "return"
    CORRECTION = "correction"

    @property
    def sign(self):
        return -1 if self is Kind.SALE else 1


@dataclass
class Article:
    number: str
    name: str
    category: str
    price: Decimal
    minimum: int = 0
    stock: int = 0
    tags: List[str] = field(default_factory=list)

    @property
    def value(self):
        return self.price * self.stock

    @property
    def low(self):
        return self.stock < self.minimum

    def discounted(self, percent):
        return (self.price * (100 - percent) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Movement:
    day: date
    kind: Kind
    number: str
    amount: int
    note: str = ""


@dataclass
class Statement:
    """What one category did in one month."""
    sold: int = 0
    turnover: Decimal = Decimal(0)
    returned: int = 0

    def __add__(self, other):
        return Statement(self.sold + other.sold, self.turnover + other.turnover, self.returned + other.returned)


class Inventory:
    def __init__(self):
        self.articles: Dict[str, Article] = OrderedDict()
        self.movements: List[Movement] = []
        self.problems: List[str] = []
        self._listeners = []

    def subscribe(self, listener):
        self._listeners.append(listener)

    def load_articles(self, stream):
        for line, row in enumerate(csv.DictReader(stream), 2):
            try:
                article = Article(number=row["number"].strip(), name=row["name"], category=row["category"] or "other", price=Decimal(row["price"]),
                                  minimum=int(row["minimum"] or 0), tags=[t for t in row["tags"].split("|") if t])
                if article.number in self.articles:
                    raise InventoryError(f"{article.number} appears twice")
                self.articles[article.number] = article
            except (InvalidOperation, ValueError) as e:
                self.problems.append(f"line {line}: {type(e).__name__}")
            except InventoryError as e:
                self.problems.append(f"line {line}: {e}")

    def load_movements(self, stream):
        for row in csv.reader(stream, delimiter=";"):
            if not row or row[0].startswith("#"):
                continue
            day, kind, number, amount, *note = row
            try:
                movement = Movement(date.fromisoformat(day), Kind(kind), number, int(amount), " ".join(note))
                self.book(movement)
            except OutOfStock as e:
                self.problems.append(f"{day}: {e}")
                if e.article.stock > 0:
                    self.book(Movement(date.fromisoformat(day), Kind.SALE, number, e.article.stock, "rest"))
            except (InventoryError, ValueError) as e:
                self.problems.append(f"{day}: {e}")

    def find(self, number) -> Article:
        try:
            return self.articles[number]
        except KeyError:
            raise InventoryError(f"no article {number}") from None

    def book(self, movement):
        article = self.find(movement.number)
        if movement.amount <= 0 and movement.kind is not Kind.CORRECTION:
            raise InventoryError(f"{movement.kind.value} of {movement.amount}")
        if movement.kind is Kind.SALE and movement.amount > article.stock:
            raise OutOfStock(article, movement.amount)
        before = article.low
        article.stock += movement.kind.sign * movement.amount
        self.movements.append(movement)
        if article.low and not before:
            for listener in self._listeners:
                listener(article, movement)

    def total(self):
        return sum((a.value for a in self.articles.values()), Decimal(0))

    def by_category(self):
        groups = defaultdict(list)
        for article in self.articles.values():
            groups[article.category].append(article)
        return {name: sorted(articles, key=lambda a: (-a.value, a.number)) for name, articles in sorted(groups.items())}

    def statements(self):
        months = defaultdict(Statement)
        for m in self.movements:
            article = self.articles[m.number]
            key = (m.day.year, m.day.month, article.category)
            if m.kind is Kind.SALE:
                months[key] += Statement(m.amount, article.price * m.amount)
            elif m.kind is Kind.RETURN:
                months[key] += Statement(returned=m.amount, turnover=-article.price * m.amount)
        return months

    def search(self, text="", category: Optional[str] = None, tag=None):
        text = text.lower()
        for article in self.articles.values():
            if category and article.category != category:
                continue
            if tag and tag not in article.tags:
                continue
            if text in article.name.lower():
                yield article

    def to_json(self):
        def plain(value):
            if isinstance(value, Decimal):
                return str(value)
            if isinstance(value, Enum):
                return value.value
            if isinstance(value, date):
                return value.isoformat()
            raise TypeError(type(value))
        return json.dumps({"articles": [asdict(a) for a in self.articles.values()], "movements": [asdict(m) for m in self.movements[-20:]]},
                          default=plain, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text):
        inventory = cls()
        for entry in json.loads(text)["articles"]:
            entry["price"] = Decimal(entry["price"])
            article = Article(**entry)
            inventory.articles[article.number] = article
        return inventory

    def to_csv(self):
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
        writer.writerow(["number", "name", "stock", "value"])
        for a in self.articles.values():
            writer.writerow([a.number, a.name, a.stock, a.value])
        return out.getvalue()


def sample_articles(count):
    rng = random.Random(7)
    lines = ["number,name,category,price,minimum,tags"]
    adjectives = ["small", "large", "red", "blue", "heavy", "folding", 'so-called "smart"']
    things = ["lamp", "chair", "desk", "shelf", "mug", "bottle, glass", "clock"]
    for i in range(count):
        name = f"{rng.choice(adjectives)} {rng.choice(things)}".replace('"', '""')
        price = "n/a" if i % 61 == 60 else f"{rng.randrange(100, 20000) / 100:.2f}"
        tags = "|".join(rng.sample(["new", "sale", "eco", "fragile"], rng.randrange(3)))
        number = f"A{i % (count - 3):04}"
        lines.append(f'{number},"{name}",{rng.choice(["home", "office", "garden", ""])},{price},{rng.randrange(20)},{tags}')
    return "\n".join(lines)


def sample_movements(count, articles):
    rng = random.Random(11)
    day = date(2023, 1, 1)
    lines = ["# day;kind;article;amount;note"]
    for i in range(count):
        if i % max(1, count // 360) == 0:
            day += timedelta(days=1)
        kind = rng.choice(["sale"] * 6 + ["delivery"] * 2 + ["return", "correction"])
        amount = {"sale": rng.randrange(1, 9), "delivery": rng.randrange(10, 40), "return": rng.randrange(0, 3), "correction": rng.randrange(-2, 3)}[kind]
        number = f"A{rng.randrange(articles):04}"
        lines.append(f"{day};{kind};{number};{amount}" + (";checked" if i % 9 == 0 else ""))
    return "\n".join(lines)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    inventory = Inventory()
    warnings = []
    inventory.subscribe(lambda article, movement: warnings.append((movement.day.isoformat(), article.number, article.stock)))
    inventory.load_articles(io.StringIO(sample_articles(20 * size)))
    inventory.load_movements(io.StringIO(sample_movements(500 * size, 20 * size)))
    print(f"{len(inventory.articles)} articles worth {inventory.total():,.2f}, {len(inventory.movements)} movements, {len(inventory.problems)} problems")
    for problem in inventory.problems[:6]:
        print("  ", problem)
    for category, articles in inventory.by_category().items():
        value = sum(a.value for a in articles)
        print(f"{category:10} {len(articles):4} {value:14,.2f}  best: {articles[0].name}")
    yearly = defaultdict(Statement)
    for (year, month, category), s in sorted(inventory.statements().items()):
        yearly[category] += s
        if month % 4 == 1:
            print(f"{year}-{month:02} {category:8} sold {s.sold:6} turnover {s.turnover:12} returned {s.returned}")
    for category, s in sorted(yearly.items()):
        print(f"{category:10} {s.sold} {s.turnover}")
    print(len(warnings), "warnings, first", warnings[:2])
    print("lamps:", sum(1 for _ in inventory.search("lamp")), "fragile in office:", len(list(inventory.search(category="office", tag="fragile"))))
    text = inventory.to_json()
    again = Inventory.from_json(text)
    print(again.total() == inventory.total(), len(text), again.articles == inventory.articles)
    table = inventory.to_csv()
    rows = list(csv.DictReader(io.StringIO(table)))
    print(len(rows), sum(int(r["stock"]) for r in rows), max(rows, key=lambda r: Decimal(r["value"]))["number"])
    print([str(a.discounted(15)) for a in list(inventory.search("mug"))[:5]])


if __name__ == "__main__":
    main()
