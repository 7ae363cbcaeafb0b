"""What an object in memory consists of: its class, its items, its attributes. Words in, words out."""
import struct

from krait_gdb.memory import Unreadable, f64, i32, i64, layout, read, text, u8, u32, u64

_MOST = 1 << 32  # items; what says more is no container


class Class:
    """A type object."""

    def __init__(self, address):
        at = layout()
        self.address = address
        self.flags = u64(address + at.Type_flags)
        is_type = u64(u64(u64(address + at.Object_layout) + at.Layout_type) + at.Type_flags) & at.kTypeType
        if not is_type:
            raise Unreadable("no class")
        heap_name = u64(address + at.Type_heapName) if self.is_heap else 0
        self.name = string(heap_name) if heap_name else text(u64(address + at.Type_name)).rpartition(".")[2]

    @property
    def is_heap(self):
        return bool(self.flags & layout().kTypeHeap)

    def has(self, flags):
        return bool(self.flags & flags)

    def bases(self):
        """Itself and what it is derived from by the first base."""
        at, address = layout(), self.address
        for _ in range(200):
            if not address:
                return
            found = Class(address)
            yield found
            address = u64(address + at.Type_base)


class Object:
    def __init__(self, address):
        at = layout()
        self.address = address
        self.layout = u64(address + at.Object_layout)
        self.type = Class(u64(self.layout + at.Layout_type))

    def word(self, offset):
        return u64(self.address + offset)

    def length(self):
        """As len() gives it, where that is a word of the object; else None."""
        offset = i32(self.layout + layout().Layout_lengthOffset)
        return i64(self.address + offset) if offset else None


def is_int(word):
    return bool(word & layout().kIntTag)


def is_float(word):
    return bool(layout().kFloatTags >> (word & 31) & 1)


def is_pointer(word):
    return word != 0 and not word & layout().kPointerMask


def small_int(word):
    return (word - (word >> 63 << 64)) >> 1


def immediate_float(word):
    at = layout()
    bits = ((word >> at.kFloatTurn | word << (64 - at.kFloatTurn)) - at.kFloatBias) & (1 << 64) - 1
    return struct.unpack("<d", bits.to_bytes(8, "little"))[0]


def size(count):
    if not 0 <= count < _MOST:
        raise Unreadable("no size")
    return count


def words(address, count):
    data = read(address, 8 * size(count))
    return [int.from_bytes(data[n:n + 8], "little") for n in range(0, len(data), 8)]


def string(address, limit=400):
    """The text of a str, of not more than `limit` characters."""
    at = layout()
    length = min(size(i64(address + at.StrObject_length)), limit)
    kind = u8(address + at.StrObject_kind)
    encoding = {1: "latin-1", 2: "utf-16-le", 4: "utf-32-le"}.get(kind)
    if not encoding:
        raise Unreadable("no str")
    return read(address + at.StrObject_data, length * kind).decode(encoding, "surrogatepass")


def integer(address):
    at = layout()
    limbs = i64(address + at.IntObject_size)
    if abs(limbs) > 1 << 20:
        raise Unreadable("no int")
    magnitude = int.from_bytes(read(address + at.IntObject_limbs, 8 * abs(limbs)), "little")
    return -magnitude if limbs < 0 else magnitude


def number(address, *fields):
    return [f64(address + getattr(layout(), field)) for field in fields]


def sequence(obj, limit):
    """Words of a list, tuple or deque, and how many there are."""
    at = layout()
    if obj.type.has(at.kTypeList):
        count = size(obj.word(at.ListObject_size))
        return words(obj.word(at.ListObject_items), min(count, limit)), count
    if obj.type.has(at.kTypeTuple):
        count = size(obj.word(at.TupleObject_size))
        return words(obj.address + at.TupleObject_items, min(count, limit)), count
    count, capacity, head = (size(obj.word(f)) for f in (at.DequeObject_size, at.DequeObject_capacity, at.DequeObject_head))
    ring = obj.word(at.DequeObject_ring)
    return [u64(ring + 8 * ((head + n) & (capacity - 1))) for n in range(min(count, limit))], count


def entries(address):
    """Pairs of a dict's words, in order."""
    at = layout()
    table = u64(address + at.DictObject_entries)
    for n in range(size(i64(address + at.DictObject_entryCount))):
        entry = table + n * at.DictEntry
        key, value = u64(entry + at.DictEntry_key), u64(entry + at.DictEntry_value)
        if not key:
            continue
        if value & at.kPointerMask == at.kIndirectTag:  # the word is its owner's
            value = u64((value - at.kIndirectTag) >> 1)
        yield key, value


def members(address):
    """Words of a set, in its order."""
    at = layout()
    table, mask = u64(address + at.SetObject_table), size(i64(address + at.SetObject_mask))
    live = address + at.SetObject_live if mask < 64 else table + (mask + 1) * at.SetEntry
    for block in range(mask // 64 + 1):
        bits = u64(live + 8 * block)
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            yield u64(table + (64 * block + lowest.bit_length() - 1) * at.SetEntry + at.SetEntry_key)


def _inline(obj):
    """Attributes in words of the instance, as they came into being."""
    at = layout()
    count, slots = u32(obj.layout + at.Layout_slotCount), u32(obj.layout + at.Layout_slotOffset)
    if not count or count > 255:
        return
    names = words(u64(obj.layout + at.Layout_slotNames), count)
    order = obj.word(slots - 8)
    if count <= at.kPackedSlots:
        places = [order >> (4 + 4 * n) & 15 for n in range(min(order & 15, count))]
    else:
        places = list(read(obj.address + slots + 8 * count, min(order, count)))
    for place in places:
        if place < count and (value := obj.word(slots + 8 * place)):
            yield string(names[place]), value


def attributes(obj):
    """Names and words of what the instance has: members of __slots__, then what vars() would show."""
    at = layout()
    if obj.type.is_heap:
        for cls in obj.type.bases():
            if not cls.is_heap:
                break
            count = u32(cls.address + at.HeapType_memberCount)
            if count and count < 1000 and not cls.has(at.kTypeStr):
                names, _ = sequence(Object(u64(cls.address + at.HeapType_slotNames)), count)
                for n, name in enumerate(names):
                    if value := obj.word(u32(cls.address + at.HeapType_memberOffset) + 8 * n):
                        yield string(name), value
    offset = i32(obj.layout + at.Layout_dictOffset)
    attribute_dict = obj.word(offset) if offset else 0
    if not attribute_dict:
        yield from _inline(obj)
        return
    for key, value in entries(attribute_dict):
        if is_pointer(key) and Object(key).type.has(at.kTypeStr) and value:
            yield string(key), value
