"""A dungeon that plays itself: rooms and corridors, monsters with moods, items, fights, fields of view and paths."""
import random
import sys
from collections import deque

WALL, FLOOR, DOOR, STAIRS = "#", ".", "+", ">"


class Position(tuple):
    __slots__ = ()

    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]

    @property
    def y(self):
        return self[1]

    def __add__(self, other):
        return Position(self[0] + other[0], self[1] + other[1])

    def distance(self, other):
        return max(abs(self[0] - other[0]), abs(self[1] - other[1]))


DIRECTIONS = [Position(0, -1), Position(1, 0), Position(0, 1), Position(-1, 0)]


class Room:
    def __init__(self, x, y, width, height):
        self.x, self.y, self.width, self.height = x, y, width, height

    @property
    def center(self):
        return Position(self.x + self.width // 2, self.y + self.height // 2)

    def overlaps(self, other):
        return (self.x <= other.x + other.width and other.x <= self.x + self.width
                and self.y <= other.y + other.height and other.y <= self.y + self.height)

    def inside(self, rng):
        return Position(rng.randrange(self.x, self.x + self.width), rng.randrange(self.y, self.y + self.height))


class Level:
    def __init__(self, width, height, rng):
        self.width, self.height = width, height
        self.cells = [[WALL] * width for _ in range(height)]
        self.rooms = []
        self.rng = rng
        self.dig()

    def __getitem__(self, position):
        return self.cells[position[1]][position[0]]

    def __setitem__(self, position, value):
        self.cells[position[1]][position[0]] = value

    def __contains__(self, position):
        return 0 <= position[0] < self.width and 0 <= position[1] < self.height

    def passable(self, position):
        return position in self and self[position] != WALL

    def dig(self):
        for _ in range(60):
            width, height = self.rng.randrange(4, 10), self.rng.randrange(3, 6)
            room = Room(self.rng.randrange(1, self.width - width - 1), self.rng.randrange(1, self.height - height - 1), width, height)
            if any(room.overlaps(other) for other in self.rooms):
                continue
            for y in range(room.y, room.y + height):
                for x in range(room.x, room.x + width):
                    self[x, y] = FLOOR
            if self.rooms:
                self.corridor(self.rooms[-1].center, room.center)
            self.rooms.append(room)
        self[self.rooms[-1].center] = STAIRS

    def corridor(self, start, end):
        x, y = start
        while x != end.x:
            x += 1 if end.x > x else -1
            if self[x, y] == WALL:
                self[x, y] = FLOOR
        while y != end.y:
            y += 1 if end.y > y else -1
            if self[x, y] == WALL:
                self[x, y] = DOOR if self.rng.random() < 0.1 else FLOOR

    def neighbours(self, position):
        for direction in DIRECTIONS:
            there = position + direction
            if self.passable(there):
                yield there

    def path(self, start, goal, blocked=()):
        """Steps from start to goal, without start; None if there is no way."""
        came_from = {start: None}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if here == goal:
                steps = []
                while here != start:
                    steps.append(here)
                    here = came_from[here]
                return steps[::-1]
            for there in self.neighbours(here):
                if there not in came_from and (there not in blocked or there == goal):
                    came_from[there] = here
                    queue.append(there)
        return None

    def sees(self, a, b):
        """Whether a line between two places meets no wall."""
        (x, y), (x1, y1) = a, b
        dx, dy = abs(x1 - x), -abs(y1 - y)
        sx, sy = (1 if x < x1 else -1), (1 if y < y1 else -1)
        error = dx + dy
        while (x, y) != (x1, y1):
            if self.cells[y][x] == WALL:
                return False
            twice = 2 * error
            if twice >= dy:
                error += dy
                x += sx
            if twice <= dx:
                error += dx
                y += sy
        return True


class Item:
    name = "thing"

    def use(self, user):
        raise NotImplementedError

    def __str__(self):
        return self.name


class Potion(Item):
    name = "potion"

    def use(self, user):
        healed = min(12, user.max_health - user.health)
        user.health += healed
        return f"{user.name} drinks and gains {healed}"


class Sword(Item):
    name = "sword"

    def __init__(self, bonus):
        self.bonus = bonus

    def use(self, user):
        user.strength += self.bonus
        return f"{user.name} wields a sword +{self.bonus}"


class Creature:
    symbol = "?"
    speed = 10

    def __init__(self, name, position, health, strength):
        self.name, self.position = name, position
        self.health = self.max_health = health
        self.strength = strength
        self.energy = 0
        self.items = []

    @property
    def alive(self):
        return self.health > 0

    def act(self, game):
        raise NotImplementedError

    def attack(self, other, game):
        damage = max(1, game.rng.randrange(self.strength) + self.strength // 3)
        other.health -= damage
        game.tell(f"{self.name} hits {other.name} for {damage}")
        if not other.alive:
            game.tell(f"{other.name} dies")
            game.kills[other.name.split()[0]] = game.kills.get(other.name.split()[0], 0) + 1

    def step_to(self, position, game):
        other = game.creature_at(position)
        if other is None:
            self.position = position
        elif type(other) is not type(self):
            self.attack(other, game)


class Hero(Creature):
    symbol = "@"
    speed = 12

    def act(self, game):
        if self.health < self.max_health // 3:
            for item in self.items:
                if isinstance(item, Potion):
                    self.items.remove(item)
                    game.tell(item.use(self))
                    return
        foes = [m for m in game.creatures if m is not self and m.position.distance(self.position) <= 7 and game.level.sees(self.position, m.position)]
        if foes:
            target = min(foes, key=lambda m: (m.position.distance(self.position), m.health)).position
        elif game.items:
            target = min(game.items, key=lambda p: (abs(p[0] - self.position.x) + abs(p[1] - self.position.y), p))
        else:
            target = game.level.rooms[-1].center
        steps = game.level.path(self.position, target)
        if steps:
            self.step_to(steps[0], game)
            item = game.items.pop(self.position, None)
            if item is not None:
                if isinstance(item, Sword):
                    game.tell(item.use(self))
                else:
                    self.items.append(item)


class Monster(Creature):
    def __init__(self, name, position, health, strength):
        super().__init__(name, position, health, strength)
        self.awake = False

    def act(self, game):
        hero = game.hero
        if not self.awake:
            self.awake = self.position.distance(hero.position) < 9 and game.level.sees(self.position, hero.position)
            if not self.awake:
                return
        if self.afraid():
            away = max(game.level.neighbours(self.position), key=lambda p: p.distance(hero.position), default=None)
            if away and game.creature_at(away) is None:
                self.position = away
            return
        steps = game.level.path(self.position, hero.position, {m.position for m in game.creatures if m is not self})
        if steps:
            self.step_to(steps[0], game)

    def afraid(self):
        return False


class Rat(Monster):
    symbol, speed = "r", 14

    def afraid(self):
        return self.health <= 2


class Orc(Monster):
    symbol, speed = "o", 9


class Troll(Monster):
    symbol, speed = "T", 6

    def act(self, game):
        if self.health < self.max_health and game.turn % 4 == 0:
            self.health += 1
        super().act(game)


class Game:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.depth = 0
        self.turn = 0
        self.log = []
        self.kills = {}
        self.hero = Hero("hero", Position(0, 0), 60, 9)
        self.descend()

    def descend(self):
        self.depth += 1
        self.level = Level(60, 22, self.rng)
        self.items = {}
        self.creatures = [self.hero]
        self.hero.position = self.level.rooms[0].center
        for room in self.level.rooms[1:]:
            for kind, chance, health, strength in ((Rat, .7, 4, 3), (Orc, .4, 9 + self.depth, 5), (Troll, .15, 20 + self.depth, 7)):
                if self.rng.random() < chance:
                    place = room.inside(self.rng)
                    if self.creature_at(place) is None:
                        self.creatures.append(kind(f"{kind.__name__.lower()} {len(self.creatures)}", place, health, strength))
            if self.rng.random() < 0.5:
                self.items[room.inside(self.rng)] = Potion() if self.rng.random() < 0.8 else Sword(self.rng.randrange(1, 3))
        self.tell(f"level {self.depth}: {len(self.level.rooms)} rooms, {len(self.creatures) - 1} monsters")

    def creature_at(self, position):
        for creature in self.creatures:
            if creature.position == position and creature.alive:
                return creature
        return None

    def tell(self, text):
        self.log.append(f"{self.turn}: {text}")

    def play(self, turns):
        for _ in range(turns):
            self.turn += 1
            for creature in list(self.creatures):
                if not creature.alive:
                    continue
                creature.energy += creature.speed
                while creature.energy >= 10 and creature.alive:
                    creature.energy -= 10
                    creature.act(self)
            self.creatures = [c for c in self.creatures if c.alive]
            if not self.hero.alive:
                self.tell("the hero is dead")
                return False
            if not self.items and self.level[self.hero.position] == STAIRS:
                self.descend()
        return True

    def draw(self):
        rows = [list(row) for row in self.level.cells]
        for position in self.items:
            rows[position[1]][position[0]] = "!"
        for creature in self.creatures:
            rows[creature.position.y][creature.position.x] = creature.symbol
        return "\n".join("".join(row) for row in rows)


def main():
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    depths = []
    kills = {}
    for seed in range(games):
        game = Game(seed)
        survived = game.play(400)
        depths.append((game.depth, game.turn, survived, game.hero.health))
        for name, n in game.kills.items():
            kills[name] = kills.get(name, 0) + n
    print(game.draw())
    print("\n".join(game.log[:5] + game.log[-5:]))
    print(depths[:10], sum(d[0] for d in depths))
    print(sorted(kills.items()))


if __name__ == "__main__":
    main()
