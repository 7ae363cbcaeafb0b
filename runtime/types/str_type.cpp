// The type object of str, its constructor and method table. The methods
// themselves are in str_*.cpp by topic (see str_slots.h).
#include "runtime/memory/pools.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec_arguments.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_intern.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

[[gnu::noinline]] void forgetAndFree(Object* o) {
  internForget(reinterpret_cast<StrObject*>(o));
  freeObject(o);
}
// No call stands before another: so most strs die without a frame.
void strDealloc(Object* o) {
  if (reinterpret_cast<StrObject*>(o)->flags & kStrInterned) [[unlikely]] return forgetAndFree(o);
  releaseObjectOf<0>(strType, o);
}

/// str() and str(object): the text; with encoding or errors: decoded bytes.
Value textFor(Value object, Value encoding, Value errors) {
  if (!encoding && !errors) return object ? str(object) : emptyStr();
  if (!errors && object && isExactBytes(object)) {
    const std::string_view bytes = bytesView(object);
    if (Value text = decodeByConstant(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), encoding); text || errorSet()) return text;
  }
  const CodecArguments names("str", encoding, errors);
  if (!names.ok()) return {};
  return object ? decodeObject(object, names.encoding(), names.errors()) : emptyStr();
}

Value strConstruct(Type* type, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("str", "(object=b'', encoding='utf-8', errors='strict')", args, argv, 3, holder) < 0) return {};
  Ref text(textFor(argv[0], argv[1], argv[2]));
  if (!text || type == &strType) return text.release();
  const StrObject* s = asStr(text);
  Value made = allocateOf(type, (s->length + 1) * s->kind);
  if (!made) return {};
  StrObject* copy = asStr(made);
  copy->length = s->length;
  copy->hash = s->hash;
  copy->kind = s->kind;
  copy->flags = s->flags & kStrAscii;
  std::memcpy(copy->data(), s->data(), static_cast<size_t>(s->length + 1) * s->kind);
  return made;
}

Value strStr(Value v) { return strExact(v); }
int64_t strLength(Value v) { return asStr(v)->length; }
Value strConcatSlot(Value a, Value b) {
  if (!isStr(b)) return raise(TypeErrorType, "can only concatenate str (not \"%.200s\") to str", typeOf(b)->name);
  return strConcat(a, b);
}
Value strModulo(Value a, Value b) {
  if (!isStr(a)) return newRef(notImplemented());
  return strFormatPercent(a, b);
}

Value joinMethod(Value v, Value iterable) {
  RecursionLevels level(1);
  return level ? strJoin(v, iterable) : Value();
}
Value encodeMethod(Value v, const Value* argv) {
  if (const StrObject* s = asStr(v); !argv[0] && !argv[1] && s->flags & kStrAscii) return newBytes(s->data(), static_cast<size_t>(s->length));
  if (argv[0] && !argv[1])
    if (Value bytes = encodeByConstant(v, argv[0]); bytes || errorSet()) return bytes;
  const CodecArguments names("encode", argv[0], argv[1]);
  return names.ok() ? encodeStr(v, names.encoding(), names.errors()) : Value();
}
Value formatMethod(Value v, Value spec) {
  if (!isStr(spec)) return raise(TypeErrorType, "__format__() argument must be str, not %.50G", spec);
  if (asStr(spec)->length == 0) return isExactStr(v) ? newRef(v) : str(v);
  return formatStr(v, spec);
}
Value sizeofMethod(Value v) {
  // The reference's layouts: 48 bytes of header for ASCII, 72 for the rest, and a terminator.
  const StrObject* s = asStr(v);
  const int64_t header = s->flags & kStrAscii ? 48 : 72;
  return newInt(header + (s->length + 1) * s->kind);
}
Value getNewArgs(Value v) {
  // A copy, so that pickling an object under construction does not refer to itself.
  const StrObject* s = asStr(v);
  if (s->length < 2) return newTuple({Ref(strExact(v))});
  StrObject* copy = newStrRaw(s->length, widthLimit(s));
  if (!copy) return {};
  std::memcpy(copy->data(), s->data(), static_cast<size_t>(s->length) * s->kind);
  return newTuple({Ref(strValue(copy))});
}

