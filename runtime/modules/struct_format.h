// Formats of the struct module, compiled to a list of items.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// A run of equal items: `repeat` values of `size` bytes from `offset`; for 's' and 'p' one value of `size` bytes.
struct StructCode {
  /// How values are written that are mostly there: ints of two's complement, or without a sign, in as many bytes as words have; doubles.
  enum class Plain : uint8_t { No, Signed, Unsigned, Double };
  char format;
  Plain plain;
  int64_t offset, size, repeat;
};

struct StructObject {
  Object header;
  int64_t size;        // bytes; -1: not initialised
  int64_t valueCount;
  int64_t codeCount;
  StructCode* codes;   // owned block
  bool native;         // '@': native sizes, and messages as native items have them
  bool littleEndian;
  Value format;        // bytes
  Value weakrefs;
};

/// Compiles format->format into the object. -1 with struct.error.
int32_t compileStruct(StructObject* s, const Type& error);
/// One value at p. Null with an error.
Value unpackStructItem(const StructObject* s, const StructCode& code, const uint8_t* p);
int32_t packStructItem(const StructObject* s, const StructCode& code, uint8_t* p, Value v, const Type& error);

} // namespace krait
