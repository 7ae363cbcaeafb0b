// Pickling: which way a value goes, numbers, bytes and text, and the memo.
#include <cstdio>
#include "runtime/modules/pickle/plain_output.h"
#include "runtime/object/attributes.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/object_reduce.h"

namespace krait::pickle {

// ---- memo ----

int32_t putMemo(PicklerObject* p, Value v) {
  const int64_t n = p->memo.find(v);
  if (n < 0) return raiseKeyError(v), -1;
  char text[32];
  int64_t size;
  if (!p->binary) {
    size = snprintf(text, sizeof text, "%c%lld\n", kGet, static_cast<long long>(n));
  } else if (n < 256) {
    text[0] = kBinGet;
    text[1] = static_cast<char>(n);
    size = 2;
  } else if (n <= 0xffffffff) {
    text[0] = kLongBinGet;
    std::memcpy(text + 1, &n, 4);
    size = 5;
  } else {
    return fail(*state.picklingError, "memo id too large for LONG_BINGET");
  }
  return put(p, text, size) ? 0 : -1;
}

int32_t memoize(PicklerObject* p, Value v) {
  if (p->fast) return 0;
  const int64_t n = p->memo.size();
  MemoTable::Entry* e = p->memo.place(v);
  if (!e) return -1;
  if (!e->key) p->memo.enter(e, v);
  else e->number = n;
  if (p->protocol >= 4) return putOp(p, kMemoize) ? 0 : -1;
  char text[32];
  int64_t size;
  if (!p->binary) {
    size = snprintf(text, sizeof text, "%c%lld\n", kPut, static_cast<long long>(n));
  } else if (n < 256) {
    text[0] = kBinPut;
    text[1] = static_cast<char>(n);
    size = 2;
  } else if (n <= 0xffffffff) {
    text[0] = kLongBinPut;
    std::memcpy(text + 1, &n, 4);
    size = 5;
  } else {
    return fail(*state.picklingError, "memo id too large for LONG_BINPUT");
  }
  return put(p, text, size) ? 0 : -1;
}

// ---- numbers ----

static int32_t saveBool(PicklerObject* p, bool b) {
  if (p->protocol >= 2) return putOp(p, b ? kNewTrue : kNewFalse) ? 0 : -1;
  return put(p, b ? "I01\n" : "I00\n", 4) ? 0 : -1;
}

[[gnu::noinline]] static int32_t saveIntText(PicklerObject* p, int32_t n) {
  char text[32];
  return put(p, text, snprintf(text, sizeof text, "%c%d\n", kInt, n)) ? 0 : -1;
}
/// Numbers of 32 bits, which most are.
static inline int32_t saveShortInt(PicklerObject* p, int32_t n) {
  if (!p->binary) [[unlikely]] return saveIntText(p, n);
  const bool isByte = n >> 8 == 0, isHalf = n >> 16 == 0;
  const uint64_t op = static_cast<uint8_t>(isByte ? kBinInt1 : isHalf ? kBinInt2 : kBinInt);
  return putWord(p, uint64_t{static_cast<uint32_t>(n)} << 8 | op, isByte ? 2 : isHalf ? 3 : 5) ? 0 : -1;
}
static inline bool isShort(int64_t n) { return n == static_cast<int32_t>(n); }

int32_t saveInt(PicklerObject* p, Value v) {
  int overflow = 0;
  const int64_t n = intToInt64(v, &overflow);
  if (!overflow && isShort(n)) return saveShortInt(p, static_cast<int32_t>(n));
  if (p->protocol < 2) {
    Ref text(repr(v));
    if (!text) return -1;
    Utf8 utf8(text);
    return putOp(p, kLong) && put(p, utf8.data(), static_cast<int64_t>(utf8.size())) && put(p, "L\n", 2) ? 0 : -1;
  }
  const size_t bytes = (intBitLength(v) >> 3) + 1;
  if (bytes > 0x7fffffff) return fail(OverflowErrorType, "int too large to pickle");
  Ref data(newBytes(nullptr, bytes < 2 ? 2 : bytes));
  if (!data) return -1;
  uint8_t* to = data.as<BytesObject>()->data;
  if (intToBytes(v, to, bytes, true, true) < 0) return -1;
  size_t used = bytes;
  if (intSign(v) < 0 && used > 1 && to[used - 1] == 0xff && to[used - 2] & 0x80) --used;
  char header[5] = {used < 256 ? kLong1 : kLong4};
  std::memcpy(header + 1, &used, 4);
  return put(p, header, used < 256 ? 2 : 5) && put(p, to, static_cast<int64_t>(used)) ? 0 : -1;
}

int32_t saveFloat(PicklerObject* p, Value v) {
  const double d = floatValue(v);
  if (p->binary) {
    char text[9] = {kBinFloat};
    const uint64_t bits = __builtin_bswap64(std::bit_cast<uint64_t>(d));
    std::memcpy(text + 1, &bits, 8);
    return put(p, text, 9) ? 0 : -1;
  }
  Ref text(doubleToText(d, 'r', 0, kDoubleAddDot0));
  if (!text) return -1;
  Utf8 utf8(text);
  return putOp(p, kFloat) && put(p, utf8.data(), static_cast<int64_t>(utf8.size())) && put(p, "\n", 1) ? 0 : -1;
}

// ---- bytes ----

static int32_t saveBytesData(PicklerObject* p, Value v, const void* data, int64_t n) {
  char header[9];
  int64_t size;
  if (n < 256) {
    header[0] = kShortBinBytes;
    size = 2;
  } else if (n <= 0xffffffff) {
    header[0] = kBinBytes;
    size = 5;
  } else if (p->protocol >= 4) {
    header[0] = kBinBytes8;
    size = 9;
  } else {
    return fail(OverflowErrorType, "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
  }
  std::memcpy(header + 1, &n, 8);
  if (!putBytes(p, header, size, data, n, isExactBytes(v) ? v : Value())) return -1;
  return memoize(p, v);
}

int32_t saveBytes(PicklerObject* p, Value v) {
  const std::string_view text = bytesView(v);
  if (p->protocol >= 3) return saveBytesData(p, v, text.data(), static_cast<int64_t>(text.size()));
  // Python 2 has no such type: text with the same numbers, to be encoded on the other side.
  Ref reduced;
  if (text.empty()) {
    reduced.reset(newTuple({asValue(&bytesType), emptyTuple()}));
  } else {
    Ref latin(newStrLatin1(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
    Ref args(latin ? newTuple({latin.get(), state.latin1}) : Value());
    if (args) reduced.reset(newTuple({state.codecsEncode, args}));
  }
  return reduced ? saveReduce(p, reduced, v) : -1;
}

static int32_t saveByteArrayData(PicklerObject* p, Value v, const void* data, int64_t n) {
  char header[9] = {kByteArray8};
  std::memcpy(header + 1, &n, 8);
  if (!putBytes(p, header, 9, data, n, isExact(v, bytearrayType) ? v : Value())) return -1;
  return memoize(p, v);
}

int32_t saveByteArray(PicklerObject* p, Value v) {
  auto* b = v.as<ByteArrayObject>();
  if (p->protocol >= 5) return saveByteArrayData(p, v, b->start, b->size);
  Ref bytes(b->size ? newBytes(b->start, static_cast<size_t>(b->size)) : Value());
  if (b->size && !bytes) return -1;
  Ref args(b->size ? newTuple({bytes}) : emptyTuple()), reduced(args ? newTuple({asValue(&bytearrayType), args}) : Value());
  return reduced ? saveReduce(p, reduced, v) : -1;
}

int32_t savePickleBuffer(PicklerObject* p, Value v) {
  if (p->protocol < 5) return fail(*state.picklingError, "PickleBuffer can only pickled with protocol >= 5");
  const Buffer& view = v.as<PickleBufferObject>()->view;
  if (!view.owner) return fail(ValueErrorType, "operation forbidden on released PickleBuffer object");
  if (!bufferIsContiguous(view, 'A'))
    return fail(*state.picklingError, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  bool inBand = true;
  if (p->bufferCallback) {
    Ref callback = Ref::share(p->bufferCallback), answer(call(callback, {v}));
    const int32_t truth = answer ? isTrue(answer) : -1;
    if (truth < 0) return -1;
    inBand = truth;
  }
  if (inBand) return view.readOnly ? saveBytesData(p, v, view.data, view.bytes) : saveByteArrayData(p, v, view.data, view.bytes);
  return putOp(p, kNextBuffer) && (!view.readOnly || putOp(p, kReadOnlyBuffer)) ? 0 : -1;
}

// ---- text ----

/// The raw-unicode-escape of protocol 0, with what would end the line escaped.
static Value escapeLine(Value v) {
  StrBuilder text;
  const StrObject* s = asStr(v);
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    char escape[16];
    if (c >= 0x10000) snprintf(escape, sizeof escape, "\\U%08x", c);
    else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a) snprintf(escape, sizeof escape, "\\u%04x", c);
    else {
      text.add(c);
      continue;
    }
    text.addAscii(escape);
  }
  Ref latin(text.take());
  return latin ? encodeStr(latin, "latin-1", nullptr) : Value();
}

int32_t saveStr(PicklerObject* p, Value v) {
  if (!p->binary) {
    Ref line(escapeLine(v));
    if (!line) return -1;
    const std::string_view text = bytesView(line);
    if (!putOp(p, kUnicode) || !put(p, text.data(), static_cast<int64_t>(text.size())) || !put(p, "\n", 1)) return -1;
    return memoize(p, v);
  }
  const StrObject* s = asStr(v);
  Ref encoded;
  const void* data = s->data();
  int64_t n = s->length;
  if (!(s->flags & kStrAscii)) {
    encoded.reset(encodeStr(v, "utf-8", "surrogatepass"));
    if (!encoded) return -1;
    data = encoded.as<BytesObject>()->data;
    n = encoded.as<BytesObject>()->size;
  }
  if (n <= 0xff && p->protocol >= 4) {
    const uint64_t header = static_cast<uint8_t>(kShortBinUnicode) | static_cast<uint64_t>(n) << 8;
    return putWord(p, header, 2) && put(p, data, n) ? memoize(p, v) : -1;
  }
  char header[9];
  int64_t size;
  if (n <= 0xffffffff) {
    header[0] = kBinUnicode;
    size = 5;
  } else if (p->protocol >= 4) {
    header[0] = kBinUnicode8;
    size = 9;
  } else {
    return fail(OverflowErrorType, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
  }
  std::memcpy(header + 1, &n, 8);
  if (!putBytes(p, header, size, data, n, encoded)) return -1;
  return memoize(p, v);
}

char* textAt(PicklerObject* p, char* to, Value v) {
  const StrObject* s = asStr(v);
  const int64_t n = s->length;
  if (n > 0xff || !(s->flags & kStrAscii) || to + n >= p->output + p->plainUntil) return nullptr;
  if (p->protocol < 4 || p->fast || p->memo.isFull()) [[unlikely]] return nullptr;
  MemoTable::Entry* e = p->memo.placeInRoom(v);
  if (e->key) {
    const uint64_t number = static_cast<uint64_t>(e->number);
    if (number > 0xffffffff) [[unlikely]] return nullptr;
    const uint64_t word = number << 8 | static_cast<uint8_t>(number > 0xff ? kLongBinGet : kBinGet);
    std::memcpy(to, &word, 8);
    return to + (number > 0xff ? 5 : 2);
  }
  p->memo.enter(e, v);
  const uint16_t header = static_cast<uint16_t>(static_cast<uint8_t>(kShortBinUnicode) | n << 8);
  std::memcpy(to, &header, 2);
  to += 2;
  const uint8_t* from = s->data();
  if (n > 32) { // the last words may repeat some of those before
    for (int64_t i = 0; i + 16 < n; i += 16) std::memcpy(to + i, from + i, 16);
    std::memcpy(to + n - 16, from + n - 16, 16);
  } else if (n) {
    copyShortly(reinterpret_cast<uint8_t*>(to), from, static_cast<size_t>(n));
  }
  to[n] = kMemoize;
  return to + n + 1;
}

// ---- dispatch ----

/// 1: it had a persistent id; 0: not; -1: error.
static int32_t savePersistent(PicklerObject* p, Value v) {
  Ref id(callMethodOfSelf(Value(&p->header), p->persistent, p->persistentOwn, v));
  if (!id) return -1;
  if (isNone(id)) return 0;
  if (p->binary) return save(p, id, true) < 0 || !putOp(p, kBinPersId) ? -1 : 1;
  Ref text(str(id)), ascii(text ? encodeStr(text, "ascii", nullptr) : Value());
  if (!ascii) {
    if (errorClearIf(UnicodeEncodeErrorType)) return fail(*state.picklingError, "persistent IDs in protocol 0 must be ASCII strings");
    return -1;
  }
  const std::string_view line = bytesView(ascii);
  return putOp(p, kPersId) && put(p, line.data(), static_cast<int64_t>(line.size())) && put(p, "\n", 1) ? 1 : -1;
}

/// What __reduce_ex__, __reduce__ or a registered function says; null with an error. `global`: it is pickled by name.
static Ref reduce(PicklerObject* p, Value v, Type* t, bool* global) {
  Ref function;
  if (!p->dispatchTable) {
    function = Ref::share(dictGet(state.dispatchTable, asValue(t)));
  } else {
    Ref table = Ref::share(p->dispatchTable);
    function.reset(getItem(table, asValue(t)));
    if (!function && !errorClearIf(KeyErrorType)) return Ref();
  }
  if (!function && errorSet()) return Ref();
  if (function) return Ref(call(function, {v}));
  if (isSubtype(t, &typeType)) {
    *global = true;
    return Ref();
  }
  if (usesObjectMethod(v, NAME(__reduce_ex__))) return Ref(objectReduceEx(v, newInt(p->protocol)));
  function.reset(getAttrOptional(v, NAME(__reduce_ex__)));
  if (function) return Ref(call(function, {newInt(p->protocol)}));
  if (errorSet()) return Ref();
  function.reset(getAttrOptional(v, NAME(__reduce__)));
  if (function) return Ref(call(function));
  if (!errorSet()) raise(*state.picklingError, "can't pickle '%.200s' object: %R", t->name, v);
  return Ref();
}

static int32_t saveByReduction(PicklerObject* p, Value v, Type* t) {
  Ref reduced;
  if (p->reducerOverride) {
    Ref override = Ref::share(p->reducerOverride);
    reduced.reset(call(override, {v}));
    if (!reduced) return -1;
    if (reduced.get() == notImplemented()) reduced.reset();
  }
  if (!reduced) {
    if (t == &typeType) return saveType(p, v);
    if (t == &functionType) return saveGlobal(p, v, Value());
    bool global = false;
    reduced = reduce(p, v, t, &global);
    if (global) return saveGlobal(p, v, Value());
    if (!reduced) return -1;
  }
  if (isStr(reduced)) return saveGlobal(p, v, reduced);
  if (!isTuple(reduced)) return fail(*state.picklingError, "__reduce__ must return a string or tuple");
  return saveReduce(p, reduced, v);
}

[[gnu::noinline]] static int32_t saveObject(PicklerObject* p, Value v, Type* t);

[[gnu::noinline]] static int32_t saveOther(PicklerObject* p, Value v, bool asPersistentId) {
  if (p->size >= p->plainUntil) {
    if (!opcodeBoundary(p)) return -1;
    if (p->persistent && !asPersistentId) [[unlikely]]
      if (int32_t r = savePersistent(p, v)) return r < 0 ? -1 : 0;
  }
  Type* t = typeOf(v);
  if (t == &noneType) return putOp(p, kNone) ? 0 : -1;
  if (t == &boolType) return saveBool(p, v == boolean(true));
  if (t == &intType) return saveInt(p, v);
  if (t == &floatType) return saveFloat(p, v);
  if (p->memo.find(v) >= 0) return putMemo(p, v);
  if (t == &bytesType) return saveBytes(p, v);
  if (t == &strType) return saveStr(p, v);
  return saveObject(p, v, t);
}
int32_t save(PicklerObject* p, Value v, bool asPersistentId) {
  PlainOutput out(p);
  return out.put(v) ? out.note(), 0 : saveOther(p, v, asPersistentId);
}

static int32_t saveObject(PicklerObject* p, Value v, Type* t) {
  if (recursionEnter(kWhilePickling) < 0) return -1;
  const int32_t r = t == &dictType          ? saveDict(p, v)
                    : t == &setType         ? saveSet(p, v)
                    : t == &frozensetType   ? saveFrozenSet(p, v)
                    : t == &listType        ? saveList(p, v)
                    : t == &tupleType       ? saveTuple(p, v)
                    : t == &bytearrayType   ? saveByteArray(p, v)
                    : t == &pickleBufferType ? savePickleBuffer(p, v)
                                            : saveByReduction(p, v, t);
  recursionLeave();
  return r;
}

} // namespace krait::pickle
