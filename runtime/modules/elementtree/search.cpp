// find and its kin: plain tags here, paths by xml.etree.ElementPath; and the walks through a tree.
#include <vector>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/elementtree/element.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/str.h"

namespace krait::elementtree {

namespace {

/// Whether a path may be more than a tag.
template <class At> bool hasPathCharacters(int64_t length, At at) {
  bool inNamespace = false;
  if (length >= 3 && at(0) == '{' && (at(1) == '}' || (at(1) == '*' && at(2) == '}'))) return true;
  for (int64_t i = 0; i < length; ++i) {
    const uint32_t c = at(i);
    if (c == '{') inNamespace = true;
    else if (c == '}') inNamespace = false;
    else if (!inNamespace && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.')) return true;
  }
  return false;
}
bool isPath(Value path) {
  if (isStr(path)) return hasPathCharacters(asStr(path)->length, [&](int64_t i) { return asStr(path)->at(i); });
  if (!isBytes(path)) return true;
  const std::string_view text = bytesView(path);
  return hasPathCharacters(static_cast<int64_t>(text.size()), [&](int64_t i) { return static_cast<uint8_t>(text[static_cast<size_t>(i)]); });
}
Value elementPath() { return importModule("xml.etree.ElementPath"); }

/// Child i if its tag is this one: owned; null if not, or with an error.
Value childWithTag(ElementObject* e, int64_t i, Value tag) {
  Ref child = Ref::share(childAt(e, i));
  Ref own = Ref::share(asElement(child)->tag);
  return equal(own, tag) > 0 ? child.release() : Value();
}
/// The first one with this tag, in the same way.
Value firstWithTag(ElementObject* e, Value tag) {
  for (int64_t i = 0; i < childCount(e); ++i)
    if (Value found = childWithTag(e, i, tag); found || errorSet()) return found;
  return Value();
}

// ---- walks ---------------------------------------------------------------------------------------

/// Depth first, without recursion: the elements entered, each with its next child.
struct Place {
  Value element;
  int64_t next;
};
struct IteratorObject {
  Object header;
  Value root;               // null: entered already
  Value tag;                // None: any; null: texts are wanted
  std::vector<Place>* path;
};
IteratorObject* asIterator(Value v) { return v.as<IteratorObject>(); }

Value newIterator(Value root, Value tag) {
  Object* o = newObject(&elementIteratorType.instanceLayout);
  if (!o) return Value();
  auto* it = reinterpret_cast<IteratorObject*>(o);
  it->root = newRef(root);
  it->tag = xnewRef(tag);
  it->path = new std::vector<Place>();
  it->path->reserve(8);
  gcTrack(o);
  return Value(o);
}

/// The text if there is any: owned, or null, maybe with an error.
Value textIfAny(Value text) {
  if (isNone(text)) return Value();
  Ref held = Ref::share(text);
  return isTrue(held) > 0 ? held.release() : Value();
}

Value advance(Value self) {
  auto* it = asIterator(self);
  for (;;) {
    Ref entered;
    if (it->path->empty()) {
      if (!it->root) return Value();
      entered.reset(it->root);
      it->root = Value();
    } else {
      Place& top = it->path->back();
      auto* parent = asElement(top.element);
      if (top.next < childCount(parent)) {
        entered = Ref::share(childAt(parent, top.next++));
      } else {
        Ref left(top.element);
        it->path->pop_back();
        // The tail of the element where the walk began is not inside it.
        if (it->tag || it->path->empty()) continue;
        if (Value text = textIfAny(asElement(left)->tail); text || errorSet()) return text;
        continue;
      }
    }
    it->path->push_back({newRef(entered), 0});
    auto* e = asElement(entered);
    if (!it->tag) {
      if (Value text = textIfAny(e->text); text || errorSet()) return text;
      continue;
    }
    if (isNone(it->tag)) return entered.release();
    Ref tag = Ref::share(e->tag), wanted = Ref::share(it->tag);
    const int32_t same = equal(tag, wanted);
    if (same) return same > 0 ? entered.release() : Value();
  }
}
Value iteratorSelf(Value self) { return newRef(self); }

int traverse(Object* o, Visit visit, void* context) {
  auto* it = reinterpret_cast<IteratorObject*>(o);
  for (const Place& p : *it->path)
    if (int stop = visit(p.element, context)) return stop;
  if (int stop = visit(it->root, context)) return stop;
  return visit(it->tag, context);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* it = reinterpret_cast<IteratorObject*>(o);
  clear(it->root);
  clear(it->tag);
  for (const Place& p : *it->path) decref(p.element);
  delete it->path;
  freeObject(o);
}

} // namespace

constinit Type elementIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_elementtree._element_iterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &elementIteratorType, .size = sizeof(IteratorObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .iter = iteratorSelf,
    .next = advance,
};

Value iterMethod(Value self, const Value* argv) {
  Value tag = argv[0] ? argv[0] : none();
  if ((isStr(tag) && strEqual(tag, "*")) || (isBytes(tag) && bytesView(tag) == "*")) tag = none();
  return newIterator(self, tag);
}
Value iterTextMethod(Value self) { return newIterator(self, Value()); }

Value findMethod(Value self, const Value* argv) {
  Value path = argv[0], namespaces = argv[1] ? argv[1] : none();
  if (isPath(path) || !isNone(namespaces)) {
    Ref module(elementPath());
    return module ? callMethod(module, "find", {self, path, namespaces}) : Value();
  }
  Value found = firstWithTag(asElement(self), path);
  return found || errorSet() ? found : newRef(none());
}

Value findTextMethod(Value self, const Value* argv) {
  Value path = argv[0], fallback = argv[1] ? argv[1] : none(), namespaces = argv[2] ? argv[2] : none();
  if (isPath(path) || !isNone(namespaces)) {
    Ref module(elementPath());
    return module ? callMethod(module, "findtext", {self, path, fallback, namespaces}) : Value();
  }
  Ref found(firstWithTag(asElement(self), path));
  if (!found) return errorSet() ? Value() : newRef(fallback);
  Value text = asElement(found)->text;
  return newRef(isNone(text) ? emptyStr() : text);
}

Value findAllMethod(Value self, const Value* argv) {
  Value path = argv[0], namespaces = argv[1] ? argv[1] : none();
  if (isPath(path) || !isNone(namespaces)) {
    Ref module(elementPath());
    return module ? callMethod(module, "findall", {self, path, namespaces}) : Value();
  }
  Ref all(newList(0));
  auto* e = asElement(self);
  for (int64_t i = 0; all && i < childCount(e); ++i) {
    Ref child(childWithTag(e, i, path));
    if (child ? listAppend(all, child) < 0 : errorSet()) return Value();
  }
  return all.release();
}

Value iterFindMethod(Value self, const Value* argv) {
  Ref module(elementPath());
  return module ? callMethod(module, "iterfind", {self, argv[0], argv[1] ? argv[1] : none()}) : Value();
}

} // namespace krait::elementtree
