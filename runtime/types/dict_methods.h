// What dict.cpp, dict_methods.cpp, dict_merge.cpp and dict_views.cpp share.
#pragma once
#include "runtime/types/dict.h"

namespace krait::dict_methods {

extern const MethodDef table[];
/// dict(…) and d.update(…): at most one positional, then keywords.
/// dict(*args).
Value newFrom(const Args& args);
int32_t updateFromArgs(Value d, const char* callee, const Args& args);
/// d.update(other): a mapping (has keys) or an iterable of pairs.
int32_t updateFrom(Value d, Value other);
/// An iterator or view of one of the types of iterators.h.
Value newIterator(Type& type, Value d);
Value newReverseIterator(Type& type, Value d);
Value newView(Type& type, Value d);

} // namespace krait::dict_methods
