"""py-bt, py-locals, py-list, py-up, py-down, py-print."""
import ast
import re

import gdb

from krait_gdb import frames, objects, values
from krait_gdb.memory import Unreadable, layout, u64


class _Command(gdb.Command):
    def __init__(self):
        super().__init__(self.name, self.kind)

    def invoke(self, argument, _from_tty):
        try:
            self.run(argument.strip())
        except Unreadable as reason:
            raise gdb.GdbError(f"memory is not what it should be: {reason}") from None
        except gdb.GdbError:
            raise
        except gdb.error as reason:  # there is no process
            raise gdb.GdbError(str(reason)) from None


class Backtrace(_Command):
    """Lists the Python functions that are running, the innermost first: py-bt [COUNT]"""

    name, kind = "py-bt", gdb.COMMAND_STACK

    def run(self, argument):
        most = int(argument) if argument.isdigit() else None
        print("Traceback (most recent call first):")
        for n, frame in enumerate(frames.frames_from(gdb.newest_frame())):
            if n == most:
                print("  (more)")
                return
            print(frame.title())
            if line := frame.source_line():
                print(line)


class Locals(_Command):
    """Prints the variables of the selected Python function."""

    name, kind = "py-locals", gdb.COMMAND_DATA

    def run(self, _argument):
        for name, value in frames.selected().variables():
            print(f"{name} = {value.format_string()}")


class List(_Command):
    """Shows the source around the selected line of Python: py-list [LINE | FIRST, LAST]"""

    name, kind = "py-list", gdb.COMMAND_FILES

    def run(self, argument):
        frame = frames.selected()
        given = [int(n) for n in re.findall(r"\d+", argument)]
        first = given[0] if len(given) > 1 else max((given or [frame.line])[0] - 5, 1)
        last = given[1] if len(given) > 1 else first + 9
        lines = frame.source()
        if not lines:
            raise gdb.GdbError(f"no source of {frame.filename}")
        for n in range(max(first, 1), min(last, len(lines)) + 1):
            print(f"{'>' if n == frame.line else ' '}{n:4}    {lines[n - 1]}".rstrip())


class _Move(_Command):
    kind = gdb.COMMAND_STACK

    def run(self, argument):
        for _ in range(int(argument) if argument.isdigit() else 1):
            found = self.next(frames.selected().frame)
            if not found:
                raise gdb.GdbError(f"no {self.older_or_newer} Python frame")
            found.frame.select()
        print(found.title())
        if line := found.source_line():
            print(line)


class Up(_Move):
    """Selects the Python function that called this one: py-up [COUNT]"""

    name, older_or_newer = "py-up", "older"

    def next(self, frame):
        return next(frames.frames_from(frame.older()), None)


class Down(_Move):
    """Selects the Python function that this one called: py-down [COUNT]"""

    name, older_or_newer = "py-down", "newer"

    def next(self, frame):
        while frame := frame.newer():
            if found := frames.PythonFrame.of(frame):
                return found
        return None


class Print(_Command):
    """Prints a variable, or an attribute or item of it: py-print NAME[.ATTRIBUTE | [INDEX]]...

    An index is a literal. Attributes are those that the object or its class has; nothing is called.
    """

    name, kind = "py-print", gdb.COMMAND_DATA

    def run(self, argument):
        try:
            path = ast.parse(argument, mode="eval").body
        except SyntaxError:
            raise gdb.GdbError(self.__doc__.splitlines()[0]) from None
        if isinstance(path, ast.Name):  # what is no word, too
            if value := dict(frames.selected().variables()).get(path.id):
                return print(value.format_string())
        print(values.show(self.find(path)))

    def find(self, path):
        if isinstance(path, ast.Name):
            return self.variable(path.id)
        if isinstance(path, ast.Attribute):
            return attribute(self.find(path.value), path.attr)
        if isinstance(path, ast.Subscript):
            try:
                return item(self.find(path.value), ast.literal_eval(path.slice))
            except ValueError:
                pass
        raise gdb.GdbError("py-print knows names, attributes, and items by a literal")

    @staticmethod
    def variable(name):
        frame = frames.selected()
        value = dict(frame.variables()).get(name)
        if value is not None:
            if value.is_optimized_out or value.type.name not in ("krait_value", "krait_keywords", "krait_cell"):
                raise gdb.GdbError(f"'{name}' is no object here: {value.format_string()}")
            word = int(value) & (1 << 64) - 1
            return u64(word + layout().CellObject_contents) if value.type.name == "krait_cell" and word else word
        for other, word in frame.globals():
            if other == name:
                return word
        raise gdb.GdbError(f"name '{name}' is not defined")


def attribute(word, name):
    if objects.is_pointer(word):
        obj = objects.Object(word)
        if obj.type.name == "module" and not obj.type.is_heap:
            places = [objects.entries(obj.word(layout().ModuleObject_dict))]
        else:
            is_class = obj.type.has(layout().kTypeType)
            for own, value in [] if is_class else objects.attributes(obj):
                if own == name:
                    return value
            classes = objects.Class(word).bases() if is_class else obj.type.bases()
            places = [objects.entries(u64(cls.address + layout().Type_dict)) for cls in classes if u64(cls.address + layout().Type_dict)]
        for place in places:
            for key, value in place:
                if objects.string(key) == name:
                    return value
    raise gdb.GdbError(f"no attribute '{name}'")


def item(word, index):
    if objects.is_pointer(word):
        obj, at = objects.Object(word), layout()
        if obj.type.has(at.kTypeDict):
            for key, value in objects.entries(word):
                if values.show(key) == repr(index):
                    return value
        elif (obj.type.has(at.kTypeList | at.kTypeTuple) or obj.type.name == "deque") and isinstance(index, int):
            words, count = objects.sequence(obj, 1 << 32)
            if -count <= index < count:
                return words[index]
    raise gdb.GdbError(f"no item {index!r}")


def register():
    for command in (Backtrace, Locals, List, Up, Down, Print):
        command()
