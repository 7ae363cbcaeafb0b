// unicodedata: questions to the character database, and the normal forms. The
// functions serve the module (Unicode 14.0) and the object ucd_3_2_0 alike.
#include <cstdio>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/str_slots.h"
#include "runtime/unicode/char_types.h"
#include "runtime/unicode/database.h"
#include "runtime/unicode/names.h"

namespace krait {
namespace {

using unicode::Version;

struct UcdObject { Object header; };
extern Type ucdType;

Version versionOf(Value self) {
  return self && self.isPointer() && typeOfObject(self.object()) == &ucdType ? Version::Old : Version::Now;
}

/// The one code point of an argument; false with TypeError.
bool charArgument(const char* function, const char* which, Value v, uint32_t* out) {
  if (!isStr(v)) {
    raise(TypeErrorType, "%s() argument%s must be a unicode character, not %.50G", function, which, v);
    return false;
  }
  if (asStr(v)->length != 1) {
    raise(TypeErrorType, "%s() argument%s must be a unicode character, not str", function, which);
    return false;
  }
  *out = asStr(v)->at(0);
  return true;
}

Value fallbackOr(Value fallback, const char* message) {
  return fallback ? newRef(fallback) : raise(ValueErrorType, message);
}

Value decimal(Value self, const Value* argv) {
  uint32_t c;
  if (!charArgument("decimal", " 1", argv[0], &c)) return {};
  const int value = unicode::decimalOf(c, versionOf(self));
  return value >= 0 ? newInt(value) : fallbackOr(argv[1], "not a decimal");
}
Value digit(Value, const Value* argv) {
  uint32_t c;
  if (!charArgument("digit", " 1", argv[0], &c)) return {};
  const int value = unicode::charRecord(c).digit;
  return value >= 0 ? newInt(value) : fallbackOr(argv[1], "not a digit");
}
Value numeric(Value self, const Value* argv) {
  uint32_t c;
  if (!charArgument("numeric", " 1", argv[0], &c)) return {};
  const auto& r = unicode::databaseRecord(c, versionOf(self));
  return r.number ? newFloat(unicode::numberOf(r)) : fallbackOr(argv[1], "not a numeric character");
}
Value category(Value self, Value v) {
  uint32_t c;
  if (!charArgument("category", "", v, &c)) return {};
  return newStr(unicode::categoryName(unicode::databaseRecord(c, versionOf(self))));
}
Value bidirectional(Value self, Value v) {
  uint32_t c;
  if (!charArgument("bidirectional", "", v, &c)) return {};
  return newStr(unicode::bidirectionalName(unicode::databaseRecord(c, versionOf(self))));
}
Value combining(Value self, Value v) {
  uint32_t c;
  if (!charArgument("combining", "", v, &c)) return {};
  return newInt(unicode::databaseRecord(c, versionOf(self)).combining);
}
Value mirrored(Value self, Value v) {
  uint32_t c;
  if (!charArgument("mirrored", "", v, &c)) return {};
  return newInt(unicode::databaseRecord(c, versionOf(self)).mirrored);
}
Value eastAsianWidth(Value self, Value v) {
  uint32_t c;
  if (!charArgument("east_asian_width", "", v, &c)) return {};
  return newStr(unicode::widthName(unicode::databaseRecord(c, versionOf(self))));
}
Value decomposition(Value self, Value v) {
  uint32_t c;
  if (!charArgument("decomposition", "", v, &c)) return {};
  const auto d = unicode::decompositionOf(c, versionOf(self));
  StrBuilder out;
  out.addAscii(d.tag);
  for (uint32_t i = 0; i < d.count; ++i) {
    char text[12];
    snprintf(text, sizeof text, out.length() ? " %04X" : "%04X", d.points[i]);
    out.addAscii(text);
  }
  return out.take();
}

// ---- normal forms --------------------------------------------------------------------------------

/// Growing array of code points.
struct Points {
  uint32_t* data = nullptr;
  int64_t size = 0, capacity = 0;
  ~Points() { if (data) deallocate(data); }
  bool add(uint32_t c) {
    if (size == capacity) {
      capacity = capacity * 2 + 32;
      auto* fresh = static_cast<uint32_t*>(reallocate(data, static_cast<size_t>(capacity) * 4));
      if (!fresh) return false;
      data = fresh;
    }
    data[size++] = c;
    return true;
  }
};

/// Adds the full decomposition of `c`.
bool decomposeChar(Points& out, uint32_t c, bool compatible, Version version) {
  if (c - 0xac00 < 11172) {
    const uint32_t i = c - 0xac00;
    if (!out.add(0x1100 + i / 588) || !out.add(0x1161 + i % 588 / 28)) return false;
    return i % 28 == 0 || out.add(0x11a7 + i % 28);
  }
  if (version == Version::Old)
    if (const uint32_t was = unicode::oldNormalization(c)) return out.add(was);
  const auto d = unicode::decompositionOf(c, version);
  if (d.count == 0 || (*d.tag && !compatible)) return out.add(c);
  for (uint32_t i = 0; i < d.count; ++i)
    if (!decomposeChar(out, d.points[i], compatible, version)) return false;
  return true;
}

/// Below it no character combines with what stands before it, in any way.
constexpr uint32_t kFirstMark = 0x300;

/// Canonical order: marks by combining class, stable.
void orderMarks(Points& p, Version version) {
  for (int64_t i = 1; i < p.size; ++i) {
    const uint32_t c = p.data[i];
    const uint8_t combining = c < kFirstMark ? 0 : unicode::databaseRecord(c, version).combining;
    if (!combining) continue;
    int64_t k = i;
    while (k > 0 && unicode::databaseRecord(p.data[k - 1], version).combining > combining) {
      p.data[k] = p.data[k - 1];
      --k;
    }
    p.data[k] = c;
  }
}

void composeMarks(Points& p, Version version) {
  int64_t to = 0, starter = -1;
  int last = 0; // combining class of the last mark kept since the starter
  for (int64_t i = 0; i < p.size; ++i) {
    const uint32_t c = p.data[i];
    const bool mayCombine = c >= kFirstMark;
    const int combining = mayCombine ? unicode::databaseRecord(c, version).combining : 0;
    if (mayCombine && starter >= 0 && (to - 1 == starter || last < combining)) {
      const uint32_t composed = unicode::compose(p.data[starter], c);
      if (composed && (version == Version::Now || unicode::isAssigned(composed, version))) {
        p.data[starter] = composed;
        continue;
      }
    }
    if (combining == 0) starter = to;
    last = combining;
    p.data[to++] = c;
  }
  p.size = to;
}

bool formArgument(Value form, bool* compatible, bool* composed) {
  const char* names[] = {"NFC", "NFKC", "NFD", "NFKD"};
  for (int i = 0; i < 4; ++i)
    if (strEqual(form, names[i])) {
      *compatible = i & 1;
      *composed = i < 2;
      return true;
    }
  raise(ValueErrorType, "invalid normalization form");
  return false;
}

Value normalForm(Value self, Value form, Value text) {
  bool compatible, composed;
  const StrObject* s = asStr(text);
  if (s->length == 0) return newRef(text);
  if (!formArgument(form, &compatible, &composed)) return {};
  if (s->flags & kStrAscii) return newRef(text);
  const Version version = versionOf(self);
  Points points;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    if (c < 0x80 ? !points.add(c) : !decomposeChar(points, c, compatible, version)) return {};
  }
  orderMarks(points, version);
  if (composed) composeMarks(points, version);
  return newStrFromUcs4(points.data, static_cast<size_t>(points.size));
}

bool normalizeArguments(const char* function, const Value* argv) {
  for (int i = 0; i < 2; ++i)
    if (!isStr(argv[i])) {
      raise(TypeErrorType, "%s() argument %d must be str, not %.50G", function, i + 1, argv[i]);
      return false;
    }
  return true;
}
Value normalize(Value self, const Value* argv) {
  if (!normalizeArguments("normalize", argv)) return {};
  return normalForm(self, argv[0], argv[1]);
}
Value isNormalized(Value self, const Value* argv) {
  if (!normalizeArguments("is_normalized", argv)) return {};
  bool compatible, composed;
  if (asStr(argv[1])->length && !formArgument(argv[0], &compatible, &composed)) return {};
  Ref normal(normalForm(self, argv[0], argv[1]));
  return normal ? boolean(strEqual(normal, argv[1])) : Value();
}

// ---- names ---------------------------------------------------------------------------------------

Value name(Value self, const Value* argv) {
  uint32_t c;
  if (!charArgument("name", " 1", argv[0], &c)) return {};
  char text[unicode::kMaxNameLength];
  const bool known = versionOf(self) == Version::Now || unicode::isAssigned(c, Version::Old);
  const size_t n = known ? unicode::nameOf(c, text) : 0;
  return n ? newStrAscii(text, n) : fallbackOr(argv[1], "no such name");
}
Value lookup(Value self, Value v) {
  HeldBuffer bytes;
  std::string_view text;
  Ref encoded;
  if (isStr(v)) {
    encoded.reset(encodeStr(v, "utf-8", nullptr));
    if (!encoded) return {};
    text = bytesView(encoded);
  } else {
    if (!bytes.get(v)) return {};
    text = {reinterpret_cast<const char*>(bytes.data()), static_cast<size_t>(bytes.size())};
  }
  if (text.size() > unicode::kMaxNameLength) return raise(KeyErrorType, "name too long");
  const bool now = versionOf(self) == Version::Now; // 3.2.0 knows neither aliases nor sequences
  const uint32_t c = unicode::lookupName(text, now);
  if (c != unicode::kNoChar && (now || unicode::isAssigned(c, Version::Old))) return newStrFromChar(c);
  uint32_t sequence[unicode::kMaxSequence];
  if (const uint32_t n = now ? unicode::lookupSequence(text, sequence) : 0) return newStrFromUcs4(sequence, n);
  Ref shown(newStr(text));
  return shown ? raise(KeyErrorType, "undefined character name '%U'", shown.get()) : Value();
}

constexpr MethodDef methods[] = {
    {"decimal", decimal, "($self, chr, default=<unrepresentable>, /)"},
    {"digit", digit, "($self, chr, default=<unrepresentable>, /)"},
    {"numeric", numeric, "($self, chr, default=<unrepresentable>, /)"},
    {"category", category, "($self, chr, /)"},
    {"bidirectional", bidirectional, "($self, chr, /)"},
    {"combining", combining, "($self, chr, /)"},
    {"mirrored", mirrored, "($self, chr, /)"},
    {"east_asian_width", eastAsianWidth, "($self, chr, /)"},
    {"decomposition", decomposition, "($self, chr, /)"},
    {"name", name, "($self, chr, default=<unrepresentable>, /)"},
    {"lookup", lookup, "($self, name, /)"},
    {"is_normalized", isNormalized, "($self, form, unistr, /)"},
    {"normalize", normalize, "($self, form, unistr, /)"},
    {},
};

Value oldVersion(Value, void*) { return newStr("3.2.0"); }
constexpr MemberDef members[] = {{"unidata_version", oldVersion}, {}};

constinit Type ucdType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "unicodedata.UCD",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable | kTypeOwnGetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &ucdType, .size = sizeof(UcdObject)},
    .methods = methods,
    .members = members,
};
alignas(16) constinit UcdObject ucd320 = {KRAIT_STATIC_HEADER(ucdType)};

int exec(Value module) {
  if (moduleAdd(module, "unidata_version", newStr("14.0.0")) < 0) return -1;
  if (moduleAddType(module, &ucdType) < 0) return -1;
  return moduleAdd(module, "ucd_3_2_0", Value(&ucd320.header));
}

} // namespace

extern "C" const NativeModule krt_module_unicodedata = {.name = "unicodedata", .methods = methods, .exec = exec};

} // namespace krait
