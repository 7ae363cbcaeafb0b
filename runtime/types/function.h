// Functions, builtin functions, methods, cells, modules, code objects.
#pragma once
#include "runtime/object/ref.h"
#include "runtime/object/type.h"

namespace krait {

struct FunctionObject {
  Object header;
  const CodeInfo* code;
  void* entry;            // code->entry while `arity` is valid
  int32_t arity;          // calls with exactly this many positional arguments may go straight to entry; negative: never, but see leavingNothing
  bool isAsWritten;       // defaults are what its `def` says
  Value globals;          // dict
  Value closure;          // tuple of cells or null
  Value defaults, kwdefaults; // tuple / dict or null
  Value name, qualname, module, doc, annotations, dict, weakrefs, builtins, typeParams;
  Value codeObject;       // set when __code__ was read or assigned, else null
};
/// The arity of code with * (and ** that waits until it is looked at), whose other parameters such a call fills exactly: its entry
/// takes (), and null for **, besides.
constexpr int32_t leavingNothing(int32_t count) { return -2 - count; }
struct CellObject { Object header; Value contents; };
struct BuiltinFunctionObject { Object header; const MethodDef* def; Value self; Value module; Value weakrefs; Type* definingType; };
struct MethodObject { Object header; Value function, self; Value weakrefs; };
struct ModuleObject { Object header; Value dict; ModuleInfo* info; const NativeModule* native; Value weakrefs; void* state; };
/// method_descriptor, classmethod_descriptor, wrapper_descriptor, getset_descriptor, member_descriptor.
struct DescriptorObject { Object header; Type* owner; Value name; const void* def; Value qualname; };

/// What the `__class__` cell of a method that mentions it or super() holds (borrowed); null: nothing, or it has none.
Value classCellOf(const FunctionObject* f);
inline bool isFunction(Value v) { return v.isPointer() && v.object()->layout == &functionType.instanceLayout; }
Value newBuiltinFunction(const MethodDef* def, Value self, Value module);
Value newMethod(Value function, Value self);
Value newModule(Value name);
/// Globals dict of a module object (borrowed).
inline Value moduleDict(Value m) { return m.as<ModuleObject>()->dict; }
/// Adds the methods of a native module's table to it.
int32_t moduleAddMethods(Value m, const MethodDef* methods);
int32_t moduleAdd(Value m, const char* name, Value owned); // null value: passes the pending error on
int32_t moduleAddType(Value m, Type* t);        // under the last part of its name
/// sys.modules (borrowed), and import of a dotted name (owned module of that name).
Value sysModules();
Value importModule(const char* name);
/// Attribute of the sys module, borrowed; null without error.
Value sysNamespace();               // the sys module's dict, borrowed; null before there is one
Value sysGet(const char* name);
int32_t sysSet(const char* name, Value v);

} // namespace krait
