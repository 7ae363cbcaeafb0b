// How messages and reprs name a class of the runtime's own: without its module.
#pragma once
#include <cstring>
#include "runtime/object/type.h"

namespace krait {

/// Behind the last dot of the type's name; lives as long as that.
inline const char* shortName(const Type* type) {
  const char* dot = std::strrchr(type->name, '.');
  return dot ? dot + 1 : type->name;
}

} // namespace krait
