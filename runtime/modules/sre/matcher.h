// The matcher: backtracking without recursion. All state that a failed attempt
// must restore is logged on one stack, between the choices still open.
#pragma once
#include "runtime/modules/sre/program.h"
#include "runtime/types/bytes.h"

namespace krait::sre {

/// What is pushed: choices to resume, frames of atomic parts, and old values to put back.
struct StackEntry {
  uint32_t kind;
  uint32_t pc;
  int64_t a, b, c;
};
/// A running repeat (REPEAT … UNTIL).
struct Repeat {
  uint32_t pc;       // of the operands of REPEAT
  uint32_t previous; // enclosing one, index + 1; 0: none
  int64_t count;
  int64_t last;      // where the last item started, -1: none
};

/// One subject text under one pattern; reused for consecutive searches.
class Matcher {
public:
  /// Takes the text (str or buffer) clipped to [start, end). False with an error: types do not fit.
  bool open(PatternObject* pattern, Value text, int64_t start, int64_t end);
  ~Matcher();
  Matcher() = default;
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  /// From `start` on. 1 found (matchStart, matchEnd, marks set), 0 not, -1 error.
  int search();
  /// At `start` exactly; `whole` demands the end of the text.
  int match(bool whole);
  /// After a match: continue behind it, refusing another empty match at the same place.
  void advance() {
    mustAdvance = matchEnd == matchStart;
    start = matchEnd;
  }
  /// [from, to) of the text: str or bytes.
  Value slice(int64_t from, int64_t to) const;
  /// The same place of a text of bytes.
  const uint8_t* bytesAt(int64_t from) const { return static_cast<const uint8_t*>(data_) + from; }

  PatternObject* pattern = nullptr;
  Value text;                 // borrowed
  int64_t start = 0, end = 0; // current bounds; `end` clips the text
  int64_t begin = 0;          // first bound, as given (Match.pos)
  int64_t length = 0;
  bool mustAdvance = false;
  int64_t matchStart = 0, matchEnd = 0;
  int64_t* marks = nullptr;   // 2 per group, -1 unset
  int64_t lastIndex = -1;
  bool isBytes = false;

private:
  template <class C> int run(const C* text, uint32_t pc, int64_t at, bool whole);
  template <class C> int searchText(const C* text);
  template <class C> int64_t countItems(const C* text, uint32_t pc, int64_t at, int64_t most) const;
  template <class C> bool testItem(const C* text, uint32_t pc, int64_t at) const;
  template <class C> bool testAt(const C* text, uint32_t code, int64_t at) const;
  bool inSet(uint32_t pc, uint32_t c) const;
  bool push(uint32_t kind, uint32_t pc, int64_t a, int64_t b, int64_t c);
  bool grow();
  void cut(size_t height);
  void resetMarks();

  const void* data_ = nullptr;
  int kind_ = 1;
  Buffer buffer_;
  StackEntry* stack_ = nullptr;
  size_t top_ = 0, capacity_ = 0;
  Repeat* repeats_ = nullptr;
  uint32_t repeatTop_ = 0, repeatCapacity_ = 0;
  bool marksUsed_ = false;
  int64_t localMarks_[16];
  StackEntry localStack_[32];
};

} // namespace krait::sre
