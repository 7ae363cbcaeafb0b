// What types.GenericAlias (list[int]) and types.UnionType (int | str) share.
// newGenericAlias itself is in object/protocol.h.
#pragma once
#include "runtime/object/type.h"
#include "runtime/types/str.h"

namespace krait {

struct GenericAliasObject {
  Object header;
  Value origin, args; // args: tuple
  Value parameters;   // tuple, null until asked for
  Value weakrefs;
  bool starred;       // *tuple[int]
};
struct UnionObject {
  Object header;
  Value args;         // tuple of at least two
  Value parameters;
};

inline bool isGenericAlias(Value v) { return isInstanceOf(v, genericAliasType); } // or of a subclass
inline bool isUnion(Value v) { return v.isPointer() && typeOfObject(v.object()) == &unionType; }

/// a | b for types and what may stand among them; NotImplemented for others.
Value typeUnion(Value a, Value b);
/// Appends an argument as it appears in the repr of the whole: false with an error.
bool addTypeText(StrBuilder& out, Value argument);
/// The type variables in `args`, in order, each once: tuple.
Value collectParameters(Value args);
/// `args` with `parameters` replaced by `item` (one, or a tuple of them): tuple. `whole` is named in messages.
Value substituteParameters(Value whole, Value args, Value parameters, Value item);

} // namespace krait
