// The zlib module: one-shot and streaming compression, checksums.
#include <climits>
#include <string>
#include <vector>
#include <zlib.h>

#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/raw_output.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value errorType; // zlib.error

Value zlibError(const z_stream& z, int code, const char* what) {
  const char* detail = code == Z_VERSION_ERROR ? "library version mismatch" : z.msg;
  if (code == Z_MEM_ERROR) return raise(MemoryErrorType, "Unable to allocate output buffer.");
  if (!detail) detail = code == Z_BUF_ERROR ? "incomplete or truncated stream" : code == Z_STREAM_ERROR ? "inconsistent stream state"
                        : code == Z_DATA_ERROR ? "invalid input data" : nullptr;
  const Type& t = *errorType.as<Type>();
  return detail ? raise(t, "Error %d %s: %.200s", code, what, detail) : raise(t, "Error %d %s", code, what);
}

bool integer(Value v, int64_t fallback, int64_t* out) {
  *out = fallback;
  return sizeArgument(v, out);
}

constexpr size_t kFirstRoom = 16384;

/// Runs `step` with growing output until it neither fills its space nor can go on; Z_MEM_ERROR if there is no memory.
/// `first`: room to begin with.
template <class Step> int pump(z_stream& z, RawOutput& out, size_t limit, Step step, size_t first = kFirstRoom) {
  int code = Z_OK;
  for (;;) {
    size_t have = out.size(), room = std::max(have ? kFirstRoom : first, have);
    if (limit) room = std::min(room, limit - have);
    z.next_out = out.open(room);
    if (!z.next_out) return Z_MEM_ERROR;
    z.avail_out = static_cast<uInt>(room = std::min<size_t>(room, UINT_MAX));
    code = step();
    out.commit(room - z.avail_out);
    if (code != Z_OK && code != Z_BUF_ERROR) return code;
    if (z.avail_out != 0 || (limit && out.size() >= limit)) return code;
  }
}

Value compressFunction(Value, const Value* argv) {
  int64_t level, wbits;
  HeldBuffer in;
  if (!in.get(argv[0]) || !integer(argv[1], Z_DEFAULT_COMPRESSION, &level) || !integer(argv[2], MAX_WBITS, &wbits)) return Value();
  z_stream z{};
  int code = deflateInit2(&z, static_cast<int>(level), Z_DEFLATED, static_cast<int>(wbits), 8, Z_DEFAULT_STRATEGY);
  if (code == Z_STREAM_ERROR) return raise(*errorType.as<Type>(), "Bad compression level");
  if (code != Z_OK) return zlibError(z, code, "while compressing data");
  RawOutput out;
  z.next_in = in.data();
  z.avail_in = static_cast<uInt>(in.size());
  {
    Blocking release;
    code = pump(z, out, 0, [&] { return deflate(&z, Z_FINISH); });
  }
  deflateEnd(&z);
  return code == Z_STREAM_END ? newBytes(out.text()) : zlibError(z, code, "while compressing data");
}

Value decompressFunction(Value, const Value* argv) {
  int64_t wbits, size;
  HeldBuffer in;
  if (!in.get(argv[0]) || !integer(argv[1], MAX_WBITS, &wbits) || !integer(argv[2], 16384, &size)) return Value();
  if (size < 0) return raise(ValueErrorType, "bufsize must be non-negative");
  z_stream z{};
  int code = inflateInit2(&z, static_cast<int>(wbits));
  if (code != Z_OK) return zlibError(z, code, "while preparing to decompress data");
  RawOutput out;
  z.next_in = in.data();
  z.avail_in = static_cast<uInt>(in.size());
  {
    Blocking release;
    code = pump(z, out, 0, [&] { return inflate(&z, Z_SYNC_FLUSH); }, std::max<size_t>(static_cast<size_t>(size), 1));
  }
  if (code != Z_STREAM_END) {
    if (code == Z_OK) code = Z_BUF_ERROR;
    Value r = zlibError(z, code, "while decompressing data");
    inflateEnd(&z);
    return r;
  }
  inflateEnd(&z);
  return newBytes(out.text());
}

