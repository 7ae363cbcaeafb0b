// The methods of array.array, and its reconstruction from a pickle.
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/array.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::array_methods {

namespace {

Value append(Value self, Value v) {
  return arrayInsert(asArray(self), asArray(self)->size, v) < 0 ? Value() : none();
}
Value insert(Value self, const Value* argv) {
  int64_t i = toIndex(argv[0], &OverflowErrorType);
  if (i == -1 && errorSet()) return Value();
  return arrayInsert(asArray(self), i, argv[1]) < 0 ? Value() : none();
}
Value extend(Value self, Value iterable) { return arrayExtend(self, iterable) < 0 ? Value() : none(); }
Value pop(Value self, const Value* argv) {
  ArrayObject* a = asArray(self);
  int64_t i = argv[0] ? toIndex(argv[0], &OverflowErrorType) : -1;
  if (i == -1 && errorSet()) return Value();
  if (a->size == 0) return raise(IndexErrorType, "pop from empty array");
  if (i < 0) i += a->size;
  if (i < 0 || i >= a->size) return raise(IndexErrorType, "pop index out of range");
  Ref v(arrayItem(a, i)), index(newInt(i));
  return v && delItem(self, index) == 0 ? v.release() : Value();
}
/// Index of the first item equal to v from `start` on (size if there is none), or -1 with an error.
int64_t search(ArrayObject* a, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < a->size && i < stop; ++i) {
    const int32_t r = arrayItemEquals(a, i, v);
    if (r) return r < 0 ? -1 : i;
  }
  return a->size;
}
Value index(Value self, const Value* argv) {
  ArrayObject* a = asArray(self);
  int64_t start = 0, stop = INT64_MAX;
  if (sliceIndex(argv[1], &start) < 0 || sliceIndex(argv[2], &stop) < 0) return Value();
  if (start < 0) start = start + a->size < 0 ? 0 : start + a->size;
  if (stop < 0) stop += a->size;
  int64_t i = search(a, argv[0], start, stop);
  if (i < 0) return Value();
  return i < a->size ? newInt(i) : raise(ValueErrorType, "array.index(x): x not in array");
}
Value remove(Value self, Value v) {
  int64_t i = search(asArray(self), v, 0, INT64_MAX);
  if (i < 0) return Value();
  if (i >= asArray(self)->size) return raise(ValueErrorType, "array.remove(x): x not in array");
  Ref at(newInt(i));
  return delItem(self, at) < 0 ? Value() : none();
}
Value count(Value self, Value v) {
  ArrayObject* a = asArray(self);
  int64_t n = 0;
  for (int64_t i = 0; i < a->size; ++i) {
    const int32_t r = arrayItemEquals(a, i, v);
    if (r < 0) return Value();
    n += r;
  }
  return newInt(n);
}
Value reverse(Value self) {
  ArrayObject* a = asArray(self);
  size_t width = static_cast<size_t>(a->kind->itemSize);
  uint8_t item[8];
  for (int64_t i = 0, j = a->size - 1; i < j; ++i, --j) {
    std::memcpy(item, a->at(i), width);
    std::memcpy(a->at(i), a->at(j), width);
    std::memcpy(a->at(j), item, width);
  }
  return none();
}
template <class Word> void swapBytes(uint8_t* items, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    Word word;
    std::memcpy(&word, items + i * static_cast<int64_t>(sizeof word), sizeof word);
    if constexpr (sizeof word == 2) word = __builtin_bswap16(word);
    else if constexpr (sizeof word == 4) word = __builtin_bswap32(word);
    else word = __builtin_bswap64(word);
    std::memcpy(items + i * static_cast<int64_t>(sizeof word), &word, sizeof word);
  }
}
Value byteswap(Value self) {
  ArrayObject* a = asArray(self);
  switch (a->kind->itemSize) {
  case 2: swapBytes<uint16_t>(a->items, a->size); break;
  case 4: swapBytes<uint32_t>(a->items, a->size); break;
  case 8: swapBytes<uint64_t>(a->items, a->size); break;
  default: break;
  }
  return none();
}
Value bufferInfo(Value self) {
  Ref address(newIntUnsigned(reinterpret_cast<uint64_t>(asArray(self)->items))), n(newInt(asArray(self)->size));
  return newTuple({address, n});
}
Value copy(Value self) {
  ArrayObject* a = asArray(self);
  Value v = newArray(&arrayType, a->kind, a->size);
  if (v && a->size) std::memcpy(asArray(v)->items, a->items, static_cast<size_t>(a->size * a->kind->itemSize));
  return v;
}
Value deepcopy(Value self, Value) { return copy(self); }

