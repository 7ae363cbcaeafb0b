// bytearray: a resizable block of bytes. `start` may stand after `block`, so
// that deleting at the front moves nothing; the block has room for a NUL after the
// last byte. What is added at the end and taken at the front is a queue: its bytes move
// only as often as it grows by half, or has given up a quarter. So the block may be larger than `capacity`, and
// `start` stand elsewhere than the `front` bytes behind it that the reference would have given up. While a buffer is exported, nothing may change the size.
#include <algorithm>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/type_name.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_iter.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/bytes_source.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

uint8_t nothing[1] = {0}; // what `start` of an empty array points to

ByteArrayObject* asArray(Value v) { return v.as<ByteArrayObject>(); }

bool canResize(ByteArrayObject* a) {
  if (a->exports == 0) return true;
  raise(BufferErrorType, "Existing exports of data: object cannot be re-sized");
  return false;
}

/// Room for `capacity` bytes from `start` on, of which n and the NUL will be used, in a block that is not much larger. False: no memory,
/// and nothing has changed but the place.
bool makeRoom(ByteArrayObject* a, int64_t n, int64_t capacity) {
  const int64_t kept = std::min(a->size, n);
  int64_t gone = a->block ? a->start - a->block : 0;
  const int64_t room = a->block ? static_cast<int64_t>(blockSize(a->block)) : 0;
  constexpr int64_t kPages = 128 << 10; // from here on a block grows where it stands, or its pages are moved
  const bool isFit = a->block && room / 2 <= capacity + 64 && (gone > 0 || n > a->size);
  if (isFit && gone + capacity <= room) return true;
  auto moveDown = [&] {
    std::memmove(a->block, a->start, static_cast<size_t>(kept));
    a->start = a->block;
    gone = 0;
  };
  if (isFit && capacity <= room && gone >= kept / 4) return moveDown(), true;
  int64_t wanted = capacity;
  if (gone > 0) {
    if (isFit) wanted = std::max(capacity, n + n / 2);
    if (kept < kPages || !isFit) {
      auto* fresh = static_cast<uint8_t*>(allocate(static_cast<size_t>(wanted)));
      if (!fresh) return false;
      std::memcpy(fresh, a->start, static_cast<size_t>(kept));
      deallocate(a->block);
      a->block = a->start = fresh;
      return true;
    }
    if (gone >= kept / 4) moveDown();
  }
  auto* fresh = static_cast<uint8_t*>(reallocate(a->block, static_cast<size_t>(gone + wanted)));
  if (!fresh) return false;
  a->block = fresh;
  a->start = fresh + gone;
  return true;
}

/// Makes the size `n`; the bytes up to the smaller size stay. Capacities are the reference's (__alloc__ shows them).
bool resize(ByteArrayObject* a, int64_t n) {
  if (n == a->size) return true;
  if (!canResize(a)) return false;
  int64_t capacity = n + 1;
  if (n + a->front + 1 <= a->capacity) {
    if (n >= a->capacity / 2) {
      a->size = n;
      a->start[n] = 0;
      return true;
    }
  } else if (static_cast<double>(n) <= static_cast<double>(a->capacity) * 1.125) {
    capacity = n + (n >> 3) + (n < 9 ? 3 : 6);
  }
  if (n > INT64_MAX / 4) return raiseNoMemory(), false;
  if (!makeRoom(a, n, capacity)) return false;
  a->front = 0;
  a->size = n;
  a->capacity = capacity;
  a->start[n] = 0;
  return true;
}

/// Replaces [from, to) by n bytes at p, which must not be the array's own.
bool setRange(ByteArrayObject* a, int64_t from, int64_t to, const uint8_t* p, int64_t n) {
  const int64_t growth = n - (to - from);
  if (growth < 0) {
    if (!canResize(a)) return false;
    if (from == 0) {
      a->start -= growth; // drop the front
      a->front -= growth;
      if (!resize(a, a->size + growth)) {
        a->start += growth;
        a->front += growth;
        return false;
      }
    } else {
      std::memmove(a->start + to + growth, a->start + to, static_cast<size_t>(a->size - to));
      if (!resize(a, a->size + growth)) return false;
    }
  } else if (growth > 0) {
    const int64_t old = a->size;
    if (!resize(a, old + growth)) return false;
    std::memmove(a->start + to + growth, a->start + to, static_cast<size_t>(old - to));
  }
  if (n) std::memmove(a->start + from, p, static_cast<size_t>(n));
  return true;
}

} // namespace

