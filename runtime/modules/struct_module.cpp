// _struct: Struct objects, the module functions over a cache of them, and the
// iterator of iter_unpack.
#include <bit>
#include <cstring>
#include <utility>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/module_exception.h"
#include "runtime/modules/struct_format.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

extern Type structType, unpackIteratorType;
Type* structError;
Value cache; // format -> Struct

StructObject* asStruct(Value v) { return v.as<StructObject>(); }

bool initialised(const StructObject* s) {
  if (s->size >= 0) return true;
  raise(RuntimeErrorType, "Struct object is not initialized");
  return false;
}

Value structConstruct(Type* type, const Args&) {
  Value made = type->allocate(type, 0);
  if (made) asStruct(made)->size = -1;
  return made;
}

int32_t setFormat(StructObject* s, Value format) {
  Ref bytes;
  if (isStr(format)) {
    bytes.reset(encodeStr(format, "ascii", nullptr));
    if (!bytes) return -1;
  } else if (isBytes(format)) {
    bytes = Ref::share(format);
  } else {
    return fail(TypeErrorType, "Struct() argument 1 must be a str or bytes object, not %.200s", typeOf(format)->name);
  }
  assign(s->format, bytes.release());
  return compileStruct(s, *structError);
}

int32_t structInit(Value self, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("Struct", "(format)", args, argv, 1, holder) < 0) return -1;
  return setFormat(asStruct(self), argv[0]);
}

void structDealloc(Object* o) {
  auto* s = reinterpret_cast<StructObject*>(o);
  if (s->weakrefs) clearWeakrefs(o);
  if (s->codes) deallocate(s->codes);
  xdecref(s->format);
  freeObject(o);
}

// ---- packing --------------------------------------------------------------------------------------

using Plain = StructCode::Plain;
/// The bits in the order of the struct's bytes, or back.
template <class Unsigned> Unsigned ordered(Unsigned bits, bool littleEndian) {
  if (littleEndian) return bits;
  if constexpr (sizeof bits == 8) return __builtin_bswap64(bits);
  if constexpr (sizeof bits == 4) return __builtin_bswap32(bits);
  if constexpr (sizeof bits == 2) return __builtin_bswap16(bits);
  return bits;
}
template <class Signed, class Unsigned> bool putPlain(uint8_t* p, int64_t n, Plain kind, bool littleEndian) {
  if constexpr (sizeof(Signed) < 8)
    if (kind == Plain::Signed ? n != static_cast<Signed>(n) : n != static_cast<int64_t>(static_cast<Unsigned>(n))) return false;
  if (kind == Plain::Unsigned && n < 0) return false;
  const auto bits = ordered(static_cast<Unsigned>(n), littleEndian);
  std::memcpy(p, &bits, sizeof bits);
  return true;
}
/// False if the value does not fit.
bool putPlain(const StructCode& code, uint8_t* p, int64_t n, Plain kind, bool littleEndian) {
  switch (code.size) {
  case 1: return putPlain<int8_t, uint8_t>(p, n, kind, littleEndian);
  case 2: return putPlain<int16_t, uint16_t>(p, n, kind, littleEndian);
  case 4: return putPlain<int32_t, uint32_t>(p, n, kind, littleEndian);
  case 8: return putPlain<int64_t, uint64_t>(p, n, kind, littleEndian);
  default: return false;
  }
}
template <class T> int64_t loadAs(const uint8_t* p, bool littleEndian) {
  std::make_unsigned_t<T> word;
  std::memcpy(&word, p, sizeof word);
  return static_cast<int64_t>(static_cast<T>(ordered(word, littleEndian)));
}
/// Null if an int is not small.
Value getPlain(const StructCode& code, const uint8_t* p, Plain kind, bool littleEndian) {
  if (kind == Plain::Double) return newFloat(std::bit_cast<double>(loadAs<int64_t>(p, littleEndian)));
  switch (code.size) {
  case 1: return newInt(kind == Plain::Signed ? loadAs<int8_t>(p, littleEndian) : loadAs<uint8_t>(p, littleEndian));
  case 2: return newInt(kind == Plain::Signed ? loadAs<int16_t>(p, littleEndian) : loadAs<uint16_t>(p, littleEndian));
  case 4: return newInt(kind == Plain::Signed ? loadAs<int32_t>(p, littleEndian) : loadAs<uint32_t>(p, littleEndian));
  case 8:
    if (const int64_t n = loadAs<int64_t>(p, littleEndian); kind == Plain::Signed || n >= 0) return newInt(n);
    return {};
  default: return {};
  }
}