// ---- conversions ------------------------------------------------------------

Value tobytes(Value self) {
  ArrayObject* a = asArray(self);
  return newBytes(std::string_view(reinterpret_cast<const char*>(a->items),
                                   static_cast<size_t>(a->size * a->kind->itemSize)));
}
Value frombytes(Value self, Value source) {
  Buffer view;
  if (getBuffer(source, &view, kBufferSimple) < 0) return Value();
  if (view.itemSize != 1) {
    releaseBuffer(&view);
    return raise(TypeErrorType, "a bytes-like object is required");
  }
  int32_t r = arrayExtendBytes(asArray(self), static_cast<const uint8_t*>(view.data), view.bytes);
  releaseBuffer(&view);
  return r < 0 ? Value() : none();
}
Value tolist(Value self) {
  ArrayObject* a = asArray(self);
  ListObject* l = listAllocate(a->size);
  if (!l) return Value();
  l->size = 0;
  gcTrack(&l->header);
  Ref list(Value(&l->header));
  const auto get = a->kind->get;
  for (int64_t i = 0; i < a->size; ++i) { // runs no code
    const Value v = get(a->at(i));
    if (!v) return v;
    noteContent(l, v);
    l->items[l->size++] = v;
  }
  return list.release();
}
Value fromlist(Value self, Value list) {
  if (!isList(list)) return raise(TypeErrorType, "arg must be list");
  ArrayObject* a = asArray(self);
  int64_t old = a->size, n = asList(list)->size;
  for (int64_t i = 0; i < n; ++i) {
    if (asList(list)->size != n) {
      arrayResize(a, old);
      return raise(RuntimeErrorType, "list changed size during iteration");
    }
    Ref item = Ref::share(asList(list)->items[i]);
    if (arrayInsert(a, a->size, item) < 0) {
      // As if nothing had been added.
      Ref error = errorTake();
      arrayResize(a, old);
      errorRestore(error.release());
      return Value();
    }
  }
  return none();
}
Value tounicode(Value self) {
  ArrayObject* a = asArray(self);
  if (a->kind->code != 'u') return raise(ValueErrorType, "tounicode() may only be called on unicode type arrays");
  for (int64_t i = 0; i < a->size; ++i) {
    Ref checked(arrayItem(a, i));
    if (!checked) return Value();
  }
  return newStrFromUcs4(reinterpret_cast<const uint32_t*>(a->items), static_cast<size_t>(a->size));
}
Value fromunicode(Value self, Value text) {
  ArrayObject* a = asArray(self);
  if (!isStr(text))
    return raise(TypeErrorType, "fromunicode() argument must be str, not %.50G", text);
  if (a->kind->code != 'u') return raise(ValueErrorType, "fromunicode() may only be called on unicode type arrays");
  int64_t old = a->size, n = asStr(text)->length;
  if (n && arrayResize(a, old + n) < 0) return Value();
  for (int64_t i = 0; i < n; ++i) {
    uint32_t c = asStr(text)->at(i);
    std::memcpy(a->at(old + i), &c, sizeof c);
  }
  return none();
}
Value tofile(Value self, Value file) {
  ArrayObject* a = asArray(self);
  int64_t bytes = a->size * a->kind->itemSize;
  constexpr int64_t kBlock = 64 * 1024;
  for (int64_t at = 0; at < bytes; at += kBlock) {
    int64_t n = bytes - at < kBlock ? bytes - at : kBlock;
    Ref piece(newBytes(std::string_view(reinterpret_cast<const char*>(a->items) + at, static_cast<size_t>(n))));
    Ref done(piece ? callMethod(file, NAME(write), {piece}) : Value());
    if (!done) return Value();
  }
  return none();
}
Value fromfile(Value self, const Value* argv) {
  ArrayObject* a = asArray(self);
  int64_t n = toIndex(argv[1], &OverflowErrorType);
  if (n == -1 && errorSet()) return Value();
  if (n < 0) return raise(ValueErrorType, "negative count");
  int64_t width = a->kind->itemSize;
  if (n > INT64_MAX / width) return raiseNoMemory();
  Ref size(newInt(n * width));
  Ref data(callMethod(argv[0], NAME(read), {size}));
  if (!data) return Value();
  if (!isBytes(data)) return raise(TypeErrorType, "read() didn't return bytes");
  bool shortRead = static_cast<int64_t>(bytesView(data).size()) != n * width;
  Ref done(frombytes(self, data));
  if (!done) return Value();
  return shortRead ? raise(EOFErrorType, "read() didn't return enough bytes") : none();
}

