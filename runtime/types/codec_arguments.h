// The arguments `encoding` and `errors` of functions that take both.
#pragma once
#include "runtime/object/errors.h"
#include "runtime/types/codec.h"

namespace krait {

/// Either may be null. The first is seen to be a text, without surrogates and NULs, before the second is looked at, and both before
/// anything else: as CPython's parsing of arguments does it. Not ok() with an error set.
class CodecArguments {
public:
  CodecArguments(const char* function, Value encoding, Value errors)
      : encoding_(textOf(function, "encoding", encoding)), errors_(errorSet() ? Value() : textOf(function, "errors", errors)), ok_(!errorSet()) {}
  bool ok() const { return ok_; }
  const char* encoding() const { return encoding_.text(); }
  const char* errors() const { return errors_.text(); }

private:
  static Value textOf(const char* function, const char* name, Value v) {
    if (!v || isStr(v)) return v;
    return raise(TypeErrorType, "%s() argument '%s' must be str, not %.50G", function, name, v);
  }

  Utf8Argument encoding_, errors_;
  bool ok_;
};

} // namespace krait
