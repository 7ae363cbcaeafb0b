// What a program built with --profile-generate counts (docs/profiles.md), as compiled code and the runtime share it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include "runtime/abi/array_codes.h"

namespace krait {

/// What a value was. The order is no part of the file, which has names (profile_text.h).
enum class SeenKind : uint8_t {
  Int, // a small one
  Float,
  Complex,
  List,
  Tuple,
  Dict,
  Set,
  Str,
  Bytes, // or a bytearray
  Instance, // of a class made in Python
  None,
  Bool,
  LargeInt,
  Other,
  Array, // of the first type code; the others follow
};
inline constexpr std::string_view kSeenNames[] = {"int", "float", "complex", "list", "tuple", "dict", "set", "str", "bytes", "instance", "None", "bool", "large int", "other"};
static_assert(std::size(kSeenNames) == static_cast<size_t>(SeenKind::Array));
inline constexpr size_t kSeenKinds = static_cast<size_t>(SeenKind::Array) + kArrayCodes.size();
/// Of an array, behind the dot: "array.d".
inline constexpr std::string_view kSeenArray = "array.";

/// How many classes of instances each place tells apart; the first that it meets.
inline constexpr size_t kSeenClasses = 8;

struct Type;

/// One place: a function's entry, a loop's way back, or a value.
struct PlaceCounts {
  int64_t count;
  int64_t kinds[kSeenKinds]; // of a value
  struct Class {
    const Type* type;
    const char* name; // "module.qualname", for ever
    int64_t count;
  } classes[kSeenClasses];
};

/// Static data of an instrumented module.
struct ModuleCounts {
  const char* description; // a profile of this one module, all counts 0
  PlaceCounts* places;     // in the order of the description: a function, then what is in it
  ModuleCounts* next;      // of those that have counted
  int64_t isListed;
};

} // namespace krait
