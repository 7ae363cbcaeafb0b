// A namespace package's __path__: a sequence that follows its parent's path.
//
// Each read compares the parent's path (sys.path, or __path__ of the parent package) with the
// one the directories were found on, and looks for them again if it changed. Invariant:
// `directories` is a list, `parentPath` a tuple, until the collector clears them.
#include "runtime/modules/importing/namespace_path.h"

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/importing/source_files.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

int64_t currentEpoch = 0;

struct NamespacePathObject {
  Object header;
  Value name, directories, parentPath;
  int64_t epoch;
};

int traverse(Object* o, Visit visit, void* context) {
  auto* p = reinterpret_cast<NamespacePathObject*>(o);
  for (Value* v = &p->name; v <= &p->parentPath; ++v)
    if (int r = visit(*v, context)) return r;
  return 0;
}
void clearParts(Object* o) {
  auto* p = reinterpret_cast<NamespacePathObject*>(o);
  for (Value* v = &p->name; v <= &p->parentPath; ++v) clear(*v);
}
void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  freeObject(o);
}

/// The path on which the package `name` is looked for, now: a tuple, owned.
Value parentPathOf(Value name) {
  for (int64_t i = asStr(name)->length - 1; i >= 0; --i) {
    if (asStr(name)->at(i) != '.') continue;
    Ref parentName(strSubstring(name, 0, i));
    Ref parent(parentName ? getItem(sysModules(), parentName) : Value());
    Ref path(parent ? getAttr(parent, NAME(__path__)) : Value());
    return path ? toTuple(path) : Value();
  }
  Value path = sysGet("path");
  return path ? toTuple(path) : raise(AttributeErrorType, "module 'sys' has no attribute 'path'");
}

/// The directories, up to date, owned; null with an error.
Value directoriesOf(Value self) {
  auto* p = self.as<NamespacePathObject>();
  Ref path(parentPathOf(p->name));
  int32_t same = path ? equal(path, p->parentPath) : -1;
  if (same < 0) return Value();
  if (!same || p->epoch != currentEpoch) {
    bool isPackage;
    Ref file(findSourceFile(p->name, path, &isPackage));
    Ref found(file || errorSet() ? Value() : findNamespacePackage(p->name, path));
    if (errorSet()) return Value();
    if (found) assign(p->directories, found.release());
    assign(p->parentPath, path.release());
    p->epoch = currentEpoch;
  }
  return newRef(p->directories);
}

Value iteratorOf(Value self) {
  Ref directories(directoriesOf(self));
  return directories ? iterate(directories) : Value();
}
int64_t lengthOf(Value self) {
  Ref directories(directoriesOf(self));
  return directories ? length(directories) : -1;
}
Value subscript(Value self, Value index) {
  Ref directories(directoriesOf(self));
  return directories ? getItem(directories, index) : Value();
}
int32_t setSubscript(Value self, Value index, Value v) {
  if (!v) return fail(AttributeErrorType, "__delitem__");
  return setItem(self.as<NamespacePathObject>()->directories, index, v);
}
int32_t containsItem(Value self, Value v) {
  Ref directories(directoriesOf(self));
  return directories ? contains(directories, v) : -1;
}
Value reprOf(Value self) { return formatText("_NamespacePath(%R)", self.as<NamespacePathObject>()->directories); }
Value append(Value self, Value item) {
  return listAppend(self.as<NamespacePathObject>()->directories, item) < 0 ? Value() : newRef(none());
}

constexpr SequenceSlots sequence = {.contains = containsItem};
constexpr MappingSlots mapping = {.length = lengthOf, .subscript = subscript, .setSubscript = setSubscript};
constinit const MethodDef methods[] = {{"append", append, "($self, item)"}, {}};
constinit const MemberDef members[] = {
    {"_name", MemberKind::Object, offsetof(NamespacePathObject, name)},
    {"_path", MemberKind::Object, offsetof(NamespacePathObject, directories)},
    {},
};

extern Type namespacePathType;
constinit Type namespacePathType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_frozen_importlib_external._NamespacePath",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &namespacePathType, .size = sizeof(NamespacePathObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .repr = reprOf,
    .iter = iteratorOf,
    .sequence = &sequence,
    .mapping = &mapping,
    .methods = methods,
    .members = members,
};

} // namespace

Value newNamespacePath(Value name, Value found, Value parentPath) {
  Ref path(parentPath ? toTuple(parentPath) : parentPathOf(name));
  Object* o = path ? newObject(&namespacePathType.instanceLayout) : nullptr;
  if (!o) return Value();
  auto* p = reinterpret_cast<NamespacePathObject*>(o);
  p->name = newRef(name);
  p->directories = newRef(found);
  p->parentPath = path.release();
  p->epoch = currentEpoch;
  gcTrack(o);
  return Value(o);
}

void invalidateNamespacePaths() { ++currentEpoch; }

} // namespace krait
