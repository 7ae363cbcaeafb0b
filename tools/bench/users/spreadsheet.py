"""A spreadsheet: formulas with ranges and functions, recalculated in the order of their dependencies."""
import re
import sys

TOKEN = re.compile(r"\s*(?:(?P<number>\d+\.?\d*)|(?P<range>[A-Z]+\d+:[A-Z]+\d+)|(?P<cell>[A-Z]+\d+)|(?P<name>[A-Z]+)(?=\()|(?P<text>\"[^\"]*\")|(?P<op><=|>=|<>|[-+*/^&=<>(),;%]))")


class FormulaError(Exception):
    """Shows as #NAME in the cell."""


def column_number(letters):
    n = 0
    for c in letters:
        n = n * 26 + ord(c) - ord("A") + 1
    return n


def column_letters(n):
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def split_address(address):
    letters = address.rstrip("0123456789")
    return column_number(letters), int(address[len(letters):])


def cells_of_range(text):
    first, last = text.split(":")
    c1, r1 = split_address(first)
    c2, r2 = split_address(last)
    return [f"{column_letters(c)}{r}" for r in range(min(r1, r2), max(r1, r2) + 1) for c in range(min(c1, c2), max(c1, c2) + 1)]


class Formula:
    """A parsed formula: a tree of tuples, and the cells that it reads."""
    LEVELS = [("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",)]

    def __init__(self, text):
        self.text = text
        self.reads = []
        self.tokens = []
        position = 0
        text = text.strip()
        while position < len(text):
            found = TOKEN.match(text, position)
            if not found:
                raise FormulaError("#PARSE")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            position = found.end()
        self.position = 0
        self.tree = self.expression(0)
        if self.position != len(self.tokens):
            raise FormulaError("#PARSE")

    def peek(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else (None, None)

    def take(self, text=None):
        token = self.peek()
        if text is not None and token[1] != text:
            raise FormulaError("#PARSE")
        self.position += 1
        return token

    def expression(self, level):
        if level == len(self.LEVELS):
            return self.unary()
        left = self.expression(level + 1)
        while self.peek()[0] == "op" and self.peek()[1] in self.LEVELS[level]:
            operator = self.take()[1]
            left = ("binary", operator, left, self.expression(level + 1))
        return left

    def unary(self):
        if self.peek() == ("op", "-"):
            self.take()
            return ("negate", self.unary())
        node = self.primary()
        while self.peek() == ("op", "%"):
            self.take()
            node = ("binary", "/", node, ("number", 100))
        return node

    def primary(self):
        kind, text = self.take()
        if kind == "number":
            return ("number", float(text) if "." in text else int(text))
        if kind == "text":
            return ("text", text[1:-1])
        if kind == "cell":
            self.reads.append(text)
            return ("cell", text)
        if kind == "range":
            cells = cells_of_range(text)
            self.reads.extend(cells)
            return ("range", cells)
        if kind == "name":
            self.take("(")
            arguments = []
            while self.peek()[1] != ")":
                arguments.append(self.expression(0))
                if self.peek()[1] in (",", ";"):
                    self.take()
            self.take(")")
            return ("call", text, arguments)
        if text == "(":
            node = self.expression(0)
            self.take(")")
            return node
        raise FormulaError("#PARSE")


def numbers(values):
    for v in values:
        if isinstance(v, list):
            yield from numbers(v)
        elif isinstance(v, (int, float)) and not isinstance(v, bool):
            yield v


def average(*values):
    all_values = list(numbers(values))
    if not all_values:
        raise FormulaError("#DIV/0")
    return sum(all_values) / len(all_values)


def lookup(key, table, column=2):
    width = int(column)
    for i in range(0, len(table) - 1, width):
        if table[i] == key:
            return table[i + width - 1]
    raise FormulaError("#N/A")


FUNCTIONS = {
    "SUM": lambda *v: sum(numbers(v)), "MIN": lambda *v: min(numbers(v), default=0), "MAX": lambda *v: max(numbers(v), default=0),
    "AVERAGE": average, "COUNT": lambda *v: len(list(numbers(v))), "ROUND": lambda v, d=0: round(v, int(d)), "ABS": abs,
    "LEN": lambda t: len(str(t)), "UPPER": lambda t: str(t).upper(), "LEFT": lambda t, n=1: str(t)[:int(n)], "LOOKUP": lookup,
    "MOD": lambda a, b: a % b, "SQRT": lambda v: v ** 0.5, "NOT": lambda v: not v, "AND": lambda *v: all(v), "OR": lambda *v: any(v),
}


class Sheet:
    def __init__(self):
        self.sources = {}
        self.formulas = {}
        self.values = {}
        self.readers = {}
        self.evaluations = 0

    def set(self, address, source):
        """Puts a number, a text or "=formula" into a cell and recalculates what depends on it."""
        self._put(address, source)
        self.recalculate([address])

    def fill(self, cells):
        for address, source in cells.items():
            self._put(address, source)
        self.recalculate(list(cells))

    def _put(self, address, source):
        old = self.formulas.pop(address, None)
        if old:
            for cell in old.reads:
                self.readers.get(cell, set()).discard(address)
        self.sources[address] = source
        if isinstance(source, str) and source.startswith("="):
            try:
                formula = self.formulas[address] = Formula(source[1:])
                for cell in formula.reads:
                    self.readers.setdefault(cell, set()).add(address)
            except FormulaError as e:
                self.values[address] = str(e)
        else:
            self.values[address] = source

    def recalculate(self, changed):
        for address in self.order(changed):
            formula = self.formulas.get(address)
            if formula is None:
                continue
            self.evaluations += 1
            try:
                self.values[address] = self.evaluate(formula.tree)
            except FormulaError as e:
                self.values[address] = str(e)
            except ZeroDivisionError:
                self.values[address] = "#DIV/0"
            except (TypeError, ValueError, AttributeError):
                self.values[address] = "#VALUE"

    def order(self, changed):
        """The changed cells and all that read them, each after what it reads; cycles are marked."""
        state = {}
        result = []

        def visit(address):
            if state.get(address) == "done":
                return
            if state.get(address) == "open":
                raise FormulaError("#CYCLE")
            state[address] = "open"
            for reader in sorted(self.readers.get(address, ())):
                visit(reader)
            state[address] = "done"
            result.append(address)

        for address in changed:
            try:
                visit(address)
            except FormulaError as e:
                for open_cell in [a for a, s in state.items() if s == "open"]:
                    self.values[open_cell] = str(e)
                    state[open_cell] = "done"
        return reversed(result)

    def evaluate(self, node):
        kind = node[0]
        if kind in ("number", "text"):
            return node[1]
        if kind == "cell":
            return self.read(node[1])
        if kind == "range":
            return [self.read(address) for address in node[1]]
        if kind == "negate":
            return -self.evaluate(node[1])
        if kind == "call":
            return self.call(node[1], node[2])
        return self.binary(node[1], self.evaluate(node[2]), self.evaluate(node[3]))

    def read(self, address):
        value = self.values.get(address, 0)
        if isinstance(value, str) and value.startswith("#"):
            raise FormulaError(value)
        return value

    def call(self, name, arguments):
        if name == "IF":
            condition, then, *otherwise = arguments
            if self.evaluate(condition):
                return self.evaluate(then)
            return self.evaluate(otherwise[0]) if otherwise else False
        if name == "IFERROR":
            try:
                return self.evaluate(arguments[0])
            except (FormulaError, ZeroDivisionError, TypeError):
                return self.evaluate(arguments[1])
        if name not in FUNCTIONS:
            raise FormulaError("#NAME")
        return FUNCTIONS[name](*[self.evaluate(a) for a in arguments])

    def binary(self, operator, a, b):
        if operator == "+":
            return a + b
        if operator == "-":
            return a - b
        if operator == "*":
            return a * b
        if operator == "/":
            return a / b
        if operator == "^":
            return a ** b
        if operator == "&":
            return show(a) + show(b)
        if operator == "=":
            return a == b
        if operator == "<>":
            return a != b
        return {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[operator]

    def show_table(self, columns, rows):
        lines = []
        for r in rows:
            lines.append(" | ".join(f"{show(self.values.get(f'{c}{r}', '')):>10}" for c in columns))
        return "\n".join(lines)


def show(value):
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def budget(rows):
    """A budget with a column of prices, amounts, totals, discounts, running sums and shares."""
    cells = {"A1": "item", "B1": "price", "C1": "amount", "D1": "total", "E1": "running", "F1": "share", "G1": "class"}
    for r in range(2, rows + 2):
        cells[f"A{r}"] = f"item{r}"
        cells[f"B{r}"] = (r * 37) % 50 + 0.5
        cells[f"C{r}"] = (r * 7) % 11
        cells[f"D{r}"] = f"=ROUND(B{r}*C{r}*IF(C{r}>5, 90%, 1), 2)"
        cells[f"E{r}"] = f"=E{r - 1}+D{r}" if r > 2 else "=D2"
        cells[f"F{r}"] = f"=IFERROR(ROUND(100*D{r}/D${rows + 2}, 1), 0)".replace("$", "")
        cells[f"G{r}"] = f'=IF(F{r}>3, "big", IF(D{r}=0, "none", "small")) & "-" & LEN(A{r})'
    end = rows + 2
    cells[f"D{end}"] = f"=SUM(D2:D{end - 1})"
    cells[f"E{end}"] = f"=MAX(E2:E{end - 1})-D{end}"
    cells[f"F{end}"] = f"=AVERAGE(F2:F{end - 1})"
    cells[f"C{end}"] = f"=COUNT(C2:C{end - 1})+SQRT(16)"
    return cells


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    sheet = Sheet()
    sheet.fill(budget(40))
    for step in range(size):
        row = step % 40 + 2
        sheet.set(f"B{row}", (step * 13) % 70)
        sheet.set(f"C{row}", step % 9)
        if step % 10 == 0:
            sheet.set("H1", f"=D42 * {step} - SUM(D2:D{row}) / MAX(1, C{row})")
    print(sheet.show_table("ABCDEFG", list(range(1, 8)) + [42]))
    print(sheet.evaluations, show(sheet.values["H1"]))
    sheet.fill({"J1": "=J2+1", "J2": "=J1*2", "K1": "=FOO(1)", "K2": "=1/0", "K3": "=K1+1", "K4": '="a"*-"b"', "K5": "=(1+", "K6": '=LOOKUP("item3", A2:B20)',
                "K7": "=-2^2+MOD(17,5)", "K8": '=UPPER(LEFT("spread", 3))', "K9": "=AND(1<2, 3>=3, NOT(1=2))"})
    print([sheet.values.get(c) for c in ("J1", "J2", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9")])
    sheet.set("J1", 5)
    sheet.set("J2", "=J1*2")
    print(sheet.values["J1"], sheet.values["J2"], [column_letters(n) for n in (1, 26, 27, 703)])


if __name__ == "__main__":
    main()