template <uLong (*Checksum)(uLong, const Bytef*, uInt), int Start> Value checksumFunction(Value, const Value* argv) {
  HeldBuffer in;
  if (!in.get(argv[0])) return Value();
  Ref start(argv[1] ? index(argv[1]) : Value::ofSmallInt(Start));
  if (!start) return Value();
  uLong value = static_cast<uint32_t>(intToUint64Mask(start));
  const Bytef* from = in.data();
  for (size_t left = in.size(), part; left; left -= part, from += part) {
    part = std::min<size_t>(left, 1u << 30); // zlib counts in unsigned int
    value = Checksum(value, from, static_cast<uInt>(part));
  }
  return newInt(static_cast<int64_t>(value & 0xffffffffu));
}

// ---- streams -----------------------------------------------------------------------------------

struct StreamObject {
  Object header;
  z_stream stream;
  Value unused, tail, dictionary;
  bool eof, open, compressing;
};
StreamObject* self_(Value v) { return v.as<StreamObject>(); }
extern Type compressType, decompressType;

Value newStream(const Layout* layout, bool compressing) {
  Object* o = newObject(layout);
  if (!o) return Value();
  auto* s = reinterpret_cast<StreamObject*>(o);
  s->compressing = compressing;
  s->unused = newBytes(std::string_view());
  s->tail = newBytes(std::string_view());
  return Value(o);
}
void closeStream(StreamObject* s) {
  if (s->open) s->compressing ? deflateEnd(&s->stream) : inflateEnd(&s->stream);
  s->open = false;
}
void streamDealloc(Object* o) {
  auto* s = reinterpret_cast<StreamObject*>(o);
  closeStream(s);
  clear(s->unused);
  clear(s->tail);
  clear(s->dictionary);
  freeObject(o);
}

Value compressobjFunction(Value, const Value* argv) {
  int64_t level, method, wbits, memory, strategy;
  if (!integer(argv[0], Z_DEFAULT_COMPRESSION, &level) || !integer(argv[1], Z_DEFLATED, &method) || !integer(argv[2], MAX_WBITS, &wbits) ||
      !integer(argv[3], 8, &memory) || !integer(argv[4], Z_DEFAULT_STRATEGY, &strategy))
    return Value();
  Ref o(newStream(&compressType.instanceLayout, true));
  if (!o) return Value();
  HeldBuffer dictionary; // asked for before anything is set up
  const bool hasDictionary = argv[5] && !isNone(argv[5]);
  if (hasDictionary && !dictionary.get(argv[5])) return Value();
  z_stream& z = self_(o)->stream;
  int code = deflateInit2(&z, static_cast<int>(level), static_cast<int>(method), static_cast<int>(wbits), static_cast<int>(memory), static_cast<int>(strategy));
  if (code == Z_STREAM_ERROR) return raise(ValueErrorType, "Invalid initialization option");
  if (code != Z_OK) return zlibError(z, code, "while creating compression object");
  self_(o)->open = true;
  if (hasDictionary && deflateSetDictionary(&z, dictionary.data(), static_cast<uInt>(dictionary.size())) != Z_OK)
    return raise(ValueErrorType, "Invalid dictionary");
  return o.release();
}
Value compressMethod(Value self, Value data) {
  HeldBuffer in;
  if (!in.get(data)) return Value();
  z_stream& z = self_(self)->stream;
  z.next_in = in.data();
  z.avail_in = static_cast<uInt>(in.size());
  RawOutput out;
  int code = pump(z, out, 0, [&] { return deflate(&z, Z_NO_FLUSH); });
  return code == Z_OK || code == Z_BUF_ERROR ? newBytes(out.text()) : zlibError(z, code, "while compressing data");
}
Value flushCompress(Value self, const Value* argv) {
  int64_t mode;
  if (!integer(argv[0], Z_FINISH, &mode)) return Value();
  if (mode == Z_NO_FLUSH) return newBytes(std::string_view());
  z_stream& z = self_(self)->stream;
  z.avail_in = 0;
  RawOutput out;
  int code = pump(z, out, 0, [&] { return deflate(&z, static_cast<int>(mode)); });
  if (code == Z_STREAM_END && mode == Z_FINISH) closeStream(self_(self));
  else if (code != Z_OK && code != Z_BUF_ERROR) return zlibError(z, code, "while flushing");
  return newBytes(out.text());
}

/// Gives the decompressor its dictionary; false if it does not take it, or with an exception.
bool setDictionary(StreamObject* s) {
  HeldBuffer d;
  return d.get(s->dictionary) && inflateSetDictionary(&s->stream, d.data(), static_cast<uInt>(d.size())) == Z_OK;
}

