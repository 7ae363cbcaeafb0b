// Pattern.sub and subn. A replacement without backslashes is taken literally;
// others are prepared by re._subx, which answers a text or a function of a match.
#include "runtime/modules/sre/match.h"
#include "runtime/object/protocol.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_slots.h"

namespace krait::sre {
namespace {

/// The pieces of the result, in the type of the subject.
class Pieces {
public:
  explicit Pieces(Value text) : text_(text), isText_(isStr(text)) {}
  void addSubject(const Matcher& m, int64_t from, int64_t to) {
    if (from >= to) return;
    ++count_;
    if (isText_) {
      out_.add(text_, from, to);
      return;
    }
    if (count_ == 1) bytes_.reserve(m.length);
    bytes_.add(m.bytesAt(from), to - from);
  }
  bool add(Value item) {
    if (isText_) {
      if (!isStr(item)) {
        raise(TypeErrorType, "sequence item %zd: expected str instance, %.80s found", static_cast<size_t>(count_), typeOf(item)->name);
        return false;
      }
      out_.add(item);
    } else {
      HeldBuffer b;
      if (!readyTypeOf(item)->buffer) {
        raise(TypeErrorType, "sequence item %zd: expected a bytes-like object, %.80s found", static_cast<size_t>(count_), typeOf(item)->name);
        return false;
      }
      if (!b.get(item)) return false;
      bytes_.add(b.data(), b.size());
    }
    ++count_;
    return true;
  }
  Value take() { return isText_ ? out_.take() : bytes_.take(); }

private:
  Value text_;
  bool isText_;
  int64_t count_ = 0;
  StrBuilder out_;
  ByteOutput bytes_;
};

/// Also what is not a text at all: re._subx complains.
bool hasBackslash(Value replacement) {
  if (isStr(replacement)) return strFind(replacement, latin1Char('\\'), 0, INT64_MAX, 1) >= 0;
  HeldBuffer b;
  if (!readyTypeOf(replacement)->buffer || !b.get(replacement)) return errorClear(), true;
  return b.size() && std::memchr(b.data(), '\\', static_cast<size_t>(b.size()));
}

} // namespace

Value substitute(PatternObject* pattern, Value replacement, Value text, int64_t count, bool withCount) {
  Ref filter = Ref::share(replacement);
  bool callable = isCallable(replacement);
  if (!callable) {
    if (hasBackslash(replacement)) {
      Ref re(importModule("re"));
      if (!re) return {};
      filter.reset(callMethod(re, "_subx", {Value(&pattern->header), replacement}));
      if (!filter) return {};
      callable = isCallable(filter);
    }
  }
  Matcher m;
  if (!m.open(pattern, text, 0, INT64_MAX)) return {};
  Pieces pieces(text);
  int64_t done = 0, found = 0;
  while (count == 0 || found < count) {
    const int result = m.search();
    if (result < 0) return {};
    if (result == 0) break;
    pieces.addSubject(m, done, m.matchStart);
    if (callable) {
      Ref match(newMatch(m));
      Ref item(match ? call(filter, {match}) : Value());
      if (!item || (!isNone(item) && !pieces.add(item))) return {};
    } else if (!isNone(filter) && !pieces.add(filter)) {
      return {};
    }
    done = m.matchEnd;
    ++found;
    m.advance();
  }
  const bool isSame = found == 0 && (isExactStr(text) || isExactBytes(text));
  if (!isSame) pieces.addSubject(m, done, m.end);
  Ref out(isSame ? newRef(text) : pieces.take());
  if (!out || !withCount) return out.release();
  return newTuple({out, Ref(newInt(found))});
}

} // namespace krait::sre
