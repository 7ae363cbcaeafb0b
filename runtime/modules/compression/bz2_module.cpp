// The _bz2 module over libbz2: the two stream objects beneath Lib/bz2.py.
#include <bzlib.h>
#include <climits>
#include <new>

#include "runtime/memory/alloc.h"
#include "runtime/modules/compression/stream_decoder.h"
#include "runtime/modules/compression/stream_encoder.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"

namespace krait {
namespace {

Value bzError(int code) {
  switch (code) {
    case BZ_PARAM_ERROR: return raise(ValueErrorType, "Internal error - invalid parameters passed to libbzip2");
    case BZ_MEM_ERROR: return raiseObject(MemoryErrorType, Value());
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC: return raise(OSErrorType, "Invalid data stream");
    case BZ_IO_ERROR: return raise(OSErrorType, "Unknown I/O error");
    case BZ_UNEXPECTED_EOF:
      return raise(EOFErrorType, "Compressed file ended before the logical end-of-stream was detected");
    case BZ_SEQUENCE_ERROR: return raise(RuntimeErrorType, "Internal error - Invalid sequence of commands sent to libbzip2");
    default: return raise(OSErrorType, "Unrecognized error from libbzip2: %d", code);
  }
}

// libbz2 counts in unsigned int: longer input and room are offered in parts.
unsigned part(size_t n) { return static_cast<unsigned>(std::min<size_t>(n, UINT_MAX)); }

// ---- BZ2Compressor -----------------------------------------------------------------------------

using Compressor = StreamEncoder<bz_stream>;

Value constructCompressor(Type* type, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("BZ2Compressor", "(compresslevel=9, /)", args, argv, 1, holder) < 0) return Value();
  const int64_t level = argv[0] ? toInt64(argv[0]) : 9;
  if (level == -1 && errorSet()) return Value();
  if (level < 1 || level > 9) return raise(ValueErrorType, "compresslevel must be between 1 and 9");
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  Compressor* c = asEncoder<bz_stream>(self);
  new (&c->mutex) std::mutex;
  const int code = BZ2_bzCompressInit(&c->stream, static_cast<int>(level), 0, 0);
  return code == BZ_OK ? self.release() : bzError(code);
}

Value compressPart(Compressor* c, const uint8_t* data, size_t n, bool isEnd) {
  if (n == 0 && !isEnd) return newBytes(std::string_view()); // libbz2 takes it for an error
  const int action = isEnd ? BZ_FINISH : BZ_RUN;
  OutputRoom out(-1);
  int code = BZ_OK;
  {
    Blocking release;
    std::lock_guard lock(c->mutex);
    bz_stream& z = c->stream;
    z.next_in = const_cast<char*>(reinterpret_cast<const char*>(data));
    z.avail_in = 0;
    do {
      if (z.avail_in == 0) z.avail_in = part(n), n -= z.avail_in;
      size_t room;
      z.next_out = out.open(room);
      if (!z.next_out) {
        code = BZ_MEM_ERROR;
        break;
      }
      z.avail_out = part(room);
      code = BZ2_bzCompress(&z, action);
      out.commit(part(room) - z.avail_out);
      if (code < 0) break;
    } while (isEnd ? code != BZ_STREAM_END : z.avail_in > 0 || n > 0 || z.avail_out == 0);
  }
  return code < 0 ? bzError(code) : newBytes(out.text());
}

constinit Type compressorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_bz2.BZ2Compressor",
    .base = &objectType,
    .flags = kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &compressorType, .size = sizeof(Compressor)},
    .dealloc = encoderDealloc<bz_stream, BZ2_bzCompressEnd>,
    .construct = constructCompressor,
    .methods = encoderMethods<bz_stream, compressPart>,
    .doc = "A compressor that takes its data in parts.",
    .constructorSignature = "(compresslevel=9, /)",
};

// ---- BZ2Decompressor ---------------------------------------------------------------------------

struct DecompressorObject {
  Object header;
  StreamDecoder decoder;
  bz_stream stream;
  int code; // libbz2's last answer
};
DecompressorObject* asDecompressor(Value v) { return v.as<DecompressorObject>(); }

Value constructDecompressor(Type* type, const Args& args) {
  if (checkNoKeywords("BZ2Decompressor", args) < 0 || checkPositional("BZ2Decompressor", args, 0, 0) < 0) return Value();
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  DecompressorObject* d = asDecompressor(self);
  new (&d->decoder) StreamDecoder;
  const int code = BZ2_bzDecompressInit(&d->stream, 0, 0);
  return code == BZ_OK ? self.release() : bzError(code);
}

void deallocDecompressor(Object* o) {
  auto* d = reinterpret_cast<DecompressorObject*>(o);
  BZ2_bzDecompressEnd(&d->stream);
  clear(d->decoder.unused);
  d->decoder.~StreamDecoder();
  freeObject(o);
}

Value decompress(Value self, const Value* argv) {
  const int64_t limit = argv[1] ? toInt64(argv[1]) : -1;
  if (limit == -1 && errorSet()) return Value();
  DecompressorObject* d = asDecompressor(self);
  if (d->code < 0) return raise(ValueErrorType, "Decompressor is unusable after a previous error");
  auto step = [d](const char* in, size_t& inSize, char* out, size_t& outSize) {
    bz_stream& z = d->stream;
    const unsigned offered = part(inSize), room = part(outSize);
    z.next_in = const_cast<char*>(in);
    z.avail_in = offered;
    z.next_out = out;
    z.avail_out = room;
    d->code = BZ2_bzDecompress(&z);
    inSize -= offered - z.avail_in;
    outSize -= room - z.avail_out;
    return d->code == BZ_STREAM_END ? DecodeStep::End : d->code < 0 ? DecodeStep::Failed : DecodeStep::Progress;
  };
  return decodeStream(d->decoder, argv[0], limit, {"End of stream already reached", false}, step, [d] { return bzError(d->code); });
}

constinit const MethodDef decompressorMethods[] = {{"decompress", decompress, "($self, /, data, max_length=-1)"}, {}};
constinit const MemberDef decompressorMembers[] = {
    {"eof", MemberKind::Bool, offsetof(DecompressorObject, decoder.eof), true},
    {"needs_input", MemberKind::Bool, offsetof(DecompressorObject, decoder.needsInput), true},
    {"unused_data", MemberKind::Object, offsetof(DecompressorObject, decoder.unused), true},
    {},
};
constinit Type decompressorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_bz2.BZ2Decompressor",
    .base = &objectType,
    .flags = kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &decompressorType, .size = sizeof(DecompressorObject)},
    .dealloc = deallocDecompressor,
    .construct = constructDecompressor,
    .methods = decompressorMethods,
    .members = decompressorMembers,
    .doc = "A decompressor that takes its data in parts.",
    .constructorSignature = "()",
};

int execute(Value module) {
  if (moduleAdd(module, "BZ2Compressor", newRef(asValue(&compressorType))) < 0) return -1;
  return moduleAdd(module, "BZ2Decompressor", newRef(asValue(&decompressorType)));
}

} // namespace

extern "C" constinit const NativeModule krt_module_bz2 = {"_bz2", nullptr, execute};

} // namespace krait
