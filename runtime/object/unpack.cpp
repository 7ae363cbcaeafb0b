// Unpacking assignment: a, b = o and a, *b, c = o.
#include <utility>
#include "runtime/object/protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/waiting_pieces.h"

namespace krait {

/// What an unpack that failed had got dies from the last one on.
static void release(Value* out, uint32_t n) {
  while (n) {
    decref(out[--n]);
    out[n] = Value();
  }
}
static Value iterateForUnpack(Value o) {
  Value it = iterate(o);
  if (!it && errorMatches(TypeErrorType) && !typeOf(o)->iter && !isSequence(o)) {
    errorClear();
    raise(TypeErrorType, "cannot unpack non-iterable %.200s object", typeOf(o)->name);
  }
  return it;
}

/// The items of a list, or of what iterates as a tuple does, that has as many; null: it has to be asked.
static inline const Value* itemsOf(Value o, uint32_t count) {
  if (!o.isPointer()) return nullptr;
  if (o.object()->layout->flags & kLayoutTupleIter) return asTuple(o)->size == count ? asTuple(o)->items : nullptr;
  return isExactList(o) && asList(o)->size == count ? asList(o)->items : nullptr;
}

/// krt_unpack of what is no tuple or list of so many items.
[[gnu::noinline]] static int32_t unpackOther(Value o, Slot out, uint32_t count) {
  if (isExactTuple(o) || isExactList(o)) {
    const int64_t n = isExactTuple(o) ? asTuple(o)->size : asList(o)->size;
    if (n == count) return 0; // an empty list has no items to point to
    if (n > count) return fail(ValueErrorType, "too many values to unpack (expected %d)", static_cast<int>(count));
    return fail(ValueErrorType, "not enough values to unpack (expected %d, got %zd)", static_cast<int>(count), n);
  }
  Ref it(iterateForUnpack(o));
  if (!it) return -1;
  for (uint32_t i = 0; i < count; ++i) {
    out[i] = next(it);
    if (!out[i]) {
      if (!errorSet())
        raise(ValueErrorType, "not enough values to unpack (expected %d, got %d)", static_cast<int>(count),
              static_cast<int>(i));
      release(out, i);
      return -1;
    }
  }
  Ref extra(next(it));
  if (extra) {
    extra.reset();
    raise(ValueErrorType, "too many values to unpack (expected %d)", static_cast<int>(count));
  }
  if (!errorSet()) return 0;
  release(out, count);
  return -1;
}
// Nothing is saved where all the items stand there.
extern "C" int32_t krt_unpack(Value o, Slot out, uint32_t count) {
  const Value* items = itemsOf(o, count);
  if (!items) return takeWaitingPieces(o, out, count) ? 0 : unpackOther(o, out, count);
  for (uint32_t i = 0; i < count; ++i) out[i] = newRef(items[i]);
  return 0;
}

[[gnu::noinline]] static int32_t unpackGeneral(Value o, Slot locals, Slot buffer, uint32_t count) {
  if (krt_unpack(o, buffer, count) < 0) return -1;
  for (uint32_t i = 0; i < count; ++i) std::swap(locals[i], buffer[i]);
  for (uint32_t i = 0; i < count; ++i) xdecref(buffer[i]);
  return 0;
}

/// Whether all words are the same: four are compared at a time, the last four once more than they need. One answer at the end, since
/// mostly it is the same as the last time.
static inline bool areSame(const Value* a, const Value* b, size_t count) {
  typedef uint64_t Pair __attribute__((vector_size(16), aligned(8), may_alias));
  auto fourAt = [&](size_t n) {
    auto *left = reinterpret_cast<const Pair*>(a + n), *right = reinterpret_cast<const Pair*>(b + n);
    return (left[0] ^ right[0]) | (left[1] ^ right[1]);
  };
  if (count < 4) {
    uint64_t difference = 0;
    for (size_t n = 0; n < count; ++n) difference |= a[n].bits ^ b[n].bits;
    return !difference;
  }
  Pair difference = fourAt(count - 4);
  for (size_t n = 0; n + 4 < count; n += 4) difference |= fourAt(n);
  return !(difference[0] | difference[1]);
}

// What the locals held dies when all of them have their new values: it may hold the sequence.
[[gnu::noinline]] static int32_t replaceLocals(const Value* items, const Value* end, Slot locals, Slot buffer) {
  Slot dead = buffer;
  for (; items != end; ++items, ++locals) {
    const Value v = *items, old = *locals;
    if (v.isPointer()) incref(v);
    *locals = v;
    if (old && old.isPointer()) *dead++ = old;
  }
  for (; buffer != dead; ++buffer) decref(*buffer);
  return 0;
}

extern "C" int32_t krt_unpack_locals(Value o, Slot locals, Slot buffer, uint32_t count) {
  const Value* items = itemsOf(o, count);
  if (!items) [[unlikely]] return unpackGeneral(o, locals, buffer, count);
  if (areSame(items, locals, count)) return 0; // they stay, and so do their counts
  return replaceLocals(items, items + count, locals, buffer);
}

/// A list or tuple that is long enough: nobody sees an iterator.
static int32_t unpackSequence(const Value* items, int64_t size, Slot out, uint32_t before, uint32_t after) {
  const int64_t rest = size - before - after;
  for (int64_t i = 0; i < size; ++i) incref(items[i]);
  Value list = krt_list_new(const_cast<Value*>(items) + before, static_cast<uint64_t>(rest));
  if (!list) { // which dropped its own
    for (int64_t i = 0; i < size; ++i)
      if (i < before || i >= before + rest) decref(items[i]);
    return -1;
  }
  for (int64_t i = 0; i < before; ++i) out[i] = items[i];
  out[before] = list;
  for (int64_t i = 0; i < after; ++i) out[before + 1 + i] = items[before + rest + i];
  return 0;
}

extern "C" int32_t krt_unpack_ex(Value o, Slot out, uint32_t before, uint32_t after) {
  const int64_t least = int64_t{before} + after;
  if (isExactTuple(o) && asTuple(o)->size >= least) return unpackSequence(asTuple(o)->items, asTuple(o)->size, out, before, after);
  if (isExactList(o) && asList(o)->size >= least) return unpackSequence(asList(o)->items, asList(o)->size, out, before, after);
  Ref it(iterateForUnpack(o));
  if (!it) return -1;
  for (uint32_t i = 0; i < before; ++i) {
    out[i] = next(it);
    if (!out[i]) {
      if (!errorSet())
        raise(ValueErrorType, "not enough values to unpack (expected at least %d, got %d)",
              static_cast<int>(before + after), static_cast<int>(i));
      release(out, i);
      return -1;
    }
  }
  Ref rest(toList(it));
  if (!rest) {
    release(out, before);
    return -1;
  }
  ListObject* l = asList(rest);
  int64_t n = l->size;
  if (n < after) {
    raise(ValueErrorType, "not enough values to unpack (expected at least %d, got %zd)",
          static_cast<int>(before + after), static_cast<int64_t>(before) + n);
    rest.reset();
    release(out, before);
    return -1;
  }
  for (uint32_t i = 0; i < after; ++i) out[before + 1 + i] = l->items[n - after + i];
  l->size = n - after;
  out[before] = rest.release();
  return 0;
}

} // namespace krait
