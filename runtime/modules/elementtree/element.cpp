// xml.etree.ElementTree.Element: its parts, attributes and type object.
#include "runtime/modules/elementtree/element.h"

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::elementtree {

namespace {

constexpr int64_t kSize = 56, kExtraSize = 56, kInlineChildren = 4; // CPython's, for __sizeof__

Value construct(Type* t, const Args&) {
  Value made = allocateOf(t, 0);
  if (!made) return made;
  auto* e = asElement(made);
  e->tag = e->text = e->tail = none();
  gcTrack(made.object());
  return made;
}

int32_t init(Value self, const Args& args) {
  Ref attributes;
  if (!countArgumentsOld("Element", args.positional(), 1, 2) || !attributesOfCall("Element", args, 1, attributes)) return -1;
  auto* e = asElement(self);
  assign(e->tag, newRef(args[0]));
  assign(e->text, none());
  assign(e->tail, none());
  assign(e->attributes, attributes.release());
  return 0;
}

void clearParts(Object* o) {
  auto* e = reinterpret_cast<ElementObject*>(o);
  assign(e->tag, none());
  assign(e->text, none());
  assign(e->tail, none());
  clear(e->attributes);
  clear(e->children);
}
void dealloc(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  if (reinterpret_cast<ElementObject*>(o)->weakrefs) clearWeakrefs(o);
  for (int i = 0; i < ElementObject::kOwned; ++i) xdecref(ownedWords(o)[i]);
  releaseObjectOf<kLayoutGc>(elementType, o);
  trashcanEnd();
}

/// Parents come before their children in the collector's lists, as it likes it (memory/gc_quick.cpp): there is no list of
/// children between them, which would come after the first.
int traverse(Object* o, Visit visit, void* context) {
  const auto* e = reinterpret_cast<ElementObject*>(o);
  for (Value v : {e->tag, e->text, e->tail, e->attributes})
    if (v && v.isPointer())
      if (int stop = visit(v, context)) return stop;
  for (int64_t i = 0; i < childCount(e); ++i)
    if (int stop = visit(childAt(e, i), context)) return stop;
  return 0;
}

Value reprElement(Value self) {
  const int32_t entered = reprEnter(self);
  if (entered < 0) return Value();
  if (entered) return raise(RuntimeErrorType, "reentrant call inside %s.__repr__", typeOf(self)->name);
  Value text = formatText("<Element %R at %p>", asElement(self)->tag, static_cast<void*>(self.object()));
  reprLeave(self);
  return text;
}

// ---- attributes of the object --------------------------------------------------------------------

Value& partOf(Value self, void* closure) {
  return *reinterpret_cast<Value*>(reinterpret_cast<char*>(self.object()) + reinterpret_cast<intptr_t>(closure));
}
Value getPart(Value self, void* closure) { return newRef(partOf(self, closure)); }
int32_t setPart(Value self, Value v, void* closure) {
  if (!v) return fail(AttributeErrorType, "can't delete element attribute");
  assign(partOf(self, closure), newRef(v));
  return 0;
}
Value getAttributes(Value self, void*) { return xnewRef(attributesOf(asElement(self))); }
int32_t setAttributes(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "can't delete element attribute");
  if (!isDict(v)) return fail(TypeErrorType, "attrib must be dict, not %.200T", v);
  assign(asElement(self)->attributes, newRef(v));
  return 0;
}
#define PART(name) {#name, getPart, setPart, reinterpret_cast<void*>(offsetof(ElementObject, name))}
const GetSetDef getset[] = {PART(tag), PART(text), PART(tail), {"attrib", getAttributes, setAttributes}, {}};
#undef PART

// ---- attributes of the XML element ---------------------------------------------------------------

Value getMethod(Value self, const Value* argv) {
  auto* e = asElement(self);
  Value found = e->attributes ? dictGet(e->attributes, argv[0]) : Value();
  if (!found && errorSet()) return Value();
  return newRef(found ? found : argv[1] ? argv[1] : none());
}
Value setMethod(Value self, const Value* argv) {
  Value all = attributesOf(asElement(self));
  return all && dictSet(all, argv[0], argv[1]) == 0 ? newRef(none()) : Value();
}
Value keysMethod(Value self) {
  auto* e = asElement(self);
  return e->attributes ? dictKeysList(e->attributes) : newList(0);
}
Value itemsMethod(Value self) {
  auto* e = asElement(self);
  return e->attributes ? dictItemsList(e->attributes) : newList(0);
}
Value clearMethod(Value self) {
  auto* e = asElement(self);
  clear(e->attributes);
  clear(e->children);
  assign(e->text, none());
  assign(e->tail, none());
  return newRef(none());
}
Value makeElementMethod(Value, const Value* argv) {
  if (!isDict(argv[1])) return raise(TypeErrorType, "makeelement() argument 2 must be dict, not %.50G", argv[1]);
  Ref attributes(dictCopy(argv[1]));
  return attributes ? newElement(argv[0], attributes) : Value();
}
Value sizeMethod(Value self) {
  auto* e = asElement(self);
  int64_t size = kSize;
  if (e->attributes || e->children) {
    size += kExtraSize;
    if (childCount(e) > kInlineChildren) size += 8 * asList(e->children)->capacity;
  }
  return newInt(size);
}

constinit const MethodDef methods[] = {
    {"clear", clearMethod, "($self, /)"},
    {"get", getMethod, "($self, /, key, default=None)"},
    {"set", setMethod, "($self, key, value, /)"},
    {"find", findMethod, "($self, /, path, namespaces=None)"},
    {"findtext", findTextMethod, "($self, /, path, default=None, namespaces=None)"},
    {"findall", findAllMethod, "($self, /, path, namespaces=None)"},
    {"append", appendMethod, "($self, subelement, /)"},
    {"extend", extendMethod, "($self, elements, /)"},
    {"insert", insertMethod, "($self, index, subelement, /)"},
    {"remove", removeMethod, "($self, subelement, /)"},
    {"iter", iterMethod, "($self, /, tag=None)"},
    {"itertext", iterTextMethod, "($self, /)"},
    {"iterfind", iterFindMethod, "($self, /, path, namespaces=None)"},
    {"items", itemsMethod, "($self, /)"},
    {"keys", keysMethod, "($self, /)"},
    {"makeelement", makeElementMethod, "($self, tag, attrib, /)"},
    {"__copy__", copyMethod, "($self, /)"},
    {"__deepcopy__", deepCopyMethod, "($self, memo, /)"},
    {"__getstate__", getStateMethod, "($self, /)"},
    {"__setstate__", setStateMethod, "($self, state, /)"},
    {"__sizeof__", sizeMethod, "($self, /)"},
    {},
};

} // namespace

