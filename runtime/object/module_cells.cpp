// Globals: cells, module dicts, and names looked up in namespaces at run time.
#include "runtime/object/module_cells.h"

#include "runtime/builtins/builtins.h"
#include "runtime/object/class_build.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait {

Value* moduleCellFor(ModuleInfo* info, Value key) {
  if (!isExactStr(key)) return nullptr;
  for (uint32_t i = 0; i < info->cellCount; ++i)
    if (info->cellNames[i] == key) return &info->cells[i];
  if (asStr(key)->flags & kStrInterned) return nullptr;
  for (uint32_t i = 0; i < info->cellCount; ++i)
    if (strEqual(info->cellNames[i], key)) return &info->cells[i];
  return nullptr;
}

void moduleDictDies(DictObject* d) {
  if (d->module->dict != Value(&d->header)) return;
  d->module->dict = Value();
  d->module->instantiated = 0;
}

Value newModuleDict(ModuleInfo* info) {
  Value d = newDict();
  if (!d) return Value();
  dictSplitOverCells(d, info);
  info->dict = d;
  info->instantiated = 1;
  return d;
}

Value krt_module_globals(ModuleInfo* info) {
  // Null if code still runs whose module is gone: the dict that it gets now has no owner.
  if (!info->dict) newModuleDict(info);
  return info->dict;
}

namespace {

Value undefined(Value name) { return raiseNameError(NameErrorType, name, "name '%.200U' is not defined", name); }

/// Item of a namespace: owned, null without error when absent.
Value namespaceGet(Value ns, Value name) {
  if (isExactDict(ns)) return xnewRef(dictGet(ns, name));
  Value v = getItem(ns, name);
  if (!v) errorClearIf(KeyErrorType);
  return v;
}

/// In the builtins namespace of `globals`, which may be any mapping: owned, a NameError if it is not there.
Value builtinsLookup(Value globals, Value name) {
  Value chosen = globals ? dictGet(globals, NAME(__builtins__)) : Value();
  if (!chosen && errorSet()) return Value();
  const bool isOther = chosen && !isExactDict(chosen) && !isInstanceOf(chosen, moduleType);
  Ref held = Ref::share(isOther ? chosen : builtinsOf(globals));
  Value v = held ? namespaceGet(held, name) : Value();
  return v || errorSet() ? v : undefined(name);
}

} // namespace

Value builtinsOf(Value globals) {
  Value b = globals ? dictGet(globals, NAME(__builtins__)) : Value();
  if (!b) return errorSet() ? Value() : builtinsDict();
  if (isDict(b)) return b;
  if (isInstanceOf(b, moduleType)) return moduleDict(b);
  return builtinsDict();
}

namespace {

/// Where a module found a builtin: good while its globals and the builtins keep their keys, and its
/// `__builtins__` their value. Slots are shared by all cells of all modules; the youngest stays.
struct FoundBuiltin {
  const Value* cell;
  uint64_t globalsVersion, builtinsVersion;
  const DictObject* builtins;
  const Value* chosen; // of `__builtins__` in the globals; null: not there
  Value chosenValue;
  const Value* word;
};
constexpr size_t kFoundBuiltins = 1024;
constinit FoundBuiltin foundBuiltins[kFoundBuiltins] = {};

FoundBuiltin& foundBuiltinOf(const Value* cell) {
  const auto bits = reinterpret_cast<uintptr_t>(cell) / sizeof(Value);
  return foundBuiltins[(bits ^ (bits >> 10)) % kFoundBuiltins];
}

void rememberBuiltin(const ModuleInfo* info, uint32_t cell, Value name) {
  Value builtins = builtinsOf(info->dict);
  if (!builtins || !isExactDict(builtins)) return;
  const Value* word = dictWordOfName(builtins, name);
  if (!word) return;
  const Value* chosen = dictWordOfName(info->dict, NAME(__builtins__));
  foundBuiltinOf(&info->cells[cell]) = {&info->cells[cell], asDict(info->dict)->version, asDict(builtins)->version,
                                        asDict(builtins),   chosen, chosen ? *chosen : Value(), word};
}

} // namespace