Value newByteArray(const void* data, size_t n) {
  Object* o = newObject(&bytearrayType.instanceLayout);
  if (!o) return {};
  auto* a = reinterpret_cast<ByteArrayObject*>(o);
  a->start = nothing;
  if (n) {
    a->block = static_cast<uint8_t*>(n < INT64_MAX ? allocate(n + 1) : nullptr);
    if (!a->block) {
      freeObject(o);
      return errorSet() ? Value() : raiseNoMemory();
    }
    a->start = a->block;
    a->capacity = static_cast<int64_t>(n) + 1;
    a->size = static_cast<int64_t>(n);
    if (data) std::memcpy(a->start, data, n);
    else std::memset(a->start, 0, n);
    a->start[n] = 0;
  }
  return Value(o);
}

namespace {

Value arrayConstruct(Type* type, const Args&) {
  Value made = allocateOf(type, 0);
  if (made) asArray(made)->start = nothing;
  return made;
}

int32_t arrayInit(Value self, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("bytearray", "(source=b'', encoding='utf-8', errors='strict')", args, argv, 3, holder) < 0) return -1;
  ByteArrayObject* a = asArray(self);
  if (a->size && !resize(a, 0)) return -1;
  const bool isPlain = argv[0] && !argv[1] && !argv[2] && !isStr(argv[0]);
  if (isPlain && !isExactBytes(argv[0])) {
    int64_t n;
    const int32_t counts = countOfZeros(argv[0], &n);
    if (counts < 0) return -1;
    if (counts) {
      if (!resize(a, n)) return -1;
      if (n) std::memset(a->start, 0, static_cast<size_t>(n));
      return 0;
    }
    if (readyTypeOf(argv[0])->buffer) {
      HeldBuffer b;
      if (!b.get(argv[0], kBufferFull) || !resize(a, b.size())) return -1;
      if (b.size()) b.copyTo(a->start);
      return 0;
    }
  }
  if (isPlain && !readyTypeOf(argv[0])->buffer && !isExactList(argv[0]) && !isExactTuple(argv[0])) {
    // Item by item: the iterable may look at the array while it grows.
    Ref it(iterate(argv[0]));
    if (!it && errorClearIf(TypeErrorType)) return fail(TypeErrorType, "cannot convert '%.200s' object to bytearray", typeOf(argv[0])->name);
    while (it) {
      Ref item(next(it));
      if (!item) break;
      uint8_t c;
      if (!byteArgument(item, &c) || !resize(a, a->size + 1)) return -1;
      a->start[a->size - 1] = c;
    }
    return errorSet() ? -1 : 0;
  }
  Ref content(bytesFromArguments("bytearray", argv[0], argv[1], argv[2]));
  if (!content) return -1;
  const std::string_view text = bytesView(content);
  return setRange(a, 0, a->size, reinterpret_cast<const uint8_t*>(text.data()), static_cast<int64_t>(text.size())) ? 0 : -1;
}

void arrayDealloc(Object* o) {
  auto* a = reinterpret_cast<ByteArrayObject*>(o);
  if (a->block) deallocate(a->block);
  freeObject(o);
}

Value reprSlot(Value v) {
  StrBuilder out;
  Ref typeName(newStr(shortName(typeOf(v)))), content(bytesRepr(byteRange(v), "(b", ")", true));
  if (!typeName || !content) return {};
  out.add(typeName.get());
  out.add(content.get());
  return out.take();
}

Value itemSlot(Value v, int64_t i) {
  const ByteRange r = byteRange(v);
  if (i < 0 || i >= r.size) return raise(IndexErrorType, "bytearray index out of range");
  return newInt(r.data[i]);
}