constexpr MethodDef methods[] = {
    {"encode", encodeMethod, "($self, /, encoding='utf-8', errors='strict')"},
    {"replace", strReplace, "($self, old, new, count=-1, /)"},
    {"split", strSplit, "($self, /, sep=None, maxsplit=-1)"},
    {"rsplit", strRsplit, "($self, /, sep=None, maxsplit=-1)"},
    {"join", joinMethod, "($self, iterable, /)"},
    {"capitalize", strCapitalize, "($self, /)"},
    {"casefold", strCasefold, "($self, /)"},
    {"title", strTitle, "($self, /)"},
    {"center", strCenter, "($self, width, fillchar=' ', /)"},
    {"count", strCount, nullptr, kMethodPositional},
    {"expandtabs", strExpandtabs, "($self, /, tabsize=8)"},
    {"find", strFindMethod, nullptr, kMethodPositional},
    {"partition", strPartition, "($self, sep, /)"},
    {"index", strIndex, nullptr, kMethodPositional},
    {"ljust", strLjust, "($self, width, fillchar=' ', /)"},
    {"lower", strLower, "($self, /)"},
    {"lstrip", strLstrip, "($self, chars=None, /)"},
    {"rfind", strRfind, nullptr, kMethodPositional},
    {"rindex", strRindex, nullptr, kMethodPositional},
    {"rjust", strRjust, "($self, width, fillchar=' ', /)"},
    {"rstrip", strRstrip, "($self, chars=None, /)"},
    {"rpartition", strRpartition, "($self, sep, /)"},
    {"splitlines", strSplitlines, "($self, /, keepends=False)"},
    {"strip", strStrip, "($self, chars=None, /)"},
    {"swapcase", strSwapcase, "($self, /)"},
    {"translate", strTranslate, "($self, table, /)"},
    {"upper", strUpper, "($self, /)"},
    {"startswith", strStartswith, nullptr, kMethodPositional},
    {"endswith", strEndswith, nullptr, kMethodPositional},
    {"removeprefix", strRemoveprefix, "($self, prefix, /)"},
    {"removesuffix", strRemovesuffix, "($self, suffix, /)"},
    {"isascii", strIsAscii, "($self, /)"},
    {"islower", strIsLower, "($self, /)"},
    {"isupper", strIsUpper, "($self, /)"},
    {"istitle", strIsTitle, "($self, /)"},
    {"isspace", strIsSpace, "($self, /)"},
    {"isdecimal", strIsDecimal, "($self, /)"},
    {"isdigit", strIsDigit, "($self, /)"},
    {"isnumeric", strIsNumeric, "($self, /)"},
    {"isalpha", strIsAlpha, "($self, /)"},
    {"isalnum", strIsAlnum, "($self, /)"},
    {"isidentifier", strIsIdentifier, "($self, /)"},
    {"isprintable", strIsPrintable, "($self, /)"},
    {"zfill", strZfill, "($self, width, /)"},
    {"format", strFormat, nullptr, kMethodAnyKeys},
    {"format_map", strFormatMap},
    {"__format__", formatMethod, "($self, format_spec, /)"},
    {"maketrans", strMaketrans, "(x, y=<unrepresentable>, z=<unrepresentable>, /)", kMethodStatic},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    {"__getnewargs__", getNewArgs},
    {},
};

constexpr NumberSlots number = {.mod = strModulo};
constexpr SequenceSlots sequence = {
    .length = strLength, .concat = strConcatSlot, .repeat = strRepeat, .item = strItem, .contains = strContains};
constexpr MappingSlots mapping = {.length = strLength, .subscript = strSubscript};

} // namespace

constinit Type strType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "str",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeStr | kTypeMatchSelf | kTypeImmutable | kTypeOwnGetAttr,
    .instanceLayout = {.type = &strType, .size = sizeof(StrObject), .itemSize = 1, .lengthOffset = offsetof(StrObject, length)},
    .dealloc = strDealloc,
    .repr = strRepr,
    .str = strStr,
    .hash = strHash,
    .compare = strCompareSlot,
    .iter = strIterate,
    .construct = strConstruct,
    .make = [](Value a) { return a ? madeOf(&strType, str(a), a) : emptyStr(); },
    .number = &number,
    .sequence = &sequence,
    .mapping = &mapping,
    .methods = methods,
    .doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str",
};

} // namespace krait
