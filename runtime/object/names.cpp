// The objects behind names.h.
#include "runtime/object/names.h"

namespace krait {
namespace {
template <size_t N> struct StaticStr {
  StrObject head;
  char text[N];
};
} // namespace

extern "C" {
#define KRAIT_NAME(identifier)                                                                                \
  extern StaticStr<sizeof(#identifier)> krn_storage_##identifier __asm__("krn_" #identifier);                 \
  __attribute__((weak, aligned(16))) constinit StaticStr<sizeof(#identifier)> krn_storage_##identifier = {    \
      {KRAIT_STATIC_HEADER(strType), sizeof(#identifier) - 1, -1, nameHashOf(#identifier), 1,                 \
       kStrAscii | kStrInterned | kStrNameHash, 0},                                                           \
      #identifier};
#include "runtime/object/names.def"
#undef KRAIT_NAME
}

} // namespace krait