constinit Type elementType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "xml.etree.ElementTree.Element",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &elementType,
                       .size = sizeof(ElementObject),
                       .flags = kLayoutGc,
                       .weakOffset = offsetof(ElementObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .repr = reprElement,
    .init = init,
    .construct = construct,
    .sequence = &elementSequence,
    .mapping = &elementMapping,
    .methods = methods,
    .getset = getset,
};

Value newElement(Value tag, Value attributes) {
  Object* o = takeObjectOf<kLayoutGc>(elementType, kGcHeaderSize + sizeof(ElementObject));
  if (!o) [[unlikely]] o = newObject(&elementType.instanceLayout);
  if (!o) return Value();
  auto* e = reinterpret_cast<ElementObject*>(o);
  e->tag = newRef(tag);
  e->text = e->tail = none();
  e->attributes = xnewRef(attributes);
  e->children = e->weakrefs = Value();
  gcTrack(o);
  return Value(o);
}

Value attributesOf(ElementObject* e) {
  if (!e->attributes) e->attributes = newDict();
  return e->attributes;
}

int32_t requireElement(Value v) {
  return isElement(v) ? 0 : fail(TypeErrorType, "expected an Element, not \"%.200T\"", v);
}

int32_t appendChild(ElementObject* e, Value child) {
  if (requireElement(child) < 0) return -1;
  const Value children = childrenOf(e);
  return children ? listAppend(children, child) : -1;
}

Value asChildren(Value list) {
  if (list) gcUntrack(list.object());
  return list;
}

Value childrenOf(ElementObject* e) {
  if (!e->children) e->children = asChildren(newList(0));
  return e->children;
}

bool attributesOfCall(const char* callee, const Args& args, size_t position, Ref& attributes) {
  Value given = args.count > position ? args[position] : Value();
  if (given && !isDict(given)) {
    raise(TypeErrorType, "%s() argument %zu must be dict, not %.50T", callee, position + 1, given);
    return false;
  }
  auto keyword = [&](size_t i) { return asTuple(args.names)->items[i]; };
  auto isDictItself = [&](size_t i) { return args.count <= position && strEqual(keyword(i), "attrib"); };
  for (size_t i = 0; i < args.nameCount(); ++i) {
    if (!isDictItself(i)) continue;
    given = args[args.count + i];
    if (!isDict(given)) return raise(TypeErrorType, "attrib must be dict, not %.100T", given), false;
  }
  if (!given && !args.nameCount()) return true;
  attributes.reset(given ? dictCopy(given) : newDict());
  for (size_t i = 0; attributes && i < args.nameCount(); ++i)
    if (!isDictItself(i) && dictSet(attributes, keyword(i), args[args.count + i]) < 0) return false;
  return static_cast<bool>(attributes);
}

} // namespace krait::elementtree
