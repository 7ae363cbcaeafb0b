// File names as arguments: str (file system encoding, surrogateescape), bytes or __fspath__.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// os.fspath: str or bytes, TypeError otherwise.
Value fsPath(Value v);
/// The bytes for the operating system (a bytes object, NUL-terminated); ValueError for embedded NULs.
Value fileSystemPath(Value v);
/// A str (of any class) as bytes for the operating system.
Value encodeFileSystem(Value str);
/// Text from the operating system: str with surrogateescape.
Value decodeFileSystem(const char* s, size_t n);

} // namespace krait
