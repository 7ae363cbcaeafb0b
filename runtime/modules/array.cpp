// array.array: storage, slots, buffer, iterator and the module.
#include "runtime/modules/array.h"
#include <cstring>
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/object/type_name.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

// ---- storage ----------------------------------------------------------------

int32_t arrayResize(ArrayObject* a, int64_t size) {
  if (a->exports && size != a->size)
    return fail(BufferErrorType, "cannot resize an array that is exporting buffers");
  if (a->allocated >= size && a->size < size + 16 && a->items) {
    a->size = size;
    return 0;
  }
  if (size == 0) {
    deallocate(a->items);
    a->items = nullptr;
    a->size = a->allocated = 0;
    return 0;
  }
  int64_t allocated = (size >> 4) + (a->size < 8 ? 3 : 7) + size;
  if (allocated > INT64_MAX / a->kind->itemSize) {
    raiseNoMemory();
    return -1;
  }
  auto* items = static_cast<uint8_t*>(reallocate(a->items, static_cast<size_t>(allocated * a->kind->itemSize)));
  if (!items) return -1;
  a->items = items;
  a->size = size;
  a->allocated = allocated;
  return 0;
}
Value newArray(Type* t, const ArrayKind* kind, int64_t size) {
  if (size > INT64_MAX / kind->itemSize) return raiseNoMemory();
  Ref v(allocateOf(t, 0));
  if (!v) return Value();
  ArrayObject* a = asArray(v);
  a->kind = kind;
  if (size) {
    a->items = static_cast<uint8_t*>(allocateZeroed(static_cast<size_t>(size * kind->itemSize)));
    if (!a->items) return Value();
  }
  a->size = a->allocated = size;
  if (t->instanceLayout.flags & kLayoutGc) gcTrack(v.get().object()); // of classes whose instances have a dict
  return v.release();
}
Value arrayItem(ArrayObject* a, int64_t i) {
  if (i < 0 || i >= a->size) return raise(IndexErrorType, "array index out of range");
  return a->kind->get(a->at(i));
}
int32_t arrayInsert(ArrayObject* a, int64_t i, Value v) {
  alignas(8) uint8_t item[8];
  if (a->kind->set(item, v) < 0) return -1;
  int64_t n = a->size, width = a->kind->itemSize;
  if (arrayResize(a, n + 1) < 0) return -1;
  if (i < 0) i = i + n < 0 ? 0 : i + n;
  if (i > n) i = n;
  std::memmove(a->at(i) + width, a->at(i), static_cast<size_t>((n - i) * width));
  std::memcpy(a->at(i), item, static_cast<size_t>(width));
  return 0;
}
int32_t arrayExtendBytes(ArrayObject* a, const uint8_t* data, int64_t n) {
  int64_t width = a->kind->itemSize;
  if (n % width) return fail(ValueErrorType, "bytes length not a multiple of item size");
  int64_t old = a->size;
  if (n == 0) return 0;
  if (arrayResize(a, old + n / width) < 0) return -1;
  std::memcpy(a->at(old), data, static_cast<size_t>(n));
  return 0;
}
static int32_t extendOneByOne(ArrayObject* a, Value iterable) {
  Ref it(iterate(iterable));
  if (!it) return -1;
  for (;;) {
    Ref item(next(it));
    if (!item) return errorSet() ? -1 : 0;
    if (arrayInsert(a, a->size, item) < 0) return -1;
  }
}
int32_t arrayExtend(Value v, Value iterable) {
  ArrayObject* a = asArray(v);
  if (isInstanceOf(iterable, arrayType)) {
    ArrayObject* other = asArray(iterable);
    if (other->kind != a->kind) return fail(TypeErrorType, "can only extend with array of same kind");
    int64_t n = other->size, old = a->size;
    if (n == 0) return 0;
    if (arrayResize(a, old + n) < 0) return -1;
    std::memcpy(a->at(old), other->items, static_cast<size_t>(n * a->kind->itemSize));
    return 0;
  }
  return extendOneByOne(a, iterable);
}

// ---- slots ------------------------------------------------------------------

static void arrayDealloc(Object* o) {
  auto* a = reinterpret_cast<ArrayObject*>(o);
  if (a->weakrefs) clearWeakrefs(o);
  deallocate(a->items);
  freeObject(o);
}

