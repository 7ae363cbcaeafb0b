// Coded character sets of East Asia, read from the C library's converters.
//
// A charset maps sequences of one to four bytes to one or two characters. What iconv says is kept in tables that fill
// as they are used; state (shifts, escapes) is not its business: stateful encodings are made of these sets.
#pragma once
#include <cstdint>

namespace krait::multibyte {

struct Characters { uint32_t first = 0, second = 0; }; // first 0: none; second 0: only one
struct Bytes { uint8_t size = 0, data[4] = {}; };      // size 0: not encodable

class Charset {
public:
  /// The set that iconv knows by this name, for the life of the process. Null if the C library has no such converter.
  static Charset* open(const char* name);
  Characters decode(const uint8_t* p, int n);
  /// Of two bytes, from a table.
  Characters decodePair(uint8_t lead, uint8_t trail);
  /// Of a character, or of a base and a combining one that together have a code.
  Bytes encode(uint32_t c, uint32_t combining = 0);

private:
  Bytes encodeCombined(uint32_t c, uint32_t combining);
  struct Tables;
  Tables* tables_ = nullptr;
};

} // namespace krait::multibyte
