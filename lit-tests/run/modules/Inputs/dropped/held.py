G = 5


class Noisy:
    def __init__(self, tag):
        self.tag = tag

    def __del__(self):
        print("del", self.tag)


kept = Noisy("kept")


def later():
    yield G
    yield G + 1


def call(x):
    return G + x
