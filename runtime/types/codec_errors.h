// Error handlers of codecs. The built-in ones answer without making an exception
// object; others are called as the registry knows them.
#pragma once
#include "runtime/types/codec.h"

namespace krait {

enum class ErrorMode : uint8_t {
  Strict, Ignore, Replace, BackslashReplace, XmlCharRef, NameReplace, SurrogateEscape, SurrogatePass, Custom
};
ErrorMode errorModeOf(const char* errors);
/// A built-in handler as a callable of an exception (borrowed, immortal), or null.
Value builtinErrorHandler(ErrorMode mode);
const char* errorModeName(ErrorMode mode);

/// How surrogates are stored by the encoding that asks, for surrogatepass.
enum class SurrogateForm : uint8_t { None, Utf8, Utf16Little, Utf16Big, Utf32Little, Utf32Big };
SurrogateForm surrogateFormOf(const char* encoding);

/// One encoding run: remembers the handler and the exception object between calls.
class EncodeErrors {
public:
  /// `expected`: the message about what a handler returns that is no such pair.
  EncodeErrors(const char* encoding, Value text, const char* errors, SurrogateForm form = SurrogateForm::None,
               const char* expected = "encoding error handler must return (str/bytes, int) tuple")
      : encoding_(encoding), text_(text), errors_(errors), expected_(expected), form_(form), mode_(errorModeOf(errors)) {}
  /// Code points [start, end) have no encoding. On success `replacement` (str or bytes) goes in their place and
  /// encoding continues at *next. False: an error is set.
  bool handle(int64_t start, int64_t end, const char* reason, Ref& replacement, int64_t* next);
  /// Raises for the same range: a replacement text was not encodable either.
  void raiseStrict(int64_t start, int64_t end, const char* reason) { raiseEncodeError(encoding_, text_, start, end, reason); }
  ErrorMode mode() const { return mode_; }

private:
  const char* encoding_;
  Value text_;
  const char *errors_, *expected_;
  SurrogateForm form_;
  ErrorMode mode_;
  Ref handler_, exception_;
};

/// One decoding run. A handler may exchange the data: read them through data() and size() after each handle().
class DecodeErrors {
public:
  DecodeErrors(const char* encoding, const uint8_t* data, size_t n, const char* errors, SurrogateForm form = SurrogateForm::None)
      : encoding_(encoding), data_(data), size_(static_cast<int64_t>(n)), errors_(errors), form_(form), mode_(errorModeOf(errors)) {}
  /// Adds the replacement for bytes [start, end) to `out`; *next is where to continue. False: an error is set.
  bool handle(int64_t start, int64_t end, const char* reason, StrBuilder& out, int64_t* next);
  const uint8_t* data() const { return data_; }
  int64_t size() const { return size_; }

private:
  const char* encoding_;
  const uint8_t* data_;
  int64_t size_;
  const char* errors_;
  SurrogateForm form_;
  ErrorMode mode_;
  Ref handler_, exception_, exchanged_;
};

} // namespace krait
