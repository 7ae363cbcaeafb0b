// The _lzma module over liblzma: the two stream objects beneath Lib/lzma.py.
#include <new>

#include "runtime/memory/alloc.h"
#include "runtime/modules/compression/lzma_filters.h"
#include "runtime/modules/compression/stream_decoder.h"
#include "runtime/modules/compression/stream_encoder.h"
#include "runtime/modules/module_constants.h"
#include "runtime/modules/module_exception.h"
#include "runtime/types/dict.h"

namespace krait {
namespace {

enum Format { FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW };
constexpr int CHECK_UNKNOWN = LZMA_CHECK_ID_MAX + 1;

bool isGiven(Value v) { return v && !isNone(v); }
/// An optional int argument. False with an exception.
bool integer(Value v, int64_t fallback, int64_t* out) {
  *out = v ? toInt64(v) : fallback;
  return !(v && *out == -1 && errorSet());
}

// ---- LZMACompressor ----------------------------------------------------------------------------

using Compressor = StreamEncoder<lzma_stream>;

/// Starts the encoder; false with an exception.
bool startEncoder(lzma_stream* z, int64_t format, int64_t check, uint32_t preset, Value filters) {
  FilterChain chain;
  if (isGiven(filters) && !chain.read(filters)) return false;
  switch (format) {
    case FORMAT_XZ: {
      if (check < -1 || check > LZMA_CHECK_ID_MAX) return !raiseLzma(LZMA_PROG_ERROR);
      const auto id = static_cast<lzma_check>(check == -1 ? LZMA_CHECK_CRC64 : check);
      return !raiseLzma(isGiven(filters) ? lzma_stream_encoder(z, chain.data(), id) : lzma_easy_encoder(z, preset, id));
    }
    case FORMAT_ALONE: {
      if (isGiven(filters)) {
        if (chain.size() == 1 && chain.id(0) == LZMA_FILTER_LZMA1)
          return !raiseLzma(lzma_alone_encoder(z, static_cast<const lzma_options_lzma*>(chain.options(0))));
        return raise(ValueErrorType, "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter"), false;
      }
      lzma_options_lzma options;
      if (lzma_lzma_preset(&options, preset))
        return raise(*lzmaError, "Invalid compression preset: %lu", static_cast<unsigned long>(preset)), false;
      return !raiseLzma(lzma_alone_encoder(z, &options));
    }
    case FORMAT_RAW:
      if (!isGiven(filters)) return raise(ValueErrorType, "Must specify filters for FORMAT_RAW"), false;
      return !raiseLzma(lzma_raw_encoder(z, chain.data()));
    default: return raise(ValueErrorType, "Invalid container format: %d", static_cast<int>(format)), false;
  }
}

constexpr const char* kCompressorSignature = "(format=1, check=-1, preset=None, filters=None)";

Value constructCompressor(Type* type, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("LZMACompressor", kCompressorSignature, args, argv, 4, holder) < 0) return Value();
  int64_t format, check;
  uint64_t preset = LZMA_PRESET_DEFAULT;
  if (!integer(argv[0], FORMAT_XZ, &format) || !integer(argv[1], -1, &check)) return Value();
  if (isGiven(argv[2]) && isGiven(argv[3])) return raise(ValueErrorType, "Cannot specify both preset and filter chain");
  if (isGiven(argv[2]) && !toUnsigned(argv[2], 32, &preset)) return Value();
  if (format != FORMAT_XZ && check != -1 && check != LZMA_CHECK_NONE)
    return raise(ValueErrorType, "Integrity checks are only supported by FORMAT_XZ");
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  Compressor* c = asEncoder<lzma_stream>(self);
  new (&c->mutex) std::mutex;
  return startEncoder(&c->stream, format, check, static_cast<uint32_t>(preset), argv[3]) ? self.release() : Value();
}

Value compressPart(Compressor* c, const uint8_t* data, size_t n, bool isEnd) {
  OutputRoom out(-1);
  lzma_ret code = LZMA_OK;
  {
    Blocking release;
    std::lock_guard lock(c->mutex);
    lzma_stream& z = c->stream;
    z.next_in = data;
    z.avail_in = n;
    do {
      size_t room;
      z.next_out = reinterpret_cast<uint8_t*>(out.open(room));
      if (!z.next_out) {
        code = LZMA_MEM_ERROR;
        break;
      }
      z.avail_out = room;
      code = lzma_code(&z, isEnd ? LZMA_FINISH : LZMA_RUN);
      out.commit(room - z.avail_out);
      if (code == LZMA_BUF_ERROR && n == 0 && z.avail_out > 0) code = LZMA_OK; // nothing was given, nothing was made
    } while (code == LZMA_OK && (isEnd || z.avail_in > 0 || z.avail_out == 0));
  }
  return raiseLzma(code) ? Value() : newBytes(out.text());
}

constinit Type compressorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_lzma.LZMACompressor",
    .base = &objectType,
    .flags = kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &compressorType, .size = sizeof(Compressor)},
    .dealloc = encoderDealloc<lzma_stream, lzma_end>,
    .construct = constructCompressor,
    .methods = encoderMethods<lzma_stream, compressPart>,
    .doc = "A compressor that takes its data in parts.",
};

