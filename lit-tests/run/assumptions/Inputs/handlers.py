class Handler:
    def __init__(self, action):
        self.action = action
        self.calls = 0


class Loud(Handler):
    def __init__(self, action):
        super().__init__(action)
        self.volume = 11


class Fixed:
    def action(self, x):
        return "method", x


class Free:
    @staticmethod
    def action(x):
        return "static", x


class Asked:
    __slots__ = ("action",)

    def __init__(self, action):
        self.action = action


class Made:
    @property
    def action(self):
        return lambda x: ("property", x)
