"""A small text adventure: ./bootstrap run examples/adventure.py examples/data/adventure.txt

Commands come from the files named on the command line, or from standard input.
"""
import sys


class GameError(Exception):
    """Something the player cannot do; the text is what the game answers."""


class Thing:
    """Whatever can be looked at. Subclasses override `describe` and the on_… hooks."""

    portable = True

    def __init__(self, name, text, *, weight=1, aliases=()):
        self.name = name
        self.text = text
        self.weight = weight
        self.aliases = frozenset(aliases) | {name}

    def __repr__(self):
        return f"<{type(self).__name__} {self.name!r}>"

    def describe(self, game):
        return self.text

    def on_use(self, game, target):
        raise GameError(f"You wave the {self.name} about. Nothing happens.")

    def matches(self, word):
        return word in self.aliases


class Fixture(Thing):
    """A thing that stays where it is."""

    portable = False


class Lamp(Thing):
    def __init__(self, name, text, oil):
        super().__init__(name, text, weight=2, aliases=("lantern", "light"))
        self.oil = oil
        self.lit = False

    def describe(self, game):
        state = "burning" if self.lit else "dark"
        return f"{self.text} It is {state} and has oil for {self.oil} turns."

    def on_use(self, game, target):
        if not self.oil:
            raise GameError("The lamp is empty.")
        self.lit = not self.lit
        return "The lamp throws a yellow circle." if self.lit else "You put the lamp out."

    def tick(self, game):
        if self.lit:
            self.oil -= 1
            if self.oil == 3:
                yield "The lamp flickers."
            elif self.oil == 0:
                self.lit = False
                yield "The lamp goes out."


class Key(Thing):
    def __init__(self, name, text, opens):
        super().__init__(name, text, aliases=("key",))
        self.opens = opens

    def on_use(self, game, target):
        if target is None:
            raise GameError("Use it on what?")
        if target is not self.opens:
            raise GameError(f"The {self.name} does not fit the {target.name}.")
        return target.unlock(game)


class Chest(Fixture):
    def __init__(self, name, text, contents):
        super().__init__(name, text, aliases=("box",))
        self.contents = list(contents)
        self.locked = True

    def describe(self, game):
        if self.locked:
            return f"{self.text} It is locked."
        inside = ", ".join(t.name for t in self.contents) or "nothing"
        return f"{self.text} It holds {inside}."

    def unlock(self, game):
        if not self.locked:
            raise GameError("It is open already.")
        self.locked = False
        for thing in self.contents:
            game.here.things.append(thing)
        found, self.contents = self.contents, []
        return "Click! Out comes " + " and ".join(f"a {t.name}" for t in found) + "."


class Room:
    opposite = {"north": "south", "south": "north", "east": "west", "west": "east", "up": "down", "down": "up"}

    def __init__(self, name, text, *things, dark=False):
        self.name = name
        self.text = text
        self.things = list(things)
        self.exits = {}
        self.dark = dark
        self.visits = 0

    def join(self, direction, other, *, one_way=False):
        self.exits[direction] = other
        if not one_way:
            other.exits[self.opposite[direction]] = self
        return other

    def describe(self, game, full):
        if self.dark and not game.has_light():
            return ["It is pitch dark. You hear something breathe."]
        lines = [self.name.upper()]
        if full:
            lines.append(self.text)
        if self.things:
            lines.append("You see: " + ", ".join(sorted(t.name for t in self.things)) + ".")
        lines.append("Exits: " + (", ".join(sorted(self.exits)) or "none") + ".")
        return lines


class Player:
    limit = 6

    def __init__(self):
        self.things = []
        self.score = 0

    @property
    def load(self):
        return sum(t.weight for t in self.things)

    def take(self, thing):
        if not thing.portable:
            raise GameError(f"The {thing.name} will not move.")
        if self.load + thing.weight > self.limit:
            raise GameError(f"The {thing.name} is too heavy with all that you carry ({self.load} of {self.limit}).")
        self.things.append(thing)


def command(*names, points=0):
    """Registers a method as the handler of some verbs."""

    def register(method):
        method.verbs = names
        method.points = points
        return method

    return register


class Game:
    handlers = {}

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.handlers = {verb: f for f in vars(cls).values() if hasattr(f, "verbs") for verb in f.verbs}

    def __init__(self, start, treasures):
        self.here = start
        self.treasures = treasures
        self.player = Player()
        self.turn = 0
        self.over = False
        self.done_once = set()

    def has_light(self):
        return any(isinstance(t, Lamp) and t.lit for t in self.player.things + self.here.things)

    def find(self, word, *places):
        candidates = [t for place in places for t in place if t.matches(word)]
        match candidates:
            case []:
                raise GameError(f"There is no {word} here.")
            case [only]:
                return only
            case [first, *others]:
                names = ", ".join(sorted(t.name for t in (first, *others)))
                raise GameError(f"Which one: {names}?")

    def obey(self, line):
        """Yields the answer to one line of input."""
        words = [w for w in line.lower().split() if w not in {"the", "a", "an", "to", "at"}]
        if not words:
            return
        verb, *rest = words
        handler = self.handlers.get(verb)
        try:
            if handler is None:
                raise GameError(f"I don't know how to {verb}.")
            yield from handler(self, *rest)
            if handler.points and verb not in self.done_once:
                self.done_once.add(verb)
                self.player.score += handler.points
        except GameError as error:
            yield str(error)
        except TypeError:
            yield f"I don't understand {' '.join(words)!r}."
        else:
            self.turn += 1
            for thing in self.player.things:
                if hasattr(thing, "tick"):
                    yield from thing.tick(self)