// ---- LZMADecompressor --------------------------------------------------------------------------

struct DecompressorObject {
  Object header;
  StreamDecoder decoder;
  lzma_stream stream;
  int32_t check;
  lzma_ret code; // liblzma's last answer
};
DecompressorObject* asDecompressor(Value v) { return v.as<DecompressorObject>(); }

constexpr const char* kDecompressorSignature = "(format=0, memlimit=None, filters=None)";

Value constructDecompressor(Type* type, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("LZMADecompressor", kDecompressorSignature, args, argv, 3, holder) < 0) return Value();
  int64_t format;
  uint64_t memoryLimit = UINT64_MAX;
  if (!integer(argv[0], FORMAT_AUTO, &format)) return Value();
  if (isGiven(argv[1])) {
    if (format == FORMAT_RAW) return raise(ValueErrorType, "Cannot specify memory limit with FORMAT_RAW");
    if (!toUnsigned(argv[1], 64, &memoryLimit)) return Value();
  }
  if (format == FORMAT_RAW && !isGiven(argv[2])) return raise(ValueErrorType, "Must specify filters for FORMAT_RAW");
  if (format != FORMAT_RAW && isGiven(argv[2])) return raise(ValueErrorType, "Cannot specify filters except with FORMAT_RAW");
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  DecompressorObject* d = asDecompressor(self);
  new (&d->decoder) StreamDecoder;
  d->check = format == FORMAT_AUTO || format == FORMAT_XZ ? CHECK_UNKNOWN : int{LZMA_CHECK_NONE};
  constexpr uint32_t kTell = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  FilterChain chain;
  lzma_ret code;
  switch (format) {
    case FORMAT_AUTO: code = lzma_auto_decoder(&d->stream, memoryLimit, kTell); break;
    case FORMAT_XZ: code = lzma_stream_decoder(&d->stream, memoryLimit, kTell); break;
    case FORMAT_ALONE: code = lzma_alone_decoder(&d->stream, memoryLimit); break;
    case FORMAT_RAW:
      if (!chain.read(argv[2])) return Value();
      code = lzma_raw_decoder(&d->stream, chain.data());
      break;
    default: return raise(ValueErrorType, "Invalid container format: %d", static_cast<int>(format));
  }
  return raiseLzma(code) ? Value() : self.release();
}

void deallocDecompressor(Object* o) {
  auto* d = reinterpret_cast<DecompressorObject*>(o);
  lzma_end(&d->stream);
  clear(d->decoder.unused);
  d->decoder.~StreamDecoder();
  freeObject(o);
}

Value decompress(Value self, const Value* argv) {
  int64_t limit;
  if (!integer(argv[1], -1, &limit)) return Value();
  DecompressorObject* d = asDecompressor(self);
  auto step = [d](const char* in, size_t& inSize, char* out, size_t& outSize) {
    lzma_stream& z = d->stream;
    z.next_in = reinterpret_cast<const uint8_t*>(in);
    z.avail_in = inSize;
    z.next_out = reinterpret_cast<uint8_t*>(out);
    z.avail_out = outSize;
    d->code = lzma_code(&z, LZMA_RUN);
    if (d->code == LZMA_BUF_ERROR && inSize == 0 && z.avail_out > 0) d->code = LZMA_OK; // it waits for more
    inSize = z.avail_in;
    outSize = z.avail_out;
    if (d->code == LZMA_GET_CHECK || d->code == LZMA_NO_CHECK) d->check = static_cast<int32_t>(lzma_get_check(&z));
    const bool isGood = d->code == LZMA_OK || d->code == LZMA_GET_CHECK || d->code == LZMA_NO_CHECK;
    return d->code == LZMA_STREAM_END ? DecodeStep::End : isGood ? DecodeStep::Progress : DecodeStep::Failed;
  };
  return decodeStream(d->decoder, argv[0], limit, {"Already at end of stream", true}, step, [d] { return raiseLzma(d->code), Value(); });
}