/// A value that its code writes plainly; false if it is another, or does not fit.
[[gnu::always_inline]] inline bool packPlain(const StructCode& code, uint8_t* p, Value v, bool littleEndian) {
  if (code.plain == Plain::No || krt_numbers_are_objects) return false;
  if (code.plain != Plain::Double) return v.isSmallInt() && putPlain(code, p, v.smallInt(), code.plain, littleEndian);
  if (!v.isImmediateFloat()) return false;
  const auto bits = ordered(std::bit_cast<uint64_t>(v.immediateFloat()), littleEndian);
  std::memcpy(p, &bits, sizeof bits);
  return true;
}
/// Packs values[0..valueCount) into zeroed memory.
bool packInto(const StructObject* s, uint8_t* p, const Value* values) {
  for (int64_t i = 0; i < s->codeCount; ++i) {
    const StructCode& code = s->codes[i];
    uint8_t* to = p + code.offset;
    for (int64_t k = 0; k < code.repeat; ++k, to += code.size) {
      const Value v = *values++;
      if (!packPlain(code, to, v, s->littleEndian) && packStructItem(s, code, to, v, *structError) < 0) return false;
    }
  }
  return true;
}

Value packValues(StructObject* s, const Value* values, size_t count) {
  if (!initialised(s)) return {};
  if (count != static_cast<size_t>(s->valueCount))
    return raise(*structError, "pack expected %zd items for packing (got %zd)", static_cast<size_t>(s->valueCount), count);
  uint8_t local[256];
  auto* p = s->size <= 256 ? local : static_cast<uint8_t*>(allocate(static_cast<size_t>(s->size)));
  if (!p) return {};
  std::memset(p, 0, static_cast<size_t>(s->size));
  Value out;
  if (packInto(s, p, values)) out = newBytes(p, static_cast<size_t>(s->size));
  if (p != local) deallocate(p);
  return out;
}

/// values: buffer, offset, items…
Value packIntoBuffer(StructObject* s, const Value* values, size_t count) {
  if (!initialised(s)) return {};
  if (count != static_cast<size_t>(s->valueCount) + 2) {
    if (count == 0) return raise(*structError, "pack_into expected buffer argument");
    if (count == 1) return raise(*structError, "pack_into expected offset argument");
    return raise(*structError, "pack_into expected %zd items for packing (got %zd)", static_cast<size_t>(s->valueCount), count - 2);
  }
  HeldBuffer b;
  if (!readyTypeOf(values[0])->buffer || !b.get(values[0], kBufferWritable)) {
    if (errorSet()) errorClear();
    return raise(TypeErrorType, "argument must be read-write bytes-like object, not %.50G", values[0]);
  }
  int64_t offset = toIndex(values[1], &IndexErrorType);
  if (offset == -1 && errorSet()) return {};
  const auto size = static_cast<long long>(s->size);
  if (offset < 0) {
    if (offset + s->size > 0) return raise(*structError, "no space to pack %lld bytes at offset %lld", size, static_cast<long long>(offset));
    if (offset + b.size() < 0) return raise(*structError, "offset %lld out of range for %lld-byte buffer", static_cast<long long>(offset), static_cast<long long>(b.size()));
    offset += b.size();
  }
  if (b.size() - offset < s->size)
    return raise(*structError, "pack_into requires a buffer of at least %llu bytes for packing %lld bytes at offset %lld (actual buffer size is %lld)",
                 static_cast<unsigned long long>(s->size) + static_cast<unsigned long long>(offset), size, static_cast<long long>(offset), static_cast<long long>(b.size()));
  std::memset(b.data() + offset, 0, static_cast<size_t>(s->size));
  return packInto(s, b.data() + offset, values + 2) ? newRef(none()) : Value();
}

/// The values at `p`, owned; false with an error, and there are none.
bool unpackValues(const StructObject* s, const uint8_t* p, Value* out) {
  int64_t at = 0;
  for (int64_t i = 0; i < s->codeCount; ++i) {
    const StructCode& code = s->codes[i];
    const Plain kind = krt_numbers_are_objects ? Plain::No : code.plain;
    for (int64_t k = 0; k < code.repeat; ++k) {
      const uint8_t* from = p + code.offset + k * code.size;
      Value v = kind != Plain::No ? getPlain(code, from, kind, s->littleEndian) : Value();
      if (!v) v = unpackStructItem(s, code, from);
      if (!v) [[unlikely]] {
        while (at > 0) decref(std::exchange(out[--at], Value()));
        return false;
      }
      out[at++] = v;
    }
  }
  return true;
}
Value unpackAt(const StructObject* s, const uint8_t* p) {
  constexpr int64_t kFew = 8; // they are cleared
  if (s->valueCount <= kFew) {
    Value values[kFew];
    return unpackValues(s, p, values) ? krt_tuple_new(values, static_cast<uint64_t>(s->valueCount)) : Value();
  }
  Ref out(newTuple(s->valueCount));
  return out && unpackValues(s, p, asTuple(out)->items) ? out.release() : Value();
}

