#include "runtime/modules/compression/lzma_filters.h"
#include <cstring>

#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

Type* lzmaError;

bool raiseLzma(lzma_ret code) {
  switch (code) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END: return false;
    case LZMA_MEM_ERROR: return raiseObject(MemoryErrorType, Value()), true;
    case LZMA_UNSUPPORTED_CHECK: return raise(*lzmaError, "Unsupported integrity check"), true;
    case LZMA_MEMLIMIT_ERROR: return raise(*lzmaError, "Memory usage limit exceeded"), true;
    case LZMA_FORMAT_ERROR: return raise(*lzmaError, "Input format not supported by decoder"), true;
    case LZMA_OPTIONS_ERROR: return raise(*lzmaError, "Invalid or unsupported options"), true;
    case LZMA_DATA_ERROR: return raise(*lzmaError, "Corrupt input data"), true;
    case LZMA_BUF_ERROR: return raise(*lzmaError, "Insufficient buffer space"), true;
    case LZMA_PROG_ERROR: return raise(*lzmaError, "Internal error"), true;
    default: return raise(*lzmaError, "Unrecognized error from liblzma: %d", static_cast<int>(code)), true;
  }
}

bool toUnsigned(Value v, int bits, uint64_t* out) {
  Ref number(index(v));
  if (!number) return false;
  const int64_t n = toInt64(number);
  if (n == -1 && errorSet()) {
    // Above 63 bits only memory limits and ids matter, which liblzma caps anyway.
    return false;
  }
  if (n < 0) return raise(OverflowErrorType, "can't convert negative int to unsigned"), false;
  if (bits < 63 && n >> bits) return raise(OverflowErrorType, "Value too large for uint%d_t type", bits), false;
  *out = static_cast<uint64_t>(n);
  return true;
}

namespace {

struct Field {
  const char* name;
  uint32_t* to;
};

/// Fills the fields that the dict has; a key that is none of them, or a value that is no number, is an error.
bool readFields(Value specifier, std::initializer_list<Field> fields, const char* message) {
  Ref items(isDict(specifier) ? newRef(specifier) : Value());
  if (!items) return raise(ValueErrorType, "%s", message), false;
  Ref keys(dictKeysList(specifier));
  for (int64_t i = 0; keys && i < asList(keys)->size; ++i) {
    Value key = asList(keys)->items[i];
    if (isStr(key) && strEqual(key, "id")) continue;
    bool known = false;
    for (const Field& f : fields) {
      if (!isStr(key) || !strEqual(key, f.name)) continue;
      uint64_t n;
      known = f.to == nullptr || toUnsigned(dictGet(specifier, key), 32, &n);
      if (known && f.to) *f.to = static_cast<uint32_t>(n);
    }
    if (!known) return errorClear(), raise(ValueErrorType, "%s", message), false;
  }
  return static_cast<bool>(keys);
}

} // namespace

