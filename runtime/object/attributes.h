// Attribute lookup beneath the protocol, for the caches and for types that look
// things up in their own way.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

/// `name` as an interned exact str; null with TypeError if it is no str.
Ref attributeName(Value name);
/// object.__getattribute__. With `required` false, absence is null without an error.
Value lookupAttribute(Value o, Value name, bool required);
/// type.__getattribute__, in the same way.
Value lookupTypeAttribute(Type* t, Value name, bool required);
Value typeGetAttr(Value t, Value name);
/// That of modules, in the same way: where absence is no error, it takes no look at whether the module is complete.
Value lookupModuleAttribute(Value module, Value name, bool required);
Value moduleGetAttr(Value module, Value name);
/// What there is is found as object.__getattribute__ finds it; a __getattr__ may be asked for the rest.
bool findsPlainly(Type* t);
/// Whether getattr(o, name) is the method of that name that object has, bound to `o`: nothing overrides or hides it. For
/// callers that would call it, and can do without making it.
bool usesObjectMethod(Value o, Value name);
/// o.__class__, which classes may define: owned, null with an error.
Value classOf(Value o);
/// object.__setattr__ of an instance that it fits, whatever its class has: as genericSetAttr, with what is known of the place.
int32_t objectSetAttr(Value o, Value name, Value v);
/// type.__setattr__: keeps versions and slots up to date.
int32_t typeSetAttr(Value t, Value name, Value v);

struct Shape;
/// A new instance that holds these (consumed) as it would have before the class was changed.
Value instanceFilledAnew(Value cls, const Shape* shape, Slot values);

/// What instanceSet answers beside 0 and -1.
constexpr int32_t kInstanceLacksName = 1, kInstanceHasNoDict = 2;

} // namespace krait
