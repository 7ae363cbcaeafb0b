"""Values as repr() would show them, as far as that needs no code of the program, and gdb's printers for them.

Whatever is in memory, something is printed: bounded by `print elements`, a depth and a number of objects, `<corrupt 0x...>` for what is
no object.
"""
import struct

import gdb

from krait_gdb import objects
from krait_gdb.memory import NoLayout, Unreadable, layout, read, text, u64

_DEPTH = 6


def limit():
    return gdb.parameter("print elements") or 1 << 20


class _Rendering:
    """One value and all that is in it."""

    def __init__(self):
        self.limit = limit()
        self.left = 10 * self.limit
        self.open = []  # addresses of what is being shown

    def word(self, word):
        self.left -= 1
        if word == 0:
            return "<unbound>"
        try:
            if objects.is_int(word):
                return str(objects.small_int(word))
            if objects.is_float(word):
                return repr(objects.immediate_float(word))
            if not objects.is_pointer(word):
                return f"<corrupt {word:#x}>"
            return self.object(objects.Object(word))
        except Unreadable:
            return f"<corrupt {word:#x}>"

    def object(self, obj):
        at, cls, address = layout(), obj.type, obj.address
        if address == at.trueObject or address == at.falseObject:
            return "True" if address == at.trueObject else "False"
        if cls.has(at.kTypeNone):
            return "None"
        if cls.has(at.kTypeType):
            return f"<class '{objects.Class(address).name}'>"
        plain = self.plain(obj)
        if plain is not None:
            return f"{cls.name}({plain})" if cls.is_heap else plain
        if address in self.open or len(self.open) >= _DEPTH or self.left < 0:
            return "..."
        self.open.append(address)
        try:
            return self.composite(obj)
        finally:
            self.open.pop()

    def plain(self, obj):
        """What holds no other values; None: anything else."""
        at, cls, address = layout(), obj.type, obj.address
        if cls.has(at.kTypeStr):
            return self.cut(objects.string(address, self.limit + 1))
        if cls.has(at.kTypeInt):
            value = objects.integer(address)
            return str(value) if value.bit_length() < 14000 else f"<int of {value.bit_length()} bits>"
        if cls.has(at.kTypeFloat):
            return repr(objects.number(address, "FloatObject_value")[0])
        if cls.has(at.kTypeComplex):
            return repr(complex(*objects.number(address, "ComplexObject_real", "ComplexObject_imag")))
        if cls.has(at.kTypeBytes | at.kTypeByteArray):
            is_array = cls.has(at.kTypeByteArray)
            length = objects.size(obj.word(at.ByteArrayObject_size if is_array else at.BytesObject_size))
            start = obj.word(at.ByteArrayObject_start) if is_array else address + at.BytesObject_data
            shown = self.cut(read(start, min(length, self.limit + 1)))
            return f"bytearray({shown})" if is_array and not cls.is_heap else shown
        return None

    def cut(self, sequence):
        return repr(sequence) if len(sequence) <= self.limit else repr(sequence[:self.limit]) + "..."

    def composite(self, obj):
        at, cls = layout(), obj.type
        if cls.has(at.kTypeDict):
            shown = self.join(self.pairs(obj.address), objects.size(obj.word(at.DictObject_used)), "{}")
            return shown if cls.name == "dict" else f"{cls.name}({shown})"
        if cls.has(at.kTypeSet | at.kTypeFrozenSet):
            count = objects.size(obj.word(at.SetObject_used))
            shown = self.join(map(self.word, objects.members(obj.address)), count, "{}") if count else ""
            return shown if cls.name == "set" and count else f"{cls.name}({shown})"
        if cls.has(at.kTypeList | at.kTypeTuple) or cls.name == "deque":
            items, count = objects.sequence(obj, self.limit)
            shown = self.join(map(self.word, items), count, "()" if cls.has(at.kTypeTuple) else "[]")
            return shown if cls.name in ("list", "tuple") else f"{cls.name}({shown})"
        if cls.has(at.kTypeException):
            arguments, count = objects.sequence(objects.Object(obj.word(at.ExceptionObject_args)), self.limit)
            return cls.name + self.join(map(self.word, arguments), count, "()", isCall=True)
        special = getattr(self, "show_" + cls.name, None)
        if special and not cls.is_heap:
            return special(obj)
        length = obj.length()
        attributes = [f"{name}={self.word(word)}" for name, word in self.some(objects.attributes(obj))]
        if not cls.is_heap and length is not None:
            attributes.append(f"len={length}")
        return f"<{' '.join([cls.name] + attributes)}>"

    def some(self, these):
        for n, one in enumerate(these):
            if n == self.limit or self.left < 0:
                return
            yield one

    def pairs(self, address):
        return (f"{self.word(key)}: {self.word(value)}" for key, value in objects.entries(address))

    def join(self, shown, count, brackets, isCall=False):
        parts = list(self.some(shown))
        if len(parts) < count:
            parts.append("...")
        elif brackets == "()" and count == 1 and not isCall:
            parts.append("")
            return f"({parts[0]},)"
        return brackets[0] + ", ".join(parts) + brackets[1]

    def show_function(self, obj):
        return f"<function {objects.string(obj.word(layout().FunctionObject_qualname))}>"

    def show_method(self, obj):
        at = layout()
        function = objects.Object(obj.word(at.MethodObject_function))
        name = objects.string(function.word(at.FunctionObject_qualname)) if function.type.name == "function" else self.object(function)
        return f"<bound method {name} of {self.word(obj.word(at.MethodObject_self))}>"

    def show_builtin_function_or_method(self, obj):
        at = layout()
        return f"<built-in function {text(u64(obj.word(at.BuiltinFunctionObject_def) + at.MethodDef_name))}>"

    def show_module(self, obj):
        for key, value in objects.entries(obj.word(layout().ModuleObject_dict)):
            if objects.string(key) == "__name__":
                return f"<module {self.word(value)}>"
        return "<module>"

    def show_cell(self, obj):
        return f"<cell {self.word(obj.word(layout().CellObject_contents))}>"

    def show_range(self, obj):
        at = layout()
        start, stop, step = (obj.word(field) for field in (at.RangeObject_start, at.RangeObject_stop, at.RangeObject_step))
        steps = [] if step == 3 else [step]
        return f"range({', '.join(self.word(part) for part in [start, stop] + steps)})"

    def show_ellipsis(self, _obj):
        return "Ellipsis"

    def show_NotImplementedType(self, _obj):
        return "NotImplemented"

    def generator(self, obj):
        at = layout()
        code = obj.word(at.GeneratorObject_code)
        return f"<{obj.type.name} {objects.string(u64(code + at.CodeInfo_qualname))}>"

    show_generator = show_coroutine = show_async_generator = generator


