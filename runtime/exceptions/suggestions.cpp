// Levenshtein distance (one row updated in place) over the names that were there,
// weighted so that a change of case costs half; the bounds are CPython's.
#include "runtime/exceptions/suggestions.h"
#include <algorithm>
#include <string_view>
#include "runtime/builtins/builtins.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

constexpr size_t kMoveCost = 2, kCaseCost = 1, kMaxName = 40;
constexpr int64_t kMaxCandidates = 750;

size_t substitutionCost(char a, char b) {
  if ((a & 31) != (b & 31)) return kMoveCost;
  if (a == b) return 0;
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

/// The distance, or anything above `limit` when it is larger.
size_t distance(std::string_view a, std::string_view b, size_t limit) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kMaxName || b.size() > kMaxName) return limit + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kMoveCost > limit) return limit + 1;
  size_t row[kMaxName];
  for (size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * kMoveCost;
  size_t result = 0;
  for (size_t j = 0; j < b.size(); ++j) {
    size_t diagonal = result = j * kMoveCost, best = SIZE_MAX;
    for (size_t i = 0; i < a.size(); ++i) {
      size_t substituted = diagonal + substitutionCost(b[j], a[i]);
      diagonal = row[i];
      result = std::min(std::min(result, diagonal) + kMoveCost, substituted);
      row[i] = result;
      best = std::min(best, result);
    }
    if (best > limit) return limit + 1;
  }
  return result;
}

/// The best of `candidates` (list or tuple; owned result), null if none is close.
Value closest(const Value* candidates, int64_t count, Value name) {
  if (count >= kMaxCandidates) return Value();
  Utf8 wanted(name);
  if (!wanted.ok()) return Value();
  Value best;
  size_t bestDistance = SIZE_MAX;
  for (int64_t i = 0; i < count; ++i) {
    if (!isStr(candidates[i])) continue;
    Utf8 item(candidates[i]);
    if (!item.ok()) return Value();
    if (item.view() == wanted.view()) continue;
    size_t limit = std::min((wanted.size() + item.size() + 3) * kMoveCost / 6, bestDistance - 1);
    size_t d = distance(wanted.view(), item.view(), limit);
    if (d > limit) continue;
    best = candidates[i];
    bestDistance = d;
  }
  return xnewRef(best);
}

Value closestInList(Value list, Value name) { return list ? closest(asList(list)->items, asList(list)->size, name) : Value(); }

Value dirOf(Value o) {
  Ref dir(getAttr(builtinsModule(), "dir"));
  Ref list(dir ? call(dir, {o}) : Value());
  return list && isList(list) ? list.release() : Value();
}

Value attributeSuggestion(AttributeErrorObject* e) {
  if (!e->name || !e->obj || !isStr(e->name)) return Value();
  Ref list(dirOf(e->obj));
  return closestInList(list, e->name);
}

/// Names visible in the innermost frame: its variables but those it shares with functions in or around it, then globals, then builtins.
Value nameSuggestion(NameErrorObject* e) {
  if (!e->name || !isStr(e->name) || !e->traceback) return Value();
  auto* tb = e->traceback.as<TracebackObject>();
  while (tb->next) tb = tb->next.as<TracebackObject>();
  const CodeInfo* code = tb->code;
  Ref list(newList(0));
  for (uint32_t i = 0; i < code->varCount && list; ++i)
    if (listAppend(list, code->varNames[i]) < 0) break;
  if (Value found = closestInList(list, e->name)) return found;
  for (Value dict : {globalsOf(code, tb->function), builtinsDict()}) {
    if (!dict || !isDict(dict)) continue;
    Ref keys(dictKeysList(dict));
    if (Value found = closestInList(keys, e->name)) return found;
  }
  return Value();
}

} // namespace

Value suggestionFor(Value exception) {
  Ref pending = errorTake();
  Value found;
  if (isInstanceOf(exception, AttributeErrorType))
    found = attributeSuggestion(static_cast<AttributeErrorObject*>(asException(exception)));
  else if (isInstanceOf(exception, NameErrorType))
    found = nameSuggestion(static_cast<NameErrorObject*>(asException(exception)));
  errorRestore(pending.release());
  return found;
}

} // namespace krait