Value decompressobjFunction(Value, const Value* argv) {
  int64_t wbits;
  if (!integer(argv[0], MAX_WBITS, &wbits)) return Value();
  if (argv[1] && !readyTypeOf(argv[1])->buffer) return raise(TypeErrorType, "zdict argument must support the buffer protocol");
  Ref o(newStream(&decompressType.instanceLayout, false));
  if (!o) return Value();
  int code = inflateInit2(&self_(o)->stream, static_cast<int>(wbits));
  if (code == Z_STREAM_ERROR) return raise(ValueErrorType, "Invalid initialization option");
  if (code != Z_OK) return zlibError(self_(o)->stream, code, "while creating decompression object");
  self_(o)->open = true;
  if (argv[1] && !isNone(argv[1])) {
    self_(o)->dictionary = newRef(argv[1]);
    // A raw stream has no header that asks for it.
    if (wbits < 0 && !setDictionary(self_(o))) return errorSet() ? Value() : raise(ValueErrorType, "invalid dictionary");
  }
  return o.release();
}

Value inflateInto(Value self, const Bytef* data, size_t size, size_t limit, bool flushing, size_t first) {
  auto* s = self_(self);
  z_stream& z = s->stream;
  z.next_in = const_cast<Bytef*>(data);
  z.avail_in = static_cast<uInt>(size);
  RawOutput out;
  int code = pump(z, out, limit, [&] {
    int c = inflate(&z, flushing ? Z_FINISH : Z_SYNC_FLUSH);
    if (c == Z_NEED_DICT && s->dictionary) {
      if (setDictionary(s)) c = inflate(&z, Z_SYNC_FLUSH);
    }
    return c;
  }, first);
  std::string_view rest(reinterpret_cast<const char*>(z.next_in), z.avail_in);
  if (code == Z_STREAM_END) {
    s->eof = true;
    std::string all(bytesView(s->unused));
    all += rest;
    assign(s->unused, newBytes(all));
    assign(s->tail, newBytes(std::string_view()));
    return newBytes(out.text());
  }
  assign(s->tail, newBytes(rest));
  // A flush gives what there is, whatever is wrong with the rest.
  if (code != Z_OK && code != Z_BUF_ERROR && (!flushing || code == Z_MEM_ERROR)) return zlibError(z, code, "while decompressing data");
  return newBytes(out.text());
}
Value decompressMethod(Value self, const Value* argv) {
  int64_t limit;
  HeldBuffer in;
  if (!in.get(argv[0]) || !integer(argv[1], 0, &limit)) return Value();
  if (limit < 0) return raise(ValueErrorType, "max_length must be non-negative");
  if (self_(self)->eof) {
    std::string all(bytesView(self_(self)->unused));
    all.append(reinterpret_cast<const char*>(in.data()), static_cast<size_t>(in.size()));
    assign(self_(self)->unused, newBytes(all));
    return newBytes(std::string_view());
  }
  return inflateInto(self, in.data(), static_cast<size_t>(in.size()), static_cast<size_t>(limit), false, kFirstRoom);
}
Value flushDecompress(Value self, const Value* argv) {
  int64_t length;
  if (!integer(argv[0], 16384, &length)) return Value();
  if (length <= 0) return raise(ValueErrorType, "length must be greater than zero");
  if (self_(self)->eof) return closeStream(self_(self)), newBytes(std::string_view());
  Ref tail = Ref::share(self_(self)->tail);
  std::string_view data = bytesView(tail);
  return inflateInto(self, reinterpret_cast<const Bytef*>(data.data()), data.size(), 0, true, static_cast<size_t>(length));
}
Value copyMethod(Value self) {
  auto* s = self_(self);
  if (!s->open) return raise(ValueErrorType, "Inconsistent stream state");
  Ref o(newStream(self.object()->layout, s->compressing));
  if (!o) return Value();
  int code = s->compressing ? deflateCopy(&self_(o)->stream, &s->stream) : inflateCopy(&self_(o)->stream, &s->stream);
  if (code != Z_OK) return zlibError(s->stream, code, "while copying");
  self_(o)->open = true;
  self_(o)->eof = s->eof;
  assign(self_(o)->unused, newRef(s->unused));
  assign(self_(o)->tail, newRef(s->tail));
  self_(o)->dictionary = xnewRef(s->dictionary);
  return o.release();
}
Value copyWith(Value self, const Args&) { return copyMethod(self); }

