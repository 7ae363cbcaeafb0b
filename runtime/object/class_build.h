// The class statement and type().
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// The work of a class statement, which builtins.__build_class__ does: the class (owned). `keywords`: a dict or null.
Value buildClass(Value body, Value name, Value bases, Value keywords);
/// What the class statements of code with these globals call (owned): their builtins' __build_class__, or a NameError.
Value classBuilder(Value globals);
/// The most derived metaclass among `meta` and those of the bases (borrowed); null with TypeError.
Type* calculateMetaclass(Type* meta, Value bases);
/// bases with __mro_entries__ applied: a tuple, the same one if there are none.
Value resolveBases(Value bases);
/// The class statement's hint for inline slots, from the namespace under construction to the type made of it.
void setSlotHint(Value names);
Ref takeSlotHint();
/// Fills in the parts of a new class that follow from its bases and dict: mro, slots of behaviour.
int32_t completeType(Type* t);
/// Replaces the bases (a checked tuple) of a heap type; on error everything is as before.
int32_t setBases(Type* t, Value bases);
/// Frees what a heap type owns beyond the words that traversal sees.
void releaseType(Type* t);

} // namespace krait
