// The objects behind names.h, for programs without compiled code: the others define all their names themselves
// (codegen/emit/name_table.h).
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
  __attribute__((aligned(16))) constinit StaticStr<sizeof(#identifier)> krn_storage_##identifier = {          \
      {KRAIT_STATIC_HEADER(strType), sizeof(#identifier) - 1, -1, nameHashOf(#identifier), 1,                 \
       kStrAscii | kStrInterned | kStrNameHash, 0},                                                           \
      #identifier};
#include "runtime/object/names.def"
#undef KRAIT_NAME
}

} // namespace krait