Value unpackAll(StructObject* s, Value data) {
  if (isExactBytes(data) && data.as<BytesObject>()->size == s->size) return unpackAt(s, data.as<BytesObject>()->data);
  HeldBuffer b;
  if (!initialised(s) || !b.get(data)) return {};
  if (b.size() != s->size) return raise(*structError, "unpack requires a buffer of %zd bytes", static_cast<size_t>(s->size));
  return unpackAt(s, b.data());
}

Value unpackFrom(StructObject* s, Value data, Value offsetValue) {
  HeldBuffer b;
  int64_t offset = 0;
  if (!initialised(s) || !b.get(data) || !sizeArgument(offsetValue, &offset)) return {};
  const auto size = static_cast<long long>(s->size);
  if (offset < 0) {
    if (offset + s->size > 0) return raise(*structError, "not enough data to unpack %lld bytes at offset %lld", size, static_cast<long long>(offset));
    if (offset + b.size() < 0) return raise(*structError, "offset %lld out of range for %lld-byte buffer", static_cast<long long>(offset), static_cast<long long>(b.size()));
    offset += b.size();
  }
  if (b.size() - offset < s->size)
    return raise(*structError, "unpack_from requires a buffer of at least %llu bytes for unpacking %lld bytes at offset %lld (actual buffer size is %lld)",
                 static_cast<unsigned long long>(s->size) + static_cast<unsigned long long>(offset), size, static_cast<long long>(offset), static_cast<long long>(b.size()));
  return unpackAt(s, b.data() + offset);
}

// ---- iter_unpack ----------------------------------------------------------------------------------

struct UnpackIterator {
  Object header;
  Value owner; // Struct; null: exhausted
  Buffer buffer;
  int64_t offset;
};

Value iterUnpack(Value structValue, Value data) {
  StructObject* s = asStruct(structValue);
  if (!initialised(s)) return {};
  if (s->size == 0) return raise(*structError, "cannot iteratively unpack with a struct of length 0");
  Object* o = newObject(&unpackIteratorType.instanceLayout);
  if (!o) return {};
  Ref made{Value(o)};
  auto* it = reinterpret_cast<UnpackIterator*>(o);
  if (getBuffer(data, &it->buffer, kBufferSimple) < 0) return {};
  if (it->buffer.bytes % s->size)
    return raise(*structError, "iterative unpacking requires a buffer of a multiple of %zd bytes", static_cast<size_t>(s->size));
  it->owner = newRef(structValue);
  return made.release();
}
void iteratorDealloc(Object* o) {
  auto* it = reinterpret_cast<UnpackIterator*>(o);
  releaseBuffer(&it->buffer);
  xdecref(it->owner);
  freeObject(o);
}
Value iteratorNext(Value self) {
  auto* it = self.as<UnpackIterator>();
  if (!it->owner) return {};
  StructObject* s = asStruct(it->owner);
  if (it->offset >= it->buffer.bytes) {
    clear(it->owner);
    releaseBuffer(&it->buffer);
    return {};
  }
  Value out = unpackAt(s, static_cast<uint8_t*>(it->buffer.data) + it->offset);
  it->offset += s->size;
  return out;
}
Value iteratorHint(Value self) {
  auto* it = self.as<UnpackIterator>();
  return newInt(it->owner ? (it->buffer.bytes - it->offset) / asStruct(it->owner)->size : 0);
}
Value itself(Value v) { return newRef(v); }
constexpr MethodDef iteratorMethods[] = {{"__length_hint__", iteratorHint}, {}};

// ---- methods of Struct ----------------------------------------------------------------------------

