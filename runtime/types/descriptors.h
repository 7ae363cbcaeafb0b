// The descriptors that builtin types are made of, and the wrappers classmethod,
// staticmethod and property.
#pragma once
#include "runtime/object/slots.h"
#include "runtime/types/function.h"

namespace krait {

/// classmethod and staticmethod.
struct MethodWrapObject { Object header; Value callable, dict; };
struct PropertyObject { Object header; Value getter, setter, deleter, doc, name; bool docFromGetter; };
/// _tuplegetter: a named tuple's field.
struct TupleGetter { Object header; Value doc; int64_t index; };
extern Type tupleGetterType;
/// A wrapper_descriptor bound to an object ("method-wrapper").
struct BoundWrapperObject { Object header; DescriptorObject* descriptor; Value self; };
struct MappingProxyObject { Object header; Value mapping; Value weakrefs; };

Value newMethodDescriptor(Type* owner, const MethodDef* def);
Value newClassMethodDescriptor(Type* owner, const MethodDef* def);
Value newGetSetDescriptor(Type* owner, const GetSetDef* def);
Value newMemberDescriptor(Type* owner, const MemberDef* def);
Value newWrapperDescriptor(Type* owner, const SlotDef* def);
Value newStaticMethod(Value callable);
Value newClassMethod(Value callable);
Value newMappingProxy(Value mapping);
/// types.SimpleNamespace(**dict).
Value newSimpleNamespace(Value dict);
/// The builtin `__new__` of a type: a static function whose first argument is the class to instantiate.
Value newConstructorFunction(Type* t);
bool isConstructorFunction(Value v);
/// The call found(cls), if `found` is object.__new__ and cls a class of Python's that object makes the instances of; sets `done` then.
Value makePlainly(Value found, Value cls, bool& done);
/// Checks and calls a method_descriptor: args[0] is self.
Value callMethodDescriptor(DescriptorObject* d, const Args& args);
Value memberGet(Value o, const MemberDef* def);
int32_t memberSet(Value o, const MemberDef* def, Value v);
/// What setting or deleting (v null) a member of kind Bool does to its word.
int32_t setBoolMember(bool* word, Value v);

inline bool isDataDescriptor(Value v) { return v.isPointer() && readyTypeOf(v)->descrSet; }

} // namespace krait