constinit const MethodDef compressMethods[] = {
    {"compress", compressMethod, "($self, data, /)"}, {"flush", flushCompress, "($self, mode=4, /)"}, {"copy", copyMethod, "($self, /)"},
    {"__copy__", copyMethod}, {"__deepcopy__", copyWith}, {},
};
constinit const MethodDef decompressMethods[] = {
    {"decompress", decompressMethod, "($self, data, /, max_length=0)"}, {"flush", flushDecompress, "($self, length=16384, /)"},
    {"copy", copyMethod, "($self, /)"}, {"__copy__", copyMethod}, {"__deepcopy__", copyWith}, {},
};
constinit const MemberDef decompressMembers[] = {
    {"unused_data", MemberKind::Object, offsetof(StreamObject, unused), true},
    {"unconsumed_tail", MemberKind::Object, offsetof(StreamObject, tail), true},
    {"eof", MemberKind::Bool, offsetof(StreamObject, eof), true},
    {},
};
#define STREAM_TYPE(variable, text, methodTable, memberTable)                                                 \
  constinit Type variable = {                                                                                 \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                \
      .name = text,                                                                                           \
      .base = &objectType,                                                                                    \
      .flags = kTypeDisallowInstantiation | kTypeOwnModule | kTypeChangeable,                                 \
      .instanceLayout = {.type = &variable, .size = sizeof(StreamObject)},                                    \
      .dealloc = streamDealloc,                                                                               \
      .methods = methodTable,                                                                                 \
      .members = memberTable,                                                                                 \
  }
STREAM_TYPE(compressType, "zlib.Compress", compressMethods, nullptr);
STREAM_TYPE(decompressType, "zlib.Decompress", decompressMethods, decompressMembers);

uLong adler(uLong v, const Bytef* p, uInt n) { return adler32(v, p, n); }
uLong crc(uLong v, const Bytef* p, uInt n) { return crc32(v, p, n); }

constinit const MethodDef functions[] = {
    {"compress", compressFunction, "($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)"},
    {"decompress", decompressFunction, "($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)"},
    {"compressobj", compressobjFunction, "($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None)"},
    {"decompressobj", decompressobjFunction, "($module, /, wbits=MAX_WBITS, zdict=b'')"},
    {"adler32", checksumFunction<adler, 1>, "($module, data, value=1, /)"},
    {"crc32", checksumFunction<crc, 0>, "($module, data, value=0, /)"},
    {},
};

int execute(Value module) {
  Ref name(internStr("error")), bases(newTuple({asValue(&ExceptionType)})), ns(newDict()), where(internStr("zlib"));
  if (!name || !bases || !ns || !where || dictSet(ns, NAME(__module__), where) < 0) return -1;
  errorType = newType(asValue(&typeType), name, bases, ns, Value());
  if (!errorType || moduleAdd(module, "error", newRef(errorType)) < 0) return -1;
  static const struct { const char* name; int value; } constants[] = {
      {"MAX_WBITS", MAX_WBITS}, {"DEFLATED", Z_DEFLATED}, {"DEF_MEM_LEVEL", 8}, {"DEF_BUF_SIZE", 16384}, {"Z_BEST_SPEED", Z_BEST_SPEED},
      {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION}, {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION}, {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
      {"Z_FILTERED", Z_FILTERED}, {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY}, {"Z_RLE", Z_RLE}, {"Z_FIXED", Z_FIXED},
      {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY}, {"Z_NO_FLUSH", Z_NO_FLUSH}, {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
      {"Z_SYNC_FLUSH", Z_SYNC_FLUSH}, {"Z_FULL_FLUSH", Z_FULL_FLUSH}, {"Z_FINISH", Z_FINISH}, {"Z_BLOCK", Z_BLOCK}, {"Z_TREES", Z_TREES}};
  for (auto& c : constants)
    if (moduleAdd(module, c.name, Value::ofSmallInt(c.value)) < 0) return -1;
  if (moduleAdd(module, "__version__", newStr("1.0")) < 0 || moduleAdd(module, "ZLIB_VERSION", newStr(ZLIB_VERSION)) < 0) return -1;
  return moduleAdd(module, "ZLIB_RUNTIME_VERSION", newStr(zlibVersion()));
}

} // namespace

extern "C" constinit const NativeModule krt_module_zlib = {"zlib", functions, execute};

} // namespace krait