Value packMethod(Value self, const Args& args) {
  if (checkNoKeywords("Struct.pack", args) < 0) return {};
  return packValues(asStruct(self), args.values, args.count);
}
Value packIntoMethod(Value self, const Args& args) {
  if (checkNoKeywords("Struct.pack_into", args) < 0) return {};
  return packIntoBuffer(asStruct(self), args.values, args.count);
}
Value unpackMethod(Value self, Value data) { return unpackAll(asStruct(self), data); }
Value unpackFromMethod(Value self, const Value* argv) { return unpackFrom(asStruct(self), argv[0], argv[1]); }
Value iterUnpackMethod(Value self, Value data) { return iterUnpack(self, data); }
Value sizeofMethod(Value self) { return newInt(56 + 32 * (asStruct(self)->codeCount + 1)); }
Value getFormat(Value self, void*) {
  if (!initialised(asStruct(self))) return {};
  return newStr(bytesView(asStruct(self)->format));
}
Value getSize(Value self, void*) { return newInt(asStruct(self)->size); }

constexpr MethodDef structMethods[] = {
    {"iter_unpack", iterUnpackMethod, "($self, buffer, /)"},
    {"pack", packMethod},
    {"pack_into", packIntoMethod},
    {"unpack", unpackMethod, "($self, buffer, /)"},
    {"unpack_from", unpackFromMethod, "($self, /, buffer, offset=0)"},
    {"__sizeof__", sizeofMethod},
    {},
};
constexpr GetSetDef structGetset[] = {{"format", getFormat}, {"size", getSize}, {}};

constinit Type structType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_struct.Struct",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnSetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &structType, .size = sizeof(StructObject), .weakOffset = offsetof(StructObject, weakrefs)},
    .dealloc = structDealloc,
    .init = structInit,
    .construct = structConstruct,
    .methods = structMethods,
    .getset = structGetset,
    .doc = "Struct(fmt) --> compiled struct object",
};
constinit Type unpackIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_struct.unpack_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr,
    .instanceLayout = {.type = &unpackIteratorType, .size = sizeof(UnpackIterator)},
    .dealloc = iteratorDealloc,
    .iter = itself,
    .next = iteratorNext,
    .methods = iteratorMethods,
};

// ---- functions ------------------------------------------------------------------------------------

/// The Struct of a format, from the cache or new (owned).
Value structFor(Value format) {
  if (!cache) cache = newDict();
  if (!cache) return {};
  if (Value found = dictGet(cache, format)) return newRef(found);
  if (errorSet()) return {};
  Value made = structConstruct(&structType, Args());
  Ref holder(made);
  if (!made || setFormat(asStruct(made), format) < 0) return {};
  if (dictSize(cache) >= 100) dictClear(cache);
  if (dictSet(cache, format, made) < 0) return {};
  return holder.release();
}

Value calcsizeFunction(Value, Value format) {
  Ref s(structFor(format));
  return s ? newInt(asStruct(s)->size) : Value();
}
Value packFunction(Value, const Args& args) {
  if (checkNoKeywords("_struct.pack", args) < 0) return {};
  if (!args.count) return raise(TypeErrorType, "missing format argument");
  Ref s(structFor(args[0]));
  return s ? packValues(asStruct(s), args.values + 1, args.count - 1) : Value();
}
Value packIntoFunction(Value, const Args& args) {
  if (checkNoKeywords("_struct.pack_into", args) < 0) return {};
  if (!args.count) return raise(TypeErrorType, "missing format argument");
  Ref s(structFor(args[0]));
  return s ? packIntoBuffer(asStruct(s), args.values + 1, args.count - 1) : Value();
}
Value unpackFunction(Value, const Value* argv) {
  Ref s(structFor(argv[0]));
  return s ? unpackAll(asStruct(s), argv[1]) : Value();
}
Value unpackFromFunction(Value, const Value* argv) {
  Ref s(structFor(argv[0]));
  return s ? unpackFrom(asStruct(s), argv[1], argv[2]) : Value();
}
Value iterUnpackFunction(Value, const Value* argv) {
  Ref s(structFor(argv[0]));
  return s ? iterUnpack(s, argv[1]) : Value();
}
Value clearCache(Value) {
  if (cache) dictClear(cache);
  return newRef(none());
}

constexpr MethodDef methods[] = {
    {"_clearcache", clearCache, "($module, /)"},
    {"calcsize", calcsizeFunction, "($module, format, /)"},
    {"iter_unpack", iterUnpackFunction, "($module, format, buffer, /)"},
    {"pack", packFunction},
    {"pack_into", packIntoFunction},
    {"unpack", unpackFunction, "($module, format, buffer, /)"},
    {"unpack_from", unpackFromFunction, "($module, format, /, buffer, offset=0)"},
    {},
};

int exec(Value module) {
  structError = addModuleException(module, "struct", "error", ExceptionType);
  return structError ? moduleAddType(module, &structType) : -1;
}

} // namespace

extern "C" const NativeModule krt_module_struct = {.name = "_struct", .methods = methods, .exec = exec};

} // namespace krait
