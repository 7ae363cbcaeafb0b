class Part:
    def __init__(self, weight):
        self.weight = weight

def total(parts):
    weight = 0.5
    for part in parts:
        weight += part.weight * 2.0
    return weight

exact = Part(1.5)
vars(exact)["weight"] = 3j
total([Part(n + 0.5) for n in range(100)])
total([exact] * 5)