def show(word):
    """The word of a value, as text."""
    try:
        return _Rendering().word(word)
    except NoLayout:
        return f"{word:#x}"


# ---- what gdb asks --------------------------------------------------------------------------------------------------------------


class Word:
    """A local, cell, argument, global or result. `absent`: what the null word means."""

    def __init__(self, value, absent="<unbound>"):
        self.value, self.absent = value, absent

    def to_string(self):
        if self.value.is_optimized_out:
            return "<optimized out>"
        word = int(self.value) & (1 << 64) - 1
        return show(word) if word else self.absent


class Cell(Word):
    """A variable that nested functions share; null: it was not made yet."""

    def to_string(self):
        if self.value.is_optimized_out:
            return "<optimized out>"
        cell = int(self.value) & (1 << 64) - 1
        try:
            return show(u64(cell + layout().CellObject_contents)) if cell else self.absent
        except Unreadable:
            return f"<corrupt {cell:#x}>"


class Raw:
    """A local that is a machine number in the function's version, which `marks` tell: what the word is then, and what the number is
    where it is none."""

    def __init__(self, value, parts):
        self.value, self.parts = value, parts

    def to_string(self):
        word = self.value["word"]
        at = layout()
        whole = self.value["whole"]
        if whole.is_optimized_out or int(whole) != at.kRawWhole or word.is_optimized_out:
            return "<optimized out>"
        if int(word) & (1 << 64) - 1 != at.kRawBound:
            return Word(word).to_string()
        parts = [self.value[part] for part in self.parts]
        if any(part.is_optimized_out for part in parts):
            return "<optimized out>"
        if any(bits(part) == at.kNotRaw for part in parts):
            return Word(word).to_string()
        if self.parts == ["number"]:
            return str(bits(parts[0]))
        numbers = [float(part) for part in parts]
        return repr(numbers[0] if len(numbers) == 1 else complex(*numbers))


def bits(part):
    """Of a double, or an unsigned number."""
    if part.type.code == gdb.TYPE_CODE_INT:
        return int(part) & (1 << 64) - 1
    return int.from_bytes(struct.pack("<d", float(part)), "little")


class Module:
    def __init__(self, value):
        self.address = int(value.address)

    def to_string(self):
        at = layout()
        return f"<module '{text(u64(self.address + at.ModuleInfo_name))}'>"


_PRINTERS = {
    "krait_value": Word,
    "krait_cell": Cell,
    "krait_generator": Word,
    "krait_keywords": lambda value: Word(value, "{}"),
    "krait_number": lambda value: Raw(value, ["real"]),
    "krait_unsigned": lambda value: Raw(value, ["number"]),
    "krait_complex": lambda value: Raw(value, ["real", "imag"]),
    "krait_module": Module,
}


def printer(value):
    make = _PRINTERS.get(value.type.name or "")
    return make(value) if make else None


def register():
    gdb.pretty_printers[:] = [other for other in gdb.pretty_printers if getattr(other, "__module__", "") != __name__]
    gdb.pretty_printers.insert(0, printer)
