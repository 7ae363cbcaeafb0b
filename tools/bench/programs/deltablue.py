"""One-way constraints kept satisfied by an incremental planner: virtual methods, lists, small objects."""
import sys

REQUIRED, STRONG, NORMAL, WEAK, WEAKEST = range(5)


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.strength = WEAKEST
        self.stay = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def add(self, planner):
        for v in self.variables():
            v.constraints.append(self)
        self.forget()
        planner.add(self)

    def destroy(self, planner):
        for v in self.variables():
            v.constraints.remove(self)
        if self.satisfied():
            planner.remove(self)

    def satisfy(self, mark, planner):
        self.choose(mark)
        if not self.satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("a required constraint cannot be satisfied")
            return None
        for v in self.inputs():
            v.mark = mark
        out = self.output()
        old = out.determined_by
        if old is not None:
            old.forget()
        out.determined_by = self
        if not planner.propagate(self, mark):
            raise RuntimeError("a cycle")
        out.mark = mark
        return old

    def known(self, mark):
        return all(v.mark == mark or v.stay or v.determined_by is None for v in self.inputs())

    is_input = False


class Unary(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength)
        self.variable = variable
        self.on = False
        self.add(planner)

    def variables(self):
        return (self.variable,)

    def inputs(self):
        return ()

    def output(self):
        return self.variable

    def choose(self, mark):
        self.on = self.variable.mark != mark and self.strength < self.variable.strength

    def satisfied(self):
        return self.on

    def forget(self):
        self.on = False

    def recalculate(self):
        self.variable.strength = self.strength
        self.variable.stay = not self.is_input
        if self.variable.stay:
            self.execute()

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    is_input = True


class Binary(Constraint):
    def __init__(self, first, second, strength, planner):
        super().__init__(strength)
        self.first = first
        self.second = second
        self.direction = 0
        self.add(planner)

    def variables(self):
        return self.first, self.second

    def source(self):
        return self.first if self.direction > 0 else self.second

    def output(self):
        return self.second if self.direction > 0 else self.first

    def inputs(self):
        return (self.source(),)

    def satisfied(self):
        return self.direction != 0

    def forget(self):
        self.direction = 0

    def choose(self, mark):
        a, b = self.first, self.second
        if a.mark == mark:
            self.direction = 1 if b.mark != mark and self.strength < b.strength else 0
        elif b.mark == mark:
            self.direction = -1 if self.strength < a.strength else 0
        elif a.strength > b.strength:
            self.direction = -1 if self.strength < a.strength else 0
        else:
            self.direction = 1 if self.strength < b.strength else 0

    def recalculate(self):
        source, out = self.source(), self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equal(Binary):
    def execute(self):
        self.output().value = self.source().value


class Scale(Binary):
    def __init__(self, source, scale, offset, target, strength, planner):
        self.scale = scale
        self.offset = offset
        super().__init__(source, target, strength, planner)

    def variables(self):
        return self.first, self.second, self.scale, self.offset

    def inputs(self):
        return self.source(), self.scale, self.offset

    def execute(self):
        if self.direction > 0:
            self.second.value = self.first.value * self.scale.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source, out = self.source(), self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def remove(self, constraint):
        out = constraint.output()
        constraint.forget()
        out.determined_by = None
        out.strength = WEAKEST
        out.stay = True
        unsatisfied, todo = [], [out]
        while todo:
            v = todo.pop()
            unsatisfied += [c for c in v.constraints if not c.satisfied()]
            for c in v.constraints:
                if c is not v.determined_by and c.satisfied():
                    c.recalculate()
                    todo.append(c.output())
        for strength in range(REQUIRED, WEAKEST + 1):
            for c in unsatisfied:
                if c.strength == strength:
                    self.add(c)

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            if c.output().mark == mark:
                self.remove(constraint)
                return False
            c.recalculate()
            self.consumers(c.output(), todo)
        return True

    def consumers(self, variable, into):
        for c in variable.constraints:
            if c is not variable.determined_by and c.satisfied():
                into.append(c)

    def plan(self, sources):
        mark = self.new_mark()
        plan, todo = [], [c for c in sources if c.is_input and c.satisfied()]
        while todo:
            c = todo.pop()
            if c.output().mark != mark and c.known(mark):
                plan.append(c)
                c.output().mark = mark
                self.consumers(c.output(), todo)
        return plan

    def change(self, variable, value):
        edit = Edit(variable, STRONG, self)
        plan = self.plan([edit])
        for _ in range(10):
            variable.value = value
            for c in plan:
                c.execute()
        edit.destroy(self)


def chain(n):
    planner = Planner()
    variables = [Variable(f"v{i}", 0) for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Equal(a, b, REQUIRED, planner)
    Stay(variables[-1], WEAK, planner)
    edit = Edit(variables[0], STRONG, planner)
    plan = planner.plan([edit])
    for i in range(100):
        variables[0].value = i
        for c in plan:
            c.execute()
        assert variables[-1].value == i
    edit.destroy(planner)


def projection(n):
    planner = Planner()
    scale, offset = Variable("scale", 10), Variable("offset", 1000)
    targets = []
    for i in range(n):
        source, target = Variable("source", i), Variable("target", i)
        targets.append(target)
        Stay(source, NORMAL, planner)
        Scale(source, scale, offset, target, REQUIRED, planner)
    planner.change(source, 17)
    assert target.value == 1170
    planner.change(target, 1050)
    assert source.value == 5
    planner.change(scale, 5)
    assert [t.value for t in targets[:-1]] == [i * 5 + 1000 for i in range(n - 1)]
    planner.change(offset, 2000)
    assert [t.value for t in targets[:-1]] == [i * 5 + 2000 for i in range(n - 1)]
    return sum(t.value for t in targets)


n = int(sys.argv[1])
chain(n)
print(projection(n))
