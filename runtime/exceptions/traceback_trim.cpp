// The algorithm is that of CPython's import statement: a run of entries in the files is cut from its first entry on whenever
// an entry of it may go, so that of a run which ends in `passage` nothing stays.
#include "runtime/exceptions/traceback_trim.h"

#include "runtime/abi/thread_state.h"
#include "runtime/exceptions/exception.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

void trimTraceback(Value files, const char* passage, bool all) {
  Value exception = krt_hot.raised;
  if (!exception) return;
  auto isOf = [&](const TracebackObject* tb) {
    for (int64_t i = 0; i < asTuple(files)->size; ++i)
      if (strEqual(tb->code->filename, asTuple(files)->items[i])) return true;
    return false;
  };
  TracebackObject* before = nullptr; // the entry that the run follows; null: it is the first
  TracebackObject* previous = nullptr;
  bool inRun = false;
  for (Value at = tracebackOf(exception); at;) {
    auto* tb = at.as<TracebackObject>();
    Value next = tb->next;
    const bool isInside = isOf(tb);
    if (isInside && !inRun) before = previous;
    inRun = isInside;
    if (isInside && (all || strEqual(tb->code->name, passage))) {
      xincref(next);
      if (next) next.as<TracebackObject>()->outer = before;
      assign(before ? before->next : asException(exception)->traceback, next);
      previous = before;
    } else {
      previous = tb;
    }
    at = next;
  }
}

} // namespace krait