bool FilterChain::add(Value specifier) {
  if (const MappingSlots* m = readyTypeOf(specifier)->mapping; !m || !m->subscript) return raise(TypeErrorType, "Filter specifier must be a dict or dict-like object"), false;
  Ref key(newStr("id")), number(key ? getItem(specifier, key) : Value());
  if (!number) {
    if (errorMatches(KeyErrorType)) errorClear(), raise(ValueErrorType, "Filter specifier must have an \"id\" entry");
    return false;
  }
  uint64_t id;
  if (!toUnsigned(number, 64, &id)) return false;
  auto options = std::make_unique<Options>();
  void* address = nullptr;
  switch (id) {
    case LZMA_FILTER_LZMA1:
    case LZMA_FILTER_LZMA2: {
      auto& o = options->emplace<lzma_options_lzma>();
      uint64_t preset = LZMA_PRESET_DEFAULT;
      Value given = isDict(specifier) ? dictGet(specifier, "preset") : Value();
      if (given && !toUnsigned(given, 32, &preset)) return false;
      if (lzma_lzma_preset(&o, static_cast<uint32_t>(preset)))
        return raise(*lzmaError, "Invalid compression preset: %lu", static_cast<unsigned long>(preset)), false;
      uint32_t mode = o.mode, finder = o.mf;
      if (!readFields(specifier,
                      {{"preset", nullptr}, {"dict_size", &o.dict_size}, {"lc", &o.lc}, {"lp", &o.lp}, {"pb", &o.pb},
                       {"mode", &mode}, {"nice_len", &o.nice_len}, {"mf", &finder}, {"depth", &o.depth}},
                      "Invalid filter specifier for LZMA filter"))
        return false;
      o.mode = static_cast<lzma_mode>(mode);
      o.mf = static_cast<lzma_match_finder>(finder);
      address = &o;
      break;
    }
    case LZMA_FILTER_DELTA: {
      auto& o = options->emplace<lzma_options_delta>();
      o = {};
      o.type = LZMA_DELTA_TYPE_BYTE;
      o.dist = 1;
      if (!readFields(specifier, {{"dist", &o.dist}}, "Invalid filter specifier for delta filter")) return false;
      address = &o;
      break;
    }
    case LZMA_FILTER_X86:
    case LZMA_FILTER_POWERPC:
    case LZMA_FILTER_IA64:
    case LZMA_FILTER_ARM:
    case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC: {
      auto& o = options->emplace<lzma_options_bcj>();
      o = {};
      if (!readFields(specifier, {{"start_offset", &o.start_offset}}, "Invalid filter specifier for BCJ filter")) return false;
      address = &o;
      break;
    }
    default: return raise(ValueErrorType, "Invalid filter ID: %lu", static_cast<unsigned long>(id)), false;
  }
  filters_.push_back({id, address});
  options_.push_back(std::move(options));
  return true;
}

bool FilterChain::read(Value specifiers) {
  if (const Type* t = readyTypeOf(specifiers); !t->sequence || !t->sequence->length)
    return raise(TypeErrorType, "%s is not a sequence", t->name), false;
  const int64_t n = length(specifiers);
  if (n < 0) return false;
  if (n > LZMA_FILTERS_MAX)
    return raise(ValueErrorType, "Too many filters - liblzma supports a maximum of %d", LZMA_FILTERS_MAX), false;
  for (int64_t i = 0; i < n; ++i) {
    Ref one(getItem(specifiers, Value::ofSmallInt(i)));
    if (!one || !add(one)) return false;
  }
  return true;
}

const lzma_filter* FilterChain::data() {
  if (filters_.empty() || filters_.back().id != LZMA_VLI_UNKNOWN) filters_.push_back({LZMA_VLI_UNKNOWN, nullptr});
  return filters_.data();
}

Value describeFilter(const lzma_filter& filter) {
  Ref spec(newDict());
  auto put = [&](const char* name, uint64_t n) {
    Ref v(newInt(static_cast<int64_t>(n)));
    return spec && v && dictSet(spec, name, v) == 0;
  };
  bool ok = put("id", filter.id);
  switch (filter.id) {
    case LZMA_FILTER_LZMA1: {
      auto* o = static_cast<const lzma_options_lzma*>(filter.options);
      ok = ok && put("dict_size", o->dict_size) && put("lc", o->lc) && put("lp", o->lp) && put("pb", o->pb);
      break;
    }
    case LZMA_FILTER_LZMA2: ok = ok && put("dict_size", static_cast<const lzma_options_lzma*>(filter.options)->dict_size); break;
    case LZMA_FILTER_DELTA: ok = ok && put("dist", static_cast<const lzma_options_delta*>(filter.options)->dist); break;
    case LZMA_FILTER_X86:
    case LZMA_FILTER_POWERPC:
    case LZMA_FILTER_IA64:
    case LZMA_FILTER_ARM:
    case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC:
      if (auto* o = static_cast<const lzma_options_bcj*>(filter.options)) ok = ok && put("start_offset", o->start_offset);
      break;
    default: return raise(ValueErrorType, "Invalid filter ID: %lu", static_cast<unsigned long>(filter.id));
  }
  return ok ? spec.release() : Value();
}

} // namespace krait
