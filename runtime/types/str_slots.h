// Functions of str that its several files share: slots of the type, methods
// defined by topic, and access to two strings at one width.
#pragma once
#include "runtime/memory/alloc.h"
#include "runtime/types/str_data.h"

namespace krait {

/// An exact str of the same text (the object itself if it is one). Owned.
Value strExact(Value v);
Value strCompareSlot(Value a, Value b, int op);
int32_t strContains(Value container, Value v);
Value strItem(Value v, int64_t i);
Value strSubscript(Value v, Value key);
/// The `n` characters from `start` on, `step` apart. Owned; null: MemoryError.
Value strStrided(Value v, int64_t start, int64_t step, int64_t n);
Value strRepr(Value v);
Value strIterate(Value v);
/// Text of repr(v) (or ascii(v)) added to a builder.
void addRepr(StrBuilder& out, Value str, bool ascii);

/// Calls f(chars of s, chars of t at the width of s): t is no wider. Short needles are widened on the stack.
template <class F> auto withWidened(const StrObject* s, const StrObject* t, F&& f) {
  return withChars(s, [&](auto* p) {
    using C = std::remove_cv_t<std::remove_pointer_t<decltype(p)>>;
    if (t->kind == sizeof(C)) return f(p, reinterpret_cast<const C*>(t->data()));
    C shortNeedle[64];
    const auto n = static_cast<size_t>(t->length);
    C* needle = n <= 64 ? shortNeedle : static_cast<C*>(allocate(n * sizeof(C)));
    if (!needle) return f(p, p + s->length); // out of memory, error set: search for nothing
    copyChars(reinterpret_cast<uint8_t*>(needle), sizeof(C), 0, t, 0, t->length);
    auto result = f(p, static_cast<const C*>(needle));
    if (needle != shortNeedle) deallocate(needle);
    return result;
  });
}

bool strIsIdentifierText(Value v);

// Methods by file; the table is in str_type.cpp.
// str_case.cpp
Value strUpper(Value), strLower(Value), strTitle(Value), strCapitalize(Value), strSwapcase(Value), strCasefold(Value);
Value strIsLower(Value), strIsUpper(Value), strIsTitle(Value), strIsSpace(Value), strIsAlpha(Value), strIsAlnum(Value);
Value strIsDecimal(Value), strIsDigit(Value), strIsNumeric(Value), strIsIdentifier(Value), strIsPrintable(Value),
    strIsAscii(Value);
// str_split.cpp
Value strSplit(Value, const Value*), strRsplit(Value, const Value*), strSplitlines(Value, const Value*);
Value strPartition(Value, Value), strRpartition(Value, Value);
Value strStrip(Value, const Value*), strLstrip(Value, const Value*), strRstrip(Value, const Value*);
// str_find.cpp
Value strFindMethod(Value, const Args&), strRfind(Value, const Args&), strIndex(Value, const Args&),
    strRindex(Value, const Args&), strCount(Value, const Args&), strStartswith(Value, const Args&),
    strEndswith(Value, const Args&);
Value strReplace(Value, const Value*), strRemoveprefix(Value, Value), strRemovesuffix(Value, Value);
// str_pad.cpp
Value strCenter(Value, const Value*), strLjust(Value, const Value*), strRjust(Value, const Value*),
    strZfill(Value, Value), strExpandtabs(Value, const Value*);
// str_translate.cpp
Value strMaketrans(Value, const Value*), strTranslate(Value, Value);
// str_format.cpp
Value strFormat(Value, const Args&), strFormatMap(Value, Value);

} // namespace krait
