// A class statement's work for `class Error(Base): pass`.
#include "runtime/modules/module_exception.h"
#include <cstring>
#include <map>
#include <string>
#include "runtime/memory/alloc.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

/// Messages name a class that CPython makes from a specification with its module.
static void nameInFull(Type* t, const char* moduleName) {
  const std::string full = std::string(moduleName) + '.' + t->name;
  HeapType* h = asHeap(t);
  deallocate(h->nameText);
  h->nameText = static_cast<char*>(allocate(full.size() + 1));
  std::memcpy(h->nameText, full.c_str(), full.size() + 1);
  t->name = h->nameText;
}

Type* addModuleException(Value module, const char* moduleName, const char* name, const Type& base, Referable referable) {
  // A module imported anew shares the static types and functions, so its exceptions must be the same too.
  static std::map<std::string, Type*> known;
  Type*& type = known[std::string(moduleName) + '.' + name];
  if (type) return moduleAdd(module, name, newRef(asValue(type))) < 0 ? nullptr : type;
  Ref ns(newDict()), text(newStr(name)), owner(newStr(moduleName)), bases(newTuple({asValue(&base)}));
  if (!ns || !text || !owner || !bases || dictSet(ns, NAME(__module__), owner) < 0) return nullptr;
  Ref slots(internStr("__slots__"));
  const bool noSlots = referable == Referable::No;
  if (!slots || (noSlots && dictSet(ns, slots, emptyTuple()) < 0)) return nullptr;
  Value made = newType(asValue(&typeType), text, bases, ns, Value());
  // The slots have said what they had to; CPython's class has no such attribute.
  if (made && noSlots && dictDelete(made.as<Type>()->dict, slots) < 0) return nullptr;
  if (!made || moduleAdd(module, name, newRef(made)) < 0) return nullptr;
  type = made.as<Type>();
  if (noSlots) nameInFull(type, moduleName);
  return type;
}

} // namespace krait