class Adventure(Game):
    @command("look", "l")
    def look(self, what=None):
        if what is None:
            yield from self.here.describe(self, full=True)
        else:
            yield self.find(what, self.player.things, self.here.things).describe(self)

    @command("go", "walk", points=1)
    def go(self, direction):
        if self.here.dark and not self.has_light() and direction not in self.here.exits:
            self.over = True
            yield "You stumble in the dark. Something was hungry."
            return
        try:
            self.here = self.here.exits[direction]
        except KeyError:
            raise GameError(f"You cannot go {direction}.") from None
        self.here.visits += 1
        yield from self.here.describe(self, full=self.here.visits == 1)

    @command("take", "get", points=2)
    def take(self, *words):
        if not words:
            raise GameError("Take what?")
        if words == ("all",):
            things = [t for t in self.here.things if t.portable]
        else:
            found = (self.find(w, self.here.things) for w in words if w != "and")
            things = list(dict.fromkeys(found))  # "iron key" names one thing twice
        for thing in things:
            self.player.take(thing)
            self.here.things.remove(thing)
            yield f"{thing.name}: taken."

    @command("drop")
    def drop(self, what):
        thing = self.find(what, self.player.things)
        self.player.things.remove(thing)
        self.here.things.append(thing)
        yield f"{thing.name}: dropped."

    @command("use", "light", points=3)
    def use(self, what="lamp", *rest):
        thing = self.find(what, self.player.things)
        match rest:
            case []:
                yield thing.on_use(self, None)
            case ["on", target] | [target]:
                yield thing.on_use(self, self.find(target, self.here.things, self.player.things))
            case _:
                raise GameError("Use what on what?")

    @command("inventory", "i")
    def inventory(self):
        if not self.player.things:
            yield "You carry nothing."
        for thing in sorted(self.player.things, key=lambda t: t.name):
            yield f"  {thing.name:<14}{'*' * thing.weight}"

    @command("score")
    def score(self):
        treasures = [t for t in self.player.things if t in self.treasures]
        total = self.player.score + 10 * len(treasures)
        yield f"{total} points in {self.turn} turns; {len(treasures)} of {len(self.treasures)} treasures."
        if len(treasures) == len(self.treasures):
            yield "You have found them all. Well done!"
            self.over = True

    @command("quit", "q")
    def quit(self):
        yield from self.score()
        self.over = True


def build_world():
    crown = Thing("crown", "Gold, with one stone missing.", weight=2)
    ruby = Thing("ruby", "Red as a traffic light.", aliases=("stone",))
    chest = Chest("chest", "Oak and iron.", [crown])
    hall = Room("Hall", "A long hall with a draught from below.", Fixture("portrait", "Somebody's aunt, by somebody's nephew."))
    kitchen = Room("Kitchen", "It smells of onions.", Lamp("lamp", "A brass lamp.", oil=10),
                   Thing("anvil", "Why is there an anvil in the kitchen?", weight=9))
    garden = Room("Garden", "Roses, mostly dead.", Key("brass key", "Small and green with age.", chest),
                  Key("iron key", "Large and red with rust.", None))
    cellar = Room("Cellar", "Barrels along the walls.", chest, dark=True)
    crypt = Room("Crypt", "Nobody has been here for long.", ruby, dark=True)
    hall.join("north", kitchen)
    hall.join("east", garden)
    hall.join("down", cellar).join("west", crypt)
    crypt.join("up", garden, one_way=True)
    for thing in garden.things:
        thing.aliases |= {thing.name.split()[0]}
    return Adventure(hall, {crown, ruby})


def read_commands(files):
    for name in files:
        with open(name, encoding="utf-8") as file:
            for line in file:
                yield line.partition("#")[0].strip()
    if not files:
        yield from (line.strip() for line in sys.stdin)


def main(argv):
    game = build_world()
    for line in game.here.describe(game, full=True):
        print(line)
    for line in read_commands(argv[1:]):
        if not line:
            continue
        print(f"\n> {line}")
        for answer in game.obey(line):
            print(answer)
        if game.over:
            break
    print(f"\nThe end, after {game.turn} turns in {game.here.name}.")
    return 0 if game.over else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
