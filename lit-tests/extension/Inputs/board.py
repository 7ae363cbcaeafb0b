"""Lists and dicts that the host has, too, with things inside that call it when they die."""
rows = []

class Card:
    def __init__(self, fall): self.fall = fall
    def __del__(self): self.fall()

def deal(fall, count):
    rows.append([Card(fall) for i in range(count)])
    return rows[-1]

def name(fall, count):
    rows.append({i: Card(fall) for i in range(count)})
    return rows[-1]

def clear(number, count):
    row = rows[number]
    if isinstance(row, dict):
        row.clear()
        row.update(zip("abc", range(count)))
    else: row[:] = range(count)

def remove():
    rows.pop()

def count(): return [len(row) for row in rows]
def total(row): return sum(row)