Value reduceEx(Value self, Value protocolValue) {
  ArrayObject* a = asArray(self);
  if (!isInt(protocolValue)) return raise(TypeErrorType, "__reduce_ex__ argument should be an integer");
  int64_t protocol = toInt64(protocolValue);
  if (protocol == -1 && errorSet()) return Value();
  Ref state(getAttrOptional(self, NAME(__dict__)));
  if (!state) {
    if (errorSet()) return Value();
    state.reset(none());
  }
  Ref code(newStrFromChar(static_cast<uint32_t>(a->kind->code)));
  Value type = asValue(typeOf(self));
  if (protocol < 3) {
    Ref items(tolist(self));
    Ref args(items ? newTuple({code, items}) : Value());
    return args ? newTuple({type, args, state}) : Value();
  }
  Ref array(importModule("array"));
  Ref constructor(array ? getAttr(array, "_array_reconstructor") : Value());
  Ref data(constructor ? tobytes(self) : Value()), format(newInt(a->kind->formatNumber));
  Ref args(data ? newTuple({type, code, format, data}) : Value());
  return args ? newTuple({constructor, args, state}) : Value();
}
Value sizeofArray(Value self) { return newInt(64 + asArray(self)->allocated * asArray(self)->kind->itemSize); }
Value getTypecode(Value self, void*) { return newStrFromChar(static_cast<uint32_t>(asArray(self)->kind->code)); }
Value getItemSize(Value self, void*) { return newInt(asArray(self)->kind->itemSize); }

/// Width and reading of a format of another machine: items as Python values.
Value decodeItem(const uint8_t* p, int64_t format, int64_t width) {
  bool big = format >= 2 && (format & 1);
  if (format >= 14 && format <= 17) {
    uint8_t bytes[8];
    for (int64_t i = 0; i < width; ++i) bytes[i] = p[big ? width - 1 - i : i];
    return newFloat(width == 4 ? static_cast<double>(std::bit_cast<float>(*reinterpret_cast<uint32_t*>(bytes)))
                               : std::bit_cast<double>(*reinterpret_cast<uint64_t*>(bytes)));
  }
  bool isSigned = format == 1 || format == 4 || format == 5 || format == 8 || format == 9 || format == 12 || format == 13;
  return intFromBytes(p, static_cast<size_t>(width), !big, isSigned);
}

} // namespace

