// What sys.getsizeof, __basicsize__ and __itemsize__ answer for types whose structures CPython 3.11 (64 bits) lays out
// otherwise: people compare such figures with what they have read.
#pragma once
#include "runtime/object/type.h"

namespace krait {

struct ShownSize {
  const char* type; // as in Type::name
  int64_t basic, item;
  bool isCollected; // the collector's 16 bytes stand before each object
};

/// Null: the type's own figures are right. Of types that are written in Python always null.
const ShownSize* shownSizeOf(const Type* t);

} // namespace krait
