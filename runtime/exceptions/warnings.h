// The core of the warnings machinery, which both C++ code (warn in
// object/errors.h) and the `_warnings` module use. The lists and dicts here are
// the ones that warnings.py imports and edits.
#pragma once
#include "runtime/object/ref.h"

namespace krait {

/// Initial list of filters, once-registry and default action (borrowed; null with an error).
Value warningFilters();
Value warningOnceRegistry();
Value warningDefaultAction();
/// Registries filled before this moment are stale.
void warningFiltersMutated();

/// Where a warning is attributed to.
struct WarningContext {
  Ref filename, module, registry;
  int64_t line = 0;
};
/// The frame `stackLevel` levels up (1: the innermost Python frame): 0 or -1.
int32_t findWarningContext(int64_t stackLevel, WarningContext* out);
/// message: a str or Warning instance; category ignored for the latter. registry, sourceLine, source may be null.
/// 0, or -1 with an error, e.g. the warning itself where filters say so.
int32_t warnExplicit(Value category, Value message, Value filename, int64_t line, Value module, Value registry,
                     Value sourceLine, Value source);
int32_t warnWithSource(Value category, Value message, int64_t stackLevel, Value source);
/// A ResourceWarning about `source`, whose repr goes into `format`, as `self` ends. What the filters make an error of nobody can catch: it is
/// reported. The pending error stays.
void warnOfUnclosed(Value source, const char* format, Value self);

} // namespace krait