Value reconstruct(Value, const Value* argv) {
  if (!hasTypeFlag(argv[0], kTypeType))
    return raise(TypeErrorType, "first argument must be a type object, not %.200s", typeOf(argv[0])->name);
  Type* t = argv[0].as<Type>();
  if (!isSubtype(t, &arrayType)) return raise(TypeErrorType, "%.200s is not a subtype of %.200s", t->name, arrayType.name);
  if (!isStr(argv[1]) || asStr(argv[1])->length != 1)
    return raise(TypeErrorType, "_array_reconstructor() argument 2 must be a unicode character, not %.50s",
                 typeOf(argv[1])->name);
  const ArrayKind* kind = arrayKindOf(asStr(argv[1])->at(0));
  if (!kind) return raise(ValueErrorType, "second argument must be a valid type code");
  int64_t format = toInt64(argv[2]);
  if (format == -1 && errorSet()) return Value();
  if (format < 0 || format > 21) return raise(ValueErrorType, "third argument must be a valid machine format code.");
  if (!isBytes(argv[3])) return raise(TypeErrorType, "fourth argument should be bytes, not %.200s", typeOf(argv[3])->name);
  auto data = bytesView(argv[3]);
  Ref result(newArray(t, kind, 0));
  if (!result) return Value();
  if (format == kind->formatNumber) {
    int32_t r = arrayExtendBytes(asArray(result), reinterpret_cast<const uint8_t*>(data.data()),
                                 static_cast<int64_t>(data.size()));
    return r < 0 ? Value() : result.release();
  }
  if (format >= 18) {
    static constexpr const char* kCodecs[] = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"};
    Ref text(decodeBytes(reinterpret_cast<const uint8_t*>(data.data()), data.size(), kCodecs[format - 18], nullptr));
    Ref done(text ? fromunicode(result, text) : Value());
    return done ? result.release() : Value();
  }
  static constexpr int8_t kWidths[] = {1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 8, 8};
  int64_t width = kWidths[format];
  if (static_cast<int64_t>(data.size()) % width) return raise(ValueErrorType, "bytes length not a multiple of item size");
  for (size_t at = 0; at < data.size(); at += static_cast<size_t>(width)) {
    Ref item(decodeItem(reinterpret_cast<const uint8_t*>(data.data()) + at, format, width));
    if (!item || arrayInsert(asArray(result), asArray(result)->size, item) < 0) return Value();
  }
  return result.release();
}

constinit const MethodDef table[] = {
    {"append", append, "($self, v, /)"},
    {"buffer_info", bufferInfo, "($self, /)"},
    {"byteswap", byteswap, "($self, /)"},
    {"__copy__", copy, "($self, /)"},
    {"count", count, "($self, v, /)"},
    {"__deepcopy__", deepcopy, "($self, unused, /)"},
    {"extend", extend, "($self, bb, /)"},
    {"fromfile", fromfile, "($self, f, n, /)"},
    {"fromlist", fromlist, "($self, list, /)"},
    {"frombytes", frombytes, "($self, buffer, /)"},
    {"fromunicode", fromunicode, "($self, ustr, /)"},
    {"index", index, "($self, v, start=0, stop=sys.maxsize, /)"},
    {"insert", insert, "($self, i, v, /)"},
    {"pop", pop, "($self, i=-1, /)"},
    {"__reduce_ex__", reduceEx, "($self, value, /)"},
    {"remove", remove, "($self, v, /)"},
    {"reverse", reverse, "($self, /)"},
    {"tofile", tofile, "($self, f, /)"},
    {"tolist", tolist, "($self, /)"},
    {"tobytes", tobytes, "($self, /)"},
    {"tounicode", tounicode, "($self, /)"},
    {"__sizeof__", sizeofArray, "($self, /)"},
    {},
};
constinit const GetSetDef getset[] = {{"typecode", getTypecode}, {"itemsize", getItemSize}, {}};

} // namespace krait::array_methods
