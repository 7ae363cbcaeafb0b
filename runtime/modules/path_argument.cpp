// Conversion of file names between Python and the operating system.
#include "runtime/modules/path_argument.h"

#include <cstring>

#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/type_name.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec.h"
#include "runtime/types/str.h"

namespace krait {

Value fsPath(Value v) {
  if (isStr(v) || isBytes(v)) return newRef(v);
  const Value found = typeLookup(typeOf(v), NAME(__fspath__));
  Ref r(found ? callIfGotten(found, v) : Value());
  if (!r && errorSet()) return Value();
  if (!r) return raise(TypeErrorType, "expected str, bytes or os.PathLike object, not %.200s", shortName(typeOf(v)));
  if (!isStr(r) && !isBytes(r))
    return raise(TypeErrorType, "expected %.200s.__fspath__() to return str or bytes, not %.200s", shortName(typeOf(v)), shortName(typeOf(r)));
  return r.release();
}

Value encodeFileSystem(Value str) {
  const StrObject* s = asStr(str);
  if (s->flags & kStrAscii) return newBytes(s->data(), static_cast<size_t>(s->length));
  return encodeStr(str, "utf-8", "surrogateescape");
}

Value fileSystemPath(Value v) {
  Ref path(fsPath(v));
  if (!path) return Value();
  Ref bytes(isBytes(path) ? newRef(path) : encodeFileSystem(path));
  if (!bytes) return Value();
  std::string_view view = bytesView(bytes);
  if (memchr(view.data(), 0, view.size())) return raise(ValueErrorType, "embedded null byte");
  return bytes.release();
}

Value decodeFileSystem(const char* s, size_t n) {
  return decodeUtf8(reinterpret_cast<const uint8_t*>(s), n, "surrogateescape");
}

} // namespace krait