int32_t setItemSlot(Value self, int64_t i, Value v) {
  ByteArrayObject* a = asArray(self);
  uint8_t c;
  if (v && !byteArgument(v, &c)) return -1; // first: __index__ may shrink it
  if (i < 0 || i >= a->size) return fail(IndexErrorType, "bytearray index out of range");
  if (!v) return setRange(a, i, i + 1, nullptr, 0) ? 0 : -1;
  a->start[i] = c;
  return 0;
}

/// a[slice] = bytes, or deletion when n is 0 and step is not 1.
int32_t setSlice(ByteArrayObject* a, Value slice, const uint8_t* p, int64_t n) {
  int64_t start, stop, step;
  if (sliceUnpack(slice, &start, &stop, &step) < 0) return -1;
  const int64_t count = sliceAdjust(a->size, &start, &stop, step);
  if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
  if (step == 1) return setRange(a, start, stop, p, n) ? 0 : -1;
  if (n == 0) { // delete every step-th
    if (count == 0) return 0;
    if (!canResize(a)) return -1;
    if (step < 0) start += step * (count - 1), step = -step;
    int64_t to = start, gone = 0;
    for (int64_t i = start; i < a->size; ++i) {
      if (gone < count && i == start + gone * step) ++gone;
      else a->start[to++] = a->start[i];
    }
    return resize(a, to) ? 0 : -1;
  }
  if (n != count)
    return fail(ValueErrorType, "attempt to assign bytes of size %zd to extended slice of size %zd", static_cast<size_t>(n), static_cast<size_t>(count));
  for (int64_t i = 0; i < n; ++i) a->start[start + i * step] = p[i];
  return 0;
}

