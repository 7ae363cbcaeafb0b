// repr, str, ascii, format, hash and truth of any value.
#include <algorithm>
#include <vector>

#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/float.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/int.h"
#include "runtime/types/number_format.h"
#include "runtime/types/str.h"
#include "runtime/types/str_slots.h"

namespace krait {

namespace {

Value checkedText(Value owned, const char* method) {
  if (!owned || isStr(owned)) return owned;
  Ref wrong(owned);
  return raise(TypeErrorType, "%s returned non-string (type %.200s)", method, typeOf(wrong)->name);
}

} // namespace

Value repr(Value v) {
  if (recursionEnter(" while getting the repr of an object") < 0) return {};
  Value text = readyTypeOf(v)->repr(v);
  recursionLeave();
  return checkedText(text, "__repr__");
}

[[gnu::noinline]] static Value strOtherwise(Value v) {
  Type* t = readyTypeOf(v);
  if (recursionEnter(" while getting the str of an object") < 0) return {};
  Value text = t->str ? t->str(v) : t->repr(v);
  recursionLeave();
  return checkedText(text, "__str__");
}
Value str(Value v) {
  if (isExactStr(v)) return newRef(v);
  if (v.isSmallInt() && krt_hot.depth < krt_hot.limit) return intToText(v, 10, false); // which is a level deeper
  return strOtherwise(v);
}

Value ascii(Value v) {
  if (isExactStr(v) && !(asStr(v)->flags & kStrAscii)) {
    if (recursionEnter(" while getting the repr of an object") < 0) return {};
    StrBuilder out;
    addRepr(out, v, true);
    recursionLeave();
    return out.take();
  }
  Ref text(repr(v));
  if (!text) return {};
  auto* s = asStr(text);
  if (s->flags & kStrAscii) return text.release();
  static const char digits[] = "0123456789abcdef";
  StrBuilder out;
  for (int64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (c < 0x80) {
      out.add(c);
      continue;
    }
    int width = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    out.add('\\');
    out.add(static_cast<uint32_t>(width == 2 ? 'x' : width == 4 ? 'u' : 'U'));
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4)
      out.add(static_cast<uint32_t>(digits[(c >> shift) & 15]));
  }
  return out.take();
}

Value format(Value v, Value spec) {
  bool plain = !spec || (isStr(spec) && asStr(spec)->length == 0);
  if (spec && !isStr(spec))
    return raise(TypeErrorType, "Format specifier must be a string, not %.200s", typeOf(spec)->name);
  if (plain && isExactStr(v)) return newRef(v);
  if (plain && isExactInt(v)) return str(v);
  // Of the builtin types nobody can change the method.
  if (spec && isExactStr(spec)) {
    if (isExactStr(v)) return formatStr(v, spec);
    if (isExactInt(v)) return formatInt(v, spec);
    if (isExactFloat(v)) return formatFloat(v, spec);
  }
  Value method = typeLookup(typeOf(v), NAME(__format__));
  if (!method) return raise(TypeErrorType, "Type %.100s doesn't define __format__", typeOf(v)->name);
  Value argument = spec ? spec : emptyStr();
  Ref held = spec ? Ref::share(spec) : Ref(argument);
  Value result = callUnbound(method, v, &argument, 1);
  if (!result || isStr(result)) return result;
  Ref wrong(result);
  return raise(TypeErrorType, "__format__ must return a str, not %.200s", typeOf(wrong)->name);
}

[[gnu::noinline]] static int64_t hashWhenReady(Value v) { return readyTypeOf(v)->hash(v); }
int64_t hash(Value v) {
  if (isExactStr(v)) return strHash(v);
  const Type* t = typeOf(v);
  return t->flags & kTypeInherited ? t->hash(v) : hashWhenReady(v);
}

int32_t isTrue(Value v) {
  if (v == boolean(true)) return 1;
  if (v == boolean(false) || v == none()) return 0;
  if (v.isSmallInt()) return v.smallInt() != 0;
  if (const int32_t known = truthAtHand(v); known >= 0) return known;
  Type* t = readyTypeOf(v);
  int64_t n;
  if (t->number && t->number->truth) return t->number->truth(v);
  if (t->mapping && t->mapping->length) n = t->mapping->length(v);
  else if (t->sequence && t->sequence->length) n = t->sequence->length(v);
  else return 1;
  return n > 0 ? 1 : static_cast<int32_t>(n);
}

// ---- recursion guard of repr -------------------------------------------------------------------

namespace {
thread_local std::vector<uint64_t> beingPrinted;
}

int32_t reprEnter(Value o) {
  if (std::find(beingPrinted.begin(), beingPrinted.end(), o.bits) != beingPrinted.end()) return 1;
  beingPrinted.push_back(o.bits);
  return 0;
}

void reprLeave(Value o) {
  auto at = std::find(beingPrinted.rbegin(), beingPrinted.rend(), o.bits);
  if (at != beingPrinted.rend()) beingPrinted.erase(std::next(at).base());
}

} // namespace krait
