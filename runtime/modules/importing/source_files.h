// Files of source text met at run time: finding, reading, decoding.
#pragma once
#include <string_view>
#include "runtime/object/ref.h"

namespace krait {

/// Whether the file is a ZIP archive.
bool isArchiveFile(const char* path);

/// name.py or name/__init__.py on `path` (a list of str; null: sys.path): str, or null without error.
Value findSourceFile(Value name, Value path, bool* isPackage);
/// Directories called like the last part of `name`, when no file is: list, or null without error.
Value findNamespacePackage(Value name, Value path);
/// The file's text by its encoding declaration: str; OSError, SyntaxError, UnicodeDecodeError.
Value readSourceFile(Value path);
Value readFileBytes(Value path);
/// Bytes of a source file as text: BOM or coding cookie, universal newlines.
Value decodeSource(std::string_view bytes);
/// What the code of a file says that its file is (str): the path, or for some of the standard library "<frozen NAME>".
Value codeFileOf(Value path);
/// Whether that is a module that CPython carries frozen, and takes from there.
bool isFrozenFile(Value path);
/// A negative `how`, which tests ask for: the modules come from their files, zipimport apart. Anything else: as usual.
void overrideFrozenFiles(int32_t how);
/// __pycache__/name.krait-311.pyc beside `path`.
Value cachedPath(Value path);

} // namespace krait