int32_t setSubscript(Value self, Value key, Value v) {
  ByteArrayObject* a = asArray(self);
  if (isInt(key) || (readyTypeOf(key)->number && readyTypeOf(key)->number->index)) {
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return -1;
    return setItemSlot(self, i < 0 ? i + a->size : i, v);
  }
  if (!isExact(key, sliceType))
    return fail(TypeErrorType, "bytearray indices must be integers or slices, not %.200s", typeOf(key)->name);
  if (!v) return setSlice(a, key, nullptr, 0);
  if (isInt(key.as<SliceObject>()->step) && intSign(key.as<SliceObject>()->step) == 0) return setSlice(a, key, nullptr, 0); // refuses
  Ref content;
  if (v == self) {
    content.reset(newBytes(a->start, static_cast<size_t>(a->size)));
  } else if (!isByteArray(v)) {
    const NumberSlots* number = readyTypeOf(v)->number;
    if (isStr(v) || isInt(v) || (number && (number->index || number->toInt || number->toFloat)))
      return fail(TypeErrorType, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    content.reset(bytesFromObject(v, "bytearray"));
  }
  if (content) v = content;
  else if (errorSet()) return -1;
  HeldBuffer b;
  if (!b.get(v)) return -1;
  return setSlice(a, key, b.data(), b.size());
}

bool append(ByteArrayObject* a, const uint8_t* p, int64_t n) {
  const int64_t old = a->size;
  if (n == 0) return true;
  if (!resize(a, old + n)) return false;
  std::memcpy(a->start + old, p, static_cast<size_t>(n));
  return true;
}

Value inplaceConcat(Value self, Value other) {
  if (isExactBytes(other)) return append(asArray(self), other.as<BytesObject>()->data, other.as<BytesObject>()->size) ? newRef(self) : Value();
  HeldBuffer b;
  if (!readyTypeOf(other)->buffer || !b.get(other)) { // of itself: it can't be resized then, unless it is empty
    errorClear();
    return raise(TypeErrorType, "can't concat %.100s to %.100s", typeOf(other)->name, typeOf(self)->name);
  }
  ByteArrayObject* a = asArray(self);
  return setRange(a, a->size, a->size, b.data(), b.size()) ? newRef(self) : Value();
}

Value inplaceRepeat(Value self, int64_t n) {
  ByteArrayObject* a = asArray(self);
  if (n < 0) n = 0;
  if (n == 1 || a->size == 0) return newRef(self);
  const int64_t old = a->size;
  if (n && old > INT64_MAX / n) return raiseNoMemory();
  if (!resize(a, old * n)) return {};
  for (int64_t done = old; done < old * n; done += old) std::memcpy(a->start + done, a->start, static_cast<size_t>(old));
  return newRef(self);
}

Value appendMethod(Value self, Value v) {
  uint8_t c;
  if (!byteArgument(v, &c)) return {};
  ByteArrayObject* a = asArray(self);
  if (a->size == INT64_MAX) return raise(OverflowErrorType, "cannot add more objects to bytearray");
  if (!resize(a, a->size + 1)) return {};
  a->start[a->size - 1] = c;
  return newRef(none());
}
Value clearMethod(Value self) { return resize(asArray(self), 0) ? newRef(none()) : Value(); }
Value copyMethod(Value self) { return newByteArray(asArray(self)->start, static_cast<size_t>(asArray(self)->size)); }
Value extendMethod(Value self, Value iterable) {
  ByteArrayObject* a = asArray(self);
  Ref content;
  if (iterable == self || !readyTypeOf(iterable)->buffer) {
    if (iterable == self) {
      content.reset(newBytes(a->start, static_cast<size_t>(a->size)));
    } else {
      RecursionLevels level(1);
      Ref it(level ? iterate(iterable) : Value());
      if (!it) {
        if (errorClearIf(TypeErrorType)) raise(TypeErrorType, "can't extend bytearray with %.100s", typeOf(iterable)->name);
        return {};
      }
      if (lengthHint(iterable, 0) < 0) return {}; // its errors are the caller's
      ByteOutput out;
      for (;;) {
        Ref item(next(it));
        uint8_t c;
        if (!item) break;
        if (!byteArgument(item, &c)) return {};
        out.add(c);
      }
      if (errorSet()) return {};
      content.reset(out.take());
    }
    if (!content) return {};
    iterable = content;
  }
  HeldBuffer b;
  if (!b.get(iterable)) {
    errorClear();
    return raise(TypeErrorType, "can't set bytearray slice from %.100s", typeOf(iterable)->name);
  }
  return setRange(a, a->size, a->size, b.data(), b.size()) ? newRef(none()) : Value();
}
Value insertMethod(Value self, const Value* argv) {
  int64_t i;
  uint8_t c;
  if (!sizeArgument(argv[0], &i) || !byteArgument(argv[1], &c)) return {};
  ByteArrayObject* a = asArray(self);
  const int64_t n = a->size;
  if (i < 0 && (i += n) < 0) i = 0;
  if (i > n) i = n;
  return setRange(a, i, i, &c, 1) ? newRef(none()) : Value();
}
Value popMethod(Value self, const Value* argv) {
  int64_t i = -1;
  if (!sizeArgument(argv[0], &i)) return {};
  ByteArrayObject* a = asArray(self);
  if (a->size == 0) return raise(IndexErrorType, "pop from empty bytearray");
  if (i < 0) i += a->size;
  if (i < 0 || i >= a->size) return raise(IndexErrorType, "pop index out of range");
  if (!canResize(a)) return {};
  const uint8_t c = a->start[i];
  std::memmove(a->start + i, a->start + i + 1, static_cast<size_t>(a->size - i));
  return resize(a, a->size - 1) ? newInt(c) : Value();
}
Value removeMethod(Value self, Value v) {
  uint8_t c;
  if (!byteArgument(v, &c)) return {};
  ByteArrayObject* a = asArray(self);
  auto* at = static_cast<uint8_t*>(a->size ? std::memchr(a->start, c, static_cast<size_t>(a->size)) : nullptr);
  if (!at) return raise(ValueErrorType, "value not found in bytearray");
  const int64_t i = at - a->start;
  if (!canResize(a)) return {};
  std::memmove(at, at + 1, static_cast<size_t>(a->size - i));
  return resize(a, a->size - 1) ? newRef(none()) : Value();
}
Value reverseMethod(Value self) {
  ByteArrayObject* a = asArray(self);
  for (int64_t i = 0, j = a->size - 1; i < j; ++i, --j) {
    const uint8_t c = a->start[i];
    a->start[i] = a->start[j];
    a->start[j] = c;
  }
  return newRef(none());
}
Value allocMethod(Value self) { return newInt(asArray(self)->capacity); }
Value sizeofMethod(Value self) { return newInt(56 + asArray(self)->capacity); }

/// (type, arguments, state): protocol 2 has text for the bytes, later ones the bytes.
Value reduceAs(Value self, bool asText) {
  ByteArrayObject* a = asArray(self);
  Ref state(callMethod(self, NAME(__getstate__)));
  if (!state) return {};
  Ref arguments;
  if (asText) {
    Ref text(newStrLatin1(a->start, static_cast<size_t>(a->size))), encoding(newStr("latin-1"));
    if (!text || !encoding) return {};
    arguments.reset(a->size ? newTuple({text, encoding}) : emptyTuple());
  } else {
    Ref content(newBytes(a->start, static_cast<size_t>(a->size)));
    if (!content) return {};
    arguments.reset(a->size ? newTuple({content}) : emptyTuple());
  }
  return newTuple({asValue(typeOf(self)), arguments, state});
}
Value reduceMethod(Value self) { return reduceAs(self, true); }
Value reduceExMethod(Value self, const Value* argv) {
  int protocol = 0;
  if (!intArgument(argv[0], &protocol)) return {};
  return reduceAs(self, protocol < 3);
}

int32_t getBufferSlot(Value self, Buffer* out, uint32_t flags) {
  ByteArrayObject* a = asArray(self);
  if (fillBuffer(out, self, a->start, a->size, false, flags) < 0) return -1;
  ++a->exports;
  return 0;
}
void releaseBufferSlot(Value self, Buffer*) { --asArray(self)->exports; }

constexpr MethodDef methods[] = {
    {"__alloc__", allocMethod},
    {"__reduce__", reduceMethod, "($self, /)"},
    {"__reduce_ex__", reduceExMethod, "($self, proto=0, /)"},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    {"append", appendMethod, "($self, item, /)"},
    {"clear", clearMethod, "($self, /)"},
    {"copy", copyMethod, "($self, /)"},
    {"extend", extendMethod, "($self, iterable_of_ints, /)"},
    {"insert", insertMethod, "($self, index, item, /)"},
    {"pop", popMethod, "($self, index=-1, /)"},
    {"remove", removeMethod, "($self, value, /)"},
    {"reverse", reverseMethod, "($self, /)"},
    KRAIT_BYTE_METHODS,
    {},
};
Value moduloSlot(Value a, Value b) { return isByteArray(a) ? byteModulo(a, b) : newRef(notImplemented()); }
constexpr NumberSlots number = {.mod = moduloSlot};
constexpr SequenceSlots sequence = {.length = byteLength, .concat = byteConcat, .repeat = byteRepeat, .item = itemSlot,
                                    .setItem = setItemSlot, .contains = byteContains, .inplaceConcat = inplaceConcat,
                                    .inplaceRepeat = inplaceRepeat};
constexpr MappingSlots mapping = {.length = byteLength, .subscript = byteSubscript, .setSubscript = setSubscript};
constexpr BufferSlots buffer = {.get = getBufferSlot, .release = releaseBufferSlot};

} // namespace

constinit Type bytearrayType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "bytearray",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeByteArray | kTypeMatchSelf | kTypeImmutable | kTypeOwnGetAttr,
    .instanceLayout = {.type = &bytearrayType, .size = sizeof(ByteArrayObject), .lengthOffset = offsetof(ByteArrayObject, size)},
    .dealloc = arrayDealloc,
    .repr = reprSlot,
    .str = reprSlot,
    .compare = byteCompare,
    .iter = bytearrayIterate,
    .init = arrayInit,
    .construct = arrayConstruct,
    .number = &number,
    .sequence = &sequence,
    .mapping = &mapping,
    .buffer = &buffer,
    .methods = methods,
    .doc = "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
           "bytearray(bytes_or_buffer) -> bytearray\nbytearray(int) -> bytearray\nbytearray() -> bytearray",
};

} // namespace krait
