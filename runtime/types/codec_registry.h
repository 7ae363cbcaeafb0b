// codecs.register, lookup and register_error: search functions, their cache, and
// the error handlers by name. The package `encodings` is imported at first need.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// The CodecInfo for a name (owned); LookupError "unknown encoding: …". Runs code.
Value lookupCodec(const char* encoding);
/// The same, refused with LookupError unless a text encoding. `alternate` is the function that messages recommend.
Value lookupTextCodec(const char* encoding, const char* alternate);
int32_t registerCodecSearch(Value function);
int32_t unregisterCodecSearch(Value function);
/// object encoded / decoded by any codec. Runs code.
Value encodeByCodec(Value object, const char* encoding, const char* errors, bool textOnly);
Value decodeByCodec(Value object, const char* encoding, const char* errors, bool textOnly);
/// Wraps a pending exception of a simple type: "encoding with '…' codec failed (Type: text)", the original as its cause.
void wrapCodecError(const char* operation, const char* encoding);
/// Owned; LookupError "unknown error handler name '…'".
Value lookupErrorHandler(const char* name);
/// With -X dev both names (null: not given) have to exist even where nothing asks for them: -1 with LookupError.
int32_t checkCodecNames(const char* encoding, const char* errors);
int32_t registerErrorHandler(const char* name, Value handler);

} // namespace krait
