// Interned names that the runtime itself uses: NAME(append) is the str "append"
// as an immortal Value. One row of names.def each (kept sorted); the objects are
// static and are the same ones that generated code uses for these names: weak
// symbols krn_<identifier>, of one layout, merged at link time.
#pragma once
#include "runtime/types/str.h"

namespace krait {
extern "C" {
#define KRAIT_NAME(identifier) extern StrObject krn_##identifier;
#include "runtime/object/names.def"
#undef KRAIT_NAME
}
#define NAME(identifier) ::krait::Value(reinterpret_cast<const ::krait::Object*>(&::krait::krn_##identifier))
} // namespace krait