/// What an array is made from without an iterator; a str only for one of 'u'.
static bool isTakenWhole(Value initial) {
  return isStr(initial) || isInstanceOf(initial, arrayType) || isList(initial) || isTuple(initial) || isBytes(initial) || hasTypeFlag(initial, kTypeByteArray);
}
static Value arrayConstruct(Type* t, const Args& args) {
  if (rejectsKeywords(t, arrayType) && checkNoKeywords("array.array", args) < 0) return Value();
  if (args.count < 1) return raise(TypeErrorType, "array() takes at least 1 argument (0 given)");
  if (args.count > 2)
    return raise(TypeErrorType, "array() takes at most 2 arguments (%zd given)", static_cast<int64_t>(args.count));
  if (!isStr(args[0]) || asStr(args[0])->length != 1)
    return raise(TypeErrorType, "array() argument 1 must be a unicode character, not %.50G", args[0]);
  const uint32_t code = asStr(args[0])->at(0);
  const ArrayKind* kind = arrayKindOf(code);
  Value initial = args.count > 1 ? args[1] : Value();
  if (initial && code != 'u') {
    if (isStr(initial))
      return raise(TypeErrorType, "cannot use a str to initialize an array with typecode '%c'", code);
    if (isInstanceOf(initial, arrayType) && asArray(initial)->kind->code == 'u')
      return raise(TypeErrorType, "cannot use a unicode array to initialize an array with typecode '%c'", code);
  }
  if (!kind && initial && !isTakenWhole(initial)) { // an iterator is asked for before the code is looked at
    Ref it(iterate(initial));
    if (!it) return Value();
  }
  if (!kind) return raise(ValueErrorType, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  Ref v(newArray(t, kind, 0));
  if (!v || !initial) return v.release();
  ArrayObject* a = asArray(v);
  if (isInstanceOf(initial, arrayType) && asArray(initial)->kind == kind)
    return arrayExtend(v, initial) < 0 ? Value() : v.release();
  if (isList(initial) || isTuple(initial)) {
    // Exactly as many as there are.
    int64_t n = isList(initial) ? asList(initial)->size : asTuple(initial)->size;
    Ref sized(newArray(t, kind, n));
    if (!sized) return Value();
    for (int64_t i = 0; i < n; ++i) {
      Ref item(sequenceItem(initial, i));
      if (!item || kind->set(asArray(sized)->at(i), item) < 0) return Value();
    }
    return sized.release();
  }
  if (isBytes(initial) || hasTypeFlag(initial, kTypeByteArray)) {
    Buffer view;
    if (getBuffer(initial, &view, kBufferSimple) < 0) return Value();
    int32_t r = arrayExtendBytes(a, static_cast<const uint8_t*>(view.data), view.bytes);
    releaseBuffer(&view);
    return r < 0 ? Value() : v.release();
  }
  return extendOneByOne(a, initial) < 0 ? Value() : v.release();
}

static int64_t arrayLength(Value v) { return asArray(v)->size; }
static Value arrayItemSlot(Value v, int64_t i) { return arrayItem(asArray(v), i); }
static int32_t arrayContains(Value v, Value item) {
  for (int64_t i = 0; i < asArray(v)->size; ++i) {
    const int32_t r = arrayItemEquals(asArray(v), i, item);
    if (r) return r;
  }
  return 0;
}
static Value arrayConcat(Value a, Value b) {
  if (!isInstanceOf(b, arrayType))
    return raise(TypeErrorType, "can only append array (not \"%.200s\") to array", typeOf(b)->name);
  ArrayObject *x = asArray(a), *y = asArray(b);
  if (x->kind != y->kind) return raise(TypeErrorType, "bad argument type for built-in operation");
  Value v = newArray(&arrayType, x->kind, x->size + y->size);
  if (!v) return v;
  size_t width = static_cast<size_t>(x->kind->itemSize);
  if (x->size) std::memcpy(asArray(v)->items, x->items, static_cast<size_t>(x->size) * width);
  if (y->size) std::memcpy(asArray(v)->at(x->size), y->items, static_cast<size_t>(y->size) * width);
  return v;
}
static Value arrayRepeat(Value v, int64_t times) {
  ArrayObject* x = asArray(v);
  if (times < 0) times = 0;
  int64_t bytes = x->size * x->kind->itemSize;
  if (bytes && times > INT64_MAX / bytes) return raiseNoMemory();
  Value result = newArray(&arrayType, x->kind, x->size * times);
  if (!result) return result;
  for (int64_t i = 0; bytes && i < times; ++i)
    std::memcpy(asArray(result)->items + i * bytes, x->items, static_cast<size_t>(bytes));
  return result;
}
static Value arrayInplaceConcat(Value a, Value b) {
  if (!isInstanceOf(b, arrayType))
    return raise(TypeErrorType, "can only extend array with array (not \"%.200s\")", typeOf(b)->name);
  return arrayExtend(a, b) < 0 ? Value() : newRef(a);
}
static Value arrayInplaceRepeat(Value v, int64_t times) {
  ArrayObject* a = asArray(v);
  int64_t n = a->size, bytes = n * a->kind->itemSize;
  if (n == 0) return newRef(v);
  if (times < 0) times = 0;
  if (times > INT64_MAX / bytes) return raiseNoMemory();
  if (arrayResize(a, n * times) < 0) return Value();
  for (int64_t i = 1; i < times; ++i) std::memcpy(a->items + i * bytes, a->items, static_cast<size_t>(bytes));
  return newRef(v);
}

static Value arraySubscript(Value v, Value key) {
  ArrayObject* a = asArray(v);
  if (hasIndex(key)) {
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return Value();
    return arrayItem(a, i < 0 ? i + a->size : i);
  }
  if (!isExact(key, sliceType)) return raise(TypeErrorType, "array indices must be integers");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return Value();
  int64_t n = sliceAdjust(a->size, &start, &stop, step);
  if (n < 0) n = 0;
  Value result = newArray(&arrayType, a->kind, n);
  if (!result) return result;
  size_t width = static_cast<size_t>(a->kind->itemSize);
  if (step == 1) {
    if (n) std::memcpy(asArray(result)->items, a->at(start), static_cast<size_t>(n) * width);
    return result;
  }
  for (int64_t i = 0; i < n; ++i) std::memcpy(asArray(result)->at(i), a->at(start + i * step), width);
  return result;
}
/// Replaces [start, start + old) by n items at `from` (which may be null when n is 0).
static int32_t replaceRange(ArrayObject* a, int64_t start, int64_t old, const uint8_t* from, int64_t n) {
  int64_t width = a->kind->itemSize, size = a->size, tail = size - start - old;
  if (n != old && a->exports)
    return fail(BufferErrorType, "cannot resize an array that is exporting buffers");
  if (n < old) {
    std::memmove(a->at(start + n), a->at(start + old), static_cast<size_t>(tail * width));
    if (arrayResize(a, size + n - old) < 0) return -1;
  } else if (n > old) {
    if (arrayResize(a, size + n - old) < 0) return -1;
    std::memmove(a->at(start + n), a->at(start + old), static_cast<size_t>(tail * width));
  }
  if (n) std::memcpy(a->at(start), from, static_cast<size_t>(n * width));
  return 0;
}
static int32_t arraySetSubscript(Value self, Value key, Value v) {
  ArrayObject* a = asArray(self);
  int64_t start, stop, step;
  if (hasIndex(key)) {
    int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return -1;
    if (i < 0) i += a->size;
    if (i < 0 || i >= a->size) return fail(IndexErrorType, "array assignment index out of range");
    if (!v) return replaceRange(a, i, 1, nullptr, 0);
    alignas(8) uint8_t item[8];
    if (a->kind->set(item, v) < 0) return -1;
    if (i >= a->size) return fail(IndexErrorType, "array assignment index out of range");
    std::memcpy(a->at(i), item, static_cast<size_t>(a->kind->itemSize));
    return 0;
  }
  if (!isExact(key, sliceType)) return fail(TypeErrorType, "array indices must be integers");
  if (sliceUnpack(key, &start, &stop, &step) < 0) return -1;
  int64_t n = sliceAdjust(a->size, &start, &stop, step);
  Ref other;
  int64_t given = 0;
  if (v) {
    if (!isInstanceOf(v, arrayType))
      return fail(TypeErrorType, "can only assign array (not \"%.200s\") to array slice", typeOf(v)->name);
    if (asArray(v)->kind != a->kind) return fail(TypeErrorType, "bad argument type for built-in operation");
    other = v == self ? Ref(arraySubscript(self, Ref(newSlice(none(), none(), none())))) : Ref::share(v);
    if (!other) return -1;
    given = asArray(other)->size;
  }
  if ((step > 0 && stop < start) || (step < 0 && stop > start)) stop = start;
  if (a->exports && (given == 0 || given != n))
    return fail(BufferErrorType, "cannot resize an array that is exporting buffers");
  if (step == 1) return replaceRange(a, start, stop - start, v ? asArray(other)->items : nullptr, given);
  size_t width = static_cast<size_t>(a->kind->itemSize);
  if (given == 0) { // an empty array deletes, unlike an empty list
    if (n <= 0) return 0;
    if (step < 0) {
      start += step * (n - 1);
      step = -step;
    }
    int64_t write = start, taken = 0;
    for (int64_t i = start; i < a->size; ++i) {
      if (taken < n && i == start + taken * step) ++taken;
      else std::memmove(a->at(write++), a->at(i), width);
    }
    return arrayResize(a, a->size - n);
  }
  if (given != n)
    return fail(ValueErrorType, "attempt to assign array of size %zd to extended slice of size %zd", given, n);
  for (int64_t i = 0; i < n; ++i) std::memcpy(a->at(start + i * step), asArray(other)->at(i), width);
  return 0;
}

static Value arrayRepr(Value v) {
  ArrayObject* a = asArray(v);
  const char* name = shortName(typeOf(v));
  if (a->size == 0) return formatText("%s('%c')", name, a->kind->code);
  Ref inner(callMethod(v, a->kind->code == 'u' ? "tounicode" : "tolist"));
  return inner ? formatText("%s('%c', %R)", name, a->kind->code, inner.get()) : Value();
}
static Value arrayCompare(Value a, Value b, int op) {
  if (!isInstanceOf(a, arrayType) || !isInstanceOf(b, arrayType)) return notImplemented();
  ArrayObject *x = asArray(a), *y = asArray(b);
  if (x->size != y->size && (op == kEq || op == kNe)) return boolean(op == kNe);
  const bool sameKind = x->kind == y->kind && x->kind->code != 'f' && x->kind->code != 'd' && x->kind->code != 'u';
  const auto width = static_cast<size_t>(x->kind->itemSize);
  const auto both = static_cast<size_t>(x->size < y->size ? x->size : y->size);
  const int64_t same = sameKind && both && !std::memcmp(x->items, y->items, both * width) ? static_cast<int64_t>(both) : 0;
  for (int64_t i = same; i < x->size && i < y->size; ++i) {
    if (sameKind && !std::memcmp(x->at(i), y->at(i), width)) continue; // ints of the same bytes
    Ref p(arrayItem(x, i)), q(p ? arrayItem(y, i) : Value());
    if (!q) return Value();
    const int32_t isSame = equal(p, q);
    if (isSame < 0) return Value();
    if (isSame) continue;
    if (op == kEq || op == kNe) return boolean(op == kNe);
    return compare(p, q, static_cast<CompareOp>(op));
  }
  Ref m(newInt(x->size)), n(newInt(y->size));
  return compare(m, n, static_cast<CompareOp>(op));
}

static int32_t arrayGetBuffer(Value self, Buffer* out, uint32_t flags) {
  ArrayObject* a = asArray(self);
  out->owner = newRef(self);
  static uint8_t nothing[8];
  out->data = a->items ? a->items : nothing;
  out->bytes = a->size * a->kind->itemSize;
  out->itemSize = a->kind->itemSize;
  out->dimensions = 1;
  out->readOnly = false;
  out->format = flags & kBufferFormat ? a->kind->format : nullptr;
  out->shapeStorage[0] = a->size;
  out->strideStorage[0] = a->kind->itemSize;
  if (flags & kBufferNd) out->shape = out->shapeStorage;
  if ((flags & kBufferStrides) == kBufferStrides) out->strides = out->strideStorage;
  ++a->exports;
  return 0;
}
static void arrayReleaseBuffer(Value self, Buffer*) { --asArray(self)->exports; }

// ---- iterator ---------------------------------------------------------------

namespace {
struct ArrayIterator { Object header; Value array; int64_t index; };
} // namespace
static Value arrayIter(Value v) {
  auto* it = reinterpret_cast<ArrayIterator*>(newObject(&arrayIteratorType.instanceLayout));
  it->array = newRef(v);
  gcTrack(&it->header);
  return Value(&it->header);
}
static Value iteratorNext(Value v) {
  auto* it = v.as<ArrayIterator>();
  if (!it->array) return Value();
  if (it->index < asArray(it->array)->size) return arrayItem(asArray(it->array), it->index++);
  clear(it->array);
  return Value();
}
static Value iteratorReduce(Value v) {
  auto* it = v.as<ArrayIterator>();
  Ref f(builtinByName("iter"));
  if (!f) return Value();
  if (!it->array) {
    Ref empty(newList(0)), args(newTuple({empty}));
    return newTuple({f, args});
  }
  Ref args(newTuple({it->array})), index(newInt(it->index));
  return newTuple({f, args, index});
}
static Value iteratorSetState(Value v, Value state) {
  int64_t i = toIndex(state, &OverflowErrorType);
  if (i == -1 && errorSet()) return Value();
  auto* it = v.as<ArrayIterator>();
  if (it->array) it->index = i < 0 ? 0 : i > asArray(it->array)->size ? asArray(it->array)->size : i;
  return none();
}
static constexpr MethodDef iteratorMethods[] = {
    {"__reduce__", iteratorReduce, "($self, /)"}, {"__setstate__", iteratorSetState, "($self, state, /)"}, {}};
constinit Type arrayIteratorType = iteratorTypeOf<ArrayIterator, 1>(arrayIteratorType, "array.arrayiterator",
                                                                    iteratorNext, iteratorMethods,
                                                                    kTypeDisallowInstantiation | kTypeOwnModule);

// ---- type and module --------------------------------------------------------

static constexpr SequenceSlots arraySequence = {
    .length = arrayLength,
    .concat = arrayConcat,
    .repeat = arrayRepeat,
    .item = arrayItemSlot,
    .contains = arrayContains,
    .inplaceConcat = arrayInplaceConcat,
    .inplaceRepeat = arrayInplaceRepeat,
};
static constexpr MappingSlots arrayMapping = {
    .length = arrayLength, .subscript = arraySubscript, .setSubscript = arraySetSubscript};
static constexpr BufferSlots arrayBuffer = {.get = arrayGetBuffer, .release = arrayReleaseBuffer};

constinit Type arrayType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "array.array",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeSequence | kTypeOwnGetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &arrayType, .size = sizeof(ArrayObject), .weakOffset = offsetof(ArrayObject, weakrefs)},
    .dealloc = arrayDealloc,
    .repr = arrayRepr,
    .hash = hashNotImplemented,
    .compare = arrayCompare,
    .iter = arrayIter,
    .construct = arrayConstruct,
    .sequence = &arraySequence,
    .mapping = &arrayMapping,
    .buffer = &arrayBuffer,
    .methods = array_methods::table,
    .getset = array_methods::getset,
    .doc = "Machine values of one kind: array(typecode[, initializer]).",
};

static constexpr MethodDef moduleMethods[] = {
    {"_array_reconstructor", array_methods::reconstruct, "($module, arraytype, typecode, mformat_code, items, /)"}, {}};
static int arrayExec(Value m) {
  if (moduleAddType(m, &arrayType) < 0 || moduleAdd(m, "ArrayType", newRef(asValue(&arrayType))) < 0) return -1;
  // isinstance(a, MutableSequence), as the reference registers it.
  Ref abc(importModule("_collections_abc"));
  Ref base(abc ? getAttr(abc, "MutableSequence") : Value());
  Ref done(base ? callMethod(base, "register", {asValue(&arrayType)}) : Value());
  return done ? moduleAdd(m, "typecodes", newStr("bBuhHiIlLqQfd")) : -1;
}
extern "C" constinit const NativeModule krt_module_array = {"array", moduleMethods, arrayExec};

} // namespace krait
