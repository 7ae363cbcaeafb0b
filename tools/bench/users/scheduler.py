"""Plans projects: tasks with dependencies, people with skills and holidays, critical paths, and a chart."""
import random
import sys
from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache, total_ordering


class PlanError(Exception):
    pass


class CycleError(PlanError):
    def __init__(self, names):
        super().__init__("cycle: " + " -> ".join(names))
        self.names = names


@total_ordering
class Priority:
    LEVELS = ["low", "normal", "high", "urgent"]

    def __init__(self, name):
        if name not in self.LEVELS:
            raise PlanError(f"no priority {name}")
        self.level = self.LEVELS.index(name)

    def __eq__(self, other):
        return isinstance(other, Priority) and self.level == other.level

    def __lt__(self, other):
        return self.level < other.level

    def __hash__(self):
        return self.level

    def __str__(self):
        return self.LEVELS[self.level]


class Task:
    def __init__(self, name, days, skill, priority="normal", after=()):
        self.name = name
        self.days = days
        self.skill = skill
        self.priority = Priority(priority)
        self.after = list(after)
        self.start = self.end = None
        self.person = None

    def __repr__(self):
        return f"Task({self.name}, {self.days})"


class Person:
    def __init__(self, name, skills, holidays=()):
        self.name = name
        self.skills = dict(skills)
        self.holidays = set(holidays)
        self.booked = {}

    def works(self, day):
        return day.weekday() < 5 and day not in self.holidays and day not in self.booked

    def book(self, task, start):
        """Books the task from `start` on, in pieces if need be; the last day."""
        left = task.days / self.skills[task.skill]
        day = start
        while left > 0:
            if self.works(day):
                self.booked[day] = task.name
                left -= 1
                last = day
            day += timedelta(days=1)
        return last

    def would_end(self, task, start):
        left = task.days / self.skills[task.skill]
        day = start
        while True:
            if self.works(day):
                left -= 1
                if left <= 0:
                    return day
            day += timedelta(days=1)


class Project:
    def __init__(self, name, start):
        self.name = name
        self.start = start
        self.tasks = {}
        self.people = []

    def add(self, task):
        if task.name in self.tasks:
            raise PlanError(f"two tasks {task.name}")
        self.tasks[task.name] = task
        return task

    def followers(self):
        result = defaultdict(list)
        for task in self.tasks.values():
            for name in task.after:
                if name not in self.tasks:
                    raise PlanError(f"{task.name} waits for unknown {name}")
                result[name].append(task.name)
        return result

    def order(self):
        """Names such that each comes after what it waits for; ties by priority, then name."""
        followers = self.followers()
        missing = {name: len(task.after) for name, task in self.tasks.items()}
        ready = sorted((name for name, n in missing.items() if n == 0), key=self.rank)
        result = []
        while ready:
            name = ready.pop(0)
            result.append(name)
            for follower in followers[name]:
                missing[follower] -= 1
                if missing[follower] == 0:
                    ready.append(follower)
            ready.sort(key=self.rank)
        if len(result) < len(self.tasks):
            raise CycleError(self.find_cycle({n for n in missing if missing[n] > 0}))
        return result

    def rank(self, name):
        task = self.tasks[name]
        return (-task.priority.level, name)

    def find_cycle(self, names):
        name = min(names)
        path = []
        while name not in path:
            path.append(name)
            name = next(n for n in sorted(self.tasks[name].after) if n in names)
        return path[path.index(name):] + [name]

    def critical_path(self):
        followers = self.followers()

        @lru_cache(maxsize=None)
        def longest(name):
            rest = max((longest(f) for f in followers[name]), default=(0, ()))
            return (self.tasks[name].days + rest[0], (name,) + rest[1])

        return max(longest(name) for name in self.tasks)

    def slack(self):
        order = self.order()
        earliest = {}
        for name in order:
            task = self.tasks[name]
            earliest[name] = max((earliest[a] + self.tasks[a].days for a in task.after), default=0)
        end = max(earliest[n] + self.tasks[n].days for n in order)
        latest = {}
        followers = self.followers()
        for name in reversed(order):
            latest[name] = min((latest[f] for f in followers[name]), default=end) - self.tasks[name].days
        return {name: latest[name] - earliest[name] for name in order}

    def schedule(self):
        for name in self.order():
            task = self.tasks[name]
            start = max((self.tasks[a].end + timedelta(days=1) for a in task.after), default=self.start)
            able = [p for p in self.people if task.skill in p.skills]
            if not able:
                raise PlanError(f"nobody can do {task.name} ({task.skill})")
            person = min(able, key=lambda p: (p.would_end(task, start), p.name))
            task.start = start
            task.end = person.book(task, start)
            task.person = person
        return max(t.end for t in self.tasks.values())

    def chart(self, days=60):
        lines = []
        for task in sorted(self.tasks.values(), key=lambda t: (t.start, t.name))[:12]:
            cells = []
            for i in range(days):
                day = self.start + timedelta(days=i)
                if task.person.booked.get(day) == task.name:
                    cells.append("=")
                elif day.weekday() >= 5:
                    cells.append(".")
                else:
                    cells.append(" ")
            lines.append(f"{task.name:14}{''.join(cells)} {task.person.name}")
        return "\n".join(lines)

    def load(self):
        return {p.name: len(p.booked) for p in self.people}


def sample_project(number, tasks):
    rng = random.Random(number)
    project = Project(f"project {number}", date(2024, 1, 1) + timedelta(days=number))
    skills = ["design", "code", "test", "write"]
    for i, name in enumerate(["ada", "bob", "cem", "dora", "eve"]):
        mine = {s: rng.choice([0.5, 1, 1, 1.5]) for s in rng.sample(skills, 2)}
        mine[skills[i % 4]] = 1
        holidays = {date(2024, 1, 1) + timedelta(days=rng.randrange(300)) for _ in range(20)}
        project.people.append(Person(name, mine, holidays))
    names = []
    for i in range(tasks):
        after = rng.sample(names, min(len(names), rng.choice([0, 1, 1, 2, 3])))
        name = f"{rng.choice(['build', 'check', 'draw', 'ship'])}-{i}"
        project.add(Task(name, rng.randrange(1, 6), rng.choice(skills), rng.choice(Priority.LEVELS), after))
        names.append(name)
    return project


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    ends = []
    lengths = []
    slacks = defaultdict(int)
    for number in range(size):
        project = sample_project(number, 40)
        ends.append(project.schedule())
        length, path = project.critical_path()
        lengths.append(length)
        for slack in project.slack().values():
            slacks[min(slack // 5, 5)] += 1
    print(project.chart())
    print(project.load())
    print("critical:", length, " ".join(path))
    print("ends:", min(ends).isoformat(), max(ends).isoformat(), "mean length", sum(lengths) / len(lengths))
    print("slack:", dict(sorted(slacks.items())))
    late = [t for t in project.tasks.values() if (t.end - project.start).days > 90]
    print(len(late), "late,", sum(1 for t in late if t.priority >= Priority("high")), "of them important")
    broken = sample_project(1, 6)
    first, *_, last = broken.tasks.values()
    first.after.append(last.name)
    last.after.append(first.name)
    for trial in (broken.schedule, lambda: broken.add(first), lambda: Priority("none"), lambda: sample_project(1, 3).tasks["build-99"]):
        try:
            trial()
        except PlanError as e:
            print(type(e).__name__, e)
        except KeyError as e:
            print("KeyError", e)


if __name__ == "__main__":
    main()