Value globalGetSlow(ModuleInfo* info, uint32_t cell) {
  const FoundBuiltin& found = foundBuiltinOf(&info->cells[cell]);
  // The test of `__builtins__` comes first: it says that the builtins' dict is still there.
  if (found.cell == &info->cells[cell] && asDict(info->dict)->version == found.globalsVersion &&
      (!found.chosen || *found.chosen == found.chosenValue) && found.builtins->version == found.builtinsVersion && *found.word) [[likely]]
    return newRef(*found.word);
  Value name = info->cellNames[cell];
  const bool hasOtherKeys = !asDict(info->dict)->strKeysOnly; // which may be equal to a name
  if (const Value own = hasOtherKeys ? dictGet(info->dict, name) : Value(); own || errorSet()) return xnewRef(own);
  Value v = builtinsLookup(info->dict, name);
  if (v && !hasOtherKeys) rememberBuiltin(info, cell, name);
  return v;
}

int32_t globalSetSlow(ModuleInfo* info, uint32_t cell, Value v) {
  Value d = krt_module_globals(info);
  info->cells[cell] = v;
  if (dictLinkWord(d, info->cellNames[cell], &info->cells[cell]) < 0) {
    clear(info->cells[cell]);
    return -1;
  }
  return 0;
}

int32_t krt_global_del(ModuleInfo* info, uint32_t cell) {
  Value name = info->cellNames[cell];
  if (!info->cells[cell]) { // a key that is no plain str may be equal to the name
    Value d = krt_module_globals(info);
    const int32_t found = asDict(d)->strKeysOnly ? 0 : dictDeleteIfPresent(d, name);
    if (!found) undefined(name);
    return found > 0 ? 0 : -1;
  }
  Ref old(info->cells[cell]);
  info->cells[cell] = Value();
  return dictUnlinkWord(info->dict, name);
}

// ---- namespaces at run time --------------------------------------------------------------------

Value krt_dict_global_get(Value globals, Value name) {
  // A subclass of dict may have __missing__, which CPython asks here, but not for the names of a class body or a module.
  Value v = namespaceGet(globals, name);
  return v || errorSet() ? v : builtinsLookup(globals, name);
}
int32_t krt_dict_global_set(Value globals, Value name, Value v) { return dictSet(globals, name, v); }
int32_t krt_dict_global_del(Value globals, Value name) {
  int32_t r = dictDeleteIfPresent(globals, name);
  if (r == 0) return undefined(name), -1;
  return r < 0 ? -1 : 0;
}

Value krt_name_get(Value ns, Value globals, Value name) {
  Value v = namespaceGet(ns, name);
  if (v || errorSet()) return v;
  v = dictGet(globals, name);
  return v ? newRef(v) : errorSet() ? Value() : builtinsLookup(globals, name);
}

Value krt_name_get_deref(Value ns, Value cell, Value name) {
  Value v = namespaceGet(ns, name);
  if (v || errorSet()) return v;
  v = cell.as<CellObject>()->contents;
  if (v) return newRef(v);
  return raiseNameError(NameErrorType, name,
                        "cannot access free variable '%.200U' where it is not associated with a value in enclosing scope", name);
}

int32_t krt_name_set(Value ns, Value name, Value v) {
  if (name == NAME(__krait_slots__)) {
    // The compiler's hint for the class under construction is none of the namespace's business.
    setSlotHint(v);
    return 0;
  }
  return isExactDict(ns) ? dictSet(ns, name, v) : setItem(ns, name, v);
}

int32_t krt_name_del(Value ns, Value name) {
  if (isExactDict(ns)) {
    int32_t r = dictDeleteIfPresent(ns, name);
    if (r == 0) undefined(name);
    return r == 1 ? 0 : -1;
  }
  if (delItem(ns, name) == 0) return 0;
  if (errorClearIf(KeyErrorType)) undefined(name);
  return -1;
}

} // namespace krait