constinit const MethodDef decompressorMethods[] = {{"decompress", decompress, "($self, /, data, max_length=-1)"}, {}};
constinit const MemberDef decompressorMembers[] = {
    {"check", MemberKind::Int32, offsetof(DecompressorObject, check), true},
    {"eof", MemberKind::Bool, offsetof(DecompressorObject, decoder.eof), true},
    {"needs_input", MemberKind::Bool, offsetof(DecompressorObject, decoder.needsInput), true},
    {"unused_data", MemberKind::Object, offsetof(DecompressorObject, decoder.unused), true},
    {},
};
constinit Type decompressorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_lzma.LZMADecompressor",
    .base = &objectType,
    .flags = kTypeImmutable | kTypeOwnModule,
    .instanceLayout = {.type = &decompressorType, .size = sizeof(DecompressorObject)},
    .dealloc = deallocDecompressor,
    .construct = constructDecompressor,
    .methods = decompressorMethods,
    .members = decompressorMembers,
    .doc = "A decompressor that takes its data in parts.",
    .constructorSignature = "(format=FORMAT_AUTO, memlimit=None, filters=None)",
};

// ---- functions ---------------------------------------------------------------------------------

Value isCheckSupported(Value, Value id) {
  const int64_t n = toInt64(id);
  if (n == -1 && errorSet()) return Value();
  return boolean(n >= 0 && n <= LZMA_CHECK_ID_MAX && lzma_check_is_supported(static_cast<lzma_check>(n)));
}

Value encodeFilterProperties(Value, Value specifier) {
  FilterChain chain;
  uint32_t size;
  if (!chain.add(specifier) || raiseLzma(lzma_properties_size(&size, chain.data()))) return Value();
  std::string text(size, '\0');
  if (raiseLzma(lzma_properties_encode(chain.data(), reinterpret_cast<uint8_t*>(text.data())))) return Value();
  return newBytes(text);
}

Value decodeFilterProperties(Value, const Value* argv) {
  lzma_filter filter{};
  uint64_t id;
  HeldBuffer encoded;
  if (!toUnsigned(argv[0], 64, &id) || !encoded.get(argv[1])) return Value();
  filter.id = id;
  if (raiseLzma(lzma_properties_decode(&filter, nullptr, encoded.data(), static_cast<size_t>(encoded.size())))) return Value();
  Value spec = describeFilter(filter);
  free(filter.options); // liblzma's, made by the default allocator
  return spec;
}

constinit const MethodDef functions[] = {
    {"is_check_supported", isCheckSupported, "($module, check_id, /)"},
    {"_encode_filter_properties", encodeFilterProperties, "($module, filter, /)"},
    {"_decode_filter_properties", decodeFilterProperties, "($module, filter_id, encoded_props, /)"},
    {},
};

// PRESET_EXTREME has bit 31 set: it is one of uint32_t.
constexpr ModuleConstant constants[] = {
    KRAIT_MODULE_CONSTANT(FORMAT_AUTO), KRAIT_MODULE_CONSTANT(FORMAT_XZ), KRAIT_MODULE_CONSTANT(FORMAT_ALONE),
    KRAIT_MODULE_CONSTANT(FORMAT_RAW), KRAIT_MODULE_CONSTANT(CHECK_UNKNOWN),
    {"CHECK_NONE", LZMA_CHECK_NONE}, {"CHECK_CRC32", LZMA_CHECK_CRC32}, {"CHECK_CRC64", LZMA_CHECK_CRC64},
    {"CHECK_SHA256", LZMA_CHECK_SHA256}, {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
    {"FILTER_LZMA1", LZMA_FILTER_LZMA1}, {"FILTER_LZMA2", LZMA_FILTER_LZMA2}, {"FILTER_DELTA", LZMA_FILTER_DELTA},
    {"FILTER_X86", LZMA_FILTER_X86}, {"FILTER_IA64", LZMA_FILTER_IA64}, {"FILTER_ARM", LZMA_FILTER_ARM},
    {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB}, {"FILTER_SPARC", LZMA_FILTER_SPARC}, {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
    {"MF_HC3", LZMA_MF_HC3}, {"MF_HC4", LZMA_MF_HC4}, {"MF_BT2", LZMA_MF_BT2}, {"MF_BT3", LZMA_MF_BT3}, {"MF_BT4", LZMA_MF_BT4},
    {"MODE_FAST", LZMA_MODE_FAST}, {"MODE_NORMAL", LZMA_MODE_NORMAL},
    {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT}, {"PRESET_EXTREME", static_cast<int64_t>(LZMA_PRESET_EXTREME)},
};

int execute(Value module) {
  lzmaError = addModuleException(module, "_lzma", "LZMAError", ExceptionType);
  if (!lzmaError || moduleAddConstants(module, constants) < 0) return -1;
  if (moduleAdd(module, "LZMACompressor", newRef(asValue(&compressorType))) < 0) return -1;
  return moduleAdd(module, "LZMADecompressor", newRef(asValue(&decompressorType)));
}

} // namespace

extern "C" constinit const NativeModule krt_module_lzma = {"_lzma", functions, execute};

} // namespace krait
