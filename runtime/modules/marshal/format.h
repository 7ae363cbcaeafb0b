// The format of marshal: CPython's, versions 0 to 4. A code object is written as the text that it stands in and its place there
// (kText, a code of our own); reading it compiles the text again. Where there is no text (code that was made by code.replace()
// or of a tree) it is written, and read, as CPython's.
#pragma once
#include <string>
#include <string_view>
#include "runtime/object/ref.h"

namespace krait::marshal {

constexpr int64_t kVersion = 4;
constexpr int kMaxDepth = 2000;
constexpr uint8_t kReferred = 0x80; // set in a type's code: later kReference may name this object
constexpr char kReference = 'r';
constexpr char kText = 'k'; // text, file name, qualified name; mode, optimize, future flags, line, column
constexpr char kCode = 'c';
constexpr uint8_t kLocal = 0x20, kCell = 0x40, kFree = 0x80; // kinds of variables of kCode

/// Appends the object to `out`: false with an error.
bool write(Value v, int64_t version, std::string& out);
/// One object (owned), null with an error. `used`: the bytes that it took.
Value read(std::string_view data, size_t* used, bool isFile = false);
/// The same of a file, of which it takes no byte more.
Value readFile(Value file);

} // namespace krait::marshal
